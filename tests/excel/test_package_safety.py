"""Closed-file writing: nothing is harmed when something is wrong."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter

from xl_lianbing.errors import LianbingError, MasterChanged, MasterLocked, MasterUnreadable
from xl_lianbing.excel.closed import lock
from xl_lianbing.excel.closed.backups import make_backup, remove_old_backups
from xl_lianbing.excel.closed.results import fingerprint, write_results
from xl_lianbing.excel.values import Cell, Cells, Table


@pytest.fixture
def master(tmp_path: Path) -> Path:
    path = tmp_path / "总表.xlsm"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("首页").write("A1", "名称")
    book.close()
    return path


def excel_lock(user: str) -> bytes:
    """The owner file as Excel writes it: 165 bytes, the name once in the code page and once in UTF-16."""
    narrow = user.encode("gbk")
    wide = user.encode("utf-16-le")
    return bytes([len(narrow)]) + narrow.ljust(54) + len(user).to_bytes(2, "little") + wide + b" \0" * (54 - len(user))


@pytest.mark.parametrize(
    ("name", "content", "who"),
    [
        ("~$总表.xlsm", excel_lock("演示用户"), "演示用户"),
        ("~$总表.xlsm", b"\x08" + "演示用户".encode("gbk").ljust(54), "演示用户"),
        ("~$总表.xlsm", b"", "Excel"),
        (".~lock.总表.xlsm#", ",demo,演示电脑,21.11.2017 08:00,file:///x;".encode(), "demo（演示电脑）"),
        (".~lock.总表.xlsm#", b"\xff\xfe\x00", "LibreOffice"),
    ],
)
def test_refuses_while_another_program_has_it_open(master: Path, name: str, content: bytes, who: str) -> None:
    lock_file = master.with_name(name)
    lock_file.write_bytes(content)
    before = master.read_bytes()
    with pytest.raises(MasterLocked) as caught:
        write_results(master, [Cells("首页", {"A1": 1})])
    assert who in caught.value.message and name in caught.value.fix
    assert master.read_bytes() == before
    lock_file.unlink()
    assert write_results(master, [Cells("首页", {"A1": 1})])


@pytest.mark.parametrize("stale", [True, False])
def test_on_windows_a_lock_that_nobody_holds_is_stale(
    master: Path, monkeypatch: pytest.MonkeyPatch, stale: bool
) -> None:
    owner_file = master.with_name("~$总表.xlsm")
    owner_file.write_bytes(excel_lock("演示用户"))
    real_open = Path.open

    def open_as_windows(self: Path, mode: str = "r", *rest: object) -> object:
        if self == owner_file and "+" in mode and not stale:
            raise PermissionError(13, "sharing violation", str(self))
        return real_open(self, mode)

    monkeypatch.setattr(Path, "open", open_as_windows)
    monkeypatch.setattr(lock, "on_windows", lambda: True)
    if stale:
        lock.refuse_if_open(master)
    else:
        with pytest.raises(MasterLocked, match="演示用户"):
            lock.refuse_if_open(master)


def test_a_refused_replacement_leaves_everything_as_it_was(master: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "sharing violation")

    before = master.read_bytes()
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(MasterLocked):
        write_results(master, [Cells("首页", {"A1": 1})])
    assert master.read_bytes() == before
    assert [path.name for path in master.parent.rglob("*") if path.is_file()] == [master.name]


def test_a_full_disk_leaves_everything_as_it_was(master: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    before = master.read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LianbingError, match="磁盘空间不足"):
        write_results(master, [Cells("首页", {"A1": 1})])
    assert master.read_bytes() == before
    assert list(master.parent.iterdir()) == [master]


class _RowsFailed(Exception):
    pass


def _failing_rows() -> Iterator[Sequence[Cell]]:
    yield ("甲",)
    raise _RowsFailed


@pytest.mark.parametrize(
    ("blocks", "error"),
    [
        ([Table("首页", 1, 1, 1, _failing_rows())], _RowsFailed),
        ([Table("首页", 1, 1, 1, [(float("nan"),)])], ValueError),
        ([Table("首页", 1, 1, 1, [(10**400,)])], ValueError),
        ([Table("首页", 1, 1, 1, [("多", "一列")])], ValueError),
        ([Table("首页", 1_048_576, 1, 1, [(1,)])], ValueError),
        ([Table("首页", 1, 16_384, 2, [(1,)])], ValueError),
        ([Table("首页", 1, 1, 3, []), Table("首页", 5, 3, 2, [])], ValueError),
        ([Table("首页", 1, 1, 3, []), Cells("首页", {"B2": 1})], ValueError),
        ([Cells("首页", {"B2": 1}), Cells("首页", {"B2": 2})], ValueError),
        ([Cells("首页", {"B2:C3": 1})], ValueError),
        ([Cells("首页", {"B2": object()})], TypeError),  # type: ignore[dict-item]
        ([Cells("没有的表", {"A1": 1})], MasterUnreadable),
    ],
)
def test_an_error_leaves_the_master_unchanged(
    master: Path, blocks: list[Table | Cells], error: type[Exception]
) -> None:
    before = master.read_bytes()
    with pytest.raises(error):
        write_results(master, [Cells("首页", {"Z1": "先写的"}), *blocks])
    assert master.read_bytes() == before
    assert list(master.parent.iterdir()) == [master]


def test_a_missing_tab_is_named_with_what_to_do(master: Path) -> None:
    with pytest.raises(MasterUnreadable) as caught:
        write_results(master, [Cells("综合排名", {"A1": 1})])
    assert "综合排名" in caught.value.message
    assert "备份" in caught.value.fix and "xl-lianbing new" in caught.value.fix


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "找不到"),
        (b"", "已损坏"),
        (b"PK\x03\x04 cut off", "已损坏"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512), "密码"),
    ],
)
def test_a_damaged_master_is_explained(tmp_path: Path, content: bytes | None, words: str) -> None:
    path = tmp_path / "总表.xlsm"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(MasterUnreadable, match=words):
        write_results(path, [Cells("首页", {"A1": 1})])


def test_damage_inside_a_sheet_is_found(master: Path) -> None:
    with ZipFile(master) as package:
        content = {name: package.read(name) for name in package.namelist()}
    content["xl/worksheets/sheet1.xml"] = content["xl/worksheets/sheet1.xml"][:-40].replace(b"</sheetData>", b"")
    with ZipFile(master, "w") as package:
        for name, data in content.items():
            package.writestr(name, data)
    before = master.read_bytes()
    with pytest.raises(MasterUnreadable, match="已损坏"):
        write_results(master, [Cells("首页", {"A1": 1})])
    assert master.read_bytes() == before


def test_each_days_first_and_the_last_three_backups_are_kept_and_nothing_else_is_deleted(master: Path) -> None:
    untouched = openpyxl.load_workbook(master)["首页"]["A1"].value
    folder = master.parent / "备份"
    folder.mkdir()
    others = ["总表_20010101-000000.xlsm.bak", "总表_手工.xlsm", "旧总表_20010101-000000.xlsm", "说明.txt"]
    for name in others:
        (folder / name).write_text("演示", encoding="utf-8")
    (folder / "总表_20010101-000000.xlsm").write_text("最旧的", encoding="utf-8")
    for i in range(5):
        write_results(master, [Cells("首页", {"A1": i})])
    kept = sorted({path.name for path in folder.iterdir()} - set(others))
    assert {path.name for path in folder.iterdir()} >= set(others)
    assert kept.pop(0) == "总表_20010101-000000.xlsm"
    assert [openpyxl.load_workbook(folder / name)["首页"]["A1"].value for name in kept] == [untouched, 1, 2, 3]
    assert openpyxl.load_workbook(master)["首页"]["A1"].value == 4


def test_of_every_day_the_first_backup_stays(master: Path) -> None:
    kept = []
    for day in (1, 2, 3):
        for hour in (9, 11, 15, 17):
            kept.append(make_backup(master, datetime(2017, 9, day, hour)).name)
            remove_old_backups(master, 3)
    assert sorted(path.name for path in (master.parent / "备份").iterdir()) == [kept[0], kept[4], kept[8], *kept[9:]]


def test_a_backup_of_an_open_workbook_is_its_snapshot(master: Path, tmp_path: Path) -> None:
    """A program may write into the very file, so that no link to it is a backup."""
    snapshot = tmp_path / "快照.xlsm"
    snapshot.write_bytes(b"typed, not saved")
    backup = make_backup(master, datetime(2017, 9, 1), copy_of=snapshot)
    master.write_bytes(b"saved in place")
    assert backup == master.parent / "备份" / "总表_20170901-000000.xlsm"
    assert backup.read_bytes() == b"typed, not saved"


def test_a_save_since_the_reading_is_not_written_over(master: Path) -> None:
    read = fingerprint(master)
    save_as_user(master)
    saved = master.read_bytes()
    with pytest.raises(MasterChanged, match="总表在计算期间被保存过，请再运行一次"):
        write_results(master, [Cells("首页", {"A1": 1})], read=read)
    assert master.read_bytes() == saved
    assert list(master.parent.iterdir()) == [master]


def test_a_save_while_the_rows_are_made_is_not_written_over(master: Path) -> None:
    """With the size and time of before, too: the content tells."""
    before = master.stat()

    def rows() -> Iterator[Sequence[Cell]]:
        yield ("甲",)
        save_as_user(master)
        os.utime(master, ns=(before.st_atime_ns, before.st_mtime_ns))

    with pytest.raises(MasterChanged):
        write_results(master, [Table("首页", 4, 1, 1, rows())])
    assert openpyxl.load_workbook(master)["首页"]["A1"].value == "用户保存的"
    assert list(master.parent.iterdir()) == [master]


def save_as_user(master: Path) -> None:
    book = openpyxl.load_workbook(master)
    book["首页"]["A1"] = "用户保存的"
    book.save(master)


def test_no_backup_when_none_is_asked_for(master: Path) -> None:
    write_results(master, [Cells("首页", {"A1": 1})], backups=0)
    assert list(master.parent.iterdir()) == [master]


def test_a_file_system_without_hard_links_gets_a_copy(master: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError("not supported")

    before = master.read_bytes()
    monkeypatch.setattr(os, "link", no_links)
    write_results(master, [Cells("首页", {"A1": 1})])
    (backup,) = (master.parent / "备份").iterdir()
    assert backup.read_bytes() == before
