"""The full rows of a return for the summary tabs: in memory, or in a spool file when there are many returns."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import NoneType

from xl_lianbing.intake.cells.values import Value

#: A row number and the values in the order of the sheet's columns; where a cell could not be read, its text.
StoredRow = tuple[int, tuple[Value, ...]]


#: Row numbers and columns: stored faster than rows.
_Part = tuple[Sequence[int], Sequence[Sequence[Value]]]


@dataclass(frozen=True, slots=True)
class RowStore:
    """Rows by sheet. With a `path` they lie in that file, `parts` saying where; else in `kept`."""

    kept: dict[str, list[_Part]] = field(default_factory=dict)
    path: Path | None = None
    parts: dict[str, list[int]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def load(self, sheet: str) -> list[StoredRow]:
        """All rows of a sheet in their order, [] if it had none."""
        return list(self.iterate(sheet))

    def iterate(self, sheet: str) -> Iterator[StoredRow]:
        """The rows of a sheet, a block of them in memory at a time."""
        for numbers, columns in self._parts(sheet):
            yield from zip(numbers, zip(*columns, strict=True), strict=True)

    def count(self, sheet: str) -> int:
        """Number of rows of a sheet."""
        return self.counts.get(sheet, 0)

    def columns(self, sheet: str) -> tuple[list[int], list[list[Value]]]:
        """The row numbers of a sheet and its columns in full."""
        numbers: list[int] = []
        columns: list[list[Value]] = []
        for block_numbers, block in self._parts(sheet):
            numbers += block_numbers
            columns = columns or [[] for _ in block]
            for whole, more in zip(columns, block, strict=True):
                whole += more
        return numbers, columns

    def _parts(self, sheet: str) -> Iterator[_Part]:
        if self.path is None:
            yield from self.kept.get(sheet, ())
        elif sheet in self.parts:
            with self.path.open("rb") as spooled:
                for offset in self.parts[sheet]:
                    spooled.seek(offset)
                    numbers, columns = pickle.load(spooled)  # written by this very run, in a folder of its own
                    yield numbers, [_unpacked(column) for column in columns]

    def discard(self) -> None:
        """Delete the spool file, if there is one."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)


def _packed(column: Sequence[Value]) -> Sequence[Value] | str:
    """A column of decimals as one text: it is stored several times as fast."""
    if not set(map(type, column)) <= {Decimal, NoneType}:
        return column
    return " ".join(["" if value is None else str(value) for value in column])


def _unpacked(column: Sequence[Value] | str) -> Sequence[Value]:
    if not isinstance(column, str):
        return column
    return [Decimal(text) if text else None for text in column.split(" ")]


class RowWriter:
    """Takes the rows of one return, block by block; `store` ends the writing."""

    def __init__(self, spool: Path | None) -> None:
        self._kept: dict[str, list[_Part]] = {}
        self._parts: dict[str, list[int]] = {}
        self._counts: dict[str, int] = {}
        self._path: Path | None = None
        if spool is not None:
            handle, name = tempfile.mkstemp(".rows", dir=spool)
            self._file = os.fdopen(handle, "wb")
            self._path = Path(name)

    def add(self, sheet: str, numbers: Sequence[int], columns: Sequence[Sequence[Value]]) -> None:
        """Take a block of rows: their numbers, and their values column by column."""
        self._counts[sheet] = self._counts.get(sheet, 0) + len(numbers)
        if self._path is None:
            self._kept.setdefault(sheet, []).append((numbers, columns))
        else:
            self._parts.setdefault(sheet, []).append(self._file.tell())
            pickle.dump((numbers, [_packed(column) for column in columns]), self._file, pickle.HIGHEST_PROTOCOL)

    def store(self) -> RowStore:
        """Close the spool file; the rows as they can be read back."""
        if self._path is not None:
            self._file.close()
        return RowStore(self._kept, self._path, self._parts, self._counts)
