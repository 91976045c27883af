"""In which unit the amounts of a table are: as its header says, or a line above it; 万元 where nothing is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from xl_lianbing.findings import reading as c
from xl_lianbing.intake.cells.aliases import money_scale, tells_money_unit
from xl_lianbing.intake.cells.judge import Judge
from xl_lianbing.intake.cells.values import ONE, as_typed
from xl_lianbing.intake.door.sheets import Cell
from xl_lianbing.intake.tables.header import Header
from xl_lianbing.records.column import CellType, Column


def scales_of(
    rows: Sequence[tuple[int, Sequence[Cell]]], header: Header, judge: Judge, columns: Mapping[str, Column]
) -> dict[str, Decimal]:
    """How many 万元 one of the numbers of an amount is, by field, where another unit is named; each is reported."""
    scales: dict[str, Decimal] = {}
    amounts = [name for name in header.places if columns[name].type is CellType.MONEY]
    if not amounts:
        return scales
    top = next(cells for number, cells in rows if number == header.row)
    above = [cell for number, cells in rows if number < header.row for cell in cells]
    general = next(filter(tells_money_unit, above), "")
    for name in amounts:
        said = top[header.places[name]]
        said = said if money_scale(said) else general
        scale = money_scale(said) or ONE
        if scale != ONE:
            scales[name] = scale
            title, cell = judge.rules.pack.header(columns[name].header), header.cell(name, header.row)
            found = as_typed(said).strip()
            words: dict[str, Any] = {"header": title, "found": found, "one": f"{scale.normalize():f}"}
            judge.collector.add(c.OTHER_UNIT, judge.sheet, cell, found, group=title, **words)
    return scales
