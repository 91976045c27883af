"""Whose files a city's mean holds beside its own (B1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xl_lianbing.exact import Fraction
from xl_lianbing.scoring.roster import Roster, Unit

#: Total, and the articles as far as they break ties (B10).
Order = tuple[Fraction, int]


@dataclass(frozen=True, slots=True)
class Held:
    """The county units held. `equals` tie with the last of the stand-ins but come later in the roster."""

    counties: Sequence[Unit]
    stands_in: bool = False
    equals: Sequence[Unit] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(u.name for u in self.counties)

    def told(self, city: Unit) -> str:
        """The remark on stand-ins; a tie is said, not cut silently."""
        tie = f"（与{'、'.join(u.name for u in self.equals)}同分，按名册顺序取）" if self.equals else ""
        return f"{city.name}没有推荐县级单位，暂以{'、'.join(self.names)}的案卷计入{tie}（待确认）。"


def held_counties(city: Unit, roster: Roster, ranking: Sequence[tuple[Unit, Order]], wanted: int) -> Held:
    """The city's recommended county units; while none is named, its `wanted` best of the ranking stand in (B1.4)."""
    if named := roster.recommended(city):
        return Held(named)
    districts = roster.districts(city)
    inside = sorted((item for item in ranking if item[0] in districts), key=lambda item: item[1], reverse=True)
    best, others = inside[:wanted], inside[wanted:]
    return Held([u for u, _ in best], bool(best), [u for u, order in others if best and order == best[-1][1]])
