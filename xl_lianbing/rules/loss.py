"""B3, C2, C3: full mark for the most; the others lose so much for each 1% below (N16-¶092, ¶122, ¶135; L11)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil, floor
from typing import Final

from xl_lianbing.exact import Fraction, in_full
from xl_lianbing.glossary import Tier
from xl_lianbing.rules.names import EXACT_ENOUGH, Names
from xl_lianbing.rules.readings import DayCount, GapRounding, LateCase, MostAmong, Reading
from xl_lianbing.rules.ruleset import Ruleset

#: L11: what a gap in percent becomes.
ROUNDINGS: Final[Mapping[str, Callable[[Fraction], Fraction]]] = {
    GapRounding.PROPORTIONAL: lambda gap: gap,
    GapRounding.DOWN: lambda gap: Fraction(floor(gap)),
    GapRounding.UP: lambda gap: Fraction(ceil(gap)),
}


def gap_percent(value: Fraction, most: Fraction) -> Fraction:
    """How far `value` lies below `most`, in percent of `most`.

    Raises ValueError if `most` is not above 0 or is less than `value`.
    """
    if most <= 0 or value > most:
        raise ValueError(f"gap_percent needs 0 < most and value <= most: {value}, {most}")
    return (most - value) / most * 100


def loss_per_percent(
    value: Fraction, most: Fraction, full: Fraction, loss: Fraction, lowest: Fraction, rounding: str
) -> Fraction:
    """`full` for the most, `loss` less for each 1% below, at least `lowest`.

    Raises ValueError if `most` is not above 0 or is less than `value`.
    """
    return max(lowest, full - ROUNDINGS[rounding](gap_percent(value, most)) * loss)


@dataclass(frozen=True, slots=True)
class Loss:
    """One use of the rule: the keys of its full mark, of what 1% costs and of the lowest points, and the switches that
    act on it or on what it counts."""

    full: str
    per_percent: str
    lowest: str
    switches: tuple[type[Reading], ...]

    @property
    def keys(self) -> tuple[str, str, str]:
        return self.full, self.per_percent, self.lowest

    def points(self, own: int, most: int, rules: Ruleset) -> Fraction:
        """0 where nobody has any."""
        if not most:
            return Fraction(0)
        full, loss, lowest = map(rules.exact, self.keys)
        return loss_per_percent(Fraction(own), Fraction(most), full, loss, lowest, rules.reading(GapRounding))

    def formula(self, gap: str, names: Names) -> str:
        """`gap`: the cell or expression of the gap in percent."""
        return f"MAX({names[self.lowest]},{names[self.full]}-{names[self.per_percent]}*{_rounded(gap, names)})"

    def told(self, own: int, most: int, rules: Ruleset) -> str:
        """`满分20−低的百分数×0.3，不低于0=9.98`, before it the gap left to whoever knows what is counted."""
        full, loss, lowest = (in_full(rules.exact(key)) for key in self.keys)
        return f"满分{full}−低的百分数×{loss}，不低于{lowest}={in_full(self.points(own, most, rules))}"

    def bends(self, key: str, own: int, most: int, rules: Ruleset) -> set[Fraction]:
        """The values of `key` at which `full − loss × gap` meets the lowest points."""
        if not most or key not in self.keys:
            return set()
        full, loss, lowest = map(rules.exact, self.keys)
        gap = ROUNDINGS[rules.reading(GapRounding)](gap_percent(Fraction(own), Fraction(most)))
        if key == self.full:
            return {lowest + loss * gap}
        if key == self.per_percent:
            return {(full - lowest) / gap} if gap else set()
        return {full - loss * gap}


SATISFACTION: Final = Loss("full.satisfaction", "satisfaction.loss", "satisfaction.floor", (GapRounding, MostAmong))
OFFICER_CASES: Final = Loss(
    "officer.full.cases", "officer.cases.loss", "officer.floor", (DayCount, LateCase, GapRounding)
)
OFFICER_VOTES: Final = Loss("officer.full.votes", "officer.votes.loss", "officer.floor", (GapRounding,))


def in_one_list(one: Tier, other: Tier, rules: Ruleset) -> bool:
    """L12: whether units of two tiers are measured by the same most votes."""
    return one is other or rules.reading(MostAmong) is MostAmong.EVERYBODY


def votes_of_tier_formula(votes: str, tier: str, column: Tier) -> str:
    """This row's votes in the column of one tier: a most among some rows is the most of a column of its own."""
    return f'IF({tier}="{column}",{votes},"")'


def most_formula(votes: str, by_tier: Mapping[Tier, str], tier: str, names: Names) -> str:
    """L12: the most votes, of the columns of all votes and of each tier's, and this row's tier."""
    in_tier = f'IF({tier}="{Tier.CITY}",MAX({by_tier[Tier.CITY]}),MAX({by_tier[Tier.COUNTY]}))'
    return f'IF({names.switch(MostAmong)}="{MostAmong.TIER}",{in_tier},MAX({votes}))'


def gap_formula(own: str, most: str) -> str:
    """The gap in percent, of cells or expressions; `most` is not 0."""
    return f"({most}-{own})/{most}*100"


def _rounded(gap: str, names: Names) -> str:
    l11, exact = names.switch(GapRounding), f"ROUND({gap},{EXACT_ENOUGH})"
    whole = f'IF({l11}="{GapRounding.DOWN}",INT({exact}),ROUNDUP({exact},0))'
    return f'IF({l11}="{GapRounding.PROPORTIONAL}",{gap},{whole})'
