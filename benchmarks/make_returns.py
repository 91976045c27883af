"""Makes a roster and filled returns of a given size: `python -m benchmarks.make_returns DIR --units 110 --cases 1000`.

DIR/units.csv is the roster for `new --units`, DIR/returns/ holds one return a unit (演示数据, without mistakes).
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from os import cpu_count
from pathlib import Path

from xl_lianbing.demo.campaign import clean_return
from xl_lianbing.glossary import Tier
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.rules.pack.model import SHIPPED
from xl_lianbing.workbooks.returns.blank_return import write_return

ROSTER_FILE = "units.csv"
RETURNS_FOLDER = "returns"
#: A city's own unit and ten counties.
_UNITS_A_CITY = 11


def made_up_roster(units: int) -> list[RosterUnit]:
    """Cities of ten counties each, the last one as far as the number goes."""
    roster = []
    for index in range(units):
        city, county = divmod(index, _UNITS_A_CITY)
        name = f"演示{city + 1:03d}市"
        roster.append(
            RosterUnit(
                unit=name if county == 0 else f"演示{city + 1:03d}{county:02d}县",
                tier=Tier.CITY if county == 0 else Tier.COUNTY,
                city=name,
                liaison=f"演示联络员{index + 1:03d}",
                email=f"unit{index + 1:03d}@example.com",
            )
        )
    return roster


def write_roster(path: Path, roster: Sequence[RosterUnit]) -> None:
    """The roster as CSV with the columns of 单位名册, UTF-8."""
    columns = RosterUnit.columns()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.header for column in columns.values()])
        for unit in roster:
            values = (getattr(unit, name) for name in columns)
            writer.writerow(["" if value is None else str(value) for value in values])


def make_return(folder: Path, pack_id: str, cases: int, seed: int, numbered: tuple[int, RosterUnit]) -> Path:
    """Writes the return of one unit of the roster."""
    index, unit = numbered
    if unit.unit is None or unit.tier is None:
        raise ValueError(f"row {index} of the roster has no unit or tier")
    pack = load_pack(pack_id)
    path = folder / f"填报表_{unit.unit}.xlsx"
    rows = clean_return(pack, unit, index, cases=cases, seed=seed)
    write_return(path, pack, unit.unit, unit.tier, city=unit.tier is Tier.CITY, rows=rows)
    return path


def make_returns(
    folder: Path, *, units: int, cases: int, pack_id: str, seed: int = 2017, workers: int | None = None
) -> list[Path]:
    """Writes roster and returns into `folder`; returns the paths of the returns."""
    roster = made_up_roster(units)
    returns = folder / RETURNS_FOLDER
    returns.mkdir(parents=True, exist_ok=True)
    write_roster(folder / ROSTER_FILE, roster)
    make = partial(make_return, returns, pack_id, cases, seed)
    paths = []
    with ProcessPoolExecutor(workers or cpu_count() or 1) as pool:
        for path in pool.map(make, enumerate(roster, 1)):
            paths.append(path)
            print(f"\r已生成 {len(paths)}/{units}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return paths


def main() -> int:
    parser = argparse.ArgumentParser(description="生成演示填报表和单位名册，供测速使用")
    parser.add_argument("folder", type=Path, metavar="DIR", help="写入的文件夹")
    parser.add_argument("--units", type=int, default=10, help="单位数（默认 10）")
    parser.add_argument("--cases", type=int, default=200, help="每个单位的处罚案件数（默认 200）")
    parser.add_argument("--pack", choices=SHIPPED, default=SHIPPED[-1], help="规则包")
    parser.add_argument("--seed", type=int, default=2017, help="随机种子：相同的种子生成相同的数据")
    parser.add_argument("--workers", type=int, help="进程数（默认等于处理器数）")
    given = parser.parse_args()
    if given.units < 1 or given.cases < 1:
        parser.error("单位数和案件数至少为 1")
    paths = make_returns(
        given.folder,
        units=given.units,
        cases=given.cases,
        pack_id=given.pack,
        seed=given.seed,
        workers=given.workers,
    )
    print(f"{len(paths)} 份填报表：{given.folder / RETURNS_FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
