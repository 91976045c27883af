"""LibreOffice as calculator and printer."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.libreoffice import requires_libreoffice
from tests.libreoffice.convert import recalculated, to_pngs


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A formula whose stored value is wrong on purpose, and two printed pages."""
    path = tmp_path / "演示 数据.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        first, second = workbook.add_worksheet("甲"), workbook.add_worksheet("乙")
        first.write_row("A1", [2, 3])
        first.write_formula("C1", "=A1*B1", None, 999)
        second.write("A1", "演示数据")
    return path


@requires_libreoffice
def test_formulas_are_calculated_anew(book: Path, tmp_path: Path) -> None:
    copy = recalculated(book, tmp_path / "out")
    assert openpyxl.load_workbook(copy, data_only=True)["甲"]["C1"].value == 6
    assert openpyxl.load_workbook(book, data_only=True)["甲"]["C1"].value == 999


@requires_libreoffice
def test_each_printed_page_is_a_picture(book: Path, tmp_path: Path) -> None:
    pages = to_pngs(book, tmp_path / "out")
    assert [page.name for page in pages] == ["演示 数据-1.png", "演示 数据-2.png"]
    assert all(page.read_bytes().startswith(b"\x89PNG") for page in pages)


@requires_libreoffice
def test_a_workbook_is_never_replaced_by_its_copy(book: Path) -> None:
    with pytest.raises(ValueError):
        recalculated(book, book.parent)
