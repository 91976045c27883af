"""Everything B and C ask for, from typed rows to ranks: a pure function."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from xl_lianbing.exact import Fraction
from xl_lianbing.findings import Finding, finding
from xl_lianbing.findings import scoring as c
from xl_lianbing.glossary import AdjustmentKind, Reason, Selection, Tier, UnitPart, YesNo
from xl_lianbing.records.inputs import AirPoint, IntegrityReport, RosterUnit, SystemCase, WaterSection
from xl_lianbing.records.lines import BureauInputs, Line, UnitReturn, in_tab
from xl_lianbing.records.returns import (
    CaseFile,
    MajorCase,
    OfficerCase,
    PenaltyCase,
    Publicity,
    Reconsideration,
    TaskProgress,
)
from xl_lianbing.rules import files
from xl_lianbing.rules.ranks import OFFICER_QUOTA, UNIT_QUOTAS, rank, select, state
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.rules.shares import Total
from xl_lianbing.scoring.adjustments import adjustment_sums, adjustments
from xl_lianbing.scoring.articles import count_articles
from xl_lianbing.scoring.cases import CasePoints, case_points, figures, totals
from xl_lianbing.scoring.counting.rows import UnitCount, unreadable
from xl_lianbing.scoring.counting.units import count_all
from xl_lianbing.scoring.environment import Veto, vetoes
from xl_lianbing.scoring.files import Dossier, Quality, ReviewBook, dossier, quality
from xl_lianbing.scoring.holding import Held, held_counties
from xl_lianbing.scoring.leftovers import leftover_findings
from xl_lianbing.scoring.officers import Officer, OfficerScore, Register, credits, officers, score_officers
from xl_lianbing.scoring.remarks import Remark, RemarkKind
from xl_lianbing.scoring.roster import Roster, Unit, tier_order
from xl_lianbing.scoring.satisfaction import Satisfaction, model_case_findings, satisfaction

T = TypeVar("T")

#: sheet → row → why the row is not counted.
Reasons = Mapping[str, Mapping[int, Reason]]


@dataclass(frozen=True, slots=True)
class UnitScore:
    """One row of 综合排名. Points exact."""

    unit: Unit
    reported: bool
    parts: Mapping[UnitPart, Fraction]
    articles: int
    #: The articles as far as they break ties (B10): 0 where the year has no such rule.
    tie_break: int
    veto: str
    applies: bool
    competes: bool
    rank: int
    selection: Selection
    quota: int

    @property
    def total(self) -> Fraction:
        return sum(self.parts.values(), Fraction(0))

    @property
    def order(self) -> tuple[Fraction, int]:
        """B10: by total, then by articles."""
        return (self.total, self.tie_break)


@dataclass(frozen=True, slots=True)
class Scores:
    """The results under `rules`; `reasons` by unit say why rows were left out, `remarks` what stands in for unknown
    figures."""

    rules: Ruleset
    roster: Roster
    units: Sequence[UnitScore]
    dossiers: Mapping[str, Dossier]
    qualities: Mapping[str, Quality]
    holding: Mapping[str, Held]
    totals: Mapping[str, Total]
    case_points: Mapping[str, CasePoints]
    satisfaction: Mapping[str, Satisfaction]
    officers: Sequence[OfficerScore]
    officer_quota: int
    counts: Mapping[str, UnitCount]
    reasons: Mapping[str, Reasons]
    findings: Sequence[Finding]
    remarks: Sequence[Remark]
    #: The register's points by unit key and indicator, before they are held inside their limits (B9).
    adjustment_sums: Mapping[str, Mapping[AdjustmentKind, Fraction]]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A unit's points before it is ranked."""

    unit: Unit
    quality: Quality
    parts: Mapping[UnitPart, Fraction]
    articles: int
    tie_break: int

    @property
    def order(self) -> tuple[Fraction, int]:
        return (sum(self.parts.values(), Fraction(0)), self.tie_break)


def score(inputs: BureauInputs, returns: Mapping[str, UnitReturn], rules: Ruleset) -> Scores:
    """Scores of all units of the roster and of all candidates. `returns` by the roster's spelling of the unit."""
    inputs = _asked(inputs, rules)
    roster, book = Roster.of(inputs.roster), ReviewBook(inputs.reviews, inputs.forged)
    findings: list[Finding] = []

    counts = count_all(inputs, returns, rules, findings)
    articles = {unit: count_articles(r.publicity, rules) for unit, r in returns.items()}
    total = _kept(totals(returns, counts, rules), findings)
    voted = {s.unit.name: s for s in _kept(satisfaction(roster, inputs.votes, rules), findings)}
    findings += model_case_findings(returns, rules)
    vetoed = _kept(vetoes(roster, inputs.air, inputs.water, rules), findings)
    adjusted = _kept(adjustments(inputs.adjustments, rules), findings)
    case_figures = {u.name: _kept(figures(u, roster, returns, counts, rules), findings) for u in roster.units}
    points = {name: case_points(own, total, rules) for name, own in case_figures.items()}
    dossiers = {u.name: dossier(u, returns.get(u.name), book, rules) for u in roster.units}
    for held in dossiers.values():
        findings += held.findings

    def draft(unit: Unit, files: Quality) -> _Draft:
        own_articles = articles[unit.name][0] if unit.name in articles else 0
        ties = own_articles if rules.has("tie_break_articles") else 0
        parts = {
            UnitPart.FILES: files.points,
            UnitPart.CASES: points[unit.name].points,
            UnitPart.SATISFACTION: voted[unit.name].points,
            UnitPart.ADJUSTMENTS: adjusted.get(unit.key, Fraction(0)),
        }
        return _Draft(unit, files, parts, own_articles, ties)

    counties = [draft(u, quality(u, dossiers[u.name], (), rules)) for u in roster.counties]
    orders = [(d.unit, d.order) for d in counties]
    wanted = rules.whole(files.HELD)
    holding = {city.name: held_counties(city, roster, orders, wanted) for city in roster.cities}
    cities = [
        draft(city, quality(city, dossiers[city.name], [dossiers[u.name] for u in holding[city.name].counties], rules))
        for city in roster.cities
    ]
    stand_ins = {city.name: holding[city.name].told(city) for city in roster.cities if holding[city.name].stands_in}
    for name, told in stand_ins.items():
        findings.append(finding(c.STAND_IN_FILES, in_tab(RosterUnit, name), told=told))

    credited = {unit: credits(r, counts[unit]) for unit, r in returns.items()}
    register, candidates = Register(inputs, book), list[Officer]()
    for unit, returned in returns.items():
        findings += credited[unit].findings
        candidates += _kept(officers(returned, credited[unit], counts[unit], register, rules), findings)
    quota = rules.whole(OFFICER_QUOTA)
    scored = _kept(score_officers(candidates, rules, quota), findings)
    findings += leftover_findings(inputs, returns, dossiers, rules)

    return Scores(
        rules=rules,
        roster=roster,
        units=_ranked([*counties, *cities], roster, returns, vetoed, rules),
        dossiers=dossiers,
        qualities={d.unit.name: d.quality for d in (*counties, *cities)},
        holding=holding,
        totals=total,
        case_points=points,
        satisfaction=voted,
        officers=scored,
        officer_quota=quota,
        counts=counts,
        reasons={
            unit: {
                PenaltyCase.sheet: counts[unit].case_reasons,
                MajorCase.sheet: counts[unit].major_reasons,
                Reconsideration.sheet: _blocked(r.reconsiderations),
                CaseFile.sheet: dossiers[unit].reasons if unit in dossiers else {},
                OfficerCase.sheet: credited[unit].reasons,
                Publicity.sheet: articles[unit][1],
                TaskProgress.sheet: _blocked(r.tasks),
            }
            for unit, r in returns.items()
        },
        findings=findings,
        remarks=_remarks(inputs, total, stand_ins.values(), rules),
        adjustment_sums=adjustment_sums(inputs.adjustments) if rules.has("adjustments") else {},
    )


def _asked(inputs: BureauInputs, rules: Ruleset) -> BureauInputs:
    """The inputs without the tabs that the year has no rule for."""
    return replace(
        inputs,
        system_cases=inputs.system_cases if rules.has(SystemCase.feature) else (),
        air=inputs.air if rules.has(AirPoint.feature) else (),
        water=inputs.water if rules.has(WaterSection.feature) else (),
        integrity=inputs.integrity if rules.has(IntegrityReport.feature) else (),
    )


def _kept(outcome: tuple[T, Iterable[Finding]], findings: list[Finding]) -> T:
    result, found = outcome
    findings += found
    return result


def _blocked(lines: Iterable[Line[Any]]) -> dict[int, Reason]:
    return {line.row: unreadable(line.blocked) for line in lines if line.blocked}


def _ranked(
    drafts: Sequence[_Draft],
    roster: Roster,
    returns: Mapping[str, UnitReturn],
    vetoed: Mapping[str, Veto],
    rules: Ruleset,
) -> list[UnitScore]:
    """B10: county tier first, ranked and shortlisted inside each tier; equal ranks keep the roster's order."""
    result: list[UnitScore] = []
    for tier in tier_order(roster.units):
        group = [d for d in drafts if d.unit.tier is tier]
        quota = rules.whole(UNIT_QUOTAS[tier])
        competes = [_competes(d.unit, roster, returns, vetoed) for d in group]
        chosen = select([d.order if ok else None for d, ok in zip(group, competes, strict=True)], quota)
        ranks = rank([d.order for d in group])
        rows = [
            UnitScore(
                unit=d.unit,
                reported=d.unit.name in returns,
                parts=d.parts,
                articles=d.articles,
                tie_break=d.tie_break,
                veto=vetoed[d.unit.name].text if d.unit.name in vetoed else "",
                applies=_applies(d.unit, returns),
                competes=ok,
                rank=place,
                selection=state(selection, vetoed=d.unit.name in vetoed, reported=d.unit.name in returns),
                quota=quota,
            )
            for d, ok, selection, place in zip(group, competes, chosen, ranks, strict=True)
        ]
        result += sorted(rows, key=lambda r: r.rank)
    return result


def _applies(unit: Unit, returns: Mapping[str, UnitReturn]) -> bool:
    returned = returns.get(unit.name)
    return returned is not None and returned.application.applies is YesNo.YES


def _competes(unit: Unit, roster: Roster, returns: Mapping[str, UnitReturn], vetoed: Mapping[str, Veto]) -> bool:
    """B10: applies, is not vetoed and, over several cities, a county unit is recommended."""
    needs_recommendation = roster.several_cities and unit.tier is Tier.COUNTY
    return _applies(unit, returns) and unit.name not in vetoed and (unit.recommended or not needs_recommendation)


def _remarks(
    inputs: BureauInputs, total: Mapping[str, Total], stand_ins: Iterable[str], rules: Ruleset
) -> list[Remark]:
    """What every sheet that uses a stand-in must say (B1.4, B2.2, B2.6)."""
    remarks = [Remark(RemarkKind.TOTAL, f"{t.item}{t.told}。") for t in total.values() if t.stands_in]
    remarks += [Remark(RemarkKind.FILES, told) for told in stand_ins]
    if rules.has("export") and not inputs.system_cases:
        remarks.append(Remark(RemarkKind.NOT_COMPARED, "案件未与系统比对（没有录入处罚系统数据）。"))
    return remarks
