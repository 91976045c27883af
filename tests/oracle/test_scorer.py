"""The reference scorer against the hand-worked check values (rules E) and small examples worked on paper."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.oracle import scorer
from tests.oracle.scorer import Campaign, Row

F = Fraction
TABS = ("处罚系统数据", "案卷评审", "公众投票", "空气质量", "水质断面", "加减分", "事迹评审", "廉洁核查")


def blank(pack: str, roster: list[tuple[str, str]], **rules: Any) -> Campaign:
    c: Campaign = {"pack": pack, "规则": dict(rules), "returns": {}}
    c["单位名册"] = [{"单位": unit, "层级": level} for unit, level in roster]
    return c | {tab: [] for tab in TABS}


def case(number: str, when: date = date(2017, 3, 1), fine: Any = 1, **more: Any) -> Row:
    row: Row = {"处罚决定书文号": number, "罚款金额(万元)": fine, "决定日期": when, "处罚种类": "罚款"}
    return row | {"是否录入处罚系统": "是", "是否公开": "是", "决定书扫描件": "a.pdf"} | more


def counted(c: Campaign, unit: str) -> list[str]:
    return [scorer.case_number(j.row) for j in scorer.judge_cases(c, unit) if not j.reason]


@pytest.mark.parametrize(
    ("value", "points"),
    [(200, F(15, 2)), (300, F(15)), (301, F(15)), (100, F(0)), (99, F(0)), (150, F(15, 4)), (260, F(12))],
)
def test_e1_linear(value: int, points: Fraction) -> None:
    c = blank("jiangsu-2016", [("甲", "县级")])
    assert scorer.baseline_points(c, F(value), F(200), F(15)) == points


@pytest.mark.parametrize(
    ("reading", "value", "points"),
    [("超过1.5倍", 300, 0), ("超过1.5倍", 301, 15), ("超过0.5倍", 100, 0), ("超过0.5倍", 101, 15), ("线性", 260, 12)],
)
def test_e1_step(reading: str, value: int, points: int) -> None:
    c = blank("jiangsu-2017", [("甲", "县级")], L6=reading)
    assert scorer.baseline_points(c, F(value), F(200), F(15)) == points


def test_e1_baseline_from_the_ratio() -> None:
    totals = {"全省查处案件总数": F(4000), "全省重点监控企业总数": F(1200)}
    c = blank("jiangsu-2016", [("甲", "县级")], **totals)
    c["returns"]["甲"] = {"单位信息": {"重点监控企业数": F(60)}}
    detail = scorer.ranking(c)[0].detail
    assert (detail.ratio, detail.cases.baseline) == (F(1, 20), F(200))


@pytest.mark.parametrize(
    ("reading", "points"),
    [
        ("按比例", [F(20), F("9.98"), F(0)]),
        ("整数向下", [F(20), F("10.1"), F(0)]),
        ("整数向上", [F(20), F("9.8"), F(0)]),
    ],
)
def test_e2_votes(reading: str, points: list[Fraction]) -> None:
    c = blank("jiangsu-2016", [("甲", "县级"), ("乙", "县级"), ("丙", "县级"), ("市", "市级")], L11=reading)
    for unit, votes in (("甲", 1000), ("乙", 666), ("丙", 0), ("市", 5000)):
        c["公众投票"].append({"对象类型": "集体", "单位": unit, "姓名": None, "票数": F(votes)})
    assert [scorer.satisfaction_points(c, unit) for unit in ("甲", "乙", "丙")] == points
    c["规则"]["L12"] = "全部单位"
    assert scorer.satisfaction_points(c, "甲") == 0 and scorer.satisfaction_points(c, "市") == 20


def files_of_e3() -> Campaign:
    c = blank("jiangsu-2016", [("甲", "县级")])
    kinds = ["行政处罚", "行政处罚", "行政处罚", "按日计罚", "移送行政拘留", "移送涉嫌环境污染犯罪"]
    marks = [(90, 80), (85, 85), (70, 60), (88, 92), (60, 70), (95, 85)]
    rows = []
    for n, (kind, (expert, cross)) in enumerate(zip(kinds, marks, strict=True), 1):
        row: Row = {"序号": F(n), "案卷类别": kind, "文书文号": f"文{n}", "文书日期": date(2016, 10, n)}
        rows.append(row | {"移动执法平台": "是"})
        for review, points in (("专家", expert), ("交叉", cross)):
            c["案卷评审"].append(
                {"单位": "甲", "文书文号": f"文{n}", "评审类型": review, "得分": F(points), "是否造假": "否"}
            )
    c["returns"]["甲"] = {"参评案卷": rows}
    return c


def test_e3_files() -> None:
    c = files_of_e3()
    assert scorer.quality_points(c, "甲", [])[1] == F(170 + 170 + 130 + 180 + 130 + 180) / 7 / 200 * 40
    c["规则"]["L3"] = "按实际份数"
    assert scorer.quality_points(c, "甲", [])[1] == 32
    c["规则"]["L2"] = "平均"
    assert scorer.quality_points(c, "甲", [])[1] == 32


def test_ineligible_file_l1() -> None:
    c = files_of_e3()
    c["returns"]["甲"]["参评案卷"][5]["移动执法平台"] = "否"
    rest = F(170 + 170 + 130 + 180 + 130)
    assert scorer.quality_points(c, "甲", [])[1] == rest / 7 / 200 * 40
    c["规则"]["L1"] = "不计入平均"
    assert scorer.quality_points(c, "甲", [])[1] == rest / 6 / 200 * 40
    c["规则"]["L3"] = "按实际份数"
    assert scorer.quality_points(c, "甲", [])[1] == rest / 5 / 200 * 40


def test_forged_county_file_zeroes_its_city_and_a_correction_only_the_unit() -> None:
    c = files_of_e3()
    c["单位名册"].append({"单位": "市", "层级": "市级"})
    assert scorer.quality_points(c, "市", ["甲"])[1] == F(960) / 15 / 200 * 40
    c["returns"]["甲"]["行政复议"] = [{"复议结果": "撤销", "复议决定日期": date(2016, 11, 30)}]
    assert scorer.quality_points(c, "甲", [])[1] == 0 and scorer.quality_points(c, "市", ["甲"])[1] > 0
    c["returns"]["甲"]["行政复议"][0]["复议决定日期"] = date(2016, 12, 1)
    assert scorer.quality_points(c, "甲", [])[1] > 0
    c["案卷评审"][0]["是否造假"] = "是"
    assert scorer.quality_points(c, "甲", [])[1] == scorer.quality_points(c, "市", ["甲"])[1] == 0


def test_e4_person_cases() -> None:
    c = blank("jiangsu-2016", [("甲", "县级")])
    points = [scorer.relative_points(c, F(n), F(48), F(30), F(1, 5)) for n in (48, 36, 47)]
    assert points == [30, 25, F(30) - F(100, 48) / 5]


def test_e5_ties() -> None:
    total = F("83.125")
    assert scorer.competition_rank([(total, 4), (total, 2)]) == [1, 2]
    assert scorer.competition_rank([(total, 4), (total, 4), (F(80), 9)]) == [1, 1, 3]
    assert scorer.across_the_line([(total, 4), (total, 4), (F(80), 9)], 1) == ["并列待定", "并列待定", "未入选"]
    assert scorer.across_the_line([(total, 4), (total, 4), (F(80), 9)], 2) == ["入选", "入选", "未入选"]


def test_cases_that_do_not_count() -> None:
    c = blank("jiangsu-2017", [("甲", "县级"), ("乙", "县级")])
    rows = [
        case("1"),
        case("2", date(2016, 12, 31)),
        case("3", date(2017, 10, 31)),
        case("4", 是否录入处罚系统="否"),
        case("5", 是否公开="否"),
        case("6", fine="若干"),
        case("1"),
        case("共"),
    ]
    c["returns"] = {
        "甲": {"处罚案件": [*rows, {**case("7"), "决定日期": "三月上旬"}]},
        "乙": {"处罚案件": [case("共")]},
    }
    assert counted(c, "甲") == ["1", "3"] and counted(c, "乙") == []
    c["规则"]["L8"] = "指标零分"
    assert counted(c, "甲") == ["1", "3", "5"]
    c["处罚系统数据"] = [{"处罚决定书文号": "3"}]
    assert counted(c, "甲") == ["3"]


def test_late_cases_l9_l10() -> None:
    c = blank("jiangsu-2017", [("甲", "县级")], L10="不计入")
    start = date(2017, 9, 29)
    rows = [case(str(n), start, 系统录入日期=start.replace(month=10, day=n)) for n in (6, 7, 16, 18)]
    c["returns"]["甲"] = {"处罚案件": rows}
    assert counted(c, "甲") == ["6"]
    c["规则"]["L9"] = "工作日"  # 1–8 October are holidays, 30 September a shifted working day
    assert counted(c, "甲") == ["6", "7", "16"]
    rows[3]["系统录入日期"] = date(2017, 10, 17)
    assert counted(c, "甲") == ["6", "7", "16"]


def test_daily_fines_l7_and_the_city_roll_up() -> None:
    c = blank("jiangsu-2017", [("市", "市级"), ("甲", "县级")])
    daily: Row = {"重大案件类型": "按日连续处罚", "文书日期": date(2017, 5, 1), "是否录入处罚系统": "是"}
    majors = [{**daily, "文书文号": "1", "金额(万元)": F(8)}, {**daily, "文书文号": "日2", "金额(万元)": F(3)}]
    c["returns"]["甲"] = {"单位信息": {"重点排污单位数": F(3)}, "处罚案件": [case("1")], "重大案件": majors}
    c["returns"]["市"] = {"单位信息": {"重点排污单位数": F(1)}, "处罚案件": [case("2", fine=F(1, 2))]}
    scores = {s.unit: s.detail for s in scorer.ranking(c)}
    assert (scores["甲"].fines.value, scores["甲"].majors.value, scores["甲"].ratio) == (F(4), F(2), F(3, 4))
    assert (scores["市"].fines.value, scores["市"].cases.value, scores["市"].ratio) == (F(9, 2), F(2), F(1))
    assert scores["甲"].fines.baseline == F(9, 2) * F(3, 4)
    c["规则"]["L7"] = "不计入"
    assert scorer.own_figures(c, "甲").fines == 1
    c["规则"]["L4"] = "不计算"
    assert all(s.cases == 0 for s in scorer.ranking(c))


def test_vetoes() -> None:
    c = blank("jiangsu-2016", [("市", "市级"), ("甲", "县级")])
    c["空气质量"] = [
        {"单位": "市", "点位": "一", "指标": "PM10", "上年均值": F(80), "本年均值": F(85)},
        {"单位": "市", "点位": "二", "指标": "PM10", "上年均值": F(80), "本年均值": F(75)},
    ]
    assert scorer.air_veto(c, "市") == ""
    c["空气质量"][1]["本年均值"] = F("75.1")
    assert "PM10" in scorer.air_veto(c, "市") and scorer.air_veto(c, "甲") == ""
    water: Row = {"单位": "甲", "断面名称": "演示断面", "上年类别": "Ⅴ", "本年类别": "劣Ⅴ", "数据是否齐备": "否"}
    c["水质断面"] = [water]
    assert scorer.water_veto(c, "甲") == ""
    water["数据是否齐备"] = "是"
    assert scorer.water_veto(c, "甲") and scorer.water_veto(c, "市")


def test_adjustments_are_held_inside_their_caps() -> None:
    c = blank("jiangsu-2017", [("甲", "县级")])
    for indicator, points in (("强化督查", 4), ("强化督查", 3), ("达标排放", -9), ("其他", 2)):
        c["加减分"].append({"单位": "甲", "指标": indicator, "分值": F(points)})
    assert scorer.adjustment_points(c, "甲") == 5 - 5 + 2
    c["pack"] = "jiangsu-2016"
    assert scorer.adjustment_points(c, "甲") == 0


def test_person_conditions_and_evidence() -> None:
    c = blank("jiangsu-2017", [("甲", "县级")])
    person: Row = {"姓名": "甲某某", "证件有效期至": date(2017, 11, 1), "廉洁证明文件": "a.pdf", "参评案卷文号": "1"}
    done = [{"姓名": "甲某某", "处罚决定书文号": n, "证明材料": "b.pdf"} for n in ("1", "1", "2", "3", "9")]
    cases = [case("1"), case("2", 是否公开="否"), case("3", 决定书扫描件=None), case("4")]
    done.append({"姓名": "甲某某", "处罚决定书文号": "4", "证明材料": ""})
    c["returns"]["甲"] = {"处罚案件": cases, "先进个人": [person], "个人办案": done}
    c["案卷评审"] = [{"单位": "甲", "文书文号": "1", "评审类型": "专家", "得分": F(80)}]
    judged = scorer.persons(c)[0]
    assert (judged.case_count, judged.cases, judged.file, judged.veto) == (2, F(30), F(8), "")
    c["廉洁核查"] = [{"单位": "甲", "姓名": "甲某某", "查证结果": "核查中"}]
    assert scorer.person_veto(c, "甲", person) == ""
    c["廉洁核查"][0]["查证结果"] = "属实"
    assert "C5" in scorer.person_veto(c, "甲", person)
    c["廉洁核查"] = []
    assert "C1" in scorer.person_veto(c, "甲", person | {"证件有效期至": date(2017, 10, 31)})
    assert scorer.person_shortlist(c, scorer.persons(c))[0].status == "入选"


def test_shortlist_passes_over_the_vetoed_and_needs_an_application() -> None:
    c = blank("jiangsu-2016", [("甲", "县级"), ("乙", "县级"), ("丙", "县级")], 县级先进集体名额=1)
    for unit, votes, applies in (("甲", 90, "是"), ("乙", 80, "是"), ("丙", 100, "否")):
        c["公众投票"].append({"对象类型": "集体", "单位": unit, "票数": F(votes)})
        c["returns"][unit] = {"先进集体": {"是否申报": applies}}
    c["水质断面"] = [{"单位": "甲", "断面名称": "演示断面", "上年类别": "Ⅱ", "本年类别": "Ⅲ", "数据是否齐备": "是"}]
    ranked = scorer.ranking(c)
    assert [(s.unit, s.rank) for s in ranked] == [("丙", 1), ("甲", 2), ("乙", 3)]
    assert [(row.unit, row.status) for row in scorer.shortlist(c, ranked)] == [("甲", "否决"), ("乙", "入选")]
    c["单位名册"] += [{"单位": "市一", "层级": "市级"}, {"单位": "市二", "层级": "市级"}]
    assert scorer.shortlist(c, scorer.ranking(c)) == []


def test_more_files_than_asked_the_first_by_number_count() -> None:
    c = files_of_e3()
    rows = c["returns"]["甲"]["参评案卷"]
    rows.append(rows[0] | {"序号": F(0), "文书文号": "文零"})
    rows.append(rows[3] | {"序号": F(9), "文书文号": "文九"})
    rows.append(rows[3] | {"序号": F(10), "文书文号": "稽", "案卷类别": "环境监察稽查"})
    assert [place.number for place in scorer.file_places(c, "甲")] == ["文零", "文1", "文2", "文4", "文5", "文6"]
    c["单位名册"][0]["层级"] = "市级"
    assert scorer.file_places(c, "甲")[-1].number == "稽"


def test_city_files_of_two_recommended_or_the_two_best() -> None:
    c = blank("jiangsu-2016", [("市", "市级"), ("甲", "县级"), ("乙", "县级"), ("丙", "县级")])
    for unit, votes in (("甲", 10), ("乙", 30), ("丙", 20)):
        c["公众投票"].append({"对象类型": "集体", "单位": unit, "票数": F(votes)})
    counties = [s for s in scorer.ranking(c) if s.tier == "县级"]
    assert scorer.helpers_of(c, "市", counties) == ["乙", "丙"]
    c["单位名册"][1]["是否推荐"] = "是"
    assert scorer.helpers_of(c, "市", counties) == ["甲"]


def test_list_not_published_and_unpublished_decisions_zero_the_indicator() -> None:
    c = blank("jiangsu-2017", [("市", "市级"), ("甲", "县级"), ("乙", "县级")], 全省查处案件总数=F(1))
    for n, unit in enumerate(("市", "甲", "乙")):
        rows = [case(f"{n}{m}") for m in range(3)]
        c["returns"][unit] = {"单位信息": {"重点排污单位数": F(1), "名录是否公布": "是"}, "处罚案件": rows}
    assert [s.detail.cases.points for s in scorer.ranking(c)] == [15, 15, 15]
    c["returns"]["甲"]["单位信息"]["名录是否公布"] = "否"
    assert {s.unit: s.cases for s in scorer.ranking(c)} == {"甲": 0, "乙": 15, "市": 15}
    c["returns"]["甲"]["单位信息"]["名录是否公布"] = "是"
    c["returns"]["甲"]["处罚案件"].append(case("x", 是否公开="否"))
    assert {s.unit: s.detail.cases.value for s in scorer.ranking(c)} == {"甲": 3, "乙": 3, "市": 9}
    c["规则"]["L8"] = "指标零分"
    assert {s.unit: s.cases for s in scorer.ranking(c)} == {"甲": 0, "乙": 15, "市": 0}


def test_claim_by_city_and_county_counts_for_neither() -> None:
    c = blank("jiangsu-2016", [("市", "市级"), ("甲", "县级")])
    when = date(2016, 9, 1)
    c["returns"] = {"市": {"处罚案件": [case("1", when), case("2", when)]}, "甲": {"处罚案件": [case("1", when)]}}
    assert scorer.case_points(c, "市", {u: scorer.own_figures(c, u) for u in ("市", "甲")}).cases.value == 1


def test_articles() -> None:
    c = blank("jiangsu-2017", [("甲", "县级")])
    row: Row = {"日期": date(2017, 6, 1), "类别": "文章", "标题": "一", "媒体": "中国环境报", "是否大练兵专栏": "是"}
    others: list[Row] = [
        {"媒体": "省厅网站"},
        {"标题": " 一 "},
        {"媒体": "市局网站"},
        {"标题": "二", "日期": date(2017, 5, 31)},
    ]
    others += [{"标题": "三", "类别": "简报"}, {"标题": "四", "是否大练兵专栏": "否"}, {"标题": "五", "日期": "待定"}]
    c["returns"]["甲"] = {"宣传报道": [row, *(row | other for other in others)]}
    assert scorer.articles(c, "甲") == 2


def test_provincial_quotas_and_typed_ones() -> None:
    c = blank("jiangsu-2016", [("市", "市级"), ("甲", "县级")])
    assert scorer.quotas(c) == (1, 3, 20)
    c["单位名册"].append({"单位": "市二", "层级": "市级"})
    assert scorer.quotas(c) == (5, 10, 20)
    c["规则"]["县级先进集体名额"] = 2
    assert scorer.quotas(c) == (5, 2, 20)
    c["单位名册"][1]["所属市"] = "市二"
    assert (scorer.territory(c, "市"), scorer.territory(c, "市二")) == (["市"], ["市二", "甲"])
