"""The door before calamine: what a file is, whether it is safe, and a plain copy of it that calamine can take.

A package is unpacked here once, within bounds; calamine gets only the parts it needs, checked and stored without
compression, so nothing that it meets can be larger, other or more than what was looked at.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from xl_lianbing.intake.door import limits
from xl_lianbing.intake.door.book import shared_texts, sheets_of
from xl_lianbing.intake.door.cells import may_be_odd
from xl_lianbing.intake.door.extent import GuardedSheet, guard_sheet
from xl_lianbing.intake.door.facts import SheetFacts
from xl_lianbing.intake.door.file import FileFormat, format_of
from xl_lianbing.intake.door.limits import Unreadable
from xl_lianbing.intake.door.other_formats import check_ods, check_xls
from xl_lianbing.intake.door.xml import plain_xml
from xl_lianbing.intake.door.zip import Archive, stored
from xl_lianbing.records.keys import squeeze

_BOOK, _RELATIONS, _STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
_NEEDED: Final = ("[Content_Types].xml", "_rels/.rels", _BOOK, _RELATIONS)
_WANTED: Final = (_STRINGS, "xl/styles.xml")
_PROPERTIES: Final = "docProps/custom.xml"
_SMALL: Final = 16 << 20
_EMPTY_SHEET: Final = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
)
_NO_FACTS: Final = SheetFacts()


@dataclass(frozen=True, slots=True)
class Guarded:
    """A file as calamine may have it. `odd`: names of the sheets whose texts need a closer look."""

    content: bytes
    format: FileFormat
    properties: bytes = b""
    macros: bool = False
    links: int = 0
    odd: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    facts: Mapping[str, SheetFacts] = field(default_factory=dict)
    #: Sheet → its part.
    parts: Mapping[str, str] = field(default_factory=dict)

    def part(self, sheet: str) -> bytes:
        """The XML of a sheet that was looked over."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as package:
            return package.read(self.parts[sheet])

    def of(self, sheet: str) -> SheetFacts:
        """The facts about a sheet, empty ones where the format gives none."""
        return self.facts.get(sheet, _NO_FACTS)


def guard(content: bytes, only: Collection[str] | None = None) -> Guarded:
    """Looks a file over. `only`: names (squeezed) of the sheets that will be read; the others are not unpacked.

    Raises Unreadable, saying by the content what the file is.
    """
    form = format_of(content)
    if form is FileFormat.XLS:
        check_xls(content)
        return Guarded(content, form)
    archive = Archive(content)
    if form is FileFormat.ODS:
        check_ods(archive)
        return Guarded(content, form)
    return _guarded(archive, only)


def _guarded(archive: Archive, only: Collection[str] | None) -> Guarded:
    members: dict[str, tuple[bytes, int]] = {}
    for name in _NEEDED:
        spelled = archive.spelled(name)
        if spelled is None:
            raise Unreadable(f"文件已损坏：缺少“{name}”")
        members[name] = _part(archive, spelled, _SMALL)
    for name in _WANTED:
        if spelled := archive.spelled(name):
            members[name] = _part(archive, spelled, limits.MOST_PART)
    strings = members.get(_STRINGS, (b"", 0))[0]
    odd_strings = may_be_odd(strings)
    facts: dict[str, SheetFacts] = {}
    odd: set[str] = set()
    left_out: set[str] = set()
    parts = sheets_of(members[_BOOK][0], members[_RELATIONS][0])
    for title, part in parts.items():
        spelled = archive.spelled(part)
        if spelled is None:
            continue
        if only is not None and squeeze(title) not in only:
            members.setdefault(part, (_EMPTY_SHEET, zlib.crc32(_EMPTY_SHEET)))
            left_out.add(title)
            continue
        sheet = guard_sheet(archive, spelled)
        members[part] = (sheet.xml, sheet.crc)
        facts[title] = sheet.facts
        _resolve_far(sheet, strings)
        if odd_strings or sheet.may_be_odd:
            odd.add(title)
    properties = archive.spelled(_PROPERTIES)
    names = [name.lower() for name in archive.names]
    return Guarded(
        stored(members),
        FileFormat.XLSX,
        _properties(archive, properties) if properties else b"",
        any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names),
        sum(name.startswith("xl/externallinks/") and "/_rels/" not in name for name in names),
        frozenset(odd),
        frozenset(left_out),
        facts,
        parts,
    )


def _part(archive: Archive, name: str, most: int) -> tuple[bytes, int]:
    raw = archive.read(name, most)
    xml = plain_xml(raw, name)
    return xml, archive.crc(name) if xml is raw else zlib.crc32(xml)


def _properties(archive: Archive, name: str) -> bytes:
    """The custom properties: of no use to calamine, and a broken stamp is a missing one."""
    try:
        return _part(archive, name, 1 << 20)[0]
    except Unreadable as e:
        if e.kind is limits.over_limit("").kind:
            raise
        return b""


def _resolve_far(sheet: GuardedSheet, strings: bytes) -> None:
    """What stands in the cells that were taken out, as text."""
    wanted = {int(raw) for kind, raw in sheet.far.values() if kind == "s" and raw.isascii() and raw.isdigit()}
    texts = shared_texts(strings, wanted) if wanted else {}
    for place, (kind, raw) in sheet.far.items():
        text = texts.get(int(raw), raw) if kind == "s" and raw.isascii() and raw.isdigit() else raw
        if text.strip():
            sheet.facts.far.append((place, text))
