"""A sheet's part written anew for calamine: rows with content moved together, far columns taken out and listed.

calamine lays out the whole rectangle between the first and the last cell: one value in XFD1048576 asks for 550 GB.
Here the rectangle is as large as what was really typed, whatever the addresses say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Final, TypeVar
from xml.parsers.expat import ExpatError

from xl_lianbing.addresses import column_letters, column_number
from xl_lianbing.intake.door import limits
from xl_lianbing.intake.door.facts import LINK, NOT_CALCULATED, PICTURE_FUNCTION, Place, SheetFacts
from xl_lianbing.intake.door.limits import Unreadable, over_limit
from xl_lianbing.intake.door.xml import local, parser_of

_ADDRESS: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_RANGE: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7}):([A-Za-z]{1,3})([0-9]{1,7})")
T = TypeVar("T")
_LAST_ROW: Final = 1_048_576
_TRUE: Final = frozenset({"1", "true", "on"})
#: Excel takes 32,767 characters.
_LONGEST_TEXT: Final = 1 << 20
_SEGMENT: Final = 1 << 18
_TEXT_TYPES: Final = frozenset({"inlineStr", "str"})


@dataclass(slots=True)
class Trimmed:
    """`far`: cells beyond the last column with their type and raw value (a shared string's is its number).

    `cells`: how many were looked at.
    """

    xml: bytes
    facts: SheetFacts
    far: dict[Place, tuple[str, str]]
    cells: int


def trim(chunks: Iterable[bytes], name: str, most: int = limits.MOST_LOOKED_AT) -> Trimmed:
    """Reads a part as a stream, at most so many cells of it.

    Raises Unreadable: no XML, or more content than the limits give.
    """
    work = _Trimmer(name, most)
    parser = parser_of(name)
    parser.StartElementHandler = work.start
    parser.EndElementHandler = work.end
    parser.CharacterDataHandler = work.text
    fed = 0
    try:
        for chunk in _without_blanks(chunks):
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > limits.MOST_ROW:
                raise over_limit(f"其中的“{name}”有一个标记超过{limits.MOST_ROW >> 20}MB")
        parser.Parse(b"", True)
    except (ExpatError, ValueError, LookupError) as e:
        raise Unreadable(f"文件已损坏：其中的“{name}”不完整") from e
    return Trimmed(work.xml(), work.facts, work.far, work.cells)


def _without_blanks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The part without long runs of rows that hold nothing but formats."""
    kept = b""
    inside = False
    for chunk in chunks:
        kept += chunk
        inside = inside or b"<sheetData" in kept
        if len(kept) < _SEGMENT:
            continue
        cut = kept.rfind(b"<row")
        if cut <= 0:
            yield kept
            kept = b""
            continue
        segment, kept = kept[:cut], kept[cut:]
        ends = segment.count(b"</row>") + segment.count(b"</c>")
        blank = inside and segment.startswith(b"<row") and segment.count(b"</") == ends
        if not blank or b"!" in segment:
            yield segment
    yield kept


@dataclass(slots=True)
class _Trimmer:
    name: str
    most: int
    cells: int = 0
    facts: SheetFacts = field(default_factory=SheetFacts)
    far: dict[Place, tuple[str, str]] = field(default_factory=dict)
    _rows: dict[int, dict[int, str]] = field(default_factory=dict)
    _row: int = 0
    _column: int = 0
    _inside: bool = False
    _in_cell: bool = False
    _kind: str = "n"
    _style: str = ""
    _rich: bool = False
    _value: list[str] | None = None
    #: The text of the formula that is being read, and of the last one of the cell.
    _formula: list[str] | None = None
    _taking: bool = False
    _phonetic: bool = False
    _length: int = 0
    _kept: int = 0
    _width: int = 0
    _hidden: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match local(tag):
            case "c" if self._inside:
                self._start_cell(attributes)
            case "v" | "t" if self._in_cell and not self._phonetic:
                self._value = [] if self._value is None else self._value
                self._taking = True
            case "row" if self._inside:
                self._row = int(attributes.get("r", self._row + 1))
                self._column = 0
                if not 0 < self._row <= _LAST_ROW:
                    raise ValueError("row")
                self._hidden = attributes.get("hidden") in _TRUE
            case "f" if self._in_cell:
                _list(self.facts.formulas, (self._row, self._column))
                self._formula = []
            case "rPh":
                self._phonetic = True
            case "sheetData":
                self._inside = True
            case "col" if attributes.get("hidden") in _TRUE:
                _list(self.facts.hidden_columns, (int(attributes["min"]), int(attributes["max"])))
            case "mergeCell":
                if found := _RANGE.fullmatch(attributes.get("ref", "")):
                    first, top, last, bottom = found.groups()
                    _list(self.facts.merged, (int(top), column_number(first), int(bottom), column_number(last)))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            found = _ADDRESS.fullmatch(reference)
            if found is None or not 0 < int(found[2]) <= _LAST_ROW:
                raise ValueError("address")
            self._column, self._row = column_number(found[1]), int(found[2])
        self.cells += 1
        if self.cells > self.most:
            raise over_limit(f"文件里的单元格超过{limits.MOST_LOOKED_AT}个")
        self._in_cell, self._value, self._formula, self._length = True, None, None, 0
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._rich = "vm" in attributes

    def text(self, data: str) -> None:
        if self._formula is not None and self._value is None:
            self._formula.append(data)
        elif self._taking and self._value is not None:
            self._value.append(data)
        else:
            return
        self._length += len(data)
        if self._length > _LONGEST_TEXT:
            raise over_limit(f"其中的“{self.name}”有一个单元格超过{_LONGEST_TEXT}字")

    def end(self, tag: str) -> None:
        match local(tag):
            case "v" | "t":
                self._taking = False
            case "c" if self._in_cell:
                self._in_cell = False
                if self._formula is not None:
                    self._note_formula("".join(self._formula))
                if self._value is not None:
                    self._keep("".join(self._value))
            case "rPh":
                self._phonetic = False
            case "sheetData":
                self._inside = False

    def _note_formula(self, text: str) -> None:
        place = (self._row, self._column)
        if LINK.search(text.encode()):
            self.facts.linked.add(place)
        if PICTURE_FUNCTION in text:
            self.facts.pictures.add(place)
        calculated = self._kind == "str" or bool(self._value and any(self._value))
        if not calculated and self._column <= limits.LAST_COLUMN:
            self.facts.errors.setdefault(place, NOT_CALCULATED)
            _within(len(self.facts.errors))

    def _keep(self, value: str) -> None:
        row, column, kind = self._row, self._column, self._kind
        if self._hidden and (not self.facts.hidden_rows or self.facts.hidden_rows[-1] != row):
            self.facts.hidden_rows.append(row)
        if column > limits.LAST_COLUMN:
            if value:
                self.far.setdefault((row, column), (kind, value))
                _within(len(self.far))
            return
        if kind == "e" and value:
            self.facts.errors.setdefault((row, column), value)
            if self._rich:
                self.facts.pictures.add((row, column))
            _within(len(self.facts.errors))
        cells = self._rows.setdefault(row, {})
        if column in cells:
            self.facts.doubled.append((row, column))
            if len(self.facts.doubled) > limits.MOST_LISTED:
                raise over_limit(f"同一个单元格有两份内容的超过{limits.MOST_LISTED}处")
            return
        cells[column] = _cell(kind, self._style, value)
        self._kept += len(cells[column]) + 16
        self._width = max(self._width, column)
        if self._kept > limits.MOST_PART:
            raise over_limit(f"其中的“{self.name}”填写的内容超过{limits.MOST_PART >> 20}MB")
        if self._width * len(self._rows) > limits.MOST_CELLS:
            raise over_limit(f"其中的“{self.name}”有{len(self._rows)}行、{self._width}列，超过了能够读取的大小")

    def xml(self) -> bytes:
        self.facts.rows = sorted(self._rows)
        lines = []
        for number, row in enumerate(self.facts.rows, 1):
            cells = self._rows[row]
            inner = "".join(f'<c r="{column_letters(column)}{number}"{cells[column]}' for column in sorted(cells))
            lines.append(f'<row r="{number}">{inner}</row>')
        namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        head = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{namespace}"><sheetData>'
        return "".join((head, *lines, "</sheetData></worksheet>")).encode("utf-8", "replace")


def _cell(kind: str, style: str, value: str) -> str:
    styled = f' s="{escape(style)}"' if style else ""
    if kind in _TEXT_TYPES:
        return f'{styled} t="inlineStr"><is><t xml:space="preserve">{escape(value, quote=False)}</t></is></c>'
    typed = f' t="{escape(kind)}"'
    return f"{styled}{typed}><v>{escape(value, quote=False)}</v></c>"


def _within(count: int) -> None:
    if count > limits.MOST_LISTED:
        raise over_limit(f"离表格很远的地方或出错的单元格超过{limits.MOST_LISTED}个")


def _list(found: list[T], place: T) -> None:
    if len(found) < limits.MOST_LISTED:
        found.append(place)
