"""Numbers as people read them."""

from __future__ import annotations

from xl_lianbing.exact import Fraction
from xl_lianbing.rules.kinds import half_up


def shown(points: Fraction) -> str:
    """Points with 2 decimals, half up (B10): only for show."""
    return str(half_up(points, 2))
