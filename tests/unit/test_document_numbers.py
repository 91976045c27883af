"""Numbers of documents in a return: their form, their year, one a cell, one in several spellings (B2.10)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.cells import at
from tests.tables import Rows, a_return, case, headers, only, rules
from xl_lianbing.glossary import Severity
from xl_lianbing.intake.returned.read import Intake, read_return
from xl_lianbing.records.column import Record
from xl_lianbing.records.returns import Candidate, CaseFile, MajorCase, OfficerCase, PenaltyCase, Reconsideration

B, W, N = Severity.BLOCKING, Severity.WARNING, Severity.NOTE
DAY = date(2017, 5, 1)
OWN = "吴环罚〔2017〕1号"
number_at = partial(at, PenaltyCase, "处罚决定书文号")


def rows(record: type[Record], *given: Mapping[str, object]) -> Rows:
    order = [column.header for column in record.columns().values()]
    return [headers(record), *([row.get(header) for header in order] for row in given)]


def read(tmp_path: Path, tables: dict[str, Any]) -> Intake:
    path = a_return(tmp_path / "a.xlsx", tables, stamp=None)
    return read_return(path, "回收/a.xlsx", rules("jiangsu-2017"))


def cases(tmp_path: Path, *numbers: object, **cells: object) -> Intake:
    given = [case(处罚决定书文号=n, **{"当事人名称": f"演示{i}有限公司"} | cells) for i, n in enumerate(numbers)]
    return read(tmp_path, {"处罚案件": [headers(PenaltyCase), *given]})


def told(intake: Intake) -> list[tuple[str, Severity, str]]:
    return sorted((f.code, f.severity, f.where.cell) for f in intake.findings if f.code != "R08")


def major(**cells: Any) -> dict[str, object]:
    return {
        "重大案件类型": "查封扣押",
        "文书文号": "吴环查〔2017〕1号",
        "当事人名称": "演示",
        "文书日期": DAY,
        "是否录入处罚系统": "是",
        "扫描件": "a.pdf",
    } | cells


def a_file(**cells: Any) -> dict[str, object]:
    return {
        "案卷类别": "行政处罚",
        "文书文号": OWN,
        "案卷名称": "甲",
        "文书日期": DAY,
        "移动执法平台": "是",
        "案卷PDF": "a",
    } | cells


@pytest.mark.parametrize("text", ["待定", "正在办理", "见附件", "同上", "〃", 1, date(2017, 3, 1), "吴环罚〔2017〕号"])
def test_b2_10_a_case_without_a_number_does_not_count(tmp_path: Path, text: object) -> None:
    intake = cases(tmp_path, text)
    assert told(intake) == [("C10", B, number_at())]
    assert intake.result is not None and intake.result.cases[0].blocked == "处罚决定书文号"
    assert intake.result.cases[0].key == ""


def test_b2_10_every_column_of_numbers_has_the_form(tmp_path: Path) -> None:
    officer = {"姓名": "甲", "参评案卷文号": "见附件", "执法证号": "1", "证件有效期至": date(2019, 1, 1)}
    tables: dict[str, Any] = {
        "处罚案件": [headers(PenaltyCase), case()],
        "重大案件": rows(MajorCase, major(文书文号="待定")),
        "行政复议": rows(Reconsideration, {"处罚决定书文号": "同上", "申请日期": DAY, "复议结果": "审理中"}),
        "参评案卷": rows(CaseFile, a_file(文书文号="见附件")),
        "先进个人": rows(Candidate, officer),
        "个人办案": rows(OfficerCase, {"姓名": "甲", "处罚决定书文号": "〃", "担任角色": "主办", "证明材料": "a"}),
        "先进集体": [["项目", "填写内容"], ["是否申报", "是"], ["典型案例文号", "见附件"]],
    }
    found = {(f.where.sheet, f.severity, f.where.cell) for f in read(tmp_path, tables).findings if f.code == "C10"}
    assert found == {
        ("重大案件", B, at(MajorCase, "文书文号")),
        ("行政复议", W, at(Reconsideration, "处罚决定书文号")),
        ("参评案卷", B, at(CaseFile, "文书文号")),
        ("先进个人", B, at(Candidate, "参评案卷文号")),
        ("个人办案", B, at(OfficerCase, "处罚决定书文号")),
        ("先进集体", W, "B3"),
    }


def test_b2_10_where_a_number_may_be_left_out_a_word_for_later_is_a_blank(tmp_path: Path) -> None:
    row = major(对应处罚决定书文号="尚未下达")
    intake = read(tmp_path, {"处罚案件": [headers(PenaltyCase), case()], "重大案件": rows(MajorCase, row)})
    assert told(intake) == [("N05", N, at(MajorCase, "对应处罚决定书文号"))]


def test_b2_10_an_odd_number_counts_and_is_asked_about(tmp_path: Path) -> None:
    intake = cases(tmp_path, "某某公司2017", OWN)
    assert told(intake) == [("C11", W, number_at())]
    assert intake.result is not None and intake.result.cases[0].blocked == ""


def test_b2_10_several_numbers_in_a_cell_are_named(tmp_path: Path) -> None:
    intake = cases(tmp_path, f"{OWN}\n吴环罚〔2017〕11号", "吴环罚〔2017〕3-5号")
    assert told(intake) == [("C12", W, number_at()), ("C12", W, number_at(3))]
    first = next(f for f in intake.findings if f.code == "C12")
    assert "吴环罚〔2017〕1号、吴环罚〔2017〕11号" in first.problem
    assert intake.result is not None and [c.blocked for c in intake.result.cases] == ["", ""]


def test_b2_10_a_dash_that_is_the_custom_of_the_sheet_is_no_span(tmp_path: Path) -> None:
    assert told(cases(tmp_path, *(f"吴环罚〔2017〕1-{n}号" for n in (2, 3, 4)))) == []
    assert [f[0] for f in told(cases(tmp_path, *(f"吴环罚〔2017〕1-{n}号" for n in (2, 3))))] == ["C12", "C12"]


def test_b2_10_several_numbers_in_a_reference(tmp_path: Path) -> None:
    """C2, B3: what stands in 处罚案件 is looked up number by number."""
    two, other = f"{OWN}、2号", f"{OWN}、9号"
    credit = {"姓名": "甲", "处罚决定书文号": two, "担任角色": "主办", "证明材料": "a"}
    tables: dict[str, Any] = {
        "处罚案件": [headers(PenaltyCase), case(), case(处罚决定书文号="吴环罚〔2017〕2号", 当事人名称="演示乙")],
        "重大案件": rows(
            MajorCase, major(对应处罚决定书文号=two), major(文书文号="乙〔2017〕1号", 对应处罚决定书文号=other)
        ),
        "个人办案": rows(OfficerCase, credit),
        "先进集体": [["项目", "填写内容"], ["是否申报", "是"], ["典型案例文号", two]],
    }
    intake = read(tmp_path, tables)
    assert {(f.code, f.where.cell) for f in intake.findings if f.code in ("C12", "C42", "C43")} == {
        ("C12", at(MajorCase, "对应处罚决定书文号")),
        ("C43", at(MajorCase, "对应处罚决定书文号", 3)),
        ("C42", at(OfficerCase, "处罚决定书文号")),
    }
    assert "吴环罚〔2017〕1号、吴环罚〔2017〕2号" in only(intake, "C42").problem


def test_b2_10_a_year_that_is_not_the_years_of_the_day(tmp_path: Path) -> None:
    intake = cases(tmp_path, "吴环罚〔2016〕1号", "吴环罚〔2107〕2号", "吴环罚2016-3", "吴环罚〔2017〕4号")
    assert told(intake) == [("C13", W, number_at(row)) for row in (2, 3, 4)]
    problem = next(f for f in intake.findings if f.where.cell == number_at()).problem
    assert "2016" in problem and "2017-03-01" in problem and at(PenaltyCase, "决定日期") in problem


def test_b2_10_a_year_that_is_none_or_missing(tmp_path: Path) -> None:
    intake = cases(tmp_path, OWN, "吴环罚〔17〕3号", "吴环罚〔207〕4号", "吴环罚5号")
    assert told(intake) == [("C14", W, number_at(row)) for row in (3, 4, 5)]
    assert told(cases(tmp_path, "吴环罚5号", "吴环罚6号")) == [], "nobody there writes the year"


def test_b2_10_a_year_that_cannot_be_where_there_is_no_day(tmp_path: Path) -> None:
    pending = {"处罚决定书文号": "吴环罚〔2107〕1号", "申请日期": DAY, "复议结果": "审理中"}
    assert told(read(tmp_path, {"行政复议": rows(Reconsideration, pending)})) == [
        ("C14", W, at(Reconsideration, "处罚决定书文号"))
    ]


def test_b1_2_major_cases_and_files_have_years_too(tmp_path: Path) -> None:
    tables: dict[str, Any] = {
        "重大案件": rows(MajorCase, major(文书文号="吴环查〔2016〕1号")),
        "参评案卷": rows(CaseFile, a_file(文书文号="吴环罚〔2016〕1号")),
    }
    assert {(f.code, f.where.sheet) for f in read(tmp_path, tables).findings if f.code != "R08"} == {
        ("C13", "重大案件"),
        ("C13", "参评案卷"),
    }


def test_b2_10_a_row_that_calls_itself_off_counts_and_is_asked_about(tmp_path: Path) -> None:
    given = [
        case(处罚决定书文号="吴环罚〔2017〕1号（作废）"),
        case(处罚决定书文号="吴环罚〔2017〕2号", 当事人名称="演示乙（重复）"),
        case(处罚决定书文号="吴环罚〔2017〕3号", 当事人名称="演示丙", 备注="该案已撤销"),
        case(处罚决定书文号="吴环罚〔2017〕4号", 当事人名称="演示丁", 案由="重复违法", 备注="未重复"),
    ]
    intake = read(tmp_path, {"处罚案件": [headers(PenaltyCase), *given]})
    party, remark = at(PenaltyCase, "当事人名称", 3), at(PenaltyCase, "备注", 4)
    assert told(intake) == sorted([("C15", W, number_at()), ("C15", W, party), ("C15", W, remark)])


@pytest.mark.parametrize(
    "spelling",
    ["吴环罚〔2017〕001号", "吴环罚〔2017〕1", "吴环罚字〔2017〕第1号", "吴环罚<2017>1号", "吴环罚2017-001"],
)
def test_b2_10_another_spelling_is_a_duplicate_that_names_the_first(tmp_path: Path, spelling: str) -> None:
    intake = cases(tmp_path, spelling, OWN)
    assert told(intake) == [("C24", W, number_at(3))]
    assert f"那里写作“{spelling}”" in only(intake, "C24").problem


def test_b2_10_an_apostrophe_is_taken_off_with_a_note(tmp_path: Path) -> None:
    intake = cases(tmp_path, "'吴环罚〔2017〕1号", OWN)
    assert told(intake) == sorted([("C19", N, number_at()), ("C24", W, number_at(3))])
    assert intake.result is not None and intake.result.cases[0].number == OWN


def test_notes_on_apostrophes_are_one_a_sheet(tmp_path: Path) -> None:
    texts = {"处罚决定书文号": f"'{OWN}", "当事人名称": "'演示", "处罚种类": "'罚款", "决定日期": "'2017-03-01"}
    intake = read(tmp_path, {"处罚案件": [headers(PenaltyCase), case(**texts, 罚款金额="’12.5")]})
    assert [(f.code, f.severity) for f in intake.findings if f.code != "R08"] == [("C19", N)]
    assert "有5处" in only(intake, "C19").problem
    assert intake.result is not None
    fact = intake.result.cases[0]
    assert (str(fact.fine), fact.decided_on, fact.blocked) == ("12.5", date(2017, 3, 1), "")
