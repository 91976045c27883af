"""B3 满意度 with L11 and L12, B4 一票否决, B9 加减分."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.few_words import Scene, codes, row_of
from xl_lianbing.findings import About
from xl_lianbing.glossary import UnitPart


def points(scene: Scene, unit: str, **readings: str) -> Fraction:
    return row_of(scene.score(**readings), unit).parts[UnitPart.SATISFACTION]


@pytest.mark.parametrize(
    ("reading", "second"), [("按比例", Fraction("9.98")), ("整数向下", Fraction("10.1")), ("整数向上", Fraction("9.8"))]
)
def test_b3_l11_each_percent_below_the_most_votes_costs_03(reading: str, second: Fraction) -> None:
    scene = Scene().unit("甲县", 票=1000).unit("乙县", 票=666).unit("丙县", 票=0)
    assert [points(scene, u, L11=reading) for u in ("甲县", "乙县", "丙县")] == [20, second, 0]


def test_b3_the_floor_is_a_value_of_the_pack() -> None:
    scene = Scene(公众满意度最低分=2).unit("甲县", 票=1000).unit("乙县", 票=1)
    assert points(scene, "乙县") == 2


def test_b3_all_rows_of_a_unit_are_added() -> None:
    scene = Scene().unit("甲县", 票=60).unit("乙县", 票=100)
    scene.tab("公众投票", "对象类型 | 单位 | 姓名 | 票数", "集体 | 甲县 | | 40", "个人 | 甲县 | 某某 | 500")
    assert points(scene, "甲县") == 20


def test_l12_the_most_votes_among_the_tier_or_among_all() -> None:
    scene = Scene().unit("苏州市", "市级", 票=2000).unit("甲县", 票=1000)
    assert (points(scene, "甲县"), points(scene, "苏州市")) == (20, 20)
    assert (points(scene, "甲县", L12="全部单位"), points(scene, "苏州市", L12="全部单位")) == (5, 20)


def test_b3_no_votes_at_all_is_0_for_everybody_and_a_finding() -> None:
    scores = Scene().unit("苏州市", "市级", 票=9).unit("甲县", 票=0).unit("乙县").score()
    assert [row_of(scores, u).parts[UnitPart.SATISFACTION] for u in ("甲县", "乙县", "苏州市")] == [0, 0, 20]
    (found,) = [f for f in scores.findings if f.code == "P32"]
    assert "县级单位" in found.problem


def test_b3_a_unit_without_votes_is_said() -> None:
    scores = Scene().unit("甲县", 票=10).unit("乙县").score()
    assert row_of(scores, "乙县").parts[UnitPart.SATISFACTION] == 0 and codes(scores, "乙县").count("P31") == 1


@pytest.mark.parametrize(("pack", "asked"), [("jiangsu-2016", False), ("jiangsu-2017", True)])
def test_b3_of_2017_asks_an_applying_unit_for_a_model_case(pack: str, asked: bool) -> None:
    scene = Scene(pack).unit("甲县").unit("乙县", 申报=False)
    for name, returned in scene.returns.items():
        application = returned.application.model_copy(update={"model_case": None})
        scene.returns[name] = type(returned)(
            **{f: getattr(returned, f) for f in returned.__dataclass_fields__} | {"application": application}
        )
    scores = scene.score()
    assert ("P33" in codes(scores, "甲县")) is asked and "P33" not in codes(scores, "乙县")


AIR = "单位 | 点位 | 指标 | 上年均值 | 本年均值"


@pytest.mark.parametrize(
    ("rows", "vetoed"),
    [
        (["苏州市|一|PM10|80|80"], False),
        (["苏州市|一|PM10|80|80.000001"], True),
        (["苏州市|一|PM10|80|70", "苏州市|一|PM2.5|40|41"], True),
        (["苏州市|一|PM10|80|90", "苏州市|二|PM10|80|70"], False),
        (["甲县|一|PM10|80|90", "苏州市|二|PM10|80|75"], True),
        (["别的市|一|PM10|80|90"], False),
    ],
)
def test_b4_1_a_city_is_judged_on_the_mean_over_its_points(rows: list[str], vetoed: bool) -> None:
    scores = Scene().unit("苏州市", "市级").unit("甲县").tab("空气质量", AIR, *rows).score()
    assert bool(row_of(scores, "苏州市").veto) is vetoed
    assert row_of(scores, "甲县").veto == "", "county units are not judged on air"


SECTIONS = "单位 | 断面名称 | 上年类别 | 本年类别 | 数据是否齐备"


@pytest.mark.parametrize(
    ("row", "vetoed"),
    [
        ("甲县|河|Ⅲ|Ⅳ|是", True),
        ("甲县|河|Ⅲ|Ⅳ|", True),
        ("甲县|河|Ⅴ|劣Ⅴ|是", True),
        ("甲县|河|Ⅲ|Ⅲ|是", False),
        ("甲县|河|Ⅳ|Ⅲ|是", False),
        ("甲县|河|Ⅲ|Ⅳ|否", False),
        ("甲县|河|Ⅲ|-|是", False),
    ],
)
def test_b4_2_a_worse_section_vetoes_the_county_and_the_city_of_its_territory(row: str, vetoed: bool) -> None:
    scores = Scene().unit("苏州市", "市级").unit("甲县").unit("乙县").tab("水质断面", SECTIONS, row).score()
    assert [bool(row_of(scores, u).veto) for u in ("甲县", "苏州市", "乙县")] == [vetoed, vetoed, False]


def test_b4_2_a_section_without_complete_data_is_listed() -> None:
    scene = Scene().unit("甲县").tab("水质断面", SECTIONS, "甲县|河|Ⅲ|Ⅳ|否", "甲县|江|-|Ⅳ|是", "甲县|湖|Ⅲ|Ⅲ|是")
    assert codes(scene.score(), "甲县").count("P36") == 2


def test_b4_a_vetoed_unit_keeps_its_score_and_place_and_is_passed_over() -> None:
    scene = Scene(县级先进集体名额=1).unit("甲县", 票=100).unit("乙县", 票=90)
    scene.tab("水质断面", SECTIONS, "甲县|河|Ⅲ|Ⅳ|是")
    first, second = scene.score().units
    assert (first.unit.name, first.rank, first.total, first.selection) == ("甲县", 1, 20, "否决")
    assert (second.rank, second.selection) == (2, "入选")
    assert "Ⅲ类降为Ⅳ类" in first.veto


ENTRIES = "单位 | 指标 | 分值"


@pytest.mark.parametrize(
    ("rows", "held", "told"),
    [
        (["甲县|强化督查|3", "甲县|强化督查|1.5"], "4.5", 0),
        (["甲县|强化督查|3", "甲县|强化督查|4"], "5", 1),
        (["甲县|强化督查|-3"], "0", 1),
        (["甲县|达标排放|-8"], "-5", 1),
        (["甲县|太湖交叉检查|6", "甲县|其他|-6"], "0", 2),
        (["甲县|强化督查|7", "甲县|强化督查|-3"], "4", 0),
    ],
)
def test_b9_the_sum_per_unit_and_indicator_is_held_inside_the_packs_values(
    rows: list[str], held: str, told: int
) -> None:
    scores = Scene("jiangsu-2017").unit("甲县").tab("加减分", ENTRIES, *rows).score()
    assert row_of(scores, "甲县").parts[UnitPart.ADJUSTMENTS] == Fraction(held) == row_of(scores, "甲县").total
    assert codes(scores, "甲县").count("P37") == told


def test_b9_2016_has_none_and_says_that_entries_are_not_used() -> None:
    scene = Scene("jiangsu-2016").unit("甲县").tab("加减分", ENTRIES, "甲县|强化督查|3")
    scores = scene.score()
    assert row_of(scores, "甲县").parts[UnitPart.ADJUSTMENTS] == 0 and "P38" in codes(scores)
    (found,) = [f for f in scores.findings if f.code == "P38"]
    assert found.shown == "" and found.about == About(tuple(scene.inputs.adjustments), "unit")


def test_b9_an_entry_without_a_document_counts_and_is_said() -> None:
    scene = Scene("jiangsu-2017").unit("甲县").tab("加减分", ENTRIES + " | 依据文号", "甲县|其他|1|-")
    assert row_of(scene.score(), "甲县").parts[UnitPart.ADJUSTMENTS] == 1 and "P39" in codes(scene.score(), "甲县")
