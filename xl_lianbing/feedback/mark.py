"""One feedback copy: the marks of an earlier one taken off, the bad cells coloured and noted, the list put in front."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import Final

from lxml import etree
from xlsxwriter import Workbook as NewWorkbook

from xl_lianbing.addresses import box_of, column_letters, split_address
from xl_lianbing.excel.ooxml.notes import MARKER, Notes
from xl_lianbing.excel.ooxml.package import Package
from xl_lianbing.excel.ooxml.sheet.restyled import Place, RestyledSheet
from xl_lianbing.excel.ooxml.styles import MARK_COLOURS, StyleSheet
from xl_lianbing.excel.ooxml.workbook import Workbook, set_property
from xl_lianbing.excel.ooxml.xml import PackageSyntaxError, main_tag, reading_package, without_forbidden
from xl_lianbing.feedback.listing import KEPT_COLUMNS, Heading, Looks, sheet_xml
from xl_lianbing.feedback.select import Answer
from xl_lianbing.findings import Finding
from xl_lianbing.findings.reading import ODD_CHARACTERS
from xl_lianbing.glossary import Severity
from xl_lianbing.records.returns import FEEDBACK_SHEET, RETURN_SHEETS
from xl_lianbing.records.stamp import SOURCE_PROPERTY
from xl_lianbing.workbooks.styles import WORKBOOK_OPTIONS

#: A property of the file that only feedback copies have: a digest of all that the copy depends on.
FEEDBACK_PROPERTY: Final = "xl_lianbing.feedback"
#: Cells of one finding that are coloured, and of these that get a note.
MOST_COLOURED, MOST_NOTED = 20_000, 200
_LONGEST_NOTE = 2000
#: Bytes of all parts unpacked: a larger file is answered with a list alone.
LARGEST: Final = 200 * 1024 * 1024
#: What a file raises that is put together otherwise than the format asks for.
NOT_OURS: Final = (PackageSyntaxError, ValueError, LookupError, TypeError, AttributeError, RecursionError)

_Fills = Mapping[str, Mapping[Place, str]]


def marked_copy(content: bytes, answer: Answer, heading: Heading, digest: str) -> bytes:
    """The district's own file with marks and list.

    Raises PackageSyntaxError for what is no return of ours in the format of Excel 2007 and later.
    """
    package = Package(content, largest=LARGEST)
    book = Workbook(package)
    if not {record.sheet for record in RETURN_SHEETS} & set(book.sheet_parts()):
        raise PackageSyntaxError("no sheet of a return")
    if any(found.code == ODD_CHARACTERS.code for found in answer.findings):
        _take_forbidden_out(package, [*book.sheet_parts().values(), book.part_of("sharedStrings")])
    styles = StyleSheet(package.tree(book.part_of("styles")))
    fills = _kept_fills(package, book)
    book.remove_sheet(FEEDBACK_SHEET)
    wanted = _by_sheet(answer.findings)
    kept: list[tuple[str, str, str]] = []
    for name, part in book.sheet_parts().items():
        _rework(package, name, part, styles, fills.get(name, {}), wanted.get(name, []), kept)
    return _finished(book, styles, answer, heading, kept, digest)


def _take_forbidden_out(package: Package, parts: Iterable[str]) -> None:
    for part in parts:
        if part and (clean := without_forbidden(content := package.read(part))) != content:
            package.write(part, clean)


def list_alone(answer: Answer, heading: Heading, digest: str) -> bytes:
    """The list as a workbook of its own, for files that can't be marked."""
    made = io.BytesIO()
    with NewWorkbook(made, {**WORKBOOK_OPTIONS, "in_memory": True}) as workbook:
        workbook.add_worksheet("说明").write_string(
            0, 0, "原文件不是 .xlsx 格式或已损坏，没有在原文件上标注；问题见“校核反馈”表。"
        )
    package = Package(made.getvalue())
    book = Workbook(package)
    return _finished(book, StyleSheet(package.tree(book.part_of("styles"))), answer, heading, [], digest)


def _finished(
    book: Workbook,
    styles: StyleSheet,
    answer: Answer,
    heading: Heading,
    kept: list[tuple[str, str, str]],
    digest: str,
) -> bytes:
    book.add_first_sheet(FEEDBACK_SHEET, *sheet_xml(answer, heading, Looks(styles), list(book.sheet_parts()), kept))
    book.take_parts_out("calcChain")
    book.without_macros()
    set_property(book.package, FEEDBACK_PROPERTY, digest)
    set_property(book.package, SOURCE_PROPERTY, answer.sha256)
    book.package.check()
    with reading_package():
        return book.package.to_bytes()


def _rework(
    package: Package,
    name: str,
    part: str,
    styles: StyleSheet,
    fills: Mapping[Place, str],
    findings: list[Finding],
    kept: list[tuple[str, str, str]],
) -> None:
    """Takes the old marks of a sheet off and puts the new ones on; a sheet without either is left alone."""
    has_notes = bool(package.related(part, "comments"))
    content = package.read(part)
    in_front = b"tabSelected" in content
    if not findings and not has_notes and not styles.marked_before and not in_front:
        return
    xml = RestyledSheet(content)
    notes = Notes(package, part, xml)
    taken_off = xml.take_marks_off(styles, fills) + notes.take_off()
    if not findings and not taken_off and not in_front:
        return
    for view in xml.frame.iterfind(f"{main_tag('sheetViews')}/{main_tag('sheetView')}"):
        view.attrib.pop("tabSelected", None)
    colours, texts = _marks(findings)
    rows: dict[int, list[int]] = {}
    for row, column in colours:
        rows.setdefault(row, []).append(column)
    wanted: dict[Place, int] = {}
    for place, style in xml.styles(rows):
        if own := styles.fill_text(style):
            kept.append((name, f"{column_letters(place[1])}{place[0]}", own))
        wanted[place] = styles.marked(style, colours[place])
    xml.restyle(wanted)
    notes.add({place: _note(found) for place, found in texts.items()})
    package.write(part, xml.to_bytes())


def _by_sheet(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Those that colour cells: 阻断 first."""
    found: dict[str, list[Finding]] = {}
    for one in findings:
        if one.severity in MARK_COLOURS and one.where.sheet:
            found.setdefault(one.where.sheet, []).append(one)
    return found


def _marks(findings: Iterable[Finding]) -> tuple[dict[Place, Severity], dict[Place, list[Finding]]]:
    colours: dict[Place, Severity] = {}
    texts: dict[Place, list[Finding]] = {}
    for found in findings:
        for number, place in enumerate(_places(found)):
            if number >= MOST_COLOURED:
                break
            colours.setdefault(place, found.severity)
            if number < MOST_NOTED:
                texts.setdefault(place, []).append(found)
    return colours, texts


def _places(found: Finding) -> Iterator[Place]:
    for address in found.all_cells:
        try:
            box = box_of(address)
        except ValueError:
            continue
        yield from product(range(box.top, box.bottom + 1), range(box.left, box.right + 1))


def _note(findings: Iterable[Finding]) -> str:
    told = [f"{f.severity} {f.code}\n{f.problem}\n怎么改：{f.fix}" for f in findings]
    text = MARKER + "\n".join(told)
    return text if len(text) <= _LONGEST_NOTE else f"{text[: _LONGEST_NOTE - 1]}…"


def _kept_fills(package: Package, book: Workbook) -> _Fills:
    """The fills that the marks of an earlier copy cover, as its list keeps them."""
    part = book.sheet_parts().get(FEEDBACK_SHEET)
    if part is None:
        return {}
    shared = book.part_of("sharedStrings")
    strings = package.tree(shared) if shared else None
    fills: dict[str, dict[Place, str]] = {}
    for row in package.tree(part).iter(main_tag("row")):
        texts = {c.get("r", "").rstrip("0123456789"): c for c in row.iterfind(main_tag("c"))}
        cells = [texts.get(column_letters(column)) for column in KEPT_COLUMNS]
        sheet, cell, fill = (_text_of(c, strings) for c in cells)
        if sheet and cell and fill:
            try:
                fills.setdefault(sheet, {})[split_address(cell)] = fill
            except ValueError:
                continue
    return fills


def _text_of(cell: etree._Element | None, strings: etree._Element | None) -> str:
    if cell is None:
        return ""
    if cell.get("t") == "s" and strings is not None:
        index = cell.findtext(main_tag("v")) or ""
        if not index.isdigit() or int(index) >= len(strings):
            return ""
        cell = strings[int(index)]
    elif cell.get("t") != "inlineStr":
        return cell.findtext(main_tag("v")) or ""
    text: Callable[[etree._Element], str] = lambda t: t.text or ""  # noqa: E731
    return "".join(map(text, cell.iter(main_tag("t"))))
