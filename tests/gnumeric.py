"""A second spreadsheet program for tests: Gnumeric's converter, which calculates every formula anew."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tests.requirement import needing

Test = TypeVar("Test", bound=Callable[..., object])

LIMIT_SECONDS = 300


def requires_gnumeric(test: Test) -> Test:
    """Mark a test that needs Gnumeric: skipped with the reason where it is missing; failing on CI."""
    return needing(test, "" if shutil.which("ssconvert") else "Gnumeric: not installed: ssconvert")


def recalculated(workbook: Path, out_dir: Path) -> Path:
    """The workbook as Gnumeric calculates it."""
    out_dir.mkdir(parents=True, exist_ok=True)
    result = out_dir / f"{workbook.stem}.xlsx"
    command = ["ssconvert", "--recalc", str(workbook), str(result)]
    subprocess.run(command, check=True, capture_output=True, timeout=LIMIT_SECONDS)
    return result
