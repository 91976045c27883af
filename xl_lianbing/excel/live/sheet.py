"""Blocks into one sheet of an open workbook: whole rectangles at a time."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from xl_lianbing.addresses import MAX_ROW
from xl_lianbing.excel.live.cells import as_was, typed_row
from xl_lianbing.excel.live.host import Host
from xl_lianbing.excel.live.patches import Patch
from xl_lianbing.excel.live.patience import Patience
from xl_lianbing.excel.values import Cell, Table

if TYPE_CHECKING:
    import xlwings as xw
    from xlwings.main import Table as ListObject

#: Rows handed over at a time: one array for Excel, yet the memory of a large tab stays bounded.
CHUNK = 5_000
#: Excel takes no array that holds a text of more than 8,203 characters: the few such cells are written alone.
LONG = 8_000


class OldRows:
    """The rows that a table held before, kept on disk in chunks; `end`: the last row of the table itself."""

    def __init__(self, end: int) -> None:
        self.end = end
        self._file = tempfile.TemporaryFile(prefix="xl-lianbing-")  # noqa: SIM115 (closed by close)
        self._chunks = 0

    def add(self, rows: list[list[Cell]]) -> None:
        pickle.dump(rows, self._file)
        self._chunks += 1

    def __iter__(self) -> Iterator[list[Cell]]:
        self._file.seek(0)
        for _ in range(self._chunks):
            yield from pickle.load(self._file)

    def close(self) -> None:
        self._file.close()


class LiveSheet:
    """One sheet. Every method is a few calls of the program, whatever the number of cells."""

    def __init__(self, sheet: xw.Sheet, host: Host, patience: Patience, *, date1904: bool) -> None:
        self._sheet = sheet
        self._host = host
        self._patience = patience
        self._date1904 = date1904

    def old_rows(self, table: Table) -> OldRows:
        """What the table's columns hold under its header, to be written again by `put_table`."""
        last, right = self._last_row(table), table.first_column + table.width - 1
        listed = self._listed(table)
        old = OldRows(max(table.header_row + 1, listed.range.last_cell.row if listed is not None else last))
        for top in range(table.header_row + 1, last + 1, CHUNK):
            old.add(self._as_was(self._range(top, table.first_column, min(top + CHUNK - 1, last), right)))
        return old

    def old_patch(self, patch: Patch) -> Patch:
        """What stands where a patch will be written."""
        return Patch(patch.row, patch.column, self._as_was(self._of(patch)))

    def put_patch(self, patch: Patch) -> None:
        self._put(self._of(patch), patch.rows)

    def put_table(self, table: Table, rows: Iterable[Sequence[Cell]], end: int = 0) -> None:
        """Write the rows under the header and clear what was below; the Excel table ends with them, or at `end`."""
        first, left, right = table.header_row + 1, table.first_column, table.first_column + table.width - 1
        listed = self._listed(table)
        last_old, row = self._last_row(table), first
        formatted = max(first, listed.range.last_cell.row if listed is not None else last_old)
        source = iter(rows)
        while chunk := list(islice(source, CHUNK)):
            if row + len(chunk) - 1 > MAX_ROW:
                raise ValueError(f"more rows than the sheet {table.sheet!r} can hold")
            self._put(self._range(row, left, row + len(chunk) - 1, right), chunk)
            row += len(chunk)
        if row <= last_old:
            rest = self._range(row, left, last_old, right)
            self._patience(rest.clear_contents)
        last = end or max(first, row - 1)
        if last > formatted:
            model, new = self._range(first, left, first, right), self._range(formatted + 1, left, last, right)
            self._patience(lambda: self._host.format_like(model, new))
        elif last < formatted:
            gone = self._range(last + 1, left, formatted, right)
            self._patience(lambda: self._host.remove_borders(gone))
        if listed is not None:
            area = self._range(table.header_row, listed.range.column, last, listed.range.last_cell.column)
            self._patience(lambda: listed.resize(area))

    def _listed(self, table: Table) -> ListObject | None:
        """The Excel table with the same header; None without one, or in a program that has none."""

        def find() -> ListObject | None:
            return next((found for found in self._sheet.tables if self._is(found.range, table)), None)

        try:
            return self._patience(find)
        except NotImplementedError:
            return None

    @staticmethod
    def _is(area: xw.Range, table: Table) -> bool:
        right = table.first_column + table.width - 1
        return area.row == table.header_row and area.column <= right and area.last_cell.column >= table.first_column

    def _last_row(self, table: Table) -> int:
        used = self._patience(lambda: self._sheet.used_range.last_cell.row)
        return max(used, table.header_row)

    def _of(self, patch: Patch) -> xw.Range:
        bottom, right = patch.row + len(patch.rows) - 1, patch.column + len(patch.rows[0]) - 1
        return self._range(patch.row, patch.column, bottom, right)

    def _range(self, top: int, left: int, bottom: int, right: int) -> xw.Range:
        return self._patience(lambda: self._sheet.range((top, left), (bottom, right)))

    def _put(self, area: xw.Range, rows: Sequence[Sequence[Cell]]) -> None:
        block = [typed_row(row, area.shape[1], date1904=self._date1904) for row in rows]
        long: list[tuple[int, int, str]] = []
        for y, row in enumerate(block):
            for x, cell in enumerate(row):
                if isinstance(cell, str) and len(cell) > LONG:
                    long.append((y, x, cell))
        for y, x, _ in long:
            block[y] = (*block[y][:x], "", *block[y][x + 1 :])
        # not `value`: its conversion goes through every cell once more
        self._patience(partial(setattr, area, "raw_value", tuple(block)))
        for y, x, text in long:
            cell_range = self._range(area.row + y, area.column + x, area.row + y, area.column + x)
            self._patience(partial(setattr, cell_range, "raw_value", ((text,),)))

    def _as_was(self, area: xw.Range) -> list[list[Cell]]:
        values = self._patience(lambda: area.options(ndim=2, err_to_str=True).value)
        formulas = _square(self._patience(lambda: area.formula))
        return [
            [as_was(value, formula) for value, formula in zip(shown, typed, strict=True)]
            for shown, typed in zip(values, formulas, strict=True)
        ]


def _square(found: object) -> Sequence[Sequence[object]]:
    """Formulas as rows; one cell comes alone."""
    if isinstance(found, list | tuple):
        return [row if isinstance(row, list | tuple) else [row] for row in found]
    return [[found]]
