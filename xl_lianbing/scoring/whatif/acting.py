"""Which part of a total a value of the pack acts on, by the keys that the rules themselves read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import Final

from xl_lianbing.glossary import AdjustmentKind
from xl_lianbing.rules import baseline, deeds, files, limits, shares
from xl_lianbing.rules.loss import OFFICER_CASES, OFFICER_VOTES, SATISFACTION


class Part(Enum):
    FILES = auto()
    CASES = auto()
    VOTES = auto()
    ADJUSTMENTS = auto()
    OFFICERS = auto()


_SUBS = baseline.SUB_INDICATORS.values()
_REVIEWS = (files.REVIEW_FULL, files.WEIGHT)
_KEYS: Final[Mapping[Part, frozenset[str]]] = {
    Part.FILES: frozenset({files.QUALITY, *_REVIEWS}),
    Part.CASES: frozenset(
        {key for sub in _SUBS for key in (sub.total, sub.full)}
        | {baseline.UPPER, baseline.LOWER, shares.KEY_ENTERPRISES}
    ),
    Part.VOTES: frozenset(SATISFACTION.keys),
    Part.ADJUSTMENTS: frozenset(key for kind in AdjustmentKind for key in limits.keys(kind)),
    Part.OFFICERS: frozenset(
        {*OFFICER_CASES.keys, *OFFICER_VOTES.keys, files.OFFICER_FILE, *_REVIEWS, deeds.ITEM_FULL, deeds.FULL}
    ),
}


def acts_on(key: str) -> frozenset[Part]:
    """The parts of a total that a value acts on; none: no score reads it."""
    return frozenset(part for part, keys in _KEYS.items() if key in keys)
