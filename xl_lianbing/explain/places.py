"""Where the inputs of a campaign stand, as reading knew it, in the words of a derivation: file｜sheet!cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from xl_lianbing.findings import Where
from xl_lianbing.folder import MASTER
from xl_lianbing.pipeline import Computed
from xl_lianbing.records.column import Record
from xl_lianbing.records.inputs import RULES_TAB
from xl_lianbing.records.lines import Line
from xl_lianbing.records.returns import UnitInfo

R = TypeVar("R", bound=Record)


def place(where: Where) -> str:
    """file｜sheet!cell."""
    cell = f"{where.sheet}!{where.cell}" if where.cell else where.sheet
    return "｜".join(p for p in (where.file, cell) if p)


@dataclass(frozen=True, slots=True)
class Places:
    """The cells behind what was computed."""

    computed: Computed

    def rule(self, name: str) -> str:
        """The cell of a value (by its key) or of a switch (by its code) in 规则; "" where the row is lost."""
        cell = self.computed.master.rule_cells.get(name)
        return place(Where(MASTER, RULES_TAB, cell)) if cell else ""

    def tab(self, record: type[R]) -> Sequence[Line[R]]:
        """The rows of an input tab of the master, also those that are not used."""
        return self.computed.master.tab(record).lines

    def in_tab(self, record: type[Record], line: Line[R], field: str) -> str:
        return place(self.computed.master.tab(record).where(field, line.row))

    def key_enterprises(self, unit: str) -> str:
        """The cell of 重点监控企业数 (重点排污单位数) in a unit's return."""
        returned = self.computed.collected.returns[unit]
        sheet, cells = returned.forms[UnitInfo.sheet]
        return place(Where(returned.file, sheet, cells["key_enterprises"]))
