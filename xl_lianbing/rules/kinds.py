"""The few scoring formulas: pure functions on exact numbers. Zero baselines or maxima are the caller's business."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from math import ceil, floor
from typing import Any

from xl_lianbing.exact import Fraction

HALF = Fraction(1, 2)
THREE_HALVES = Fraction(3, 2)


def _held(points: Fraction, lowest: Fraction, highest: Fraction) -> Fraction:
    return max(lowest, min(highest, points))


def linear(
    value: Fraction,
    baseline: Fraction,
    full: Fraction,
    lower: Fraction = HALF,
    upper: Fraction = THREE_HALVES,
) -> Fraction:
    """B2.3, reading 线性 (N16-¶074): 0 at `lower` × baseline, `full` at `upper` ×, held in 0…full.

    Raises ValueError if the baseline is not above 0 or `upper` is not above `lower`.
    """
    if baseline <= 0 or upper <= lower:
        raise ValueError(f"linear needs baseline > 0 and upper > lower: {baseline}, {upper}, {lower}")
    return _held(full * (value / baseline - lower) / (upper - lower), Fraction(0), full)


def step(value: Fraction, baseline: Fraction, full: Fraction, threshold: Fraction) -> Fraction:
    """B2.4 (T17-¶05): `full` points above `threshold` × baseline, else 0. "超过" is strict: on the line is 0.

    Raises ValueError if the baseline is not above 0.
    """
    if baseline <= 0:
        raise ValueError(f"step needs baseline > 0: {baseline}")
    return full if value > threshold * baseline else Fraction(0)


BaselineReading = Callable[[Fraction, Fraction, Fraction, Fraction, Fraction], Fraction]


def _linear(value: Fraction, baseline: Fraction, full: Fraction, upper: Fraction, lower: Fraction) -> Fraction:
    return linear(value, baseline, full, lower, upper)


def _step_at_upper(value: Fraction, baseline: Fraction, full: Fraction, upper: Fraction, _lower: Fraction) -> Fraction:
    return step(value, baseline, full, upper)


def _step_at_lower(value: Fraction, baseline: Fraction, full: Fraction, _upper: Fraction, lower: Fraction) -> Fraction:
    return step(value, baseline, full, lower)


#: The readings of L5 (B2.3) and L6 (B2.4): functions of (value, baseline, full, upper, lower).
BASELINE_READINGS: dict[str, BaselineReading] = {
    "线性": _linear,
    "阶梯": _step_at_upper,
    "超过1.5倍": _step_at_upper,
    "超过0.5倍": _step_at_lower,
}


def baseline(
    reading: str, value: Fraction, line: Fraction, full: Fraction, upper: Fraction, lower: Fraction
) -> Fraction:
    """B2.3, B2.4: the points of a sub-indicator with the baseline `line`, as the reading of L5 or L6 has it."""
    return BASELINE_READINGS[reading](value, line, full, upper, lower)


#: The readings of L11 (B3, C2, C3): what a gap in percent becomes.
GAP_READINGS: dict[str, Callable[[Fraction], Fraction]] = {
    "按比例": lambda gap: gap,
    "整数向下": lambda gap: Fraction(floor(gap)),
    "整数向上": lambda gap: Fraction(ceil(gap)),
}


def gap_percent(value: Fraction, most: Fraction, rounding: str) -> Fraction:
    """L11 (N16-¶092): how far `value` lies below `most`, in percent of `most`.

    Raises ValueError if `most` is not above 0 or is less than `value`.
    """
    if most <= 0 or value > most:
        raise ValueError(f"gap_percent needs 0 < most and value <= most: {value}, {most}")
    return GAP_READINGS[rounding]((most - value) / most * 100)


def loss_per_percent(
    value: Fraction, most: Fraction, full: Fraction, loss: Fraction, floor: Fraction, rounding: str
) -> Fraction:
    """B3, C2, C3 (N16-¶092, ¶122, ¶135): `full` for the most, `loss` less for each 1% below, at least `floor`.

    Raises ValueError if `most` is not above 0 or is less than `value`.
    """
    return max(floor, full - gap_percent(value, most, rounding) * loss)


def file_score(expert: Fraction | None, cross: Fraction | None, reading: str, weight: Fraction) -> Fraction:
    """B1.3, L2 (N16-¶057): a file's score; `weight` is the expert's. A missing review counts 0."""
    e, c = expert or Fraction(0), cross or Fraction(0)
    match reading:
        case "相加":
            return e + c
        case "平均":
            return (e + c) / 2
        case "加权":
            return weight * e + (1 - weight) * c
    raise KeyError(reading)


def file_full(reading: str, review_full: Fraction) -> Fraction:
    """B1.3, L2: the full mark of one file when a single review's is `review_full` (sum: twice as much)."""
    return {"相加": 2 * review_full, "平均": review_full, "加权": review_full}[reading]


def file_mean(scores: Iterable[Fraction], divisor: int, full_of_file: Fraction, full: Fraction) -> Fraction:
    """B1.3, B1.4 (N16-¶058): the mean over `divisor` files, as a share of a file's full mark, × the indicator's.

    Raises ValueError if there is nothing to divide by.
    """
    if divisor <= 0 or full_of_file <= 0:
        raise ValueError(f"file_mean needs divisor > 0 and full_of_file > 0: {divisor}, {full_of_file}")
    return sum(scores, Fraction(0)) / divisor / full_of_file * full


def deeds_mean(sums: Sequence[Fraction], full_of_sum: Fraction, full: Fraction) -> Fraction:
    """C4 (N16-¶140): the mean of the reviewers' sums, as a share of the full sum, × the indicator's. No review: 0.

    Raises ValueError if the full sum is not above 0.
    """
    if full_of_sum <= 0:
        raise ValueError(f"deeds_mean needs full_of_sum > 0: {full_of_sum}")
    return sum(sums, Fraction(0)) / len(sums) / full_of_sum * full if sums else Fraction(0)


def held_sum(points: Iterable[Fraction], lowest: Fraction, highest: Fraction) -> Fraction:
    """B9 (T17-¶07–09): the entries of one unit and indicator added up, held in lowest…highest."""
    return _held(sum(points, Fraction(0)), lowest, highest)


def worsened(before: Fraction, after: Fraction) -> bool:
    """B4.1, B4.2 (N16-¶102, ¶105): a mean (μg/m³) or the rank of a water class above the year before."""
    return after > before


def integrity_veto(statement: bool, proven: bool) -> bool:
    """C5 (N16-¶145, ¶146): off the list without the unit's statement, or if a report was found true."""
    return proven or not statement


def rank(keys: Sequence[Any]) -> list[int]:
    """B10: the rank of each key, the greatest first. Equal keys ⇔ equal ranks; the next rank skips (1, 1, 3)."""
    first: dict[Any, int] = {}
    for place, key in enumerate(sorted(keys, reverse=True), 1):
        first.setdefault(key, place)
    return [first[key] for key in keys]


def half_up(value: Fraction | Decimal, places: int) -> Decimal:
    """B10: `value` with `places` decimals for show; a half goes away from 0, as ROUND does in Excel."""
    exact = Fraction(value)
    digits = floor(abs(exact) * 10**places + HALF)
    sign = 1 if exact < 0 and digits else 0
    return Decimal((sign, tuple(map(int, str(digits))), -places))
