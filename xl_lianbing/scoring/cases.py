"""查处违法案件数量 (B2): the figures of a unit's territory, provincial totals, points of the three sub-indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xl_lianbing.exact import Fraction, in_full
from xl_lianbing.findings import About, Finding, Where, finding
from xl_lianbing.findings import scoring as c
from xl_lianbing.folder import MASTER
from xl_lianbing.glossary import SubIndicator, Tier, YesNo
from xl_lianbing.records.inputs import RULES_TAB
from xl_lianbing.records.lines import UnitReturn
from xl_lianbing.records.returns import UnitInfo
from xl_lianbing.rules import filing, shares
from xl_lianbing.rules.baseline import SUB_INDICATORS
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.rules.shares import KEY_ENTERPRISES, Total
from xl_lianbing.scoring.counting.rows import UnitCount
from xl_lianbing.scoring.roster import Roster, Unit

Totals = Mapping[str, Total]
_RULES = Where(MASTER, RULES_TAB)


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """What the points of a unit are made of: a city's figures are those of its whole territory (A2)."""

    unit: Unit
    key_enterprises: int
    values: Mapping[SubIndicator, Fraction]
    zero_reason: str
    #: B2.9: the list of key polluters is not published; zero whatever the readings say.
    unlisted: bool


@dataclass(frozen=True, slots=True)
class SubPoints:
    """`ratio` = value ÷ baseline, None without a baseline."""

    value: Fraction
    baseline: Fraction | None
    ratio: Fraction | None
    points: Fraction


@dataclass(frozen=True, slots=True)
class CasePoints:
    figures: CaseFigures
    share: Fraction | None
    subs: Mapping[SubIndicator, SubPoints]

    @property
    def points(self) -> Fraction:
        return sum((s.points for s in self.subs.values()), Fraction(0))


def own_value(count: UnitCount, sub: SubIndicator) -> Fraction:
    """A unit's own figure: cases, fines (万元), major cases."""
    match sub:
        case SubIndicator.CASES:
            return Fraction(count.cases)
        case SubIndicator.FINES:
            return count.fines
        case SubIndicator.MAJOR:
            return Fraction(count.major)


def totals(
    returns: Mapping[str, UnitReturn], counts: Mapping[str, UnitCount], rules: Ruleset
) -> tuple[dict[str, Total], list[Finding]]:
    """The four provincial totals by pack key; each return is added once, never the roll-up (A2, B2.2, L4)."""
    result = {key: Total.of(key, summed, rules) for key, summed in _sums(returns, counts).items()}
    findings = []
    for key, total in result.items():
        about = About(field=key)
        if total.used is None:
            findings.append(finding(c.NO_TOTAL, _RULES, total.typed, about, what=total.item))
        elif total.stands_in:
            words = {"what": total.item, "value": f"{float(total.summed):,.6g}"}
            findings.append(finding(c.STAND_IN_TOTAL, _RULES, "", about, **words))
        elif total.typed is not None and total.summed > total.typed:
            findings.append(_implausible(total, total.typed, returns))
    return result, findings


def _implausible(total: Total, typed: Decimal, returns: Mapping[str, UnitReturn]) -> Finding:
    """D7: the province can't have less than its units; what was typed is used all the same (B2.10)."""
    words: dict[str, object] = {"what": total.item, "value": in_full(typed), "sum": in_full(total.summed)}
    kind = c.TOTAL_TOO_SMALL
    if total.key == KEY_ENTERPRISES:
        above = [unit for unit, r in returns.items() if (r.info.key_enterprises or 0) > typed]
        if above:
            kind = c.SHARE_ABOVE_ONE
            words["units"] = "、".join(f"{unit}{returns[unit].info.key_enterprises}家" for unit in above)
    return finding(kind, _RULES, in_full(typed), About(field=total.key), **words)


def _sums(returns: Mapping[str, UnitReturn], counts: Mapping[str, UnitCount]) -> dict[str, Fraction]:
    sums = {
        rule.total: sum((own_value(count, sub) for count in counts.values()), Fraction(0))
        for sub, rule in SUB_INDICATORS.items()
    }
    enterprises = sum((Fraction(r.info.key_enterprises or 0) for r in returns.values()), Fraction(0))
    return {**sums, KEY_ENTERPRISES: enterprises}


def figures(
    unit: Unit, roster: Roster, returns: Mapping[str, UnitReturn], counts: Mapping[str, UnitCount], rules: Ruleset
) -> tuple[CaseFigures, list[Finding]]:
    """What is added up for one unit, and what sets the whole indicator to 0 (B2.7, B2.9)."""
    findings: list[Finding] = []
    territory = [u.name for u in roster.territory(unit)]
    enterprises = sum(returns[u].info.key_enterprises or 0 for u in territory if u in returns)
    own = returns.get(unit.name)
    if not enterprises and own:
        what = rules.pack.header("重点监控企业数")
        where = own.item(UnitInfo, "key_enterprises")
        findings.append(finding(c.NO_KEY_ENTERPRISES, where, own.info.key_enterprises, what=what))
    zero = ""
    unlisted = bool(rules.has("key_list") and own and own.info.list_published is YesNo.NO)
    if unlisted and own:  # B2.9
        zero = "没有发布重点排污单位名录"
        where = own.item(UnitInfo, "list_published")
        findings.append(finding(c.LIST_UNPUBLISHED, where, own.info.list_published))
    elif rules.has("publication") and not filing.unpublished_left_out(rules):  # B2.7
        units = sum(counts[u].has_unpublished for u in territory if u in counts)
        zero = filing.zero_reason(units, whole_city=unit.tier is Tier.CITY) if units else ""
    values = {
        sub: sum((own_value(counts[u], sub) for u in territory if u in counts), Fraction(0)) for sub in SubIndicator
    }
    return CaseFigures(unit, enterprises, values, zero, unlisted), findings


def case_points(own: CaseFigures, total: Totals, rules: Ruleset) -> CasePoints:
    """B2.1–B2.4 for one unit."""
    share = shares.share(own.key_enterprises, total[KEY_ENTERPRISES].used)
    subs = {}
    for sub, rule in SUB_INDICATORS.items():
        value, line = own.values[sub], shares.baseline(total[rule.total].used, share)
        points = Fraction(0) if own.zero_reason else rule.points(value, line, rules)
        subs[sub] = SubPoints(value, line, value / line if line else None, points)
    return CasePoints(own, share, subs)


def ordered_totals(total: Totals) -> Sequence[Total]:
    """In the order of the workbook: cases, fines, major cases, key enterprises."""
    return [total[key] for key in (*(rule.total for rule in SUB_INDICATORS.values()), KEY_ENTERPRISES)]
