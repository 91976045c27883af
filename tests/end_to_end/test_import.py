"""`import` as a user starts it: preview, exit codes, facts for programs, and what scoring makes of what came in."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.commands import fingerprint, program
from tests.foreign import tab, text
from xl_lianbing.excel.closed.book import ClosedBook
from xl_lianbing.excel.values import Table
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.records.inputs import AirPoint
from xl_lianbing.workbooks.master.input_tabs import INPUT_HEADER_ROW

PORTAL = (
    "行政处罚决定书文号,行政相对人名称,统一社会信用代码,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,"
    "罚款金额（万元）,没收违法所得、没收非法财物的金额（万元）,处罚决定日期,处罚有效期,公示截止期,处罚机关,备注"
)


def told(*arguments: object, ends: int = 0) -> dict[str, Any]:
    done = program("import", *arguments, "--json")
    assert done.returncode == ends, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_preview_changes_nothing_and_the_import_says_what_it_did(campaign: Path, tmp_path: Path) -> None:
    lines = [
        PORTAL,
        "穗环法罚【2019】50号,甲公司,,大气,,,罚款,,5.5,0,2017-05-06,2099/12/31,2018-5-6,昆山市环保局,",
        ",乙公司,,水,,,罚款,,1,,2017-5-7,,,昆山市环保局,",
        "昆环罚【2017】9952号,丙公司,,水,,,罚款,,1,,2017-5-7,,,丁市环保局,",
    ]
    file = text(tmp_path / "公示.csv", lines, "gb18030")
    before = fingerprint(campaign)
    preview = told(campaign, file, "--dry-run", ends=1)
    assert fingerprint(campaign) == before
    found = told(campaign, file, ends=1)
    assert {**preview, "written": True} == found
    assert (found["read"], found["appended"], found["already"], found["different"]) == (3, 2, 0, [])
    assert found["refused"] == [{"where": "公示.csv 第3行", "reason": "处罚决定书文号为空"}]
    assert found["unknown_units"] == {"丁市环保局": 1}
    (one,) = found["files"]
    assert (one["kind"], one["unit"], one["sha256"]) == ("公示", "万元", hashlib.sha256(file.read_bytes()).hexdigest())
    assert one["columns"]["单位"] == "处罚机关" and "处罚有效期" in one["unused"]
    again = program("import", campaign, file)
    assert "新增0行，已有2行" in again.stdout and "总表没有改动" in again.stdout


def test_what_can_not_be_done_ends_with_2_and_changes_nothing(campaign: Path, tmp_path: Path) -> None:
    before = fingerprint(campaign)
    unit = text(tmp_path / "单位.csv", ["决定书文号,罚款,录入时间", "昆环罚〔2017〕1号,50000,2017-3-1"])
    column = text(tmp_path / "列.csv", ["案卷代号,罚款(元),录入时间", "昆环罚〔2017〕1号,50000,2017-3-1"])
    for arguments, said in (
        ((unit,), "没有写明是元还是万元"),
        ((column,), "缺少列：处罚决定书文号"),
        ((tmp_path / "没有.csv",), "打不开"),
        ((unit, column, "--unit", "元"), "缺少列"),
    ):
        done = program("import", campaign, *arguments)
        assert done.returncode == 2 and said in done.stdout and "怎么办：" in done.stdout
    (campaign / "~$总表.xlsm").write_bytes(b"\x05" + b"admin".ljust(54) + bytes(110))
    done = program("import", campaign, unit, "--unit", "元")
    assert done.returncode == 2 and "正在用 Excel 或 WPS 打开它" in done.stdout
    (campaign / "~$总表.xlsm").unlink()
    assert fingerprint(campaign) == before


def test_b4_1_the_veto_follows_daily_values(campaign: Path, tmp_path: Path) -> None:
    width = len(AirPoint.columns())
    ClosedBook(campaign / "总表.xlsm").write([Table(AirPoint.sheet, INPUT_HEADER_ROW, 1, width, [])])
    days = [date(2016, 1, 1) + timedelta(n) for n in range(731)]
    lines = ["日期,点位,PM10,PM2.5", *(f"{d},南门,{60 + (d.year == 2017) / 1000},30" for d in days)]
    assert told(campaign, text(tmp_path / "日均.csv", lines))["appended"] == 2
    done = program("score", campaign, "--json")
    facts = json.loads(done.stdout)
    codes = [row["编码"] for row in facts["校核结果"] if row["工作表"] == "空气质量"]
    assert "M41" in codes and "M40" not in codes
    rows = tab(CampaignFolder(campaign), "综合排名", "单位", "一票否决")
    assert dict(rows)["苏州市"].startswith("PM10年均浓度由60升至60.001")  # type: ignore[attr-defined]
