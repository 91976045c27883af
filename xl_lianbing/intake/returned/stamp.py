"""Reads the stamp of a file: its custom properties, or the very-hidden sheet where a program dropped those."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

from xl_lianbing.intake.door.sheets import Book
from xl_lianbing.records.returns import FEEDBACK_SHEET
from xl_lianbing.records.stamp import (
    CAMPAIGN_PROPERTY,
    KIND_PROPERTY,
    PACK_PROPERTY,
    REVIEWER_PROPERTY,
    SOURCE_PROPERTY,
    STAMP_SHEET,
    UNIT_PROPERTY,
    VERSION_PROPERTY,
    YEAR_PROPERTY,
    Stamp,
)


def read_stamp(book: Book) -> Stamp | None:
    """The stamp of an opened file, None if it has none. Never raises: a broken stamp is a missing one."""
    return _stamp(_properties(book.properties)) or _stamp(_hidden_sheet(book))


def copied_from(book: Book) -> str:
    """The SHA-256 of the return that a feedback copy was made from; '' if the file is none."""
    return _properties(book.properties).get(SOURCE_PROPERTY, "") or _on_the_list(book)


def _on_the_list(book: Book) -> str:
    if FEEDBACK_SHEET not in book.names:
        return ""
    _, cells = next(iter(book.rows(FEEDBACK_SHEET)), (0, ()))
    told = (str(cell).partition("=") for cell in cells)
    return next((value for name, _, value in told if name == SOURCE_PROPERTY), "")


def _plain(name: str) -> str:
    """Programs differ in the sign they allow between the words of a property's name."""
    return name.strip().replace("_", ".").replace("xl.lianbing", "xl_lianbing")


def _properties(part: bytes) -> dict[str, str]:
    try:
        root: Iterable[ElementTree.Element] = ElementTree.fromstring(part) if part else []
    except ElementTree.ParseError:
        return {}
    return {_plain(e.get("name", "")): "".join(e.itertext()).strip() for e in root}


def _hidden_sheet(book: Book) -> dict[str, str]:
    if STAMP_SHEET not in book.names:
        return {}
    rows = (cells for _, cells in book.rows(STAMP_SHEET))
    return {_plain(str(cells[0])): _text(cells[1]) for cells in rows if len(cells) >= 2}


def _text(cell: object) -> str:
    return f"{cell:.0f}" if isinstance(cell, float) else str(cell).strip()


def _stamp(found: Mapping[str, str]) -> Stamp | None:
    pack = found.get(PACK_PROPERTY, "")
    if not pack:
        return None
    year = found.get(YEAR_PROPERTY, "")
    return Stamp(
        pack=pack,
        version=found.get(VERSION_PROPERTY, ""),
        unit=found.get(UNIT_PROPERTY, ""),
        year=int(year) if year.isascii() and year.isdigit() else None,
        kind=found.get(KIND_PROPERTY, ""),
        campaign=found.get(CAMPAIGN_PROPERTY, ""),
        reviewer=found.get(REVIEWER_PROPERTY, ""),
    )
