"""What the guard saw beside the values, as findings: nothing that a file hides stays unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xl_lianbing.addresses import column_letters, rows_named
from xl_lianbing.findings import Kind
from xl_lianbing.findings import reading as c
from xl_lianbing.findings.gather import Collector
from xl_lianbing.intake.cells.fields import R
from xl_lianbing.intake.door.facts import Place, SheetFacts
from xl_lianbing.intake.door.file import FileFormat
from xl_lianbing.intake.door.sheets import Book
from xl_lianbing.intake.tables.form import Form
from xl_lianbing.intake.tables.header import Header
from xl_lianbing.records.column import Record
from xl_lianbing.rules.pack import RulePack

_NAMED = 5
_OLD = {FileFormat.XLS: "旧版Excel（.xls/.et）", FileFormat.ODS: "OpenDocument（.ods）"}


def report_file(book: Book, sheets: Iterable[str], collector: Collector) -> None:
    """What is said of the file as a whole, and of cells that no table of these sheets holds."""
    if book.format in _OLD:
        collector.add(c.OLD_FORMAT, found=_OLD[book.format])
    if book.macros:
        collector.add(c.MACROS)
    sheets = list(sheets)
    linked = {sheet: places for sheet in sheets if (places := book.facts(sheet).linked)}
    for sheet, places in linked.items():
        _named(c.CELLS_LINKED, sheet, places - book.facts(sheet).errors.keys(), collector)
    if book.links and not linked:
        collector.add(c.EXTERNAL_LINKS, count=book.links)
    for sheet in sheets:
        facts = book.facts(sheet)
        if facts.far:
            place, text = min(facts.far)
            cell = _address(place)
            collector.add(c.FAR_AWAY, sheet, cell, text, count=len(facts.far), cell=cell)


class TableWatch:
    """Follows the rows of a table as they are read; `close` says what the guard saw of them."""

    def __init__(self, book: Book, sheet: str, header: Header, record: type[Record], pack: RulePack) -> None:
        self._facts = book.facts(sheet)
        self._sheet = sheet
        self._header = header
        self._titles = {
            header.first + place + 1: pack.header(record.columns()[name].header)
            for name, place in header.places.items()
        }
        number = header.places.get("number")
        self._number = None if number is None else header.first + number + 1
        self._rows: set[int] = set()
        self._read = False
        self._follows = bool(
            self._facts.formulas or self._facts.hidden_rows or self._facts.merged or self._facts.odd_texts
        )

    def rows(self, numbers: Sequence[int]) -> None:
        """These rows were read as records."""
        self._read = True
        if self._follows:
            self._rows.update(numbers)

    def close(self, collector: Collector) -> None:
        _doubled(self._facts, self._sheet, collector)
        if not self._read:
            return
        facts, header = self._facts, self._header
        for row, column in facts.formulas:
            if row in self._rows and column in self._titles and column != self._number:
                _formula(facts, (row, column), self._sheet, self._titles[column], collector)
        odd = {
            place: self._titles[place[1]]
            for place in facts.odd_texts
            if place[1] in self._titles and (place[0] in self._rows or place[0] <= header.row)
        }
        _odd_texts(facts, self._sheet, odd, collector)
        hidden = sorted(self._rows.intersection(facts.hidden_rows))
        _hidden_rows(hidden, self._sheet, collector)
        for first, last in facts.hidden_columns:
            for column, title in self._titles.items():
                if first <= column <= last:
                    cell = f"{column_letters(column)}{header.row}"
                    collector.add(c.COLUMN_HIDDEN, self._sheet, cell, title, header=title)
        for top, left, bottom, right in facts.merged:
            holds = any(left <= column <= right for column in self._titles)
            if top > header.row and holds and any(top <= row <= bottom for row in self._rows):
                cell = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
                collector.add(c.MERGED, self._sheet, cell, group="merged")


def report_form(book: Book, form: Form[R], pack: RulePack, collector: Collector) -> None:
    """The same for a form sheet."""
    facts, columns = book.facts(form.sheet), form.record.columns()
    _doubled(facts, form.sheet, collector)
    if not (facts.formulas or facts.odd_texts or facts.hidden_rows):
        return
    titles = {address: pack.header(columns[name].header) for name, address in form.cells.items()}
    for place in facts.formulas:
        if _address(place) in titles:
            _formula(facts, place, form.sheet, titles[_address(place)], collector)
    odd = {place: titles[_address(place)] for place in facts.odd_texts if _address(place) in titles}
    _odd_texts(facts, form.sheet, odd, collector)
    filled = {
        int("".join(filter(str.isdigit, form.cells[n]))) for n in form.cells if getattr(form.record, n) is not None
    }
    _hidden_rows(sorted(filled.intersection(facts.hidden_rows)), form.sheet, collector)


def _formula(facts: SheetFacts, place: Place, sheet: str, title: str, collector: Collector) -> None:
    if place not in facts.errors and place not in facts.linked and place not in facts.pictures:
        collector.add(c.FORMULA, sheet, _address(place), group=title, header=title)


def _doubled(facts: SheetFacts, sheet: str, collector: Collector) -> None:
    _named(c.CELL_DOUBLED, sheet, facts.doubled, collector)


def _odd_texts(facts: SheetFacts, sheet: str, titles: Mapping[Place, str], collector: Collector) -> None:
    for place, title in titles.items():
        collector.add(c.ODD_CHARACTERS, sheet, _address(place), facts.odd_texts[place], group=title, header=title)


def _hidden_rows(rows: Sequence[int], sheet: str, collector: Collector) -> None:
    if rows:
        cells = [f"A{row}" for row in rows]
        collector.add(c.ROWS_HIDDEN, sheet, cells[0], count=len(rows), rows=rows_named(cells))


def _named(kind: Kind, sheet: str, places: Iterable[Place], collector: Collector) -> None:
    """One finding about all of these cells, which its sentence calls `named`."""
    cells = [_address(place) for place in sorted(set(places))]
    if cells:
        named = "、".join(cells[:_NAMED]) + ("等" if len(cells) > _NAMED else "")
        collector.add(kind, sheet, "", cells=cells, count=len(cells), named=named)


def _address(place: Place) -> str:
    return f"{column_letters(place[1])}{place[0]}"
