"""Values as the XML text of SpreadsheetML cells (ECMA-376 part 1, 18.3.1.4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import NoneType
from typing import NamedTuple

from xl_lianbing.addresses import column_letters
from xl_lianbing.exact import Fraction
from xl_lianbing.excel.values import Cell, Formula, Value

MAX_TEXT = 32_767
"""Most characters of a cell, counted by Excel in UTF-16 code units."""
MAX_FORMULA = 8_192

_EXACT_INT = 2**53
_EPOCH_1900 = date(1899, 12, 30).toordinal()
_EPOCH_1904 = date(1904, 1, 1).toordinal()
_FALSE_LEAP_DAY = 60
"""Excel counts a 29 February 1900."""
_DAY = 86_400_000_000
_ELLIPSIS = "…"
_RISKY = re.compile("[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MARKS = ("&", "<", ">", "_x")
_PRESERVED = ' xml:space="preserve"'
_SURROGATE = re.compile("[\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NO_NUMBERS = ("nan", "inf", "-inf")
_BLANK = (None, "")
_FIGURES = frozenset("0123456789.-")
_CACHE_ENTRIES = 16_384
_CACHE_LENGTH = 40

Pen = tuple[str, str, str, str]
"""The fixed text of one column: before the row number; after it for text, for a number, for a blank."""


class Run(NamedTuple):
    """The cells of a column in many rows: a text with `%s` for each of `fills`, from each of which a row takes one."""

    text: str
    fills: tuple[Sequence[object], ...]


def storable(text: str) -> str:
    """The text as a cell can hold it: no forbidden characters, line breaks as ``\\n``, cut to ``MAX_TEXT``."""
    text = _SURROGATE.sub("\ufffd", _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    if len(text) > MAX_TEXT // 2:
        units = text.encode("utf-16-le")
        if len(units) > 2 * MAX_TEXT:
            text = units[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore") + _ELLIPSIS
    return text


def _doubled(text: str) -> str:
    return text.replace("%", "%%")


def _is_plain(text: str) -> bool:
    """Whether nothing in a text needs to be escaped. (Most blanks and control characters are not printable.)"""
    return text.isprintable() and not any(mark in text for mark in _MARKS)


def _markup(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape(text: str) -> str:
    """A text as the content of an element that Excel reads with ``_xHHHH_`` escapes (ST_Xstring)."""
    if len(text) > MAX_TEXT // 2 or _RISKY.search(text):
        return _markup(_LOOKS_ESCAPED.sub("_x005F_", storable(text)))
    return text


def number_text(value: int | float | Decimal | Fraction) -> str:
    """Shortest text that reads back as the same double. Raises ValueError for nan, infinity, and out of range."""
    if isinstance(value, int) and -_EXACT_INT <= value <= _EXACT_INT:
        return int.__repr__(value)
    try:
        text = repr(float(value))
    except OverflowError as error:
        raise ValueError(f"too large for a cell: {value!r}") from error
    if text.endswith(".0"):
        return text[:-2] if text != "-0.0" else "0"
    if text in _NO_NUMBERS:
        raise ValueError(f"not a number a cell can hold: {value!r}")
    return text


def _decimals(values: Sequence[Cell]) -> list[str | None]:
    """Decimals as they write themselves; [] if one of them needs an exponent or is no number."""
    texts = [str(v) if v is not None else None for v in values]
    return texts if set("".join(filter(None, texts))) <= _FIGURES else []


def serial(value: date, date1904: bool) -> str | None:
    """Serial day number of a date; None if it lies before the workbook's calendar begins."""
    day = value.toordinal() - (_EPOCH_1904 if date1904 else _EPOCH_1900)
    if not date1904 and day <= _FALSE_LEAP_DAY:
        day -= 1
    if day < (0 if date1904 else 1):
        return None
    if not isinstance(value, datetime):
        return str(day)
    if value.tzinfo is not None:
        raise ValueError(f"a cell holds no time zone: {value!r}")
    microseconds = (value - datetime(value.year, value.month, value.day)) // timedelta(microseconds=1)
    return number_text(day + Fraction(microseconds, _DAY)) if microseconds else str(day)


class CellWriter:
    """Writes the cells of one sheet.

    prefix: the sheet's namespace prefix with its colon (``"x:"``) or ``""``; date1904: the workbook's date system.
    """

    def __init__(self, prefix: str = "", *, date1904: bool = False) -> None:
        self._p = prefix
        self._date1904 = date1904
        self._texts: dict[str, str] = {}

    def cell(self, row: int, column: int, style: str, value: Cell) -> str:
        """One ``<c>``; ``style`` is the value of the attribute ``s`` or empty."""
        return self.row_function([self.pen(column, style)])(row, (value,)) or self._blank(row, column)

    def _blank(self, row: int, column: int) -> str:
        return f'<{self._p}c r="{column_letters(column)}{row}"/>'

    def pen(self, column: int, style: str) -> Pen:
        p, attribute = self._p, f' s="{style}"' if style else ""
        return (
            f'<{p}c r="{column_letters(column)}',
            f'"{attribute} t="inlineStr"><{p}is><{p}t{_PRESERVED}>',
            f'"{attribute}',
            f'"{attribute}/>' if style else "",
        )

    def row_function(self, pens: Sequence[Pen]) -> Callable[[int, Sequence[Cell]], str]:
        """A function (row number, values) → the cells of that row; blanks in unstyled columns are left out."""
        p, texts, other = self._p, self._texts, self._other
        text_end, number_end = f"</{p}t></{p}is></{p}c>", f"</{p}v></{p}c>"
        number_start, cell_end = f"><{p}v>", f"</{p}c>"
        width = len(pens)
        first_plain_day = _FALSE_LEAP_DAY + 1
        epoch = _EPOCH_1904 if self._date1904 else _EPOCH_1900

        def render(number: int, values: Sequence[Cell]) -> str:
            row = str(number)
            count = len(values)
            if count != width:
                if count > width:
                    raise ValueError(f"a row of {count} values for {width} columns")
                values = [*values, *[None] * (width - count)]
            out = []
            for (head, text_open, after, blank), value in zip(pens, values, strict=True):
                kind = type(value)
                if kind is str:
                    text = texts.get(value)  # type: ignore[arg-type]
                    if text is None:
                        text = self._text(value)  # type: ignore[arg-type]
                    if text:
                        out.append(f"{head}{row}{text_open}{text}{text_end}")
                    elif blank:
                        out.append(f"{head}{row}{blank}")
                elif value is None:
                    if blank:
                        out.append(f"{head}{row}{blank}")
                elif kind is date and (day := value.toordinal() - epoch) >= first_plain_day:  # type: ignore[union-attr]
                    out.append(f"{head}{row}{after}{number_start}{day}{number_end}")
                elif kind is int or kind is float or kind is Decimal:
                    out.append(f"{head}{row}{after}{number_start}{number_text(value)}{number_end}")  # type: ignore[arg-type]
                else:
                    type_attribute, content = other(value)
                    if content:
                        out.append(f"{head}{row}{after}{type_attribute}>{content}{cell_end}")
                    elif blank:
                        out.append(f"{head}{row}{blank}")
            return "".join(out)

        return render

    def column(self, pen: Pen, rows: Sequence[str], values: Sequence[Cell]) -> Run:
        """The cells of one column in the rows with those numbers; '' for a blank in an unstyled column."""
        head, text_open, after, blank = pen
        kinds = set(map(type, values))
        if kinds <= {NoneType}:
            return Run(f"{_doubled(head)}%s{_doubled(blank)}", (rows,)) if blank else Run("", ())
        text_end, number_end = f"</{self._p}t></{self._p}is></{self._p}c>", f"</{self._p}v></{self._p}c>"
        number_open = f"{after}><{self._p}v>"
        contents: Sequence[object] | None = None
        opening, ending = number_open, number_end
        if kinds <= {str, NoneType}:
            opening, ending = text_open, text_end
            texts: list[str] = [v for v in values if v]  # type: ignore[misc]
            together = "".join(texts)
            if max(map(len, texts), default=0) <= MAX_TEXT // 2 and _is_plain(together):
                contents = values
                if " " not in together:
                    opening = text_open.replace(_PRESERVED, "")
                kinds = kinds if len(texts) == len(values) else {NoneType}
        elif kinds <= {date, NoneType} and not self._date1904:
            days = [v.toordinal() - _EPOCH_1900 if v is not None else None for v in values]  # type: ignore[union-attr]
            if min(d for d in days if d is not None) > _FALSE_LEAP_DAY:
                contents = days
        elif kinds <= {Decimal, NoneType} and (written := _decimals(values)):
            contents = written
        elif kinds <= {int, float, Decimal, NoneType}:
            contents = [number_text(v) if v is not None else None for v in values]  # type: ignore[arg-type]
        if contents is None:
            render = self.row_function([pen])
            return Run("%s", ([render(int(row), (value,)) for row, value in zip(rows, values, strict=True)],))
        if NoneType not in kinds:
            return Run(f"{_doubled(head)}%s{_doubled(opening)}%s{_doubled(ending)}", (rows, contents))
        cells = [
            f"{head}{row}{opening}{content}{ending}"
            if content not in _BLANK
            else f"{head}{row}{blank}"
            if blank
            else ""
            for row, content in zip(rows, contents, strict=True)
        ]
        return Run("%s", (cells,))

    def _text(self, value: str) -> str:
        text = escape(value)
        if len(value) <= _CACHE_LENGTH and len(self._texts) < _CACHE_ENTRIES:
            self._texts[value] = text
        return text

    def _other(self, value: Cell) -> tuple[str, str]:
        """(attribute ``t`` with a leading space, content of the cell) of any value."""
        p = self._p
        if isinstance(value, Formula):
            kind, cached = self._cached(value.value)
            if len(value.text) > MAX_FORMULA:
                raise ValueError(f"a formula of {len(value.text)} characters: {value.text[:80]!r}…")
            formula = _markup(storable(value.text))
            return kind, f"<{p}f>{formula}</{p}f>" + (f"<{p}v>{cached}</{p}v>" if cached is not None else "")
        kind, content = self._cached(value)
        if not content:
            return "", ""
        if kind == ' t="str"':
            return ' t="inlineStr"', f"<{p}is><{p}t{_PRESERVED}>{content}</{p}t></{p}is>"
        return kind, f"<{p}v>{content}</{p}v>"

    def _cached(self, value: Value) -> tuple[str, str | None]:
        if value is None:
            return "", None
        if isinstance(value, str):
            return ' t="str"', escape(str.__str__(value))
        if isinstance(value, bool):
            return ' t="b"', "1" if value else "0"
        if isinstance(value, date):
            day = serial(value, self._date1904)
            return (' t="str"', value.isoformat()) if day is None else ("", day)
        if isinstance(value, (int, float, Decimal, Fraction)):
            return "", number_text(value)
        raise TypeError(f"a cell cannot hold {type(value).__name__}: {value!r}")
