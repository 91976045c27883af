"""The workbook that a reviewer fills in: files and deeds under codes, points item by item, nothing that tells whose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from xl_lianbing.glossary import ReviewKind, YesNo
from xl_lianbing.records.inputs import DeedsReview
from xl_lianbing.records.stamp import Stamp
from xl_lianbing.reviews.tables import HEADER_ROW, TableColumn, new_workbook, write_table
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.workbooks.stamp import REVIEW_KIND, write_stamp
from xl_lianbing.workbooks.styles import Formats

GUIDE: Final = "填写说明"
FILES: Final = "案卷评审"
DEEDS: Final = "事迹评审"
TEXTS: Final = "事迹材料"
CODE, CLASS, POINTS, FORGED, NOTE = "代号", "案卷类别", "得分", "是否造假", "说明"
#: What stands before the reviewer's name and before the number of the draw, for programs that drop the stamp.
REVIEWER_LABEL, CAMPAIGN_LABEL = "评审人", "本表编号"
#: Signs on a line of 事迹材料, and how high one is.
_SIGNS: Final = 40
_LINE: Final = 20.0
_MOST_HEIGHT: Final = 360.0


@dataclass(frozen=True, slots=True)
class FormFile:
    code: str
    kind: str
    scanned: bool


@dataclass(frozen=True, slots=True)
class FormText:
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Form:
    """What one reviewer gets."""

    campaign: str
    reviewer: str
    kind: ReviewKind
    house: str
    files: Sequence[FormFile]
    deeds: Sequence[FormText]


def deed_items() -> dict[str, str]:
    """Field → header of the items of 事迹评审."""
    columns = DeedsReview.columns()
    return {name: columns[name].header for name in ("quality", "ability", "attitude", "results")}


def item_header(item: str, full: object) -> str:
    """`案卷内容（40分）`."""
    return f"{item}（{full}分）"


def file_headers(rules: Ruleset) -> list[str]:
    return [item_header(i.item, f"{i.full:f}") for i in rules.pack.review_items]


def write_form(path: Path, form: Form, rules: Ruleset) -> None:
    with new_workbook(path) as (workbook, formats):
        guide = workbook.add_worksheet(GUIDE)
        done_files = _files(workbook, formats, form, rules)
        done_deeds = _deeds(workbook, formats, form, rules)
        _texts(workbook, formats, form)
        _guide(guide, formats, form, rules, done_files, done_deeds)
        pack = rules.pack
        stamp = Stamp(pack.id, pack.version, "", pack.year, REVIEW_KIND, form.campaign, form.reviewer)
        write_stamp(workbook, stamp)


def _files(workbook: Workbook, formats: Formats, form: Form, rules: Ruleset) -> str:
    items = rules.pack.review_items
    columns = [
        TableColumn(CODE, 9, required=True),
        TableColumn(CLASS, 18),
        *(TableColumn(h, 14, required=True, typed=True, look="number") for h in file_headers(rules)),
        TableColumn(POINTS, 9, look="number"),
        TableColumn(FORGED, 11, required=True, typed=True, look="choice"),
        TableColumn(NOTE, 42, typed=True, look="text"),
        TableColumn("扫描件", 14),
    ]
    rows = [
        (f.code, f.kind, *[""] * len(items), "", "", "", f"{f.code}.pdf" if f.scanned else "没有") for f in form.files
    ]
    note = "一份案卷一行：逐项打分，得分自动相加；是否造假必须选。全部填好的行才算评完，没填全的行是黄色。"
    sheet = write_table(workbook, formats, FILES, note, columns, rows, protect=True, height=lambda row: 30)
    first, last = HEADER_ROW, HEADER_ROW + max(1, len(rows)) - 1
    _points(sheet, 2, first, last, [float(i.full) for i in items])
    total, forged = 2 + len(items), 3 + len(items)
    for row in range(first, first + len(rows)):
        cells = f"{xl_rowcol_to_cell(row, 2)}:{xl_rowcol_to_cell(row, 1 + len(items))}"
        formula = f'=IF(COUNT({cells})={len(items)},SUM({cells}),"")'
        sheet.write_formula(row, total, formula, formats("number", "cell", "locked", "strong"), "")
    answers = [str(answer) for answer in YesNo]
    validation = {"validate": "list", "source": answers, "error_title": FORGED, "error_message": "请选“是”或“否”。"}
    sheet.data_validation(first, forged, last, forged, validation)
    _yellow(sheet, formats, first, last, [*range(2, total), forged])
    return _done(FILES, rows, list(range(2, total)), [forged])


def _deeds(workbook: Workbook, formats: Formats, form: Form, rules: Ruleset) -> str:
    items = list(deed_items().values())
    full = rules.number("deeds.item_full")
    columns = [
        TableColumn(CODE, 9, required=True),
        *(TableColumn(h, 13, required=True, typed=True, look="number") for h in items),
        TableColumn(NOTE, 46, typed=True, look="text"),
        TableColumn("合计", 10, look="number"),
    ]
    rows = [(d.code, *[""] * len(items), "", "") for d in form.deeds]
    note = f"一份事迹一行，每项0～{full:f}分；事迹在“{TEXTS}”表里，按代号对号。"
    sheet = write_table(workbook, formats, DEEDS, note, columns, rows, protect=True, height=lambda row: 30)
    first, last = HEADER_ROW, HEADER_ROW + max(1, len(rows)) - 1
    _points(sheet, 1, first, last, [float(full)] * len(items))
    for row in range(first, first + len(rows)):
        cells = f"{xl_rowcol_to_cell(row, 1)}:{xl_rowcol_to_cell(row, len(items))}"
        formula = f'=IF(COUNT({cells})={len(items)},SUM({cells}),"")'
        sheet.write_formula(row, len(items) + 2, formula, formats("number", "cell", "locked", "strong"), "")
    _yellow(sheet, formats, first, last, list(range(1, 1 + len(items))))
    return _done(DEEDS, rows, list(range(1, 1 + len(items))), [])


def _points(sheet: Worksheet, column: int, first: int, last: int, fulls: Sequence[float]) -> None:
    for place, full in enumerate(fulls, column):
        options = {
            "validate": "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": full,
            "input_message": f"0～{full:g}分",
            "error_title": "得分",
            "error_message": f"请填0～{full:g}的数。",
        }
        sheet.data_validation(first, place, last, place, options)


def _yellow(sheet: Worksheet, formats: Formats, first: int, last: int, columns: Sequence[int]) -> None:
    """Answers that are missing in a row that was begun."""
    answers = ",".join(f"{xl_col_to_name(column, True)}{first + 1}" for column in columns)
    for column in columns:
        cell = xl_rowcol_to_cell(first, column)
        criteria = f'=AND({cell}="",COUNTA({answers})>0)'
        rule = {"type": "formula", "criteria": criteria, "format": formats.signal("missing")}
        sheet.conditional_format(first, column, last, column, rule)


def _done(sheet: str, rows: Sequence[Sequence[object]], numbers: Sequence[int], choices: Sequence[int]) -> str:
    """A formula for how many rows are complete."""
    if not rows:
        return "0"
    first, last = HEADER_ROW + 1, HEADER_ROW + len(rows)

    def span(column: int) -> str:
        letter = xl_col_to_name(column, True)
        return f"'{sheet}'!{letter}${first}:{letter}${last}"

    tests = [f"ISNUMBER({span(c)})" for c in numbers] + [f'({span(c)}<>"")' for c in choices]
    return f"SUMPRODUCT({'*'.join(f'({test})' for test in tests)}*1)"


def _texts(workbook: Workbook, formats: Formats, form: Form) -> None:
    """A text on as many rows as it is long, in one cell: no row of Excel is as high as a page."""
    note = "已隐去姓名、单位和地名。一份从新的一页开始。"
    columns = (TableColumn(CODE, 8), TableColumn("材料", 84))
    sheet = write_table(workbook, formats, TEXTS, note, columns, (), protect=True, landscape=False)
    look, code_look = formats("long_text", "cell", "locked"), formats("text", "cell", "locked", "top", "strong")
    look.set_bg_color("#FFFFFF")
    look.set_font_size(11)
    row, breaks = HEADER_ROW, []
    for deed in form.deeds:
        lines = sum(max(1, ceil(len(line) / _SIGNS)) for line in deed.text.split("\n")) + 1
        height = lines * _LINE
        rows = max(1, ceil(height / _MOST_HEIGHT))
        for number in range(row, row + rows):
            sheet.set_row(number, height / rows)
        if rows > 1:
            sheet.merge_range(row, 0, row + rows - 1, 0, deed.code, code_look)
            sheet.merge_range(row, 1, row + rows - 1, 1, "", look)
        sheet.write_string(row, 0, deed.code, code_look)
        sheet.write_string(row, 1, deed.text, look)
        row += rows
        breaks.append(row)
    sheet.set_h_pagebreaks(breaks[:-1])
    sheet.fit_to_pages(1, 0)


def _guide(sheet: Worksheet, formats: Formats, form: Form, rules: Ruleset, files: str, deeds: str) -> None:
    pack = rules.pack
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 76)
    sheet.set_row(0, 34)
    sheet.merge_range(0, 0, 0, 1, f"{pack.title}　评审表", formats("title", "wrap"))
    head = [
        ("主办单位", pack.issuer),
        (REVIEWER_LABEL, form.reviewer),
        ("评审类型", f"{form.kind}评审"),
        ("单位", form.house),
        (CAMPAIGN_LABEL, form.campaign),
    ]
    for row, (label, text) in enumerate(head, 1):
        sheet.write_string(row, 0, label, formats("header", "header_optional"))
        sheet.write_string(row, 1, text, formats("text", "cell"))
    done = [("案卷已评", files, len(form.files)), ("事迹已评", deeds, len(form.deeds))]
    for row, (label, formula, count) in enumerate(done, len(head) + 1):
        sheet.write_string(row, 0, label, formats("header", "header_optional"))
        sheet.write_formula(row, 1, f'={formula}&"/{count}"', formats("text", "cell", "strong"), f"0/{count}")
    row = len(head) + len(done) + 2
    sheet.merge_range(row, 0, row, 1, "怎样评", formats("section"))
    items = "、".join(file_headers(rules))
    lines = (
        f"案卷一份一行，在“{FILES}”表逐项打分：{items}。每项可以有小数。",
        f"得分由各项自动相加，不用填。“{FORGED}”必须选“是”或“否”；选“是”的，请在“{NOTE}”写明依据。",
        "案卷的扫描件与本表在同一文件夹，文件名就是代号，例如 A001.pdf；写着“没有”的，请与主办单位联系。",
        f"事迹一份一行，先读“{TEXTS}”表里同一代号的材料，再在“{DEEDS}”表打分。",
        "一行要全部填好才算评完；黄色的格子还没有填。上面的“已评”随时看得到进度。",
        "代号对应哪个单位、哪个人，由主办单位保管，评审人不知道，也请不要打听。",
        "扫描件里的印章、签名和姓名无法隐去，请只看案卷本身；与自己有利害关系的，请告诉主办单位换人。",
        "不要改表名、表头和代号，不要加行、减行。",
        "材料只用于评审，不要转给别人；评完请删除。",
        f"填好后保存，把《评审表_{form.reviewer}》发回主办单位，文件名可以不同。",
    )
    for number, line in enumerate(lines, 1):
        sheet.set_row(row + number, 32)
        sheet.write_string(row + number, 0, f"{number}", formats("center", "text"))
        sheet.write_string(row + number, 1, line, formats("wrap"))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.protect()
    sheet.activate()
