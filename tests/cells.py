"""Cells asked for by header: where the contract places them, and where they stand in a sheet that was written.

A test that names letters or positions breaks with each new column; none here does.
"""

from __future__ import annotations

from typing import Any

from xl_lianbing.addresses import column_letters
from xl_lianbing.records.column import Layout, Record
from xl_lianbing.records.inputs import RULES_HEADERS

#: How far down a header may stand.
_DEEPEST_HEADER = 40


def place(record: type[Record], header: str) -> int:
    """The column of a header in a sheet (of a form: its line below the header), from 1."""
    return [column.header for column in record.columns().values()].index(header) + 1


def letter(record: type[Record], header: str) -> str:
    return column_letters(place(record, header))


def at(record: type[Record], header: str, row: int = 2, last: int = 0) -> str:
    """The address of a cell by header and row, of rows to `last` where given; of a form's item, its answer's."""
    if record.layout is Layout.FORM:
        return f"B{place(record, header) + row - 1}"
    column = letter(record, header)
    return f"{column}{row}:{column}{last}" if last else f"{column}{row}"


def rule_at(row: int) -> str:
    """The address of 取值 in a row of 规则."""
    return f"{column_letters(RULES_HEADERS.index('取值') + 1)}{row}"


def header_row(page: Any, *wanted: str) -> tuple[int, dict[str, int]]:
    """The row of an openpyxl sheet that holds these headers, and the column of each header in it (stars left out)."""
    for row in page.iter_rows(max_row=_DEEPEST_HEADER):
        found = {str(cell.value).strip().strip("*"): cell.column for cell in row if cell.value is not None}
        if found.keys() >= set(wanted):
            return row[0].row, found
    raise LookupError(f"{page.title} has no row with {wanted}")
