"""The cells of 首页."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from xl_lianbing.excel.values import Cells
from xl_lianbing.findings import Finding
from xl_lianbing.glossary import Audience, ReceiptState, Severity
from xl_lianbing.intake.returned.receipts import Receipt
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.scoring.remarks import told
from xl_lianbing.scoring.score import Scores
from xl_lianbing.workbooks.master.home import HomeFacts, home_cells

#: Whose the findings are that no unit can mend.
BUREAU = str(Audience.BUREAU)


def home_block(
    pack: RulePack,
    version: str,
    run_at: datetime,
    receipts: Sequence[Receipt],
    findings: Sequence[Finding],
    scores: Scores,
    rows: tuple[int, int],
    awaited: str = "",
    agenda: str = "",
) -> Cells:
    """The state of the campaign at a glance. `rows`: read and counted; `awaited`: what the bureau has yet to type;
    `agenda`: what is due next."""
    by_severity = Counter(f.severity for f in findings)
    by_code = Counter(f.code for f in findings if f.severity is not Severity.NOTE)
    named = {f.code: f.title or f.problem for f in reversed(findings)}
    received = [r for r in receipts if r.state is ReceiptState.RECEIVED]
    facts = HomeFacts(
        campaign=pack.title,
        pack=f"{pack.id} {pack.version}",
        program_version=version,
        run_at=run_at,
        units=len(scores.roster.units),
        received=len(received),
        late=sum(r.late for r in received),
        missing=sum(r.state is ReceiptState.MISSING for r in receipts),
        refused=sum(r.state is ReceiptState.REFUSED for r in receipts),
        rows_read=rows[0],
        rows_counted=rows[1],
        blocking=by_severity[Severity.BLOCKING],
        warnings=by_severity[Severity.WARNING],
        notes=by_severity[Severity.NOTE],
        findings_by_code=[(code, named[code], n) for code, n in by_code.most_common(8)],
        missing_units=[r.unit for r in receipts if r.state is ReceiptState.MISSING],
        ranking=[(u.unit.tier, u.rank, u.unit.name, u.total, u.selection) for u in scores.units],
        remarks=[*told(scores.remarks), *([awaited] if awaited else [])],
        findings_by_unit=_by_unit(findings),
        agenda=agenda,
    )
    return home_cells(facts)


def _by_unit(findings: Sequence[Finding]) -> list[tuple[str, int, int, int]]:
    """阻断, 提醒 and 说明 of every unit that has any, the worst first; what the bureau has to mend is its own."""
    counts = Counter((f.where.unit if f.audience is Audience.COUNTY else BUREAU, f.severity) for f in findings)
    units = dict.fromkeys(unit for unit, _ in counts)
    lines = [(u, counts[u, Severity.BLOCKING], counts[u, Severity.WARNING], counts[u, Severity.NOTE]) for u in units]
    return sorted(lines, key=lambda line: line[1:], reverse=True)
