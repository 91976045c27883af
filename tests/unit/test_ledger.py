"""口径台账 against brute force: a whole `score` for every combination of readings of a small campaign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from tests.few_words import Scene, file_number
from xl_lianbing.excel.values import Cells, Table
from xl_lianbing.glossary import Selection
from xl_lianbing.records.results import READINGS
from xl_lianbing.report.officers import model_officer_blocks
from xl_lianbing.report.ranking import model_unit_blocks
from xl_lianbing.report.whatif import plain, reading_blocks, unsettled_remark
from xl_lianbing.scoring.score import Scores, score
from xl_lianbing.scoring.whatif.combinations import applying
from xl_lianbing.scoring.whatif.ledger import Ledger, Range, ledger
from xl_lianbing.scoring.whatif.margins import margins

Place = tuple[int, Selection]
PACKS = ("jiangsu-2016", "jiangsu-2017")
SEVEN: list[tuple[object, object] | None] = [(90, 81), (85, 85), (70, 72), (88, 92), (60, 70), (95, 85), (80, 78)]
VOTES = (597, 560, 598, 603, 605, 581, 564, 579)
KEY_TOTAL = {"jiangsu-2016": "全省重点监控企业总数", "jiangsu-2017": "全省重点排污单位总数"}


def files(lift: int, *, missing: int = 0) -> list[tuple[object, object] | None]:
    marks: list[tuple[object, object] | None] = [
        (int(str(e)) + lift, int(str(c)) - lift) for e, c in (m for m in SEVEN if m)
    ]
    return [None] * missing + marks[missing:]


def odd_cases(unit: str) -> list[str]:
    """Rows whose fate hangs on L8–L10."""
    return [
        "处罚决定书文号 | 是否公开 | 决定日期 | 系统录入日期 | 罚款金额(万元)",
        f"{unit}晚〔1〕 | 是 | 2017-06-30 | 2017-07-10 | 3",
        f"{unit}晚〔2〕 | 是 | 2017-06-30 | 2017-07-30 | 4",
        f"{unit}密〔1〕 | 否 | 2017-06-30 | 2017-07-30 | 5",
    ]


def campaign(pack: str, *, typed: bool, recommended: bool = False, cities: int = 1) -> Scene:
    """Four counties a city, close enough for every reading to count; 2016's year has no late or hidden cases."""
    scene = Scene(pack, 县级先进集体名额=2, 先进个人名额=2, 专家评审权重="0.7")
    if typed:
        totals = {"全省查处案件总数": 80, "全省罚款总金额(万元)": 90, "全省重大案件总数": 40, KEY_TOTAL[pack]: 240}
        scene.set({k: v * cities for k, v in totals.items()})
    odd = pack == "jiangsu-2017"
    people: list[str] = []
    for c in range(cities):
        city = f"演示{c}市"
        scene.unit(city, "市级", 市=city, 重点=3, 票=1500 - 400 * c, 案件=2 + c, 案卷=[*SEVEN, (70 + 9 * c, 90)])
        for n in range(4):
            name, lift = f"县{c}{n}", 3 * n - 2 * c
            late = [f"县{c}{n}期外〔1〕", "行政处罚"]
            scene.unit(
                name,
                市=city,
                推荐=recommended and n < 2,
                重点=50 + 7 * n,
                票=900 - 37 * n - 11 * c,
                案件=18 + 5 * n + c,
                罚款=1 + n % 2,
                重大=6 + 5 * (n % 3),
                文章=n % 2,
                案卷=files(lift, missing=2 * (n % 2)),
                参评案卷=["文书文号 | 案卷类别 | 文书日期", f"{late[0]} | {late[1]} | 2015-01-01"]
                if n % 2
                else ["文书文号"],
                处罚案件=odd_cases(name) if odd and n != 1 else ["处罚决定书文号", f"{name}加〔1〕"],
                重大案件=["重大案件类型 | 文书文号 | 金额(万元)", f"按日连续处罚 | {name}按日 | {9 - n}"],
                先进个人=[
                    "姓名 | 参评案卷文号",
                    f"{name}甲 | {file_number(name, 3)}",
                    f"{name}乙 | {file_number(name, 4)}",
                ],
                个人办案=[
                    "姓名 | 处罚决定书文号",
                    *(f"{name}甲 | {name}罚〔{i}〕" for i in range(9)),
                    *(f"{name}乙 | {name}罚〔{i}〕" for i in range(9 + n // 2)),
                    *([f"{name}乙 | {name}晚〔{i}〕" for i in (1, 2)] if odd else []),
                ],
            )
            people += [f"个人 | {name} | {name}甲 | {VOTES[n]}", f"个人 | {name} | {name}乙 | {VOTES[n + 4]}"]
    return scene.tab("公众投票", "对象类型 | 单位 | 姓名 | 票数", *people)


def whole(scene: Scene) -> tuple[Scores, Ledger]:
    scores = scene.score()
    return scores, ledger(scene.inputs, scene.returns, scores, scene.rules)


def places(scores: Scores) -> dict[str, Place]:
    found = {u.unit.name: (u.rank, u.selection) for u in scores.units}
    return found | {s.officer.name: (s.rank, s.selection) for s in scores.officers}


def scored(scene: Scene) -> Iterator[tuple[tuple[str, ...], dict[str, Place]]]:
    """Every combination by brute force: the switches turned, and everybody's place."""
    rules = scene.rules
    switches = applying(rules)
    for chosen in product(*(s.readings for s in switches)):
        readings = dict(zip([s.code for s in switches], chosen, strict=True))
        turned = tuple(code for code, reading in readings.items() if reading != rules.chosen(code))
        under = replace(rules, readings={**rules.readings, **readings})
        yield turned, places(score(scene.inputs, scene.returns, under))


def by_name(found: Ledger) -> dict[str, Range]:
    return {r.subject.person or r.subject.unit: r for r in (*found.units, *found.officers)}


def compare(scene: Scene, every: int = 1) -> None:
    """Brute force over every combination (or each `every`-th, and all with one switch turned)."""
    scores, found = whole(scene)
    ranges, now = by_name(found), places(scores)
    assert ranges.keys() == now.keys()
    met: dict[str, set[Place]] = {name: set() for name in now}
    alone: dict[str, set[str]] = {name: set() for name in now}
    least: dict[str, int] = {}
    count = 0
    for number, (turned, found_places) in enumerate(_thinned(scene, every)):
        count = number + 1
        for name, place in found_places.items():
            met[name].add(place)
            if place[1] is not now[name][1]:
                least[name] = min(least.get(name, 99), len(turned))
                alone[name] |= set(turned) if len(turned) == 1 else set()
    for name, r in ranges.items():
        ranks = {rank for rank, _ in met[name]}
        states = {state for _, state in met[name]}
        assert (r.rank, r.state) == now[name]
        assert set(r.alone) == alone[name]
        if every == 1:
            assert count == found.combinations
            assert (r.best, r.worst, set(r.states)) == (min(ranks), max(ranks), states), name
            assert len(r.together) == (0 if r.alone else least.get(name, 0))
        else:
            assert r.best <= min(ranks) and r.worst >= max(ranks) and set(r.states) >= states, name
    effects = {
        (e.switch.code, e.reading): {m.subject.person or m.subject.unit: m for m in e.moves} for e in found.effects
    }
    for switch in applying(scene.rules):
        for reading in switch.readings:
            if reading == scene.rules.chosen(switch.code):
                continue
            expected = places(scene.score(**{switch.code: reading}))
            moved = {n: (m.ranks[1], m.states[1]) for n, m in effects.pop((switch.code, reading)).items()}
            assert moved == {n: p for n, p in expected.items() if p != now[n]}
    assert not effects


def _thinned(scene: Scene, every: int) -> Iterator[tuple[tuple[str, ...], dict[str, Place]]]:
    if every == 1:
        yield from scored(scene)
        return
    rules, switches = scene.rules, applying(scene.rules)
    for number, chosen in enumerate(product(*(s.readings for s in switches))):
        readings = dict(zip([s.code for s in switches], chosen, strict=True))
        turned = tuple(code for code, reading in readings.items() if reading != rules.chosen(code))
        if number % every and len(turned) > 1:
            continue
        under = replace(rules, readings={**rules.readings, **readings})
        yield turned, places(score(scene.inputs, scene.returns, under))


def test_every_combination_of_2016() -> None:
    scene = campaign("jiangsu-2016", typed=False)
    compare(scene)
    _, found = whole(scene)
    assert found.combinations == 864
    assert any(r.unsettled for r in found.units) and any(r.unsettled for r in found.officers)


@pytest.mark.parametrize("typed", [True, False])
def test_combinations_of_2017(typed: bool) -> None:
    scene = campaign("jiangsu-2017", typed=typed)
    compare(scene, every=43)
    _, found = whole(scene)
    assert found.combinations == 6912 and found.officer_combinations == 36
    seen = {"L1", "L2", "L3", "L6", "L8", "L10", "L11", "L12", "L7" if typed else "L4"}
    assert {e.switch.code for e in found.effects if e.rescored} >= seen


def test_other_readings_in_force() -> None:
    """The starting point is what the bureau chose, not the pack's defaults."""
    scene = campaign("jiangsu-2017", typed=False)
    scene.set(L2="加权", L6="线性", L9="工作日", L10="不计入", L11="整数向上", L3="按实际份数")
    compare(scene, every=61)


@pytest.mark.parametrize("recommended", [True, False])
def test_several_cities(recommended: bool) -> None:
    """B1.4: a city's points depend on which of its counties stand in, combination by combination."""
    scene = campaign("jiangsu-2016", typed=False, recommended=recommended, cities=3).set(市级先进集体名额=1)
    compare(scene, every=19)


def test_tied_units_and_a_missing_return() -> None:
    """A tie across the line is its own state; a unit without a return keeps 未报."""
    scene = Scene("jiangsu-2017", 县级先进集体名额=1)
    for name in ("甲县", "乙县"):
        scene.unit(name, 票=500, 案件=10, 案卷=SEVEN)
    scene.unit("丙县", 未报=True, 票=800)
    _, found = whole(scene)
    assert [r.states for r in found.units if r.subject.unit != "丙县"] == [[Selection.TIED]] * 2
    missing = found.unit("丙县")
    assert missing is not None and missing.states == [Selection.MISSING] and not missing.unsettled
    compare(scene, every=41)


def test_switches_of_another_year_have_no_effects() -> None:
    _, found = whole(campaign("jiangsu-2016", typed=True))
    assert not {e.switch.code for e in found.effects} & {"L6", "L8", "L9", "L10"}
    assert found.officer_combinations == 9
    assert not [e for e in found.effects if e.switch.code == "L4" and (e.rescored or e.moves)]  # totals are known


def test_a_place_that_only_two_switches_together_change() -> None:
    """L1 and L3 each leave 乙县 behind; together they lift it: said as L1＋L3, not as either."""
    scene = Scene("jiangsu-2016", 县级先进集体名额=1, L11="按比例")
    scene.unit("甲县", 票=500, 案卷=[(70, 70)] * 7)
    late = ["文书文号 | 案卷类别 | 文书日期", "期外〔1〕 | 移送行政拘留 | 2015-01-01"]
    gaps: list[tuple[object, object] | None] = [(80, 80), (80, 80), (80, 80), (80, 80), None, (80, 80), None]
    scene.unit("乙县", 票=500, 案卷=gaps, 参评案卷=late)
    _, found = whole(scene)
    second = found.unit("乙县")
    assert second is not None and (second.rank, second.best) == (2, 1)
    assert second.alone == () and second.together == ("L1", "L3") and second.causes == "L1＋L3"


def test_what_the_tab_says() -> None:
    """One row for every other reading, one for a switch of another year; the marks on the shortlists; the note."""
    scene = campaign("jiangsu-2016", typed=False)
    scores, found = whole(scene)
    found_margins = margins(scene.inputs, scene.returns, scores, scene.rules)
    blocks = reading_blocks(found, found_margins)
    readings, ranges, values = [[list(r) for r in b.rows] for b in blocks if isinstance(b, Table)]
    assert all(len(r) == len(READINGS.grid.fields) for r in readings)
    others = sum(len(s.readings) - 1 for s in found.switches if s.applies)
    assert len(readings) == others + sum(not s.applies for s in found.switches)
    foreign = next(r for r in readings if r[0] == "L6")
    assert foreign[4:7] == ["超过0.5倍、线性", "否", "本年度不适用"]
    l5 = {r[4]: r[3:7] for r in readings if r[0] == "L5"}
    assert l5["阶梯"][0] == "线性" and l5["阶梯"][2] == "是" and "县01 " in str(l5["阶梯"][3])
    assert "入选→未入选" in str(l5["阶梯"][3])
    bars = {r[0]: (r[2:5], r[9:]) for r in ranges if not r[7]}
    for (rank, best, worst), (start, before, here, after) in bars.values():
        assert (start + Fraction(1, 2), before, here, after) == (best, rank - best, 1, worst - rank)  # type: ignore
    assert len(ranges) == len(scores.units) + len(scores.officers) and len(values) == len(found_margins)
    told = next(b.values["A2"] for b in blocks if isinstance(b, Cells))
    assert "864种" in str(told) and "县01（" in str(told)
    reasons = {r[1]: str(r[6]) for b in model_unit_blocks(scores, found) if isinstance(b, Table) for r in b.rows}
    assert "；名单受口径L4、L5影响" in reasons["县01"] and "；口径L1＋L3＋L5同时改用时名单会变" in reasons["县02"]
    assert "影响" not in reasons["县03"]
    people = {r[1]: str(r[5]) for b in model_officer_blocks(scores, found) if isinstance(b, Table) for r in b.rows}
    assert {n for n, reason in people.items() if "名单" in reason} == {
        r.subject.person for r in found.officers if r.unsettled
    }
    assert "县01（" in unsettled_remark(found)


@pytest.mark.parametrize(
    ("number", "text"), [(Fraction(1, 2), "0.5"), (Fraction(-30), "-30"), (Fraction(1, 10000), "0.0001")]
)
def test_plain_numbers(number: Fraction, text: str) -> None:
    assert plain(number) == text
