"""The small parts of a workbook package: which part is which sheet, tables, calculation settings."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree
from zipfile import ZipFile

from xl_lianbing.addresses import column_letters, split_address

CONTENT_TYPES = "[Content_Types].xml"
_AUTO_FILTER = re.compile(
    r"""<((?:[\w.-]+:)?)autoFilter(\s[^<>]*?)?(?:/>|>.*?</\1autoFilter\s*>)""",
    re.DOTALL,
)
_SORT_STATE = re.compile(
    r"""<((?:[\w.-]+:)?)sortState(?:\s[^<>]*?)?(?:/>|>.*?</\1sortState\s*>)""",
    re.DOTALL,
)
_TABLE_TAG = re.compile(r"<(?:[\w.-]+:)?table\s[^<>]*>")
_REF = re.compile(r"""(\sref\s*=\s*)(?:"([^"]*)"|'([^']*)')""")
_TOTALS_ROW = re.compile(r"""\stotalsRowCount\s*=\s*(?:"[^"]*"|'[^']*')""")
_CALC_TAG = re.compile(r"<((?:[\w.-]+:)?)calcPr(\s[^<>]*?)?(/?)>")
_FULL_CALC = re.compile(r"""(\sfullCalcOnLoad\s*=\s*)(?:"([^"]*)"|'([^']*)')""")
_BEFORE_CALC = re.compile(
    r"</((?:[\w.-]+:)?)(?:sheets|functionGroups|externalReferences|definedNames)\s*>"
    r"|<((?:[\w.-]+:)?)(?:functionGroups|externalReferences|definedNames)(?:\s[^<>]*)?/>"
)


class Relationship(NamedTuple):
    id: str
    kind: str
    """Last segment of the type's URI: ``worksheet``, ``table``, ``calcChain``."""
    target: str
    """Name of the part in the package, or the address of something outside."""


class Area(NamedTuple):
    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, ref: str) -> Area:
        first, _, last = ref.partition(":")
        return cls(*split_address(first), *split_address(last or first))

    def __str__(self) -> str:
        return f"{column_letters(self.left)}{self.top}:{column_letters(self.right)}{self.bottom}"


def relationships_part(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relationships(package: ZipFile, part: str) -> list[Relationship]:
    """The relationships of a part (``""``: of the package), their targets as member names."""
    name = relationships_part(part)
    if name not in package.namelist():
        return []
    found = []
    for element in ElementTree.fromstring(package.read(name)):
        target = element.get("Target", "")
        if element.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), unquote(target))).lstrip("/")
        found.append(Relationship(element.get("Id", ""), element.get("Type", "").rsplit("/", 1)[-1], target))
    return found


def workbook_part(package: ZipFile) -> str:
    """Raises KeyError if the package holds no workbook."""
    for relationship in relationships(package, ""):
        if relationship.kind == "officeDocument":
            return relationship.target
    raise KeyError("officeDocument")


def sheet_parts(package: ZipFile, workbook: str) -> dict[str, str]:
    """Worksheets by name → part; chart sheets and the like are left out."""
    targets = {r.id: r.target for r in relationships(package, workbook) if r.kind == "worksheet"}
    parts = {}
    for element in ElementTree.fromstring(package.read(workbook)).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            ids = [value for key, value in element.attrib.items() if key.endswith("/relationships}id")]
            if ids and ids[0] in targets:
                parts[element.get("name", "")] = targets[ids[0]]
    return parts


def uses_1904(workbook_xml: bytes) -> bool:
    for element in ElementTree.fromstring(workbook_xml).iter():
        if element.tag.rpartition("}")[2] == "workbookPr":
            return element.get("date1904", "") in ("1", "true")
    return False


def with_full_calculation(workbook_xml: bytes) -> bytes:
    """The workbook part with ``fullCalcOnLoad="1"``; unchanged if it has that already."""
    text = workbook_xml.decode("utf-8", "surrogateescape")
    tag = _CALC_TAG.search(text)
    if tag is None:
        places = list(_BEFORE_CALC.finditer(text))
        if not places:
            return workbook_xml
        prefix = places[-1][1] or places[-1][2] or ""
        at = places[-1].end()
        text = f'{text[:at]}<{prefix}calcPr fullCalcOnLoad="1"/>{text[at:]}'
    else:
        given = _FULL_CALC.search(tag[0])
        if given is None:
            at = tag.start() + len(f"<{tag[1]}calcPr")
            text = f'{text[:at]} fullCalcOnLoad="1"{text[at:]}'
        elif (given[2] or given[3]) not in ("1", "true"):
            new = _FULL_CALC.sub(r'\g<1>"1"', tag[0])
            text = text[: tag.start()] + new + text[tag.end() :]
    return text.encode("utf-8", "surrogateescape")


def table_area(table_xml: bytes) -> Area | None:
    """Header and data of a table part; None for a table without a header row."""
    tag = _TABLE_TAG.search(table_xml.decode("utf-8", "surrogateescape"))
    ref = _REF.search(tag[0]) if tag else None
    if tag is None or ref is None or re.search(r"""\sheaderRowCount\s*=\s*["']0["']""", tag[0]):
        return None
    return Area.parse(ref[2] or ref[3])


def resized_table(table_xml: bytes, area: Area) -> bytes:
    """The table part over another area: filter criteria, sort order and a totals row go, as the rows are new ones."""
    text = table_xml.decode("utf-8", "surrogateescape")
    ref = rf'\g<1>"{area}"'
    text = _SORT_STATE.sub("", text)
    text = _TABLE_TAG.sub(lambda tag: _TOTALS_ROW.sub("", _REF.sub(ref, tag[0], count=1)), text, count=1)
    text = _AUTO_FILTER.sub(lambda tag: f"<{tag[1]}autoFilter{_REF.sub(ref, tag[2] or '', count=1)}/>", text, count=1)
    return text.encode("utf-8", "surrogateescape")


def without_part(xml: bytes, tag: str, attribute: str, part: str, folder: str = "") -> bytes:
    """Content types or relationships without the element that names ``part``."""

    def keep(match: re.Match[str]) -> str:
        named = re.search(rf"""\s{attribute}\s*=\s*["']([^"']*)["']""", match[0])
        if named and posixpath.normpath(posixpath.join("/", folder, unquote(named[1]))).lstrip("/") == part:
            return ""
        return match[0]

    pattern = rf"<(?:[\w.-]+:)?{tag}\s[^<>]*?(?:/>|>\s*</(?:[\w.-]+:)?{tag}\s*>)"
    return re.sub(pattern, keep, xml.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def calculation_chain(package: ZipFile, workbook: str) -> Iterator[tuple[str, bytes | None]]:
    """What to replace (part, new content; None: remove) so that the package has no calculation chain."""
    for relationship in relationships(package, workbook):
        if relationship.kind != "calcChain" or relationship.target not in package.namelist():
            continue
        part, folder = relationship.target, posixpath.dirname(workbook)
        links = relationships_part(workbook)
        yield part, None
        yield CONTENT_TYPES, without_part(package.read(CONTENT_TYPES), "Override", "PartName", part)
        yield links, without_part(package.read(links), "Relationship", "Target", part, folder)
