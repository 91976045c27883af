"""How every chart of the master looks."""

from __future__ import annotations

from typing import Any

from xl_lianbing.workbooks.styles import FONT, Palette


def chart_font(size: float, color: str = Palette.INK, *, bold: bool = False) -> dict[str, Any]:
    return {"name": FONT, "size": size, "color": color, "bold": bold}


def chart_title(text: str) -> dict[str, Any]:
    return {"name": text, "name_font": chart_font(11, Palette.TITLE, bold=True), "overlay": False}


def frame(chart: Any) -> None:
    chart.set_chartarea({"border": {"color": Palette.LINE}, "fill": {"color": Palette.WHITE}})


def number_axis(least: int | None) -> dict[str, Any]:
    return {
        "num_font": chart_font(8, Palette.MUTED),
        "num_format": "0",
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": Palette.LOCKED}},
        "min": least,
        "label_position": "high",
    }


def names_axis() -> dict[str, Any]:
    """The names beside the bars, the first one at the top."""
    return {
        "reverse": True,
        "num_font": chart_font(9),
        "line": {"color": Palette.LINE},
        "major_tick_mark": "none",
        "label_position": "low",
    }
