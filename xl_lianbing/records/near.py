"""是不是“昆山市”: which of the known names a text that is none of them may have been meant for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from xl_lianbing.records.keys import name_key

#: So alike (headers: 决定时间, 决定日期), and so much more alike than any other name.
_ALIKE: Final = 0.6
_ALIKE_HEADER: Final = 0.5
_AHEAD: Final = 0.1
#: Signs of a header that is like too many.
_SHORT: Final = 2
#: Signs of a text that may be a name.
_LONGEST: Final = 60


def meant(text: str | None, names: Iterable[str | None]) -> str:
    """`（是不是“昆山市”？）` where one name alone is near, else ''."""
    found = nearest(text or "", tuple(filter(None, names)))
    return f"（是不是“{found}”？）" if found else ""


@lru_cache(maxsize=4096)
def nearest(text: str, names: tuple[str, ...], alike: float = _ALIKE) -> str:
    """The one name that is near; '' if there is none, or several are."""
    by_key = {name_key(name): name for name in reversed(names)}
    key = name_key(text)
    if not key or key in by_key or len(key) > _LONGEST:
        return ""
    found = sorted(((SequenceMatcher(None, key, other).ratio(), name) for other, name in by_key.items()), reverse=True)
    best, second = [*found, (0.0, ""), (0.0, "")][:2]
    return best[1] if best[0] >= alike and best[0] - second[0] >= _AHEAD else ""


def paired(texts: Iterable[str], names: Collection[str]) -> dict[str, str]:
    """Header as it stands → the one that it alone is near."""
    long = (text for text in texts if len(text) > _SHORT)
    found = {text: name for text in long if (name := nearest(text, tuple(names), _ALIKE_HEADER))}
    wanted = list(found.values())
    return {text: name for text, name in found.items() if wanted.count(name) == 1}
