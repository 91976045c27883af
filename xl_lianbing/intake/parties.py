"""Parties of 处罚案件 that are nearly the same: a code with several names, a name with several codes or spellings."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from xl_lianbing.intake import catalogue as c
from xl_lianbing.intake.credit_codes import adds_up
from xl_lianbing.records.keys import squeeze

if TYPE_CHECKING:
    from xl_lianbing.intake.checks import Scene

_NAMED = 4


@lru_cache(maxsize=8192)
def bare_name(name: str) -> str:
    """A name without white space, punctuation and the difference between full-width and half-width."""
    return "".join(ch for ch in squeeze(name).upper() if unicodedata.category(ch)[0] not in "PSZC")


@dataclass(slots=True)
class Parties:
    """First rows by spelling, code and name; `report` says what does not fit together. A wrong code says nothing."""

    _spellings: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    _names: dict[str, dict[str, tuple[str, int]]] = field(default_factory=lambda: defaultdict(dict))
    _codes: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, row: int, name: str, code: str) -> None:
        """Take a row: its party and 统一社会信用代码 ('' if none)."""
        bare = bare_name(name)
        self._spellings[bare].setdefault(name, row)
        if code:
            self._names[code].setdefault(bare, (name, row))
            self._codes[bare].setdefault(code, row)

    def report(self, scene: Scene) -> None:
        """The findings, each at the second row of what disagrees."""
        for code, names in self._names.items():
            if len(names) > 1 and adds_up(code):
                rows = [row for _, row in names.values()]
                told = "、".join([name for name, _ in names.values()][:_NAMED])
                scene.add(c.CODE_WITH_NAMES, "party", rows[1], told, code=code, names=told, row=rows[0])
        for bare, known in self._codes.items():
            codes = {code: row for code, row in known.items() if len(known) > 1 and adds_up(code)}
            if len(codes) > 1:
                rows = list(codes.values())
                name = next(iter(self._spellings[bare]))
                told = "、".join(list(codes)[:_NAMED])
                scene.add(c.NAME_WITH_CODES, "credit_code", rows[1], told, name=name, codes=told, row=rows[0])
        for spellings in self._spellings.values():
            if len(spellings) > 1:
                told = "”“".join(list(spellings)[:_NAMED])
                scene.add(c.SPELLED_DIFFERENTLY, "party", list(spellings.values())[1], told, names=told)
