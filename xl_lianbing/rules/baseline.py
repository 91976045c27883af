"""B2.3, B2.4: points of a sub-indicator by its ratio to the baseline (N16-¶074, ¶078, ¶082; T17-¶05; L5, L6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from xl_lianbing.exact import Fraction, in_full
from xl_lianbing.glossary import SubIndicator
from xl_lianbing.rules import readings
from xl_lianbing.rules.names import Names
from xl_lianbing.rules.readings import AboveBaseline, BetweenTheLines, Reading
from xl_lianbing.rules.ruleset import Ruleset

UPPER, LOWER = "baseline.upper", "baseline.lower"
SWITCHES: Final = (BetweenTheLines, AboveBaseline)
#: The readings of L5 and L6 by what they mean: straight between the lines, or full above one of them.
STRAIGHT: Final[frozenset[Reading]] = frozenset({BetweenTheLines.LINEAR, AboveBaseline.LINEAR})
ABOVE_LOWER: Final[frozenset[Reading]] = frozenset({BetweenTheLines.ABOVE_LOWER, AboveBaseline.ABOVE_LOWER})
ABOVE_UPPER: Final[frozenset[Reading]] = frozenset({BetweenTheLines.STEP, AboveBaseline.ABOVE_UPPER})
READINGS: Final = STRAIGHT | ABOVE_LOWER | ABOVE_UPPER
#: Decimals to which formulas compare a ratio with a line.
_PLACES: Final = 12


def linear(value: Fraction, baseline: Fraction, full: Fraction, lower: Fraction, upper: Fraction) -> Fraction:
    """0 at `lower` × baseline, `full` at `upper` ×, held in 0…full.

    Raises ValueError if the baseline is not above 0 or `upper` is not above `lower`.
    """
    if baseline <= 0 or upper <= lower:
        raise ValueError(f"linear needs baseline > 0 and upper > lower: {baseline}, {upper}, {lower}")
    return max(Fraction(0), min(full, full * (value / baseline - lower) / (upper - lower)))


def step(value: Fraction, baseline: Fraction, full: Fraction, threshold: Fraction) -> Fraction:
    """`full` above `threshold` × baseline, else 0. "超过" is strict: on the line is 0.

    Raises ValueError if the baseline is not above 0.
    """
    if baseline <= 0:
        raise ValueError(f"step needs baseline > 0: {baseline}")
    return full if value > threshold * baseline else Fraction(0)


def by_reading(
    reading: str, value: Fraction, baseline: Fraction, full: Fraction, upper: Fraction, lower: Fraction
) -> Fraction:
    """The points as a reading of L5 or L6 has it. Raises ValueError as `linear` and `step` do, KeyError: no reading."""
    if reading in STRAIGHT:
        return linear(value, baseline, full, lower, upper)
    return step(value, baseline, full, {LOWER: lower, UPPER: upper}[_LINES[reading][0]])


@dataclass(frozen=True, slots=True)
class Baseline:
    """One sub-indicator: the keys of its provincial total (B2.2) and of its full mark."""

    total: str
    full: str

    def points(self, value: Fraction, baseline: Fraction | None, rules: Ruleset) -> Fraction:
        """0 where there is no baseline."""
        if not baseline:
            return Fraction(0)
        full, upper, lower = rules.exact(self.full), rules.exact(UPPER), rules.exact(LOWER)
        return by_reading(reading(rules), value, baseline, full, upper, lower)

    def formula(self, ratio: str, names: Names, rules: Ruleset) -> str:
        """`ratio`: the cell of value ÷ baseline; empty where there is none: then 0."""
        full, upper, lower = names[self.full], names[UPPER], names[LOWER]
        linear = f"MAX(0,MIN({full},{full}*({ratio}-{lower})/({upper}-{lower})))"
        above_lower, above_upper = (f"IF(ROUND({ratio},{_PLACES})>{line},{full},0)" for line in (lower, upper))
        chosen = names.switch_of(switch(rules))
        stepped = f'IF({chosen}="{_spelled(ABOVE_LOWER, rules)}",{above_lower},{above_upper})'
        return f'IF({ratio}="",0,IF({chosen}="{_spelled(STRAIGHT, rules)}",{linear},{stepped}))'

    def told(self, value: Fraction, baseline: Fraction, rules: Ruleset) -> str:
        """`满分15×(比值−0.5)÷(1.5−0.5)，限于0到满分=7.5`."""
        full, upper, lower = (in_full(rules.exact(key)) for key in (self.full, UPPER, LOWER))
        if reading(rules) in STRAIGHT:
            how = f"满分{full}×(比值−{lower})÷({upper}−{lower})，限于0到满分"
        else:
            line = lower if reading(rules) in ABOVE_LOWER else upper
            how = f"比值超过{line}得满分{full}，否则0分"
        return f"{how}={in_full(self.points(value, baseline, rules))}"

    def bends(self, key: str, ratio: Fraction, everybody: str, rules: Ruleset) -> set[Fraction]:
        """The values of `key` at which the points bend or jump; `everybody`: the key of all key enterprises (B2.1)."""
        lines = _LINES[reading(rules)]
        if key in (UPPER, LOWER):
            return {ratio} if key in lines else set()
        if key not in (self.total, everybody):
            return set()
        now = rules.exact(key)
        limits = {rules.exact(line) for line in lines} - {0}
        if key == everybody:  # the ratio grows with it
            return {now * limit / ratio for limit in limits} if ratio else set()
        return {now * ratio / limit for limit in limits}


#: The lines that a reading looks at.
_LINES: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(STRAIGHT, (UPPER, LOWER)),
    **dict.fromkeys(ABOVE_LOWER, (LOWER,)),
    **dict.fromkeys(ABOVE_UPPER, (UPPER,)),
}

#: The three sub-indicators (B2.5).
SUB_INDICATORS: Final[Mapping[SubIndicator, Baseline]] = {
    SubIndicator.CASES: Baseline("total.cases", "full.cases"),
    SubIndicator.FINES: Baseline("total.fines", "full.fines"),
    SubIndicator.MAJOR: Baseline("total.major", "full.major"),
}


def switch(rules: Ruleset) -> str:
    """The switch of the year: L5 or L6."""
    return rules.pack.indicator("cases").switch


def _spelled(meaning: frozenset[Reading], rules: Ruleset) -> Reading:
    """The reading of that meaning as the year's switch spells it."""
    return next(reading for reading in readings.SWITCHES[switch(rules)] if reading in meaning)


def reading(rules: Ruleset) -> Reading:
    return rules.chosen(switch(rules))


def pole(key: str, rules: Ruleset) -> Fraction | None:
    """Where the points go to infinity as `key` moves; None: they are straight in the value itself between bends."""
    if key in {sub.total for sub in SUB_INDICATORS.values()}:
        return Fraction(0)
    return {UPPER: rules.exact(LOWER), LOWER: rules.exact(UPPER)}.get(key)
