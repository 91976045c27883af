"""Blocks of a long table as compressed XML, column by column: several times as fast as cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from isal import isal_zlib

from xl_lianbing.excel.ooxml.cell_xml import CellWriter, Pen
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


def piece(blocks: Sequence[ColumnBlock], first_row: int, skip: int, sheet: Sheet) -> Piece:
    """The rows of some blocks as XML, the first of them (after `skip` rows) with the number `first_row`."""
    compressor = isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, -15)
    compressed: list[bytes] = []
    crc = size = 0
    for block in blocks:
        columns = [column[skip:] for column in block.columns()] if skip else block.columns()
        data = rows_xml(columns, first_row, sheet).encode("utf-8", "surrogateescape")
        compressed.append(compressor.compress(data))
        crc, size = isal_zlib.crc32(data, crc), size + len(data)
        first_row, skip = first_row + block.count - skip, 0
    compressed.append(compressor.flush(isal_zlib.Z_FULL_FLUSH))
    return Piece(b"".join(compressed), crc, size)


def rows_xml(columns: Sequence[Sequence[Cell]], first_row: int, sheet: Sheet) -> str:
    """`<row>` elements of cells given by columns."""
    if len(columns) != len(sheet.pens):
        raise ValueError(f"{len(columns)} columns for {len(sheet.pens)}")
    writer = CellWriter(sheet.prefix, date1904=sheet.date1904)
    numbers = [str(first_row + i) for i in range(len(columns[0]) if columns else 0)]
    runs = [writer.column(pen, numbers, column) for pen, column in zip(sheet.pens, columns, strict=True)]
    opening, middle = f'<{sheet.prefix}row r="%s"', sheet.row_attributes.replace("%", "%%")
    row = f"{opening}{middle}>{''.join([run.text for run in runs])}</{sheet.prefix}row>"
    fills = [fill for run in runs for fill in run.fills]
    return "".join([row % found for found in zip(numbers, *fills, strict=True)])
