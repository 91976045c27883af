"""What a master says of the run before: its findings, so that one can be told to be new, and whose returns were in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from xl_lianbing.findings import Finding
from xl_lianbing.glossary import ReceiptState
from xl_lianbing.intake.master.tabs import Tab, open_master
from xl_lianbing.records.keys import squeeze
from xl_lianbing.records.results import FINDINGS, RECEIPTS

#: Code, unit, sheet, cell and what was typed: whatever the file is called in which the unit hands it in again.
_Known: TypeAlias = tuple[str, ...]
_COMPARED = ("编码", "单位", "工作表", "单元格", "填写内容")


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """The findings of the run before, and the units whose returns were in; `lacking`: headers of 校核结果 that the
    master, made by an older version, does not have."""

    known: Collection[_Known] = frozenset()
    received: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()

    def had(self, found: Finding) -> bool:
        where = found.where
        # a program that drops the results of formulas leaves the cell, a link, blank
        keys = (_key((found.code, where.unit, where.sheet, cell, found.shown)) for cell in (where.cell, ""))
        return any(key in self.known for key in keys)


def earlier_run(master: Path) -> EarlierRun:
    """Raises MasterUnreadable."""
    with open_master(master, {FINDINGS.name, RECEIPTS.name}) as book:
        register = Tab.of(book, RECEIPTS.name)
        receipts = register.grid(RECEIPTS.grid) if register else []
        received = tuple(row.text("单位") for row in receipts if row.text("状态") == ReceiptState.RECEIVED)
        tab = Tab.of(book, FINDINGS.name)
        if tab is None:
            return EarlierRun(received=received)  # the writer says which tab is missing, and what to do
        grid = FINDINGS.grid
        known = frozenset(_key(tuple(row.text(header) for header in _COMPARED)) for row in tab.grid(grid))
        there = {tab.text(grid.header_row, column) for column in range(grid.first_column, grid.last_column + 1)}
    return EarlierRun(known, received, tuple(header for header in grid.headers if header not in there))


def _key(parts: tuple[str, ...]) -> _Known:
    return tuple("".join(filter(str.isprintable, squeeze(part))) for part in parts)
