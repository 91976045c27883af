"""Which rows count, and why the others do not (B2.5–B2.10)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import Filing, MajorKind, NotCounted, Reason, YesNo
from xl_lianbing.records.keys import document_key
from xl_lianbing.records.lines import CaseFact, UnitReturn
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


def claimed_by_several(claims: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Decision numbers that stand in the returns of several units, with those units (B2.10)."""
    owners: dict[str, str] = {}
    shared: dict[str, list[str]] = {}
    for unit, keys in claims.items():
        for key in dict.fromkeys(keys):
            if not key:
                continue
            first = owners.setdefault(key, unit)
            if first != unit:
                shared.setdefault(key, [first]).append(unit)
    return shared


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
    window = rules.window("decisions")
    demands_publication, demands_filing = rules.has("publication"), rules.has("export")
    whys = {lot: rule.left_out(lot, rules) for lot in rule.every_lot()}
    by_lot = {lot: Reason(why) if why else None for lot, why in whys.items()}  # B2.7, B2.8
    clocks = Clocks.of(rules)
    first_day, last_day = window.start, window.end
    seen: set[str] = set()
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
            if case.key in claimed:
                reason = CLAIMED
            elif case.decided_on is None or not first_day <= case.decided_on <= last_day:
                reason = OUTSIDE
            elif demands_filing and case.in_system is not YesNo.YES:
                reason = NOT_FILED
            elif export and case.key not in export:
                reason = NOT_IN_EXPORT
            else:
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


def _count_major(returned: UnitReturn, claimed: frozenset[str], rules: Ruleset, result: UnitCount) -> None:
    window = rules.window("major")
    demands_filing = rules.has("export")
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
            if key in claimed:
                reason = CLAIMED
            elif record.dated is None or record.dated not in window:
                reason = OUTSIDE
            elif demands_filing and record.in_system is not YesNo.YES:
                reason = NOT_FILED
            else:
                reason = None
        if reason:
            result.major_reasons[line.row] = reason
            continue
        result.major += 1
        if record.kind is MajorKind.DAILY_PENALTY and key not in penalty_numbers:
            result.daily_fines += Fraction(record.amount or Decimal(0))


def numbers_claimed(returns: Iterable[UnitReturn]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Numbers claimed by several units: of 处罚案件 and of 重大案件 (B2.10)."""
    cases: dict[str, list[str]] = defaultdict(list)
    major: dict[str, list[str]] = defaultdict(list)
    for returned in returns:
        cases[returned.unit] += [c.key for c in returned.cases]
        major[returned.unit] += [document_key(m.record.document_number or "") for m in returned.major_cases]
    return claimed_by_several(cases), claimed_by_several(major)
