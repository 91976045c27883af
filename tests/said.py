"""Findings with sentences that a test makes up."""

from __future__ import annotations

from xl_lianbing.findings import Finding, Kind, Where, finding
from xl_lianbing.glossary import Severity


def said(
    where: Where,
    severity: Severity = Severity.BLOCKING,
    *,
    code: str = "C02",
    shown: str = "原文",
    problem: str = "看不出是哪一天。",
    fix: str = "请改日期。",
    source: str = "B2.10",
    title: str = "",
    cells: tuple[str, ...] = (),
) -> Finding:
    """A finding that says just this."""
    kind = Kind(code, severity, "{problem}", "{fix}", source, title)
    return finding(kind, where, shown, None, severity, cells, problem=problem, fix=fix)
