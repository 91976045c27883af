"""What all tabs of the master share: page set-up, protection, and how a typed or given value becomes a cell."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xl_lianbing.exact import Fraction

#: Data validation, filters and marks of the input tabs reach down to here; a paste of 100,000 rows stays inside.
LAST_INPUT_ROW: Final = 200_000
#: Marks (conditional formats) of the result tabs reach down to here.
LAST_MARKED_ROW: Final = 20_000

#: What stays allowed on a protected tab (no password: whoever must, can lift it).
PROTECTION: Final[Mapping[str, bool]] = {
    "sort": True,
    "autofilter": True,
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}

_PAPER_A4 = 9
_LINE_POINTS = 15.0
_MOST_POINTS = 400.0


def set_page(
    sheet: Worksheet, *, repeat: tuple[int, int] | None = None, portrait: bool = False, one_page: bool = False
) -> None:
    """A4, one page wide, footer with the tab's name and page numbers.

    Args:
        sheet: the tab.
        repeat: first and last row (1-based) printed at the top of every page.
        portrait: upright; otherwise landscape.
        one_page: fit the height on one page as well.
    """
    sheet.set_paper(_PAPER_A4)
    if portrait:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 1 if one_page else 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer("&L&9&F&C&9&A&R&9第 &P 页，共 &N 页")
    if repeat:
        sheet.repeat_rows(repeat[0] - 1, repeat[1] - 1)


def set_heading_heights(sheet: Worksheet) -> None:
    """Room for the title in row 1 and the help in row 2."""
    sheet.set_row(0, 28)
    sheet.set_row(1, 20)


def row_height(cells: Iterable[tuple[str, float]]) -> float:
    """Points that a row of wrapped texts needs, from (text, width of its column): not every program fits rows."""
    lines = 1
    for text, width in cells:
        fits = max(width - 1.5, 1.0)
        lines = max(lines, sum(max(1, math.ceil(_width(line) / fits)) for line in text.split("\n")))
    return min(lines * _LINE_POINTS + 4, _MOST_POINTS)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def put(sheet: Worksheet, row: int, column: int, value: object, cell_format: Format) -> None:
    """Write a value at a 1-based place; text stays text whatever it begins with. Raises TypeError for other types."""
    at = (row - 1, column - 1)
    match value:
        case None | "":
            sheet.write_blank(*at, None, cell_format)
        case str():
            sheet.write_string(*at, str(value), cell_format)
        case bool():
            sheet.write_boolean(*at, value, cell_format)
        case int() | float() | Decimal() | Fraction():
            sheet.write_number(*at, float(value), cell_format)
        case datetime() | date():
            sheet.write_datetime(*at, value, cell_format)
        case _:
            raise TypeError(f"a cell cannot hold {type(value).__name__}: {value!r}")


def colour(sheet: Worksheet, area: str, formula: str, cell_format: Format) -> None:
    """A conditional format by formula (written for the first row of the area)."""
    options: dict[str, Any] = {"type": "formula", "criteria": formula, "format": cell_format}
    sheet.conditional_format(area, options)
