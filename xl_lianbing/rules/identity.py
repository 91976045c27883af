"""What a campaign is called and who holds it: 活动名称 and 主办单位, the first two rows of 规则 (A0)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from xl_lianbing.glossary import Tier
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.records.keys import name_key, squeeze
from xl_lianbing.rules.pack import RulePack

#: They stand in the heads of sheets and pages.
MOST_CHARS: Final = 60
_OFFICE: Final = re.compile(r"[（(]?本级[）)]?$|(?:生态环境|环境保护|环保)局$")


@dataclass(frozen=True, slots=True)
class Identity:
    """The names of one campaign."""

    title: str
    issuer: str

    @classmethod
    def of(cls, pack: RulePack) -> Identity:
        return cls(pack.title, pack.issuer)

    def of_campaign(self, pack: RulePack) -> RulePack:
        """The pack under these names: whatever is printed takes them from it."""
        return pack.model_copy(update={"title": self.title, "issuer": self.issuer})


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """A row of 规则 that holds a name; `field` of `Identity`."""

    code: str
    item: str
    field: str


IDENTITY_ROWS: Final = (IdentityRow("A0-1", "活动名称", "title"), IdentityRow("A0-2", "主办单位", "issuer"))


def default_identity(pack: RulePack, roster: Sequence[RosterUnit]) -> Identity:
    """The pack's names, or those of the only city if the pack is called after another."""
    city = _only_city(roster)
    if not city or name_key(city) in name_key(pack.title):
        return Identity.of(pack)
    return Identity(f"{pack.year}年{city}环境执法大练兵活动", f"{city}环境保护局")


def _only_city(roster: Sequence[RosterUnit]) -> str:
    cities = [unit for unit in roster if unit.tier is Tier.CITY]
    names = [unit.city or unit.unit or "" for unit in cities] or [unit.city or "" for unit in roster]
    plain = {name_key(name): name for name in (_OFFICE.sub("", squeeze(name)) for name in names) if name}
    return next(iter(plain.values())) if len(plain) == 1 and len(cities) < 2 else ""
