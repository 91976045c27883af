"""The rows below a foreign header that are records: sums, notes, page breaks and headers once more are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from xl_lianbing.importing.kinds import Kind
from xl_lianbing.importing.kinds.kind import ForeignRow, Table, text_of
from xl_lianbing.importing.recognise import Recognised
from xl_lianbing.importing.sources import Source
from xl_lianbing.intake.cells.aliases import header_key
from xl_lianbing.intake.door.sheets import Cell
from xl_lianbing.intake.tables.header import Header
from xl_lianbing.intake.tables.told import RowTeller, Told
from xl_lianbing.records.keys import squeeze

#: What a row is that is no record, as the preview says it.
_WORDS: Final = {
    Told.TOTAL: "合计行",
    Told.NOTE: "说明行",
    Told.FIGURES: "只有数字的行",
    Told.COLUMN_NUMBERS: "栏号行",
    Told.HEADER: "重复的表头",
    Told.NUMBER_ONLY: "只有序号的行",
}
_TITLE: Final = "重复的标题"
_SERIALS: Final = frozenset({"序号", "编号", "行号", "NO.", "NO", "#"})


@dataclass(slots=True)
class Sifted:
    """The records of a sheet, and how many rows were something else."""

    table: Table
    left_out: Counter[str] = field(default_factory=Counter)


def sift(source: Source, found: Recognised, kind: Kind) -> Sifted:
    """The rows below the header that are records, with where each stands."""
    header, sheet = found.header, found.sheet
    width = max(header.texts, default=0) + 1
    fields = kind.fields
    places = {fields.get(column, column): place for column, place in header.places.items()}
    serial = next((p for p, text in header.texts.items() if squeeze(text).upper() in _SERIALS), None)
    if serial is not None and serial not in header.places.values():
        places["number"] = places.get("number", serial)
    keys = frozenset(header_key(text) for text in header.texts.values())
    teller = RowTeller(kind.record, Header(0, 0, places, {}, {}, frozenset()), lambda: keys)
    headings = {_shown(cells) for _, cells in sheet.rows[: header.bottom + 1]}
    parts = {text for shown in headings for text in shown}
    sifted = Sifted(Table([], {}, found.money))
    rows: list[ForeignRow] = []
    for number, cells in sheet.rows[header.bottom + 1 :]:
        wide = [*cells, *[""] * (width - len(cells))]
        told = teller.tell(wide)
        shown = _shown(cells)
        if shown in headings or (len(shown) > 1 and parts.issuperset(shown)):
            sifted.left_out[_WORDS[Told.HEADER] if len(shown) > 1 else _TITLE] += 1
        elif told is Told.RECORD:
            where = source.line(sheet, number)
            rows.append(ForeignRow(where, {column: wide[place] for column, place in header.places.items()}))
        elif told is not Told.BLANK:
            sifted.left_out[_WORDS[told]] += 1
    sifted.table = Table(rows, {column: header.text(column) for column in header.places}, found.money)
    return sifted


def _shown(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(text for cell in cells if (text := squeeze(text_of(cell))))
