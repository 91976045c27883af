"""The charts on 进度调度: the newest issue's cases beside those that were due, and the pace of all units."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_lianbing.addresses import column_letters
from xl_lianbing.records.results import DISPATCH
from xl_lianbing.workbooks.master.charts import chart_font, chart_title, frame, names_axis, number_axis

_WIDTH: Final = 560
_ROW: Final = 26
_HEAD: Final = 110
#: (header, what the legend calls it, colour).
_CASES: Final = (("案件数", "案件数", "#2F6DA8"), ("应有案件", "应有案件", "#D9DEE4"))
_PACE: Final = (("进度比", "进度比", "#5BA3D0"),)


def add_dispatch_charts(workbook: Workbook, sheet: Worksheet, units: int) -> None:
    """Beside the table, one under the other; the newest issue stands first, a row a unit."""
    rows = max(1, units)
    column = column_letters(DISPATCH.grid.last_column + 2)
    height = _HEAD + rows * _ROW
    at = DISPATCH.grid.header_row
    for title, series, digits in (
        ("最新一期：各单位累计案件数与应有案件", _CASES, "0"),
        ("最新一期：各单位进度比（1为正好）", _PACE, "0.0"),
    ):
        chart = _bars(workbook, title, series, rows, digits)
        chart.set_size({"width": _WIDTH, "height": height})
        options = {"object_position": 3, "description": title}
        if series is _PACE:
            options["y_offset"] = height + 12
        sheet.insert_chart(f"{column}{at}", chart, options)


def _bars(workbook: Workbook, title: str, series: tuple[tuple[str, str, str], ...], rows: int, digits: str) -> Any:
    grid = DISPATCH.grid
    chart = workbook.add_chart({"type": "bar"})
    for header, name, color in series:
        chart.add_series(
            {
                "name": name,
                "categories": f"={DISPATCH.name}!{grid.span('单位', rows)}",
                "values": f"={DISPATCH.name}!{grid.span(header, rows)}",
                "fill": {"color": color},
                "gap": 50,
            }
        )
    chart.set_title(chart_title(title))
    chart.set_y_axis(names_axis())
    chart.set_x_axis(number_axis(0) | {"num_format": digits})
    chart.set_legend({"position": "bottom", "font": chart_font(9)} if len(series) > 1 else {"none": True})
    frame(chart)
    return chart
