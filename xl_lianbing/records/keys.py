"""When two texts mean the same thing: document numbers, names and titles as typed by different people."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_OPENING, _CLOSING = "([{（［【〈《「『", ")]}）］】〉》」』"
_SPELLING = str.maketrans(dict.fromkeys(_OPENING, "〔") | dict.fromkeys(_CLOSING, "〕") | {"第": ""})


def squeeze(text: str) -> str:
    """Full-width forms unified (NFKC) and all white space removed."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=32_768)
def document_key(number: str) -> str:
    """Equal for spellings of one document number: 苏环罚〔2017〕1号, 苏环罚[2017]1号, 苏环罚（2017）第1号."""
    return squeeze(number).translate(_SPELLING).upper()


@lru_cache(maxsize=16_384)
def name_key(name: str) -> str:
    """Equal for spellings of one unit's or person's name, or of one title."""
    return squeeze(name).upper()
