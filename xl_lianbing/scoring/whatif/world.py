"""Everybody who competes, with totals and states as functions of one value of the pack."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import Selection, Tier
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.ranking import select
from xl_lianbing.scoring.score import Scores, UnitScore
from xl_lianbing.scoring.whatif.ledger import Subject
from xl_lianbing.scoring.whatif.parts import Contest, Files, Holder
from xl_lianbing.scoring.whatif.values import Marks, Numbers, OfficerValues, UnitValues, numbers
from xl_lianbing.scoring.whatif.walk import Field, States

_FILES, _CASES, _VOTES, _ADJUSTMENTS, _OFFICERS = "files", "cases", "votes", "adjustments", "officers"
_PREFIXES = {
    "full.case_files": {_FILES},
    "review.": {_FILES, _OFFICERS},
    "full.satisfaction": {_VOTES},
    "satisfaction.": {_VOTES},
    "full.": {_CASES},
    "total.": {_CASES},
    "baseline.": {_CASES},
    "adjust.": {_ADJUSTMENTS},
    "officer.": {_OFFICERS},
    "deeds.": {_OFFICERS},
}
_CONTENDERS = frozenset({Selection.SELECTED, Selection.TIED, Selection.PASSED})


def touched(key: str) -> frozenset[str]:
    """The parts of a total that a value acts on."""
    return frozenset(next((parts for prefix, parts in _PREFIXES.items() if key.startswith(prefix)), set()))


class World:
    """Counties, cities (each in the roster's order), then candidates: everything by this order."""

    def __init__(self, scores: Scores, rules: Ruleset) -> None:
        self.scores, self.rules = scores, rules
        self.numbers: Numbers = numbers(scores, rules)
        self.counties, self.cities = Contest.of(scores, Tier.COUNTY), Contest.of(scores, Tier.CITY)
        self.officers = scores.officers
        self._units, self._people = UnitValues(scores, rules), OfficerValues(scores.officers, rules)
        self._holder = Holder(scores, rules)
        self._marks: dict[tuple[str, tuple[str, ...]], Marks] = {}
        self._seen: dict[tuple[str, Fraction], tuple[Fraction, ...]] = {}

    @cached_property
    def subjects(self) -> list[Subject]:
        units = [Subject(r.unit.name, r.unit.tier) for r in self._rows]
        return [*units, *(Subject(s.officer.unit, "个人", s.officer.name) for s in self.officers)]

    @cached_property
    def base(self) -> States:
        """The states in force."""
        return (*(r.selection for r in self._rows), *(s.selection for s in self.officers))

    @property
    def _rows(self) -> list[UnitScore]:
        return [*self.counties.rows, *self.cities.rows]

    @cached_property
    def cities_contend(self) -> bool:
        """Whether points decide anything among the cities."""
        return sum(r.competes for r in self.cities.rows) > 1

    def totals(self, key: str, x: Fraction) -> tuple[Fraction, ...]:
        """Exact, with `key` at x and all else as in force."""
        at = (key, x)
        if at not in self._seen:
            if len(self._seen) > 64:
                self._seen.clear()
            self._seen[at] = self._totals(key, x)
        return self._seen[at]

    def _totals(self, key: str, x: Fraction) -> tuple[Fraction, ...]:
        n, parts = {**self.numbers, key: x}, touched(key)
        counties = [self._rest(r, key, n, parts) + self._files(r, (), n, parts) for r in self.counties.rows]
        keys = _keys(counties, self.counties.rows)
        cities = [
            self._rest(r, key, n, parts) + self._files(r, self._holder.held(i, keys), n, None)
            for i, r in enumerate(self.cities.rows)
        ]
        people = [self._people.total(s, n) if _OFFICERS in parts else s.points.total for s in self.officers]
        return (*counties, *cities, *people)

    def _files(self, row: UnitScore, held: tuple[str, ...], n: Numbers, parts: frozenset[str] | None) -> Fraction:
        if parts is not None and _FILES not in parts:
            return row.quality
        at = (row.unit.name, held)
        if at not in self._marks:
            self._marks[at] = self._units.marks(row.unit, held)
        return self._units.files(self._marks[at], n)

    def _rest(self, row: UnitScore, key: str, n: Numbers, parts: frozenset[str]) -> Fraction:
        cases = self._units.cases(row.unit, key, n) if _CASES in parts else row.cases
        votes = self._units.votes(row.unit, n) if _VOTES in parts else row.satisfaction
        adjusted = self._units.adjustments(row.unit, n) if _ADJUSTMENTS in parts else row.adjustments
        return cases + votes + adjusted

    def states(self, key: str, x: Fraction) -> States:
        return self._states(self.totals(key, x), touched(key))

    def _states(self, totals: Sequence[Fraction], parts: frozenset[str]) -> States:
        first, second = len(self.counties.rows), len(self._rows)
        if parts == {_OFFICERS}:
            units: States = self.base[:second]
        else:
            units = (
                *self.counties.selections(_keys(totals[:first], self.counties.rows)),
                *self.cities.selections(_keys(totals[first:second], self.cities.rows)),
            )
        people = self._people_states(totals[second:]) if _OFFICERS in parts else self.base[second:]
        return (*units, *people)

    def _people_states(self, totals: Sequence[Fraction], quota: int | None = None) -> States:
        places = self.scores.officer_quota if quota is None else quota
        entered = [None if s.officer.vetoes else t for s, t in zip(self.officers, totals, strict=True)]
        chosen = select(entered, places)
        return tuple(
            Selection.VETOED if s.officer.vetoes else state for s, state in zip(self.officers, chosen, strict=True)
        )

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

    def states_with_files(self, files: Files, rules: Ruleset) -> States:
        """Other numbers of files, or of county units held."""
        counties = [r.total - r.quality + q for r, q in zip(self.counties.rows, files.counties, strict=True)]
        keys = _keys(counties, self.counties.rows)
        states = self.counties.selections(keys)
        if not self.cities_contend:
            return (*states, *self.base[len(states) :])
        holder = Holder(self.scores, rules)
        cities = [
            r.total - r.quality + files.city(r.unit, holder.held(i, keys)) for i, r in enumerate(self.cities.rows)
        ]
        states += self.cities.selections(_keys(cities, self.cities.rows))
        return (*states, *self.base[len(states) :])

    def kinks(self, key: str) -> set[Fraction]:
        units = [r.unit for r in self._rows]
        return self._units.kinks(key, units, self.numbers) | self._people.kinks(key, self.numbers)

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
        return self._holder.contested() if self.cities_contend and touched(key) != {_OFFICERS} else []


def _keys(totals: Sequence[Fraction], rows: Sequence[UnitScore]) -> list[tuple[Fraction, int]]:
    return [(t, r.articles) for t, r in zip(totals, rows, strict=True)]
