"""The blank return: names of the contract, what Excel is told about each column, 填报检查, stamp, generated copies."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from tests.cells import at, letter, place
from tests.libreoffice import requires_libreoffice
from tests.libreoffice.convert import recalculated
from tests.libreoffice.office import Office
from xl_lianbing.glossary import Tier
from xl_lianbing.intake.door.sheets import Book
from xl_lianbing.intake.returned.stamp import read_stamp
from xl_lianbing.records.column import CellType, Column, Layout, Record
from xl_lianbing.records.returns import RETURN_SHEETS, PenaltyCase, TaskProgress, Training, UnitApplication, UnitInfo
from xl_lianbing.records.stamp import STAMP_SHEET, Stamp
from xl_lianbing.rules.pack import SHIPPED, RulePack, load_pack
from xl_lianbing.workbooks.regenerate import GENERATED, ROOT
from xl_lianbing.workbooks.returns.blank_return import Contact, Rows, write_return
from xl_lianbing.workbooks.returns.guide import deadlines_for
from xl_lianbing.workbooks.validation import data_validation

UNIT = "张家港市"
HEADER_ROW = 4
TABLES = [record for record in RETURN_SHEETS if record.layout is Layout.TABLE]

#: Word for word.
SHEETS = [
    *("填报说明", "单位信息", "处罚案件", "重大案件", "行政复议", "参评案卷"),
    *("先进集体", "先进个人", "个人办案", "宣传报道", "学习培训", "任务进展"),
]
CASE_HEADERS = [
    *("序号", "处罚决定书文号", "当事人名称", "统一社会信用代码", "违法行为类型", "案由", "处罚种类", "罚款金额(万元)"),
    *("立案日期", "决定日期", "结案日期", "是否录入处罚系统", "系统录入日期", "结案录入日期"),
    *("是否公开", "公开日期", "公开网址", "移动执法平台", "决定书扫描件", "主办人员", "协办人员", "备注"),
]


def case(number: int, **changes: object) -> dict[str, object]:
    """A row of 处罚案件 with every required cell."""
    return {
        "序号": number,
        "处罚决定书文号": f"演示环罚〔2017〕{number}号",
        "当事人名称": "演示数据公司",
        "违法行为类型": "水污染",
        "处罚种类": "罚款",
        "罚款金额(万元)": Decimal("1.5"),
        "决定日期": date(2017, 3, 1),
        "是否录入处罚系统": "是",
        "是否公开": "是",
        "移动执法平台": "是",
        "决定书扫描件": f"{number}.pdf",
    } | changes


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return load_pack("jiangsu-2017")


@pytest.fixture(scope="module")
def blank(pack: RulePack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("return") / "填报表.xlsx"
    write_return(path, pack, UNIT, Tier.COUNTY, contact=Contact("演示联络员", "demo@example.org"))
    return path


@pytest.fixture(scope="module")
def book(blank: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(blank)


def headers(sheet: Worksheet) -> list[Any]:
    return [cell.value for cell in sheet[HEADER_ROW]]


def texts(sheet: Worksheet) -> list[str]:
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def check_area(path: Path) -> dict[str, tuple[Any, ...]]:
    """填报检查 by sheet: filled, missing, duplicates, status."""
    sheet = openpyxl.load_workbook(path, data_only=True)["填报说明"]
    rows = sheet.iter_rows(min_col=4, max_col=8, min_row=6, values_only=True)
    return {str(row[0]): row[1:] for row in rows if row[0] in (*SHEETS, "合计")}


def test_sheets_and_case_headers_are_those_of_the_contract(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [*SHEETS, STAMP_SHEET]
    assert [header for header in headers(book["处罚案件"]) if header in CASE_HEADERS] == CASE_HEADERS


@pytest.fixture(scope="module", params=SHIPPED)
def each_year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    """A blank return of each pack."""
    path = tmp_path_factory.mktemp(request.param) / "r.xlsx"
    write_return(path, load_pack(request.param), UNIT, Tier.COUNTY)
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize("record", RETURN_SHEETS, ids=lambda r: r.sheet)
def test_every_header_stands_alone_in_its_cell(each_year: openpyxl.Workbook, record: type[Record]) -> None:
    pack = load_pack(next(p.value for p in each_year.custom_doc_props.props if p.name == "xl_lianbing.pack"))
    sheet = each_year[record.sheet]
    expected = [pack.header(column.header) for column in record.columns().values()]
    if record.layout is Layout.FORM:
        assert headers(sheet) == ["项目", "填写内容", "说明"]
        assert [row[0] for row in sheet.iter_rows(min_row=HEADER_ROW + 1, values_only=True)] == expected
    else:
        assert headers(sheet) == expected
        marks = [cell.value for cell in sheet[HEADER_ROW - 1]]
        assert marks == ["必填" if column.required else "选填" for column in pack.columns(record).values()]


def test_the_year_names_the_key_enterprises(tmp_path: Path) -> None:
    """B2.1: 重点监控企业数 in 2016, 重点排污单位数 in 2017."""
    for pack_id, header in (("jiangsu-2016", "重点监控企业数"), ("jiangsu-2017", "重点排污单位数")):
        write_return(tmp_path / "r.xlsx", load_pack(pack_id), UNIT, Tier.COUNTY)
        items = [row[0].value for row in openpyxl.load_workbook(tmp_path / "r.xlsx")["单位信息"].iter_rows()]
        assert header in items


@pytest.mark.parametrize("record", [t for t in TABLES if t is not TaskProgress], ids=lambda r: r.sheet)
def test_nothing_stands_below_the_header(book: openpyxl.Workbook, record: type[Record]) -> None:
    assert book[record.sheet].max_row == HEADER_ROW
    assert book[record.sheet].max_column == len(record.columns())


def test_prefilled(book: openpyxl.Workbook, pack: RulePack) -> None:
    info = book["单位信息"]
    assert [info.cell(row, 2).value for row in (5, 6, 7)] == [UNIT, "县级", 2017]
    assert all(info.cell(row, 2).protection.locked for row in (5, 6, 7))
    assert not info["B8"].protection.locked
    tasks = list(book["任务进展"].iter_rows(min_row=HEADER_ROW + 1, values_only=True))
    assert [row[:3] for row in tasks] == [(task.code, task.text, "未开始") for task in pack.tasks]


def test_a_return_for_nobody_leaves_the_name_open(tmp_path: Path, pack: RulePack) -> None:
    write_return(tmp_path / "r.xlsx", pack, "", Tier.COUNTY)
    info = openpyxl.load_workbook(tmp_path / "r.xlsx")["单位信息"]
    assert info["B5"].value is None
    assert not info["B5"].protection.locked


@pytest.mark.parametrize("record", TABLES, ids=lambda r: r.sheet)
def test_table_sheets_are_ready_to_type_into(book: openpyxl.Workbook, pack: RulePack, record: type[Record]) -> None:
    sheet = book[record.sheet]
    columns = list(record.columns().values())
    assert sheet.freeze_panes is not None and sheet.freeze_panes.endswith("5")
    assert sheet.auto_filter.ref.startswith("A4:")
    assert sheet.print_title_rows == "$4:$4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.protection.sheet and not sheet.protection.password
    # openpyxl: False = allowed
    assert not any((sheet.protection.sort, sheet.protection.autoFilter, sheet.protection.insertRows))
    assert not any((sheet.protection.deleteRows, sheet.protection.formatColumns))
    assert all(cell.protection.locked for cell in sheet[HEADER_ROW])

    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    for column in columns:
        rule = rules[at(record, column.header, 5)]
        assert str(rule.sqref) == at(record, column.header, 5, 20004)
        assert rule.promptTitle == pack.header(column.header)
        if column.type is CellType.CHOICE:
            assert rule.formula1 == f'"{",".join(column.choices)}"'
        dimension = next(d for d in sheet.column_dimensions.values() if d.min <= place(record, column.header) <= d.max)
        style = dimension._style  # whole columns carry the format, so that pasted rows stay unlocked
        assert not book._protections[style.protectionId].locked
        if column.identifier or column.type is CellType.TEXT:
            assert style.numFmtId == 49


@pytest.mark.parametrize("record", RETURN_SHEETS, ids=lambda r: r.sheet)
def test_messages_fit_and_say_what_to_type(record: type[Record]) -> None:
    for column in record.columns().values():
        rule = data_validation(column, column.header, "统计期 2017-01-01 至 2017-10-31，期外的不计入。")
        assert len(rule["input_title"]) <= 32 and len(rule["input_message"]) <= 255
        assert rule["input_message"].startswith("【必填】" if column.required else "【选填】")
        assert column.help in rule["input_message"]
        if rule["validate"] != "any":
            assert rule["error_type"] == "stop"
            assert len(rule["error_title"]) <= 32 and 5 < len(rule["error_message"]) <= 255


def test_limits_of_a_column_become_limits_of_its_cells() -> None:
    money = data_validation(PenaltyCase.columns()["fine"], "罚款金额(万元)")
    assert (money["validate"], money["minimum"], money["criteria"]) == ("decimal", 0, "between")
    assert "万元" in money["error_message"]
    deeds = data_validation(Column("事迹材料", CellType.LONG_TEXT, max_chars=3000), "事迹材料")
    assert (deeds["validate"], deeds["criteria"], deeds["value"]) == ("length", "<=", 3000)
    year = data_validation(UnitInfo.columns()["year"], "填报年度")
    assert (year["minimum"], year["maximum"]) == (2000, 2100)


def test_a_list_of_choices_that_excel_refuses_is_refused_here() -> None:
    with pytest.raises(ValueError, match="longer"):
        data_validation(Column("甲", CellType.CHOICE, choices=("很长的选项" * 30, "又一个很长的选项" * 30)), "甲")


def test_signals_of_the_case_sheet(book: openpyxl.Workbook) -> None:
    rules = {
        rule.formula[0]: str(area.sqref)
        for area, found in book["处罚案件"].conditional_formatting._cf_rules.items()
        for rule in found
    }
    duplicate = next(formula for formula in rules if ")>1)" in formula)
    # Excel, unlike LibreOffice, sums a bare array of TRUE and FALSE to 0.
    number = letter(PenaltyCase, "处罚决定书文号")
    reach = f"OFFSET(${number}$4,1,0,${letter(PenaltyCase, '备注')}$1,1)"
    assert duplicate == f"IF(LEN(${number}5)=0,FALSE,SUMPRODUCT(--({reach}=${number}5))>1)"
    assert rules[duplicate] == f"{number}5:{number}20004"
    outside = next(formula for formula in rules if "DATE(2017,10,31)" in formula)
    assert rules[outside] == at(PenaltyCase, "决定日期", 5, 20004)
    missing = next(formula for formula in rules if "COUNTA" in formula)
    assert f"COUNTA(${number}5:${letter(PenaltyCase, '备注')}5)" in missing  # 序号 alone does not start a row
    required = [column.header for column in PenaltyCase.columns().values() if column.required]
    assert rules[missing].split() == [at(PenaltyCase, header, 5, 20004) for header in required]
    fined = next(formula for formula in rules if '="罚款"' in formula)
    assert rules[fined] == at(PenaltyCase, "罚款金额(万元)", 5, 20004)
    assert all(formula.startswith(("IF(LEN(", "IF(LEN(TRIM(")) for formula in rules), "a blank cell costs nothing"


def test_contacts_are_empty_and_red_until_the_bureau_types_them(tmp_path: Path, pack: RulePack) -> None:
    """§1: nobody is made up; a mailbox alone is not enough."""
    red = "FFFFC7CE"
    for contact, told in ((Contact(), "联络员：　邮箱："), (Contact("", "a@b.cn"), "联络员：　邮箱：a@b.cn")):
        write_return(tmp_path / "r.xlsx", pack, UNIT, Tier.COUNTY, contact=contact)
        sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["填报说明"]
        cells = {cell.value: cell.fill.fgColor.rgb for row in sheet.iter_rows() for cell in row if cell.value}
        assert cells[told] == red
        assert [cells[text] for text in cells if "“单位名册”" in str(text)] == [red]
    write_return(tmp_path / "r.xlsx", pack, UNIT, Tier.COUNTY, contact=Contact("张某", "a@b.cn"))
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["填报说明"]
    cells = {cell.value: cell.fill.fgColor.rgb for row in sheet.iter_rows() for cell in row if cell.value}
    assert cells["联络员：张某　邮箱：a@b.cn"] != red
    assert not any("“单位名册”" in str(text) for text in cells)


def test_instructions(book: openpyxl.Workbook, pack: RulePack, tmp_path: Path) -> None:
    said = texts(book["填报说明"])
    assert "联络员：演示联络员　邮箱：demo@example.org" in said
    assert "2017-10-25 前　活动总结" in said
    assert not any("向省厅" in text for text in said)
    assert not any(text.startswith("市本级填本级数") for text in said)
    write_return(tmp_path / "c.xlsx", pack, "苏州市", Tier.CITY, city=True)
    city = texts(openpyxl.load_workbook(tmp_path / "c.xlsx")["填报说明"])
    assert "市本级填本级数，重点单位只填未由各县区填报的，没有填0。" in city
    assert any("向省厅" in text for text in city)
    assert "2017-10-25 前　活动总结" not in city
    links = {
        cell.value: cell.hyperlink.location for row in book["填报说明"].iter_rows() for cell in row if cell.hyperlink
    }
    assert list(links) == SHEETS[1:]
    assert all(location.startswith(f"'{sheet}'!") for sheet, location in links.items())


def test_contents_are_written_as_what_they_are(tmp_path: Path, pack: RulePack) -> None:
    rows: Rows = {
        "处罚案件": [
            case(1, 备注="=1+1", 案由="http://example.org", **{"罚款金额(万元)": Decimal("2.345678")}),
            case(2, 决定日期="三月"),
        ],
        "单位信息": [{"重点监控企业数": 12, "联系电话": "051200000000"}],
    }
    write_return(tmp_path / "r.xlsx", pack, UNIT, Tier.COUNTY, rows=rows)
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    sheet = book["处罚案件"]
    values = dict(zip(headers(sheet), sheet[5], strict=True))
    assert (values["备注"].value, values["备注"].data_type) == ("=1+1", "s")
    assert values["案由"].hyperlink is None
    assert values["罚款金额(万元)"].value == 2.345678
    assert values["罚款金额(万元)"].number_format == "#,##0.00####"
    assert values["决定日期"].value == datetime(2017, 3, 1)
    assert values["决定日期"].number_format == "yyyy-mm-dd"
    assert sheet[at(PenaltyCase, "决定日期", 6)].value == "三月"
    info = {row[0]: row[1] for row in book["单位信息"].iter_rows(min_row=5, values_only=True)}
    assert (info["重点排污单位数"], info["联系电话"], info["单位名称"]) == (12, "051200000000", UNIT)


@pytest.mark.parametrize("rows", [{"处罚案件": [{"没有这一列": 1}]}, {"没有这张表": []}])
def test_unknown_contents_are_refused_before_anything_is_written(
    tmp_path: Path, pack: RulePack, rows: dict[str, list[dict[str, object]]]
) -> None:
    with pytest.raises(ValueError, match="没有这"):
        write_return(tmp_path / "r.xlsx", pack, UNIT, Tier.COUNTY, rows=rows)
    assert not (tmp_path / "r.xlsx").exists()


def test_same_arguments_same_bytes(tmp_path: Path, blank: Path, pack: RulePack) -> None:
    again = tmp_path / "again.xlsx"
    write_return(again, pack, UNIT, Tier.COUNTY, contact=Contact("演示联络员", "demo@example.org"))
    assert again.read_bytes() == blank.read_bytes()


def test_package_is_valid(blank: Path) -> None:
    result = OpenXmlValidator().validate(str(blank))
    assert result.is_valid, [str(error) for error in result.errors]


FILLED: Rows = {
    "处罚案件": [
        case(1),
        case(2, 是否公开=None, 决定书扫描件="  "),
        {},
        case(1, 序号=3),
        {"序号": 4},
        case(5, 当事人名称=None),
    ],
    "先进集体": [{"是否申报": "是", "典型案例文号": "演示环罚〔2017〕1号"}],
    "重大案件": [
        {
            "重大案件类型": "查封扣押",
            "文书文号": "演示1号",
            "当事人名称": "演示",
            "文书日期": date(2017, 3, 1),
            "是否录入处罚系统": "是",
        },
        {
            "重大案件类型": "限产停产",
            "文书文号": "演示1号",
            "当事人名称": "演示",
            "文书日期": date(2017, 3, 1),
            "是否录入处罚系统": "是",
        },
    ],
}


def expected_check(tasks: int) -> dict[str, tuple[Any, ...]]:
    """What 填报检查 must say of FILLED, counted by hand."""
    nothing = dict.fromkeys(("行政复议", "个人办案", "宣传报道", "学习培训"), (0, 0, "—", "未填"))
    keyed = dict.fromkeys(("参评案卷", "先进个人"), (0, 0, 0, "未填"))
    return (
        nothing
        | keyed
        | {
            "单位信息": (3, 5, "—", "还缺5项"),
            "处罚案件": (4, 3, 1, "还缺3项"),
            "重大案件": (2, 0, 0, "完整"),
            "先进集体": (2, 0, "—", "完整"),
            "任务进展": (tasks, 0, 0, "全部未开始"),
            "合计": (None, 8, 1, "请补齐、改正"),
        }
    )


def test_counts_are_cached_for_programs_that_do_not_calculate(tmp_path: Path, pack: RulePack) -> None:
    write_return(tmp_path / "r.xlsx", pack, UNIT, Tier.COUNTY, rows=FILLED)
    assert check_area(tmp_path / "r.xlsx") == expected_check(len(pack.tasks))


@requires_libreoffice
def test_counts_as_a_spreadsheet_program_calculates_them(tmp_path: Path, blank: Path, pack: RulePack) -> None:
    """Filled by another program through the headers alone."""
    book = openpyxl.load_workbook(blank)
    for name, rows in FILLED.items():
        sheet = book[name]
        if name == UnitApplication.sheet:
            for row in sheet.iter_rows(min_row=HEADER_ROW + 1):
                row[1].value = rows[0].get(row[0].value)
            continue
        places = {header: place for place, header in enumerate(headers(sheet), 1)}
        for number, content in enumerate(rows, HEADER_ROW + 1):
            for header, value in content.items():
                sheet.cell(number, places[header], value)
    book.save(tmp_path / "filled.xlsx")
    made = recalculated(tmp_path / "filled.xlsx", tmp_path / "out")
    assert check_area(made) == expected_check(len(pack.tasks))


@requires_libreoffice
def test_rows_far_below_are_counted_and_an_error_value_is_said(tmp_path: Path, blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    sheet = book["处罚案件"]
    for row in (3000, 19000):
        sheet.cell(row, place(PenaltyCase, "处罚决定书文号"), "演示环罚〔2017〕1号")
    error = book["学习培训"][at(Training, "日期", 5)]
    error.value, error.data_type = "#N/A", "e"
    book.save(tmp_path / "filled.xlsx")
    area = check_area(recalculated(tmp_path / "filled.xlsx", tmp_path / "out"))
    missing = 2 * (sum(column.required for column in PenaltyCase.columns().values()) - 1)
    assert area["处罚案件"] == (2, missing, 1, f"还缺{missing}项")
    assert area["学习培训"][3] == "有错误值，请检查"


@requires_libreoffice
def test_a_row_inserted_right_below_the_header_is_counted(blank: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(blank.read_bytes())
    typed = {"处罚决定书文号": "演示1号", "当事人名称": "演示数据公司"}
    with Office() as office:
        document = office.open(path)
        sheet = document.component.Sheets.getByName("处罚案件")
        for header, text in typed.items():
            document.set_cells("处罚案件", at(PenaltyCase, header, 5), ((text,),))  # unlocked: typing works
        assert sheet.isProtected()
        sheet.unprotect("")
        sheet.Rows.insertByIndex(4, 1)
        for header, text in typed.items():
            document.set_cells("处罚案件", at(PenaltyCase, header, 5), ((text,),))
        (checked,) = document.cells("填报说明", "D7:G7")
    missing = 2 * (sum(column.required for column in PenaltyCase.columns().values()) - 2)
    assert checked == ("处罚案件", 2, missing, 1)


def stamp_of(path: Path) -> Stamp | None:
    content = path.read_bytes()
    return read_stamp(Book(content))


def test_stamp_in_the_properties_and_in_the_hidden_sheet(
    tmp_path: Path, blank: Path, book: openpyxl.Workbook, pack: RulePack
) -> None:
    stamp = Stamp("jiangsu-2017", pack.version, UNIT, 2017, "return")
    assert book[STAMP_SHEET].sheet_state == "veryHidden"
    assert {p.name: p.value for p in book.custom_doc_props.props} == {
        "xl_lianbing.pack": "jiangsu-2017",
        "xl_lianbing.version": pack.version,
        "xl_lianbing.unit": UNIT,
        "xl_lianbing.year": "2017",
        "xl_lianbing.kind": "return",
    }
    assert stamp_of(blank) == stamp
    with zipfile.ZipFile(blank) as old, zipfile.ZipFile(tmp_path / "r.xlsx", "w") as new:
        for name in old.namelist():
            if name != "docProps/custom.xml":
                new.writestr(name, old.read(name))
    assert stamp_of(tmp_path / "r.xlsx") == stamp


def parts(path: Path) -> dict[str, bytes]:
    """The parts of a package, XML in canonical form; of a file that is no package, its bytes."""
    if not zipfile.is_zipfile(path):
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as package:
        return {
            name: etree.tostring(etree.fromstring(package.read(name)), method="c14n")
            if name.endswith((".xml", ".rels", ".vml"))
            else package.read(name)
            for name in package.namelist()
        }


@pytest.mark.parametrize("folder", GENERATED)
def test_generated_files_are_not_stale(tmp_path: Path, folder: str) -> None:
    """If this fails: python -m xl_lianbing.workbooks.regenerate"""
    GENERATED[folder](tmp_path)
    fresh = {path.relative_to(tmp_path): path for path in tmp_path.rglob("*") if path.is_file()}
    kept = {path.relative_to(ROOT / folder): path for path in (ROOT / folder).rglob("*") if path.is_file()}
    assert fresh.keys() == kept.keys()
    for name, path in fresh.items():
        assert parts(path) == parts(kept[name]), f"{folder}/{name} is stale"


def test_d1_a_unit_is_told_the_deadlines_of_its_tier() -> None:
    pack = load_pack("jiangsu-2017")
    assert [d.key for d in deadlines_for(pack, city=False)] == ["liaison", "plan", "report", "materials", "return"]
    of_the_city = ["province_liaison", "shortlist", "province_report", "return"]
    assert [d.key for d in deadlines_for(pack, city=True)] == of_the_city
