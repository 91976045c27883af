"""How things end is worded once, whoever asks: a command, a button, the menu."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xl_lianbing.errors import MasterLocked
from xl_lianbing.faces import cli, crash
from xl_lianbing.faces.cli import campaign
from xl_lianbing.faces.outcomes import Ended, done, not_done

DISK_FULL = OSError(28, "No space left on device", "/活动/总表.xlsm")


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(crash.tempfile, "gettempdir", lambda: str(tmp_path))
    return tmp_path / "xl-lianbing-出错记录.txt"


@pytest.mark.parametrize(
    ("error", "problem", "fix"),
    [
        (MasterLocked("总表打开着。", "关闭总表。"), "总表打开着。", "关闭总表。"),
        (DISK_FULL, "磁盘已满（/活动），没有改动任何文件。", "请清理这个磁盘"),
        (IsADirectoryError(21, "Is a directory", "甲"), "读写文件出错：甲 是文件夹，不是文件", "请核对路径"),
        (ZeroDivisionError(), "程序出错，总表没有改动。", "把这个文件发给维护人员"),
    ],
)
def test_what_was_not_done_says_why_and_what_to_do(error: Exception, problem: str, fix: str) -> None:
    answer = not_done(error)
    assert answer.ended is Ended.NOT_DONE
    assert answer.text.startswith(f"没有完成：{problem}\n怎么办：") and fix in answer.text
    assert answer.json == {"完成": False, "问题": problem, "怎么办": answer.text.split("怎么办：")[1]}
    assert not_done(error, gap="\n\n").text == answer.text.replace("\n", "\n\n")


def test_a_fault_of_the_program_goes_into_the_log(log: Path) -> None:
    try:
        _ = 1 / 0
    except ZeroDivisionError as e:
        answer = not_done(e)
    assert str(log) in answer.text and "ZeroDivisionError" in log.read_text("utf-8")


@pytest.mark.parametrize("blocking", [False, True])
def test_what_was_done_says_whether_something_blocks(blocking: bool) -> None:
    answer = done("好了", {"份数": 1}, blocking=blocking)
    assert answer.ended == int(blocking) and answer.json == {"完成": True, "份数": 1}


def test_a_command_that_is_interrupted(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(campaign, "_run", interrupted)
    assert cli.main(["check", "某处", "--json"]) == Ended.NOT_DONE
    assert json.loads(capsys.readouterr().out) == {"完成": False, "问题": "被中断"}
    assert cli.main(["check", "某处"]) == Ended.NOT_DONE
    assert capsys.readouterr().out == "已中断，没有改动总表。\n"
