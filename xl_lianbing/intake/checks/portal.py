"""The returns against the portal's list of published decisions, number by number (B2.7). The return's answer counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from xl_lianbing.findings import Finding, Where, finding
from xl_lianbing.findings import export as k
from xl_lianbing.glossary import YesNo
from xl_lianbing.intake.checks.export import named, only_in
from xl_lianbing.records.inputs import PublishedCase, SystemCase
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.records.lines import UnitReturn
from xl_lianbing.records.returns import PenaltyCase
from xl_lianbing.rules.ruleset import Ruleset


def published_compared(
    published: Sequence[PublishedCase],
    exported: Sequence[SystemCase],
    returns: Mapping[str, UnitReturn],
    rules: Ruleset,
) -> list[Finding]:
    """What differs between returns and list; nothing if no list was given or the year asks for no publication.

    An amount that the penalty case system has as well is compared with that alone.
    """
    if not published or not rules.has("publication"):
        return []
    listed: dict[str, PublishedCase] = {}
    for case in published:
        if case.decision_number:
            listed.setdefault(document_key(case.decision_number), case)
    in_system = {document_key(case.decision_number) for case in exported if case.decision_number}
    found = [f for r in returns.values() for f in _differences(r, listed, in_system)]
    return [*found, *_only_published(listed, returns, rules)]


def _differences(
    returned: UnitReturn, listed: Mapping[str, PublishedCase], in_system: frozenset[str] | set[str]
) -> Iterator[Finding]:
    seen: set[str] = set()
    for fact in returned.cases:
        if not fact.key or fact.key in seen:
            continue
        seen.add(fact.key)
        case = listed.get(fact.key)
        where = returned.where(PenaltyCase, "published", fact.row)
        if case is None and fact.published is YesNo.YES:
            yield finding(k.NOT_PUBLISHED, where, fact.published, number=fact.number)
        elif case is not None and fact.published is YesNo.NO:
            yield finding(k.PUBLISHED_ALL_THE_SAME, where, fact.published, number=fact.number)
        if case is None or case.fine is None or fact.blocked or fact.key in in_system:
            continue
        own = fact.fine or Decimal(0)
        if own != case.fine:
            words = {"number": fact.number, "own": f"{own:f}", "published": f"{case.fine:f}"}
            yield finding(k.PUBLISHED_AMOUNT, returned.where(PenaltyCase, "fine", fact.row), f"{own:f}", **words)


def _only_published(
    listed: Mapping[str, PublishedCase], returns: Mapping[str, UnitReturn], rules: Ruleset
) -> Iterator[Finding]:
    """One finding a unit: decisions of the period on the portal that no return has."""
    units = {name_key(unit): unit for unit in returns}
    missing: dict[str, list[str]] = defaultdict(list)
    for unit, case in only_in(listed, returns, units, rules):
        missing[unit].append(case.decision_number or "")
    for unit, numbers in missing.items():
        where = Where(returns[unit].file, PenaltyCase.sheet, unit=unit)
        yield finding(k.ONLY_PUBLISHED, where, named(numbers), count=len(numbers), numbers=named(numbers))
