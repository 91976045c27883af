"""The same inputs give the same result tabs, byte for byte, on any machine; 运行记录 says what went in."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands import PROJECT, set_rules
from tests.conftest import MASTER
from tests.surgery import parts, sheet_parts
from xl_lianbing.pipeline import SCORE
from xl_lianbing.records.results import PUBLICITY_DUTY, RECEIPTS, RESULT_TABS, RUNS, SCORE_PAGE, TASK_BOARD

#: Tabs that hold times, and those that speak of the day, which is not the same one everywhere.
TIMED = (RECEIPTS.name, RUNS.name, PUBLICITY_DUTY.name, TASK_BOARD.name)
#: Lists the files of a folder in another order, as another disk would.
SHUFFLED = """
import pathlib, random, sys
listed = pathlib.Path.rglob
def shuffled(self, pattern, **options):
    found = list(listed(self, pattern, **options))
    random.Random(int(sys.argv.pop())).shuffle(found)
    sys.argv.append("0")
    return iter(found)
pathlib.Path.rglob = shuffled
from xl_lianbing.faces.cli import main
raise SystemExit(main(sys.argv[1:-1]))
"""
SETTINGS = [
    {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "1"},
    {"LC_ALL": "zh_CN.GB18030", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "2"},
    {"LC_ALL": "de_DE.UTF-8", "TZ": "America/St_Johns", "PYTHONHASHSEED": "31337"},
]


def score(folder: Path, settings: Mapping[str, str], seed: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SHUFFLED, "score", str(folder), str(seed)],
        capture_output=True,
        timeout=240,
        check=False,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **settings},
    )
    assert done.returncode in (0, 1), done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")


def untimed(folder: Path) -> dict[str, object]:
    """The bytes of the result tabs; of those with times all values but these."""
    master = folder / MASTER
    package, sheets = parts(master), sheet_parts(master)
    names = [tab.name for tab in RESULT_TABS if tab.name not in TIMED]
    found: dict[str, object] = {name: package[sheets[name]] for name in (*names, SCORE_PAGE)}
    book = load_workbook(master, read_only=True)
    for tab in (RECEIPTS, RUNS):
        times = {tab.grid.headers.index(h) for h in ("接收时间", "时间", "用时") if h in tab.grid.headers}
        rows = [
            [v for n, v in enumerate(row) if n not in times]
            for row in book[tab.name].iter_rows(min_row=tab.grid.header_row, values_only=True)
        ]
        found[tab.name] = rows
    book.close()
    found["strings"] = package.get("xl/sharedStrings.xml", b"")
    return found


def test_same_inputs_same_bytes(campaign: Path, tmp_path: Path) -> None:
    """Copied in another order (other times), listed in another order, other language, clock and hash seed."""
    results = []
    for n, settings in enumerate(SETTINGS):
        folder = tmp_path / f"机器{n}"
        shutil.copytree(campaign, folder, ignore=shutil.ignore_patterns("回收", "备份"))
        files = sorted((campaign / "回收").iterdir())
        random.Random(n).shuffle(files)
        (folder / "回收").mkdir()
        for file in files:
            shutil.copy(file, folder / "回收" / file.name)
        score(folder, settings, n)
        results.append(untimed(folder))
    for other in results[1:]:
        assert other.keys() == results[0].keys()
        assert [name for name in other if other[name] != results[0][name]] == []


def last_run(master: Path) -> dict[str, object]:
    book = load_workbook(master, read_only=True)
    rows = list(book[RUNS.name].iter_rows(min_row=RUNS.grid.header_row, values_only=True))
    book.close()
    filled = [row for row in rows if row[0]]
    return dict(zip(map(str, filled[0]), filled[-1], strict=True))


@pytest.mark.parametrize("what", ["规则", "填报表", "没有"])
def test_the_log_tells_which_input_changed(campaign: Path, what: str) -> None:
    """Pack, input tabs and returns have a fingerprint each; that of the inputs and of the results follow."""
    before = last_run(campaign / MASTER)
    if what == "规则":
        set_rules(campaign / MASTER, {"案卷质量满分": 39})
    elif what == "填报表":
        (campaign / "回收" / "姑苏区（演示数据）.xlsx").unlink()
    score(campaign, {}, 0)
    after = last_run(campaign / MASTER)
    changed = {name for name in after if after[name] != before[name]}
    expected = {"规则": {"录入表摘要"}, "填报表": {"填报表摘要", "读入与计入"}, "没有": set()}[what]
    assert changed - {"时间", "用时"} == (expected | {"输入摘要", "结果摘要"} if expected else set())
    assert after["操作"] == SCORE and str(after["规则包"]).startswith("jiangsu-2017")


def test_every_file_received_stands_in_the_log(campaign: Path) -> None:
    book = load_workbook(campaign / MASTER, read_only=True)
    page = book[RECEIPTS.name]
    rows = list(page.iter_rows(min_row=RECEIPTS.grid.header_row + 1, values_only=True))
    book.close()
    place = RECEIPTS.grid.headers.index("SHA-256")
    logged = {row[place] for row in rows if row[place]}
    files = {hashlib.sha256(f.read_bytes()).hexdigest() for f in (campaign / "回收").iterdir()}
    assert logged == files
