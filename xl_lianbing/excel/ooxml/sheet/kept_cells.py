"""Rows of a sheet parsed cell by cell: those of which something stays, or that new rows take their look from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from xl_lianbing.addresses import column_letters, split_address
from xl_lianbing.excel.ooxml.sheet.scan import RawRow, SheetScan, attributes
from xl_lianbing.excel.ooxml.xml import PackageSyntaxError, reading_package

ColumnStyles = Sequence[tuple[range, str]]

_TRUE = ("1", "true")


@dataclass(frozen=True, slots=True)
class KeptCell:
    """A ``<c>`` as it was written."""

    row: int
    column: int
    style: str
    xml: str


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A ``<row>`` with its cells from left to right."""

    attributes: dict[str, str]
    style: str
    """Of the cells that the row does not have; empty: none."""
    cells: tuple[KeptCell, ...]

    @classmethod
    def parse(cls, row: RawRow, prefix: str) -> KeptRow:
        """Raises PackageSyntaxError for addresses that make no sense."""
        inner = (row.inner or b"").decode("utf-8", "surrogateescape")
        cells = []
        column = 0
        for match in _cell_pattern(prefix).finditer(inner):
            cell = _cell(row.number, column + 1, match, prefix)
            column = cell.column
            cells.append(cell)
        return cls._of(row, cells)

    @classmethod
    def parse_some(cls, row: RawRow, prefix: str, starts: re.Pattern[bytes]) -> KeptRow:
        """The row with only those cells at whose ``<c`` the pattern matches: the pattern must match cells without an
        address, too, as the place of such a cell follows from all the cells before it."""
        cells = []
        inner = row.inner or b""
        end = f"</{prefix}c>".encode()
        for start in starts.finditer(inner):
            stop = inner.find(end, start.start()) + len(end)
            text = inner[start.start() : stop if stop >= len(end) else None].decode("utf-8", "surrogateescape")
            match = _cell_pattern(prefix).match(text)
            if match is None or " r=" not in (match[1] or ""):
                return cls.parse(row, prefix)
            cells.append(_cell(row.number, 0, match, prefix))
        return cls._of(row, cells)

    @classmethod
    def _of(cls, row: RawRow, cells: list[KeptCell]) -> KeptRow:
        found = attributes(row.attributes.decode("utf-8", "surrogateescape"))
        style = found.get("s", "") if found.get("customFormat", "") in _TRUE else ""
        return cls(found, style, tuple(cells))


@cache
def _cell_pattern(prefix: str) -> re.Pattern[str]:
    p = re.escape(prefix)
    return re.compile(rf"<{p}c(\s[^<>]*?)?(?:/>|>.*?</{p}c\s*>)", re.DOTALL)


def _cell(row: int, place: int, match: re.Match[str], prefix: str) -> KeptCell:
    """A cell with its address, in column ``place`` if it has none."""
    own, xml = attributes(match[1] or ""), match[0]
    if "r" in own:
        try:
            place = split_address(own["r"])[1]
        except ValueError as error:
            raise PackageSyntaxError(str(error)) from error
    else:
        at = len(f"<{prefix}c")
        xml = f'{xml[:at]} r="{column_letters(place)}{row}"{xml[at:]}'
    return KeptCell(row, place, own.get("s", ""), xml)


def lasting_attributes(found: dict[str, str], *, rewritten: bool) -> dict[str, str]:
    """The attributes of a row that is written anew, without its number.

    rewritten: the row stands under a header, so that its content is another one: it is shown (the filter that hid it
    is gone) and a height that Excel had fitted to the old content goes; one that was set by hand stays.
    """
    gone = {"r", "spans"}
    if rewritten:
        gone |= {"hidden", "collapsed", "outlineLevel"}
        if found.get("customHeight", "") not in _TRUE:
            gone |= {"ht", "customHeight"}
    return {name: value for name, value in found.items() if name not in gone}


def column_styles(scan: SheetScan) -> ColumnStyles:
    """The styles of whole columns."""
    styles = []
    with reading_package():
        head = scan.head.decode("utf-8", "surrogateescape")
        for tag in re.findall(rf"<{re.escape(scan.prefix)}col(\s[^<>]*?)/?>", head):
            found = attributes(tag)
            if found.get("style", "0") != "0":
                styles.append((range(int(found["min"]), int(found["max"]) + 1), found["style"]))
    return styles


def style_of(row: KeptRow | None, column: int, styles: ColumnStyles) -> str:
    """The style of the cell that is there, else of its row, else of its column."""
    if row is not None:
        cell = next((cell for cell in row.cells if cell.column == column), None)
        if cell is not None:
            return cell.style
        if row.style:
            return row.style
    return next((style for columns, style in styles if column in columns), "")


def row_attributes(model: KeptRow | None) -> dict[str, str]:
    """The attributes of each row of a table, without its number."""
    return lasting_attributes(model.attributes, rewritten=True) if model else {}


def attributes_text(found: dict[str, str]) -> str:
    return "".join([f' {name}="{value}"' for name, value in found.items()])


class SharedFormulas:
    """Keeps a kept cell's formula when the cell that held the text of the shared formula is replaced."""

    def __init__(self, prefix: str) -> None:
        p = re.escape(prefix)
        self._formula = re.compile(rf"<{p}f(\s[^<>]*?)(?:/>|>(.*?)</{p}f\s*>)", re.DOTALL)
        self._prefix = prefix
        self._lost: dict[str, tuple[str, str]] = {}

    @property
    def any_lost(self) -> bool:
        return bool(self._lost)

    def _shared(self, cell: KeptCell) -> tuple[re.Match[str], str] | None:
        match = self._formula.search(cell.xml)
        if match is None:
            return None
        found = attributes(match[1])
        return (match, found.get("si", "")) if found.get("t") == "shared" else None

    def dropped(self, cell: KeptCell) -> None:
        shared = self._shared(cell)
        if shared is not None and shared[0][2]:
            self._lost[shared[1]] = (shared[0][2], f"{column_letters(cell.column)}{cell.row}")

    def kept(self, cell: KeptCell) -> str:
        """The cell's XML, with the formula in full if the cell that held it for all of them is gone."""
        shared = self._shared(cell)
        if shared is None or shared[0][2] or shared[1] not in self._lost:
            return cell.xml
        from openpyxl.formula.translate import Translator  # slow to import, seldom needed

        text, origin = self._lost[shared[1]]
        moved = Translator("=" + _unescaped(text), origin=origin).translate_formula(
            f"{column_letters(cell.column)}{cell.row}"
        )
        formula = f"<{self._prefix}f>{_escaped(moved[1:])}</{self._prefix}f>"
        match = shared[0]
        return cell.xml[: match.start()] + formula + cell.xml[match.end() :]


def _unescaped(text: str) -> str:
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
