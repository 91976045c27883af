"""A click starts a fresh Python: what a command or a button needs at once is imported, and nothing heavy beside it."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("pandas", "openpyxl", "xlsxwriter", "xlwings", "pydantic", "python_calamine")


#: What a process that only reads returns has no use for.
UNREAD = ("xl_lianbing.records.inputs", "ssl", "http", "lxml", "openpyxl", "xlsxwriter", "xlwings", "pandas", "stdnum")


def loaded(module: str, names: tuple[str, ...]) -> list[str]:
    """Which modules are there once one is imported in a fresh Python."""
    code = f"import sys, {module}; print(*(name for name in {names!r} if name in sys.modules))"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()


def test_a_process_that_reads_returns_imports_little() -> None:
    """On Windows each process of the pool imports everything anew."""
    assert loaded("xl_lianbing.intake.returned.many", UNREAD) == []


@pytest.mark.parametrize("door", ["xl_lianbing", "xl_lianbing.buttons", "xl_lianbing.faces.cli"])
def test_a_door_opens_without_anything_heavy(door: str) -> None:
    assert loaded(door, HEAVY) == []
