"""B4, C1, C5: what takes a unit or an officer off the list (N16-¶030, ¶102, ¶105, ¶145, ¶146)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from xl_lianbing.exact import Fraction, half_up

#: E8 (GB 3095-2012, HJ 663-2013): so many valid days make a yearly mean.
VALID_DAYS: Final = 324
_DAYS_OF_A_MONTH, _DAYS_OF_FEBRUARY = 27, 25
#: Decimals of a daily value, generously.
_PLACES: Final = 4


def days_needed(month: int) -> int:
    """E8: the valid days that a month must have."""
    return _DAYS_OF_FEBRUARY if month == 2 else _DAYS_OF_A_MONTH


def exact_mean(mean: Decimal, days: int | None) -> Fraction:
    """B4.1: a yearly mean as exactly as it was: a cell cuts a mean that never ends, its days give the sum back."""
    if not days:
        return Fraction(mean)
    total = Fraction(mean) * days
    whole = Fraction(half_up(total, _PLACES))
    return whole / days if abs(total - whole) * 10**9 < 1 else Fraction(mean)


def rounding_hides(before: Fraction, after: Fraction) -> bool:
    """E8: a rise that disappears when both means are rounded to whole μg/m³."""
    return worsened(before, after) and half_up(after, 0) <= half_up(before, 0)


def worsened(before: Fraction, after: Fraction) -> bool:
    """B4.1, B4.2: a mean (μg/m³) or the rank of a water class above the year before."""
    return after > before


def expired(expiry: date, end: date) -> bool:
    """C1: a certificate that does not outlast the period."""
    return expiry <= end


def integrity_veto(statement: bool, proven: bool) -> bool:
    """C5: without the unit's statement, or if a report was found true."""
    return proven or not statement
