"""The returns against the export of the penalty case system, number by number (B2.6).

The figures of the return count; what differs is asked about. What the export lacks is said by counting (P02).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, TypeVar

from xl_lianbing.findings import Finding, Where, finding
from xl_lianbing.findings import export as k
from xl_lianbing.findings import reading as c
from xl_lianbing.records.inputs import PublishedCase, SystemCase
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.records.lines import CaseFact, UnitReturn
from xl_lianbing.records.returns import PenaltyCase
from xl_lianbing.rules.ruleset import Ruleset

L = TypeVar("L", SystemCase, PublishedCase)

_NUMBERS_NAMED = 6
#: Doubts about a date or an amount that the system's figure may settle.
_DOUBTS: Final = frozenset(
    kind.code for kind in (c.OUTSIDE_WINDOW, c.DATES_REVERSED, c.IN_FUTURE, c.LOOKS_LIKE_YUAN, c.FINE_WITHOUT_AMOUNT)
)


def reconcile(exported: Sequence[SystemCase], returns: Mapping[str, UnitReturn], rules: Ruleset) -> list[Finding]:
    """What differs between returns and export; nothing if no export was given or the year does not compare."""
    if not rules.has("export"):
        return []
    by_key = {document_key(case.decision_number): case for case in exported if case.decision_number}
    units = {name_key(unit): unit for unit in returns}
    owners = Counter(key for r in returns.values() for key in {fact.key for fact in r.cases})
    found: list[Finding] = []
    for returned in returns.values():
        seen: set[str] = set()
        for fact in returned.cases:
            if fact.key and fact.key not in seen and (case := by_key.get(fact.key)) is not None:
                seen.add(fact.key)
                # who claims a number that stands in two returns is asked elsewhere (P01)
                found += _differences(returned, fact, case, units if owners[fact.key] == 1 else {})
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
        result[place] = replace(result[place], also=(*result[place].also, *differences))
    return result, rest


def _differences(returned: UnitReturn, fact: CaseFact, case: SystemCase, units: Mapping[str, str]) -> Iterator[Finding]:
    number = _spelled(fact.number, case.decision_number or "")
    own_fine = fact.fine or Decimal(0)
    if not fact.blocked and case.fine is not None and own_fine != case.fine:
        where = returned.where(PenaltyCase, "fine", fact.row)
        words = {"number": number, "own": f"{own_fine:f}", "exported": f"{case.fine:f}"}
        yield finding(k.AMOUNT_DIFFERS, where, f"{own_fine:f}", **words)
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
    unit; those whose unit is not told, or lacks the whole sheet, which is said of the sheet, are left out."""
    window = rules.window("decisions")
    filed = {fact.key for r in returns.values() for fact in r.cases}
    filed |= {document_key(line.record.document_number or "") for r in returns.values() for line in r.major_cases}
    for key, case in by_key.items():
        unit = units.get(name_key(case.unit)) if case.unit else None
        if key in filed or unit is None or not (case.decided_on is None or case.decided_on in window):
            continue
        if not returns[unit].places or PenaltyCase.sheet in returns[unit].places:
            yield unit, case


def named(numbers: Sequence[str]) -> str:
    """The first of many numbers."""
    return "、".join(numbers[:_NUMBERS_NAMED]) + ("等" if len(numbers) > _NUMBERS_NAMED else "")
