"""The rows of a sheet with what the guard knows put in: error cells, true row numbers, unseen characters taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from xl_lianbing.intake.door.facts import PICTURE_FUNCTION, SheetFacts

Cell = float | str | bool | date | datetime | time | timedelta
Row = tuple[int, Sequence[Cell]]

#: Characters that nobody sees: controls, marks that turn the direction of text, blanks without width.
_ODD: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d|\u200c"
)
#: The same in UTF-8, coarsely: no text without a hit has any of them.
_HINTS: Final = (
    re.compile(rb"\xe2(?:\x80[\x8b-\x8f\xaa-\xae]|\x81[\xa0-\xaf])"),
    re.compile(rb"\xc2[\x80-\x84\x86-\x9f]"),
    re.compile(rb"x(?<=_x)00"),
    re.compile(rb"#(?<=&#)"),
)
#: A text that is the formula of a picture, also where a program that doesn't know it kept it as a text.
_PICTURES: Final = tuple(f"={prefix}{PICTURE_FUNCTION}" for prefix in ("", "_xlfn."))
_BOM: Final = b"\xef\xbb\xbf"
_CONTROLS: Final = bytes({*range(0x20)} - {9, 10, 13}) + b"\x7f"


class ErrorCell(str):
    """The text of a formula's error (#N/A …): no content, and not nothing either."""

    __slots__ = ()


class PictureCell(str):
    """What stands in place of the value of a cell that holds a picture."""

    __slots__ = ()


PICTURE: Final = PictureCell("（图片）")


def true_rows(
    rows: Iterable[Sequence[Cell]], facts: SheetFacts, first: int, odd: bool, pictures: bool
) -> Iterator[Row]:
    """Rows with their true numbers.

    Args:
        first: columns left of the first cell.
        odd: texts need a closer look.
        pictures: cells may hold pictures.
    """
    numbered: Iterator[Row]
    if facts.rows is None:
        numbered = enumerate(rows, 1)
    else:
        numbered = zip(facts.rows, rows, strict=False)
    if facts.errors:
        numbered = _with_errors(numbered, facts, first)
    if pictures:
        numbered = _with_pictures(numbered, facts, first)
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


def _with_pictures(rows: Iterable[Row], facts: SheetFacts, first: int) -> Iterator[Row]:
    for number, cells in rows:
        for place, cell in enumerate(cells):
            if isinstance(cell, str) and cell.startswith(_PICTURES):
                facts.pictures.add((number, first + place + 1))
        yield number, [PICTURE if (number, first + k) in facts.pictures else cell for k, cell in enumerate(cells, 1)]


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


def may_be_odd(xml: bytes) -> bool:
    """Whether a part may hold characters that nobody sees, written out or as references.

    Fast; True may be a false alarm."""
    return (
        any(hint.search(xml) for hint in _HINTS)
        or xml.find(_BOM, 3) >= 0
        or len(xml.translate(None, _CONTROLS)) != len(xml)
    )


def cleaned(text: str) -> str:
    """The text without characters that nobody sees."""
    return _ODD.sub("", text) if _ODD.search(text) else text


def spelled_out(text: str) -> str:
    """The text with each such character shown as ‹U+202E›."""
    return _ODD.sub(lambda m: f"‹U+{ord(m[0]):04X}›", text)
