"""案件汇总 and its like: every row of the returns, whether it counts, why not, and where it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xl_lianbing.excel.values import Cell, LongRows
from xl_lianbing.glossary import Reason, YesNo
from xl_lianbing.intake.returned.read import Intake
from xl_lianbing.intake.returned.rows import RowStore
from xl_lianbing.records.results import CASES, SUMMARIES
from xl_lianbing.records.returns import PenaltyCase
from xl_lianbing.report.blocks import Block, note, table
from xl_lianbing.scoring.score import Reasons


def summary_blocks(used: Mapping[str, Intake], reasons: Mapping[str, Reasons]) -> list[Block]:
    """案件汇总 and its like: every row read, whether it counts, why not, and where it came from. Streamed."""
    blocks: list[Block] = []
    for sheet, tab in SUMMARIES.items():
        parts = [
            SummaryBlock(unit, i.file, i.rows, sheet, reasons.get(unit, {}).get(sheet, {})) for unit, i in used.items()
        ]
        blocks.append(table(tab, tab.grid, LongRows([part for part in parts if part.count])))
        blocks.append(note(tab, "各单位填报表逐行汇总；没有计入的写明原因，来源是文件、工作表和行号。"))
    return blocks


def case_places(used: Mapping[str, Intake]) -> dict[str, tuple[int, int]]:
    """First and last row of each unit in 案件汇总."""
    places, last = {}, CASES.grid.header_row
    for unit, intake in used.items():
        first, last = last + 1, last + intake.rows.count(PenaltyCase.sheet)
        if last >= first:
            places[unit] = (first, last)
    return places


@dataclass(frozen=True, slots=True)
class SummaryBlock:
    """The rows of one return in a summary tab. `reasons` says why rows (by number) are not counted."""

    unit: str
    file: str
    store: RowStore
    sheet: str
    reasons: Mapping[int, Reason]

    @property
    def count(self) -> int:
        return self.store.count(self.sheet)

    def columns(self) -> Sequence[Sequence[Cell]]:
        numbers, columns = self.store.columns(self.sheet)
        reasons = [str(self.reasons[number]) if number in self.reasons else "" for number in numbers]
        counted = [str(YesNo.NO) if reason else str(YesNo.YES) for reason in reasons]
        place = f"{self.file}｜{self.sheet}｜第"
        return [
            [self.unit] * len(numbers),
            *columns,
            counted,
            reasons,
            [f"{place}{number}行" for number in numbers],
        ]
