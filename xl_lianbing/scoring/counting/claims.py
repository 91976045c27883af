"""Who claims a number that stands in the returns of several units (B2.10): only rows that count themselves do."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from xl_lianbing.glossary import NotCounted, Reason
from xl_lianbing.records.documents import names_issuer
from xl_lianbing.records.keys import document_key
from xl_lianbing.records.lines import UnitReturn
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.counting.rows import DUPLICATE, case_judge, major_judge, unreadable

#: Unit, number, what tells a second row of one thing from the first, and what keeps the row from counting.
_Row = tuple[str, str, Hashable, Reason | None]


@dataclass(frozen=True, slots=True)
class Claims:
    """Numbers that stand in several returns. `shared`: those that several units claim, with these.

    `idle`: those that one unit claims; the other units with what keeps their rows from counting.
    """

    shared: Mapping[str, list[str]]
    idle: Mapping[str, Mapping[str, Reason]]


def case_claims(returns: Iterable[UnitReturn], export: frozenset[str], rules: Ruleset) -> Claims:
    """Of 处罚案件. L8–L10 may be read anew in the workbook: what they leave out is claimed all the same."""
    returns = tuple(returns)
    common = _in_several((r.unit, {case.key for case in r.cases}) for r in returns)
    if not common:
        return Claims({}, {})
    why_not = case_judge(export, rules)
    return _claims(
        (r.unit, case.key, case.key, unreadable(case.blocked) if case.blocked else why_not(case))
        for r in returns
        for case in r.cases
        if case.key in common
    )


def major_claims(returns: Iterable[UnitReturn], rules: Ruleset) -> Claims:
    """Of 重大案件."""
    why_not = major_judge(rules)

    def rows() -> Iterator[_Row]:
        for r in returns:
            for line in r.major_cases:
                record = line.record
                key = document_key(record.document_number or "")
                if key and names_issuer(key):
                    yield r.unit, key, (record.kind, key), unreadable(line.blocked) if line.blocked else why_not(record)

    return _claims(rows())


def _in_several(keys: Iterable[tuple[str, set[str]]]) -> frozenset[str]:
    """Numbers that stand in several returns and say who issued them."""
    seen: set[str] = set()
    common: set[str] = set()
    for _, own in keys:
        common |= seen & own
        seen |= own
    return frozenset(key for key in common if key and names_issuer(key))


def _claims(rows: Iterable[_Row]) -> Claims:
    seen: set[tuple[str, Hashable]] = set()
    standing: dict[str, dict[str, Reason | None]] = {}
    for unit, key, thing, why in rows:
        reason = why
        if why is None or why.why is not NotCounted.UNREADABLE:
            reason = DUPLICATE if (unit, thing) in seen else why
            seen.add((unit, thing))
        units = standing.setdefault(key, {})
        if reason is None or unit not in units:
            units[unit] = reason
    shared: dict[str, list[str]] = {}
    idle: dict[str, dict[str, Reason]] = {}
    for key, units in standing.items():
        claiming = [unit for unit, reason in units.items() if reason is None]
        if len(claiming) > 1:
            shared[key] = claiming
        elif claiming and len(units) > 1:
            idle[key] = {unit: reason for unit, reason in units.items() if reason is not None}
    return Claims(shared, idle)
