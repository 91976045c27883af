"""Who competes with whom, and whose files a city's mean holds, for any totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from xl_lianbing.glossary import Selection, Tier
from xl_lianbing.rules.files import HELD
from xl_lianbing.rules.ranks import SETTLED, rank, select
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.score import Scores, UnitScore

T = TypeVar("T")


@dataclass(frozen=True)
class Contest:
    """The units of a tier in the roster's order, and how many are chosen."""

    rows: Sequence[UnitScore]
    quota: int

    @classmethod
    def of(cls, scores: Scores, tier: Tier) -> Contest:
        by_name = {row.unit.name: row for row in scores.units}
        rows = [by_name[u.name] for u in scores.roster.units if u.tier is tier]
        return cls(rows, rows[0].quota if rows else 0)

    def ranks(self, keys: Sequence[T]) -> tuple[int, ...]:
        return tuple(rank(keys))

    def selections(self, keys: Sequence[T], quota: int | None = None) -> tuple[Selection, ...]:
        """B10, from the keys (total, articles) of all rows."""
        entered = [key if row.competes else None for row, key in zip(self.rows, keys, strict=True)]
        chosen = select(entered, self.quota if quota is None else quota)
        return tuple(
            row.selection if row.selection in SETTLED else state for row, state in zip(self.rows, chosen, strict=True)
        )


class Holder:
    """B1.4 as `held_counties` has it, by places among all counties: the recommended ones, else the best."""

    def __init__(self, scores: Scores, rules: Ruleset) -> None:
        self._counties = [u for u in scores.roster.units if u.tier is Tier.COUNTY]
        place = {u: i for i, u in enumerate(self._counties)}
        self._wanted = rules.whole(HELD)
        self._districts: list[tuple[list[int], bool]] = []
        for city in scores.roster.cities:
            named = [place[u] for u in scores.roster.recommended(city)]
            districts = [place[u] for u in scores.roster.districts(city)]
            self._districts.append((named, False) if named else (districts, True))

    def held(self, city: int, county_keys: Sequence[Any]) -> tuple[str, ...]:
        """The county units whose files the mean of a city (by its place among the cities) holds."""
        places, stand_in = self._districts[city]
        if stand_in:
            places = sorted(places, key=county_keys.__getitem__, reverse=True)[: self._wanted]
        return tuple(self._counties[i].name for i in places)

    def contested(self) -> list[tuple[int, int]]:
        """Pairs of counties whose order decides whose files stand in."""
        return [
            (a, b)
            for places, stand_in in self._districts
            if stand_in
            for i, a in enumerate(places)
            for b in places[i + 1 :]
        ]
