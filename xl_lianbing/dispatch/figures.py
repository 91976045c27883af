"""What units have done from the first decision day to a day (D1.1): own figures, a city's of its whole territory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import CORRECTIONS, MajorKind
from xl_lianbing.records.keys import document_key
from xl_lianbing.records.lines import UnitReturn
from xl_lianbing.rules.readings import DailyFine
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.counting.rows import UnitCount
from xl_lianbing.scoring.roster import Unit
from xl_lianbing.scoring.score import Scores

CASES: Final = "案件数"
FINES: Final = "罚款金额(万元)"
MAJOR: Final = "重大案件"
APPLIED: Final = "复议案件"
CORRECTED: Final = "复议纠正"


@dataclass(frozen=True, slots=True)
class Figures:
    """`kinds`: major cases by kind; `applied`, `corrected`: reconsiderations asked for, and decided against a unit."""

    cases: int = 0
    fines: Fraction = Fraction(0)
    kinds: Mapping[MajorKind, int] = field(default_factory=dict)
    applied: int = 0
    corrected: int = 0

    @property
    def major(self) -> int:
        return sum(self.kinds.values())

    @property
    def by_item(self) -> dict[str, int | Fraction]:
        """As 进度调度 calls them."""
        return {
            CASES: self.cases,
            FINES: self.fines,
            MAJOR: self.major,
            APPLIED: self.applied,
            CORRECTED: self.corrected,
        }

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.cases + other.cases,
            self.fines + other.fines,
            {kind: self.kinds.get(kind, 0) + other.kinds.get(kind, 0) for kind in MajorKind},
            self.applied + other.applied,
            self.corrected + other.corrected,
        )


@dataclass(frozen=True, slots=True)
class Gathered:
    """The figures of every unit between two days. `own`: what each handled itself; `shown`: as units are told of."""

    own: Mapping[str, Figures]
    shown: Mapping[str, Figures]

    @property
    def whole(self) -> Figures:
        """Of all units, each return once (A2)."""
        return sum(self.own.values(), Figures())


def gather(scores: Scores, returns: Mapping[str, UnitReturn], end: date, start: date | None = None) -> Gathered:
    """From `start`, or the first decision day, up to and with `end`."""
    first = start or scores.rules.window("decisions").start
    units = scores.roster.units
    own = {
        u.name: _own(returns[u.name], scores.counts[u.name], first, end, scores.rules)
        if u.name in returns
        else Figures()
        for u in units
    }

    def shown(unit: Unit) -> Figures:
        return sum((own[u.name] for u in scores.roster.territory(unit)), Figures())

    return Gathered(own, {u.name: shown(u) for u in units})


def _own(returned: UnitReturn, count: UnitCount, first: date, end: date, rules: Ruleset) -> Figures:
    cases, fines = 0, Decimal(0)
    left_out = count.case_reasons
    for case in returned.cases:
        if case.row not in left_out and case.decided_on is not None and first <= case.decided_on <= end:
            cases += 1
            fines += case.fine or 0
    kinds = dict.fromkeys(MajorKind, 0)
    adds = rules.reading(DailyFine) is DailyFine.COUNTS
    penalties = {case.key for case in returned.cases} if adds else frozenset[str]()
    for major in returned.major_cases:
        record = major.record
        if major.row in count.major_reasons or record.kind is None or not _within(record.dated, first, end):
            continue
        kinds[record.kind] += 1
        daily = adds and record.kind is MajorKind.DAILY_PENALTY
        if daily and document_key(record.document_number or "") not in penalties:  # L7
            fines += record.amount or 0
    applied, corrected = _reconsiderations(returned, first, end)
    return Figures(cases, Fraction(fines), kinds, applied, corrected)


def _reconsiderations(returned: UnitReturn, first: date, end: date) -> tuple[int, int]:
    applied = corrected = 0
    for line in returned.reconsiderations:
        record = line.record
        if line.blocked:
            continue
        applied += _within(record.applied_on, first, end)
        corrected += record.result in CORRECTIONS and _within(record.decided_on, first, end)
    return applied, corrected


def _within(day: date | None, first: date, end: date) -> bool:
    return day is not None and first <= day <= end
