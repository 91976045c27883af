"""Rows that are records and rows that are not, wherever they stand: told by their key cells (B2.10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.tables import INFO, a_return, case, form, headers, only, rules
from xl_lianbing.glossary import Severity
from xl_lianbing.intake.returned.read import Intake, read_return
from xl_lianbing.records.returns import (
    Candidate,
    MajorCase,
    OfficerCase,
    PenaltyCase,
    Publicity,
    Training,
    UnitApplication,
    UnitInfo,
)

HEADER = headers(PenaltyCase)
WIDTH = len(HEADER)
NUMBER, PARTY, FINE = 1, 2, 7


def cases(count: int, first: int = 1) -> list[list[Any]]:
    numbers = range(first, first + count)
    return [case(序号=i, 处罚决定书文号=f"吴环罚〔2017〕{i}号", 当事人名称=f"演示数据{i}公司") for i in numbers]


def row(**cells: object) -> list[Any]:
    """A row with only these cells, by column letter."""
    made: list[Any] = [None] * WIDTH
    for letter, value in cells.items():
        made[ord(letter) - ord("A")] = value
    return made


def read(tmp_path: Path, rows: Sequence[Sequence[Any]], sheet: str = "处罚案件", **sheets: Any) -> Intake:
    path = a_return(tmp_path / "a.xlsx", {sheet: rows, **sheets})
    return read_return(path, "回收/a.xlsx", rules())


def counted(intake: Intake) -> list[int]:
    assert intake.result is not None
    return [fact.row for fact in intake.result.cases if not fact.blocked]


def said(intake: Intake) -> dict[str, str]:
    """Code → cells, of every finding."""
    return {f.code: f.where.cell for f in intake.findings}


@pytest.mark.parametrize(
    "cells",
    [
        {"B": "合计"},
        {"A": "合计"},
        {"A": "总　计"},
        {"A": "合计", "B": "共6件"},
        {"B": "合计6件"},
        {"C": "共6件"},
        {"B": "小计："},
        {"A": "本页小计"},
        {"C": "汇总"},
        {"A": "累 计"},
        {"A": "共计6件，罚款41.1万元"},
        {"G": "合计"},
        {"B": "总计（万元）"},
        {"A": "Total"},
        {"B": "Grand Total"},
        {"C": "平均值"},
        {"B": "吴环罚〔2017〕1号 汇总"},
        {"B": "2017年1-10月合计"},
        {"C": "罚款合计"},
        {"E": "大气污染小计"},
        {"A": "截止10月累计"},
    ],
)
@pytest.mark.parametrize("more", [{}, {"E": "水污染", "F": "演示", "J": date(2017, 10, 25), "L": "是", "P": "是"}])
def test_a_row_that_says_it_is_a_sum_is_no_case_however_many_cells_it_has(
    tmp_path: Path, cells: dict[str, object], more: dict[str, object]
) -> None:
    if "汇总" in str(cells.get("B")):
        more = {}  # with all other cells filled it is a case with an odd number
    intake = read(tmp_path, [HEADER, *cases(3), row(**(more | cells | {"H": 41.1})), *cases(1, 9)])
    assert counted(intake) == [2, 3, 4, 6]
    assert [(f.code, f.severity) for f in intake.findings] == [("S14", Severity.NOTE)]


def test_sums_under_each_group_are_told_once(tmp_path: Path) -> None:
    rows = [HEADER, *cases(2), row(B="小计", H=5), *cases(2, 3), row(B="小计", H=5), row(A="合计", H=10)]
    intake = read(tmp_path, rows)
    assert counted(intake) == [2, 3, 5, 6]
    found = only(intake, "S14")
    assert (found.cells, "有3行是合计行（第4、7～8行）" in found.problem) == (("B4", "B7", "A8"), True)


@pytest.mark.parametrize(
    "party", ["合计数码科技有限公司", "总计装饰材料厂", "注册人张三工作室", "说明书印刷厂", "日期印章店"]
)
def test_a_party_whose_name_only_begins_like_a_sum_or_a_note_stays_a_case(tmp_path: Path, party: str) -> None:
    intake = read(tmp_path, [HEADER, case(当事人名称=party)])
    assert (counted(intake), intake.findings) == ([2], ())


@pytest.mark.parametrize(
    "lines",
    [
        [row(A="注：以上数据截至10月25日")],
        [row(B="以上案件均已结案")],
        [row(B="2、罚款金额单位为万元")],
        [["/"] * WIDTH, [7, *["—"] * 9]],
        [["无"] * 8, ["暂无"] * WIDTH, [0] * 9, ["'"] * 6],
        [row(A="填表人：演示员甲", E="审核人：演示员乙", H="日期：2017年10月25日")],
        [row(C="填报单位（盖章）", F="负责人：")],
        [row(A="一、大气类案件")],
        [row(A="填表说明"), row(A="1．本表由各县区填报；"), row(A="2．罚款金额单位为万元。")],
        [row(V="以下空白")],
        [row(A="第1页，共3页")],
        [row(A="填报人", B="演示员甲", E="联系电话", F="0512-00000000")],
        [row(A="上年同期", H=30)],
        [row(A="数据来源：处罚系统2017年10月25日导出")],
    ],
)
def test_notes_and_signatures_are_one_line_and_no_case(tmp_path: Path, lines: list[list[Any]]) -> None:
    intake = read(tmp_path, [HEADER, *cases(2), *lines, *cases(1, 9)])
    assert counted(intake) == [2, 3, 4 + len(lines)]
    assert [(f.code, f.severity) for f in intake.findings] == [("S16", Severity.NOTE)]


def test_blank_looking_rows_are_blank(tmp_path: Path) -> None:
    rows = [HEADER, *cases(1), [" "] * WIDTH, ["　"] * 8, ["\xa0"] * 3, *cases(1, 2)]
    intake = read(tmp_path, rows)
    assert (counted(intake), intake.findings, intake.rows_read["处罚案件"]) == ([2, 6], (), 2)


@pytest.mark.parametrize(
    "numbers",
    [
        list(range(1, WIDTH + 1)),
        [f"({i})" for i in range(1, WIDTH + 1)],
        ["栏次", *range(1, WIDTH)],
        ["甲", "1", "2", "3", "4", "5", "6", "7"],
        ["甲", "乙", "丙", "丁", "戊"],
        list("ABCDEFGHIJ"),
        ["①", "②", "③", "④", "⑤"],
        list("一二三四五六七八九十"),
        [f"第{i}列" for i in range(1, WIDTH + 1)],
        [f"栏{i}" for i in range(1, WIDTH + 1)],
        [*range(1, 8), "8=6+7", *range(9, WIDTH + 1)],
    ],
)
def test_a_row_of_column_numbers_is_no_case(tmp_path: Path, numbers: list[Any]) -> None:
    intake = read(tmp_path, [HEADER, numbers, *cases(2)])
    assert counted(intake) == [3, 4]
    assert said(intake) == {"S18": "A2"}


def test_a_header_again_is_no_case(tmp_path: Path) -> None:
    shuffled = [HEADER[2], HEADER[1], HEADER[0], *HEADER[3:]]
    intake = read(tmp_path, [HEADER, *cases(2), HEADER, *cases(1, 5), shuffled, *cases(1, 6)])
    assert counted(intake) == [2, 3, 5, 7]
    assert only(intake, "S17").problem.startswith("有2行是重复的表头（第4、6行）")
    assert len(intake.findings) == 1, "the rows beneath stand in the columns of the first header"


def test_rows_below_a_header_in_another_order_are_read_as_ours_or_said(tmp_path: Path) -> None:
    order = [*range(WIDTH // 2, WIDTH), *range(WIDTH // 2)]
    moved = [[r[place] for place in order] for r in (HEADER, *cases(3, 5))]
    intake = read(tmp_path, [HEADER, *cases(2), *moved])
    assert counted(intake) == [2, 3]
    found = only(intake, "S20")
    assert (found.severity, found.cells) == (Severity.BLOCKING, ("A5", "A6", "A7"))
    assert "其中3行（第5～7行）没有读取" in found.problem


def test_rows_below_a_header_with_two_columns_swapped_are_not_read_as_ours(tmp_path: Path) -> None:
    filed, decided = HEADER.index("立案日期"), HEADER.index("决定日期*")
    for one, two in ((NUMBER, PARTY), (filed, decided)):
        order = list(range(WIDTH))
        order[one], order[two] = two, one
        moved = [[r[place] for place in order] for r in (HEADER, *cases(2, 5))]
        intake = read(tmp_path, [HEADER, *cases(2), *moved])
        assert counted(intake) == [2, 3]
        assert only(intake, "S20").cells == ("A5", "A6")


def test_a_table_of_another_sheet_below_is_said_with_its_rows(tmp_path: Path) -> None:
    seized = [1, "查封扣押", "吴环封〔2017〕1号", "演示", None, date(2017, 5, 2), None, "是", "f.pdf"]
    intake = read(tmp_path, [HEADER, *cases(2), [], headers(MajorCase), seized, [2, *seized[1:]]])
    assert counted(intake) == [2, 3]
    assert only(intake, "S20").cells == ("A6", "A7")


def test_a_second_table_beside_is_said_once_with_its_rows(tmp_path: Path) -> None:
    beside = [[*a, None, *b] for a, b in zip([HEADER, *cases(2)], [HEADER, *cases(2, 3)], strict=True)]
    intake = read(tmp_path, beside)
    assert counted(intake) == [2, 3]
    found = only(intake, "S20")
    assert (found.severity, found.cells, len(intake.findings)) == (Severity.BLOCKING, ("X2", "X3"), 1)


def test_a_second_table_beside_and_lower_is_said_too(tmp_path: Path) -> None:
    left: list[list[Any]] = [HEADER, *cases(5)]
    for place, right in enumerate([HEADER[:9], *(r[:9] for r in cases(2, 7))]):
        left[place + 2] = [*left[place + 2], *([None] * (WIDTH + 1 - len(left[place + 2]))), *right]
    found = only(read(tmp_path, left), "S20")
    assert found.problem.startswith("X列起另有一张表，其中2行（第4～5行）没有读取")


def test_a_remark_beside_the_table_stays_a_remark(tmp_path: Path) -> None:
    rows = [[*HEADER, None, "核对"], [*cases(1)[0], *[None] * 4, "序号不对"]]
    assert said(read(tmp_path, rows)).keys() <= {"S07", "S08"}


@pytest.mark.parametrize("down", [39, 41, 300])
def test_the_header_is_found_wherever_it_stands(tmp_path: Path, down: int) -> None:
    intake = read(tmp_path, [["处罚案件情况表"], *[[]] * down, HEADER, *cases(2)])
    assert counted(intake) == [down + 3, down + 4]
    assert intake.findings == ()


def test_two_headers_in_the_first_rows_do_not_hide_the_true_one(tmp_path: Path) -> None:
    guide = [["填写要求", "序号", "备注"], *[["请逐件填写"]] * 60]
    intake = read(tmp_path, [*guide, HEADER, *cases(2)])
    assert len(counted(intake)) == 2


def test_a_sheet_with_cells_and_no_header_is_never_empty(tmp_path: Path) -> None:
    found = only(read(tmp_path, [*[[]] * 60, *cases(3)]), "S03")
    assert found.severity is Severity.BLOCKING and "其中有内容的3行都没有读取" in found.problem


def test_records_above_a_header_that_was_sorted_in_among_them_are_said(tmp_path: Path) -> None:
    intake = read(tmp_path, [["处罚案件"], *cases(3), HEADER, *cases(2, 5)])
    assert counted(intake) == [6, 7]
    assert only(intake, "S21").cells == ("A2", "A3", "A4")


def test_figures_without_a_name_are_asked_about(tmp_path: Path) -> None:
    intake = read(tmp_path, [HEADER, *cases(2), row(H=41.1), row(A=7, H=3)])
    assert (counted(intake), only(intake, "S19").severity) == ([2, 3], Severity.WARNING)


def test_a_case_with_little_in_it_stays_a_case(tmp_path: Path) -> None:
    intake = read(tmp_path, [HEADER, row(B="吴环罚〔2017〕1号"), row(C="演示数据有限公司", H=3), row(A=1, B="2017-12")])
    assert intake.result is not None
    assert [(fact.row, bool(fact.blocked)) for fact in intake.result.cases] == [(2, True), (3, True), (4, True)]


@pytest.mark.parametrize(
    ("record", "rows", "expected"),
    [
        (Candidate, [["", "填表人：演示员", "", "", "", "审核人："]], "S16"),
        (OfficerCase, [["", "演示员甲 汇总", 3]], "S14"),
        (OfficerCase, [["", "合计", "共12件"]], "S14"),
        (Publicity, [["", "", "", "合计5篇"]], "S14"),
        (Training, [["合计", "", "", "", 120]], "S14"),
        (Training, [["", "", "", "注：人数以签到表为准"]], "S16"),
    ],
)
def test_every_sheet_tells_its_rows_apart(tmp_path: Path, record: Any, rows: list[list[Any]], expected: str) -> None:
    made = [[cell if cell != "" else None for cell in r] for r in rows]
    intake = read(tmp_path, [headers(record), *made], record.sheet)
    assert [f.code for f in intake.findings] == [expected]
    assert intake.rows_read[record.sheet] == 0


def test_cases_in_a_copy_of_the_sheet_are_read_where_the_right_one_is_empty(tmp_path: Path) -> None:
    intake = read(tmp_path, [HEADER], **{"处罚案件 (2)": [HEADER, *cases(2)]})
    assert counted(intake) == [2, 3]
    assert only(intake, "S24").where.sheet == "处罚案件 (2)"


def test_rows_in_both_sheets_are_said_with_their_number(tmp_path: Path) -> None:
    intake = read(tmp_path, [HEADER, *cases(3)], Sheet1=[HEADER, *cases(3, 3)])
    assert counted(intake) == [2, 3, 4]
    found = only(intake, "S22")
    assert found.severity is Severity.BLOCKING and "其中2行在“处罚案件”里没有" in found.problem


def test_a_mere_copy_of_what_was_read_is_pointed_out(tmp_path: Path) -> None:
    found = only(read(tmp_path, [HEADER, *cases(3)], 备份=[HEADER, *cases(3)]), "S11")
    assert found.severity is Severity.WARNING


def test_a_form_is_known_by_its_items(tmp_path: Path) -> None:
    sheets = {"先进集体 - 表格 1": form(UnitApplication, {"是否申报": "是"}), "Sheet2": form(UnitInfo, INFO)}
    path = a_return(tmp_path / "a.xlsx", sheets, without=["先进集体", "单位信息"])
    intake = read_return(path, "回收/a.xlsx", rules())
    assert intake.result is not None
    assert (intake.result.application.applies, intake.result.info.key_enterprises) == ("是", 60)
    assert [f.code for f in intake.findings] == ["S10", "S10"]


def test_what_a_second_form_holds_is_said(tmp_path: Path) -> None:
    sheets = {"单位信息 (2)": form(UnitInfo, INFO | {"执法人员总数": 31, "联络员": "演示员乙"})}
    intake = read_return(a_return(tmp_path / "a.xlsx", sheets), "回收/a.xlsx", rules())
    found = only(intake, "S23")
    assert found.severity is Severity.BLOCKING and "其中2项内容" in found.problem
    assert intake.result is not None and intake.result.info.officers == 30


def test_amounts_are_those_of_the_cases_alone(tmp_path: Path) -> None:
    fines = [Decimal("2.5")] * 3
    total = row(B="合计", C="共3件", H=7.5, I=date(2017, 10, 1), J=date(2017, 10, 1), K=date(2017, 10, 1), L="是")
    intake = read(tmp_path, [HEADER, *cases(3), total])
    assert intake.result is not None and [fact.fine for fact in intake.result.cases] == fines
