"""待确认 values: the bounds against whole scores a little inside and a little outside, and at random inside."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.few_words import Scene
from tests.unit.test_ledger import SEVEN, campaign
from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import Selection
from xl_lianbing.report.whatif import _margin_row
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.score import score
from xl_lianbing.scoring.whatif import walk as ledger_walk
from xl_lianbing.scoring.whatif.margins import Margin, Turn, margins
from xl_lianbing.scoring.whatif.walk import Bound

States = dict[str, Selection]
#: How near a bound is approached.
NEAR = Fraction(1, 10**6)


def states(scene: Scene, key: str, value: Decimal | None = None) -> States:
    rules = scene.rules if value is None else replace(scene.rules, values={**scene.rules.values, key: value})
    scores = score(scene.inputs, scene.returns, rules)
    found = {u.unit.name: u.selection for u in scores.units}
    return found | {s.officer.name: s.selection for s in scores.officers}


def turned(base: States, turns: list[Turn]) -> States:
    return base | {t.subject.person or t.subject.unit: t.after for t in turns}


def decimal(number: Fraction) -> Decimal:
    """Near enough: 20 digits."""
    return Decimal(round(number * 10**20)).scaleb(-20)


def margins_of(scene: Scene) -> dict[str, Margin]:
    found = margins(scene.inputs, scene.returns, scene.score(), scene.rules)
    return {m.value.key: m for m in found}


def check(scene: Scene, rng: random.Random) -> Iterator[str]:
    """Compares every margin with scores; yields the keys that have a bound."""
    base = states(scene, "")
    for key, margin in margins_of(scene).items():
        if margin.down is None or margin.up is None:
            continue
        assert isinstance(margin.now, Fraction)
        whole = key.startswith(("quota.", "files."))
        for bound, turns, sign in ((margin.down, margin.turns_down, -1), (margin.up, margin.turns_up, 1)):
            if bound.at is not None:
                yield key
            _check_bound(scene, margin, bound, list(turns), sign, base, rng, whole=whole)


def _check_bound(
    scene: Scene,
    margin: Margin,
    bound: Bound,
    turns: list[Turn],
    sign: int,
    base: States,
    rng: random.Random,
    *,
    whole: bool,
) -> None:
    key, now = margin.value.key, margin.now
    assert isinstance(now, Fraction)
    if bound.at is None:
        for x in _far(margin, now, sign, whole=whole):
            assert states(scene, key, decimal(x)) == base, f"{key} = {float(x)}"
        return
    assert (bound.at - now) * sign >= 0 and turns
    if whole:
        for x in range(int(now), int(bound.at) + sign, sign):
            assert states(scene, key, Decimal(x)) == base, f"{key} = {x}"
        assert states(scene, key, Decimal(int(bound.at) + sign)) == turned(base, turns)
        return
    way = bound.at - now
    for share in (Fraction(rng.randrange(1, 1000), 1000) for _ in range(2)):
        x = now + way * share * (1 - NEAR)
        assert states(scene, key, decimal(x)) == base, f"{key} = {float(x)} inside {float(bound.at)}"
    assert states(scene, key, decimal(bound.at - way * NEAR)) == base
    outside = states(scene, key, decimal(bound.at + sign * NEAR))
    assert outside != base, f"{key} beyond {float(bound.at)}"
    assert outside == turned(base, turns), key
    if decimal(bound.at) == bound.at:
        assert (states(scene, key, decimal(bound.at)) == base) is bound.inclusive


def _far(margin: Margin, now: Fraction, sign: int, *, whole: bool) -> list[Fraction]:
    limit = margin.value.minimum if sign < 0 else margin.value.maximum
    if margin.value.key.startswith("total.") and sign < 0:
        limit = decimal(now / 1000)
    if whole:
        end = int(limit or 0) if sign < 0 else (margin.tried_to or int(now) + 5)
        return [Fraction(x) for x in range(int(now), end + sign, sign)]
    if limit is not None:
        return [now + (Fraction(limit) - now) * Fraction(i, 7) for i in range(1, 8)]
    return [now + sign * (abs(now) + 1) * Fraction(3) ** i for i in range(-4, 6)]


@pytest.mark.parametrize("pack", ["jiangsu-2016", "jiangsu-2017"])
@pytest.mark.parametrize("typed", [True, False])
def test_bounds(pack: str, typed: bool) -> None:
    bounded = set(check(campaign(pack, typed=typed), random.Random(pack)))
    assert len(bounded) >= 5 and any(k.startswith("officer.") for k in bounded)


def test_bounds_under_other_readings() -> None:
    """The linear reading makes totals and multiples of the baseline count; L2 the weight; L11 whole percents."""
    scene = campaign("jiangsu-2017", typed=False)
    scene.set(L2="加权", L3="按实际份数", L6="线性", L11="整数向下")
    bounded = set(check(scene, random.Random(3)))
    assert bounded & {"total.cases", "total.fines", "total.major", "total.key_enterprises", "baseline.lower"}
    assert "full.case_files" in bounded


def test_bounds_where_the_lower_multiple_is_a_step() -> None:
    assert set(check(campaign("jiangsu-2017", typed=True).set(L6="超过0.5倍"), random.Random(4)))


def test_bounds_of_adjustments() -> None:
    """B9: the register's sums are the bends of its limits."""
    scene = Scene("jiangsu-2017", 县级先进集体名额=1)
    scene.unit("甲县", 票=500, 案卷=SEVEN).unit("乙县", 票=498, 案卷=SEVEN)
    scene.tab("加减分", "单位 | 指标 | 分值", "甲县 | 强化督查 | 2", "乙县 | 强化督查 | 1", "乙县 | 其他 | -9")
    found = margins_of(scene)
    set(check(scene, random.Random(5)))
    low = found["adjust.other.min"].up
    assert low is not None and low.at is None  # 乙县 stays behind even with nothing taken off
    assert found["adjust.supervision.max"].up == Bound(None)


def test_bounds_of_several_cities_with_stand_ins() -> None:
    """B1.4: a city's total jumps where its counties change places."""
    scene = campaign("jiangsu-2016", typed=False, cities=3).set(市级先进集体名额=1)
    assert set(check(scene, random.Random(6)))


def test_a_tie_across_the_line_ends_at_once() -> None:
    """Equal totals made of different parts: whichever way a full mark moves, the tie is gone."""
    scene = Scene("jiangsu-2016", 县级先进集体名额=1)
    scene.unit("甲县", 票=1000, 案卷=[(85, 85)] * 7).unit("乙县", 票=800, 案卷=[(100, 100)] * 7)
    found = margins_of(scene)["full.case_files"]
    assert [u.selection for u in scene.score().units] == [Selection.TIED] * 2
    assert found.down is not None and found.up is not None
    assert found.down.at == found.up.at == found.now == 40
    assert {t.subject.unit: t.after for t in found.turns_up} == {"甲县": Selection.PASSED, "乙县": Selection.SELECTED}
    assert {t.subject.unit: t.after for t in found.turns_down} == {"甲县": Selection.SELECTED, "乙县": Selection.PASSED}


def test_an_exact_bound() -> None:
    """乙县 has 15% better files and, at 0.2 points each, loses 4 for 20% fewer votes: even at a full mark of 80/3."""
    scene = Scene("jiangsu-2016", 县级先进集体名额=1, 案卷质量满分=40, 公众满意度扣分="0.2")
    scene.unit("甲县", 票=1000, 案卷=[(85, 85)] * 7).unit("乙县", 票=800, 案卷=[(100, 100)] * 7)
    found = margins_of(scene)["full.case_files"]
    assert found.down is not None and found.down.at == Fraction(80, 3) and not found.down.inclusive  # 0.15 x = 4
    assert found.up == Bound(None)


def test_a_large_campaign_says_how_far_it_was_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work is bounded for a province: what was not looked at is said, and what was is right."""
    scene = campaign("jiangsu-2016", typed=False)
    whole = margins_of(scene)
    monkeypatch.setattr(ledger_walk, "MOST_WORK", 40)
    assert margins_of(scene) == whole  # never so in a city's campaign
    monkeypatch.setattr(ledger_walk, "CITY_ROWS", 2)
    short = margins_of(scene)
    tried = {key: m.up.tried for key, m in short.items() if m.up is not None and m.up.tried is not None}
    assert tried
    for key, x in tried.items():
        bound, now = whole[key].up, whole[key].now
        assert bound is not None and isinstance(now, Fraction)
        assert now <= x and (bound.at is None or x <= bound.at)
        assert "再远未试算" in str(_margin_row(short[key])["向上可变到"])


def test_every_assumed_value_is_listed() -> None:
    """Values typed over by the bureau are settled; dates and values that no score reads are listed with the reason."""
    scene = campaign("jiangsu-2017", typed=True).set(案卷质量满分=45)
    found = margins_of(scene)
    pack = load_pack("jiangsu-2017")
    settled = {"full.case_files", "quota.officers", "review.expert_weight"}
    settled |= {f"total.{t}" for t in ("cases", "fines", "major", "key_enterprises")}
    assert found.keys() == {v.key for v in pack.values if v.assumed} - settled
    assert isinstance(found["window.files.start"].now, date) and found["window.files.start"].remark
    assert found["dispatch.pace"].remark and found["dispatch.pace"].down is None
    assert Ruleset(pack).number("dispatch.pace") == found["dispatch.pace"].now


def test_no_total_and_no_stand_in() -> None:
    """L4 不计算 leaves no number that could move."""
    found = margins_of(campaign("jiangsu-2016", typed=False).set(L4="不计算"))["total.cases"]
    assert found.now is None and found.down is None and "L4" in found.remark
