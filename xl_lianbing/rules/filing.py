"""B2.5, B2.7, B2.8: which cases count by how they were filed and published (T17-¶10, ¶11; L7–L10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import Filing, NotCounted, SubIndicator
from xl_lianbing.rules.names import Names
from xl_lianbing.rules.readings import DailyFine, DayCount, LateCase, Reading, Unpublished
from xl_lianbing.rules.ruleset import Ruleset

#: The switches that decide what a sub-indicator counts.
SWITCHES: Final[Mapping[SubIndicator, tuple[type[Reading], ...]]] = {
    SubIndicator.CASES: (Unpublished, DayCount, LateCase),
    SubIndicator.FINES: (DailyFine, Unpublished, DayCount, LateCase),
    SubIndicator.MAJOR: (),
}
#: How a case was filed, and whether its decision was published as the year demands.
Lot = tuple[Filing, bool]


@dataclass(slots=True)
class Tally:
    """Cases and their fines (万元, exact)."""

    cases: int = 0
    fines: Fraction = Fraction(0)

    def add(self, fine: Decimal | None) -> None:
        self.cases += 1
        self.fines += Fraction(fine or Decimal(0))


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts of a unit's cases; `unpublished`: whether an unpublished one is among those filed as they must be."""

    cases: int
    fines: Fraction
    unpublished: bool


def late(filing: Filing, rules: Ruleset) -> bool:
    """L9: working days are never more than calendar days."""
    by_calendar = rules.reading(DayCount) is DayCount.CALENDAR
    return filing is Filing.LATE or (filing is Filing.LATE_BY_CALENDAR and by_calendar)


def late_left_out(rules: Ruleset) -> bool:
    """L10."""
    return rules.reading(LateCase) is LateCase.LEFT_OUT


def filed(filing: Filing, rules: Ruleset) -> bool:
    """B2.8: whether a case filed like this may count."""
    return not (late_left_out(rules) and late(filing, rules))


def unpublished_left_out(rules: Ruleset) -> bool:
    """L8: the case; else the whole indicator is at stake."""
    return rules.reading(Unpublished) is Unpublished.CASE_LEFT_OUT


def left_out(lot: Lot, rules: Ruleset) -> NotCounted | None:
    """Why a case of that lot does not count; None: it counts."""
    filing, published = lot
    if not filed(filing, rules):
        return NotCounted.LATE
    return NotCounted.UNPUBLISHED if not published and unpublished_left_out(rules) else None


def counted(lots: Mapping[Lot, Tally], daily_fines: Fraction, rules: Ruleset) -> Counted:
    """The cases and fines (万元) that count; `daily_fines`: the amounts that L7 may add."""
    cases, fines, unpublished = 0, Fraction(0), False
    for lot, tally in lots.items():
        filing, published = lot
        unpublished |= not published and filed(filing, rules)
        if left_out(lot, rules) is None:
            cases += tally.cases
            fines += tally.fines
    if rules.reading(DailyFine) is DailyFine.COUNTS:
        fines += daily_fines
    return Counted(cases, fines, unpublished)


def officers_cases(filings: Mapping[Filing, int], rules: Ruleset) -> int:
    """C2: a candidate's cases, published or not."""
    return sum(number for filing, number in filings.items() if filed(filing, rules))


def unpublished_cases(lots: Mapping[Lot, Tally], rules: Ruleset) -> int:
    """B2.7: the cases that would count if they were published."""
    return sum(lots.get((filing, False), Tally()).cases for filing in Filing if filed(filing, rules))


def zero_reason(units: int, *, whole_city: bool) -> str:
    """B2.7 under the reading 指标零分: `units` of the territory have an unpublished decision."""
    return f"行政区域内{units}个单位有未公开的处罚决定" if whole_city else "有未公开的处罚决定"


def late_effect(rules: Ruleset) -> str:
    return "不计入" if late_left_out(rules) else "仍计入"


def unpublished_effect(rules: Ruleset) -> str:
    return "该案不计入" if unpublished_left_out(rules) else "查处案件指标记零分"


def filed_formula(cells: Sequence[str], names: Names) -> str:
    """What was filed in time and the late as far as it counts, on three cells, one a `Filing`."""
    on_time, by_calendar, late = cells
    some = f'IF({names.switch(DayCount)}="{DayCount.WORKING}",{by_calendar},0)'
    return f'{on_time}+IF({names.switch(LateCase)}="{LateCase.COUNTS}",{by_calendar}+{late},{some})'


def at_stake_formula(amount: str, names: Names) -> str:
    """The unpublished count as cases where the whole indicator is at stake."""
    return f'IF({names.switch(Unpublished)}="{Unpublished.INDICATOR_ZERO}",{amount},0)'


def daily_fines_formula(amount: str, names: Names) -> str:
    return f'IF({names.switch(DailyFine)}="{DailyFine.COUNTS}",{amount},0)'


def zero_reason_formula(units: str, names: Names, *, whole_city: bool) -> str:
    """`units`: an expression that counts the units with an unpublished decision."""
    told = f'"行政区域内"&{units}&"个单位有未公开的处罚决定"' if whole_city else '"有未公开的处罚决定"'
    return f'IF(AND({names.switch(Unpublished)}="{Unpublished.INDICATOR_ZERO}",{units}>0),{told},"")'


def every_lot() -> list[Lot]:
    """The published first."""
    return [(filing, published) for published in (True, False) for filing in Filing]
