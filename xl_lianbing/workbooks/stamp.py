"""Stamps a workbook with what it was made for (records/stamp.py): a very-hidden sheet and document properties."""

from __future__ import annotations

from typing import Final

from xlsxwriter import Workbook

from xl_lianbing.records.stamp import (
    CAMPAIGN_PROPERTY,
    KIND_PROPERTY,
    PACK_PROPERTY,
    REVIEWER_PROPERTY,
    STAMP_SHEET,
    UNIT_PROPERTY,
    VERSION_PROPERTY,
    YEAR_PROPERTY,
    Stamp,
)

__all__ = ["RETURN_KIND", "REVIEW_KIND", "STAMP_SHEET", "Stamp", "write_stamp"]

RETURN_KIND: Final = "return"
REVIEW_KIND: Final = "review"


def write_stamp(workbook: Workbook, stamp: Stamp) -> None:
    """Stamp a workbook: call after all other sheets were added. What the stamp leaves empty is left out."""
    entries = {
        PACK_PROPERTY: stamp.pack,
        VERSION_PROPERTY: stamp.version,
        UNIT_PROPERTY: stamp.unit,
        YEAR_PROPERTY: "" if stamp.year is None else str(stamp.year),
        KIND_PROPERTY: stamp.kind,
        CAMPAIGN_PROPERTY: stamp.campaign,
        REVIEWER_PROPERTY: stamp.reviewer,
    }
    sheet = workbook.add_worksheet(STAMP_SHEET)
    for row, (name, value) in enumerate((name, value) for name, value in entries.items() if value):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
        workbook.set_custom_property(name, value, "text")
    sheet.protect()
    sheet.very_hidden()
