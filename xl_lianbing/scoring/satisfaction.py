"""执法公众满意度 (B3) and the votes of officers (C3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xl_lianbing.exact import Fraction
from xl_lianbing.findings import Finding, finding
from xl_lianbing.findings import scoring as c
from xl_lianbing.glossary import VoteTarget, YesNo
from xl_lianbing.records.inputs import Vote
from xl_lianbing.records.keys import name_key
from xl_lianbing.records.lines import UnitReturn, in_tab
from xl_lianbing.records.returns import UnitApplication
from xl_lianbing.rules.loss import SATISFACTION, gap_percent, in_one_list
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.roster import Roster, Unit


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """`gap` = percent below the most (exact), None if nobody has a vote."""

    unit: Unit
    votes: int
    most: int
    gap: Fraction | None
    points: Fraction


def unit_votes(votes: Iterable[Vote]) -> dict[str, int]:
    """Votes of 集体 by unit key, all rows of a unit added."""
    result: dict[str, int] = defaultdict(int)
    for vote in votes:
        if vote.target is VoteTarget.UNIT and vote.unit:
            result[name_key(vote.unit)] += vote.votes or 0
    return dict(result)


def officer_votes(votes: Iterable[Vote]) -> dict[tuple[str, str], int]:
    """Votes of 个人 by unit and name keys."""
    result: dict[tuple[str, str], int] = defaultdict(int)
    for vote in votes:
        if vote.target is VoteTarget.OFFICER and vote.unit and vote.name:
            result[name_key(vote.unit), name_key(vote.name)] += vote.votes or 0
    return dict(result)


def satisfaction(roster: Roster, votes: Iterable[Vote], rules: Ruleset) -> tuple[list[Satisfaction], list[Finding]]:
    """B3: votes, the most of them (among the tier or all, L12), and the points for them."""
    cast = unit_votes(votes)
    findings: list[Finding] = []
    result = []
    for unit in roster.units:
        rivals = [u for u in roster.units if in_one_list(u.tier, unit.tier, rules)]
        most = max(cast.get(u.key, 0) for u in rivals)
        own = cast.get(unit.key, 0)
        if not most:
            result.append(Satisfaction(unit, own, 0, None, Fraction(0)))
            continue
        if unit.key not in cast:
            findings.append(finding(c.NO_VOTES, in_tab(Vote, unit.name)))
        gap = gap_percent(Fraction(own), Fraction(most))
        result.append(Satisfaction(unit, own, most, gap, SATISFACTION.points(own, most, rules)))
    silent = sorted({str(s.unit.tier) for s in result if not s.most})
    findings += [finding(c.NOBODY_VOTED, in_tab(Vote), "", what=f"{tier}单位") for tier in silent]
    return result, findings


def model_case_findings(returns: Mapping[str, UnitReturn], rules: Ruleset) -> Sequence[Finding]:
    """B3 of 2017 (T17-¶06): an applying unit names at least one 典型案例."""
    if not rules.has("model_case"):
        return []
    return [
        finding(c.NO_MODEL_CASE, r.item(UnitApplication, "model_case"))
        for r in returns.values()
        if r.application.applies is YesNo.YES and not r.application.model_case
    ]
