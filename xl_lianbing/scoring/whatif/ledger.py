"""口径台账: what would change under each other reading, and over all combinations of readings (L1–L12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

from xl_lianbing.glossary import Selection
from xl_lianbing.records.keys import name_key
from xl_lianbing.records.lines import BureauInputs, UnitReturn
from xl_lianbing.rules.pack import Switch
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.officers import PersonKey
from xl_lianbing.scoring.score import Scores
from xl_lianbing.scoring.whatif.combinations import applying
from xl_lianbing.scoring.whatif.officers import OfficerReadings
from xl_lianbing.scoring.whatif.parts import OFFICER_SWITCHES, Parts
from xl_lianbing.scoring.whatif.units import UnitReadings


@dataclass(frozen=True, slots=True)
class Subject:
    """A unit, or a candidate of one (`person` is the name then)."""

    unit: str
    tier: str
    person: str = ""

    @property
    def label(self) -> str:
        return f"{self.person}（{self.unit}）" if self.person else self.unit


@dataclass(frozen=True, slots=True)
class Move:
    """A rank or state that differs."""

    subject: Subject
    ranks: tuple[int, int]
    states: tuple[Selection, Selection]

    @property
    def on_list(self) -> bool:
        """Whether the shortlist differs, not only the rank."""
        return self.states[0] is not self.states[1]


@dataclass(frozen=True, slots=True)
class Effect:
    """One other reading of a switch, all else as in force. `rescored`: units and candidates that get other points."""

    switch: Switch
    reading: str
    rescored: int
    moves: Sequence[Move]

    @property
    def list_changes(self) -> bool:
        return any(m.on_list for m in self.moves)


@dataclass(frozen=True, slots=True)
class Range:
    """Where a unit or candidate comes to stand over all combinations.

    `alone`: the switches each of which changes its place on the shortlist by itself; `together`: if there is none, the
    fewest that do so together.
    """

    subject: Subject
    rank: int
    best: int
    worst: int
    state: Selection
    states: Sequence[Selection]
    alone: tuple[str, ...]
    together: tuple[str, ...]

    @property
    def unsettled(self) -> bool:
        return len(self.states) > 1

    @property
    def causes(self) -> str:
        """`L2、L6` (each by itself) or `L2＋L6` (only together); '' if its place never changes."""
        return "、".join(self.alone) or "＋".join(self.together)


@dataclass(frozen=True)
class Ledger:
    """`combinations` of all switches of the year; `distinct` of them give different points to units."""

    switches: Sequence[Switch]
    in_force: Mapping[str, str]
    effects: Sequence[Effect]
    combinations: int
    distinct: int
    officer_combinations: int
    units: Sequence[Range]
    officers: Sequence[Range]

    def unit(self, name: str) -> Range | None:
        return self._by_unit.get(name)

    def officer(self, key: PersonKey) -> Range | None:
        return self._by_person.get(key)

    @cached_property
    def _by_unit(self) -> dict[str, Range]:
        return {r.subject.unit: r for r in self.units}

    @cached_property
    def _by_person(self) -> dict[PersonKey, Range]:
        return {(name_key(r.subject.unit), name_key(r.subject.person)): r for r in self.officers}


class _Track:
    """Best and worst rank, the states met, and what first led to another state."""

    def __init__(self, subject: Subject, rank: int, state: Selection) -> None:
        self.subject, self.rank, self.state = subject, rank, state
        self.best = self.worst = rank
        self.states: set[Selection] = {state}
        self.alone: list[str] = []
        self.together: tuple[str, ...] = ()

    def meet(self, rank: int, state: Selection, changed: tuple[str, ...]) -> None:
        self.best, self.worst = min(self.best, rank), max(self.worst, rank)
        if state is not self.state:
            self.states.add(state)
            if not self.together or len(changed) < len(self.together):
                self.together = changed

    def range(self) -> Range:
        states = [s for s in Selection if s in self.states]
        together = () if self.alone else self.together
        return Range(self.subject, self.rank, self.best, self.worst, self.state, states, tuple(self.alone), together)


def ledger(inputs: BureauInputs, returns: Mapping[str, UnitReturn], scores: Scores, rules: Ruleset) -> Ledger:
    """The whole ledger; `scores` are those of `inputs` and `returns` under `rules`. Exact, every combination."""
    units, people = UnitReadings(Parts(inputs, returns, scores, rules)), OfficerReadings(scores, rules)
    switches = applying(rules)
    in_force = {s.code: rules.chosen(s.code) for s in switches}
    rows = [*units.counties.rows, *units.cities.rows]
    unit_tracks = [_Track(Subject(r.unit.name, r.unit.tier), r.rank, r.selection) for r in rows]
    officer_tracks = [
        _Track(Subject(s.officer.unit, "个人", s.officer.name), s.rank, s.selection) for s in scores.officers
    ]
    effects = []
    for switch in switches:
        for reading in switch.readings:
            if reading != in_force[switch.code]:
                asked = in_force | {switch.code: reading}
                effects.append(_effect(switch, reading, asked, units, people, unit_tracks, officer_tracks))
    for triple in units.triples:
        found = units.standing(triple)
        turned = units.changed(triple)
        for track, rank, state in zip(unit_tracks, found.ranks, found.states, strict=True):
            track.meet(rank, state, turned)
    for standing in people.standings:
        for track, rank, state in zip(officer_tracks, standing.ranks, standing.states, strict=True):
            track.meet(rank, state, standing.changed)
    place = {r.unit.name: i for i, r in enumerate(scores.units)}
    return Ledger(
        switches=rules.pack.switches,
        in_force={s.code: rules.chosen(s.code) for s in rules.pack.switches},
        effects=effects,
        combinations=prod(len(s.readings) for s in switches),
        distinct=units.distinct,
        officer_combinations=prod(len(s.readings) for s in applying(rules, OFFICER_SWITCHES)),
        units=[t.range() for t in sorted(unit_tracks, key=lambda t: place[t.subject.unit])],
        officers=[t.range() for t in officer_tracks],
    )


def _effect(
    switch: Switch,
    reading: str,
    asked: Mapping[str, str],
    units: UnitReadings,
    people: OfficerReadings,
    unit_tracks: Sequence[_Track],
    officer_tracks: Sequence[_Track],
) -> Effect:
    triple, standing = units.triple(asked), people.standing(asked)
    found = units.standing(triple)
    moves = []
    for track, rank, state in (
        *zip(unit_tracks, found.ranks, found.states, strict=True),
        *zip(officer_tracks, standing.ranks, standing.states, strict=True),
    ):
        if (rank, state) != (track.rank, track.state):
            moves.append(Move(track.subject, (track.rank, rank), (track.state, state)))
        if state is not track.state and switch.code not in track.alone:
            track.alone.append(switch.code)
    rescored = sum(a != b for a, b in zip(units.totals(triple), units.totals((0, 0, 0)), strict=True))
    in_force = people.standings[0]
    rescored += sum(a != b for a, b in zip(standing.totals, in_force.totals, strict=True))
    return Effect(switch, reading, rescored, moves)
