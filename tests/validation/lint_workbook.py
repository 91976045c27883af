"""Lint of the workbook part and the styles: sheet names, defined names, what styles refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from tests.validation.areas import MAX_COLUMN, MAX_ROW, column_of
from tests.validation.lint_formulas import Book, FormulaLint
from tests.validation.opened import LINK, MAIN, Opened

_MAX_SHEET_NAME: Final = 31
_MAX_NAME: Final = 255
_MAX_CELL_STYLES: Final = 65_490
_NAME: Final = re.compile(r"[^\W\d][\w.?\\]*|[_\\][\w.?\\]*")
_LIKE_CELL: Final = re.compile(r"([A-Za-z]{1,3})([0-9]+)|[Rr][0-9]*(?:[Cc][0-9]*)?|[Cc][0-9]*")
_BUILT_IN: Final = frozenset(
    f"_xlnm.{name}"
    for name in ("_FilterDatabase", "Print_Area", "Print_Titles", "Criteria", "Extract", "Database", "Sheet_Title")
)
_STYLE_LISTS: Final = {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}
_BUILT_IN_FORMATS: Final = 164


def name_problem(name: str) -> str:
    """Why a text can't be the name of a range or a table; empty when it can."""
    if len(name) > _MAX_NAME:
        return f"name of {len(name)} characters"
    if not _NAME.fullmatch(name):
        return f"bad name {name!r}"
    like = _LIKE_CELL.fullmatch(name)
    if like and (like[1] is None or _is_cell(like[1], int(like[2]))):
        return f"name that is a cell {name!r}"
    return ""


def _is_cell(letters: str, row: int) -> bool:
    return column_of(letters.upper()) <= MAX_COLUMN and 1 <= row <= MAX_ROW


def collect_names(opened: Opened) -> Book:
    """What the workbook's formulas may refer to; the tables are added by who reads them."""
    root = opened.tree(opened.workbook)
    names = () if root is None else root.iterfind(f"{MAIN}definedNames/{MAIN}definedName")
    return Book(
        sheets={sheet.casefold() for sheet in opened.sheets},
        names={name.get("name", "").casefold() for name in names},
    )


def lint_workbook(opened: Opened, formulas: FormulaLint, table_names: set[str]) -> None:
    """Args: table_names: casefolded; names of the workbook must differ from them."""
    root = opened.tree(opened.workbook)
    if root is None:
        opened.report("", "no workbook in the package")
        return
    sheets = list(root.iterfind(f"{MAIN}sheets/{MAIN}sheet"))
    for what in (
        *_sheets(sheets),
        *_views(root, len(sheets)),
        *_names(root, len(sheets), table_names),
        *_meanings(root, formulas),
    ):
        opened.report(opened.workbook, what)


def _sheets(sheets: list[etree._Element]) -> Iterator[str]:
    for key, what in ((f"{LINK}id", "relationship"), ("sheetId", "sheet id"), ("name", "sheet name")):
        seen: set[str] = set()
        for sheet in sheets:
            value = sheet.get(key, "").casefold()
            if value in seen:
                yield f"{what} {sheet.get(key)!r} is there twice"
            seen.add(value)
    for name in (sheet.get("name", "") for sheet in sheets):
        if not 1 <= len(name.encode("utf-16-le")) // 2 <= _MAX_SHEET_NAME:
            yield f"sheet name of {len(name)} characters: {name}"
        if re.search(r"[][:*?/\\]", name) or name.startswith("'") or name.endswith("'") or name.casefold() == "history":
            yield f"bad sheet name {name!r}"
    if not any(sheet.get("state", "visible") == "visible" for sheet in sheets):
        yield "no sheet is visible"


def _views(root: etree._Element, sheets: int) -> Iterator[str]:
    for view in root.iterfind(f"{MAIN}bookViews/{MAIN}workbookView"):
        for key in ("activeTab", "firstSheet"):
            if int(view.get(key, "0")) >= sheets:
                yield f"{key} {view.get(key)}, but there are {sheets} sheets"


def _names(root: etree._Element, sheets: int, table_names: set[str]) -> Iterator[str]:
    seen: set[tuple[str, str]] = set()
    for element in root.iterfind(f"{MAIN}definedNames/{MAIN}definedName"):
        name, scope = element.get("name", ""), element.get("localSheetId", "")
        if (name.casefold(), scope) in seen:
            yield f"defined name {name} is there twice"
        seen.add((name.casefold(), scope))
        if scope and int(scope) >= sheets:
            yield f"defined name {name} of sheet {scope}, but there are {sheets}"
        if name.casefold() in table_names:
            yield f"defined name {name} is also the name of a table"
        if name not in _BUILT_IN and (problem := name_problem(name)):
            yield f"defined name: {problem}"


def _meanings(root: etree._Element, formulas: FormulaLint) -> Iterator[str]:
    for element in root.iterfind(f"{MAIN}definedNames/{MAIN}definedName"):
        for what in formulas.problems(element.text or "", rule=True):
            if "table columns" not in what:  # a name may, a validation may not
                yield f"defined name {element.get('name')}: {what}"


class Styles:
    """How many cell styles and conditional styles there are."""

    def __init__(self, opened: Opened) -> None:
        self.cells = 1
        self.conditional = 0
        for part in opened.related(opened.workbook, "styles"):
            root = opened.tree(part)
            if root is None:
                continue
            self.cells = len(root.findall(f"{MAIN}cellXfs/{MAIN}xf"))
            self.conditional = len(root.findall(f"{MAIN}dxfs/{MAIN}dxf"))
            for what in (*_styles(root), *wrong_counts(root)):
                opened.report(part, what)


def _styles(root: etree._Element) -> Iterator[str]:
    sizes = {key: len(root.findall(f"{MAIN}{group}/*")) for key, group in _STYLE_LISTS.items()}
    formats = {int(item.get("numFmtId", "0")) for item in root.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")}
    styles = root.findall(f"{MAIN}cellXfs/{MAIN}xf")
    if len(styles) > _MAX_CELL_STYLES:
        yield f"{len(styles)} cell styles"
    for number, style in enumerate(styles):
        for key, size in sizes.items():
            if int(style.get(key, "0")) >= size:
                yield f"cell style {number}: {key} {style.get(key)}, but there are {size}"
        wanted = int(style.get("numFmtId", "0"))
        if wanted >= _BUILT_IN_FORMATS and wanted not in formats:
            yield f"cell style {number}: no number format {wanted}"


def wrong_counts(root: etree._Element) -> Iterator[str]:
    """Lists that say another number of members than they have."""
    for element in root.iter(etree.Element):
        count = element.get("count")
        if count is not None and count.isdigit() and int(count) != len(element):
            yield f"<{etree.QName(element).localname}> says {count} and has {len(element)}"
