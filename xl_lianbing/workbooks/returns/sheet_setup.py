"""What all sheets of a return have in common: paper, page header and footer, protection."""

from __future__ import annotations

from typing import Final

from xlsxwriter.worksheet import Worksheet

from xl_lianbing.workbooks.styles import FONT

_A4: Final = 9

#: No password: protection keeps from mistakes, not from people.
_ALLOWED: Final = {
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "insert_hyperlinks": True,
    "sort": True,
    "autofilter": True,
}


def protect(sheet: Worksheet) -> None:
    """Lock what is not the user's; sorting, filtering, rows and column widths stay free."""
    sheet.protect("", dict(_ALLOWED))


def set_up_page(sheet: Worksheet, left: str, right: str, repeat_header_row: int | None = None) -> None:
    """A4 landscape, one page wide, `left` and `right` on top, page x of y below.

    Args:
        repeat_header_row: the row (0-based) printed on top of every page.
    """
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.center_horizontally()
    font = f'&9&"{FONT},Regular"'
    sheet.set_header(f"&L{font}{_plain(left)}&R{font}{_plain(right)}", {"margin": 0.35})
    sheet.set_footer(f"&C{font}第 &P 页，共 &N 页", {"margin": 0.3})
    if repeat_header_row is not None:
        sheet.repeat_rows(repeat_header_row)


def _plain(text: str) -> str:
    return text.replace("&", "&&")
