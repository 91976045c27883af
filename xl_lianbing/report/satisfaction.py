"""满意度得分 (B3): votes, the gap to the most, points."""

from __future__ import annotations

from xl_lianbing.excel.values import Formula
from xl_lianbing.glossary import Tier
from xl_lianbing.records.results import SATISFACTION as TAB
from xl_lianbing.records.results import tier_votes
from xl_lianbing.report.blocks import ASSUMED_NOTE, Block, ByHeader, note, table
from xl_lianbing.report.formulas import RowCells
from xl_lianbing.rules.loss import SATISFACTION, gap_formula, most_formula, votes_of_tier_formula
from xl_lianbing.rules.names import Names
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.satisfaction import Satisfaction
from xl_lianbing.scoring.score import Scores


def satisfaction_blocks(scores: Scores, rules: Ruleset) -> list[Block]:
    units = scores.roster.units
    names = Names(rules.pack)
    rows = [
        _row(scores.satisfaction[unit.name], RowCells(TAB.grid, i, len(units)), names) for i, unit in enumerate(units)
    ]
    return [
        table(TAB, TAB.grid, rows),
        note(TAB, "得票最多的得满分，其余按低于最高票数的百分比扣分。", ASSUMED_NOTE),
    ]


def _row(own: Satisfaction, row: RowCells, names: Names) -> ByHeader:
    most, by_tier = row["最高票数"], {tier: row.all(tier_votes(tier)) for tier in Tier}
    among = most_formula(row.all("票数"), by_tier, row["层级"], names)
    gap = f'IF({most}=0,"",{gap_formula(row["票数"], most)})'
    points = SATISFACTION.formula(row["低于最高(%)"], names)
    return {
        "单位": own.unit.name,
        "票数": own.votes,
        "低于最高(%)": Formula(gap, "" if own.gap is None else own.gap),
        "得分": Formula(f"IF({most}=0,0,{points})", own.points),
        "层级": own.unit.tier,
        "最高票数": Formula(among, own.most),
        **{
            tier_votes(tier): Formula(
                votes_of_tier_formula(row["票数"], row["层级"], tier), own.votes if own.unit.tier is tier else ""
            )
            for tier in Tier
        },
    }
