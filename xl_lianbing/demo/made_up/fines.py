"""Fines in 万元 that look like fines and add up to about what was asked for."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal

_ODD_SHARE = 0.08


def _round(amount: float, chance: random.Random) -> Decimal:
    """Round figures mostly; some to the yuan, as fines that follow an invoice are."""
    if chance.random() < _ODD_SHARE:
        step = Decimal("0.0001")
    elif amount < 1:
        step = Decimal("0.05")
    elif amount < 10:
        step = Decimal("0.1")
    else:
        step = Decimal("0.5")
    steps = (Decimal(repr(amount)) / step).quantize(Decimal(1), ROUND_HALF_UP)
    return max(steps * step, Decimal("0.1"))


def fine_amounts(count: int, total: Decimal, chance: random.Random) -> list[Decimal]:
    """`count` fines (万元) of about `total` together."""
    raw = [chance.lognormvariate(0, 0.7) for _ in range(count)]
    scale = float(total) / sum(raw) if raw else 0.0
    return [_round(amount * scale, chance) for amount in raw]
