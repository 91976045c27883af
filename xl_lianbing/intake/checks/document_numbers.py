"""Numbers of documents (文号) in a sheet: one a cell, of the usual form, of the year of the document's own day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from xl_lianbing.findings import reading as c
from xl_lianbing.intake.cells.document_form import DocumentForm, form_of, odd_year
from xl_lianbing.intake.checks.scene import Check, Scene
from xl_lianbing.intake.tables.table import RowBlock
from xl_lianbing.records.column import Record
from xl_lianbing.records.documents import parsed, plain, several
from xl_lianbing.records.inputs import Review, SystemCase
from xl_lianbing.records.returns import Candidate, CaseFile, MajorCase, PenaltyCase, Reconsideration

#: Sheet → its columns of numbers, each with the day of the document if the sheet has it. Numbers that refer to
#: 处罚案件 are looked up there instead (checks/between.py).
_COLUMNS: Final[Mapping[type[Record], Mapping[str, str]]] = {
    PenaltyCase: {"decision_number": "decided_on"},
    MajorCase: {"document_number": "dated"},
    CaseFile: {"document_number": "dated"},
    Reconsideration: {"decision_number": "", "document_number": "decided_on"},
    Candidate: {"file_number": ""},
    SystemCase: {"decision_number": ""},
    Review: {"document_number": ""},
}
#: No document of a campaign is older.
_FIRST_YEAR: Final = 1990
#: A key of the usual kind, with its year.
_USUAL: Final = re.compile(r"(?:[^\W号]|〔[^\W\d号]+〕)*(?:[^\W\d号]|〔[^\W\d号]+〕)〔(\d{4})〕[1-9]\d*号")
#: So many rows with 〔2017〕3-… are a way of numbering, not spans of numbers.
_A_CUSTOM: Final = 3
_NAMED: Final = 6


def number_checks(scene: Scene) -> list[Check]:
    """A check for each column of numbers of a sheet."""
    found: list[Check] = []
    for name, day in _COLUMNS.get(scene.record, {}).items():
        column = _Numbers(scene, name, day)
        scene.closing.append(column.close)
        found.append(column.check)
    return found


@dataclass(slots=True)
class _Numbers:
    """One column of numbers. `day`: the field with the day of the same document, '' if the sheet has none."""

    scene: Scene
    name: str
    day: str
    _dated: bool = False
    _without_year: list[tuple[int, object]] = field(default_factory=list)
    #: What stands before the dash of 〔2017〕3-5号 → its rows.
    _dashed: dict[str, list[tuple[int, object, tuple[str, ...]]]] = field(default_factory=dict)

    def check(self, block: RowBlock) -> None:
        this_year = self.scene.today.year
        usual = _USUAL.fullmatch
        days = block.columns[self.day] if self.day else [None] * len(block.numbers)
        window = self.scene.record.windowed()
        period = self.scene.rules.window(window[1]) if window and window[0] == self.day else None
        for i, (key, value, day) in enumerate(zip(block.keys(self.name), block.columns[self.name], days, strict=True)):
            if value is None:
                continue
            # of a date outside its window it is said that it is outside: one cause, one finding (A3)
            own = day if isinstance(day, date) and (period is None or day in period) else None
            found = usual(key)
            if found is None:
                self._look(block.numbers[i], str(value), own)
            elif int(found[1]) == (own.year if own else this_year):
                self._dated = True
            else:
                self._year(block.numbers[i], str(value), int(found[1]), own)

    def close(self) -> None:
        """What only the whole column tells."""
        if self._dated:
            for row, value in self._without_year:
                self._add_year(row, value, "里没有年份，本表别的文号都有")
        for rows in self._dashed.values():
            for row, value, numbers in rows if len(rows) < _A_CUSTOM else ():
                self._add_several(row, value, numbers)

    def _look(self, row: int, value: str, day: date | None) -> None:
        if numbers := several(value):
            lead, dash, _ = plain(value).rpartition("-")
            if dash and len(numbers) == 2:
                self._dashed.setdefault(lead, []).append((row, value, numbers))
            else:
                self._add_several(row, value, numbers)
            return
        form = form_of(value)
        if form is DocumentForm.ODD:
            self.scene.add(c.DOCUMENT_NUMBER_ODD, self.name, row, value, header=self.scene.title(self.name))
        elif form is DocumentForm.ODD_YEAR:
            self._add_year(row, value, f"里的年份“{odd_year(value)}”不对")
        elif form is DocumentForm.WITHOUT_YEAR:
            self._without_year.append((row, value))
        elif number := parsed(plain(value)):
            self._year(row, value, int(number.year), day)

    def _year(self, row: int, value: str, year: int, day: date | None) -> None:
        self._dated = True
        scene = self.scene
        if self.scene.record in (SystemCase, Review):
            return
        if day is None:
            if not _FIRST_YEAR <= year <= scene.today.year:
                self._add_year(row, value, f"里的年份“{year}”不对")
        elif year != day.year:
            words = {"header": scene.title(self.name), "other": scene.title(self.day), "year": year, "day": day}
            cell = scene.header.cell(self.day, row)
            scene.add(c.OTHER_YEAR_IN_NUMBER, self.name, row, value, cell=cell, **words)

    def _add_year(self, row: int, value: object, why: str) -> None:
        self.scene.add(c.YEAR_OF_NUMBER, self.name, row, value, header=self.scene.title(self.name), why=why)

    def _add_several(self, row: int, value: object, numbers: tuple[str, ...]) -> None:
        told = "、".join(numbers[:_NAMED]) + ("等" if len(numbers) > _NAMED else "")
        self.scene.add(c.SEVERAL_NUMBERS, self.name, row, value, header=self.scene.title(self.name), numbers=told)
