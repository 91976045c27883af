"""运行记录: a row a run, with digests of what went in and out; one that changed nothing renews the time of the last."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from xl_lianbing.excel.values import Cell
from xl_lianbing.findings import Finding
from xl_lianbing.findings.row import NOVELTY, row_of
from xl_lianbing.intake.master.inputs import MasterInputs
from xl_lianbing.intake.master.tabs import Tab, open_master
from xl_lianbing.intake.returned.receipts import Collected
from xl_lianbing.records.results import RUNS
from xl_lianbing.report.blocks import Block, ByHeader, note, table
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.rules.shipped import PACK_FOLDER
from xl_lianbing.scoring.score import Scores

#: Rows kept.
KEPT: Final = 200
#: The columns that say when a run was and how long it took.
_WHEN: Final = frozenset({"时间", "用时"})


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

    @property
    def row(self) -> ByHeader:
        return {
            "时间": self.at,
            "操作": self.operation,
            "规则包": self.pack,
            "程序版本": self.version,
            "输入摘要": self.inputs,
            "结果摘要": self.results,
            "用时": f"{self.seconds:.1f}秒",
            "读入与计入": self.accounting,
            "规则包摘要": self.pack_digest,
            "录入表摘要": self.typed,
            "填报表摘要": self.files,
        }


def run_blocks(master: Path, *runs: Run) -> list[Block]:
    """The log with these runs as its last rows. `master`: the file whose log it goes on with."""
    rows = _earlier(master)
    for run in runs:
        if rows and _what(rows[-1]) == _what(run.row):
            rows.pop()
        rows.append(run.row)
    rows = rows[-KEPT:]
    hint = "输入和结果都没有变化时，只更新最后一行的时间和用时。每个填报表文件的SHA-256见“回执登记”。"
    return [table(RUNS, RUNS.grid, rows), note(RUNS, hint)]


def _what(row: ByHeader) -> ByHeader:
    """What a run read, did and found, whenever that was."""
    return {header: cell for header, cell in row.items() if header not in _WHEN}


def _earlier(master: Path) -> list[ByHeader]:
    with open_master(master, {RUNS.name}) as book:
        tab = Tab.of(book, RUNS.name)
    if tab is None:
        return []  # the writer says which tab is missing, and what to do
    return [{header: _kept(row[header]) for header in RUNS.grid.headers} for row in tab.grid(RUNS.grid)]


def _kept(cell: object) -> Cell:
    return cell if isinstance(cell, str | int | float | datetime) else str(cell)


def pack_digest(pack: RulePack) -> str:
    """SHA-256 of the rule pack as shipped; line ends don't matter."""
    text = (PACK_FOLDER / f"{pack.id}.toml").read_text("utf-8")
    return hashlib.sha256("\n".join(text.splitlines()).encode()).hexdigest()


def files_digest(collected: Collected) -> str:
    """SHA-256 over those of all files received (回执登记 lists them), in whatever order they came."""
    return _sha256(sorted(r.sha256 for r in collected.receipts if r.sha256))


def input_digest(master: MasterInputs, collected: Collected) -> str:
    """SHA-256 over the pack, the input tabs and the content of every file received, in whatever order."""
    return _sha256([pack_digest(master.pack), master.digest, files_digest(collected)])


def result_digest(scores: Scores, findings: Sequence[Finding]) -> str:
    """SHA-256 over exact points, ranks, states, the fate of every row and the findings."""
    parts: list[object] = [
        (u.unit.name, u.rank, *u.parts.values(), u.articles, u.veto, u.selection) for u in scores.units
    ]
    parts += [(o.officer.unit, o.officer.name, o.rank, o.points, o.selection) for o in scores.officers]
    parts += [
        (unit, sheet, sorted((row, str(reason)) for row, reason in rows.items()))
        for unit, own in scores.reasons.items()
        for sheet, rows in own.items()
    ]
    told = ({**row_of(found), NOVELTY: ""} for found in findings)  # of earlier runs a result does not depend
    return _sha256([*parts, *((*row.values(), found.cells) for row, found in zip(told, findings, strict=True))])


def _sha256(parts: Iterable[object]) -> str:
    sha = hashlib.sha256()
    for part in parts:
        sha.update(str(part).encode())
        sha.update(b"\n")
    return sha.hexdigest()
