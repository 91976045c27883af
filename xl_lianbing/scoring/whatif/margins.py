"""Assumed values (待确认): how far each may move before a shortlist changes. Exact."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import Selection, Tier, ValueState
from xl_lianbing.records.lines import BureauInputs, UnitReturn
from xl_lianbing.rules.baseline import LOWER, UPPER
from xl_lianbing.rules.files import HELD
from xl_lianbing.rules.pack import PackValue
from xl_lianbing.rules.ranks import OFFICER_QUOTA, UNIT_QUOTAS
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.score import Scores
from xl_lianbing.scoring.whatif.acting import acts_on
from xl_lianbing.scoring.whatif.ledger import Subject
from xl_lianbing.scoring.whatif.parts import Parts
from xl_lianbing.scoring.whatif.walk import Bound, Course, States, walk
from xl_lianbing.scoring.whatif.world import World

#: How many files more (and, by the way down to none, fewer) are tried.
MOST_FILES_MORE = 3

_QUOTAS: Mapping[str, Tier | None] = {key: tier for tier, key in UNIT_QUOTAS.items()} | {OFFICER_QUOTA: None}
_FILE_TIERS = {Tier.COUNTY: "files.county.", Tier.CITY: "files.city."}


@dataclass(frozen=True, slots=True)
class Turn:
    """A place on the shortlist that changes."""

    subject: Subject
    before: Selection
    after: Selection


@dataclass(frozen=True, slots=True)
class Margin:
    """One value. `now` None: no value. `down`, `up` None: not tried, `remark` says why.

    `tried_to`: how far up was tried, where that is not as far as the value may go.
    """

    value: PackValue
    now: Fraction | date | None
    stands_in: bool
    down: Bound | None
    up: Bound | None
    turns_down: Sequence[Turn] = ()
    turns_up: Sequence[Turn] = ()
    remark: str = ""
    tried_to: int | None = None


def margins(inputs: BureauInputs, returns: Mapping[str, UnitReturn], scores: Scores, rules: Ruleset) -> list[Margin]:
    """A row for every value that is 待确认, in the order of the pack."""
    parts = Parts(inputs, returns, scores, rules)
    world = World(parts)
    return [_margin(v, world, parts) for v in rules.pack.values if is_assumed(v, rules)]


def is_assumed(value: PackValue, rules: Ruleset) -> bool:
    """Whether a value is 待确认 still: assumed by the pack and not typed over by the bureau."""
    if value.state is not ValueState.ASSUMED:
        return False
    given = rules.given(value.key)
    return given == value.value or (value.province is not None and given == value.province)


def _margin(value: PackValue, world: World, parts: Parts) -> Margin:
    key = value.key
    given = parts.rules.given(key)
    stands_in = key in world.scores.totals and given is None
    now = world.now(key)
    if isinstance(given, date):
        return Margin(value, given, False, None, None, remark="日期，未试算")
    if key not in _QUOTAS and not key.startswith("files.") and not acts_on(key):
        return Margin(value, now, False, None, None, remark="不参加计分，不影响名单")
    if now is None:
        return Margin(value, None, False, None, None, remark="没有数值（现行口径L4：不计算），未试算")
    if key in _QUOTAS:
        tier = _QUOTAS[key]
        return _stepped(value, world, lambda n: world.states_with_quota(tier, n), world.most(tier))
    if key.startswith("files."):
        return _files_margin(value, world, parts)
    course = _course(value, world, now)
    down, up = walk(course, up=False), walk(course, up=True)
    return Margin(value, now, stands_in, down, up, _turns(world, down.states), _turns(world, up.states))


def _course(value: PackValue, world: World, now: Fraction) -> Course:
    key = value.key
    low = None if value.minimum is None else Fraction(value.minimum)
    high = None if value.maximum is None else Fraction(value.maximum)
    if key.startswith("total."):  # none at all is no total, not a small one
        low = now / 1000
    if key == UPPER:
        low = max(low or Fraction(0), world.rules.exact(LOWER) + Fraction(1, 1000))
    return Course(
        now=now,
        kinks=sorted(world.bends(key)),
        low=low,
        high=high,
        pole=world.pole(key),
        totals=lambda x: world.totals(key, x),
        states=lambda x: world.states(key, x),
        fields=world.fields(),
        splits=world.splits(key),
    )


def _files_margin(value: PackValue, world: World, parts: Parts) -> Margin:
    """Numbers of files asked for (B1.1) and of county units held (B1.4): each number is scored."""
    city_only = value.key == HELD or value.key.startswith("files.city.")
    now = world.rules.exact(value.key)
    tiers = [tier for tier, part in _FILE_TIERS.items() if value.key.startswith(part)]
    if city_only and not world.cities_contend:
        return Margin(value, now, False, Bound(None), Bound(None), remark="市级单位的名单状态与得分无关")

    def states(count: int) -> States:
        varied = world.rules.with_value(value.key, Fraction(count))
        return world.states_with_files(parts.files(varied, parts.refilled(varied, tiers)), varied)

    most = int(now) + MOST_FILES_MORE
    return replace(_stepped(value, world, states, most), tried_to=most)


def _stepped(value: PackValue, world: World, states: Callable[[int], States], most: int) -> Margin:
    now, least = world.rules.whole(value.key), int(value.minimum or 0)
    base = states(now)

    def bound(counts: Sequence[int]) -> Bound:
        last = now
        for count in counts:
            if (found := states(count)) != base:
                return Bound(Fraction(last), True, found)
            last = count
        return Bound(None)

    down, up = bound(range(now - 1, least - 1, -1)), bound(range(now + 1, most + 1))
    return Margin(value, Fraction(now), False, down, up, _turns(world, down.states), _turns(world, up.states))


def _turns(world: World, states: States) -> list[Turn]:
    if not states:
        return []
    return [
        Turn(subject, before, after)
        for subject, before, after in zip(world.subjects, world.base, states, strict=True)
        if before is not after
    ]
