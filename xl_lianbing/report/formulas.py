"""Addresses for formulas: the cells of one row of a grid, and whole columns."""

from __future__ import annotations

from xl_lianbing.records.results import Grid


class RowCells:
    """Addresses of one row of a grid: `row["总分"]` is `$H7`, `row.all("总分")` the whole column's data."""

    def __init__(self, grid: Grid, index: int, rows: int) -> None:
        self.grid, self.rows = grid, rows
        self.number = grid.header_row + 1 + index

    def __getitem__(self, header: str) -> str:
        return f"${self.grid.letter(header)}{self.number}"

    def all(self, header: str) -> str:
        return self.grid.span(header, self.rows)
