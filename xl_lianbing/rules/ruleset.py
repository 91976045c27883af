"""The rules in force in one campaign: the pack's values as the bureau left them in 规则, and the readings chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from xl_lianbing.rules.pack import RulePack


@dataclass(frozen=True, slots=True)
class Window:
    """Dates inclusive (A3)."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Ruleset:
    """A pack with the bureau's values. `values` holds what 规则 says for each key, `readings` for each switch."""

    pack: RulePack
    values: Mapping[str, Decimal | date | None] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)

    def given(self, key: str) -> Decimal | date | None:
        if key in self.values:
            return self.values[key]
        return self.pack.by_key[key].value

    def number(self, key: str) -> Decimal:
        """The value of a key that always has one. Raises KeyError / TypeError only for a broken program."""
        value = self.given(key)
        if not isinstance(value, Decimal):
            raise TypeError(f"{key} is not a number: {value!r}")
        return value

    def optional(self, key: str) -> Decimal | None:
        """The value of a key that the bureau may leave blank (provincial totals)."""
        value = self.given(key)
        return value if isinstance(value, Decimal) else None

    def day(self, key: str) -> date:
        value = self.given(key)
        if not isinstance(value, date):
            raise TypeError(f"{key} is not a date: {value!r}")
        return value

    def window(self, name: str) -> Window:
        return Window(self.day(f"window.{name}.start"), self.day(f"window.{name}.end"))

    def reading(self, code: str) -> str:
        """The reading in force of a switch (L1–L12)."""
        if code in self.readings:
            return self.readings[code]
        return next(s.readings[0] for s in self.pack.switches if s.code == code)

    def has(self, feature: str) -> bool:
        return self.pack.has(feature)

    def changed(self, key: str) -> bool:
        return self.given(key) != self.pack.by_key[key].value
