"""How the rows of a table look: as the row under its header does, in the workbook as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xl_lianbing.excel.ooxml.cell_xml import CellWriter
from xl_lianbing.excel.ooxml.column_xml import Sheet
from xl_lianbing.excel.ooxml.kept_cells import KeptCell, KeptRow, lasting_attributes
from xl_lianbing.excel.ooxml.sheet_scan import SheetScan, attributes
from xl_lianbing.excel.ooxml.zip_parts import reading_package
from xl_lianbing.excel.values import Table

ColumnStyles = Sequence[tuple[range, str]]


def column_styles(scan: SheetScan) -> ColumnStyles:
    """The styles of whole columns."""
    styles = []
    with reading_package():
        head = scan.head.decode("utf-8", "surrogateescape")
        for tag in re.findall(rf"<{re.escape(scan.prefix)}col(\s[^<>]*?)/?>", head):
            found = attributes(tag)
            if found.get("style", "0") != "0":
                styles.append((range(int(found["min"]), int(found["max"]) + 1), found["style"]))
    return styles


def style_of(row: KeptRow | None, column: int, styles: ColumnStyles) -> str:
    """The style of the cell that is there, else of its row, else of its column."""
    if row is not None:
        cell: KeptCell | None = next((cell for cell in row.cells if cell.column == column), None)
        if cell is not None:
            return cell.style
        if row.style:
            return row.style
    return next((style for columns, style in styles if column in columns), "")


def row_attributes(model: KeptRow | None) -> dict[str, str]:
    """The attributes of each row of a table, without its number."""
    return lasting_attributes(model.attributes, rewritten=True) if model else {}


def attributes_text(found: dict[str, str]) -> str:
    return "".join([f' {name}="{value}"' for name, value in found.items()])


def table_sheet(scan: SheetScan, table: Table, date1904: bool) -> Sheet:
    """What all rows of the table share; reads no further than the row under its header."""
    writer, styles = CellWriter(scan.prefix, date1904=date1904), column_styles(scan)
    raw = next((row for row in scan.rows() if row.number > table.header_row), None)
    model = KeptRow.parse(raw, scan.prefix) if raw is not None and raw.number == table.header_row + 1 else None
    columns = range(table.first_column, table.first_column + table.width)
    pens = tuple(writer.pen(column, style_of(model, column, styles)) for column in columns)
    return Sheet(scan.prefix, date1904, pens, attributes_text(row_attributes(model)))
