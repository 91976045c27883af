"""What tests share: the demonstration campaigns, made once a session by the command line."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.commands import program

MASTER = "总表.xlsm"


@dataclass(frozen=True)
class Demo:
    """A demonstration campaign as `demo` left it (read only: copy it before changing it) and what the command said."""

    folder: Path
    pack: str
    done: subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Demo]:
    """The demonstration campaign of a pack, made once."""
    made: dict[str, Demo] = {}

    def get(pack: str) -> Demo:
        if pack not in made:
            folder = tmp_path_factory.mktemp("demo") / f"演示 {pack}"
            done = program("demo", folder, "--pack", pack)
            assert done.returncode == 0, done.stdout + done.stderr
            made[pack] = Demo(folder, pack, done)
        return made[pack]

    return get


@pytest.fixture
def campaign(demo: Callable[[str], Demo], tmp_path: Path) -> Path:
    """A copy of the demonstration campaign of 2017 that a test may change; its path is an awkward one."""
    folder = tmp_path / "大练兵 2017 & 上半年（副本）"
    shutil.copytree(demo("jiangsu-2017").folder, folder)
    return folder


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign of 2017 as `new` left it: nothing returned yet (read only)."""
    folder = tmp_path_factory.mktemp("new") / "新活动"
    done = program("new", folder, "--pack", "jiangsu-2017")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def small(demo: Callable[[str], Demo], fresh: Path, tmp_path: Path) -> Path:
    """A campaign of 2017 with three returns, not yet scored, that a test may change."""
    folder = tmp_path / "小 活动"
    shutil.copytree(fresh, folder)
    for unit in ("苏州市", "昆山市", "姑苏区"):
        name = f"{unit}（演示数据）.xlsx"
        shutil.copy(demo("jiangsu-2017").folder / "回收" / name, folder / "回收" / name)
    return folder
