"""What holds for every campaign, whatever is in it (A–C)."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.few_words import Scene
from xl_lianbing.glossary import Selection, SubIndicator, UnitPart
from xl_lianbing.rules.readings import SWITCH_READINGS
from xl_lianbing.scoring.files import FileState
from xl_lianbing.scoring.score import Scores

COUNTIES = ("甲县", "乙县", "丙县", "丁县")
PACKS = ("jiangsu-2016", "jiangsu-2017")
TOTALS: dict[str, object] = {"全省查处案件总数": 40, "全省罚款总金额(万元)": 30, "全省重大案件总数": 12}
FEW = settings(max_examples=120, deadline=None)

marks = st.sampled_from([None, 0, 60, 75, "82.5", 100])
files = st.lists(st.none() | st.tuples(marks, marks), max_size=7)
days = {
    "jiangsu-2016": st.sampled_from(["2016-08-31", "2016-09-01", "2016-10-10", "2016-11-30", "2016-12-01"]),
    "jiangsu-2017": st.sampled_from(["2016-12-31", "2017-01-01", "2017-06-30", "2017-10-31", "2017-11-01"]),
}
yes_no = st.sampled_from(["是", "是", "否"])


@st.composite
def case_rows(draw: st.DrawFn, pack: str, unit: str) -> list[str]:
    """Rows of 处罚案件. What a row says belongs to its number: no order is special. Several units claim 争议〔9〕."""
    rows = ["处罚决定书文号 | 决定日期 | 罚款金额(万元) | 是否录入处罚系统 | 是否公开 | 系统录入日期 | 阻断"]
    for n in draw(st.lists(st.integers(0, 9), max_size=8)):
        number = "争议〔9〕" if n == 9 else f"{unit}〔{n}〕"
        day, filed, published = draw(days[pack]), draw(yes_no), draw(yes_no)
        entered = draw(st.sampled_from(["", f"{day[:4]}-12-31"]))
        blocked = draw(st.sampled_from(["", "", "", "决定日期"]))
        rows.append(f"{number} | {day} | {n}.5 | {filed} | {published} | {entered} | {blocked}")
    seen: dict[str, str] = {}
    return [rows[0], *(seen.setdefault(row.split("|")[0].strip(), row) for row in rows[1:])]


@st.composite
def scenes(draw: st.DrawFn, *, totals: bool = False) -> Scene:
    pack = draw(st.sampled_from(PACKS))
    scene = Scene(pack)
    scene.set({name: draw(st.sampled_from(readings)) for name, readings in SWITCH_READINGS.items()})
    scene.set({"县级先进集体名额": draw(st.integers(0, 3)), "先进个人名额": draw(st.integers(0, 3))})
    if totals or draw(st.booleans()):
        key = "全省重点监控企业总数" if pack.endswith("2016") else "全省重点排污单位总数"
        scene.set({**TOTALS, key: 100})
    units = [("苏州市", "市级")] * draw(st.integers(0, 1)) + [(u, "县级") for u in COUNTIES[: draw(st.integers(1, 4))]]
    for unit, tier in units:
        if draw(st.integers(0, 2)) == 0:  # plain units tie
            scene.unit(unit, tier, 票=100, 先进个人=["姓名", f"{unit}甲"])
            continue
        people = [f"{unit}甲", f"{unit}乙"][: draw(st.integers(0, 2))]
        credited = [
            f"{p} | {unit}〔{draw(st.integers(0, 8))}〕" for p in people for _ in range(draw(st.integers(0, 3)))
        ]
        scene.unit(
            unit,
            tier,
            推荐=draw(st.booleans()),
            未报=draw(st.integers(0, 9)) == 0,
            申报=draw(st.integers(0, 4)) > 0,
            重点=draw(st.sampled_from([0, 5, 20, None])),
            名录=draw(yes_no),
            重大=draw(st.integers(0, 3)),
            文章=draw(st.integers(0, 1)),
            票=draw(st.sampled_from([None, 0, 50, 100, 100])),
            案卷=draw(files),
            处罚案件=draw(case_rows(pack, unit)),
            先进个人=["姓名 | 廉洁证明文件", *(f"{p} | {draw(st.sampled_from(['证明.pdf', '-']))}" for p in people)],
            个人办案=["姓名 | 处罚决定书文号", *credited],
        )
        for p in people:
            scene.tab("公众投票", "对象类型|单位|姓名|票数", f"个人|{unit}|{p}|{draw(st.integers(0, 2))}")
    for unit, _ in units:
        after = draw(st.sampled_from(["Ⅱ", "Ⅲ", "Ⅲ", "Ⅳ"]))
        scene.tab("水质断面", "单位 | 断面名称 | 上年类别 | 本年类别", f"{unit} | 河 | Ⅲ | {after}")
    return scene


def figures(scores: Scores) -> dict[object, object]:
    """Everything that is decided, by unit and by person."""
    found: dict[object, object] = {
        u.unit.name: (*u.parts.values(), u.articles, bool(u.veto), u.rank, u.selection) for u in scores.units
    }
    found |= {(o.officer.unit, o.officer.name): (o.points, o.rank, o.selection) for o in scores.officers}
    found |= {("cases", n): (x.cases, x.fines, x.major) for n, x in scores.counts.items()}
    found["findings"] = Counter((f.code, f.where.unit) for f in scores.findings)
    return found


def shuffled(scene: Scene, seed: int) -> Scene:
    rng = random.Random(seed)

    def mixed(values: Any) -> list[Any]:
        return rng.sample(list(values), len(values))

    other = replace_scene(scene)
    other.tabs = {tab: mixed(rows) for tab, rows in scene.tabs.items()}
    other.returns = {
        unit: replace(
            returned,
            file=f"回收/{rng.random()}.xlsx",
            cases=mixed(returned.cases),
            major_cases=mixed(returned.major_cases),
            case_files=mixed(returned.case_files),
            officer_cases=mixed(returned.officer_cases),
            publicity=mixed(returned.publicity),
            candidates=mixed(returned.candidates),
        )
        for unit, returned in mixed(scene.returns.items())
    }
    return other


def replace_scene(scene: Scene) -> Scene:
    other = Scene(scene.pack)
    other.rules, other.roster = scene.rules, list(scene.roster)
    other.tabs, other.returns = dict(scene.tabs), dict(scene.returns)
    return other


@FEW
@given(scenes(), st.integers())
def test_the_order_of_rows_files_and_returns_is_irrelevant(scene: Scene, seed: int) -> None:
    assert figures(shuffled(scene, seed).score()) == figures(scene.score())


@FEW
@given(scenes(totals=True), st.data())
def test_b2_one_more_valid_case_never_lowers_the_units_count_or_points(scene: Scene, data: st.DataObject) -> None:
    reported = [u for u in scene.returns if u in COUNTIES]
    if not reported:
        return
    unit = data.draw(st.sampled_from(sorted(reported)))
    more = replace_scene(scene)
    extra = (
        Scene(scene.pack)
        .unit(unit, 处罚案件=["处罚决定书文号 | 罚款金额(万元)", "新增〔1〕 | 3"])
        .returns[unit]
        .cases[0]
    )
    more.returns[unit] = replace(scene.returns[unit], cases=[*scene.returns[unit].cases, extra._replace(row=9999)])
    before, after = scene.score(), more.score()
    assert after.counts[unit].cases == before.counts[unit].cases + 1
    for who in (unit, *(u.name for u in scene_cities(before))):
        for sub in SubIndicator:
            assert after.case_points[who].subs[sub].value >= before.case_points[who].subs[sub].value
            assert after.case_points[who].subs[sub].points >= before.case_points[who].subs[sub].points
    for other in set(COUNTIES) & before.case_points.keys() - {unit}:
        assert after.case_points[other] == before.case_points[other]


def scene_cities(scores: Scores) -> list[Any]:
    return list(scores.roster.cities)


@FEW
@given(scenes())
def test_b4_c5_a_vetoed_unit_or_person_is_never_shortlisted(scene: Scene) -> None:
    scores = scene.score()
    chosen = (Selection.SELECTED, Selection.TIED)
    assert not [u for u in scores.units if u.veto and u.selection in chosen]
    assert not [o for o in scores.officers if o.officer.vetoes and o.selection in chosen]
    assert not [u for u in scores.units if u.selection in chosen and not (u.applies and u.reported)]


@FEW
@given(scenes())
def test_b10_equal_keys_and_equal_ranks_are_the_same_thing(scene: Scene) -> None:
    scores = scene.score()
    for a in scores.units:
        for b in scores.units:
            if a.unit.tier is b.unit.tier:
                assert (a.rank == b.rank) == (a.order == b.order)
                assert (a.rank < b.rank) == (a.order > b.order)
    for x in scores.officers:
        for y in scores.officers:
            assert (x.rank < y.rank) == (x.points.total > y.points.total)


@FEW
@given(scenes())
def test_b10_never_more_selected_than_the_quota_and_ties_cross_the_line(scene: Scene) -> None:
    scores = scene.score()
    for tier in {u.unit.tier for u in scores.units}:
        group = [u for u in scores.units if u.unit.tier is tier]
        check_line([u.selection for u in group], [u.order for u in group], group[0].quota)
        waiting = [u for u in group if u.selection is Selection.PASSED and u.competes]
        chosen = [u for u in group if u.selection in (Selection.SELECTED, Selection.TIED)]
        assert not waiting or len(chosen) >= group[0].quota
    check_line([o.selection for o in scores.officers], [o.points.total for o in scores.officers], scores.officer_quota)


def check_line(selections: list[Selection], keys: list[Any], quota: int) -> None:
    selected, tied = selections.count(Selection.SELECTED), selections.count(Selection.TIED)
    assert selected <= quota
    if tied:
        assert selected < quota < selected + tied
        assert len({k for k, s in zip(keys, selections, strict=True) if s is Selection.TIED}) == 1


@FEW
@given(scenes())
def test_b2_10_every_row_is_counted_or_listed_with_a_reason(scene: Scene) -> None:
    scores = scene.score()
    for unit, returned in scene.returns.items():
        count, why = scores.counts[unit], scores.reasons[unit]
        assert count.cases + len(why["处罚案件"]) == len(returned.cases)
        assert count.major + len(why["重大案件"]) == len(returned.major_cases)
        taken = sum(f.state is FileState.COUNTED for f in scores.dossiers[unit].files)
        assert taken + len(why["参评案卷"]) == len(returned.case_files)
        credited = sum(o.officer.cases for o in scores.officers if o.officer.unit == unit)
        assert credited + len(why["个人办案"]) == len(returned.officer_cases)
        assert all(reason for rows in why.values() for reason in rows.values())


@FEW
@given(scenes())
def test_points_stay_between_0_and_the_full_marks(scene: Scene) -> None:
    for u in scene.score().units:
        full = {UnitPart.FILES: 40, UnitPart.CASES: 40, UnitPart.SATISFACTION: 20}
        assert all(0 <= u.parts[part] <= most for part, most in full.items())
