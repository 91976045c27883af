"""What scoring sees of the returns and of the bureau's inputs: typed records with the row they came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

from xl_lianbing.findings import Where
from xl_lianbing.folder import MASTER
from xl_lianbing.glossary import YesNo
from xl_lianbing.records.column import Record
from xl_lianbing.records.returns import (
    Candidate,
    CaseFile,
    MajorCase,
    Publicity,
    Reconsideration,
    TaskProgress,
    Training,
    UnitApplication,
    UnitInfo,
)

if TYPE_CHECKING:  # whoever reads returns in a process of its own pays for each import
    from xl_lianbing.records.inputs import (
        Adjustment,
        AirPoint,
        DeedsReview,
        IntegrityReport,
        MobileRecord,
        PublishedCase,
        Review,
        Reviewer,
        RosterUnit,
        SystemCase,
        Vote,
        WaterSection,
    )

R = TypeVar("R", bound=Record)


def in_tab(record: type[Record], unit: str = "") -> Where:
    """An input tab of the master, for findings about what the bureau typed."""
    return Where(MASTER, record.sheet, unit=unit)


@dataclass(frozen=True, slots=True)
class Line(Generic[R]):
    """A row that was read. `blocked` names the headers that scoring needs and could not read (B2.10), else ''."""

    row: int
    record: R
    blocked: str = ""

    def __reduce__(self) -> tuple[object, ...]:
        """Compact: lines come in their thousands from other processes."""
        return (_line, (type(self.record), self.row, tuple(self.record.__dict__.values()), self.blocked))


def _line(record: type[R], row: int, values: tuple[object, ...], blocked: str) -> Line[R]:
    fields = dict(zip(record.columns(), values, strict=True))
    return Line(row, record.assembled(fields), blocked)


class CaseFact(NamedTuple):
    """What scoring needs of a row of 处罚案件; the whole row stays with the return (returns may hold thousands).

    `spelling`: the number as typed where it differs from the key, else ''.
    """

    row: int
    key: str
    decided_on: date | None
    fine: Decimal | None
    in_system: YesNo | None
    published: YesNo | None
    entered_on: date | None
    closed_on: date | None
    closing_entered_on: date | None
    scanned: bool
    blocked: str
    spelling: str = ""

    @property
    def number(self) -> str:
        """The number as typed."""
        return self.spelling or self.key


class CreditFact(NamedTuple):
    """What scoring needs of a row of 个人办案, '' where a cell was empty or unreadable."""

    row: int
    name: str
    decision_number: str
    blocked: str


@dataclass(frozen=True, slots=True)
class UnitReturn:
    """One usable return."""

    unit: str
    file: str
    info: UnitInfo
    application: UnitApplication
    cases: Sequence[CaseFact] = ()
    major_cases: Sequence[Line[MajorCase]] = ()
    reconsiderations: Sequence[Line[Reconsideration]] = ()
    case_files: Sequence[Line[CaseFile]] = ()
    candidates: Sequence[Line[Candidate]] = ()
    officer_cases: Sequence[CreditFact] = ()
    publicity: Sequence[Line[Publicity]] = ()
    training: Sequence[Line[Training]] = ()
    tasks: Sequence[Line[TaskProgress]] = ()
    #: Key of the number of a 参评案卷 → 当事人名称 of its case.
    parties: Mapping[str, str] = field(default_factory=dict)
    #: sheet → its name in this file and the letters of its columns by field.
    places: Mapping[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)
    #: form sheet → its name in this file and the cells of its values by field.
    forms: Mapping[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)

    def __reduce__(self) -> tuple[object, ...]:
        """Compact and quick: facts travel from other processes by columns."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        facts = [list(zip(*values.pop(name), strict=True)) for name in _FACTS]
        return (_returned, (values, *facts))

    def where(self, record: type[Record], column: str, row: int) -> Where:
        """The cell of a field in this file, for findings."""
        sheet, letters = self.places.get(record.sheet, (record.sheet, {}))
        return Where(self.file, sheet, f"{letters.get(column, 'A')}{row}", self.unit)

    def item(self, record: type[Record], name: str) -> Where:
        """The cell of an item of a form sheet in this file, for findings; the sheet alone where it stands nowhere."""
        sheet, cells = self.forms.get(record.sheet, ("", {}))
        cell = cells.get(name, "")
        return Where(self.file, sheet if cell else record.sheet, cell, self.unit)


_FACTS: Final[Mapping[str, type[CaseFact] | type[CreditFact]]] = {"cases": CaseFact, "officer_cases": CreditFact}


def _returned(values: dict[str, Any], *facts: Sequence[Sequence[Any]]) -> UnitReturn:
    for (name, kind), columns in zip(_FACTS.items(), facts, strict=True):
        values[name] = tuple(map(kind._make, zip(*columns, strict=True)))
    return UnitReturn(**values)


@dataclass(frozen=True, slots=True)
class BureauInputs:
    """The usable rows of the master's input tabs; `system_cases`, `published`, `mobile` empty = not compared
    (B2.6, B2.7, B1.2)."""

    roster: Sequence[RosterUnit]
    system_cases: Sequence[SystemCase] = ()
    reviews: Sequence[Review] = ()
    votes: Sequence[Vote] = ()
    air: Sequence[AirPoint] = ()
    water: Sequence[WaterSection] = ()
    adjustments: Sequence[Adjustment] = ()
    deeds: Sequence[DeedsReview] = ()
    integrity: Sequence[IntegrityReport] = ()
    published: Sequence[PublishedCase] = ()
    reviewers: Sequence[Reviewer] = ()
    mobile: Sequence[MobileRecord] = ()
    #: (unit, document number) of every file that any review row calls forged, also rows without usable points.
    forged: frozenset[tuple[str, str]] = field(default_factory=frozenset)
