"""环境质量变化: the veto (B4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xl_lianbing.exact import Fraction
from xl_lianbing.findings import About, Finding, finding
from xl_lianbing.findings import master as m
from xl_lianbing.findings import scoring as c
from xl_lianbing.glossary import Pollutant, Tier, YesNo
from xl_lianbing.records.inputs import AirPoint, WaterSection
from xl_lianbing.records.keys import name_key
from xl_lianbing.records.lines import in_tab
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.rules.vetoes import VALID_DAYS, exact_mean, rounding_hides, worsened
from xl_lianbing.scoring.roster import Roster, Unit


@dataclass(frozen=True, slots=True)
class Veto:
    unit: Unit
    reasons: tuple[str, ...]

    @property
    def text(self) -> str:
        return "；".join(self.reasons)


def vetoes(
    roster: Roster, air: Iterable[AirPoint], water: Iterable[WaterSection], rules: Ruleset
) -> tuple[dict[str, Veto], list[Finding]]:
    """B4.1 (市级 only) and B4.2 (both tiers), a city judged on its whole territory."""
    air, water = list(air), list(water)
    result, findings = {}, _left_out(water)
    if rules.has("air_veto"):
        findings += _few_days(air, rules)
    for unit in roster.units:
        inside = {u.key for u in roster.territory(unit)}
        reasons: list[str] = []
        if rules.has("air_veto") and unit.tier is Tier.CITY:
            reasons += _air(unit, [a for a in air if name_key(a.unit or "") in inside], findings)
        if rules.has("water_veto"):
            reasons += _water(unit, [w for w in water if name_key(w.unit or "") in inside], findings)
        if reasons:
            result[unit.name] = Veto(unit, tuple(reasons))
    return result, findings


def _air(unit: Unit, points: list[AirPoint], findings: list[Finding]) -> list[str]:
    reasons = []
    for pollutant in Pollutant:
        mine = [p for p in points if p.pollutant is pollutant]
        before = [exact_mean(p.last_year, p.last_days) for p in mine if p.last_year is not None]
        after = [exact_mean(p.this_year, p.this_days) for p in mine if p.this_year is not None]
        if not before or not after:
            continue
        old, new = sum(before) / len(before), sum(after) / len(after)
        if worsened(Fraction(old), Fraction(new)):
            words = {"pollutant": pollutant, "before": f"{float(old):g}", "after": f"{float(new):g}"}
            about = About(tuple(mine), "this_year" if len(mine) == 1 else "unit")
            findings.append(finding(c.AIR_VETO, in_tab(AirPoint, unit.name), words["after"], about, **words))
            if rounding_hides(Fraction(old), Fraction(new)):
                where = in_tab(AirPoint, unit.name)
                findings.append(finding(m.RISE_WITHIN_ROUNDING, where, words["after"], about, **words))
            reasons.append(f"{pollutant}年均浓度由{words['before']}升至{words['after']}")
    return reasons


def _few_days(air: Iterable[AirPoint], rules: Ruleset) -> list[Finding]:
    """E8: points with too few valid days in a year or in a month; they count all the same."""
    found = []
    for p in air:
        years = ((rules.pack.year - 1, p.last_days), (rules.pack.year, p.this_days))
        told = [f"{y}年{days}天，少于{VALID_DAYS}天" for y, days in years if days is not None and days < VALID_DAYS]
        told += [f"不足的月份：{p.short_months}"] if p.short_months else []
        if told:
            words = {"point": p.point or "", "pollutant": p.pollutant or "", "told": "；".join(told)}
            about = About((p,), "this_days")
            found.append(finding(m.FEW_VALID_DAYS, in_tab(AirPoint, p.unit or ""), words["told"], about, **words))
    return found


def _complete(section: WaterSection) -> bool:
    return section.complete is not YesNo.NO and section.last_year is not None and section.this_year is not None


def _water(unit: Unit, sections: list[WaterSection], findings: list[Finding]) -> list[str]:
    reasons = []
    for section in sections:
        before, after = section.last_year, section.this_year
        if not _complete(section) or before is None or after is None:
            continue
        if worsened(Fraction(before.rank), Fraction(after.rank)):
            words = {"section": section.section or "", "before": before, "after": after}
            where, about = in_tab(WaterSection, unit.name), About((section,), "this_year")
            findings.append(finding(c.WATER_VETO, where, after, about, **words))
            reasons.append(f"断面{section.section or ''}水质由{before}类降为{after}类")
    return reasons


def _left_out(water: Iterable[WaterSection]) -> list[Finding]:
    return [
        finding(
            c.SECTION_LEFT_OUT,
            in_tab(WaterSection, w.unit or ""),
            "",
            About((w,), "unit"),
            section=w.section or "",
        )
        for w in water
        if not _complete(w)
    ]
