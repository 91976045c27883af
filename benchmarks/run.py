"""The benchmark: `python -m benchmarks.run --size S`. Ratios to a bare calamine read of the same files in one run.

Imports little itself: a child's peak memory starts from its parent's.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.measure import ROOT, Measured, run_python

SIZES: dict[str, tuple[int, int]] = {"S": (10, 200), "M": (110, 1000)}
_DATA = ROOT / "benchmarks" / "data"
_DONE_WITH_FINDINGS = 1
_MASTER = "总表.xlsm"
_STAGES_KEY = "用时"
_START_UPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("空的 Python", ("-c", "pass")),
    ("import xl_lianbing", ("-c", "import xl_lianbing")),
    ("xl-lianbing --help", ("-m", "xl_lianbing", "--help")),
)


class BenchmarkError(Exception):
    """A command of the program did not do its work: its messages say why."""


@dataclass(frozen=True, slots=True)
class Job:
    units: int
    cases: int
    pack: str
    repeat: int

    @property
    def data(self) -> Path:
        return _DATA / f"{self.pack}-{self.units}x{self.cases}"


def run(job: Job) -> dict[str, object]:
    """Makes the returns (kept for the next time), a fresh campaign, and measures."""
    _make(job.data, job.units, job.cases, job.pack)
    with tempfile.TemporaryDirectory(prefix="lianbing-bench-") as scratch:
        campaign = Path(scratch) / "campaign"
        new = ["-m", "xl_lianbing", "new", str(campaign), "--pack", job.pack, "--units", str(job.data / "units.csv")]
        created = _done(new)
        if not (campaign / _MASTER).is_file():
            raise BenchmarkError(f"new 没有建成 {_MASTER}\n{created.output}\n{created.errors}")
        received = campaign / "回收"
        shutil.copytree(job.data / "returns", received, dirs_exist_ok=True)
        bare = _bare_read(received, job.repeat)
        yardstick = bare["秒"]
        runs = {"全部新收": _score(campaign, yardstick), "没有变化": _score(campaign, yardstick)}
        _replace_one(job, Path(scratch), received)
        runs["一份有变化"] = _score(campaign, yardstick)
    return {
        "规模": {"单位": job.units, "每单位案件": job.cases, "规则包": job.pack},
        "calamine直接读取": bare,
        "new": {"秒": round(created.seconds, 3)},
        "score": runs,
        "启动": {name: round(median(_done(c).seconds for _ in range(job.repeat)), 3) for name, c in _START_UPS},
    }


def _done(arguments: Sequence[str]) -> Measured:
    measured = run_python(arguments)
    if measured.code not in (0, _DONE_WITH_FINDINGS):
        command = " ".join(arguments[:3])
        raise BenchmarkError(f"{command} 退出码 {measured.code}\n{measured.output}\n{measured.errors}")
    return measured


def _make(folder: Path, units: int, cases: int, pack: str, seed: int = 2017) -> None:
    if len(list(folder.glob("returns/*.xlsx"))) == units:
        return
    shutil.rmtree(folder, ignore_errors=True)
    sizes = ["--units", str(units), "--cases", str(cases), "--pack", pack, "--seed", str(seed)]
    _done(["-m", "benchmarks.make_returns", str(folder), *sizes])


def _bare_read(folder: Path, repeat: int) -> dict[str, float]:
    """The first reading warms the file cache and is not counted."""
    _done(["-m", "benchmarks.bare_read", str(folder)])
    measured = [_done(["-m", "benchmarks.bare_read", str(folder)]) for _ in range(repeat)]
    found = [json.loads(m.output) for m in measured]
    return {
        "秒": round(median(f["seconds"] for f in found), 3),
        "峰值MB": round(max(m.peak_mb or 0 for m in measured), 1),
        "文件": found[0]["files"],
        "行": found[0]["rows"],
    }


def _score(campaign: Path, yardstick: float) -> dict[str, object]:
    measured = _done(["-m", "xl_lianbing", "score", str(campaign), "--json"])
    try:
        said = json.loads(measured.output)
    except json.JSONDecodeError as error:
        raise BenchmarkError(f"score 没有输出 JSON\n{measured.output}\n{measured.errors}") from error
    return {
        "秒": round(measured.seconds, 3),
        "倍数": round(measured.seconds / yardstick, 2),
        "峰值MB": None if measured.peak_mb is None else round(measured.peak_mb, 1),
        "退出码": measured.code,
        "各阶段秒": said.get(_STAGES_KEY, {}),
    }


def _replace_one(job: Job, scratch: Path, received: Path) -> None:
    """The first unit sends another return in under the same name."""
    _make(scratch / "other", 1, job.cases, job.pack, seed=1)
    other = next((scratch / "other" / "returns").glob("*.xlsx"))
    shutil.copyfile(other, received / other.name)


def show(result: dict[str, object]) -> None:
    """The result as a small table."""
    from rich.console import Console
    from rich.table import Table

    size, bare, runs, starts = (result[key] for key in ("规模", "calamine直接读取", "score", "启动"))
    assert isinstance(size, dict) and isinstance(bare, dict) and isinstance(runs, dict) and isinstance(starts, dict)
    table = Table(title=f"{size['单位']} 份填报表 × {size['每单位案件']} 件案件（{size['规则包']}）")
    for heading in ("项目", "秒", "÷ calamine直接读取", "峰值 MB", "各阶段（秒）"):
        table.add_column(heading, justify="left" if heading in ("项目", "各阶段（秒）") else "right")
    table.add_row("calamine直接读取", f"{bare['秒']:.2f}", "1.00", f"{bare['峰值MB']:.0f}", "")
    for name, measured in runs.items():
        stages = "，".join(f"{stage} {seconds:.2f}" for stage, seconds in measured["各阶段秒"].items())
        peak = "" if measured["峰值MB"] is None else f"{measured['峰值MB']:.0f}"
        table.add_row(f"score：{name}", f"{measured['秒']:.2f}", f"{measured['倍数']:.2f}", peak, stages)
    for name, seconds in starts.items():
        table.add_row(f"启动：{name}", f"{seconds:.2f}", "", "", "")
    Console().print(table)


def main() -> int:
    parser = argparse.ArgumentParser(description="测速：与 calamine 直接读取同一批文件相比")
    parser.add_argument(
        "--size", choices=[*SIZES, "L"], default="S", help="S=10×200，M=110×1000，L 另给 --units --cases"
    )
    parser.add_argument("--units", type=int, help="单位数（规模 L）")
    parser.add_argument("--cases", type=int, help="每个单位的案件数（规模 L）")
    parser.add_argument("--pack", default="jiangsu-2017", help="规则包")
    parser.add_argument("--repeat", type=int, default=3, help="直接读取和启动各测几次，取中位数")
    parser.add_argument("--json", action="store_true", help="只输出 JSON")
    given = parser.parse_args()
    if given.size == "L" and not (given.units and given.cases):
        parser.error("规模 L 要同时给出 --units 和 --cases")
    units, cases = SIZES.get(given.size, (given.units, given.cases))
    try:
        result = run(Job(units, cases, given.pack, max(1, given.repeat)))
    except BenchmarkError as failure:
        print(f"没有测成：{failure}", file=sys.stderr)
        return 2
    if not given.json:
        show(result)
    print(json.dumps(result, ensure_ascii=False, indent=None if not given.json else 2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
