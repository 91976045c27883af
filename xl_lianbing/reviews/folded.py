"""A text without blanks and with full-width signs unified, that knows where each sign stood: what is found in it is
found in the original, blanks inside or not."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from typing import Final

#: Brackets of document numbers, as the shapes of one sign.
_SAME: Final = str.maketrans("［］【】〖〗", "〔〕〔〕〔〕")
_INVISIBLE: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")


class Folded:
    """`text`: the original; `flat`: without blanks and line breaks; `lines`: with line breaks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._flat: list[str] = []
        self._flat_at: list[int] = []
        self._lines: list[str] = []
        self._lines_at: list[int] = []
        for place, sign in enumerate(text):
            if sign in "\r\n":
                self._lines.append("\n")
                self._lines_at.append(place)
                continue
            if sign.isspace() or sign in _INVISIBLE:
                continue
            for folded in unicodedata.normalize("NFKC", sign.translate(_SAME)):
                if folded.isspace():
                    continue
                self._flat.append(folded)
                self._flat_at.append(place)
                self._lines.append(folded)
                self._lines_at.append(place)

    @cached_property
    def flat(self) -> str:
        return "".join(self._flat)

    @cached_property
    def lines(self) -> str:
        return "".join(self._lines)

    def of_flat(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original for a span of `flat`."""
        return self._flat_at[start], self._flat_at[end - 1] + 1

    def of_lines(self, start: int, end: int) -> tuple[int, int]:
        return self._lines_at[start], self._lines_at[end - 1] + 1


def folded(text: str) -> str:
    return Folded(text).flat
