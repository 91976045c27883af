"""The front page 首页 as a sheet: banner, buttons, cards, lists and charts that follow the data."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_lianbing.addresses import Box, box_ref, column_letters
from xl_lianbing.excel.macros.buttons import BUTTON_MODULE, BUTTONS
from xl_lianbing.glossary import UnitPart
from xl_lianbing.records.results import HOME_TAB, RANKING, SELECTION
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.workbooks.master.charts import chart_font, chart_title, frame, names_axis, number_axis
from xl_lianbing.workbooks.master.home import (
    AGENDA_CELL,
    BUTTON_ROW,
    CARD_ROW,
    CARDS,
    FINDINGS_ROW,
    FIRST_COLUMN,
    FIRST_STEPS,
    LAST_COLUMN,
    MISSING_BLOCK,
    NOT_RUN_YET,
    PACK_CELL,
    RANKING_HEADERS,
    RANKING_ROW,
    REMARKS_BLOCK,
    RING_LABELS,
    RING_ROW,
    TITLE_CELL,
    UNITS_BLOCKS,
    UNITS_HEADERS,
    UNITS_ROW,
    findings_rows,
    home_title,
    numbered,
    pack_line,
    ranking_rows,
    units_rows,
)
from xl_lianbing.workbooks.master.sheet_setup import PROTECTION, colour, put, set_page
from xl_lianbing.workbooks.styles import Formats, Palette

#: Bars of the chart of total points: all units of a city's campaign, the first ones of a province's.
MOST_BARS: Final = 15
_COLUMN_PIXELS = 112
_HEIGHTS = {1: 50, 2: 26, 3: 26, BUTTON_ROW: 40, 5: 8, CARD_ROW: 22, CARD_ROW + 1: 42, 8: 10}
_BUTTON_GAP = 8
_LINE_PIXELS = 23
_GAP = 10
_MISSING_TITLE_ROW = 18
#: Colours of the series: the three indicators, then the adjustments.
_SERIES = ("#2F6DA8", "#5BA3D0", "#9CCB9A", "#F0B25B")


def add_home_tab(workbook: Workbook, formats: Formats, pack: RulePack, units: int) -> Worksheet:
    """Add 首页 as it is before the first run; `units` is how many the roster has."""
    sheet = workbook.add_worksheet(HOME_TAB)
    sheet.set_tab_color(Palette.TITLE)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 1.5)
    sheet.set_column_pixels(FIRST_COLUMN - 1, LAST_COLUMN - 1, _COLUMN_PIXELS)
    sheet.set_column(LAST_COLUMN, LAST_COLUMN, 1.5)
    for row in range(1, units_rows().stop):
        sheet.set_row_pixels(row - 1, _height(row))
    _add_banner(sheet, formats, pack)
    _add_buttons(sheet)
    _add_cards(sheet, formats, units)
    _add_ranking(sheet, formats)
    _add_findings(sheet, formats)
    _add_units(sheet, formats)
    _add_texts(sheet, formats)
    _add_charts(workbook, sheet, formats, pack, units)
    sheet.protect("", dict(PROTECTION))
    set_page(sheet, one_page=True)
    sheet.center_horizontally()
    sheet.print_area(0, 0, units_rows().stop - 2, LAST_COLUMN)
    sheet.set_zoom(90)
    sheet.activate()
    sheet.set_first_sheet()
    return sheet


def _height(row: int) -> int:
    return _HEIGHTS.get(row, _LINE_PIXELS)


def _add_banner(sheet: Worksheet, formats: Formats, pack: RulePack) -> None:
    sheet.merge_range(f"{TITLE_CELL}:K1", home_title(pack.title), formats("banner"))
    sheet.merge_range(f"{PACK_CELL}:F2", pack_line(f"{pack.id} {pack.version}", ""), formats("ribbon", "left"))
    sheet.merge_range(f"{AGENDA_CELL}:K3", None, formats("left", "strong"))
    sheet.merge_range("G2:K2", NOT_RUN_YET, formats("ribbon", "right", "strong"))


def _add_buttons(sheet: Worksheet) -> None:
    """Side by side over the whole width of the page."""
    width = len(CARDS) * _COLUMN_PIXELS / len(BUTTONS)
    for place, button in enumerate(BUTTONS):
        left, right = round(place * width) + (_BUTTON_GAP if place else 0), round((place + 1) * width)
        sheet.insert_button(
            BUTTON_ROW - 1,
            FIRST_COLUMN - 1,
            {
                "macro": f"{BUTTON_MODULE}.{button.macro}",
                "caption": button.caption,
                "description": button.tip,
                "width": right - left,
                "height": _HEIGHTS[BUTTON_ROW] - 4,
                "x_offset": left,
                "y_offset": 2,
            },
        )


def _add_cards(sheet: Worksheet, formats: Formats, units: int) -> None:
    for column, label in enumerate(CARDS, FIRST_COLUMN):
        put(sheet, CARD_ROW, column, label, formats("card_label"))
        put(sheet, CARD_ROW + 1, column, units if column == FIRST_COLUMN else None, formats("card_number"))
    number = CARD_ROW + 1
    signals = {"迟报": "odd", "未报": "pending", "退回文件": "bad", "阻断": "bad", "提醒": "pending"}
    for label, signal in signals.items():
        letter = column_letters(FIRST_COLUMN + CARDS.index(label))
        options = {"type": "cell", "criteria": ">", "value": 0, "format": formats.signal(signal)}
        sheet.conditional_format(f"{letter}{number}", options)


def _section(sheet: Worksheet, formats: Formats, row: int, first: int, last: int, text: str) -> None:
    put(sheet, row, first, text, formats("section"))
    for column in range(first + 1, last + 1):
        put(sheet, row, column, None, formats("section"))


def _add_ranking(sheet: Worksheet, formats: Formats) -> None:
    _section(sheet, formats, RANKING_ROW - 1, 2, 6, "排名前列")
    looks = (
        ("line", "center"),
        ("line", "integer", "strong"),
        ("line", "left"),
        ("line", "points", "center"),
        ("line", "center"),
    )
    for column, (header, look) in enumerate(zip(RANKING_HEADERS, looks, strict=True), FIRST_COLUMN):
        put(sheet, RANKING_ROW, column, header, formats("header", "header_optional"))
        for row in ranking_rows():
            put(sheet, row, column, None, formats(*look))
    first, last = ranking_rows()[0], ranking_rows()[-1]
    for mark in SELECTION:
        colour(sheet, f"B{first}:F{last}", f'=$F{first}="{mark.text}"', formats.signal(mark.signal))


def _add_findings(sheet: Worksheet, formats: Formats) -> None:
    _section(sheet, formats, FINDINGS_ROW - 1, 2, 6, "问题最多的几类")
    header = formats("header", "header_optional")
    put(sheet, FINDINGS_ROW, 2, "编码", header)
    sheet.merge_range(f"C{FINDINGS_ROW}:E{FINDINGS_ROW}", "问题", header)
    put(sheet, FINDINGS_ROW, 6, "条数", header)
    for row in findings_rows():
        put(sheet, row, 2, None, formats("line", "center"))
        sheet.merge_range(f"C{row}:E{row}", None, formats("line", "left", "small"))
        put(sheet, row, 6, None, formats("line", "integer"))


def _add_units(sheet: Worksheet, formats: Formats) -> None:
    """How many findings each unit has, the worst first."""
    _section(sheet, formats, UNITS_ROW - 1, 2, 11, "各单位问题数")
    header = formats("header", "header_optional")
    first, last = units_rows()[0], units_rows()[-1]
    for unit, *counts in UNITS_BLOCKS:
        sheet.merge_range(box_ref(Box(UNITS_ROW, unit, UNITS_ROW, unit + 1)), UNITS_HEADERS[0], header)
        for row in units_rows():
            sheet.merge_range(box_ref(Box(row, unit, row, unit + 1)), None, formats("line", "left"))
        for column, text in zip(counts, UNITS_HEADERS[1:], strict=True):
            put(sheet, UNITS_ROW, column, text, header)
            for row in units_rows():
                put(sheet, row, column, None, formats("line", "integer"))
        for column, signal in zip(counts, ("bad", "pending"), strict=False):
            options = {"type": "cell", "criteria": ">", "value": 0, "format": formats.signal(signal)}
            sheet.conditional_format(box_ref(Box(first, column, last, column)), options)


def _add_texts(sheet: Worksheet, formats: Formats) -> None:
    _section(sheet, formats, _MISSING_TITLE_ROW, 10, 11, "未报单位")
    _section(sheet, formats, FINDINGS_ROW - 1, 9, 11, "备注")
    block = formats("left", "wrap", "top", "small")
    sheet.merge_range(":".join(MISSING_BLOCK), None, block)
    sheet.merge_range(":".join(REMARKS_BLOCK), numbered(FIRST_STEPS), block)


def _block_height(first: int, last: int) -> int:
    return sum(_height(row) for row in range(first, last + 1))


def _add_charts(workbook: Workbook, sheet: Worksheet, formats: Formats, pack: RulePack, units: int) -> None:
    for row, label in enumerate(RING_LABELS, RING_ROW):
        put(sheet, row, 10, label, formats("behind_chart"))
        put(sheet, row, 11, None, formats("behind_chart"))
    at = {"x_offset": _GAP, "object_position": 1}
    totals, ring, findings = _totals_chart(workbook, pack, units), _ring_chart(workbook), _findings_chart(workbook)
    # every right edge is a column's edge: widths differ from program to program
    first, last = RANKING_ROW - 1, ranking_rows()[-1]
    totals.set_size({"width": 3 * _COLUMN_PIXELS - _GAP, "height": _block_height(first, last)})
    sheet.insert_chart(f"G{first}", totals, at | {"description": "各单位总分由哪些指标构成"})
    ring.set_size({"width": 2 * _COLUMN_PIXELS - _GAP, "height": _block_height(first, _MISSING_TITLE_ROW - 1) - _GAP})
    sheet.insert_chart(f"J{first}", ring, at | {"description": "填报表回收情况"})
    first, last = FINDINGS_ROW - 1, findings_rows()[-1]
    findings.set_size({"width": 2 * _COLUMN_PIXELS - _GAP, "height": _block_height(first, last)})
    sheet.insert_chart(f"G{first}", findings, at | {"description": "条数最多的几类问题"})


def _totals_chart(workbook: Workbook, pack: RulePack, units: int) -> Any:
    """Total points a unit as a bar stacked by indicator, from 综合排名 (as many rows as the roster has units)."""
    rows = max(1, min(units, MOST_BARS))
    chart = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    headers = [part for part in UnitPart if pack.has(part.feature)]
    for header, color in zip(headers, _SERIES, strict=False):
        chart.add_series(
            {
                "name": header,
                "categories": f"={RANKING.name}!{RANKING.grid.span('单位', rows)}",
                "values": f"={RANKING.name}!{RANKING.grid.span(header, rows)}",
                "fill": {"color": color},
                "gap": 45,
            }
        )
    chart.set_title(chart_title("总分构成" if units <= MOST_BARS else f"总分构成（综合排名前{MOST_BARS}行）"))
    chart.set_y_axis(names_axis())
    chart.set_x_axis(number_axis(None if pack.has("adjustments") else 0))
    chart.set_legend({"position": "bottom", "font": chart_font(9)})
    frame(chart)
    return chart


def _ring_chart(workbook: Workbook) -> Any:
    last = RING_ROW + len(RING_LABELS) - 1
    chart = workbook.add_chart({"type": "doughnut"})
    chart.add_series(
        {
            "name": "回收情况",
            "categories": f"={HOME_TAB}!$J${RING_ROW}:$J${last}",
            "values": f"={HOME_TAB}!$K${RING_ROW}:$K${last}",
            "points": [{"fill": {"color": c}} for c in ("#5BA56A", "#F0B25B", "#D9DEE4")],
        }
    )
    chart.set_hole_size(55)
    chart.set_title(chart_title("回收情况"))
    chart.set_legend({"position": "bottom", "font": chart_font(9)})
    frame(chart)
    return chart


def _findings_chart(workbook: Workbook) -> Any:
    rows = findings_rows()
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "条数",
            "categories": f"={HOME_TAB}!$B${rows[0]}:$B${rows[-1]}",
            "values": f"={HOME_TAB}!$F${rows[0]}:$F${rows[-1]}",
            "fill": {"color": "#C96A4B"},
            "gap": 50,
        }
    )
    chart.set_title(chart_title("校核问题（按编码）"))
    chart.set_y_axis(
        {"reverse": True, "num_font": chart_font(9), "line": {"color": Palette.LINE}, "major_tick_mark": "none"}
    )
    chart.set_x_axis(number_axis(0))
    chart.set_legend({"none": True})
    frame(chart)
    return chart
