"""Packages taken apart, and put together otherwise: what no decent program writes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from posixpath import basename, dirname, join, normpath
from xml.etree import ElementTree


def parts(package_file: Path | bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    source = io.BytesIO(package_file) if isinstance(package_file, bytes) else package_file
    with zipfile.ZipFile(source) as package:
        return {name: package.read(name) for name in package.namelist()}


def _targets(package: Mapping[str, bytes], part: str) -> dict[str, str]:
    """Relation id → part, of what a part refers to."""
    rels = package.get(f"{dirname(part)}/_rels/{basename(part)}.rels")
    found = ElementTree.fromstring(rels) if rels else []
    return {
        r.attrib["Id"]: normpath(join("/" + dirname(part), r.attrib["Target"])).lstrip("/")
        for r in found
        if r.get("TargetMode") != "External"
    }


def sheet_parts(workbook: Path) -> dict[str, str]:
    """Tab → name of its part."""
    package = parts(workbook)
    targets = _targets(package, "xl/workbook.xml")
    book = ElementTree.fromstring(package["xl/workbook.xml"])
    return {
        s.attrib["name"]: targets[next(v for k, v in s.attrib.items() if k.endswith("}id"))]
        for s in book.iter()
        if s.tag.endswith("}sheet")
    }


def table_parts(package: Mapping[str, bytes], sheet: str) -> list[str]:
    """The tables of a sheet's part."""
    return [target for target in _targets(package, sheet).values() if "/tables/" in target]


def pack(path: Path, content: Mapping[str, bytes]) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in content.items():
            package.writestr(name, data)
    path.write_bytes(out.getvalue())
    return path


def changed(path: Path, changes: Mapping[str, bytes | Callable[[bytes], bytes]]) -> Path:
    """The file with some members replaced, or added."""
    content = parts(path)
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
