"""What LibreOffice makes of a workbook: calculated anew, and as pictures."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from tests.libreoffice.profile import make_profile

TIMEOUT_SECONDS = 180
_ATTEMPTS = 2


def recalculated(path: Path, out_dir: Path) -> Path:
    """A copy of the workbook as .xlsx in which LibreOffice has calculated every formula anew."""
    return _convert(path, out_dir, "xlsx", recalculate=True)


def resaved(path: Path, out_dir: Path) -> Path:
    """A copy of the workbook as .xlsx as LibreOffice saves it, with the values that it held."""
    return _convert(path, out_dir, "xlsx", recalculate=False)


def to_pdf(path: Path, out_dir: Path) -> Path:
    """The workbook as it prints (form buttons are not printed)."""
    return _convert(path, out_dir, "pdf", recalculate=False)


def to_pngs(path: Path, out_dir: Path, dpi: int = 80) -> list[Path]:
    """The printed pages of the workbook as pictures, in order."""
    pdf = to_pdf(path, out_dir)
    for old in out_dir.glob(f"{pdf.stem}-*.png"):
        old.unlink()
    subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-png", str(pdf), str(out_dir / pdf.stem)],
        check=True,
        capture_output=True,
        timeout=TIMEOUT_SECONDS,
    )
    return sorted(out_dir.glob(f"{pdf.stem}-*.png"), key=lambda page: int(page.stem.rsplit("-", 1)[1]))


def _convert(path: Path, out_dir: Path, kind: str, *, recalculate: bool) -> Path:
    out_dir.mkdir(parents=True, exist_ok=True)
    made = out_dir / f"{path.stem}.{kind}"
    if made.resolve() == path.resolve():
        raise ValueError(f"the copy would replace the workbook itself: {path}")
    made.unlink(missing_ok=True)
    said = ""
    for _ in range(_ATTEMPTS):
        with tempfile.TemporaryDirectory(prefix="lianbing-office-", ignore_cleanup_errors=True) as profile:
            said = _run_soffice(
                [
                    make_profile(Path(profile), recalculate=recalculate),
                    *("--headless", "--norestore", "--nologo", "--convert-to", kind),
                    *("--outdir", str(out_dir.resolve()), str(path.resolve())),
                ]
            )
        if made.exists():
            return made
    raise RuntimeError(f"soffice made no {kind} of {path.name}: {said}")


def _run_soffice(arguments: list[str]) -> str:
    program = shutil.which("soffice") or "soffice"
    process = subprocess.Popen(
        [program, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    try:
        return process.communicate(timeout=TIMEOUT_SECONDS)[0]
    except subprocess.TimeoutExpired:
        return f"nothing after {TIMEOUT_SECONDS} seconds"
    finally:
        end_session(process)


def end_session(process: subprocess.Popen[str]) -> None:
    """End a program that was started in a session of its own, and all that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
