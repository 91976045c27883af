"""综合排名 and 先进集体候选 (B10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from xl_lianbing.exact import Fraction, rounded
from xl_lianbing.excel.values import Cell, Formula
from xl_lianbing.glossary import AdjustmentKind, Selection, Tier, UnitPart, YesNo
from xl_lianbing.records.results import (
    CASE_POINTS,
    COMPARED,
    FILE_POINTS,
    MODEL_UNITS,
    RANKING,
    SATISFACTION,
    Grid,
    ResultTab,
)
from xl_lianbing.report.blocks import ASSUMED_NOTE, NOT_LIVE, Block, ByHeader, note, table
from xl_lianbing.report.formulas import RowCells
from xl_lianbing.report.whatif import unsettled_reason
from xl_lianbing.rules import limits
from xl_lianbing.rules.names import Names
from xl_lianbing.rules.ranks import (
    LISTED,
    UNIT_QUOTAS,
    Columns,
    compared,
    compared_formula,
    last_listed_formula,
    last_place_formula,
    quota_formula,
    rank_formula,
    state_formula,
)
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.remarks import told
from xl_lianbing.scoring.score import Scores, UnitScore
from xl_lianbing.scoring.whatif.ledger import Ledger


def ranking_blocks(scores: Scores, rules: Ruleset) -> list[Block]:
    """One table, county tier first, ranked inside each tier; points, totals, ranks and states by formulas."""
    names, several = Names(rules.pack), scores.roster.several_cities
    quotas = {
        tier: Formula(quota_formula(key, rules, names, several_cities=several), rules.whole(key))
        for tier, key in UNIT_QUOTAS.items()
    }
    ties, (first, *_, last) = rules.has("tie_break_articles"), UnitPart
    cities = {county: city.name for county, city in scores.roster.city_of.items()}
    orders = _orders(scores, cities)
    place = {unit.name: i for i, unit in enumerate(scores.roster.units)}
    counties = sum(unit.unit.tier is Tier.COUNTY for unit in scores.units)
    shared = Counter((unit.unit.tier, unit.rank) for unit in scores.units)
    ends = _ends(scores)
    rows: list[ByHeader] = []
    for i, unit in enumerate(scores.units):
        name, row = unit.unit.name, RowCells(RANKING.grid, i, len(scores.units))
        at, city = place[name], cities.get(name, "")
        among = RowCells(RANKING.grid, i, counties)
        registered = scores.adjustment_sums.get(unit.unit.key, {})
        rows.append(
            {
                "名次": Formula(rank_formula(_columns(row, ties)), unit.rank),
                "单位": name,
                "层级": unit.unit.tier,
                UnitPart.FILES: Formula(
                    _cell(FILE_POINTS, FILE_POINTS.grids[1], at, "案卷质量得分"), unit.parts[UnitPart.FILES]
                ),
                UnitPart.CASES: Formula(
                    _cell(CASE_POINTS, CASE_POINTS.grid, at, "查处案件得分"), unit.parts[UnitPart.CASES]
                ),
                UnitPart.SATISFACTION: Formula(
                    _cell(SATISFACTION, SATISFACTION.grid, at, "得分"), unit.parts[UnitPart.SATISFACTION]
                ),
                UnitPart.ADJUSTMENTS: _adjusted(row, unit.parts[UnitPart.ADJUSTMENTS], rules, names),
                "总分": Formula(f"SUM({row[first]}:{row[last]})", unit.total),
                "发表文章": unit.articles,
                "一票否决": unit.veto or YesNo.NO,
                "状态": Formula(_state(row, ties), unit.selection),
                "说明": "；".join(notes_of(unit, scores)),
                "参与评选": _enters(unit, scores),
                "名额": quotas[unit.unit.tier],
                "所属市级": city,
                "名册序号": at + 1,
                "市内次序": Formula(_order(among, ties), orders[name]) if city else "",
                **{f"{kind}登记": registered.get(kind, "") for kind in AdjustmentKind},
                COMPARED: Formula(compared_formula(row["总分"]), compared(unit.total)),
                "并列末位": Formula(
                    f"{row['层级']}&{last_place_formula(_columns(row, ties))}",
                    f"{unit.unit.tier}{unit.rank + shared[unit.unit.tier, unit.rank] - 1}",
                ),
                "名单末位": Formula(f'IF({_ends_list(row)},{row["层级"]},"")', unit.unit.tier if name in ends else ""),
            }
        )
    return [table(RANKING, RANKING.grid, rows), note(RANKING, *told(scores.remarks), ASSUMED_NOTE)]


def _cell(tab: ResultTab, grid: Grid, index: int, header: str) -> str:
    """The unit's own cell, not a look-up over the column: a city's files depend on this table's county units (B1.4)."""
    return f"{tab.name}!{RowCells(grid, index, 1)[header]}"


def _adjusted(row: RowCells, points: Fraction, rules: Ruleset, names: Names) -> Cell:
    """B9: the sum of each indicator of the register, held inside its limits."""
    if not rules.has("adjustments"):
        return points
    return Formula(limits.formula({kind: row[f"{kind}登记"] for kind in AdjustmentKind}, names), points)


def _columns(row: RowCells, ties: bool, group: str = "层级") -> Columns:
    """The units that share what `group` says; `ties`: the year has articles break ties (B10)."""
    return Columns(
        totals=row.all(COMPARED),
        total=row[COMPARED],
        articles=row.all("发表文章") if ties else "",
        own_articles=row["发表文章"],
        group=f"({row.all(group)}={row[group]})",
    )


def _order(row: RowCells, ties: bool) -> str:
    """B1.4: which of its city's county units it is, by total, articles and the roster's order."""
    columns = _columns(row, ties, "所属市级")
    earlier = f"{columns.same}*({row.all('名册序号')}<{row['名册序号']})"
    return f"1+SUMPRODUCT({columns.group}*({columns.ahead}+{earlier}))"


def _orders(scores: Scores, cities: Mapping[str, str]) -> dict[str, int]:
    """市内次序 as Python has it: `scores.units` are in the order of their ranks, equal ones in the roster's."""
    seen: Counter[str] = Counter()
    result = {}
    for unit in scores.units:
        city = cities.get(unit.unit.name, "")
        seen[city] += 1
        result[unit.unit.name] = seen[city]
    return result


def _state(row: RowCells, ties: bool) -> str:
    """B10: shortlisted among those who compete."""
    columns = _columns(row, ties)
    rivals = f'{columns.group}*({row.all("参与评选")}="{YesNo.YES}")*({row.all("一票否决")}="{YesNo.NO}")'
    return state_formula(columns, rivals, row["名额"], row["一票否决"], row["参与评选"])


def _ends_list(row: RowCells) -> str:
    same_tier = f"({row.all('层级')}={row['层级']})"
    return last_listed_formula(same_tier, row.all("状态"), row["状态"], row.all("名次"), row["名次"])


def _ends(scores: Scores) -> set[str]:
    """The last ones on the shortlist of their tier."""
    listed = [unit for unit in scores.units if unit.selection in LISTED]
    last = {unit.unit.tier: unit.rank for unit in listed}
    return {unit.unit.name for unit in listed if unit.rank == last[unit.unit.tier]}


def _enters(unit: UnitScore, scores: Scores) -> str:
    if not unit.reported:
        return Selection.MISSING
    return YesNo.YES if unit.competes or (unit.veto and unit.applies) else YesNo.NO


def notes_of(unit: UnitScore, scores: Scores) -> list[str]:
    """What a reader of a unit's row must know."""
    name, notes = unit.unit.name, []
    if not unit.reported:
        notes.append("没有可用的填报表，由填报表得出的分项为0")
    if scores.qualities[name].zero_reason:
        notes.append(f"案卷质量记零分：{scores.qualities[name].zero_reason}")
    if scores.case_points[name].figures.zero_reason:
        notes.append(f"查处案件记零分：{scores.case_points[name].figures.zero_reason}")
    if unit.reported and not unit.applies:
        notes.append("没有申报先进集体")
    elif unit.applies and not unit.competes and not unit.veto:
        notes.append("没有推荐参加全省评选")
    if any(t.stands_in for t in scores.totals.values()):
        notes.append("全省总数为参评单位合计（待确认）")
    if unit.unit.tier is Tier.CITY and scores.holding[name].stands_in:
        notes.append("县级案卷为暂代单位（待确认）")
    return notes


def model_unit_blocks(scores: Scores, rules: Ruleset, ledger: Ledger | None = None) -> list[Block]:
    """The shortlist of 先进集体: every unit in the order of the ranking, with the reason for its state."""
    ties = _tied_with(scores, "总分和发表文章数都相同" if rules.has("tie_break_articles") else "总分相同")
    rows: list[ByHeader] = [
        {
            "序号": place,
            "单位": u.unit.name,
            "层级": u.unit.tier,
            "总分": u.total,
            "发表文章": u.articles,
            "状态": Selection.PASSED if u.selection is Selection.MISSING else u.selection,
            "理由": _reason(u, ties) + unsettled_reason(ledger.unit(u.unit.name) if ledger else None),
        }
        for place, u in enumerate(scores.units, 1)
    ]
    remarks = told(scores.remarks)
    return [table(MODEL_UNITS, MODEL_UNITS.grid, rows), note(MODEL_UNITS, NOT_LIVE, *remarks, ASSUMED_NOTE)]


def _tied_with(scores: Scores, how: str) -> Mapping[str, str]:
    """Unit → which units tie with it across the line, and in what (`how`)."""
    tied = [u for u in scores.units if u.selection is Selection.TIED]
    return {u.unit.name: "、".join(t.unit.name for t in tied if t.unit.tier is u.unit.tier) + how for u in tied}


def _reason(unit: UnitScore, ties: Mapping[str, str]) -> str:
    place = f"{unit.unit.tier}第{unit.rank}名，总分{rounded(unit.total)}，名额{unit.quota}个"
    match unit.selection:
        case Selection.MISSING:
            return "没有可用的填报表"
        case Selection.VETOED:
            return f"一票否决：{unit.veto}"
        case Selection.TIED:
            return f"{place}；{ties[unit.unit.name]}，跨过名额线，请研究确定"
        case Selection.SELECTED:
            return place
    if not unit.applies:
        return "没有申报先进集体"
    return place if unit.competes else "没有推荐参加全省评选"
