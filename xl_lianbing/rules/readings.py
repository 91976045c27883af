"""The readings of the spots where a text can be read in more than one way (L1–L12): the member says it in English, the
value is what stands in 规则."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Reading(StrEnum):
    """One way to read a spot; the first member of each enumeration is the default."""


class IneligibleFile(Reading):
    """L1: a file that may not take part (B1.2)."""

    SCORES_ZERO = "记零分"
    LEFT_OUT = "不计入平均"


class ReviewsTogether(Reading):
    """L2: the score of a file from its expert and its cross review (B1.3)."""

    SUM = "相加"
    MEAN = "平均"
    WEIGHTED = "加权"


class MissingFile(Reading):
    """L3: a file that was not handed in (B1.4)."""

    SCORES_ZERO = "缺卷记零"
    LEFT_OUT = "按实际份数"


class UnknownTotal(Reading):
    """L4: a provincial total that nobody has typed in (B2.2)."""

    STAND_IN = "参评单位合计代替"
    NOT_SCORED = "不计算"


class BetweenTheLines(Reading):
    """L5: the points between half and one and a half times the baseline (B2.3)."""

    LINEAR = "线性"
    STEP = "阶梯"
    ABOVE_LOWER = "超过0.5倍"


class AboveBaseline(Reading):
    """L6: what "above the baseline by 50%" is (B2.4)."""

    ABOVE_UPPER = "超过1.5倍"
    ABOVE_LOWER = "超过0.5倍"
    LINEAR = "线性"


class DailyFine(Reading):
    """L7: the amount of a 按日连续处罚 among the fines (B2.5)."""

    COUNTS = "计入"
    LEFT_OUT = "不计入"


class Unpublished(Reading):
    """L8: a decision that was not published (B2.7)."""

    CASE_LEFT_OUT = "该案不计"
    INDICATOR_ZERO = "指标零分"


class DayCount(Reading):
    """L9: the days of the filing clocks (B2.8)."""

    CALENDAR = "自然日"
    WORKING = "工作日"


class LateCase(Reading):
    """L10: a case that was filed late (B2.8)."""

    COUNTS = "计入"
    LEFT_OUT = "不计入"


class GapRounding(Reading):
    """L11: what a gap in percent becomes (B3, C2, C3)."""

    PROPORTIONAL = "按比例"
    DOWN = "整数向下"
    UP = "整数向上"


class MostAmong(Reading):
    """L12: among whom the most votes are looked for (B3)."""

    TIER = "同层级"
    EVERYBODY = "全部单位"


#: Code of a switch → its readings.
SWITCHES: Final[Mapping[str, type[Reading]]] = {
    "L1": IneligibleFile,
    "L2": ReviewsTogether,
    "L3": MissingFile,
    "L4": UnknownTotal,
    "L5": BetweenTheLines,
    "L6": AboveBaseline,
    "L7": DailyFine,
    "L8": Unpublished,
    "L9": DayCount,
    "L10": LateCase,
    "L11": GapRounding,
    "L12": MostAmong,
}
CODES: Final[Mapping[type[Reading], str]] = {kind: code for code, kind in SWITCHES.items()}


def codes(*kinds: type[Reading]) -> tuple[str, ...]:
    """The codes of some switches, each once, in the order of their numbers."""
    return tuple(code for code, kind in SWITCHES.items() if kind in kinds)


#: Code of a switch → what may stand in its cell of 规则; the first is the default.
SWITCH_READINGS: Final[Mapping[str, tuple[str, ...]]] = {
    code: tuple(str(reading) for reading in kind) for code, kind in SWITCHES.items()
}
