"""From a cell to a value: a reader for each column, made once from its declaration.

A reader gives the value itself where the cell holds what the column asks for (the fast way), None where the cell is
empty, and an `Odd` where there is something to say: understood all the same, or not understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from xl_lianbing.findings import Kind
from xl_lianbing.findings import reading as c
from xl_lianbing.glossary import Severity
from xl_lianbing.intake.cells.aliases import CHOICE_ALIASES, PLACEHOLDERS
from xl_lianbing.intake.cells.dates import date_of_number, date_of_text
from xl_lianbing.intake.cells.document_form import DocumentForm, form_of, is_pending
from xl_lianbing.intake.cells.numbers import number_of_float, number_of_text, rounded
from xl_lianbing.intake.door.sheets import Cell, ErrorCell
from xl_lianbing.records.column import CellType, Column
from xl_lianbing.records.documents import APOSTROPHES
from xl_lianbing.records.keys import squeeze

Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell with something to say. `value` is None where it was not understood or stands for nothing."""

    value: Value
    shown: str
    kind: Kind


Reader = Callable[[Cell], "Value | Odd"]
#: The same for a column of cells at once: several times as fast where nothing is odd.
ColumnReader = Callable[[Sequence[Cell]], "list[Value | Odd]"]

#: Excel keeps 15 digits of a number.
_DIGITS_KEPT = 10**15


def as_typed(cell: Cell) -> str:
    """A cell as its author sees it, for findings."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e21 else repr(cell)
    if isinstance(cell, bool):
        return str(cell).upper()
    return str(cell).removesuffix(" 00:00:00")


def reader_of(column: Column, whole: type = Decimal) -> Reader:
    """The reader of a column; `whole` is the type of an INTEGER column's values (int or Decimal)."""
    match column.type:
        case CellType.TEXT | CellType.LONG_TEXT:
            read = _document_reader(column) if column.document else _text_reader(column)
            return _without_apostrophe(read, free=not column.identifier)
        case CellType.DATE:
            return _without_apostrophe(_date_reader())
        case CellType.CHOICE:
            return _without_apostrophe(_choice_reader(column))
        case CellType.NUMBER | CellType.MONEY | CellType.INTEGER:
            return _without_apostrophe(_number_reader(column, whole))


def column_reader_of(column: Column, whole: type = Decimal) -> ColumnReader:
    """A reader of many cells of a column: it gives exactly what `reader_of` gives for each."""
    read = reader_of(column, whole)
    match column.type:
        case CellType.TEXT | CellType.LONG_TEXT:
            quick = _documents(read) if column.document else _texts(read)
        case CellType.DATE:
            quick = _dates(read)
        case CellType.CHOICE:
            quick = _choices(read, column.choices)
        case _:
            quick = _numbers(read, column, whole)
    return lambda cells: [None] * len(cells) if cells.count("") == len(cells) else quick(cells)


def _texts(read: Reader) -> ColumnReader:
    def quick(cells: Sequence[Cell]) -> list[Value | Odd]:
        if set(map(type, cells)) == {str}:
            texts: list[str] = list(map(str.strip, cells))  # type: ignore[arg-type]
            if texts == list(cells) and PLACEHOLDERS.isdisjoint(texts) and not _any_apostrophe(texts):
                return [text or None for text in texts]
        return list(map(read, cells))

    return quick


def _any_apostrophe(texts: Sequence[str]) -> bool:
    """Whether any of the texts begins with one."""
    return not APOSTROPHES.isdisjoint([text[:1] for text in texts])


#: Numbers of documents of the usual kind, as typed: 龙环罚字〔2017〕第12号.
_USUAL_DOCUMENT = re.compile(r"[^\W_]+[^\W\d_][〔\[(（【]\d{4}[〕\])）】]第?\d{1,6}号?")


def _documents(read: Reader) -> ColumnReader:
    usual = _USUAL_DOCUMENT.fullmatch
    return lambda cells: [cell if type(cell) is str and usual(cell) else read(cell) for cell in cells]


def _dates(read: Reader) -> ColumnReader:
    same: dict[date, date] = {}  # one object for each day: less to keep, less to write
    return lambda cells: [same.setdefault(cell, cell) if type(cell) is date else read(cell) for cell in cells]


def _choices(read: Reader, choices: tuple[str, ...]) -> ColumnReader:
    exact: dict[Cell, Value] = {"": None}
    exact.update((text, text) for text in choices)

    def quick(cells: Sequence[Cell]) -> list[Value | Odd]:
        try:
            return [exact[cell] for cell in cells]
        except KeyError:
            return list(map(read, cells))

    return quick


def _numbers(read: Reader, column: Column, whole: type) -> ColumnReader:
    known: dict[float, Value | Odd] = {}
    kept = int if column.type is CellType.INTEGER and whole is int else Decimal
    least = -_DIGITS_KEPT if column.minimum is None else column.minimum
    most = _DIGITS_KEPT if column.maximum is None else column.maximum
    low, high = float(max(least, -_DIGITS_KEPT)), float(min(most, _DIGITS_KEPT))

    def one(cell: Cell) -> Value | Odd:
        if type(cell) is not float:
            return read(cell)
        plain = low <= cell <= high and cell.is_integer()
        found = known[cell] = kept(int(cell)) if plain else read(cell)
        return found

    return lambda cells: [known[c] if type(c) is float and c in known else one(c) for c in cells]


def _text_reader(column: Column) -> Reader:
    identifier = column.identifier

    def read(cell: Cell) -> Value | Odd:
        if type(cell) is str:
            text = cell.strip()
            if len(text) <= 3:
                if not text:
                    return None
                if text in PLACEHOLDERS:
                    return Odd(None, text, c.PLACEHOLDER)
            return text if len(text) == len(cell) else Odd(text, cell, c.SPACES)
        if type(cell) is ErrorCell:
            return Odd(None, str(cell), c.CELL_ERROR)
        text = as_typed(cell)
        if identifier and isinstance(cell, float) and abs(cell) >= _DIGITS_KEPT:
            return Odd(text, text, c.DIGITS_LOST)
        return text

    return read


def _document_reader(column: Column) -> Reader:
    """Numbers of documents: words in place of one stand for nothing where a number may be left out."""
    text = _text_reader(column)

    def read(cell: Cell) -> Value | Odd:
        found = text(cell)
        value = found.value if isinstance(found, Odd) else found
        if value is None or form_of(str(value)) is not DocumentForm.NONE:
            return found
        may_wait = not column.required and is_pending(str(value))
        return Odd(None, str(value), c.PLACEHOLDER if may_wait else c.NO_DOCUMENT_NUMBER)

    return read


def _without_apostrophe(read: Reader, free: bool = False) -> Reader:
    """The reader for cells that may begin with a literal apostrophe, as exports write it: '2017-08-01, '12.5.

    `free`: the column holds text in which a pair of them may be quotation marks.
    """

    def bare(cell: Cell) -> Value | Odd:
        if type(cell) is not str or cell.lstrip()[:1] not in APOSTROPHES:
            return read(cell)
        text = cell.strip().lstrip(_APOSTROPHES)
        if free and not APOSTROPHES.isdisjoint(text):
            return read(cell)
        found = read(text if free else text.rstrip(_APOSTROPHES))
        if not isinstance(found, Odd):
            return Odd(found, cell, c.PLACEHOLDER if found is None else c.APOSTROPHE)
        understood = found.value is not None and found.kind.severity is Severity.NOTE
        return replace(found, shown=cell, kind=c.APOSTROPHE if understood else found.kind)

    return bare


_APOSTROPHES = "".join(APOSTROPHES)


def _memo(slow: Callable[[Cell], Value | Odd]) -> Reader:
    """Cells of one column repeat: each spelling is worked out once. Keyed by type too, since 1.0 == True."""
    known: dict[tuple[type, Cell], Value | Odd] = {}

    def read(cell: Cell) -> Value | Odd:
        key = (type(cell), cell)
        try:
            return known[key]
        except KeyError:
            if len(known) > 20_000:
                known.clear()
            found = known[key] = slow(cell)
            return found

    return read


def _nothing(cell: Cell) -> Odd | None:
    """The reading of a placeholder or of a formula's error, else None."""
    if type(cell) is ErrorCell:
        return Odd(None, str(cell), c.CELL_ERROR)
    text = cell.strip() if isinstance(cell, str) else ""
    return Odd(None, text, c.PLACEHOLDER) if text in PLACEHOLDERS else None


def _date_reader() -> Reader:
    def slow(cell: Cell) -> Value | Odd:
        if isinstance(cell, datetime):
            day = cell.date()
            return day if cell == datetime(day.year, day.month, day.day) else Odd(day, as_typed(cell), c.TEXT_DATE)
        if isinstance(cell, str):
            if not cell.strip():
                return None
            found = date_of_text(cell)
        else:
            found = date_of_number(cell) if isinstance(cell, float) else None
        if found is not None:
            return Odd(found, as_typed(cell), c.TEXT_DATE)
        return _nothing(cell) or Odd(None, as_typed(cell), c.NOT_A_DATE)

    odd = _memo(slow)

    def read(cell: Cell) -> Value | Odd:
        if type(cell) is date:
            return cell
        return None if cell == "" else odd(cell)

    return read


def _number_reader(column: Column, whole: type) -> Reader:
    minimum, maximum, places = column.minimum, column.maximum, column.places
    integer = column.type is CellType.INTEGER

    def held(number: Decimal, cell: Cell, note: Kind | None) -> Value | Odd:
        if integer:
            if number != number.to_integral_value():
                return Odd(None, as_typed(cell), c.NOT_WHOLE)
            number = number.to_integral_value()
        elif (exact := rounded(number, places)) is not number and exact != number:
            number, note = exact, c.ROUNDED
        if (minimum is not None and number < minimum) or (maximum is not None and number > maximum):
            return Odd(None, as_typed(cell), c.OUT_OF_RANGE)
        value = int(number) if whole is int else number
        return value if note is None else Odd(value, as_typed(cell), note)

    def slow(cell: Cell) -> Value | Odd:
        if isinstance(cell, float):
            number = number_of_float(cell)
            return Odd(None, as_typed(cell), c.NOT_A_NUMBER) if number is None else held(number, cell, None)
        if isinstance(cell, str):
            if not cell.strip():
                return None
            number = number_of_text(cell, column.unit)
            if number is not None:
                return held(number, cell, c.TEXT_NUMBER)
        return _nothing(cell) or Odd(None, as_typed(cell), c.NOT_A_NUMBER)

    odd = _memo(slow)

    def read(cell: Cell) -> Value | Odd:
        return None if cell == "" else odd(cell)

    return read


def _choice_reader(column: Column) -> Reader:
    exact: dict[Cell, Value] = dict.fromkeys(("",), None)
    exact.update((text, text) for text in column.choices)
    squeezed = {squeeze(text).upper(): text for text in column.choices}

    def slow(cell: Cell) -> Value | Odd:
        shown = as_typed(cell)
        text = shown.strip()
        if not text:
            return None
        if text in exact:
            return Odd(text, shown, c.SPACES)
        key = squeeze(text).upper().rstrip("。.;,、!")
        for spelling in (key, key.removesuffix("类")):
            found = squeezed.get(spelling) or next((t for t in CHOICE_ALIASES.get(spelling, ()) if t in exact), None)
            if found is not None:
                return Odd(found, shown, c.OTHER_CHOICE)
        return _nothing(cell) or Odd(None, shown, c.NOT_A_CHOICE)

    odd = _memo(slow)

    def read(cell: Cell) -> Value | Odd:
        if type(cell) is str:
            try:
                return exact[cell]
            except KeyError:
                pass
        return odd(cell)

    return read
