"""Exact numbers from cells: what Excel shows of a float, and numbers as people type them into text."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from math import isfinite
from typing import Final

from xl_lianbing.records.documents import unified

_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([, ])\d{3})(?:\1\d{3})*(?:\.\d+)?")
_SIGNS = str.maketrans({"−": "-", "—": "-", "–": "-", "﹣": "-"})
#: Units of money → how many 万元 one of it is; 元 is the end of all, so it comes last.
MONEY_UNITS: Final = {
    "万元": Decimal(1),
    "亿元": Decimal(10_000),
    "千元": Decimal("0.1"),
    "百元": Decimal("0.01"),
    "元": Decimal("0.0001"),
}
#: The same as people write them behind a number.
_MONEY: Final = {"万": Decimal(1), "亿": Decimal(10_000)} | MONEY_UNITS
#: Excel writes numbers beyond with an exponent.
_SMALLEST, _LARGEST = Decimal("1e-9"), Decimal("1e21")
#: No honest number of a campaign has more figures.
_LONGEST = 40
_EXACT = Context(prec=2 * _LONGEST)


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
    """The number a text names: full-width figures, thousand separators, its unit; None if it names none."""
    text = text.strip()
    folded = unified(text)
    plain = folded.removesuffix(unified(unit))
    if any(map(_pretends, text[: len(text) - len(folded) + len(plain)])):
        return None
    plain = plain.translate(_SIGNS).strip()
    if len(plain) > _LONGEST or not plain.isascii():
        return None
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "").replace(" ", "")
    return Decimal(plain) if _PLAIN.fullmatch(plain) else None


def money_of_text(text: str, bare: Decimal = Decimal(1)) -> Decimal | None:
    """The amount in 万元 that a text names, in 元, 万元 or 亿元; None if it names none.

    `bare`: how many 万元 one of a number without a unit is.
    """
    if any(map(_pretends, text)):
        return None
    plain = unified(text.strip())
    plain = plain.removeprefix("人民币").removeprefix("¥").removesuffix("整").strip()
    suffix = next((s for s in _MONEY if plain.endswith(s)), "")
    number = number_of_text(plain.removesuffix(suffix))
    return None if number is None else times(number, _MONEY.get(suffix, bare))


def times(number: Decimal, factor: Decimal) -> Decimal:
    """Their product, exact."""
    return _EXACT.multiply(number, factor)


def _pretends(sign: str) -> bool:
    """Whether a sign is no figure and would become one when widths are unified: 5² is not 52."""
    return not sign.isascii() and not sign.isdecimal() and any(map(str.isdecimal, unified(sign)))


def rounded(number: Decimal, places: int) -> Decimal:
    """`number` itself if it has no more decimals than `places`, else rounded half up."""
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= -places:
        return number
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
