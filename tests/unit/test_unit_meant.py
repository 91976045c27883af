"""A1: who types the name of the bureau means the unit; another city's unit of that name is another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.tables import STAMP, a_return, rules
from xl_lianbing.intake.returned.read import read_return
from xl_lianbing.intake.returned.receipts import Collected, collect
from xl_lianbing.records.inputs import RosterUnit

ROSTER = [
    RosterUnit(unit="苏州市", tier="市级", city="苏州市"),
    RosterUnit(unit="吴中区", tier="县级", city="苏州市"),
    RosterUnit(unit="昆山市", tier="县级", city="苏州市"),
]


def collected(folder: Path, typed: str, stamped: str = "") -> Collected:
    stamp = replace(STAMP, unit=stamped) if stamped else None
    path = a_return(folder / "a.xlsx", info={"单位名称": typed, "填报日期": date(2017, 10, 20)}, stamp=stamp)
    intake = read_return(path, "回收/a.xlsx", rules())
    return collect([(intake, datetime(2017, 10, 30))], ROSTER, None, today=date(2017, 11, 20))


@pytest.mark.parametrize("stamped", [False, True])
@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("昆山市环境保护局", "昆山市"),
        ("昆山市环保局", "昆山市"),
        ("苏州市昆山生态环境局", "昆山市"),
        ("苏州市环境保护局吴中分局", "吴中区"),
        ("苏州市吴中区环境监察大队", "吴中区"),
        ("苏州市环境保护局", "苏州市"),
    ],
)
def test_a_bureau_is_its_unit(tmp_path: Path, typed: str, unit: str, stamped: bool) -> None:
    got = collected(tmp_path, typed, unit if stamped else "")
    assert list(got.returns) == [unit] and got.returns[unit].unit == unit
    (found,) = [f for f in got.findings if f.code == "N11"]
    assert (found.where.sheet, found.where.cell, found.where.unit, found.shown) == ("单位信息", "B2", unit, typed)
    assert f"按“{unit}”认定" in found.problem
    assert not {f.code for f in got.findings} & {"R05", "R20"}


@pytest.mark.parametrize("typed", ["南京市昆山市环境保护局", "江苏省环境保护厅", "常州市环境保护局", "太仓市"])
def test_a_bureau_of_another_place_is_nobody_of_the_roster(tmp_path: Path, typed: str) -> None:
    got = collected(tmp_path, typed)
    assert not got.returns and [f.code for f in got.findings if f.code.startswith("R20")] == ["R20"]


@pytest.mark.parametrize(("typed", "stamped"), [("苏州市环境保护局", "昆山市"), ("苏州市环境保护局吴中分局", "苏州市")])
def test_a_bureau_that_is_not_the_stamped_units_is_asked(tmp_path: Path, typed: str, stamped: str) -> None:
    got = collected(tmp_path, typed, stamped)
    assert not got.returns and "R05" in [f.code for f in got.findings]


def test_a_unit_named_as_the_roster_has_it_is_no_finding(tmp_path: Path) -> None:
    assert "N11" not in [f.code for f in collected(tmp_path, " 昆山市", "昆山市").findings]
