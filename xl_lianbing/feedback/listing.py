"""The sheet 校核反馈: whose return, what to do until when, and every finding with a link to its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.sax.saxutils import quoteattr

from xl_lianbing.addresses import column_letters
from xl_lianbing.excel.ooxml.sheet.cell_xml import CellWriter
from xl_lianbing.excel.ooxml.styles import MARK_COLOURS, StyleSheet
from xl_lianbing.excel.ooxml.xml import MAIN
from xl_lianbing.feedback.select import Answer
from xl_lianbing.findings.row import row_of
from xl_lianbing.glossary import Severity
from xl_lianbing.records.returns import FEEDBACK_SHEET, UnitInfo
from xl_lianbing.records.stamp import SOURCE_PROPERTY
from xl_lianbing.workbooks.returns.layout import lines_needed, row_height
from xl_lianbing.workbooks.styles import FONT, Palette

COLUMNS: Final = (
    ("级别", 7.0),
    ("编码", 7.0),
    ("工作表", 11.0),
    ("单元格", 12.0),
    ("填写内容", 24.0),
    ("问题", 48.0),
    ("如何修改", 46.0),
    ("依据", 16.0),
)
#: The columns with sentences, which make a row as high as they need.
_WRAPPED: Final = COLUMNS[4:]
#: Hidden: sheet, cell and own fill of marked cells that had one (1-based columns, from the first row).
KEPT_COLUMNS: Final = (14, 15, 16)
#: Hidden beside them in the first row: what the copy was made from.
_SOURCE_COLUMN: Final = 17
_LAST = column_letters(len(COLUMNS))
_CELLS: Final = CellWriter()


@dataclass(frozen=True, slots=True)
class Heading:
    """What a copy says on top. `due`: the deadline of returns (D1); `today`: the day of the run."""

    today: date
    due: date | None
    #: Whether the cells of the very workbook are marked (else the list comes apart from the return).
    marked: bool = True


def heading_lines(answer: Answer, heading: Heading) -> list[str]:
    """Counts, what to do, until when."""
    counts = Counter(f.severity for f in answer.findings)
    state = "" if answer.used else "本文件不能使用，没有计入。"
    told = "，".join(f"{severity}{counts[severity]}条" for severity in Severity)
    lines = [f"{heading.today:%Y-%m-%d} 校核《{answer.file.rsplit('/', 1)[-1]}》：{told}。{state}"]
    if heading.marked:
        lines.append(
            "怎么改：就在本文件里改。标红的格必须改（阻断），标橙的格请核对（提醒）；点下面的“单元格”可直接跳到，"
            "格子的批注写明了问题和改法。核对无误的可以不改。"
        )
        lines.append(
            f"改好后：把“{UnitInfo.sheet}”的“填报日期”改成当天，保存，把本文件重新报送。"
            "颜色、批注和本表不用删除，程序下次校核时自动去掉。"
        )
    else:
        lines.append("怎么改：请按下表修改原来的填报表，或换用下发的填报表（.xlsx）填写，填报日期改成当天，重新报送。")
    if heading.due is None:
        lines.append("时限：请尽快重新报送。")
    elif heading.today <= heading.due:
        lines.append(f"时限：请于 {heading.due:%Y-%m-%d} 前重新报送。")
    else:
        lines.append(f"时限：报送时限 {heading.due:%Y-%m-%d} 已过，请尽快重新报送。")
    return lines


class Looks:
    """The styles of the sheet, put into the workbook's own styles."""

    def __init__(self, styles: StyleSheet) -> None:
        line = "".join(
            f'<{side} style="thin"><color rgb="{_argb(Palette.LINE)}"/></{side}>'
            for side in ("left", "right", "top", "bottom")
        )
        boxed, open_ = (
            f"<border>{line}<diagonal/></border>",
            "<border><left/><right/><top/><bottom/><diagonal/></border>",
        )
        text, wrapped = '<alignment vertical="top" wrapText="1"/>', '<alignment vertical="center" wrapText="1"/>'
        centred = '<alignment horizontal="center" vertical="top"/>'
        ink = _font(Palette.INK)
        self.title = styles.add(_font(Palette.TITLE, 16, bold=True), "", open_, '<alignment vertical="center"/>', {})
        self.line = styles.add(ink, "", open_, wrapped, {})
        self.strong = styles.add(_font(Palette.INK, bold=True), "", open_, wrapped, {})
        self.header = styles.add(
            _font(Palette.WHITE, bold=True),
            _fill(_argb(Palette.REQUIRED)),
            boxed,
            '<alignment horizontal="center" vertical="center" wrapText="1"/>',
            {},
        )
        self.text = styles.add(ink, "", boxed, text, {"quotePrefix": "1"})
        self.centred = styles.add(ink, "", boxed, centred, {"quotePrefix": "1"})
        self.link = styles.add(_font(Palette.LINK, underline=True), "", boxed, centred, {"quotePrefix": "1"})
        strong = _font(Palette.INK, bold=True)
        self.severities = {
            severity: styles.add(strong, _fill(colour), boxed, centred, {}) for severity, colour in MARK_COLOURS.items()
        }


def sheet_xml(
    answer: Answer, heading: Heading, looks: Looks, sheets: Sequence[str], kept: Sequence[tuple[str, str, str]]
) -> tuple[bytes, dict[str, str]]:
    """The sheet and its names. `sheets`: what can be linked to; `kept`: sheet, cell, fill that a mark covers."""
    lines = heading_lines(answer, heading)
    first = len(lines) + 4
    rows: dict[int, list[str]] = {}
    heights: dict[int, float] = {1: 30.0, first - 1: 24.0}
    rows[1] = [_text(1, 1, f"校核反馈　{answer.unit or answer.file.rsplit('/', 1)[-1]}", looks.title)]
    width, right = sum(wide for _, wide in COLUMNS), column_letters(_SOURCE_COLUMN)
    for number, line in enumerate(lines, 2):
        rows[number] = [_text(number, 1, line, looks.strong if number in (2, len(lines) + 1) else looks.line)]
        heights[number] = row_height(lines_needed(line, width))
    rows[first - 1] = [_text(first - 1, i, name, looks.header) for i, (name, _) in enumerate(COLUMNS, 1)]
    links = []
    known = set(sheets)
    for number, found in enumerate(answer.findings, first):
        where = found.where
        linked = heading.marked and bool(where.cell) and where.sheet in known
        row = row_of(found)
        place = looks.link if linked else looks.centred
        severity = looks.severities.get(found.severity, looks.centred)
        looks_of = (severity, looks.centred, looks.centred, place, *[looks.text] * len(_WRAPPED))
        columns = enumerate(zip(COLUMNS, looks_of, strict=True), 1)
        rows[number] = [_text(number, i, row[name], look) for i, ((name, _), look) in columns]
        heights[number] = row_height(max(lines_needed(row[name], width) for name, width in _WRAPPED))
        if linked:
            target = f"'{where.sheet.replace(chr(39), chr(39) * 2)}'!{where.cell}"
            links.append(f'<hyperlink ref="D{number}" location={quoteattr(target)} display={quoteattr(where.cell)}/>')
    for number, entry in enumerate(kept, 1):
        rows.setdefault(number, []).extend(
            _text(number, column, part, 0) for column, part in zip(KEPT_COLUMNS, entry, strict=True)
        )
    rows[1].append(_text(1, _SOURCE_COLUMN, f"{SOURCE_PROPERTY}={answer.sha256}", 0))
    last = max(first, first + len(answer.findings) - 1)
    merged = "".join(f'<mergeCell ref="A{n}:{_LAST}{n}"/>' for n in range(1, len(lines) + 2))
    cols = "".join(f'<col min="{i}" max="{i}" width="{w}" customWidth="1"/>' for i, (_, w) in enumerate(COLUMNS, 1))
    hidden = f'<col min="{KEPT_COLUMNS[0]}" max="{_SOURCE_COLUMN}" width="9" hidden="1" customWidth="1"/>'
    content = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{MAIN}"><sheetPr><tabColor rgb="{_argb(Palette.BAD_INK)}"/><pageSetUpPr fitToPage="1"/>'
        f'</sheetPr><dimension ref="A1:{right}{last}"/><sheetViews><sheetView showGridLines="0" tabSelected="1"'
        f' workbookViewId="0"><pane ySplit="{first - 1}" topLeftCell="A{first}" activePane="bottomLeft"'
        ' state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="A{first}" sqref="A{first}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="16.5"/><cols>{cols}{hidden}</cols>'
        f"<sheetData>{''.join(_row(n, rows[n], heights.get(n)) for n in sorted(rows))}</sheetData>"
        f'<autoFilter ref="A{first - 1}:{_LAST}{last}"/><mergeCells count="{len(lines) + 1}">{merged}</mergeCells>'
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>"
    )
    names = {
        "_xlnm._FilterDatabase": f"{FEEDBACK_SHEET}!$A${first - 1}:${_LAST}${last}",
        "_xlnm.Print_Area": f"{FEEDBACK_SHEET}!$A$1:${_LAST}${last}",
        "_xlnm.Print_Titles": f"{FEEDBACK_SHEET}!${first - 1}:${first - 1}",
    }
    return content.encode(), names


def _row(number: int, cells: list[str], height: float | None) -> str:
    tall = f' ht="{height}" customHeight="1"' if height else ""
    return f'<row r="{number}"{tall}>{"".join(cells)}</row>'


def _text(row: int, column: int, text: str, style: int) -> str:
    """A cell with text, whatever it begins with: an inline string is never a formula."""
    return _CELLS.cell(row, column, str(style), text)


def _font(colour: str, size: int = 10, *, bold: bool = False, underline: bool = False) -> str:
    flags = ("<b/>" if bold else "") + ("<u/>" if underline else "")
    return (
        f'<font>{flags}<sz val="{size}"/><color rgb="{_argb(colour)}"/><name val="{FONT}"/><charset val="134"/></font>'
    )


def _fill(argb: str) -> str:
    solid = f'<patternFill patternType="solid"><fgColor rgb="{argb}"/><bgColor indexed="64"/></patternFill>'
    return f"<fill>{solid}</fill>"


def _argb(colour: str) -> str:
    return f"FF{colour.lstrip('#')}"
