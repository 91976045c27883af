"""What the makers of a unit's sheets share: the unit, its profile, its dates, its chance."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from xl_lianbing.demo.made_up.names import officers
from xl_lianbing.demo.profiles import BASE_CASES, MAJORS_PER_KEY_ENTERPRISE, Profile
from xl_lianbing.glossary import Tier
from xl_lianbing.records.column import Record
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.rules.ruleset import Ruleset, Window

#: A row by field name (a misspelt name is an error when the headers are put on).
Draft = dict[str, object]
#: A row by header, as it goes into a workbook.
Row = dict[str, object]
UnitDrafts = dict[type[Record], list[Draft]]

#: Days between the return and the end of the window of decisions; and for a decision to be entered.
_BEFORE_END = timedelta(days=6)
_ENTRY_DAYS = timedelta(days=7)


@dataclass(frozen=True)
class UnitPlan:
    """One unit of the made-up campaign. `cases` = rows of 处罚案件; `scale` = asked cases ÷ 200."""

    pack: RulePack
    unit: str
    tier: Tier
    index: int
    division_code: str
    liaison: str
    profile: Profile
    cases: int
    scale: float
    seed: int

    def chance(self, purpose: str) -> random.Random:
        """The unit's own random numbers."""
        return random.Random(f"{self.seed}/{self.unit}/{purpose}")

    def shared_chance(self, purpose: str) -> random.Random:
        """Random numbers that units of one profile have in common (what scores depend on)."""
        return random.Random(f"{self.seed}/{self.profile.key}/{purpose}")

    @property
    def officers(self) -> tuple[str, ...]:
        return officers(self.index)

    @property
    def candidates(self) -> tuple[str, ...]:
        return self.officers[: int(Ruleset(self.pack).number("quota.candidates_per_unit"))]

    @property
    def majors(self) -> int:
        """Rows of 重大案件: at least one of each of the five kinds."""
        per_baseline = float(MAJORS_PER_KEY_ENTERPRISE) * max(1.0, self.scale)
        return max(5, round(per_baseline * self.profile.key_enterprises * self.profile.majors_ratio))

    def window(self, name: str) -> Window:
        return Ruleset(self.pack).window(name)

    @property
    def returned_on(self) -> date:
        """The day the return is filled in."""
        return self.window("decisions").end - _BEFORE_END

    @property
    def last_decision(self) -> date:
        """Decisions end early enough to be entered and published before the return is filled in."""
        return self.returned_on - _ENTRY_DAYS

    def first_number(self) -> int:
        """The first number of the year's documents that falls into the window."""
        return 1 if self.window("decisions").start.month == 1 else 101


def day_of(draft: Mapping[str, object], name: str) -> date:
    """The date in a field that is known to hold one. Raises TypeError if it does not."""
    value = draft[name]
    if not isinstance(value, date):
        raise TypeError(f"{name} is not a date: {value!r}")
    return value


def scale_of(cases: int) -> float:
    return cases / BASE_CASES


def workday(day: date, *, not_before: date | None = None) -> date:
    """The day itself or the Friday before; the Monday after where that would be too early."""
    back = day - timedelta(days=max(0, day.weekday() - 4))
    if not_before is not None and back < not_before:
        return day + timedelta(days=7 - day.weekday())
    return back


def by_header(pack: RulePack, record: type[Record], drafts: Iterable[Mapping[str, object]]) -> list[Row]:
    """The rows by the headers of the year. Raises KeyError for a field the sheet does not have."""
    headers = {name: pack.header(column.header) for name, column in record.columns().items()}
    return [{headers[name]: value for name, value in draft.items() if value is not None} for draft in drafts]
