"""How the demonstration units differ: size, pace, quality, votes. Chosen so that every case of the rules shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

#: Cases, majors and fines (万元) that make one baseline, for a unit of 60 key enterprises and 200 cases.
BASE_KEY_ENTERPRISES = 60
BASE_CASES = 200
MAJORS_PER_KEY_ENTERPRISE = Decimal("0.25")
MEAN_FINE = Decimal("6.8")


@dataclass(frozen=True, slots=True)
class Profile:
    """`size` × the asked number of cases; the ratios are value ÷ baseline (B2.2); `quality` the mean review.

    Units of one `key` get the same fines, kinds of major cases and reviews: their scores are equal.
    """

    key: str
    size: float
    cases_ratio: float
    fines_ratio: float
    majors_ratio: float
    quality: float
    vote_share: float
    articles: int
    swapped_reviews: bool = False
    applies: bool = True

    @property
    def key_enterprises(self) -> int:
        return round(BASE_KEY_ENTERPRISES * self.size / self.cases_ratio)


#: Two units with equal totals and equal articles: they stand across the line of the county quota (B10).
TWINS = ("常熟市", "吴江区")
#: The units that may stand above the twins; as many as the quota leaves places do.
LEADERS = ("昆山市", "太仓市")

_TWIN = Profile("并列", 1.10, 1.62, 1.62, 1.65, 88.5, 0.91, 4)
_LEADING: Mapping[str, Profile] = {
    "昆山市": Profile("昆山市", 1.50, 1.78, 1.85, 1.80, 94.0, 1.00, 6),
    "太仓市": Profile("太仓市", 0.70, 1.72, 1.75, 1.75, 93.0, 0.97, 3),
}
_SUZHOU: Mapping[str, Profile] = {
    "苏州市": Profile("苏州市", 0.90, 1.35, 1.45, 1.30, 90.0, 0.99, 8),
    "张家港市": Profile("张家港市", 1.25, 1.60, 1.62, 1.60, 91.0, 0.95, 5),
    "常熟市": _TWIN,
    "太仓市": Profile("太仓市", 0.70, 1.20, 1.10, 1.00, 84.0, 0.62, 3),
    "昆山市": Profile("昆山市", 1.50, 1.30, 1.25, 1.20, 86.0, 0.80, 6),
    "吴江区": replace(_TWIN, swapped_reviews=True),
    "吴中区": Profile("吴中区", 1.00, 1.05, 0.90, 1.20, 85.0, 0.72, 2),
    "相城区": Profile("相城区", 0.90, 0.80, 1.56, 0.60, 80.0, 0.55, 2),
    "姑苏区": Profile("姑苏区", 0.35, 1.40, 1.10, 1.30, 78.0, 0.66, 1),
    "苏州工业园区": Profile("苏州工业园区", 1.20, 0.60, 0.70, 0.90, 87.0, 0.83, 3),
    "苏州高新区": Profile("苏州高新区", 0.60, 0.33, 0.35, 0.40, 74.0, 0.41, 0, applies=False),
}


def profile(unit: str, index: int, *, county_quota: int) -> Profile:
    """The profile of a unit; a unit that is not Suzhou's gets one by its place in the roster."""
    if unit in LEADERS[: max(0, county_quota - 1)]:
        return _LEADING[unit]
    if unit in _SUZHOU:
        return _SUZHOU[unit]
    step = index % 7
    return Profile(
        key=unit,
        size=1.0,
        cases_ratio=0.6 + 0.2 * step,
        fines_ratio=0.5 + 0.2 * step,
        majors_ratio=0.7 + 0.15 * step,
        quality=78.0 + 2.0 * step,
        vote_share=0.4 + 0.08 * step,
        articles=step,
    )
