"""How far a unit or an officer is from the next rank and from the line of the shortlist (B10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xl_lianbing.exact import Fraction
from xl_lianbing.explain.derivation import shown
from xl_lianbing.glossary import Selection
from xl_lianbing.scoring.officers import OfficerScore
from xl_lianbing.scoring.score import Scores, UnitScore


@dataclass(frozen=True, slots=True)
class Rival:
    """One of a ranking, the best first."""

    name: str
    total: Fraction
    articles: int
    rank: int
    competes: bool


def unit_standing(scores: Scores, unit: UnitScore) -> list[str]:
    """The unit among those of its tier."""
    tier = [u for u in scores.units if u.unit.tier is unit.unit.tier]
    rivals = [Rival(u.unit.name, u.total, u.articles, u.rank, u.competes) for u in tier]
    own = rivals[tier.index(unit)]
    return _standing(own, rivals, unit.quota, unit.selection, f"{unit.unit.tier}第{unit.rank}名，共{len(tier)}个单位")


def officer_standing(scores: Scores, officer: OfficerScore) -> list[str]:
    """The officer among all candidates."""
    rivals = [
        Rival(f"{s.officer.unit}{s.officer.name}", s.points.total, 0, s.rank, not s.officer.vetoes)
        for s in scores.officers
    ]
    own = rivals[list(scores.officers).index(officer)]
    place = f"第{officer.rank}名，共{len(rivals)}名候选人"
    return _standing(own, rivals, scores.officer_quota, officer.selection, place)


def _standing(own: Rival, rivals: Sequence[Rival], quota: int, state: Selection, place: str) -> list[str]:
    told = [f"{place}，状态：{state}"]
    ahead = [r for r in rivals if (r.total, r.articles) > (own.total, own.articles)]
    if ahead:
        next_one = ahead[-1]
        told.append(f"距前一名{next_one.name}（第{next_one.rank}名，{shown(next_one.total)}分）{_gap(own, next_one)}")
    else:
        told.append("前面没有其他单位或个人")
    equal = [r.name for r in rivals if r is not own and (r.total, r.articles) == (own.total, own.articles)]
    if equal:
        told.append(f"与{'、'.join(equal)}并列")
    competing = [r for r in rivals if r.competes]
    if not own.competes:
        told.append(f"不参加名单评选（{state}）")
    elif state is Selection.SELECTED:
        out = competing[quota:]
        told.append(
            f"在名额线（{quota}个）以内，"
            + (f"领先线外第一名{out[0].name}{_gap(out[0], own)[1:]}" if out else "线外没有对手")
        )
    elif len(competing) >= quota > 0:
        last = competing[quota - 1]
        told.append(f"名额{quota}个，名单最后一名是{last.name}（{shown(last.total)}分），{_gap(own, last)}")
    else:
        told.append(f"名额{quota}个")
    return told


def _gap(lower: Rival, higher: Rival) -> str:
    if higher.total == lower.total:
        return (
            f"差专栏文章{higher.articles - lower.articles}篇（总分相同）"
            if higher.articles != lower.articles
            else "差0分（并列）"
        )
    return f"差{shown(higher.total - lower.total)}分"
