"""填报说明: how to fill, by when, whom to ask, what the colours mean, and the area 填报检查."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from xl_lianbing.glossary import Tier
from xl_lianbing.records.column import Layout, Record
from xl_lianbing.records.returns import INSTRUCTIONS_SHEET, RETURN_SHEETS
from xl_lianbing.rules.pack import Deadline, RulePack
from xl_lianbing.workbooks.returns import layout as layout
from xl_lianbing.workbooks.returns.doubts import Doubt, content_cell, used
from xl_lianbing.workbooks.returns.fill_check import (
    COMPLETE,
    ERRORS,
    NO_KEY,
    NOT_FILLED,
    Counts,
    form_formulas,
    status_formula,
    table_formulas,
)
from xl_lianbing.workbooks.returns.sheet_setup import protect, set_up_page
from xl_lianbing.workbooks.styles import Formats, Palette

CHECK_TITLE: Final = "填报检查"
CHECK_HEADERS: Final = (
    "工作表",
    "已填\n(行/项)",
    "缺必填\n(格)",
    "重复\n(行)",
    "状态",
    "存疑\n(格)",
    "第一处存疑\n(点一下就到)",
)
TOTAL: Final = "合计"

_HOW_TO_FILL: Final = (
    "先填“单位信息”。灰色格子已预先填好，不用改。",
    "点右边“填报检查”里的表名，就到那张表。从表头下一行起填，一行一件，中间空行没关系；没有的表整张空着。",
    "深蓝表头必填，浅蓝表头选填。开始填一行后，还没填的必填格子变黄，填上就不黄了。",
    "点中格子会出现填写提示；有小箭头的格子从列表中选，不要自己写。",
    "日期写成 2017-08-31 的样子；橙色的日期不在统计期内，请核对。",
    "金额单位是万元：20000元填2。数字格只填数字，不写“元”“家”“人”。",
    "文号照原文填写，各表要一致；变红说明填重了，同一文号只填一次。",
    "从别的表复制过来时，用“选择性粘贴—数值”；行数不限，往下接着粘贴即可。",
    "扫描件、PDF只填文件名，文件本身和本表一起报送。",
    "不要改表名和表头。填完看右边“填报检查”：没有“还缺”“重复”，存疑的核对过，保存后发给联络员。",
)
_CITY_NOTE: Final = "市本级填本级数，重点单位只填未由各县区填报的，没有填0。"
_NO_CONTACT: Final = "市局下发前，在总表“单位名册”本市一行填好联络员和邮箱，再点“重做填报表”。"

READY: Final = "可以报送"
NOT_READY: Final = "请补齐、改正"
DOUBTFUL: Final = "请核对存疑"
#: Fragment of a format, and what it says.
_LEGEND: Final = (
    ("header_required", "必填的表头"),
    ("header_optional", "选填的表头"),
    ("fill_missing", "必填，还没填"),
    ("fill_duplicate", "重复，请核对"),
    ("fill_odd", "存疑：日期、金额等，请核对"),
    ("locked", "已预先填好，不用改"),
)

_NUMBER, _TEXT, _GAP, _SHEET, _FILLED, _MISSING, _DUPLICATES, _STATUS, _DOUBTED, _FIRST_DOUBT = range(10)
_WIDTHS = (4, 66, 2, 14, 9, 9, 9, 16, 9, 34)
#: Hidden, right of the page: a line a doubt with its reason, how often it is so, and where first.
_REASON, _TIMES, _PLACE = range(11, 14)
#: A place as one number: row × this + column, both from 1.
_ROW_WEIGHT: Final = 1000
_SECTION_ROW = 3
_BODY_ROW = 4
_LINE_HEIGHT = 32
_SHORT_HEIGHT = 20


@dataclass(frozen=True)
class Contact:
    """Whom a unit asks: 联络员 and 邮箱 of the city's row in the roster."""

    liaison: str = ""
    email: str = ""

    @property
    def complete(self) -> bool:
        return bool(self.liaison and self.email)


def deadlines_for(pack: RulePack, city: bool) -> list[Deadline]:
    """The deadlines that concern a unit, by date: what each district owes, or what the city itself does (D1)."""
    tier = Tier.CITY if city else Tier.COUNTY
    mine = [d for d in pack.deadlines if tier in d.tiers]
    return sorted(mine, key=lambda d: d.due)


def write_guide(
    workbook: Workbook,
    formats: Formats,
    pack: RulePack,
    unit: str,
    contact: Contact,
    city: bool,
    counts: Mapping[type[Record], Counts],
    prefilled: str = "",
) -> None:
    """Add the first sheet. `counts` are the cached values of 填报检查; `prefilled`: which rows were filled in."""
    sheet = workbook.add_worksheet(INSTRUCTIONS_SHEET)
    sheet.set_tab_color(Palette.TAB_INFO)
    sheet.hide_gridlines(2)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, formats())
    sheet.set_column(_REASON, _PLACE, None, formats("hint"), {"hidden": True})
    sheet.set_row(0, 32)
    sheet.write_string(0, _NUMBER, f"环境执法大练兵填报表{f'　{unit}' if unit else ''}", formats("title"))
    sheet.write_string(1, _NUMBER, f"{pack.title}　{pack.issuer}　{pack.year}年", formats("hint"))

    below = max(_write_how(sheet, formats, city, prefilled), _write_check(sheet, formats, pack, counts)) + 1
    last = max(_write_dates(sheet, formats, pack, contact, city, below), _write_legend(sheet, formats, below))
    sheet.set_selection(_BODY_ROW + 1, _SHEET, _BODY_ROW + 1, _SHEET)
    set_up_page(sheet, unit or pack.title, f"{INSTRUCTIONS_SHEET}（{pack.year}年）")
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, last, _FIRST_DOUBT)
    protect(sheet)
    sheet.activate()


def _section(sheet: Worksheet, formats: Formats, row: int, first: int, last: int, title: str) -> None:
    sheet.set_row(row, 22)
    for column in range(first, last + 1):
        sheet.write_blank(row, column, None, formats("section"))
    sheet.write_string(row, first, title, formats("section"))


def _write_how(sheet: Worksheet, formats: Formats, city: bool, prefilled: str) -> int:
    """Write the ten lines, and what is said to this unit alone; returns the first row below."""
    _section(sheet, formats, _SECTION_ROW, _NUMBER, _TEXT, "怎么填")
    row = _BODY_ROW
    for number, text in enumerate(_HOW_TO_FILL, 1):
        sheet.set_row(row, _LINE_HEIGHT)
        sheet.write_number(row, _NUMBER, number, formats("integer"))
        sheet.write_string(row, _TEXT, text, formats("wrap"))
        row += 1
    for mark, text in (("市", _CITY_NOTE if city else ""), ("预填", prefilled)):
        if text:
            sheet.set_row(row, max(_LINE_HEIGHT, layout.row_height(layout.lines_needed(text, _WIDTHS[_TEXT]))))
            sheet.write_string(row, _NUMBER, mark, formats("notice", "center"))
            sheet.write_string(row, _TEXT, text, formats("notice", "wrap"))
            row += 1
    return row


def _write_check(sheet: Worksheet, formats: Formats, pack: RulePack, counts: Mapping[type[Record], Counts]) -> int:
    """Write the area 填报检查; returns the first row below."""
    _section(sheet, formats, _SECTION_ROW, _SHEET, _FIRST_DOUBT, f"{CHECK_TITLE}（自动统计，不用填）")
    for column, header in enumerate(CHECK_HEADERS, _SHEET):
        sheet.write_string(_BODY_ROW, column, header, formats("header", "header_optional"))
    sheet.set_row(_BODY_ROW, _LINE_HEIGHT)
    first = helper = _BODY_ROW + 1
    number = formats("cell", "integer")
    for row, record in enumerate(RETURN_SHEETS, first):
        is_form = record.layout is Layout.FORM
        cell = {c: xl_rowcol_to_cell(row, c) for c in (_FILLED, _MISSING, _DUPLICATES, _DOUBTED)}
        formulas = form_formulas(record, pack) if is_form else table_formulas(record, pack)
        counted = counts[record]
        target = f"internal:'{record.sheet}'!{'B' if is_form else 'A'}{layout.FIRST_ROW + 1}"
        sheet.set_row(row, _LINE_HEIGHT)
        sheet.write_url(row, _SHEET, target, formats("cell", "link", "left"), record.sheet, "点一下，到这张表")
        sheet.write_formula(row, _FILLED, formulas.filled, number, counted.filled)
        sheet.write_formula(row, _MISSING, formulas.missing, number, counted.missing)
        if formulas.duplicates:
            sheet.write_formula(row, _DUPLICATES, formulas.duplicates, number, counted.duplicates or 0)
        else:
            sheet.write_string(row, _DUPLICATES, NO_KEY, number)
        helper = _write_doubts(sheet, formats, record, row, helper, counted)
        status = status_formula(cell[_FILLED], cell[_MISSING], cell[_DUPLICATES], cell[_DOUBTED], formulas.idle)
        sheet.write_formula(row, _STATUS, status, formats("cell", "center"), counted.status)

    total = first + len(RETURN_SHEETS)
    _write_total(sheet, formats, first, total, counts)
    for text, signal in ((COMPLETE, "good"), (NOT_FILLED, "faint")):
        _colour_status(sheet, formats, first, total - 1, f'=$H{first + 1}="{text}"', signal)
    others = f'=AND($H{first + 1}<>"{COMPLETE}",$H{first + 1}<>"{NOT_FILLED}")'
    _colour_status(sheet, formats, first, total - 1, others, "pending")
    return total + 1


def _write_doubts(
    sheet: Worksheet, formats: Formats, record: type[Record], row: int, helper: int, counted: Counts
) -> int:
    """Write 存疑 of a sheet, and its hidden lines from `helper` on; returns the first free one below."""
    hint, start, is_form = formats("hint"), helper, record.layout is Layout.FORM
    for doubt, rows in counted.doubts:
        cells = content_cell(record, doubt.column) if is_form else used(record, doubt.column)
        odd, times = doubt.condition(cells, cells), xl_rowcol_to_cell(helper, _TIMES)
        above = f"ROW('{record.sheet}'!{layout.header_cell(doubt.column)})"
        first = str(doubt.column + 1) if is_form else f"MATCH(1,INDEX(--({odd}>0),0),0)"
        place = f"({above}+{first})*{_ROW_WEIGHT}+{_column(record, doubt)}"
        sheet.write_string(helper, _REASON, doubt.reason, hint)
        sheet.write_formula(helper, _TIMES, f"=SUMPRODUCT(--({odd}>0))", hint, len(rows))
        sheet.write_formula(helper, _PLACE, f'=IF({times}=0,"",{place})', hint, _place(record, doubt, rows) or "")
        helper += 1
    if helper == start:
        sheet.write_number(row, _DOUBTED, 0, formats("cell", "integer"))
        sheet.write_blank(row, _FIRST_DOUBT, None, formats("cell"))
        return helper
    area = {
        column: f"{xl_rowcol_to_cell(start, column)}:{xl_rowcol_to_cell(helper - 1, column)}"
        for column in (_REASON, _TIMES, _PLACE)
    }
    earliest = f"MIN({area[_PLACE]})"
    at = f"ADDRESS(INT({earliest}/{_ROW_WEIGHT}),MOD({earliest},{_ROW_WEIGHT}),4)"
    reason = f"INDEX({area[_REASON]},MATCH({earliest},{area[_PLACE]},0))"
    link = f'HYPERLINK("#\'{record.sheet}\'!"&{at},{at}&" "&{reason})'
    sheet.write_formula(row, _DOUBTED, f"=SUM({area[_TIMES]})", formats("cell", "integer"), counted.doubted)
    sheet.write_formula(
        row,
        _FIRST_DOUBT,
        f'=IF({earliest}=0,"",{link})',
        formats("cell", "link", "left", "small"),
        _first(record, counted),
    )
    return helper


def _column(record: type[Record], doubt: Doubt) -> int:
    return (layout.CONTENT_COLUMN if record.layout is Layout.FORM else doubt.column) + 1


def _place(record: type[Record], doubt: Doubt, rows: Sequence[int]) -> int:
    """The first of these rows as a place; 0 if there is none."""
    row = doubt.column if record.layout is Layout.FORM else min(rows, default=0)
    return (layout.FIRST_ROW + 1 + row) * _ROW_WEIGHT + _column(record, doubt) if rows else 0


def _first(record: type[Record], counted: Counts) -> str:
    places = [(place, doubt.reason) for doubt, rows in counted.doubts if (place := _place(record, doubt, rows))]
    if not places:
        return ""
    place, reason = min(places)
    row, column = divmod(place, _ROW_WEIGHT)
    return f"{xl_rowcol_to_cell(row - 1, column - 1)} {reason}"


def _write_total(
    sheet: Worksheet, formats: Formats, first: int, total: int, counts: Mapping[type[Record], Counts]
) -> None:
    strong = formats("cell", "integer", "strong")
    sheet.set_row(total, _LINE_HEIGHT)
    sheet.write_string(total, _SHEET, TOTAL, formats("cell", "strong", "left"))
    sheet.write_blank(total, _FILLED, None, strong)
    sheet.write_blank(total, _FIRST_DOUBT, None, strong)
    missing = sum(c.missing for c in counts.values())
    duplicates = sum(c.duplicates or 0 for c in counts.values())
    doubted = sum(c.doubted for c in counts.values())
    for column, value in ((_MISSING, missing), (_DUPLICATES, duplicates), (_DOUBTED, doubted)):
        area = f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(total - 1, column)}"
        sheet.write_formula(total, column, f"=SUM({area})", strong, value)
    faulty, odd = (
        "+".join(xl_rowcol_to_cell(total, column) for column in columns)
        for columns in ((_MISSING, _DUPLICATES), (_DOUBTED,))
    )
    sheet.write_formula(
        total,
        _STATUS,
        f'=IFERROR(IF({faulty}>0,"{NOT_READY}",IF({odd}>0,"{DOUBTFUL}","{READY}")),"{ERRORS}")',
        formats("cell", "center", "strong"),
        NOT_READY if missing + duplicates else DOUBTFUL if doubted else READY,
    )
    status = xl_rowcol_to_cell(total, _STATUS, row_abs=True, col_abs=True)
    _colour_status(sheet, formats, total, total, f'={status}="{READY}"', "good")
    _colour_status(sheet, formats, total, total, f'={status}<>"{READY}"', "pending")


def _colour_status(sheet: Worksheet, formats: Formats, first: int, last: int, formula: str, signal: str) -> None:
    options = {"type": "formula", "criteria": formula, "format": formats.signal(signal)}
    sheet.conditional_format(first, _STATUS, last, _STATUS, options)


def _write_dates(sheet: Worksheet, formats: Formats, pack: RulePack, contact: Contact, city: bool, row: int) -> int:
    """Write the deadlines and the contact; returns the last row."""
    _section(sheet, formats, row, _NUMBER, _TEXT, "什么时候交，有问题找谁")
    for deadline in deadlines_for(pack, city):
        row += 1
        sheet.set_row(row, _SHORT_HEIGHT)
        text = f"{deadline.due:%Y-%m-%d} 前　{deadline.title}"
        sheet.write_string(row, _TEXT, text, formats("strong" if deadline.key == "return" else "wrap"))
    look = ("strong",) if contact.complete else ("strong", "fill_bad")
    sheet.write_string(row + 1, _TEXT, f"联络员：{contact.liaison}　邮箱：{contact.email}", formats(*look))
    if contact.complete:
        return row + 1
    sheet.set_row(row + 2, _SHORT_HEIGHT)
    sheet.write_string(row + 2, _TEXT, _NO_CONTACT, formats("small", "fill_bad"))
    return row + 2


def _write_legend(sheet: Worksheet, formats: Formats, row: int) -> int:
    """Write what the colours mean; returns the last row."""
    _section(sheet, formats, row, _SHEET, _FIRST_DOUBT, "颜色的意思")
    for fragment, text in _LEGEND:
        row += 1
        sheet.set_row(row, _SHORT_HEIGHT)
        sheet.write_string(row, _SHEET, "示例", formats("cell", "center", fragment))
        sheet.write_string(row, _FILLED, text, formats("left"))
    return row
