"""进度比 and 状态 of a unit at the end of a period (D1.1, D2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from xl_lianbing.dispatch.figures import Gathered
from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import PaceState, ReceiptState, SubIndicator
from xl_lianbing.intake.returned.receipts import Receipt
from xl_lianbing.records.lines import UnitReturn
from xl_lianbing.rules import shares
from xl_lianbing.rules.baseline import SUB_INDICATORS
from xl_lianbing.rules.periods import share_of_days
from xl_lianbing.rules.readings import UnknownTotal
from xl_lianbing.scoring.roster import Unit
from xl_lianbing.scoring.score import Scores

SLOW_BELOW: Final = "dispatch.pace"
STAND_IN: Final = "全省总数没有录入，暂以参评单位截至当日的案件合计乘基准比例作基准，不按天数折算（待确认）"
NO_BASELINE: Final = "没有全省总数，不能计算进度比"
NO_ENTERPRISES: Final = "没有重点单位数，不能计算进度比"
NO_CASES_YET: Final = "各单位截至当日都没有案件，不能计算进度比"


@dataclass(frozen=True, slots=True)
class Pace:
    """`expected`: the cases that were due by the day; `ratio` = cases ÷ these; both None where `why` says why."""

    expected: Fraction | None
    ratio: Fraction | None
    why: str = ""


def paces(scores: Scores, gathered: Gathered, end: date) -> dict[str, Pace]:
    """Of each unit, a city's by its whole territory."""
    total = scores.totals[SUB_INDICATORS[SubIndicator.CASES].total]
    gone, days = share_of_days(end, scores.rules)

    stand_in = stands_in(scores)

    def pace(unit: Unit) -> Pace:
        points = scores.case_points[unit.name]
        if total.typed is None and not stand_in:
            return Pace(None, None, NO_BASELINE)
        if points.share is None:
            return Pace(None, None, NO_BASELINE if points.figures.key_enterprises else NO_ENTERPRISES)
        if stand_in:
            expected = shares.baseline(Fraction(gathered.whole.cases), points.share)
        else:
            line = shares.baseline(total.used, points.share)
            expected = line * Fraction(gone, days) if line else None
        if not expected:
            return Pace(None, None, NO_CASES_YET if stand_in else NO_BASELINE)
        return Pace(expected, Fraction(gathered.shown[unit.name].cases) / expected)

    return {unit.name: pace(unit) for unit in scores.roster.units}


def stands_in(scores: Scores) -> bool:
    """Whether the sum over the units stands in for the province's cases (L4)."""
    total = scores.totals[SUB_INDICATORS[SubIndicator.CASES].total]
    return total.typed is None and scores.rules.reading(UnknownTotal) is UnknownTotal.STAND_IN


def silent(unit: str, returns: Mapping[str, UnitReturn], receipts: Mapping[str, Receipt], first_day: date) -> str:
    """Why a unit counts as 未报 in a period that began on that day; '' if it reported. An empty 填报日期 is the file's
    time."""
    if unit not in returns:
        return "没有可用的填报表"
    filled, receipt = returns[unit].info.filled_on, receipts.get(unit)
    if filled is None and receipt is not None and receipt.received is not None:
        filled = receipt.received.date()
    if filled is not None and filled < first_day:
        return f"填报表是{filled}填报的，本期没有报送"
    return ""


def state(why_silent: str, pace: Pace, scores: Scores) -> PaceState:
    """D2: slow below the pack's value; exactly at it is not below."""
    if why_silent:
        return PaceState.SILENT
    if pace.ratio is not None and pace.ratio < scores.rules.exact(SLOW_BELOW):
        return PaceState.SLOW
    return PaceState.NORMAL


def receipts_in_use(receipts: Sequence[Receipt]) -> dict[str, Receipt]:
    """By unit."""
    return {r.unit: r for r in receipts if r.state is ReceiptState.RECEIVED}
