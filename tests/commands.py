"""The program as a user starts it, and what a workbook or a folder holds afterwards."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from openpyxl import load_workbook

from tests.cells import header_row

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


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file and folder below a folder, files with the SHA-256 of their content."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() if p.is_file() else "folder"
        for p in sorted(folder.rglob("*"))
    }


def set_rules(master: Path, values: Mapping[str, object]) -> None:
    """Types values into 规则, by 项目 or 编号, as the bureau would with another program."""
    book = load_workbook(master, keep_vba=True)
    page = book["规则"]
    top, column = header_row(page, "编号", "项目", "取值")
    left = dict(values)
    for row in range(top + 1, page.max_row + 1):
        for header in ("编号", "项目"):
            name = page.cell(row, column[header]).value
            if name in left:
                page.cell(row, column["取值"]).value = left.pop(name)
    assert not left, f"规则 has no {left.keys()}"
    book.save(master)
