"""Fingerprints of what went into a run and of what came out (运行记录)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from xl_lianbing.findings import Finding
from xl_lianbing.intake.inputs import MasterInputs
from xl_lianbing.intake.receipts import Collected
from xl_lianbing.scoring.score import Scores


def _digest(parts: Iterable[object]) -> str:
    sha = hashlib.sha256()
    for part in parts:
        sha.update(str(part).encode())
        sha.update(b"\n")
    return sha.hexdigest()


def input_digest(master: MasterInputs, collected: Collected) -> str:
    """SHA-256 over the pack, the input tabs and the content of every file received, in whatever order."""
    files = sorted(r.sha256 for r in collected.receipts if r.sha256)
    return _digest([master.pack.id, master.pack.version, master.digest, *files])


def result_digest(scores: Scores, findings: Sequence[Finding]) -> str:
    """SHA-256 over exact points, ranks, states, the fate of every row and the findings."""
    parts: list[object] = [
        (u.unit.name, u.rank, u.quality, u.cases, u.satisfaction, u.adjustments, u.articles, u.veto, u.selection)
        for u in scores.units
    ]
    parts += [(o.officer.unit, o.officer.name, o.rank, o.points, o.selection) for o in scores.officers]
    parts += [
        (unit, sheet, sorted(rows.items())) for unit, own in scores.reasons.items() for sheet, rows in own.items()
    ]
    return _digest([*parts, *findings])
