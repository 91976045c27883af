"""填报检查: what is missing and what is doubtful, found by formulas and, for the cached values, in Python alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from tests.libreoffice import requires_libreoffice
from tests.libreoffice.convert import recalculated
from xl_lianbing.glossary import Tier
from xl_lianbing.records.returns import RETURN_SHEETS
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.workbooks.returns.blank_return import Rows, write_return

PACK = load_pack("jiangsu-2017")
#: A cell of `formulas`, or a range.
_AREA = re.compile(r"\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?")


def case(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "处罚决定书文号": f"演示环罚〔2017〕{number}号",
        "当事人名称": "演示数据公司",
        "违法行为类型": "水污染",
        "处罚种类": "罚款",
        "罚款金额(万元)": 2,
        "决定日期": date(2017, 3, 1) + timedelta(days=number % 200),
        "是否录入处罚系统": "是",
        "是否公开": "是",
        "移动执法平台": "是",
        "决定书扫描件": f"{number}.pdf",
    } | changes


def credit(name: str, number: str) -> dict[str, Any]:
    return {"姓名": name, "处罚决定书文号": number, "担任角色": "主办", "证明材料": "a.pdf"}


def check_of(path: Path) -> dict[str, tuple[Any, ...]]:
    """填报检查 by sheet: filled, missing, duplicates, status, doubts, the first of them."""
    sheet = openpyxl.load_workbook(path, data_only=True)["填报说明"]
    names = {record.sheet for record in RETURN_SHEETS} | {"合计"}
    rows = sheet.iter_rows(min_col=4, max_col=10, min_row=6, values_only=True)
    return {str(row[0]): (*row[1:6], row[6] or "") for row in rows if row[0] in names}


def checked(path: Path, rows: Rows) -> dict[str, tuple[Any, ...]]:
    write_return(path, PACK, "演示区", Tier.COUNTY, rows=rows)
    return check_of(path)


#: Sheet → contents, and the line of 填报检查 after 重复.
SCENES: Mapping[str, tuple[Rows, str, tuple[str, int, str]]] = {
    "罚款没有金额": ({"处罚案件": [case(1, **{"罚款金额(万元)": None})]}, "处罚案件", ("还缺1项", 0, "")),
    "警告不要金额": (
        {"处罚案件": [case(1, **{"罚款金额(万元)": None, "处罚种类": "警告"})]},
        "处罚案件",
        ("完整", 0, ""),
    ),
    "按日计罚没有金额": (
        {
            "处罚案件": [case(1)],
            "重大案件": [
                {
                    "重大案件类型": "按日连续处罚",
                    "文书文号": "演示1号",
                    "当事人名称": "演示",
                    "对应处罚决定书文号": "演示环罚(2017)第 1号",
                    "文书日期": date(2017, 3, 1),
                    "是否录入处罚系统": "是",
                }
            ],
        },
        "重大案件",
        ("还缺1项", 0, ""),
    ),
    "纠正没有决定日期": (
        {
            "处罚案件": [case(1)],
            "行政复议": [
                {"处罚决定书文号": "演示环罚〔2017〕1号", "申请日期": date(2017, 4, 1), "复议结果": "撤销"},
                {"处罚决定书文号": "演示环罚〔2017〕1号", "申请日期": date(2017, 4, 1), "复议结果": "审理中"},
            ],
        },
        "行政复议",
        ("还缺1项", 0, ""),
    ),
    "日期是文字": ({"处罚案件": [case(1), case(2, 决定日期="2017.3.5")]}, "处罚案件", ("存疑1处", 1, "J6")),
    "日期在统计期外": (
        {"处罚案件": [case(1, 决定日期=date(2017, 10, 31)), case(2, 决定日期=date(2017, 11, 1))]},
        "处罚案件",
        ("存疑1处", 1, "J6"),
    ),
    "不是日期的数": ({"处罚案件": [case(1, 立案日期=8000)]}, "处罚案件", ("存疑1处", 1, "I5")),
    "金额是文字": ({"处罚案件": [case(1, **{"罚款金额(万元)": "2万元"})]}, "处罚案件", ("存疑1处", 1, "H5")),
    "金额远大于中位数": (
        {"处罚案件": [case(n, **{"罚款金额(万元)": 200 if n == 3 else 1.5}) for n in range(1, 6)]},
        "处罚案件",
        ("存疑1处", 1, "H7"),
    ),
    "金额有大有小": (
        {"处罚案件": [case(n, **{"罚款金额(万元)": 99 if n == 3 else 0.5}) for n in range(1, 6)]},
        "处罚案件",
        ("完整", 0, ""),
    ),
    "整列是元": (
        {"处罚案件": [case(n, **{"罚款金额(万元)": 20000}) for n in range(1, 4)]},
        "处罚案件",
        ("存疑3处", 3, "H5"),
    ),
    "文号别的表没有": (
        {
            "处罚案件": [case(1)],
            "个人办案": [credit("甲", "演示环罚[2017]1号"), credit("乙", "演示环罚〔2017〕9号")],
        },
        "个人办案",
        ("存疑1处", 1, "C6"),
    ),
    "典型案例没有": (
        {"处罚案件": [case(1)], "先进集体": [{"是否申报": "是", "典型案例文号": "演示环罚〔2017〕2号"}]},
        "先进集体",
        ("存疑1处", 1, "B7"),
    ),
    "事迹超过字数": (
        {"先进个人": [{"姓名": "甲", "事迹材料": "字" * 3001}, {"姓名": "乙", "事迹材料": "字 " * 3000}]},
        "先进个人",
        ("还缺10项", 1, "H5"),
    ),
    "任务开始了": (
        {"任务进展": [{"任务编号": "T01", "完成情况": "进行中"}, {"任务编号": "T02", "完成情况": "未开始"}]},
        "任务进展",
        ("完整", 0, ""),
    ),
    "任务都没有开始": ({"任务进展": [{"任务编号": "T01", "完成情况": "未开始"}]}, "任务进展", ("全部未开始", 0, "")),
}


def told(line: tuple[Any, ...]) -> tuple[str, int, str]:
    return line[3], line[4], str(line[5]).split(" ")[0]


@pytest.mark.parametrize(("rows", "sheet", "line"), SCENES.values(), ids=SCENES)
def test_cached_values_say_what_is_missing_and_doubtful(
    tmp_path: Path, rows: Rows, sheet: str, line: tuple[str, int, str]
) -> None:
    assert told(checked(tmp_path / "r.xlsx", rows)[sheet]) == line


def test_a_doubt_is_no_fault_and_is_said_in_the_last_line(tmp_path: Path) -> None:
    """Numbers spelled in another way are none; what an officer's file is named by may stand in either sheet."""
    doubtful = checked(tmp_path / "r.xlsx", {"处罚案件": [case(1, 决定日期="三月")], "单位信息": [INFO], **APPLIES})
    assert doubtful["合计"][1:5] == (0, 0, "请核对存疑", 1)
    clean = checked(tmp_path / "r.xlsx", {"处罚案件": [case(1)], "单位信息": [INFO], **APPLIES})
    assert clean["合计"][1:5] == (0, 0, "可以报送", 0)


INFO = {
    "联络员": "甲",
    "联系电话": "1",
    "重点排污单位数": 3,
    "名录是否公布": "是",
    "执法人员总数": 5,
    "填报日期": date(2017, 11, 1),
}
APPLIES: Rows = {"先进集体": [{"是否申报": "否"}]}


def many(count: int) -> Rows:
    """A long return with a doubt, a gap or a double in every hundredth row."""
    odd = (
        {"决定日期": "三月"},
        {"罚款金额(万元)": None},
        {"罚款金额(万元)": 90000},
        {"处罚决定书文号": "演示环罚〔2017〕1号"},
    )
    return {
        "处罚案件": [case(n, **(odd[n // 100 % 4] if n % 100 == 50 else {})) for n in range(1, count + 1)],
        "个人办案": [credit("甲", f"演示环罚（2017）{n + 20}号") for n in range(1, count + 1, 3)],
        "宣传报道": [{"日期": date(2018, 1, 1), "类别": "简报"}],
    }


@requires_libreoffice
def test_a_spreadsheet_program_calculates_the_same(tmp_path: Path) -> None:
    """2,000 rows, past the first reach; and each scene's contents in one return where they go together."""
    together: dict[str, list[Mapping[str, Any]]] = {}
    for rows, _, _ in SCENES.values():
        for sheet, lines in rows.items():
            together[sheet] = [*together.get(sheet, ()), *lines] if sheet != "先进集体" else list(lines)
    for name, contents in {"长表": many(2000), "短表": together, "二百行": many(200)}.items():
        path = tmp_path / f"{name}.xlsx"
        cached = checked(path, contents)
        assert check_of(recalculated(path, tmp_path / "out")) == cached, name
    assert cached["处罚案件"][4] == 1


def formulas(path: Path) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                text = getattr(cell.value, "text", cell.value)
                if isinstance(text, str) and text.startswith("="):
                    yield text


def cells_named(formula: str) -> int:
    total = 0
    for area in _AREA.findall(re.sub(r'"[^"]*"', "", formula)):
        left, top, right, bottom = range_boundaries(area)
        total += (right - left + 1) * (bottom - top + 1)
    return total


def test_formulas_look_no_further_than_a_table_is_filled(tmp_path: Path) -> None:
    """Far rows are asked about only whether there are any; a coloured cell costs no more than its row."""
    path = tmp_path / "r.xlsx"
    write_return(path, PACK, "演示区", Tier.COUNTY)
    found = list(formulas(path))
    assert sum(map(cells_named, found)) < 700_000
    assert max(cells_named(text) for text in found if "COUNTA(" not in text) < 100
    book = openpyxl.load_workbook(path)
    rules = [
        text
        for sheet in book
        for group in sheet.conditional_formatting
        for rule in group.rules
        for text in rule.formula
        if sheet.title != "填报说明"
    ]
    assert max(map(cells_named, rules)) < 40
