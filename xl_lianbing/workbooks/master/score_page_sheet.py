"""The page 得分说明 as a sheet: one chosen unit's points derived by formulas on the result tabs."""

from __future__ import annotations

from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_lianbing.records.results import SCORE_PAGE
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.workbooks.master.input_tabs import ROSTER_NAME
from xl_lianbing.workbooks.master.score_page import FIRST_ROW, UNIT_CELL, PageLine, page_lines
from xl_lianbing.workbooks.master.sheet_setup import PROTECTION, put, row_height, set_heading_heights, set_page
from xl_lianbing.workbooks.styles import Formats, Palette

_UNIT_ROW: Final = 3
#: Characters: narrow enough for print on A4 that people read without a glass.
_WIDTHS: Final = (31, 14, 47, 36)
_ROW_POINTS, _SECTION_POINTS = 18, 24
#: Size of "small" letters among the usual ones.
_SMALL = 0.9
#: Excel fits no row to a formula's text: two lines for what is said of a file.
_FILE_POINTS = 34


def add_score_page(workbook: Workbook, formats: Formats, pack: RulePack) -> Worksheet:
    """Add the page: a drop-down for the unit, and the formulas that follow it."""
    sheet = workbook.add_worksheet(SCORE_PAGE)
    sheet.set_tab_color(Palette.TAB_INFO)
    sheet.hide_gridlines(2)
    put(sheet, 1, 1, "得分说明", formats("title"))
    put(
        sheet,
        2,
        1,
        "在白底的格子里选一个单位，下面随之改变，可以打印。逐行的取数和依据原文点“得分说明”按钮。",
        formats("hint"),
    )
    set_heading_heights(sheet)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(_UNIT_ROW - 1, 24)
    put(sheet, _UNIT_ROW, 1, "单位", formats("cell", "left", "strong"))
    sheet.merge_range(_UNIT_ROW - 1, 1, _UNIT_ROW - 1, 2, None, formats("cell", "left", "strong", "unlocked"))
    sheet.data_validation(
        UNIT_CELL,
        {
            "validate": "list",
            "source": f"={ROSTER_NAME}",
            "error_title": "单位不在名册中",
            "error_message": "请点右边的小箭头，从列表中选单位。",
            "error_type": "stop",
        },
    )
    for column, header in enumerate(("项目", "数值", "计算", "依据"), 1):
        put(sheet, FIRST_ROW - 1, column, header, formats("header", "header_optional"))
    sheet.set_row(FIRST_ROW - 2, 20)
    for number, line in enumerate(page_lines(pack), FIRST_ROW):
        _write(sheet, formats, number, line)
    sheet.freeze_panes(FIRST_ROW - 1, 0)
    sheet.protect("", dict(PROTECTION))
    set_page(sheet, repeat=(_UNIT_ROW, FIRST_ROW - 1), portrait=True)
    sheet.set_zoom(90)
    return sheet


def _write(sheet: Worksheet, formats: Formats, number: int, line: PageLine) -> None:
    at, small = number - 1, formats("cell", "left", "wrap", "small")
    sheet.set_row(at, _height(line))
    if line.section:
        for column in range(1, 5):
            put(sheet, number, column, line.label if column == 1 else None, formats("section"))
        return
    put(sheet, number, 1, line.label, formats("cell", "left"))
    look = formats("cell", *(("left", "wrap") if line.look == "left" else (line.look, "figure")))
    if line.wide:
        sheet.merge_range(at, 1, at, 3, None, look)
    sheet.write_formula(at, 1, f"={line.cutting}", look, "")
    if line.words_formula:
        sheet.merge_range(at, 2, at, 3, None, small)
        sheet.write_formula(at, 2, f"={line.words_formula}", small, "")
    elif not line.wide:
        put(sheet, number, 3, line.words, small)
        put(sheet, number, 4, line.basis, small)


def _height(line: PageLine) -> float:
    """Points."""
    if line.section:
        return _SECTION_POINTS
    if line.words_formula:
        return _FILE_POINTS
    if line.most:
        return row_height([(line.cut("全" * (line.most + 1)), sum(_WIDTHS[1:]))])
    texts = ((line.words, _WIDTHS[2] / _SMALL), (line.basis, _WIDTHS[3] / _SMALL))
    return max(_ROW_POINTS, row_height(texts))
