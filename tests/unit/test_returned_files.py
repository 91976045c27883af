"""Many files at once: what lies in 回收 and is no return, and thousands of files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.tables import a_return, rules
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.intake.returned import many
from xl_lianbing.intake.returned.many import read_all, workers
from xl_lianbing.intake.returned.read import Intake
from xl_lianbing.intake.returned.receipts import returned_files


@pytest.fixture
def folder(tmp_path: Path) -> CampaignFolder:
    place = CampaignFolder(tmp_path)
    place.returns.mkdir()
    for number in range(6):
        a_return(place.returns / f"{number}.xlsx")
    return place


def _read(folder: CampaignFolder) -> list[Intake]:
    files = returned_files(folder.returns)
    with workers(files) as executor:
        return list(read_all(files, folder, rules(), folder.path, executor))


@pytest.mark.parametrize(
    ("started", "megabytes", "count"), [("fork", 3, 1), ("fork", 5, 2), ("spawn", 5, 1), ("spawn", 13, 2)]
)
def test_processes_that_import_everything_again_must_have_more_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: str, megabytes: int, count: int
) -> None:
    monkeypatch.setattr(many, "get_start_method", lambda: started)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    files = [tmp_path / f"{n}.xlsx" for n in range(2)]
    for file in files:
        with file.open("wb") as content:
            content.truncate(megabytes * 1024 * 1024 // 2)
    with workers(files) as executor:
        assert getattr(executor, "count", 0) == count


def test_litter_locks_folders_and_loops_are_no_returns(folder: CampaignFolder) -> None:
    place = folder.returns
    (place / "~$0.xlsx").write_bytes(b"x" * 165)
    (place / "文件夹.xlsx").mkdir()
    a_return(place / "文件夹.xlsx" / "里面.xlsx")
    (place / "loop").symlink_to(place, target_is_directory=True)
    (place / "nowhere.xlsx").symlink_to(place / "没有.xlsx")
    long = "长" * 80 + ".xlsx"
    a_return(place / long)
    names = [file.name for file in returned_files(place)]
    assert sorted(names) == sorted([*(f"{n}.xlsx" for n in range(6)), "nowhere.xlsx", "里面.xlsx", long])
    refused = {Path(i.file).name: i.refusal.code for i in _read(folder) if i.refusal is not None}
    assert refused == {"nowhere.xlsx": "R33"}


def test_five_thousand_files_are_each_told(folder: CampaignFolder) -> None:
    for number in range(5_000):
        (folder.returns / f"x{number:04d}.xlsx").write_bytes(b"%PDF-1.4" if number % 2 else b"")
    intakes = _read(folder)
    assert len(intakes) == 5_006 and sum(intake.result is not None for intake in intakes) == 6
    assert {intake.refusal.code for intake in intakes if intake.refusal} == {"R01", "R32"}
