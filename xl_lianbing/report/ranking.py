"""综合排名 and 先进集体候选 (B10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from xl_lianbing.exact import Fraction
from xl_lianbing.excel.values import Cell, Formula
from xl_lianbing.glossary import AdjustmentKind, Selection, Tier, YesNo
from xl_lianbing.records.results import CASE_POINTS, FILE_POINTS, MODEL_UNITS, RANKING, SATISFACTION, Grid, ResultTab
from xl_lianbing.report.blocks import ASSUMED_NOTE, NOT_LIVE, Block, note, table
from xl_lianbing.report.case_parts import city_of
from xl_lianbing.report.formulas import Names, Row, better, equal, quota
from xl_lianbing.report.readings import unsettled_reason
from xl_lianbing.report.shown import shown
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.environment import ADJUSTMENT_LIMITS
from xl_lianbing.scoring.score import Scores, UnitScore
from xl_lianbing.scoring.whatif.ledger import Ledger

_QUOTA_KEYS = {Tier.COUNTY: "quota.county", Tier.CITY: "quota.city"}


def ranking_blocks(scores: Scores, rules: Ruleset) -> list[Block]:
    """One table, county tier first, ranked inside each tier; points, totals, ranks and states by formulas."""
    names, grid = Names(rules), RANKING.grid
    count = len(scores.units)
    place = {unit.name: i for i, unit in enumerate(scores.roster.units)}
    cities = city_of(scores)
    counties = sum(unit.unit.tier is Tier.COUNTY for unit in scores.units)
    quotas = {
        tier: quota(key, rules, names, several_cities=scores.roster.several_cities) for tier, key in _QUOTA_KEYS.items()
    }
    orders, registered = _orders(scores, cities), scores.adjustment_sums
    rows: list[list[Cell]] = []
    for i, unit in enumerate(scores.units):
        row, at = Row(grid, i, count), place[unit.unit.name]
        city = cities.get(unit.unit.name, "")
        total = f"SUM({row['案卷质量']}:{row['加减分']})"
        rows.append(
            [
                Formula(_rank(row), unit.rank),
                unit.unit.name,
                unit.unit.tier,
                Formula(_cell(FILE_POINTS, FILE_POINTS.grids[1], at, "案卷质量得分"), unit.quality),
                Formula(_cell(CASE_POINTS, CASE_POINTS.grid, at, "查处案件得分"), unit.cases),
                Formula(_cell(SATISFACTION, SATISFACTION.grid, at, "得分"), unit.satisfaction),
                _adjusted(row, unit.adjustments, rules, names),
                Formula(total, unit.total),
                unit.articles,
                unit.veto or YesNo.NO,
                Formula(_state(row), unit.selection),
                "；".join(explain(unit, scores)),
                _enters(unit, scores),
                quotas[unit.unit.tier],
                city,
                at + 1,
                Formula(_order(Row(grid, i, counties)), orders[unit.unit.name]) if city else "",
                *(registered.get(unit.unit.key, {}).get(kind, "") for kind in AdjustmentKind),
            ]
        )
    return [table(RANKING, grid, rows), note(RANKING, *scores.remarks, ASSUMED_NOTE)]


def _cell(tab: ResultTab, grid: Grid, index: int, header: str) -> str:
    """The unit's own cell, not a look-up over the column: a city's files depend on this table's county units (B1.4)."""
    return f"{tab.name}!{Row(grid, index, 1)[header]}"


def _adjusted(row: Row, points: Fraction, rules: Ruleset, names: Names) -> Cell:
    """B9: the sum of each indicator of the register, held inside its limits."""
    if not rules.has("adjustments"):
        return points
    kinds = {kind: row[f"{kind}登记"] for kind in AdjustmentKind}
    held = [
        f'IF({cell}="",0,MAX({names[f"{ADJUSTMENT_LIMITS[kind]}.min"]},MIN({names[f"{ADJUSTMENT_LIMITS[kind]}.max"]},{cell})))'
        for kind, cell in kinds.items()
    ]
    return Formula("+".join(held), points)


def _order(row: Row) -> str:
    """B1.4: which of its city's county units it is, by total, articles and the roster's order."""
    same = f"{equal(row.all('总分'), row['总分'])}*({row.all('发表文章')}={row['发表文章']})"
    earlier = f"{same}*({row.all('名册序号')}<{row['名册序号']})"
    return f"1+SUMPRODUCT(({row.all('所属市级')}={row['所属市级']})*({_ahead(row)}+{earlier}))"


def _orders(scores: Scores, cities: Mapping[str, str]) -> dict[str, int]:
    """市内次序 as Python has it: `scores.units` are in the order of their ranks, equal ones in the roster's."""
    seen: Counter[str] = Counter()
    result = {}
    for unit in scores.units:
        city = cities.get(unit.unit.name, "")
        seen[city] += 1
        result[unit.unit.name] = seen[city]
    return result


def _ahead(row: Row) -> str:
    """B10: a higher total, or the same total and more articles."""
    totals, articles = row.all("总分"), row.all("发表文章")
    return f"({better(totals, row['总分'])}+{equal(totals, row['总分'])}*({articles}>{row['发表文章']}))"


def _rank(row: Row) -> str:
    return f"1+SUMPRODUCT(({row.all('层级')}={row['层级']})*{_ahead(row)})"


def _state(row: Row) -> str:
    """B10: shortlisted among those who compete; a group that crosses the line is 并列待定."""
    rivals = f'({row.all("层级")}={row["层级"]})*({row.all("参与评选")}="是")*({row.all("一票否决")}="否")'
    same = f"{equal(row.all('总分'), row['总分'])}*({row.all('发表文章')}={row['发表文章']})"
    first = f"1+SUMPRODUCT({rivals}*{_ahead(row)})"
    last = f"SUMPRODUCT({rivals}*({_ahead(row)}+{same}))"
    chosen = f'IF({last}<={row["名额"]},"入选",IF({first}<={row["名额"]},"并列待定","未入选"))'
    return (
        f'IF({row["参与评选"]}="未报","未报",IF({row["一票否决"]}<>"否","否决",'
        f'IF({row["参与评选"]}<>"是","未入选",{chosen})))'
    )


def _enters(unit: UnitScore, scores: Scores) -> str:
    if not unit.reported:
        return Selection.MISSING
    return YesNo.YES if unit.competes or (unit.veto and unit.applies) else YesNo.NO


def explain(unit: UnitScore, scores: Scores) -> list[str]:
    """What a reader of a unit's row must know."""
    name, told = unit.unit.name, []
    if not unit.reported:
        told.append("没有可用的填报表，由填报表得出的分项为0")
    if scores.qualities[name].zero_reason:
        told.append(f"案卷质量记零分：{scores.qualities[name].zero_reason}")
    if scores.case_points[name].zero_reason:
        told.append(f"查处案件记零分：{scores.case_points[name].zero_reason}")
    if unit.reported and not unit.applies:
        told.append("没有申报先进集体")
    elif unit.applies and not unit.competes and not unit.veto:
        told.append("没有推荐参加全省评选")
    if any(t.stands_in for t in scores.totals.values()):
        told.append("全省总数为参评单位合计（待确认）")
    if unit.unit.tier is Tier.CITY and any(r.startswith(f"{name}没有推荐") for r in scores.remarks):
        told.append("县级案卷为暂代单位（待确认）")
    return told


def model_unit_blocks(scores: Scores, ledger: Ledger | None = None) -> list[Block]:
    """The shortlist of 先进集体: every unit in the order of the ranking, with the reason for its state."""
    ties = _tied_with(scores)
    rows: list[list[Cell]] = [
        [
            place,
            u.unit.name,
            u.unit.tier,
            u.total,
            u.articles,
            Selection.PASSED if u.selection is Selection.MISSING else u.selection,
            _reason(u, ties) + unsettled_reason(ledger.unit(u.unit.name) if ledger else None),
        ]
        for place, u in enumerate(scores.units, 1)
    ]
    return [table(MODEL_UNITS, MODEL_UNITS.grid, rows), note(MODEL_UNITS, NOT_LIVE, *scores.remarks, ASSUMED_NOTE)]


def _tied_with(scores: Scores) -> Mapping[str, str]:
    tied = [u for u in scores.units if u.selection is Selection.TIED]
    return {u.unit.name: "、".join(t.unit.name for t in tied if t.unit.tier is u.unit.tier) for u in tied}


def _reason(unit: UnitScore, ties: Mapping[str, str]) -> str:
    place = f"{unit.unit.tier}第{unit.rank}名，总分{shown(unit.total)}，名额{unit.quota}个"
    match unit.selection:
        case Selection.MISSING:
            return "没有可用的填报表"
        case Selection.VETOED:
            return f"一票否决：{unit.veto}"
        case Selection.TIED:
            return f"{place}；{ties[unit.unit.name]}总分和发表文章数都相同，跨过名额线，请研究确定"
        case Selection.SELECTED:
            return place
    if not unit.applies:
        return "没有申报先进集体"
    return place if unit.competes else "没有推荐参加全省评选"
