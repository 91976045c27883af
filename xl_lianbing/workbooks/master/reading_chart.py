"""The chart of rank ranges on 口径台账: one bar a unit, beside its row."""

from __future__ import annotations

from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_lianbing.records.results import READINGS
from xl_lianbing.workbooks.master.charts import chart_font, chart_title, frame, names_axis, number_axis

#: Width of the column that the chart fills beside the columns beneath it.
_COLUMN_WIDTH: Final = 62
_WIDTH = 640
#: Rows that a run has not written yet are as high as this, in pixels; the first one is made.
_EMPTY_ROW = 20
_FIRST_ROW = 64
#: (header, colour; none: the part before the bar).
_SERIES: Final = (("图中起点", ""), ("较好", "#A9CBE8"), ("现位", "#2F6DA8"), ("较差", "#A9CBE8"))


def add_reading_chart(workbook: Workbook, sheet: Worksheet, units: int) -> None:
    """Bars from the best to the worst rank, the one in force dark; as many rows as the roster has units."""
    (_, grid, values), rows = READINGS.grids, max(1, units)
    between = values.first_column - 2
    sheet.set_column(between, between, _COLUMN_WIDTH)
    chart = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    for header, color in _SERIES:
        chart.add_series(
            {
                "name": {"图中起点": "起点", "较好": "可能的名次", "现位": "现名次", "较差": "可能的名次"}[header],
                "categories": f"={READINGS.name}!{grid.span('单位', rows)}",
                "values": f"={READINGS.name}!{grid.span(header, rows)}",
                "fill": {"color": color} if color else {"none": True},
                "border": {"none": True},
                "gap": 70,
            }
        )
    chart.set_title(chart_title("各单位名次在所有口径组合下的范围"))
    chart.set_y_axis(names_axis())
    chart.set_x_axis(number_axis(0) | {"major_unit": 1 if rows <= 30 else 10})
    chart.set_legend({"position": "bottom", "font": chart_font(9), "delete_series": [0, 3]})
    frame(chart)
    # anchored to cells: it grows with the rows once they are written
    chart.set_size({"width": _WIDTH, "height": _FIRST_ROW + (max(rows, 5) - 1) * _EMPTY_ROW})
    description = "每个单位一条：最好名次到最差名次，深色为现名次"
    at = f"{grid.letter('图中起点')}{grid.header_row + 1}"
    sheet.insert_chart(at, chart, {"x_offset": 6, "object_position": 1, "description": description})
