"""Characters that nobody sees: controls, marks that turn the direction of text, blanks without width."""

from __future__ import annotations

import re
from typing import Final

_ODD: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d|\u200c"
)
#: The same in UTF-8, coarsely: no text without a hit has any of them.
_HINTS: Final = (
    re.compile(rb"\xe2(?:\x80[\x8b-\x8f\xaa-\xae]|\x81[\xa0-\xaf])"),
    re.compile(rb"\xc2[\x80-\x84\x86-\x9f]"),
    re.compile(rb"x(?<=_x)00"),
    re.compile(rb"#(?<=&#)"),
)
_BOM: Final = b"\xef\xbb\xbf"
_CONTROLS: Final = bytes({*range(0x20)} - {9, 10, 13}) + b"\x7f"


def may_be_odd(xml: bytes) -> bool:
    """Whether a part may hold such characters, written out or as references. Fast; True may be a false alarm."""
    return (
        any(hint.search(xml) for hint in _HINTS)
        or xml.find(_BOM, 3) >= 0
        or len(xml.translate(None, _CONTROLS)) != len(xml)
    )


def cleaned(text: str) -> str:
    """The text without them."""
    return _ODD.sub("", text) if _ODD.search(text) else text


def spelled_out(text: str) -> str:
    """The text with each of them shown as ‹U+202E›."""
    return _ODD.sub(lambda m: f"‹U+{ord(m[0]):04X}›", text)
