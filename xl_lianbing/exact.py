"""Exact fractions, compiled: what `fractions.Fraction` is, several times as fast.

Made from numbers only, never from a text: quicktions (all versions up to 1.24) writes over the interpreter's own b"\\0"
when it reads a text of one character. `fraction_of` reads texts.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction as Fraction
else:
    from quicktions import Fraction as Fraction


def fraction_of(text: str) -> Fraction:
    """The number that a text writes: `12`, `-0.5` or `2/3`. Raises ValueError, ZeroDivisionError."""
    above, _, below = text.partition("/")
    try:
        return Fraction(Decimal(above)) / Fraction(Decimal(below or 1))
    except InvalidOperation as error:
        raise ValueError(f"not a number: {text!r}") from error


def half_up(value: Fraction | Decimal, places: int) -> Decimal:
    """`value` with `places` decimals for show; a half goes away from 0, as ROUND does in Excel (B10)."""
    exact = Fraction(value)
    digits = floor(abs(exact) * 10**places + Fraction(1, 2))
    sign = 1 if exact < 0 and digits else 0
    return Decimal((sign, tuple(map(int, str(digits))), -places))


def rounded(points: Fraction) -> str:
    """Points with 2 decimals, half up: only for show."""
    return str(half_up(points, 2))


def in_full(value: Fraction | Decimal | int | None) -> str:
    """A figure as exactly as decimals can: 12.5, or 27.428571… where they never end; 无 for None."""
    if value is None:
        return "无"
    exact = Fraction(value)
    denominator = exact.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator == 1 and exact.denominator <= 10**8:
        whole = Decimal(exact.numerator) / Decimal(exact.denominator)
        return f"{whole.normalize():f}"
    return f"{float(exact):.6f}…"
