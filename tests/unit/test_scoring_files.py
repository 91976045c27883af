"""B1 案卷质量, L1–L3: the functions' results through the whole `score()`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

from tests.few_words import Scene, codes, file_number, row_of
from tests.few_words import why as left_out
from xl_lianbing.glossary import UnitPart
from xl_lianbing.scoring.files import FileState
from xl_lianbing.scoring.remarks import told
from xl_lianbing.scoring.score import Scores

SIX = [(90, 80), (85, 85), (70, 60), (88, 92), (60, 70), (95, 85), None]
"""The reviews of E3."""
FULL_SEVEN: list[tuple[object, object] | None] = [(100, 100)] * 7
FULL_EIGHT: list[tuple[object, object] | None] = [(100, 100)] * 8
OUTSIDE = "案卷类别 | 文书文号 | 文书日期 | 移动执法平台"


def county(files: Sequence[tuple[object, object] | None] = (), /, pack: str = "jiangsu-2016", **more: object) -> Scene:
    return Scene(pack).unit("吴中区", 案卷=files, **more)  # type: ignore[arg-type]


def points(scores: Scores, unit: str = "吴中区") -> Fraction:
    return row_of(scores, unit).parts[UnitPart.FILES]


@pytest.mark.parametrize("pack", ["jiangsu-2016", "jiangsu-2017"])
def test_b1_1_a_county_unit_has_7_places_and_a_city_8(pack: str) -> None:
    scores = Scene(pack).unit("苏州市", "市级").unit("吴中区").score()
    county_kinds = [f.kind for f in scores.dossiers["吴中区"].files]
    assert [county_kinds.count(k) for k in dict.fromkeys(county_kinds)] == [3, 1, 1, 1, 1]
    city_kinds = [f.kind for f in scores.dossiers["苏州市"].files]
    assert len(city_kinds) == 8 and city_kinds[-1] == "环境监察稽查" and "环境监察稽查" not in county_kinds


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("行政处罚 | A〔1〕 | 2016-08-31 | 是", "文书日期不在规定期间"),
        ("行政处罚 | A〔1〕 | 2016-12-01 | 是", "文书日期不在规定期间"),
        ("行政处罚 | A〔1〕 | 2016-10-10 | 否", "现场笔录没有使用移动执法平台"),
    ],
)
def test_b1_2_an_ineligible_file_keeps_its_place_with_0(line: str, why: str) -> None:
    scene = county(参评案卷=[OUTSIDE, line])
    scene.tab("案卷评审", "单位 | 文书文号 | 评审类型 | 得分", "吴中区|A〔1〕|专家|90", "吴中区|A〔1〕|交叉|90")
    scores = scene.score()
    first = scores.dossiers["吴中区"].files[0]
    assert (first.state, first.score(scores.rules)) == (FileState.INELIGIBLE, 0)
    assert (points(scores), scores.qualities["吴中区"].divisor) == (0, 7)
    assert "P11" in codes(scores, "吴中区")
    assert why in left_out(scores, "吴中区", "参评案卷")[2]


@pytest.mark.parametrize("day", ["2016-09-01", "2016-11-30"])
def test_b1_2_the_first_and_the_last_day_are_inside(day: str) -> None:
    scores = county(参评案卷=[OUTSIDE, f"行政处罚 | A〔1〕 | {day} | 是"]).score()
    assert scores.dossiers["吴中区"].files[0].state is FileState.COUNTED


def test_l1_the_other_reading_takes_an_ineligible_file_out_of_the_divisor() -> None:
    scene = county([*FULL_SEVEN[:2]], 参评案卷=[OUTSIDE, "行政处罚 | A〔1〕 | 2016-08-31 | 是"])
    assert points(scene.score()) == Fraction(400, 7) / 200 * 40
    assert points(scene.score(L1="不计入平均")) == Fraction(400, 6) / 200 * 40


@pytest.mark.parametrize(
    ("reading", "file_points", "full"),
    [("相加", 170, 200), ("平均", 85, 100), ("加权", Fraction(87), 100)],
)
def test_b1_3_l2_two_reviews_make_one_mark(reading: str, file_points: Fraction, full: int) -> None:
    scores = county([(90, 80)]).set(专家评审权重="0.7").score(L2=reading)
    assert scores.dossiers["吴中区"].files[0].score(scores.rules) == file_points
    assert points(scores) == Fraction(file_points) / 7 / full * 40


def test_b1_3_several_reviewers_of_one_kind_count_with_their_mean() -> None:
    scene = county([(90, 80)])
    number = file_number("吴中区", 1)
    scene.tab("案卷评审", "单位 | 文书文号 | 评审类型 | 评审人 | 得分", f"吴中区|{number}|专家|乙|81")
    file = scene.score().dossiers["吴中区"].files[0]
    assert (file.expert, file.cross) == (Fraction(171, 2), 80)


def test_b1_3_reviews_find_their_file_however_the_number_is_written() -> None:
    scene = county(参评案卷=["文书文号", "苏环罚〔2016〕8号"])
    scene.tab(
        "案卷评审",
        "单位 | 文书文号 | 评审类型 | 得分",
        "吴中区|苏环罚[2016]第8号|专家|90",
        "吴 中 区|苏环罚（2016）8号|交叉|80",
    )
    assert scene.score().dossiers["吴中区"].files[0].score(scene.rules) == 170


def test_b1_3_a_file_without_a_review_of_one_kind_is_blocking_and_that_part_counts_0() -> None:
    scores = county([(90, None)]).score()
    assert scores.dossiers["吴中区"].files[0].score(scores.rules) == 90
    (missing,) = [f for f in scores.findings if f.code == "P14"]
    assert missing.severity == "阻断" and "交叉" in missing.problem


def test_b1_3_more_files_than_asked_the_first_in_the_order_of_number_count() -> None:
    lines = [f"{n} | 行政处罚 | F〔{n}〕" for n in (4, 2, 3, 1)]
    scores = county(参评案卷=["序号 | 案卷类别 | 文书文号", *lines, "| 行政处罚 | 没有序号"]).score()
    taken = [f.number for f in scores.dossiers["吴中区"].files if f.number]
    assert taken == ["F〔1〕", "F〔2〕", "F〔3〕"]
    assert set(scores.reasons["吴中区"]["参评案卷"]) == {2, 6}
    assert codes(scores, "吴中区").count("P13") == 2


def test_b1_3_a_file_entered_twice_takes_one_place() -> None:
    scores = county(参评案卷=["文书文号", "F〔1〕", "F[1]", "F〔2〕"]).score()
    assert [f.number for f in scores.dossiers["吴中区"].files if f.number] == ["F〔1〕", "F〔2〕"]
    assert "重复" in left_out(scores, "吴中区", "参评案卷")[3]


def test_b1_3_the_scan_of_e3_to_the_last_digit() -> None:
    assert points(county(SIX).score()) == Fraction(960, 7) / 200 * 40


@pytest.mark.parametrize(("reading", "expected"), [("缺卷记零", Fraction(192, 7)), ("按实际份数", Fraction(32))])
def test_b1_4_l3_a_missing_file(reading: str, expected: Fraction) -> None:
    scores = county(SIX).score(L3=reading)
    assert points(scores) == expected
    assert codes(scores, "吴中区").count("P12") == 1


def test_b1_4_a_city_takes_its_8_and_the_7_of_each_recommended_county() -> None:
    scene = Scene().unit("苏州市", "市级", 案卷=FULL_EIGHT)
    scene.unit("吴中区", 推荐=True, 案卷=FULL_SEVEN).unit("昆山市", 推荐=True, 案卷=SIX).unit("太仓市", 案卷=FULL_SEVEN)
    scores = scene.score()
    assert {city: held.names for city, held in scores.holding.items()} == {"苏州市": ("吴中区", "昆山市")}
    assert scores.qualities["苏州市"].divisor == 22
    assert points(scores, "苏州市") == Fraction(8 * 200 + 7 * 200 + 960, 22) / 200 * 40


def test_b1_4_with_one_recommended_county_the_mean_is_over_15() -> None:
    scene = Scene().unit("苏州市", "市级", 案卷=FULL_EIGHT).unit("吴中区", 推荐=True, 案卷=FULL_SEVEN).unit("昆山市")
    assert scene.score().qualities["苏州市"].divisor == 15


def test_b1_4_while_no_county_is_recommended_the_two_best_stand_in_and_it_is_said() -> None:
    scene = Scene().unit("苏州市", "市级").unit("甲县", 票=5).unit("乙县", 票=3).unit("丙县", 票=4)
    scores = scene.score()
    assert set(scores.holding["苏州市"].names) == {"甲县", "丙县"}
    assert codes(scores, "苏州市").count("P40") == 1
    assert any("甲县、丙县的案卷计入（待确认）" in r for r in told(scores.remarks))


def test_b1_4_l3_the_divisor_of_a_city_shrinks_by_every_missing_file() -> None:
    scene = Scene().unit("苏州市", "市级", 案卷=FULL_EIGHT[:7]).unit("吴中区", 推荐=True, 案卷=SIX)
    assert scene.score(L3="按实际份数").qualities["苏州市"].divisor == 13


def test_b1_5_a_forged_file_zeroes_its_unit_and_the_city_that_holds_it() -> None:
    scene = Scene().unit("苏州市", "市级", 案卷=FULL_EIGHT).unit("吴中区", 推荐=True, 案卷=FULL_SEVEN)
    scene.unit("昆山市", 推荐=True, 案卷=FULL_SEVEN)
    number = file_number("吴中区", 3)
    scene.tab("案卷评审", "单位 | 文书文号 | 评审类型 | 评审人 | 得分 | 是否造假", f"吴中区|{number}|交叉|丙|88|是")
    scores = scene.score()
    assert [points(scores, u) for u in ("吴中区", "苏州市", "昆山市")] == [0, 0, 40]
    assert number in scores.qualities["苏州市"].zero_reason


def test_b1_5_a_forged_file_of_a_county_not_recommended_leaves_the_city_alone() -> None:
    scene = Scene().unit("苏州市", "市级", 案卷=FULL_EIGHT).unit("吴中区", 推荐=True, 案卷=FULL_SEVEN)
    scene.unit("昆山市", 案卷=FULL_SEVEN)
    scene.tab(
        "案卷评审", "单位 | 文书文号 | 评审类型 | 得分 | 是否造假", f"昆山市|{file_number('昆山市', 1)}|专家|90|是"
    )
    scores = scene.score()
    assert [points(scores, u) for u in ("昆山市", "苏州市")] == [0, 40]


@pytest.mark.parametrize("result", ["撤销", "变更", "确认违法"])
def test_b1_5_a_corrected_penalty_zeroes_the_indicator(result: str) -> None:
    scores = county(FULL_SEVEN, 行政复议=["处罚决定书文号 | 复议结果", f"A〔1〕 | {result}"]).score()
    assert points(scores) == 0
    assert scores.qualities["吴中区"].zero_reason == f"处罚决定A〔1〕被行政复议{result}"


@pytest.mark.parametrize(
    ("result", "day"),
    [
        ("维持", "2016-10-01"),
        ("审理中", "-"),
        ("撤销", "2016-08-31"),
        ("撤销", "2016-12-01"),
        ("责令履行", "2016-10-01"),
    ],
)
def test_b1_5_other_outcomes_and_decisions_outside_the_period_change_nothing(result: str, day: str) -> None:
    table = ["处罚决定书文号 | 复议结果 | 复议决定日期", f"A〔1〕 | {result} | {day}"]
    assert points(county(FULL_SEVEN, 行政复议=table).score()) == 40


def test_b1_5_a_county_correction_is_its_own_and_not_the_citys() -> None:
    scene = Scene().unit("苏州市", "市级", 案卷=FULL_EIGHT)
    scene.unit("吴中区", 推荐=True, 案卷=FULL_SEVEN, 行政复议=["处罚决定书文号 | 复议结果", "A〔1〕 | 撤销"])
    scores = scene.score()
    assert (points(scores, "吴中区"), points(scores, "苏州市")) == (0, 40)


@pytest.mark.parametrize(("cross", "flagged"), [(75, False), (74, True)])
def test_b1_6_reviews_more_than_15_apart_are_flagged_and_still_count(cross: int, flagged: bool) -> None:
    scores = county([(90, cross)]).score()
    assert ("P15" in codes(scores, "吴中区")) is flagged
    assert scores.dossiers["吴中区"].files[0].score(scores.rules) == 90 + cross


def test_b1_a_unit_without_any_file_has_0_under_every_reading() -> None:
    for l3 in ("缺卷记零", "按实际份数"):
        assert points(county().score(L3=l3)) == 0


def test_b1_3_a_review_that_meets_no_file_is_said() -> None:
    scene = county(FULL_SEVEN).tab("案卷评审", "单位 | 文书文号 | 评审类型 | 得分", "吴中区|无此卷|专家|90")
    assert "P57" in codes(scene.score(), "吴中区")
