"""Totals of units and candidates as functions of the pack's values, with the same formulas that score (rules/kinds.py).

The readings and the counts are those in force; only numbers move. Each part of a total says at which values it has a
kink or a jump; between those the totals are straight lines in the value or in 1 ÷ (value − pole).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import AdjustmentKind
from xl_lianbing.rules.kinds import baseline, deeds_mean, file_full, file_score, gap_percent, held_sum, loss_per_percent
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.cases import KEY_TOTAL, Sub
from xl_lianbing.scoring.environment import ADJUSTMENT_LIMITS
from xl_lianbing.scoring.files import FileState
from xl_lianbing.scoring.officers import OfficerScore
from xl_lianbing.scoring.roster import Unit
from xl_lianbing.scoring.score import Scores

Numbers = Mapping[str, Fraction]

_FULL = {Sub.CASES: "full.cases", Sub.FINES: "full.fines", Sub.MAJOR: "full.major"}
_TOTAL = {Sub.CASES: "total.cases", Sub.FINES: "total.fines", Sub.MAJOR: "total.major"}
#: The multiples of the baseline that the readings of L5 and L6 use.
_MULTIPLES = {
    "线性": ("baseline.upper", "baseline.lower"),
    "阶梯": ("baseline.upper",),
    "超过1.5倍": ("baseline.upper",),
    "超过0.5倍": ("baseline.lower",),
}
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Marks:
    """The reviews of the files that count: sums of the means of both kinds, and the divisor (B1.3)."""

    expert: Fraction
    cross: Fraction
    divisor: int
    zero: bool


class UnitValues:
    """The units of one campaign, points by value."""

    def __init__(self, scores: Scores, rules: Ruleset) -> None:
        self.scores, self.rules = scores, rules
        self._formula = rules.reading(rules.pack.indicator("cases").switch)
        self._left_out = {
            state
            for state, code, reading in (
                (FileState.INELIGIBLE, "L1", "不计入平均"),
                (FileState.MISSING, "L3", "按实际份数"),
            )
            if rules.reading(code) == reading
        }

    def marks(self, unit: Unit, held: Iterable[str] = ()) -> Marks:
        """B1.3–B1.5, of a unit's files and those of the county units held (B1.4)."""
        dossiers = [self.scores.dossiers[name] for name in (unit.name, *held)]
        files = [f for d in dossiers for f in d.files]
        counted = [f for f in files if f.state is FileState.COUNTED]
        return Marks(
            sum((f.expert or ZERO for f in counted), ZERO),
            sum((f.cross or ZERO for f in counted), ZERO),
            sum(f.state not in self._left_out for f in files),
            bool(dossiers[0].correction) or any(f.forged for f in files),
        )

    def files(self, marks: Marks, n: Numbers) -> Fraction:
        if marks.zero or not marks.divisor:
            return ZERO
        l2 = self.rules.reading("L2")
        score = file_score(marks.expert, marks.cross, l2, n["review.expert_weight"])
        return score / marks.divisor / file_full(l2, n["review.full"]) * n["full.case_files"]

    def cases(self, unit: Unit, key: str, n: Numbers) -> Fraction:
        """B2; only what `key` acts on is computed anew."""
        own = self.scores.case_points[unit.name].subs
        only = {_FULL[sub]: sub for sub in Sub} | {_TOTAL[sub]: sub for sub in Sub}
        return sum((own[sub].points if only.get(key, sub) is not sub else self._sub(unit, sub, n) for sub in Sub), ZERO)

    def _sub(self, unit: Unit, sub: Sub, n: Numbers) -> Fraction:
        line = self._baseline(unit, sub, n)
        if not line:
            return ZERO
        value = self.scores.case_points[unit.name].subs[sub].value
        return baseline(self._formula, value, line, n[_FULL[sub]], n["baseline.upper"], n["baseline.lower"])

    def _baseline(self, unit: Unit, sub: Sub, n: Numbers) -> Fraction:
        """0: there is none, or the indicator is zeroed."""
        own = self.scores.case_points[unit.name]
        total, everyone = n.get(_TOTAL[sub]), n.get(KEY_TOTAL)
        if own.zero_reason or not own.key_enterprises or not total or not everyone:
            return ZERO
        return total * own.key_enterprises / everyone

    def votes(self, unit: Unit, n: Numbers) -> Fraction:
        own = self.scores.satisfaction[unit.name]
        if not own.most:
            return ZERO
        full, loss, floor = n["full.satisfaction"], n["satisfaction.loss"], n["satisfaction.floor"]
        return loss_per_percent(Fraction(own.votes), Fraction(own.most), full, loss, floor, self.rules.reading("L11"))

    def adjustments(self, unit: Unit, n: Numbers) -> Fraction:
        sums = self.scores.adjustment_sums.get(unit.key, {})
        return sum(
            (
                held_sum([points], n[f"{ADJUSTMENT_LIMITS[kind]}.min"], n[f"{ADJUSTMENT_LIMITS[kind]}.max"])
                for kind, points in sums.items()
            ),
            ZERO,
        )

    def kinks(self, key: str, units: Iterable[Unit], n: Numbers) -> set[Fraction]:
        """The values of `key` at which the points of some unit bend or jump."""
        found: set[Fraction] = set()
        for unit in units:
            if key.startswith(("satisfaction.", "full.satisfaction")):
                own = self.scores.satisfaction[unit.name]
                if own.most:
                    gap = gap_percent(Fraction(own.votes), Fraction(own.most), self.rules.reading("L11"))
                    found |= floor_kinks(key, gap, n, ("full.satisfaction", "satisfaction.loss", "satisfaction.floor"))
            elif key.startswith("adjust."):
                sums = self.scores.adjustment_sums.get(unit.key, {})
                found |= {sums[k] for k in AdjustmentKind if k in sums and key.startswith(f"{ADJUSTMENT_LIMITS[k]}.")}
            elif key.startswith(("total.", "baseline.")):
                for sub in Sub:
                    found |= self._line_kinks(key, unit, sub, n)
        return found

    def _line_kinks(self, key: str, unit: Unit, sub: Sub, n: Numbers) -> set[Fraction]:
        line, value = self._baseline(unit, sub, n), self.scores.case_points[unit.name].subs[sub].value
        if not line:
            return set()
        ratio, asked = value / line, _MULTIPLES[self._formula]
        if key.startswith("baseline."):
            return {ratio} if key in asked else set()
        limits = {n[k] for k in asked if n[k]}
        if key == KEY_TOTAL:  # the ratio grows with it
            return {n[key] * limit / ratio for limit in limits} if ratio else set()
        return {n[key] * ratio / limit for limit in limits} if key == _TOTAL[sub] else set()


def floor_kinks(key: str, gap: Fraction, n: Numbers, keys: tuple[str, str, str]) -> set[Fraction]:
    """Where `full − loss × gap` meets the floor, as a value of `key`; `keys`: full mark, loss, floor."""
    full, loss, floor = (n[k] for k in keys)
    if key == keys[0]:
        return {floor + loss * gap}
    if key == keys[1]:
        return {(full - floor) / gap} if gap else set()
    return {full - loss * gap} if key == keys[2] else set()


class OfficerValues:
    """The candidates of one campaign, points by value (C2–C4)."""

    def __init__(self, rows: Sequence[OfficerScore], rules: Ruleset) -> None:
        self.rows, self.rules = rows, rules
        self._most_cases = max((s.officer.cases for s in rows), default=0)
        self._most_votes = max((s.officer.votes for s in rows), default=0)

    def total(self, row: OfficerScore, n: Numbers) -> Fraction:
        officer, l2 = row.officer, self.rules.reading("L2")
        file = file_score(officer.expert, officer.cross, l2, n["review.expert_weight"])
        file *= n["officer.full.file"] / file_full(l2, n["review.full"])
        sums = [officer.deeds] if officer.deeds is not None else []
        deeds = deeds_mean(sums, 4 * n["deeds.item_full"], n["officer.full.deeds"])
        return self._lost(officer.cases, self._most_cases, "cases", n) + self._votes(row, n) + file + deeds

    def _votes(self, row: OfficerScore, n: Numbers) -> Fraction:
        return self._lost(row.officer.votes, self._most_votes, "votes", n)

    def _lost(self, own: int, most: int, what: str, n: Numbers) -> Fraction:
        if not most:
            return ZERO
        full, loss, floor = n[f"officer.full.{what}"], n[f"officer.{what}.loss"], n["officer.floor"]
        return loss_per_percent(Fraction(own), Fraction(most), full, loss, floor, self.rules.reading("L11"))

    def kinks(self, key: str, n: Numbers) -> set[Fraction]:
        """The values of `key` at which the points of some candidate bend."""
        found: set[Fraction] = set()
        for what, most in (("cases", self._most_cases), ("votes", self._most_votes)):
            keys = (f"officer.full.{what}", f"officer.{what}.loss", "officer.floor")
            if not most or key not in keys:
                continue
            for row in self.rows:
                own = row.officer.cases if what == "cases" else row.officer.votes
                gap = gap_percent(Fraction(own), Fraction(most), self.rules.reading("L11"))
                found |= floor_kinks(key, gap, n, keys)
        return found


def numbers(scores: Scores, rules: Ruleset) -> dict[str, Fraction]:
    """Every number in force by key; the totals as they are used (B2.2), absent if there is none."""
    result = {v.key: Fraction(x) for v in rules.pack.values if (x := rules.optional(v.key)) is not None}
    for key, total in scores.totals.items():
        result.pop(key, None)
        if total.used:
            result[key] = total.used
    return result
