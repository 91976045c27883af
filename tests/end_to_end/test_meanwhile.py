"""What happens to the master while a run is under way, or before it: nothing that somebody saved is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from tests.commands import program, set_rules
from tests.conftest import MASTER
from xl_lianbing.errors import MasterChanged, MasterLocked
from xl_lianbing.excel.closed.book import ClosedBook
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.intake.master.inputs import read_master
from xl_lianbing.pipeline import CHECK, SCORE, refuse_if_typed_since, run


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("operation", [CHECK, SCORE])
def test_an_open_master_is_refused_before_anything_is_read(campaign: Path, operation: str) -> None:
    (campaign / f"~${MASTER}").write_bytes(b"")
    before = contents(campaign)

    def watcher(*_: object) -> NoReturn:
        raise AssertionError("a stage was begun")

    with pytest.raises(MasterLocked, match="正在 Excel 或 WPS 中打开"):
        run(CampaignFolder(campaign), operation, watcher=watcher)
    assert contents(campaign) == before


@pytest.mark.parametrize("stage", ["读取填报表", "校核评分", "试算口径", "写入总表"])
def test_a_save_during_the_run_is_kept_and_said(campaign: Path, stage: str) -> None:
    folder, saved = CampaignFolder(campaign), Saved(campaign / MASTER, stage)
    with pytest.raises(MasterChanged, match="总表在计算期间被保存过，请再运行一次"):
        run(folder, SCORE, watcher=saved)
    assert contents(campaign) == saved.after
    assert read_master(folder.master).rules.number("full.case_files") == 41
    assert program("score", campaign).returncode in (0, 1)


class Saved:
    """A watcher of a run that saves the master when a stage begins, as a clerk would."""

    def __init__(self, master: Path, stage: str) -> None:
        self.master, self.stage = master, stage
        self.after: dict[str, bytes] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage == self.stage and not self.after:
            set_rules(self.master, {"案卷质量满分": 41})
            self.after = contents(self.master.parent)


class Open(ClosedBook):
    """A workbook that is open elsewhere in the way of a live one: what is typed comes in a snapshot."""

    def __init__(self, path: Path, anew: Path) -> None:
        super().__init__(path)
        self.anew = anew

    def typed_since(self, folder: Path) -> Path | None:
        return self.anew


@pytest.fixture
def typed(campaign: Path, tmp_path: Path) -> Iterator[Callable[[dict[str, object]], Open]]:
    """The master open with other values typed into it while a button runs."""

    def make(values: dict[str, object]) -> Open:
        anew = tmp_path / "快照.xlsm"
        anew.write_bytes((campaign / MASTER).read_bytes())
        set_rules(anew, values)
        return Open(campaign / MASTER, anew)

    yield make


def test_what_is_typed_while_a_button_runs_is_said(
    campaign: Path, typed: Callable[[dict[str, object]], Open], tmp_path: Path
) -> None:
    read = read_master(campaign / MASTER)
    with pytest.raises(MasterChanged):
        refuse_if_typed_since(typed({"案卷质量满分": 41}), read, tmp_path)


def test_a_snapshot_with_the_same_inputs_is_no_change(
    campaign: Path, typed: Callable[[dict[str, object]], Open], tmp_path: Path
) -> None:
    refuse_if_typed_since(typed({}), read_master(campaign / MASTER), tmp_path)
