"""The rows of a sheet with what the guard knows put in: error cells, true row numbers, texts cleaned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from xl_lianbing.intake.door.facts import SheetFacts
from xl_lianbing.intake.door.text import cleaned, spelled_out

Cell = float | str | bool | date | datetime | time | timedelta
Row = tuple[int, Sequence[Cell]]


class ErrorCell(str):
    """The text of a formula's error (#N/A …): no content, and not nothing either."""

    __slots__ = ()


def true_rows(rows: Iterable[Sequence[Cell]], facts: SheetFacts, first: int, odd: bool) -> Iterator[Row]:
    """Rows with their true numbers. `first`: columns left of the first cell. `odd`: texts need a closer look."""
    numbered: Iterator[Row]
    if facts.rows is None:
        numbered = enumerate(rows, 1)
    else:
        numbered = zip(facts.rows, rows, strict=False)
    if facts.errors:
        numbered = _with_errors(numbered, facts, first)
    return _with_clean_texts(numbered, facts, first) if odd else numbered


def with_floats(rows: Iterable[Row]) -> Iterator[Row]:
    """The older formats keep whole numbers apart; here every number is a float, as Excel has it."""
    for number, cells in rows:
        yield number, [float(cell) if type(cell) is int else cell for cell in cells]


def _with_errors(rows: Iterable[Row], facts: SheetFacts, first: int) -> Iterator[Row]:
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in facts.errors.items():
        by_row.setdefault(row, []).append((column - 1 - first, text))
    for number, cells in rows:
        if number not in by_row:
            yield number, cells
            continue
        changed = list(cells)
        for place, text in by_row[number]:
            if 0 <= place < len(changed) and changed[place] == "":
                changed[place] = ErrorCell(text)
        yield number, changed


def _with_clean_texts(rows: Iterable[Row], facts: SheetFacts, first: int) -> Iterator[Row]:
    clean = cleaned
    for number, cells in rows:
        changed: list[Cell] | None = None
        for place, cell in enumerate(cells):
            if type(cell) is str and cell and (text := clean(cell)) is not cell:
                changed = changed or list(cells)
                changed[place] = text
                facts.odd_texts[number, first + place + 1] = spelled_out(cell)
        yield number, cells if changed is None else changed
