"""An .xlsx or .xlsm package opened for the lint: parts, relationships, content types."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CONTENT_TYPES: Final = "[Content_Types].xml"
_PARSER: Final = etree.XMLParser(resolve_entities=False, huge_tree=True)


@dataclass(frozen=True, slots=True)
class Problem:
    """A defect: the part of the package that holds it, and what is wrong there."""

    part: str
    what: str

    def __str__(self) -> str:
        return f"{self.part}: {self.what}"


@dataclass(frozen=True, slots=True)
class Relation:
    id: str
    kind: str
    """Last segment of the type's URI: ``worksheet``, ``table``."""
    target: str
    """Name of the part, or the address of something outside."""
    external: bool


class Opened:
    """The package, and the problems found in it so far."""

    def __init__(self, package: ZipFile) -> None:
        self.package = package
        self.names: Final = frozenset(package.namelist())
        self.problems: list[Problem] = []
        self._trees: dict[str, etree._Element | None] = {}
        self._relations: dict[str, tuple[Relation, ...]] = {}

    def report(self, part: str, what: str) -> None:
        self.problems.append(Problem(part, what))

    def tree(self, part: str) -> etree._Element | None:
        """The root of a small part; None, and a problem, when it is missing or no XML."""
        if part not in self._trees:
            self._trees[part] = None
            if part not in self.names:
                self.report(part, "the part is missing")
            else:
                try:
                    self._trees[part] = etree.fromstring(self.package.read(part), _PARSER)
                except etree.XMLSyntaxError as error:
                    self.report(part, f"not well-formed: {error}")
        return self._trees[part]

    def relations(self, part: str) -> tuple[Relation, ...]:
        """What a part points to (``""``: what the package does)."""
        if part not in self._relations:
            name = relations_part(part)
            root = self.tree(name) if name in self.names else None
            self._relations[part] = () if root is None else tuple(_relation(part, element) for element in root)
        return self._relations[part]

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of a kind that a part points to."""
        return [relation.target for relation in self.relations(part) if relation.kind == kind]

    @cached_property
    def workbook(self) -> str:
        """Name of the workbook part; empty when there is none."""
        return next(iter(self.related("", "officeDocument")), "")

    @cached_property
    def sheets(self) -> dict[str, str]:
        """Name of each worksheet → its part, in tab order; what has no part is left out."""
        root = self.tree(self.workbook)
        targets = {relation.id: relation.target for relation in self.relations(self.workbook)}
        found = {}
        for sheet in () if root is None else root.iterfind(f"{MAIN}sheets/{MAIN}sheet"):
            target = targets.get(sheet.get(f"{LINK}id", ""))
            if target in self.names:
                found[sheet.get("name", "")] = target
        return found

    @cached_property
    def shared_strings(self) -> list[str]:
        """The texts of the shared strings in order."""
        parts = [part for part in self.related(self.workbook, "sharedStrings") if part in self.names]
        return [text for part in parts for text in self._strings_of(part)]

    def _strings_of(self, part: str) -> Iterator[str]:
        with self.package.open(part) as stream:
            try:
                for _, item in etree.iterparse(stream, tag=f"{MAIN}si"):
                    yield plain_text(item)
                    item.clear()
                    while item.getprevious() is not None:
                        del item.getparent()[0]
            except etree.XMLSyntaxError as error:
                self.report(part, f"not well-formed: {error}")


def plain_text(item: etree._Element) -> str:
    """The text of a shared or inline string, without phonetic hints."""
    return "".join(text.text or "" for text in item.iter(f"{MAIN}t") if text.getparent().tag != f"{MAIN}rPh")


def relations_part(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relation(part: str, element: etree._Element) -> Relation:
    target, external = element.get("Target", ""), element.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), unquote(target))).lstrip("/")
    return Relation(element.get("Id", ""), element.get("Type", "").rsplit("/", 1)[-1], target, external)
