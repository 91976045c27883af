"""Which rows count, and why the others do not (B2.5–B2.10)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import Filing, MajorKind, NotCounted, Reason, YesNo
from xl_lianbing.records.keys import document_key
from xl_lianbing.records.lines import CaseFact, UnitReturn
from xl_lianbing.records.returns import MajorCase
from xl_lianbing.rules import filing as rule
from xl_lianbing.rules.filing import Lot, Tally
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.counting.clocks import Clocks, Lateness

DUPLICATE: Final = Reason(NotCounted.DUPLICATE)
CLAIMED: Final = Reason(NotCounted.CLAIMED)
OUTSIDE: Final = Reason(NotCounted.OUTSIDE)
NOT_FILED: Final = Reason(NotCounted.NOT_FILED)
NOT_IN_EXPORT: Final = Reason(NotCounted.NOT_IN_EXPORT)
LATE: Final = Reason(NotCounted.LATE)
UNPUBLISHED: Final = Reason(NotCounted.UNPUBLISHED)

#: Not counted for the unit, yet a counted case of the officer (C2).
STILL_THE_OFFICERS: Final = frozenset({UNPUBLISHED})


def unreadable(headers: str) -> Reason:
    """B2.10: cells that scoring needs are empty or not understood."""
    return Reason(NotCounted.UNREADABLE, (headers,))


@dataclass(slots=True)
class UnitCount:
    """A unit's own figures: what it handled itself, never its territory's (A2)."""

    cases: int = 0
    fines: Fraction = Fraction(0)
    major: int = 0
    has_unpublished: bool = False
    case_reasons: dict[int, Reason] = field(default_factory=dict)
    major_reasons: dict[int, Reason] = field(default_factory=dict)
    lateness: dict[int, Lateness] = field(default_factory=dict)
    #: Decision number → what keeps it from being an officer's case (None: it is one) and whether its scan is named
    #: (C2).
    officer_cases: dict[str, tuple[Reason | None, bool]] = field(default_factory=dict)
    #: What counts whatever L8–L10 say of it, by filing and publication; the formulas of the workbook choose from these.
    lots: dict[Lot, Tally] = field(default_factory=dict)
    #: Amounts of 按日连续处罚 that L7 may add to the fines (万元).
    daily_fines: Fraction = Fraction(0)
    #: Decision numbers filed late by some reading of L9.
    late_filings: dict[str, Filing] = field(default_factory=dict)


def count(
    returned: UnitReturn, export: frozenset[str], claimed: frozenset[str], major_claimed: frozenset[str], rules: Ruleset
) -> UnitCount:
    """B2.5: a unit's own cases, fines (万元, exact) and major cases, with the reason for every row left out."""
    result = UnitCount()
    _count_cases(returned.cases, export, claimed, rules, result)
    _count_major(returned, major_claimed, rules, result)
    counted = rule.counted(result.lots, result.daily_fines, rules)
    result.cases, result.fines, result.has_unpublished = counted.cases, counted.fines, counted.unpublished
    return result


def _count_cases(
    cases: Iterable[CaseFact], export: frozenset[str], claimed: frozenset[str], rules: Ruleset, result: UnitCount
) -> None:
    demands_publication = rules.has("publication")
    whys = {lot: rule.left_out(lot, rules) for lot in rule.every_lot()}
    by_lot = {lot: Reason(why) if why else None for lot, why in whys.items()}  # B2.7, B2.8
    clocks = Clocks.of(rules)
    seen: set[str] = set()
    why_not = case_judge(export, rules)
    for case in cases:
        slow = clocks.may_be_late(case)
        late = clocks.late(case) if slow else None
        if late:
            result.lateness[case.row] = late
        reason: Reason | None
        if case.blocked:
            reason = unreadable(case.blocked)
        elif case.key in seen:
            reason = DUPLICATE
        else:
            seen.add(case.key)
            reason = why_not(case) or (CLAIMED if case.key in claimed else None)
            if reason is None:
                unpublished = demands_publication and case.published is not YesNo.YES
                filing = clocks.filing(case, late) if slow else Filing.ON_TIME
                lot = (filing, not unpublished)
                tally = result.lots.get(lot)
                if tally is None:
                    tally = result.lots[lot] = Tally()
                tally.add(case.fine)
                if filing is not Filing.ON_TIME:
                    result.late_filings[case.key] = filing
                reason = by_lot[lot]
            officers = None if reason in STILL_THE_OFFICERS else reason
            result.officer_cases[case.key] = (officers, case.scanned)
        if reason:
            result.case_reasons[case.row] = reason


def case_judge(export: frozenset[str], rules: Ruleset) -> Callable[[CaseFact], Reason | None]:
    """What keeps a readable case from counting whatever L8–L10 say and whoever else claims it; None if nothing."""
    window, demands_filing = rules.window("decisions"), rules.has("export")
    first_day, last_day = window.start, window.end

    def why_not(case: CaseFact) -> Reason | None:
        if case.decided_on is None or not first_day <= case.decided_on <= last_day:
            return OUTSIDE
        if demands_filing and case.in_system is not YesNo.YES:
            return NOT_FILED
        return NOT_IN_EXPORT if export and case.key not in export else None

    return why_not


def major_judge(rules: Ruleset) -> Callable[[MajorCase], Reason | None]:
    """The same of a readable major case."""
    window, demands_filing = rules.window("major"), rules.has("export")

    def why_not(record: MajorCase) -> Reason | None:
        if record.dated is None or record.dated not in window:
            return OUTSIDE
        return NOT_FILED if demands_filing and record.in_system is not YesNo.YES else None

    return why_not


def _count_major(returned: UnitReturn, claimed: frozenset[str], rules: Ruleset, result: UnitCount) -> None:
    why_not = major_judge(rules)
    penalty_numbers = {c.key for c in returned.cases}
    seen: set[tuple[MajorKind | None, str]] = set()
    for line in returned.major_cases:
        record = line.record
        key = document_key(record.document_number or "")
        reason: Reason | None
        if line.blocked:
            reason = unreadable(line.blocked)
        elif (record.kind, key) in seen:
            reason = DUPLICATE
        else:
            seen.add((record.kind, key))
            reason = why_not(record) or (CLAIMED if key in claimed else None)
        if reason:
            result.major_reasons[line.row] = reason
            continue
        result.major += 1
        if record.kind is MajorKind.DAILY_PENALTY and key not in penalty_numbers:
            result.daily_fines += Fraction(record.amount or Decimal(0))
