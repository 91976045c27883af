"""A real spreadsheet program for tests: headless LibreOffice over UNO."""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Callable
from typing import TypeVar, cast

import pytest

from tests.libreoffice.uno_runtime import uno_problem

Test = TypeVar("Test", bound=Callable[..., object])


def missing_libreoffice(*, uno: bool = True) -> str:
    """Why tests with LibreOffice can't run here; empty when they can."""
    missing = [program for program in ("soffice", "pdftoppm") if shutil.which(program) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    return uno_problem() if uno else ""


def requires_libreoffice(test: Test) -> Test:
    """Mark a test that needs LibreOffice: skipped with the reason where it is missing; failing on CI (``CI=true``)."""
    reason = missing_libreoffice()
    if not reason:
        return test
    if os.environ.get("CI", "").lower() == "true":
        return _failing(test, reason)
    return cast(Test, pytest.mark.skip(reason=f"LibreOffice: {reason}")(test))


def _failing(test: Test, reason: str) -> Test:
    @functools.wraps(test)
    def fail(*_: object, **__: object) -> None:
        pytest.fail(f"CI must have LibreOffice: {reason}")

    return cast(Test, fail)
