"""填报检查: how far a sheet is filled, as plain formulas and, for the cached values, counted here in the same way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from xl_lianbing.records.column import Record
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.workbooks.returns import layout as layout

NOT_FILLED: Final = "未填"
COMPLETE: Final = "完整"
ERRORS: Final = "有错误值，请检查"
NO_KEY: Final = "—"
#: Characters of a key that are compared: Excel's MATCH takes no longer texts.
_KEY_CHARS: Final = 100


@dataclass(frozen=True, slots=True)
class Formulas:
    """The formulas of a sheet's line. `extent` is a helper: how many rows from the header on hold anything."""

    extent: str
    filled: str
    missing: str
    duplicates: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows (form: items) filled, required cells missing, rows that repeat the number of an earlier one."""

    extent: int
    filled: int
    missing: int
    duplicates: int | None

    @property
    def status(self) -> str:
        if not self.filled and not self.missing:
            return NOT_FILLED
        if self.missing:
            return f"还缺{self.missing}项"
        return f"重复{self.duplicates}处" if self.duplicates else COMPLETE


def status_formula(filled: str, missing: str, duplicates: str) -> str:
    """The formula of 状态 from the three cells; a cell that holds an error is said, not shown as an error."""
    inner = f'IF({missing}>0,"还缺"&{missing}&"项",IF(N({duplicates})>0,"重复"&{duplicates}&"处","{COMPLETE}"))'
    return f'=IFERROR(IF({filled}+{missing}=0,"{NOT_FILLED}",{inner}),"{ERRORS}")'


def table_formulas(record: type[Record], pack: RulePack, extent_cell: str) -> Formulas:
    """The formulas for a table sheet.

    Ranges begin at the header, so that a row inserted right below it is counted too, and end at the last row that
    holds anything (`extent_cell`), so that a big range costs nothing while typing.
    """
    start = layout.data_start(record)
    columns = list(pack.columns(record).values())
    everything = range(start, len(columns))
    required = [i for i in everything if columns[i].required]

    first_header = _whole(record, start).split(":")[0]
    rows = f"ROW({_whole(record, start)})-ROW({first_header})+1"
    extent = f"=SUMPRODUCT(MAX(({_any(_whole(record, i) for i in everything)})*({rows})))"

    used = {i: _used(record, i, extent_cell) for i in everything}
    started = _any(used[i] for i in everything)
    empty = "+".join(f'(TRIM({used[i]})="")' for i in required)
    return Formulas(
        extent=extent,
        filled=f"=SUMPRODUCT(--({started}))-1",
        missing=f"=SUMPRODUCT(({started})*({empty}))" if required else "=0",
        duplicates=_duplicates(record, extent_cell),
    )


def form_formulas(record: type[Record], pack: RulePack, content_column: int) -> Formulas:
    """The formulas for a form sheet: items instead of rows."""
    columns = list(pack.columns(record).values())
    cells = [_cell(record, layout.HEADER_ROW + 1 + i, content_column) for i in range(len(columns))]
    required = [cell for cell, column in zip(cells, columns, strict=True) if column.required]
    everything = f"{cells[0]}:{cells[-1].rsplit('!', 1)[1]}"
    return Formulas(
        extent=f"=ROWS({everything})",
        filled=f'=SUMPRODUCT(--(TRIM({everything})<>""))',
        missing="=0+" + "+".join(f'(TRIM({cell})="")' for cell in required),
        duplicates="",
    )


def count_table(record: type[Record], pack: RulePack, rows: Sequence[Sequence[object]]) -> Counts:
    """What the formulas of a table sheet give for these rows."""
    start = layout.data_start(record)
    required = [i for i, column in enumerate(pack.columns(record).values()) if column.required and i >= start]
    numbered = [(n, row) for n, row in enumerate(rows, 1) if any(value not in (None, "") for value in row[start:])]
    started = [row for _, row in numbered]
    keys = layout.key_positions(record)
    seen = Counter(
        tuple(str(row[i])[:_KEY_CHARS].casefold() for i in keys)
        for row in started
        if not any(row[i] in (None, "") for i in keys)
    )
    return Counts(
        extent=1 + (numbered[-1][0] if numbered else 0),
        filled=len(started),
        missing=sum(layout.is_blank(row[i]) for row in started for i in required),
        duplicates=sum(n - 1 for n in seen.values()) if keys else None,
    )


def count_form(record: type[Record], pack: RulePack, values: Sequence[object]) -> Counts:
    """What the formulas of a form sheet give for these values."""
    columns = pack.columns(record).values()
    return Counts(
        extent=len(columns),
        filled=sum(not layout.is_blank(value) for value in values),
        missing=sum(column.required and layout.is_blank(value) for column, value in zip(columns, values, strict=True)),
        duplicates=None,
    )


def _duplicates(record: type[Record], extent_cell: str) -> str:
    keys = layout.key_positions(record)
    if not keys:
        return ""
    ranges = [_used(record, i, extent_cell) for i in keys]
    key = '&"|"&'.join(f"LEFT({r},{_KEY_CHARS})" for r in ranges) + '&""'
    filled = "*".join(f'({r}<>"")' for r in ranges)
    order = f"ROW({ranges[0]})-ROW({ranges[0].split(':')[0]})+1"
    return f"=SUMPRODUCT({filled}*(MATCH({key},{key},0)<>{order}))"


def _any(ranges: Iterable[str]) -> str:
    return "+".join(f'({r}<>"")' for r in ranges) + ">0"


def _whole(record: type[Record], column: int) -> str:
    name = xl_col_to_name(column)
    return f"'{record.sheet}'!${name}${layout.HEADER_ROW + 1}:${name}${layout.LAST_ROW + 1}"


def _used(record: type[Record], column: int, extent_cell: str) -> str:
    whole = _whole(record, column)
    return f"{whole.split(':')[0]}:INDEX({whole},{extent_cell})"


def _cell(record: type[Record], row: int, column: int) -> str:
    return f"'{record.sheet}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"
