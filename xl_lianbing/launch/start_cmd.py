"""start.cmd: finds a Python and opens the menu, for PCs where Office may not start programs (and for WPS).

Windows reads a .cmd in the console's code page, which is GBK on a Chinese PC and something else elsewhere. So the file
is ASCII; only the sentence for "no Python at all" is GBK, and it is reached after `chcp 936`. Every other Chinese word
comes from Python. Lines end in CRLF, and no variable that holds a path is used outside quotation marks. How a program
ended is asked with && and ||: where somebody has set a variable ERRORLEVEL, %ERRORLEVEL% is that one.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import PureWindowsPath
from typing import Final

from xl_lianbing.launch.interpreter import NO_INTERPRETER, Interpreter

START_FILE: Final = "start.cmd"

_NO_PYTHON: Final = (
    "没有找到能运行本程序的 Python，什么都没有改动。",
    "怎么办：安装 Python 3.11 或以上并安装本程序；",
    "或者把便携版里的 python 和 packages 两个文件夹放到本文件夹。",
)
"""None of these characters has a byte in GBK that cmd.exe takes for a sign of its own (tested)."""

_PROFILE_VARIABLES: Final = ("LOCALAPPDATA", "APPDATA", "USERPROFILE", "ProgramFiles")

_TEMPLATE: Final = r"""@echo off
rem Opens the menu for the workbook in this folder. Rewritten by: xl-lianbing doctor --fix
setlocal DisableDelayedExpansion
title xl-lianbing
set "CHECK=import lxml.etree, python_calamine, xl_lianbing.attach"
set "MODULES={modules}"
if exist "%~dp0packages\xl_lianbing\__init__.py" set "MODULES=%~dp0packages"
if exist "%~dp0..\packages\xl_lianbing\__init__.py" set "MODULES=%~dp0..\packages"
if not defined MODULES goto search
if defined PYTHONPATH set "MODULES=%MODULES%;%PYTHONPATH%"
set "PYTHONPATH=%MODULES%"
:search
{search}
py -3 -c "%CHECK%" >nul 2>nul && goto launcher
python -c "%CHECK%" >nul 2>nul && goto path
chcp 936 >nul
{nothing}
pause
exit /b 2
:try
if not exist "%PYTHON%" goto %NEXT%
"%PYTHON%" -c "%CHECK%" >nul 2>nul || goto %NEXT%
"%PYTHON%" -m xl_lianbing.attach "%~dp0." || pause
goto :eof
:launcher
py -3 -m xl_lianbing.attach "%~dp0." || pause
goto :eof
:path
python -m xl_lianbing.attach "%~dp0." || pause
"""

_PLACES: Final = (
    r"%~dp0python\python.exe",
    r"%~dp0..\python\python.exe",
    r"%~dp0.venv\Scripts\python.exe",
)


def start_cmd(
    interpreter: Interpreter = NO_INTERPRETER,
    *,
    environment: Mapping[str, str] | None = None,
    code_page: str = "ascii",
) -> bytes:
    """The bytes of start.cmd.

    Args:
        interpreter: the Python to try first; none on a system that is not Windows.
        environment: the environment variables, to write the path of the user's own folder without its name.
        code_page: Python's name of the console's code page; a path that does not fit it is left out, and the other
            places are tried.
    """
    python = _batch_path(_console_python(interpreter.python), environment or {}, code_page)
    modules = _batch_path(interpreter.modules, environment or {}, code_page)
    text = _TEMPLATE.format(
        modules=modules,
        search="\n".join(_tries([python, *_PLACES] if python else _PLACES)),
        nothing="\n".join(f"echo {line}" for line in _NO_PYTHON),
    )
    head, marker, tail = text.partition("chcp 936 >nul\n")
    encoded = head.encode(code_page) + (marker + tail).encode("gbk")
    return encoded.replace(b"\n", b"\r\n")


def start_cmd_here(interpreter: Interpreter) -> bytes:
    """The bytes of start.cmd for this PC."""
    return start_cmd(interpreter, environment=os.environ, code_page="oem" if os.name == "nt" else "ascii")


def _tries(places: Sequence[str]) -> list[str]:
    """One place after the other; no `call`, which would read the signs in a path a second time."""
    lines = []
    for number, place in enumerate(places, 1):
        lines += [f'set "PYTHON={place}"', f"set NEXT=after{number}", "goto try", f":after{number}"]
    return lines


def _console_python(python: str) -> str:
    path = PureWindowsPath(python)
    return str(path.with_name("python.exe")) if python and path.name.lower() == "pythonw.exe" else python


def _batch_path(path: str, environment: Mapping[str, str], code_page: str) -> str:
    """A path as a batch file writes it: a known folder as its variable, other % doubled; empty if it cannot be."""
    start = ""
    rest = path
    for variable in _PROFILE_VARIABLES:
        root = environment.get(variable, "").rstrip("\\")
        if root and path.casefold().startswith(root.casefold() + "\\"):
            start, rest = f"%{variable}%", path[len(root) :]
            break
    written = start + rest.replace("%", "%%")
    try:
        written.encode(code_page)
    except UnicodeEncodeError:
        return ""
    return written
