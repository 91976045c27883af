"""What tests share: the demonstration campaigns, made once a session by the command line."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.commands import program

MASTER = "总表.xlsm"
_WAIT_SECONDS = 300


@dataclass(frozen=True)
class Demo:
    """A demonstration campaign as `demo` left it (read only: copy it before changing it) and what the command said."""

    folder: Path
    said: str


def _once(tmp_path_factory: pytest.TempPathFactory, name: str, *arguments: str) -> tuple[Path, str]:
    """A campaign folder that a command makes once a test run, also when several processes run the tests.

    Gives the folder and what the command said.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder, told = shared / name, shared / f"{name}.json"
    try:
        (shared / f"{name}.lock").touch(exist_ok=False)
    except FileExistsError:
        deadline = time.monotonic() + _WAIT_SECONDS
        while not told.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
    else:
        done = program(arguments[0], folder, *arguments[1:])
        draft = told.with_suffix(".draft")
        draft.write_text(json.dumps([done.returncode, done.stdout, done.stderr]), encoding="utf-8")
        draft.rename(told)
    code, said, progress = json.loads(told.read_text(encoding="utf-8"))
    assert code == 0, said + progress
    return folder, said


@pytest.fixture(autouse=True)
def _interpreter_is_sound() -> Iterator[None]:
    """The bytes that Python shares are still what they say (see xl_lianbing/exact.py)."""
    yield
    assert int.from_bytes(bytes([0]), "big") == 0


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Demo]:
    """The demonstration campaign of a pack, made once."""
    return lambda pack: Demo(*_once(tmp_path_factory, f"演示 {pack}", "demo", "--pack", pack))


@pytest.fixture
def campaign(demo: Callable[[str], Demo], tmp_path: Path) -> Path:
    """A copy of the demonstration campaign of 2017 that a test may change; its path is an awkward one."""
    folder = tmp_path / "大练兵 2017 & 上半年（副本）"
    shutil.copytree(demo("jiangsu-2017").folder, folder)
    return folder


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign of 2017 as `new` left it: nothing returned yet (read only)."""
    return _once(tmp_path_factory, "新活动", "new", "--pack", "jiangsu-2017")[0]


@pytest.fixture
def small(demo: Callable[[str], Demo], fresh: Path, tmp_path: Path) -> Path:
    """A campaign of 2017 with three returns, not yet scored, that a test may change."""
    folder = tmp_path / "小 活动"
    shutil.copytree(fresh, folder)
    for unit in ("苏州市", "昆山市", "姑苏区"):
        name = f"{unit}（演示数据）.xlsx"
        shutil.copy(demo("jiangsu-2017").folder / "回收" / name, folder / "回收" / name)
    return folder
