"""The switches that a year has, and every combination of their readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from xl_lianbing.rules.pack import Switch
from xl_lianbing.rules.ruleset import Ruleset


def applying(rules: Ruleset, codes: Iterable[str] | None = None) -> list[Switch]:
    """The switches that the year has (all, or those of `codes`)."""
    wanted = None if codes is None else frozenset(codes)
    return [s for s in rules.pack.switches if s.applies and (wanted is None or s.code in wanted)]


def combinations(rules: Ruleset, codes: Iterable[str]) -> list[dict[str, str]]:
    """Every combination of the readings of some switches; the one in force is the first."""
    switches = applying(rules, codes)
    offered = [
        [rules.chosen(s.code), *(r for r in s.readings if r != rules.chosen(s.code))]  # in force first
        for s in switches
    ]
    return [dict(zip([s.code for s in switches], chosen, strict=True)) for chosen in product(*offered)]


def changed(readings: Mapping[str, str], rules: Ruleset) -> tuple[str, ...]:
    """The switches that stand otherwise than in force."""
    return tuple(code for code, reading in readings.items() if reading != rules.chosen(code))
