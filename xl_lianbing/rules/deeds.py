"""C4: the mean of the reviewers' sums, as a share of the full sum (N16-¶140)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xl_lianbing.exact import Fraction, in_full
from xl_lianbing.rules.names import Names
from xl_lianbing.rules.ruleset import Ruleset

ITEM_FULL, FULL = "deeds.item_full", "officer.full.deeds"
#: 综合素质, 工作能力, 工作态度, 工作成效.
ITEMS: Final = 4


def deeds_mean(sums: Sequence[Fraction], full_of_sum: Fraction, full: Fraction) -> Fraction:
    """No review: 0. Raises ValueError if the full sum is not above 0."""
    if full_of_sum <= 0:
        raise ValueError(f"deeds_mean needs full_of_sum > 0: {full_of_sum}")
    return sum(sums, Fraction(0)) / len(sums) / full_of_sum * full if sums else Fraction(0)


def points(mean: Fraction | None, rules: Ruleset) -> Fraction:
    """`mean` of the reviewers' sums; None: no review."""
    return deeds_mean([] if mean is None else [mean], ITEMS * rules.exact(ITEM_FULL), rules.exact(FULL))


def formula(mean: str, names: Names) -> str:
    return f"SUM({mean})/({ITEMS}*{names[ITEM_FULL]})*{names[FULL]}"


def told(mean: Fraction | None, rules: Ruleset) -> str:
    if mean is None:
        return "事迹材料没有评审得分，0分"
    return (
        f"各评审人合计的平均{in_full(mean)}÷{in_full(ITEMS * rules.exact(ITEM_FULL))}×{in_full(rules.exact(FULL))}"
        f"={in_full(points(mean, rules))}"
    )


def pole(key: str) -> Fraction | None:
    """Where the points go to infinity as `key` moves; None: they are straight in the value itself."""
    return Fraction(0) if key == ITEM_FULL else None
