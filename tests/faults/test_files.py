"""Files that kill, stop or fool whoever reads them, and files that nobody may open just now."""

from __future__ import annotations

import os
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import fingerprint, program
from tests.surgery import in_sheet, put_cell
from tests.tables import a_return, rules
from xl_lianbing.errors import CampaignNotFound, ReturnNotOpened
from xl_lianbing.faults import MachineFault
from xl_lianbing.findings import Finding
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.intake.returned import many
from xl_lianbing.intake.returned.many import read_all, workers
from xl_lianbing.intake.returned.read import Intake, read_return
from xl_lianbing.intake.returned.receipts import returned_files
from xl_lianbing.workers import Workers

by_fork = pytest.mark.skipif(os.name == "nt", reason="patches reach other processes by fork only")


@pytest.fixture
def folder(tmp_path: Path) -> CampaignFolder:
    place = CampaignFolder(tmp_path)
    place.returns.mkdir()
    for number in range(4):
        a_return(place.returns / f"{number}.xlsx")
    return place


def read(folder: CampaignFolder) -> list[Intake]:
    files = returned_files(folder.returns)
    with workers(files) as executor:
        return list(read_all(files, folder, rules(), folder.path, executor))


def refused(intakes: list[Intake]) -> dict[str, Finding]:
    return {Path(i.file).name: i.refusal for i in intakes if i.refusal is not None}


def misread(monkeypatch: pytest.MonkeyPatch, what: Callable[[], object]) -> None:
    """2.xlsx is read so."""

    def reader(path: Path, *more: object) -> Intake:
        if path.name == "2.xlsx":
            what()
        return read_return(path, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(many, "read_return", reader)


@by_fork
@pytest.mark.parametrize(
    "what",
    [
        lambda: os._exit(134),
        os.abort,
        lambda: os.kill(os.getpid(), 9),
        lambda: 1 / 0,
        lambda: [].__getitem__(7),
        lambda: bytearray(1 << 60),
    ],
    ids=["exits", "aborts", "is killed", "divides", "looks beyond", "asks for an exabyte"],
)
def test_whatever_a_reader_does_it_is_that_files_finding(
    folder: CampaignFolder, monkeypatch: pytest.MonkeyPatch, what: Callable[[], object]
) -> None:
    misread(monkeypatch, what)
    intakes = read(folder)
    assert {name: found.code for name, found in refused(intakes).items()} == {"2.xlsx": "R34"}
    assert [i.result is not None for i in intakes] == [True, True, False, True]


@by_fork
def test_a_file_that_is_never_read_to_its_end_is_given_up(
    folder: CampaignFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "MOST_SECONDS", 1.0)
    misread(monkeypatch, lambda: time.sleep(600))
    assert "秒没有读完" in refused(read(folder))["2.xlsx"].problem


@by_fork
@pytest.mark.parametrize(
    "error", [OSError(28, "No space left"), OSError(24, "Too many"), OSError(5, "I/O"), MemoryError()]
)
def test_what_the_machine_lacks_ends_the_run(
    folder: CampaignFolder, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def lacking() -> None:
        raise error

    misread(monkeypatch, lacking)
    if isinstance(error, MemoryError):
        monkeypatch.setattr(many, "_LEAST_MEMORY", 1 << 60)
    with pytest.raises(MachineFault):
        read(folder)


def test_a_folder_that_is_missing_is_no_empty_one(folder: CampaignFolder) -> None:
    for file in folder.returns.iterdir():
        file.unlink()
    assert returned_files(folder.returns) == []
    folder.returns.rmdir()
    with pytest.raises(CampaignNotFound, match="没有“回收”文件夹"):
        returned_files(folder.returns)


def test_a_return_that_is_gone_by_the_time_it_is_read_ends_the_run(folder: CampaignFolder) -> None:
    files = returned_files(folder.returns)
    files[1].unlink()
    with workers(files) as executor, pytest.raises(ReturnNotOpened, match=r"1\.xlsx"):
        list(read_all(files, folder, rules(), folder.path, executor))


def test_a_return_that_nobody_may_open_is_asked_about(folder: CampaignFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(ReturnNotOpened) as raised:
        read_return(folder.returns / "1.xlsx", "回收/1.xlsx", rules())
    assert "没有权限，或正被别的程序占用" in raised.value.message and "移出“回收”" in raised.value.fix


def bent(path: Path, member: str, change: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, change(content) if name == member else content)


@pytest.mark.parametrize("days", ["-1e12", "1e300", "-693594", "99999999999"])
def test_a_date_that_no_calendar_has_stops_nobody(small: Path, days: str) -> None:
    path = next((small / "回收").glob("*昆山*"))
    in_sheet(path, "处罚案件", lambda x: put_cell(x, "J8", f'<c r="J8" s="{_date_style(x)}"><v>{days}</v></c>'))
    done = program("score", small)
    assert done.returncode == 1 and "Traceback" not in done.stderr + done.stdout
    assert "panicked" not in done.stderr


def _date_style(sheet: str) -> str:
    import re

    found = re.search(r'<c r="J9" s="(\d+)"', sheet)
    assert found is not None
    return found[1]


def test_a_count_of_texts_that_lies_stops_nobody(small: Path) -> None:
    path = next((small / "回收").glob("*昆山*"))
    bent(path, "xl/sharedStrings.xml", lambda x: x.replace(b"uniqueCount=", b'uniqueCount="4000000000" was=', 1))
    done = program("score", small)
    assert done.returncode == 1 and "Traceback" not in done.stderr + done.stdout


def test_an_unsettled_machine_leaves_the_folder_as_it_was(small: Path) -> None:
    (small / "回收").rename(small / "回收站")
    before = fingerprint(small)
    done = program("score", small)
    assert (done.returncode, fingerprint(small)) == (2, before)
    assert "没有“回收”文件夹" in done.stdout


def test_workers_tell_a_task_from_another() -> None:
    with Workers(2) as pool:
        good = [pool.submit(pow, 2, n) for n in range(20)]
        bad = pool.submit(struct.pack, "b", 1000)
        assert [future.result() for future in good] == [2**n for n in range(20)]
        with pytest.raises(struct.error):
            bad.result()
        assert pool.submit(sum, (1, 2)).result() == 3
