"""Fingerprints of what went into a run and of what came out (运行记录)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from xl_lianbing.findings import Finding
from xl_lianbing.intake.master.inputs import MasterInputs
from xl_lianbing.intake.returned.receipts import Collected
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.rules.shipped import PACK_FOLDER
from xl_lianbing.scoring.score import Scores


def _digest(parts: Iterable[object]) -> str:
    sha = hashlib.sha256()
    for part in parts:
        sha.update(str(part).encode())
        sha.update(b"\n")
    return sha.hexdigest()


def pack_digest(pack: RulePack) -> str:
    """SHA-256 of the rule pack as shipped; line ends don't matter."""
    text = (PACK_FOLDER / f"{pack.id}.toml").read_text("utf-8")
    return hashlib.sha256("\n".join(text.splitlines()).encode()).hexdigest()


def files_digest(collected: Collected) -> str:
    """SHA-256 over those of all files received (回执登记 lists them), in whatever order they came."""
    return _digest(sorted(r.sha256 for r in collected.receipts if r.sha256))


def input_digest(master: MasterInputs, collected: Collected) -> str:
    """SHA-256 over the pack, the input tabs and the content of every file received, in whatever order."""
    return _digest([pack_digest(master.pack), master.digest, files_digest(collected)])


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
