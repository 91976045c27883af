"""What the checks ask of the computer. Tests replace it; `windows.py` answers what only Windows knows."""

from __future__ import annotations

import os
import shutil
import struct
import sys
import tempfile
from collections.abc import Mapping
from datetime import datetime
from importlib import metadata
from pathlib import Path

from xl_lianbing.launch.interpreter import Interpreter, this_interpreter

RegistryValue = str | int | None


class Platform:
    """The computer that the program runs on; what only Windows has is missing here."""

    is_windows = False
    name = sys.platform

    @property
    def environment(self) -> Mapping[str, str]:
        return os.environ

    @property
    def home(self) -> Path:
        return Path.home()

    @property
    def python_version(self) -> tuple[int, int, int]:
        return sys.version_info[:3]

    @property
    def python_bits(self) -> int:
        """32 or 64."""
        return struct.calcsize("P") * 8

    @property
    def executable(self) -> Path:
        return Path(sys.executable)

    @property
    def code_page(self) -> str | None:
        """Python's name of the system's ANSI code page, by which VBA reads file names; None: does not matter here."""
        return None

    def interpreter(self) -> Interpreter:
        """What belongs into the master so that its buttons start this Python."""
        return this_interpreter()

    def package_version(self, distribution: str) -> str | None:
        """The installed version; None: not installed."""
        try:
            return metadata.version(distribution)
        except metadata.PackageNotFoundError:
            return None

    def registry_value(self, hive: str, key: str, name: str = "") -> RegistryValue:
        """A value of the registry, by the hive's short name (HKCR, HKCU, HKLM); None: not there."""
        return None

    def stream(self, path: Path, name: str) -> str | None:
        """The text of a file's alternate data stream; None: it has none."""
        return None

    def remove_stream(self, path: Path, name: str) -> None:
        raise OSError("no alternate data streams on this system")

    def show(self, path: Path) -> None:
        """Opens a file or folder as a double click does. Raises OSError where that cannot be done."""
        raise OSError("no desktop that opens files")

    def free_bytes(self, folder: Path) -> int:
        return shutil.disk_usage(folder).free

    def try_writing(self, folder: Path) -> None:
        """Raises OSError if a new file cannot be written there."""
        with tempfile.TemporaryFile(dir=folder, prefix=".xl-lianbing-") as file:
            file.write(b"0" * 4096)

    def now(self) -> datetime:
        return datetime.now()
