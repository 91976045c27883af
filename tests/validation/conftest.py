"""The workbooks that the tests of this folder look at."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.commands import program
from tests.conftest import MASTER, Demo, Once
from tests.validation.generated import RESCORED, SCORED, SCORED_2016, Workbooks


@pytest.fixture(scope="session")
def workbooks(demo: Callable[[str], Demo], fresh: Path, once: Once) -> Workbooks:
    """All kinds of workbooks, each made once a run, when it is first asked for."""

    def rescored() -> Path:
        make = partial(_score_with_ever_fewer_returns, fresh, demo("jiangsu-2017").folder)
        return once("ever fewer returns", make)[0]

    return Workbooks(
        once,
        {
            SCORED: lambda: demo("jiangsu-2017").folder / MASTER,
            SCORED_2016: lambda: demo("jiangsu-2016").folder / MASTER,
            RESCORED: lambda: rescored() / MASTER,
        },
    )


def _score_with_ever_fewer_returns(fresh: Path, demo: Path, folder: Path) -> str:
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
    return ""
