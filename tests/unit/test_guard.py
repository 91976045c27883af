"""Hostile and broken files: each has its code and its cell, and never costs more than the limits say."""

from __future__ import annotations

import io
import os
import re
import struct
import zipfile
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from tests.cells import at, letter, place
from tests.old_workbooks import bof, compound, record
from tests.surgery import changed, in_sheet, pack, parts, put_cell, sheet_parts
from tests.tables import INFO, a_return, case, form, headers, only, rules, write
from xl_lianbing.errors import LianbingError, ReturnNotOpened
from xl_lianbing.faults import MachineFault
from xl_lianbing.findings import Finding
from xl_lianbing.glossary import Severity
from xl_lianbing.intake.door import limits
from xl_lianbing.intake.door.file import FileFormat
from xl_lianbing.intake.door.sheets import Book, Unreadable
from xl_lianbing.intake.returned.read import Intake, read_return
from xl_lianbing.records.returns import PenaltyCase, UnitInfo

CASES = "处罚案件"


def a_file(path: Path, *rows: list[object]) -> Path:
    return a_return(path / "a.xlsx", {CASES: [headers(PenaltyCase), *(rows or (case(),))]})


def read(path: Path) -> Intake:
    return read_return(path, f"回收/{path.name}", rules())


def told(intake: Intake, code: str) -> list[Finding]:
    return [f for f in intake.findings if f.code == code]


def refused(path: Path, code: str, word: str) -> None:
    intake = read(path)
    assert intake.result is None and intake.refusal is not None
    assert (intake.refusal.code, intake.refusal.severity) == (code, Severity.BLOCKING)
    assert word in intake.refusal.problem, intake.refusal.problem
    assert intake.refusal.fix.endswith("。")


# Structure ------------------------------------------------------------------------------------------------------


def test_a_package_that_unpacks_to_more_than_the_limit_is_refused(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    refused(changed(path, {"xl/sharedStrings.xml": b"<sst>" + b" " * (20 << 20) + b"</sst>"}), "R30", "500倍")
    lines = b"".join(b"<si><t>%032x</t></si>" % (n * 0x9E3779B97F4A7C15) for n in range(1_500_000))
    assert len(lines) > limits.MOST_PART
    refused(changed(path, {"xl/sharedStrings.xml": b"<sst>" + lines + b"</sst>"}), "R30", "64MB")


def test_members_that_nobody_reads_are_not_unpacked(tmp_path: Path) -> None:
    path = changed(a_file(tmp_path), {"xl/media/image1.png": b"\0" * (200 << 20)})
    assert read(path).result is not None


def test_a_size_that_lies_is_found_out(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    part = sheet_parts(path)[CASES]
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        size = package.getinfo(part).file_size
    at = content.rfind(part.encode()) - 46
    assert struct.unpack_from("<I", content, at + 24)[0] == size
    struct.pack_into("<I", content, at + 24, size // 2)
    path.write_bytes(bytes(content))
    refused(path, "R01", "校验码")


def test_a_wrong_checksum_is_found_out(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    part = sheet_parts(path)[CASES]
    content = bytearray(path.read_bytes())
    at = content.rfind(part.encode()) - 46
    content[at + 16] ^= 1
    path.write_bytes(bytes(content))
    refused(path, "R01", "校验码")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_cut_off_file_is_refused(tmp_path: Path, share: float) -> None:
    path = a_file(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    refused(path, "R01", "损坏")


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil.xml", "..\\evil.xml", "C:\\evil.xml"])
def test_names_that_lead_out_of_the_package_are_refused(tmp_path: Path, name: str) -> None:
    refused(changed(a_file(tmp_path), {name: b"x"}), "R30", "路径")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/workbook.xml", parts(path)["xl/workbook.xml"])
    refused(path, "R30", "两个")


def test_members_that_share_bytes_are_refused(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    content = path.read_bytes()
    end = content.rfind(b"PK\5\6")
    count, size, start = struct.unpack_from("<HxxII", content, end + 8)
    first = content[start : start + 46 + struct.unpack_from("<H", content, start + 28)[0]]
    twin = first[:46] + bytes([first[46] ^ 1]) + first[47:]
    directory = content[start : start + size] + twin
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count + 1, count + 1, len(directory), start, 0)
    path.write_bytes(content[:start] + directory + tail)
    refused(path, "R30", "重叠")


def test_thousands_of_members_are_refused(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    refused(changed(path, {f"x/{n}": b"" for n in range(limits.MOST_MEMBERS)}), "R30", "部分")


@pytest.mark.parametrize("name", ["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_missing_part_is_named(tmp_path: Path, name: str) -> None:
    path = a_file(tmp_path)
    refused(pack(path, {n: d for n, d in parts(path).items() if n != name}), "R01", name)


def test_a_missing_sheet_part_refuses_the_file(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    part = sheet_parts(path)[CASES]
    refused(pack(path, {n: d for n, d in parts(path).items() if n != part}), "R01", CASES)


# XML ------------------------------------------------------------------------------------------------------------

LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "part",
    ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "docProps/custom.xml", "xl/worksheets/sheet3.xml"],
)
def test_entities_are_refused_wherever_they_stand(tmp_path: Path, part: str) -> None:
    path = a_file(tmp_path)
    refused(changed(path, {part: lambda d: d.replace(b"?>", b"?>" + LAUGHS, 1)}), "R30", "DTD")


def test_a_sheet_in_utf_16_is_read(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    part = sheet_parts(path)[CASES]
    xml = parts(path)[part].decode().replace("UTF-8", "UTF-16")
    intake = read(changed(path, {part: xml.encode("utf-16")}))
    assert intake.result is not None and len(intake.result.cases) == 1


def test_a_sheet_with_prefixes_comments_and_cells_without_addresses_is_read(tmp_path: Path) -> None:
    def other(xml: str) -> str:
        xml = xml.replace("<sheetData>", "<!-- <sheetData> --><sheetData>")
        for tag in ("row", "c", "v", "sheetData", "worksheet"):
            xml = (
                xml.replace(f"<{tag} ", f"<x:{tag} ")
                .replace(f"<{tag}>", f"<x:{tag}>")
                .replace(f"</{tag}>", f"</x:{tag}>")
            )
        return xml.replace(' xmlns="', ' xmlns:x="')

    path = a_file(tmp_path)
    plain = read(path)
    assert plain.result is not None
    again = read(in_sheet(path, CASES, other))
    assert again.result is not None and again.result.cases == plain.result.cases


# Extent ---------------------------------------------------------------------------------------------------------


def test_a_value_in_the_last_cell_of_the_sheet_is_listed_and_the_rest_read(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    far = '<c r="XFD1048576" t="inlineStr"><is><t>远方</t></is></c>'
    intake = read(in_sheet(path, CASES, lambda xml: put_cell(xml, "XFD1048576", far)))
    found = only(intake, "S34")
    assert (found.where.sheet, found.where.cell, found.shown) == (CASES, "XFD1048576", "远方")
    assert intake.result is not None and [fact.row for fact in intake.result.cases] == [2]


def test_a_shared_text_far_away_is_shown_as_it_reads(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    xml = parts(path)[sheet_parts(path)[CASES]].decode()
    title = xml.split(f'<c r="{at(PenaltyCase, "处罚决定书文号", 1)}"', 1)[1].split("<v>", 1)[1].split("</v>", 1)[0]
    intake = read(in_sheet(path, CASES, lambda x: put_cell(x, "ZZ2", f'<c r="ZZ2" t="s"><v>{title}</v></c>')))
    assert only(intake, "S34").shown == "处罚决定书文号*"


def test_a_record_in_the_last_row_counts_with_its_true_address(tmp_path: Path) -> None:
    path = a_file(tmp_path, case(), case(处罚决定书文号="乙1号", 决定日期="待定"))
    intake = read(in_sheet(path, CASES, lambda xml: re.sub(r'(r="[A-Z]?)3"', r'\g<1>1048576"', xml)))
    assert intake.result is not None
    assert [fact.row for fact in intake.result.cases] == [2, 1_048_576]
    assert only(intake, "C02").where.cell == at(PenaltyCase, "决定日期", 1048576)
    assert intake.rows_read[CASES] == 2


@pytest.mark.parametrize("styled", [False, True])
def test_a_million_empty_formatted_rows_cost_nothing(tmp_path: Path, styled: bool) -> None:
    cells = "".join(f'<c r="{chr(65 + k)}{{0}}" s="1"/>' for k in range(3)) if styled else ""
    row = (
        f'<row r="{{0}}" ht="20" customHeight="1">{cells}</row>'
        if styled
        else '<row r="{0}" ht="20" customHeight="1"/>'
    )
    blank = "".join(row.format(n) for n in range(3, 1_048_577))
    path = in_sheet(a_file(tmp_path), CASES, lambda xml: xml.replace("</sheetData>", f"{blank}</sheetData>"))
    intake = read(path)
    assert intake.result is not None and len(intake.result.cases) == 1 and intake.findings == ()


def test_a_table_too_large_is_refused_and_not_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CELLS", 1000)
    path = a_file(tmp_path, *(case(处罚决定书文号=f"{n}号") for n in range(100)))
    wide = '<c r="AB2" t="inlineStr"><is><t>x</t></is></c>'
    refused(in_sheet(path, CASES, lambda xml: put_cell(xml, "AB2", wide)), "R30", "超过了能够读取的大小")


def test_one_cell_twice_in_an_ordinary_sheet_is_said(tmp_path: Path) -> None:
    """Also a whole row twice, wherever it stands; what an ordinary sheet holds once is no alarm."""
    fine = at(PenaltyCase, "罚款金额(万元)")
    path = a_file(tmp_path, case(), case(处罚决定书文号="乙1号", 备注=""))
    assert not told(read(path), "S35")
    plain = path.read_bytes()
    in_sheet(path, CASES, lambda xml: re.sub(rf'(<c r="{fine}".*?</c>)', rf'\1<c r="{fine}"><v>9999</v></c>', xml))
    found = only(read(path), "S35")
    assert (found.where.sheet, found.where.cell) == (CASES, fine) and f"有1格（{fine}）" in found.problem
    path.write_bytes(plain)
    third = at(PenaltyCase, "罚款金额(万元)", 3)
    again = f'<row r="3"><c r="{third}"><v>8888</v></c></row>'
    found = only(read(in_sheet(path, CASES, lambda xml: xml.replace("</sheetData>", f"{again}</sheetData>"))), "S35")
    assert found.where.cell == third
    path.write_bytes(plain)
    twice = '<c r="B2" t="inlineStr"><is><t>昆山市</t></is></c>'
    in_sheet(path, "单位信息", lambda xml: xml.replace("</row>", f"</row><row r='2'>{twice}</row>", 1))
    assert only(read(path), "S35").where.sheet == "单位信息"


def test_one_cell_written_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_LISTED", 50)
    twice = '<row r="2">' + '<c r="B2"><v>1</v></c>' * 100 + "</row><!-- x -->"
    refused(
        in_sheet(a_file(tmp_path), CASES, lambda xml: xml.replace("</sheetData>", f"{twice}</sheetData>")),
        "R30",
        "两份",
    )


def test_more_cells_than_can_be_looked_at_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of few bytes may hold any number of empty cells; the limit is for the file, not for each sheet."""
    path = a_file(tmp_path)
    blank = "<row><c><f/></c>" + "<c r='A9'></c>" * 60 + "</row><!-- x -->"
    for sheet in (CASES, "重大案件"):
        in_sheet(path, sheet, lambda xml: xml.replace("</sheetData>", f"{blank}</sheetData>"))
    monkeypatch.setattr(limits, "MOST_LOOKED_AT", 200)
    assert read(path).result is not None
    monkeypatch.setattr(limits, "MOST_LOOKED_AT", 120)
    refused(path, "R30", "单元格超过120个")


def test_one_cell_twice_is_said(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    twice = '<row r="2"><c r="B2" t="inlineStr"><is><t>又一个</t></is></c></row><!-- x -->'
    intake = read(in_sheet(path, CASES, lambda xml: xml.replace("</sheetData>", f"{twice}</sheetData>")))
    assert only(intake, "S35").where.cell == "B2"


# What calamine does not tell -------------------------------------------------------------------------------------


def test_an_error_in_a_cell_that_scoring_needs_blocks_its_row(tmp_path: Path) -> None:
    path, cell = a_file(tmp_path), at(PenaltyCase, "决定日期")
    error = f'<c r="{cell}" t="e"><f>VLOOKUP(1,Z:Z,1)</f><v>#N/A</v></c>'
    intake = read(in_sheet(path, CASES, lambda xml: put_cell(xml, cell, error)))
    found = only(intake, "C60")
    assert (found.where.cell, found.shown, found.severity) == (cell, "#N/A", Severity.BLOCKING)
    assert intake.result is not None and intake.result.cases[0].blocked == "决定日期"
    assert not told(intake, "C61") and not told(intake, "C01")


def test_an_error_elsewhere_is_a_warning_also_in_a_form(tmp_path: Path) -> None:
    path, cell = a_file(tmp_path), at(PenaltyCase, "备注")
    in_sheet(path, CASES, lambda xml: put_cell(xml, cell, f'<c r="{cell}" t="e"><v>#REF!</v></c>'))
    in_sheet(path, "单位信息", lambda xml: put_cell(xml, "B2", '<c r="B2" t="e"><v>#NAME?</v></c>'))
    intake = read(path)
    assert {(f.where.sheet, f.where.cell, f.shown) for f in told(intake, "C60")} == {
        (CASES, cell, "#REF!"),
        ("单位信息", "B2", "#NAME?"),
    }
    assert intake.result is not None and intake.result.cases[0].blocked == ""


def test_a_formula_in_a_data_cell_is_said_and_its_value_used(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(a_file(tmp_path))
    book.save(tmp_path / "a.xlsx")
    path, cell = tmp_path / "a.xlsx", at(PenaltyCase, "罚款金额(万元)")
    formula = f'<c r="{cell}"><f>Sheet1!A1*2</f><v>7.5</v></c>'
    intake = read(in_sheet(path, CASES, lambda xml: put_cell(xml, cell, formula)))
    found = only(intake, "C61")
    assert (found.where.sheet, found.where.cell, found.severity) == (CASES, cell, Severity.WARNING)
    assert intake.result is not None and str(intake.result.cases[0].fine) == "7.5"


@pytest.mark.parametrize("result", ["", "<v/>", "<v></v>"])
@pytest.mark.parametrize("trimmed", [False, True])
def test_a_formula_that_was_never_calculated_is_no_empty_cell(tmp_path: Path, result: str, trimmed: bool) -> None:
    path, cell = a_file(tmp_path), at(PenaltyCase, "罚款金额(万元)")
    in_sheet(path, CASES, lambda xml: put_cell(xml, cell, f'<c r="{cell}"><f>1+2</f>{result}</c>'))
    if trimmed:
        in_sheet(path, CASES, lambda xml: xml.replace("<sheetData>", "<!-- x --><sheetData>"))
    found = only(intake := read(path), "C60")
    assert (found.where.cell, found.severity, found.shown) == (cell, Severity.BLOCKING, "（公式没有计算结果）")
    assert not told(intake, "C01") and not told(intake, "C61"), "one cause, one finding"


def test_a_formula_whose_result_is_an_empty_text_is_an_empty_cell(tmp_path: Path) -> None:
    path, cell = a_file(tmp_path), at(PenaltyCase, "备注")
    in_sheet(path, CASES, lambda xml: put_cell(xml, cell, f'<c r="{cell}" t="str"><f>""</f><v></v></c>'))
    assert [f.code for f in read(path).findings] == ["C61"]


@pytest.mark.parametrize("trimmed", [False, True])
@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("[1]Sheet1!A1*2", "R38"),
        ("'C:\\[别表.xlsx]表'!A1", "R38"),
        ("cmd|'/c calc'!A0", "R38"),
        ("cmd|&quot;/c calc&quot;!A0", "R38"),
        ("表1[罚款]*2", "C61"),
        ('IF(A1="a|b",1,2)', "C61"),
    ],
)
def test_a_cell_that_takes_its_value_from_elsewhere_is_one_finding(
    tmp_path: Path, formula: str, code: str, trimmed: bool
) -> None:
    path, cell = a_file(tmp_path), at(PenaltyCase, "罚款金额(万元)")
    changed(path, {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"} if code == "R38" else {})
    in_sheet(path, CASES, lambda xml: put_cell(xml, cell, f'<c r="{cell}"><f>{formula}</f><v>7.5</v></c>'))
    if trimmed:
        in_sheet(path, CASES, lambda xml: xml.replace("<sheetData>", "<!-- x --><sheetData>"))
    intake = read(path)
    assert [(f.code, f.where.sheet, f.where.cell) for f in intake.findings] == [(code, CASES, cell)]
    assert intake.result is not None and str(intake.result.cases[0].fine) == "7.5"


def test_macros_and_external_links_are_said_and_not_touched(tmp_path: Path) -> None:
    path = changed(
        a_file(tmp_path),
        {"xl/vbaProject.bin": b"\xd0\xcf", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"},
    )
    intake = read(path)
    assert intake.result is not None
    assert [f.code for f in intake.findings] == ["R36", "R37"]


def test_what_is_hidden_is_read_and_said(tmp_path: Path) -> None:
    path = a_file(tmp_path, case(), case(处罚决定书文号="乙1号"), case(处罚决定书文号="丙1号"))
    book = openpyxl.load_workbook(path)
    sheet = book[CASES]
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[900].hidden = True
    sheet.column_dimensions[letter(PenaltyCase, "当事人名称")].hidden = True
    book["重大案件"].sheet_state = "hidden"
    book.save(path)
    intake = read(path)
    assert intake.result is not None and len(intake.result.cases) == 3
    assert (only(intake, "S31").where.cell, only(intake, "S32").where.cell) == ("A3", at(PenaltyCase, "当事人名称", 1))
    assert "第3行" in only(intake, "S31").problem
    assert only(intake, "S30").where.sheet == "重大案件"


def test_merged_cells_over_data_are_said(tmp_path: Path) -> None:
    path = a_file(tmp_path, case(), case(处罚决定书文号="乙1号"))
    book = openpyxl.load_workbook(path)
    book[CASES].merge_cells(at(PenaltyCase, "当事人名称", 2, 3))
    book[CASES].merge_cells(at(PenaltyCase, "当事人名称", 50, 51))
    book.save(path)
    intake = read(path)
    found = only(intake, "S33")
    empty = at(PenaltyCase, "当事人名称", 3)
    assert found.where.cell == at(PenaltyCase, "当事人名称", 2, 3)
    assert f"{empty}：“当事人名称”没有填写" in found.problem
    assert not told(intake, "C01") and found.severity is Severity.WARNING, "one cause, one finding"


def test_many_merged_cells_are_one_finding_with_their_rows(tmp_path: Path) -> None:
    path = a_file(tmp_path, *(case(处罚决定书文号=f"乙{n}号") for n in range(20)))
    book = openpyxl.load_workbook(path)
    for row in range(2, 20, 2):
        book[CASES].merge_cells(f"C{row}:D{row}")
    book.save(path)
    intake = read(path)
    found = only(intake, "S33")
    assert found.where.cell == "C2:D18" and len(found.cells) == 9
    assert "共9处，第2、4、6、8、10、12、14、16、18行" in found.problem and not told(intake, "C01")


def test_merged_cells_over_what_scoring_needs_block_their_rows(tmp_path: Path) -> None:
    path = a_file(tmp_path, case(), case(处罚决定书文号="乙1号"))
    book = openpyxl.load_workbook(path)
    book[CASES].merge_cells(at(PenaltyCase, "决定日期", 2, 3))
    book.save(path)
    intake = read(path)
    found = only(intake, "S33")
    assert found.severity is Severity.BLOCKING and "“决定日期”没有填写，本行不计入" in found.problem
    assert intake.result is not None and [fact.blocked for fact in intake.result.cases] == ["", "决定日期"]


def test_dates_of_1904_rich_text_and_logical_values_are_right(tmp_path: Path) -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    path = a_file(tmp_path, case(是否公开=None))
    book = openpyxl.load_workbook(path)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book[CASES]
    sheet.cell(2, place(PenaltyCase, "决定日期")).value = date(2017, 3, 1)
    sheet.cell(2, place(PenaltyCase, "处罚决定书文号")).value = CellRichText(
        "吴环罚", TextBlock(InlineFont(b=True), "〔2017〕9号")
    )
    sheet.cell(2, place(PenaltyCase, "是否公开")).value = True
    sheet.cell(2, place(PenaltyCase, "处罚决定书文号")).font = Font(bold=True)
    book.save(path)
    intake = read(path)
    assert intake.result is not None
    (fact,) = intake.result.cases
    assert (fact.decided_on, fact.key, str(fact.published)) == (date(2017, 3, 1), "吴环罚〔2017〕9号", "是")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "字" * 10_000, "𠮷野家👨‍👩‍👧环保"])
def test_texts_stay_what_they_are(tmp_path: Path, text: str) -> None:
    intake = read(a_file(tmp_path, case(备注=text)))
    assert intake.result is not None
    (row,) = intake.rows.load(CASES)
    assert row[1][place(PenaltyCase, "备注") - 1] == text
    assert not told(intake, "C62")


@pytest.mark.parametrize(
    ("typed", "clean"), [("甲\u202e公司", "甲公司"), ("甲\u200b公司", "甲公司"), ("甲\x07公司", "甲公司")]
)
def test_characters_that_nobody_sees_are_said_and_taken_out(tmp_path: Path, typed: str, clean: str) -> None:
    intake = read(a_file(tmp_path, case(当事人名称=typed)))
    found = only(intake, "C62")
    assert found.where.cell == at(PenaltyCase, "当事人名称")
    assert f"‹U+{ord(typed[1]):04X}›" in found.shown
    (row,) = intake.rows.load(CASES)
    assert row[1][place(PenaltyCase, "当事人名称") - 1] == clean


def test_characters_that_nobody_sees_in_rows_without_a_record_are_not_said(tmp_path: Path) -> None:
    intake = read(a_file(tmp_path, case(), ["\u200b"] * 9, ["\ufeff"] * 3))
    assert not told(intake, "C62")


def test_a_number_too_long_for_excel_is_said(tmp_path: Path) -> None:
    intake = read(a_file(tmp_path, case(统一社会信用代码=913205000000000000.0)))
    assert only(intake, "C08").where.cell == at(PenaltyCase, "统一社会信用代码")


# Other formats ----------------------------------------------------------------------------------------------------


def _ods(rows: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "content.xml",
            '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
            'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="单位信息">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


def _ods_cell(text: object) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def test_an_opendocument_return_is_read_and_said(tmp_path: Path) -> None:
    rows = "".join(
        f"<table:table-row>{''.join(_ods_cell('' if v is None else v) for v in row)}</table:table-row>"
        for row in form(UnitInfo, INFO)
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(_ods(rows))
    intake = read(path)
    assert intake.result is not None and intake.result.unit == "吴中区"
    assert "ods" in only(intake, "R35").problem


@pytest.mark.parametrize("repeated", ["table:number-rows-repeated", "table:number-columns-repeated"])
def test_an_opendocument_of_a_million_repeats_is_refused(tmp_path: Path, repeated: str) -> None:
    wide = '<table:table-row table:number-rows-repeated="1048576">' + _ods_cell("x") * 10 + "</table:table-row>"
    many = _ods_cell("x").replace("cell ", 'cell table:number-columns-repeated="16384" ', 1)
    tall = f'<table:table-row table:number-rows-repeated="9000">{many}</table:table-row>'
    path = tmp_path / "a.xlsx"
    path.write_bytes(_ods(wide if "rows" in repeated else tall))
    refused(path, "R30", "超过了能够读取的大小")


def test_an_old_workbook_with_a_far_cell_or_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    far = record(0x0203, struct.pack("<HHHd", 65_535, 65_535, 0, 1.0))
    path.write_bytes(compound({"Workbook": bof(5) + far}))
    refused(path, "R30", "超过了能够读取的大小")
    path.write_bytes(compound({"Workbook": bof(5) + record(0x002F, b"\0\0")}))
    refused(path, "R31", "密码")
    path.write_bytes(compound({"Workbook": bof(5).ljust(9000, b"\0")})[:1600])
    refused(path, "R01", "损坏")


def test_whole_numbers_of_an_old_workbook_are_numbers(tmp_path: Path) -> None:
    """[MS-XLS] keeps them apart (RK), and so does calamine."""
    sheet = bof(0x10) + record(0x027E, struct.pack("<HHHI", 0, 0, 0, (2017 << 2) | 2)) + record(0x0A)
    name = b"\x01\0A"
    at = len(bof(5)) + len(record(0x0085, bytes(6) + name)) + len(record(0x0A))
    stream = bof(5) + record(0x0085, struct.pack("<IBB", at, 0, 0) + name) + record(0x0A) + sheet
    ((_, cells),) = Book(compound({"Workbook": stream})).rows("A")
    assert [type(cell) for cell in cells] == [float] and list(cells) == [2017.0]


def test_formats_that_are_not_read_say_how_to_save_them(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    refused(pack(path, {"xl/workbook.bin": b"", "[Content_Types].xml": b""}), "R32", "xlsb")
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        path.write_bytes("单位,层级\r\n吴中区,县级\r\n".encode(encoding))
        refused(path, "R32", "CSV")
    path.write_bytes(b"\0" * 5000)
    refused(path, "R01", "空字节")


def test_an_encrypted_member_is_asked_for_again(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    content = bytearray(path.read_bytes())
    at = content.rfind(b"xl/workbook.xml") - 46
    content[at + 8] |= 1
    path.write_bytes(bytes(content))
    refused(path, "R31", "加密")


# Files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "ends", "word"),
    [
        (PermissionError(13, "x"), ReturnNotOpened, "没有权限，或正被别的程序占用"),
        (FileNotFoundError(2, "x"), ReturnNotOpened, "被移走或删除了"),
        (OSError(5, "x"), MachineFault, "磁盘读写出错"),
    ],
)
def test_files_that_cannot_be_had_end_the_run_and_are_no_districts_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, ends: type[LianbingError], word: str
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    path = a_file(tmp_path)
    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(ends, match=word):
        read_return(path, "回收/a.xlsx", rules())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_and_a_folder_are_named_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.xlsx")
    refused(tmp_path / "管道.xlsx", "R33", "不是普通文件")
    (tmp_path / "夹.xlsx").mkdir()
    with pytest.raises(ReturnNotOpened, match="文件夹“夹.xlsx”打不开"):
        read_return(tmp_path / "夹.xlsx", "回收/夹.xlsx", rules())


def test_a_file_larger_than_the_limit_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(limits.MOST_FILE + 1)
    refused(path, "R30", "100MB")


def test_sheets_that_are_not_asked_for_are_not_unpacked(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    book = Book(path.read_bytes(), only={"单位信息"})
    assert len(list(book.rows("单位信息"))) > 1 and CASES in book.names
    with pytest.raises(KeyError):
        book.rows(CASES)


def test_an_ordinary_sheet_is_handed_on_byte_for_byte(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    book = Book(path.read_bytes())
    assert book.format is FileFormat.XLSX
    with zipfile.ZipFile(io.BytesIO(book._guarded.content)) as stored:
        part = sheet_parts(path)[CASES]
        assert stored.read(part) == parts(path)[part]
        assert zlib.crc32(parts(path)[part]) == stored.getinfo(part).CRC


def test_no_workbook_makes_reading_raise_anything_but_unreadable(tmp_path: Path) -> None:
    for content in (b"PK\5\6" + b"\0" * 18, b"PK\3\4" + b"\0" * 100, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100):
        with pytest.raises(Unreadable):
            Book(content)


def test_rewriting_a_sheet_changes_no_value(tmp_path: Path) -> None:
    rows = [[1, "甲 乙", 2.5, date(2017, 8, 1), True, None, " x "], [], [None, "<&>\"'", -1e-7, None, False]]
    path = write(tmp_path / "a.xlsx", {"表": rows})
    plain = [(n, list(cells)) for n, cells in Book(path.read_bytes()).rows("表") if any(c != "" for c in cells)]
    in_sheet(path, "表", lambda xml: xml.replace("<sheetData>", "<!-- x --><sheetData>"))
    book = Book(path.read_bytes())
    assert list(book.rows("表")) == plain and book.facts("表").rows == [1, 3]
