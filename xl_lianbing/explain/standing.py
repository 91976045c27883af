"""How far a unit or an officer is from the next rank and from the line of the shortlist (B10)."""

from __future__ import annotations

from xl_lianbing.rules.ranks import Rival, standing_told
from xl_lianbing.scoring.officers import OfficerScore
from xl_lianbing.scoring.score import Scores, UnitScore


def unit_standing(scores: Scores, unit: UnitScore) -> list[str]:
    """The unit among those of its tier."""
    tier = [u for u in scores.units if u.unit.tier is unit.unit.tier]
    rivals = [Rival(u.unit.name, u.total, u.articles, u.rank, u.competes) for u in tier]
    place = f"{unit.unit.tier}第{unit.rank}名，共{len(tier)}个单位"
    return standing_told(rivals[tier.index(unit)], rivals, unit.quota, unit.selection, place)


def officer_standing(scores: Scores, officer: OfficerScore) -> list[str]:
    """The officer among all candidates."""
    rivals = [
        Rival(f"{s.officer.unit}{s.officer.name}", s.points.total, 0, s.rank, not s.officer.vetoes)
        for s in scores.officers
    ]
    own = rivals[list(scores.officers).index(officer)]
    place = f"第{officer.rank}名，共{len(rivals)}名候选人"
    return standing_told(own, rivals, scores.officer_quota, officer.selection, place)
