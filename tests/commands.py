"""The program as a user starts it, and what a workbook or a folder holds afterwards."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from posixpath import basename, dirname, join, normpath
from xml.etree import ElementTree
from zipfile import ZipFile

from openpyxl import load_workbook

PROJECT = Path(__file__).resolve().parent.parent


def program(*arguments: object, timeout: int = 240) -> subprocess.CompletedProcess[str]:
    """`python -m xl_lianbing …` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "xl_lianbing", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(PROJECT)},
    )


def parts(workbook: Path) -> dict[str, bytes]:
    """The parts of a package by name."""
    with ZipFile(workbook) as package:
        return {name: package.read(name) for name in package.namelist()}


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file and folder below a folder, files with the SHA-256 of their content."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() if p.is_file() else "folder"
        for p in sorted(folder.rglob("*"))
    }


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


def set_rules(master: Path, values: Mapping[str, object]) -> None:
    """Types values into 规则, by 项目 or 编号, as the bureau would with another program."""
    book = load_workbook(master, keep_vba=True)
    page = book["规则"]
    rows = list(page.iter_rows())
    top = next(n for n, row in enumerate(rows) if any(c.value == "取值" for c in row))
    column = {c.value: n for n, c in enumerate(rows[top])}
    left = dict(values)
    for row in rows[top + 1 :]:
        for header in ("编号", "项目"):
            if row[column[header]].value in left:
                row[column["取值"]].value = left.pop(row[column[header]].value)
    assert not left, f"规则 has no {left.keys()}"
    book.save(master)
