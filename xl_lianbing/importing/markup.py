"""Tables written as HTML, or as the XML of Excel 2003, into files that a web system names `.xls`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from xml.parsers.expat import ExpatError

from xl_lianbing.intake.cells.numbers import number_of_text
from xl_lianbing.intake.door.limits import LAST_COLUMN, Unreadable
from xl_lianbing.intake.door.sheets import Cell
from xl_lianbing.intake.door.xml import local, parser_of, plain_xml

_MOST_SPAN: Final = 65_536


@dataclass(slots=True)
class _Table:
    """A table while it is read. `above`: column → how many rows a cell of an earlier row still covers; `fresh`: those
    that begin in this row."""

    cells: list[str] | None = None
    text: list[str] | None = None
    across: int = 1
    down: int = 1
    above: dict[int, int] = field(default_factory=dict)
    fresh: dict[int, int] = field(default_factory=dict)


class _Rows(HTMLParser):
    """The rows of all tables of a page; one inside a cell stands for itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._open: list[_Table] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "title"):
            self._silent += 1
        elif tag == "table":
            self._open.append(_Table())
        elif tag == "tr":
            if not self._open:
                self._open.append(_Table())
            self._end_row()
            self._open[-1].cells = []
            self._covered()
        elif tag in ("td", "th") and self._open:
            table = self._open[-1]
            self._end_cell()
            if table.cells is None:
                table.cells = []
                self._covered()
            given = dict(attrs)
            table.text = []
            table.across = _span(given.get("colspan"), LAST_COLUMN)
            table.down = _span(given.get("rowspan"), _MOST_SPAN)
        elif tag in ("br", "p", "div") and self._open and self._open[-1].text:
            self._open[-1].text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "title"):
            self._silent = max(self._silent - 1, 0)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag == "table" and self._open:
            self._end_row()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent and self._open and self._open[-1].text is not None:
            self._open[-1].text.append(data)

    def close(self) -> None:
        super().close()
        while self._open:
            self._end_row()
            self._open.pop()

    def _end_cell(self) -> None:
        table = self._open[-1] if self._open else None
        if table is None or table.text is None or table.cells is None:
            return
        place = len(table.cells)
        table.cells += ["".join(table.text).strip(), *[""] * (table.across - 1)]
        if table.down > 1:
            table.fresh.update(dict.fromkeys(range(place, place + table.across), table.down - 1))
        table.text = None
        self._covered()

    def _covered(self) -> None:
        """Cells of rows above reach into this one."""
        table = self._open[-1]
        assert table.cells is not None
        while len(table.cells) in table.above:
            table.cells.append("")

    def _end_row(self) -> None:
        self._end_cell()
        table = self._open[-1] if self._open else None
        if table is None or table.cells is None:
            return
        self.rows.append(table.cells)
        table.above = {place: rows - 1 for place, rows in table.above.items() if rows > 1} | table.fresh
        table.fresh = {}
        table.cells = None


def _span(text: str | None, most: int) -> int:
    return min(max(int(text), 1), most) if text and text.strip().isdecimal() else 1


def html_rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows of the tables of a page that hold something, numbered as Excel numbers them."""
    parser = _Rows()
    parser.feed(text)
    parser.close()
    return [(number, cells) for number, cells in enumerate(parser.rows, 1) if any(cells)]


def spreadsheet_xml_sheets(content: bytes) -> list[tuple[str, list[tuple[int, Sequence[Cell]]]]]:
    """The sheets of a workbook in the XML of Excel 2003. Raises Unreadable."""
    sheets: list[tuple[str, list[tuple[int, Sequence[Cell]]]]] = []
    row, cells, kind = 0, dict[int, Cell](), ""
    column = across = 0
    pieces: list[str] | None = None

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, cells, column, across, kind, pieces
        given = {local(name): value for name, value in attributes.items()}
        match local(tag):
            case "Worksheet":
                sheets.append((given.get("Name", ""), []))
                row = 0
            case "Row":
                row = _number(given.get("Index"), row + 1)
                cells, column = {}, 0
            case "Cell":
                column = _number(given.get("Index"), column + 1)
                across = _number(given.get("MergeAcross"), 0)
            case "Data":
                kind, pieces = given.get("Type", ""), []

    def text(data: str) -> None:
        if pieces is not None:
            pieces.append(data)

    def end(tag: str) -> None:
        nonlocal pieces, column
        match local(tag):
            case "Data" if pieces is not None:
                if column <= LAST_COLUMN:
                    cells[column] = _cell("".join(pieces), kind)
                pieces = None
            case "Cell":
                column += across
            case "Row" if sheets and cells:
                sheets[-1][1].append((row, [cells.get(place, "") for place in range(1, max(cells) + 1)]))

    parser = parser_of("工作簿")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        parser.Parse(plain_xml(content, "工作簿"), True)
    except (ExpatError, ValueError) as e:
        raise Unreadable("文件已损坏，或没有传完整") from e
    filled = [(name, rows) for name, rows in sheets if rows]
    return [(name if len(filled) > 1 else "", rows) for name, rows in filled]


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() else default


def _cell(text: str, kind: str) -> Cell:
    text = text.strip()
    if kind == "Number" and number_of_text(text) is not None:
        return float(text)
    return text.removesuffix("T00:00:00.000") if kind == "DateTime" else text
