"""What an odd or empty cell means for its row: the finding, and whether the row is blocked (B2.10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xl_lianbing.findings import Kind
from xl_lianbing.findings import reading as c
from xl_lianbing.findings.gather import Collector
from xl_lianbing.glossary import Severity
from xl_lianbing.intake.cells.needs import must_be_filled, needed, needed_filled
from xl_lianbing.intake.cells.values import Odd
from xl_lianbing.records.column import CellType, Column, Scored
from xl_lianbing.rules.ruleset import Ruleset

#: What a blocking cell does to its row, where rows are counted.
ROW_NOT_COUNTED = "，本行不计入"


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the cells of one sheet. `effect` says what a blocking cell does to its row."""

    sheet: str
    rules: Ruleset
    collector: Collector
    effect: str = ROW_NOT_COUNTED

    def odd(self, column: Column, cell: str, odd: Odd, values: Callable[[], Mapping[str, object]]) -> bool:
        """Report an odd cell; True if the row can't be used without it. Without its feature nothing is said."""
        if not self.rules.has(column.feature):
            return False
        if odd.kind.severity is Severity.NOTE:
            if odd.value is not None or not must_be_filled(column):
                self._note(column, cell, odd)
            return False
        wanted = odd.value is None and self.needs(column, values)
        absurd = column.type is CellType.MONEY and odd.kind == c.OUT_OF_RANGE
        self._report(odd.kind, column, cell, odd.shown, wanted, blocking=wanted or absurd)
        return wanted

    def empty(self, column: Column, cell: str, odd: Odd | None, values: Callable[[], Mapping[str, object]]) -> bool:
        """Report a cell with nothing in it (`odd`: a placeholder) if it must be filled; True if it blocks the row."""
        wanted = self.needs_filled(column, values)
        if wanted or (column.required and column.scored is not Scored.COMPLETE):
            kind = c.NO_SCAN if column.scan and not wanted else c.EMPTY
            self._report(kind, column, cell, odd.shown if odd else "", wanted, blocking=wanted)
        elif odd is not None:
            self._note(column, cell, odd)
        return wanted

    def needs(self, column: Column, values: Callable[[], Mapping[str, object]]) -> bool:
        """Whether scoring needs the cell in the row with these values."""
        if column.scored in (Scored.NEVER, Scored.ALWAYS):
            return column.scored is Scored.ALWAYS
        return needed(column.scored, values(), self.rules)

    def needs_filled(self, column: Column, values: Callable[[], Mapping[str, object]]) -> bool:
        """Whether scoring needs something in the cell in the row with these values."""
        if column.scored in (Scored.NEVER, Scored.ALWAYS):
            return column.scored is Scored.ALWAYS
        return needed_filled(column.scored, values(), self.rules)

    def _report(self, kind: Kind, column: Column, cell: str, shown: str, wanted: bool, *, blocking: bool) -> None:
        header = self.rules.pack.header(column.header)
        severity = Severity.BLOCKING if blocking else None
        self.collector.add(
            kind,
            self.sheet,
            cell,
            shown,
            group=header,
            severity=severity,
            header=header,
            effect=self._effect(column) if wanted else "",
            choices="、".join(column.choices),
            unit=f"（单位：{column.unit}）" if column.unit else "",
            range=span(column),
            help=column.help,
        )

    def _effect(self, column: Column) -> str:
        return "，这名候选人不能入选" if column.scored is Scored.CHOSEN else self.effect

    def _note(self, column: Column, cell: str, odd: Odd) -> None:
        header = self.rules.pack.header(column.header)
        unit = f"（单位：{column.unit}）" if column.unit else ""
        self.collector.note(
            odd.kind, self.sheet, cell, odd.shown, header, header=header, unit=unit, places=column.places
        )


def span(column: Column) -> str:
    """The numbers a column takes, in words."""
    return f"{column.least}～{column.most}"
