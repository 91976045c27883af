"""催报: who has not sent a return for the period, and who sent late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xl_lianbing.dispatch.issue import Issue
from xl_lianbing.intake.returned.receipts import Receipt
from xl_lianbing.records.inputs import RosterUnit


@dataclass(frozen=True, slots=True)
class Urged:
    """A unit to be reminded, why, and whom to ask there ('' where the roster says nothing)."""

    unit: str
    why: str
    liaison: str
    email: str

    @property
    def told(self) -> str:
        asked = "，".join(part for part in (self.liaison, self.email) if part)
        return f"{self.unit}：{self.why}（{asked}）" if asked else f"{self.unit}：{self.why}"


def urged(issue: Issue, receipts: Sequence[Receipt], roster: Sequence[RosterUnit]) -> Iterator[Urged]:
    """In the order of the issue: who is 未报, and whose return came after the deadline of returns."""
    contacts = {unit.unit: (unit.liaison or "", unit.email or "") for unit in roster}
    late = {receipt.unit for receipt in receipts if receipt.late}
    for line in issue.lines:
        why = line.silent or ("迟报" if line.unit in late else "")
        if why:
            yield Urged(line.unit, why, *contacts.get(line.unit, ("", "")))
