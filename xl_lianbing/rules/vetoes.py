"""B4, C1, C5: what takes a unit or an officer off the list (N16-¶030, ¶102, ¶105, ¶145, ¶146)."""

from __future__ import annotations

from datetime import date

from xl_lianbing.exact import Fraction


def worsened(before: Fraction, after: Fraction) -> bool:
    """B4.1, B4.2: a mean (μg/m³) or the rank of a water class above the year before."""
    return after > before


def expired(expiry: date, end: date) -> bool:
    """C1: a certificate that does not outlast the period."""
    return expiry <= end


def integrity_veto(statement: bool, proven: bool) -> bool:
    """C5: without the unit's statement, or if a report was found true."""
    return proven or not statement
