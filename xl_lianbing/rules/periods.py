"""D1.1: the periods of a dispatch, by month or half month; each is cumulated from the first decision day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from xl_lianbing.rules.ruleset import Ruleset

_HALVES: Final = ((1, 15, "上"), (16, 31, "下"))
_WHOLE: Final = ((1, 31, ""),)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """`start`: its own first day; its figures begin with the first decision day."""

    end: date
    start: date
    name: str


def last_ended(day: date, rules: Ruleset) -> Period | None:
    """The period that ended last on or before a day; None while none has.

    A day before the activity asks for an earlier month; once the activity runs only its own periods count.
    """
    regular = rules.window("activity").start
    since = rules.window("decisions").start if day < regular else regular
    ended = [period for period in _periods(since, rules) if period.end <= day]
    return ended[-1] if ended else None


def next_to_end(day: date, rules: Ruleset) -> Period | None:
    """The first regular period that ends after a day; None once all have."""
    return next((period for period in regular_periods(rules) if period.end > day), None)


def regular_periods(rules: Ruleset) -> list[Period]:
    """Those of the activity."""
    return list(_periods(rules.window("activity").start, rules))


def _periods(since: date, rules: Ruleset) -> Iterator[Period]:
    window = rules.window("decisions")
    year, month = since.year, since.month
    while date(year, month, 1) <= window.end:
        days = monthrange(year, month)[1]
        for first, last, half in _HALVES if rules.whole("dispatch.per_month") == 2 else _WHOLE:
            start, end = date(year, month, first), date(year, month, min(last, days))
            if end >= since and start <= window.end:
                yield Period(min(end, window.end), max(start, since), f"{year}-{month:02d}{half}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def share_of_days(end: date, rules: Ruleset) -> tuple[int, int]:
    """Days gone of the window of decisions up to `end`, and all its days; both ends included."""
    window, day = rules.window("decisions"), timedelta(days=1)
    return (min(end, window.end) - window.start) // day + 1, (window.end - window.start) // day + 1
