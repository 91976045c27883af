"""Counting over all returns: claims across units, the system's export, and what to tell each unit about its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

from xl_lianbing.exact import Fraction
from xl_lianbing.findings import Finding, Where, finding
from xl_lianbing.findings import scoring as c
from xl_lianbing.findings.gather import together
from xl_lianbing.records.inputs import SystemCase
from xl_lianbing.records.keys import document_key
from xl_lianbing.records.lines import BureauInputs, CaseFact, UnitReturn, in_tab
from xl_lianbing.records.returns import MajorCase, PenaltyCase
from xl_lianbing.rules.filing import late_effect, unpublished_effect
from xl_lianbing.rules.readings import DayCount
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.counting.claims import Claims, case_claims, major_claims
from xl_lianbing.scoring.counting.clocks import holidays_known
from xl_lianbing.scoring.counting.rows import (
    CLAIMED,
    LATE,
    NOT_FILED,
    NOT_IN_EXPORT,
    UNPUBLISHED,
    UnitCount,
    count,
)


def count_all(
    inputs: BureauInputs, returns: Mapping[str, UnitReturn], rules: Ruleset, findings: list[Finding]
) -> dict[str, UnitCount]:
    """B2.5–B2.10: every unit's own figures."""
    export = frozenset(document_key(s.decision_number) for s in inputs.system_cases if s.decision_number)
    if rules.has("export") and not export and returns:
        findings.append(finding(c.NO_EXPORT, in_tab(SystemCase)))
    claims, major = case_claims(returns.values(), export, rules), major_claims(returns.values(), rules)
    keys, major_keys = frozenset(claims.shared), frozenset(major.shared)
    counts = {unit: count(r, export, keys, major_keys, rules) for unit, r in returns.items()}
    copied = copies(claims.shared, returns)
    told = _Told(claims, _typed_cases(claims, returns))
    major_told = _Told(major, _typed_major(major, returns))
    for unit, returned in returns.items():
        findings += _case_findings(returned, counts[unit], told, copied.get(unit, ""), rules)
        findings += _major_findings(returned, counts[unit], major_told)
    findings += _unknown_years(returns, rules)
    return counts


#: So many numbers that two returns share, and so large a part of the smaller one, are no slips of the pen.
COPY_LEAST: Final = 5
COPY_SHARE: Final = Fraction(4, 5)


def copies(claimed: Mapping[str, list[str]], returns: Mapping[str, UnitReturn]) -> dict[str, str]:
    """Unit → the unit whose decisions its return repeats nearly all: one sent the other's (A1, B2.10)."""
    shared = Counter(pair for units in claimed.values() for pair in combinations(units, 2))
    sizes = {unit: len({case.key for case in r.cases if case.key}) for unit, r in returns.items()}
    result: dict[str, str] = {}
    for (one, other), number in shared.items():
        if number >= COPY_LEAST and number >= COPY_SHARE * min(sizes[one], sizes[other]):
            result |= {one: other, other: one}
    return result


@dataclass(frozen=True, slots=True)
class _Told:
    """Claims in words. `typed`: unit and number → the number as typed there."""

    claims: Claims
    typed: Mapping[tuple[str, str], str]

    def claimants(self, key: str, own: str) -> str:
        """The units that claim a number, with its spelling where that is another than one's own."""
        spelled = {unit: self._spelled(unit, key, own) for unit in self.claims.shared[key]}
        return "、".join(f"{unit}（{other}）" if other else unit for unit, other in spelled.items())

    def idle(self, key: str, own: str) -> str:
        """The units whose rows with a number do not count, with the reasons."""
        told = {unit: (self._spelled(unit, key, own), str(why)) for unit, why in self.claims.idle[key].items()}
        return "、".join(f"{unit}（{'；'.join(filter(None, parts))}）" for unit, parts in told.items())

    def _spelled(self, unit: str, key: str, own: str) -> str:
        typed = self.typed.get((unit, key), own)
        return "" if typed == own else f"写作“{typed}”"


def _typed_cases(claims: Claims, returns: Mapping[str, UnitReturn]) -> dict[tuple[str, str], str]:
    wanted = claims.shared.keys() | claims.idle.keys()
    if not wanted:
        return {}
    numbers = ((unit, case.key, case.number) for unit, r in returns.items() for case in r.cases if case.key in wanted)
    return _first_typed(numbers)


def _typed_major(claims: Claims, returns: Mapping[str, UnitReturn]) -> dict[tuple[str, str], str]:
    wanted = claims.shared.keys() | claims.idle.keys()
    numbers = ((unit, line.record.document_number or "") for unit, r in returns.items() for line in r.major_cases)
    return _first_typed((unit, key, number) for unit, number in numbers if (key := document_key(number)) in wanted)


def _first_typed(numbers: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    """The spelling of the first row that claims: the later rows of a return with the same number repeat it (C24)."""
    typed: dict[tuple[str, str], str] = {}
    for unit, key, number in numbers:
        typed.setdefault((unit, key), number)
    return typed


def _case_findings(returned: UnitReturn, own: UnitCount, told: _Told, twin: str, rules: Ruleset) -> list[Finding]:
    """What keeps each case from counting. `twin`: the unit whose decisions this return repeats ('' if none)."""
    found: list[Finding] = []
    repeated: list[Finding] = []
    claimed = told.claims.shared
    for case in returned.cases:
        reason, late = own.case_reasons.get(case.row), own.lateness.get(case.row)
        words: dict[str, object] = {"number": case.number}
        column = "decision_number"
        if case.key in told.claims.idle and reason in (None, LATE, UNPUBLISHED):
            where = returned.where(PenaltyCase, column, case.row)
            others = told.idle(case.key, case.number)
            found.append(finding(c.CLAIMED_IN_VAIN, where, case.number, **words, others=others))
        if reason == CLAIMED and twin in claimed[case.key]:
            where = returned.where(PenaltyCase, column, case.row)
            repeated.append(finding(c.COPIED, where, case.number, unit=returned.unit, other=twin))
            continue
        if reason == CLAIMED:
            kind, words["units"] = c.CLAIMED, told.claimants(case.key, case.number)
        elif reason == NOT_IN_EXPORT:
            kind = c.NOT_IN_EXPORT
        elif reason == NOT_FILED:
            kind, column = c.NOT_FILED, "in_system"
        elif reason == UNPUBLISHED or (not reason and case.published == "否" and rules.has("publication")):
            kind, column, words["effect"] = c.UNPUBLISHED, "published", unpublished_effect(rules)
        elif late and reason in (None, LATE):
            if _ahead(case, returned.info.filled_on):  # a typing error, reported as such
                continue
            kind, column = c.LATE_FILING, "entered_on" if late.decision else "closing_entered_on"
            words |= {"late": late, "effect": late_effect(rules), "days": rules.number("filing.days")}
        else:
            continue
        found.append(finding(kind, returned.where(PenaltyCase, column, case.row), case.number, **words))
    return [*found, *([together(repeated)] if repeated else [])]


def _ahead(case: CaseFact, filled_on: date | None) -> bool:
    """Whether a filing date lies after the day on which the return was filled in."""
    return filled_on is not None and any(
        day is not None and day > filled_on for day in (case.entered_on, case.closing_entered_on)
    )


def _major_findings(returned: UnitReturn, own: UnitCount, told: _Told) -> list[Finding]:
    found = []
    for line in returned.major_cases:
        number = line.record.document_number or ""
        key = document_key(number)
        match own.major_reasons.get(line.row):
            case reason if reason == CLAIMED:
                where = returned.where(MajorCase, "document_number", line.row)
                found.append(finding(c.CLAIMED, where, number, number=number, units=told.claimants(key, number)))
            case None if key in told.claims.idle:
                where = returned.where(MajorCase, "document_number", line.row)
                found.append(finding(c.CLAIMED_IN_VAIN, where, number, number=number, others=told.idle(key, number)))
            case reason if reason == NOT_FILED:
                where = returned.where(MajorCase, "in_system", line.row)
                found.append(finding(c.NOT_FILED, where, number, number=number))
    return found


def _unknown_years(returns: Mapping[str, UnitReturn], rules: Ruleset) -> list[Finding]:
    """L9 needs the public holidays; a year that the calendar does not know is said (B2.8)."""
    if not rules.has("filing") or rules.reading(DayCount) is not DayCount.WORKING:
        return []
    window = rules.window("decisions")
    years = range(window.start.year, window.end.year + 1)
    return [finding(c.DAY_UNKNOWN, Where(), year, year=year) for year in years if not holidays_known(year)]
