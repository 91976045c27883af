"""运行记录: one row a run; a run that changed nothing only renews the time of the last row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xl_lianbing.excel.values import Cell
from xl_lianbing.records.results import RUNS
from xl_lianbing.report.blocks import Block, note, table

#: Rows kept.
KEPT = 200


@dataclass(frozen=True, slots=True)
class Run:
    at: datetime
    operation: str
    pack: str
    version: str
    inputs: str
    results: str
    seconds: float
    accounting: str
    pack_digest: str = ""
    typed: str = ""
    files: str = ""

    def cells(self) -> list[Cell]:
        return [
            self.at,
            self.operation,
            self.pack,
            self.version,
            self.inputs,
            self.results,
            f"{self.seconds:.1f}秒",
            self.accounting,
            self.pack_digest,
            self.typed,
            self.files,
        ]


def run_blocks(master: Path, run: Run) -> list[Block]:
    """The log with this run as its last row."""
    earlier = _earlier(master)
    last = run.cells()
    if earlier and earlier[-1][1:6] == last[1:6] and earlier[-1][7:] == last[7:]:
        earlier.pop()
    rows = [*earlier, last][-KEPT:]
    hint = "输入和结果都没有变化时，只更新最后一行的时间和用时。每个填报表文件的SHA-256见“回执登记”。"
    return [table(RUNS, RUNS.grid, rows), note(RUNS, hint)]


def _earlier(master: Path) -> list[list[Cell]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(master))
    if RUNS.name not in book.sheet_names:
        return []  # the writer says which tab is missing, and what to do
    rows: Sequence[Sequence[object]] = book.get_sheet_by_name(RUNS.name).to_python(skip_empty_area=False)
    width = len(RUNS.grid.fields)
    filled = [r[:width] for r in rows[RUNS.grid.header_row :] if any(c not in ("", None) for c in r[:width])]
    kept = [[*r, *[""] * (width - len(r))] for r in filled]
    return [[c if isinstance(c, str | int | float | datetime) else str(c) for c in row] for row in kept]
