"""`dispatch` as a user starts it: what it writes, when it refuses, what is repeatable (D1.1, D1.2)."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.cells import header_row
from tests.commands import fingerprint, program
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.pipeline import CHECK, DISPATCH, run
from xl_lianbing.roster import SUZHOU
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.setup import new_campaign

EMPTY = SUZHOU[:3]


def rows(sheet: Worksheet, *headers: str) -> list[tuple[object, ...]]:
    top, column = header_row(sheet, *headers)
    cells = range(top + 1, sheet.max_row + 1)
    return [tuple(sheet.cell(row, column[h]).value for h in headers) for row in cells if sheet.cell(row, 1).value]


def test_d1_2_two_issues_the_newest_first_and_a_third_time_refused(tmp_path: Path) -> None:
    folder = new_campaign(tmp_path / "活动", load_pack("jiangsu-2017"), EMPTY)
    for day in ("2017-07-31", "2017-09-04"):
        done = program("dispatch", folder.path, "--date", day, "--json")
        assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert (told["期"], told["期次"], [u["状态"] for u in told["单位"]]) == (2, "2017-08", ["未报"] * 3)
    assert [one["单位"] for one in told["催报"]] == [u.unit for u in EMPTY]
    sheet = load_workbook(folder.master)["进度调度"]
    assert [row[0] for row in rows(sheet, "期次", "单位")] == ["2017-08"] * 3 + ["2017-07"] * 3
    assert sorted(p.name for p in folder.issues.iterdir()) == [
        "第01期_2017-07-31.json",
        "第02期_2017-08-31.json",
        "通报_第01期.docx",
        "通报_第02期.docx",
    ]
    before = fingerprint(folder.path)
    for arguments, words in (
        (("--date", "2017-09-29"), "已经发出"),
        (("--date", "2017-07-31"), "不能再发更早的"),
        (("--date", "2017-06-29"), "还没有一期结束"),
    ):
        refused = program("dispatch", folder.path, *arguments)
        assert refused.returncode == 2 and words in refused.stdout
    assert fingerprint(folder.path) == before
    again = program("dispatch", folder.path, "--date", "2017-09-29", "--again")
    assert again.returncode == 0 and "第02期" in again.stdout
    assert len(list(folder.backups.glob("通报_第02期_*.docx"))) == 1


def test_the_same_returns_and_day_give_the_same_issue(tmp_path: Path) -> None:
    made = []
    for name in ("甲", "乙"):
        folder = new_campaign(tmp_path / name, load_pack("jiangsu-2016"), EMPTY)
        outcome = run(folder, DISPATCH, now=datetime(2016, 10, 15, 9))
        assert outcome.issued is not None
        made.append((outcome.issued.frozen.read_bytes(), outcome.issued.bulletin.read_bytes()))
    assert made[0] == made[1]


def test_d4_a_check_speaks_of_its_day_and_says_what_is_due_next(tmp_path: Path) -> None:
    folder = new_campaign(tmp_path / "活动", load_pack("jiangsu-2017"), EMPTY)
    run(folder, CHECK, now=datetime(2017, 7, 3, 9))
    book = load_workbook(folder.master)
    assert str(book["任务看板"]["A2"].value).startswith("截至2017-07-03")
    states = dict(rows(book["任务看板"], "编号", "状态"))
    assert (states["T01"], states["T19"]) == ("逾期", "未到期")
    duty = rows(book["宣传培训"], "单位", "6月简报/信息", "7月简报/信息", "是否达标")
    assert duty == [(unit.unit, "无法计算", "未到期", "否") for unit in EMPTY]
    assert "2017-07-31（还有28天）2017-07调度截止日" in str(book["首页"]["B3"].value)
    assert "2017-06的调度还没有发出" in str(book["首页"]["B3"].value)


def test_a_date_that_is_none_is_told_in_chinese(tmp_path: Path) -> None:
    done = program("dispatch", tmp_path, "--date", "2017-8")
    assert done.returncode == 2 and "“2017-8”不是日期" in done.stderr


def test_a_master_of_an_older_version_is_checked_all_the_same_and_it_is_said(tmp_path: Path) -> None:
    folder = new_campaign(tmp_path / "活动", load_pack("jiangsu-2017"), EMPTY)
    book = load_workbook(folder.master, keep_vba=True)
    del book["任务看板"]
    book.save(folder.master)
    run(folder, CHECK, now=datetime(2017, 7, 3, 9))
    told = str(load_workbook(folder.master)["首页"]["B3"].value)
    assert told.endswith("总表是以前的版本建的，没有写“任务看板”。")


def test_a_master_that_is_not_written_leaves_no_issue(tmp_path: Path) -> None:
    folder = new_campaign(tmp_path / "活动", load_pack("jiangsu-2017"), EMPTY)
    book = load_workbook(folder.master, keep_vba=True)
    del book["进度调度"]
    book.save(folder.master)
    refused = program("dispatch", folder.path, "--date", str(date(2017, 6, 30)))
    assert refused.returncode == 2 and "进度调度" in refused.stdout
    assert not CampaignFolder(folder.path).issues.exists()
