"""A Windows PC for tests: the program's own Windows layer over a registry that is a dictionary."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest

from xl_lianbing.launch.interpreter import Interpreter
from xl_lianbing.upkeep.doctor.windows import Windows

EXCEL_ID = "{00024500-0000-0000-C000-000000000046}"
EXCEL = {
    ("HKEY_CLASSES_ROOT", r"Excel.Application\CLSID", ""): EXCEL_ID,
    ("HKEY_CLASSES_ROOT", rf"CLSID\{EXCEL_ID}\LocalServer32", ""): r"C:\Office16\EXCEL.EXE /automation",
}

Registry = Mapping[tuple[str, str, str], str | int]


def install_registry(monkeypatch: pytest.MonkeyPatch, registry: Registry, *, part: int = 0x0100) -> None:
    """Puts a module `winreg` in place whose keys lie in the 64-bit part (0x0100) or the 32-bit part (0x0200)."""
    module = ModuleType("winreg")

    @contextmanager
    def open_key(root: str, key: str, reserved: int, access: int) -> Iterator[tuple[str, str]]:
        assert reserved == 0
        if not access & part or not any(known[:2] == (root, key) for known in registry):
            raise FileNotFoundError(2, "没有这个键")
        yield root, key

    def query(opened: tuple[str, str], name: str) -> tuple[str | int, int]:
        try:
            return registry[(*opened, name)], 1
        except KeyError:
            raise FileNotFoundError(2, "没有这个值") from None

    for hive in ("HKEY_CLASSES_ROOT", "HKEY_CURRENT_USER", "HKEY_LOCAL_MACHINE"):
        setattr(module, hive, hive)
    for name, value in {"KEY_READ": 0x20019, "KEY_WOW64_64KEY": 0x0100, "KEY_WOW64_32KEY": 0x0200}.items():
        setattr(module, name, value)
    module.__dict__.update(OpenKey=open_key, QueryValueEx=query)
    monkeypatch.setitem(sys.modules, "winreg", module)


class PC(Windows):
    """A PC in order; a test spoils what it is about."""

    def __init__(self, home: Path) -> None:
        self.at_home = home
        self.python = home / "Python311" / "pythonw.exe"
        self.python.parent.mkdir(parents=True)
        self.python.touch()
        self.versions: dict[str, str | None] = {}
        self.version = (3, 11, 9)
        self.bits = 64
        self.free = 10_000_000_000
        self.refused: OSError | None = None
        self.today = datetime(2017, 9, 1, 8, 0)
        self.modules = ""

    @property
    def executable(self) -> Path:
        return self.python

    @property
    def home(self) -> Path:
        return self.at_home

    @property
    def environment(self) -> Mapping[str, str]:
        return {"OneDrive": str(self.at_home / "OneDrive")}

    @property
    def code_page(self) -> str | None:
        return "cp936"

    @property
    def python_version(self) -> tuple[int, int, int]:
        return self.version

    @property
    def python_bits(self) -> int:
        return self.bits

    def interpreter(self) -> Interpreter:
        return Interpreter(str(self.python), self.modules)

    def package_version(self, distribution: str) -> str | None:
        if distribution in self.versions:
            return self.versions[distribution]
        return "312" if distribution == "pywin32" else super().package_version(distribution)

    def free_bytes(self, folder: Path) -> int:
        return self.free

    def try_writing(self, folder: Path) -> None:
        if self.refused:
            raise self.refused
        super().try_writing(folder)

    def now(self) -> datetime:
        return self.today
