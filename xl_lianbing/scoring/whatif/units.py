"""Ranks and shortlists of 先进集体 under every combination of the readings: exact, nothing sampled.

A total is quality (L1–L3) + cases (L4–L10) + satisfaction (L11, L12) + adjustments. Each part is scored once for every
combination of its own readings; combinations that give all units the same points are one variant. The totals of all
triples of variants are sums of whole numbers over one common denominator. A city's quality depends on its county
units' ranking as well while they stand in for recommended ones (B1.4).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import lcm
from typing import Generic, TypeVar

from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import Selection, Tier, UnitPart
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.score import UnitScore
from xl_lianbing.scoring.whatif.combinations import changed, combinations
from xl_lianbing.scoring.whatif.contest import Contest, Holder
from xl_lianbing.scoring.whatif.parts import CASE_SWITCHES, QUALITY_SWITCHES, VOTE_SWITCHES, Files, Parts

T = TypeVar("T")
V = TypeVar("V")

#: The parts of a total that readings act on.
_READ = frozenset({UnitPart.FILES, UnitPart.CASES, UnitPart.SATISFACTION})


@dataclass(frozen=True, slots=True)
class Variant(Generic[V]):
    """What some readings give; `changed` are the fewest switches to turn for it."""

    value: V
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Variants(Generic[V]):
    """The different outcomes of a part. `index`: which one the readings of the part's switches give."""

    items: Sequence[Variant[V]]
    index: Mapping[tuple[str, ...], int]
    codes: tuple[str, ...]

    def of(self, readings: Mapping[str, str]) -> int:
        return self.index[tuple(readings[code] for code in self.codes)]


def variants(
    rules: Ruleset, codes: Iterable[str], make: Callable[[Ruleset], V], told_apart: Callable[[V], Hashable]
) -> Variants[V]:
    """The part under every combination of its switches; the first variant is the one in force."""
    found: dict[Hashable, int] = {}
    items: list[Variant[V]] = []
    index: dict[tuple[str, ...], int] = {}
    asked = combinations(rules, codes)
    for readings in sorted(asked, key=lambda r: len(changed(r, rules))):  # the fewest changes first
        value = make(rules.under(readings))
        key = told_apart(value)
        if key not in found:
            found[key] = len(items)
            items.append(Variant(value, changed(readings, rules)))
        index[tuple(readings.values())] = found[key]
    return Variants(items, index, tuple(asked[0]))


def steady(row: UnitScore) -> Fraction:
    """The parts of a total that no reading acts on."""
    return sum((points for part, points in row.parts.items() if part not in _READ), Fraction(0))


@dataclass(frozen=True, slots=True)
class Standing:
    """Ranks and states of all units: the counties', then the cities', each in the roster's order."""

    ranks: tuple[int, ...]
    states: tuple[Selection, ...]


Triple = tuple[int, int, int]


class UnitReadings:
    """The units of one campaign under any readings."""

    def __init__(self, parts: Parts) -> None:
        self.parts, rules = parts, parts.rules
        self.files: Variants[Files] = variants(rules, QUALITY_SWITCHES, parts.files, lambda f: f.shares)
        self.cases = variants(rules, CASE_SWITCHES, parts.cases, lambda points: points)
        self.votes = variants(rules, VOTE_SWITCHES, parts.votes, lambda points: points)
        self.counties = Contest.of(parts.scores, Tier.COUNTY)
        self.cities = Contest.of(parts.scores, Tier.CITY)
        units = parts.roster.units
        self._county_places = [i for i, u in enumerate(units) if u.tier is Tier.COUNTY]
        self._city_places = [i for i, u in enumerate(units) if u.tier is Tier.CITY]
        self._holder = Holder(parts.scores, rules)
        self._city_points: dict[tuple[int, int, tuple[str, ...]], Fraction] = {}

    @property
    def triples(self) -> Iterator[Triple]:
        for q in range(len(self.files.items)):
            for c in range(len(self.cases.items)):
                for v in range(len(self.votes.items)):
                    yield q, c, v

    @property
    def distinct(self) -> int:
        return len(self.files.items) * len(self.cases.items) * len(self.votes.items)

    def triple(self, readings: Mapping[str, str]) -> Triple:
        """The variants that readings of all switches give."""
        return self.files.of(readings), self.cases.of(readings), self.votes.of(readings)

    def changed(self, triple: Triple) -> tuple[str, ...]:
        """The fewest switches to turn for those variants."""
        q, c, v = triple
        return (*self.files.items[q].changed, *self.cases.items[c].changed, *self.votes.items[v].changed)

    def totals(self, triple: Triple) -> tuple[Fraction, ...]:
        """Counties, then cities; exact."""
        q, c, v = triple
        files, cases, votes = self.files.items[q].value, self.cases.items[c].value, self.votes.items[v].value
        counties = [
            quality + cases[place] + votes[place] + steady(row)
            for quality, place, row in zip(files.counties, self._county_places, self.counties.rows, strict=True)
        ]
        return (*counties, *(points for points, _ in self._city_keys(triple, self._county_keys(triple))))

    def standing(self, triple: Triple) -> Standing:
        """B10 for both tiers."""
        keys = self._county_keys(triple)
        ranks, states = self.counties.ranks(keys), self.counties.selections(keys)
        if not self.cities.rows:
            return Standing(ranks, states)
        if len(self.cities.rows) == 1:  # first whatever its points
            return Standing((*ranks, 1), (*states, *self._lone_city))
        city_keys = self._city_keys(triple, keys)
        return Standing(
            (*ranks, *self.cities.ranks(city_keys)),
            (*states, *self.cities.selections(city_keys)),
        )

    @cached_property
    def _lone_city(self) -> tuple[Selection, ...]:
        return self.cities.selections([0])

    def _county_keys(self, triple: Triple) -> list[int]:
        """Whole numbers in the order of (total, articles)."""
        quality, cases, votes = self._whole
        q, c, v = triple
        return [a + b + d for a, b, d in zip(quality[q], cases[c], votes[v], strict=True)]

    @cached_property
    def _whole(self) -> tuple[list[list[int]], list[list[int]], list[list[int]]]:
        """The counties' parts × a common denominator × (more than any number of articles), plus articles once."""
        rows, places = self.counties.rows, self._county_places
        quality = [[q + steady(row) for q, row in zip(v.value.counties, rows, strict=True)] for v in self.files.items]
        cases = [[v.value[i] for i in places] for v in self.cases.items]
        votes = [[v.value[i] for i in places] for v in self.votes.items]
        denominator = lcm(*{x.denominator for part in (quality, cases, votes) for row in part for x in row})
        scale = denominator * (1 + max((row.tie_break for row in rows), default=0))

        def whole(part: Sequence[Sequence[Fraction]]) -> list[list[int]]:
            return [[x.numerator * (scale // x.denominator) for x in row] for row in part]

        return (
            [[x + row.tie_break for x, row in zip(line, rows, strict=True)] for line in whole(quality)],
            whole(cases),
            whole(votes),
        )

    def _city_keys(self, triple: Triple, county_keys: Sequence[int]) -> list[tuple[Fraction, int]]:
        q, c, v = triple
        cases, votes = self.cases.items[c].value, self.votes.items[v].value
        result = []
        for number, (place, row) in enumerate(zip(self._city_places, self.cities.rows, strict=True)):
            at = (q, number, self._holder.held(number, county_keys))
            if at not in self._city_points:
                self._city_points[at] = self.files.items[q].value.city(row.unit, at[2])
            total = self._city_points[at] + cases[place] + votes[place] + steady(row)
            result.append((total, row.tie_break))
        return result
