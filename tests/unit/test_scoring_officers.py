"""C 先进个人."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.few_words import Scene, codes, person
from tests.few_words import why as left_out
from xl_lianbing.scoring.score import Scores

PEOPLE = ["姓名 | 参评案卷文号", "甲某 | 卷〔1〕", "乙某 | 卷〔2〕"]
CASES = ["处罚决定书文号", *(f"A〔{n}〕" for n in range(1, 5))]


def scene(pack: str = "jiangsu-2016", *, credited: list[str] | None = None, **sheets: list[str]) -> Scene:
    told = ["姓名 | 处罚决定书文号", *(credited or [])]
    return Scene(pack).unit("吴中区", **{"先进个人": PEOPLE, "处罚案件": CASES, "个人办案": told} | sheets)  # type: ignore[arg-type]


def vetoes(scores: Scores, name: str = "甲某") -> tuple[str, ...]:
    return person(scores, name).officer.vetoes


@pytest.mark.parametrize(
    ("pack", "expiry", "valid"),
    [
        ("jiangsu-2016", "2016-11-30", False),
        ("jiangsu-2016", "2016-12-01", True),
        ("jiangsu-2017", "2017-10-31", False),
        ("jiangsu-2017", "2017-11-01", True),
        ("jiangsu-2017", "-", False),
    ],
)
def test_c1_the_certificate_must_run_beyond_the_period(pack: str, expiry: str, valid: bool) -> None:
    scores = scene(pack, 先进个人=["姓名 | 证件有效期至", f"甲某 | {expiry}"]).score()
    assert (vetoes(scores) == ()) is valid
    assert person(scores, "甲某").selection == ("入选" if valid else "否决")


def test_c1_a_certificate_is_judged_by_its_expiry_its_number_may_be_missing() -> None:
    scores = scene(先进个人=["姓名 | 执法证号", "甲某 | -"]).score()
    assert vetoes(scores) == () and person(scores, "甲某").selection == "入选"


def test_c1_more_than_2_candidates_are_all_scored() -> None:
    scores = scene(先进个人=["姓名", "甲某", "乙某", "丙某"]).score()
    assert len(scores.officers) == 3


def test_c1_the_same_person_is_unit_and_name() -> None:
    scores = scene(先进个人=["姓名", "甲某", "甲　某"]).unit("昆山市", 先进个人=["姓名", "甲某"]).score()
    assert [o.officer.unit for o in scores.officers] == ["吴中区", "昆山市"]


def test_c2_the_most_cases_get_the_full_mark_and_each_percent_below_costs_02() -> None:
    scores = scene(
        credited=["甲某 | A〔1〕", "甲某 | A〔2〕", "甲某 | A〔3〕", "甲某 | A〔4〕", "乙某 | A〔1〕"]
    ).score()
    assert [person(scores, n).points.cases for n in ("甲某", "乙某")] == [30, 15]


@pytest.mark.parametrize(
    ("reading", "expected"),
    [("按比例", Fraction(30) - Fraction(100, 3) / 5), ("整数向下", "23.4"), ("整数向上", "23.2")],
)
def test_c2_l11_a_third_below(reading: str, expected: Fraction | str) -> None:
    credited = [f"甲某 | A〔{n}〕" for n in (1, 2, 3)] + ["乙某 | A〔1〕", "乙某 | A〔2〕"]
    assert person(scene(credited=credited).score(L11=reading), "乙某").points.cases == Fraction(expected)


@pytest.mark.parametrize(
    ("sheets", "row", "why"),
    [
        ({}, "甲某 | 别区〔1〕", "不在本单位处罚案件中"),
        ({}, "丙某 | A〔1〕", "不在先进个人候选人中"),
        ({"处罚案件": ["处罚决定书文号 | 是否录入处罚系统", "A〔1〕 | 否"]}, "甲某 | A〔1〕", "未录入"),
        ({"处罚案件": ["处罚决定书文号 | 决定日期", "A〔1〕 | 2016-08-31"]}, "甲某 | A〔1〕", "统计期"),
        ({"处罚案件": ["处罚决定书文号 | 决定书扫描件", "A〔1〕 | -"]}, "甲某 | A〔1〕", "扫描件"),
    ],
)
def test_c2_a_case_that_is_no_counted_case_is_listed_with_the_reason(
    sheets: dict[str, list[str]], row: str, why: str
) -> None:
    scores = scene(credited=[row], **sheets).score()
    assert sum(o.officer.cases for o in scores.officers) == 0
    assert why in left_out(scores, "吴中区", "个人办案")[2]
    said_by_intake = why in ("不在本单位处罚案件中", "不在先进个人候选人中")  # C41, C42
    assert ("P54" in codes(scores, "吴中区")) is not said_by_intake


def test_c2_a_row_without_proof_does_not_count() -> None:
    table = ["姓名 | 处罚决定书文号 | 阻断", "甲某 | A〔1〕 | 证明材料", "甲某 | A〔2〕 |"]
    scores = scene(个人办案=table).score()
    assert person(scores, "甲某").officer.cases == 1
    assert left_out(scores, "吴中区", "个人办案") == {2: "证明材料为空或无法识别"}


def test_c2_an_unpublished_case_of_2017_counts_for_the_officer() -> None:
    table = ["处罚决定书文号 | 是否公开", "A〔1〕 | 否"]
    scores = scene("jiangsu-2017", credited=["甲某 | A〔1〕"], 处罚案件=table).score()
    assert scores.counts["吴中区"].cases == 0 and person(scores, "甲某").officer.cases == 1


def test_c2_once_per_number_and_a_case_of_several_counts_for_each_and_is_listed() -> None:
    scores = scene(credited=["甲某 | A〔1〕", "甲某 | A[1]", "乙某 | A〔1〕"]).score()
    assert [person(scores, n).officer.cases for n in ("甲某", "乙某")] == [1, 1]
    assert list(scores.reasons["吴中区"]["个人办案"]) == [3]
    (shared,) = [f for f in scores.findings if f.code == "P55"]
    assert "乙某、甲某" in shared.problem and shared.severity == "说明"


REVIEWS = ["单位 | 文书文号 | 评审类型 | 得分", "吴中区|卷〔1〕|专家|90", "吴中区|卷〔1〕|交叉|80"]


@pytest.mark.parametrize(("reading", "expected"), [("相加", 17), ("平均", 17), ("加权", "17.4")])
def test_c3_l2_the_file_is_found_by_unit_and_number_and_need_not_be_entered(reading: str, expected: object) -> None:
    scores = scene().set(专家评审权重="0.7").tab("案卷评审", *REVIEWS).score(L2=reading)
    assert person(scores, "甲某").points.file == Fraction(str(expected))
    assert "P57" not in codes(scores), "the candidate's own file is a file"


def test_c3_a_file_without_reviews_has_0_and_is_blocking() -> None:
    scores = scene().tab("案卷评审", *REVIEWS).score()
    assert person(scores, "乙某").points.file == 0 and codes(scores, "吴中区").count("P14") == 2


def test_c3_votes_for_the_investigation() -> None:
    found = scene().tab(
        "公众投票", "对象类型 | 单位 | 姓名 | 票数", "个人|吴中区|甲某|1000", "个人|吴中区|乙 某|666", "集体|吴中区||5"
    )
    scores = found.score()
    assert [person(scores, n).points.votes for n in ("甲某", "乙某")] == [20, Fraction("9.98")]


DEEDS = "单位 | 姓名 | 评审人 | 综合素质 | 工作能力 | 工作态度 | 工作成效"


def test_c4_the_mean_of_the_reviewers_sums() -> None:
    scores = scene().tab("事迹评审", DEEDS, "吴中区|甲某|一|25|25|25|25", "吴中区|甲某|二|20|20|20|15").score()
    assert person(scores, "甲某").points.deeds == Fraction(175, 2) / 100 * 30
    assert person(scores, "乙某").points.deeds == 0 and codes(scores, "吴中区").count("P53") == 1


def test_c5_no_statement_on_integrity_is_a_veto() -> None:
    scores = scene(先进个人=["姓名 | 廉洁证明文件", "甲某 | -", "乙某 |"]).score()
    assert vetoes(scores) == ("没有廉洁证明",) and person(scores, "乙某").selection == "入选"


@pytest.mark.parametrize(("verdict", "vetoed"), [("属实", True), ("不属实", False), ("核查中", False)])
def test_c5_a_verified_report_is_a_veto(verdict: str, vetoed: bool) -> None:
    scores = scene().tab("廉洁核查", "单位 | 姓名 | 查证结果", f"吴中区|甲某|{verdict}").score()
    assert (person(scores, "甲某").selection == "否决") is vetoed


def test_c_the_most_is_taken_over_all_candidates_vetoed_ones_included() -> None:
    found = scene(
        credited=["甲某 | A〔1〕", "甲某 | A〔2〕", "乙某 | A〔1〕"],
        先进个人=["姓名 | 廉洁证明文件", "甲某 | -", "乙某 |"],
    )
    assert person(found.score(), "乙某").points.cases == 20


def test_c_ties_share_the_rank_and_a_tie_across_the_line_waits() -> None:
    scores = scene(先进个人=["姓名", "甲某", "乙某", "丙某"], credited=["甲某 | A〔1〕"]).set(先进个人名额=2).score()
    assert [(o.officer.name, o.rank, str(o.selection)) for o in scores.officers] == [
        ("甲某", 1, "入选"),
        ("乙某", 2, "并列待定"),
        ("丙某", 2, "并列待定"),
    ]


def test_c1_rows_of_the_bureaus_tabs_about_unknown_persons_are_said() -> None:
    scores = scene().tab("廉洁核查", "单位 | 姓名 | 查证结果", "吴中区|丁某|属实").score()
    (found,) = [f for f in scores.findings if f.code == "P58"]
    assert "廉洁核查" in found.problem and "丁某" in found.problem
