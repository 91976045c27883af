"""先进个人得分, 先进个人候选 (C) and 公示名单."""

from __future__ import annotations

from collections.abc import Sequence

from xl_lianbing.excel.values import Cell, Formula
from xl_lianbing.glossary import Filing, Selection, YesNo
from xl_lianbing.records.results import MODEL_OFFICERS, OFFICER_POINTS, PUBLIC_NOTICE
from xl_lianbing.report.blocks import ASSUMED_NOTE, NOT_LIVE, Block, note, table
from xl_lianbing.report.case_parts import late_counted
from xl_lianbing.report.formulas import Names, Row, better, equal, file_full, file_points, loss, quota
from xl_lianbing.report.readings import unsettled_reason
from xl_lianbing.report.shown import shown
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.officers import OfficerScore
from xl_lianbing.scoring.score import Scores
from xl_lianbing.scoring.whatif.ledger import Ledger


def officer_blocks(scores: Scores, rules: Ruleset) -> list[Block]:
    names, grid = Names(rules), OFFICER_POINTS.grid
    limit = quota("quota.officers", rules, names, several_cities=scores.roster.several_cities)
    count = len(scores.officers)
    rows: list[list[Cell]] = []
    for i, scored in enumerate(scores.officers):
        officer, points, row = scored.officer, scored.points, Row(grid, i, count)
        cases, votes = row.all("办案数"), row.all("票数")
        case_loss = loss(_gap(row["办案数"], cases), "officer.full.cases", "officer.cases.loss", "officer.floor", names)
        vote_loss = loss(_gap(row["票数"], votes), "officer.full.votes", "officer.votes.loss", "officer.floor", names)
        file = f"{file_points(row['专家评审'], row['交叉评审'], names)}/{file_full(names)}*{names['officer.full.file']}"
        deeds = f"N({row['事迹评分']})/(4*{names['deeds.item_full']})*{names['officer.full.deeds']}"
        rows.append(
            [
                Formula(f"1+SUMPRODUCT(1*{better(row.all('总分'), row['总分'])})", scored.rank),
                officer.name,
                officer.unit,
                Formula(late_counted([row[f"{filing}办案数"] for filing in Filing], names), officer.cases),
                Formula(f"IF(MAX({cases})=0,0,{case_loss})", points.cases),
                Formula(file, points.file),
                Formula(f"IF(MAX({votes})=0,0,{vote_loss})", points.votes),
                Formula(deeds, points.deeds),
                Formula(f"SUM({row['办案得分']}:{row['事迹得分']})", points.total),
                Formula(_state(row), scored.selection),
                "；".join(officer.notes),
                officer.expert,
                officer.cross,
                officer.votes,
                officer.deeds,
                "；".join(officer.vetoes) or YesNo.NO,
                limit,
                *(officer.filings.get(filing, 0) for filing in Filing),
            ]
        )
    return [table(OFFICER_POINTS, grid, rows), note(OFFICER_POINTS, "名次在全部候选人中排定。", ASSUMED_NOTE)]


def _gap(own: str, column: str) -> str:
    return f"((MAX({column})-{own})/MAX({column})*100)"


def _state(row: Row) -> str:
    """C: shortlisted among those without a veto; a group that crosses the line is 并列待定."""
    rivals = f'({row.all("一票否决")}="否")'
    first = f"1+SUMPRODUCT({rivals}*{better(row.all('总分'), row['总分'])})"
    ahead_or_same = f"({better(row.all('总分'), row['总分'])}+{equal(row.all('总分'), row['总分'])})"
    last = f"SUMPRODUCT({rivals}*{ahead_or_same})"
    chosen = f'IF({last}<={row["名额"]},"入选",IF({first}<={row["名额"]},"并列待定","未入选"))'
    return f'IF({row["一票否决"]}<>"否","否决",{chosen})'


def model_officer_blocks(scores: Scores, ledger: Ledger | None = None) -> list[Block]:
    tied = [s for s in scores.officers if s.selection is Selection.TIED]
    rows: list[list[Cell]] = [
        [
            place,
            s.officer.name,
            s.officer.unit,
            s.points.total,
            s.selection,
            _reason(s, scores.officer_quota, tied)
            + unsettled_reason(ledger.officer(s.officer.key) if ledger else None),
        ]
        for place, s in enumerate(scores.officers, 1)
    ]
    return [table(MODEL_OFFICERS, MODEL_OFFICERS.grid, rows), note(MODEL_OFFICERS, NOT_LIVE, ASSUMED_NOTE)]


def _reason(scored: OfficerScore, limit: int, tied: Sequence[OfficerScore]) -> str:
    place = f"第{scored.rank}名，总分{shown(scored.points.total)}，名额{limit}个"
    if scored.selection is Selection.VETOED:
        return f"不能入选：{'；'.join(scored.officer.vetoes)}"
    if scored.selection is Selection.TIED:
        names = "、".join(s.officer.name for s in tied)
        return f"{place}；{names}总分相同，跨过名额线，请研究确定"
    return place


def public_notice_blocks(scores: Scores) -> list[Block]:
    """公示名单 (N16-¶030, ¶146): names and units of those selected; ties are settled first."""
    units_grid, officers_grid = PUBLIC_NOTICE.grids
    units: list[list[Cell]] = [[u.unit.name] for u in scores.units if u.selection is Selection.SELECTED]
    people: list[list[Cell]] = [
        [s.officer.name, s.officer.unit] for s in scores.officers if s.selection is Selection.SELECTED
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
