"""Which xlwings a VBA project carries, read without a library for VBA.

MS-OVBA 2.4.1 packs a module's text in chunks of 4096 characters. The version stands in the first chunk of the module
`xlwings`, so that chunk alone is unpacked, wherever in the file it begins.
"""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from typing import Final

from xl_lianbing.excel.macros.vba import SHIPPED
from xl_lianbing.excel.ooxml.package import Package

_CHUNK: Final = 4096
_SIGNATURE: Final = 0x01
_COMPRESSED: Final = 0xB000
_MODULE: Final = b'Attribute VB_Name = "xlwings"'
_VERSION: Final = re.compile(rb"'Version: ([0-9][0-9.]*)")


def shipped_xlwings_version() -> str:
    """The version of the macros that new masters get."""
    version = xlwings_version((resources.files("xl_lianbing.excel.macros") / "data" / SHIPPED).read_bytes())
    assert version
    return version


def master_xlwings_version(master: Path) -> str | None:
    """The version of the macros in a workbook; None: it holds none that can be read. Raises OSError,
    PackageSyntaxError."""
    with master.open("rb") as file:
        package = Package(file)
        project = package.related(package.related("", "officeDocument"), "vbaProject")
        return xlwings_version(package.read(project)) if project else None


def xlwings_version(project: bytes) -> str | None:
    """The version that the module `xlwings` of a vbaProject.bin states; None: there is none that can be read."""
    start = project.find(_SIGNATURE)
    while start != -1:
        header = int.from_bytes(project[start + 1 : start + 3], "little")
        if header & 0xF000 == _COMPRESSED:
            text = _first_chunk(project[start + 3 : start + 3 + (header & 0x0FFF) + 1])
            if text.startswith(_MODULE) and (found := _VERSION.search(text)):
                return found[1].decode("ascii")
        start = project.find(_SIGNATURE, start + 1)
    return None


def _first_chunk(packed: bytes) -> bytes:
    """The text of one packed chunk, as far as it makes sense."""
    text = bytearray()
    position = 0
    while position < len(packed):
        flags = packed[position]
        position += 1
        for bit in range(8):
            if position >= len(packed):
                break
            if not flags >> bit & 1:
                text.append(packed[position])
                position += 1
                continue
            token = int.from_bytes(packed[position : position + 2], "little")
            position += 2
            length_bits = 16 - max((len(text) - 1).bit_length(), 4) if text else 0
            offset = (token >> length_bits) + 1
            if not text or offset > len(text) or len(text) > _CHUNK:
                return bytes(text)
            for _ in range((token & ((1 << length_bits) - 1)) + 3):
                text.append(text[-offset])
        if len(text) >= len(_MODULE) and not text.startswith(_MODULE):
            break
    return bytes(text)
