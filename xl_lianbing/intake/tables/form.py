"""Reads a form sheet (项目 / 填写内容): one record, its items found by their texts wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic

from xl_lianbing.addresses import column_letters
from xl_lianbing.findings import reading as c
from xl_lianbing.glossary import Severity
from xl_lianbing.intake.cells.aliases import header_key
from xl_lianbing.intake.cells.fields import R, build, readers_of
from xl_lianbing.intake.cells.judge import Judge
from xl_lianbing.intake.cells.needs import lacking, must_be_filled
from xl_lianbing.intake.cells.values import Odd, Value, as_typed
from xl_lianbing.intake.door.sheets import Book, Cell
from xl_lianbing.intake.tables.header import spellings_of
from xl_lianbing.intake.tables.renamed import report_renamed
from xl_lianbing.records.column import Column, Scored
from xl_lianbing.records.near import paired

_ITEM, _CONTENT = "项目", "填写内容"


@dataclass(frozen=True, slots=True)
class Form(Generic[R]):
    """The one record of a sheet and the address of each of its values."""

    record: R
    sheet: str
    cells: dict[str, str]
    items: int


@dataclass(frozen=True, slots=True)
class _Place:
    row: int
    column: int
    cell: Cell


def read_form(book: Book, record: type[R], sheet: str, judge: Judge) -> Form[R]:
    """The record of a form sheet. What could not be read is a finding and None. Raises Unreadable."""
    rows = [(number, cells) for number, cells in book.rows(sheet) if cells.count("") < len(cells)]
    first = book.first_column(sheet)
    spellings = spellings_of(record, judge.rules.pack)
    item_column, content_column, top = _columns(rows)
    places: dict[str, _Place] = {}
    for number, cells in rows:
        for at, cell in enumerate(cells):
            name = spellings.get(header_key(cell))
            if name is None or (item_column is not None and at != item_column and name in places):
                continue
            where = content_column if content_column is not None and at == item_column else at + 1
            value = cells[where] if where < len(cells) else ""
            if where == at or (item_column is not None and at == content_column):
                continue
            if name not in places:
                places[name] = _Place(number, where, value)
            elif at == item_column:
                address = f"{column_letters(first + at + 1)}{number}"
                judge.collector.add(c.ITEM_DOUBLED, sheet, address, as_typed(value), item=str(cell).strip())
    renamed: dict[str, tuple[str, str]] = {}
    if item_column is not None and content_column is not None:
        pack, columns = judge.rules.pack, record.columns()
        absent = [pack.header(columns[n].header) for n in columns if n not in places and pack.has(columns[n].feature)]
        unknown = list(_unknown(rows, (item_column, content_column, top), spellings, first))
        meant = paired((item for item, _, _ in unknown), absent)
        for item, address, content in unknown:
            if item in meant and meant[item] not in renamed:
                renamed[meant[item]] = (address, item)
            else:
                judge.collector.add(c.ITEM_UNKNOWN, sheet, address, content, item=item)
    return _record(record, sheet, places, first, judge, renamed, book.day_0)


def _columns(rows: Sequence[tuple[int, Sequence[Cell]]]) -> tuple[int | None, int | None, int]:
    """Where 项目 and 填写内容 stand, and in which row; None if the sheet has no such header."""
    for number, cells in rows:
        keys = [header_key(cell) for cell in cells]
        if _ITEM in keys and _CONTENT in keys:
            return keys.index(_ITEM), keys.index(_CONTENT), number
    return None, None, 0


def _unknown(
    rows: Sequence[tuple[int, Sequence[Cell]]],
    columns: tuple[int, int, int],
    spellings: dict[str, str],
    first: int,
) -> Iterator[tuple[str, str, str]]:
    """Items that nobody asked for: text, address of the content, content."""
    item_column, content_column, top = columns
    for number, cells in rows:
        content = as_typed(cells[content_column]).strip()
        if number <= top or not content or header_key(cells[item_column]) in spellings:
            continue
        if any(header_key(cell) in spellings for cell in cells):
            continue
        address = f"{column_letters(first + content_column + 1)}{number}"
        yield as_typed(cells[item_column]).strip(), address, content


def _record(
    record: type[R],
    sheet: str,
    places: dict[str, _Place],
    first: int,
    judge: Judge,
    renamed: Mapping[str, tuple[str, str]],
    day_0: date,
) -> Form[R]:
    """`renamed`: header → where an item stands that may be meant for it, and that item."""
    readers = readers_of(record, day_0)
    columns = judge.rules.pack.columns(record)
    cells = {name: f"{column_letters(first + p.column + 1)}{p.row}" for name, p in places.items()}
    read = {name: readers[name](place.cell) for name, place in places.items()}
    values: dict[str, Value] = {name: v.value if isinstance(v, Odd) else v for name, v in read.items()}
    for name, column in columns.items():
        odd = read.get(name)
        if name not in places and (found := renamed.get(judge.rules.pack.header(column.header))):
            report_renamed(column, sheet, *found, judge)
        elif name not in places:
            _report_missing(column, sheet, judge)
        elif isinstance(odd, Odd):
            judge.odd(column, cells[name], odd, lambda: values)
        said = isinstance(odd, Odd) and odd.kind.severity is not Severity.NOTE
        if name in places and values[name] is None and must_be_filled(column) and not said:
            judge.empty(column, cells[name], odd if isinstance(odd, Odd) else None, lambda: values)
    filled = sum(value is not None for value in values.values())
    return Form(build(record, values), sheet, cells, filled)


def _report_missing(column: Column, sheet: str, judge: Judge) -> None:
    header = judge.rules.pack.header(column.header)
    needed = column.scored is not Scored.NEVER
    if needed or column.required:
        kind = c.KEY_COLUMN_MISSING if needed else c.COLUMN_MISSING
        judge.collector.add(kind, sheet, "A1", header=header, effect=lacking(column))
