"""The workbooks that the tests of this folder look at."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import program
from tests.conftest import MASTER, Demo
from tests.validation.generated import RESCORED, SCORED, SCORED_2016, Workbooks


@pytest.fixture(scope="session")
def workbooks(demo: Callable[[str], Demo], fresh: Path, tmp_path_factory: pytest.TempPathFactory) -> Workbooks:
    """All kinds of workbooks, each made once."""
    scored = demo("jiangsu-2017").folder
    rescored = tmp_path_factory.mktemp("rescored") / "活动"
    _score_with_ever_fewer_returns(fresh, scored, rescored)
    others = {SCORED: scored / MASTER, SCORED_2016: demo("jiangsu-2016").folder / MASTER, RESCORED: rescored / MASTER}
    return Workbooks(tmp_path_factory.mktemp("generated"), others)


def _score_with_ever_fewer_returns(fresh: Path, demo: Path, folder: Path) -> None:
    """A blank master is scored with two returns and then twice with one: its tables grow, shrink and stay."""
    shutil.copytree(fresh, folder)
    returns = sorted((demo / "回收").iterdir(), key=lambda path: path.stat().st_size)[:2]
    for path in returns:
        shutil.copy(path, folder / "回收")
    for there in (returns, returns[:1], returns[:1]):
        for path in returns:
            if path not in there:
                (folder / "回收" / path.name).unlink(missing_ok=True)
        done = program("score", folder)
        assert done.returncode in (0, 1), done.stdout + done.stderr
