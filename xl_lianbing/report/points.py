"""案卷质量得分, 查处案件得分, 满意度得分: every points column a formula on the cells beside it."""

from __future__ import annotations

from collections.abc import Sequence

from xl_lianbing.exact import Fraction
from xl_lianbing.excel.values import Cell, Formula
from xl_lianbing.glossary import Tier
from xl_lianbing.records.results import CASE_POINTS, FILE_POINTS, RANKING, SATISFACTION
from xl_lianbing.report.blocks import ASSUMED_NOTE, Block, fixed, note, table
from xl_lianbing.report.case_parts import GRID as PARTS
from xl_lianbing.report.case_parts import (
    Places,
    case_part_rows,
    city_of,
    named_counties,
    territory_sum,
    unpublished_units,
)
from xl_lianbing.report.formulas import Names, Row, file_full, file_points, loss
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.cases import STAND_IN, CasePoints, Sub, Total, ordered_totals
from xl_lianbing.scoring.files import FileScore, Quality
from xl_lianbing.scoring.score import Scores

#: Where the own figures of a return stand that add up to a provincial total.
PART_COLUMNS = {"total.cases": "计分案件数", "total.fines": "计分罚款", "total.major": "重大案件数"}
SUB_KEYS = {Sub.CASES: "cases", Sub.FINES: "fines", Sub.MAJOR: "major"}
PARTS_NOTE = "右边的案件构成表列出各单位自报的件数和罚款，按“规则”中L7—L10的口径取数。"


def file_blocks(scores: Scores, rules: Ruleset) -> list[Block]:
    """B1: one row a place of the 7 (8), and each unit's mean."""
    names = Names(rules)
    files_grid, units_grid = FILE_POINTS.grids
    files = [f for u in scores.roster.units for f in scores.dossiers[u.name].files]
    holders = _holders(scores, names)
    file_rows = [
        _file_row(f, holders.get(f.unit, ""), Row(files_grid, i, len(files)), names) for i, f in enumerate(files)
    ]
    l1, l3 = names.switch("L1"), names.switch("L3")
    unit_rows: list[list[Cell]] = []
    for i, unit in enumerate(scores.roster.units):
        quality, row, file = scores.qualities[unit.name], Row(units_grid, i, 1), Row(files_grid, 0, len(files))
        keys = [file.all("单位"), *([file.all("同时计入")] if unit.tier is Tier.CITY else [])]
        state = file.all("案卷状态")
        me = row["参评单位"]

        def places(what: str, keys: Sequence[str] = keys, state: str = state, me: str = me) -> str:
            return "+".join(f'COUNTIFS({key},{me},{state},"{what}")' for key in keys)

        divisor = (
            "+".join(f"COUNTIFS({key},{me})" for key in keys)
            + f'-IF({l1}="不计入平均",{places("不合格")},0)-IF({l3}="按实际份数",{places("缺卷")},0)'
        )
        points = file.all("案卷得分")
        mean = f"IF({row['除数']}=0,0,{row['案卷得分合计']}/{row['除数']})"
        share = f'IF({row["记零分原因"]}<>"",0,{row["平均分"]}/{file_full(names)}*{names["full.case_files"]})'
        unit_rows.append(
            [
                unit.name,
                unit.tier,
                Formula(divisor, quality.divisor),
                Formula("+".join(f"SUMIFS({points},{key},{me})" for key in keys), quality.total),
                Formula(mean, quality.mean),
                _forgery(keys, file.all("认定造假"), me, quality, scores),
                Formula(share, quality.points),
            ]
        )
    stand_in = next((r for r in scores.remarks if "案卷计入" in r), "")
    return [
        table(FILE_POINTS, files_grid, file_rows),
        table(FILE_POINTS, units_grid, unit_rows),
        note(FILE_POINTS, "左表是每份案卷的得分，右表是每个单位的平均分和得分。", stand_in, ASSUMED_NOTE),
    ]


def _file_row(file: FileScore, holder: Cell, row: Row, names: Names) -> list[Cell]:
    formula = f'IF({row["案卷状态"]}<>"计入",0,{file_points(row["专家评审"], row["交叉评审"], names)})'
    return [
        file.unit,
        file.number,
        file.kind,
        file.expert,
        file.cross,
        Formula(formula, file.points),
        file.note,
        file.state,
        holder,
        f"{file.unit}的案卷{file.number}被认定造假" if file.forged else "",
    ]


def _holders(scores: Scores, names: Names) -> dict[str, Cell]:
    """County unit → the city whose mean holds its files too (B1.4); by a formula where the best ones stand in."""
    place = {score.unit.name: i for i, score in enumerate(scores.units)}
    result: dict[str, Cell] = {}
    for county, city in city_of(scores).items():
        held = city if county in scores.holding[city] else ""
        if named_counties(scores, city):
            result[county] = held
            continue
        order = f"{RANKING.name}!{Row(RANKING.grid, place[county], len(place))['市内次序']}"
        named = f"{RANKING.name}!{Row(RANKING.grid, place[county], len(place))['所属市级']}"
        result[county] = Formula(f'IF({order}<={names["files.recommended_units"]},{named},"")', held)
    return result


def _forgery(keys: Sequence[str], forged: str, me: str, quality: Quality, scores: Scores) -> Cell:
    """B1.5: a city's reason follows the files it holds; a county unit's is a fact."""
    unit = quality.unit
    if unit.tier is not Tier.CITY or scores.dossiers[unit.name].correction or named_counties(scores, unit.name):
        return quality.zero_reason
    formula = '""'
    for key in reversed(keys):
        found = f'INDEX({forged},MATCH(1,INDEX(({key}={me})*({forged}<>""),0),0))'
        formula = f"IFERROR({found},{formula})"
    return Formula(formula, quality.zero_reason)


def case_blocks(scores: Scores, rules: Ruleset, places: Places | None = None) -> list[Block]:
    """B2: the totals used, each unit's share, baselines and points, and what its cases are made of.

    `places`: where a unit's rows stand in 案件汇总.
    """
    names = Names(rules)
    main, totals, parts = CASE_POINTS.grids
    listed = ordered_totals(scores.totals)
    count = len(scores.roster.units)
    total_rows = [
        _total_row(t, Row(totals, i, len(listed)), _summed(t, count), rules, names) for i, t in enumerate(listed)
    ]
    used = {t.key: f"$D${totals.header_row + 1 + i}" for i, t in enumerate(listed)}
    reading = names.switch(rules.pack.indicator("cases").switch)
    units = list(scores.roster.units)
    rows: list[list[Cell]] = []
    for i, unit in enumerate(units):
        points, row = scores.case_points[unit.name], Row(main, i, len(units))
        enterprises = row["重点单位数"]
        share = f"IF({used['total.key_enterprises']}>0,{enterprises}/{used['total.key_enterprises']},0)"
        cells: list[Cell] = [unit.name, unit.tier, Formula(share, points.share or 0)]
        for sub, key in SUB_KEYS.items():
            own = points.subs[sub]
            value, line, ratio = (row[f"{sub}{part}"] for part in ("数值", "基准值", "比值"))
            cells += [
                Formula(territory_sum(PART_COLUMNS[f"total.{key}"], row["单位"], count), own.value),
                Formula(f"{used[f'total.{key}']}*{row['基准比例']}", own.baseline or 0),
                Formula(f'IF({line}>0,{value}/{line},"")', "" if own.ratio is None else own.ratio),
                Formula(_sub_points(row["记零分原因"], ratio, reading, f"full.{key}", names), own.points),
            ]
        total = "+".join(row[f"{sub}得分"] for sub in Sub)
        zero = _zero_reason(points, row, count, rules, names)
        rows.append([*cells, points.key_enterprises, zero, Formula(total, points.points)])
    remarks = [r for r in scores.remarks if "全省" in r or "比对" in r]
    return [
        fixed(CASE_POINTS, totals, total_rows),
        table(CASE_POINTS, main, rows),
        table(CASE_POINTS, parts, case_part_rows(scores, rules, places or {})),
        note(CASE_POINTS, "市级单位的数值包括行政区域内各县区。", PARTS_NOTE, *remarks, ASSUMED_NOTE),
    ]


def _sub_points(zero: str, ratio: str, reading: str, full: str, names: Names) -> str:
    """B2.3, B2.4 with the reading of L5 or L6; "超过" is strict."""
    mark, upper, lower = names[full], names["baseline.upper"], names["baseline.lower"]
    linear = f"MAX(0,MIN({mark},{mark}*({ratio}-{lower})/({upper}-{lower})))"
    above_lower = f"IF(ROUND({ratio},12)>{lower},{mark},0)"
    above_upper = f"IF(ROUND({ratio},12)>{upper},{mark},0)"
    by_reading = f'IF({reading}="线性",{linear},IF({reading}="超过0.5倍",{above_lower},{above_upper}))'
    return f'IF({zero}<>"",0,IF({ratio}="",0,{by_reading}))'


def _zero_reason(points: CasePoints, row: Row, count: int, rules: Ruleset, names: Names) -> Cell:
    """B2.9 is a fact of the return; B2.7 depends on L8 and on what counts."""
    if points.unlisted or not rules.has("publication"):
        return points.zero_reason
    units = unpublished_units(row["单位"], count)
    told = f"{units}&" if points.unit.tier is Tier.CITY else ""
    text = f'"行政区域内"&{told}"个单位有未公开的处罚决定"' if told else '"有未公开的处罚决定"'
    return Formula(f'IF(AND({names.switch("L8")}="指标零分",{units}>0),{text},"")', points.zero_reason)


def _summed(total: Total, count: int) -> Cell:
    """A2, L4: each return once, never the roll-up."""
    header = PART_COLUMNS.get(total.key)
    return Formula(f"SUM({PARTS.span(header, count)})", total.summed) if header else total.summed


def _total_row(total: Total, row: Row, in_returns: Cell, rules: Ruleset, names: Names) -> list[Cell]:
    name = names[total.key]
    typed, summed = row["规则录入值"], row["参评单位合计"]
    used = f'IF(ISNUMBER({typed}),{typed},IF({names.switch("L4")}="{STAND_IN}",{summed},0))'
    if total.stands_in:
        told = "没有录入，暂用参评单位合计代替（待确认）"
    else:
        told = "没有录入，不计算" if total.typed is None else "按“规则”表录入值"
    return [
        total.item,
        Formula(f'IF(ISNUMBER({name}),{name},"")', "" if total.typed is None else total.typed),
        in_returns,
        Formula(used, total.used or Fraction(0)),
        told,
    ]


def satisfaction_blocks(scores: Scores, rules: Ruleset) -> list[Block]:
    """B3: votes, the gap to the most, points."""
    names, grid = Names(rules), SATISFACTION.grid
    units = list(scores.roster.units)
    rows: list[list[Cell]] = []
    for i, unit in enumerate(units):
        own, row = scores.satisfaction[unit.name], Row(grid, i, len(units))
        votes, tiers = row.all("票数"), row.all("层级")
        in_tier = f"SUMPRODUCT(MAX(({tiers}={row['层级']})*{votes}))"
        most = f'IF({names.switch("L12")}="同层级",{in_tier},MAX({votes}))'
        gap = f'IF({row["最高票数"]}=0,"",({row["最高票数"]}-{row["票数"]})/{row["最高票数"]}*100)'
        points = loss(row["低于最高(%)"], "full.satisfaction", "satisfaction.loss", "satisfaction.floor", names)
        rows.append(
            [
                unit.name,
                own.votes,
                Formula(gap, "" if own.gap is None else own.gap),
                Formula(f"IF({row['最高票数']}=0,0,{points})", own.points),
                unit.tier,
                Formula(most, own.most),
            ]
        )
    return [
        table(SATISFACTION, grid, rows),
        note(SATISFACTION, "得票最多的得满分，其余按低于最高票数的百分比扣分。", ASSUMED_NOTE),
    ]
