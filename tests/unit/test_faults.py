"""What the system says, in the users' words; drafts and scratch folders of dead runs."""

from __future__ import annotations

import errno
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from xl_lianbing.drafts import prefix_of, scratch, sweep
from xl_lianbing.errors import LianbingError
from xl_lianbing.faults import MachineFault, advice_of, machine_fault, words_of


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.ENOTEMPTY, "文件夹里还有文件"),
        (errno.EACCES, "没有权限，或正被别的程序占用"),
        (errno.ENAMETOOLONG, "路径太长"),
        (errno.EMFILE, "同时打开的文件太多"),
        (errno.ENOENT, "不存在，可能被移走或删除了"),
        (9999, "系统出错（错误号9999）"),
    ],
)
def test_errors_of_the_system_are_said_in_chinese(number: int, words: str) -> None:
    error = OSError(number, os.strerror(number))
    assert words_of(error) == words
    assert advice_of(error).startswith("请") and advice_of(error).endswith("。")


def test_windows_own_numbers_are_known() -> None:
    error = OSError(errno.EINVAL, "There is not enough space on the disk")
    error.winerror = 112  # type: ignore[misc]
    fault = machine_fault(error)
    assert words_of(error) == "磁盘已满" and fault is not None and fault.message.startswith("磁盘已满")


@pytest.mark.parametrize(
    ("error", "is_machines"),
    [
        (MemoryError(), True),
        (OSError(errno.ENOSPC, "x", "/somewhere/file"), True),
        (OSError(errno.EIO, "x"), True),
        (PermissionError(errno.EACCES, "x"), False),
        (ValueError("x"), False),
        (MachineFault("甲", "乙"), True),
    ],
)
def test_the_machines_faults_are_told_from_others(error: Exception, is_machines: bool) -> None:
    assert (machine_fault(error) is not None) is is_machines


def test_an_error_comes_whole_from_another_process() -> None:
    error = pickle.loads(pickle.dumps(MachineFault("磁盘已满", "请清理")))
    assert isinstance(error, LianbingError) and (error.message, error.fix) == ("磁盘已满", "请清理")


def test_what_dead_runs_left_goes_and_what_others_own_stays(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    mine = prefix_of("总表")
    dead = mine.replace(f"-{os.getpid()}-", f"-{ended.pid}-")
    elsewhere = dead.replace(mine.split("-")[1], "abcdef")
    for name in (f"{dead}abcd1234.tmp", f"{mine}abcd1234.tmp", f"{elsewhere}abcd1234.tmp", ".总表-abcd1234.tmp"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / f"{dead}folder12").mkdir()
    (tmp_path / f"{dead}folder12" / "行").write_bytes(b"x")
    users = [dead.replace("总表", "别的") + "abcd1234.tmp", "总表.xlsm", ".总表的说明.txt", "我的总表-备份.xlsm"]
    for name in users:
        (tmp_path / name).write_bytes(b"x")
    sweep(tmp_path, "总表")
    kept = {f"{mine}abcd1234.tmp", f"{elsewhere}abcd1234.tmp", ".总表-abcd1234.tmp", *users}
    assert {file.name for file in tmp_path.iterdir()} == kept
    for name in kept:
        os.utime(tmp_path / name, (0, 0))
    sweep(tmp_path, "总表")
    assert {file.name for file in tmp_path.iterdir()} == {f"{mine}abcd1234.tmp", *users}


def test_a_scratch_folder_is_gone_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with scratch() as place, scratch() as other:
        (place / "行").write_bytes(b"x")
        assert place.is_dir() and other.is_dir() and place != other
    assert list(tmp_path.iterdir()) == []
