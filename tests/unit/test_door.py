"""Good files are let in: what a file is, is told from its structure; what cannot matter keeps none out (B2.10)."""

from __future__ import annotations

import hashlib
import io
import random
import struct
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.cells import at, place
from tests.old_workbooks import bof, compound, record, workbook_stream
from tests.surgery import changed, in_sheet, pack, parts, put_cell
from tests.tables import INFO, a_return, case, form, headers, only, rules, write
from xl_lianbing.findings import Finding
from xl_lianbing.glossary import Severity
from xl_lianbing.intake.door.sheets import Book, Unreadable
from xl_lianbing.intake.returned.read import Intake, read_return
from xl_lianbing.records.column import Layout
from xl_lianbing.records.returns import RETURN_SHEETS, CaseFile, PenaltyCase

CASES = "处罚案件"
DEFAULT = "VelvetSweatshop"
ROWS = (case(), case(处罚决定书文号="吴环罚〔2017〕2号", 决定日期=date(2017, 3, 2)))


def a_file(path: Path, *rows: list[object]) -> Path:
    return a_return(path / "a.xlsx", {CASES: [headers(PenaltyCase), *(rows or ROWS)]})


def read(path: Path, evidence: Path | None = None) -> Intake:
    return read_return(path, f"回收/{path.name}", rules(), evidence=evidence)


def told(intake: Intake, code: str) -> list[Finding]:
    return [f for f in intake.findings if f.code == code]


def taken(intake: Intake) -> list[tuple[str, date | None]]:
    """The cases that were read: it is the same return whatever it is packed in."""
    assert intake.result is not None, intake.refusal
    return [(fact.key, fact.decided_on) for fact in intake.result.cases]


TAKEN = [("吴环罚〔2017〕1号", date(2017, 3, 1)), ("吴环罚〔2017〕2号", date(2017, 3, 2))]


def refused(path: Path, content: bytes, code: str, word: str) -> None:
    path.write_bytes(content)
    refusal = read(path).refusal
    assert refusal is not None and refusal.code == code and word in refusal.problem


def old_sheets(*rows: list[object], info: Mapping[str, object] | None = None) -> dict[str, list[list[object]]]:
    """The sheets of a return, for an old workbook."""
    sheets: dict[str, list[list[object]]] = {}
    for record_ in RETURN_SHEETS:
        if record_.layout is Layout.FORM:
            values = INFO | dict(info or {}) if record_.sheet == "单位信息" else {"是否申报": "否"}
            sheets[record_.sheet] = [list(row) for row in form(record_, values)]
        else:
            sheets[record_.sheet] = [headers(record_)]
    sheets[CASES] += rows or ROWS
    return sheets


# Old workbooks ----------------------------------------------------------------------------------------------------

OTHER = workbook_stream({"别的": [["x"]] * 600})


@pytest.mark.parametrize(
    "streams",
    [
        {"Workbook": b""},
        {"WORKBOOK": b""},
        {"Book": b""},
        {"BOOK": b""},
        {"workbook": b"", "Book": OTHER},
        {"MBD0001/WordDocument": b"w" * 9000, "Workbook": b""},
        {"MBD0001/PowerPoint Document": b"p", "MBD0001/EncryptedPackage": b"e", "Workbook": b""},
        {"MBD0001/Workbook": OTHER, "Workbook": b"", "WordDocumentX": b""},
        {"_SIGNATURES/EncryptionInfo": b"x", "WORKBOOK": b""},
    ],
)
def test_an_old_workbook_is_told_by_the_root_of_its_file(tmp_path: Path, streams: dict[str, bytes]) -> None:
    """R35: an embedded object, or how a writer spelled the stream, says nothing about the file."""
    path, stream = tmp_path / "a.xls", workbook_stream(old_sheets())
    path.write_bytes(compound({name: data or stream for name, data in streams.items()}))
    intake = read(path)
    assert taken(intake) == TAKEN
    assert [f.code for f in intake.findings if f.code.startswith("R")] == ["R08", "R35"]


def test_words_in_the_cells_of_an_old_workbook_say_nothing_about_the_file(tmp_path: Path) -> None:
    rows = [case(备注="WordDocument EncryptedPackage PowerPoint Document")]
    (tmp_path / "a.xls").write_bytes(compound({"Workbook": workbook_stream(old_sheets(*rows))}))
    assert taken(read(tmp_path / "a.xls")) == TAKEN[:1]


@pytest.mark.parametrize("name", ["Workbook", "BOOK"])
def test_a_small_old_workbook_is_read(name: str) -> None:
    """Under 4 KB a stream lies among the small sectors, where calamine takes any length for that of a whole one."""
    stream = workbook_stream({"表": [["甲", 1]]})
    assert len(stream) < 4096
    ((_, cells),) = Book(compound({name: stream})).rows("表")
    assert list(cells) == ["甲", 1.0]


@pytest.mark.parametrize(
    ("streams", "word"),
    [
        ({"WordDocument": b"w" * 5000, "ObjectPool/Workbook": OTHER}, "Word"),
        ({"PowerPoint Document": b"p"}, "PowerPoint"),
        ({"__properties_version1.0": b"m", "__attach/Workbook": OTHER}, "邮件"),
        ({"Contents": b"c", "MBD0001/Workbook": OTHER}, "不是Excel"),
    ],
)
def test_what_only_embeds_a_workbook_is_none(tmp_path: Path, streams: dict[str, bytes], word: str) -> None:
    refused(tmp_path / "a.xls", compound(streams), "R32", word)


def test_an_old_workbook_with_macros_is_read_without_them(tmp_path: Path) -> None:
    """R36: a VBA project, or a sheet of Excel 4 macros, which is no sheet of the return."""
    path = tmp_path / "a.xls"
    project = {"Workbook": workbook_stream(old_sheets()), "_VBA_PROJECT_CUR/VBA": b"x"}
    sheet = {"Workbook": workbook_stream({"宏1": [["=HALT()"]]} | old_sheets(), macro_sheets=["宏1"])}
    locked = project | {"Workbook": old_encrypted(old_sheets(), DEFAULT)}
    for streams in (project, sheet, locked):
        path.write_bytes(compound(streams))
        intake = read(path)
        assert taken(intake) == TAKEN and len(told(intake, "R36")) == 1 and not told(intake, "S09")


def test_a_stream_that_is_not_all_there_is_a_damaged_file(tmp_path: Path) -> None:
    whole = compound({"Workbook": workbook_stream(old_sheets())})
    struct.pack_into("<I", whole_ := bytearray(whole), whole.index("Workbook".encode("utf-16-le")) + 120, 1 << 20)
    refused(tmp_path / "a.xls", bytes(whole_), "R01", "损坏")


def test_the_records_of_excel_4_are_named(tmp_path: Path) -> None:
    refused(tmp_path / "a.xls", b"\x09\4\6\0\0\0\x10\0\0\0" + bytes(50), "R32", "Excel 4.0")


# Passwords --------------------------------------------------------------------------------------------------------


def encrypted(content: bytes, password: str) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, out)
    return out.getvalue()


def _rc4(key: bytes, count: int) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for _ in range(count):
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        out.append(state[(state[i] + state[j]) & 255])
    return bytes(out)


def _mixed(data: bytes, key: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(data, key, strict=True))


def old_encrypted(sheets: Mapping[str, list[list[object]]], password: str) -> bytes:
    """The records under RC4 with 40 bits ([MS-OFFCRYPTO] 2.3.6), as Excel 97 to 2003 wrote them."""
    salt, verifier = b"0123456789abcdef", b"fedcba9876543210"
    short = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    inner = hashlib.md5((short + salt) * 16).digest()[:5]

    def key(block: int) -> bytes:
        return hashlib.md5(inner + struct.pack("<I", block)).digest()

    check = _mixed(verifier + hashlib.md5(verifier).digest(), _rc4(key(0), 32))
    stream = workbook_stream(sheets, extra=record(0x002F, struct.pack("<HHH", 1, 1, 1) + salt + check))
    blocks = -(-len(stream) // 1024)
    keys = b"".join(_rc4(key(n), 1024) for n in range(blocks))
    out, start = bytearray(stream), 0
    while start < len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        begin, end = start + 4 + (4 if kind == 0x0085 else 0), start + 4 + length
        if kind not in (0x0809, 0x002F):
            out[begin:end] = _mixed(stream[begin:end], keys[begin:end])
        start = end
    return bytes(out)


def test_a_file_under_excels_own_password_is_read(tmp_path: Path) -> None:
    """Excel sets it without asking where the structure is protected, and opens such a file without asking."""
    path = a_file(tmp_path)
    plain = read(path)
    path.write_bytes(encrypted(path.read_bytes(), DEFAULT))
    intake = read(path)
    assert taken(intake) == TAKEN and intake.findings == plain.findings and intake.stamp == plain.stamp
    path.write_bytes(compound({"Workbook": old_encrypted(old_sheets(), DEFAULT)}))
    assert taken(read(path)) == TAKEN


def test_a_password_that_somebody_chose_is_asked_to_be_taken_off(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    refused(path, encrypted(path.read_bytes(), "1234"), "R31", "密码")
    refused(path, compound({"Workbook": old_encrypted(old_sheets(), "1234")}), "R31", "密码")
    refused(path, compound({"EncryptedPackage": b"x", "DataSpaces/Version": b"x"}), "R31", "密码")
    refused(path, compound({"Workbook": bof(5) + record(0x002F, b"\1\0\xff\xff")}), "R31", "密码")


def test_a_document_under_excels_own_password_is_still_a_document(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    document, noise = b'<w:document xmlns:w="w"/>', random.Random(1).randbytes(9000)
    pack(
        path,
        {
            "[Content_Types].xml": types,
            "_rels/.rels": ROOT % b"word/d.xml",
            "word/d.xml": document,
            "x": noise,
        },
    )
    refused(path, encrypted(path.read_bytes(), DEFAULT), "R32", "Word")


def test_an_encryption_that_costs_more_than_excels_is_not_tried(tmp_path: Path) -> None:
    info = b'\4\0\4\0\x40\0\0\0<encryption><encryptedKey spinCount="9999999"/></encryption>'
    laughs = b'\4\0\4\0\x40\0\0\0<!DOCTYPE x [<!ENTITY a "ha">]><encryption/>'
    for stream, code, word in ((info, "R31", "密码"), (laughs, "R30", "DTD")):
        refused(tmp_path / "a.xlsx", compound({"EncryptionInfo": stream, "EncryptedPackage": b"x" * 99}), code, word)


# Packages ---------------------------------------------------------------------------------------------------------

ROOT = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="%s"/>'
    b"</Relationships>"
)


def renamed(path: Path, name: Callable[[str], str], target: Callable[[str], str]) -> Path:
    """The file with parts under other names, and what the relationships of root and workbook call them."""
    content = parts(path)
    rels = content["xl/_rels/workbook.xml.rels"].decode()
    for part in content:
        short = part.removeprefix("xl/")
        rels = rels.replace(f'"{short}"', f'"{target(name(part))}"').replace(f'"/{part}"', f'"{target(name(part))}"')
    content["xl/_rels/workbook.xml.rels"] = rels.encode()
    root = content["_rels/.rels"].decode().replace("xl/workbook.xml", name("xl/workbook.xml"))
    content["_rels/.rels"] = root.encode()
    book = name("xl/workbook.xml")
    folder, _, short = book.rpartition("/")
    places = {"xl/_rels/workbook.xml.rels": f"{folder}/_rels/{short}.rels".lstrip("/")}
    return pack(path, {places.get(part, name(part)): data for part, data in content.items()})


def _kept(part: str) -> bool:
    return not part.startswith("xl/") or "_rels" in part


@pytest.mark.parametrize(
    ("name", "target"),
    [
        (lambda p: p.replace("xl/workbook.xml", "xl/workbook2.xml"), lambda p: p.removeprefix("xl/")),
        (lambda p: p.replace("worksheets/sheet", "worksheets/foo"), lambda p: f"/{p}"),
        (lambda p: p if _kept(p) else p.replace("xl/", "xl/x/"), lambda p: f"/{p}"),
        (lambda p: p.replace("sharedStrings", "SharedStrings").replace("/sheet", "/Sheet"), lambda p: f"/{p.lower()}"),
        (lambda p: p.replace("sharedStrings", "texts").replace("styles", "looks"), lambda p: p.removeprefix("xl/")),
        (lambda p: p if _kept(p) else p.replace("xl/", "表格/"), lambda p: p.removeprefix("表格/")),
        (lambda p: p if _kept(p) else p.replace("xl/", ""), lambda p: p),
        (
            lambda p: p.replace("worksheets/sheet", "worksheets/a b"),
            lambda p: p.removeprefix("xl/").replace(" ", "%20"),
        ),
        (lambda p: p, lambda p: p),
    ],
)
def test_parts_are_found_by_relationships_whatever_their_names(
    tmp_path: Path, name: Callable[[str], str], target: Callable[[str], str]
) -> None:
    plain = read(a_file(tmp_path))
    intake = read(renamed(a_file(tmp_path), name, target))
    assert taken(intake) == TAKEN and intake.findings == plain.findings and intake.stamp == plain.stamp


def test_the_strict_dialect_is_read(tmp_path: Path) -> None:
    """Other namespaces, and days as ISO dates."""

    def strict(xml: bytes) -> bytes:
        xml = xml.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        return xml.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )

    path = a_file(tmp_path)
    plain = read(path)
    cell = at(PenaltyCase, "决定日期")
    in_sheet(path, CASES, lambda xml: put_cell(xml, cell, f'<c r="{cell}" s="1" t="d"><v>2017-03-01</v></c>'))
    pack(path, {name: strict(data) if name.endswith((".xml", ".rels")) else data for name, data in parts(path).items()})
    intake = read(path)
    assert taken(intake) == TAKEN and intake.findings == plain.findings


@pytest.mark.parametrize(
    ("kind", "root", "macros"),
    [
        ("http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet", "xm:macrosheet", 1),
        ("http://schemas.microsoft.com/office/2006/relationships/xlIntlMacrosheet", "xm:macrosheet", 1),
        ("http://schemas.openxmlformats.org/officeDocument/2006/relationships/dialogsheet", "dialogsheet", 0),
        ("http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartsheet", "chartsheet", 0),
        ("", "", 0),
    ],
)
def test_tabs_that_are_no_sheets_keep_no_file_out(tmp_path: Path, kind: str, root: str, macros: int) -> None:
    """R36: sheets of Excel 4 macros, left by old viruses in every file that they touched; dialogs, charts, modules."""
    path = a_file(tmp_path)
    more = f'<Relationship Id="rX" Type="{kind}" Target="macrosheets/sheet1.xml"/></Relationships>'
    tab = f'<sheets><sheet name="宏1" sheetId="99" state="veryHidden" r:id="{"rX" if kind else ""}"/>'
    changed(
        path,
        {
            "xl/workbook.xml": lambda d: d.replace(b"<sheets>", tab.encode()),
            "xl/_rels/workbook.xml.rels": lambda d: d.replace(b"</Relationships>", more.encode()) if kind else d,
            "xl/macrosheets/sheet1.xml": f'<{root or "x"} xmlns:xm="http://m"><sheetData/></{root or "x"}>'.encode(),
        },
    )
    intake = read(path)
    assert taken(intake) == TAKEN
    assert [f.code for f in intake.findings] == ["R36"] * macros


def test_a_package_is_told_by_its_main_part(tmp_path: Path) -> None:
    """R32; a file of another kind among the parts says nothing."""
    path = changed(a_file(tmp_path), {"word/document.xml": b"<w:document/>", "content.xml": b"<x/>"})
    assert taken(read(path)) == TAKEN
    types = {"[Content_Types].xml": b"<Types/>"}
    for part, content, word in (
        ("text/doc.xml", b'<w:document xmlns:w="w"/>', "Word"),
        ("xl/p.xml", b'<p:presentation xmlns:p="p"/>', "PowerPoint"),
        ("xl/book.bin", b"\0", "xlsb"),
        ("xl/x.xml", b"<VisioDocument/>", "不是Excel"),
    ):
        refused(
            path, pack(path, types | {"_rels/.rels": ROOT % part.encode(), part: content}).read_bytes(), "R32", word
        )


def test_an_opendocument_text_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    parts_ = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office:document-content/>"}
    refused(path, pack(path, parts_).read_bytes(), "R32", "文字处理")


def test_two_tabs_of_one_name_are_two_tabs(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"甲": [[1]], "乙": [[2]]})
    changed(path, {"xl/workbook.xml": lambda d: d.replace('name="乙"'.encode(), 'name="甲"'.encode())})
    book = Book(path.read_bytes())
    assert [[cells for _, cells in book.rows(name)] for name in book.names] == [[[1.0]], [[2.0]]]


def test_a_package_without_a_tab_is_damaged(tmp_path: Path) -> None:
    path = changed(a_file(tmp_path), {"xl/workbook.xml": b"<workbook><sheets/></workbook>"})
    with pytest.raises(Unreadable, match="没有工作表"):
        Book(path.read_bytes())


# The calendar of 1904 ---------------------------------------------------------------------------------------------

#: 2017-03-01 counted from 1904-01-01 (from 1899-12-30 it is 42795).
SERIAL = 41333


@pytest.mark.parametrize("day", [SERIAL, float(SERIAL), f"{SERIAL}", date(2017, 3, 1)])
@pytest.mark.parametrize("old", [False, True])
def test_a_day_of_a_workbook_that_counts_from_1904_is_that_day(tmp_path: Path, day: object, old: bool) -> None:
    """As a date and as a number without a format, in a table and in a form; in a text what a number would be."""
    rows, info = [case(决定日期=day)], {"名录公布日期": day}
    path = tmp_path / ("a.xls" if old else "a.xlsx")
    if old:
        path.write_bytes(compound({"Workbook": workbook_stream(old_sheets(*rows, info=info), date1904=True)}))
    else:
        if isinstance(day, date):  # written as the number that it is there, with its format
            rows, info = [case(决定日期=date(2013, 2, 28))], {"名录公布日期": date(2013, 2, 28)}
        a_return(path, {CASES: [headers(PenaltyCase), *rows]}, info=info)
        changed(path, {"xl/workbook.xml": lambda d: d.replace(b"<workbookPr ", b'<workbookPr date1904="true" ')})
    intake = read(path)
    assert taken(intake) == TAKEN[:1]
    assert intake.result is not None and intake.result.info.list_published_on == date(2017, 3, 1)
    assert len(told(intake, "N01")) == (0 if isinstance(day, date) else 2)


def test_numbers_of_a_workbook_that_counts_from_1904_stay_numbers(tmp_path: Path) -> None:
    path = a_file(tmp_path, case(罚款金额=41333, 决定日期=20170301))
    changed(path, {"xl/workbook.xml": lambda d: d.replace(b"<workbookPr ", b'<workbookPr date1904="1" ')})
    intake = read(path)
    assert taken(intake) == TAKEN[:1] and intake.result is not None and intake.result.cases[0].fine == 41333


def test_an_opendocument_says_from_where_it_counts(tmp_path: Path) -> None:
    body = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>'
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
        '<table:table table:name="表"/></office:spreadsheet></office:body></office:document-content>'
    )
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    path = pack(tmp_path / "a.ods", {"mimetype": mimetype, "content.xml": body.encode(), "META-INF/manifest.xml": b""})
    assert Book(path.read_bytes()).day_0 == date(1904, 1, 1)


# Pictures in cells ------------------------------------------------------------------------------------------------

ID = "ID_0123456789ABCDEF0123456789ABCDEF"
WPS = f'<c r="{{0}}" t="str"><f>_xlfn.DISPIMG(&quot;{ID}&quot;,1)</f><v>=DISPIMG(&quot;{ID}&quot;,1)</v></c>'
AS_ERROR = f'<c r="{{0}}" t="e"><f>_xlfn.DISPIMG("{ID}",1)</f><v>#NAME?</v></c>'
NOT_CALCULATED = f'<c r="{{0}}"><f>DISPIMG("{ID}",1)</f></c>'
AS_TEXT = f'<c r="{{0}}" t="inlineStr"><is><t>=DISPIMG("{ID}",1)</t></is></c>'
OF_EXCEL = '<c r="{0}" t="e" vm="1"><v>#VALUE!</v></c>'
SCAN = "决定书扫描件"


@pytest.mark.parametrize("trimmed", [False, True])
@pytest.mark.parametrize("cell", [WPS, AS_ERROR, NOT_CALCULATED, AS_TEXT, OF_EXCEL])
def test_pictures_in_place_of_file_names_are_one_finding(tmp_path: Path, cell: str, trimmed: bool) -> None:
    """C37: no file to look for, no formula to mend, and the row counts as it would with a name."""
    path = a_file(tmp_path)
    for row in (2, 3):
        place_ = at(PenaltyCase, SCAN, row)
        in_sheet(path, CASES, lambda xml, p=place_: put_cell(xml, p, cell.format(p)))  # type: ignore[misc]
    if trimmed:
        in_sheet(path, CASES, lambda xml: xml.replace("<sheetData>", "<!-- x --><sheetData>"))
    (tmp_path / "佐证" / "吴中区").mkdir(parents=True)
    (tmp_path / "佐证" / "吴中区" / "别的.pdf").write_bytes(b"%PDF-")
    intake = read(path, tmp_path / "佐证")
    assert [f.code for f in intake.findings] == ["C37"] and not intake.evidence.findings()
    found = only(intake, "C37")
    assert found.cells == (at(PenaltyCase, SCAN), at(PenaltyCase, SCAN, 3)) and found.severity is Severity.WARNING
    assert "WPS嵌入的图片" in found.problem and "佐证" in found.fix and "只填文件名" in found.fix
    assert intake.result is not None and [fact.scanned for fact in intake.result.cases] == [True, True]


def test_a_picture_where_a_text_belongs_is_no_text(tmp_path: Path) -> None:
    """C38, blocking where scoring needs the cell."""
    path = a_file(tmp_path, case())
    for header in ("处罚决定书文号", "备注", "决定日期"):
        cell = at(PenaltyCase, header)
        in_sheet(path, CASES, lambda xml, c=cell: put_cell(xml, c, WPS.format(c)))  # type: ignore[misc]
    intake = read(path)
    assert {f.where.cell: f.severity for f in told(intake, "C38")} == {
        at(PenaltyCase, "处罚决定书文号"): Severity.BLOCKING,
        at(PenaltyCase, "决定日期"): Severity.BLOCKING,
        at(PenaltyCase, "备注"): Severity.WARNING,
    }
    assert len(intake.findings) == 3


def test_pictures_of_old_workbooks_and_other_sheets_are_told_too(tmp_path: Path) -> None:
    sheets = old_sheets(
        *(case(处罚决定书文号=f"吴环罚〔2017〕{n}号", 决定书扫描件=f'=DISPIMG("{ID}",1)') for n in range(9))
    )
    file: list[object] = [None] * len(headers(CaseFile))
    file[place(CaseFile, "案卷PDF") - 1] = f'=_xlfn.DISPIMG("{ID}",1)'
    file[place(CaseFile, "文书文号") - 1] = "吴环罚〔2017〕1号"
    sheets[CaseFile.sheet].append(file)
    (tmp_path / "a.xls").write_bytes(compound({"Workbook": workbook_stream(sheets)}))
    intake = read(tmp_path / "a.xls")
    assert [(f.where.sheet, f.times) for f in told(intake, "C37")] == [(CaseFile.sheet, 0), (CASES, 9)]
    (tmp_path / "b.xls").write_bytes(compound({"Workbook": workbook_stream(old_sheets())}))
    assert not told(read(tmp_path / "b.xls"), "C37"), "what one file holds is not said of the next"


# Long numbers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "shown"), [(913205000000005120.0, "913205000000005000"), (1e20, "1" + "0" * 20), (1.5e22, "1.5E+22")]
)
def test_a_long_number_is_shown_as_excel_shows_it(tmp_path: Path, number: float, shown: str) -> None:
    """C08: 15 figures, in the finding and in the summary."""
    intake = read(a_file(tmp_path, case(统一社会信用代码=number)))
    assert only(intake, "C08").shown == shown
    ((_, row),) = intake.rows.load(CASES)
    assert row[place(PenaltyCase, "统一社会信用代码") - 1] == shown
