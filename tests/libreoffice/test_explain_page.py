"""得分说明 as LibreOffice lays it out: no line is too low for its text, and what is too long says where the rest is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.libreoffice import requires_libreoffice
from tests.libreoffice.office import Document, Office
from xl_lianbing.records.results import RANKING, SCORE_PAGE
from xl_lianbing.roster import SUZHOU
from xl_lianbing.rules.pack import SHIPPED, load_pack
from xl_lianbing.workbooks.master.book import write_master
from xl_lianbing.workbooks.master.score_page import FIRST_ROW, UNIT_CELL, PageLine, page_lines

pytestmark = pytest.mark.libreoffice

UNIT = "昆山市"
WORST_FILE = "移送涉嫌环境污染犯罪 苏州园区环移犯〔2017〕1234号 专家93.25 交叉89.25 没有专家评审得分；被认定造假"


@pytest.fixture(scope="module", params=SHIPPED)
def pack(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(pack: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Document]:
    path = tmp_path_factory.mktemp(pack) / "总表.xlsm"
    write_master(path, load_pack(pack), SUZHOU)
    with Office() as office:
        document = office.open(path)
        for name in (SCORE_PAGE, RANKING.name):
            document.component.Sheets.getByName(name).unprotect("")
        yield document
        document.close()


def _numbered(pack: str) -> list[tuple[int, PageLine]]:
    return [(row, line) for row, line in enumerate(page_lines(load_pack(pack)), FIRST_ROW) if not line.section]


def _type_ranking(document: Document, veto: str) -> None:
    grid = RANKING.grid
    for header, text in (("单位", UNIT), ("一票否决", veto)):
        document.set_cells(RANKING.name, f"{grid.letter(header)}{grid.header_row + 1}", ((text,),))
    document.set_cells(SCORE_PAGE, UNIT_CELL, ((UNIT,),))


@requires_libreoffice
def test_every_row_is_high_enough(page: Document, pack: str) -> None:
    """Texts of merged cells are put into a column of that width: rows are not fitted to merged cells."""
    sheet = page.component.Sheets.getByName(SCORE_PAGE)
    columns = sheet.Columns
    widths = [columns.getByIndex(index).Width for index in range(4)]
    columns.getByIndex(5).Width, columns.getByIndex(6).Width = sum(widths[1:]), sum(widths[2:])
    low = []
    for row, line in _numbered(pack):
        if line.most:
            _like(
                sheet.getCellByPosition(5, row - 1),
                sheet.getCellByPosition(1, row - 1),
                line.cut("全" * (line.most + 1)),
            )
        if line.words_formula:
            _like(sheet.getCellByPosition(6, row - 1), sheet.getCellByPosition(2, row - 1), WORST_FILE)
        found = sheet.Rows.getByIndex(row - 1)
        height = found.Height
        found.OptimalHeight = True
        if found.Height > height:
            low.append((row, line.label, height, found.Height))
    assert low == []


def _like(cell: Any, model: Any, text: str) -> None:
    for name in ("CharHeight", "CharFontName", "CharFontNameAsian", "CharHeightAsian", "ParaIndent", "HoriJustify"):
        cell.setPropertyValue(name, model.getPropertyValue(name))
    cell.IsTextWrapped = True
    cell.setString(text)


@requires_libreoffice
@pytest.mark.parametrize("length", [1, 119, 120, 121, 400])
def test_a_long_reason_is_cut_as_the_program_says(page: Document, pack: str, length: int) -> None:
    veto = ("断面演示断面水质由Ⅲ类降为Ⅳ类；" * 30)[:length]
    _type_ranking(page, veto)
    ((row, line),) = [(row, line) for row, line in _numbered(pack) if line.label == "一票否决"]
    assert page.cells(SCORE_PAGE, f"B{row}") == ((line.cut(veto),),)
    assert (line.cut(veto) == veto) == (length <= 120)
    assert line.cut(veto).endswith("（全文见综合排名）") == (length > 120)
