"""Blocks of a long table as compressed XML, column by column: several times as fast as cell by cell."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from xl_lianbing.excel.cell_xml import CellWriter, Pen
from xl_lianbing.excel.values import Cell, ColumnBlock

LEVEL = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all rows of a table share: namespace prefix, date system, the pens of its columns, attributes of a row."""

    prefix: str
    date1904: bool
    pens: tuple[Pen, ...]
    row_attributes: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of rows, compressed so that it can be put behind others; with CRC-32 and size of the XML."""

    compressed: bytes
    crc: int
    size: int


def piece(block: ColumnBlock, first_row: int, skip: int, sheet: Sheet) -> Piece:
    """The rows of a block as XML, the first of them (after `skip` rows) with the number `first_row`."""
    columns = [column[skip:] for column in block.columns()] if skip else block.columns()
    data = rows_xml(columns, first_row, sheet).encode("utf-8", "surrogateescape")
    compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    return Piece(compressor.compress(data) + compressor.flush(zlib.Z_FULL_FLUSH), zlib.crc32(data), len(data))


def rows_xml(columns: Sequence[Sequence[Cell]], first_row: int, sheet: Sheet) -> str:
    """`<row>` elements of cells given by columns."""
    if len(columns) != len(sheet.pens):
        raise ValueError(f"{len(columns)} columns for {len(sheet.pens)}")
    writer = CellWriter(sheet.prefix, date1904=sheet.date1904)
    numbers = [str(first_row + i) for i in range(len(columns[0]) if columns else 0)]
    cells = [writer.column(pen, numbers, column) for pen, column in zip(sheet.pens, columns, strict=True)]
    opening, middle, closing = f'<{sheet.prefix}row r="', f'"{sheet.row_attributes}>', f"</{sheet.prefix}row>"
    return "".join(
        [
            f"{opening}{n}{middle}{''.join(row)}{closing}"
            for n, row in zip(numbers, zip(*cells, strict=True), strict=True)
        ]
    )
