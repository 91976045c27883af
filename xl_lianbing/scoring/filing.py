"""The seven-day clocks of the penalty case system (B2.8, L9)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from xl_lianbing.glossary import Filing as Filing
from xl_lianbing.records.lines import CaseFact
from xl_lianbing.rules.ruleset import Ruleset

WORKING_DAYS = "工作日"
CALENDAR_DAYS = "自然日"


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


def days_between(start: date, end: date, reading: str) -> int:
    """Days (or working days, L9) after `start` up to and with `end`; negative never."""
    span = max((end - start).days, 0)
    if reading != WORKING_DAYS:
        return span
    return sum(_is_working_day(start + timedelta(days=d)) for d in range(1, span + 1))


def lateness(case: CaseFact, rules: Ruleset, reading: str | None = None) -> str:
    """Which clock ran out, as a Chinese phrase; '' when both were kept, are not known, or the year has none (B2.8).

    `reading` of L9: the one in force if not given.
    """
    if not rules.has("filing"):
        return ""
    limit, reading = int(rules.number("filing.days")), reading or rules.reading("L9")
    phrases = []
    for what, start, end in (
        ("处罚决定下达", case.decided_on, case.entered_on),
        ("结案", case.closed_on, case.closing_entered_on),
    ):
        if start and end and (end - start).days > limit:
            days = days_between(start, end, reading)
            if days > limit:
                phrases.append(f"{what}后第{days}个{reading}才录入")
    return "，".join(phrases)


def filed(case: CaseFact, rules: Ruleset, late: str) -> Filing:
    """How a case was filed; `late` is what `lateness` says under the reading in force."""
    if rules.reading("L9") == WORKING_DAYS:
        if late:
            return Filing.LATE
        return Filing.LATE_BY_CALENDAR if lateness(case, rules, CALENDAR_DAYS) else Filing.ON_TIME
    if not late:
        return Filing.ON_TIME
    return Filing.LATE if lateness(case, rules, WORKING_DAYS) else Filing.LATE_BY_CALENDAR
