"""Ranks and shortlist of 先进个人 under every combination of the readings that act on them (L2, L9–L11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import Selection
from xl_lianbing.rules.filing import officers_cases
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.officers import Officer, score_officers
from xl_lianbing.scoring.score import Scores
from xl_lianbing.scoring.whatif.combinations import changed, combinations
from xl_lianbing.scoring.whatif.parts import OFFICER_SWITCHES


@dataclass(frozen=True, slots=True)
class OfficerStanding:
    """By candidate, in the order of the ranking in force. `changed`: the switches turned."""

    totals: tuple[Fraction, ...]
    ranks: tuple[int, ...]
    states: tuple[Selection, ...]
    changed: tuple[str, ...]


class OfficerReadings:
    """The candidates of one campaign under any readings."""

    def __init__(self, scores: Scores, rules: Ruleset) -> None:
        self.rules, self.quota = rules, scores.officer_quota
        self.candidates: Sequence[Officer] = [s.officer for s in scores.officers]
        asked = combinations(rules, OFFICER_SWITCHES)
        self._codes = tuple(asked[0])
        self._standings = {tuple(r.values()): self._score(r) for r in asked}

    @property
    def standings(self) -> list[OfficerStanding]:
        """Every combination, the one in force first, the fewest changes before more."""
        return sorted(self._standings.values(), key=lambda s: len(s.changed))

    def standing(self, readings: Mapping[str, str]) -> OfficerStanding:
        """What readings of all switches give."""
        return self._standings[tuple(readings[code] for code in self._codes)]

    def _score(self, readings: Mapping[str, str]) -> OfficerStanding:
        rules = self.rules.under(readings)
        turned = [replace(o, cases=officers_cases(o.filings, rules)) for o in self.candidates]
        scored, _ = score_officers(turned, rules, self.quota)
        by_key = {s.officer.key: s for s in scored}
        rows = [by_key[o.key] for o in self.candidates]
        return OfficerStanding(
            tuple(s.points.total for s in rows),
            tuple(s.rank for s in rows),
            tuple(s.selection for s in rows),
            changed(readings, self.rules),
        )
