"""What the people who support the users need when the program itself is at fault."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from datetime import datetime
from pathlib import Path

from xl_lianbing import __version__


def record_crash() -> Path:
    """Appends the exception being handled to a log in the temporary folder; returns the log."""
    log = Path(tempfile.gettempdir()) / "xl-lianbing-出错记录.txt"
    head = f"{datetime.now():%Y-%m-%d %H:%M:%S} xl-lianbing {__version__} Python {sys.version} {platform.platform()}"
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{head}\n{' '.join(sys.argv)}\n{traceback.format_exc()}\n")
    return log
