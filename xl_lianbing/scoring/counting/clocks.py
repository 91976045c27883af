"""The seven-day clocks of the penalty case system (B2.8, L9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from xl_lianbing.glossary import Filing
from xl_lianbing.records.lines import CaseFact
from xl_lianbing.rules.readings import DayCount
from xl_lianbing.rules.ruleset import Ruleset


class Clock(StrEnum):
    """From which day the days until filing are counted."""

    DECISION = "处罚决定下达"
    CLOSING = "结案"


@dataclass(frozen=True, slots=True)
class Lateness:
    """The clocks that ran out, with the days taken as the reading of L9 counts them; as a text what happened."""

    days: tuple[tuple[Clock, int], ...]
    reading: DayCount

    @property
    def decision(self) -> bool:
        """Whether it was the decision that was filed late."""
        return any(clock is Clock.DECISION for clock, _ in self.days)

    def __str__(self) -> str:
        return "，".join(f"{clock}后第{days}个{self.reading}才录入" for clock, days in self.days)


@lru_cache(maxsize=4096)
def _is_working_day(day: date) -> bool:
    from chinese_calendar import is_workday

    try:
        return bool(is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


@lru_cache(maxsize=64)
def holidays_known(year: int) -> bool:
    """Whether the calendar knows the public holidays of that year."""
    from chinese_calendar import is_workday

    try:
        is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def days_between(start: date, end: date, reading: DayCount) -> int:
    """Days (or working days, L9) after `start` up to and with `end`; negative never."""
    span = max((end - start).days, 0)
    if reading is not DayCount.WORKING:
        return span
    return sum(_is_working_day(start + timedelta(days=d)) for d in range(1, span + 1))


@dataclass(frozen=True, slots=True)
class Clocks:
    """The seven-day clocks of one campaign. `limit` None: the year has none."""

    limit: int | None
    reading: DayCount

    @classmethod
    def of(cls, rules: Ruleset) -> Clocks:
        limit = rules.whole("filing.days") if rules.has("filing") else None
        return cls(limit, rules.reading(DayCount))

    def late(self, case: CaseFact, reading: DayCount | None = None) -> Lateness | None:
        """Which clocks ran out; None when both were kept, or are not known (B2.8).

        `reading` of L9: the one in force if not given.
        """
        limit, reading = self.limit, reading or self.reading
        if limit is None:
            return None
        found = []
        for clock, start, end in (
            (Clock.DECISION, case.decided_on, case.entered_on),
            (Clock.CLOSING, case.closed_on, case.closing_entered_on),
        ):
            if start and end and (end - start).days > limit:
                days = days_between(start, end, reading)
                if days > limit:
                    found.append((clock, days))
        return Lateness(tuple(found), reading) if found else None

    def filing(self, case: CaseFact, late: Lateness | None) -> Filing:
        """How a case was filed; `late` is what `late` says under the reading in force."""
        if self.reading is DayCount.WORKING:
            if late:
                return Filing.LATE
            return Filing.LATE_BY_CALENDAR if self.late(case, DayCount.CALENDAR) else Filing.ON_TIME
        if not late:
            return Filing.ON_TIME
        return Filing.LATE if self.late(case, DayCount.WORKING) else Filing.LATE_BY_CALENDAR

    def may_be_late(self, case: CaseFact) -> bool:
        """Whether any clock ran longer than the days allowed, however they are counted."""
        start, end, closed, entered = case.decided_on, case.entered_on, case.closed_on, case.closing_entered_on
        limit = self.limit
        return limit is not None and bool(
            (start and end and (end - start).days > limit) or (closed and entered and (entered - closed).days > limit)
        )
