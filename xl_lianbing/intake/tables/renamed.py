"""A header or item that somebody changed a little: one question in place of a missing column and an unknown one."""

from __future__ import annotations

from xl_lianbing.findings import reading as c
from xl_lianbing.glossary import Severity
from xl_lianbing.intake.cells.judge import Judge
from xl_lianbing.intake.cells.needs import lacking
from xl_lianbing.records.column import Column, Scored


def report_renamed(column: Column, sheet: str, cell: str, found: str, judge: Judge) -> None:
    """Ask whether `found` in that cell is the column; as severe as that the column is missing."""
    needed = column.scored is not Scored.NEVER
    severity = Severity.BLOCKING if needed else Severity.WARNING if column.required else Severity.NOTE
    judge.collector.add(
        c.COLUMN_RENAMED,
        sheet,
        cell,
        found,
        severity=severity,
        found=found,
        header=judge.rules.pack.header(column.header),
        effect=lacking(column) if needed else "",
        unit=f"（单位：{column.unit}）" if column.unit else "",
    )
