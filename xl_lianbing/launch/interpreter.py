"""Which Python the buttons start: the rows of the master's hidden sheet `xlwings.conf`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SETTINGS_SHEET: Final = "xlwings.conf"
INTERPRETER_KEY: Final = "INTERPRETER_WIN"
MODULES_KEY: Final = "PYTHONPATH"


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python for the buttons.

    Attributes:
        python: absolute path of pythonw.exe; empty: none is named, and xlwings looks for `python` on the PATH.
        modules: a folder for `sys.path` where this Python does not find xl_lianbing by itself; else empty.
    """

    python: str = ""
    modules: str = ""


NO_INTERPRETER: Final = Interpreter()


def conf_rows(interpreter: Interpreter) -> tuple[tuple[str, str], ...]:
    """Every setting that `RunPython` asks for, so that it looks into no xlwings.conf file, whatever lies on the PC.

    The workbook's folder stays off Python's module path: a file that lies beside the master is never run. `%TEMP%`
    is resolved by Windows itself, where VBA's own answer loses characters outside the system's code page.
    """
    return (
        (INTERPRETER_KEY, interpreter.python),
        (MODULES_KEY, interpreter.modules),
        ("SHOW CONSOLE", "FALSE"),
        ("USE UDF SERVER", "FALSE"),
        ("ADD_WORKBOOK_TO_PYTHONPATH", "FALSE"),
        ("CONDA PATH", ""),
        ("CONDA ENV", ""),
        ("ONEDRIVE_CONSUMER_WIN", ""),
        ("ONEDRIVE_COMMERCIAL_WIN", ""),
        ("SHAREPOINT_WIN", ""),
        ("TEMP DIR", "%TEMP%"),
        ("SHOW_ERROR_POPUPS", "True"),
    )


def as_interpreter(rows: Mapping[str, str]) -> Interpreter:
    """The interpreter that a settings sheet names."""
    return Interpreter(rows.get(INTERPRETER_KEY, "").strip(), rows.get(MODULES_KEY, "").strip())


def this_interpreter() -> Interpreter:
    """The Python running now, for the buttons on this PC. Elsewhere than on Windows none: no macro can run there."""
    if os.name != "nt":
        return NO_INTERPRETER
    return windows_interpreter(Path(sys.executable), _package_parent(), finds_package)


def windows_interpreter(executable: Path, parent: Path, finds: Callable[[Path], bool]) -> Interpreter:
    """What to stamp for a Windows Python.

    Args:
        executable: python.exe or pythonw.exe; the one without a console is preferred.
        parent: the folder that holds the package xl_lianbing.
        finds: whether that Python finds the package by itself, started as Excel starts it.
    """
    silent = executable.with_name("pythonw.exe")
    python = silent if silent.is_file() else executable
    modules = "" if finds(executable) else str(parent).rstrip("\\")
    return Interpreter(str(python), modules)


def finds_package(executable: Path, *, package: str = "xl_lianbing") -> bool:
    """Whether a Python finds a package without the settings of this session (environment, current folder)."""
    console = executable.with_name("python.exe") if executable.name.lower() == "pythonw.exe" else executable
    probe = f"import sys, importlib.util as u; sys.path[:1] = []; sys.exit(u.find_spec({package!r}) is None)"
    try:
        done = subprocess.run(
            [str(console), "-E", "-c", probe],
            capture_output=True,
            timeout=60,
            check=False,
            stdin=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _package_parent() -> Path:
    return Path(__file__).resolve().parents[2]
