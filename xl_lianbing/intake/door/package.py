"""What an office package says of its parts: which is the main one, and which others it refers to.

Parts are found as Office finds them, by relationships: their names are their writer's affair.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import unquote
from xml.parsers.expat import ExpatError

from xl_lianbing.intake.door.limits import Unreadable
from xl_lianbing.intake.door.xml import local, parser_of, plain_xml
from xl_lianbing.intake.door.zip import Archive

CONTENT_TYPES: Final = "[Content_Types].xml"
RELATIONS: Final = "_rels/.rels"
_MOST: Final = 16 << 20


@dataclass(frozen=True, slots=True)
class Relation:
    """`kind`: the last word of its type, which is the same in both dialects of OOXML. `part`: '' if it isn't there."""

    id: str
    kind: str
    target: str
    part: str


class Package:
    """An archive with its relationships. Raises Unreadable: no office package, or a damaged one."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.text(self.named(CONTENT_TYPES))
        self._root = self._relations(self.named(RELATIONS), "")
        main = next((relation for relation in self._root if relation.kind == "officeDocument"), None)
        #: The name of the main part, as the archive spells it.
        self.main = (main and main.part) or self.named(main.target.lstrip("/") if main else "xl/workbook.xml")

    @cached_property
    def relations(self) -> list[Relation]:
        """What the main part refers to. Raises Unreadable."""
        folder, name = posixpath.split(self.main)
        return self._relations(self.named(posixpath.join(folder, "_rels", f"{name}.rels")), folder)

    def named(self, name: str) -> str:
        """A part that there must be, as the archive spells it."""
        spelled = self.archive.spelled(name)
        if spelled is None:
            raise Unreadable(f"文件已损坏：缺少“{name}”")
        return spelled

    def text(self, name: str, most: int = _MOST) -> bytes:
        """A part of XML, in UTF-8 and without a DTD."""
        return plain_xml(self.archive.read(name, most), name)

    def part_of(self, kind: str, name: str) -> str | None:
        """The part that the main one has for this; that of the usual name beside it, if it refers to none."""
        found = next((relation.part for relation in self.relations if relation.kind == kind and relation.part), None)
        return found or self.archive.spelled(posixpath.join(posixpath.dirname(self.main), name))

    def properties(self) -> str | None:
        """The part of the custom properties."""
        found = next((r.part for r in self._root if r.kind == "custom-properties" and r.part), None)
        return found or self.archive.spelled("docProps/custom.xml")

    def _relations(self, name: str, folder: str) -> list[Relation]:
        found: list[Relation] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if local(tag) == "Relationship":
                kind, target = attributes.get("Type", "").rpartition("/")[2], attributes.get("Target", "")
                part = "" if attributes.get("TargetMode") == "External" else self._part(target, folder)
                found.append(Relation(attributes.get("Id", ""), kind, target, part))

        parser = parser_of(name)
        parser.StartElementHandler = start
        try:
            parser.Parse(self.text(name), True)
        except ExpatError as e:
            raise Unreadable(f"文件已损坏：其中的“{name}”不完整") from e
        return found

    def _part(self, target: str, folder: str) -> str:
        spelled = (self.archive.spelled(name) for name in _meant(target.replace("\\", "/"), folder))
        return next((name for name in spelled if name), "")


def _meant(target: str, folder: str) -> Iterator[str]:
    """The parts that a target may mean; some writers forget that it counts from the folder of its part."""
    for spelling in dict.fromkeys((target, unquote(target))):
        yield posixpath.normpath(posixpath.join("/", folder, spelling)).lstrip("/")
        yield posixpath.normpath(spelling).lstrip("/")
