"""Reads a table sheet: rows become columns of values, block by block, with what is wrong in each cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice
from typing import Any, Final, cast

from xl_lianbing.addresses import rows_named
from xl_lianbing.findings import reading as c
from xl_lianbing.glossary import Severity
from xl_lianbing.intake.cells.fields import column_readers_of
from xl_lianbing.intake.cells.judge import Judge
from xl_lianbing.intake.cells.needs import lacking, must_be_filled
from xl_lianbing.intake.cells.values import Odd, Value, as_typed
from xl_lianbing.intake.door.sheets import Book
from xl_lianbing.intake.tables.header import HEADER_ROWS, Header, find_header, spellings_of
from xl_lianbing.intake.tables.renamed import report_renamed
from xl_lianbing.intake.tables.scales import scales_of
from xl_lianbing.intake.tables.sieve import Row, Sieve
from xl_lianbing.records.column import Column, Record, Scored
from xl_lianbing.records.keys import document_keys
from xl_lianbing.records.near import paired

#: Rows that are looked at together.
BLOCK: Final = 1024


@dataclass(slots=True)
class RowBlock:
    """Rows of a sheet by column. `shown` is `columns` with the text of what could not be understood."""

    numbers: list[int]
    columns: dict[str, list[Value]]
    shown: dict[str, list[Value]]
    blocked: dict[int, list[str]] = field(default_factory=dict)
    _keys: dict[str, list[str]] = field(default_factory=dict)

    def keys(self, name: str) -> list[str]:
        """A column of document numbers as keys, '' for blanks (B2.10)."""
        if name not in self._keys:
            self._keys[name] = document_keys(self.columns[name])
        return self._keys[name]

    def row(self, place: int) -> dict[str, Value]:
        return {name: values[place] for name, values in self.columns.items()}

    def why_blocked(self, place: int) -> str:
        return "、".join(self.blocked[place]) if place in self.blocked else ""


class SheetTable:
    """A table sheet while it is read. `blocks` must be read to the end before `rows_read` holds."""

    def __init__(self, book: Book, record: type[Record], sheet: str, judge: Judge) -> None:
        """Finds the header (`header` is None, with a finding, if there is none). Raises Unreadable."""
        self.record = record
        self.sheet = sheet
        self.rows_read = 0
        self._judge = judge
        self._columns = judge.rules.pack.columns(record)
        self._day_0 = book.day_0
        self._rows = book.rows(sheet)
        self._head: list[Row] = list(islice(self._rows, HEADER_ROWS))
        self.header: Header | None = self._find(book.first_column(sheet))
        self._sieve: Sieve | None = None
        if self.header is None:
            self._report_no_header()
        else:
            self.header = self._report_columns(self.header)
            self._sieve = Sieve(record, self.header, judge.rules.pack)

    def _find(self, first: int) -> Header | None:
        """The header; one that has fewer than half of the columns only if the whole sheet has none better."""
        spellings = spellings_of(self.record, self._judge.rules.pack)
        found = find_header(self._head, spellings, first)
        if found is None or 2 * len(found.places) < len(self._columns):
            self._head += self._rows
            found = find_header(self._head, spellings, first)
        return found

    def missing(self) -> list[Column]:
        """The columns that the sheet does not have."""
        places = self.header.places if self.header else {}
        return [column for name, column in self._columns.items() if name not in places]

    def blocks(self) -> Iterator[RowBlock]:
        """The rows that are records. What else stands in the sheet is reported at the end."""
        header, sieve = self.header, self._sieve
        if header is None or sieve is None:
            return
        above = sieve.above([row for row in self._head if row[0] < header.row])
        readers = column_readers_of(self.record, scales_of(self._head, header, self._judge, self._columns), self._day_0)
        below = ((n, cells) for n, cells in chain(self._head, self._rows) if n > header.row)
        while batch := list(islice(below, BLOCK)):
            rows = list(filter(sieve.is_record, batch))
            if not rows:
                continue
            self.rows_read += len(rows)
            numbers = [n for n, _ in rows]
            raw = list(zip(*(cells for _, cells in rows), strict=True))
            parsed: dict[str, list[Value | Odd]] = {}
            for name, reader in readers.items():
                place = header.places.get(name)
                parsed[name] = [None] * len(rows) if place is None else reader(raw[place])
            yield self._judged(numbers, parsed, header)
        sieve.report(self.sheet, self._judge.collector)
        if above:
            cells = [header.cell("number", n) for n in above]
            words: dict[str, Any] = {"count": len(above), "rows": rows_named(cells)}
            self._judge.collector.add(c.ROWS_ABOVE, self.sheet, cells[0], cells=cells, **words)

    def _judged(self, numbers: list[int], parsed: Mapping[str, list[Value | Odd]], header: Header) -> RowBlock:
        columns: dict[str, list[Value]] = {}
        shown: dict[str, list[Value]] = {}
        odds: dict[str, dict[int, Odd]] = {}
        empties: list[str] = []
        for name, values in parsed.items():
            types = set(map(type, values))
            if Odd in types:
                odds[name] = {i: v for i, v in enumerate(values) if type(v) is Odd}
                columns[name] = [v.value if isinstance(v, Odd) else v for v in values]
                shown[name] = [
                    v.shown if isinstance(v, Odd) and v.value is None else value
                    for v, value in zip(values, columns[name], strict=True)
                ]
                types |= set(map(type, columns[name]))
            else:
                columns[name] = shown[name] = cast("list[Value]", values)
            if type(None) in types and must_be_filled(self._columns[name]):
                empties.append(name)
        block = RowBlock(numbers, columns, shown)
        for name, found in odds.items():
            self._judge_odd(block, name, found, header)
        for name in empties:
            self._judge_empty(block, name, odds.get(name, {}), header)
        if block.blocked:
            order = [column.header for column in self.record.columns().values()]
            for headers in block.blocked.values():
                headers.sort(key=order.index)
        return block

    def _judge_odd(self, block: RowBlock, name: str, odds: Mapping[int, Odd], header: Header) -> None:
        column = self._columns[name]
        for i, odd in odds.items():
            if self._judge.odd(column, header.cell(name, block.numbers[i]), odd, partial(block.row, i)):
                block.blocked.setdefault(i, []).append(column.header)

    def _judge_empty(self, block: RowBlock, name: str, odds: Mapping[int, Odd], header: Header) -> None:
        column = self._columns[name]
        absent = name not in header.places
        for i, value in enumerate(block.columns[name]):
            odd = odds.get(i)
            if value is not None or (odd is not None and odd.kind.severity is not Severity.NOTE):
                continue
            if absent:
                wanted = self._judge.needs_filled(column, partial(block.row, i))
            else:
                cell = header.cell(name, block.numbers[i])
                wanted = self._judge.empty(column, cell, odd, partial(block.row, i))
            if wanted:
                block.blocked.setdefault(i, []).append(column.header)

    def _report_no_header(self) -> None:
        count = sum(any(as_typed(cell).strip() for cell in cells) for _, cells in self._head)
        if count:
            headers = "、".join(column.header for column in islice(self.record.columns().values(), 4))
            words: dict[str, Any] = {"sheet": self.sheet, "headers": headers, "count": count}
            self._judge.collector.add(c.HEADER_MISSING, self.sheet, "A1", **words)

    def _report_columns(self, header: Header) -> Header:
        """Says which columns are missing. The header is without those unknown ones that are told with them."""
        collector, pack = self._judge.collector, self._judge.rules.pack
        missing = [column for column in self.missing() if pack.has(column.feature) and not column.imported]
        renamed = paired(header.unknown.values(), [pack.header(column.header) for column in missing])
        names, told = {name: text for text, name in renamed.items()}, set[int]()
        for column in missing:
            needed = column.scored is not Scored.NEVER
            kind = c.KEY_COLUMN_MISSING if needed else c.COLUMN_MISSING
            severity = None if needed or column.required else Severity.NOTE
            if found := names.get(pack.header(column.header)):
                place = next(place for place, text in header.unknown.items() if text == found)
                told.add(place)
                report_renamed(column, self.sheet, f"{header.letter(place)}{header.row}", found, self._judge)
                continue
            cell = f"{header.letter(0)}{header.row}"
            words = {"header": pack.header(column.header), "effect": lacking(column)}
            collector.add(kind, self.sheet, cell, severity=severity, **words)
        unknown = {place: text for place, text in header.unknown.items() if place not in told}
        return replace(header, unknown=unknown)
