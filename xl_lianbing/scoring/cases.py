"""查处违法案件数量 (B2): shares, baselines, points of the three sub-indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from xl_lianbing.exact import Fraction
from xl_lianbing.findings import Finding, Where, finding
from xl_lianbing.findings import scoring as c
from xl_lianbing.glossary import Tier, YesNo
from xl_lianbing.records.lines import UnitReturn
from xl_lianbing.records.returns import UnitInfo
from xl_lianbing.rules.kinds import baseline
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.counting import UnitCount
from xl_lianbing.scoring.roster import Roster, Unit

STAND_IN = "参评单位合计代替"


class Sub(StrEnum):
    """The three sub-indicators (B2.5)."""

    CASES = "案件数量"
    FINES = "罚款金额"
    MAJOR = "重大案件"


_TOTAL_KEYS = {Sub.CASES: "total.cases", Sub.FINES: "total.fines", Sub.MAJOR: "total.major"}
_FULL_KEYS = {Sub.CASES: "full.cases", Sub.FINES: "full.fines", Sub.MAJOR: "full.major"}
KEY_TOTAL = "total.key_enterprises"


@dataclass(frozen=True, slots=True)
class Total:
    """A provincial total: what the bureau typed, the sum over the returns, and what is used (B2.2, L4)."""

    key: str
    item: str
    typed: Decimal | None
    summed: Fraction
    used: Fraction | None

    @property
    def stands_in(self) -> bool:
        return self.typed is None and self.used is not None


@dataclass(frozen=True, slots=True)
class SubPoints:
    """`ratio` = value ÷ baseline, None without a baseline."""

    value: Fraction
    baseline: Fraction | None
    ratio: Fraction | None
    points: Fraction


@dataclass(frozen=True, slots=True)
class CasePoints:
    unit: Unit
    key_enterprises: int
    share: Fraction | None
    subs: Mapping[Sub, SubPoints]
    zero_reason: str
    #: B2.9: the list of key polluters is not published; zero whatever the readings say.
    unlisted: bool

    @property
    def points(self) -> Fraction:
        return sum((s.points for s in self.subs.values()), Fraction(0))


def own_value(count: UnitCount, sub: Sub) -> Fraction:
    return {Sub.CASES: Fraction(count.cases), Sub.FINES: count.fines, Sub.MAJOR: Fraction(count.major)}[sub]


def totals(
    returns: Mapping[str, UnitReturn], counts: Mapping[str, UnitCount], rules: Ruleset
) -> tuple[dict[str, Total], list[Finding]]:
    """The four provincial totals by pack key; each return is added once, never the roll-up (A2, B2.2, L4)."""
    sums = {_TOTAL_KEYS[s]: sum((own_value(n, s) for n in counts.values()), Fraction(0)) for s in Sub}
    sums[KEY_TOTAL] = sum((Fraction(r.info.key_enterprises or 0) for r in returns.values()), Fraction(0))
    result, findings = {}, []
    for key, summed in sums.items():
        typed = rules.optional(key)
        item = rules.pack.by_key[key].item
        if typed is not None:
            used: Fraction | None = Fraction(typed)
        else:
            used = summed if rules.reading("L4") == STAND_IN else None
        if not used:
            findings.append(finding(c.NO_TOTAL, Where(file="总表.xlsm", sheet="规则"), typed, what=item))
            used = None
        elif typed is None:
            where = Where(file="总表.xlsm", sheet="规则")
            findings.append(finding(c.STAND_IN_TOTAL, where, "", what=item, value=f"{float(summed):,.6g}"))
        result[key] = Total(key, item, typed, summed, used)
    return result, findings


def case_points(
    unit: Unit,
    roster: Roster,
    returns: Mapping[str, UnitReturn],
    counts: Mapping[str, UnitCount],
    total: Mapping[str, Total],
    rules: Ruleset,
) -> tuple[CasePoints, list[Finding]]:
    """B2.1–B2.9 for one unit; a city's figures are those of its whole territory."""
    findings: list[Finding] = []
    territory = [u.name for u in roster.territory(unit)]
    enterprises = sum(returns[u].info.key_enterprises or 0 for u in territory if u in returns)
    own = returns.get(unit.name)
    where = Where(file=own.file if own else "", sheet=UnitInfo.sheet, unit=unit.name)
    if not enterprises and own:
        what = rules.pack.header("重点监控企业数")
        findings.append(finding(c.NO_KEY_ENTERPRISES, where, own.info.key_enterprises, what=what))
    key_total = total[KEY_TOTAL].used
    share = Fraction(enterprises) / key_total if enterprises and key_total else None
    zero = ""
    unlisted = bool(rules.has("key_list") and own and own.info.list_published is YesNo.NO)
    if rules.has("key_list") and own and own.info.list_published is YesNo.NO:  # B2.9
        zero = "没有发布重点排污单位名录"
        findings.append(finding(c.LIST_UNPUBLISHED, where, own.info.list_published))
    elif rules.has("publication") and rules.reading("L8") == "指标零分":  # B2.7
        late = sum(counts[u].has_unpublished for u in territory if u in counts)
        zero = _unpublished(unit, late) if late else ""
    formula = rules.reading(rules.pack.indicator("cases").switch)
    upper, lower = Fraction(rules.number("baseline.upper")), Fraction(rules.number("baseline.lower"))
    subs = {}
    for sub in Sub:
        value = sum((own_value(counts[u], sub) for u in territory if u in counts), Fraction(0))
        all_of_it = total[_TOTAL_KEYS[sub]].used
        line = all_of_it * share if all_of_it and share else None
        points = Fraction(0)
        if line and not zero:
            points = baseline(formula, value, line, Fraction(rules.number(_FULL_KEYS[sub])), upper, lower)
        subs[sub] = SubPoints(value, line, value / line if line else None, points)
    return CasePoints(unit, enterprises, share, subs, zero, unlisted), findings


def _unpublished(unit: Unit, units: int) -> str:
    return f"行政区域内{units}个单位有未公开的处罚决定" if unit.tier is Tier.CITY else "有未公开的处罚决定"


def ordered_totals(total: Mapping[str, Total]) -> Sequence[Total]:
    return [total[k] for k in (*_TOTAL_KEYS.values(), KEY_TOTAL)]
