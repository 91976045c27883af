"""The returns against the portal's list (B2.7) and the platform's records (B1.2); the days of monitoring (E8)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.few_words import Scene
from xl_lianbing.exact import Fraction
from xl_lianbing.intake.checks.inspections import inspections_compared
from xl_lianbing.intake.checks.portal import published_compared
from xl_lianbing.records.inputs import AirPoint
from xl_lianbing.rules.vetoes import days_needed, exact_mean, rounding_hides

CASES = "处罚决定书文号 | 罚款金额(万元) | 决定日期 | 是否公开"
LIST = "处罚决定书文号 | 罚款金额(万元) | 决定日期 | 单位"
OWN = ["甲罚〔2017〕1号 | 2 | 2017-07-10 | 是", "甲罚〔2017〕2号 | 3 | 2017-07-11 | 否"]


def portal(*listed: str, pack: str = "jiangsu-2017", exported: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    made = Scene(pack).unit("甲县", 处罚案件=[CASES, *OWN]).unit("乙县")
    made = made.tab("公示数据", LIST, *listed).tab("处罚系统数据", LIST, *exported)
    given = made.inputs
    found = published_compared(given.published, given.system_cases, made.returns, made.rules)
    return [(f.code, f.where.unit, f.where.cell[1:] and f"第{f.where.cell[1:]}行") for f in found]


def test_b2_7_answers_and_amounts_are_compared_with_the_portal_both_ways() -> None:
    assert portal("甲罚【2017】1号 | 2 | | 甲县") == []
    assert portal() == [], "no list, nothing to compare"
    assert portal("甲罚【2017】002号 | 30000 | | 甲县", "甲罚〔2017〕9号 | 1 | 2017-08-01 | 甲县") == [
        ("X20", "甲县", "第2行"),
        ("X21", "甲县", "第3行"),
        ("X23", "甲县", "第3行"),
        ("X22", "甲县", ""),
    ]


def test_b2_7_what_the_system_has_is_compared_with_the_system_alone() -> None:
    assert portal("甲罚〔2017〕1号 | 9 | | 甲县", exported=("甲罚〔2017〕1号 | 2 | | 甲县",)) == []
    assert portal("甲罚〔2017〕1号 | 9 | | 甲县") == [("X23", "甲县", "第2行")]


def test_b2_7_only_decisions_of_the_period_and_of_the_unit_are_missed() -> None:
    listed = ("甲罚〔2017〕1号 | 2 | | 甲县", "甲罚〔2016〕9号 | 1 | 2016-08-01 | 甲县", "丙罚〔2017〕9号 | 1 | | 丙县")
    assert portal(*listed) == []


def test_b2_7_a_year_without_publication_compares_nothing() -> None:
    assert portal("甲罚〔2017〕9号 | 1 | 2016-10-01 | 甲县", pack="jiangsu-2016") == []


FILES = "案卷类别 | 文书文号 | 案卷名称 | 文书日期 | 移动执法平台"
RECORDS = "记录编号 | 单位 | 当事人名称 | 检查日期 | 文书文号"


def platform(file: str, *records: str, **parties: Any) -> list[tuple[str, str]]:
    made = Scene("jiangsu-2017").unit("甲县", 参评案卷=[FILES, file]).tab("移动执法记录", RECORDS, *records)
    returned = replace(made.returns["甲县"], parties=parties)
    found = inspections_compared(made.inputs.mobile, {"甲县": returned}, made.rules)
    return [(f.code, f.where.unit) for f in found]


YES = "行政处罚 | 甲罚〔2017〕1号 | 丁公司超标排放案 | 2017-07-10 | 是"


def test_b1_2_a_file_that_says_yes_must_have_a_record_of_its_number() -> None:
    assert platform(YES) == [], "no records, nothing to compare"
    assert platform(YES, "1 | 甲县 | 丁公司 | 2017-07-01 | 甲罚【2017】001号") == []
    assert platform(YES, "1 | 乙县 | 丁公司 | 2017-07-01 | 甲罚〔2017〕1号") == [], "a number is one file's"
    assert platform(YES, "1 | 甲县 | 丁公司 | 2017-07-01 | 甲罚〔2017〕2号") == [("X24", "甲县")]
    assert platform(YES, "1 | 乙县 | 丁公司 | 2017-07-01 | ") == [("X24", "甲县")]


def test_b1_2_records_without_numbers_are_matched_by_party_up_to_the_documents_day() -> None:
    assert platform(YES, "1 | 甲县 | 丁公司 | 2017-07-10 | ") == []
    assert platform(YES, "1 | 甲县 | 丁公司 | 2017-07-11 | ") == [("X25", "甲县")]
    assert platform(YES, "1 | 甲县 | 戊公司 | 2017-07-01 | ") == [("X25", "甲县")]
    of_case = {"甲罚〔2017〕1号": "戊 公司"}
    assert platform(YES, "1 | 甲县 | 戊公司 | 2017-07-01 | ", **of_case) == []
    assert platform(YES, "1 | 甲县 | 丁公司 | 2017-07-01 | ", **of_case) == [("X25", "甲县")]


def test_b1_2_a_file_that_says_no_and_has_a_record_is_asked_about() -> None:
    no = YES.replace("| 是", "| 否")
    assert platform(no, "1 | 甲县 | 丁公司 | 2017-07-01 | 甲罚〔2017〕1号") == [("X26", "甲县")]
    assert platform(no, "1 | 甲县 | 丁公司 | 2017-07-01 | ") == []


def air(*points: AirPoint) -> tuple[list[str], str]:
    scores = Scene("jiangsu-2017").unit("甲市", "市级").add(*points).score()
    codes = [f.code for f in scores.findings if f.where.sheet == "空气质量" and f.code[0] in "MS"]
    return codes, next(u.veto for u in scores.units if u.unit.name == "甲市")


def point(last: str, this: str, name: str = "一", **more: Any) -> AirPoint:
    means = {"last_year": Decimal(last), "this_year": Decimal(this)}
    return AirPoint(unit="甲市", point=name, pollutant="PM10", **means, **more)


def test_e8_few_valid_days_are_told_and_the_point_counts() -> None:
    codes, veto = air(point("70", "72", last_days=323, this_days=324))
    assert "M40" in codes and veto.startswith("PM10年均浓度由70升至72")
    assert "M40" not in air(point("70", "72", last_days=324, this_days=366))[0]
    assert "M40" not in air(point("70", "72"))[0], "typed by hand, no days given"
    assert "M40" in air(point("70", "72", last_days=330, this_days=330, short_months="2017年3月26天"))[0]


def test_e8_a_rise_that_rounding_hides_is_told_and_the_veto_stays() -> None:
    codes, veto = air(point("70.1", "70.4"))
    assert "M41" in codes and veto
    for last, this in (("70.4", "70.5"), ("69.9", "71")):
        assert "M41" not in air(point(last, this))[0]
    assert rounding_hides(Fraction(701, 10), Fraction(704, 10)) and not rounding_hides(Fraction(704, 10), Fraction(70))


@pytest.mark.parametrize(("total", "days"), [("15000.1", 357), ("1", 3), ("18361.25", 365), ("0", 365)])
def test_b4_1_a_mean_that_a_cell_cut_is_exact_again(total: str, days: int) -> None:
    exact = Fraction(Decimal(total)) / days
    assert exact_mean(Decimal(f"{float(exact):.15g}"), days) == exact
    assert exact_mean(Decimal("50.33"), days) == Fraction(5033, 100)


def test_b4_1_the_citys_mean_of_cut_means_is_no_rise() -> None:
    thirds = [Decimal(f"{float(Fraction(n, 3)):.15g}") for n in (151, 122, 92)]
    this = ("50", "41", "30.6666666666667")
    days = {"last_days": 366, "this_days": 366}
    same = [point(str(m), t, name=t, **days) for m, t in zip(thirds, this, strict=True)]
    assert air(*same)[1] == ""


def test_e8_days_that_a_month_must_have() -> None:
    assert [days_needed(month) for month in (1, 2, 3, 12)] == [27, 25, 27, 27]
