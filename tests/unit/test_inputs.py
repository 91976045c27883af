"""What the bureau types into the master: 规则 in force, usable rows, the digest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cells import rule_at
from tests.tables import ROSTER, a_master, only, rules_rows, table, write
from xl_lianbing.errors import MasterUnreadable
from xl_lianbing.glossary import AdjustmentKind, Severity, Tier, WaterClass
from xl_lianbing.intake.master.inputs import MasterInputs, read_master
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.rules.pack import load_pack

B, W, N = Severity.BLOCKING, Severity.WARNING, Severity.NOTE
PROVINCE = """
单位 | 层级 | 行政区划代码 | 所属市 | 是否推荐 | 联络员 | 邮箱
苏州市 | 市级 | | 苏州市
吴中区 | 县级 | | 苏州市 | 是
无锡市 | 市级 | | 无锡市
"""
REVIEWS = "单位* | 文书文号* | 评审类型* | 评审人* | 得分* | 是否造假 | 说明\n"


def master(tmp_path: Path, tables: dict[str, Any] | None = None, **more: object) -> MasterInputs:
    return read_master(a_master(tmp_path / "总表.xlsx", tables, **more))  # type: ignore[arg-type]


def told(found: MasterInputs) -> list[tuple[str, Severity, str, str]]:
    return sorted((f.code, f.severity, f.where.sheet, f.where.cell) for f in found.findings)


def row_of(item: str, pack: str = "jiangsu-2017") -> int:
    return next(n for n, row in enumerate(rules_rows(load_pack(pack)), 1) if item in (row[0], row[2]))


def test_a_fresh_master_has_the_packs_rules_and_no_findings(tmp_path: Path) -> None:
    for pack in ("jiangsu-2016", "jiangsu-2017"):
        found = master(tmp_path, pack=pack)
        assert found.findings == ()
        assert found.pack.id == pack
        assert all(found.rules.given(v.key) == v.value for v in found.pack.values)
        assert all(found.rules.chosen(s.code) == s.readings[0] for s in found.pack.switches)
        assert [(u.unit, u.tier, u.division_code) for u in found.inputs.roster][:2] == [
            ("苏州市", Tier.CITY, "320500"),
            ("吴中区", Tier.COUNTY, "320506"),
        ]
        assert len(found.tabs["单位名册"].lines) == 3


def test_typed_values_are_in_force(tmp_path: Path) -> None:
    values = {
        "全省查处案件总数": "４,０００",
        "全省罚款总金额(万元)": 12345.678,
        "处罚决定截止日期": "2017年9月30日",
        "案卷质量满分": " 35 ",
        "专家评审权重": 0.6,
        "L6": " 线性 ",
        "L11": "整数向上",
    }
    found = master(tmp_path, values=values)
    assert found.findings == ()
    assert found.rules.optional("total.cases") == 4000
    assert found.rules.optional("total.fines") == Decimal("12345.678")
    assert found.rules.optional("total.major") is None
    assert found.rules.day("window.decisions.end") == date(2017, 9, 30)
    assert found.rules.number("full.case_files") == 35
    assert found.rules.number("review.expert_weight") == Decimal("0.6")
    assert (found.rules.chosen("L6"), found.rules.chosen("L11")) == ("线性", "整数向上")


@pytest.mark.parametrize(
    ("item", "typed"),
    [
        ("案卷质量满分", "四十"),
        ("案卷质量满分", -1),
        ("处罚决定截止日期", "十月底"),
        ("全省查处案件总数", "未公布"),
        ("L5", "别的"),
    ],
)
def test_an_invalid_value_is_blocking_and_the_packs_stays(tmp_path: Path, item: str, typed: object) -> None:
    found = master(tmp_path, values={item: typed})
    assert told(found) == [("M01", B, "规则", rule_at(row_of(item)))]
    assert all(found.rules.given(v.key) == v.value for v in found.pack.values)
    assert all(found.rules.chosen(s.code) == s.readings[0] for s in found.pack.switches)


def test_blank_values_are_the_packs_and_blank_totals_unknown(tmp_path: Path) -> None:
    found = master(tmp_path, values={"案卷质量满分": None, "L5": None, "全省重大案件总数": "/"})
    assert found.findings == ()
    assert found.rules.number("full.case_files") == found.pack.by_key["full.case_files"].value
    assert found.rules.optional("total.major") is None


def test_a_window_turned_round_is_blocking(tmp_path: Path) -> None:
    found = master(tmp_path, values={"处罚决定截止日期": date(2016, 1, 1)})
    assert told(found) == [("M05", B, "规则", rule_at(row_of("处罚决定截止日期")))]
    assert found.rules.day("window.decisions.end") == date(2017, 10, 31)


def test_rows_of_the_rules_deleted_moved_doubled_or_added(tmp_path: Path) -> None:
    pack = load_pack("jiangsu-2017")
    rows = [list(row) for row in rules_rows(pack)]
    header, body = rows[0], [row for row in rows[1:] if row[2] != "案卷质量满分" and row[0] != "L5"]
    body.reverse()
    body += [[None, None, "案件数量满分", 99], [None, None, "我的项目", 5], [None, "说明", "随便写的"]]
    turned = [[row[3] if len(row) > 3 else None, *row[:3]] for row in [header, *body]]
    found = master(tmp_path, {"规则": turned})
    assert [(f.code, f.severity) for f in found.findings if f.code == "M02"] == [("M02", W)] * 2
    assert {f.code for f in found.findings} == {"M02", "M03", "M04"}
    assert only(found, "M03").where.cell == f"A{len(turned) - 1}"
    assert found.rules.number("full.cases") == pack.by_key["full.cases"].value
    assert found.rules.number("full.case_files") == 40


def test_many_lost_rows_of_the_rules_are_one_finding(tmp_path: Path) -> None:
    pack = load_pack("jiangsu-2017")
    found = master(tmp_path, {"规则": rules_rows(pack)[:3]})
    lost = len(pack.values) + len(pack.switches) - 2
    assert [f.code for f in found.findings] == ["M02"]
    assert f"共{lost}处" in only(found, "M02").problem
    assert all(found.rules.given(v.key) == v.value for v in pack.values)


def test_quotas_of_the_province_with_several_cities(tmp_path: Path) -> None:
    """A4: what the bureau typed wins; what nobody touched is the province's."""
    pack = load_pack("jiangsu-2017")
    province, city = pack.by_key["quota.county"].province, pack.by_key["quota.county"].value
    tabs = {"单位名册": PROVINCE}
    for stamped in (True, False):
        assert master(tmp_path, tabs, stamped=stamped).rules.number("quota.county") == province
        assert master(tmp_path, stamped=stamped).rules.number("quota.county") == city
        typed = master(tmp_path, tabs, values={"县级先进集体名额": 7}, stamped=stamped)
        assert typed.rules.number("quota.county") == 7
        assert typed.rules.number("quota.city") == pack.by_key["quota.city"].province


def test_the_stamp_is_guessed_from_the_rules_where_it_was_lost(tmp_path: Path) -> None:
    for pack in ("jiangsu-2016", "jiangsu-2017"):
        found = master(tmp_path, pack=pack, stamp=False)
        assert (found.pack.id, [f.code for f in found.findings]) == (pack, ["M11"])


def test_unusable_rows_are_blocking_and_left_out(tmp_path: Path) -> None:
    text = REVIEWS + (
        "吴中区 | 吴环罚〔2017〕1号 | 专家 | 演示评委 | 90\n"
        "吴中区 | 吴环罚〔2017〕1号 | 交叉 | 演示评委 | 101\n"
        "吴中区 | | 专家 | 演示评委 | 5\n"
        "吴中区 | 吴环罚〔2017〕2号 | 交叉 | | '85.5"
    )
    found = master(tmp_path, {"案卷评审": text})
    assert told(found) == sorted(
        [
            ("C05", B, "案卷评审", "E3"),
            ("C01", B, "案卷评审", "B4"),
            ("C01", W, "案卷评审", "D5"),
            ("N02", N, "案卷评审", "E5"),
        ]
    )
    assert [(r.document_number, r.points) for r in found.inputs.reviews] == [
        ("吴环罚〔2017〕1号", 90),
        ("吴环罚〔2017〕2号", Decimal("85.5")),
    ]
    assert [line.blocked for line in found.tabs["案卷评审"].lines] == ["", "得分", "文书文号", ""]
    assert found.findings[0].where.file == "总表.xlsx"


def test_a_forged_file_is_forged_whatever_its_points(tmp_path: Path) -> None:
    """B1.5."""
    text = REVIEWS + (
        "吴中区 | 吴环罚[2017]1号 | 专家 | 演示 | 看不清 | 是\n吴中区 | 吴环罚〔2017〕2号 | 专家 | 演示 | 80 | 否"
    )
    found = master(tmp_path, {"案卷评审": text})
    assert found.inputs.forged == {(name_key("吴中区"), document_key("吴环罚〔2017〕1号"))}
    assert [r.document_number for r in found.inputs.reviews] == ["吴环罚〔2017〕2号"]


def test_units_are_spelled_as_in_the_roster_and_unknown_ones_left_out(tmp_path: Path) -> None:
    """A1."""
    text = (
        "对象类型 | 单位 | 姓名 | 票数\n"
        "集体 | 吴 中区 | | 100\n"
        "集体 | 火星市 | | 900\n"
        "个人 | 昆山市 | | 5\n"
        "个人 | 昆山市 | 甲某某 | 6"
    )
    found = master(tmp_path, {"公众投票": text})
    assert [(v.unit, v.name, v.votes) for v in found.inputs.votes] == [("吴中区", None, 100), ("昆山市", "甲某某", 6)]
    assert told(found) == sorted([("M06", W, "公众投票", "B3"), ("M08", B, "公众投票", "C4")])


def test_a_unit_twice_in_the_roster_counts_once(tmp_path: Path) -> None:
    found = master(tmp_path, {"单位名册": ROSTER + "吴中 区 | 县级\n无层级市 |"})
    assert [u.unit for u in found.inputs.roster] == ["苏州市", "吴中区", "昆山市"]
    assert told(found) == sorted([("M09", W, "单位名册", "A5"), ("C01", B, "单位名册", "B6")])


def test_an_empty_roster_is_blocking(tmp_path: Path) -> None:
    assert told(master(tmp_path, {"单位名册": "单位 | 层级 | 行政区划代码 | 所属市 | 是否推荐 | 联络员 | 邮箱"})) == [
        ("M12", B, "单位名册", "A1")
    ]


def test_b2_6_the_export_names_bureaus(tmp_path: Path) -> None:
    text = (
        "处罚决定书文号* | 罚款金额(万元) | 决定日期 | 录入日期 | 单位\n"
        "吴环罚〔2017〕1号 | 2 | | | 苏州市吴中区环境保护局\n"
        "昆环罚〔2017〕1号 | 2 | | | 昆山市生态环境局\n"
        "锡环罚〔2017〕1号 | 2 | | | 无锡市环境保护局\n"
        "锡环罚〔2017〕2号 | 2 | | | 无锡市环境保护局\n"
    )
    found = master(tmp_path, {"处罚系统数据": text})
    assert [case.unit for case in found.inputs.system_cases] == ["吴中区", "昆山市", *["无锡市环境保护局"] * 2]
    assert told(found) == [("X05", W, "处罚系统数据", "E4:E5")]
    assert "有2行（无锡市环境保护局）" in only(found, "X05").problem


def test_b2_10_numbers_of_the_input_tabs_have_their_form(tmp_path: Path) -> None:
    exported = "待定 | 2\n吴环罚〔2017〕1号、2号 | 3\n某公司2017 | 4\n吴环罚〔2016〕3号 | 5"
    reviews = REVIEWS + "吴中区 | 见附件 | 专家 | 演示评委 | 90"
    found = master(tmp_path, {"处罚系统数据": f"处罚决定书文号* | 罚款金额(万元)\n{exported}", "案卷评审": reviews})
    assert [f for f in told(found) if f[0] != "S04"] == [
        ("C10", B, "处罚系统数据", "A2"),
        ("C10", B, "案卷评审", "B2"),
        ("C11", W, "处罚系统数据", "A4"),
        ("C12", W, "处罚系统数据", "A3"),
    ]
    assert len(found.inputs.system_cases) == 3 and not found.inputs.reviews


def test_all_tabs_are_read(tmp_path: Path) -> None:
    tabs = {
        "处罚系统数据": "处罚决定书文号* | 罚款金额(万元) | 决定日期 | 录入日期 | 单位\n"
        "甲1号 | 2 | 2017-03-01 | 2017-03-02 | 别的单位\n"
        "甲 1号 | 2",
        "空气质量": "单位 | 点位 | 指标 | 上年均值 | 本年均值\n苏州市 | 甲 | PM2.5 | 46 | 43.5",
        "水质断面": "单位 | 断面名称 | 上年类别 | 本年类别 | 数据是否齐备\n昆山市 | 乙 | III | 劣V类",
        "加减分": "单位 | 指标 | 分值 | 事由 | 依据文号\n昆山市 | 达标排放 | -2.5 | 演示 | 文",
        "事迹评审": "单位 | 姓名 | 评审人 | 综合素质 | 工作能力 | 工作态度 | 工作成效\n"
        "昆山市 | 甲 | 乙 | 20 | 21 | 22 | 25",
        "廉洁核查": "单位 | 姓名 | 线索 | 查证结果\n昆山市 | 甲 | 演示 | 属实",
        "任务分解": "编号 | 时间节点 | 截止日期 | 任务 | 责任部门 | 完成情况 | 完成日期\n"
        "1 | 6月 | 2017-06-05 | 演示 | 演示 | 进行中",
    }
    found = master(tmp_path, tabs)
    given = found.inputs
    assert [case.decision_number for case in given.system_cases] == ["甲1号"]
    assert [(p.last_year, p.this_year) for p in given.air] == [(Decimal(46), Decimal("43.5"))]
    assert [(s.last_year, s.this_year) for s in given.water] == [(WaterClass.III, WaterClass.WORSE_THAN_V)]
    assert [(a.kind, a.points) for a in given.adjustments] == [(AdjustmentKind.COMPLIANCE, Decimal("-2.5"))]
    assert [d.results for d in given.deeds] == [Decimal(25)]
    assert len(given.integrity) == 1
    assert [(t.code, t.due) for t in found.tasks] == [("1", date(2017, 6, 5))]
    assert {(f.code, f.severity) for f in found.findings} == {("M10", N), ("N03", N), ("X05", W)}


def test_the_digest_depends_on_values_alone(tmp_path: Path) -> None:
    text = REVIEWS + "吴中区 | 吴环罚〔2017〕1号 | 专家 | 演示评委 | 90 | 否 | 无"
    path = a_master(tmp_path / "总表.xlsx", {"案卷评审": text})
    before = read_master(path)
    book = openpyxl.load_workbook(path)
    book["案卷评审"].insert_rows(1, 2)
    book["案卷评审"]["E4"].number_format = "0.00"
    book["首页"]["A9"] = "别的内容"
    book.save(path)
    assert read_master(path).digest == before.digest
    assert read_master(path).inputs == before.inputs
    book["案卷评审"]["E4"] = 91
    book.save(path)
    assert read_master(path).digest != before.digest
    assert master(tmp_path, {"案卷评审": text}, values={"L5": "阶梯"}).digest != before.digest


def test_what_is_no_master_is_said(tmp_path: Path) -> None:
    with pytest.raises(MasterUnreadable, match="打不开"):
        read_master(tmp_path / "没有.xlsm")
    (tmp_path / "a.xlsm").write_bytes(b"%PDF-1.4")
    with pytest.raises(MasterUnreadable, match="PDF"):
        read_master(tmp_path / "a.xlsm")
    with pytest.raises(MasterUnreadable, match="不是总表"):
        read_master(write(tmp_path / "b.xlsx", {"Sheet1": "甲 | 乙"}))
    with pytest.raises(MasterUnreadable, match="缺少“公众投票”表"):
        master(tmp_path, without=["公众投票"])
    with pytest.raises(MasterUnreadable, match="“公众投票”表缺少“票数”列"):
        master(tmp_path, {"公众投票": "对象类型 | 单位 | 姓名"})
    with pytest.raises(MasterUnreadable, match="“公众投票”表找不到表头"):
        master(tmp_path, {"公众投票": "甲 | 乙"})
    with pytest.raises(MasterUnreadable, match="“规则”表缺少“取值”列"):
        master(tmp_path, {"规则": [row[:3] for row in rules_rows(load_pack("jiangsu-2017"))]})


def test_an_optional_column_may_be_missing(tmp_path: Path) -> None:
    text = table(REVIEWS)[0][:6]
    assert told(master(tmp_path, {"案卷评审": [text]})) == [("S04", N, "案卷评审", "A1")]
