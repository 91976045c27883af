"""Amounts that scoring adds up and that look as if their unit were not 万元 (B2.5): asked about, nothing is converted.

Both sheets together: the amount of a 按日连续处罚 counts as the fines do (L7), and the fines say what is usual.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any, Final

from xl_lianbing.findings import Kind
from xl_lianbing.findings import reading as c
from xl_lianbing.findings.gather import Collector
from xl_lianbing.glossary import MajorKind
from xl_lianbing.intake.checks.between import Places
from xl_lianbing.records.column import Record
from xl_lianbing.records.lines import CaseFact, Line
from xl_lianbing.records.returns import MajorCase, PenaltyCase

#: 万元. Two million 元 is above what the laws of those years let a district ask for in all but a few cases, and two
#: hundred is about the least that is ever fined: an amount in 元 is not below it.
FLOOR: Final = Decimal(200)
#: 万元. What a fine without others to compare with must reach to be asked about, and every 按日连续处罚: so much a day
#: for many days comes to some hundreds.
ALONE: Final = Decimal(1000)
#: An amount in 元 is 10 000 times too big; a hundred times the usual fine leaves room for fines that differ.
FACTOR: Final = 100
#: A small fine in 元 is not so far from the others; then it must stand apart from the largest of them too.
APART_FACTOR: Final = 40
APART: Final = 5
#: With fewer amounts nothing is usual.
FEW: Final = 3
#: 万元 (50 元): the most that may be fined on the spot; less is an amount in 万元 that was divided once more.
LEAST: Final = Decimal("0.005")

Rows = Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class Amounts:
    """Tells of the amounts of one return."""

    places: Places
    collector: Collector

    def check(self, cases: Sequence[CaseFact], major_cases: Sequence[Line[MajorCase]]) -> None:
        fines = _fines(cases)
        daily = {
            line.row: line.record.amount
            for line in major_cases
            if line.record.kind is MajorKind.DAILY_PENALTY and line.record.amount
        }
        for row, compared in _fines_in_yuan(fines):
            self._in_yuan(PenaltyCase, "fine", row, fines[row], compared)
        for row, compared in _daily_in_yuan(daily, fines):
            self._in_yuan(MajorCase, "amount", row, daily[row], compared)
        self._too_small(PenaltyCase, "fine", fines)
        self._too_small(MajorCase, "amount", daily)

    def _in_yuan(self, record: type[Record], name: str, row: int, amount: Decimal, compared: str) -> None:
        words = {"amount": plain(amount), "compared": compared, "meant": plain(amount / 10000)}
        self._add(c.LOOKS_LIKE_YUAN, record, name, row, plain(amount), **words)

    def _too_small(self, record: type[Record], name: str, amounts: Rows) -> None:
        for row, amount in amounts.items():
            if amount < LEAST:
                words = {"amount": plain(amount), "yuan": plain(amount * 10000)}
                self._add(c.FINE_TOO_SMALL, record, name, row, plain(amount), **words)

    def _add(self, kind: Kind, record: type[Record], name: str, row: int, shown: str, /, **words: Any) -> None:
        sheet, cell = self.places.cell(record, name, row)
        self.collector.add(kind, sheet, cell, shown, group=record.columns()[name].header, **words)


def _fines(cases: Sequence[CaseFact]) -> dict[int, Decimal]:
    """The fines by row; a number typed twice counts once (B2.10)."""
    seen: set[str] = set()
    found: dict[int, Decimal] = {}
    for case in cases:
        if case.key in seen:
            continue
        if case.key:
            seen.add(case.key)
        if case.fine:
            found[case.row] = case.fine
    return found


def _fines_in_yuan(fines: Rows) -> Iterator[tuple[int, str]]:
    """The rows whose fine looks like 元, with what it was compared to."""
    large = {row: fine for row, fine in fines.items() if fine >= FLOOR}
    if not large:
        return
    usual = [fine for fine in fines.values() if fine < FLOOR]
    middle_of_all = median(fines.values())
    if not usual:
        least = FLOOR if len(fines) >= FEW else ALONE
        yield from ((row, "其他案件也都这么大") for row, fine in large.items() if fine >= least)
    elif len(fines) >= FEW and middle_of_all >= FLOOR:
        yield from ((row, f"本表罚款的中位数是{plain(middle_of_all)}万元") for row in large)
    else:
        middle, most = median(usual), max(usual)
        apart = max(APART_FACTOR * middle, APART * most) if len(usual) >= FEW else FACTOR * middle
        least = min(FACTOR * middle, apart)
        yield from ((row, f"其他案件的中位数是{plain(middle)}万元") for row, fine in large.items() if fine >= least)


def _daily_in_yuan(daily: Rows, fines: Rows) -> Iterator[tuple[int, str]]:
    """The same of 按日连续处罚, which are large by nature."""
    large = {row: amount for row, amount in daily.items() if amount >= ALONE}
    usual = [fine for fine in fines.values() if fine < FLOOR] or [a for a in daily.values() if a < ALONE]
    if not large:
        return
    middle = median(usual) if usual else None
    told = "同类案件也都这么大" if middle is None else f"本单位罚款的中位数是{plain(middle)}万元"
    yield from ((row, told) for row, amount in large.items() if middle is None or amount >= FACTOR * middle)


def plain(amount: Decimal) -> str:
    """An amount without needless zeros."""
    return f"{amount.normalize():f}"
