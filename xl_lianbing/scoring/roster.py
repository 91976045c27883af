"""Who takes part: units, tiers and territories (A1, A2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from xl_lianbing.glossary import Tier, YesNo
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.records.keys import name_key


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the roster. `city` is what the roster calls its 所属市."""

    name: str
    tier: Tier
    city: str = ""
    recommended: bool = False

    @property
    def key(self) -> str:
        return name_key(self.name)


@dataclass(frozen=True)
class Roster:
    """The units in the roster's order; a name twice counts once."""

    units: tuple[Unit, ...]

    @classmethod
    def of(cls, rows: Iterable[RosterUnit]) -> Roster:
        units: dict[str, Unit] = {}
        for row in rows:
            if row.unit and row.tier:
                unit = Unit(row.unit, row.tier, row.city or "", row.recommended is YesNo.YES)
                units.setdefault(unit.key, unit)
        return cls(tuple(units.values()))

    @cached_property
    def by_key(self) -> dict[str, Unit]:
        return {u.key: u for u in self.units}

    @cached_property
    def cities(self) -> tuple[Unit, ...]:
        return tuple(u for u in self.units if u.tier is Tier.CITY)

    @cached_property
    def counties(self) -> tuple[Unit, ...]:
        return tuple(u for u in self.units if u.tier is Tier.COUNTY)

    @property
    def several_cities(self) -> bool:
        """Whether the province's rules hold: its quotas, and 是否推荐 for county units (A4, B10)."""
        return len(self.cities) > 1

    @cached_property
    def _districts(self) -> dict[str, tuple[Unit, ...]]:
        return {city.key: tuple(u for u in self.counties if self._lies_in(u, city)) for city in self.cities}

    def districts(self, city: Unit) -> tuple[Unit, ...]:
        """The county units of a city's territory (A2)."""
        return self._districts.get(city.key, ())

    def recommended(self, city: Unit) -> tuple[Unit, ...]:
        """The county units that the roster names for a city's own file quality (B1.4)."""
        return tuple(u for u in self.districts(city) if u.recommended)

    @cached_property
    def city_of(self) -> dict[str, Unit]:
        """County unit (name) → the city unit in whose territory it lies."""
        return {county.name: city for city in self.cities for county in self.districts(city)}

    def territory(self, unit: Unit) -> tuple[Unit, ...]:
        """Whose figures a unit's are: a city's its own and every district's, a county unit's its own (A2)."""
        return (unit, *self.districts(unit)) if unit.tier is Tier.CITY else (unit,)

    def _lies_in(self, county: Unit, city: Unit) -> bool:
        if not county.city:
            return not self.several_cities
        return name_key(county.city) in {city.key, name_key(city.city)}

    def find(self, name: str | None) -> Unit | None:
        return self.by_key.get(name_key(name)) if name else None


def tier_order(units: Sequence[Unit]) -> list[Tier]:
    """County tier first."""
    return [t for t in (Tier.COUNTY, Tier.CITY) if any(u.tier is t for u in units)]
