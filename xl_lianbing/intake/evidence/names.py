"""Which cells of a return name files (佐证): gathered while the return is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from xl_lianbing.intake.cells.aliases import PLACEHOLDERS
from xl_lianbing.intake.cells.fields import R
from xl_lianbing.intake.door.sheets import PICTURE
from xl_lianbing.intake.tables.form import Form
from xl_lianbing.intake.tables.header import Header
from xl_lianbing.intake.tables.table import RowBlock
from xl_lianbing.records.column import Column, Record
from xl_lianbing.records.returns import CaseFile, MajorCase, PenaltyCase

#: The case that a row's file proves; files of other sheets may well serve for several rows.
_CASE_OF: Final[Mapping[type[Record], tuple[str, ...]]] = {
    PenaltyCase: ("decision_number",),
    MajorCase: ("decision_number", "document_number"),
    CaseFile: ("document_number",),
}


@dataclass(slots=True)
class NamedFiles:
    """The cells of a column that name files."""

    column: Column
    sheet: str
    letter: str
    #: Row numbers, values, and the columns that say which case the file proves.
    _parts: list[tuple[Sequence[int], Sequence[object], Sequence[Sequence[object]]]] = field(default_factory=list)

    def add(self, numbers: Sequence[int], values: Sequence[object], proves: Sequence[Sequence[object]]) -> None:
        self._parts.append((numbers, values, proves))

    def texts(self) -> Iterator[tuple[int, str, Callable[[], str]]]:
        """Row, text, and what gives the number of the case that the file proves ('' for none)."""
        for numbers, values, proves in self._parts:
            for place, value in enumerate(values):
                if value is not None and (text := str(value).strip()) and text not in PLACEHOLDERS and text != PICTURE:
                    yield numbers[place], text, partial(_case, proves, place)


@dataclass(slots=True)
class FileNames:
    """All cells of a return that name files."""

    _columns: dict[tuple[str, str], NamedFiles] = field(default_factory=dict)

    @property
    def columns(self) -> list[NamedFiles]:
        """In the order of the return."""
        return list(self._columns.values())

    def add(self, record: type[Record], sheet: str, header: Header, block: RowBlock) -> None:
        """Take a block of rows of a table."""
        proves = [block.shown[name] for name in _CASE_OF.get(record, ())]
        for name, column in record.columns().items():
            if column.evidence and (place := header.places.get(name)) is not None:
                self._of(name, column, sheet, header.letter(place)).add(block.numbers, block.shown[name], proves)

    def add_form(self, form: Form[R]) -> None:
        """Take a form: the address of each item stands in it."""
        for name, column in form.record.columns().items():
            if column.evidence and name in form.cells:
                letter = form.cells[name].rstrip("0123456789")
                row = int(form.cells[name][len(letter) :])
                self._of(name, column, form.sheet, letter).add([row], [getattr(form.record, name)], ())

    def _of(self, name: str, column: Column, sheet: str, letter: str) -> NamedFiles:
        return self._columns.setdefault((sheet, name), NamedFiles(column, sheet, letter))


def _case(proves: Sequence[Sequence[object]], place: int) -> str:
    return next((str(column[place]) for column in proves if column[place]), "")
