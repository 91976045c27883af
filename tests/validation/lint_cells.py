"""Lint of the rows and cells of a worksheet, read as a stream: order, addresses, styles, values, formulas."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from tests.validation.areas import MAX_COLUMN, MAX_ROW, Area, cell, column_of
from tests.validation.lint_formulas import FormulaLint
from tests.validation.lint_package import ESCAPED_CONTROL, lint_element
from tests.validation.lint_workbook import Styles
from tests.validation.opened import MAIN, Opened, plain_text

MAX_TEXT: Final = 32_767
_MAX_HEIGHT: Final = 409.5
_ADDRESS: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_LARGEST: Final = 9.99999999999999e307
_TYPES: Final = frozenset(("n", "s", "str", "b", "e", "inlineStr", "d"))
_MAX_SAME: Final = 20
"""A part with more problems than this is broken as a whole; the rest of them is not listed."""


@dataclass
class Rows:
    """What the rows of a sheet hold, as far as other checks ask for it."""

    root: etree._Element | None = None
    """The sheet without its rows."""
    extent: Area | None = None
    texts: dict[tuple[int, int], str | None] = field(default_factory=dict)
    """The cells of the rows asked for; None: no text."""
    formulas: set[str] = field(default_factory=set)
    """Addresses of the cells with formulas, if asked for."""


class RowsLint:
    """Reads one sheet."""

    def __init__(self, opened: Opened, part: str, styles: Styles, formulas: FormulaLint) -> None:
        self._opened = opened
        self._part = part
        self._styles = styles
        self._lint = formulas
        self._shared: set[str] = set()
        self._found = Rows()
        self._reported = 0

    def read(self, asked_rows: Container[int], *, ask_formulas: bool) -> Rows:
        """Checks all rows. Args: asked_rows: whose texts are wanted; ask_formulas: whether their addresses are."""
        last = 0
        try:
            with self._opened.package.open(self._part) as stream:
                reading = etree.iterparse(stream, events=("end",), tag=f"{MAIN}row", huge_tree=True)
                for _, row in reading:
                    number = self._row(row, last)
                    self._cells(row, number, number in asked_rows, ask_formulas)
                    last = max(last, number)
                    row.clear()
                    while row.getprevious() is not None:
                        del row.getparent()[0]
                self._found.root = reading.root
        except etree.XMLSyntaxError as error:
            self._opened.report(self._part, f"not well-formed: {error}")
        return self._found

    def _report(self, what: str) -> None:
        self._reported += 1
        if self._reported <= _MAX_SAME:
            self._opened.report(self._part, what)

    def _row(self, row: etree._Element, last: int) -> int:
        written = row.get("r", "")
        number = int(written) if written.isdigit() else last + 1
        if not 1 <= number <= MAX_ROW:
            self._report(f"no row {written}")
        if number <= last:
            self._report(f"row {number} comes after row {last}")
        height = row.get("ht")
        if height is not None and not 0 <= float(height) <= _MAX_HEIGHT:
            self._report(f"row {number}: height {height}")
        self._style(f"row {number}", row.get("s"))
        return number

    def _cells(self, row: etree._Element, number: int, ask_texts: bool, ask_formulas: bool) -> None:
        first = before = 0
        for element in row:
            reference = element.get("r", "")
            match = _ADDRESS.fullmatch(reference)
            try:
                column = column_of(match[1]) if match else 0
            except ValueError:
                column = 0
            if match is None or int(match[2]) != number or not 1 <= column <= MAX_COLUMN:
                self._report(f"row {number} has a cell {reference!r}")
                continue
            if column == before:
                self._report(f"cell {reference} is there twice")
            elif column < before:
                self._report(f"cell {reference} comes after a cell to its right")
            before = max(column, before)
            first = min(first or column, column)
            self._style(reference, element.get("s"))
            text = self._content(element, reference, ask_formulas)
            if ask_texts:
                self._found.texts[number, column] = text
        if first:
            self._include(number, first, before)

    def _include(self, row: int, left: int, right: int) -> None:
        old = self._found.extent
        self._found.extent = (
            Area(row, left, row, right)
            if old is None
            else Area(min(old.top, row), min(old.left, left), max(old.bottom, row), max(old.right, right))
        )

    def _style(self, place: str, style: str | None) -> None:
        if style is not None and not (style.isdigit() and int(style) < self._styles.cells):
            self._report(f"{place}: style {style}, but there are {self._styles.cells}")

    def _content(self, element: etree._Element, reference: str, ask_formulas: bool) -> str | None:
        """The text of a cell that holds one."""
        kind = element.get("t", "n")
        if kind not in _TYPES:
            self._report(f"{reference}: type {kind}")
        value: str | None = None
        text: str | None = None
        calculated = False
        for child in element:
            if child.tag == f"{MAIN}v":
                value = child.text or ""
            elif child.tag == f"{MAIN}is":
                text = plain_text(child)
                for piece in child.iter(etree.Element):
                    lint_element(self._opened, self._part, piece)
            elif child.tag == f"{MAIN}f":
                calculated = True
                self._formula(child, reference)
                if ask_formulas:
                    self._found.formulas.add(reference)
        if (kind == "inlineStr") != (text is not None):
            self._report(f"{reference}: type {kind} and {'a' if text is not None else 'no'} text of its own")
        if value or (value is not None and not calculated):  # a formula need not have been calculated
            text = self._value(kind, value, reference)
        if text is not None and len(text.encode("utf-16-le", "surrogatepass")) > 2 * MAX_TEXT:
            self._report(f"{reference}: text of {len(text)} characters")
        return text

    def _value(self, kind: str, value: str, reference: str) -> str | None:
        if kind == "s":
            strings = self._opened.shared_strings
            if value.isdigit() and int(value) < len(strings):
                return strings[int(value)]
            self._report(f"{reference}: shared string {value}, but there are {len(strings)}")
        elif kind == "n":
            if not _NUMBER.fullmatch(value) or abs(float(value)) > _LARGEST:
                self._report(f"{reference}: bad number {value!r}")
        elif kind == "b":
            if value not in ("0", "1"):
                self._report(f"{reference}: neither true nor false: {value!r}")
        elif kind == "e":
            self._report(f"{reference}: the error {value}")
        elif kind == "str":
            return value
        return None

    def _formula(self, element: etree._Element, reference: str) -> None:
        text, group = element.text or "", element.get("si")
        if element.get("t") == "shared" and group is not None and not text:
            if group not in self._shared:
                self._report(f"{reference}: shared formula {group} has no first cell before it")
            return
        if group is not None:
            self._shared.add(group)
        for what in self._lint.problems(text):
            self._report(f"{reference}: {what}")


def lint_shared_strings(opened: Opened) -> None:
    for part in opened.related(opened.workbook, "sharedStrings"):
        if part not in opened.names:
            continue
        for text in opened.shared_strings:
            if len(text.encode("utf-16-le", "surrogatepass")) > 2 * MAX_TEXT:
                opened.report(part, f"text of {len(text)} characters: {text[:40]}")
            if ESCAPED_CONTROL.search(text):
                opened.report(part, f"control character in {text[:40]!r}")


def lint_calculation_chain(opened: Opened, part: str, formulas: dict[str, set[str]]) -> None:
    """Args: formulas: sheet id → addresses of the cells with a formula."""
    root = opened.tree(part)
    sheet = ""
    for element in () if root is None else root:
        sheet = element.get("i", sheet)
        reference = element.get("r", "")
        if cell(reference) is None or reference not in formulas.get(sheet, ()):
            opened.report(part, f"stale: no formula in {reference} of sheet {sheet}")
