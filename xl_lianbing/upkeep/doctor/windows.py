"""What only Windows knows: the registry, alternate data streams, the system's code page, opening files."""

from __future__ import annotations

import importlib
import locale
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from xl_lianbing.upkeep.doctor.platform import Platform, RegistryValue

_HIVES: Final = {"HKCR": "HKEY_CLASSES_ROOT", "HKCU": "HKEY_CURRENT_USER", "HKLM": "HKEY_LOCAL_MACHINE"}


class Windows(Platform):
    """A PC with Windows."""

    is_windows = True
    name = "win32"

    @property
    def code_page(self) -> str | None:
        return locale.getencoding()

    def registry_value(self, hive: str, key: str, name: str = "") -> RegistryValue:
        """Looked up in the 64-bit part of the registry, then in the 32-bit part."""
        winreg = _winreg()
        root = getattr(winreg, _HIVES[hive])
        for part in (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
            with suppress(OSError), winreg.OpenKey(root, key, 0, winreg.KEY_READ | part) as opened:
                value, _ = winreg.QueryValueEx(opened, name)
                return value if isinstance(value, int) else str(value)
        return None

    def stream(self, path: Path, name: str) -> str | None:
        try:
            return _stream_path(path, name).read_text("utf-8", errors="replace")
        except OSError:
            return None

    def remove_stream(self, path: Path, name: str) -> None:
        _stream_path(path, name).unlink()

    def show(self, path: Path) -> None:
        start: Any = getattr(os, "startfile")  # noqa: B009 - missing from the library elsewhere
        start(str(path))


def _winreg() -> Any:
    return importlib.import_module("winreg")


def _stream_path(path: Path, name: str) -> Path:
    return Path(f"{path}:{name}")
