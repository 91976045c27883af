"""导入数据 in the open master: what is asked, what is confirmed, what is written."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.foreign import tab, text
from xl_lianbing.errors import LianbingError
from xl_lianbing.excel.closed.book import ClosedBook
from xl_lianbing.excel.values import Cells
from xl_lianbing.faces.importing import import_by_dialogue
from xl_lianbing.folder import CampaignFolder

EXPORT = ["决定书文号,罚款(元),录入时间", "昆环罚〔2017〕1号,50000,2017-3-1"]


class Clerk(ClosedBook):
    """A book whose user picks these files and gives these answers."""

    def __init__(self, path: Path, files: Sequence[Path], *answers: object) -> None:
        super().__init__(path)
        self.files, self.answers = list(files), list(answers)
        self.asked: list[str] = []

    def choose_files(self, title: str, endings: Sequence[str]) -> list[Path]:
        return self.files

    def ask(self, question: str, *, title: str) -> bool:
        self.asked.append(question)
        return bool(self.answers.pop(0))

    def choose(self, question: str, options: Sequence[str], *, title: str) -> int | None:
        self.asked.append(question)
        answer = self.answers.pop(0)
        return None if answer is None else list(options).index(str(answer))


@pytest.fixture
def folder(fresh: Path, tmp_path: Path) -> CampaignFolder:
    return CampaignFolder(Path(shutil.copytree(fresh, tmp_path / "活动")))


def press(folder: CampaignFolder, files: Sequence[Path], *answers: object) -> tuple[str, Any]:
    clerk = Clerk(folder.master, files, *answers)
    said = import_by_dialogue(clerk, folder, "大练兵 · 导入数据")  # type: ignore[arg-type]
    assert clerk.answers == []
    return said, clerk


def test_the_preview_is_confirmed_before_anything_is_written(folder: CampaignFolder, tmp_path: Path) -> None:
    file, before = text(tmp_path / "表.csv", EXPORT), folder.master.read_bytes()
    assert press(folder, [])[0] == ""
    said, clerk = press(folder, [file], False)
    assert said == "没有写入任何内容。" and folder.master.read_bytes() == before
    assert "罚款(元) → 罚款金额(万元)" in clerk.asked[0] and clerk.asked[0].endswith("写入总表吗？")
    assert press(folder, [file], True)[0].startswith("已写进打开的总表")
    assert tab(folder, "处罚系统数据", "罚款金额(万元)") == [(5,)]
    assert "总表没有改动" in press(folder, [file])[0]


def test_unit_kind_and_column_are_asked_for_and_the_column_is_remembered(
    folder: CampaignFolder, tmp_path: Path
) -> None:
    file = text(tmp_path / "表.csv", ["案卷代号,罚款,录入时间", "昆环罚〔2017〕1号,50000,2017-3-1"])
    assert press(folder, [file], None)[0] == "没有写入任何内容。"
    said, clerk = press(folder, [file], "案卷代号", "元", True)
    assert "哪一列是“处罚决定书文号”？" in clerk.asked[0] and "导入对照.csv" in said
    assert tab(folder, "处罚系统数据", "处罚决定书文号", "罚款金额(万元)") == [("昆环罚〔2017〕1号", 5)]
    assert "处罚系统,处罚决定书文号,案卷代号" in (folder.path / "导入对照.csv").read_text("utf-8-sig")
    other = text(tmp_path / "又.csv", ["案卷代号,罚款(元),录入时间", "昆环罚〔2017〕2号,1,2017-3-1"])
    assert press(folder, [other], True)[0].startswith("已写进")
    strange = text(tmp_path / "怪.csv", ["甲,乙", "昆环罚〔2017〕3号,某"])
    assert press(folder, [strange], "处罚系统", "甲", True)[0].startswith("已写进")
    assert len(tab(folder, "处罚系统数据", "处罚决定书文号")) == 3


def test_votes_without_a_known_column_of_names(folder: CampaignFolder, tmp_path: Path) -> None:
    file = text(tmp_path / "票.csv", ["选手号,得票数,总票数", "昆山,12,"])
    said, clerk = press(folder, [file], "投票", "单位", "选手号", True)
    assert said.startswith("已写进") and "要指定哪一列？" in clerk.asked[1]
    assert tab(folder, "公众投票", "单位", "票数") == [("昆山市", 12)]


def test_several_files_are_not_asked_about(folder: CampaignFolder, tmp_path: Path) -> None:
    good, bad = text(tmp_path / "甲.csv", EXPORT), text(tmp_path / "乙.csv", ["甲,乙", "1,2"])
    with pytest.raises(LianbingError) as raised:
        press(folder, [good, bad])
    assert "只选这一个文件" in raised.value.fix


def test_imported_rows_are_changed_only_when_the_user_says_so(folder: CampaignFolder, tmp_path: Path) -> None:
    press(folder, [text(tmp_path / "旧.csv", EXPORT)], True)
    new = text(tmp_path / "新.csv", [EXPORT[0], EXPORT[1].replace("50000", "60000")])
    assert "总表没有改动" in press(folder, [new], False)[0]
    said, clerk = press(folder, [new], True, True)
    assert "罚款金额(万元)：5→6" in clerk.asked[0] and said.startswith("已写进")
    assert tab(folder, "处罚系统数据", "罚款金额(万元)") == [(6,)]


def test_what_was_typed_meanwhile_is_not_written_over(folder: CampaignFolder, tmp_path: Path) -> None:
    class Typing(Clerk):
        def ask(self, question: str, *, title: str) -> bool:
            ClosedBook(self.path).write([Cells("处罚系统数据", {"A5": "昆环罚〔2017〕8号"})])
            return True

    with pytest.raises(LianbingError, match="改动过"):
        import_by_dialogue(Typing(folder.master, [text(tmp_path / "表.csv", EXPORT)]), folder, "")  # type: ignore[arg-type]
    assert tab(folder, "处罚系统数据", "处罚决定书文号") == [("昆环罚〔2017〕8号",)]
