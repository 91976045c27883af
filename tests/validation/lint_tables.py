"""Lint of the tables: their names, their columns, and whether the header cells say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from tests.validation.areas import Area, area
from tests.validation.lint_cells import Rows
from tests.validation.lint_formulas import FormulaLint
from tests.validation.lint_workbook import name_problem, wrong_counts
from tests.validation.opened import MAIN, Opened


@dataclass(frozen=True)
class Table:
    """A table part of a sheet."""

    part: str
    root: etree._Element
    name: str
    columns: tuple[str, ...]
    area: Area | None

    @property
    def header_row(self) -> int | None:
        """None for a table without one."""
        return self.area.top if self.area and self.root.get("headerRowCount", "1") != "0" else None


def tables_of(opened: Opened, sheet_part: str) -> list[Table]:
    """The tables of a sheet that can be read."""
    found = []
    for part in opened.related(sheet_part, "table"):
        root = opened.tree(part)
        if root is not None:
            columns = tuple(column.get("name", "") for column in root.iterfind(f"{MAIN}tableColumns/{MAIN}tableColumn"))
            found.append(Table(part, root, root.get("displayName", ""), columns, area(root.get("ref", ""))))
    return found


def lint_tables(opened: Opened, tables: Mapping[str, list[Table]], formulas: FormulaLint) -> None:
    """What goes for the tables of all sheets together, and for each alone. Args: tables: by part of the sheet."""
    together = [table for of_sheet in tables.values() for table in of_sheet]
    for key in ("id", "name", "displayName"):
        counted = Counter(table.root.get(key, "").casefold() for table in together)
        for table in together:
            if counted[table.root.get(key, "").casefold()] > 1:
                opened.report(table.part, f"another table has the same {key}: {table.root.get(key)}")
    for part, times in Counter(table.part for table in together).items():
        if times > 1:
            opened.report(part, f"the table belongs to {times} sheets")
    for table in together:
        for what in (*_names(table), *_area(table), *_columns(table, formulas), *wrong_counts(table.root)):
            opened.report(table.part, what)


def lint_header(opened: Opened, table: Table, rows: Rows) -> None:
    """The header cells hold the texts that the table says."""
    row = table.header_row
    if table.area is None or row is None:
        return
    for column, name in enumerate(table.columns, table.area.left):
        shown = rows.texts.get((row, column))
        written = name.replace("_x000a_", "\n").replace("_x000D_", "\r")
        if shown is None:
            opened.report(table.part, f"header of column {name}: no text in its cell")
        elif shown != written:
            opened.report(table.part, f"header of column {name}: its cell says {shown}")


def _names(table: Table) -> Iterator[str]:
    for key in ("name", "displayName"):
        if problem := name_problem(table.root.get(key, "")):
            yield f"table: {problem}"


def _area(table: Table) -> Iterator[str]:
    written = table.root.get("ref", "")
    if table.area is None:
        yield f"no such cells {written}"
        return
    width = table.area.right - table.area.left + 1
    if width != len(table.columns):
        yield f"{len(table.columns)} columns in {written}"
    lines = int(table.root.get("headerRowCount", "1")) + int(table.root.get("totalsRowCount", "0"))
    if table.area.bottom - table.area.top + 1 <= lines:
        yield f"no row for data in {written}"
    for element in table.root.iterfind(f"{MAIN}autoFilter"):
        filtered = area(element.get("ref", ""))
        whole = table.area._replace(bottom=table.area.bottom - int(table.root.get("totalsRowCount", "0")))
        if filtered != whole:
            yield f"filter over {element.get('ref')} in a table over {written}"


def _columns(table: Table, formulas: FormulaLint) -> Iterator[str]:
    for name, times in Counter(name.casefold() for name in table.columns).items():
        if times > 1:
            yield f"column {name} is there {times} times"
        if not name or len(name) > 255:
            yield f"column name of {len(name)} characters"
    elements = table.root.findall(f"{MAIN}tableColumns/{MAIN}tableColumn")
    for number, times in Counter(element.get("id", "") for element in elements).items():
        if times > 1 or not number.isdigit() or int(number) < 1:
            yield f"column id {number} is there {times} times"
    for element in elements:
        for kind in ("calculatedColumnFormula", "totalsRowFormula"):
            text = element.findtext(f"{MAIN}{kind}")
            if text is not None:
                yield from (f"column {element.get('name')}: {what}" for what in formulas.problems(text))
