"""What the checks of a return find, row by row and between sheets; none but B2.10's takes a row out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.cells import at
from tests.tables import Rows, a_return, case, headers, only, rules
from xl_lianbing.findings import master as master_kinds
from xl_lianbing.findings import reading as catalogue
from xl_lianbing.glossary import Severity
from xl_lianbing.intake.checks.rows import credit_code_fault
from xl_lianbing.intake.returned.read import Intake, read_return
from xl_lianbing.records.column import Record
from xl_lianbing.records.returns import (
    Candidate,
    CaseFile,
    MajorCase,
    OfficerCase,
    PenaltyCase,
    Publicity,
    Reconsideration,
    TaskProgress,
    Training,
    UnitInfo,
)
from xl_lianbing.rules.ruleset import Ruleset

B, W, N = Severity.BLOCKING, Severity.WARNING, Severity.NOTE
DAY = date(2017, 5, 1)
of_case = partial(at, PenaltyCase)
FILED = "吴环罚〔2017〕1号"


def rows(record: type[Record], *given: Mapping[str, object]) -> Rows:
    order = [column.header for column in record.columns().values()]
    return [headers(record), *([row.get(header) for header in order] for row in given)]


def read(
    tmp_path: Path, tables: dict[str, Any], info: dict[str, object] | None = None, pack: str = "", **readings: str
) -> Intake:
    if pack == "jiangsu-2016":
        info = {"填报年度": 2016} | (info or {})
    found = rules(pack or "jiangsu-2017")
    found = Ruleset(found.pack, {}, readings)
    path = a_return(tmp_path / "a.xlsx", tables, info=info, stamp=None)
    return read_return(path, "回收/a.xlsx", found)


def cases(tmp_path: Path, *given: list[object], pack: str = "", info: dict[str, object] | None = None) -> Intake:
    return read(tmp_path, {"处罚案件": [headers(PenaltyCase), *given]}, info, pack)


def told(intake: Intake) -> list[tuple[str, Severity, str]]:
    """Code, severity and cell of all findings but the one on the missing stamp."""
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


@pytest.mark.parametrize(
    ("change", "code", "severity", "cell", "blocked"),
    [
        ({"决定日期": None}, "C01", B, of_case("决定日期"), "决定日期"),
        ({"决定日期": "待定"}, "C02", B, of_case("决定日期"), "决定日期"),
        ({"处罚决定书文号": None}, "C01", B, of_case("处罚决定书文号"), "处罚决定书文号"),
        ({"处罚决定书文号": "无"}, "C01", B, of_case("处罚决定书文号"), "处罚决定书文号"),
        ({"罚款金额": "若干"}, "C03", B, of_case("罚款金额(万元)"), "罚款金额(万元)"),
        ({"罚款金额": -1}, "C05", B, of_case("罚款金额(万元)"), "罚款金额(万元)"),
        ({"是否录入处罚系统": "也许"}, "C04", B, of_case("是否录入处罚系统"), "是否录入处罚系统"),
        ({"是否公开": None}, "C01", B, of_case("是否公开"), "是否公开"),
        ({"当事人名称": None}, "C01", W, of_case("当事人名称"), ""),
        ({"违法行为类型": "偷排"}, "C04", W, of_case("违法行为类型"), ""),
        ({"结案日期": "未结案", "结案录入日期": None}, "C02", W, of_case("结案日期"), ""),
        ({"决定书扫描件": None}, "C25", W, of_case("决定书扫描件"), ""),
        ({"罚款金额": None}, "C01", B, of_case("罚款金额(万元)"), "罚款金额(万元)"),
        ({"罚款金额": 0}, "C26", W, of_case("罚款金额(万元)"), ""),
        ({"处罚种类": "警告"}, "C27", W, of_case("罚款金额(万元)"), ""),
        ({"序号": "一"}, "C03", W, of_case("序号"), ""),
    ],
)
def test_only_what_scoring_needs_blocks_a_case(
    tmp_path: Path, change: dict[str, object], code: str, severity: Severity, cell: str, blocked: str
) -> None:
    """B2.10."""
    intake = cases(tmp_path, case(**change))
    assert told(intake) == [(code, severity, cell)]
    assert intake.result is not None and intake.result.cases[0].blocked == blocked


def test_publication_is_not_asked_for_in_2016(tmp_path: Path) -> None:
    """B2.7 is a rule of 2017: the column is neither required nor checked."""
    day = date(2016, 10, 1)
    row = case(
        处罚决定书文号="吴环罚〔2016〕1号",
        是否公开="以后",
        立案日期=None,
        决定日期=day,
        系统录入日期=day,
        公开日期=None,
        结案日期=None,
        结案录入日期=None,
    )
    intake = cases(tmp_path, row, pack="jiangsu-2016")
    assert told(intake) == []
    assert intake.result is not None and intake.result.cases[0].blocked == ""


def test_several_blocking_cells_are_all_named(tmp_path: Path) -> None:
    intake = cases(tmp_path, case(决定日期="?", 罚款金额="?", 处罚决定书文号=None))
    assert intake.result is not None
    assert intake.result.cases[0].blocked == "处罚决定书文号、罚款金额(万元)、决定日期"
    assert len(told(intake)) == 3


def test_the_sum_of_a_daily_penalty_is_needed_only_if_it_counts(tmp_path: Path) -> None:
    """B2.5, L7."""
    daily, other = (
        major(重大案件类型="按日连续处罚", 金额="若干"),
        major(文书文号="吴环查〔2017〕2号", **{"金额(万元)": "若干"}),
    )
    daily = {k.replace("金额", "金额(万元)") if k == "金额" else k: v for k, v in daily.items()}
    tables: dict[str, Any] = {"重大案件": rows(MajorCase, daily, other)}
    for reading, severity, blocked in (("计入", B, "金额(万元)"), ("不计入", W, "")):
        intake = read(tmp_path, tables, L7=reading)
        first, second = (at(MajorCase, "金额(万元)", row) for row in (2, 3))
        assert told(intake) == sorted([("C03", severity, first), ("C03", W, second)])
        assert intake.result is not None
        assert [line.blocked for line in intake.result.major_cases] == [blocked, ""]


def test_a_daily_penalty_needs_its_sum_while_it_counts_as_a_fine(tmp_path: Path) -> None:
    """B2.10, L7."""
    intake = read(tmp_path, {"重大案件": rows(MajorCase, major(重大案件类型="按日连续处罚"))})
    assert told(intake) == [("C01", B, at(MajorCase, "金额(万元)"))]
    assert intake.result is not None and intake.result.major_cases[0].blocked == "金额(万元)"


def test_a_correction_needs_its_date_a_pending_case_does_not(tmp_path: Path) -> None:
    """B1.5."""
    given = [
        {"处罚决定书文号": n, "申请日期": DAY, "复议决定日期": d, "复议结果": r}
        for n, d, r in (
            ("演示罚〔2017〕1号", None, "撤销"),
            ("演示罚〔2017〕2号", None, "审理中"),
            ("演示罚〔2017〕3号", "待定", "变更"),
            ("演示罚〔2017〕4号", "待定", "维持"),
            ("演示罚〔2017〕5号", "/", "维持"),
        )
    ]
    intake = read(tmp_path, {"行政复议": rows(Reconsideration, *given)})
    first, third, fourth, fifth = (at(Reconsideration, "复议决定日期", row) for row in (2, 4, 5, 6))
    assert told(intake) == sorted([("C01", B, first), ("C02", B, third), ("C02", W, fourth), ("N05", N, fifth)])
    assert intake.result is not None
    assert [line.blocked for line in intake.result.reconsiderations] == ["复议决定日期", "", "复议决定日期", "", ""]


def test_only_articles_need_what_breaks_ties(tmp_path: Path) -> None:
    """B10."""
    day = date(2017, 7, 1)
    given = [
        {"日期": day, "类别": "文章", "标题": None, "媒体": "中国环境报", "是否大练兵专栏": "是"},
        {"日期": day, "类别": "简报", "标题": None, "媒体": "其他", "是否大练兵专栏": "否"},
        {"日期": day, "类别": "通讯", "标题": "演示", "媒体": "其他", "是否大练兵专栏": "否"},
    ]
    intake = read(tmp_path, {"宣传报道": rows(Publicity, *given)})
    first, second, third = at(Publicity, "标题"), at(Publicity, "标题", 3), at(Publicity, "类别", 4)
    assert told(intake) == sorted([("C01", B, first), ("C01", W, second), ("C04", B, third)])
    assert intake.result is not None
    assert [line.blocked for line in intake.result.publicity] == ["标题", "", "类别"]


def test_candidates_stay_unless_they_have_no_name(tmp_path: Path) -> None:
    """B2.10, C1."""
    given = [{"姓名": "甲某某", "证件有效期至": "长期"}, {"执法证号": "1", "案件调查情况": "x"}]
    intake = read(tmp_path, {"先进个人": rows(Candidate, *given)})
    assert intake.result is not None
    assert [line.blocked for line in intake.result.candidates] == ["", "姓名"]
    assert only(intake, "C02").severity is B


def test_a_needed_item_of_the_unit_is_blocking(tmp_path: Path) -> None:
    """B2.1, B2.9."""
    enterprises, published = at(UnitInfo, "重点监控企业数"), at(UnitInfo, "名录是否公布")
    assert told(read(tmp_path, {}, {"重点监控企业数": None})) == [("C01", B, enterprises)]
    assert told(read(tmp_path, {}, {"重点监控企业数": "很多"})) == [("C03", B, enterprises)]
    assert told(read(tmp_path, {}, {"名录是否公布": "正在公布"})) == [("C04", B, published)]
    assert told(read(tmp_path, {}, {"名录是否公布": None}, "jiangsu-2016")) == []
    assert told(read(tmp_path, {}, {"联络员": None})) == [("C01", W, at(UnitInfo, "联络员"))]


@pytest.mark.parametrize(
    ("record", "row", "field", "inside", "outside"),
    [
        (MajorCase, major(), "文书日期", date(2017, 10, 31), date(2017, 11, 1)),
        (Training, {"形式": "专题培训", "主题": "演示", "参加人数": 5}, "日期", date(2017, 6, 1), date(2017, 5, 31)),
        (
            Reconsideration,
            {"处罚决定书文号": FILED, "申请日期": date(2016, 1, 1), "复议结果": "撤销"},
            "复议决定日期",
            date(2017, 1, 1),
            date(2016, 12, 31),
        ),
    ],
)
def test_dates_outside_the_window_are_said_and_block_nothing(
    tmp_path: Path, record: type[Record], row: dict[str, object], field: str, inside: date, outside: date
) -> None:
    """A3: inclusive at both ends."""
    assert told(read(tmp_path, {record.sheet: rows(record, row | {field: inside})})) == []
    intake = read(tmp_path, {record.sheet: rows(record, row | {field: outside})})
    assert [(code, severity) for code, severity, _ in told(intake)] == [("C21", W)]


def test_dates_out_of_order(tmp_path: Path) -> None:
    row = case(
        立案日期=date(2017, 3, 2),
        结案日期=date(2017, 2, 28),
        系统录入日期=date(2017, 2, 27),
        公开日期=date(2017, 2, 26),
    )
    found = cases(tmp_path, row)
    assert told(found) == [("C22", W, of_case("决定日期"))] * 2, "one date that is too late is one finding"
    assert [f.problem for f in found.findings if f.code == "C22"] == [
        "“决定日期”早于“立案日期”（2017-03-02）。",
        "“结案日期”“系统录入日期”“公开日期”早于“决定日期”（2017-03-01）。",
    ]
    assert told(cases(tmp_path, case(立案日期=date(2017, 3, 1), 结案日期=date(2017, 3, 1)))) == []


def test_dates_after_the_day_of_filling(tmp_path: Path) -> None:
    intake = cases(tmp_path, case(), info={"填报日期": date(2017, 3, 31)})
    assert told(intake) == [("C23", W, of_case("结案日期"))]
    assert only(intake, "C23").problem == "“结案日期”“结案录入日期”晚于填报日期（2017-03-31）。"


def test_duplicates_in_one_sheet_point_to_the_first(tmp_path: Path) -> None:
    """B2.10: spellings of one number are one number; the first row stays."""
    intake = cases(tmp_path, case(), case(处罚决定书文号="吴环罚[2017]第1号"), case(处罚决定书文号="吴环罚〔2017〕2号"))
    assert told(intake) == [("C24", W, of_case("处罚决定书文号", 3))]
    assert "第2行" in only(intake, "C24").problem
    same_number = [major(), major(重大案件类型="限产停产"), major()]
    intake = read(tmp_path, {"重大案件": rows(MajorCase, *same_number)})
    assert told(intake) == [("C24", W, at(MajorCase, "文书文号", 4))]


def test_credit_codes() -> None:
    assert credit_code_fault("91320500MA1K2ABC1R") == ""
    assert credit_code_fault("91320500ma1k2abc1r") == ""
    assert "校验位" in credit_code_fault("91320500MA1K2ABC1X")
    assert "现为15位" in credit_code_fault("320500000000001")
    assert "字符" in credit_code_fault("9132050OMA1K2ABC1R")


def test_a_bad_credit_code_is_a_hint(tmp_path: Path) -> None:
    cell = of_case("统一社会信用代码")
    assert told(cases(tmp_path, case(统一社会信用代码="91320500MA1K2ABC1X"))) == [("C29", W, cell)]
    assert told(cases(tmp_path, case(统一社会信用代码=913205001234567890))) == [("C08", W, cell)], "one cause"


def officer(**cells: Any) -> dict[str, object]:
    return {
        "姓名": "甲某某",
        "执法证号": "1",
        "证件有效期至": date(2018, 12, 31),
        "参评案卷文号": FILED,
        "案件调查情况": "演示",
        "事迹材料": "演示",
        "廉洁证明文件": "a.pdf",
    } | cells


def test_three_thousand_characters_and_not_one_more(tmp_path: Path) -> None:
    """C4."""
    file = {
        "案卷类别": "行政处罚",
        "文书文号": FILED,
        "案卷名称": "甲",
        "文书日期": DAY,
        "移动执法平台": "是",
        "案卷PDF": "a",
    }
    for length, codes in ((3000, []), (3001, [("C09", W, at(Candidate, "事迹材料"))])):
        tables: dict[str, Any] = {
            "先进个人": rows(Candidate, officer(事迹材料="字" * length)),
            "参评案卷": rows(CaseFile, file),
        }
        assert told(read(tmp_path, tables)) == codes


def test_references_between_sheets(tmp_path: Path) -> None:
    """C2, C3, B3."""
    own = {"姓名": "甲某某", "处罚决定书文号": FILED, "担任角色": "主办", "证明材料": "a.pdf"}
    tables: dict[str, Any] = {
        "处罚案件": [headers(PenaltyCase), case()],
        "重大案件": rows(
            MajorCase,
            major(对应处罚决定书文号=FILED),
            major(文书文号="吴环查〔2017〕2号", 对应处罚决定书文号="吴环罚〔2017〕9号"),
        ),
        "先进个人": rows(Candidate, officer()),
        "个人办案": rows(OfficerCase, own, own | {"姓名": "乙某某"}, own | {"处罚决定书文号": "吴环罚〔2017〕9号"}),
        "先进集体": [["项目", "填写内容"], ["是否申报", "是"], ["典型案例文号", "吴环罚〔2017〕9号"]],
    }
    found = {
        (f.code, f.severity, f.where.sheet, f.where.cell) for f in read(tmp_path, tables).findings if f.code != "R08"
    }
    assert found == {
        ("C43", W, "重大案件", at(MajorCase, "对应处罚决定书文号", 3)),
        ("C43", W, "先进集体", "B3"),
        ("C41", W, "个人办案", at(OfficerCase, "姓名", 3)),
        ("C42", W, "个人办案", at(OfficerCase, "处罚决定书文号", 4)),
    }


def test_without_the_sheet_of_cases_every_number_is_not_asked_about(tmp_path: Path) -> None:
    """One cause, one finding: the sheet (or its header) is missing."""
    own = {"姓名": "甲某某", "处罚决定书文号": FILED, "担任角色": "主办", "证明材料": "a.pdf"}
    tables: dict[str, Any] = {
        "处罚案件": [["乱", "写"]],
        "重大案件": rows(MajorCase, major(对应处罚决定书文号="吴环罚〔2017〕9号")),
        "先进个人": rows(Candidate, officer()),
        "个人办案": rows(OfficerCase, own),
        "先进集体": [["项目", "填写内容"], ["是否申报", "是"], ["典型案例文号", "吴环罚〔2017〕9号"]],
    }
    assert [(f.code, f.where.sheet) for f in read(tmp_path, tables).findings if f.code != "R08"] == [
        ("S03", "处罚案件")
    ]


def test_more_candidates_than_the_quota(tmp_path: Path) -> None:
    """C1: two a unit."""
    three = [officer(姓名=name, 参评案卷文号=None) for name in ("甲某某", "乙某某", "丙某某")]
    assert [
        f.where.cell for f in read(tmp_path, {"先进个人": rows(Candidate, *three)}).findings if f.code == "C45"
    ] == [at(Candidate, "姓名", 4)]
    assert not [f for f in read(tmp_path, {"先进个人": rows(Candidate, *three[:2])}).findings if f.code == "C45"]


def test_many_of_one_kind_become_one_line_with_range_and_count(tmp_path: Path) -> None:
    eight = [case(处罚决定书文号=f"演示罚〔2017〕{n}号", 当事人名称=f"演示{n}", 决定书扫描件=None) for n in range(8)]
    assert len(told(cases(tmp_path, *eight))) == 8
    nine = [*eight, case(处罚决定书文号="演示罚〔2017〕9号", 决定书扫描件=None)]
    intake = cases(tmp_path, *nine)
    assert told(intake) == [("C25", W, of_case("决定书扫描件", 2, 10))]
    assert "共9处" in only(intake, "C25").problem


def test_notes_are_one_line_a_column(tmp_path: Path) -> None:
    given = [
        case(处罚决定书文号=f"演示罚〔2017〕{n}号", 当事人名称=f"演示{n}", 决定日期="2017年3月1日", 是否公开="√")
        for n in range(3)
    ]
    intake = cases(tmp_path, *given)
    assert told(intake) == sorted([("N01", N, of_case("决定日期")), ("N03", N, of_case("是否公开"))])
    assert "3处" in only(intake, "N01").problem
    assert intake.result is not None and {fact.decided_on for fact in intake.result.cases} == {date(2017, 3, 1)}


def test_large_sheets_are_checked_over_all_blocks(tmp_path: Path) -> None:
    start = date(2017, 1, 1)
    given = [
        case(处罚决定书文号=f"演示罚〔2017〕{n}号", 立案日期=None, 决定日期=start + timedelta(n % 50))
        for n in range(2500)
    ]
    given[2400] = case(处罚决定书文号="演示罚〔2017〕3号", 立案日期=None, 决定日期=start)
    intake = read(tmp_path, {"处罚案件": [headers(PenaltyCase), *given]})
    assert only(intake, "C24").where.cell == of_case("处罚决定书文号", 2402)
    assert intake.rows_read["处罚案件"] == 2500
    assert intake.result is not None and [fact.row for fact in intake.result.cases] == list(range(2, 2502))


def test_tasks_without_a_state_are_hints(tmp_path: Path) -> None:
    given = [{"任务编号": "1", "任务": "演示"}, {"任务编号": "1", "完成情况": "完成"}]
    state, spelled, again = (
        at(TaskProgress, "完成情况"),
        at(TaskProgress, "完成情况", 3),
        at(TaskProgress, "任务编号", 3),
    )
    assert told(read(tmp_path, {"任务进展": rows(TaskProgress, *given)})) == sorted(
        [("C01", W, state), ("N03", N, spelled), ("C24", W, again)]
    )


def test_the_catalogue_has_each_code_once_and_says_what_to_do() -> None:
    kinds = [*catalogue.CATALOGUE, *master_kinds.CATALOGUE]
    codes = [kind.code for kind in kinds]
    assert len(codes) == len(set(codes)) and {code[0] for code in codes} == set("RSCNM")
    assert all(kind.problem.endswith("。") and kind.fix and kind.rule for kind in kinds if kind.code != "R01")


def test_b2_8_a_clock_that_can_not_be_read_is_noted_once_a_column(tmp_path: Path) -> None:
    row = {"当事人名称": "演示", "系统录入日期": None, "结案录入日期": None}
    given = [case(处罚决定书文号=f"演示罚〔2017〕{n}号", **row | {"当事人名称": f"演示{n}"}) for n in range(3)]
    intake = cases(tmp_path, *given, case(处罚决定书文号="演示罚〔2017〕9号", 是否录入处罚系统="否", 系统录入日期=None))
    assert told(intake) == [("N08", N, of_case("系统录入日期")), ("N08", N, of_case("结案录入日期"))]
    assert all("有3件没有填" in f.problem for f in intake.findings if f.code == "N08")
    assert "N08" not in [f.code for f in cases(tmp_path, *given, pack="jiangsu-2016").findings], "a rule of 2017"


def test_b2_7_a_publication_without_day_and_place_is_noted(tmp_path: Path) -> None:
    assert told(cases(tmp_path, case(公开日期=None))) == [("N09", N, of_case("公开日期"))]
    assert told(cases(tmp_path, case(公开日期=None, 公开网址="演示网址"))) == []


def test_c1_a_certificate_is_one_persons(tmp_path: Path) -> None:
    given: dict[str, object] = {
        "证件有效期至": date(2020, 1, 1),
        "参评案卷文号": FILED,
        "案件调查情况": "演示",
        "事迹材料": "演示",
        "廉洁证明文件": "a.pdf",
    }
    people = rows(Candidate, given | {"姓名": "演示甲", "执法证号": "Y1"}, given | {"姓名": "演示乙", "执法证号": "y1"})
    assert told(read(tmp_path, {"先进个人": people})) == [("C46", W, at(Candidate, "执法证号", 3))]


def test_one_wrong_year_is_one_finding(tmp_path: Path) -> None:
    """C21 says it; that the row's other dates now come before or after it is the same cause."""
    for wrong in (date(2107, 3, 1), date(2007, 3, 1)):
        intake = cases(tmp_path, case(决定日期=wrong), info={"填报日期": date(2017, 10, 30)})
        assert told(intake) == [("C21", W, of_case("决定日期"))]
    late = {"结案日期": date(2017, 11, 20), "结案录入日期": date(2017, 11, 21)}
    intake = cases(tmp_path, case(**late), info={"填报日期": date(2017, 10, 30)})
    assert told(intake) == [("C23", W, of_case("结案日期"))]
