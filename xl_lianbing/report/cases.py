"""查处案件得分 (B2): the totals in use, each unit's share, baselines and points, and what its cases are made of."""

from __future__ import annotations

from xl_lianbing.excel.values import Cell, Formula
from xl_lianbing.glossary import SubIndicator, Tier
from xl_lianbing.records.results import CASE_POINTS
from xl_lianbing.report.blocks import ASSUMED_NOTE, Block, ByHeader, fixed, note, table
from xl_lianbing.report.formulas import RowCells
from xl_lianbing.report.lots import LOTS, Extents, lot_rows, territory_sum, unpublished_units
from xl_lianbing.rules import filing, shares
from xl_lianbing.rules.baseline import SUB_INDICATORS
from xl_lianbing.rules.names import Names
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.rules.shares import KEY_ENTERPRISES, Total
from xl_lianbing.scoring.cases import CasePoints, ordered_totals
from xl_lianbing.scoring.remarks import RemarkKind, told
from xl_lianbing.scoring.score import Scores

_UNITS, _TOTALS, _ = CASE_POINTS.grids
#: Where the own figures of a return stand that add up to a provincial total.
_OWN = {SubIndicator.CASES: "计分案件数", SubIndicator.FINES: "计分罚款", SubIndicator.MAJOR: "重大案件数"}
_SUMMED = {SUB_INDICATORS[sub].total: header for sub, header in _OWN.items()}
_LOTS_NOTE = "右边的案件构成表列出各单位自报的件数和罚款，按“规则”中L7—L10的口径取数。"


def case_blocks(scores: Scores, rules: Ruleset, extents: Extents | None = None) -> list[Block]:
    """`extents`: where a unit's rows stand in 案件汇总."""
    names, count = Names(rules.pack), len(scores.roster.units)
    listed = ordered_totals(scores.totals)
    total_rows = [_total_row(t, RowCells(_TOTALS, i, len(listed)), count, names) for i, t in enumerate(listed)]
    used = {t.key: f"${_TOTALS.letter('采用值')}${_TOTALS.header_row + 1 + i}" for i, t in enumerate(listed)}
    rows = [
        _unit_row(scores.case_points[unit.name], RowCells(_UNITS, i, count), used, rules)
        for i, unit in enumerate(scores.roster.units)
    ]
    remarks = told(scores.remarks, RemarkKind.TOTAL, RemarkKind.NOT_COMPARED)
    return [
        fixed(CASE_POINTS, _TOTALS, total_rows),
        table(CASE_POINTS, _UNITS, rows),
        table(CASE_POINTS, LOTS, lot_rows(scores, rules, extents or {})),
        note(CASE_POINTS, "市级单位的数值包括行政区域内各县区。", _LOTS_NOTE, *remarks, ASSUMED_NOTE),
    ]


def _total_row(total: Total, row: RowCells, count: int, names: Names) -> ByHeader:
    name, header = names[total.key], _SUMMED.get(total.key)
    summed = Formula(f"SUM({LOTS.span(header, count)})", total.summed) if header else total.summed  # A2, L4
    used = shares.total_formula(row["规则录入值"], row["参评单位合计"], names)
    return {
        "全省总数": total.item,
        "规则录入值": Formula(f'IF(ISNUMBER({name}),{name},"")', "" if total.typed is None else total.typed),
        "参评单位合计": summed,
        "采用值": Formula(used, total.used or 0),
        "采用说明": total.told,
    }


def _unit_row(points: CasePoints, row: RowCells, used: dict[str, str], rules: Ruleset) -> ByHeader:
    """`used`: the cell of each total in use, by key."""
    unit, own, enterprises = points.figures.unit, points.figures, row["重点单位数"]
    cells: dict[str, Cell] = {
        "单位": unit.name,
        "层级": unit.tier,
        "基准比例": Formula(shares.share_formula(enterprises, used[KEY_ENTERPRISES]), points.share or 0),
        "重点单位数": own.key_enterprises,
        "记零分原因": _zero_reason(points, row, rules),
        "查处案件得分": Formula("+".join(row[f"{sub}得分"] for sub in SubIndicator), points.points),
    }
    for sub in SubIndicator:
        cells |= _sub_cells(points, sub, row, used, rules)
    return cells


def _sub_cells(
    points: CasePoints, sub: SubIndicator, row: RowCells, used: dict[str, str], rules: Ruleset
) -> dict[str, Cell]:
    own, rule = points.subs[sub], SUB_INDICATORS[sub]
    value, line, ratio = (row[f"{sub}{part}"] for part in ("数值", "基准值", "比值"))
    scored = rule.formula(ratio, Names(rules.pack), rules)
    return {
        f"{sub}数值": Formula(territory_sum(_OWN[sub], row["单位"], row.rows), own.value),
        f"{sub}基准值": Formula(f"{used[rule.total]}*{row['基准比例']}", own.baseline or 0),
        f"{sub}比值": Formula(f'IF({line}>0,{value}/{line},"")', "" if own.ratio is None else own.ratio),
        f"{sub}得分": Formula(f'IF({row["记零分原因"]}<>"",0,{scored})', own.points),
    }


def _zero_reason(points: CasePoints, row: RowCells, rules: Ruleset) -> Cell:
    """B2.9 is a fact of the return; B2.7 depends on L8 and on what counts."""
    own = points.figures
    if own.unlisted or not rules.has("publication"):
        return own.zero_reason
    units = unpublished_units(row["单位"], row.rows)
    whole_city = own.unit.tier is Tier.CITY
    return Formula(filing.zero_reason_formula(units, Names(rules.pack), whole_city=whole_city), own.zero_reason)
