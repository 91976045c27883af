"""The stamp of a return or a master: for which pack, unit and year the file was made."""

from __future__ import annotations

from dataclasses import dataclass

#: A very-hidden sheet: property names in its first column, values in its second.
STAMP_SHEET = "_xl_lianbing"
#: The same pairs as custom document properties.
PACK_PROPERTY = "xl_lianbing.pack"
VERSION_PROPERTY = "xl_lianbing.version"
UNIT_PROPERTY = "xl_lianbing.unit"
YEAR_PROPERTY = "xl_lianbing.year"
KIND_PROPERTY = "xl_lianbing.kind"
#: Of a feedback copy: the SHA-256 of the return that it was made from. Also as a text `name=value` on its list, for
#: programs that drop properties.
SOURCE_PROPERTY = "xl_lianbing.source"

#: Of a review form: to which draw it belongs, and who reads.
CAMPAIGN_PROPERTY = "xl_lianbing.campaign"
REVIEWER_PROPERTY = "xl_lianbing.reviewer"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file says it was made for; a part that it does not say is empty."""

    pack: str
    version: str = ""
    unit: str = ""
    year: int | None = None
    kind: str = ""
    campaign: str = ""
    reviewer: str = ""
