"""校核问题汇总.csv: every finding of the run, for whoever filters and counts."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Final

from xl_lianbing.excel.ooxml.sheet.cell_xml import storable
from xl_lianbing.findings import Finding
from xl_lianbing.findings.row import HEADERS, row_of

NAME: Final = "校核问题汇总.csv"
#: A program that opens a CSV takes a text that begins so for a formula.
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def findings_csv(findings: Sequence[Finding]) -> bytes:
    """UTF-8 with a byte order mark, for Excel; what looks like a formula gets an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    writer.writerows(map(_harmless, row_of(found).values()) for found in findings)
    return text.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    text = storable(text)
    return f"'{text}" if text.lstrip(" \n").startswith(_RISKY) else text
