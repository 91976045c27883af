"""Several returns of one unit: which of them counts, and what the others hold that it has not.

The one with the latest 填报日期 counts (none, or one that lies ahead: the earliest), then the one saved last. A
feedback copy comes after the return that it was made from, whatever its 填报日期 says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from xl_lianbing.findings import Finding, Where, finding
from xl_lianbing.findings import receipts as k
from xl_lianbing.intake.returned.read import Intake
from xl_lianbing.records.column import Layout
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.records.returns import (
    RETURN_SHEETS,
    Candidate,
    CaseFile,
    MajorCase,
    OfficerCase,
    PenaltyCase,
    Publicity,
    Reconsideration,
    TaskProgress,
    Training,
    UnitInfo,
)

#: A file as read, with the time at which it was saved.
Received = tuple[Intake, datetime]
_TABLES: Final = tuple(record.sheet for record in RETURN_SHEETS if record.layout is Layout.TABLE)


@dataclass(frozen=True, slots=True)
class Loss:
    """What is not counted because another file of the unit is: the finding, and the same for 说明 of 回执登记."""

    finding: Finding
    note: str


def in_order(files: Sequence[Received], today: date) -> list[Received]:
    """The usable returns of one unit, the one that counts last."""
    by_content = {intake.sha256: (intake, received) for intake, received in files}

    def recency(item: Received) -> tuple[date, datetime, int, str]:
        line = list(_line_of(item, by_content))
        days = [usable_day(intake, today) or date.min for intake, _ in line]
        return max(days), max(received for _, received in line), len(line), item[0].sha256

    return sorted(files, key=recency)


def _line_of(item: Received, by_content: dict[str, Received]) -> Iterator[Received]:
    """A file, the one that it is a feedback copy of, the one that this is a copy of …"""
    seen: set[str] = set()
    following: Received | None = item
    while following is not None and following[0].sha256 not in seen:
        seen.add(following[0].sha256)
        yield following
        following = by_content.get(following[0].copied_from)


def usable_day(intake: Intake, today: date) -> date | None:
    """填报日期, unless it lies ahead."""
    return intake.filled_on if intake.filled_on is not None and intake.filled_on <= today else None


def place_of(intake: Intake, field: str, unit: str) -> Where:
    """The cell of a field of 单位信息."""
    assert intake.result is not None
    sheet, cells = intake.result.forms.get(UnitInfo.sheet, (UnitInfo.sheet, {}))
    return Where(intake.file, sheet, cells.get(field, ""), unit)


def lost(other: Intake, used: Intake, unit: str, today: date) -> Loss | None:
    """What the file in use may lack of another that it displaces; None if nothing."""
    if other.sha256 == used.sha256:
        return None
    mended = used.copied_from == other.sha256
    if usable_day(other, today) is None and usable_day(used, today) is not None and not mended:
        return _undated(other, used, unit)
    sheets = [s for s in _TABLES if _rows(used, s) < _rows(other, s) and not (mended and _rows(used, s))]
    kind = k.LESS_THAN_BEFORE
    own, others = _keys(used), _keys(other)
    if own and others and own.isdisjoint(others):
        told_apart = (s for s in _TABLES if s != TaskProgress.sheet)
        kind, sheets = k.NOTHING_IN_COMMON, [s for s in told_apart if _rows(used, s) or _rows(other, s)]
    if not sheets:
        return None
    counts = _counts(other, used, sheets)
    return Loss(finding(kind, Where(used.file, unit=unit), other.file, unit=unit, counts=counts), counts)


def _undated(other: Intake, used: Intake, unit: str) -> Loss:
    where = place_of(other, "filled_on", unit)
    shown = next((f.shown for f in other.findings if where.cell and _same_cell(f.where, where) and f.shown), "")
    why = f"是{other.filled_on}，晚于今天" if other.filled_on else f"“{shown}”看不出是哪一天" if shown else "没有填写"
    sheets = [s for s in _TABLES if _rows(used, s) != _rows(other, s)]
    counts = f"（{_counts(other, used, sheets)}）" if sheets else ""
    words = {"other": other.file, "used": used.file, "why": why, "counts": counts}
    made = finding(k.UNDATED, where, shown or other.filled_on, **words)
    return Loss(made, f"《{other.file}》的填报日期{why}，没有计入{counts}")


def _same_cell(one: Where, other: Where) -> bool:
    return (one.sheet, one.cell) == (other.sheet, other.cell)


def _rows(intake: Intake, sheet: str) -> int:
    return intake.rows_read.get(sheet, 0)


def _counts(other: Intake, used: Intake, sheets: Iterable[str]) -> str:
    """The rows of both files, sheet by sheet."""
    told = ("、".join(f"{sheet}{_rows(intake, sheet)}行" for sheet in sheets) for intake in (other, used))
    return f"《{other.file}》{next(told)}，《{used.file}》（采用）{next(told)}"


def _keys(intake: Intake) -> set[tuple[str, ...]]:
    """What tells the rows of a return apart; not of 任务进展, whose rows every blank has."""
    r = intake.result
    assert r is not None
    found = {(PenaltyCase.sheet, case.key) for case in r.cases}
    found |= {(MajorCase.sheet, document_key(x.record.document_number or "")) for x in r.major_cases}
    found |= {(Reconsideration.sheet, document_key(x.record.decision_number or "")) for x in r.reconsiderations}
    found |= {(CaseFile.sheet, document_key(x.record.document_number or "")) for x in r.case_files}
    found |= {(Candidate.sheet, name_key(x.record.name or "")) for x in r.candidates}
    found |= {(OfficerCase.sheet, name_key(x.name) + document_key(x.decision_number)) for x in r.officer_cases}
    found |= {(Publicity.sheet, name_key(x.record.headline or "")) for x in r.publicity}
    found |= {(Training.sheet, name_key(x.record.topic or "")) for x in r.training}
    return {key for key in found if key[1]}
