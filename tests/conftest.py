"""How the suite runs (all cores, what is dear once), and the demonstration campaigns that tests share."""

from __future__ import annotations

import json
import os
import shutil
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.commands import program

MASTER = "总表.xlsm"
_WAIT_SECONDS = 300


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Folders are tested on all cores, files and tests named one by one in this process; `-n` says otherwise."""
    of_worker, without_xdist = hasattr(config, "workerinput"), not hasattr(config.option, "numprocesses")
    if of_worker or without_xdist:
        return
    if config.option.numprocesses is None and any(Path(name).is_dir() for name in config.args):
        config.option.numprocesses = "auto"
    if config.option.numprocesses and config.option.dist == "no":
        config.option.dist = "loadgroup"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share a fixture of their module (a pack's, where they name one) run in one worker; short ones last."""
    for item in items:
        fixtures = [f for found in item._fixtureinfo.name2fixturedefs.values() for f in found]  # type: ignore[attr-defined]
        if any(fixture.scope == "module" for fixture in fixtures):
            parameters = item.callspec.params if hasattr(item, "callspec") else {}
            item.add_marker(pytest.mark.xdist_group(f"{item.path.stem} {parameters.get('pack', '')}".strip()))
    items.sort(key=lambda item: "unit" in item.path.parts)


Once = Callable[[str, Callable[[Path], str]], tuple[Path, str]]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """A folder made once a test run, also when several processes run the tests, and what its maker said.

    Read only: copy it before changing it.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base

    def get(name: str, make: Callable[[Path], str]) -> tuple[Path, str]:
        folder, told = shared / name, shared / f"{name}.json"
        try:
            (shared / f"{name}.lock").touch(exist_ok=False)
        except FileExistsError:
            deadline = time.monotonic() + _WAIT_SECONDS
            while not told.exists() and time.monotonic() < deadline:
                time.sleep(0.1)
        else:
            draft = told.with_suffix(".draft")
            draft.write_text(json.dumps(_outcome(make, folder)), encoding="utf-8")
            draft.rename(told)
        made, said = json.loads(told.read_text(encoding="utf-8"))
        assert made, said
        return folder, said

    return get


def _outcome(make: Callable[[Path], str], folder: Path) -> tuple[bool, str]:
    try:
        return True, make(folder)
    except Exception:
        return False, traceback.format_exc()


def _by_command(*arguments: str) -> Callable[[Path], str]:
    """Makes a folder by a command of the program; says what the command said."""

    def make(folder: Path) -> str:
        done = program(arguments[0], folder, *arguments[1:])
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return make


@dataclass(frozen=True)
class Demo:
    """A demonstration campaign as `demo` left it (read only: copy it before changing it) and what the command said."""

    folder: Path
    said: str


@pytest.fixture(autouse=True)
def _interpreter_is_sound() -> Iterator[None]:
    """The bytes that Python shares are still what they say (see xl_lianbing/exact.py)."""
    yield
    assert int.from_bytes(bytes([0]), "big") == 0


@pytest.fixture(scope="session")
def demo(once: Once) -> Callable[[str], Demo]:
    """The demonstration campaign of a pack, made once."""
    return lambda pack: Demo(*once(f"演示 {pack}", _by_command("demo", "--pack", pack)))


@pytest.fixture
def campaign(demo: Callable[[str], Demo], tmp_path: Path) -> Path:
    """A copy of the demonstration campaign of 2017 that a test may change; its path is an awkward one."""
    folder = tmp_path / "大练兵 2017 & 上半年（副本）"
    shutil.copytree(demo("jiangsu-2017").folder, folder)
    return folder


@pytest.fixture(scope="session")
def fresh(once: Once) -> Path:
    """A campaign of 2017 as `new` left it: nothing returned yet (read only)."""
    return once("新活动", _by_command("new", "--pack", "jiangsu-2017"))[0]


@pytest.fixture
def small(demo: Callable[[str], Demo], fresh: Path, tmp_path: Path) -> Path:
    """A campaign of 2017 with three returns, not yet scored, that a test may change."""
    folder = tmp_path / "小 活动"
    shutil.copytree(fresh, folder)
    for unit in ("苏州市", "昆山市", "姑苏区"):
        name = f"{unit}（演示数据）.xlsx"
        shutil.copy(demo("jiangsu-2017").folder / "回收" / name, folder / "回收" / name)
    return folder
