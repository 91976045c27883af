"""Checks between the sheets of one return: numbers and names that another sheet should have."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from xl_lianbing.findings import Kind
from xl_lianbing.findings import reading as c
from xl_lianbing.findings.gather import Collector
from xl_lianbing.intake.tables.form import Form
from xl_lianbing.intake.tables.header import Header
from xl_lianbing.records.column import Record
from xl_lianbing.records.documents import several
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.records.lines import CaseFact, CreditFact, Line
from xl_lianbing.records.returns import Candidate, MajorCase, OfficerCase, PenaltyCase, UnitApplication
from xl_lianbing.rules.ruleset import Ruleset


@dataclass(frozen=True, slots=True)
class Places:
    """Where the sheets of a return stand in the file: name and header of each."""

    sheets: dict[type[Record], tuple[str, Header]] = field(default_factory=dict)

    def cell(self, record: type[Record], name: str, row: int) -> tuple[str, str]:
        """Sheet and cell of a field."""
        sheet, header = self.sheets[record]
        return sheet, header.cell(name, row)

    def letters(self) -> dict[str, tuple[str, dict[str, str]]]:
        """The same by the sheets' own names, for those who only know rows and fields."""
        return {
            record.sheet: (sheet, {name: header.letter(place) for name, place in header.places.items()})
            for record, (sheet, header) in self.sheets.items()
        }


@dataclass(frozen=True, slots=True)
class References:
    """Reports what one sheet names and another does not have."""

    places: Places
    rules: Ruleset
    collector: Collector

    def check(
        self,
        cases: Sequence[CaseFact],
        major_cases: Sequence[Line[MajorCase]],
        candidates: Sequence[Line[Candidate]],
        officer_cases: Sequence[CreditFact],
        application: Form[UnitApplication] | None,
    ) -> None:
        self._names(candidates, officer_cases)
        self._quota(candidates)
        if PenaltyCase not in self.places.sheets:  # that the sheet or its header is missing is said once, of the sheet
            return
        penalties = {fact.key for fact in cases}
        for major in major_cases:
            self._penalty(major.row, major.record.decision_number, penalties)
        for officer in officer_cases:
            number = officer.decision_number
            if number and document_key(number) not in penalties:
                told = _told_apart(several(number))
                self._add(c.OFFICER_CASE_UNKNOWN, OfficerCase, "decision_number", officer.row, number, several=told)
        if application is not None and self.rules.has("model_case"):
            self._model_case(application, penalties)

    def _add(self, kind: Kind, record: type[Record], name: str, row: int, shown: str, /, **words: Any) -> None:
        sheet, cell = self.places.cell(record, name, row)
        self.collector.add(kind, sheet, cell, shown, group=record.columns()[name].header, **words)

    def _penalty(self, row: int, number: str | None, known: AbstractSet[str]) -> None:
        if number is None or document_key(number) in known:
            return
        header, numbers = MajorCase.columns()["decision_number"].header, several(number)
        if numbers and known.issuperset(numbers):
            words = {"header": header, "numbers": "、".join(numbers)}
            self._add(c.SEVERAL_NUMBERS, MajorCase, "decision_number", row, number, **words)
        else:
            words = {"header": header, "several": _told_apart(numbers)}
            self._add(c.PENALTY_UNKNOWN, MajorCase, "decision_number", row, number, **words)

    def _names(self, candidates: Sequence[Line[Candidate]], officer_cases: Sequence[CreditFact]) -> None:
        names = {name_key(line.record.name) for line in candidates if line.record.name}
        for officer in officer_cases:
            name = officer.name
            if name and name_key(name) not in names:
                self._add(c.OFFICER_UNKNOWN, OfficerCase, "name", officer.row, name, name=name)

    def _quota(self, candidates: Sequence[Line[Candidate]]) -> None:
        """C1: more candidates than a unit names are pointed out; all are scored."""
        names = {name_key(line.record.name): line for line in candidates if line.record.name}
        limit = int(self.rules.number("quota.candidates_per_unit"))
        if len(names) > limit:
            line = list(names.values())[limit]
            sheet, cell = self.places.cell(Candidate, "name", line.row)
            self.collector.add(c.TOO_MANY_CANDIDATES, sheet, cell, line.record.name, count=len(names), limit=limit)

    def _model_case(self, application: Form[UnitApplication], known: AbstractSet[str]) -> None:
        """B3: one or more of the unit's own decisions."""
        number = application.record.model_case
        if number is not None and not set(several(number) or (document_key(number),)) <= known:
            words = {"header": UnitApplication.columns()["model_case"].header, "several": ""}
            self.collector.add(c.PENALTY_UNKNOWN, application.sheet, application.cells["model_case"], number, **words)


def _told_apart(numbers: Sequence[str]) -> str:
    return f"（一格填了不止一个文号：{'、'.join(numbers)}；一行只填一个）" if numbers else ""
