"""Exact fractions, compiled: what `fractions.Fraction` is, several times as fast.

Made from numbers only, never from a text: quicktions (all versions up to 1.24) writes over the interpreter's own b"\\0"
when it reads a text of one character. `fraction_of` reads texts.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
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
