"""The result tabs of the master (workbooks.md §4): title, note, tables with one styled empty row beneath the header.

A run takes the style of every row from that first one, and lengthens the Excel table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_lianbing.addresses import column_letters
from xl_lianbing.glossary import Progress, ReceiptState, Selection, Severity, YesNo
from xl_lianbing.records.results import (
    CASE_POINTS,
    DISPATCH,
    FILE_POINTS,
    FINDINGS,
    MODEL_OFFICERS,
    MODEL_UNITS,
    OFFICER_POINTS,
    PUBLIC_NOTICE,
    PUBLICITY_DUTY,
    RANKING,
    READINGS,
    RECEIPTS,
    RUNS,
    SUMMARIES,
    TASKS,
    Field,
    Grid,
    Look,
    ResultTab,
)
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.workbooks.master.reading_chart import CHART_COLUMN_WIDTH, ROW_HEIGHT
from xl_lianbing.workbooks.master.sheet_setup import (
    LAST_MARKED_ROW,
    PROTECTION,
    mark,
    put,
    set_heading_heights,
    set_page,
)
from xl_lianbing.workbooks.styles import Formats, Palette

NOTE_CELL: Final = "A2"
#: Rows of the small grid 全省总数表 above the main one: cases, fines, major cases, key enterprises.
TOTALS_ROWS: Final = 4

_NOT_RUN_YET = "还没有数据：计算之后自动填写，请不要在本表录入。"
_LATER = {
    DISPATCH.name: "本表现在是空的：按期调度各单位办案进度的功能在以后的版本中提供，届时自动填写，不用手工录入。",
    PUBLICITY_DUTY.name: "本表现在是空的：统计宣传培训是否达标的功能在以后的版本中提供，届时自动填写，不用手工录入。",
}
_LOOKS: Final[Mapping[Look, tuple[str, ...]]] = {
    Look.TEXT: ("left",),
    Look.WRAPPED: ("left", "wrap", "small"),
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
#: Height in points of every row of a tab with wrapped texts: not every program fits rows itself.
_ROW_HEIGHTS = {
    RECEIPTS.name: 30,
    FINDINGS.name: 44,
    RANKING.name: 36,
    MODEL_UNITS.name: 36,
    OFFICER_POINTS.name: 36,
    MODEL_OFFICERS.name: 36,
    PUBLIC_NOTICE.name: 28,
    FILE_POINTS.name: 30,
    READINGS.name: ROW_HEIGHT,
    RUNS.name: 44,
}
#: Texts in columns up to this width are centred: 层级, 状态, 级别 …
_SHORT_TEXT = 11
#: A table wider than this (in characters) would be illegible on one page: it gets two, with the first columns on both.
_WIDEST_PAGE = 320
_REPEATED_COLUMNS = 3
#: Per cent at which a table of 口径台账 fits the width of a page.
_READING_SCALE = 48
#: Narrow looks are not made wider than this, so that the broad tabs stay legible on paper.
_NARROW = {Look.RANK: 7.5, Look.INTEGER: 11.0, Look.POINTS: 11.0, Look.RATIO: 11.0, Look.SHARE: 11.0}
#: (header, text in it, signal of the whole row), the strongest first.
_Marks = tuple[tuple[str, str, str], ...]
_SELECTION: _Marks = (
    ("状态", Selection.VETOED, "bad"),
    ("状态", Selection.TIED, "pending"),
    ("状态", Selection.SELECTED, "good"),
    ("状态", Selection.MISSING, "faint"),
)
_MARKS: Final[Mapping[str, _Marks]] = {
    RECEIPTS.name: (
        ("状态", ReceiptState.REFUSED, "bad"),
        ("状态", ReceiptState.DUPLICATE, "odd"),
        ("状态", ReceiptState.MISSING, "faint"),
    ),
    FINDINGS.name: (
        ("级别", Severity.BLOCKING, "bad"),
        ("级别", Severity.WARNING, "pending"),
        ("级别", Severity.NOTE, "faint"),
    ),
    RANKING.name: _SELECTION,
    MODEL_UNITS.name: _SELECTION,
    OFFICER_POINTS.name: _SELECTION,
    MODEL_OFFICERS.name: _SELECTION,
    DISPATCH.name: (("状态", "偏慢", "pending"), ("状态", Selection.MISSING, "faint")),
    PUBLICITY_DUTY.name: (("是否达标", YesNo.NO, "pending"),),
    READINGS.name: (("若改用其他口径名单是否变化", YesNo.YES, "pending"),),
    **{tab.name: (("计入", YesNo.NO, "faint"),) for tab in SUMMARIES.values()},
}
#: Tabs whose marks colour only one column instead of the row.
_ONE_COLUMN = {FINDINGS.name: "级别"}


def add_result_tab(workbook: Workbook, formats: Formats, tab: ResultTab, pack: RulePack) -> Worksheet:
    """Add a result tab with its tables, marks, page set-up and protection."""
    notice = tab is PUBLIC_NOTICE
    sheet = workbook.add_worksheet(tab.name)
    sheet.set_tab_color(Palette.TAB_RESULT)
    sheet.hide_gridlines(2)
    _write_heading(sheet, formats, tab, pack)
    for column, width in column_widths(tab).items():
        sheet.set_column(column - 1, column - 1, width)
    for grid in tab.grids:
        _add_grid(sheet, formats, pack, grid, centred=notice)
    if tab.name in _ROW_HEIGHTS:
        sheet.set_row(tab.grid.header_row, _ROW_HEIGHTS[tab.name])
    _add_marks(sheet, formats, tab)
    frozen = 0 if notice else _frozen_columns(tab.grid)
    sheet.freeze_panes(tab.grid.header_row, frozen)
    sheet.protect("", dict(PROTECTION))
    set_page(sheet, repeat=(tab.grid.header_row, tab.grid.header_row), portrait=notice)
    if tab is READINGS:
        _set_reading_page(sheet)
    elif sum(column_widths(tab).values()) > _WIDEST_PAGE:
        sheet.fit_to_pages(2, 0)
        sheet.repeat_columns(0, _REPEATED_COLUMNS - 1)
    if notice:
        sheet.center_horizontally()
    else:
        sheet.set_zoom(90)
    right = column_letters(max(g.first_column + len(g.fields) - 1 for g in tab.grids))
    sheet.ignore_errors({"number_stored_as_text": f"A1:{right}{LAST_MARKED_ROW}"})
    return sheet


def _set_reading_page(sheet: Worksheet) -> None:
    """The three tables of 口径台账 on pages of their own, the chart's column beside the ranges."""
    readings, ranges, values = READINGS.grids
    between = values.first_column - 2
    sheet.set_column(between, between, CHART_COLUMN_WIDTH)
    sheet.set_print_scale(_READING_SCALE)
    sheet.set_v_pagebreaks([ranges.first_column - 1, values.first_column - 1])


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


def _write_heading(sheet: Worksheet, formats: Formats, tab: ResultTab, pack: RulePack) -> None:
    note = _LATER.get(tab.name, _NOT_RUN_YET)
    if tab is not PUBLIC_NOTICE:
        put(sheet, 1, 1, tab.title, formats("title"))
        put(sheet, 2, 1, note, formats("hint"))
        set_heading_heights(sheet)
        return
    right = max(g.first_column + len(g.fields) for g in tab.grids) - 1
    heading = f"{pack.title}\n先进集体、先进个人候选名单公示"
    sheet.merge_range(0, 0, 0, right - 1, "", formats("notice_title", "wrap"))
    put(sheet, 1, 1, heading, formats("notice_title", "wrap"))
    sheet.set_row(0, 66)
    sheet.merge_range(1, 0, 1, right - 1, "", formats("hint", "center", "wrap"))
    put(sheet, 2, 1, note, formats("hint", "center", "wrap"))
    sheet.set_row(1, 30)


def _style(formats: Formats, field: Field, centred: bool) -> tuple[str, ...]:
    if centred:
        return ("cell", "center", "wrap")
    looks = ("center",) if field.look is Look.TEXT and field.width <= _SHORT_TEXT else _LOOKS[field.look]
    link = ("link",) if field.header == "单元格" else ()
    return ("cell", *looks, *link)


def _add_grid(sheet: Worksheet, formats: Formats, pack: RulePack, grid: Grid, *, centred: bool) -> None:
    rows = TOTALS_ROWS if grid == CASE_POINTS.grids[1] else 1
    header_format = formats("header", "header_required")
    last_column = grid.first_column + len(grid.fields) - 1
    top, left = grid.header_row - 1, grid.first_column - 1
    sheet.add_table(
        top,
        left,
        top + rows,
        last_column - 1,
        {
            "name": grid.name,
            "style": None,
            "autofilter": not centred and rows == 1,
            "columns": [{"header": field.header, "header_format": header_format} for field in grid.fields],
        },
    )
    for number in range(grid.header_row + 1, grid.header_row + rows + 1):
        for column, field in enumerate(grid.fields, grid.first_column):
            put(sheet, number, column, None, formats(*_style(formats, field, centred)))
    sheet.set_row(top, 34)


def _frozen_columns(grid: Grid) -> int:
    """Up to and with the unit or the person; nothing if that is far to the right."""
    for column, field in enumerate(grid.fields[:3], grid.first_column):
        if field.header in ("单位", "姓名"):
            return column
    return 0


def _add_marks(sheet: Worksheet, formats: Formats, tab: ResultTab) -> None:
    grid = tab.grid
    first = grid.header_row + 1
    left, right = column_letters(grid.first_column), column_letters(grid.first_column + len(grid.fields) - 1)
    if tab.name in _ONE_COLUMN:
        left = right = grid.letter(_ONE_COLUMN[tab.name])
    area = f"{left}{first}:{right}{LAST_MARKED_ROW}"
    if tab is RANKING:
        veto = f"${grid.letter('一票否决')}{first}"
        mark(sheet, area, f'=AND({veto}<>"",{veto}<>"{YesNo.NO}")', formats.signal("bad"))
    for header, text, signal in _MARKS.get(tab.name, ()):
        mark(sheet, area, f'=${grid.letter(header)}{first}="{text}"', formats.signal(signal))
    if tab is READINGS:
        ranges = READINGS.grids[1]
        spot = f"{ranges.letter('名单是否会变')}{first}:{ranges.letter('使名单变化的口径')}{LAST_MARKED_ROW}"
        mark(sheet, spot, f'=${ranges.letter("名单是否会变")}{first}="{YesNo.YES}"', formats.signal("pending"))
    if tab is TASKS:
        state = f"${grid.letter('完成情况')}{first}"
        mark(sheet, area, f'={state}="{Progress.DONE}"', formats.signal("good"))
