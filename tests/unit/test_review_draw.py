"""The draw of reviewers (R1, R2): hard rules, even loads, spread pairs, the same list from the same seed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from xl_lianbing.glossary import ReviewKind
from xl_lianbing.reviews.draw import Assignment, Need, Outcome, Reader, Standing, assign

EXPERT, CROSS = ReviewKind
ONE_EACH = {EXPERT: 1, CROSS: 1}
UNITS = [f"单位{n:02d}" for n in range(11)]


def city(each: int = 7) -> list[Need]:
    return [Need(f"A{u:02d}{n}", unit, ONE_EACH) for u, unit in enumerate(UNITS) for n in range(each)]


def people(experts: int = 6, peers: int = 2) -> list[Reader]:
    return [Reader(f"专家{n}", EXPERT, f"所{n}") for n in range(experts)] + [
        Reader(f"{unit}员{n}", CROSS, unit, frozenset({unit})) for unit in UNITS for n in range(peers)
    ]


def listed(outcome: Outcome) -> list[tuple[str, str]]:
    return sorted((a.code, a.reader.name) for a in outcome.assigned)


def loads(assigned: Sequence[Assignment], readers: Sequence[Reader], kind: ReviewKind) -> list[int]:
    counts = Counter(a.reader.name for a in assigned)
    return [counts[r.name] for r in readers if r.kind is kind]


def test_r2_every_file_gets_both_kinds_loads_are_even_and_units_are_spread() -> None:
    files, readers = city(), people()
    outcome = assign(files, readers, "签1")
    assert not outcome.uncovered
    assert len(outcome.assigned) == 2 * len(files)
    for kind in ReviewKind:
        each = loads(outcome.assigned, readers, kind)
        assert max(each) - min(each) <= 1
    units = {f.code: f.unit for f in files}
    pairs = Counter((units[a.code], a.reader.name) for a in outcome.assigned if a.reader.kind is EXPERT)
    assert max(pairs.values()) == 2 and len(pairs) == 11 * 6  # 7 files over 6 experts
    peers = Counter((units[a.code], a.reader.name) for a in outcome.assigned if a.reader.kind is CROSS)
    assert max(peers.values()) == 1


def test_r2_the_same_seed_gives_the_same_list_in_any_order_of_rows() -> None:
    files, readers = city(), people()
    mixed_files, mixed_readers = list(files), list(readers)
    random.Random(1).shuffle(mixed_files)
    random.Random(2).shuffle(mixed_readers)
    first = listed(assign(files, readers, "签1"))
    assert listed(assign(mixed_files, mixed_readers, "签1")) == first
    assert listed(assign(files, readers, "签2")) != first


def test_r1_a_file_that_nobody_may_read_is_named_with_the_reason() -> None:
    files = [Need("A1", "昆山市", {CROSS: 1}), Need("A2", "太仓市", {CROSS: 1})]
    readers = [Reader("陈", CROSS, "昆山市", frozenset({"昆山市"}), most=0)]
    outcome = assign(files, readers, "签")
    assert outcome.assigned == [] and set(outcome.uncovered) == {("A1", CROSS), ("A2", CROSS)}
    assert "昆山市" in outcome.uncovered["A1", CROSS] and "最多份数" in outcome.uncovered["A2", CROSS]


def test_r1_where_nobody_of_one_kind_may_read_the_other_kind_is_drawn() -> None:
    readers = [
        Reader("陈", CROSS, "昆山市", frozenset({"昆山市"})),
        Reader("律师甲", EXPERT, "所1"),
        Reader("律师乙", EXPERT, "所2"),
    ]
    outcome = assign([Need("A1", "昆山市", ONE_EACH)], readers, "签")
    assert not outcome.uncovered
    assert sorted((a.reader.name, a.instead) for a in outcome.assigned) == [
        ("律师乙", None),
        ("律师甲", CROSS),
    ] or sorted((a.reader.name, a.instead) for a in outcome.assigned) == [("律师乙", CROSS), ("律师甲", None)]


def test_r2_two_of_one_house_never_read_one_file_whichever_kind_they_are() -> None:
    readers = [
        Reader("专家甲", EXPERT, "常熟市", frozenset({"常熟市"})),
        Reader("专家乙", EXPERT, "所1"),
        Reader("同事", CROSS, "常熟市", frozenset({"常熟市"})),
    ]
    outcome = assign([Need("A1", "昆山市", ONE_EACH)], readers, "签")
    assert sorted(a.reader.name for a in outcome.assigned) == ["专家乙", "同事"]


def test_r2_a_later_draw_fills_gaps_and_levels_loads() -> None:
    readers = [Reader(f"专家{n}", EXPERT, f"所{n}") for n in range(3)]

    def kept() -> Standing:
        standing = Standing()
        for _ in range(4):
            standing.add("专家0", "昆山市")
        return standing

    files = [Need(f"A{n}", "太仓市", {EXPERT: 1}) for n in range(8)]
    outcome = assign([*files, Need("B", "昆山市", {EXPERT: 1}, has=[readers[0]])], readers, "签", kept)
    assert Counter(a.reader.name for a in outcome.assigned) == {"专家1": 4, "专家2": 4}


def test_r1_who_stands_in_already_is_not_drawn_again() -> None:
    readers = [Reader(f"律师{n}", EXPERT, f"所{n}") for n in range(3)]
    need = Need("A1", "昆山市", ONE_EACH, readers[:2], {CROSS: 1})
    outcome = assign([need], readers, "签")
    assert outcome.assigned == [] and not outcome.uncovered


@st.composite
def campaigns(pick: st.DrawFn) -> tuple[list[Need], list[Reader]]:
    units = UNITS[: pick(st.integers(1, 6))]
    files = [
        Need(f"A{n}", pick(st.sampled_from(units)), {EXPERT: pick(st.integers(0, 2)), CROSS: pick(st.integers(0, 2))})
        for n in range(pick(st.integers(1, 15)))
    ]
    readers = []
    for n in range(pick(st.integers(0, 8))):
        house = pick(st.sampled_from([*units, "所1", "所2"]))
        forbidden = frozenset({house, *pick(st.sets(st.sampled_from(units), max_size=2))})
        readers.append(
            Reader(
                f"人{n}",
                pick(st.sampled_from(list(ReviewKind))),
                house,
                forbidden,
                pick(st.sampled_from([None, 0, 1, 3])),
            )
        )
    return files, readers


@given(campaigns(), st.text(max_size=3))
@settings(max_examples=150, deadline=None)
def test_r1_r2_hard_rules_hold_whatever_comes(campaign: tuple[list[Need], list[Reader]], seed: str) -> None:
    files, readers = campaign
    outcome = assign(files, readers, seed)
    units = {f.code: f for f in files}
    by_file: dict[str, list[Reader]] = {f.code: [] for f in files}
    for a in outcome.assigned:
        assert units[a.code].unit not in a.reader.forbidden
        by_file[a.code].append(a.reader)
    for code, own in by_file.items():
        assert len({r.house for r in own}) == len(own)
        for kind in ReviewKind:
            got = sum(a.code == code and (a.instead or a.reader.kind) is kind for a in outcome.assigned)
            wanted = units[code].counts[kind]
            assert got == wanted or ((code, kind) in outcome.uncovered and got < wanted)
    counts = Counter(a.reader.name for a in outcome.assigned)
    assert all(r.most is None or counts[r.name] <= r.most for r in readers)
    assert all(outcome.uncovered.values())


def test_a_province_is_drawn() -> None:
    units = [f"县{n:03d}" for n in range(110)]
    city_of = {unit: n // 9 for n, unit in enumerate(units)}
    files = [Need(f"A{u}-{n}", unit, ONE_EACH) for u, unit in enumerate(units) for n in range(8)]
    same = {unit: frozenset(u for u in units if city_of[u] == city_of[unit]) for unit in units}
    readers = [Reader(f"{unit}员{n}", CROSS, unit, same[unit]) for unit in units for n in range(2)]
    readers += [Reader(f"专家{n}", EXPERT, f"所{n}") for n in range(110)]
    outcome = assign(files, readers, "签")
    assert not outcome.uncovered
    for kind in ReviewKind:
        each = loads(outcome.assigned, readers, kind)
        assert max(each) - min(each) <= 1
