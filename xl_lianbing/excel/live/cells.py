"""Values as they are handed to the cells of an open workbook, and back.

A live cell takes everything as if it were typed: `007` becomes 7, `3-1` a date, `=A1` a formula. So text that could be
anything else is marked with an apostrophe, and only a Formula is handed over with its `=`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from xl_lianbing.exact import Fraction
from xl_lianbing.excel.ooxml.sheet.cell_xml import MAX_FORMULA, MAX_TEXT, number_text, serial, storable
from xl_lianbing.excel.values import Cell, Formula, Value

Typed = str | float | bool

_NUMERALS: Final = r"\d〇零一二三四五六七八九十百千万亿½¼¾"
# Begins with a letter and holds no digit in any script, nor a Chinese numeral: 二〇一七年 is a date to a Chinese Excel.
_SAFE: Final = re.compile(rf"[^\W_{_NUMERALS}][^{_NUMERALS}]*", re.DOTALL)
_LOGICAL: Final = frozenset({"TRUE", "FALSE"})
_MARK: Final = "'"


def typed_text(text: str) -> str:
    """The text so that a cell keeps it as text."""
    text = storable(text)
    if not text or (_SAFE.fullmatch(text) and text.upper() not in _LOGICAL):
        return text
    return _MARK + text[: MAX_TEXT - 1]


def typed(value: Cell, *, date1904: bool = False) -> Typed:
    """What to hand over for a value; dates as their number, which the column's format shows as a date.

    Raises ValueError for a number that no cell can hold or a formula that is too long, TypeError for other types.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return typed_text(str.__str__(value))
    if isinstance(value, Formula):
        if len(value.text) > MAX_FORMULA:
            raise ValueError(f"a formula of {len(value.text)} characters: {value.text[:80]!r}…")
        return "=" + storable(value.text)
    if isinstance(value, bool):
        return value
    if isinstance(value, date):
        day = serial(value, date1904)
        return typed_text(value.isoformat()) if day is None else float(day)
    if isinstance(value, int | float | Decimal | Fraction):
        return float(number_text(value))
    raise TypeError(f"a cell cannot hold {type(value).__name__}: {value!r}")


def typed_row(row: Sequence[Cell], width: int, *, date1904: bool = False) -> tuple[Typed, ...]:
    """A row filled with blanks up to `width`. Raises ValueError if it is longer."""
    if len(row) > width:
        raise ValueError(f"a row of {len(row)} values for {width} columns")
    return (*(typed(value, date1904=date1904) for value in row), *[""] * (width - len(row)))


def as_was(value: object, formula: object) -> Cell:
    """The cell that shows `value` and in which `formula` was typed, so that it can be written again."""
    if isinstance(formula, str) and formula.startswith("=") and formula != value:
        return Formula(formula[1:])
    return plain(value)


def plain(value: object) -> Value:
    """What an engine read, in the program's own types; blanks are None."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | str | int | Decimal):
        return value
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value.is_integer() else value
    return str(value)
