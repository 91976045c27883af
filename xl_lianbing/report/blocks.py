"""What every result tab is made of: rows by header, in the order of the tab's own columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from xl_lianbing.addresses import column_letters
from xl_lianbing.excel.values import Cell, Cells, LongRows, Table
from xl_lianbing.records.results import Grid, ResultTab

Block = Table | Cells
#: One row of a grid: header → cell, every header of the grid once, in any order.
ByHeader: TypeAlias = Mapping[str, Cell]

ASSUMED_NOTE = "满分、上下限等数值见“规则”表，标“待确认”的尚未由上级明确。"
#: Lists whose order follows the points are made by the program.
NOT_LIVE = "改动“规则”后须重新计算得分，本表才会更新。"


def table(tab: ResultTab, grid: Grid, rows: Iterable[ByHeader] | LongRows) -> Table:
    """A grid with any number of rows: it owns what stands beneath its headers.

    Raises ValueError for a row that has other headers than the grid.
    """
    cells = rows if isinstance(rows, LongRows) else _in_order(grid, rows)
    return Table(tab.name, grid.header_row, grid.first_column, len(grid.fields), cells)


def fixed(tab: ResultTab, grid: Grid, rows: Iterable[ByHeader]) -> Cells:
    """A grid of a fixed number of rows, above another one in the same columns. Raises as `table` does."""
    return Cells(
        tab.name,
        {
            f"{column_letters(grid.first_column + x)}{grid.header_row + 1 + y}": cell
            for y, row in enumerate(_in_order(grid, rows))
            for x, cell in enumerate(row)
        },
    )


def note(tab: ResultTab, *sentences: str) -> Cells:
    """The line under a tab's title."""
    return Cells(tab.name, {"A2": " ".join(s for s in sentences if s)})


def _in_order(grid: Grid, rows: Iterable[ByHeader]) -> list[Sequence[Cell]]:
    headers = grid.headers
    known = set(headers)
    result: list[Sequence[Cell]] = []
    for row in rows:
        if row.keys() != known:
            raise ValueError(f"{grid.name}: {sorted(row.keys() ^ known)}")
        result.append([row[header] for header in headers])
    return result
