"""The workbooks that the tests of this folder look at."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from tests.commands import program
from tests.conftest import MASTER, Demo
from tests.validation.generated import RESCORED, SCORED, Workbooks

_KEPT_RETURNS = 3


@pytest.fixture(scope="session")
def workbooks(demo: Callable[[str], Demo], tmp_path_factory: pytest.TempPathFactory) -> Workbooks:
    """All kinds of workbooks; one held all returns and was then scored twice with three: its tables shrank."""
    folder = tmp_path_factory.mktemp("rescored") / "活动"
    shutil.copytree(demo("jiangsu-2017").folder, folder)
    by_size = sorted((folder / "回收").iterdir(), key=lambda path: path.stat().st_size)
    for path in by_size[_KEPT_RETURNS:]:
        path.unlink()
    for _ in range(2):
        done = program("score", folder)
        assert done.returncode in (0, 1), done.stdout + done.stderr
    others = {SCORED: demo("jiangsu-2017").folder / MASTER, RESCORED: folder / MASTER}
    return Workbooks(tmp_path_factory.mktemp("generated"), others)
