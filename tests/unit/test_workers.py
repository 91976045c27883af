"""Many files at once: one that kills its reader, one that vanishes, one that nobody may open; the others are read."""

from __future__ import annotations

import os
from concurrent.futures import Executor
from pathlib import Path

import pytest

from tests.tables import a_return, rules
from xl_lianbing.findings import Finding
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.intake.door.file import saved_at
from xl_lianbing.intake.returned import many as module
from xl_lianbing.intake.returned.many import SteadyPool, read_all, workers
from xl_lianbing.intake.returned.read import Intake, read_return
from xl_lianbing.intake.returned.receipts import returned_files
from xl_lianbing.rules.ruleset import Ruleset


@pytest.fixture
def folder(tmp_path: Path) -> CampaignFolder:
    place = CampaignFolder(tmp_path)
    place.returns.mkdir()
    for number in range(6):
        a_return(place.returns / f"{number}.xlsx")
    return place


def _deadly(path: Path, shown_as: str, rules: Ruleset, spool: Path | None, evidence: Path) -> Intake:
    """Reads, but a file called 3.xlsx kills the process, as a failed allocation in a library would."""
    if path.name == "3.xlsx":
        os._exit(134)
    return read_return(path, shown_as, rules, spool, evidence)


def _read(folder: CampaignFolder, executor: Executor | None) -> list[Intake]:
    return list(read_all(returned_files(folder.returns), folder, rules(), folder.path, executor))


@pytest.mark.skipif(os.name == "nt", reason="patches reach other processes by fork only")
def test_a_reader_that_dies_is_a_finding_and_the_others_are_read(
    folder: CampaignFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "read_return", _deadly)
    with SteadyPool(2) as pool:
        intakes = _read(folder, pool)
        assert pool.submit(sum, (1, 2)).result() == 3
    assert [Path(intake.file).name for intake in intakes] == [f"{n}.xlsx" for n in range(6)]
    refusals: list[Finding] = [intake.refusal for intake in intakes if intake.refusal is not None]
    (refusal,) = refusals
    assert (refusal.code, refusal.where.file) == ("R34", "回收/3.xlsx")
    assert [intake.result is not None for intake in intakes] == [True, True, True, False, True, True]


def test_a_fault_of_the_program_itself_stops_nobody(folder: CampaignFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(path: Path, shown_as: str, rules: Ruleset, spool: Path | None, evidence: Path) -> Intake:
        if path.name == "2.xlsx":
            raise KeyError("演示")
        return read_return(path, shown_as, rules, spool, evidence)

    monkeypatch.setattr(module, "read_return", faulty)
    intakes = _read(folder, None)
    assert [intake.refusal.code for intake in intakes if intake.refusal] == ["R34"]
    assert sum(intake.result is not None for intake in intakes) == 5


def test_files_that_vanish_are_findings(folder: CampaignFolder) -> None:
    files = returned_files(folder.returns)
    files[1].unlink()
    with workers(files) as executor:
        assert executor is None
        intakes = list(read_all(files, folder, rules(), folder.path, executor))
    assert [i.refusal.code for i in intakes if i.refusal] == ["R33"]
    assert saved_at(files[1]).year == 1970 and saved_at(files[0]).year > 2000


@pytest.mark.parametrize(
    ("started", "megabytes", "several"),
    [("fork", 3, False), ("fork", 5, True), ("spawn", 5, False), ("spawn", 13, True)],
)
def test_processes_that_import_everything_again_must_have_more_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: str, megabytes: int, several: bool
) -> None:
    monkeypatch.setattr(module, "get_start_method", lambda: started)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    files = [tmp_path / f"{n}.xlsx" for n in range(2)]
    for file in files:
        with file.open("wb") as content:
            content.truncate(megabytes * 1024 * 1024 // 2)
    with workers(files) as executor:
        assert (executor is not None) is several


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
    refused = {Path(i.file).name: i.refusal.code for i in _read(folder, None) if i.refusal is not None}
    assert refused == {"nowhere.xlsx": "R33"}


def test_five_thousand_files_are_each_told(folder: CampaignFolder) -> None:
    for number in range(5_000):
        (folder.returns / f"x{number:04d}.xlsx").write_bytes(b"%PDF-1.4" if number % 2 else b"")
    intakes = _read(folder, None)
    assert len(intakes) == 5_006 and sum(intake.result is not None for intake in intakes) == 6
    assert {intake.refusal.code for intake in intakes if intake.refusal} == {"R01", "R32"}
