"""The result tabs of the master: title, note, tables with one styled empty row beneath the header.

A run takes the style of every row from that first one, and lengthens the Excel table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_lianbing.addresses import column_letters
from xl_lianbing.records.results import Field, Grid, Look, ResultTab
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.workbooks.master.sheet_setup import (
    LAST_MARKED_ROW,
    PROTECTION,
    colour,
    put,
    set_heading_heights,
    set_page,
)
from xl_lianbing.workbooks.styles import Formats, Palette

_LOOKS: Final[Mapping[Look, tuple[str, ...]]] = {
    Look.TEXT: ("left",),
    Look.WRAPPED: ("left", "wrap", "small"),
    Look.LINK: ("center", "link"),
    Look.INTEGER: ("integer",),
    Look.RANK: ("integer", "strong"),
    Look.POINTS: ("points", "figure"),
    Look.RATIO: ("ratio", "figure"),
    Look.SHARE: ("percent", "figure"),
    Look.MONEY: ("money", "figure"),
    Look.NUMBER: ("number", "figure"),
    Look.DATE: ("date",),
    Look.TIME: ("time",),
}
#: Texts in columns up to this width are centred: 层级, 状态, 级别 …
_SHORT_TEXT = 11
#: A table wider than this (in characters) would be illegible on one page: it gets two, with the first columns on both.
_WIDEST_PAGE = 320
_REPEATED_COLUMNS = 3
_NOTICE: Final = "先进集体、先进个人候选名单公示"
#: Narrow looks are not made wider than this, so that the broad tabs stay legible on paper.
_NARROW = {Look.RANK: 7.5, Look.INTEGER: 11.0, Look.POINTS: 11.0, Look.RATIO: 11.0, Look.SHARE: 11.0}


def add_result_tab(
    workbook: Workbook, formats: Formats, tab: ResultTab, pack: RulePack, campaign: str = ""
) -> Worksheet:
    """Add a result tab with its tables, marks, page set-up and protection.

    `campaign`: the formula of its name, in a workbook that has 规则; the heading of a notice follows it.
    """
    sheet = workbook.add_worksheet(tab.name)
    sheet.set_tab_color(Palette.TAB_RESULT)
    sheet.hide_gridlines(2)
    _write_heading(sheet, formats, tab, pack, campaign)
    for column, width in column_widths(tab).items():
        sheet.set_column(column - 1, column - 1, width)
    for grid in tab.grids:
        _add_grid(sheet, formats, grid, centred=tab.notice)
    if tab.row_height:
        sheet.set_row(tab.grid.header_row, tab.row_height)
    for grid in tab.grids:
        _add_marks(sheet, formats, grid)
    sheet.freeze_panes(tab.grid.header_row, 0 if tab.notice else _frozen_columns(tab.grid))
    sheet.protect("", dict(PROTECTION))
    _set_pages(sheet, tab)
    if not tab.notice:
        sheet.set_zoom(90)
    right = column_letters(max(grid.last_column for grid in tab.grids))
    sheet.ignore_errors({"number_stored_as_text": f"A1:{right}{LAST_MARKED_ROW}"})
    return sheet


def _set_pages(sheet: Worksheet, tab: ResultTab) -> None:
    set_page(sheet, repeat=(tab.grid.header_row, tab.grid.header_row), portrait=tab.notice)
    if tab.scale:
        sheet.set_print_scale(tab.scale)
        sheet.set_v_pagebreaks([grid.first_column - 1 for grid in tab.grids[1:]])
    elif sum(column_widths(tab).values()) > _WIDEST_PAGE:
        sheet.fit_to_pages(2, 0)
        sheet.repeat_columns(0, _REPEATED_COLUMNS - 1)
    if tab.notice:
        sheet.center_horizontally()


def column_widths(tab: ResultTab) -> dict[int, float]:
    """Width of each column (1-based): the widest that a grid asks for; the last text of a small grid may run over."""
    widths: dict[int, float] = {}
    for grid in tab.grids:
        small = grid is not tab.grid and grid.first_column == tab.grid.first_column
        for index, field in enumerate(grid.fields):
            if small and index == len(grid.fields) - 1:
                continue
            column = grid.first_column + index
            # room for the header with its filter arrow, on two lines at most
            least = 2 * ((len(field.header) + 1) // 2 if len(field.header) > 5 else len(field.header)) + 4
            widths[column] = max(widths.get(column, 0), min(field.width, _NARROW.get(field.look, field.width)), least)
    return widths


def _write_heading(sheet: Worksheet, formats: Formats, tab: ResultTab, pack: RulePack, campaign: str) -> None:
    if not tab.notice:
        put(sheet, 1, 1, tab.title, formats("title"))
        duties = [(pack.by_key[key], text) for key, text in tab.duties if key in pack.by_key]
        if duties:
            formula = "&".join([f'"{tab.note}"', *(_told(text, value.name) for value, text in duties)])
            told = tab.note + "".join(text.format(value.value) for value, text in duties)
            sheet.write_formula(1, 0, f"={formula}", formats("hint"), told)
        else:
            put(sheet, 2, 1, tab.note, formats("hint"))
        set_heading_heights(sheet)
        return
    right = max(grid.last_column for grid in tab.grids)
    heading = f"{pack.title}\n{_NOTICE}"
    sheet.merge_range(0, 0, 0, right - 1, "", formats("notice_title", "wrap"))
    named = campaign or f'"{pack.title}"'
    sheet.write_formula(0, 0, f'={named}&CHAR(10)&"{_NOTICE}"', formats("notice_title", "wrap"), heading)
    sheet.set_row(0, 66)
    sheet.merge_range(1, 0, 1, right - 1, "", formats("hint", "center", "wrap"))
    put(sheet, 2, 1, tab.note, formats("hint", "center", "wrap"))
    sheet.set_row(1, 30)


def _told(text: str, name: str) -> str:
    """A duty as part of a formula: its words around the named cell of 规则."""
    before, after = text.split("{}")
    return f'"{before}"&{name}&"{after}"'


def _style(field: Field, centred: bool) -> tuple[str, ...]:
    if centred:
        return ("cell", "center", "wrap")
    short = field.look is Look.TEXT and field.width <= _SHORT_TEXT
    return ("cell", *(("center",) if short else _LOOKS[field.look]))


def _add_grid(sheet: Worksheet, formats: Formats, grid: Grid, *, centred: bool) -> None:
    rows = grid.fixed_rows or 1
    header_format = formats("header", "header_required")
    top, left = grid.header_row - 1, grid.first_column - 1
    sheet.add_table(
        top,
        left,
        top + rows,
        grid.last_column - 1,
        {
            "name": grid.name,
            "style": None,
            "autofilter": not (centred or grid.fixed_rows),
            "columns": [{"header": field.header, "header_format": header_format} for field in grid.fields],
        },
    )
    for number in range(grid.header_row + 1, grid.header_row + rows + 1):
        for column, field in enumerate(grid.fields, grid.first_column):
            put(sheet, number, column, None, formats(*_style(field, centred)))
    sheet.set_row(top, 34)


def _frozen_columns(grid: Grid) -> int:
    """Up to and with the unit or the person; nothing if that is far to the right."""
    for column, field in enumerate(grid.fields[:3], grid.first_column):
        if field.header in ("单位", "姓名"):
            return column
    return 0


def _add_marks(sheet: Worksheet, formats: Formats, grid: Grid) -> None:
    row = grid.header_row + 1
    for mark in grid.marks:
        first = grid.letter(mark.first) if mark.first else column_letters(grid.first_column)
        last = grid.letter(mark.last) if mark.last else column_letters(grid.last_column)
        cell = f"${grid.letter(mark.header)}{row}"
        rule = f'=AND({cell}<>"",{cell}<>"{mark.text}")' if mark.but else f'={cell}="{mark.text}"'
        colour(sheet, f"{first}{row}:{last}{LAST_MARKED_ROW}", rule, formats.signal(mark.signal))
