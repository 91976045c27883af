"""The styles part of a workbook: styles added, the fill of a mark put over a cell's own and taken off again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from xl_lianbing.excel.ooxml.xml import MAIN, PackageSyntaxError, main_tag, parsed
from xl_lianbing.glossary import Severity

#: The colours of marks. No palette offers them, so that a cell with one is known for a marked one.
MARK_COLOURS: Final[Mapping[Severity, str]] = {Severity.BLOCKING: "FFFFC6CB", Severity.WARNING: "FFFFE4BA"}

_FILL_PARTS = frozenset(map(main_tag, ("fill", "patternFill", "fgColor", "bgColor", "gradientFill", "stop", "color")))
_PLAIN_VALUE = re.compile(r"[\w.+-]*")


class StyleSheet:
    """A styles part that is added to; nothing in it is ever renumbered."""

    def __init__(self, root: etree._Element) -> None:
        if root.tag != main_tag("styleSheet"):
            raise PackageSyntaxError("no styles of the transitional kind")
        self._root = root
        for name in ("fonts", "fills", "borders", "cellXfs"):
            self._list(name)
        self._marks = {colour.upper() for colour in MARK_COLOURS.values()}
        self._made: dict[tuple[int, Severity], int] = {}
        self._restored: dict[tuple[int, str], int] = {}
        #: The styles that had the colour of a mark when the file came.
        self.marked_before = self._marked_styles()

    def _list(self, name: str) -> etree._Element:
        found = self._root.find(main_tag(name))
        if found is None:
            raise PackageSyntaxError(f"the styles have no {name}")
        return found

    def _place(self, name: str, element: etree._Element) -> int:
        """The index of an equal element of a list; it is added if there is none."""
        owner = self._list(name)
        text = _canonical(element)
        for index, other in enumerate(owner):
            if _canonical(other) == text:
                return index
        owner.append(element)
        owner.set("count", str(len(owner)))
        return len(owner) - 1

    def _xf(self, style: int) -> etree._Element:
        styles = self._list("cellXfs")
        if not 0 <= style < len(styles):
            raise PackageSyntaxError(f"no style {style}")
        return styles[style]

    def _fill(self, style: int) -> etree._Element | None:
        fills = self._list("fills")
        index = int(self._xf(style).get("fillId", "0"))
        return fills[index] if 0 < index < len(fills) else None

    def _marked_styles(self) -> frozenset[int]:
        fills = {i for i, fill in enumerate(self._list("fills")) if self._is_mark(fill)}
        styles = enumerate(self._list("cellXfs"))
        return frozenset(i for i, xf in styles if int(xf.get("fillId", "0")) in fills) if fills else frozenset()

    def _is_mark(self, fill: etree._Element) -> bool:
        colour = fill.find(f"{main_tag('patternFill')}/{main_tag('fgColor')}")
        return colour is not None and colour.get("rgb", "").upper() in self._marks

    def marked(self, style: int, severity: Severity) -> int:
        """The style with the fill of a mark in place of its own."""
        if (style, severity) not in self._made:
            self._made[style, severity] = self._refilled(style, solid(MARK_COLOURS[severity]))
        return self._made[style, severity]

    def unmarked(self, style: int, fill: str = "") -> int:
        """The style with the fill that it had (as `fill_text` gave it; empty or nonsense: none)."""
        if (style, fill) not in self._restored:
            self._restored[style, fill] = self._refilled(style, _read_fill(fill))
        return self._restored[style, fill]

    def _refilled(self, style: int, fill: etree._Element | None) -> int:
        xf = deepcopy(self._xf(style))
        xf.attrib.pop("applyFill", None)
        xf.set("fillId", str(self._place("fills", fill)) if fill is not None else "0")
        if fill is not None:
            xf.set("applyFill", "1")
        return self._place("cellXfs", xf)

    def fill_text(self, style: int) -> str:
        """The fill of a style as text to be kept; empty: none."""
        fill = self._fill(style)
        return _canonical(fill) if fill is not None else ""

    def add(self, font: str, fill: str, border: str, alignment: str, more: Mapping[str, str]) -> int:
        """A style of our own from pieces of XML without namespace. Returns its number."""
        pieces = {
            "fontId": self._place("fonts", _piece(font)),
            "fillId": self._place("fills", _piece(fill)) if fill else 0,
            "borderId": self._place("borders", _piece(border)),
        }
        flags = {"applyFont": "1", "applyFill": "1", "applyBorder": "1", "applyAlignment": "1"}
        xf = etree.Element(main_tag("xf"), {"numFmtId": "0", **{k: str(v) for k, v in pieces.items()}, "xfId": "0"})
        for name, value in (flags | dict(more)).items():
            xf.set(name, value)
        xf.append(_piece(alignment))
        return self._place("cellXfs", xf)


def solid(colour: str) -> etree._Element:
    return _piece(
        f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor indexed="64"/></patternFill></fill>'
    )


def _piece(xml: str) -> etree._Element:
    """A fragment of ours in the namespace of spreadsheets."""
    name = re.match(r"<(\w+)", xml)
    assert name is not None
    return etree.fromstring(xml.replace(f"<{name[1]}", f'<{name[1]} xmlns="{MAIN}"', 1))


def _canonical(element: etree._Element) -> str:
    """Equal for elements that say the same, however they are written; of plain elements it is their XML."""
    name = etree.QName(element)
    attributes = "".join(f" {key}={quoteattr(value)}" for key, value in sorted(element.attrib.items()))
    inner = "".join(_canonical(child) for child in element if isinstance(child.tag, str))
    return f"<{name.localname} xmlns={quoteattr(name.namespace or '')}{attributes}>{inner}</{name.localname}>"


def _read_fill(text: str) -> etree._Element | None:
    """A kept fill; it comes from a file that anybody may have changed, so only what a fill can say is taken."""
    if not text or len(text) > 4000:
        return None
    try:
        fill = parsed(text.encode())
    except (PackageSyntaxError, ValueError):
        return None
    parts: Sequence[etree._Element] = list(fill.iter())
    plain = all(
        p.tag in _FILL_PARTS and not (p.text or "").strip() and all(map(_PLAIN_VALUE.fullmatch, p.attrib.values()))
        for p in parts
    )
    return fill if plain and fill.tag == main_tag("fill") else None
