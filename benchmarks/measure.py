"""A command in a process of its own: wall time, peak memory, output."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
_BYTES_A_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Measured:
    """`peak_mb` is that of the process itself, not the sum with workers it may start; None where unknown (Windows)."""

    seconds: float
    peak_mb: float | None
    code: int
    output: str
    errors: str


def run_python(arguments: Sequence[str]) -> Measured:
    """Runs this Python with the arguments, from the project's root. Standard output and error go through files."""
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = perf_counter()
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=environment, stdout=output, stderr=errors
        )
        code, peak_mb = _wait(process)
        seconds = perf_counter() - start
        output.seek(0)
        errors.seek(0)
        texts = output.read().decode("utf-8", "replace"), errors.read().decode("utf-8", "replace")
    return Measured(seconds, peak_mb, code, *texts)


def _wait(process: subprocess.Popen[bytes]) -> tuple[int, float | None]:
    if sys.platform == "win32":
        return process.wait(), None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    return process.returncode, usage.ru_maxrss * unit / _BYTES_A_MB
