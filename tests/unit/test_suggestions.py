"""是不是“…”: one question for a header that was changed a little, a name that was mistyped; what an empty cell of a
candidate really does."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.few_words import Scene
from tests.tables import INFO, a_master, a_return, case, form, headers, only, rules
from xl_lianbing.findings import Finding
from xl_lianbing.intake.checks.export import reconcile
from xl_lianbing.intake.master.inputs import read_master
from xl_lianbing.intake.returned.read import Intake, read_return
from xl_lianbing.intake.returned.receipts import collect
from xl_lianbing.records.column import Record
from xl_lianbing.records.inputs import RosterUnit, SystemCase
from xl_lianbing.records.near import nearest, paired
from xl_lianbing.records.returns import Candidate, OfficerCase, PenaltyCase, UnitInfo

UNITS = (
    "张家港市",
    "常熟市",
    "太仓市",
    "昆山市",
    "吴江区",
    "吴中区",
    "相城区",
    "姑苏区",
    "苏州工业园区",
    "苏州高新区",
    "苏州市",
)


def read(path: Path, tables: dict[str, Any], **more: Any) -> Intake:
    return read_return(a_return(path / "a.xlsx", tables, **more), "回收/a.xlsx", rules())


def found(read: Intake, *codes: str) -> list[Finding]:
    return [f for f in read.findings if f.code in codes]


def table(record: type[Record], renamed: dict[str, str], *rows: list[object]) -> dict[str, Any]:
    return {record.sheet: [[renamed.get(h.rstrip("*"), h) for h in headers(record)], *rows]}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("昆衫市", "昆山市"),
        ("昆山", "昆山市"),
        ("昆山市环保局", "昆山市"),
        ("吴江市", "吴江区"),
        ("苏州工业圆区", "苏州工业园区"),
        ("工业园区", "苏州工业园区"),
        ("吴川区", ""),  # 吴江区 or 吴中区
        ("某开发区", ""),
        ("无锡市", ""),
        ("", ""),
        ("昆 山市", ""),  # that is its name
    ],
)
def test_a_unit_is_suggested_where_one_alone_is_near(typed: str, name: str) -> None:
    assert nearest(typed, UNITS) == name


def test_each_text_is_paired_with_a_name_of_its_own() -> None:
    assert paired(["处罚决定文号", "立案时间"], ["处罚决定书文号", "立案日期", "结案日期"]) == {
        "处罚决定文号": "处罚决定书文号",
        "立案时间": "立案日期",
    }
    assert paired(["决定书文号", "处罚决定文号"], ["处罚决定书文号"]) == {}, "nobody knows which of the two"


def test_b2_10_a_header_changed_a_little_is_one_question_as_severe_as_the_missing_column(tmp_path: Path) -> None:
    got = read(tmp_path, table(PenaltyCase, {"处罚决定书文号": "处罚决定文号", "公开网址": "公开网站"}, case()))
    assert [f.code for f in found(got, "C50", "S04", "S05", "S07", "C01")] == ["C50", "C50"]
    key, other = found(got, "C50")
    assert (key.severity, key.where.cell, key.shown) == ("阻断", "B1", "处罚决定文号")
    assert key.problem == "表头“处罚决定文号”是不是“处罚决定书文号”？没有按“处罚决定书文号”读取，得分需要它。"
    assert (other.severity, other.where.cell) == ("说明", "Q1")


def test_b2_10_what_follows_from_a_changed_header_is_not_told_beside_it(tmp_path: Path) -> None:
    sheets = table(PenaltyCase, {"处罚决定书文号": "处罚决定文号"}, case())
    sheets |= table(Candidate, {"姓名": "人员姓名"}, [1, "王小明"])
    sheets |= table(OfficerCase, {}, [1, "王小明", "吴环罚〔2017〕1号"])
    got = read(tmp_path, sheets)
    assert [f.code for f in found(got, "C50", "C41", "C42", "S05", "S07")] == ["C50", "C50"]
    assert got.result is not None and got.result.cases[0].blocked == "处罚决定书文号"
    exported = [SystemCase(decision_number="吴环罚〔2017〕1号", unit="吴中区")]
    assert reconcile(exported, {"吴中区": got.result}, {}, rules()) == []


def test_b2_10_a_header_whose_unit_was_changed_is_no_question(tmp_path: Path) -> None:
    got = read(tmp_path, table(PenaltyCase, {"罚款金额(万元)": "罚款金额(元)"}, case(**{"罚款金额(万元)": 25000})))
    assert [f.code for f in found(got, "C28", "C50", "S05", "S07")] == ["C28"]
    assert got.result is not None and got.result.cases[0].fine == Decimal("2.5")


def test_what_is_near_to_no_missing_column_is_told_as_before(tmp_path: Path) -> None:
    got = read(tmp_path, table(PenaltyCase, {"处罚决定书文号": "案号", "案由": "案号"}, case()))
    assert [f.code for f in found(got, "C50", "S04", "S05", "S07")] == ["S05", "S07", "S04"]


def test_an_item_changed_a_little_is_one_question(tmp_path: Path) -> None:
    rows = form(UnitInfo, {**INFO, "填报日期": date(2017, 10, 20)})
    rows = [["重点排污单位数量" if "重点监控企业数" in str(item) else item, value] for item, value in rows]
    (one,) = found(read(tmp_path, {UnitInfo.sheet: rows}), "C50", "S05", "S12")
    assert (one.code, one.severity, one.where.cell) == ("C50", "阻断", "B8")
    assert "“重点排污单位数量”是不是“重点排污单位数”？" in one.problem


def test_a1_a_mistyped_unit_is_asked_about_in_returns_and_input_tabs(tmp_path: Path) -> None:
    got = read(tmp_path, {}, info={"单位名称": "昆衫市", "填报日期": date(2017, 10, 20)}, stamp=None)
    roster = [RosterUnit(unit=u, tier="县级") for u in ("昆山市", "吴中区")]
    refused = collect([(got, datetime(2017, 10, 20))], roster, None).findings
    (unknown,) = [f for f in refused if f.code == "R20"]
    assert unknown.problem == "填报表的单位“昆衫市”不在单位名册中（是不是“昆山市”？），没有计入。"
    (missing,) = [f for f in refused if f.code == "R22" and f.where.unit == "昆山市"]
    assert "《回收/a.xlsx》的单位写的是“昆衫市”，没有计入" in missing.problem
    votes = "对象类型 | 单位 | 姓名 | 票数\n集体 | 吴中 | | 9\n集体 | 全无 | | 9"
    typed = read_master(a_master(tmp_path / "总表.xlsx", {"公众投票": votes}))
    assert [f.problem for f in typed.findings if f.code == "M06"] == [
        "“单位名册”中没有“吴中”（是不是“吴中区”？），本行没有使用。",
        "“单位名册”中没有“全无”，本行没有使用。",
    ]


def test_c2_c4_a_mistyped_candidate_is_asked_about_in_the_return_and_in_what_the_bureau_types(tmp_path: Path) -> None:
    sheets = table(Candidate, {}, [1, "王小明"]) | table(OfficerCase, {}, [1, "王晓明", "吴环罚〔2017〕1号"])
    got = read(tmp_path, sheets)
    assert only(got, "C41").problem == "“先进个人”表中没有“王晓明”（是不是“王小明”？）。"
    scene = Scene().unit("甲县", 先进个人=["姓名", "王小明", "李四"])
    scores = scene.tab("公众投票", "对象类型|单位|姓名|票数", "个人|甲县|王晓明|9", "个人|甲县|赵五|9").score()
    assert [f.problem for f in scores.findings if f.code == "P58"] == [
        "“公众投票”表中的王晓明不在先进个人候选人中（是不是“王小明”？），该行没有用到。",
        "“公众投票”表中的赵五不在先进个人候选人中，该行没有用到。",
    ]


def test_c1_c5_what_keeps_a_candidate_from_being_chosen_says_so(tmp_path: Path) -> None:
    row = dict.fromkeys((h.rstrip("*") for h in headers(Candidate)), "有") | {"序号": 1, "证件有效期至": "看不清"}
    got = read(tmp_path, table(Candidate, {}, list(({**row, "廉洁证明文件": None, "参评案卷文号": None}).values())))
    told = {f.words["header"]: f.problem for f in found(got, "C01", "C02") if f.severity == "阻断"}
    assert told == {
        "廉洁证明文件": "“廉洁证明文件”没有填写，这名候选人不能入选。",
        "证件有效期至": "“证件有效期至”看不出是哪一天，这名候选人不能入选。",
        "参评案卷文号": "“参评案卷文号”没有填写，得分需要它。",
    }
    short = [[h for h in headers(Candidate) if not h.startswith("廉洁")]]
    assert only(read(tmp_path, {Candidate.sheet: short}), "S05").problem == "缺少“廉洁证明文件”列，候选人都不能入选。"
