"""B2.1, B2.2: a unit's share of the province, the totals in use, baselines (N16-¶067–081; T17-¶12; L4)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from xl_lianbing.exact import Fraction, in_full
from xl_lianbing.rules.names import Names
from xl_lianbing.rules.readings import UnknownTotal
from xl_lianbing.rules.ruleset import Ruleset

#: The key of the province's key enterprises (重点监控企业, 重点排污单位).
KEY_ENTERPRISES: Final = "total.key_enterprises"
SWITCHES: Final = (UnknownTotal,)


@dataclass(frozen=True, slots=True)
class Total:
    """A provincial total: what the bureau typed, the sum over the returns, and what is used (None: nothing)."""

    key: str
    item: str
    typed: Decimal | None
    summed: Fraction
    used: Fraction | None

    @classmethod
    def of(cls, key: str, summed: Fraction, rules: Ruleset) -> Total:
        used = rules.optional_exact(key)
        if used is None and rules.reading(UnknownTotal) is UnknownTotal.STAND_IN:
            used = summed
        return cls(key, rules.pack.by_key[key].item, rules.optional(key), summed, used or None)

    @property
    def stands_in(self) -> bool:
        return self.typed is None and self.used is not None

    @property
    def source(self) -> str:
        """Where the figure comes from, in a computation."""
        return "参评单位合计，待确认" if self.stands_in else "规则录入值"

    @property
    def told(self) -> str:
        """采用说明."""
        if self.stands_in:
            return "没有录入，暂用参评单位合计代替（待确认）"
        return "没有录入，不计算" if self.typed is None else "按“规则”表录入值"


def total_formula(typed: str, summed: str, names: Names) -> str:
    """The total in use, from the cells of what was typed and of the sum."""
    stand_in = f'IF({names.switch(UnknownTotal)}="{UnknownTotal.STAND_IN}",{summed},0)'
    return f"IF(ISNUMBER({typed}),{typed},{stand_in})"


def share(own: int, everybody: Fraction | None) -> Fraction | None:
    """B2.1: None without key enterprises or total, never a division by zero."""
    return Fraction(own) / everybody if own and everybody else None


def share_formula(own: str, everybody: str) -> str:
    return f"IF({everybody}>0,{own}/{everybody},0)"


def share_told(own: int, everybody: Total, share: Fraction | None) -> str:
    if share is None:
        return "没有重点单位数或没有全省总数，不能计算基准比例，各分项0分"
    return f"{own}÷{in_full(everybody.used)}（{everybody.item}，{everybody.source}）={in_full(share)}"


def baseline(total: Fraction | None, share: Fraction | None) -> Fraction | None:
    """B2.2."""
    return total * share if total and share else None


def baseline_told(total: Total, share: Fraction | None, value: Fraction, baseline: Fraction) -> str:
    """The baseline, and how many times it the value is."""
    return (
        f"基准值={total.item}{in_full(total.used)}（{total.source}）×{in_full(share)}={in_full(baseline)}；"
        f"比值={in_full(value)}÷{in_full(baseline)}={in_full(value / baseline)}"
    )
