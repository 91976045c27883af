"""Drafts and scratch folders bear the process that owns them, so that the next run clears away what a dead one left."""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

_SCRATCH: Final = "xl-lianbing"
_OWNED: Final = re.compile(r"\.?(?P<stem>.+)-(?P<host>[0-9a-f]{6})-(?P<pid>\d{1,10})-\w{4,}(?:\.tmp)?")
#: Of what another machine, or an earlier version, left, seconds: no run takes so long.
_OLD: Final = 24 * 3600


@cache
def _host() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:6]


def prefix_of(stem: str) -> str:
    """How the name of a draft begins, to be given to `tempfile`."""
    return f".{stem}-{_host()}-{os.getpid()}-"


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder of this run, outside the campaign, deleted at the end; those of dead runs go at the beginning."""
    place = Path(tempfile.gettempdir())
    sweep(place, _SCRATCH, hidden=False)
    with tempfile.TemporaryDirectory(prefix=prefix_of(_SCRATCH)[1:], ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def sweep(place: Path, *stems: str, hidden: bool = True) -> None:
    """Deletes what dead runs left of these stems in a folder. What can't be deleted stays; nothing is raised."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(place):
            if (entry.name.startswith(".") or not hidden) and _left_over(entry, stems):
                _delete(entry)


def _left_over(entry: os.DirEntry[str], stems: tuple[str, ...]) -> bool:
    owned = _OWNED.fullmatch(entry.name)
    if owned is not None and owned["stem"] in stems and owned["host"] == _host():
        return not _alive(int(owned["pid"]))
    named = owned["stem"] if owned else entry.name.removeprefix(".").removesuffix(".tmp").rpartition("-")[0]
    if named not in stems:
        return False
    with contextlib.suppress(OSError):
        return time.time() - entry.stat(follow_symlinks=False).st_mtime > _OLD
    return False


def _delete(entry: os.DirEntry[str]) -> None:
    with contextlib.suppress(OSError):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            Path(entry.path).unlink()


def _alive(pid: int) -> bool:
    """Whether a process of this machine lives; when in doubt it does."""
    if os.name == "nt":
        return _alive_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _alive_on_windows(pid: int) -> bool:
    import ctypes

    may_ask, still_active, access_denied = 0x1000, 259, 5
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    handle = kernel.OpenProcess(may_ask, False, pid)
    if not handle:
        return bool(ctypes.get_last_error() == access_denied)  # type: ignore[attr-defined]
    code = ctypes.c_ulong()
    known = kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return not known or code.value == still_active
