"""What a package says about itself: its sheets and their parts, its shared strings."""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from xml.parsers.expat import ExpatError

from xl_lianbing.intake.door.limits import Unreadable
from xl_lianbing.intake.door.xml import local, parser_of


def sheets_of(book: bytes, relations: bytes) -> dict[str, str]:
    """Title → name of the part, in the order of the tabs. Raises Unreadable."""
    targets: dict[str, str] = {}
    found: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "sheet" and "name" in attributes:
            ids = [value for name, value in attributes.items() if local(name) == "id" and ":" in name]
            found.setdefault(attributes["name"], targets.get(ids[0], "") if ids else "")

    for part, content, handler in (("workbook.xml.rels", relations, relation), ("workbook.xml", book, sheet)):
        parser = parser_of(part)
        parser.StartElementHandler = handler
        try:
            parser.Parse(content, True)
        except ExpatError as e:
            raise Unreadable(f"文件已损坏：其中的“{part}”不完整") from e
    if not found:
        raise Unreadable("文件已损坏：里面没有工作表")
    return {title: _path(target) for title, target in found.items() if target}


def _path(target: str) -> str:
    """As calamine finds a part from the target of a relation."""
    path = target.replace("\\", "/").lstrip("/")
    return posixpath.normpath(path if path.startswith("xl/") else f"xl/{path}")


def shared_texts(strings: bytes, wanted: Collection[int]) -> dict[int, str]:
    """Some of the shared strings by number; those that can't be read are missing."""
    found: dict[int, str] = {}
    number = -1
    taking = False
    pieces: list[str] = []

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal number, taking
        match local(tag):
            case "si":
                number += 1
                pieces.clear()
            case "t":
                taking = number in wanted

    def text(data: str) -> None:
        if taking:
            pieces.append(data)

    def end(tag: str) -> None:
        nonlocal taking
        taking = False
        if local(tag) == "si" and number in wanted:
            found[number] = "".join(pieces)

    parser = parser_of("sharedStrings.xml")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        parser.Parse(strings, True)
    except ExpatError:
        return found
    return found
