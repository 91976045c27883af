"""Packages taken apart and put together otherwise: what no decent program writes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.commands import sheet_parts


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def pack(path: Path, content: Mapping[str, bytes]) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in content.items():
            package.writestr(name, data)
    path.write_bytes(out.getvalue())
    return path


def changed(path: Path, changes: Mapping[str, bytes | Callable[[bytes], bytes]]) -> Path:
    """The file with some members replaced, or added."""
    content = members(path)
    for name, change in changes.items():
        content[name] = change(content[name]) if callable(change) else change
    return pack(path, content)


def in_sheet(path: Path, sheet: str, change: Callable[[str], str]) -> Path:
    """The file with the XML of a sheet changed."""
    part = sheet_parts(path)[sheet]
    return changed(path, {part: lambda data: change(data.decode()).encode()})


def put_cell(xml: str, address: str, cell: str) -> str:
    """A sheet's XML with one `<c …>…</c>` in place of what stands at an address (or beside it, in its row)."""
    old = re.compile(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)')
    if old.search(xml):
        return old.sub(lambda _: cell, xml, count=1)
    row = "".join(filter(str.isdigit, address))
    found = re.search(rf'<row r="{row}"[^>]*?(/?)>', xml)
    if found is None:
        return xml.replace("</sheetData>", f'<row r="{row}">{cell}</row></sheetData>')
    if found[1]:
        return xml[: found.end() - 2] + f">{cell}</row>" + xml[found.end() :]
    return xml[: found.end()] + cell + xml[found.end() :]
