"""Dates of a row: in their window (A3), not ahead of the day of filling, in their order. One cause, one finding."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from datetime import date

from xl_lianbing.findings import reading as c
from xl_lianbing.glossary import CORRECTIONS
from xl_lianbing.intake.checks.scene import Scene
from xl_lianbing.intake.tables.table import RowBlock
from xl_lianbing.records.column import CellType, Record
from xl_lianbing.records.returns import CaseFile, PenaltyCase, Reconsideration
from xl_lianbing.rules.pack import RulePack

#: Pairs of dates of which the second can't come before the first.
ORDERED: Mapping[type[Record], tuple[tuple[str, str], ...]] = {
    PenaltyCase: (
        ("filed_case_on", "decided_on"),
        ("decided_on", "closed_on"),
        ("decided_on", "entered_on"),
        ("decided_on", "published_on"),
        ("closed_on", "closing_entered_on"),
    ),
    Reconsideration: (("applied_on", "decided_on"),),
}
#: Dates that may well lie ahead.
AHEAD = frozenset({"certificate_expiry", "due"})

#: Place in the block → the fields concerned.
_Marks = dict[int, list[str]]


def day_fields(record: type[Record], pack: RulePack) -> list[str]:
    """The dates of a record that the year asks for and that can't lie ahead of the day on which it was filled in."""
    return [
        name
        for name, column in record.columns().items()
        if column.type is CellType.DATE and name not in AHEAD and pack.has(column.feature)
    ]


def latest_day(filled_on: date | None, today: date) -> tuple[date, str]:
    """Up to which day things can have happened, and what that day is called."""
    return (filled_on, "填报日期") if filled_on is not None and filled_on <= today else (today, "今天")


def day_checks(scene: Scene) -> Callable[[RowBlock], None]:
    """A date outside its window says so once; one ahead is not also out of order; one typing error is one finding."""
    fields = day_fields(scene.record, scene.rules.pack)
    # whether a file takes part is told by scoring, with its other faults (B1.2)
    field, name = ("", "") if scene.record is CaseFile else scene.record.windowed() or ("", "")
    window = scene.rules.window(name) if name else None
    limit, called = latest_day(scene.filled_on, scene.today)

    def check(block: RowBlock) -> None:
        outside: dict[int, date] = {}
        if window is not None:
            start, end = window.start, window.end
            outside = {i: day for i, day in _days(block, field) if not start <= day <= end}
            if scene.record is Reconsideration:
                results = block.columns["result"]
                outside = {i: day for i, day in outside.items() if results[i] in CORRECTIONS}
            for i, day in outside.items():
                words = {"header": scene.title(field), "start": start, "end": end}
                scene.add(c.OUTSIDE_WINDOW, field, block.numbers[i], day, **words)
        gone_by = {i for i, day in outside.items() if day <= limit}
        ahead: _Marks = {}
        for each in fields:
            for i, day in _days(block, each):
                if day > limit and (i not in outside or (i in gone_by and each != field)):
                    ahead.setdefault(i, []).append(each)
        for i, marked in ahead.items():
            _report_ahead(scene, block, i, marked, limit, called)
        for i, pairs in _reversed(scene.record, fields, block).items():
            doubted = {*ahead.get(i, ()), *((field,) if i in outside else ())}
            _report_reversed(scene, block, i, [pair for pair in pairs if doubted.isdisjoint(pair)])

    return check


def _days(block: RowBlock, field: str) -> Iterable[tuple[int, date]]:
    return ((i, day) for i, day in enumerate(block.columns[field]) if isinstance(day, date))


def _report_ahead(scene: Scene, block: RowBlock, place: int, fields: list[str], limit: date, called: str) -> None:
    header = "”“".join(scene.title(name) for name in fields)
    day = block.columns[fields[0]][place]
    scene.add(c.IN_FUTURE, fields[0], block.numbers[place], day, header=header, than=called, limit=limit)


def _reversed(record: type[Record], fields: Container[str], block: RowBlock) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    for earlier, later in ORDERED.get(record, ()):
        if earlier not in fields or later not in fields:
            continue
        for i, (first, second) in enumerate(zip(block.columns[earlier], block.columns[later], strict=True)):
            if isinstance(first, date) and isinstance(second, date) and second < first:
                found.setdefault(i, []).append((earlier, later))
    return found


def _report_reversed(scene: Scene, block: RowBlock, place: int, pairs: list[tuple[str, str]]) -> None:
    """Several pairs that are out of order after the same date are one finding at that date."""
    by_first: dict[str, list[str]] = {}
    for earlier, later in pairs:
        by_first.setdefault(earlier, []).append(later)
    row = block.numbers[place]
    for earlier, laters in by_first.items():
        at = laters[0] if len(laters) == 1 else earlier
        words = {
            "later": "”“".join(scene.title(later) for later in laters),
            "earlier": scene.title(earlier),
            "other": block.columns[earlier][place],
        }
        scene.add(c.DATES_REVERSED, at, row, block.columns[at][place], **words)
