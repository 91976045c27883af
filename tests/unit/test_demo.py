"""The demonstration campaign: believable, complete, the same every time, with exactly the mistakes it claims."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import permutations
from unicodedata import normalize

import pytest
from stdnum.cn import uscc

from xl_lianbing.demo.campaign import FEWEST_CASES, DemoCampaign, clean_return, demo_campaign
from xl_lianbing.demo.made_up.contacts import ROSTER
from xl_lianbing.demo.mistakes import PLANTED
from xl_lianbing.demo.profiles import LEADERS, TWINS
from xl_lianbing.glossary import TIE_BREAK_MEDIA, Tier, WaterClass
from xl_lianbing.records.column import CellType
from xl_lianbing.records.inputs import INPUT_TABS, LATER_TABS, RosterUnit, Task
from xl_lianbing.records.returns import RETURN_SHEETS
from xl_lianbing.roster import SUZHOU
from xl_lianbing.rules.pack import RulePack, load_pack
from xl_lianbing.rules.ruleset import Ruleset

PACKS = ("jiangsu-2016", "jiangsu-2017")
COUNTIES = [str(unit.unit) for unit in SUZHOU if unit.tier == Tier.COUNTY]


@cache
def demo(pack_id: str, cases: int = 200) -> DemoCampaign:
    return demo_campaign(load_pack(pack_id), SUZHOU, cases=cases)


def numbers(campaign: DemoCampaign, unit: str, sheet: str = "处罚案件", header: str = "处罚决定书文号") -> list[object]:
    return [row[header] for row in campaign.returns[unit][sheet]]


def counted(campaign: DemoCampaign, unit: str, pack: RulePack) -> list[dict[str, object]]:
    """The cases that count, by a reading of B2.6, B2.7 and B2.10 written for this test alone."""
    window = Ruleset(pack).window("decisions")
    exported = {row["处罚决定书文号"] for row in campaign.inputs["处罚系统数据"]}
    elsewhere = {n for other in campaign.returns if other != unit for n in numbers(campaign, other)}
    rows: dict[object, dict[str, object]] = {}
    for row in campaign.returns[unit]["处罚案件"]:
        decided = row["决定日期"]
        if isinstance(decided, str):
            parts = re.findall(r"\d+", decided)
            if len(parts) == 1:
                parts = [decided[:4], decided[4:6], decided[6:]]
            try:
                decided = date(*map(int, parts))
            except ValueError:
                continue
        number = row["处罚决定书文号"]
        published = row["是否公开"] == "是" or not pack.has("publication")
        assert isinstance(decided, date)
        filed = row["是否录入处罚系统"] == "是" and number in exported
        if decided in window and filed and published and number not in elsewhere:
            rows.setdefault(number, row)
    return list(rows.values())


def money(value: object) -> Fraction:
    return Fraction(Decimal(normalize("NFKC", str(value)))) if value is not None else Fraction(0)


def baseline_points(value: Fraction, baseline: Fraction, full: Fraction, pack: RulePack) -> Fraction:
    """B2.3 (2016: a line from half to one and a half) and B2.4 (2017: all or nothing above one and a half)."""
    ratio = value / baseline
    if pack.year == 2016:
        return full * min(max(ratio - Fraction(1, 2), Fraction(0)), Fraction(1))
    return full if ratio > Fraction(3, 2) else Fraction(0)


def total(campaign: DemoCampaign, unit: str, pack: RulePack) -> Fraction:
    """A county unit's total by the default readings."""
    rules = Ruleset(pack)
    values = {key: Fraction(value) for key, value in campaign.values.items()}

    def full(key: str) -> Fraction:
        return Fraction(rules.number(f"full.{key}"))

    sheets = campaign.returns[unit]
    enterprises = sheets["单位信息"][0][pack.header("重点监控企业数")]
    assert isinstance(enterprises, int)
    share = Fraction(enterprises) / values["total.key_enterprises"]
    cases = counted(campaign, unit, pack)
    fines = sum((money(row.get("罚款金额(万元)")) for row in cases), Fraction(0))
    fines += sum((money(row.get("金额(万元)")) for row in sheets["重大案件"]), Fraction(0))
    points = baseline_points(Fraction(len(cases)), values["total.cases"] * share, full("cases"), pack)
    points += baseline_points(fines, values["total.fines"] * share, full("fines"), pack)
    points += baseline_points(Fraction(len(sheets["重大案件"])), values["total.major"] * share, full("major"), pack)

    if not any(row["复议结果"] in ("撤销", "变更", "确认违法") for row in sheets["行政复议"]):
        summed = Fraction(0)
        for file in sheets["参评案卷"]:
            for kind in ("专家", "交叉"):
                found = [
                    money(row["得分"])
                    for row in campaign.inputs["案卷评审"]
                    if (row["单位"], row["文书文号"], row["评审类型"]) == (unit, file["文书文号"], kind)
                ]
                if found and file["移动执法平台"] == "是":
                    summed += sum(found, Fraction(0)) / len(found)
        points += summed / 7 / 200 * full("case_files")

    votes = {str(row["单位"]): money(row["票数"]) for row in campaign.inputs["公众投票"] if row["对象类型"] == "集体"}
    most = max(votes[county] for county in COUNTIES)
    below = (most - votes[unit]) / most * 100
    points += max(Fraction(0), full("satisfaction") - below * Fraction(rules.number("satisfaction.loss")))

    caps = {"强化督查": "supervision", "达标排放": "compliance", "太湖交叉检查": "taihu", "其他": "other"}
    for kind, key in caps.items():
        given = [money(r["分值"]) for r in campaign.inputs["加减分"] if (r["单位"], r["指标"]) == (unit, kind)]
        if given:
            low, high = (Fraction(rules.number(f"adjust.{key}.{end}")) for end in ("min", "max"))
            points += min(max(sum(given, Fraction(0)), low), high)
    return points


def articles(campaign: DemoCampaign, unit: str) -> int:
    return len(
        {
            (row["标题"], row["媒体"])
            for row in campaign.returns[unit]["宣传报道"]
            if row["类别"] == "文章" and row["媒体"] in set(TIE_BREAK_MEDIA) and row["是否大练兵专栏"] == "是"
        }
    )


def vetoed(campaign: DemoCampaign, unit: str) -> bool:
    return any(
        WaterClass(str(row["本年类别"])).rank > WaterClass(str(row["上年类别"])).rank and row["数据是否齐备"] == "是"
        for row in campaign.inputs["水质断面"]
        if row["单位"] == unit
    )


def test_roster_is_suzhou_with_division_codes_except_for_functional_zones() -> None:
    assert [(u.unit, u.division_code) for u in SUZHOU if u.tier == Tier.CITY] == [("苏州市", "320500")]
    assert len(COUNTIES) == 10
    assert [u.unit for u in SUZHOU if u.division_code is None] == ["苏州工业园区", "苏州高新区"]
    assert {u.city for u in SUZHOU} == {"苏州市"}
    assert {(u.liaison, u.email) for u in SUZHOU} == {(None, None)}, "nobody's address stands in a real campaign"


def test_only_the_demonstration_makes_up_contacts() -> None:
    assert [(u.unit, u.city, u.division_code) for u in ROSTER] == [(u.unit, u.city, u.division_code) for u in SUZHOU]
    assert all(str(u.liaison).startswith("演示") and str(u.email).endswith("@example.com") for u in ROSTER)


@pytest.mark.parametrize("pack_id", PACKS)
def test_same_seed_same_campaign_and_another_seed_another(pack_id: str) -> None:
    pack = load_pack(pack_id)
    again = demo_campaign(pack, SUZHOU)
    assert again == demo(pack_id)
    assert demo_campaign(pack, SUZHOU, seed=1).returns != again.returns


@pytest.mark.parametrize("pack_id", PACKS)
def test_every_sheet_is_filled_and_only_with_columns_of_the_year(pack_id: str) -> None:
    pack = load_pack(pack_id)
    campaign = demo(pack_id)
    assert list(campaign.returns) == [unit.unit for unit in SUZHOU]
    for sheets in campaign.returns.values():
        assert list(sheets) == [record.sheet for record in RETURN_SHEETS]
        for record in RETURN_SHEETS:
            known = {pack.header(column.header) for column in record.columns().values()}
            assert sheets[record.sheet], record.sheet
            assert {header for row in sheets[record.sheet] for header in row} <= known
    filled = {tab.sheet for tab in INPUT_TABS} - {RosterUnit.sheet, Task.sheet}
    assert set(campaign.inputs) | LATER_TABS == filled
    empty = {tab for tab, rows in campaign.inputs.items() if not rows}
    assert empty == (set() if pack.has("adjustments") else {"加减分", "公示数据"})


@pytest.mark.parametrize("pack_id", PACKS)
def test_choices_are_the_columns_own_and_values_are_native(pack_id: str) -> None:
    pack = load_pack(pack_id)
    campaign = demo(pack_id)
    tables = [(r, rows) for sheets in campaign.returns.values() for r in RETURN_SHEETS if (rows := sheets[r.sheet])]
    tables += [(tab, campaign.inputs[tab.sheet]) for tab in INPUT_TABS if tab.sheet in campaign.inputs]
    for record, rows in tables:
        for column in pack.columns(record).values():
            values = [row[pack.header(column.header)] for row in rows if pack.header(column.header) in row]
            if column.type is CellType.CHOICE:
                assert set(values) <= set(column.choices), column.header
            assert all(type(value) in (str, int, Decimal, date) for value in values), column.header
            if column.max_chars:
                assert all(200 <= len(str(value)) <= column.max_chars for value in values)


@pytest.mark.parametrize("pack_id", PACKS)
def test_about_the_asked_number_of_cases_a_unit(pack_id: str) -> None:
    counts = [len(sheets["处罚案件"]) for sheets in demo(pack_id).returns.values()]
    assert 180 <= sum(counts) / len(counts) <= 220
    assert len(set(counts)) > 6


@pytest.mark.parametrize("pack_id", PACKS)
def test_b1_1_files_are_exactly_those_asked_for(pack_id: str) -> None:
    county = {"行政处罚": 3, "按日计罚": 1, "移送行政拘留": 1, "移送涉嫌环境污染犯罪": 1, "申请法院强制执行": 1}
    for unit in SUZHOU:
        kinds = Counter(row["案卷类别"] for row in demo(pack_id).returns[str(unit.unit)]["参评案卷"])
        assert kinds == (county | {"环境监察稽查": 1} if unit.tier == Tier.CITY else county)


@pytest.mark.parametrize("pack_id", PACKS)
def test_b2_5_every_unit_has_the_five_kinds_of_major_cases(pack_id: str) -> None:
    for sheets in demo(pack_id).returns.values():
        assert len({row["重大案件类型"] for row in sheets["重大案件"]}) == 5


@pytest.mark.parametrize("pack_id", PACKS)
def test_a_clean_return_keeps_dates_in_order_and_inside_the_periods(pack_id: str) -> None:
    pack = load_pack(pack_id)
    rules = Ruleset(pack)
    sheets = clean_return(pack, SUZHOU[4], 5, cases=150)
    window = rules.window("decisions")
    assert len(sheets["处罚案件"]) == 150
    for row in sheets["处罚案件"]:
        chain = [row["立案日期"], row["决定日期"], row.get("结案日期"), row.get("结案录入日期")]
        days = [day for day in chain if isinstance(day, date)]
        assert days == sorted(days)
        decided, entered, published = row["决定日期"], row["系统录入日期"], row["公开日期"]
        assert isinstance(decided, date) and isinstance(entered, date) and isinstance(published, date)
        assert decided in window
        assert 0 <= (entered - decided).days <= 7
        assert decided <= published <= window.end
    for sheet, header, name in (
        ("重大案件", "文书日期", "major"),
        ("参评案卷", "文书日期", "files"),
        ("宣传报道", "日期", "activity"),
        ("学习培训", "日期", "activity"),
    ):
        assert all(row[header] in rules.window(name) for row in sheets[sheet])  # type: ignore[operator]
    assert [row["决定日期"] for row in sheets["处罚案件"]] == sorted(row["决定日期"] for row in sheets["处罚案件"])  # type: ignore[type-var]


@pytest.mark.parametrize("pack_id", PACKS)
def test_a_clean_return_has_right_credit_codes_and_unique_numbers(pack_id: str) -> None:
    pack = load_pack(pack_id)
    sheets = clean_return(pack, SUZHOU[3], 1234, cases=150)
    codes = {row["当事人名称"]: row["统一社会信用代码"] for row in sheets["处罚案件"] if "统一社会信用代码" in row}
    assert codes and all(uscc.is_valid(str(code)) for code in codes.values())
    assert len(set(codes.values())) == len(codes)
    found = [row["处罚决定书文号"] for row in sheets["处罚案件"]]
    assert len(set(found)) == 150
    assert found[0] == f"太环罚〔{pack.year}〕{1 if pack.year == 2017 else 101}号"


@pytest.mark.parametrize("pack_id", PACKS)
def test_nobody_and_no_company_could_be_real(pack_id: str) -> None:
    for sheets in demo(pack_id).returns.values():
        assert all(str(row["当事人名称"]).startswith("演示") for row in sheets["处罚案件"] + sheets["重大案件"])
        assert all(str(row["姓名"]).startswith("演示员") for row in sheets["先进个人"] + sheets["个人办案"])
        assert "演示数据" in str(sheets["先进集体"][0]["典型案例办理过程"])
        assert all("演示数据" in str(row["事迹材料"]) for row in sheets["先进个人"])


@pytest.mark.parametrize("cases", [FEWEST_CASES, 200])
@pytest.mark.parametrize("pack_id", PACKS)
def test_b10_the_tie_stands_exactly_across_the_county_quota(pack_id: str, cases: int) -> None:
    pack = load_pack(pack_id)
    campaign = demo(pack_id, cases)
    quota = int(Ruleset(pack).number("quota.county"))
    totals = {unit: (total(campaign, unit, pack), articles(campaign, unit)) for unit in COUNTIES}
    applying = [
        unit
        for unit in COUNTIES
        if not vetoed(campaign, unit) and campaign.returns[unit]["先进集体"][0]["是否申报"] == "是"
    ]
    ranked = sorted(applying, key=lambda unit: totals[unit], reverse=True)
    assert tuple(ranked[: quota - 1]) == LEADERS[: quota - 1]
    assert set(ranked[quota - 1 : quota + 1]) == set(TWINS)
    assert totals[TWINS[0]] == totals[TWINS[1]]
    assert totals[ranked[quota + 1]] < totals[TWINS[0]]


@pytest.mark.parametrize("pack_id", PACKS)
def test_scores_differ_and_ratios_lie_on_both_sides_of_the_lines(pack_id: str) -> None:
    pack = load_pack(pack_id)
    campaign = demo(pack_id)
    assert len({total(campaign, unit, pack) for unit in COUNTIES}) == len(COUNTIES) - 1
    assert vetoed(campaign, "张家港市") and not any(vetoed(campaign, u) for u in COUNTIES if u != "张家港市")


def test_planted_mistakes_apply_by_year_and_roster() -> None:
    assert demo("jiangsu-2017").planted == PLANTED
    left_out = {p.what for p in PLANTED} - {p.what for p in demo("jiangsu-2016").planted}
    assert left_out == {p.what for p in PLANTED if p.feature in ("adjustments", "filing")}
    few = demo_campaign(load_pack("jiangsu-2017"), SUZHOU[:2])
    assert {p.unit for p in few.planted} == {"张家港市"}


@pytest.mark.parametrize("pack_id", PACKS)
def test_the_planted_mistakes_are_there(pack_id: str) -> None:
    pack = load_pack(pack_id)
    campaign = demo(pack_id)
    window = Ruleset(pack).window("decisions")

    def cases(unit: str) -> list[dict[str, object]]:
        return campaign.returns[unit]["处罚案件"]

    def written(unit: str) -> list[str]:
        return [day for row in cases(unit) if isinstance(day := row["决定日期"], str)]

    assert written("相城区") == [f"{pack.year}-{'02-30' if pack.year == 2017 else '11-31'}"]
    assert [re.sub(r"\d+", "#", day) for day in written("太仓市")] in ([*p] for p in _orders("#年#月#日", "#.#.#", "#"))
    assert [d for row in cases("姑苏区") if isinstance(d := row["决定日期"], date) and d not in window] != []
    assert [n for n, count in Counter(numbers(campaign, "吴中区")).items() if count == 2] != []
    shared = set(numbers(campaign, "苏州工业园区")) & set(numbers(campaign, "苏州高新区"))
    assert len(shared) == 1
    assert len([row for row in cases("太仓市") if "决定书扫描件" not in row]) == 1
    missing = {str(row["决定书扫描件"]) for row in cases("吴中区")} - set(campaign.evidence["吴中区"])
    assert len(missing) == 1
    assert [row["是否公开"] for row in cases("相城区")].count("否") == 1
    assert [row["是否录入处罚系统"] for row in cases("苏州工业园区")].count("否") == 1
    assert [row for row in cases("吴中区") if row.get("罚款金额(万元)") == 20000] != []
    assert [row for row in cases("姑苏区") if row.get("罚款金额(万元)") == "１２．５"] != []
    bad = [
        code for row in cases("苏州工业园区") if (code := row.get("统一社会信用代码")) and not uscc.is_valid(str(code))
    ]
    assert len(bad) == 1
    exported = {row["处罚决定书文号"] for row in campaign.inputs["处罚系统数据"]}
    filed = [row["处罚决定书文号"] for row in cases("相城区") if row["是否录入处罚系统"] == "是"]
    assert len(set(filed) - exported) == 1
    assert [row["复议结果"] for row in campaign.returns["吴中区"]["行政复议"]].count("变更") == 1
    assert [row["移动执法平台"] for row in campaign.returns["苏州高新区"]["参评案卷"]].count("否") == 1
    expiries = [row["证件有效期至"] for row in campaign.returns["相城区"]["先进个人"]]
    assert len([day for day in expiries if isinstance(day, date) and day <= window.end]) == 1
    assert len([row for row in campaign.returns["姑苏区"]["先进个人"] if "廉洁证明文件" not in row]) == 1
    assert [row["单位"] for row in campaign.inputs["廉洁核查"] if row["查证结果"] == "属实"] == ["苏州高新区"]
    kinds: dict[object, set[object]] = {}
    for row in campaign.inputs["案卷评审"]:
        kinds.setdefault((row["单位"], row["文书文号"]), set()).add(row["评审类型"])
    assert [key[0] for key, value in kinds.items() if value != {"专家", "交叉"}] == ["苏州工业园区"]  # type: ignore[index]
    far = {
        row["单位"]
        for row in campaign.inputs["案卷评审"]
        for other in campaign.inputs["案卷评审"]
        if row["文书文号"] == other["文书文号"] and money(row["得分"]) - money(other["得分"]) > 15
    }
    assert far == {"相城区"}
    if pack.has("adjustments"):
        above = [
            r for r in campaign.inputs["加减分"] if money(r["分值"]) > Ruleset(pack).number("adjust.supervision.max")
        ]
        assert [row["单位"] for row in above] == ["昆山市"]


def _orders(*texts: str) -> list[tuple[str, ...]]:
    return list(permutations(texts))


def test_the_twins_and_the_leader_keep_clear_of_mistakes_that_cost_points() -> None:
    touched = {unit for p in PLANTED for unit in p.unit.split("、") if p.rule != "B10" and p.feature != "adjustments"}
    assert not touched & {*TWINS, LEADERS[0]}


def test_too_few_cases_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 40"):
        demo_campaign(load_pack("jiangsu-2017"), SUZHOU, cases=FEWEST_CASES - 1)
