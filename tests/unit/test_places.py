"""Findings about the bureau's rows and about items of a form name their cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cells import rule_at
from tests.few_words import Scene
from tests.tables import STAMP, a_return, rules_rows, write
from xl_lianbing.findings import Finding, Where, finding
from xl_lianbing.findings import scoring as c
from xl_lianbing.intake.master.inputs import MasterInputs, read_master
from xl_lianbing.intake.returned.read import read_return
from xl_lianbing.records.inputs import INPUT_TABS, RULES_TAB
from xl_lianbing.records.stamp import Stamp
from xl_lianbing.report.places import located
from xl_lianbing.rules.pack import load_pack

MASTER = "总表.xlsm"
TABS = {
    "单位名册": "单位 | 层级\n苏州市 | 市级\n甲县 | 县级\n乙县 | 县级",
    "案卷评审": """单位 | 文书文号 | 评审类型 | 评审人 | 得分
        甲县 | 1号 | 专家 | 王某 | 80
        -
        甲县 | 1号 | 专家 | 王某 | 81
        甲县 | 1号 | 交叉 | 王某 | 82
        乙县 | 1号 | 专家 | 王某 | 83
        甲县 | 2号 | 专家 | 王某 | 不明""",
    "公众投票": "对象类型 | 单位 | 姓名 | 票数\n个人 | 甲县 | 李某 | 5\n集体 | 甲县 | | 9\n集体 | 甲县 | | 1",
    "水质断面": """单位 | 断面名称 | 上年类别 | 本年类别 | 数据是否齐备
        苏州市 | 太浦河 | Ⅲ | Ⅲ | 是
        甲县 | 望虞河 | Ⅲ | Ⅳ | 是""",
    "加减分": """单位 | 指标 | 分值 | 事由 | 依据文号
        甲县 | 强化督查 | 4 | 演示一 | 督〔1〕
        乙县 | 强化督查 | 4 | 演示二 |
        甲县 | 强化督查 | 3 | 演示三 | 督〔2〕""",
}


def the_master(tmp_path: Path) -> MasterInputs:
    pack = load_pack("jiangsu-2017")
    sheets: dict[str, Any] = {RULES_TAB: rules_rows(pack)}
    for record in INPUT_TABS:
        sheets[record.sheet] = TABS.get(record.sheet) or [[col.header for col in record.columns().values()]]
    return read_master(write(tmp_path / MASTER, sheets, stamp=Stamp(pack.id, pack.version, "", pack.year)))


def at(
    tmp_path: Path, code: Any, sheet: str, unit: str, shown: object, /, **words: object
) -> tuple[str, tuple[str, ...]]:
    found = finding(code, Where(MASTER, sheet, unit=unit), shown, **words)
    returns = Scene("jiangsu-2017").unit("甲县").unit("苏州市", "市级").returns
    (placed,) = located([found], the_master(tmp_path), returns)
    assert placed.at(cell="") == found or placed.cells, "nothing else changes"
    return placed.where.cell, placed.cells


def test_a_row_typed_twice_is_both_rows(tmp_path: Path) -> None:
    words = {"reviewer": "王某", "number": "1号", "kind": "专家", "count": 2}
    assert at(tmp_path, c.REVIEWED_TWICE, "案卷评审", "甲县", "1号", **words) == ("B2:B4", ("B2", "B4"))
    words = {"what": "甲县", "count": 2, "votes": 10}
    assert at(tmp_path, c.VOTES_ADDED, "公众投票", "甲县", 10, **words) == ("B3:B4", ("B3", "B4"))


def test_a_row_is_found_by_the_texts_that_the_finding_names(tmp_path: Path) -> None:
    assert at(tmp_path, c.PERSON_UNKNOWN, "公众投票", "甲县", "李某", name="李某", tab="公众投票") == ("C2", ())
    assert at(tmp_path, c.NO_DOCUMENT, "加减分", "乙县", 4, kind="强化督查", points=4) == ("C3", ())
    words = {"kind": "强化督查", "points": 7, "low": 0, "high": 5, "held": 5}
    assert at(tmp_path, c.ADJUSTMENT_HELD, "加减分", "甲县", 7, **words) == ("A2:A4", ("A2", "A4"))


def test_b4_2_what_a_city_is_told_stands_in_the_row_of_its_district(tmp_path: Path) -> None:
    words = {"section": "望虞河", "before": "Ⅲ", "after": "Ⅳ"}
    for unit in ("苏州市", "甲县"):
        assert at(tmp_path, c.WATER_VETO, "水质断面", unit, "Ⅳ", **words) == ("D3", ())


def test_what_is_absent_is_asked_for_in_the_first_free_row(tmp_path: Path) -> None:
    assert at(tmp_path, c.NO_VOTES, "公众投票", "苏州市", "") == ("A5", ())
    assert at(tmp_path, c.NO_AIR, "空气质量", "苏州市", "", pollutants="PM10") == ("A2", ())
    assert at(tmp_path, c.NO_EXPORT, "处罚系统数据", "", "") == ("A2", ())


def test_a_value_of_the_rules_is_found_by_its_item(tmp_path: Path) -> None:
    cell, _ = at(tmp_path, c.NO_TOTAL, "规则", "", "", what="全省查处案件总数")
    rows = rules_rows(load_pack("jiangsu-2017"))
    assert cell == rule_at(next(i for i, row in enumerate(rows, 1) if "全省查处案件总数" in row))


def test_an_item_of_a_form_of_the_return(tmp_path: Path) -> None:
    path = a_return(tmp_path / "a.xlsx", info={"重点监控企业数": 0}, stamp=STAMP)
    returned = read_return(path, "回收/a.xlsx", the_master(tmp_path).rules).result
    assert returned is not None
    lacking = finding(c.NO_KEY_ENTERPRISES, Where("回收/a.xlsx", "单位信息", unit="吴中区"), 0, what="重点排污单位数")
    told: list[Finding] = located([lacking], the_master(tmp_path), {"吴中区": returned})
    assert [f.where.cell for f in told] == [returned.forms["单位信息"][1]["key_enterprises"]]
    assert located([lacking], the_master(tmp_path), {}) == [lacking], "of another file: it stays as it is"


def test_rows_of_a_unit_without_a_return_are_not_told_one_by_one(tmp_path: Path) -> None:
    """One cause, one finding: R22 says that there is no return."""
    kinds = (c.REVIEW_OF_NOTHING, c.PERSON_UNKNOWN)
    found = [
        finding(kind, Where(MASTER, "案卷评审", unit="乙县"), "1号", number="1号", name="x", tab="y") for kind in kinds
    ]
    master = the_master(tmp_path)
    assert located(found, master, {}) == []
    returns = Scene("jiangsu-2017").unit("乙县").returns
    assert [(f.code, f.where.cell) for f in located(found, master, returns)] == [("P57", "B6"), ("P58", "B6")]
