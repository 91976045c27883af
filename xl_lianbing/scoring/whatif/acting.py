"""Which part of a total a value of the pack acts on, by the keys that the rules themselves read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xl_lianbing.glossary import AdjustmentKind, UnitPart
from xl_lianbing.rules import baseline, deeds, files, limits, shares
from xl_lianbing.rules.loss import OFFICER_CASES, OFFICER_VOTES, SATISFACTION

#: Beside the parts of a unit's total: the points of the candidates.
OFFICERS: Final = "先进个人"

_SUBS = baseline.SUB_INDICATORS.values()
_REVIEWS = (files.REVIEW_FULL, files.WEIGHT)
_KEYS: Final[Mapping[str, frozenset[str]]] = {
    UnitPart.FILES: frozenset({files.QUALITY, *_REVIEWS}),
    UnitPart.CASES: frozenset(
        {key for sub in _SUBS for key in (sub.total, sub.full)}
        | {baseline.UPPER, baseline.LOWER, shares.KEY_ENTERPRISES}
    ),
    UnitPart.SATISFACTION: frozenset(SATISFACTION.keys),
    UnitPart.ADJUSTMENTS: frozenset(key for kind in AdjustmentKind for key in limits.keys(kind)),
    OFFICERS: frozenset(
        {*OFFICER_CASES.keys, *OFFICER_VOTES.keys, files.OFFICER_FILE, *_REVIEWS, deeds.ITEM_FULL, deeds.FULL}
    ),
}


def acts_on(key: str) -> frozenset[str]:
    """The parts of a total that a value acts on; none: no score reads it."""
    return frozenset(part for part, keys in _KEYS.items() if key in keys)
