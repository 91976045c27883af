"""What is written into a workbook: values, formulas with their cached value, and blocks of cells, checked by sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol, TypeAlias

from xl_lianbing.addresses import MAX_COLUMN, split_address
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

    @property
    def columns(self) -> range:
        """The columns owned."""
        return range(self.first_column, self.first_column + self.width)


@dataclass(frozen=True, slots=True)
class Cells:
    """Scattered cells of an owned tab; everything else on the sheet is left alone."""

    sheet: str
    values: Mapping[str, Cell]
    """By A1 address, as ``{"B3": 1}``."""


@dataclass(slots=True)
class SheetBlocks:
    """The blocks of one sheet: its tables, and its single cells as row → column → value."""

    tables: list[Table] = field(default_factory=list)
    single: dict[int, dict[int, Cell]] = field(default_factory=dict)


def by_sheet(blocks: Iterable[Table | Cells]) -> dict[str, SheetBlocks]:
    """The blocks of each sheet. Raises ValueError if they overlap or don't fit on a sheet."""
    found: dict[str, SheetBlocks] = {}
    for block in blocks:
        owned = found.setdefault(block.sheet, SheetBlocks())
        if isinstance(block, Table):
            if min(block.header_row, block.first_column, block.width) < 1 or block.columns[-1] > MAX_COLUMN:
                raise ValueError(f"a table outside the sheet {block.sheet!r}")
            owned.tables.append(block)
            continue
        for address, value in block.values.items():
            row, column = split_address(address)
            if column in owned.single.setdefault(row, {}):
                raise ValueError(f"{block.sheet}!{address} is written twice")
            owned.single[row][column] = value
    for sheet, owned in found.items():
        _refuse_overlaps(sheet, owned)
    return found


def _refuse_overlaps(sheet: str, owned: SheetBlocks) -> None:
    taken: set[int] = set()
    for table in owned.tables:
        if not taken.isdisjoint(table.columns):
            raise ValueError(f"two tables in the same columns of {sheet!r}")
        taken.update(table.columns)
        for row, cells in owned.single.items():
            if row > table.header_row and any(column in table.columns for column in cells):
                raise ValueError(f"single cells inside a table of {sheet!r}, row {row}")
