"""Ranks and shortlists (B10): equal keys share a rank, a tie across the line is never cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from xl_lianbing.glossary import Selection
from xl_lianbing.rules.kinds import rank

__all__ = ["rank", "select"]


def select(keys: Sequence[Any | None], quota: int) -> list[Selection]:
    """What each competitor gets, the greatest key first. None = does not compete (passed over).

    Those whose rank lies within the quota are 入选, unless the group that shares their key crosses the line:
    then all of that group are 并列待定.
    """
    competing = sorted((k for k in keys if k is not None), reverse=True)
    first: dict[Any, int] = {}
    for place, key in enumerate(competing, 1):
        first.setdefault(key, place)
    sharing = Counter(competing)
    result = []
    for key in keys:
        if key is None or first[key] > quota:
            result.append(Selection.PASSED)
        elif first[key] + sharing[key] - 1 <= quota:
            result.append(Selection.SELECTED)
        else:
            result.append(Selection.TIED)
    return result
