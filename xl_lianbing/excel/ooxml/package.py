"""A workbook file as a package of parts: read, changed part by part, written with all else as it was.

Parts refer to one another by relationships and are declared in the content types (ECMA-376 part 2, 6.5 and 7.2).
"""

from __future__ import annotations

import contextlib
import io
import os
import posixpath
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, NamedTuple
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from xl_lianbing.drafts import prefix_of
from xl_lianbing.excel.ooxml.xml import REL, PackageSyntaxError, parsed, reading_package, serialised
from xl_lianbing.excel.ooxml.zip_writer import DeflatedPart, copy_package, deflated

CONTENT_TYPES: Final = "[Content_Types].xml"
_RELS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMPOUND_FILE: Final = bytes.fromhex("D0CF11E0A1B11AE1")


class CompoundFile(PackageSyntaxError):
    """No package but a compound file ([MS-CFB]): an encrypted workbook or one of Excel 97."""


class Relationship(NamedTuple):
    id: str
    type: str
    """A URI."""
    target: str
    """Name of the part in the package, or the address of something outside."""
    external: bool

    @property
    def kind(self) -> str:
        """Last segment of the type: `worksheet`, `table`, `calcChain`."""
        return self.type.rsplit("/", 1)[-1]


class Package:
    """The parts by name. Nothing is written before `write_to`; trees given out by `tree` are then written back."""

    def __init__(self, file: bytes | IO[bytes], *, largest: int | None = None) -> None:
        """Opens a package, which stays open as long as it is used.

        Raises PackageSyntaxError for what is no ZIP file, or one of more than `largest` bytes unpacked.
        """
        self._file = io.BytesIO(file) if isinstance(file, bytes) else file
        if self._file.read(len(_COMPOUND_FILE)) == _COMPOUND_FILE:
            raise CompoundFile("a compound file")
        with reading_package():
            self._zip = ZipFile(self._file)
        self._names = {info.filename: None for info in self._zip.infolist()}
        if largest is not None and sum(info.file_size for info in self._zip.infolist()) > largest:
            raise PackageSyntaxError("unpacked too large")
        self._changed: dict[str, bytes | DeflatedPart] = {}
        self._trees: dict[str, etree._Element] = {}
        self._seen: dict[str, bytes] = {}
        self._removed: set[str] = set()

    def close(self) -> None:
        """Gives back what new parts hold outside memory; the file is its opener's."""
        for content in self._changed.values():
            if isinstance(content, DeflatedPart):
                content.close()

    # Parts

    def _all_names(self) -> dict[str, None]:
        return self._names | dict.fromkeys(self._changed) | dict.fromkeys(self._trees)

    def names(self) -> list[str]:
        """In the order in which they are written: new parts last."""
        return [name for name in self._all_names() if name not in self._removed]

    def changed(self) -> list[str]:
        """The parts that are not as they came, removed and new ones among them, in package order."""
        return [name for name in self._all_names() if self._is_changed(name)]

    def __contains__(self, name: str) -> bool:
        return name not in self._removed and (name in self._names or name in self._changed or name in self._trees)

    def _is_changed(self, name: str) -> bool:
        if name in self._removed:
            return name in self._names
        return name in self._changed or (name in self._trees and not self._is_as_it_was(name))

    def _is_as_it_was(self, name: str) -> bool:
        """Whether a tree was only looked at: then the part stays byte for byte."""
        return name in self._seen and etree.tostring(self._trees[name]) == self._seen[name]

    def read(self, name: str) -> bytes:
        """The part as it is by now. Raises PackageSyntaxError: missing or damaged."""
        if name not in self:
            raise PackageSyntaxError(f"{name} is missing")
        if name in self._trees and not self._is_as_it_was(name):
            return serialised(self._trees[name], declared=not name.lower().endswith(".vml"))
        if (changed := self._changed.get(name)) is not None:
            return changed if isinstance(changed, bytes) else changed.read()
        with reading_package():
            return self._zip.read(name)

    def open(self, name: str) -> IO[bytes]:
        """The part as it came, as a stream: read it within `reading_package`. Raises PackageSyntaxError."""
        with reading_package():
            return self._zip.open(name)

    def tree(self, name: str, *, lenient: bool = False) -> etree._Element:
        """The root of the part: what is changed in it is written. Raises PackageSyntaxError."""
        if name not in self._trees:
            root = parsed(self.read(name), lenient=lenient)
            self._trees[name], self._seen[name] = root, etree.tostring(root)
        return self._trees[name]

    def write(self, name: str, content: bytes | DeflatedPart) -> None:
        """Puts a part in, or another content into one that is there; the content that it came with is no change."""
        self._forget(name)
        self._removed.discard(name)
        if name not in self._names or isinstance(content, DeflatedPart) or content != self.read(name):
            self._changed[name] = content

    def put_tree(self, name: str, root: etree._Element) -> None:
        """As `write`, with a content that may still be changed."""
        self._forget(name)
        self._removed.discard(name)
        self._trees[name] = root

    def _forget(self, name: str) -> None:
        for made in (self._seen, self._trees, self._changed):
            made.pop(name, None)

    def remove(self, name: str) -> None:
        """Takes a part out, and with it its content type, all relationships to it, and the parts that it alone uses.

        An element that names such a relationship by its id has to be taken out of its part by the caller.
        """
        used = [related.target for related in self.relationships(name) if not related.external]
        for gone in (name, relationships_part(name)):
            self._forget(gone)
            self._removed.add(gone)
        types = self.tree(CONTENT_TYPES)
        for declared in self._overrides(name):
            types.remove(declared)
        for owner in self._owners():
            self._unrelate(owner, name)
        for part in used:
            if part in self and not any(part == r.target for o in self._owners() for r in self.relationships(o)):
                self.remove(part)

    def free_name(self, pattern: str) -> str:
        """The first name of a pattern with `{}` for a number that no part has."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    # Relationships

    def relationships(self, part: str) -> list[Relationship]:
        """What a part refers to (`""`: what the package does)."""
        name = relationships_part(part)
        return [_relationship(part, element) for element in _elements(self.tree(name))] if name in self else []

    def related(self, part: str, kind: str) -> str:
        """The first part of a kind that a part refers to; empty: none."""
        return next((r.target for r in self.relationships(part) if r.kind == kind and r.target in self), "")

    def relate(self, part: str, kind: str, target: str, *, id: str = "") -> str:
        """Adds a relationship to another part; returns its id. `kind`: its type, of Office's own the last segment."""
        name = relationships_part(part)
        if name not in self:
            self.put_tree(name, etree.Element(f"{{{_RELS}}}Relationships", nsmap={None: _RELS}))
        root = self.tree(name)
        taken = {element.get("Id") for element in _elements(root)}
        number = 1
        while not id or id in taken:
            id, number = f"rId{number}", number + 1
        to = posixpath.relpath(f"/{target}", posixpath.dirname(f"/{part}"))
        kind_uri = kind if "://" in kind else f"{REL}/{kind}"
        etree.SubElement(root, f"{{{_RELS}}}Relationship", Id=id, Type=kind_uri, Target=to)
        return id

    def _unrelate(self, part: str, target: str) -> None:
        root = self.tree(relationships_part(part))
        for element in _elements(root):
            if _relationship(part, element).target == target:
                root.remove(element)

    def _owners(self) -> Iterator[str]:
        """The parts that refer to others."""
        for name in self.names():
            folder, file = posixpath.split(name)
            if posixpath.basename(folder) == "_rels" and file.endswith(".rels"):
                yield posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))

    # Content types

    def content_type(self, part: str) -> str:
        """What the package says a part is; empty: nothing."""
        for element in self._overrides(part):
            return str(element.get("ContentType", ""))
        extension = part.rpartition(".")[2].lower()
        for element in self.tree(CONTENT_TYPES).iterfind(f"{{{_TYPES}}}Default"):
            if element.get("Extension", "").lower() == extension:
                return str(element.get("ContentType", ""))
        return ""

    def declare(self, part: str, content_type: str) -> None:
        """Says what a part is."""
        for element in self._overrides(part):
            element.set("ContentType", content_type)
            return
        root = self.tree(CONTENT_TYPES)
        etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=content_type)

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Says what parts with an extension (in small letters) are, if nothing is said of it yet."""
        root = self.tree(CONTENT_TYPES)
        defaults = root.iterfind(f"{{{_TYPES}}}Default")
        if all(element.get("Extension", "").lower() != extension for element in defaults):
            root.insert(0, etree.Element(f"{{{_TYPES}}}Default", Extension=extension, ContentType=content_type))

    def _overrides(self, part: str) -> list[etree._Element]:
        declared = self.tree(CONTENT_TYPES).iterfind(f"{{{_TYPES}}}Override")
        return [element for element in declared if _resolved("", element.get("PartName", "")) == part]

    # Writing

    def check(self) -> None:
        """Raises PackageSyntaxError if a part is there twice or cannot be read: `write_to` copies it as it is."""
        if len(self._zip.infolist()) > len(self._names):
            raise PackageSyntaxError("two parts of one name")
        with reading_package():
            damaged = self._zip.testzip()
        if damaged is not None:
            raise PackageSyntaxError(f"{damaged} is damaged")

    def write_to(self, target: IO[bytes]) -> None:
        """Writes the package with all changes. Raises ValueError above 4 GB."""
        with contextlib.ExitStack() as stack:
            parts: dict[str, DeflatedPart | None] = {}
            for name in self.changed():
                content = self._changed.get(name)
                if name in self._removed:
                    parts[name] = None
                elif isinstance(content, DeflatedPart):
                    parts[name] = content
                else:
                    parts[name] = stack.enter_context(contextlib.closing(deflated(self.read(name))))
            copy_package(self._zip, self._file, target, parts)

    def to_bytes(self) -> bytes:
        """The package with all changes. Raises ValueError above 4 GB."""
        made = io.BytesIO()
        self.write_to(made)
        return made.getvalue()

    def write_beside(self, path: Path) -> Path:
        """Writes to a temporary file beside `path`, safely on disk: to be moved there, or deleted, by the caller."""
        handle, name = tempfile.mkstemp(prefix=prefix_of(path.stem), suffix=".tmp", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                self.write_to(file)
                file.flush()
                os.fsync(file.fileno())
            shutil.copymode(path, temporary)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return temporary


def relationships_part(part: str) -> str:
    """The part that holds the relationships of a part (`""`: of the package)."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _elements(root: etree._Element) -> list[etree._Element]:
    return [element for element in root if isinstance(element.tag, str)]


def _relationship(part: str, element: etree._Element) -> Relationship:
    target, external = element.get("Target", ""), element.get("TargetMode") == "External"
    to = target if external else _resolved(posixpath.dirname(part), target)
    return Relationship(element.get("Id", ""), element.get("Type", ""), to, external)


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
