"""What scoring sees of the returns and of the bureau's inputs: typed records with the row they came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from xl_lianbing.findings import Where
from xl_lianbing.glossary import YesNo
from xl_lianbing.records.column import Record
from xl_lianbing.records.inputs import (
    Adjustment,
    AirPoint,
    DeedsReview,
    IntegrityReport,
    Review,
    RosterUnit,
    SystemCase,
    Vote,
    WaterSection,
)
from xl_lianbing.records.returns import (
    Candidate,
    CaseFile,
    MajorCase,
    OfficerCase,
    Publicity,
    Reconsideration,
    TaskProgress,
    Training,
    UnitApplication,
    UnitInfo,
)

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Line(Generic[R]):
    """A row that was read. `blocked` names the headers that scoring needs and could not read (B2.10), else ''."""

    row: int
    record: R
    blocked: str = ""


class CaseFact(NamedTuple):
    """What scoring needs of a row of 处罚案件; the whole row stays with the return (returns may hold thousands)."""

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
    officer_cases: Sequence[Line[OfficerCase]] = ()
    publicity: Sequence[Line[Publicity]] = ()
    training: Sequence[Line[Training]] = ()
    tasks: Sequence[Line[TaskProgress]] = ()
    #: sheet → field → column letter, where the columns of this file really stand.
    letters: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def where(self, record: type[Record], column: str, row: int) -> Where:
        """The cell of a field in this file, for findings."""
        letter = self.letters.get(record.sheet, {}).get(column, "A")
        return Where(self.file, record.sheet, f"{letter}{row}", self.unit)


@dataclass(frozen=True, slots=True)
class BureauInputs:
    """The usable rows of the master's input tabs; `system_cases` empty = not compared (B2.6)."""

    roster: Sequence[RosterUnit]
    system_cases: Sequence[SystemCase] = ()
    reviews: Sequence[Review] = ()
    votes: Sequence[Vote] = ()
    air: Sequence[AirPoint] = ()
    water: Sequence[WaterSection] = ()
    adjustments: Sequence[Adjustment] = ()
    deeds: Sequence[DeedsReview] = ()
    integrity: Sequence[IntegrityReport] = ()
    #: (unit, document number) of every file that any review row calls forged, also rows without usable points.
    forged: frozenset[tuple[str, str]] = field(default_factory=frozenset)
