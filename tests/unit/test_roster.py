"""The roster: as CSV for `new --units` and as typed in 单位名册; names of units are names of files (A1, A2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tables import a_master
from xl_lianbing.errors import LianbingError
from xl_lianbing.folder import unit_name_fault
from xl_lianbing.glossary import Severity
from xl_lianbing.intake.master.inputs import read_master
from xl_lianbing.roster import misplaced, read_units

ODD_NAMES = [
    "CON",
    "nul",
    "COM1",
    "Lpt9",
    "com¹",
    "aux.区",
    "con .txt",
    "昆山市.",
    ".昆山市",
    "..",
    "../甲县",
    "..\\甲县",
    "/etc",
    "C:甲县",
    "甲/县",
    "甲*县",
    "甲?县",
    '甲"县',
    "甲<县",
    "甲>县",
    "甲|县",
    "甲\n县",
    "县" * 61,
]
GOOD_NAMES = [
    "昆山市",
    "苏州市（本级）",
    "苏州工业园区",
    "康县",
    "COM县",
    "昆山市 直属",
    "新区·东",
]
HEADER = "单位 | 层级 | 行政区划代码 | 所属市 | 是否推荐 | 联络员 | 邮箱"


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a1_a_name_that_no_folder_can_have_is_no_unit(tmp_path: Path, name: str) -> None:
    assert unit_name_fault(name)
    rows = (("苏州市", "市级"), (name, "县级"), ("乙县", "县级"))
    roster = [HEADER.split(" | "), *([unit, tier, "", "苏州市", "", "", ""] for unit, tier in rows)]
    found = read_master(a_master(tmp_path / "总表.xlsx", {"单位名册": roster}))
    assert [unit.unit for unit in found.inputs.roster] == ["苏州市", "乙县"]
    assert [(f.code, f.severity, f.where.cell) for f in found.findings] == [("M26", Severity.BLOCKING, "A3")]


@pytest.mark.parametrize("name", [name for name in ODD_NAMES if "\n" not in name and '"' not in name])
def test_a1_the_csv_refuses_the_same_names(tmp_path: Path, name: str) -> None:
    file = tmp_path / "units.csv"
    file.write_text(f"单位,层级\n苏州市,市级\n{name},县级\n", "utf-8")
    with pytest.raises(LianbingError, match="第3行单位"):
        read_units(file)


@pytest.mark.parametrize("name", GOOD_NAMES)
def test_a1_a_unit_may_be_called_what_a_folder_may(name: str) -> None:
    assert unit_name_fault(name) == ""


@pytest.mark.parametrize("sign", [",", ";", "\t", "，", "；"])
def test_the_csv_may_be_split_by_other_signs_and_begin_with_blank_lines(tmp_path: Path, sign: str) -> None:
    file = tmp_path / "units.csv"
    lines = ["", "单位*,层级*,所属市,联络员,邮箱", "甲市,市级,甲市,张某,a@b.cn", "乙县,县级,甲市,,"]
    file.write_text("\n".join(lines).replace(",", sign), "utf-8-sig")
    units = read_units(file)
    assert [(u.unit, u.tier, u.city, u.liaison, u.email) for u in units] == [
        ("甲市", "市级", "甲市", "张某", "a@b.cn"),
        ("乙县", "县级", "甲市", None, None),
    ]


def test_a_workbook_in_place_of_the_csv_is_said(tmp_path: Path) -> None:
    with pytest.raises(LianbingError, match="是Excel工作簿，不是CSV"):
        read_units(a_master(tmp_path / "名册.csv"))


ODD_ROSTERS = {
    "一个市，所属市写错": ("甲市 | 市级 | | 甲市\n乙县 | 县级 | | 丙市\n丁县 | 县级", [("M27", "D3")]),
    "所属市与市级单位的所属市相同": ("甲市局 | 市级 | | 甲市\n乙县 | 县级 | | 甲 市", []),
    "几个市，没写所属市": ("甲市 | 市级\n乙市 | 市级\n丙县 | 县级\n丁县 | 县级 | | 乙市", [("M28", "D4")]),
    "没有市": ("乙县 | 县级 | | 甲市\n丙县 | 县级 | | 甲市", [("M29", "D2")]),
}


@pytest.mark.parametrize(("units", "codes"), ODD_ROSTERS.values(), ids=ODD_ROSTERS)
def test_a2_a_unit_that_lies_in_no_city_is_said(tmp_path: Path, units: str, codes: list[tuple[str, str]]) -> None:
    found = read_master(a_master(tmp_path / "总表.xlsx", {"单位名册": f"{HEADER}\n{units}"}))
    assert [(f.code, f.where.cell) for f in found.findings] == codes
    assert [kind.code for kind, _ in misplaced(found.inputs.roster)] == [code for code, _ in codes]
    assert all("{" not in f.problem + f.fix for f in found.findings)
