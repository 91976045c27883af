"""Which county units lie in a city's territory (A2), for the tables whose formulas add them up."""

from __future__ import annotations

from xl_lianbing.records.results import CASE_POINTS
from xl_lianbing.scoring.score import Scores

#: 案件构成表: the own figures of each return.
LOTS = CASE_POINTS.grids[2]


def city_of(scores: Scores) -> dict[str, str]:
    """The city unit in whose territory a county unit lies."""
    roster = scores.roster
    return {county.name: city.name for city in roster.cities for county in roster.districts(city)}


def named_counties(scores: Scores, city: str) -> bool:
    """Whether 单位名册 names the county units whose files the city's mean holds (B1.4)."""
    unit = scores.roster.find(city)
    return unit is not None and any(county.recommended for county in scores.roster.districts(unit))


def territory_sum(header: str, me: str, rows: int) -> str:
    """A unit's own figure and, for a city, those of its county units."""
    own, city, values = (LOTS.span(h, rows) for h in ("填报单位", "所属市级", header))
    return f"SUMIFS({values},{own},{me})+SUMIFS({values},{city},{me})"


def unpublished_units(me: str, rows: int) -> str:
    """B2.7: how many units of the territory have an unpublished decision that would count."""
    own, city, values = (LOTS.span(h, rows) for h in ("填报单位", "所属市级", "计分未公开件数"))
    return f'(COUNTIFS({own},{me},{values},">0")+COUNTIFS({city},{me},{values},">0"))'
