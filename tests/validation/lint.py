"""Lint of a workbook package: the defects that make Excel offer a repair or show nonsense, and that validators miss."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml import etree

from tests.validation.areas import Area, area
from tests.validation.lint_cells import RowsLint, lint_calculation_chain, lint_shared_strings
from tests.validation.lint_formulas import FormulaLint
from tests.validation.lint_macros import lint_code_names, lint_macros, sheet_code_name, workbook_code_name
from tests.validation.lint_package import lint_package
from tests.validation.lint_sheets import SheetLint
from tests.validation.lint_tables import lint_header, lint_tables, tables_of
from tests.validation.lint_workbook import Styles, collect_names, lint_workbook
from tests.validation.opened import MAIN, Opened, Problem

__all__ = ["Problem", "lint"]

_FILTER_NAME = "_xlnm._FilterDatabase"
_DRAWN_FORMULA = "{http://schemas.openxmlformats.org/drawingml/2006/chart}f"


def lint(path: Path) -> list[Problem]:
    """The defects of an .xlsx or .xlsm; rows are read as a stream, so that large ones are fine.

    Raises:
        OSError: the file can't be read.
    """
    try:
        with ZipFile(path) as package:
            opened = Opened(package)
            _lint(opened, macros=path.suffix.lower() == ".xlsm")
            return list(dict.fromkeys(opened.problems))
    except BadZipFile as error:
        return [Problem("", f"no package: {error}")]


def _lint(opened: Opened, *, macros: bool) -> None:
    lint_package(opened, macros=macros)
    styles = Styles(opened)
    tables = {part: tables_of(opened, part) for part in opened.sheets.values()}
    book = collect_names(opened)
    book.tables = {
        table.name.casefold(): {column.casefold() for column in table.columns}
        for of_sheet in tables.values()
        for table in of_sheet
    }
    formulas = FormulaLint(book)
    lint_workbook(opened, formulas, set(book.tables))
    lint_tables(opened, tables, formulas)
    lint_shared_strings(opened)
    chains = [part for part in opened.related(opened.workbook, "calcChain") if part in opened.names]
    code_names = {opened.workbook: workbook_code_name(opened)}
    with_formulas: dict[str, set[str]] = {}
    ids = _sheet_ids(opened)
    for index, (name, part) in enumerate(opened.sheets.items()):
        header_rows = {table.header_row for table in tables[part] if table.header_row is not None}
        rows = RowsLint(opened, part, styles, formulas).read(header_rows, ask_formulas=bool(chains))
        if rows.root is None:
            continue
        SheetLint(opened, part, styles, formulas).check(rows, [table.area for table in tables[part] if table.area])
        _lint_filter(opened, part, rows.root, index)
        for table in tables[part]:
            lint_header(opened, table, rows)
        with_formulas[ids.get(name, "")] = rows.formulas
        code_names[part] = sheet_code_name(rows.root)
    for chain in chains:
        lint_calculation_chain(opened, chain, with_formulas)
    lint_macros(opened)
    lint_code_names(opened, code_names)
    _lint_charts(opened, formulas)


def _sheet_ids(opened: Opened) -> dict[str, str]:
    root = opened.tree(opened.workbook)
    found = () if root is None else root.iterfind(f"{MAIN}sheets/{MAIN}sheet")
    return {sheet.get("name", ""): sheet.get("sheetId", "") for sheet in found}


def _lint_filter(opened: Opened, part: str, root: etree._Element, index: int) -> None:
    """A sheet's filter and the hidden name that goes with it cover the same cells."""
    workbook = opened.tree(opened.workbook)
    names = [] if workbook is None else workbook.findall(f"{MAIN}definedNames/{MAIN}definedName")
    named = {
        _area_of_name(name.text or "")
        for name in names
        if name.get("name") == _FILTER_NAME and name.get("localSheetId") == str(index)
    }
    filtered = {area(element.get("ref", "")) for element in root.iterfind(f"{MAIN}autoFilter")}
    if named != filtered:
        opened.report(part, f"filter over {_shown(filtered)}, but {_FILTER_NAME} says {_shown(named)}")


def _area_of_name(text: str) -> Area | None:
    return area(text.rpartition("!")[2].replace("$", ""))


def _shown(areas: set[Area | None]) -> str:
    return ", ".join(str(one) for one in areas) or "nothing"


def _lint_charts(opened: Opened, formulas: FormulaLint) -> None:
    for sheet in opened.sheets.values():
        for drawing in opened.related(sheet, "drawing"):
            for part in opened.related(drawing, "chart"):
                root = opened.tree(part)
                for element in () if root is None else root.iter(_DRAWN_FORMULA):
                    for what in formulas.problems(element.text or "", rule=True):
                        opened.report(part, what)
