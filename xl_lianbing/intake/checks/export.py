"""The returns against the export of the penalty case system, number by number (B2.6).

The figures of the return count. What differs is asked about; an amount on which points depend blocks, and takes no
row out (B2.10). What the export lacks is said by counting (P02).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, TypeVar

from xl_lianbing.findings import Finding, Where, finding
from xl_lianbing.findings import export as k
from xl_lianbing.findings import reading as c
from xl_lianbing.glossary import MajorKind, Severity, SubIndicator
from xl_lianbing.records.inputs import PublishedCase, SystemCase
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.records.lines import CaseFact, UnitReturn
from xl_lianbing.records.returns import MajorCase, PenaltyCase
from xl_lianbing.rules.baseline import SUB_INDICATORS
from xl_lianbing.rules.readings import DailyFine
from xl_lianbing.rules.ruleset import Ruleset

L = TypeVar("L", SystemCase, PublishedCase)

_NUMBERS_NAMED = 6
#: Doubts about a date or an amount that the system's figure may settle.
_DOUBTS: Final = frozenset(
    kind.code
    for kind in (
        *(c.OUTSIDE_WINDOW, c.DATES_REVERSED, c.IN_FUTURE),
        *(c.LOOKS_LIKE_YUAN, c.FINE_TOO_SMALL, c.FINE_WITHOUT_AMOUNT),
    )
)


#: Unit → sheet → the rows that are not counted.
Uncounted = Mapping[str, Mapping[str, Container[int]]]


def reconcile(
    exported: Sequence[SystemCase], returns: Mapping[str, UnitReturn], uncounted: Uncounted, rules: Ruleset
) -> list[Finding]:
    """What differs between returns and export; nothing if no export was given or the year does not compare."""
    if not rules.has("export"):
        return []
    asked = bool(rules.exact(SUB_INDICATORS[SubIndicator.FINES].full))
    by_key = {document_key(case.decision_number): case for case in exported if case.decision_number}
    units = {name_key(unit): unit for unit in returns}
    owners = Counter(key for r in returns.values() for key in {fact.key for fact in r.cases})
    found: list[Finding] = []
    for returned in returns.values():
        left_out = uncounted.get(returned.unit, {})
        seen: set[str] = set()
        for fact in returned.cases:
            if fact.key and fact.key not in seen and (case := by_key.get(fact.key)) is not None:
                if not fact.blocked:
                    seen.add(fact.key)
                # who claims a number that stands in two returns is asked elsewhere (P01)
                counts = asked and fact.row not in left_out.get(PenaltyCase.sheet, ())
                found += _differences(returned, fact, case, units if owners[fact.key] == 1 else {}, counts=counts)
        daily = asked and rules.reading(DailyFine) is DailyFine.COUNTS
        found += _daily_differences(returned, by_key, seen, left_out.get(MajorCase.sheet, ()), counts=daily)
    return [*found, *_only_in_export(by_key, returns, units, rules)]


def folded(found: Iterable[Finding], compared: Iterable[Finding]) -> tuple[list[Finding], list[Finding]]:
    """One cause, one finding: what the system says of a cell that is already in doubt is told with that doubt.

    Returns both lists, the first with the longer sentences, the second without what went into the first.
    """
    result = list(found)
    doubts = {
        (f.where.file, f.where.sheet, cell): i
        for i, f in enumerate(result)
        if f.code in _DOUBTS
        for cell in f.all_cells
    }
    rest = []
    told: dict[int, list[Finding]] = defaultdict(list)
    for difference in compared:
        place = doubts.get((difference.where.file, difference.where.sheet, difference.where.cell))
        if place is None:
            rest.append(difference)
        else:
            told[place].append(difference)
    for place, differences in told.items():
        blocking = any(f.severity is Severity.BLOCKING for f in differences)
        severity = Severity.BLOCKING if blocking else result[place].severity
        result[place] = replace(result[place], severity=severity, also=(*result[place].also, *differences))
    return result, rest


def _differences(
    returned: UnitReturn, fact: CaseFact, case: SystemCase, units: Mapping[str, str], *, counts: bool
) -> Iterator[Finding]:
    number = _spelled(fact.number, case.decision_number or "")
    own_fine = fact.fine or Decimal(0)
    if not fact.blocked and case.fine is not None and own_fine != case.fine:
        yield _amounts(returned.where(PenaltyCase, "fine", fact.row), number, own_fine, case, counts=counts)
    if fact.decided_on is not None and case.decided_on is not None and fact.decided_on != case.decided_on:
        where = returned.where(PenaltyCase, "decided_on", fact.row)
        words = {"number": number, "own": str(fact.decided_on), "exported": str(case.decided_on)}
        yield finding(k.DAY_DIFFERS, where, fact.decided_on, **words)
    other = units.get(name_key(case.unit)) if case.unit else None
    if other is not None and other != returned.unit:
        where = returned.where(PenaltyCase, "decision_number", fact.row)
        yield finding(k.UNIT_DIFFERS, where, fact.number, number=number, exported=other)


def _spelled(own: str, exported: str) -> str:
    """A number as the return has it, and as the system spells it where that differs."""
    return own if own == exported else f"{own}（系统中写作“{exported}”）"


def _daily_differences(
    returned: UnitReturn, by_key: Mapping[str, SystemCase], seen: set[str], left_out: Container[int], *, counts: bool
) -> Iterator[Finding]:
    """The amounts of 按日连续处罚: they count as fines (L7) where their number stands in no row of 处罚案件."""
    for line in returned.major_cases:
        record = line.record
        key = document_key(record.document_number or "")
        case = by_key.get(key) if record.kind is MajorKind.DAILY_PENALTY and not line.blocked else None
        amount = record.amount or Decimal(0)
        if case is None or key in seen or case.fine is None or case.fine == amount:
            continue
        where = returned.where(MajorCase, "amount", line.row)
        number = _spelled(record.document_number or "", case.decision_number or "")
        yield _amounts(where, number, amount, case, counts=counts and line.row not in left_out)


def _amounts(where: Where, number: str, own: Decimal, case: SystemCase, *, counts: bool) -> Finding:
    """B2.10: blocking where points depend on the amount."""
    words = {"number": number, "own": f"{own:f}", "exported": f"{case.fine:f}"}
    return finding(k.AMOUNT_DIFFERS, where, f"{own:f}", None, Severity.BLOCKING if counts else None, **words)


def _only_in_export(
    by_key: Mapping[str, SystemCase], returns: Mapping[str, UnitReturn], units: Mapping[str, str], rules: Ruleset
) -> Iterator[Finding]:
    """One finding a unit: decisions of the period that no return has, neither as a case nor as a major case."""
    missing: dict[str, list[str]] = defaultdict(list)
    for unit, case in only_in(by_key, returns, units, rules):
        missing[unit].append(case.decision_number or "")
    for unit, numbers in missing.items():
        where = Where(returns[unit].file, PenaltyCase.sheet, unit=unit)
        yield finding(k.ONLY_IN_EXPORT, where, named(numbers), count=len(numbers), numbers=named(numbers))


def only_in(
    by_key: Mapping[str, L], returns: Mapping[str, UnitReturn], units: Mapping[str, str], rules: Ruleset
) -> Iterator[tuple[str, L]]:
    """The decisions of the period in a list that no return has, neither as a case nor as a major case, each with its
    unit; those whose unit is not told, or lacks the sheet or the column, which is said of the sheet, are left out."""
    window = rules.window("decisions")
    filed = {fact.key for r in returns.values() for fact in r.cases}
    filed |= {document_key(line.record.document_number or "") for r in returns.values() for line in r.major_cases}
    for key, case in by_key.items():
        unit = units.get(name_key(case.unit)) if case.unit else None
        if key in filed or unit is None or not (case.decided_on is None or case.decided_on in window):
            continue
        places = returns[unit].places
        if not places or "decision_number" in places.get(PenaltyCase.sheet, ("", {}))[1]:
            yield unit, case


def named(numbers: Sequence[str]) -> str:
    """The first of many numbers."""
    return "、".join(numbers[:_NUMBERS_NAMED]) + ("等" if len(numbers) > _NUMBERS_NAMED else "")
