"""Reads a table sheet: rows become columns of values, block by block, with what is wrong in each cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import chain, islice
from typing import Final, cast

from xl_lianbing.findings import reading as c
from xl_lianbing.glossary import Severity
from xl_lianbing.intake.cells.aliases import TOTALS, money_scale, tells_money_unit
from xl_lianbing.intake.cells.fields import column_readers_of
from xl_lianbing.intake.cells.judge import Judge
from xl_lianbing.intake.cells.needs import must_be_filled
from xl_lianbing.intake.cells.values import ONE, Odd, Value, as_typed
from xl_lianbing.intake.door.sheets import Book, Cell
from xl_lianbing.intake.tables.header import HEADER_ROWS, Header, find_header, spellings_of
from xl_lianbing.records.column import CellType, Column, Record, Scored
from xl_lianbing.records.keys import document_keys

Row = tuple[int, Sequence[Cell]]

#: Rows that are looked at together.
BLOCK: Final = 1024
#: A row with so few cells is looked at more closely: it may be blank, a number without anything, or a sum.
_FEW = 5


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
        self._rows = book.rows(sheet)
        self._head: list[Row] = list(islice(self._rows, HEADER_ROWS))
        spellings = spellings_of(record, judge.rules.pack)
        self.header: Header | None = find_header(self._head, spellings, book.first_column(sheet))
        self._stray: dict[int, list[tuple[int, str]]] = {}
        self._numbers_only: list[int] = []
        if self.header is None:
            self._report_no_header()
        else:
            self._report_columns(self.header)

    def missing(self) -> list[Column]:
        """The columns that the sheet does not have."""
        places = self.header.places if self.header else {}
        return [column for name, column in self._columns.items() if name not in places]

    def blocks(self) -> Iterator[RowBlock]:
        """The rows that hold something. What stands outside the table is reported at the end."""
        header = self.header
        if header is None:
            return
        readers = column_readers_of(self.record, self._scales(header))
        below = ((n, cells) for n, cells in chain(self._head, self._rows) if n > header.row)
        while batch := list(islice(below, BLOCK)):
            rows = [row for row in batch if self._is_record(row, header)]
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
        self._report_outside(header)

    def _scales(self, header: Header) -> dict[str, Decimal]:
        """How many 万元 one of the numbers of an amount is, where its header names another unit."""
        scales: dict[str, Decimal] = {}
        amounts = [name for name in header.places if self._columns[name].type is CellType.MONEY]
        if not amounts:
            return scales
        top = next(cells for number, cells in self._head if number == header.row)
        above = [cell for number, cells in self._head if number < header.row for cell in cells]
        general = next(filter(tells_money_unit, above), "")
        for name in amounts:
            said = top[header.places[name]]
            said = said if money_scale(said) else general
            scale = money_scale(said) or ONE
            if scale != ONE:
                scales[name] = scale
                self._tell_scale(name, header, as_typed(said).strip(), f"{scale.normalize():f}")
        return scales

    def _tell_scale(self, name: str, header: Header, found: str, one: str) -> None:
        title, cell = self._judge.rules.pack.header(self._columns[name].header), header.cell(name, header.row)
        self._judge.collector.add(
            c.OTHER_UNIT, self.sheet, cell, found, group=title, header=title, found=found, one=one
        )

    def _is_record(self, row: Row, header: Header) -> bool:
        number, cells = row
        filled = len(cells) - cells.count("")
        if not filled:
            return False
        for place in chain(header.bare, header.unknown):
            if cells[place] != "" and (text := as_typed(cells[place]).strip()):
                self._stray.setdefault(place, []).append((number, text))
        if filled > _FEW or (filled > 2 and TOTALS.isdisjoint(cells)):
            return True
        names = [name for name, place in header.places.items() if cells[place] != "" and as_typed(cells[place]).strip()]
        if not names or names == ["number"]:
            if names:
                self._numbers_only.append(number)
            return False
        if any(cells[header.places[name]] in TOTALS for name in names):
            cell = header.cell(names[0], number)
            self._judge.collector.add(
                c.TOTAL_ROW, self.sheet, cell, as_typed(cells[header.places[names[0]]]), row=number
            )
            return False
        return True

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
        if any(str(cell).strip() for _, cells in self._head for cell in cells):
            headers = "、".join(column.header for column in islice(self.record.columns().values(), 4))
            self._judge.collector.add(c.HEADER_MISSING, self.sheet, "A1", sheet=self.sheet, headers=headers)

    def _report_columns(self, header: Header) -> None:
        collector, pack = self._judge.collector, self._judge.rules.pack
        for column in self.missing():
            if not pack.has(column.feature):
                continue
            needed = column.scored is not Scored.NEVER
            kind = c.KEY_COLUMN_MISSING if needed else c.COLUMN_MISSING
            severity = None if needed or column.required else Severity.NOTE
            cell = f"{header.letter(0)}{header.row}"
            collector.add(kind, self.sheet, cell, severity=severity, header=pack.header(column.header))
        for place, name in header.doubled.items():
            text = pack.header(self.record.columns()[name].header)
            collector.add(c.COLUMN_DOUBLED, self.sheet, f"{header.letter(place)}{header.row}", text, header=text)

    def _report_outside(self, header: Header) -> None:
        collector = self._judge.collector
        for place, text in header.unknown.items():
            if found := self._stray.get(place):
                cell = f"{header.letter(place)}{found[0][0]}"
                collector.add(c.COLUMN_UNKNOWN, self.sheet, cell, found[0][1], header=text, count=len(found))
        outside = sorted((n, place, text) for place in header.bare for n, text in self._stray.get(place, ()))
        if outside:
            number, place, text = outside[0]
            cell = f"{header.letter(place)}{number}"
            collector.add(c.OUTSIDE_TABLE, self.sheet, cell, text, count=len(outside))
        if self._numbers_only:
            cell = header.cell("number", self._numbers_only[0])
            collector.add(c.NUMBER_ONLY, self.sheet, cell, count=len(self._numbers_only))
