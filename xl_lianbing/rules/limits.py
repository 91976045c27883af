"""B9: the entries of a register added up and held inside limits (T17-¶07–09)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from xl_lianbing.exact import Fraction, in_full
from xl_lianbing.glossary import AdjustmentKind
from xl_lianbing.rules.names import Names
from xl_lianbing.rules.ruleset import Ruleset

_KEYS: Final[Mapping[AdjustmentKind, str]] = {
    AdjustmentKind.SUPERVISION: "adjust.supervision",
    AdjustmentKind.COMPLIANCE: "adjust.compliance",
    AdjustmentKind.TAIHU: "adjust.taihu",
    AdjustmentKind.OTHER: "adjust.other",
}


def held_sum(points: Iterable[Fraction], lowest: Fraction, highest: Fraction) -> Fraction:
    return max(lowest, min(highest, sum(points, Fraction(0))))


def keys(kind: AdjustmentKind) -> tuple[str, str]:
    """The keys of the lowest and the highest points."""
    return f"{_KEYS[kind]}.min", f"{_KEYS[kind]}.max"


def limits(kind: AdjustmentKind, rules: Ruleset) -> tuple[Fraction, Fraction]:
    low, high = keys(kind)
    return rules.exact(low), rules.exact(high)


def points(sums: Mapping[AdjustmentKind, Fraction], rules: Ruleset) -> Fraction:
    """The points of one unit; `sums`: its entries by indicator, added up. 0 in a year without the register."""
    if not rules.has("adjustments"):
        return Fraction(0)
    return sum((held_sum([total], *limits(kind, rules)) for kind, total in sums.items()), Fraction(0))


def formula(cells: Mapping[AdjustmentKind, str], names: Names) -> str:
    """`cells`: the sums by indicator, empty where there is no entry."""
    held = []
    for kind, cell in cells.items():
        low, high = (names[key] for key in keys(kind))
        held.append(f'IF({cell}="",0,MAX({low},MIN({high},{cell})))')
    return "+".join(held)


def told(points: Fraction) -> str:
    return f"各指标登记分分别相加，限于上下限，再合计={in_full(points)}"


def bends(key: str, sums: Mapping[AdjustmentKind, Fraction]) -> set[Fraction]:
    """The values of `key` at which the points of a unit bend."""
    return {total for kind, total in sums.items() if key in keys(kind)}
