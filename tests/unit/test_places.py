"""Findings about the bureau's rows and about items of a form name their cells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.cells import rule_at
from tests.few_words import Scene
from tests.tables import STAMP, a_return, rules_rows, write
from xl_lianbing.findings import Kind, Where
from xl_lianbing.findings import scoring as c
from xl_lianbing.intake.master.inputs import MasterInputs, read_master
from xl_lianbing.intake.master.located import located
from xl_lianbing.intake.returned.read import read_return
from xl_lianbing.records.inputs import INPUT_TABS, RULES_TAB
from xl_lianbing.records.returns import UnitInfo
from xl_lianbing.records.stamp import Stamp
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.scoring.score import score

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


def the_master(tmp_path: Path, **tabs: str) -> MasterInputs:
    pack = load_pack("jiangsu-2017")
    sheets: dict[str, Any] = {RULES_TAB: rules_rows(pack)}
    for record in INPUT_TABS:
        typed = {**TABS, **tabs}.get(record.sheet)
        sheets[record.sheet] = typed or [[col.header for col in record.columns().values()]]
    return read_master(write(tmp_path / MASTER, sheets, stamp=Stamp(pack.id, pack.version, "", pack.year)))


def at(tmp_path: Path, kind: Kind, unit: str = "", /, **tabs: str) -> list[tuple[str, tuple[str, ...]]]:
    """Where the findings of a kind about a unit are, with 甲县 and 苏州市 having sent a return."""
    master = the_master(tmp_path, **tabs)
    made = Scene("jiangsu-2017").unit("甲县").unit("苏州市", "市级")
    found = score(master.inputs, made.returns, master.rules).findings
    return [
        (f.where.cell, f.cells) for f in located([f for f in found if f.kind == kind and f.where.unit == unit], master)
    ]


def test_a_row_typed_twice_is_both_rows(tmp_path: Path) -> None:
    assert at(tmp_path, c.REVIEWED_TWICE, "甲县") == [("B2:B4", ("B2", "B4"))]
    assert at(tmp_path, c.VOTES_ADDED, "甲县") == [("B3:B4", ("B3", "B4"))]


def test_a_row_is_the_one_that_scoring_looked_at(tmp_path: Path) -> None:
    assert at(tmp_path, c.PERSON_UNKNOWN, "甲县") == [("C2", ())]
    assert at(tmp_path, c.NO_DOCUMENT, "乙县") == [("C3", ())]
    assert at(tmp_path, c.ADJUSTMENT_HELD, "甲县") == [("A2:A4", ("A2", "A4"))]


def test_b4_what_a_city_is_told_stands_in_the_row_of_its_district(tmp_path: Path) -> None:
    for unit in ("苏州市", "甲县"):
        assert at(tmp_path, c.WATER_VETO, unit) == [("D3", ())]
    left_out = TABS["水质断面"].replace("Ⅳ | 是", "Ⅳ | 否")
    assert at(tmp_path, c.SECTION_LEFT_OUT, "甲县", 水质断面=left_out) == [("A3", ())]
    worse = "单位 | 点位 | 指标 | 上年均值 | 本年均值\n甲县 | 一 | PM10 | 40 | 41\n乙县 | 二 | PM2.5 | 40 | 39"
    assert at(tmp_path, c.AIR_VETO, "苏州市", 空气质量=worse) == [("E2", ())]


def test_what_is_absent_is_asked_for_in_the_first_free_row(tmp_path: Path) -> None:
    assert at(tmp_path, c.NO_VOTES, "苏州市") == []
    votes = f"{TABS['公众投票']}\n集体 | 苏州市 | | 1"
    assert at(tmp_path, c.NO_VOTES, "乙县", 公众投票=votes) == [("A6", ())]
    assert at(tmp_path, c.NOBODY_VOTED) == [("A5", ())]
    assert at(tmp_path, c.NO_AIR, "苏州市") == [("A2", ())]
    assert at(tmp_path, c.NO_EXPORT) == [("A2", ())]


def test_a_value_of_the_rules_is_the_one_of_its_key(tmp_path: Path) -> None:
    rows = rules_rows(load_pack("jiangsu-2017"))
    master = the_master(tmp_path)
    found = score(master.inputs, {}, replace(master.rules, readings={**master.rules.readings, "L4": "不计算"}))
    told = [f for f in located(found.findings, master) if f.kind == c.NO_TOTAL]
    items = [str(f.words["what"]) for f in told]
    cells = [rule_at(next(i for i, row in enumerate(rows, 1) if item in row)) for item in items]
    assert len(told) == 4 and [f.where.cell for f in told] == cells


def test_an_item_of_a_form_of_the_return(tmp_path: Path) -> None:
    path = a_return(tmp_path / "a.xlsx", info={"重点监控企业数": 0}, stamp=STAMP)
    returned = read_return(path, "回收/a.xlsx", the_master(tmp_path).rules).result
    assert returned is not None
    place = returned.item(UnitInfo, "key_enterprises")
    assert place == Where("回收/a.xlsx", "单位信息", returned.forms["单位信息"][1]["key_enterprises"], "吴中区")
    gone = replace(returned, forms={})
    assert gone.item(UnitInfo, "key_enterprises") == replace(place, cell=""), "the sheet, where the item stands nowhere"


def test_rows_of_a_unit_without_a_return_are_not_told_one_by_one(tmp_path: Path) -> None:
    """One cause, one finding: R22 says that there is no return."""
    assert at(tmp_path, c.REVIEW_OF_NOTHING, "乙县") == []
    master = the_master(tmp_path)
    found = score(master.inputs, Scene("jiangsu-2017").unit("乙县").returns, master.rules).findings
    assert [f.where.cell for f in located(found, master) if f.kind == c.REVIEW_OF_NOTHING] == ["B6"]
    assert not [f for f in found if f.kind == c.PERSON_UNKNOWN], "甲县 has no return"
