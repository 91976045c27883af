"""Ranges of cells, for the lint."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple

from openpyxl.utils import column_index_from_string, get_column_letter

MAX_ROW: Final = 1_048_576
MAX_COLUMN: Final = 16_384
_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class Area(NamedTuple):
    top: int
    left: int
    bottom: int
    right: int

    def meets(self, other: Area) -> bool:
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    def holds(self, other: Area) -> bool:
        return (
            self.top <= other.top
            and self.left <= other.left
            and other.bottom <= self.bottom
            and other.right <= self.right
        )

    def __str__(self) -> str:
        return f"{get_column_letter(self.left)}{self.top}:{get_column_letter(self.right)}{self.bottom}"


@lru_cache(maxsize=MAX_COLUMN)
def column_of(letters: str) -> int:
    """``AB`` → 28. Raises ValueError when there is no such column."""
    return int(column_index_from_string(letters))


def cell(reference: str) -> tuple[int, int] | None:
    """Row and column of ``B7``; None when there is no such cell."""
    match = _CELL.fullmatch(reference)
    if match is None or int(match[2]) > MAX_ROW:
        return None
    try:
        column = column_of(match[1])
    except ValueError:
        return None
    return (int(match[2]), column) if column <= MAX_COLUMN else None


def area(reference: str) -> Area | None:
    """The range ``B2:D9`` or the cell ``B2``; None when it is none, or upside down."""
    first, _, last = reference.partition(":")
    start, end = cell(first), cell(last or first)
    if start is None or end is None or start[0] > end[0] or start[1] > end[1]:
        return None
    return Area(*start, *end)


def overlaps(areas: Iterable[Area]) -> Iterator[tuple[Area, Area]]:
    """Each pair that shares a cell."""
    return ((one, other) for one, other in combinations(areas, 2) if one.meets(other))
