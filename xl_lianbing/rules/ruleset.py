"""The rules in force in one campaign: the pack's values as the bureau left them in 规则, and the readings chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from xl_lianbing.exact import Fraction
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.rules.readings import CODES, SWITCHES, Reading

R = TypeVar("R", bound=Reading)


@dataclass(frozen=True, slots=True)
class Window:
    """Dates inclusive (A3)."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Ruleset:
    """A pack with the bureau's values. `values` holds what 规则 says for each key, `readings` for each switch.

    `moved`: values that are tried out in place of those (whatif), exact.
    """

    pack: RulePack
    values: Mapping[str, Decimal | date | None] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, Fraction] = field(default_factory=dict)

    def given(self, key: str) -> Decimal | date | None:
        """What 规则 says, or the pack where it says nothing."""
        if key in self.values:
            return self.values[key]
        return self.pack.by_key[key].value

    def number(self, key: str) -> Decimal:
        """The value of a key that always has one, as it was typed. Raises TypeError only for a broken program."""
        value = self.given(key)
        if not isinstance(value, Decimal):
            raise TypeError(f"{key} is not a number: {value!r}")
        return value

    def exact(self, key: str) -> Fraction:
        """The same for computing."""
        return self.moved[key] if key in self.moved else Fraction(self.number(key))

    def whole(self, key: str) -> int:
        """The same where it is a number of things."""
        return int(self.exact(key))

    def optional(self, key: str) -> Decimal | None:
        """The value of a key that the bureau may leave blank (provincial totals), as it was typed."""
        value = self.given(key)
        return value if isinstance(value, Decimal) else None

    def optional_exact(self, key: str) -> Fraction | None:
        """The same for computing."""
        if key in self.moved:
            return self.moved[key]
        value = self.optional(key)
        return None if value is None else Fraction(value)

    def day(self, key: str) -> date:
        """A date. Raises TypeError only for a broken program."""
        value = self.given(key)
        if not isinstance(value, date):
            raise TypeError(f"{key} is not a date: {value!r}")
        return value

    def window(self, name: str) -> Window:
        return Window(self.day(f"window.{name}.start"), self.day(f"window.{name}.end"))

    def reading(self, kind: type[R]) -> R:
        """The reading in force of a switch: `reading(GapRounding)`."""
        return kind(self._chosen(CODES[kind]))

    def chosen(self, code: str) -> Reading:
        """The same by the switch's code."""
        return SWITCHES[code](self._chosen(code))

    def _chosen(self, code: str) -> str:
        return self.readings[code] if code in self.readings else self.pack.switch(code).readings[0]

    def has(self, feature: str) -> bool:
        return self.pack.has(feature)

    def under(self, readings: Mapping[str, str]) -> Ruleset:
        """The rules with other readings, by code."""
        return replace(self, readings={**self.readings, **readings})

    def with_value(self, key: str, value: Fraction) -> Ruleset:
        """The rules with another number."""
        return replace(self, moved={**self.moved, key: value})
