"""先进个人得分, 先进个人候选 (C) and 公示名单."""

from __future__ import annotations

from collections.abc import Sequence

from xl_lianbing.exact import rounded
from xl_lianbing.excel.values import Cell, Formula
from xl_lianbing.glossary import Filing, Selection, YesNo
from xl_lianbing.records.results import COMPARED, MODEL_OFFICERS, OFFICER_POINTS, PUBLIC_NOTICE
from xl_lianbing.report.blocks import ASSUMED_NOTE, NOT_LIVE, Block, ByHeader, note, table
from xl_lianbing.report.formulas import RowCells
from xl_lianbing.report.whatif import unsettled_reason
from xl_lianbing.rules import deeds, files
from xl_lianbing.rules.filing import filed_formula
from xl_lianbing.rules.loss import OFFICER_CASES, OFFICER_VOTES, Loss, gap_formula
from xl_lianbing.rules.names import Names
from xl_lianbing.rules.ranks import (
    OFFICER_QUOTA,
    Columns,
    compared,
    compared_formula,
    quota_formula,
    rank_formula,
    state_formula,
)
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.officers import OfficerScore
from xl_lianbing.scoring.score import Scores
from xl_lianbing.scoring.whatif.ledger import Ledger


def officer_blocks(scores: Scores, rules: Ruleset) -> list[Block]:
    names, count = Names(rules.pack), len(scores.officers)
    several = scores.roster.several_cities
    places = Formula(quota_formula(OFFICER_QUOTA, rules, names, several_cities=several), rules.whole(OFFICER_QUOTA))
    rows = [
        {**_row(scored, RowCells(OFFICER_POINTS.grid, i, count), names), "名额": places}
        for i, scored in enumerate(scores.officers)
    ]
    return [
        table(OFFICER_POINTS, OFFICER_POINTS.grid, rows),
        note(OFFICER_POINTS, "名次在全部候选人中排定。", ASSUMED_NOTE),
    ]


def _row(scored: OfficerScore, row: RowCells, names: Names) -> dict[str, Cell]:
    officer, points = scored.officer, scored.points
    columns = Columns(totals=row.all(COMPARED), total=row[COMPARED])
    file = files.officers_file_formula(row["专家评审"], row["交叉评审"], names)
    return {
        "名次": Formula(rank_formula(columns), scored.rank),
        "姓名": officer.name,
        "单位": officer.unit,
        "办案数": Formula(filed_formula([row[f"{filing}办案数"] for filing in Filing], names), officer.cases),
        "办案得分": Formula(_loss(OFFICER_CASES, row, "办案数", names), points.cases),
        "案卷得分": Formula(file, points.file),
        "投票得分": Formula(_loss(OFFICER_VOTES, row, "票数", names), points.votes),
        "事迹得分": Formula(deeds.formula(row["事迹评分"], names), points.deeds),
        "总分": Formula(f"SUM({row['办案得分']}:{row['事迹得分']})", points.total),
        "状态": Formula(_state(row, columns), scored.selection),
        "说明": "；".join(officer.notes),
        "专家评审": officer.expert,
        "交叉评审": officer.cross,
        "票数": officer.votes,
        "事迹评分": officer.deeds,
        "一票否决": "；".join(officer.vetoes) or YesNo.NO,
        **{f"{filing}办案数": officer.filings.get(filing, 0) for filing in Filing},
        COMPARED: Formula(compared_formula(row["总分"]), compared(points.total)),
    }


def _loss(rule: Loss, row: RowCells, header: str, names: Names) -> str:
    """C2, C3: points by the gap to the most of all candidates."""
    most = f"MAX({row.all(header)})"
    return f"IF({most}=0,0,{rule.formula(f'({gap_formula(row[header], most)})', names)})"


def _state(row: RowCells, columns: Columns) -> str:
    """C: shortlisted among those without a veto."""
    rivals = f'({row.all("一票否决")}="{YesNo.NO}")'
    return state_formula(columns, rivals, row["名额"], row["一票否决"])


def model_officer_blocks(scores: Scores, ledger: Ledger | None = None) -> list[Block]:
    tied = [s for s in scores.officers if s.selection is Selection.TIED]
    rows: list[ByHeader] = [
        {
            "序号": place,
            "姓名": s.officer.name,
            "单位": s.officer.unit,
            "总分": s.points.total,
            "状态": s.selection,
            "理由": _reason(s, scores.officer_quota, tied)
            + unsettled_reason(ledger.officer(s.officer.key) if ledger else None),
        }
        for place, s in enumerate(scores.officers, 1)
    ]
    return [table(MODEL_OFFICERS, MODEL_OFFICERS.grid, rows), note(MODEL_OFFICERS, NOT_LIVE, ASSUMED_NOTE)]


def _reason(scored: OfficerScore, limit: int, tied: Sequence[OfficerScore]) -> str:
    place = f"第{scored.rank}名，总分{rounded(scored.points.total)}，名额{limit}个"
    if scored.selection is Selection.VETOED:
        return f"不能入选：{'；'.join(scored.officer.vetoes)}"
    if scored.selection is Selection.TIED:
        names = "、".join(s.officer.name for s in tied)
        return f"{place}；{names}总分相同，跨过名额线，请研究确定"
    return place


def public_notice_blocks(scores: Scores) -> list[Block]:
    """公示名单 (N16-¶030, ¶146): names and units of those selected; ties are settled first."""
    units_grid, officers_grid = PUBLIC_NOTICE.grids
    units: list[ByHeader] = [
        {"先进集体候选单位": u.unit.name} for u in scores.units if u.selection is Selection.SELECTED
    ]
    people: list[ByHeader] = [
        {"先进个人候选人": s.officer.name, "所在单位": s.officer.unit}
        for s in scores.officers
        if s.selection is Selection.SELECTED
    ]
    open_ties = any(u.selection is Selection.TIED for u in scores.units) or any(
        s.selection is Selection.TIED for s in scores.officers
    )
    hint = "还有并列待定的单位或个人，研究确定后再公示。" if open_ties else ""
    return [
        table(PUBLIC_NOTICE, units_grid, units),
        table(PUBLIC_NOTICE, officers_grid, people),
        note(PUBLIC_NOTICE, hint),
    ]
