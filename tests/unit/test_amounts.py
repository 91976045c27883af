"""Amounts that scoring adds up: 元 typed as 万元, headers that name another unit, absurd ones (B2.5, L7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from tests.cells import at
from tests.tables import a_return, case, headers, rules
from xl_lianbing.demo.campaign import clean_return
from xl_lianbing.findings import Finding
from xl_lianbing.intake.returned.read import Intake, read_return
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.records.returns import MajorCase, PenaltyCase
from xl_lianbing.rules.pack import load_pack

of_case = partial(at, PenaltyCase)
of_major = partial(at, MajorCase)
FINE, AMOUNT = "罚款金额(万元)", "金额(万元)"
USUAL = (2, 3.5, 10, 0.6, 20, 5)


def cases(fines: Sequence[object], header: str = FINE) -> list[list[object]]:
    top = [header if FINE in text else text for text in headers(PenaltyCase)]
    rows = [case(**{"处罚决定书文号": f"吴环罚〔2017〕{n}号", FINE: fine}) for n, fine in enumerate(fines)]
    return [top, *rows]


def major(amounts: Sequence[object], kind: str = "按日连续处罚", header: str = AMOUNT) -> list[list[object]]:
    top = [header if AMOUNT in text else text for text in headers(MajorCase)]
    day = date(2017, 7, 1)
    rows = [
        [n + 1, kind, f"吴连罚〔2017〕{n}号", "演示厂", None, day, amount, "是", "f.pdf"]
        for n, amount in enumerate(amounts)
    ]
    return [top, *rows]


def read(tmp_path: Path, **tables: object) -> Intake:
    intake = read_return(a_return(tmp_path / "a.xlsx", tables), "回收/a.xlsx", rules())
    assert intake.result is not None
    return intake


def doubts(tmp_path: Path, fines: Sequence[object] = (), daily: Sequence[object] = ()) -> list[Finding]:
    intake = read(tmp_path, 处罚案件=cases(fines), 重大案件=major(daily))
    return [f for f in intake.findings if f.code == "C31"]


# -- 元 typed as 万元 --


@pytest.mark.parametrize(("fine", "meant"), [(20000, "2"), (5000, "0.5"), (1000, "0.1"), (500, "0.05"), (200, "0.02")])
def test_b2_5_an_amount_in_yuan_among_ordinary_fines_is_asked_about(tmp_path: Path, fine: int, meant: str) -> None:
    (one,) = doubts(tmp_path, [*USUAL, fine])
    assert (one.severity, one.where.cell) == ("提醒", of_case(FINE, 8))
    assert f"罚款{fine}万元，其他案件的中位数是4.25万元" in one.problem and f"应填{meant}；" in one.fix


@pytest.mark.parametrize("fine", [0.1, 5, 100, 150, 199])
def test_b2_5_large_and_small_fines_are_no_question(tmp_path: Path, fine: float) -> None:
    assert not doubts(tmp_path, [*USUAL, fine])


def test_b2_5_where_fines_are_large_a_large_one_is_no_question(tmp_path: Path) -> None:
    assert not doubts(tmp_path, [20, 50, 80, 100, 120, 300, 450])
    assert not doubts(tmp_path, [300]), "one alone says nothing"
    assert doubts(tmp_path, [1500])


@pytest.mark.parametrize(
    "fines",
    [[30000] * 12, [5000, 20000, 50000, 8000], [500, 800, 300], [500, 5000, 20000, 100000], [2, 20000, 30000, 8000]],
)
def test_b2_5_a_whole_column_in_yuan_is_asked_about(tmp_path: Path, fines: list[int]) -> None:
    found = doubts(tmp_path, fines)
    asked = {cell for f in found for cell in f.all_cells}
    assert asked == {of_case(FINE, row) for row, fine in enumerate(fines, 2) if fine > 2}
    assert len(found) == (1 if len(fines) > 8 else len(asked))


def test_l7_the_amount_of_a_daily_penalty_is_asked_about(tmp_path: Path) -> None:
    (one,) = doubts(tmp_path, USUAL, [500000])
    assert (one.severity, one.where.sheet, one.where.cell) == ("提醒", "重大案件", of_major(AMOUNT, 2))
    assert "罚款500000万元，本单位罚款的中位数是4.25万元" in one.problem and "应填50；" in one.fix
    assert doubts(tmp_path, [], [500000, 300000]), "also without anything to compare with"


@pytest.mark.parametrize("daily", [[20], [400], [999]])
def test_l7_a_daily_penalty_of_some_hundreds_is_no_question(tmp_path: Path, daily: list[int]) -> None:
    assert not doubts(tmp_path, USUAL, daily)


def test_l7_amounts_of_other_major_cases_are_not_added_up_and_not_asked_about(tmp_path: Path) -> None:
    intake = read(tmp_path, 处罚案件=cases(USUAL), 重大案件=major([500000], "查封扣押"))
    assert not [f for f in intake.findings if f.code == "C31"]


def test_b2_5_a_fine_of_some_yuan_is_asked_about(tmp_path: Path) -> None:
    intake = read(tmp_path, 处罚案件=cases([2, 0.0002, 0.005]))
    (one,) = [f for f in intake.findings if f.code == "C30"]
    assert one.where.cell == of_case(FINE, 3) and "罚款0.0002万元，只有2元" in one.problem


@pytest.mark.parametrize("index", range(4))
@pytest.mark.parametrize("pack", ["jiangsu-2016", "jiangsu-2017"])
def test_clean_returns_raise_no_doubt_about_amounts(tmp_path: Path, pack: str, index: int) -> None:
    made = clean_return(
        load_pack(pack), RosterUnit(unit="吴中区", tier="县级", division_code="320506"), index, cases=60
    )
    fines = [float(row[FINE]) for row in made["处罚案件"] if row.get(FINE)]
    daily = [float(row[AMOUNT]) for row in made["重大案件"] if row.get(AMOUNT)]
    found = read(tmp_path, 处罚案件=cases(fines), 重大案件=major(daily)).findings
    assert fines and daily and not {"C28", "C30", "C31"} & {f.code for f in found}


# -- headers --

YUAN = ["罚款金额(元)", "罚款金额（元）", "处罚金额（元）", "罚款金额（单位：元）", "罚款金额*【元】", "罚款金额/元"]


@pytest.mark.parametrize("header", YUAN)
def test_b2_5_a_header_that_names_yuan_is_converted_and_said(tmp_path: Path, header: str) -> None:
    intake = read(tmp_path, 处罚案件=cases([20000, 3500, "1万元", "600元", 1234.56], header))
    assert intake.result is not None
    amounts = ["2", "0.35", "1", "0.06", "0.123456"]
    assert [fact.fine for fact in intake.result.cases] == list(map(Decimal, amounts))
    assert not any(fact.blocked for fact in intake.result.cases)
    (one,) = [f for f in intake.findings if f.code == "C28"]
    assert (one.severity, one.where.cell) == ("提醒", of_case(FINE, 1))
    assert f"金额的单位写的是“{header}”" in one.problem and "（1按0.0001万元计）" in one.problem
    assert not {"C31", "C30", "S05", "S07"} & {f.code for f in intake.findings}


@pytest.mark.parametrize(
    "header", ["罚款金额", "处罚金额", "罚款金额（万元）", "处罚金额(万元)", "罚款金额（单位：万元）"]
)
def test_b2_5_a_header_without_unit_is_taken_for_ten_thousands(tmp_path: Path, header: str) -> None:
    intake = read(tmp_path, 处罚案件=cases([2, 3.5], header))
    assert intake.result is not None
    assert [fact.fine for fact in intake.result.cases] == [2, Decimal("3.5")]
    assert not {"C28", "C31", "S05", "S07"} & {f.code for f in intake.findings}
    asked = read(tmp_path, 处罚案件=cases([20000, 35000, 5000], header)).findings
    assert [f.code for f in asked if f.code in ("C28", "C31")] == ["C31"] * 3


def test_b2_5_other_units_and_the_amounts_of_major_cases(tmp_path: Path) -> None:
    found = read(tmp_path, 重大案件=major([500000], header="金额（元）"), 处罚案件=cases([20], "罚款金额(千元)"))
    assert found.result is not None
    assert [line.record.amount for line in found.result.major_cases] == [50]
    assert [fact.fine for fact in found.result.cases] == [2]
    assert [f.code for f in found.findings if f.code in ("C28", "C31")] == ["C28", "C28"]


def test_b2_5_a_header_of_yuan_over_ten_thousands_is_asked_about(tmp_path: Path) -> None:
    found = read(tmp_path, 处罚案件=cases([2, 3.5, 20], "罚款金额（元）")).findings
    assert [f.code for f in found if f.code in ("C28", "C30")] == ["C28", "C30", "C30", "C30"]


def test_b2_5_the_unit_above_the_table_holds_for_a_header_without_one(tmp_path: Path) -> None:
    above: list[list[object]] = [["处罚案件汇总表"], [None, None, None, "单位：元"]]
    intake = read(tmp_path, 处罚案件=above + cases([20000, "3万元"], "罚款金额"))
    assert intake.result is not None and [fact.fine for fact in intake.result.cases] == [2, 3]
    (one,) = [f for f in intake.findings if f.code == "C28"]
    assert one.where.cell == of_case(FINE, 3) and "金额的单位写的是“单位：元”" in one.problem
    own = read(tmp_path, 处罚案件=above + cases([2]))
    assert own.result is not None and [fact.fine for fact in own.result.cases] == [2], "the header's own unit wins"
    other = read(tmp_path, 处罚案件=[["单位：三元"], *cases([2], "罚款金额")])
    assert other.result is not None and [fact.fine for fact in other.result.cases] == [2]


# -- absurd amounts --


@pytest.mark.parametrize("fine", [1e308, 10_000_001, -1, "-3", "9" * 40])
def test_b2_10_an_absurd_amount_blocks_its_row(tmp_path: Path, fine: object) -> None:
    intake = read(tmp_path, 处罚案件=cases([fine, 2]), 重大案件=major([fine]))
    assert intake.result is not None
    assert [(fact.fine, fact.blocked) for fact in intake.result.cases] == [(None, FINE), (2, "")]
    assert [line.blocked for line in intake.result.major_cases] == [AMOUNT]
    blocking = [f for f in intake.findings if f.code == "C05"]
    assert [(f.severity, f.where.sheet) for f in blocking] == [("阻断", "处罚案件"), ("阻断", "重大案件")]
    assert all("超出范围（0～10000000），本行不计入" in f.problem and len(f.shown) <= 40 for f in blocking)


def test_b2_10_an_absurd_amount_that_is_not_scored_blocks_and_takes_no_row_out(tmp_path: Path) -> None:
    intake = read(tmp_path, 重大案件=major([1e308], "查封扣押"))
    assert intake.result is not None and [line.blocked for line in intake.result.major_cases] == [""]
    (one,) = [f for f in intake.findings if f.code == "C05"]
    assert one.severity == "阻断" and "不计入" not in one.problem


def test_b2_10_an_absurd_count_is_no_count(tmp_path: Path) -> None:
    path = a_return(tmp_path / "a.xlsx", info={"重点监控企业数": 1e300, "执法人员总数": "约50人"})
    intake = read_return(path, "回收/a.xlsx", rules())
    assert intake.result is not None
    assert (intake.result.info.key_enterprises, intake.result.info.officers) == (None, None)
    assert [(f.code, f.severity) for f in intake.findings if f.code in ("C03", "C05")] == [
        ("C05", "阻断"),
        ("C03", "提醒"),
    ]
