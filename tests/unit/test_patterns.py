"""What a whole sheet of 处罚案件 shows: nearly equal parties, campaign-style work (D3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.cells import at
from tests.tables import a_return, case, headers, rules
from xl_lianbing.demo.campaign import clean_return
from xl_lianbing.demo.made_up.names import credit_code
from xl_lianbing.findings import Finding
from xl_lianbing.intake.checks import patterns
from xl_lianbing.intake.returned.read import read_return
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.records.returns import PenaltyCase
from xl_lianbing.rules.pack import load_pack

START = date(2017, 1, 9)
of_case = partial(at, PenaltyCase)
CODES = [credit_code("320506", 1, n) for n in range(3)]


def found(tmp_path: Path, cases: list[list[object]], code: str) -> list[Finding]:
    path = a_return(tmp_path / "a.xlsx", {"处罚案件": [headers(PenaltyCase), *cases]})
    intake = read_return(path, "回收/a.xlsx", rules())
    assert intake.result is not None
    return [f for f in intake.findings if f.code == code]


def many(count: int, day: Callable[[int], date] | None = None, **cells: Any) -> list[list[object]]:
    """Ordinary cases: another party, another day and another fine each."""
    made = []
    for n in range(count):
        on = day(n) if day else START + timedelta(days=4 * n % 270)
        own: dict[str, Any] = {
            "处罚决定书文号": f"吴环罚〔2017〕{n + 100}号",
            "当事人名称": f"演示{n}厂",
            "罚款金额": 2 + n / 10,
            "立案日期": on - timedelta(days=20),
            "决定日期": on,
            "结案日期": None,
            "结案录入日期": None,
            "系统录入日期": on,
            "公开日期": on,
        }
        made.append(case(**own | cells))
    return made


# -- D3 --


def burst(late: int, early: int) -> list[list[object]]:
    end = date(2017, 10, 31)
    days = [end - timedelta(days=n % patterns.BURST_DAYS) for n in range(late)]
    days += [START + timedelta(days=n) for n in range(early)]
    return many(late + early, lambda n: days[n])


def test_d3_a_burst_at_the_end_of_the_window_is_asked_about(tmp_path: Path) -> None:
    (one,) = found(tmp_path, burst(15, 15), "C81")
    assert one.severity == "提醒" and one.where.cell == of_case("决定日期", 2, 16)
    assert "2017-10-22至2017-10-31作出15件" in one.problem and "30件的50%（平均推算为3%）" in one.problem


@pytest.mark.parametrize(("late", "early"), [(9, 3), (10, 40), (0, 30)])
def test_d3_few_or_a_small_share_at_the_end_are_no_burst(tmp_path: Path, late: int, early: int) -> None:
    assert not found(tmp_path, burst(late, early), "C81")


def split(count: int, **cells: Any) -> list[list[object]]:
    same = {"当事人名称": "演示拆分厂", "决定日期": date(2017, 3, 1), "罚款金额": 3} | cells
    return [case(处罚决定书文号=f"吴环罚〔2017〕{n}号", **same) for n in range(1, count + 1)]


def test_d3_several_decisions_on_one_party_on_one_day_are_asked_about(tmp_path: Path) -> None:
    (one,) = found(tmp_path, [*split(3), *many(4)], "C82")
    assert one.where.cell == of_case("当事人名称", 2, 4)
    assert one.cells == tuple(of_case("当事人名称", row) for row in (2, 3, 4))
    assert "2017-03-01对“演示拆分厂”作出3件处罚决定（第2～4行，罚款合计9万元）" in one.problem


def test_d3_two_decisions_a_day_and_the_same_number_typed_again_are_not(tmp_path: Path) -> None:
    assert not found(tmp_path, [*split(2), *many(4)], "C82")
    assert not found(tmp_path, [*split(2), *split(2)], "C82"), "the same numbers again are duplicates (C24)"


def test_d3_rows_of_identical_small_fines_are_asked_about(tmp_path: Path) -> None:
    week = many(10, lambda n: date(2017, 5, 1) + timedelta(days=n % 7), 罚款金额=0.5)
    others = many(60)[30:]
    (one,) = found(tmp_path, [*week, *others], "C83")
    assert (
        one.where.cell == of_case("罚款金额(万元)", 2, 11)
        and "有10件罚款都是0.5万元（本单位共40件罚款），都在2017-05-01至2017-05-07" in one.problem
    )
    (one,) = found(tmp_path, [*many(25, 罚款金额=1), *others[:20]], "C83")
    assert "有25件罚款都是1万元（本单位共45件罚款）" in one.problem


def test_d3_the_same_usual_fine_over_the_year_is_no_question(tmp_path: Path) -> None:
    often = many(18, lambda n: START + timedelta(days=15 * n), 罚款金额=2)
    assert not found(tmp_path, [*often, *many(60)[20:]], "C83")
    assert not found(tmp_path, many(30, 罚款金额=10), "C83"), "not small"


# -- parties --


def parties(tmp_path: Path, *given: tuple[str, str | None]) -> dict[str, tuple[str, str]]:
    rows = many(len(given))
    order = [column.header for column in PenaltyCase.columns().values()]
    for row, (name, code) in zip(rows, given, strict=True):
        row[order.index("当事人名称")], row[order.index("统一社会信用代码")] = name, code
    path = a_return(tmp_path / "a.xlsx", {"处罚案件": [headers(PenaltyCase), *rows]})
    intake = read_return(path, "回收/a.xlsx", rules())
    return {f.code: (str(f.severity), f.where.cell) for f in intake.findings if f.code in ("C32", "C33", "N07", "C29")}


def test_near_duplicate_parties_are_pointed_out(tmp_path: Path) -> None:
    """B2.10."""
    one, two, _ = CODES
    assert parties(tmp_path, ("甲公司", one), ("乙公司", one)) == {"C32": ("提醒", of_case("当事人名称", 3))}
    assert parties(tmp_path, ("甲公司", one), ("甲公司", two)) == {"C33": ("提醒", of_case("统一社会信用代码", 3))}
    same = parties(tmp_path, ("甲（苏州）公司", None), ("甲 苏州公司", None))
    assert same == {"N07": ("说明", of_case("当事人名称", 3))}
    assert parties(tmp_path, ("甲公司", one), ("甲公司", one), ("乙公司", two), ("丙", None), ("丙", None)) == {}


def test_a_mistyped_code_is_one_finding_and_no_second_party(tmp_path: Path) -> None:
    wrong = CODES[0][:-1] + ("0" if CODES[0][-1] != "0" else "1")
    found = parties(tmp_path, ("甲公司", CODES[0]), ("甲公司", wrong))
    assert found == {"C29": ("提醒", of_case("统一社会信用代码", 3))}


@pytest.mark.parametrize("pack", ["jiangsu-2016", "jiangsu-2017"])
@pytest.mark.parametrize("index", [0, 5])
def test_d3_no_false_alarm_on_an_ordinary_return(tmp_path: Path, pack: str, index: int) -> None:
    loaded = load_pack(pack)
    unit = RosterUnit(unit="吴中区", tier="县级", division_code="320506")
    sheets = clean_return(loaded, unit, index, cases=400)
    order = [column.header for column in PenaltyCase.columns().values()]

    def plain(value: object) -> object:
        return float(value) if isinstance(value, Decimal) else value

    rows = [[plain(row.get(header)) for header in order] for row in sheets["处罚案件"]]
    path = a_return(
        tmp_path / "a.xlsx", {"处罚案件": [headers(PenaltyCase), *rows]}, info={"填报年度": loaded.year}, stamp=None
    )
    intake = read_return(path, "回收/a.xlsx", rules(pack))
    assert [f.code for f in intake.findings if f.code in {"C31", "C32", "C33", "C81", "C82", "C83"}] == []
    assert intake.rows_read["处罚案件"] == 400
