"""Full disks, little memory, few files, kills: a run ends as it always does, or with exit 2 and nothing changed.

`XL_LIANBING_FAULTS=<n>` kills n times as often; the moments follow from a seed.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands import PROJECT, fingerprint, program
from tests.conftest import MASTER, Demo

resource = pytest.importorskip("resource", reason="limits are set the way of Linux and macOS")

KILLS = 6 * int(os.environ.get("XL_LIANBING_FAULTS", "1"))
RESULTS = ("回执登记", "综合排名", "先进个人得分", "查处案件得分")
LEFT = (".总表-*", "反馈/.反馈-*", "说明/.得分说明-*")


@pytest.fixture
def campaign(demo: Callable[[str], Demo], tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo("jiangsu-2017").folder, tmp_path / "活动"))


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    place = tmp_path / "tmp"
    place.mkdir()
    return place


def start(
    folder: Path, scratch: Path, limit: tuple[int, int] | None = None, command: str = "score"
) -> subprocess.Popen[str]:
    def hold() -> None:
        if limit is not None:
            resource.setrlimit(limit[0], (limit[1], limit[1]))

    return subprocess.Popen(
        [sys.executable, "-m", "xl_lianbing", command, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=hold,  # noqa: PLW1509 - this process has no threads that matter
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(PROJECT), "TMPDIR": str(scratch)},
    )


def results(folder: Path) -> list[tuple[object, ...]]:
    """The rows of the result tabs, without when they were received."""
    book = load_workbook(folder / MASTER, read_only=True, data_only=True)
    try:
        return [row for tab in RESULTS for row in book[tab].iter_rows(values_only=True)]
    finally:
        book.close()


def as_always_or_not_at_all(folder: Path, run: subprocess.Popen[str], expected: list[tuple[object, ...]]) -> int:
    """Exit code of a run under a fault, once it is clear that it changed nothing or did everything."""
    before = fingerprint(folder)
    told, errors = run.communicate(timeout=240)
    assert "Traceback" not in errors
    if run.returncode == 2:
        assert fingerprint(folder) == before
        assert told.startswith("没有完成：") and "怎么办：" in told
        assert re.search("[a-z]{3}", re.sub(r"xls[xm]|《[^》]*》|（/[^）]*）", "", told)) is None
    else:
        assert run.returncode == 1 and results(folder) == expected
    return run.returncode


@pytest.mark.parametrize(
    ("kind", "most", "ends"),
    [
        ("RLIMIT_FSIZE", 1_000, 2),
        ("RLIMIT_FSIZE", 150_000, 2),
        ("RLIMIT_NOFILE", 8, 2),
        ("RLIMIT_NOFILE", 16, None),
        ("RLIMIT_AS", 140_000_000, 2),
        ("RLIMIT_AS", 220_000_000, None),
        ("RLIMIT_AS", 300_000_000, None),
        ("RLIMIT_AS", 450_000_000, None),
    ],
)
def test_limits_of_the_machine_charge_nobody(
    campaign: Path, scratch: Path, kind: str, most: int, ends: int | None
) -> None:
    expected = results(campaign)
    code = as_always_or_not_at_all(campaign, start(campaign, scratch, (getattr(resource, kind), most)), expected)
    assert ends is None or code == ends
    assert not list(scratch.iterdir())


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """A disk of so many KiB."""
    place = tmp_path / "disk"
    place.mkdir()

    def mounted(size: int) -> Path:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(place)], capture_output=True, check=False
        )
        if done.returncode:
            pytest.skip("no right to mount a small disk")
        return place

    yield mounted
    subprocess.run(["umount", str(place)], capture_output=True, check=False)


@pytest.mark.parametrize("size", [16, 64, 160, 400])
def test_a_full_disk_for_temporary_files_charges_nobody(
    campaign: Path, tiny_disk: Callable[[int], Path], size: int
) -> None:
    expected = results(campaign)
    code = as_always_or_not_at_all(campaign, start(campaign, tiny_disk(size)), expected)
    assert code == 2 or size > 160


def test_a_full_disk_for_the_campaign_changes_nothing(
    campaign: Path, scratch: Path, tiny_disk: Callable[[int], Path]
) -> None:
    disk = tiny_disk(64 * 1024)
    folder = Path(shutil.copytree(campaign, disk / "活动"))
    with (disk / "别的文件").open("wb") as file:
        file.write(bytes(shutil.disk_usage(disk).free - 100 * 1024))
    before = fingerprint(folder)
    run = start(folder, scratch)
    told, _ = run.communicate(timeout=240)
    assert (run.returncode, fingerprint(folder)) == (2, before)
    assert "磁盘" in told


def test_a_killed_run_leaves_the_old_master_and_the_next_one_clears_up(campaign: Path, scratch: Path) -> None:
    expected, chance = results(campaign), random.Random(20171127)
    before = time.monotonic()
    start(campaign, scratch).communicate(timeout=240)
    whole = time.monotonic() - before
    for _ in range(KILLS):
        run = start(campaign, scratch)
        time.sleep(chance.uniform(0.05, whole))
        run.send_signal(signal.SIGKILL)
        run.communicate(timeout=60)
        assert results(campaign) == expected
    assert program("score", campaign).returncode == 1
    after = start(campaign, scratch)
    after.communicate(timeout=240)
    assert results(campaign) == expected
    assert [file for pattern in LEFT for file in campaign.glob(pattern)] == []
    assert list(scratch.iterdir()) == []


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc")
def test_workers_end_when_their_parent_is_killed(campaign: Path, scratch: Path) -> None:
    run = start(campaign, scratch)
    children: set[int] = set()
    end = time.monotonic() + 30
    while not children and run.poll() is None and time.monotonic() < end:
        children |= _children(run.pid)
        time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    run.communicate(timeout=60)
    assert children
    end = time.monotonic() + 30
    while children and time.monotonic() < end:
        children = {pid for pid in children if _runs(pid)}
        time.sleep(0.05)
    assert not children


def _children(pid: int) -> set[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        return set(map(int, listed.read_text().split()))
    except OSError:
        return set()


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_several_runs_at_once_do_no_harm(campaign: Path, scratch: Path) -> None:
    expected = results(campaign)
    runs = [start(campaign, scratch, command=command) for command in ("score", "check", "score")]
    codes = []
    for run in runs:
        told, errors = run.communicate(timeout=240)
        assert "Traceback" not in errors
        codes.append(run.returncode)
    assert set(codes) <= {1, 2} and 1 in codes
    assert program("score", campaign).returncode == 1
    assert results(campaign) == expected
    assert tempfile.gettempdir() and list(scratch.iterdir()) == []
