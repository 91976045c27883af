"""Closed-file writing: only the owned cells change, and they look like the ones before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.surgery import parts
from xl_lianbing.exact import Fraction
from xl_lianbing.excel.closed.results import write_results
from xl_lianbing.excel.ooxml.sheet.cell_xml import serial
from xl_lianbing.excel.values import Cell, Cells, Formula, Table

RANKING = "综合排名"
SHEET = "xl/worksheets/sheet2.xml"
TABLE = "xl/tables/table1.xml"
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)


@pytest.fixture
def master(tmp_path: Path) -> Path:
    """A workbook with nearly everything people put into one (演示数据): table in A3:D5, notes to its right."""
    path = tmp_path / "总表.xlsm"
    (tmp_path / "图.png").write_bytes(_PNG)
    book = xlsxwriter.Workbook(str(path))
    home, ranking, user = (book.add_worksheet(name) for name in ("首页", RANKING, "用户自己的表"))
    points, bold = book.add_format({"num_format": "0.00", "border": 1}), book.add_format({"bold": True})
    home.write("A1", "首页", bold)
    home.write("B3", 0, points)
    home.write("D3", "用户写的", bold)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"='{RANKING}'!$C$4:$C$5"})
    home.insert_chart("F2", chart)
    home.insert_image("F20", str(tmp_path / "图.png"))
    home.insert_textbox("J2", "文本框", {"width": 100})
    ranking.write("A1", "综合排名", bold)
    ranking.set_column("B:B", 20, bold)
    ranking.add_table(
        "A3:D5",
        {"name": "t_rank", "columns": [{"header": h} for h in ("名次", "单位", "总分", "日期")]},
    )
    ranking.set_row(3, 31.5)
    ranking.write("A4", 1)
    ranking.write("C4", 1.5, points)
    ranking.write("D4", 42000, book.add_format({"num_format": "yyyy-mm-dd"}))
    ranking.write("A5", 2, bold)
    ranking.write("G4", "备注一", bold)
    ranking.write_formula("H9", "=C4*2", points, 3)
    ranking.write_comment("B4", "批注")
    ranking.data_validation("G4:G99", {"validate": "list", "source": ["是", "否"]})
    ranking.conditional_format("C4:C99", {"type": "data_bar"})
    ranking.conditional_format("A4:A99", {"type": "cell", "criteria": ">", "value": 1, "format": bold})
    ranking.add_sparkline("K2", {"range": f"'{RANKING}'!C4:C5"})
    ranking.freeze_panes(3, 2)
    ranking.protect()
    user.write("A1", "自己的数据")
    book.define_name("w_one", "='用户自己的表'!$A$1")
    book.close()
    return path


def edit_part(path: Path, part: str, old: str, new: str) -> None:
    content = parts(path)
    text = content[part].decode()
    assert old in text
    content[part] = text.replace(old, new, 1).encode()
    with ZipFile(path, "w") as package:
        for name, data in content.items():
            package.writestr(name, data)


def ranking_rows(count: int) -> list[Sequence[Cell]]:
    return [(i + 1, f"演示单位{i}", Decimal(i) / 4, date(2017, 9, 1)) for i in range(count)]


def ranking(rows: Iterable[Sequence[Cell]]) -> Table:
    return Table(RANKING, header_row=3, first_column=1, width=4, rows=rows)


def around_rows(sheet: bytes) -> bytes:
    """A sheet part without its rows and its dimension."""
    return re.sub(rb"<dimension[^>]*/>|(?<=<sheetData>).*(?=</sheetData>)", b"", sheet, flags=re.DOTALL)


def raw_member(path: Path, info: ZipInfo) -> bytes:
    data = path.read_bytes()
    name, extra = (int.from_bytes(data[info.header_offset + at :][:2], "little") for at in (26, 28))
    return data[info.header_offset : info.header_offset + 30 + name + extra + info.compress_size]


@pytest.mark.parametrize("count", [0, 1, 2, 40, 2500])
def test_every_other_part_stays_byte_for_byte(master: Path, count: int) -> None:
    with ZipFile(master) as package:
        before = {info.filename: raw_member(master, info) for info in package.infolist()}
    old = parts(master)
    rewritten = write_results(master, [ranking(ranking_rows(count)), Cells("首页", {"B3": 7, "B8": "新"})])
    with ZipFile(master) as package:
        assert package.testzip() is None
        after = {info.filename: raw_member(master, info) for info in package.infolist()}
    assert list(after) == list(before)
    assert {name for name in before if before[name] != after[name]} == set(rewritten)
    assert set(rewritten) <= {"xl/worksheets/sheet1.xml", SHEET, TABLE, "xl/workbook.xml"}
    for sheet in ("xl/worksheets/sheet1.xml", SHEET):
        assert around_rows(parts(master)[sheet]) == around_rows(old[sheet])


def test_values_come_back_and_take_the_style_of_the_first_data_row(master: Path) -> None:
    write_results(master, [ranking(ranking_rows(30))])
    sheet = openpyxl.load_workbook(master)[RANKING]
    assert [cell.value for cell in sheet[33][:4]] == [30, "演示单位29", 7.25, datetime(2017, 9, 1)]
    assert sheet["C33"].number_format == "0.00" and sheet["C33"].border.left.style == "thin"
    assert sheet["B33"].font.b and not sheet["A33"].font.b  # the column's style where the first row has no cell
    assert [sheet.row_dimensions[row].height for row in (4, 9, 33)] == [31.5, 31.5, 31.5]
    assert sheet["A1"].value == "综合排名" and sheet["B3"].value == "单位"
    assert sheet.dimensions == "A1:H33"


@pytest.mark.parametrize(("count", "ref"), [(0, "A3:D4"), (1, "A3:D4"), (2, "A3:D5"), (50, "A3:D53")])
def test_tables_grow_and_shrink(master: Path, count: int, ref: str) -> None:
    write_results(master, [ranking(ranking_rows(9))])
    write_results(master, [ranking(ranking_rows(count))])
    table = openpyxl.load_workbook(master)[RANKING].tables["t_rank"]
    assert (table.ref, table.autoFilter.ref) == (ref, ref)
    assert parts(master)[TABLE].count(f'ref="{ref}"'.encode()) == 2


def test_filter_sort_order_and_totals_row_go(master: Path) -> None:
    edit_part(
        master,
        TABLE,
        '<autoFilter ref="A3:D5"/>',
        '<autoFilter ref="A3:D5"><filterColumn colId="1"><filters><filter val="甲"/></filters></filterColumn>'
        '</autoFilter><sortState ref="A4:D5"><sortCondition ref="C4"/></sortState>',
    )
    edit_part(master, TABLE, 'totalsRowShown="0"', 'totalsRowCount="1"')
    edit_part(master, SHEET, '<row r="5"', '<row r="5" hidden="1"')
    write_results(master, [ranking(ranking_rows(3))])
    table = parts(master)[TABLE].decode()
    assert '<autoFilter ref="A3:D6"/><tableColumns' in table and "totalsRowCount" not in table
    assert b"hidden" not in re.findall(rb"<sheetData>.*</sheetData>", parts(master)[SHEET], re.DOTALL)[0]


def test_a_user_table_in_the_same_rows_is_not_resized(master: Path) -> None:
    edit_part(master, TABLE, 'ref="A3:D5"', 'ref="J3:M5"')
    edit_part(master, TABLE, 'ref="A3:D5"', 'ref="J3:M5"')
    assert TABLE not in write_results(master, [ranking(ranking_rows(20))])


def test_cells_of_others_stay_in_their_row(master: Path) -> None:
    for count in (30, 0, 3):
        write_results(master, [ranking(ranking_rows(count))])
        sheet = openpyxl.load_workbook(master)[RANKING]
        assert (sheet["G4"].value, sheet["H9"].value) == ("备注一", "=C4*2")
        assert sheet["G4"].font.b and sheet["H9"].number_format == "0.00"
        assert sheet["B4"].comment is not None


def test_no_rows_leave_one_styled_row(master: Path) -> None:
    write_results(master, [ranking([])])
    write_results(master, [ranking(ranking_rows(6))])
    sheet = openpyxl.load_workbook(master)[RANKING]
    assert sheet["C9"].number_format == "0.00" and sheet["D9"].value == datetime(2017, 9, 1)


def test_two_tables_side_by_side_and_single_cells(master: Path) -> None:
    left = ranking(ranking_rows(2))
    right = Table(RANKING, header_row=6, first_column=9, width=2, rows=((i, "右") for i in range(5)))
    write_results(master, [right, left, Cells(RANKING, {"B1": "第3次", "F20": True})])
    sheet = openpyxl.load_workbook(master)[RANKING]
    assert [sheet[a].value for a in ("B1", "A5", "A6", "I6", "I7", "J11", "I12", "F20")] == [
        "第3次", 2, None, None, 0, "右", None, True
    ]  # fmt: skip
    xml = parts(master)[SHEET].decode()
    assert [int(r) for r in re.findall(r'<row r="(\d+)"', xml)] == sorted(
        {int(r) for r in re.findall(r'<row r="(\d+)"', xml)}
    )


def test_formulas_carry_their_value(master: Path) -> None:
    cells: dict[str, Cell] = {
        "A10": Formula("A1&\"<\"&'用户自己的表'!A1", "首页<自"),
        "A11": Formula("1+1", Fraction(2)),
        "A12": Formula("1>0", True),
    }
    write_results(master, [Cells("首页", cells)])
    formulas = openpyxl.load_workbook(master)["首页"]
    values = openpyxl.load_workbook(master, data_only=True)["首页"]
    assert formulas["A10"].value == "=A1&\"<\"&'用户自己的表'!A1"
    assert [values[a].value for a in cells] == ["首页<自", 2, True]


def test_a_shared_formula_survives_the_loss_of_its_first_cell(master: Path) -> None:
    edit_part(
        master,
        SHEET,
        "</sheetData>",
        '<row r="20"><c r="D20"><f t="shared" ref="D20:G20" si="0">C20+A$1</f><v>1</v></c>'
        '<c r="G20"><f t="shared" si="0"/><v>2</v></c></row></sheetData>',
    )
    write_results(master, [ranking(ranking_rows(2))])
    assert openpyxl.load_workbook(master)[RANKING]["G20"].value == "=F20+D$1"


def test_recalculation_is_asked_for_and_the_calculation_chain_goes(master: Path) -> None:
    content = parts(master)
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    content["[Content_Types].xml"] = content["[Content_Types].xml"].replace(
        b"</Types>", b'<Override PartName="/xl/calcChain.xml" ContentType="application/x.calcChain+xml"/></Types>'
    )
    links = "xl/_rels/workbook.xml.rels"
    content[links] = content[links].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://x/calcChain" Target="calcChain.xml"/></Relationships>',
    )
    content["xl/calcChain.xml"] = b"<calcChain/>"
    with ZipFile(master, "w") as package:
        for name, data in content.items():
            package.writestr(name, data)
    rewritten = write_results(master, [Cells("首页", {"B3": 1})])
    after = parts(master)
    assert "xl/calcChain.xml" in rewritten and "xl/calcChain.xml" not in after
    assert b"calcChain" not in after[links] + after["[Content_Types].xml"]
    assert after["xl/workbook.xml"].count(b'fullCalcOnLoad="1"') == 1
    assert "xl/workbook.xml" not in write_results(master, [Cells("首页", {"B3": 2})])


def test_dates_follow_the_date_system_of_the_workbook(tmp_path: Path) -> None:
    for date1904 in (False, True):
        path = tmp_path / f"总表{date1904}.xlsm"
        book = xlsxwriter.Workbook(str(path), {"date_1904": date1904})
        sheet = book.add_worksheet("表")
        sheet.write_blank("A2", None, book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
        book.close()
        written = [date(2017, 8, 1), datetime(2017, 10, 31, 18, 30), datetime(2004, 2, 29), date(1890, 1, 1)]
        write_results(path, [Table("表", 1, 1, 1, [[value] for value in written])])
        read = [row[0] for row in CalamineWorkbook.from_path(path).get_sheet_by_name("表").to_python()]
        assert read[-4:] == [date(2017, 8, 1), datetime(2017, 10, 31, 18, 30), date(2004, 2, 29), "1890-01-01"]


@pytest.mark.parametrize(
    ("day", "in_1900", "in_1904"),
    [
        (date(1899, 12, 31), None, None),
        (date(1900, 1, 1), "1", None),
        (date(1900, 2, 28), "59", None),
        (date(1900, 3, 1), "61", None),
        (date(1904, 1, 1), "1462", "0"),
        (datetime(2017, 8, 1, 12), "42948.5", "41486.5"),
    ],
)
def test_serial_numbers_of_days(day: date, in_1900: str | None, in_1904: str | None) -> None:
    assert (serial(day, False), serial(day, True)) == (in_1900, in_1904)


def test_a_long_table_is_streamed(master: Path) -> None:
    taken = 0

    def rows(count: int) -> Iterator[Sequence[Cell]]:
        nonlocal taken
        for i in range(count):
            taken += 1
            yield (i, "演示", None, None)

    write_results(master, [ranking(rows(12_345))])
    assert taken == 12_345
    sheet = CalamineWorkbook.from_path(master).get_sheet_by_name(RANKING)
    assert sheet.to_python()[12_347][:2] == [12_344, "演示"]
