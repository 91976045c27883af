"""What the checks of a sheet work with, and how they tell what they found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xl_lianbing.addresses import rows_named
from xl_lianbing.findings import Kind as FindingKind
from xl_lianbing.findings.gather import Collector
from xl_lianbing.intake.tables.header import Header
from xl_lianbing.intake.tables.table import RowBlock
from xl_lianbing.records.column import Record
from xl_lianbing.rules.ruleset import Ruleset

Check = Callable[[RowBlock], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """What the checks of a sheet work with. `filled_on`: 填报日期 of the return, `today`: the day of the run."""

    record: type[Record]
    sheet: str
    header: Header
    rules: Ruleset
    collector: Collector
    filled_on: date | None = None
    today: date = field(default_factory=date.today)
    #: What is to be called once the whole sheet has been read.
    closing: list[Callable[[], None]] = field(default_factory=list)

    def title(self, field: str) -> str:
        return self.rules.pack.header(self.record.columns()[field].header)

    def add(self, kind: FindingKind, field: str, row: int, shown: object, /, **words: Any) -> None:
        cell = self.header.cell(field, row)
        self.collector.add(kind, self.sheet, cell, shown, group=self.title(field), **words)

    def add_range(self, kind: FindingKind, field: str, rows: Sequence[int], /, **words: Any) -> None:
        """One finding about several rows, which its sentence calls `rows`."""
        cells = [self.header.cell(field, row) for row in rows]
        shown = f"第{rows_named(cells)}行"
        self.collector.add(kind, self.sheet, "", shown, group=self.title(field), cells=cells, rows=shown, **words)
