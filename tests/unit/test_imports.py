"""A click starts a fresh Python: what a command or a button needs at once is imported, and nothing heavy beside it."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("pandas", "openpyxl", "xlsxwriter", "xlwings", "pydantic", "python_calamine")


@pytest.mark.parametrize("door", ["xl_lianbing", "xl_lianbing.buttons", "xl_lianbing.faces.cli"])
def test_a_door_opens_without_anything_heavy(door: str) -> None:
    code = f"import sys, {door}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
