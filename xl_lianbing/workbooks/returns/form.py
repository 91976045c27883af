"""A form sheet of a return: 项目 / 填写内容 / 说明, one item a row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from xlsxwriter import Workbook

from xl_lianbing.records.column import CellType, Column, Record
from xl_lianbing.records.returns import INSTRUCTIONS_SHEET
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.workbooks.returns import layout as layout
from xl_lianbing.workbooks.returns.sheet_setup import protect, set_up_page
from xl_lianbing.workbooks.returns.table import OPTIONAL_MARK, REQUIRED_MARK, write_cell
from xl_lianbing.workbooks.styles import Formats, Palette, type_fragment
from xl_lianbing.workbooks.validation import data_validation, type_hint

FORM_HEADERS: Final = ("项目", "填写内容", "说明")
ITEM_COLUMN: Final = 0
CONTENT_COLUMN: Final = layout.CONTENT_COLUMN
NOTE_COLUMN: Final = 2

_WIDTHS = (22, 58, 62)
_PREFILLED_NOTE = "已预先填好，不用填。"
_ROW_HEIGHT = 24
_LONG_TEXT_HEIGHT = 200


def write_form(
    workbook: Workbook,
    formats: Formats,
    record: type[Record],
    pack: RulePack,
    unit: str,
    values: Sequence[object],
    locked: Collection[str] = (),
) -> None:
    """Add the sheet of a record with these values (in the order of its columns); `locked` names prefilled fields."""
    sheet = workbook.add_worksheet(record.sheet)
    sheet.set_tab_color(Palette.TAB_INPUT)
    sheet.hide_gridlines(2)
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.set_row(layout.TITLE_ROW, 28)
    sheet.write_string(layout.TITLE_ROW, ITEM_COLUMN, record.title, formats("title"))
    sheet.write_string(
        layout.HINT_ROW, ITEM_COLUMN, "只填“填写内容”一列。深色项目必填，浅色选填；黄色：必填还没填。", formats("hint")
    )
    sheet.write_url(
        layout.TITLE_ROW,
        NOTE_COLUMN,
        f"internal:'{INSTRUCTIONS_SHEET}'!A1",
        formats("hint", "link"),
        "返回填报说明",
    )
    sheet.set_row(layout.HEADER_ROW, 24)
    for place, header in enumerate(FORM_HEADERS):
        sheet.write_string(layout.HEADER_ROW, place, header, formats("header", "header_optional", "strong"))

    for row, ((field, column), value) in enumerate(
        zip(pack.columns(record).items(), values, strict=True), layout.FIRST_ROW
    ):
        header = pack.header(column.header)
        kind = "required" if column.required else "optional"
        state = "locked" if field in locked else "unlocked"
        note = _PREFILLED_NOTE if field in locked else _note(column.required, column.help + type_hint(column))
        sheet.set_row(row, _height(column, value))
        sheet.write_string(row, ITEM_COLUMN, header, formats("header", f"header_{kind}"))
        write_cell(sheet, row, CONTENT_COLUMN, value, formats("cell", type_fragment(column), "left", state))
        sheet.write_string(row, NOTE_COLUMN, note, formats("cell", "wrap", "hint", "left"))
        if field in locked:
            continue
        sheet.data_validation(row, CONTENT_COLUMN, row, CONTENT_COLUMN, data_validation(column, header))
        if column.required:
            sheet.conditional_format(
                row,
                CONTENT_COLUMN,
                row,
                CONTENT_COLUMN,
                {"type": "formula", "criteria": f"=LEN(TRIM($B${row + 1}))=0", "format": formats.signal("missing")},
            )
    sheet.freeze_panes(layout.FIRST_ROW, 0)
    first_open = layout.FIRST_ROW + (len(locked) if locked else 0)
    sheet.set_selection(first_open, CONTENT_COLUMN, first_open, CONTENT_COLUMN)
    set_up_page(sheet, unit or pack.title, f"{record.sheet}（{pack.year}年）", layout.HEADER_ROW)
    protect(sheet)


def _note(required: bool, text: str) -> str:
    mark = REQUIRED_MARK if required else OPTIONAL_MARK
    return f"{mark}。{text}"


def _height(column: Column, value: object) -> float:
    least = _LONG_TEXT_HEIGHT if column.type is CellType.LONG_TEXT else _ROW_HEIGHT
    if not isinstance(value, str):
        return least
    return max(least, layout.row_height(layout.lines_needed(value, _WIDTHS[CONTENT_COLUMN] - 1)))
