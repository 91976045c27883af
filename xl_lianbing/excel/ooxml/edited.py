"""A workbook package that is changed part by part: what nobody touches stays byte for byte what it was."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from xl_lianbing.excel.ooxml.book_xml import relationships_part, without_part
from xl_lianbing.excel.ooxml.zip_parts import PackageSyntaxError, reading_package

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = "[Content_Types].xml"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
#: Unpacked, all parts together: a larger file is answered with a list alone.
_LARGEST = 200 * 1024 * 1024


#: Control characters as they are, and every character that is written as a number.
_DOUBTFUL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,10}));")


def main_tag(name: str) -> str:
    return f"{{{MAIN}}}{name}"


def parsed(content: bytes, *, lenient: bool = False) -> etree._Element:
    """The root of a part; nothing outside it is ever fetched. Raises PackageSyntaxError."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise PackageSyntaxError("a part declares a document type")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=lenient)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise PackageSyntaxError(str(error)) from error
    if root is None:
        raise PackageSyntaxError("an empty part")
    return root


def without_forbidden(content: bytes) -> bytes:
    """A part without the characters that XML 1.0 does not allow: with them, Excel opens no file."""
    return _DOUBTFUL.sub(lambda found: found[0] if _is_character(found) else b"", content)


def _is_character(found: re.Match[bytes]) -> bool:
    number = int(found[1], 16) if found[1] else int(found[2]) if found[2] else 0
    return (
        number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x1_0000 <= number < 0x11_0000
    )


def serialised(root: etree._Element, *, declared: bool = True) -> bytes:
    """`declared`: with an XML declaration (Excel writes its legacy drawings without)."""
    standalone = True if declared else None
    made: bytes = etree.tostring(root, xml_declaration=declared, encoding="UTF-8", standalone=standalone)
    return made


class Package:
    """The parts by name. Trees given out by `tree` are written back by `to_bytes`."""

    def __init__(self, content: bytes) -> None:
        """Raises PackageSyntaxError for what is no readable OOXML package of a sensible size."""
        with reading_package():
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            infos = self._zip.infolist()
            if sum(info.file_size for info in infos) > _LARGEST:
                raise PackageSyntaxError("unpacked too large")
            self._infos = {info.filename: info for info in infos}
        self._changed: dict[str, bytes] = {}
        self._trees: dict[str, etree._Element] = {}
        self._seen: dict[str, bytes] = {}
        self._removed: set[str] = set()

    def names(self) -> list[str]:
        return [n for n in {**self._infos, **self._changed, **self._trees} if n not in self._removed]

    def __contains__(self, name: str) -> bool:
        return name not in self._removed and (name in self._infos or name in self._changed or name in self._trees)

    def read(self, name: str) -> bytes:
        if name not in self:
            raise PackageSyntaxError(f"{name} is missing")
        if name in self._trees and not self._is_as_it_was(name):
            return serialised(self._trees[name], declared=not name.lower().endswith(".vml"))
        if name in self._changed:
            return self._changed[name]
        with reading_package():
            return self._zip.read(name)

    def _is_as_it_was(self, name: str) -> bool:
        """Whether a tree was only looked at: then the part stays byte for byte."""
        return name in self._seen and etree.tostring(self._trees[name]) == self._seen[name]

    def write(self, name: str, content: bytes) -> None:
        self._seen.pop(name, None)
        self._trees.pop(name, None)
        self._removed.discard(name)
        self._changed[name] = content

    def tree(self, name: str, *, lenient: bool = False) -> etree._Element:
        if name not in self._trees:
            root = parsed(self.read(name), lenient=lenient)
            self._trees[name], self._seen[name] = root, etree.tostring(root)
        return self._trees[name]

    def put_tree(self, name: str, root: etree._Element) -> None:
        self._seen.pop(name, None)
        self._removed.discard(name)
        self._trees[name] = root

    def remove(self, name: str) -> None:
        """Takes a part out with its content type and its own relationships (not with those to it)."""
        self._removed.add(name)
        self._removed.add(relationships_part(name))
        self.write(CONTENT_TYPES, without_part(self.read(CONTENT_TYPES), "Override", "PartName", name))

    def free_name(self, pattern: str) -> str:
        """The first name of a pattern with `{}` for a number that no part has."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Id, last segment of the type and target (a part, or an address outside) of what a part refers to."""
        name = relationships_part(part)
        if name not in self:
            return
        for element in self.tree(name):
            if not isinstance(element.tag, str):
                continue
            target = element.get("Target", "")
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
            yield element.get("Id", ""), element.get("Type", "").rsplit("/", 1)[-1], target

    def relate(self, part: str, kind: str, target: str) -> str:
        """Adds a relationship to another part; returns its id."""
        name = relationships_part(part)
        if name not in self:
            self.put_tree(name, etree.Element(f"{{{_RELS}}}Relationships", nsmap={None: _RELS}))
        root = self.tree(name)
        taken = {element.get("Id") for element in root if isinstance(element.tag, str)}
        number = 1
        while f"rId{number}" in taken:
            number += 1
        kind_uri = kind if "://" in kind else f"{REL}/{kind}"
        etree.SubElement(root, f"{{{_RELS}}}Relationship", Id=f"rId{number}", Type=kind_uri, Target=f"/{target}")
        return f"rId{number}"

    def unrelate(self, part: str, target: str) -> None:
        """Takes out the relationships of a part to another."""
        ids = {identity for identity, _, to in self.relations(part) if to == target}
        if ids:
            root = self.tree(relationships_part(part))
            for element in list(root):
                if isinstance(element.tag, str) and element.get("Id") in ids:
                    root.remove(element)

    def declare(self, part: str, content_type: str) -> None:
        """Says in the content types what a part is."""
        etree.SubElement(
            self.tree(CONTENT_TYPES), f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=content_type
        )

    def declare_extension(self, extension: str, content_type: str) -> None:
        root = self.tree(CONTENT_TYPES)
        defaults = root.findall(f"{{{_TYPES}}}Default")
        if all(d.get("Extension", "").lower() != extension for d in defaults):
            made = etree.Element(f"{{{_TYPES}}}Default", Extension=extension, ContentType=content_type)
            root.insert(0, made)

    def content_type(self, part: str) -> str:
        for element in self.tree(CONTENT_TYPES).findall(f"{{{_TYPES}}}Override"):
            if element.get("PartName", "").lstrip("/") == part:
                return str(element.get("ContentType", ""))
        return ""

    def redeclare(self, part: str, content_type: str) -> None:
        for element in self.tree(CONTENT_TYPES).findall(f"{{{_TYPES}}}Override"):
            if element.get("PartName", "").lstrip("/") == part:
                element.set("ContentType", content_type)

    def to_bytes(self) -> bytes:
        """The package with the changes. Raises PackageSyntaxError where a part that stays cannot be read."""
        made = io.BytesIO()
        with reading_package(), zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
            for name in self.names():
                stamp = self._infos[name].date_time if name in self._infos else (1980, 1, 31, 0, 0, 0)
                info = zipfile.ZipInfo(name, stamp)
                info.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(info, self.read(name))
        return made.getvalue()
