"""The made-up campaign while it is being made: returns and inputs by field, ready to be spoilt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from xl_lianbing.demo.plan import Draft, UnitDrafts, UnitPlan
from xl_lianbing.records.column import Record
from xl_lianbing.records.returns import (
    Candidate,
    CaseFile,
    MajorCase,
    OfficerCase,
    PenaltyCase,
    Reconsideration,
    UnitApplication,
)
from xl_lianbing.rules.pack import RulePack

_REFERRING = ((CaseFile, "document_number"), (Candidate, "file_number"), (UnitApplication, "model_case"))
_REFERRING_LOOSELY = ((OfficerCase, "decision_number"), (MajorCase, "decision_number"))


@dataclass
class Scene:
    """Returns by unit and inputs by tab. `absent` are files that a return names and nobody handed in."""

    pack: RulePack
    plans: dict[str, UnitPlan]
    returns: dict[str, UnitDrafts]
    inputs: dict[type[Record], list[Draft]]
    absent: set[tuple[str, str]] = field(default_factory=set)
    _taken: set[object] = field(default_factory=set)

    def rows(self, unit: str, record: type[Record]) -> list[Draft]:
        return self.returns[unit][record]

    def spare_case(self, unit: str, suits: Callable[[Draft], bool] = lambda _: True) -> Draft:
        """A penalty case that nothing else hangs on, another one each time. Raises ValueError if none is left."""
        drafts = self.returns[unit]
        never = self._numbers(drafts, _REFERRING) | {r["decision_number"] for r in drafts[Reconsideration]}
        rather_not = self._numbers(drafts, _REFERRING_LOOSELY)
        fit = [
            case
            for case in drafts[PenaltyCase]
            if case["fine"] is not None
            and case["decision_number"] not in never | self._taken
            and case["closed_on"] is not None
            and suits(case)
        ]
        best = [case for case in fit if case["decision_number"] not in rather_not] or fit
        if not best:
            raise ValueError(f"too few cases in {unit} to plant the demonstration's mistakes")
        case = best[len(best) // 3]
        self._taken.add(case["decision_number"])
        return case

    @staticmethod
    def _numbers(drafts: UnitDrafts, places: tuple[tuple[type[Record], str], ...]) -> set[object]:
        return {row[name] for record, name in places for row in drafts[record]}
