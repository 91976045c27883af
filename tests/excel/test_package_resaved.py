"""Closed-file writing into workbooks that other programs have saved, or that look unlike XlsxWriter's."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from tests.libreoffice import requires_libreoffice
from tests.libreoffice.convert import resaved
from xl_lianbing.excel.closed.results import write_results
from xl_lianbing.excel.values import Cells, Table

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def master(tmp_path: Path) -> Path:
    path = tmp_path / "总表.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("得分")
    book.add_worksheet("备注").write("A1", "别的表")
    sheet.add_table("A2:C4", {"name": "t_points", "columns": [{"header": h} for h in ("单位", "总分", "日期")]})
    sheet.write("A1", "标题行")
    sheet.write("B3", 0.5, book.add_format({"num_format": "0.00"}))
    sheet.write("C3", 42000, book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write("A4", "旧的一行")
    sheet.write("F4", "用户的备注")
    book.close()
    return path


def check_second_run(path: Path) -> Worksheet:
    """Writes many rows, then few, and checks every cell."""
    for count in (40, 3):
        rows = [(f"演示单位{i}", i / 4, date(2017, 9, 1)) for i in range(count)]
        with ZipFile(path) as package:
            before = {name: package.read(name) for name in package.namelist()}
        rewritten = write_results(path, [Table("得分", 2, 1, 3, rows), Cells("得分", {"B1": "新标题"})])
        with ZipFile(path) as package:
            after = {name: package.read(name) for name in package.namelist()}
        assert {name for name in before if before[name] != after.get(name)} == set(rewritten)
    sheet = openpyxl.load_workbook(path)["得分"]
    assert sheet.max_row == 5
    values = [[cell.value for cell in row] for row in sheet["A1:C6"]]
    assert values[0] == ["标题行", "新标题", None]
    assert values[1] == ["单位", "总分", "日期"]
    assert [row[:2] for row in values[2:]] == [["演示单位0", 0], ["演示单位1", 0.25], ["演示单位2", 0.5], [None, None]]
    assert sheet["F4"].value == "用户的备注"
    assert sheet["B5"].number_format == "0.00" and sheet["C5"].is_date
    return sheet


def rewrite(path: Path, change: Callable[[str], str], part: str = SHEET) -> None:
    with ZipFile(path) as package:
        content = {name: package.read(name) for name in package.namelist()}
    old = content[part].decode()
    new = change(old)
    assert new != old
    content[part] = new.encode()
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, data in content.items():
            package.writestr(name, data)


def test_saved_by_xlsxwriter(master: Path) -> None:
    assert check_second_run(master).tables["t_points"].ref == "A2:C5"


def test_saved_by_openpyxl(master: Path) -> None:
    book = openpyxl.load_workbook(master)
    book.save(master)
    assert check_second_run(master).tables["t_points"].ref == "A2:C5"


@requires_libreoffice
@pytest.mark.libreoffice
def test_saved_by_libreoffice(master: Path, tmp_path: Path) -> None:
    saved = resaved(master, tmp_path / "out")
    assert check_second_run(saved).tables["t_points"].ref == "A2:C5"
    # LibreOffice opens what was written and sees the same rows
    again = openpyxl.load_workbook(resaved(saved, tmp_path / "again"))["得分"]
    assert [again[a].value for a in ("A3", "B5", "A6", "F4")] == ["演示单位0", 0.5, None, "用户的备注"]


def prefixed(xml: str) -> str:
    xml = re.sub(r"<(/?)(?=[A-Za-z])(?!\w+:)", r"<\1x:", xml)
    return xml.replace('xmlns="http', 'xmlns:x="http', 1)


def test_namespace_prefix(master: Path) -> None:
    rewrite(master, prefixed)
    rewrite(master, prefixed, "xl/workbook.xml")
    rewrite(master, prefixed, "xl/tables/table1.xml")
    check_second_run(master)


def test_no_addresses(master: Path) -> None:
    """Row and cell addresses are optional: position counts."""

    def change(xml: str) -> str:
        xml = xml.replace('<c r="B3"', '<c/><c r="B3"').replace('<c r="F4"', "<c/><c/><c")
        xml = re.sub(r'(<row r="4"[^>]*>)<c r="A4"(.*?</c>)', r"\1<c\2<c/><c/>", xml)
        return re.sub(r"(<(?:row|c)) r=\"[A-Z]?\d\"", r"\1", xml)

    rewrite(master, change)
    check_second_run(master)


def test_no_dimension_is_added(master: Path) -> None:
    rewrite(master, lambda xml: re.sub(r"<dimension[^>]*/>", "", xml))
    check_second_run(master)
    with ZipFile(master) as package:
        assert b"dimension" not in package.read(SHEET)


def test_pretty_printed_and_single_quoted(master: Path) -> None:
    def change(xml: str) -> str:
        head, rows, tail = re.split(r"(?<=<sheetData>)|(?=</sheetData>)", xml)
        rows = re.sub(r'(\w+)="([^"]*)"', r"\1='\2'", rows).replace("><", ">\n  <")
        return f"{head}\n{rows}\n{tail}"

    rewrite(master, change)
    check_second_run(master)


def test_comments_and_cdata(master: Path) -> None:
    def change(xml: str) -> str:
        xml = xml.replace("<sheetData>", "<!-- <sheetData> --><sheetData><!-- </row> -->")
        note = '<c r="F4" t="inlineStr"><is><t><![CDATA[用户的备注]]></t></is></c><!-- </row><c r="G4"/> -->'
        return re.sub(r'<c r="F4".*?</c>', note, xml)

    rewrite(master, change)
    check_second_run(master)


@pytest.mark.parametrize("empty", ["<sheetData/>", "<sheetData />", "<sheetData></sheetData>"])
def test_no_rows_at_all(master: Path, empty: str) -> None:
    rewrite(master, lambda xml: re.sub(r"<sheetData>.*</sheetData>", empty, xml, flags=re.DOTALL))
    write_results(master, [Table("得分", 2, 1, 3, [("甲", 1, None), ("乙", 2, None)]), Cells("得分", {"A1": "标题"})])
    sheet = openpyxl.load_workbook(master)["得分"]
    assert [sheet[a].value for a in ("A1", "A2", "A3", "B4")] == ["标题", None, "甲", 2]


def test_absolute_targets(master: Path) -> None:
    rewrite(
        master, lambda xml: xml.replace('Target="worksheets/', 'Target="/xl/worksheets/'), "xl/_rels/workbook.xml.rels"
    )
    rewrite(master, lambda xml: xml.replace("../tables", "/xl/tables"), "xl/worksheets/_rels/sheet1.xml.rels")
    assert check_second_run(master).tables["t_points"].ref == "A2:C5"


def test_no_table_part(master: Path) -> None:
    rewrite(master, lambda xml: re.sub(r"<tableParts.*?</tableParts>", "", xml))
    rewrite(
        master,
        lambda xml: re.sub(r"<Relationship [^>]*/table\"[^>]*/>", "", xml),
        "xl/worksheets/_rels/sheet1.xml.rels",
    )
    check_second_run(master)


def test_a_row_of_notes_below_the_last_row_stays(master: Path) -> None:
    rows = '<row r="900" hidden="1" ht="60"><c r="F900"><v>5</v></c></row><row r="901" s="1" customFormat="1"/>'
    rewrite(master, lambda xml: xml.replace("</sheetData>", rows + "</sheetData>"))
    write_results(master, [Table("得分", 2, 1, 3, [("甲", 1, None)])])
    sheet = openpyxl.load_workbook(master)["得分"]
    assert sheet["F900"].value == 5 and not sheet.row_dimensions[900].hidden
    assert sheet.max_row == 900


def test_many_long_rows_over_the_chunks_of_the_reader(master: Path) -> None:
    rows = [("长" * 3000 + str(i), i, None) for i in range(400)]
    write_results(master, [Table("得分", 2, 1, 3, rows)])
    check_second_run(master)
