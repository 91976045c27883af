"""Whose files a reviewer may never read (R1), told from 评审人员 however the units are spelled."""

from __future__ import annotations

from pathlib import Path

from tests.tables import a_master
from xl_lianbing.intake.master.inputs import read_master
from xl_lianbing.reviews.people import readers

CITIES = """
单位* | 层级* | 行政区划代码 | 所属市
苏州市 | 市级 | '320500 | 苏州市
昆山市 | 县级 | '320583 | 苏州市
太仓市 | 县级 | '320585 | 苏州市
无锡市 | 市级 | '320200 | 无锡市
江阴市 | 县级 | '320281 | 无锡市
"""
ONE_CITY = "\n".join(CITIES.splitlines()[:5])
HEADER = "姓名* | 类型* | 单位 | 回避单位 | 最多份数\n"


def forbidden(tmp_path: Path, rows: str, roster: str = ONE_CITY) -> tuple[dict[str, set[str]], list[str]]:
    master = read_master(a_master(tmp_path / "总表.xlsx", {"评审人员": HEADER + rows, "单位名册": roster}))
    people, findings = readers(master)
    return {reader.name: set(reader.forbidden) for reader in people}, [f.code for f in findings]


def test_r1_own_unit_and_units_avoided_in_every_spelling(tmp_path: Path) -> None:
    found, codes = forbidden(
        tmp_path,
        "甲 | 交叉 | 昆山市环境监察大队 | 太仓、苏州市环保局\n"
        "乙 | 专家 | 律所 | 昆山市\n丙 | 交叉 | 昆山大队\n丁 | 专家",
    )
    assert found == {"甲": {"昆山市", "太仓市", "苏州市"}, "乙": {"昆山市"}, "丙": {"昆山市"}, "丁": set()}
    assert codes == []


def test_r1_over_several_cities_a_peer_reads_no_file_of_the_own_city(tmp_path: Path) -> None:
    found, _ = forbidden(tmp_path, "甲 | 交叉 | 昆山市\n乙 | 专家 | 昆山市\n丙 | 交叉 | 无锡市", CITIES)
    assert found == {"甲": {"苏州市", "昆山市", "太仓市"}, "乙": {"昆山市"}, "丙": {"无锡市", "江阴市"}}


def test_r1_who_can_not_be_told_or_kept_apart_is_not_drawn(tmp_path: Path) -> None:
    found, codes = forbidden(tmp_path, "甲 | 专家\n甲 | 专家\n乙 | 交叉\n丙/丁 | 专家\n戊 | 交叉 | 外省某局 | 查无此县")
    assert set(found) == {"甲", "戊"}
    assert sorted(codes) == ["V20", "V21", "V22", "V23", "V24"]
