"""Small helpers that every result tab shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xl_lianbing.addresses import column_letters
from xl_lianbing.excel.values import Cell, Cells, Table
from xl_lianbing.records.results import Grid, ResultTab

Block = Table | Cells

ASSUMED_NOTE = "满分、上下限等数值见“规则”表，标“待确认”的尚未由上级明确。"
#: Lists whose order follows the points are made by the program.
NOT_LIVE = "改动“规则”后须重新计算得分，本表才会更新。"


def table(tab: ResultTab, grid: Grid, rows: Iterable[Sequence[Cell]]) -> Table:
    return Table(tab.name, grid.header_row, grid.first_column, len(grid.fields), rows)


def fixed(tab: ResultTab, grid: Grid, rows: Sequence[Sequence[Cell]]) -> Cells:
    """A grid of a fixed number of rows, above another one in the same columns."""
    return Cells(
        tab.name,
        {
            f"{column_letters(grid.first_column + x)}{grid.header_row + 1 + y}": cell
            for y, row in enumerate(rows)
            for x, cell in enumerate(row)
        },
    )


def note(tab: ResultTab, *sentences: str) -> Cells:
    """The line under a tab's title."""
    return Cells(tab.name, {"A2": " ".join(s for s in sentences if s)})
