"""The returns against the export of the penalty case system (B2.6), and against each other (B2.10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.few_words import Scene, row_of
from xl_lianbing.findings import Finding, Where, finding
from xl_lianbing.findings import reading as c
from xl_lianbing.findings.export import AMOUNT_DIFFERS
from xl_lianbing.intake.checks.export import folded, reconcile

CASES = "处罚决定书文号 | 罚款金额(万元) | 决定日期"
EXPORT = "处罚决定书文号 | 罚款金额(万元) | 决定日期 | 单位"


def scene(*exported: str, **sheets: Any) -> Scene:
    given = sheets or {"处罚案件": [CASES, "甲罚〔1〕 | 2 | 2017-07-10", "甲罚〔2〕 | 3 | 2017-07-11"]}
    return Scene("jiangsu-2017").unit("甲县", **given).unit("乙县").tab("处罚系统数据", EXPORT, *exported)


def told(made: Scene) -> list[tuple[str, str, str]]:
    found = reconcile(made.inputs.system_cases, made.returns, made.rules)
    return [(f.code, f.where.unit, f.where.cell[1:]) for f in found]


def test_b2_6_an_export_that_agrees_says_nothing() -> None:
    made = scene("甲罚〔1〕 | 2 | 2017-07-10 | 甲县", "甲罚【2】 | 3.0 | 2017-07-11 | ")
    assert told(made) == []
    assert told(Scene("jiangsu-2017").unit("甲县", 案件=3)) == [], "no export, nothing to compare"


def test_b2_6_another_amount_day_or_unit_is_asked_about_and_the_return_counts() -> None:
    made = scene("甲罚〔1〕 | 20000 | 2017-07-10 | 甲县", "甲罚〔2〕 | 3 | 2017-07-12 | 乙县")
    assert told(made) == [("X02", "甲县", "2"), ("X03", "甲县", "3"), ("X04", "甲县", "3")]
    assert made.score().counts["甲县"].cases == 2 and made.score().counts["甲县"].fines == 5
    one = reconcile(made.inputs.system_cases, made.returns, made.rules)[0]
    assert one.severity == "提醒" and "填报罚款2万元，处罚系统是20000万元" in one.problem


def test_b2_6_another_spelling_in_the_system_is_the_same_number_and_is_told() -> None:
    own = [CASES, "甲环罚〔2017〕1号 | 2 | 2017-07-10", "甲环罚〔2017〕2号 | 3 | 2017-07-11"]
    same = scene("'甲环罚字〔2017〕第001号 | 2 | 2017-07-10 | 甲县", "甲环罚2017-2 | 3 | | 甲县", 处罚案件=own)
    assert told(same) == []
    other = scene("甲环罚字〔2017〕第001号 | 5 | 2017-07-10 | 甲县", 处罚案件=own)
    one = reconcile(other.inputs.system_cases, other.returns, other.rules)[0]
    assert one.problem.startswith("甲环罚〔2017〕1号（系统中写作“甲环罚字〔2017〕第001号”） 填报罚款2万元")


def test_b2_6_cases_of_the_unit_that_its_return_lacks_are_one_finding() -> None:
    lines = [f"甲罚〔{n}〕 | 1 | 2017-08-01 | 甲县" for n in range(1, 30)]
    made = scene(*lines, "别县〔1〕 | 1 | 2017-08-01 | 丙县", "旧罚〔1〕 | 1 | 2016-08-01 | 甲县")
    (one,) = [f for f in reconcile(made.inputs.system_cases, made.returns, made.rules) if f.code == "X01"]
    assert "有27件填报表没有：甲罚〔3〕" in one.problem and one.where == Where(
        "回收/甲县.xlsx", "处罚案件", unit="甲县"
    )


def test_b2_6_major_cases_and_claimed_numbers_are_no_second_finding() -> None:
    made = scene("甲封〔9〕 | 1 | 2017-08-01 | 甲县", 重大案件=["文书文号", "甲封〔9〕"])
    assert told(made) == []
    claimed = [CASES, "甲罚〔1〕 | 2 | 2017-07-10"]
    both = Scene("jiangsu-2017").unit("甲县", 处罚案件=claimed).unit("乙县", 处罚案件=claimed)
    assert told(both.tab("处罚系统数据", EXPORT, "甲罚〔1〕 | 2 | 2017-07-10 | 乙县")) == []


def test_one_cause_one_finding_a_doubt_and_what_the_system_says_of_it() -> None:
    place = Where("回收/甲.xlsx", "处罚案件", "H5", "甲县")
    doubt = finding(c.LOOKS_LIKE_YUAN, place, "20000", amount="20000", compared="其他案件的中位数是2万元", meant="2")
    says = finding(AMOUNT_DIFFERS, place, "20000", number="甲罚〔1〕", own="20000", exported="2")
    other = says.at(cell="H6")
    result, rest = folded([doubt], [says, other])
    assert rest == [other] and [f.code for f in result] == ["C31"]
    assert result[0].problem.endswith("处罚系统是2万元，按填报表计。") and "可能是按元填写的；" in result[0].problem


def test_one_cause_one_finding_also_for_a_whole_column() -> None:
    place = Where("回收/甲.xlsx", "处罚案件", "H5:H34", "甲县")
    doubt = finding(c.LOOKS_LIKE_YUAN, place, "20000", amount="20000", compared="其他案件也都这么大", meant="2")
    doubt = replace(doubt, cells=tuple(f"H{row}" for row in range(5, 35)))
    says = finding(AMOUNT_DIFFERS, place, "20000", number="甲罚〔1〕", own="20000", exported="2")
    each = [says.at(cell=f"H{row}") for row in range(5, 36)]
    result, rest = folded([doubt], each)
    assert rest == [each[-1]]
    assert "；其中30处与处罚系统也不符，例如甲罚〔1〕 填报罚款20000万元" in result[0].problem


def test_b2_6_a_return_without_the_sheet_lacks_the_sheet_and_no_single_case() -> None:
    made = scene("甲罚〔1〕 | 1 | 2017-08-01 | 甲县")
    assert told(made) != []
    lost = {unit: replace(r, cases=(), places={"重大案件": ("重大案件", {})}) for unit, r in made.returns.items()}
    assert reconcile(made.inputs.system_cases, lost, made.rules) == []


# -- what one unit sends of another's --


def twins(own: int, shared: int, other: int = 0) -> list[Finding]:
    numbers = [f"同罚〔{n}〕" for n in range(shared)]
    first = ["处罚决定书文号", *numbers, *(f"甲罚〔{n}〕" for n in range(own))]
    second = ["处罚决定书文号", *numbers, *(f"乙罚〔{n}〕" for n in range(other))]
    made = Scene("jiangsu-2017").unit("甲县", 处罚案件=first).unit("乙县", 处罚案件=second)
    scores = made.score()
    assert {row_of(scores, u).reported for u in ("甲县", "乙县")} == {True}
    assert [scores.counts[u].cases for u in ("甲县", "乙县")] == [own, other]
    return [f for f in scores.findings if f.code in ("P01", "P07")]


def test_b2_10_a_copy_of_anothers_return_is_one_finding_a_unit_not_one_a_number() -> None:
    found = twins(own=2, shared=40)
    assert [(f.code, f.severity, f.where.unit, f.where.cell) for f in found] == [
        ("P07", "阻断", "甲县", "A2:A41"),
        ("P07", "阻断", "乙县", "A2:A41"),
    ]
    assert "与“乙县”的填报表几乎是同一份" in found[0].problem and "共40处" in found[0].problem
    assert len(found[0].cells) == 40


def test_b2_10_a_few_shared_numbers_are_claims() -> None:
    assert [f.code for f in twins(own=10, shared=2, other=10)] == ["P01"] * 4
    assert [f.code for f in twins(own=0, shared=4)] == ["P01"] * 8, "too few for a copy"


def test_b2_8_a_filing_date_ahead_is_a_typing_error_and_not_late_as_well() -> None:
    lines = [
        "处罚决定书文号 | 决定日期 | 系统录入日期",
        "甲罚〔1〕 | 2017-07-01 | 2018-07-02",
        "甲罚〔2〕 | 2017-07-01 | 2017-07-20",
    ]
    made = Scene("jiangsu-2017").unit("甲县", 处罚案件=lines)
    returned = made.returns["甲县"]
    info = returned.info.model_copy(update={"filled_on": date(2017, 10, 30)})
    made.returns["甲县"] = type(returned)(**{n: getattr(returned, n) for n in returned.__slots__} | {"info": info})
    assert [f.where.cell for f in made.score().findings if f.code == "P06"] == ["A3"]
