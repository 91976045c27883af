"""The defined names under which the cells of 规则 stand in formulas."""

from __future__ import annotations

from xl_lianbing.rules.pack import RulePack
from xl_lianbing.rules.readings import CODES, Reading

#: Decimals to which formulas compare; Python compares exactly.
EXACT_ENOUGH = 9


class Names:
    """`names["full.cases"]`: the name of a value; `names.switch(GapRounding)`: that of a switch."""

    def __init__(self, pack: RulePack) -> None:
        self._pack = pack

    def __getitem__(self, key: str) -> str:
        return self._pack.by_key[key].name

    def switch(self, kind: type[Reading]) -> str:
        return self._pack.switch(CODES[kind]).name

    def switch_of(self, code: str) -> str:
        return self._pack.switch(code).name
