"""What is written into a workbook: values, formulas with their cached value, and blocks of cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol, TypeAlias

from xl_lianbing.exact import Fraction

Value: TypeAlias = str | int | float | Decimal | Fraction | date | datetime | bool | None


@dataclass(frozen=True, slots=True)
class Formula:
    """The only type that becomes a formula; a ``str`` never does, whatever it begins with."""

    text: str
    """Without the leading ``=``; English function names, comma separated."""
    value: Value = None
    """What the formula gives, as computed by the program: shown until the workbook is recalculated."""


Cell: TypeAlias = Value | Formula


class ColumnBlock(Protocol):
    """Some rows of a long table, kept by columns. Picklable: it may be made into XML in another process."""

    @property
    def count(self) -> int:
        """Number of rows."""

    def columns(self) -> Sequence[Sequence[Cell]]:
        """The cells of each owned column, `count` of them."""


@dataclass(frozen=True, slots=True)
class LongRows:
    """The rows of a long table, block by block."""

    blocks: Sequence[ColumnBlock]

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        for block in self.blocks:
            yield from zip(*block.columns(), strict=True)


@dataclass(frozen=True, slots=True)
class Table:
    """A block of rows that replaces everything under a header row of an owned tab.

    Cells outside the ``width`` columns (a user's notes beside the table) stay in the row where they are.
    """

    sheet: str
    header_row: int
    """1-based row of the header; data starts in the row below."""
    first_column: int
    """1-based."""
    width: int
    """Number of columns owned."""
    rows: Iterable[Sequence[Cell]]
    """Consumed once, streamed (LongRows: in parallel); a row shorter than ``width`` is filled with blanks."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Scattered cells of an owned tab; everything else on the sheet is left alone."""

    sheet: str
    values: Mapping[str, Cell]
    """By A1 address, as ``{"B3": 1}``."""
