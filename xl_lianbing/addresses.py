"""Addresses of cells: `B3`, `$B$3`, `B3:D9`; rows and columns count from 1."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

#: A sheet of Excel 2007 and later: rows, columns.
MAX_ROW: Final = 1_048_576
MAX_COLUMN: Final = 16_384

_CELL: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_RUNS_NAMED: Final = 12


class Box(NamedTuple):
    """A rectangle of cells, its edges included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, other: Box) -> bool:
        return (
            self.top <= other.top
            and self.left <= other.left
            and other.bottom <= self.bottom
            and other.right <= self.right
        )


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """1 → `A`, 28 → `AB`. Raises ValueError below 1."""
    if column < 1:
        raise ValueError(f"no such column: {column}")
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """`A` → 1, `xfd` → 16384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def split_address(address: str) -> tuple[int, int]:
    """`B3` → (3, 2): row and column. Raises ValueError for anything else."""
    match = _CELL.fullmatch(address)
    if match is None:
        raise ValueError(f"not a cell address: {address!r}")
    row, column = int(match[2]), column_number(match[1])
    if row > MAX_ROW or column > MAX_COLUMN:
        raise ValueError(f"outside a sheet: {address!r}")
    return row, column


def box_of(address: str) -> Box:
    """The rectangle of a cell or range. Raises ValueError for anything else."""
    first, _, last = address.partition(":")
    top, left = split_address(first)
    bottom, right = split_address(last) if last else (top, left)
    return Box(top, left, bottom, right)


def box_ref(box: Box) -> str:
    """The address of a rectangle: `B3:D9`, of a single cell `B3`."""
    first, last = f"{column_letters(box.left)}{box.top}", f"{column_letters(box.right)}{box.bottom}"
    return first if first == last else f"{first}:{last}"


def place_order(address: str) -> tuple[int, int]:
    """A key that sorts cells and ranges row by row; what is no address (an empty text) comes first."""
    match = _CELL.match(address)
    return (int(match[2]), column_number(match[1])) if match else (0, 0)


def span(cells: Sequence[str]) -> str:
    """The range from the first to the last of these cells or ranges."""
    return cells[0] if len(cells) == 1 else f"{cells[0].split(':')[0]}:{cells[-1].split(':')[-1]}"


def rows_named(cells: Iterable[str]) -> str:
    """The rows of cells or ranges with runs drawn together: 3、5～20."""
    runs: list[list[int]] = []
    boxes = map(box_of, cells)
    for row in sorted({row for box in boxes for row in range(box.top, box.bottom + 1)}):
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    named = [str(a) if a == b else f"{a}～{b}" for a, b in runs[:_RUNS_NAMED]]
    return "、".join(named) + ("等" if len(runs) > _RUNS_NAMED else "")
