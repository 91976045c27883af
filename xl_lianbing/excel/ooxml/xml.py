"""The XML of a package's parts: namespaces, parsing that fetches nothing from outside, the error of damaged parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from zipfile import BadZipFile
from zlib import error as DeflateError

from lxml import etree

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

#: Control characters as they are, and every character that is written as a number.
_DOUBTFUL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,10}));")


class PackageSyntaxError(Exception):
    """The package or a part of it is not what ECMA-376 asks for; the users' message is made further up."""


@contextmanager
def reading_package() -> Iterator[None]:
    """Turns whatever a damaged package raises while it is read into PackageSyntaxError."""
    try:
        yield
    except (BadZipFile, DeflateError, EOFError, LookupError, ValueError, RuntimeError) as error:
        raise PackageSyntaxError(str(error)) from error


def main_tag(name: str) -> str:
    """The name of an element of SpreadsheetML (the transitional kind)."""
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


def serialised(root: etree._Element, *, declared: bool = True) -> bytes:
    """`declared`: with an XML declaration (Excel writes its legacy drawings without)."""
    standalone = True if declared else None
    made: bytes = etree.tostring(root, xml_declaration=declared, encoding="UTF-8", standalone=standalone)
    return made


def without_forbidden(content: bytes) -> bytes:
    """A part without the characters that XML 1.0 does not allow: with them, Excel opens no file."""
    return _DOUBTFUL.sub(lambda found: found[0] if _is_character(found) else b"", content)


def _is_character(found: re.Match[bytes]) -> bool:
    number = int(found[1], 16) if found[1] else int(found[2]) if found[2] else 0
    return (
        number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x1_0000 <= number < 0x11_0000
    )
