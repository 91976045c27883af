"""Lint of what surrounds the rows of a worksheet: columns, merges, validations, conditional formats, links, filters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from tests.validation.areas import MAX_COLUMN, Area, area, overlaps
from tests.validation.lint_cells import Rows
from tests.validation.lint_formulas import FormulaLint
from tests.validation.lint_package import lint_element
from tests.validation.lint_workbook import Styles, wrong_counts
from tests.validation.opened import LINK, MAIN, Opened

_MAX_LIST: Final = 255
_MAX_VALIDATIONS: Final = 65_534
_MAX_LINKS: Final = 65_530
_LENGTHS: Final = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 225, "tooltip": 255, "location": 2_084}
_MAX_HEADER: Final = 255
_OFFICE_FORMULAS: Final = "{http://schemas.microsoft.com/office/excel/2006/main}f"
_BY_RULE: Final = frozenset(("expression", "cellIs"))


class SheetLint:
    """Checks one sheet after its rows were read."""

    def __init__(self, opened: Opened, part: str, styles: Styles, formulas: FormulaLint) -> None:
        self._opened = opened
        self._part = part
        self._styles = styles
        self._formulas = formulas

    def check(self, rows: Rows, tables: Sequence[Area]) -> None:
        """Args: tables: the areas of the sheet's tables."""
        root = rows.root
        if root is None:
            return
        for element in root.iter(etree.Element):
            lint_element(self._opened, self._part, element)
        for what in (
            *self._areas(root, rows, tables),
            *self._columns(root),
            *self._validations(root),
            *self._conditional_formats(root),
            *self._links(root),
            *_lengths(root),
            *wrong_counts(root),
        ):
            self._opened.report(self._part, what)

    def _areas(self, root: etree._Element, rows: Rows, tables: Sequence[Area]) -> Iterator[str]:
        for element in root.iter(etree.Element):
            for key in ("ref", "sqref", "activeCell", "topLeftCell"):
                written = element.get(key)
                for piece in (written or "").split() if written is not None else ():
                    if area(piece) is None:
                        yield f"<{etree.QName(element).localname}>: no such cells {piece}"
        dimension = _areas_of(root, "dimension")
        if dimension and rows.extent and not dimension[0].holds(rows.extent):
            yield f"dimension {dimension[0]}, but there are cells in {rows.extent}"
        merges = _areas_of(root, "mergeCells/", "mergeCell")
        for one, other in overlaps(merges):
            yield f"merged cells {one} overlap {other}"
        for merge in merges:
            if merge.top == merge.bottom and merge.left == merge.right:
                yield f"merged cells {merge} are one cell"
        for table in tables:
            for merge in merges:
                if merge.meets(table):
                    yield f"merged cells {merge} in the table {table}"
            for filtered in _areas_of(root, "autoFilter"):
                if filtered.meets(table):
                    yield f"filter {filtered} over the table {table}, which has its own"
        for one, other in overlaps(tables):
            yield f"tables {one} and {other} overlap"

    def _columns(self, root: etree._Element) -> Iterator[str]:
        last = 0
        for element in root.iterfind(f"{MAIN}cols/{MAIN}col"):
            left, right = int(element.get("min", "0")), int(element.get("max", "0"))
            if not last < left <= right <= MAX_COLUMN:
                yield f"columns {left} to {right} after column {last}"
            last = max(last, right)
            if int(element.get("style", "0")) >= self._styles.cells:
                yield f"columns {left} to {right}: style {element.get('style')}, but there are {self._styles.cells}"

    def _validations(self, root: etree._Element) -> Iterator[str]:
        found = root.findall(f"{MAIN}dataValidations/{MAIN}dataValidation")
        if len(found) > _MAX_VALIDATIONS:
            yield f"{len(found)} validations"
        for element in found:
            where = f"validation of {element.get('sqref')}"
            values = [element.findtext(f"{MAIN}formula{number}") for number in (1, 2)]
            if element.get("type", "none") != "none" and values[0] is None:
                yield f"{where}: nothing to compare with"
            for value in values:
                if value is None:
                    continue
                quoted = len(value) > 1 and value[0] == value[-1] == '"'
                if element.get("type") == "list" and quoted:
                    if len(value[1:-1].replace('""', '"')) > _MAX_LIST:
                        yield f"{where}: list of more than {_MAX_LIST} characters"
                else:
                    yield from (f"{where}: {what}" for what in self._formulas.problems(value, rule=True))

    def _conditional_formats(self, root: etree._Element) -> Iterator[str]:
        for group in root.iterfind(f"{MAIN}conditionalFormatting"):
            where = f"conditional format of {group.get('sqref')}"
            for rule in group.iterfind(f"{MAIN}cfRule"):
                style = rule.get("dxfId")
                if style is not None and int(style) >= self._styles.conditional:
                    yield f"{where}: style {style}, but there are {self._styles.conditional}"
                formulas = rule.findall(f"{MAIN}formula")
                if rule.get("type") in _BY_RULE and not formulas:
                    yield f"{where}: no formula"
                for formula in formulas:
                    for what in self._formulas.problems(formula.text or "", rule=True):
                        yield f"{where}: {what}"
        for formula in root.iter(_OFFICE_FORMULAS):
            yield from (f"extension: {what}" for what in self._formulas.problems(formula.text or "", rule=True))

    def _links(self, root: etree._Element) -> Iterator[str]:
        links = root.findall(f"{MAIN}hyperlinks/{MAIN}hyperlink")
        if len(links) > _MAX_LINKS:
            yield f"{len(links)} links"
        for link in links:
            location = link.get("location")
            if link.get(f"{LINK}id") is not None:
                continue
            if location is None:
                yield f"link of {link.get('ref')} leads nowhere"
            else:
                for what in self._formulas.problems(location, rule=True):
                    yield f"link of {link.get('ref')}: {what}"


def _areas_of(root: etree._Element, *path: str) -> list[Area]:
    found = root.iterfind("/".join(f"{MAIN}{step.strip('/')}" for step in path))
    return [parsed for element in found if (parsed := area(element.get("ref", ""))) is not None]


def _lengths(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            if len(value) > _LENGTHS.get(key, len(value)):
                yield f"{key} of {len(value)} characters: {value[:40]}"
    for element in root.iterfind(f"{MAIN}headerFooter/*"):
        if len(element.text or "") > _MAX_HEADER:
            yield f"header or footer of {len(element.text)} characters"
