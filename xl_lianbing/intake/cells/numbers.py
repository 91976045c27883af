"""Exact numbers from cells: what Excel shows of a float, and numbers as people type them into text."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([, ])\d{3})(?:\1\d{3})*(?:\.\d+)?")
_SIGNS = str.maketrans({"−": "-", "—": "-", "–": "-", "﹣": "-"})
#: Suffixes of money → how many 万元 one of it is.
_MONEY = {"万元": Decimal(1), "万": Decimal(1), "亿元": Decimal(10_000), "亿": Decimal(10_000), "元": Decimal("0.0001")}
#: Excel writes numbers beyond with an exponent.
_SMALLEST, _LARGEST = Decimal("1e-9"), Decimal("1e21")
#: No honest number of a campaign has more figures.
_LONGEST = 40


def number_of_float(number: float) -> Decimal | None:
    """The decimal that Excel shows for a float (15 figures), so that 0.1 + 0.2 is 0.3; None for no number."""
    if not isfinite(number):
        return None
    return Decimal(int(number)) if number.is_integer() and abs(number) < 1e15 else Decimal(f"{number:.15g}")


def float_shown(number: float) -> str:
    """A number as Excel shows it to its author: 15 figures, whatever the float holds beyond them."""
    exact = number_of_float(number)
    if exact is None or (exact and not _SMALLEST <= abs(exact) < _LARGEST):
        return f"{number:.15g}".upper()
    return f"{exact:f}"


def number_of_text(text: str, unit: str = "") -> Decimal | None:
    """The number a text names: full-width figures, thousand separators, its unit; None if it names none.

    In a column of 万元 the units 元, 万元 and 亿元 are understood; elsewhere only the column's own unit.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS).strip()
    factor = Decimal(1)
    if unit == "万元":
        plain = plain.removeprefix("人民币").removeprefix("¥").removesuffix("整").strip()
        suffix = next((s for s in _MONEY if plain.endswith(s)), "")
        plain, factor = plain.removesuffix(suffix).strip(), _MONEY.get(suffix, factor)
    elif unit:
        plain = plain.removesuffix(unicodedata.normalize("NFKC", unit)).strip()
    if len(plain) > _LONGEST or not plain.isascii():
        return None
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "").replace(" ", "")
    return Decimal(plain) * factor if _PLAIN.fullmatch(plain) else None


def rounded(number: Decimal, places: int) -> Decimal:
    """`number` itself if it has no more decimals than `places`, else rounded half up."""
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= -places:
        return number
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
