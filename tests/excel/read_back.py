"""Reads back what an adapter wrote, without asking the adapter: a file with calamine, an open document with xlwings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from xl_lianbing.excel.values import Value

#: Reads the values of a sheet.
ReadBack = Callable[[str], "Values"]


@dataclass(frozen=True, slots=True)
class Values:
    """The used range of a sheet: blanks are None, whole numbers int, dates datetime. `row` and `column` (1-based) are
    those of its first cell."""

    row: int
    column: int
    rows: Sequence[Sequence[Value]]

    def at(self, row: int, column: int) -> Value:
        """The value of a cell of the sheet (1-based); None for blanks and outside."""
        y, x = row - self.row, column - self.column
        if 0 <= y < len(self.rows) and 0 <= x < len(self.rows[y]):
            return self.rows[y][x]
        return None


def in_file(path: Path) -> ReadBack:
    """Reads a file, as it is whenever it is asked."""

    def read(sheet: str) -> Values:
        found = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet)
        row, column = found.start or (0, 0)
        return Values(row + 1, column + 1, [[_value(cell) for cell in cells] for cells in found.to_python()])

    return read


def in_program(book: Any) -> ReadBack:
    """Reads an `xlwings.Book`."""

    def read(sheet: str) -> Values:
        used = book.sheets[sheet].used_range
        cells = used.options(ndim=2, err_to_str=True).value
        return Values(used.row, used.column, [[_value(cell) for cell in row] for row in cells])

    return read


def _value(cell: object) -> Value:
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if isinstance(cell, str | bool | int | float) else str(cell)
