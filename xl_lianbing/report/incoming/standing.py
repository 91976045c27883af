"""What the run adds to its findings: 影响, 进展, and 依据 in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from xl_lianbing.findings import Finding
from xl_lianbing.findings.model import Standing
from xl_lianbing.glossary import Novelty
from xl_lianbing.intake.master.earlier import EarlierRun
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.rules.pack.basis import OWN, Basis, bases
from xl_lianbing.scoring.score import Scores
from xl_lianbing.scoring.stakes import effect


def with_standing(findings: Iterable[Finding], scores: Scores, earlier: EarlierRun, pack: RulePack) -> list[Finding]:
    """The findings in their order; `earlier`: those of the run before."""
    written, own = bases(pack), Basis(OWN)
    return [
        replace(
            found,
            standing=Standing(
                effect(found, scores),
                Novelty.UNCHANGED if earlier.had(found) else Novelty.NEW,
                *written.get(found.source, own),
            ),
        )
        for found in findings
    ]
