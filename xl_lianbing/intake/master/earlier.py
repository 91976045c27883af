"""What a master says of the run before: its findings, so that one can be told to be new, whose returns were in, and
which tabs of later versions it has."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from xl_lianbing.findings import Finding
from xl_lianbing.glossary import ReceiptState
from xl_lianbing.intake.master.tabs import Tab, open_master
from xl_lianbing.records.keys import squeeze
from xl_lianbing.records.results import DISPATCH, FINDINGS, PUBLICITY_DUTY, RECEIPTS, TASK_BOARD, ResultTab

#: Code, unit, sheet, cell and what was typed: whatever the file is called in which the unit hands it in again.
_Known: TypeAlias = tuple[str, ...]
#: Tabs that masters made by older versions lack, or have with other columns.
_LATER = (DISPATCH, PUBLICITY_DUTY, TASK_BOARD)
_COMPARED = ("编码", "单位", "工作表", "单元格", "填写内容")


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """The findings of the run before, and the units whose returns were in; `lacking`: headers of 校核结果 that the
    master, made by an older version, does not have; `headers`: of the tabs that such a master may lack."""

    known: Collection[_Known] = frozenset()
    received: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def has(self, tab: ResultTab) -> bool:
        """Whether the master has a tab with exactly the columns that are written."""
        return self.headers.get(tab.name) == tab.grid.headers

    def had(self, found: Finding) -> bool:
        where = found.where
        # a program that drops the results of formulas leaves the cell, a link, blank
        keys = (_key((found.code, where.unit, where.sheet, cell, found.shown)) for cell in (where.cell, ""))
        return any(key in self.known for key in keys)


def earlier_run(master: Path) -> EarlierRun:
    """Raises MasterUnreadable."""
    with open_master(master, {tab.name for tab in (FINDINGS, RECEIPTS, *_LATER)}) as book:
        headers = {tab.name: _headers(found, tab) for tab in _LATER if (found := Tab.of(book, tab.name))}
        register = Tab.of(book, RECEIPTS.name)
        receipts = register.grid(RECEIPTS.grid) if register else []
        received = tuple(row.text("单位") for row in receipts if row.text("状态") == ReceiptState.RECEIVED)
        tab = Tab.of(book, FINDINGS.name)
        if tab is None:
            return EarlierRun(received=received, headers=headers)  # the writer says which tab is missing
        grid = FINDINGS.grid
        known = frozenset(_key(tuple(row.text(header) for header in _COMPARED)) for row in tab.grid(grid))
        there = {tab.text(grid.header_row, column) for column in range(grid.first_column, grid.last_column + 1)}
    return EarlierRun(known, received, tuple(header for header in grid.headers if header not in there), headers)


def _headers(tab: Tab, declared: ResultTab) -> tuple[str, ...]:
    row = declared.grid.header_row
    texts = [tab.text(row, column) for column in range(declared.grid.first_column, tab.last_column + 1)]
    return tuple(texts[: texts.index("")] if "" in texts else texts)


def _key(parts: tuple[str, ...]) -> _Known:
    return tuple("".join(filter(str.isprintable, squeeze(part))) for part in parts)
