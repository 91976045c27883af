"""The master: tabs and headers of the contract, names, drop-downs, protection, a run written into it.

That the masters under workbooks/ are not stale is tested with the other generated files (test_blank_return.py).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from tests.cells import at, letter, rule_at
from tests.libreoffice import requires_libreoffice
from tests.libreoffice.convert import recalculated
from xl_lianbing.exact import Fraction
from xl_lianbing.excel.closed.results import write_results
from xl_lianbing.excel.macros import vba
from xl_lianbing.excel.macros.buttons import BUTTONS
from xl_lianbing.excel.values import Table
from xl_lianbing.glossary import Tier, UnitPart
from xl_lianbing.intake.door.sheets import Book
from xl_lianbing.intake.returned.stamp import read_stamp
from xl_lianbing.records.inputs import (
    INPUT_TABS,
    Adjustment,
    MobileRecord,
    PublishedCase,
    Reviewer,
    RosterUnit,
    SystemCase,
    Task,
)
from xl_lianbing.records.results import CASE_POINTS, DISPATCH, FINDINGS, RANKING, RESULT_TABS, Grid, Look, ResultTab
from xl_lianbing.records.results import READINGS as READINGS_TAB
from xl_lianbing.records.stamp import Stamp
from xl_lianbing.roster import SUZHOU
from xl_lianbing.rules.pack import SHIPPED, load_pack
from xl_lianbing.workbooks.master.book import master_code_names, write_master
from xl_lianbing.workbooks.master.home import FIRST_COLUMN, LAST_COLUMN, HomeFacts, home_cells
from xl_lianbing.workbooks.master.rules_tab import RULES_HEADER_ROW, rule_cells, rule_rows

#: A tab and the columns it begins with.
INPUTS = {
    "单位名册": "单位 层级 行政区划代码 所属市 是否推荐 联络员 邮箱",
    "处罚系统数据": "处罚决定书文号 罚款金额(万元) 决定日期 录入日期 单位 "
    "当事人名称 统一社会信用代码 违法行为类型 案由 处罚种类 立案日期 结案日期 来源",
    "公示数据": "处罚决定书文号 当事人名称 统一社会信用代码 违法行为类型 罚款金额(万元) 决定日期 "
    "公开日期 公开网址 单位 来源",
    "案卷评审": "单位 文书文号 评审类型 评审人 得分 是否造假 说明 来源",
    "公众投票": "对象类型 单位 姓名 票数 来源",
    "空气质量": "单位 点位 指标 上年均值 本年均值 上年有效天数 本年有效天数 来源 有效天数不足的月份",
    "水质断面": "单位 断面名称 上年类别 本年类别 数据是否齐备 来源",
    "加减分": "单位 指标 分值 事由 依据文号",
    "事迹评审": "单位 姓名 评审人 综合素质 工作能力 工作态度 工作成效 说明 来源",
    "廉洁核查": "单位 姓名 线索 查证结果",
    "评审人员": "姓名 类型 单位 回避单位 最多份数 邮箱 来源",
    "移动执法记录": "记录编号 单位 当事人名称 检查日期 执法人员 文书文号 来源",
    "任务分解": "编号 时间节点 截止日期 任务 责任部门 完成情况 完成日期",
}
RESULTS = {
    "回执登记": "单位 状态 文件 接收时间 SHA-256 版本 阻断 提醒 说明",
    "校核结果": "级别 编码 单位 文件 工作表 单元格 填写内容 问题 如何修改 依据",
    "综合排名": "名次 单位 层级 案卷质量 查处案件 满意度 加减分 总分 发表文章 一票否决 状态 说明",
    "先进集体候选": "序号 单位 层级 总分 发表文章 状态 理由",
    "先进个人得分": "名次 姓名 单位 办案数 办案得分 案卷得分 投票得分 事迹得分 总分 状态 说明",
    "先进个人候选": "序号 姓名 单位 总分 状态 理由",
    "公示名单": "先进集体候选单位",
    "案卷质量得分": "单位 文书文号 案卷类别 专家评审 交叉评审 案卷得分 说明",
    "查处案件得分": "单位 层级 基准比例 案件数量数值 案件数量基准值 案件数量比值 案件数量得分 罚款金额数值",
    "满意度得分": "单位 票数 低于最高(%) 得分",
    "案件汇总": "单位 序号 处罚决定书文号 当事人名称",
    "重大案件汇总": "单位 序号 重大案件类型 文书文号",
    "行政复议汇总": "单位 序号 处罚决定书文号 申请日期",
    "参评案卷汇总": "单位 序号 案卷类别 文书文号",
    "个人办案汇总": "单位 序号 姓名 处罚决定书文号",
    "宣传报道汇总": "单位 序号 日期 类别 标题 媒体",
    "任务进展汇总": "单位 任务编号 任务 完成情况",
    "进度调度": "期次 单位 案件数 罚款金额(万元) 重大案件 复议案件 复议纠正 进度比 状态 说明",
    "宣传培训": "单位",
    "任务看板": "编号 时间节点 截止日期 任务 责任部门 市局完成情况 市本级填报 县区已完成 状态 逾期天数",
    "评审进度": "评审人 类型 应评 已评 未评 状态 平均分 与同卷其他评审平均相差 说明",
    "口径台账": "编号 原文 依据 现行口径 其他口径 若改用其他口径名单是否变化 变化内容",
    "运行记录": "时间 操作 规则包 程序版本 输入摘要 结果摘要 用时",
}
READINGS = {
    "L1": "记零分,不计入平均",
    "L2": "相加,平均,加权",
    "L3": "缺卷记零,按实际份数",
    "L4": "参评单位合计代替,不计算",
    "L5": "线性,阶梯,超过0.5倍",
    "L6": "超过1.5倍,超过0.5倍,线性",
    "L7": "计入,不计入",
    "L8": "该案不计,指标零分",
    "L9": "自然日,工作日",
    "L10": "计入,不计入",
    "L11": "按比例,整数向下,整数向上",
    "L12": "同层级,全部单位",
}
#: Tabs that may name bureaus and units that take no part.
NAME_BUREAUS = (SystemCase, PublishedCase, Reviewer, MobileRecord)
#: 项目 of the rows that other programs set.
ITEMS = [
    "全省查处案件总数",
    "全省罚款总金额(万元)",
    "全省重大案件总数",
    "案卷质量满分",
    "案件数量满分",
    "罚款金额满分",
    "重大案件满分",
    "公众满意度满分",
    "专家评审权重",
    "个人办案数满分",
    "个人案卷满分",
    "个人投票满分",
    "个人事迹满分",
    "县级先进集体名额",
    "市级先进集体名额",
    "先进个人名额",
]


@pytest.fixture(scope="module", params=SHIPPED)
def master(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("master") / f"{request.param}.xlsm"
    write_master(path, load_pack(request.param), SUZHOU)
    return path


@pytest.fixture(scope="module")
def book(master: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(master)


def of_year(tab: ResultTab, master: Path) -> ResultTab:
    """The tab as a master of that year has it."""
    return tab.of_months([month for _, month in load_pack(master.stem).months])


def row_of(sheet: Worksheet, row: int) -> list[Any]:
    return [cell.value for cell in sheet[row]]


def rules_by(sheet: Worksheet, header: str) -> dict[Any, dict[str, Any]]:
    headers = row_of(sheet, RULES_HEADER_ROW)
    rows = [dict(zip(headers, r, strict=True)) for r in sheet.iter_rows(min_row=RULES_HEADER_ROW + 1, values_only=True)]
    return {row[header]: row for row in rows}


def test_tabs_in_order(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["首页", "规则", *INPUTS, *RESULTS, "得分说明", "xlwings.conf", "_xl_lianbing"]
    hidden = {sheet.title: sheet.sheet_state for sheet in book if sheet.sheet_state != "visible"}
    assert hidden == {"xlwings.conf": "hidden", "_xl_lianbing": "veryHidden"}
    assert book.active.title == "首页"


@pytest.mark.parametrize("tab", INPUTS)
def test_input_headers(book: openpyxl.Workbook, tab: str) -> None:
    sheet = book[tab]
    assert row_of(sheet, 4) == INPUTS[tab].split()
    assert sheet.auto_filter.ref.startswith("A4:")
    assert sheet.freeze_panes == "A5"
    assert not sheet.protection.sheet
    assert not sheet.tables
    marks = [str(mark)[:2] for mark in row_of(sheet, 3)]
    record = next(r for r in INPUT_TABS if r.sheet == tab)
    assert marks == ["必填" if c.required else "选填" for c in record.columns().values()]


@pytest.mark.parametrize("tab", RESULT_TABS, ids=lambda tab: tab.name)
def test_result_headers(book: openpyxl.Workbook, master: Path, tab: ResultTab) -> None:
    tab = of_year(tab, master)
    sheet = book[tab.name]
    headers = [h for h in row_of(sheet, tab.grid.header_row) if h]
    expected = RESULTS[tab.name].split()
    assert headers[: len(expected)] == expected
    assert sheet["A1"].value and sheet["A2"].value
    assert sheet.freeze_panes.endswith(str(tab.grid.header_row + 1))
    assert sheet.print_title_rows == f"${tab.grid.header_row}:${tab.grid.header_row}"
    assert sheet.page_setup.paperSize == 9
    if tab.name == "口径台账":  # a page for each of its three tables
        first, *others = [grid.first_column for grid in tab.grids]
        assert first == 1 and [b.id for b in sheet.col_breaks.brk] == [column - 1 for column in others]
        assert sheet.page_setup.scale and not sheet.sheet_properties.pageSetUpPr.fitToPage
    else:
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.page_setup.fitToWidth == (2 if tab.name in ("案件汇总", "查处案件得分") else None)
    assert sheet.page_setup.orientation == ("portrait" if tab.name == "公示名单" else "landscape")
    assert sheet.protection.sheet and not sheet.protection.password
    assert not sheet.protection.sort and not sheet.protection.autoFilter  # openpyxl: False = allowed
    assert sheet.sheet_properties.tabColor.rgb != book["单位名册"].sheet_properties.tabColor.rgb
    for grid in tab.grids:
        left, top, _, bottom = range_boundaries(sheet.tables[grid.name].ref)
        assert (left, top) == (grid.first_column, grid.header_row)
        assert tuple(c.name for c in sheet.tables[grid.name].tableColumns) == grid.headers
        assert bottom - top == (4 if grid.name == "全省总数表" else 1)


def test_months_of_the_activity_only(book: openpyxl.Workbook, master: Path) -> None:
    months = range(9, 12) if "2016" in master.name else range(6, 11)
    headers = [h for h in row_of(book["宣传培训"], 4) if h]
    assert headers == [
        "单位",
        *(f"{month}月简报/信息" for month in months),
        "专栏文章",
        "培训人次",
        "覆盖率",
        "是否达标",
        "说明",
    ]


def test_rules_columns_and_rows(book: openpyxl.Workbook) -> None:
    sheet = book["规则"]
    assert row_of(sheet, RULES_HEADER_ROW)[:7] == ["编号", "指标", "项目", "取值", "单位", "依据", "状态"]
    assert set(ITEMS) <= rules_by(sheet, "项目").keys()
    values = rules_by(sheet, "编号")
    for code, readings in READINGS.items():
        assert values[code]["取值"] == values[code]["规则包取值"] == readings.split(",")[0]
    assert isinstance(rules_by(sheet, "项目")["处罚决定截止日期"]["取值"], datetime)


def test_the_hint_of_the_rules_says_what_follows_at_once(book: openpyxl.Workbook) -> None:
    sheet = book["规则"]
    hint = sheet["A2"].value
    assert "马上跟着变" in hint and "须重新计算" in hint
    notes = [row[-1] or "" for row in sheet.iter_rows(min_row=RULES_HEADER_ROW + 1, values_only=True)]
    assert any("须重新计算" in note for note in notes), "the rows that the hint speaks of"


def test_the_buttons_stand_side_by_side_over_the_page(master: Path) -> None:
    with zipfile.ZipFile(master) as package:
        drawings = [package.read(name).decode() for name in package.namelist() if name.endswith(".vml")]
    (drawing,) = [text for text in drawings if 'ObjectType="Button"' in text]
    anchors = [[int(n) for n in text.split(",")] for text in re.findall("<x:Anchor>(.*?)</x:Anchor>", drawing)]
    captions = re.findall('<font face="Calibri" size="220" color="#000000">(.*?)</font>', drawing)
    assert captions == [button.caption for button in BUTTONS]
    lefts, rights = [(a[0], a[1]) for a in anchors], [(a[4], a[5]) for a in anchors]
    assert lefts[0] == (FIRST_COLUMN - 1, 0) and rights[-1] == (LAST_COLUMN, 0)
    assert all(right < left for right, left in zip(rights, lefts[1:], strict=False))
    assert len({(a[2], a[3], a[6], a[7]) for a in anchors}) == 1, "in one row"


def test_switches_offer_exactly_their_readings(book: openpyxl.Workbook) -> None:
    sheet = book["规则"]
    offered = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    codes = {rule_at(row): sheet.cell(row, 1).value for row in range(RULES_HEADER_ROW + 1, sheet.max_row + 1)}
    assert {codes[place]: formula for place, formula in offered.items()} == {c: f'"{r}"' for c, r in READINGS.items()}


def test_only_values_of_the_rules_can_be_edited(book: openpyxl.Workbook) -> None:
    sheet = book["规则"]
    assert sheet.protection.sheet and not sheet.protection.password
    unlocked = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
    assert unlocked == {rule_at(row) for row in range(RULES_HEADER_ROW + 1, sheet.max_row + 1)}
    checked = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert checked.keys() == unlocked
    assert all(re.search("[一-鿿]", rule.error) for rule in checked.values())


def test_a_grounds_wording_does_not_make_the_print_of_the_findings_smaller(master: Path) -> None:
    with zipfile.ZipFile(master) as package:
        names = package.read("xl/workbook.xml").decode()
    assert re.findall(r"校核结果!\$A:\$(\w+)<", names) == [FINDINGS.grid.letter("进展")]


def test_every_value_has_a_valid_name(master: Path, book: openpyxl.Workbook) -> None:
    pack = load_pack(master.stem)
    sheet = book["规则"]
    expected = {v.name: v.code for v in pack.values} | {s.name: s.code for s in pack.switches}
    names = {name: defined.attr_text for name, defined in book.defined_names.items()}
    for name, code in expected.items():
        row = int(names[name].removeprefix("规则!$D$"))
        assert sheet.cell(row, 1).value == code
    tables = [grid.name for tab in RESULT_TABS for grid in tab.grids]
    everything = [*names, *tables]
    assert len(everything) == len({n.casefold() for n in everything})
    for name in everything:
        assert re.fullmatch(r"[^\W\d][\w.]*", name) and not re.fullmatch(r"(?i)[a-z]{1,3}\d+|r\d*c?\d*|c\d*", name)


def test_rule_cells_follow_the_rows() -> None:
    rows = rule_rows(load_pack("jiangsu-2017"), provincial=False)
    assert rule_cells(rows)[rows[0].name] == f"规则!$D${RULES_HEADER_ROW + 1}"
    assert rows[-1].name == "口径_L12"
    with pytest.raises(KeyError, match="total.nonsense"):
        rule_rows(load_pack("jiangsu-2017"), provincial=False, values={"total.nonsense": Decimal(1)})


def test_quotas_of_a_province(tmp_path: Path) -> None:
    """A4: several 市级 units take the province's quotas; given totals stand in 取值."""
    roster = [*SUZHOU, RosterUnit(unit="无锡市", tier=Tier.CITY)]
    path = tmp_path / "p.xlsm"
    write_master(path, load_pack("jiangsu-2016"), roster, values={"total.cases": Decimal(4000)})
    items = rules_by(openpyxl.load_workbook(path)["规则"], "项目")
    quotas = ("县级先进集体名额", "市级先进集体名额", "先进个人名额")
    assert [items[q]["取值"] for q in quotas] == [items[q]["规则包取值"] for q in quotas] == [10, 5, 20]
    assert (items["全省查处案件总数"]["取值"], items["全省查处案件总数"]["规则包取值"]) == (4000, None)


def test_quotas_of_a_city(book: openpyxl.Workbook, master: Path) -> None:
    items = rules_by(book["规则"], "项目")
    year = {"jiangsu-2016": [3, 20], "jiangsu-2017": [2, 3]}
    assert [items[q]["取值"] for q in ("县级先进集体名额", "先进个人名额")] == year[master.stem]


@requires_libreoffice
def test_states_and_roster_when_calculated(tmp_path: Path) -> None:
    """状态 follows 取值; the drop-down of units follows the roster, new rows included."""
    path = tmp_path / "m.xlsm"
    write_master(path, load_pack("jiangsu-2017"), SUZHOU)
    book = openpyxl.load_workbook(path)
    sheet = book["规则"]
    rows = {sheet.cell(row, 3).value: row for row in range(RULES_HEADER_ROW + 1, sheet.max_row + 1)}
    codes = {sheet.cell(row, 1).value: row for row in rows.values()}
    for place, value in ((rows["案卷质量满分"], 41), (rows["全省查处案件总数"], 4000), (codes["L3"], "按实际份数")):
        sheet.cell(place, 4).value = value
    sheet.cell(rows["处罚决定起始日期"], 4).value = date(2017, 2, 1)
    book["单位名册"].cell(5 + len(SUZHOU), 1).value = "演示新区"
    book["首页"]["N1"] = "=ROWS(名册单位)"
    book["首页"]["N2"] = "=INDEX(名册单位,ROWS(名册单位))"
    book["首页"]["N3"] = "=全省查处案件总数+案卷质量满分"
    edited = tmp_path / "edited.xlsx"
    book.save(edited)
    done = openpyxl.load_workbook(recalculated(edited, tmp_path / "out"), data_only=True)
    states = rules_by(done["规则"], "项目")
    assert {
        item: states[item]["状态"]
        for item in ("案卷质量满分", "全省查处案件总数", "处罚决定起始日期", "缺少案卷时的平均分")
    } == dict.fromkeys(("案卷质量满分", "全省查处案件总数", "处罚决定起始日期", "缺少案卷时的平均分"), "已修改")
    assert states["处罚决定截止日期"]["状态"] == "原文"
    assert states["罚款金额满分"]["状态"] == states["全省重大案件总数"]["状态"] == "待确认"
    assert [done["首页"][f"N{n}"].value for n in (1, 2, 3)] == [len(SUZHOU) + 1, "演示新区", 4041]


@requires_libreoffice
def test_opens_in_libreoffice_without_loss(master: Path, book: openpyxl.Workbook, tmp_path: Path) -> None:
    opened = openpyxl.load_workbook(recalculated(master, tmp_path))
    assert opened.sheetnames == book.sheetnames
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, str | int | float) and cell.data_type != "f":
                assert opened[sheet.title][cell.coordinate].value == cell.value, f"{sheet.title}!{cell.coordinate}"
    assert {n for n in opened.defined_names if n in book.defined_names} == set(book.defined_names)


@pytest.mark.parametrize("record", INPUT_TABS, ids=lambda r: r.sheet)
def test_inputs_are_checked_while_typing(book: openpyxl.Workbook, record: Any) -> None:
    rules = {str(rule.sqref): rule for rule in book[record.sheet].data_validations.dataValidation}
    for column in record.columns().values():
        header = at(record, column.header, 4)
        rule = rules[at(record, column.header, 5, 200_000)]
        assert rule.prompt.startswith("【必填】" if column.required else "【选填】")
        if column.choices:
            assert rule.formula1 == f'"{",".join(column.choices)}"'
        elif column.header == "单位" and record not in (RosterUnit, *NAME_BUREAUS):
            assert (rule.type, rule.formula1) == ("list", "名册单位")
        if rule.type:
            assert re.search("[一-鿿]", rule.error)
        assert rules[header].formula1 == f'{header}="{column.header}"'


def test_deductions_can_be_typed(book: openpyxl.Workbook) -> None:
    """B9: 分值 is negative for a deduction."""
    rules = {str(rule.sqref): rule for rule in book["加减分"].data_validations.dataValidation}
    assert float(rules[at(Adjustment, "分值", 5, 200_000)].formula1) < 0


def test_tasks_are_prefilled_and_overdue_ones_marked(master: Path, book: openpyxl.Workbook) -> None:
    """D4."""
    sheet = book["任务分解"]
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    tasks = load_pack(master.stem).tasks
    by_header = [dict(zip((c.header for c in Task.columns().values()), row, strict=False)) for row in rows]
    assert [(r["编号"], r["任务"], r["完成情况"], r["完成日期"]) for r in by_header] == [
        (t.code, t.text, "未开始", None) for t in tasks
    ]
    assert [r["截止日期"] and r["截止日期"].date() for r in by_header] == [t.due for t in tasks]
    formulas = [f for rules in sheet.conditional_formatting for rule in rules.rules for f in rule.formula]
    assert any("TODAY()" in f and f"${letter(Task, '截止日期')}5" in f for f in formulas)


def test_inputs_are_filled_by_header(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsm"
    vote = {"对象类型": "集体", "单位": "张家港市", "票数": 1000}
    case = {"处罚决定书文号": "苏环罚〔2017〕1号", "罚款金额(万元)": Decimal("2.5"), "决定日期": date(2017, 3, 1)}
    write_master(path, load_pack("jiangsu-2017"), SUZHOU, inputs={"公众投票": [vote], "处罚系统数据": [case, case]})
    book = openpyxl.load_workbook(path)
    assert row_of(book["公众投票"], 5)[:4] == ["集体", "张家港市", None, 1000]
    assert row_of(book["处罚系统数据"], 6)[:3] == ["苏环罚〔2017〕1号", 2.5, datetime(2017, 3, 1)]
    for wrong in ({"没有的表": []}, {"公众投票": [{"没有的列": 1}]}):
        with pytest.raises(KeyError, match="没有的"):
            write_master(tmp_path / "x.xlsm", load_pack("jiangsu-2017"), SUZHOU, inputs=wrong)
    assert not (tmp_path / "x.xlsm").exists()


def test_text_is_never_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsm"
    names = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-1", "http://example.com", "007", "{=1}"]
    roster = [RosterUnit(unit=name, tier=Tier.COUNTY) for name in names]
    write_master(path, load_pack("jiangsu-2017"), roster, inputs={"廉洁核查": [{"线索": '=HYPERLINK("x")'}]})
    with zipfile.ZipFile(path) as package:
        strings = etree.fromstring(package.read("xl/sharedStrings.xml"))
    texts = {"".join(item.itertext()) for item in strings}
    assert set(names) | {'=HYPERLINK("x")'} <= texts
    assert all("<f>" not in text for text in sheet_xml(path, "单位名册", "廉洁核查"))


def sheet_xml(path: Path, *tabs: str) -> Iterator[str]:
    names = openpyxl.load_workbook(path, read_only=True).sheetnames
    with zipfile.ZipFile(path) as package:
        for tab in tabs:
            yield package.read(f"xl/worksheets/sheet{names.index(tab) + 1}.xml").decode()


def test_same_input_same_bytes(master: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsm"
    write_master(again, load_pack(master.stem), SUZHOU)
    assert again.read_bytes() == master.read_bytes()


def test_valid_package(master: Path) -> None:
    result = OpenXmlValidator().validate(str(master))
    assert result.is_valid, result.errors


def test_stamped_as_a_master(master: Path) -> None:
    content = master.read_bytes()
    pack = load_pack(master.stem)
    assert read_stamp(Book(content)) == Stamp(pack.id, pack.version, "", pack.year, "master")


def test_macros_fit_the_sheets(master: Path) -> None:
    assert master_code_names() == vba.shipped_code_names()
    with zipfile.ZipFile(master) as package:
        assert package.read("xl/vbaProject.bin") == vba.shipped_vba_project(master_code_names())
        codes = [
            re.search('codeName="(.*?)"', package.read(f"xl/worksheets/sheet{n}.xml").decode())[1]  # type: ignore[index]
            for n in range(1, len(master_code_names()) + 1)
        ]
        drawing = package.read("xl/drawings/vmlDrawing1.vml").decode()
        assert "customUI/customUI14.xml" in package.namelist()
    assert tuple(codes) == master_code_names()
    for button in BUTTONS:
        assert f"LianbingButtons.{button.macro}<" in drawing
        assert f">{button.caption}<" in drawing


def test_charts_refer_to_tables_as_long_as_the_roster(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsm"
    pack = load_pack("jiangsu-2016")
    write_master(path, pack, SUZHOU[:4])
    with zipfile.ZipFile(path) as package:
        charts = [package.read(n).decode() for n in package.namelist() if n.startswith("xl/charts/chart")]
    references = [re.findall("<c:f>(.*?)</c:f>", chart) for chart in charts]
    totals, ranges = ([r for r in references if r[0].startswith(t.name)] for t in (RANKING, READINGS_TAB))
    assert (len(totals), len(ranges), len(references)) == (1, 1, 6)
    parts = [part for part in UnitPart if pack.has(part.feature)]
    assert (len(totals[0]), len(ranges[0])) == (2 * len(parts), 8)

    def area(tab: ResultTab, grid: Grid, header: str) -> str:
        return f"{tab.name}!${grid.letter(header)}$5:${grid.letter(header)}$8"

    assert set(totals[0]) == {area(RANKING, RANKING.grid, h) for h in ("单位", *parts)}
    drawn = ("单位", "图中起点", "较好", "现位", "较差")
    assert set(ranges[0]) == {area(READINGS_TAB, READINGS_TAB.grids[1], h) for h in drawn}
    assert {r for refs in references for r in refs if not r.startswith(("综合排名", "口径台账"))} == {
        *(area(DISPATCH, DISPATCH.grid, h) for h in ("单位", "案件数", "应有案件", "进度比")),
        "首页!$J$12:$J$14",
        "首页!$K$12:$K$14",
        "首页!$B$27:$B$34",
        "首页!$F$27:$F$34",
    }


FACTS = HomeFacts(
    campaign="演示活动",
    pack="jiangsu-2017 1.0",
    program_version="0.1.0",
    run_at=datetime(2017, 11, 2, 10, 30),
    units=12,
    received=10,
    late=2,
    missing=2,
    refused=1,
    rows_read=100,
    rows_counted=90,
    blocking=3,
    warnings=5,
    notes=7,
    findings_by_code=[("V001", "很长的问题" * 20, 9), ("V002", "缺少扫描件", 4)],
    missing_units=["姑苏区", "吴中区"],
    ranking=[(Tier.COUNTY, n, f"单位{n}", Fraction(200 - n, 3), "未入选") for n in range(1, 12)]
    + [(Tier.CITY, 1, "苏州市", Fraction(80), "入选")],
    remarks=["甲", "乙"],
)


def test_home_cells_cover_the_dashboard() -> None:
    cells = home_cells(FACTS)
    assert cells.sheet == "首页"
    assert [cells.values[f"{letter}7"] for letter in "BCDEFGHIJK"] == [12, 10, 2, 2, 1, 3, 5, 7, 100, 90]
    assert [cells.values[f"D{row}"] for row in range(11, 24)] == [
        *(f"单位{n}" for n in range(1, 11)),
        "苏州市",
        None,
        None,
    ]
    assert cells.values["E11"] == Fraction(199, 3)
    assert [cells.values[f"K{row}"] for row in (12, 13, 14)] == [8, 2, 2]
    assert [cells.values[f"F{row}"] for row in range(27, 35)] == [9, 4] + [None] * 6
    assert str(cells.values["C27"]).endswith("…") and cells.values["C28"] == "缺少扫描件"
    assert cells.values["J19"] == "姑苏区、吴中区"
    assert cells.values["I26"] == "1. 甲\n2. 乙"
    assert cells.values["G2"] == "上次计算：2017-11-02 10:30"


def test_home_cells_stand_where_the_page_has_room(book: openpyxl.Workbook) -> None:
    sheet = book["首页"]
    areas = sheet.merged_cells.ranges
    swallowed = {place for area in areas for row in area.rows for place in row if place != (area.min_row, area.min_col)}
    for address in home_cells(FACTS).values:
        cell = sheet[address]
        assert (cell.row, cell.column) not in swallowed
        assert cell.has_style and 2 <= cell.column <= 11
    assert "还没有计算" in sheet["G2"].value
    assert sheet["B7"].value == len(SUZHOU)


def test_a_run_fits_into_every_tab(master: Path, tmp_path: Path) -> None:
    """Each row takes the formats of the first; the Excel tables grow."""
    tabs = [of_year(tab, master) for tab in RESULT_TABS]
    copy = tmp_path / "copy.xlsm"
    copy.write_bytes(master.read_bytes())
    sample = {Look.DATE: date(2017, 6, 1), Look.TIME: datetime(2017, 6, 1, 9, 30)}
    numeric = (Look.INTEGER, Look.RANK, Look.POINTS, Look.RATIO, Look.SHARE, Look.MONEY, Look.NUMBER)

    def rows(grid: Grid) -> list[list[Any]]:
        one = [sample.get(f.look, Fraction(1, 3) if f.look in numeric else "演示数据") for f in grid.fields]
        return [one] * 3

    blocks = [
        Table(tab.name, grid.header_row, grid.first_column, len(grid.fields), rows(grid))
        for tab in tabs
        for grid in tab.grids
        if grid != CASE_POINTS.grids[1]
    ]
    write_results(copy, [home_cells(FACTS), *blocks], backups=0)
    book = openpyxl.load_workbook(copy)
    formats = {Look.RANK: "0", Look.INTEGER: "0", Look.POINTS: "0.00", Look.SHARE: "0.00%", Look.MONEY: "#,##0.00####"}
    formats |= {Look.DATE: "yyyy-mm-dd", Look.TIME: "yyyy-mm-dd hh:mm", Look.RATIO: "0.0000"}
    for tab in tabs:
        for grid in tab.grids[: 1 if tab.name == CASE_POINTS.name else None]:
            sheet = book[tab.name]
            assert range_boundaries(sheet.tables[grid.name].ref)[3] == grid.header_row + 3
            for column, field in enumerate(grid.fields, grid.first_column):
                cell = sheet.cell(grid.header_row + 3, column)
                assert cell.border.top.style == "thin"
                assert cell.number_format == formats.get(field.look, cell.number_format)
                assert bool(cell.alignment.wrap_text) == (field.look is Look.WRAPPED or tab.name == "公示名单")
    assert OpenXmlValidator().validate(str(copy)).is_valid
