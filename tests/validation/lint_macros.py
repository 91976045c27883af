"""Lint of macros and what calls them: code names, form buttons (VML), ribbon."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from lxml import etree

from tests.validation.areas import MAX_COLUMN, MAX_ROW
from tests.validation.opened import MAIN, Opened

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from oletools.olevba import VBA_Parser  # type: ignore[import-untyped]

_VML: Final = "{urn:schemas-microsoft-com:vml}"
_OFFICE_VML: Final = "{urn:schemas-microsoft-com:office:office}"
_EXCEL_VML: Final = "{urn:schemas-microsoft-com:office:excel}"
_BASE: Final = re.compile(r'^Attribute VB_Base = "0\{000208(19|20)-0000-0000-C000-000000000046\}"', re.MULTILINE)
_SUB: Final = re.compile(r"^\s*(?:Public\s+)?Sub\s+(\w+)", re.MULTILINE | re.IGNORECASE)
_SHAPE_ID: Final = re.compile(r"_x0000_s([0-9]+)")
_BLOCK: Final = 1024
"""Shape ids are handed out in blocks of this size."""
_ANCHOR_NUMBERS: Final = 8


@lru_cache(maxsize=4)
def modules_of(project: bytes) -> dict[str, str]:
    """Module → its text, as oletools reads a ``vbaProject.bin``."""
    with_paths = VBA_Parser("vbaProject.bin", data=project).extract_macros()
    return {stream.rpartition("/")[2]: code.replace("\r\n", "\n") for _, stream, _, code in with_paths}


def lint_macros(opened: Opened) -> None:
    modules: dict[str, str] = {}
    projects = [part for part in opened.related(opened.workbook, "vbaProject") if part in opened.names]
    for part in projects:
        modules = modules_of(opened.package.read(part))
        if not modules:
            opened.report(part, "no VBA project in it")
    subs = {f"{module}.{name}" for module, text in modules.items() for name in _SUB.findall(text)}
    if projects:
        _lint_ribbon(opened, subs)
    for sheet in opened.sheets.values():
        for part in opened.related(sheet, "vmlDrawing"):
            root = opened.tree(part)
            if root is not None:
                for what in _drawing(root, subs):
                    opened.report(part, what)


def lint_code_names(opened: Opened, code_names: dict[str, str]) -> None:
    """Args: code_names: part of the workbook or sheet → its code name ("": none)."""
    documents: dict[str, set[str]] = {"19": set(), "20": set()}
    projects = [part for part in opened.related(opened.workbook, "vbaProject") if part in opened.names]
    if not projects:
        return
    for module, text in modules_of(opened.package.read(projects[0])).items():
        if base := _BASE.search(text):
            documents[base[1]].add(module)
    seen: set[str] = set()
    for part, name in code_names.items():
        wanted = documents["19" if part == opened.workbook else "20"]
        if name not in wanted:
            opened.report(part, f"code name {name!r} is no document module of the VBA project")
        if name.casefold() in seen:
            opened.report(part, f"code name {name!r} is there twice")
        seen.add(name.casefold())
    for name in sorted((documents["19"] | documents["20"]) - set(code_names.values())):
        opened.report(projects[0], f"document module {name} belongs to no sheet")


def workbook_code_name(opened: Opened) -> str:
    root = opened.tree(opened.workbook)
    element = None if root is None else root.find(f"{MAIN}workbookPr")
    return "" if element is None else element.get("codeName", "")


def sheet_code_name(root: etree._Element) -> str:
    element = root.find(f"{MAIN}sheetPr")
    return "" if element is None else element.get("codeName", "")


def _lint_ribbon(opened: Opened, subs: set[str]) -> None:
    for part in opened.related("", "extensibility"):
        root = opened.tree(part)
        for element in () if root is None else root.iter(etree.Element):
            action = element.get("onAction")
            if action is not None and action not in subs:
                opened.report(part, f"button {element.get('id')} calls {action}, which there isn't")


def _drawing(root: etree._Element, subs: set[str]) -> Iterator[str]:
    own = {number for element in root.iter(f"{_OFFICE_VML}idmap") for number in element.get("data", "").split(",")}
    if not own:
        yield "no block of shape ids"
    types = {f"#{element.get('id')}" for element in root.iter(f"{_VML}shapetype")}
    seen: set[str] = set()
    for shape in root.iter(f"{_VML}shape"):
        name = shape.get("id", "")
        number = _SHAPE_ID.fullmatch(name)
        if number is None or str(int(number[1]) // _BLOCK) not in own:
            yield f"shape {name} is outside the drawing's block of ids"
        if name in seen:
            yield f"shape {name} is there twice"
        seen.add(name)
        if shape.get("type") not in types:
            yield f"shape {name}: no shape type {shape.get('type')}"
        data = shape.find(f"{_EXCEL_VML}ClientData")
        if data is None:
            yield f"shape {name} has no data"
        else:
            yield from (f"shape {name}: {what}" for what in _client_data(data, subs))


def _client_data(data: etree._Element, subs: set[str]) -> Iterator[str]:
    if data.get("ObjectType") == "Note" and data.find(f"{_EXCEL_VML}Anchor") is None:
        return  # Excel places it beside its cell
    anchor = [piece.strip() for piece in (data.findtext(f"{_EXCEL_VML}Anchor") or "").split(",")]
    if len(anchor) != _ANCHOR_NUMBERS or not all(piece.isdigit() for piece in anchor):
        yield f"anchor {', '.join(anchor)}"
    else:
        left, _, top, _, right, _, bottom, _ = map(int, anchor)
        if not (left <= right < MAX_COLUMN and top <= bottom < MAX_ROW):
            yield f"anchor {', '.join(anchor)}"
    if data.get("ObjectType") == "Button":
        macro = (data.findtext(f"{_EXCEL_VML}FmlaMacro") or "").removeprefix("[0]!")
        if macro not in subs:
            yield f"calls {macro or 'nothing'}, which there isn't"
