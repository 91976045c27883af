"""The whole demonstration campaign as plain rows (演示数据): same seed, same campaign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xl_lianbing.demo.made_up.names import document_prefix
from xl_lianbing.demo.mistakes import PLANTED, Planted, plant
from xl_lianbing.demo.plan import Draft, Row, UnitPlan, by_header, scale_of
from xl_lianbing.demo.profiles import profile
from xl_lianbing.demo.scene import Scene
from xl_lianbing.demo.sheets import bureau, systems
from xl_lianbing.demo.sheets.returns import unit_drafts
from xl_lianbing.glossary import Tier
from xl_lianbing.records.column import Record
from xl_lianbing.records.inputs import (
    Adjustment,
    AirPoint,
    DeedsReview,
    IntegrityReport,
    MobileRecord,
    PublishedCase,
    Review,
    Reviewer,
    RosterUnit,
    SystemCase,
    Vote,
    WaterSection,
)
from xl_lianbing.records.returns import RETURN_SHEETS
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.rules.ruleset import Ruleset

__all__ = ["PLANTED", "DemoCampaign", "clean_return", "demo_campaign"]

#: Fewer cases a unit leave no room for the planted mistakes.
FEWEST_CASES = 40
_FALLBACK_DIVISION = "320500"


@dataclass(frozen=True)
class DemoCampaign:
    """`returns`: unit → sheet → rows by header. `inputs`: tab → rows by header. `values`: pack key → what the bureau
    types into 规则. `evidence`: unit → names of the files handed in. `planted`: the mistakes in it."""

    returns: Mapping[str, Mapping[str, list[Row]]]
    inputs: Mapping[str, list[Row]]
    values: Mapping[str, Decimal]
    evidence: Mapping[str, tuple[str, ...]]
    planted: tuple[Planted, ...]


def demo_campaign(pack: RulePack, roster: Sequence[RosterUnit], *, cases: int = 200, seed: int = 2017) -> DemoCampaign:
    """A campaign with about `cases` penalty cases a unit and the mistakes of `PLANTED` (those of units in the roster).

    Raises ValueError for fewer than 40 cases.
    """
    if cases < FEWEST_CASES:
        raise ValueError(f"a demonstration needs at least {FEWEST_CASES} cases a unit, not {cases}")
    plans = _plans(pack, roster, cases, seed)
    returns = {plan.unit: unit_drafts(plan) for plan in plans}
    inputs: dict[type[Record], list[Draft]] = {
        SystemCase: [row for plan in plans for row in bureau.system_cases(plan, returns[plan.unit])],
        Review: [row for plan in plans for row in bureau.reviews(plan, returns[plan.unit])],
        Vote: [row for plan in plans for row in bureau.votes(plan, returns[plan.unit])],
        AirPoint: [row for plan in plans for row in bureau.air_points(plan)],
        WaterSection: [row for plan in plans for row in bureau.water_sections(plan)],
        Adjustment: bureau.adjustments(plans),
        DeedsReview: [row for plan in plans for row in bureau.deeds_reviews(plan, returns[plan.unit])],
        IntegrityReport: [row for plan in plans for row in bureau.integrity_reports(plan, returns[plan.unit])],
    }
    scene = Scene(pack, {plan.unit: plan for plan in plans}, returns, inputs)
    planted = plant(scene)
    drafts = [(plan, returns[plan.unit]) for plan in plans]
    inputs[PublishedCase] = systems.published(drafts) if pack.has("publication") else []
    inputs[MobileRecord] = systems.inspections(drafts) if pack.has("mobile_platform") else []
    inputs[Reviewer] = systems.reviewers(plans)
    return DemoCampaign(
        returns={
            unit: {sheet.sheet: by_header(pack, sheet, drafts[sheet]) for sheet in RETURN_SHEETS}
            for unit, drafts in returns.items()
        },
        inputs={tab.sheet: by_header(pack, tab, rows) for tab, rows in inputs.items()},
        values=bureau.province_totals(plans),
        evidence={unit: _evidence(scene, unit) for unit in returns},
        planted=planted,
    )


def clean_return(pack: RulePack, unit: RosterUnit, index: int, *, cases: int, seed: int = 2017) -> dict[str, list[Row]]:
    """One unit's return without mistakes and with exactly `cases` penalty cases (sheet → rows by header)."""
    plan = _plan(pack, unit, index, cases, seed, exact=True)
    drafts = unit_drafts(plan)
    return {sheet.sheet: by_header(pack, sheet, drafts[sheet]) for sheet in RETURN_SHEETS}


def _plans(pack: RulePack, roster: Sequence[RosterUnit], cases: int, seed: int) -> list[UnitPlan]:
    plans = [_plan(pack, unit, index, cases, seed) for index, unit in enumerate(roster, 1)]
    prefixes = [document_prefix(plan.unit) for plan in plans]
    if len(set(prefixes)) < len(prefixes):
        raise ValueError("two units of the roster would begin their document numbers alike")
    return plans


def _plan(pack: RulePack, unit: RosterUnit, index: int, cases: int, seed: int, *, exact: bool = False) -> UnitPlan:
    if unit.unit is None or unit.tier is None:
        raise ValueError(f"row {index} of the roster has no unit or tier")
    quota = int(Ruleset(pack).number("quota.county"))
    chosen = profile(unit.unit, index, county_quota=quota)
    return UnitPlan(
        pack=pack,
        unit=unit.unit,
        tier=Tier(unit.tier),
        index=index,
        division_code=unit.division_code or _FALLBACK_DIVISION,
        liaison=unit.liaison or f"演示联络员{index:03d}",
        profile=chosen,
        cases=cases if exact else round(cases * chosen.size),
        scale=scale_of(cases),
        seed=seed,
    )


def _evidence(scene: Scene, unit: str) -> tuple[str, ...]:
    drafts = scene.returns[unit]
    named = {
        str(row[name])
        for record in RETURN_SHEETS
        for name, column in record.columns().items()
        if column.evidence
        for row in drafts[record]
        if row.get(name)
    }
    return tuple(sorted(file for file in named if (unit, file) not in scene.absent))
