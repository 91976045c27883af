"""The parts that a total is made of, each under other rules by the very functions that score it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import FileKind, FileState, Tier, UnitPart
from xl_lianbing.records.lines import BureauInputs, UnitReturn
from xl_lianbing.rules import baseline, filing, limits, shares
from xl_lianbing.rules import files as file_rule
from xl_lianbing.rules.loss import OFFICER_CASES, OFFICER_VOTES, SATISFACTION
from xl_lianbing.rules.readings import codes
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.rules.shares import Total
from xl_lianbing.scoring.cases import CaseFigures, case_points, figures, totals
from xl_lianbing.scoring.counting.rows import UnitCount
from xl_lianbing.scoring.files import Dossier, FilePlace, ReviewBook, dossier, quality
from xl_lianbing.scoring.roster import Unit
from xl_lianbing.scoring.satisfaction import satisfaction
from xl_lianbing.scoring.score import Scores

_COUNTING = [kind for kinds in filing.SWITCHES.values() for kind in kinds]
#: The switches that act on each part; L5 and L6 as the year has them.
QUALITY_SWITCHES = codes(*file_rule.SWITCHES)
CASE_SWITCHES = codes(*shares.SWITCHES, *baseline.SWITCHES, *_COUNTING)
VOTE_SWITCHES = codes(*SATISFACTION.switches)
OFFICER_SWITCHES = codes(*file_rule.OFFICERS_SWITCHES, *OFFICER_CASES.switches, *OFFICER_VOTES.switches)

#: By unit, in the roster's order.
Points = tuple[Fraction, ...]


def recount(own: UnitCount, rules: Ruleset) -> UnitCount:
    """B2.5–B2.8: a unit's own figures under other readings of L7–L10."""
    counted = filing.counted(own.lots, own.daily_fines, rules)
    return UnitCount(counted.cases, counted.fines, own.major, counted.unpublished)


@dataclass(frozen=True)
class Files:
    """案卷质量 under some rules: counties' points by roster order, and what a city's mean is made of."""

    rules: Ruleset
    dossiers: Mapping[str, Dossier]
    counties: Points
    #: By unit: the files' scores in shares of a file's full mark, and the divisor.
    shares: tuple[tuple[Fraction, int], ...]

    def city(self, city: Unit, held: Iterable[str]) -> Fraction:
        """B1.4: a city's points if its mean holds the files of those county units."""
        return quality(city, self.dossiers[city.name], [self.dossiers[u] for u in held], self.rules).points


class Parts:
    """The parts of the units' totals in one campaign."""

    def __init__(self, inputs: BureauInputs, returns: Mapping[str, UnitReturn], scores: Scores, rules: Ruleset) -> None:
        self.inputs, self.returns, self.scores, self.rules = inputs, returns, scores, rules
        self.roster = scores.roster
        self._cases: dict[Hashable, Points] = {}

    def files(self, rules: Ruleset, dossiers: Mapping[str, Dossier] | None = None) -> Files:
        """B1; `dossiers`: other files than those that take part now."""
        held = dossiers or self.scores.dossiers
        own = [quality(u, held[u.name], (), rules) for u in self.roster.units]
        full = file_rule.full(rules)
        return Files(
            rules,
            held,
            tuple(q.points for q in own if q.unit.tier is Tier.COUNTY),
            tuple((q.total / full, q.divisor) for q in own),
        )

    def refilled(self, rules: Ruleset, tiers: Iterable[Tier]) -> dict[str, Dossier]:
        """The files that take part if other numbers of them are asked for (B1.1)."""
        made = {
            u.name: dossier(u, self.returns.get(u.name), self._book, rules, self._known(u))
            for u in self.roster.units
            if u.tier in tiers
        }
        return {**self.scores.dossiers, **made}

    @cached_property
    def _book(self) -> ReviewBook:
        return ReviewBook(self.inputs.reviews, self.inputs.forged)

    def _known(self, unit: Unit) -> dict[tuple[FileKind, str], FilePlace]:
        places = self.scores.dossiers[unit.name].files
        return {(p.kind, p.number): p for p in places if p.state is not FileState.MISSING}

    def cases(self, rules: Ruleset) -> Points:
        """B2 under other readings. Those of L7–L10 often count the same rows: these are scored once."""
        counts = {unit: recount(own, rules) for unit, own in self.scores.counts.items()}
        told = [(n.cases, n.fines, n.major, n.has_unpublished) for n in counts.values()]
        others = [rules.chosen(code) for code in CASE_SWITCHES if code not in codes(*_COUNTING)]
        key = (*told, *others, filing.unpublished_left_out(rules))
        if key not in self._cases:
            total, _ = totals(self.returns, counts, rules)
            units = self.roster.units
            own = [figures(u, self.roster, self.returns, counts, rules)[0] for u in units]
            self._cases[key] = _scored(own, total, rules)
        return self._cases[key]

    def moved(self, part: UnitPart, rules: Ruleset) -> Points:
        """A part of the totals under other values; the files have a method of their own."""
        return {
            UnitPart.CASES: self.cases_of_what_counts,
            UnitPart.SATISFACTION: self.votes_of_the_same_most,
            UnitPart.ADJUSTMENTS: self.adjustments,
        }[part](rules)

    def cases_of_what_counts(self, rules: Ruleset) -> Points:
        """B2 under other values: the figures are those in force."""
        total = {key: Total.of(key, t.summed, rules) for key, t in self.scores.totals.items()}
        return _scored([self.scores.case_points[u.name].figures for u in self.roster.units], total, rules)

    def votes(self, rules: Ruleset) -> Points:
        """B3 under other readings."""
        return tuple(s.points for s in satisfaction(self.roster, self.inputs.votes, rules)[0])

    def votes_of_the_same_most(self, rules: Ruleset) -> Points:
        """B3 under other values."""
        own = (self.scores.satisfaction[u.name] for u in self.roster.units)
        return tuple(SATISFACTION.points(s.votes, s.most, rules) for s in own)

    def adjustments(self, rules: Ruleset) -> Points:
        """B9."""
        sums = self.scores.adjustment_sums
        return tuple(limits.points(sums.get(u.key, {}), rules) for u in self.roster.units)


def _scored(own: Sequence[CaseFigures], total: Mapping[str, Total], rules: Ruleset) -> Points:
    return tuple(case_points(figures, total, rules).points for figures in own)
