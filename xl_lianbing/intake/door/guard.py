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
from datetime import date
from typing import Final

from xl_lianbing.intake.door import limits
from xl_lianbing.intake.door.book import STRINGS, STYLES, plain_parts, shared_texts, workbook_of
from xl_lianbing.intake.door.cells import may_be_odd
from xl_lianbing.intake.door.compound import CompoundFile, of_one_stream
from xl_lianbing.intake.door.extent import GuardedSheet, guard_sheet
from xl_lianbing.intake.door.facts import DAY_0, DAY_0_OF_1904, PICTURE_FUNCTION, SheetFacts
from xl_lianbing.intake.door.file import Container, FileFormat, container_of
from xl_lianbing.intake.door.kinds import archive_format, check_element, compound_file, is_encrypted, refuse_binary
from xl_lianbing.intake.door.limits import Unreadable
from xl_lianbing.intake.door.locked import opened_old, opened_package
from xl_lianbing.intake.door.ods import check_ods
from xl_lianbing.intake.door.package import Package
from xl_lianbing.intake.door.xls import old_workbook
from xl_lianbing.intake.door.xml import plain_xml
from xl_lianbing.intake.door.zip import Archive, stored
from xl_lianbing.records.keys import squeeze

_EMPTY_SHEET: Final = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
)
#: Tabs that hold no records: macros of Excel 4, which are not run, and what has no cells.
_MACRO_SHEETS: Final = frozenset({"xlMacrosheet", "xlIntlMacrosheet"})
_NO_CELLS: Final = frozenset({"chartsheet", "dialogsheet"})
_PICTURE: Final = PICTURE_FUNCTION.encode()


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
    facts: dict[str, SheetFacts] = field(default_factory=dict)
    #: Sheet → its part.
    parts: Mapping[str, str] = field(default_factory=dict)
    #: The day that the number 0 is.
    day_0: date = DAY_0
    #: Cells may hold pictures.
    pictures: bool = True

    def part(self, sheet: str) -> bytes:
        """The XML of a sheet that was looked over."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as package:
            return package.read(self.parts[sheet])

    def of(self, sheet: str) -> SheetFacts:
        """The facts about a sheet: where the format gives none, those that its rows tell."""
        return self.facts.setdefault(sheet, SheetFacts())


def guard(content: bytes, only: Collection[str] | None = None) -> Guarded:
    """Looks a file over. `only`: names (squeezed) of the sheets that will be read; the others are not unpacked.

    Raises Unreadable, saying by the content what the file is.
    """
    if container_of(content) is Container.COMPOUND:
        file = compound_file(content)
        if not is_encrypted(file):
            return _old(file)
        content = opened_package(content, file)
    form, archive = archive_format(content), Archive(content)
    if form is FileFormat.ODS:
        return Guarded(content, form, day_0=check_ods(archive))
    return _guarded(Package(archive), only)


def _old(file: CompoundFile) -> Guarded:
    """Its one stream in a compound file of our own: names, sizes and what else lay there can do no harm."""
    book = old_workbook(file)
    macros = book.macros
    if book.locked:
        book = old_workbook(opened_old(book))
    content = of_one_stream("Workbook", book.stream)
    return Guarded(
        content, FileFormat.XLS, macros=macros or book.macros, day_0=DAY_0_OF_1904 if book.date1904 else DAY_0
    )


def _guarded(package: Package, only: Collection[str] | None) -> Guarded:
    archive = package.archive
    refuse_binary(package.main)
    book = workbook_of(package.text(package.main))
    check_element(book.element)
    if not book.sheets:
        raise Unreadable("文件已损坏：里面没有工作表")
    relations = {relation.id: relation for relation in package.relations}
    members: dict[str, tuple[bytes, int]] = {}
    for kind, usual, name in (("sharedStrings", "sharedStrings.xml", STRINGS), ("styles", "styles.xml", STYLES)):
        if spelled := package.part_of(kind, usual):
            members[name] = _part(archive, spelled, limits.MOST_PART)
    strings = members.get(STRINGS, (b"", 0))[0]
    odd_strings = may_be_odd(strings)
    facts: dict[str, SheetFacts] = {}
    odd: set[str] = set()
    left_out: set[str] = set()
    parts: dict[str, str] = {}
    for number, entry in enumerate(book.sheets, 1):
        title, relation = entry.title, relations.get(entry.relation)
        if relation is None or relation.kind in _MACRO_SHEETS or relation.kind in _NO_CELLS:
            continue
        part = parts[title] = f"xl/worksheets/sheet{number}.xml"
        if not relation.part:
            continue
        if only is not None and squeeze(title) not in only:
            members[part] = (_EMPTY_SHEET, zlib.crc32(_EMPTY_SHEET))
            left_out.add(title)
            continue
        sheet = guard_sheet(archive, relation.part)
        members[part] = (sheet.xml, sheet.crc)
        facts[title] = sheet.facts
        _resolve_far(sheet, strings)
        if odd_strings or sheet.may_be_odd:
            odd.add(title)
    properties = package.properties()
    names = [name.lower() for name in archive.names]
    return Guarded(
        stored({name: (xml, zlib.crc32(xml)) for name, xml in plain_parts(book, parts).items()} | members),
        FileFormat.XLSX,
        _properties(archive, properties) if properties else b"",
        any(name.endswith("vbaproject.bin") for name in names)
        or any(relation.kind in _MACRO_SHEETS for relation in package.relations),
        sum("externallinks/" in name and "/_rels/" not in name for name in names),
        frozenset(odd),
        frozenset(left_out),
        facts,
        parts,
        DAY_0_OF_1904 if book.date1904 else DAY_0,
        _PICTURE in strings or any(_PICTURE in members[parts[t]][0] or facts[t].pictures for t in facts),
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
