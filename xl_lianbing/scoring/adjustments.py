"""The register of bonus and deduction (B9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from xl_lianbing.exact import Fraction
from xl_lianbing.findings import About, Finding, finding
from xl_lianbing.findings import scoring as c
from xl_lianbing.glossary import AdjustmentKind
from xl_lianbing.records.inputs import Adjustment
from xl_lianbing.records.keys import name_key
from xl_lianbing.records.lines import in_tab
from xl_lianbing.rules import limits as rule
from xl_lianbing.rules.ruleset import Ruleset


def _usable(entry: Adjustment) -> bool:
    return bool(entry.unit) and entry.kind is not None and entry.points is not None


def adjustment_sums(entries: Iterable[Adjustment]) -> dict[str, dict[AdjustmentKind, Fraction]]:
    """B9: the register's points by unit (key) and indicator."""
    sums: dict[str, dict[AdjustmentKind, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for entry in entries:
        if entry.unit and entry.kind is not None and entry.points is not None:
            sums[name_key(entry.unit)][entry.kind] += Fraction(entry.points)
    return {unit: dict(kinds) for unit, kinds in sums.items()}


def adjustments(entries: Iterable[Adjustment], rules: Ruleset) -> tuple[dict[str, Fraction], list[Finding]]:
    """B9: the sum per unit (key) and indicator, held inside the pack's limits; 2016 has none."""
    usable = [e for e in entries if _usable(e)]
    by_unit = adjustment_sums(usable)
    findings: list[Finding] = []
    spelled: dict[str, str] = {}
    for entry in usable:
        spelled.setdefault(name_key(entry.unit or ""), entry.unit or "")
        if not entry.document:
            where, about = in_tab(Adjustment, entry.unit or ""), About((entry,), "points")
            told = finding(c.NO_DOCUMENT, where, entry.points, about, kind=entry.kind, points=entry.points)
            findings.append(told)
    if not rules.has("adjustments"):
        about = About(tuple(usable), "unit")
        return {}, [finding(c.NO_ADJUSTMENTS, in_tab(Adjustment), "", about)] if by_unit else []
    result = {}
    for unit, sums in by_unit.items():
        for kind, total in sums.items():
            low, high = rule.limits(kind, rules)
            kept = rule.held_sum([total], low, high)
            if kept != total:
                rows = tuple(e for e in usable if e.kind is kind and name_key(e.unit or "") == unit)
                where, about = in_tab(Adjustment, spelled[unit]), About(rows, "points" if len(rows) == 1 else "unit")
                words = {"points": f"{float(total):g}", "held": f"{float(kept):g}"}
                words |= {"low": f"{float(low):g}", "high": f"{float(high):g}"}
                findings.append(finding(c.ADJUSTMENT_HELD, where, words["points"], about, kind=kind, **words))
        result[unit] = rule.points(sums, rules)
    return result, findings
