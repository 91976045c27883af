"""A real spreadsheet program for tests: headless LibreOffice over UNO."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import TypeVar

from tests.libreoffice.uno_runtime import uno_problem
from tests.requirement import needing

Test = TypeVar("Test", bound=Callable[..., object])


def missing_libreoffice(*, uno: bool = True) -> str:
    """Why tests with LibreOffice can't run here; empty when they can."""
    missing = [program for program in ("soffice", "pdftoppm") if shutil.which(program) is None]
    if missing:
        return f"LibreOffice: not installed: {', '.join(missing)}"
    return f"LibreOffice: {uno_problem()}" if uno and uno_problem() else ""


def requires_libreoffice(test: Test) -> Test:
    """Mark a test that needs LibreOffice: skipped with the reason where it is missing; failing on CI."""
    return needing(test, missing_libreoffice())
