"""A2, A3, B2 查处违法案件数量, L4–L10."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.few_words import Scene, cases_of, codes, row_of, why
from xl_lianbing.glossary import Audience, SubIndicator, UnitPart
from xl_lianbing.rules.readings import DayCount
from xl_lianbing.scoring.counting.clocks import days_between
from xl_lianbing.scoring.remarks import told
from xl_lianbing.scoring.score import Scores

TOTALS_2016: dict[str, object] = {
    "全省查处案件总数": 4000,
    "全省罚款总金额(万元)": 1000,
    "全省重大案件总数": 400,
    "全省重点监控企业总数": 1200,
}
TOTALS_2017 = {k: v for k, v in TOTALS_2016.items() if k != "全省重点监控企业总数"} | {"全省重点排污单位总数": 1200}


def known(pack: str) -> Scene:
    """The provincial totals of E1: with 60 key enterprises the baselines are 200 cases, 50 万元, 20 major cases."""
    return Scene(pack).set(TOTALS_2016 if pack.endswith("2016") else TOTALS_2017)


def sub(scores: Scores, which: SubIndicator, unit: str = "吴中区") -> tuple[Fraction, Fraction | None, Fraction]:
    found = cases_of(scores, unit).subs[which]
    return found.value, found.baseline, found.points


def reasons(scores: Scores, sheet: str = "处罚案件", unit: str = "吴中区") -> dict[int, str]:
    return why(scores, unit, sheet)


def test_a2_a_citys_figures_are_those_of_its_territory_and_a_countys_its_own() -> None:
    scene = known("jiangsu-2016").unit("苏州市", "市级", 重点=30, 案件=10, 罚款=2, 重大=1)
    scene.unit("吴中区", 重点=60, 案件=5, 罚款=3).unit("昆山市", 重点=30, 重大=4)
    scores = scene.score()
    city = cases_of(scores, "苏州市")
    assert (city.figures.key_enterprises, city.share) == (120, Fraction(1, 10))
    assert [city.subs[s].value for s in SubIndicator] == [15, 35, 5]
    assert [cases_of(scores, "吴中区").subs[s].value for s in SubIndicator] == [5, 15, 0]


def test_a2_with_several_cities_each_has_the_districts_that_the_roster_names() -> None:
    scene = (
        known("jiangsu-2016").unit("苏州市", "市级", 市="苏州市", 案件=1).unit("无锡市", "市级", 市="无锡市", 案件=2)
    )
    scene.unit("吴中区", 市="苏州市", 案件=10).unit("江阴市", 市="无锡市", 案件=20).unit("无主县", 案件=40)
    scores = scene.score()
    assert [sub(scores, SubIndicator.CASES, u)[0] for u in ("苏州市", "无锡市")] == [11, 22]


@pytest.mark.parametrize(
    ("pack", "day", "inside"),
    [
        ("jiangsu-2016", "2016-08-31", False),
        ("jiangsu-2016", "2016-09-01", True),
        ("jiangsu-2016", "2016-11-30", True),
        ("jiangsu-2016", "2016-12-01", False),
        ("jiangsu-2017", "2016-12-31", False),
        ("jiangsu-2017", "2017-01-01", True),
        ("jiangsu-2017", "2017-10-31", True),
        ("jiangsu-2017", "2017-11-01", False),
    ],
)
def test_a3_dates_are_inclusive_for_decisions_and_major_cases(pack: str, day: str, inside: bool) -> None:
    scene = known(pack).unit(
        "吴中区",
        处罚案件=["处罚决定书文号 | 决定日期", f"A〔1〕 | {day}"],
        重大案件=["文书文号 | 文书日期", f"B〔1〕 | {day}"],
    )
    scores = scene.score()
    assert sub(scores, SubIndicator.CASES)[0] == sub(scores, SubIndicator.MAJOR)[0] == int(inside)
    assert ("统计期" in reasons(scores).get(2, "")) is not inside


def test_b2_1_no_key_enterprises_is_0_points_and_blocking() -> None:
    scores = known("jiangsu-2016").unit("吴中区", 重点=0, 案件=900).unit("昆山市", 重点=None, 案件=900).score()
    assert [row_of(scores, u).parts[UnitPart.CASES] for u in ("吴中区", "昆山市")] == [0, 0]
    assert [f.severity for f in scores.findings if f.code == "P21"] == ["阻断", "阻断"]


def test_b2_1_no_provincial_total_of_key_enterprises_is_0_points_and_blocking() -> None:
    scene = Scene("jiangsu-2016", L4="不计算", 全省查处案件总数=4000).unit("吴中区", 案件=900)
    scores = scene.score()
    assert row_of(scores, "吴中区").parts[UnitPart.CASES] == 0
    assert any(f.code == "P22" and f.severity == "阻断" and "重点监控企业" in f.problem for f in scores.findings)


def test_b2_2_the_baseline_is_the_provincial_total_times_the_share() -> None:
    scores = known("jiangsu-2016").unit("吴中区", 重点=60).score()
    assert [sub(scores, s)[1] for s in SubIndicator] == [200, 50, 20]


def test_b2_2_l4_while_a_total_is_unknown_the_sum_of_the_returns_stands_in_never_the_roll_up() -> None:
    scene = Scene("jiangsu-2016").unit("苏州市", "市级", 重点=20, 案件=10).unit("吴中区", 重点=60, 案件=30)
    scores = scene.score()
    assert scores.totals["total.cases"].used == 40 and scores.totals["total.key_enterprises"].used == 80
    assert sub(scores, SubIndicator.CASES)[1] == 30
    assert sum("暂用参评单位合计代替（待确认）" in r for r in told(scores.remarks)) == 2
    assert codes(scores).count("P23") == 2


def implausible(scores: Scores) -> list[tuple[str, str]]:
    """The findings of D7: severity and the key of 规则."""
    found = [f for f in scores.findings if f.code in ("P65", "P66")]
    assert all(f.severity == "阻断" and f.where.sheet == "规则" and f.kind.audience is Audience.BUREAU for f in found)
    return [(f.code, f.about.field if f.about else "") for f in found]


@pytest.mark.parametrize("pack", ["jiangsu-2016", "jiangsu-2017"])
def test_d7_a_provincial_total_below_the_sum_of_the_units_blocks_and_counts_as_typed(pack: str) -> None:
    typed = {"全省查处案件总数": 39, "全省罚款总金额(万元)": 5, "全省重大案件总数": 2}
    scene = (
        known(pack)
        .set(typed)
        .unit("苏州市", "市级", 重点=20, 案件=10)
        .unit("吴中区", 重点=60, 案件=30, 罚款="0.2", 重大=3)
    )
    scores = scene.score()
    assert implausible(scores) == [("P65", "total.cases"), ("P65", "total.fines"), ("P65", "total.major")]
    assert [scores.totals[key].used for key in ("total.cases", "total.fines", "total.major")] == [39, 5, 2]
    one = next(f for f in scores.findings if f.code == "P65")
    assert "全省查处案件总数录入的是39，参评单位合计就有40，不可能" in one.problem and one.shown == "39"
    assert sub(scores, SubIndicator.CASES)[0] == 30 and not any(scores.reasons["吴中区"].values())


def test_d7_a_total_equal_to_the_sum_is_plausible_and_one_that_stands_in_is_no_question() -> None:
    scene = Scene("jiangsu-2016").unit("吴中区", 重点=60, 案件=30).unit("昆山市", 重点=40, 案件=10)
    assert implausible(scene.score()) == []
    assert implausible(scene.set(全省查处案件总数=40, 全省重点监控企业总数=100).score()) == []
    assert implausible(scene.set(全省查处案件总数=40, 全省重点监控企业总数=99).score()) == [
        ("P65", "total.key_enterprises")
    ]


def test_d7_a_share_above_1_names_the_unit() -> None:
    scores = known("jiangsu-2017").set(全省重点排污单位总数=50).unit("吴中区", 重点=60, 案件=30).score()
    assert implausible(scores) == [("P66", "total.key_enterprises")]
    (one,) = [f for f in scores.findings if f.code == "P66"]
    assert "全省重点排污单位总数录入的是50，比一个单位的还少（吴中区60家），基准比例超过1" in one.problem
    assert cases_of(scores, "吴中区").share == Fraction(6, 5)


def test_l4_the_other_reading_does_not_score_what_has_no_total() -> None:
    scene = Scene("jiangsu-2016").unit("吴中区", 案件=30)
    scores = scene.score(L4="不计算")
    assert row_of(scores, "吴中区").parts[UnitPart.CASES] == 0
    assert codes(scores).count("P22") == 4 and "P23" not in codes(scores)


@pytest.mark.parametrize(
    ("cases", "linear", "step", "half"),
    [
        (99, "0", 0, 0),
        (100, "0", 0, 0),
        (101, "3/40", 0, 15),
        (200, "15/2", 0, 15),
        (300, "15", 0, 15),
        (301, "15", 15, 15),
    ],
)
def test_b2_3_l5_points_between_half_and_one_and_a_half(cases: int, linear: str, step: int, half: int) -> None:
    scene = known("jiangsu-2016").unit("吴中区", 案件=cases)
    assert sub(scene.score(), SubIndicator.CASES)[2] == Fraction(linear)
    assert sub(scene.score(L5="阶梯"), SubIndicator.CASES)[2] == step
    assert sub(scene.score(L5="超过0.5倍"), SubIndicator.CASES)[2] == half


@pytest.mark.parametrize(
    ("cases", "default", "half", "linear"), [(100, 0, 0, 0), (101, 0, 15, "3/40"), (300, 0, 15, 15), (301, 15, 15, 15)]
)
def test_b2_4_l6_above_the_line_is_strict(cases: int, default: int, half: int, linear: str) -> None:
    scene = known("jiangsu-2017").unit("吴中区", 案件=cases)
    assert sub(scene.score(), SubIndicator.CASES)[2] == default
    assert sub(scene.score(L6="超过0.5倍"), SubIndicator.CASES)[2] == half
    assert sub(scene.score(L6="线性"), SubIndicator.CASES)[2] == Fraction(linear)


def test_b2_5_fines_are_added_exactly_and_major_cases_by_piece() -> None:
    table = ["处罚决定书文号 | 罚款金额(万元)", "A〔1〕 | 0.1", "A〔2〕 | 0.2", "A〔3〕 |", "A〔4〕 | 0.000001"]
    kinds = ["重大案件类型 | 文书文号", "查封扣押 | B〔1〕", "限产停产 | B〔1〕", "移送行政拘留 | B〔2〕"]
    scores = known("jiangsu-2016").unit("吴中区", 处罚案件=table, 重大案件=kinds).score()
    assert sub(scores, SubIndicator.CASES)[0] == 4
    assert sub(scores, SubIndicator.FINES)[0] == Fraction("0.300001")
    assert sub(scores, SubIndicator.MAJOR)[0] == 3


def test_b2_5_l7_the_amount_of_a_daily_penalty_is_a_fine_unless_it_stands_in_the_cases() -> None:
    table = ["处罚决定书文号 | 罚款金额(万元)", "A〔1〕 | 10"]
    major = [
        "重大案件类型 | 文书文号 | 金额(万元)",
        "按日连续处罚 | A[1] | 10",
        "按日连续处罚 | B〔1〕 | 7.5",
        "查封扣押 | B〔2〕 | 99",
    ]
    scene = known("jiangsu-2016").unit("吴中区", 处罚案件=table, 重大案件=major)
    assert sub(scene.score(), SubIndicator.FINES)[0] == Fraction("17.5")
    assert sub(scene.score(L7="不计入"), SubIndicator.FINES)[0] == 10
    assert sub(scene.score(L7="不计入"), SubIndicator.MAJOR)[0] == 3


def test_b2_5_l7_a_daily_penalty_in_another_spelling_stands_in_the_cases_too() -> None:
    table = ["处罚决定书文号 | 罚款金额(万元)", "吴环罚〔2016〕5号 | 20"]
    major = ["重大案件类型 | 文书文号 | 金额(万元)", "按日连续处罚 | 吴环罚字〔2016〕第005号 | 20"]
    scene = known("jiangsu-2016").unit("吴中区", 处罚案件=table, 重大案件=major)
    assert sub(scene.score(), SubIndicator.FINES)[0] == 20


def test_b2_6_an_export_that_spells_numbers_otherwise_holds_them_all() -> None:
    table = ["处罚决定书文号", "吴环罚〔2016〕1号", "吴环罚字[2016]第002号", "吴环罚2016-3"]
    scene = known("jiangsu-2016").unit("吴中区", 处罚案件=table)
    exported = ("'吴环罚〔2016〕1号", "吴环罚<2016>2", "吴环罚（2016）第0003号")
    scores = scene.tab("处罚系统数据", "处罚决定书文号", *exported).score()
    assert sub(scores, SubIndicator.CASES)[0] == 3 and "P02" not in codes(scores)


def test_b2_6_only_what_the_export_holds_counts_when_there_is_one() -> None:
    scene = known("jiangsu-2016").unit("吴中区", 处罚案件=["处罚决定书文号", "A〔1〕", "A〔2〕"])
    assert sub(scene.score(), SubIndicator.CASES)[0] == 2 and "P03" in codes(scene.score())
    assert "案件未与系统比对（没有录入处罚系统数据）。" in told(scene.score().remarks)
    scores = scene.tab("处罚系统数据", "处罚决定书文号", "A(1)").score()
    assert sub(scores, SubIndicator.CASES)[0] == 1
    assert "查不到" in reasons(scores)[3] and codes(scores).count("P02") == 1
    assert not any("比对" in r for r in told(scores.remarks))


def test_b2_6_what_the_return_itself_calls_not_filed_does_not_count() -> None:
    scores = (
        known("jiangsu-2016")
        .unit(
            "吴中区",
            处罚案件=["处罚决定书文号 | 是否录入处罚系统", "A〔1〕 | 否", "A〔2〕 | 是"],
            重大案件=["文书文号 | 是否录入处罚系统", "B〔1〕 | 否", "B〔2〕 | 是"],
        )
        .score()
    )
    assert (sub(scores, SubIndicator.CASES)[0], sub(scores, SubIndicator.MAJOR)[0]) == (1, 1)
    assert "未录入" in reasons(scores)[2] and "未录入" in reasons(scores, "重大案件")[2]
    assert codes(scores).count("P05") == 2


def test_b2_7_l8_an_unpublished_decision() -> None:
    scene = known("jiangsu-2017").unit("苏州市", "市级", 案件=4000)
    scene.unit("吴中区", 案件=400, 处罚案件=["处罚决定书文号 | 是否公开", "A〔1〕 | 否"]).unit("昆山市", 案件=400)
    default, whole = scene.score(), scene.score(L8="指标零分")
    assert sub(default, SubIndicator.CASES) == (400, 200, 15)
    assert reasons(default) == {2: "未公开"} and codes(default, "吴中区").count("P04") == 1
    assert sub(whole, SubIndicator.CASES)[0] == 401 and reasons(whole) == {}
    assert [row_of(whole, u).parts[UnitPart.CASES] for u in ("吴中区", "苏州市", "昆山市")] == [
        0,
        0,
        row_of(default, "昆山市").parts[UnitPart.CASES],
    ]
    assert "未公开" in cases_of(whole, "苏州市").figures.zero_reason


def test_b2_7_2016_does_not_ask_for_publication() -> None:
    scores = known("jiangsu-2016").unit("吴中区", 处罚案件=["处罚决定书文号 | 是否公开", "A〔1〕 | 否"]).score()
    assert sub(scores, SubIndicator.CASES)[0] == 1 and "P04" not in codes(scores)


FILING = "处罚决定书文号 | 决定日期 | 系统录入日期 | 结案日期 | 结案录入日期"


@pytest.mark.parametrize(
    ("cells", "late"),
    [
        ("2017-07-03 | 2017-07-10 | - | -", False),
        ("2017-07-03 | 2017-07-11 | - | -", True),
        ("2017-07-03 | 2017-07-03 | 2017-08-01 | 2017-08-08", False),
        ("2017-07-03 | 2017-07-03 | 2017-08-01 | 2017-08-09", True),
        ("2017-07-03 | - | - | -", False),
    ],
)
def test_b2_8_late_is_more_than_7_days_after_the_decision_or_after_closing(cells: str, late: bool) -> None:
    scores = known("jiangsu-2017").unit("吴中区", 处罚案件=[FILING, f"A〔1〕 | {cells}"]).score()
    assert ("P06" in codes(scores, "吴中区")) is late
    assert sub(scores, SubIndicator.CASES)[0] == 1


def test_l9_working_days_leave_out_weekends_and_the_public_holidays() -> None:
    golden_week = (date(2017, 9, 29), date(2017, 10, 16))
    assert days_between(*golden_week, DayCount.CALENDAR) == 17
    assert days_between(*golden_week, DayCount.WORKING) == 7, "Saturday 30 September 2017 was a working day"
    scene = known("jiangsu-2017").unit("吴中区", 处罚案件=[FILING, "A〔1〕 | 2017-09-29 | 2017-10-16 | - | -"])
    assert "P06" in codes(scene.score()) and "P06" not in codes(scene.score(L9="工作日"))


def test_l10_the_other_reading_does_not_count_a_late_case() -> None:
    scene = known("jiangsu-2017").unit("吴中区", 处罚案件=[FILING, "A〔1〕 | 2017-07-03 | 2017-07-11 | - | -"])
    scores = scene.score(L10="不计入")
    assert sub(scores, SubIndicator.CASES)[0] == 0 and reasons(scores) == {2: "逾期录入"}
    assert sub(scene.score(L10="不计入", L9="工作日"), SubIndicator.CASES)[0] == 1


def test_b2_9_without_a_published_list_the_indicator_is_0_for_that_unit_alone() -> None:
    scene = known("jiangsu-2017").unit("苏州市", "市级", 重点=0, 案件=4000).unit("吴中区", 名录="否", 案件=400)
    scores = scene.score()
    assert row_of(scores, "吴中区").parts[UnitPart.CASES] == 0 and row_of(scores, "苏州市").parts[UnitPart.CASES] == 15
    assert "名录" in cases_of(scores, "吴中区").figures.zero_reason and "P24" in codes(scores, "吴中区")
    same_in_2016 = known("jiangsu-2016").unit("吴中区", 名录="否", 案件=400).score()
    assert row_of(same_in_2016, "吴中区").parts[UnitPart.CASES] == 15


def test_b2_10_a_number_twice_in_one_return_counts_once_the_first_row() -> None:
    table = ["处罚决定书文号 | 罚款金额(万元)", "苏环罚〔2016〕1号 | 3", "苏环罚[2016]第1号 | 9"]
    scores = known("jiangsu-2016").unit("吴中区", 处罚案件=table).score()
    assert sub(scores, SubIndicator.CASES)[0] == 1 and sub(scores, SubIndicator.FINES)[0] == 3
    assert list(reasons(scores)) == [3]


def test_b2_10_a_number_claimed_by_two_units_counts_for_neither_and_blocks() -> None:
    scene = known("jiangsu-2016")
    for unit in ("吴中区", "昆山市"):
        scene.unit(unit, 处罚案件=["处罚决定书文号", "A〔1〕", f"{unit}〔1〕"], 重大案件=["文书文号", "B〔1〕"])
    scores = scene.score()
    for unit in ("吴中区", "昆山市"):
        assert (sub(scores, SubIndicator.CASES, unit)[0], sub(scores, SubIndicator.MAJOR, unit)[0]) == (1, 0)
        claims = [f for f in scores.findings if f.code == "P01" and f.where.unit == unit]
        assert [f.severity for f in claims] == ["阻断", "阻断"] and all("吴中区、昆山市" in f.problem for f in claims)


def test_b2_10_a_claim_says_how_the_other_unit_spells_the_number() -> None:
    scene = known("jiangsu-2016")
    scene.unit("吴中区", 处罚案件=["处罚决定书文号", "共环罚〔2016〕77号"], 重大案件=["文书文号", "共环封〔2016〕7号"])
    scene.unit("昆山市", 处罚案件=["处罚决定书文号", "共环罚字[2016]077"], 重大案件=["文书文号", "共环封字〔2016〕7号"])
    scores = scene.score()
    assert [f.problem for f in scores.findings if f.code == "P01" and f.where.unit == "吴中区"] == [
        "共环罚〔2016〕77号 同时出现在 吴中区、昆山市（写作“共环罚字[2016]077”） 的填报表中，撤回前双方均不计入。",
        "共环封〔2016〕7号 同时出现在 吴中区、昆山市（写作“共环封字〔2016〕7号”） 的填报表中，撤回前双方均不计入。",
    ]


def test_b2_10_a_claim_tells_the_spelling_of_the_row_that_claims_not_of_one_that_repeats_it() -> None:
    rows = ["处罚决定书文号", "共环罚〔2016〕77号", "共环罚字[2016]077"]
    majors = ["文书文号", "共环封〔2016〕7号", "共环封字[2016]07号"]
    scene = known("jiangsu-2016").unit("吴中区", 处罚案件=rows, 重大案件=majors)
    scores = scene.unit("昆山市", 处罚案件=rows[:2], 重大案件=majors[:2]).score()
    assert [f.problem for f in scores.findings if f.code == "P01" and f.where.unit == "昆山市"] == [
        "共环罚〔2016〕77号 同时出现在 吴中区、昆山市 的填报表中，撤回前双方均不计入。",
        "共环封〔2016〕7号 同时出现在 吴中区、昆山市 的填报表中，撤回前双方均不计入。",
    ]


@pytest.mark.parametrize(
    ("idle", "why"),
    [
        ("共环罚字〔2017〕77号 | - | 是 | 决定日期", "决定日期为空或无法识别"),
        ("共环罚字〔2017〕77号 | 2015-01-01 | 是 |", "不在统计期内"),
        ("共环罚字〔2017〕77号 | | 否 |", "未录入"),
    ],
)
def test_b2_10_a_row_that_does_not_count_takes_nothing_out_of_another_unit(idle: str, why: str) -> None:
    header = "处罚决定书文号 | 决定日期 | 是否录入处罚系统 | 阻断"
    scene = known("jiangsu-2017").unit(
        "吴中区", 处罚案件=[header, "共环罚〔2017〕77号 | | |", "共环罚〔2017〕78号 | | |"]
    )
    scores = scene.unit("昆山市", 处罚案件=[header, idle]).score()
    assert [sub(scores, SubIndicator.CASES, unit)[0] for unit in ("吴中区", "昆山市")] == [2, 0]
    assert "P01" not in codes(scores)
    (told_once,) = [f for f in scores.findings if f.code == "P70"]
    assert (told_once.where.unit, told_once.severity) == ("吴中区", "提醒")
    assert "昆山市（写作“共环罚字〔2017〕77号”；" in told_once.problem and why in told_once.problem


def test_b2_10_a_major_case_that_does_not_count_takes_nothing_out_of_another_unit() -> None:
    header = "文书文号 | 文书日期 | 阻断"
    scene = known("jiangsu-2017").unit("吴中区", 重大案件=[header, "共环封〔2017〕7号 | |"])
    scores = scene.unit("昆山市", 重大案件=[header, "共环封〔2017〕7号 | - | 文书日期"]).score()
    assert [sub(scores, SubIndicator.MAJOR, unit)[0] for unit in ("吴中区", "昆山市")] == [1, 0]
    assert [(f.code, f.where.unit) for f in scores.findings if f.code in ("P01", "P70")] == [("P70", "吴中区")]


def test_b2_7_b2_8_a_case_that_a_reading_leaves_out_is_claimed_all_the_same() -> None:
    """Readings change in 规则 without a run: claims may not rest on them."""
    scene = known("jiangsu-2017").unit("吴中区", 处罚案件=["处罚决定书文号", "共环罚〔2017〕7号"])
    scene.unit("昆山市", 处罚案件=["处罚决定书文号 | 是否公开", "共环罚〔2017〕7号 | 否"])
    assert codes(scene.score(L8="该案不计")).count("P01") == 2


def test_b2_10_numbers_that_name_no_issuer_are_no_claims() -> None:
    scene = known("jiangsu-2016")
    for unit in ("吴中区", "昆山市"):
        scene.unit(unit, 处罚案件=["处罚决定书文号", "12号", "〔2016〕3号"], 重大案件=["文书文号", "7号"])
    scores = scene.score()
    assert not {"P01", "P70"} & set(codes(scores))
    assert [sub(scores, SubIndicator.CASES, unit)[0] for unit in ("吴中区", "昆山市")] == [2, 2]


def test_b2_10_a_blocked_row_does_not_count_and_the_next_row_of_that_number_does() -> None:
    table = ["处罚决定书文号 | 决定日期 | 阻断", "A〔1〕 | - | 决定日期", "A〔1〕 | |"]
    scores = (
        known("jiangsu-2016").unit("吴中区", 处罚案件=table, 重大案件=["文书文号 | 阻断", "B〔1〕 | 文书日期"]).score()
    )
    assert (sub(scores, SubIndicator.CASES)[0], sub(scores, SubIndicator.MAJOR)[0]) == (1, 0)
    assert reasons(scores) == {2: "决定日期为空或无法识别"}


def test_a1_units_stand_in_the_order_of_the_roster_and_a_name_twice_is_one_unit() -> None:
    scores = Scene().unit("苏州工业园区").unit("吴中区").unit("吴 中 区").score()
    assert [u.name for u in scores.roster.units] == ["苏州工业园区", "吴中区"]


def test_a2_a_unit_without_a_return_stays_with_0() -> None:
    scores = known("jiangsu-2016").unit("吴中区", 案件=5, 票=3).unit("昆山市", 未报=True, 票=3).score()
    missing = row_of(scores, "昆山市")
    assert [*missing.parts.values(), missing.selection] == [0, 0, 20, 0, "未报"]
