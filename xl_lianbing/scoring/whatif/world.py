"""Everybody who competes, with totals and states as functions of one value of the pack.

The readings and the counts are those in force; only numbers move. Each rule says at which values its points have a kink
or a jump (`bends`); between those the totals are straight lines in the value or in 1 ÷ (value − pole).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import Selection, Tier, UnitPart
from xl_lianbing.rules import baseline, deeds, files, limits
from xl_lianbing.rules.baseline import SUB_INDICATORS
from xl_lianbing.rules.loss import OFFICER_CASES, OFFICER_VOTES, SATISFACTION
from xl_lianbing.rules.ranks import select, state
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.rules.shares import KEY_ENTERPRISES
from xl_lianbing.scoring.officers import most_of, officer_points
from xl_lianbing.scoring.roster import Unit
from xl_lianbing.scoring.score import UnitScore
from xl_lianbing.scoring.whatif.acting import OFFICERS, acts_on
from xl_lianbing.scoring.whatif.contest import Contest, Holder
from xl_lianbing.scoring.whatif.ledger import Subject
from xl_lianbing.scoring.whatif.parts import Files, Parts, Points
from xl_lianbing.scoring.whatif.walk import Field, States

_CONTENDERS = frozenset({Selection.SELECTED, Selection.TIED, Selection.PASSED})


class World:
    """Counties, cities (each in the roster's order), then candidates: everything by this order."""

    def __init__(self, parts: Parts) -> None:
        self.scores, self._parts = parts.scores, parts
        #: Those in force, with the totals as they are used (B2.2).
        self.rules = parts.rules
        for key, total in self.scores.totals.items():
            if total.used is not None:
                self.rules = self.rules.with_value(key, total.used)
        self.counties, self.cities = Contest.of(self.scores, Tier.COUNTY), Contest.of(self.scores, Tier.CITY)
        self.officers = self.scores.officers
        self._holder = Holder(self.scores, self.rules)
        self._most = most_of(s.officer for s in self.officers)
        self._place = {u.name: i for i, u in enumerate(self.scores.roster.units)}
        self._seen: dict[tuple[str, Fraction], Points] = {}

    @cached_property
    def subjects(self) -> list[Subject]:
        units = [Subject(r.unit.name, r.unit.tier) for r in self._rows]
        return [*units, *(Subject(s.officer.unit, "个人", s.officer.name) for s in self.officers)]

    @cached_property
    def base(self) -> States:
        """The states in force."""
        return (*(r.selection for r in self._rows), *(s.selection for s in self.officers))

    @cached_property
    def _rows(self) -> list[UnitScore]:
        return [*self.counties.rows, *self.cities.rows]

    @cached_property
    def cities_contend(self) -> bool:
        """Whether points decide anything among the cities."""
        return sum(r.competes for r in self.cities.rows) > 1

    def now(self, key: str) -> Fraction | None:
        """The value in force, None if there is none."""
        return self.rules.optional_exact(key) if key not in self.scores.totals else self.scores.totals[key].used

    def totals(self, key: str, x: Fraction) -> Points:
        """Exact, with `key` at x and all else as in force."""
        at = (key, x)
        if at not in self._seen:
            if len(self._seen) > 64:
                self._seen.clear()
            self._seen[at] = self._totals(acts_on(key), self.rules.with_value(key, x))
        return self._seen[at]

    def _totals(self, moved: frozenset[str], rules: Ruleset) -> Points:
        rest = self._rest(moved, rules)
        held = self._parts.files(rules) if UnitPart.FILES in moved else None
        own = held.counties if held else tuple(r.parts[UnitPart.FILES] for r in self.counties.rows)
        counties = [rest[self._place[r.unit.name]] + q for r, q in zip(self.counties.rows, own, strict=True)]
        keys = _keys(counties, self.counties.rows)
        held = held or self._files
        cities = [
            rest[self._place[r.unit.name]] + held.city(r.unit, self._holder.held(i, keys))
            for i, r in enumerate(self.cities.rows)
        ]
        people = [s.points.total for s in self.officers]
        if OFFICERS in moved:
            people = [officer_points(s.officer, self._most, rules).total for s in self.officers]
        return (*counties, *cities, *people)

    @cached_property
    def _files(self) -> Files:
        return self._parts.files(self.rules)

    def _rest(self, moved: frozenset[str], rules: Ruleset) -> list[Fraction]:
        """Everything but the files, by the roster's order."""
        columns = [self._parts.moved(p, rules) if p in moved else held for p, held in self._in_force.items()]
        return [sum(own, Fraction(0)) for own in zip(*columns, strict=True)]

    @cached_property
    def _in_force(self) -> dict[UnitPart, Points]:
        by_name = {r.unit.name: r for r in self._rows}
        rows = [by_name[u.name] for u in self.scores.roster.units]
        return {part: tuple(r.parts[part] for r in rows) for part in UnitPart if part is not UnitPart.FILES}

    def states(self, key: str, x: Fraction) -> States:
        return self._states(self.totals(key, x), acts_on(key))

    def _states(self, totals: Sequence[Fraction], moved: frozenset[str]) -> States:
        first, second = len(self.counties.rows), len(self._rows)
        if moved == {OFFICERS}:
            units: States = self.base[:second]
        else:
            units = (
                *self.counties.selections(_keys(totals[:first], self.counties.rows)),
                *self.cities.selections(_keys(totals[first:second], self.cities.rows)),
            )
        people = self._people_states(totals[second:]) if OFFICERS in moved else self.base[second:]
        return (*units, *people)

    def _people_states(self, totals: Sequence[Fraction], quota: int | None = None) -> States:
        places = self.scores.officer_quota if quota is None else quota
        entered = [None if s.officer.vetoes else t for s, t in zip(self.officers, totals, strict=True)]
        chosen = select(entered, places)
        return tuple(state(c, vetoed=bool(s.officer.vetoes)) for s, c in zip(self.officers, chosen, strict=True))

    def states_with_quota(self, tier: Tier | None, quota: int) -> States:
        """Other places: of a tier, or (None) of the candidates."""
        first, second = len(self.counties.rows), len(self._rows)
        counties, cities, people = self.base[:first], self.base[first:second], self.base[second:]
        if tier is Tier.COUNTY:
            counties = self.counties.selections([r.order for r in self.counties.rows], quota)
        elif tier is Tier.CITY:
            cities = self.cities.selections([r.order for r in self.cities.rows], quota)
        else:
            people = self._people_states([s.points.total for s in self.officers], quota)
        return (*counties, *cities, *people)

    def most(self, tier: Tier | None) -> int:
        """As many places as there are rows."""
        if tier is None:
            return len(self.officers)
        return len((self.counties if tier is Tier.COUNTY else self.cities).rows)

    def states_with_files(self, held: Files, rules: Ruleset) -> States:
        """Other numbers of files, or of county units held."""
        counties = [
            r.total - r.parts[UnitPart.FILES] + q for r, q in zip(self.counties.rows, held.counties, strict=True)
        ]
        keys = _keys(counties, self.counties.rows)
        states = self.counties.selections(keys)
        if not self.cities_contend:
            return (*states, *self.base[len(states) :])
        holder = Holder(self.scores, rules)
        cities = [
            r.total - r.parts[UnitPart.FILES] + held.city(r.unit, holder.held(i, keys))
            for i, r in enumerate(self.cities.rows)
        ]
        states += self.cities.selections(_keys(cities, self.cities.rows))
        return (*states, *self.base[len(states) :])

    def bends(self, key: str) -> set[Fraction]:
        """The values of `key` at which somebody's points have a kink or a jump."""
        found: set[Fraction] = set()
        for row in self._rows:
            found |= self._bends(key, row.unit)
        for scored in self.officers:
            officer = scored.officer
            found |= OFFICER_CASES.bends(key, officer.cases, self._most.cases, self.rules)
            found |= OFFICER_VOTES.bends(key, officer.votes, self._most.votes, self.rules)
        return found

    def _bends(self, key: str, unit: Unit) -> set[Fraction]:
        votes, cases = self.scores.satisfaction[unit.name], self.scores.case_points[unit.name]
        found = SATISFACTION.bends(key, votes.votes, votes.most, self.rules)
        found |= limits.bends(key, self.scores.adjustment_sums.get(unit.key, {}))
        if not cases.figures.zero_reason:
            for sub, rule in SUB_INDICATORS.items():
                ratio = cases.subs[sub].ratio
                found |= rule.bends(key, ratio, KEY_ENTERPRISES, self.rules) if ratio is not None else set()
        return found

    def pole(self, key: str) -> Fraction | None:
        """Where the totals go to infinity; None: they are straight in the value itself."""
        poles = (baseline.pole(key, self.rules), files.pole(key), deeds.pole(key))
        return next((pole for pole in poles if pole is not None), None)

    def fields(self) -> list[Field]:
        """Who competes with whom."""
        starts = (0, len(self.counties.rows), len(self._rows), len(self.base))
        result = []
        for start, end in zip(starts, starts[1:], strict=False):
            rows = [i for i in range(start, end) if self._contends(i)]
            result.append(Field(rows, [self.base[i] for i in rows]))
        return result

    def _contends(self, i: int) -> bool:
        rows = self._rows
        return self.base[i] in _CONTENDERS and (i >= len(rows) or rows[i].competes)

    def splits(self, key: str) -> list[tuple[int, int]]:
        """Pairs of counties at whose crossing a city's total jumps (B1.4), if that decides anything."""
        return self._holder.contested() if self.cities_contend and acts_on(key) != {OFFICERS} else []


def _keys(totals: Sequence[Fraction], rows: Sequence[UnitScore]) -> list[tuple[Fraction, int]]:
    return [(t, r.tie_break) for t, r in zip(totals, rows, strict=True)]
