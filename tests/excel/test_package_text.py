"""Closed-file writing: what is written is what other programs read."""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from xl_lianbing.addresses import column_letters, column_number, split_address
from xl_lianbing.exact import Fraction
from xl_lianbing.excel.closed.results import write_results
from xl_lianbing.excel.ooxml.sheet.cell_xml import number_text, storable
from xl_lianbing.excel.values import Cell, Table

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def written(folder: Path, rows: Sequence[Sequence[Cell]], width: int) -> Path:
    """A new workbook with these rows under its first row."""
    path = folder / "总表.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("表").write("A1", "标题")
    book.close()
    write_results(path, [Table("表", 1, 1, width, rows)], backups=0)
    return path


def unescaped(value: object) -> object:
    """As Excel reads ``_xHHHH_``; openpyxl leaves that to its callers."""
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), value) if isinstance(value, str) else value


def read_openpyxl(path: Path) -> list[list[object]]:
    return [[unescaped(cell.value) for cell in row] for row in openpyxl.load_workbook(path)["表"].iter_rows(min_row=2)]


def read_calamine(path: Path) -> list[list[object]]:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("表").to_python(skip_empty_area=False)[1:]
    return [[None if value == "" else value for value in row] for row in rows]


class Kind(StrEnum):
    AIR = "大气污染"


TRAPS: list[tuple[Cell, object]] = [
    ("=1+1", "=1+1"),
    ("+1", "+1"),
    ("@SUM(A1)", "@SUM(A1)"),
    ("-2+3", "-2+3"),
    ("007", "007"),
    ("3-1", "3-1"),
    ("1e5", "1e5"),
    ("TRUE", "TRUE"),
    ("<b>&amp;</b> ]]> \"'", "<b>&amp;</b> ]]> \"'"),
    ("𠮷😀", "𠮷😀"),
    ("  前后空格 ", "  前后空格 "),
    ("第一行\r\n第二行\r第三行\n\t", "第一行\n第二行\n第三行\n\t"),
    ("a\x00b\x08c\x0bd\x1fe\ufffef\uffffg", "abcdefg"),
    ("\ud800孤\udc00", "\ufffd孤\ufffd"),
    ("_x000D_", "_x000D_"),
    ("_x0041_x0042_", "_x0041_x0042_"),
    ("_X0041_ _x41_", "_X0041_ _x41_"),
    (Kind.AIR, "大气污染"),
    ("", None),
    (None, None),
    (True, True),
    (False, False),
    (Decimal("0.1"), 0.1),
    (Fraction(1, 3), 1 / 3),
    (-0.0, 0),
    (123456789012345678, 123456789012345680),
    (Decimal("27.428571428571428571"), 27.428571428571428),
]


@pytest.mark.parametrize(("value", "expected"), TRAPS, ids=[ascii(value) for value, _ in TRAPS])
def test_text_and_number_traps(tmp_path: Path, value: Cell, expected: object) -> None:
    path = written(tmp_path, [(value, "末")], 2)
    for read in (read_openpyxl(path), read_calamine(path)):
        assert read == [[expected, "末"]]
        assert isinstance(read[0][0], bool) == isinstance(expected, bool)
    with ZipFile(path) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_long_text_is_cut_with_an_ellipsis() -> None:
    assert storable("长" * 32_767) == "长" * 32_767
    assert storable("长" * 32_768) == "长" * 32_766 + "…"
    cut = storable("𠮷" * 20_000)  # two UTF-16 units each, never cut in half
    assert cut == "𠮷" * 16_383 + "…"
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 10**400, Decimal("NaN"), Decimal("1e999")])
def test_what_is_no_number_is_refused(value: float | Decimal) -> None:
    with pytest.raises(ValueError):
        number_text(value)


@given(
    st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**300), 10**300) | st.fractions().map(Fraction)
)
def test_numbers_read_back_as_the_same_double(value: float | int | Fraction) -> None:
    assert float(number_text(value)) == float(value)


@given(st.integers(1, 16_384), st.integers(1, 1_048_576))
def test_addresses(column: int, row: int) -> None:
    assert column_number(column_letters(column)) == column
    assert split_address(f"{column_letters(column)}{row}") == (row, column)


plain_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(storable)
tricky_text = st.text("=+-@0_x14D<>&\"' \n\t]", max_size=12).map(storable)
cell_values: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    plain_text,
    tricky_text,
    st.floats(-1e200, 1e200, allow_subnormal=False),
    st.fractions(-1000, 1000).map(Fraction),
    st.decimals(-1000, 1000),
)


def expected(value: object) -> object:
    if isinstance(value, Decimal | Fraction):
        return float(value)
    return None if value == "" else value


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(cell_values, min_size=3, max_size=3), min_size=1, max_size=8))
def test_what_is_written_is_what_is_read(rows: list[list[Cell]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), [[*row, "末"] for row in rows], 4)
        wanted = [[*(expected(value) for value in row), "末"] for row in rows]
        assert read_openpyxl(path) == wanted
        assert read_calamine(path) == wanted


@settings(max_examples=30, deadline=None)
@given(st.lists(st.dates(date(1900, 3, 1)) | st.datetimes(datetime(1900, 3, 1)), min_size=1, max_size=6))
def test_dates_read_back_to_the_millisecond(values: list[date | datetime]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), [[value] for value in values], 1)
        for (serial,), value in zip(read_calamine(path), values, strict=True):
            moment = value if isinstance(value, datetime) else datetime.combine(value, datetime.min.time())
            assert isinstance(serial, float)
            read = datetime(1899, 12, 30) + timedelta(days=int(serial)) + timedelta(days=serial % 1)
            assert abs(read - moment) < timedelta(milliseconds=1)
