"""Parties of 处罚案件 that are nearly the same: a code with several names, a name with several codes or spellings."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from xl_lianbing.findings import reading as c
from xl_lianbing.intake.checks.credit_codes import adds_up
from xl_lianbing.intake.checks.scene import Scene
from xl_lianbing.records.keys import squeeze

_NAMED = 4


@lru_cache(maxsize=8192)
def bare_name(name: str) -> str:
    """A name without white space, punctuation and the difference between full-width and half-width."""
    plain = squeeze(name).upper()
    if plain.isalnum():
        return plain
    return "".join(ch for ch in plain if unicodedata.category(ch)[0] not in "PSZC")


@dataclass(slots=True)
class Parties:
    """Rows with their party and 统一社会信用代码; `report` says what does not fit together."""

    _rows: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, rows: Iterable[tuple[int, object, object]]) -> None:
        """Take rows: number, party and code (None if blank)."""
        self._rows += [(row, str(name), str(code or "")) for row, name, code in rows if name is not None]

    def report(self, scene: Scene) -> None:
        """The findings, each at the second row of what disagrees. A wrong code says nothing."""
        bare = {name: bare_name(name) for _, name, _ in self._rows}
        pairs = {(bare[name], code) for _, name, code in self._rows if code}
        parties, codes = {party for party, _ in pairs}, {code for _, code in pairs}
        if len(set(bare.values())) == len(bare) and len(pairs) == len(parties) == len(codes):
            return
        self._report(scene, bare)

    def _report(self, scene: Scene, bare: Mapping[str, str]) -> None:
        spelled: dict[str, dict[str, int]] = defaultdict(dict)
        by_code: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
        by_name: dict[str, dict[str, int]] = defaultdict(dict)
        for row, name, code in self._rows:
            spelled[bare[name]].setdefault(name, row)
            if code:
                by_code[code].setdefault(bare[name], (name, row))
                by_name[bare[name]].setdefault(code, row)
        for code, names in by_code.items():
            if len(names) > 1 and adds_up(code):
                rows = [row for _, row in names.values()]
                told = "、".join([name for name, _ in names.values()][:_NAMED])
                scene.add(c.CODE_WITH_NAMES, "party", rows[1], told, code=code, names=told, row=rows[0])
        for party, known in by_name.items():
            codes = {code: row for code, row in known.items() if len(known) > 1 and adds_up(code)}
            if len(codes) > 1:
                rows = list(codes.values())
                name = next(iter(spelled[party]))
                told = "、".join(list(codes)[:_NAMED])
                scene.add(c.NAME_WITH_CODES, "credit_code", rows[1], told, name=name, codes=told, row=rows[0])
        for spellings in spelled.values():
            if len(spellings) > 1:
                told = "”“".join(list(spellings)[:_NAMED])
                scene.add(c.SPELLED_DIFFERENTLY, "party", list(spellings.values())[1], told, names=told)
