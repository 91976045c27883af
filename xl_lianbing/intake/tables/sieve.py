"""Sifts the rows below a header: records are let through, all else is remembered and told once at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any, Final

from xl_lianbing.addresses import rows_named
from xl_lianbing.findings import reading as c
from xl_lianbing.findings.gather import Collector
from xl_lianbing.intake.cells.aliases import header_key
from xl_lianbing.intake.cells.document_form import DocumentForm, form_of
from xl_lianbing.intake.cells.values import as_typed
from xl_lianbing.intake.door.sheets import Cell
from xl_lianbing.intake.tables.header import Header, header_of, spellings_of
from xl_lianbing.intake.tables.told import RowTeller, Told
from xl_lianbing.records.column import CellType, Column, Layout, Record
from xl_lianbing.records.returns import RETURN_SHEETS
from xl_lianbing.rules.pack import RulePack

Row = tuple[int, Sequence[Cell]]

#: Rows that are no records, and what is said of them.
_SAID: Final = {
    Told.TOTAL: c.TOTAL_ROW,
    Told.NOTE: c.NOTE_ROWS,
    Told.FIGURES: c.FIGURES_ONLY,
    Told.COLUMN_NUMBERS: c.COLUMN_NUMBERS,
    Told.HEADER: c.HEADER_AGAIN,
    Told.NUMBER_ONLY: c.NUMBER_ONLY,
}
#: So many headers side by side are a table's, not somebody's remark.
_A_TABLE: Final = 4
#: Letters that a message shows of a note.
_SHOWN: Final = 40


class Sieve:
    """Follows the rows of one sheet from its header down."""

    def __init__(self, record: type[Record], header: Header, pack: RulePack) -> None:
        self._record = record
        self._header = header
        self._pack = pack
        self._columns = record.columns()
        self._teller = RowTeller(record, header, lambda: self._headers)
        self._aside = (*header.bare, *header.unknown, *header.doubled)
        self._stray: dict[int, list[tuple[int, str]]] = {}
        self._told: dict[Told, list[Row]] = {}
        self._other: tuple[type[Record], Header] | None = None
        self._begun = 0
        self._lost: list[int] = []

    @cached_property
    def _spellings(self) -> Mapping[type[Record], Mapping[str, str]]:
        tables = [r for r in RETURN_SHEETS if r.layout is Layout.TABLE and r is not self._record]
        return {r: spellings_of(r, self._pack) for r in (self._record, *tables)}

    @cached_property
    def _headers(self) -> frozenset[str]:
        return frozenset(chain.from_iterable(self._spellings.values()))

    def is_record(self, row: Row) -> bool:
        """Whether a row is a record; what it is else is remembered."""
        number, cells = row
        for place in self._aside:
            if cells[place] != "" and (text := as_typed(cells[place]).strip()):
                self._stray.setdefault(place, []).append((number, text))
        told = self._teller.tell(cells)
        if told is Told.RECORD and self._other is None:
            return True
        if told is Told.BLANK:
            return False
        if told is Told.HEADER:
            self._turn(row)
        elif self._other is not None and self._is_others(*self._other, told, cells):
            self._lost.append(number)
            return False
        if told is Told.RECORD:
            return True
        self._told.setdefault(told, []).append(row)
        return False

    def above(self, rows: Sequence[Row]) -> list[int]:
        """The rows above the header that are records all the same: somebody sorted the header in among them."""
        needed = max(_A_TABLE, len(self._header.places) // 2)
        found = []
        for number, cells in rows:
            filled = sum(cells[place] != "" for place in self._header.places.values())
            told = filled >= needed and self._teller.tell(cells) is Told.RECORD and self._teller.identity(cells)
            if told and _fit(cells, self._header.places, self._columns) > 1:
                found.append(number)
        return found

    def identities(self, rows: Sequence[Row]) -> list[tuple[str, ...]]:
        """What the records among these rows name, () for one that names nothing."""
        return [self._teller.identity(cells) for number, cells in rows if self.is_record((number, cells))]

    def _turn(self, row: Row) -> None:
        """Another header: with our columns in our places it is ours again, else another table may begin."""
        number, cells = row
        known = {r: sum(header_key(cell) in keys for cell in cells) for r, keys in self._spellings.items()}
        record = max(known, key=known.__getitem__)  # the first of equals is our own
        again = header_of(number, cells, self._spellings[record], self._header.first)
        moved = any(self._header.places.get(field) != place for field, place in again.places.items())
        self._other = (record, again) if moved or record is not self._record else None
        self._begun = number

    def _is_others(self, record: type[Record], other: Header, told: Told, cells: Sequence[Cell]) -> bool:
        """Whether a row below another header is in that header's columns and not in ours; of the same columns in
        another order the header next above it is believed, unless what the cells hold says otherwise."""
        ours = _fit(cells, self._header.places, self._columns)
        theirs = _fit(cells, other.places, record.columns())
        shuffled = record is self._record and theirs >= ours
        return theirs > max(ours, 0) or (told is Told.RECORD and (ours <= 0 or shuffled))

    def report(self, sheet: str, collector: Collector) -> None:
        """Say what was no record and what stands beside the table."""
        for told, kind in _SAID.items():
            if rows := self._told.get(told):
                cells = [self._header.cell(self._first(cells), number) for number, cells in rows]
                shown = next((text for _, cells in rows for cell in cells if (text := as_typed(cell).strip())), "")
                shown = shown if told is not Told.NUMBER_ONLY else ""
                words: dict[str, Any] = {"count": len(rows), "rows": rows_named(cells)}
                collector.add(kind, sheet, cells[0], shown[:_SHOWN], cells=cells, **words)
        if self._lost:
            cells = [f"A{number}" for number in self._lost]
            words = {
                "where": f"第{self._begun}行起",
                "count": len(self._lost),
                "rows": rows_named(cells),
            }
            collector.add(c.SECOND_TABLE, sheet, f"A{self._begun}", cells=cells, **words)
        self._report_aside(sheet, collector)

    def _first(self, cells: Sequence[Cell]) -> str:
        places = {place: field for field, place in self._header.places.items() if as_typed(cells[place]).strip()}
        return places[min(places)] if places else ""

    def _report_aside(self, sheet: str, collector: Collector) -> None:
        header = self._header
        if self._report_beside(sheet, collector):
            return
        for place, name in header.doubled.items():
            text = self._pack.header(self._columns[name].header)
            collector.add(c.COLUMN_DOUBLED, sheet, f"{header.letter(place)}{header.row}", text, header=text)
        for place, text in header.unknown.items():
            if found := self._stray.get(place):
                cell = f"{header.letter(place)}{found[0][0]}"
                collector.add(c.COLUMN_UNKNOWN, sheet, cell, found[0][1], header=text, count=len(found))
        outside = sorted((n, place, text) for place in header.bare for n, text in self._stray.get(place, ()))
        if outside:
            number, place, text = outside[0]
            cell = f"{header.letter(place)}{number}"
            collector.add(c.OUTSIDE_TABLE, sheet, cell, text, count=len(outside))

    def _report_beside(self, sheet: str, collector: Collector) -> bool:
        """A second table beside the first: headers side by side in columns that are not ours, with rows beneath."""
        header = self._header
        rows: dict[int, list[tuple[int, str]]] = {}
        for place, name in header.doubled.items():
            rows.setdefault(header.row, []).append((place, self._columns[name].header))
        for place, text in header.unknown.items():
            rows.setdefault(header.row, []).append((place, text))
        if len(rows.get(header.row, ())) < _A_TABLE and not self._stray:
            return False
        for place, found in self._stray.items():
            for number, text in found:
                rows.setdefault(number, []).append((place, text))
        for number in sorted(rows):
            titles = [place for place, text in rows[number] if header_key(text) in self._headers]
            if len(titles) >= _A_TABLE and (below := [n for n in sorted(rows) if n > number]):
                letter = header.letter(min(titles))
                cells = [f"{letter}{n}" for n in below]
                words: dict[str, Any] = {"where": f"{letter}列起", "count": len(below), "rows": rows_named(cells)}
                collector.add(c.SECOND_TABLE, sheet, f"{letter}{number}", cells=cells, **words)
                return True
        return False


def _fit(cells: Sequence[Cell], places: Mapping[str, int], columns: Mapping[str, Column]) -> int:
    """How much better than worse a row fits columns by what its cells hold: dates, numbers and choices."""
    fit = 0
    for field, place in places.items():
        cell, column = cells[place], columns[field]
        check = _is_document if column.document else _CHECKS.get(column.type)
        if cell == "" or check is None:
            continue
        fit += 1 if check(cell, column) else -1
    return fit


def _is_document(cell: Cell, _: Column) -> bool:
    return form_of(as_typed(cell)) is DocumentForm.USUAL


_CHECKS: Final[Mapping[CellType, Callable[[Cell, Column], bool]]] = {
    CellType.DATE: lambda cell, _: isinstance(cell, date),
    CellType.CHOICE: lambda cell, column: cell in column.choices,
    CellType.NUMBER: lambda cell, _: isinstance(cell, float),
    CellType.MONEY: lambda cell, _: isinstance(cell, float),
    CellType.INTEGER: lambda cell, _: isinstance(cell, float),
}
