"""A sheet's part looked over before calamine gets it: a few passes at C speed, no tree.

Ordinary parts (columns A to Z, fewer than 100,000 rows) are handed on as they are. Any other, where a reader that
lays out the whole used range might ask for more memory than there is, is written anew by `trim.py`.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from xl_lianbing.addresses import column_number
from xl_lianbing.intake.door import limits
from xl_lianbing.intake.door.cells import may_be_odd
from xl_lianbing.intake.door.facts import LINK, NOT_CALCULATED, PICTURE_FUNCTION, Place, SheetFacts
from xl_lianbing.intake.door.trim import trim
from xl_lianbing.intake.door.xml import in_utf8
from xl_lianbing.intake.door.zip import Archive

# Each search begins with a byte that is rare in a sheet, and is left out where that byte is absent: `in` for a single
# byte is many times as fast as any pattern.
_CELL_ELSEWHERE: Final = re.compile(rb'<c(?! r="[A-Z]\d{1,5}")')
_PREFIXED: Final = re.compile(rb":(?=c[\s/>]|row[\s/>]|sheetData)")
_ASIDE: Final = re.compile(rb"!(?<=<!)")
_FORMULA: Final = re.compile(rb"f(?<=<f)(?=[\s/>])")
_HIDDEN: Final = re.compile(rb"""d(?<=\shidd)en\s*=\s*["'](?:1|true|on)""")
_ERROR: Final = re.compile(rb"#[^<]*")
_CELL: Final = re.compile(rb'<c r="([A-Z])(\d+)"([^>]*)>')
_IS_ERROR: Final = re.compile(rb"""\bt\s*=\s*["']e["']""")
#: An error for programs that don't know pictures in cells as Excel has them.
_RICH: Final = re.compile(rb"""\bvm\s*=""")
_PICTURE: Final = PICTURE_FUNCTION.encode()
_CELL_PLACE: Final = re.compile(rb'<c r="([A-Z])(\d{1,5})"')
#: What a program leaves that has calculated a formula: a value, or the type of a text (which may be empty).
_RESULT: Final = re.compile(rb"<(?:v|t)(?:\s[^>]*)?>[^<]")
_IS_TEXT: Final = re.compile(rb"""\bt\s*=\s*["']str["']""")
_ROW: Final = re.compile(rb"""<row\s[^>]*?\br\s*=\s*["'](\d{1,7})""")
_COLUMN: Final = re.compile(rb"<col\s[^>]*>")
_MIN: Final = re.compile(rb"""\bmin\s*=\s*["'](\d{1,5})""")
_MAX: Final = re.compile(rb"""\bmax\s*=\s*["'](\d{1,5})""")
_MERGED: Final = re.compile(rb"""<mergeCell\s+ref\s*=\s*["']([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})""")


@dataclass(frozen=True, slots=True)
class GuardedSheet:
    """A part as calamine may have it, with its CRC-32 and what it says beside its values.

    `far`: cells that were taken out, with their type and raw value. `may_be_odd`: its texts need a closer look.
    """

    xml: bytes
    crc: int
    facts: SheetFacts
    may_be_odd: bool
    far: dict[Place, tuple[str, str]] = field(default_factory=dict)


def guard_sheet(archive: Archive, name: str) -> GuardedSheet:
    """Raises Unreadable."""
    if archive.size(name) > limits.AT_ONCE:
        trimmed = trim(archive.chunks(name), name, archive.cells_left)
    else:
        raw = archive.read(name)
        xml = in_utf8(raw, name)
        data = _sheet_data(xml)
        if not ((b"!" in xml and _ASIDE.search(xml)) or _CELL_ELSEWHERE.search(data) or _PREFIXED.search(xml)):
            crc = archive.crc(name) if xml is raw else zlib.crc32(xml)
            odd = b"inlineStr" in data and may_be_odd(data)
            return GuardedSheet(xml, crc, _facts(xml, data), odd)
        trimmed = trim([xml], name, archive.cells_left)
    archive.cells_left -= trimmed.cells
    return GuardedSheet(trimmed.xml, zlib.crc32(trimmed.xml), trimmed.facts, may_be_odd(trimmed.xml), trimmed.far)


def _sheet_data(xml: bytes) -> bytes:
    """All that can hold rows, rather more than less."""
    start, end = max(xml.find(b"<sheetData"), 0), xml.rfind(b"</sheetData>")
    return xml[start:] if end < start else xml[start:end]


def _facts(xml: bytes, data: bytes) -> SheetFacts:
    facts = SheetFacts(values=data.count(b"</v>") + (data.count(b"</is>") if b"</is>" in data else 0))
    pictures = _PICTURE in data
    for found in _FORMULA.finditer(data) if b"f" in data else ():
        if (cell := _cell_before(data, found.start())) and len(facts.formulas) < limits.MOST_LISTED:
            place = (int(cell[2]), column_number(cell[1].decode()))
            facts.formulas.append(place)
            end = data.find(b"</c>", found.end())
            if not (_RESULT.search(data, found.end(), end) or _IS_TEXT.search(cell[3])):
                facts.errors.setdefault(place, NOT_CALCULATED)
            if LINK.search(data, found.end(), end):
                facts.linked.add(place)
            if pictures and data.find(_PICTURE, found.end(), end) >= 0:
                facts.pictures.add(place)
    errors = b"#" in data and (b'"e"' in data or b"'e'" in data)
    for found in _ERROR.finditer(data) if errors else ():
        if (cell := _cell_before(data, found.start())) and _IS_ERROR.search(cell[3]):
            place = (int(cell[2]), column_number(cell[1].decode()))
            facts.errors.setdefault(place, found[0].decode("utf-8", "replace"))
            if _RICH.search(cell[3]):
                facts.pictures.add(place)
    for found in _HIDDEN.finditer(data) if b"d" in data else ():
        if row := _ROW.match(data, data.rfind(b"<row", 0, found.start())):
            facts.hidden_rows.append(int(row[1]))
    head, tail = xml[: xml.find(b"<sheetData")], xml[xml.rfind(b"</sheetData>") :]
    for column in _COLUMN.findall(head):
        if _HIDDEN.search(column) and (least := _MIN.search(column)) and (most := _MAX.search(column)):
            facts.hidden_columns.append((int(least[1]), int(most[1])))
    for first, top, last, bottom in _MERGED.findall(tail):
        facts.merged.append((int(top), column_number(first.decode()), int(bottom), column_number(last.decode())))
    return facts


def doubled_cells(xml: bytes) -> list[Place]:
    """The cells of an ordinary part that stand in it twice, each once."""
    counts = Counter(_CELL_PLACE.findall(_sheet_data(xml)))
    return sorted((int(row), column_number(letter.decode())) for (letter, row), n in counts.items() if n > 1)


def _cell_before(data: bytes, at: int) -> re.Match[bytes] | None:
    return _CELL.match(data, max(data.rfind(b"<c ", 0, at), 0))
