"""What is handed to live cells, and in which rectangles."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_lianbing.addresses import split_address
from xl_lianbing.exact import Fraction
from xl_lianbing.excel.live.cells import as_was, plain, typed, typed_row
from xl_lianbing.excel.live.patches import patches
from xl_lianbing.excel.ooxml.sheet.cell_xml import MAX_FORMULA, MAX_TEXT
from xl_lianbing.excel.values import Cell, Cells, Formula, by_sheet


@pytest.mark.parametrize("text", ["演示市", "abc", "入选", "否", "大气污染", "甲\n乙", "Ⅲ类"[1:]])
def test_plain_words_are_handed_over_as_they_are(text: str) -> None:
    assert typed(text) == text


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-", "@a", "'a", "007", "3-1", "TRUE", "真1", "#N/A", "一月", "Jan 5", " a", "(a)", "\ta"]
)
def test_text_that_could_be_anything_else_is_marked(text: str) -> None:
    assert typed(text) == "'" + text


@given(st.text())
def test_text_begins_with_no_sign_of_a_formula(text: str) -> None:
    handed = typed(text)
    assert isinstance(handed, str)
    assert handed[:1] not in tuple("=+-@#")
    assert len(handed) <= MAX_TEXT


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("", ""),
        (3, 3.0),
        (Decimal("0.1"), 0.1),
        (Fraction(1, 3), 1 / 3),
        (True, True),
        (date(2017, 8, 31), 42978.0),
        (datetime(2017, 8, 31, 12), 42978.5),
        (date(1899, 1, 1), "'1899-01-01"),
        (Formula("A1*2", 4), "=A1*2"),
    ],
)
def test_other_values(value: Cell, expected: object) -> None:
    handed = typed(value)
    assert handed == expected and type(handed) is type(expected)


def test_days_counted_from_1904() -> None:
    assert typed(date(2017, 8, 31), date1904=True) == 42978.0 - 1462


def test_what_no_cell_can_hold() -> None:
    with pytest.raises(ValueError, match="formula"):
        typed(Formula("1+" * MAX_FORMULA))
    with pytest.raises(TypeError):
        typed(object())  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="columns"):
        typed_row([1, 2, 3], 2)
    assert typed_row([1], 3) == (1.0, "", "")


def test_old_cells_are_kept_as_what_they_were() -> None:
    assert as_was(8.0, "=C5*2") == Formula("C5*2")
    assert as_was("=C5*2", "=C5*2") == "=C5*2"
    assert as_was("007", "007") == "007"
    assert as_was(None, "") is None
    assert as_was(2.0, "2") == 2
    assert plain(float("inf")) == float("inf")


@given(st.dictionaries(st.tuples(st.integers(1, 12), st.integers(1, 8)), st.integers()))
def test_rectangles_hold_every_cell_once(cells: dict[tuple[int, int], int]) -> None:
    single: dict[int, dict[int, Cell]] = {}
    for (row, column), value in cells.items():
        single.setdefault(row, {})[column] = value
    found: dict[tuple[int, int], Cell] = {}
    for patch in patches(single):
        for y, values in enumerate(patch.rows):
            for x, value in enumerate(values):
                assert (patch.row + y, patch.column + x) not in found
                found[patch.row + y, patch.column + x] = value
    assert found == cells


def test_neighbours_are_one_rectangle() -> None:
    values = {f"{column}{row}": row for column in "BCD" for row in range(5, 15)} | {"K3": 1, "K4": 2}
    owned = by_sheet([Cells("结果", values)])["结果"]
    assert sorted((p.row, p.column, len(p.rows), len(p.rows[0])) for p in patches(owned.single)) == [
        (3, 11, 2, 1),
        (5, 2, 10, 3),
    ]
    assert split_address("K3") == (3, 11)
