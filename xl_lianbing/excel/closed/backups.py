"""Earlier versions of a workbook, kept in a folder beside it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

FOLDER = "备份"
#: As many backups are kept, besides each day's first.
KEPT = 3
_STAMP = "%Y%m%d-%H%M%S"


def make_backup(workbook: Path, now: datetime, *, copy_of: Path | None = None) -> Path:
    """Keeps the workbook as it is now as ``备份/<name>_<date>-<time>``; returns that file.

    A backup is always named later than those that are there (two runs within one second, a clock set back).
    ``copy_of``: a snapshot that is kept in its place, while a program has the workbook open and may write into it.
    """
    folder = workbook.parent / FOLDER
    folder.mkdir(exist_ok=True)
    existing = _existing(workbook)
    moment = max(now, existing[-1][0] + timedelta(seconds=1)) if existing else now
    backup = folder / f"{workbook.stem}_{moment.strftime(_STAMP)}{workbook.suffix}"
    if copy_of is not None:
        shutil.copy2(copy_of, backup)
        return backup
    try:
        os.link(workbook, backup)
    except OSError:  # a file system without hard links
        shutil.copy2(workbook, backup)
    return backup


def remove_old_backups(workbook: Path, keep: int) -> None:
    """Deletes all but the newest ``keep`` backups and each day's first; a file of any other name is never touched."""
    existing = _existing(workbook)
    first = {moment.date(): path for moment, path in reversed(existing)}
    for moment, path in existing[: max(0, len(existing) - keep)]:
        if path == first[moment.date()]:
            continue
        with contextlib.suppress(OSError):  # open somewhere: the next run tries again
            path.unlink()


def _existing(workbook: Path) -> list[tuple[datetime, Path]]:
    """The backups of this workbook with their times, oldest first."""
    pattern = re.compile(rf"{re.escape(workbook.stem)}_(\d{{8}}-\d{{6}}){re.escape(workbook.suffix)}")
    found = []
    for path in (workbook.parent / FOLDER).iterdir():
        match = pattern.fullmatch(path.name)
        if match is not None:
            with contextlib.suppress(ValueError):  # digits, but no time
                found.append((datetime.strptime(match[1], _STAMP), path))
    return sorted(found)
