"""A table sheet of a return: title, hint, 必填/选填, header, and then nothing but the user's rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from xl_lianbing.records.column import Record
from xl_lianbing.records.returns import INSTRUCTIONS_SHEET, TaskProgress
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.workbooks.returns import layout as layout
from xl_lianbing.workbooks.returns.doubts import doubts_of
from xl_lianbing.workbooks.returns.sheet_setup import protect, set_up_page
from xl_lianbing.workbooks.styles import Formats, Palette, type_fragment
from xl_lianbing.workbooks.validation import data_validation

REQUIRED_MARK: Final = "必填"
OPTIONAL_MARK: Final = "选填"

#: Characters: a wider sheet prints on two pages side by side, or nobody could read it.
_MOST_WIDTH_OF_A_PAGE = 240

_DATA = "表头下一行起填，一行一件；没有的整张表空着。"
_TASKS = "任务已预先填好，只填“完成情况”及后面各列。"


def write_table(
    workbook: Workbook,
    formats: Formats,
    record: type[Record],
    pack: RulePack,
    unit: str,
    rows: Sequence[Sequence[object]],
) -> None:
    """Add the sheet of a record with these rows (values in the order of its columns)."""
    sheet = workbook.add_worksheet(record.sheet)
    sheet.set_tab_color(Palette.TAB_INPUT)
    sheet.hide_gridlines(2)
    _write_head(sheet, formats, record, pack)
    extent = layout.extent_cell(record).replace("$", "")
    sheet.write_formula(extent, layout.extent_formula(record), formats("unseen"), layout.extent_of(record, rows))
    _set_columns(sheet, formats, record, pack)
    _add_signals(sheet, formats, record, pack)
    widths = _widths(record, pack)
    _write_rows(sheet, _column_formats(formats, record), widths, rows)

    last_column = len(record.columns()) - 1
    sheet.autofilter(layout.HEADER_ROW, 0, layout.LAST_ROW, last_column)
    sheet.freeze_panes(layout.FIRST_ROW, layout.frozen_columns(record))
    sheet.set_selection(layout.FIRST_ROW, layout.data_start(record), layout.FIRST_ROW, layout.data_start(record))
    sheet.ignore_errors({"number_stored_as_text": f"A{layout.FIRST_ROW + 1}:{xl_col_to_name(last_column)}1048576"})
    set_up_page(sheet, unit or pack.title, f"{record.sheet}（{pack.year}年）", layout.HEADER_ROW)
    if _is_wide(widths):
        sheet.fit_to_pages(2, 0)
        sheet.print_across()
        sheet.repeat_columns(0, layout.frozen_columns(record) - 1)
    protect(sheet)


def write_cell(sheet: Worksheet, row: int, column: int, value: object, cell_format: Format) -> None:
    """Write a value as what it is; text stays text whatever it begins with."""
    if value is None:
        sheet.write_blank(row, column, None, cell_format)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value, cell_format)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime.combine(value, time.min), cell_format)
    elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        sheet.write_number(row, column, value, cell_format)
    else:
        sheet.write_string(row, column, str(value), cell_format)


def _widths(record: type[Record], pack: RulePack) -> list[float]:
    return [layout.fitted_width(column, pack.header(column.header)) for column in record.columns().values()]


def _is_wide(widths: Sequence[float]) -> bool:
    return sum(widths) > _MOST_WIDTH_OF_A_PAGE


def _write_head(sheet: Worksheet, formats: Formats, record: type[Record], pack: RulePack) -> None:
    columns = list(pack.columns(record).values())
    sheet.set_row(layout.TITLE_ROW, 28)
    sheet.set_row(layout.HINT_ROW, 16)
    sheet.set_row(layout.MARK_ROW, 14)
    sheet.set_row(layout.HEADER_ROW, 36)
    for row in (layout.TITLE_ROW, layout.HINT_ROW):
        for place in range(len(columns)):
            sheet.write_blank(row, place, None, formats("hint"))
    sheet.write_url(
        layout.TITLE_ROW, 0, f"internal:'{INSTRUCTIONS_SHEET}'!A1", formats("hint", "link"), "返回", "回到填报说明"
    )
    sheet.write_string(layout.TITLE_ROW, 1, record.title, formats("title"))
    # On paper the frozen columns of a wide sheet are repeated and would clip a text that begins in them.
    hint_column = layout.frozen_columns(record) if _is_wide(_widths(record, pack)) else 1
    sheet.write_string(layout.HINT_ROW, hint_column, _hint(record, pack), formats("hint"))
    for place, column in enumerate(columns):
        kind = "required" if column.required else "optional"
        mark = REQUIRED_MARK if column.required else OPTIONAL_MARK
        sheet.write_string(layout.MARK_ROW, place, mark, formats(f"mark_{kind}"))
        sheet.write_string(layout.HEADER_ROW, place, pack.header(column.header), formats("header", f"header_{kind}"))


def _hint(record: type[Record], pack: RulePack) -> str:
    parts = [_TASKS if record is TaskProgress and pack.tasks else _DATA, "黄色：必填还没填。"]
    if record.key:
        parts.append("红色：重复。")
    if dated := layout.period(record, pack):
        header = pack.header(record.columns()[dated[0]].header)
        parts.append(f"橙色：存疑，或{header}不在统计期内（{dated[1].start:%Y-%m-%d} 至 {dated[1].end:%Y-%m-%d}）。")
    return "".join(parts)


def _set_columns(sheet: Worksheet, formats: Formats, record: type[Record], pack: RulePack) -> None:
    """Whole columns are formatted, unlocked and (down to the last row prepared) validated."""
    dated = layout.period(record, pack)
    columns = pack.columns(record)
    for place, ((field, column), cell_format) in enumerate(
        zip(columns.items(), _column_formats(formats, record), strict=True)
    ):
        header = pack.header(column.header)
        note = layout.period_note(dated[1]) if dated and dated[0] == field else ""
        sheet.set_column(place, place, layout.fitted_width(column, header), cell_format)
        sheet.data_validation(layout.FIRST_ROW, place, layout.LAST_ROW, place, data_validation(column, header, note))
    # Rows can be deleted on a protected sheet only if none of their cells is locked.
    # XlsxWriter takes formatted columns for used ones: the extent of the sheet stays that of its cells.
    extent = sheet.dim_colmax
    sheet.set_column(len(columns), layout.LAST_COLUMN, None, formats("unlocked"))
    sheet.dim_colmax = extent


def _column_formats(formats: Formats, record: type[Record]) -> list[Format]:
    return [formats("cell", type_fragment(column), "unlocked") for column in record.columns().values()]


def _add_signals(sheet: Worksheet, formats: Formats, record: type[Record], pack: RulePack) -> None:
    columns = pack.columns(record)
    first = layout.FIRST_ROW + 1
    keys = layout.key_positions(record)
    if keys:
        same = "*".join(f"({_used(record, k)}=${xl_col_to_name(k)}{first})" for k in keys)
        filled = "*".join(f"LEN(${xl_col_to_name(k)}{first})" for k in keys)
        counted = f"SUMPRODUCT(--{same})" if len(keys) == 1 else f"SUMPRODUCT({same})"
        _signal(sheet, formats.signal("duplicate"), keys, f"=IF({filled}=0,FALSE,{counted}>1)")

    for doubt in doubts_of(record, pack):
        if not doubt.elsewhere:
            cell = f"${xl_col_to_name(doubt.column)}{first}"
            odd = f"=IF(LEN({cell})=0,FALSE,{doubt.condition(cell, _used(record, doubt.column))}>0)"
            _signal(sheet, formats.signal("odd"), [doubt.column], odd)

    start = layout.data_start(record)
    required = [i for i, column in enumerate(columns.values()) if column.required]
    row = f"${xl_col_to_name(start)}{first}:${xl_col_to_name(len(columns) - 1)}{first}"
    cell = f"{xl_col_to_name(required[0])}{first}"
    _signal(sheet, formats.signal("missing"), required, f"=IF(LEN(TRIM({cell}))>0,FALSE,COUNTA({row})>0)")
    for at, telling, values in layout.wanted_when(record, pack):
        told = ",".join(f'TRIM(${xl_col_to_name(telling)}{first})="{value}"' for value in values)
        _signal(
            sheet,
            formats.signal("missing"),
            [at],
            f"=IF(LEN(TRIM(${xl_col_to_name(at)}{first}))>0,FALSE,OR({told}))",
        )


def _used(record: type[Record], place: int) -> str:
    """The cells of a column of this sheet as far as the table is filled."""
    return f"OFFSET({layout.header_cell(place)},1,0,{layout.extent_cell(record)},1)"


def _signal(sheet: Worksheet, signal: Format, places: Sequence[int], formula: str) -> None:
    options: dict[str, Any] = {"type": "formula", "criteria": formula, "format": signal}
    if len(places) > 1:
        options["multi_range"] = " ".join(layout.area(place) for place in places)
    sheet.conditional_format(layout.FIRST_ROW, places[0], layout.LAST_ROW, places[0], options)


def _write_rows(
    sheet: Worksheet, formats: Sequence[Format], widths: Sequence[float], rows: Sequence[Sequence[object]]
) -> None:
    """Write rows; those whose texts need more than a line get the height for it (not every program fits it itself)."""
    for number, row in enumerate(rows, layout.FIRST_ROW):
        lines = 1
        for place, value in enumerate(row):
            write_cell(sheet, number, place, value, formats[place])
            if isinstance(value, str) and 2 * len(value) > widths[place] - 1:
                lines = max(lines, layout.lines_needed(value, widths[place]))
        if lines > 1:
            sheet.set_row(number, layout.row_height(lines))
