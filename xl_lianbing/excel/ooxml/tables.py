"""The part that describes a table of a sheet: which cells the table covers, and the part for other cells."""

from __future__ import annotations

import re

from xl_lianbing.addresses import Box, box_of, box_ref

_AUTO_FILTER = re.compile(
    r"""<((?:[\w.-]+:)?)autoFilter(\s[^<>]*?)?(?:/>|>.*?</\1autoFilter\s*>)""",
    re.DOTALL,
)
_SORT_STATE = re.compile(
    r"""<((?:[\w.-]+:)?)sortState(?:\s[^<>]*?)?(?:/>|>.*?</\1sortState\s*>)""",
    re.DOTALL,
)
_TABLE_TAG = re.compile(r"<(?:[\w.-]+:)?table\s[^<>]*>")
_REF = re.compile(r"""(\sref\s*=\s*)(?:"([^"]*)"|'([^']*)')""")
_TOTALS_ROW = re.compile(r"""\stotalsRowCount\s*=\s*(?:"[^"]*"|'[^']*')""")


def table_area(table_xml: bytes) -> Box | None:
    """Header and data of a table part; None for a table without a header row."""
    tag = _TABLE_TAG.search(table_xml.decode("utf-8", "surrogateescape"))
    ref = _REF.search(tag[0]) if tag else None
    if tag is None or ref is None or re.search(r"""\sheaderRowCount\s*=\s*["']0["']""", tag[0]):
        return None
    return box_of(ref[2] or ref[3])


def resized_table(table_xml: bytes, area: Box) -> bytes:
    """The table part over another area: filter criteria, sort order and a totals row go, as the rows are new ones."""
    text = table_xml.decode("utf-8", "surrogateescape")
    ref = rf'\g<1>"{box_ref(area)}"'
    text = _SORT_STATE.sub("", text)
    text = _TABLE_TAG.sub(lambda tag: _TOTALS_ROW.sub("", _REF.sub(ref, tag[0], count=1)), text, count=1)
    text = _AUTO_FILTER.sub(lambda tag: f"<{tag[1]}autoFilter{_REF.sub(ref, tag[2] or '', count=1)}/>", text, count=1)
    return text.encode("utf-8", "surrogateescape")
