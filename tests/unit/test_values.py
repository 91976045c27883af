"""Cells as people type them: what is understood, what is noted, what is not understood (B2.10)."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from xl_lianbing.findings import reading as c
from xl_lianbing.glossary import FileKind, MajorKind, Pollutant, ReviewKind, ViolationType, WaterClass
from xl_lianbing.intake.cells.values import Odd, column_reader_of, reader_of
from xl_lianbing.intake.door.sheets import Cell
from xl_lianbing.records.column import CellType, Column, choice, yes_no

DAY = date(2017, 8, 1)
MONEY = Column("罚款金额(万元)", CellType.MONEY, unit="万元", minimum=0, places=6)
COUNT = Column("参加人数", CellType.INTEGER, unit="人", minimum=0)
SCORE = Column("得分", CellType.NUMBER, unit="分", minimum=0, maximum=100, places=6)
TEXT = Column("案由")
NUMBER = Column("执法证号", identifier=True)


def understood(column: Column, cell: Cell, whole: type = Decimal) -> tuple[object, str]:
    """The value and the code of what was said about it ('' = nothing)."""
    found = reader_of(column, whole)(cell)
    return (found.value, found.kind.code) if isinstance(found, Odd) else (found, "")


@pytest.mark.parametrize(
    "cell",
    [
        "2017年8月1日",
        "2017.8.1",
        "2017/8/1",
        "2017-08-01",
        "20170801",
        "２０１７年８月１日",
        " 2017 年 8 月 1 日 ",
        "2017年08月01号",
        "2017—8—1",
        "2017、8、1",
        "2017-08-01 09:30:00",
        "2017-08-01T00:00:00",
        "2017年8月1日 9时30分",
        "二〇一七年八月一日",
        "42948",
        20170801.0,
        42948.0,
        42948.5,
        datetime(2017, 8, 1, 9, 30),
    ],
)
def test_dates_in_other_dress_are_understood_and_noted(cell: Cell) -> None:
    assert understood(Column("决定日期", CellType.DATE), cell) == (DAY, "N01")


def test_plain_dates_pass_without_a_word() -> None:
    assert understood(Column("决定日期", CellType.DATE), DAY) == (DAY, "")
    assert understood(Column("决定日期", CellType.DATE), datetime(2017, 8, 1)) == (DAY, "")
    assert understood(Column("决定日期", CellType.DATE), "") == (None, "")
    assert understood(Column("决定日期", CellType.DATE), "  \n") == (None, "")


def test_chinese_figures_of_the_month_and_day() -> None:
    assert understood(Column("决定日期", CellType.DATE), "二零一七年十二月三十一日") == (date(2017, 12, 31), "N01")
    assert understood(Column("决定日期", CellType.DATE), "二〇一七年十月二十日") == (date(2017, 10, 20), "N01")


@pytest.mark.parametrize(
    "cell",
    [
        "2017年2月30日",
        "三月上旬",
        "2017-13-45",
        "17.8.1",
        "8/1/2017",
        "2017.8",
        "8月1日",
        "待定",
        5.0,
        20171345.0,
        True,
        time(9),
        float("nan"),
    ],
)
def test_what_names_no_day_is_not_a_date(cell: Cell) -> None:
    assert understood(Column("决定日期", CellType.DATE), cell) == (None, "C02")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2万元", "2"),
        ("2 万元", "2"),
        ("２．５", "2.5"),
        ("1,234.5", "1234.5"),
        ("1，234", "1234"),
        ("20000元", "2"),
        ("1.5亿元", "15000"),
        ("¥3", "3"),
        ("人民币2万元整", "2"),
        (" 2 ", "2"),
        ("2.0", "2"),
        ("+7", "7"),
    ],
)
def test_money_in_text_is_understood_and_noted(cell: str, value: str) -> None:
    assert understood(MONEY, cell) == (Decimal(value), "N02")


@pytest.mark.parametrize(
    "cell",
    ["若干", "详见决定书", "约2", "1,5", "1e3", "2.0.1", "二万", "NaN", "Infinity", "1_000", DAY, True, "9" * 50],
)
def test_what_is_no_number_is_said(cell: Cell) -> None:
    assert understood(MONEY, cell) == (None, "C03")


def test_floats_become_the_decimals_that_excel_shows() -> None:
    assert understood(MONEY, 0.1 + 0.2) == (Decimal("0.3"), "")
    assert understood(MONEY, 2.0) == (Decimal(2), "")
    assert understood(MONEY, 1.23456789) == (Decimal("1.234568"), "N06")


def test_numbers_out_of_range_count_as_unreadable() -> None:
    assert understood(MONEY, -1.0) == (None, "C05")
    assert understood(MONEY, "-1") == (None, "C05")
    assert understood(SCORE, 100.5) == (None, "C05")
    assert understood(SCORE, 100.0) == (Decimal(100), "")
    assert understood(COUNT, 12.5, int) == (None, "C06")
    assert understood(COUNT, "12人", int) == (12, "N02")
    assert type(understood(COUNT, 12.0, int)[0]) is int


@pytest.mark.parametrize("cell", ["/", "-", "——", "无", " 无 ", "N/A"])
def test_placeholders_stand_for_nothing(cell: str) -> None:
    for column in (MONEY, Column("结案日期", CellType.DATE), yes_no("是否推荐"), TEXT):
        assert understood(column, cell) == (None, "N05")


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        (yes_no("是否公开"), "√", "是"),
        (yes_no("是否公开"), "Y", "是"),
        (yes_no("是否公开"), True, "是"),
        (yes_no("是否公开"), "TRUE", "是"),
        (yes_no("是否公开"), "×", "否"),
        (yes_no("是否公开"), False, "否"),
        (yes_no("是否公开"), "否。", "否"),
        (yes_no("是否公开"), 1.0, "是"),
        (choice("重大案件类型", MajorKind), "停产限产", "限产停产"),
        (choice("重大案件类型", MajorKind), "按日计罚", "按日连续处罚"),
        (choice("案卷类别", FileKind), "按日连续处罚", "按日计罚"),
        (choice("评审类型", ReviewKind), "专家评审", "专家"),
        (choice("本年类别", WaterClass), "III", "Ⅲ"),
        (choice("本年类别", WaterClass), "Ⅲ类", "Ⅲ"),
        (choice("本年类别", WaterClass), 3.0, "Ⅲ"),
        (choice("本年类别", WaterClass), "劣V", "劣Ⅴ"),
        (choice("本年类别", WaterClass), "劣Ⅴ类", "劣Ⅴ"),
        (choice("本年类别", WaterClass), "劣五类", "劣Ⅴ"),
        (choice("指标", Pollutant), "pm2.5", "PM2.5"),
        (choice("指标", Pollutant), "ＰＭ１０", "PM10"),
        (choice("违法行为类型", ViolationType), "废 水", "水污染"),
    ],
)
def test_other_words_for_a_choice(column: Column, cell: Cell, value: str) -> None:
    assert understood(column, cell) == (value, "N03")


def test_choices_with_stray_spaces_and_what_is_no_choice() -> None:
    assert understood(yes_no("是否公开"), " 是\n") == ("是", "N04")
    assert understood(yes_no("是否公开"), "是") == ("是", "")
    assert understood(yes_no("是否公开"), "也许") == (None, "C04")
    assert understood(choice("本年类别", WaterClass), "√") == (None, "C04")


def test_text_stays_text() -> None:
    assert understood(TEXT, "=1+1") == ("=1+1", "")
    assert understood(TEXT, "　超标排放 ") == ("超标排放", "N04")
    assert understood(TEXT, 7.0) == ("7", "")
    assert understood(TEXT, DAY) == ("2017-08-01", "")
    assert understood(NUMBER, 320500123.0) == ("320500123", "")


DOCUMENT = Column("文书文号", identifier=True, document=True)


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        (Column("决定日期", CellType.DATE), "'2017-08-01", DAY),
        (Column("决定日期", CellType.DATE), "'2017-08-01'", DAY),
        (MONEY, "’12.5", Decimal("12.5")),
        (MONEY, "＇12.5万元", Decimal("12.5")),
        (COUNT, "‘30", Decimal(30)),
        (yes_no("是否公开"), "'是", "是"),
        (yes_no("是否公开"), "`已公开", "是"),
        (TEXT, "'超标排放", "超标排放"),
        (TEXT, " 'a ", "a"),
        (NUMBER, "'91320500", "91320500"),
        (DOCUMENT, "'龙环罚〔2017〕12号", "龙环罚〔2017〕12号"),
        (DOCUMENT, "‘龙环罚〔2017〕12号’", "龙环罚〔2017〕12号"),
    ],
)
def test_an_apostrophe_before_what_is_meant_is_taken_off(column: Column, cell: str, value: object) -> None:
    assert understood(column, cell) == (value, "C19")
    assert column_reader_of(column)([cell, cell]) == [Odd(value, cell, c.APOSTROPHE)] * 2  # type: ignore[arg-type]


def test_an_apostrophe_alone_is_nothing_and_a_pair_may_be_quotation_marks() -> None:
    assert understood(TEXT, "'") == (None, "N05")
    assert understood(MONEY, "'若干") == (None, "C03")
    assert understood(TEXT, "‘甲’公司超标排放") == ("‘甲’公司超标排放", "")


def test_b2_10_words_in_place_of_a_document_number() -> None:
    assert understood(DOCUMENT, "见附件") == understood(DOCUMENT, 1.0) == (None, "C10")
    assert understood(DOCUMENT, "待定") == (None, "N05"), "where it may be left out"
    assert understood(Column("文书文号", required=True, document=True), "待定") == (None, "C10")
    assert understood(DOCUMENT, "龙环罚2017-12") == ("龙环罚2017-12", "")


def test_digits_that_excel_lost_are_pointed_out_and_the_rest_is_kept() -> None:
    assert understood(NUMBER, 913205001234567890.0) == ("913205001234567936", c.DIGITS_LOST.code)


def test_a_reader_does_not_take_true_for_one() -> None:
    read = reader_of(MONEY)
    assert read(1.0) == Decimal(1)
    assert isinstance(read(True), Odd)
