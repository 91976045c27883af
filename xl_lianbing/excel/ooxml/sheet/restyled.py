"""A worksheet part in memory whose cells get other styles: rows that nobody touches stay byte for byte."""

from __future__ import annotations

import io
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from lxml import etree

from xl_lianbing.addresses import MAX_COLUMN, Box, box_ref, column_letters, split_address
from xl_lianbing.excel.ooxml.sheet.kept_cells import KeptRow
from xl_lianbing.excel.ooxml.sheet.scan import RawRow, SheetScan, attributes
from xl_lianbing.excel.ooxml.styles import StyleSheet
from xl_lianbing.excel.ooxml.xml import REL, PackageSyntaxError, main_tag, parsed, serialised

#: Row and column, both from 1.
Place = tuple[int, int]

_STYLE = re.compile(r"""\ss\s*=\s*(?:"[^"]*"|'[^']*')""")
_PLACE = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_SPANS = re.compile(rb"""\sspans\s*=\s*(?:"[^"]*"|'[^']*')""")
#: What stands after <legacyDrawing> in a worksheet (ECMA-376 part 1, 18.3.1.99).
_AFTER_NOTES: Final = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems")
_AFTER_NOTES_TOO: Final = ("tableParts", "extLst")


class RestyledSheet:
    """The rows as they were written, and everything around them as a tree."""

    def __init__(self, content: bytes) -> None:
        """Raises PackageSyntaxError for what is no worksheet in UTF-8."""
        scan = SheetScan(io.BytesIO(content))
        self.prefix = scan.prefix
        self.rows: list[RawRow] = list(scan.rows())
        self.frame = parsed(scan.head + b"".join(scan.tail()))
        if self.frame.tag != main_tag("worksheet"):
            raise PackageSyntaxError("no worksheet of the transitional kind")
        self._cell = re.compile(rf"<{re.escape(self.prefix)}c(\s[^<>]*?)?(/?)>")

    def to_bytes(self) -> bytes:
        text = serialised(self.frame)
        name = f"{self.prefix}sheetData".encode()
        before, _, after = text.partition(b"<" + name)
        end = after.index(b">")
        attribute_text, closed = after[:end], after[:end].endswith(b"/")
        rest = after[end + 1 :] if closed else after[end + 1 :].partition(b"</" + name + b">")[2]
        opening = b"<" + name + attribute_text.rstrip(b"/").rstrip() + b">"
        return b"".join([before, opening, *map(self._written, self.rows), b"</", name, b">", rest])

    def _written(self, row: RawRow) -> bytes:
        tag = f"{self.prefix}row".encode()
        if row.inner is None:
            return b"<" + tag + row.attributes + b"/>"
        return b"<" + tag + row.attributes + b">" + row.inner + b"</" + tag + b">"

    def styles(self, places: Mapping[int, list[int]]) -> Iterator[tuple[Place, int]]:
        """The style that each cell has: its own, else its row's, else its column's. `places`: row → columns."""
        numbers = [row.number for row in self.rows]
        for number, columns in sorted(places.items()):
            at = bisect_left(numbers, number)
            row = KeptRow.parse(self.rows[at], self.prefix) if at < len(numbers) and numbers[at] == number else None
            own = {cell.column: cell.style for cell in row.cells} if row else {}
            for column in columns:
                if column in own:
                    style = own[column]
                else:
                    style = (row.style if row else "") or self._column_style(column)
                yield (number, column), int(style or 0)

    def _column_style(self, column: int) -> str:
        for col in self.frame.iterfind(f"{main_tag('cols')}/{main_tag('col')}"):
            if int(col.get("min", "0")) <= column <= int(col.get("max", "0")):
                return str(col.get("style", ""))
        return ""

    def column_width(self, column: int) -> float:
        """In characters."""
        for col in self.frame.iterfind(f"{main_tag('cols')}/{main_tag('col')}"):
            if int(col.get("min", "0")) <= column <= int(col.get("max", "0")) and col.get("width"):
                return float(col.get("width", "9"))
        return 9.0

    def restyle(self, wanted: Mapping[Place, int]) -> None:
        """Gives cells other styles; cells and rows that are not there yet are made."""
        if not wanted:
            return
        by_row: dict[int, dict[int, int]] = {}
        for (number, column), style in wanted.items():
            by_row.setdefault(number, {})[column] = style
        kept = {row.number for row in self.rows}
        fresh = [RawRow(number, f' r="{number}"'.encode(), b"") for number in by_row if number not in kept]
        merged = sorted([*self.rows, *fresh], key=lambda row: row.number) if fresh else self.rows
        self.rows = [self._restyled(row, by_row[row.number]) if row.number in by_row else row for row in merged]
        self._extend(wanted)

    def _extend(self, places: Iterable[Place]) -> None:
        """The dimension of the sheet holds the cells that were made, too."""
        dimension = self.frame.find(main_tag("dimension"))
        if dimension is not None:
            corners = _PLACE.findall(dimension.get("ref", ""))
            rows, columns = zip(*map(split_address, corners), *places, strict=True)
            dimension.set("ref", box_ref(Box(min(rows), min(columns), max(rows), max(columns))))

    def _restyled(self, row: RawRow, styles: Mapping[int, int]) -> RawRow:
        parsed_row = KeptRow.parse(row, self.prefix)
        cells = {cell.column: cell.xml for cell in parsed_row.cells}
        for column, style in styles.items():
            if not 1 <= column <= MAX_COLUMN:
                continue
            if column in cells:
                cells[column] = self._cell.sub(
                    lambda tag, s=style: f'<{self.prefix}c{_STYLE.sub("", tag[1] or "")} s="{s}"{tag[2]}>',  # type: ignore[misc]
                    cells[column],
                    count=1,
                )
            else:
                cells[column] = f'<{self.prefix}c r="{column_letters(column)}{row.number}" s="{style}"/>'
        inner = "".join(cells[column] for column in sorted(cells)).encode("utf-8", "surrogateescape")
        return RawRow(row.number, _SPANS.sub(b"", row.attributes), inner)

    def take_marks_off(self, styles: StyleSheet, fills: Mapping[Place, str]) -> int:
        """Gives every marked cell, row and column its own fill back; returns how many there were."""
        marked = styles.marked_before
        if not marked:
            return 0
        numbers = "|".join(map(str, sorted(marked)))
        pattern = re.compile(rf"""\ss\s*=\s*["'](?:{numbers})["']""".encode())
        count = 0
        for i, row in enumerate(self.rows):
            in_tag, in_cells = pattern.search(row.attributes), row.inner and pattern.search(row.inner)
            if in_cells:
                kept = KeptRow.parse(row, self.prefix)
                places = {
                    cell.column: int(cell.style) for cell in kept.cells if cell.style and int(cell.style) in marked
                }
                count += len(places)
                restored = {c: styles.unmarked(s, fills.get((row.number, c), "")) for c, s in places.items()}
                row = self._restyled(row, restored)
            if in_tag:
                count += 1
                own = attributes(row.attributes.decode("utf-8", "surrogateescape"))
                text = _STYLE.sub("", row.attributes.decode("utf-8", "surrogateescape"))
                row = row._replace(attributes=f'{text} s="{styles.unmarked(int(own["s"]))}"'.encode())
            self.rows[i] = row
        for col in self.frame.iterfind(f"{main_tag('cols')}/{main_tag('col')}"):
            if int(col.get("style", "0")) in marked:
                col.set("style", str(styles.unmarked(int(col.get("style", "0")))))
                count += 1
        return count

    def notes_relation(self) -> str:
        """The relationship id of the drawing that holds the notes; empty: none."""
        element = self.frame.find(main_tag("legacyDrawing"))
        return "" if element is None else str(element.get(f"{{{REL}}}id", ""))

    def set_notes_relation(self, relation: str) -> None:
        """Points to the drawing of the notes; empty: no longer to any."""
        element = self.frame.find(main_tag("legacyDrawing"))
        if not relation:
            if element is not None:
                self.frame.remove(element)
            return
        if element is None:
            element = etree.Element(main_tag("legacyDrawing"), nsmap={"r": REL})
            self.frame.insert(self._place_of_notes(), element)
        element.set(f"{{{REL}}}id", relation)

    def _place_of_notes(self) -> int:
        later = {main_tag(name) for name in (*_AFTER_NOTES, *_AFTER_NOTES_TOO)}
        for index, child in enumerate(self.frame):
            is_choice = isinstance(child.tag, str) and child.tag.endswith("}AlternateContent")
            if child.tag in later or (is_choice and index > 0 and self._after_data(index)):
                return index
        return len(self.frame)

    def _after_data(self, index: int) -> bool:
        return any(child.tag == main_tag("sheetData") for child in self.frame[:index])
