"""What a sheet holds beside its values: what calamine does not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

#: Row from 1, column from 1.
Place = tuple[int, int]


@dataclass(slots=True)
class SheetFacts:
    """Facts about one sheet. `rows`: true numbers of the rows that were moved together, None where all kept theirs."""

    formulas: list[Place] = field(default_factory=list)
    #: Error cells and their text (#N/A …).
    errors: dict[Place, str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    #: First and last column of each hidden stretch.
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    #: First row, first column, last row, last column.
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    #: Cells beyond the last column that is read, and what they hold.
    far: list[tuple[Place, str]] = field(default_factory=list)
    #: Cells that stand in the part twice.
    doubled: list[Place] = field(default_factory=list)
    #: Texts with characters that nobody sees, spelled out; known once the rows were read.
    odd_texts: dict[Place, str] = field(default_factory=dict)
    rows: Sequence[int] | None = None


def column_number(letters: str) -> int:
    """A → 1, XFD → 16384; letters in any case."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
