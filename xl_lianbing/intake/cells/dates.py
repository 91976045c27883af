"""Dates as people type them where Excel did not take them for dates."""

from __future__ import annotations

import re
from datetime import date, timedelta

from xl_lianbing.intake.door.facts import DAY_0
from xl_lianbing.records.documents import unified

#: 1954-10-03 … 2119-01-10: numbers outside are no serial dates of our time.
_SERIALS = range(20_000, 80_000)

_TIME = r"(?:[T\s]*\d{1,2}\s*[:时]\s*\d{1,2}\s*分?(?:\s*:?\s*\d{1,2}(?:\.\d+)?\s*秒?)?\s*Z?|\s*\d{1,2}\s*时)?"
_PARTS = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?" + _TIME + r"\s*\.?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.0*)?")
_CHINESE = re.compile(r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日")

_DASHES = str.maketrans({"—": "-", "–": "-", "−": "-", "‐": "-", "、": "-", "。": ".", "·": ".", "\\": "/", "•": "."})
_FIGURES = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _small(text: str) -> int:
    """一 … 三十一."""
    tens, ten, ones = text.rpartition("十")
    return (_FIGURES.get(tens, 1) * 10 if ten else 0) + (_FIGURES.get(ones, 0) if ones else 0)


def date_of_text(text: str, day_0: date = DAY_0) -> date | None:
    """The day a text names (2017年8月1日, 2017.8.1, 20170801, 二〇一七年八月一日, also with a time), else None.

    Two-figure years, days without a year and the order day-month-year are guesses: they are not understood.
    """
    plain = unified(text).translate(_DASHES).strip()
    if found := _PARTS.fullmatch(plain) or _DIGITS.fullmatch(plain):
        return _day(*map(int, found.groups()))
    if _SERIAL.fullmatch(plain):
        return date_of_number(float(plain), day_0)
    if found := _CHINESE.fullmatch("".join(text.split())):
        year, month, day = found.groups()
        return _day(int("".join(str(_FIGURES[c]) for c in year)), _small(month), _small(day))
    return None


def date_of_number(number: float, day_0: date = DAY_0) -> date | None:
    """The day of an unformatted number: an Excel serial, or 20170801; None if it is neither.

    `day_0`: the day from which the workbook counts.
    """
    if not abs(number) < 1e9:
        return None
    whole = int(number)
    if (serial := whole + (day_0 - DAY_0).days) in _SERIALS:
        return DAY_0 + timedelta(days=serial)
    if number == whole and (found := _DIGITS.fullmatch(str(whole))):
        return _day(*map(int, found.groups()))
    return None
