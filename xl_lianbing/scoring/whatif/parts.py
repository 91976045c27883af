"""The parts that a unit's total is made of, each scored under other readings with the functions that score it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, TypeVar

from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import FileKind, Filing, Selection, Tier
from xl_lianbing.records.lines import BureauInputs, UnitReturn
from xl_lianbing.rules.kinds import file_full
from xl_lianbing.rules.pack import Switch
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.cases import case_points, totals
from xl_lianbing.scoring.counting import UnitCount
from xl_lianbing.scoring.files import Dossier, FileScore, FileState, ReviewBook, dossier, quality
from xl_lianbing.scoring.filing import CALENDAR_DAYS
from xl_lianbing.scoring.ranking import rank, select
from xl_lianbing.scoring.roster import Unit
from xl_lianbing.scoring.satisfaction import satisfaction
from xl_lianbing.scoring.score import Scores, UnitScore

T = TypeVar("T")

#: The switches that act on each part; L5 and L6 as the year has them.
QUALITY_SWITCHES = ("L1", "L2", "L3")
CASE_SWITCHES = ("L4", "L5", "L6", "L7", "L8", "L9", "L10")
_COUNTING_SWITCHES = frozenset({"L7", "L8", "L9", "L10"})
VOTE_SWITCHES = ("L11", "L12")
OFFICER_SWITCHES = ("L2", "L9", "L10", "L11")

#: States that no reading and no value changes.
_SETTLED = frozenset({Selection.MISSING, Selection.VETOED})


def applying(rules: Ruleset, codes: Iterable[str] | None = None) -> list[Switch]:
    """The switches that the year has (all, or those of `codes`)."""
    wanted = None if codes is None else frozenset(codes)
    return [s for s in rules.pack.switches if s.applies and (wanted is None or s.code in wanted)]


def under(rules: Ruleset, readings: Mapping[str, str]) -> Ruleset:
    """The rules with other readings."""
    return replace(rules, readings={**rules.readings, **readings})


def combinations(rules: Ruleset, codes: Iterable[str]) -> list[dict[str, str]]:
    """Every combination of the readings of some switches; the one in force is the first."""
    switches = applying(rules, codes)
    offered = [
        [rules.reading(s.code), *(r for r in s.readings if r != rules.reading(s.code))]  # in force first
        for s in switches
    ]
    return [dict(zip([s.code for s in switches], chosen, strict=True)) for chosen in product(*offered)]


def changed(readings: Mapping[str, str], rules: Ruleset) -> tuple[str, ...]:
    """The switches that stand otherwise than in force."""
    return tuple(code for code, reading in readings.items() if reading != rules.reading(code))


def recount(own: UnitCount, rules: Ruleset) -> UnitCount:
    """B2.5–B2.8: a unit's own figures under other readings of L7–L10."""
    cases, fines, unpublished_any = 0, Fraction(0), False
    for (filing, published), tally in own.parts.items():
        if rules.reading("L10") == "不计入" and is_late(filing, rules):
            continue
        unpublished_any |= not published
        if published or rules.reading("L8") != "该案不计":
            cases += tally.cases
            fines += tally.fines
    if rules.reading("L7") == "计入":
        fines += own.daily_fines
    return UnitCount(cases, fines, own.major, unpublished_any)


def is_late(filing: Filing, rules: Ruleset) -> bool:
    """B2.8, L9."""
    return filing is Filing.LATE or (filing is Filing.LATE_BY_CALENDAR and rules.reading("L9") == CALENDAR_DAYS)


@dataclass(frozen=True)
class Files:
    """案卷质量 under some readings: counties' points by roster order, and what a city's mean is made of."""

    rules: Ruleset
    dossiers: Mapping[str, Dossier]
    counties: tuple[Fraction, ...]
    #: By unit: the files' marks in shares of a file's full mark, and the divisor.
    shares: tuple[tuple[Fraction, int], ...]

    def city(self, city: Unit, held: Iterable[str]) -> Fraction:
        """B1.4: a city's points if its mean holds the files of those county units."""
        return quality(city, self.dossiers[city.name], [self.dossiers[u] for u in held], self.rules).points


class Parts:
    """The parts of one campaign. Sequences by unit are in the roster's order."""

    def __init__(self, inputs: BureauInputs, returns: Mapping[str, UnitReturn], scores: Scores, rules: Ruleset) -> None:
        self.inputs, self.returns, self.scores, self.rules = inputs, returns, scores, rules
        self.roster = scores.roster
        self._book = ReviewBook(inputs.reviews, inputs.forged)
        self._cases: dict[Hashable, tuple[Fraction, ...]] = {}

    def dossiers(self, rules: Ruleset, tiers: Iterable[Tier] = Tier) -> dict[str, Dossier]:
        """The files of every unit under the rules given; those of other tiers as they are in force."""
        made = {
            u.name: dossier(u, self.returns.get(u.name), self._book, rules)
            for u in self.roster.units
            if u.tier in tiers
        }
        return {**self.scores.dossiers, **made}

    def refilled(self, rules: Ruleset, tiers: Iterable[Tier]) -> dict[str, Dossier]:
        """The same with other numbers of files asked for (B1.1): reviews score as they are in force."""
        made = {
            u.name: dossier(u, self.returns.get(u.name), self._book, rules, self._scored(u))
            for u in self.roster.units
            if u.tier in tiers
        }
        return {**self.scores.dossiers, **made}

    def _scored(self, unit: Unit) -> dict[tuple[FileKind, str], FileScore]:
        files = self.scores.dossiers[unit.name].files
        return {(f.kind, f.number): f for f in files if f.state is not FileState.MISSING}

    def files(self, rules: Ruleset, dossiers: Mapping[str, Dossier]) -> Files:
        """B1 under the rules given; `dossiers` were made under the same reading of L2."""
        own = [quality(u, dossiers[u.name], (), rules) for u in self.roster.units]
        full = file_full(rules.reading("L2"), Fraction(rules.number("review.full")))
        return Files(
            rules,
            dossiers,
            tuple(q.points for q in own if q.unit.tier is Tier.COUNTY),
            tuple((q.total / full, q.divisor) for q in own),
        )

    def cases(self, rules: Ruleset) -> tuple[Fraction, ...]:
        """B2. Readings of L7–L10 often count the same rows: those are scored once."""
        counts = {unit: recount(own, rules) for unit, own in self.scores.counts.items()}
        told = [(n.cases, n.fines, n.major, n.has_unpublished) for n in counts.values()]
        others = [rules.reading(code) for code in CASE_SWITCHES if code not in _COUNTING_SWITCHES]
        key = (*told, *others, rules.reading("L8"))
        if key not in self._cases:
            total, _ = totals(self.returns, counts, rules)
            units = self.roster.units
            points = [case_points(u, self.roster, self.returns, counts, total, rules)[0].points for u in units]
            self._cases[key] = tuple(points)
        return self._cases[key]

    def votes(self, rules: Ruleset) -> tuple[Fraction, ...]:
        """B3."""
        return tuple(s.points for s in satisfaction(self.roster, self.inputs.votes, rules)[0])


@dataclass(frozen=True)
class Contest:
    """The units of a tier in the roster's order, and how many are chosen."""

    rows: Sequence[UnitScore]
    quota: int

    @classmethod
    def of(cls, scores: Scores, tier: Tier) -> Contest:
        by_name = {row.unit.name: row for row in scores.units}
        rows = [by_name[u.name] for u in scores.roster.units if u.tier is tier]
        return cls(rows, rows[0].quota if rows else 0)

    def ranks(self, keys: Sequence[T]) -> tuple[int, ...]:
        return tuple(rank(keys))

    def selections(self, keys: Sequence[T], quota: int | None = None) -> tuple[Selection, ...]:
        """B10, from the keys (total, articles) of all rows."""
        entered = [key if row.competes else None for row, key in zip(self.rows, keys, strict=True)]
        chosen = select(entered, self.quota if quota is None else quota)
        return tuple(
            row.selection if row.selection in _SETTLED else state for row, state in zip(self.rows, chosen, strict=True)
        )


class Holder:
    """B1.4 as `held_counties` has it, by places among all counties: the recommended ones, else the best."""

    def __init__(self, scores: Scores, rules: Ruleset) -> None:
        self._counties = [u for u in scores.roster.units if u.tier is Tier.COUNTY]
        place = {u: i for i, u in enumerate(self._counties)}
        self._wanted = int(rules.number("files.recommended_units"))
        self._districts: list[tuple[list[int], bool]] = []
        for city in scores.roster.cities:
            districts = scores.roster.districts(city)
            named = [place[u] for u in districts if u.recommended]
            self._districts.append((named, False) if named else ([place[u] for u in districts], True))

    def held(self, city: int, county_keys: Sequence[Any]) -> tuple[str, ...]:
        """The county units whose files the mean of a city (by its place among the cities) holds."""
        places, stand_in = self._districts[city]
        if stand_in:
            places = sorted(places, key=county_keys.__getitem__, reverse=True)[: self._wanted]
        return tuple(self._counties[i].name for i in places)

    def contested(self) -> list[tuple[int, int]]:
        """Pairs of counties whose order decides whose files stand in."""
        return [
            (a, b)
            for places, stand_in in self._districts
            if stand_in
            for i, a in enumerate(places)
            for b in places[i + 1 :]
        ]
