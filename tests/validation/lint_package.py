"""Lint of the container: content types, relationships, parts that nobody points to, broken XML, control characters."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from lxml import etree

from tests.validation.opened import CONTENT_TYPES, LINK, Opened, Relation, relations_part

_SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
MACRO_BOOK: Final = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN_BOOK: Final = f"{_SPREADSHEET}sheet.main+xml"
_TYPE_OF_KIND: Final = {
    "worksheet": f"{_SPREADSHEET}worksheet+xml",
    "table": f"{_SPREADSHEET}table+xml",
    "sharedStrings": f"{_SPREADSHEET}sharedStrings+xml",
    "styles": f"{_SPREADSHEET}styles+xml",
    "calcChain": f"{_SPREADSHEET}calcChain+xml",
    "comments": f"{_SPREADSHEET}comments+xml",
    "theme": f"{_OFFICE}theme+xml",
    "drawing": f"{_OFFICE}drawing+xml",
    "chart": f"{_OFFICE}drawingml.chart+xml",
    "vmlDrawing": f"{_OFFICE}vmlDrawing",
    "extended-properties": f"{_OFFICE}extended-properties+xml",
    "custom-properties": f"{_OFFICE}custom-properties+xml",
    "core-properties": "application/vnd.openxmlformats-package.core-properties+xml",
    "vbaProject": "application/vnd.ms-office.vbaProject",
    "extensibility": "application/xml",
}
_RELATED_ELEMENTS: Final = {
    "tablePart": "table",
    "drawing": "drawing",
    "legacyDrawing": "vmlDrawing",
    "hyperlink": "hyperlink",
    "sheet": "worksheet",
    "chart": "chart",
}
"""Which kind of relationship an element's ``r:id`` has to be."""
ESCAPED_CONTROL: Final = re.compile("(?<!_x005[Ff])_x00(?:0[0-8BCEFbcef]|1[0-9A-Fa-f])_")
_XML_ENDINGS: Final = (".xml", ".rels", ".vml")
_BULKY: Final = ("worksheet", "sharedStrings")
"""Kinds of parts that are read as a stream, by others."""


def lint_package(opened: Opened, *, macros: bool) -> None:
    """Args: macros: whether the file's name says that it may hold macros (.xlsm)."""
    _lint_members(opened)
    reached = _lint_relations(opened)
    _lint_content_types(opened, reached, macros=macros)
    kinds = {relation.target: relation.kind for relation in reached}
    for part in sorted(opened.names - {CONTENT_TYPES}):
        if part not in kinds and not part.endswith((".rels", "/")):
            opened.report(part, "no relationship leads to the part")
        if part.endswith(_XML_ENDINGS) and kinds.get(part) not in _BULKY:
            _lint_xml(opened, part)


def _lint_members(opened: Opened) -> None:
    counted = Counter(name.casefold() for name in opened.package.namelist())
    for name, times in counted.items():
        if times > 1:
            opened.report(name, f"the part is there {times} times")


def _lint_relations(opened: Opened) -> list[Relation]:
    """All relationships of the package, the targets of which exist."""
    owners = [""] + sorted(part for part in opened.names if relations_part(part) in opened.names)
    for name in sorted(name for name in opened.names if name.endswith(".rels")):
        if name not in {relations_part(owner) for owner in owners}:
            opened.report(name, "relationships of a part that is missing")
    reached = []
    for owner in owners:
        relations = opened.relations(owner)
        for relation_id, times in Counter(relation.id for relation in relations).items():
            if times > 1:
                opened.report(relations_part(owner), f"relationship id {relation_id} is there {times} times")
        for relation in relations:
            if relation.external:
                continue
            if relation.target in opened.names:
                reached.append(relation)
            else:
                opened.report(relations_part(owner), f"relationship {relation.id} leads to no part: {relation.target}")
    return reached


def _lint_content_types(opened: Opened, reached: list[Relation], *, macros: bool) -> None:
    root = opened.tree(CONTENT_TYPES)
    if root is None:
        return
    overrides: dict[str, str] = {}
    defaults: dict[str, str] = {}
    for element in root:
        name = etree.QName(element).localname
        key = element.get("PartName", "").lstrip("/") if name == "Override" else element.get("Extension", "").casefold()
        types = overrides if name == "Override" else defaults
        if key in types:
            opened.report(CONTENT_TYPES, f"{key} is there twice")
        types[key] = element.get("ContentType", "")
    for part in overrides.keys() - opened.names:
        opened.report(CONTENT_TYPES, f"a type for a part that is missing: {part}")
    for part in sorted(opened.names - {CONTENT_TYPES}):
        if part not in overrides and part.rpartition(".")[2].casefold() not in defaults:
            opened.report(CONTENT_TYPES, f"no type for {part}")
    expected = _TYPE_OF_KIND | {"officeDocument": MACRO_BOOK if macros else PLAIN_BOOK}
    for relation in reached:
        given = overrides.get(relation.target, defaults.get(relation.target.rpartition(".")[2].casefold(), ""))
        if given and given != expected.get(relation.kind, given):
            opened.report(CONTENT_TYPES, f"{relation.target} is a {relation.kind}, its type says {given}")
    if any(relation.kind == "vbaProject" for relation in reached) and not macros:
        opened.report(opened.workbook, "macros in a file that may hold none")


def _lint_xml(opened: Opened, part: str) -> None:
    root = opened.tree(part)
    if root is None:
        return
    for element in root.iter(etree.Element):
        lint_element(opened, part, element)


def lint_element(opened: Opened, part: str, element: etree._Element) -> None:
    """What goes for any element: its relationships exist and are of its kind; nothing hides a control character."""
    if element.text and ESCAPED_CONTROL.search(element.text):
        opened.report(part, f"control character in {element.text!r}")
    if not element.attrib:
        return
    for name, value in element.attrib.items():
        if not part.endswith(".vml") and ESCAPED_CONTROL.search(value):  # VML's own ids look like that
            opened.report(part, f"control character in {value!r}")
        if name.startswith(LINK):
            _lint_link(opened, part, etree.QName(element).localname, value)


def _lint_link(opened: Opened, part: str, element: str, relation_id: str) -> None:
    kinds = {relation.id: relation.kind for relation in opened.relations(part)}
    if relation_id not in kinds:
        opened.report(part, f"<{element}> names relationship {relation_id}, which there isn't")
    elif kinds[relation_id] != _RELATED_ELEMENTS.get(element, kinds[relation_id]):
        opened.report(part, f"<{element}> names relationship {relation_id}, which is a {kinds[relation_id]}")
