"""What a workbook's part says: its sheets, its calendar; and a plain one for calamine. Its shared strings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Final
from xml.parsers.expat import ExpatError

from xl_lianbing.intake.door.limits import Unreadable
from xl_lianbing.intake.door.xml import local, parser_of

_TRUE: Final = frozenset({"1", "true", "on"})
_HIDDEN: Final = frozenset({"hidden", "veryHidden"})
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
BOOK, STRINGS, STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A tab as the workbook lists it. `state`: how it is hidden, if it is; `relation`: the id of its part."""

    title: str
    state: str
    relation: str


@dataclass(slots=True)
class Workbook:
    """`element`: what the part begins with; of another kind of file it is read no further than that."""

    element: str = ""
    date1904: bool = False
    sheets: list[SheetEntry] = field(default_factory=list)


def workbook_of(xml: bytes) -> Workbook:
    """What the main part of a package says. Raises Unreadable: broken, unless it is seen to be no workbook's."""
    found = Workbook()
    titles: set[str] = set()

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        found.element = found.element or name
        if name == "workbookPr":
            found.date1904 = attributes.get("date1904") in _TRUE
        elif name == "sheet" and "name" in attributes:
            ids = [value for key, value in attributes.items() if ":" in key and local(key) == "id"]
            title = attributes["name"]
            while title in titles:
                title += " (2)"
            titles.add(title)
            state = attributes.get("state", "")
            found.sheets.append(SheetEntry(title, state if state in _HIDDEN else "", ids[0] if ids else ""))

    parser = parser_of("workbook.xml")
    parser.StartElementHandler = start
    try:
        parser.Parse(xml, True)
    except ExpatError as e:
        if found.element in ("", "workbook"):
            raise Unreadable("文件已损坏：其中的“workbook.xml”不完整") from e
    return found


def plain_parts(book: Workbook, parts: Mapping[str, str]) -> dict[str, bytes]:
    """The parts that lead calamine to the sheets, and to nothing else: title → part."""
    sheets, relations = [], []
    for number, entry in enumerate((entry for entry in book.sheets if entry.title in parts), 1):
        state = f' state="{entry.state}"' if entry.state else ""
        sheets.append(f'<sheet name="{escape(entry.title)}" sheetId="{number}"{state} r:id="s{number}"/>')
        relations.append(_relation(f"s{number}", f"{_OFFICE}/worksheet", parts[entry.title].removeprefix("xl/")))
    relations.append(_relation("strings", f"{_OFFICE}/sharedStrings", STRINGS.removeprefix("xl/")))
    relations.append(_relation("styles", f"{_OFFICE}/styles", STYLES.removeprefix("xl/")))
    epoch = '<workbookPr date1904="1"/>' if book.date1904 else ""
    written = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relations(_relation("book", f"{_OFFICE}/officeDocument", BOOK)),
        BOOK: f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{epoch}<sheets>{"".join(sheets)}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(*relations),
    }
    return {name: xml.encode() for name, xml in written.items()}


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'


def _relations(*relations: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(relations)}</Relationships>'


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
