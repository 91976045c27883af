"""The test build of the VBA project: the module ``xlwings`` replaced by one that LibreOffice can compile.

LibreOffice compiles both branches of ``#If … #Else``, so ``xlwings.bas`` fails in it and takes every macro of the
document with it. The button module is the very same in both builds.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from xl_lianbing.excel.macros.vba import Module, build_vba_project, button_module

_PYTHON: Final = "LIANBING_BRIDGE_PYTHON"
_SCRIPT: Final = "LIANBING_BRIDGE_SCRIPT"
_BRIDGE: Final = Path(__file__).with_name("xlwings_bridge.bas")


def build_test_project(code_names: Sequence[str]) -> bytes:
    """``vbaProject.bin`` for a workbook whose buttons are pressed in LibreOffice."""
    bridge = Module("xlwings", "standard", _BRIDGE.read_text("ascii"))
    return build_vba_project(code_names, [button_module(), bridge])


def bridge_environment(script: Path) -> dict[str, str]:
    """Environment in which ``RunPython`` starts this Python with a script (:func:`bridge_arguments`: what it gets)."""
    return {_PYTHON: sys.executable, _SCRIPT: str(script.resolve())}


def bridge_arguments(arguments: Sequence[str]) -> tuple[str, Path]:
    """In the script: the text given to ``RunPython`` and the workbook's path, from ``sys.argv[1:]``."""
    command, book = (unquote(argument) for argument in arguments)
    return command, Path(book)
