"""案件构成表: what each return's cases are made of, so that the readings of L7–L10 work in the workbook itself."""

from __future__ import annotations

from collections.abc import Mapping

from xl_lianbing.excel.values import Cell, Formula
from xl_lianbing.glossary import Filing
from xl_lianbing.records.results import CASE_POINTS, CASES, part_header
from xl_lianbing.report.blocks import ByHeader
from xl_lianbing.report.formulas import RowCells
from xl_lianbing.rules import filing as rule
from xl_lianbing.rules.names import Names
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.counting.rows import UnitCount
from xl_lianbing.scoring.score import Scores

LOTS = CASE_POINTS.grids[2]
#: First and last row of a unit in 案件汇总.
Extents = Mapping[str, tuple[int, int]]


def lot_rows(scores: Scores, rules: Ruleset, extents: Extents) -> list[ByHeader]:
    """One row a unit of the roster, its own return only (A2); the last columns are what counts under 规则."""
    names, units, cities = Names(rules.pack), scores.roster.units, scores.roster.city_of
    rows: list[ByHeader] = []
    for i, unit in enumerate(units):
        own, row = scores.counts.get(unit.name, UnitCount()), RowCells(LOTS, i, len(units))
        cases = f"{_filed(row, names, True, '件数')}+{rule.at_stake_formula(row['计分未公开件数'], names)}"
        fines = f"{_filed(row, names, True, '罚款')}+{rule.at_stake_formula(_filed(row, names, False, '罚款'), names)}"
        daily = rule.daily_fines_formula(row["按日连续处罚金额"], names)
        unpublished = rule.unpublished_cases(own.lots, rules)
        rows.append(
            {
                "填报单位": unit.name,
                "所属市级": cities[unit.name].name if unit.name in cities else "",
                **_lots(own),
                "按日连续处罚金额": own.daily_fines,
                "重大案件数": own.major,
                "计分未公开件数": Formula(_filed(row, names, False, "件数"), unpublished),
                "计分案件数": Formula(cases, own.cases),
                "计分罚款": Formula(f"{fines}+{daily}", own.fines),
                "逐行明细": _link(extents.get(unit.name)),
            }
        )
    return rows


def _lots(own: UnitCount) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for filing, published in rule.every_lot():
        tally = own.lots.get((filing, published), rule.Tally())
        cells[part_header(filing, published, "件数")] = tally.cases
        cells[part_header(filing, published, "罚款")] = tally.fines
    return cells


def _filed(row: RowCells, names: Names, published: bool, what: str) -> str:
    """L9, L10: what was filed in time, and the late as far as they count."""
    return rule.filed_formula([row[part_header(f, published, what)] for f in Filing], names)


def _link(extent: tuple[int, int] | None) -> Cell:
    if extent is None:
        return ""
    first, last = extent
    told = f"{CASES.name}第{first}—{last}行"
    return Formula(f'HYPERLINK("#{CASES.name}!A{first}:A{last}","{told}")', told)


def territory_sum(header: str, me: str, rows: int) -> str:
    """A unit's own figure and, for a city, those of its county units."""
    own, city, values = (LOTS.span(h, rows) for h in ("填报单位", "所属市级", header))
    return f"SUMIFS({values},{own},{me})+SUMIFS({values},{city},{me})"


def unpublished_units(me: str, rows: int) -> str:
    """B2.7: how many units of the territory have an unpublished decision that would count."""
    own, city, values = (LOTS.span(h, rows) for h in ("填报单位", "所属市级", "计分未公开件数"))
    return f'(COUNTIFS({own},{me},{values},">0")+COUNTIFS({city},{me},{values},">0"))'
