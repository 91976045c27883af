"""案件构成表: what each return's cases are made of, so that the readings of L7–L10 work in the workbook itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xl_lianbing.excel.values import Cell, Formula
from xl_lianbing.glossary import Filing
from xl_lianbing.records.results import CASE_POINTS, CASES, part_header
from xl_lianbing.report.formulas import Names, Row
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.counting import Tally, UnitCount
from xl_lianbing.scoring.score import Scores

GRID = CASE_POINTS.grids[2]
_ORDER = [(filing, published) for published in (True, False) for filing in Filing]

#: First and last row of a unit in 案件汇总.
Places = Mapping[str, tuple[int, int]]


def case_part_rows(scores: Scores, rules: Ruleset, places: Places) -> list[list[Cell]]:
    """One row a unit of the roster, its own return only (A2); the last columns are what counts under 规则."""
    names, units = Names(rules), scores.roster.units
    cities = city_of(scores)
    rows: list[list[Cell]] = []
    for i, unit in enumerate(units):
        own, row = scores.counts.get(unit.name, UnitCount()), Row(GRID, i, len(units))
        parts = [own.parts.get(part, Tally()) for part in _ORDER]
        unpublished = sum(own.parts.get((filing, False), Tally()).cases for filing in Filing if _counts(filing, rules))
        cases = f"{filed_in_time(row, names, True, '件数')}+{_at_stake(row['计分未公开件数'], names)}"
        in_fines = _at_stake(filed_in_time(row, names, False, "罚款"), names)
        daily = f'IF({names.switch("L7")}="计入",{row["按日连续处罚金额"]},0)'
        rows.append(
            [
                unit.name,
                cities.get(unit.name, ""),
                *(part.cases for part in parts),
                *(part.fines for part in parts),
                own.daily_fines,
                own.major,
                Formula(filed_in_time(row, names, False, "件数"), unpublished),
                Formula(cases, own.cases),
                Formula(f"{filed_in_time(row, names, True, '罚款')}+{in_fines}+{daily}", own.fines),
                _link(places.get(unit.name)),
            ]
        )
    return rows


def _counts(filing: Filing, rules: Ruleset) -> bool:
    """B2.8: whether a case filed like this counts under the readings of L9 and L10."""
    if filing is Filing.ON_TIME or rules.reading("L10") == "计入":
        return True
    return filing is Filing.LATE_BY_CALENDAR and rules.reading("L9") == "工作日"


def filed_in_time(row: Row, names: Names, published: bool, what: str) -> str:
    """L9, L10: what was filed in time, and the late as far as they count."""
    return late_counted([row[part_header(f, published, what)] for f in Filing], names)


def late_counted(cells: Sequence[str], names: Names) -> str:
    """L9, L10 on three cells, one a `Filing`: in time, late by calendar days alone, late by working days too."""
    on_time, by_calendar, late = cells
    some = f'IF({names.switch("L9")}="工作日",{by_calendar},0)'
    return f'{on_time}+IF({names.switch("L10")}="计入",{by_calendar}+{late},{some})'


def _at_stake(amount: str, names: Names) -> str:
    """L8: the unpublished count as cases where the whole indicator is at stake (B2.7)."""
    return f'IF({names.switch("L8")}="指标零分",{amount},0)'


def _link(place: tuple[int, int] | None) -> Cell:
    if place is None:
        return ""
    first, last = place
    told = f"{CASES.name}第{first}—{last}行"
    return Formula(f'HYPERLINK("#{CASES.name}!A{first}:A{last}","{told}")', told)


def city_of(scores: Scores) -> dict[str, str]:
    """The city unit in whose territory a county unit lies (A2)."""
    roster = scores.roster
    return {county.name: city.name for city in roster.cities for county in roster.districts(city)}


def named_counties(scores: Scores, city: str) -> bool:
    """Whether 单位名册 names the county units whose files the city's mean holds (B1.4)."""
    unit = scores.roster.find(city)
    return unit is not None and any(county.recommended for county in scores.roster.districts(unit))


def territory_sum(header: str, me: str, rows: int) -> str:
    """A2: a unit's own figure and, for a city, those of its county units."""
    own, city, values = (GRID.span(h, rows) for h in ("填报单位", "所属市级", header))
    return f"SUMIFS({values},{own},{me})+SUMIFS({values},{city},{me})"


def unpublished_units(me: str, rows: int) -> str:
    """B2.7: how many units of the territory have an unpublished decision that would count."""
    own, city, values = (GRID.span(h, rows) for h in ("填报单位", "所属市级", "计分未公开件数"))
    return f'(COUNTIFS({own},{me},{values},">0")+COUNTIFS({city},{me},{values},">0"))'
