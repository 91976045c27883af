"""What is wrong with an input, as facts: its kind, its place, what it is about. Sentences are made at the edge."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, TypeGuard

from xl_lianbing.addresses import place_order, rows_named
from xl_lianbing.folder import MASTER
from xl_lianbing.glossary import Audience, Novelty, Severity

#: Signs of a name, number or list in a sentence; of what is shown of a cell.
_LONGEST_WORD: Final = 300
_LONGEST_SHOWN: Final = 200
_UNITS_NAMED: Final = 8
_CELLS_NAMED: Final = 5
_SEVERITIES: Final = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Where:
    """A place that a person can open: file below the campaign folder, sheet, cell or range (A1 notation)."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    unit: str = ""

    def __reduce__(self) -> tuple[object, ...]:
        """Quick: places come in their thousands from other processes, with their findings."""
        return Where, (self.file, self.sheet, self.cell, self.unit)


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of the catalogue: what a code means, how to mend it, which rule asks for it, and its short name.

    `audience`: who can mend it. `absent`: something is missing; the place is where it can be typed.
    `follows`: codes of what only follows from it at its cells, and is told with it. `together`: one finding a column,
    however few its cells are.
    """

    code: str
    severity: Severity = field(compare=False)
    problem: str = field(compare=False)
    fix: str = field(compare=False)
    rule: str = field(compare=False)
    title: str = field(default="", compare=False)
    audience: Audience = field(default=Audience.COUNTY, compare=False)
    absent: bool = field(default=False, compare=False)
    follows: frozenset[str] = field(default=frozenset(), compare=False)
    together: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class About:
    """What a finding is about in the master: rows of an input tab, as read, and the field; in 规则 a key of the pack.

    No rows: the tab as a whole.
    """

    rows: tuple[object, ...] = ()
    field: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What only a whole run knows of a finding: 影响, 进展, and in which words its rule is written (依据)."""

    effect: str = ""
    novelty: Novelty = Novelty.NEW
    basis: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of 校核结果. One that tells of many cells names a range; `cells` then are those in it that it means.

    `facts` fill the sentences of its kind. `times`: how many of its kind it stands for, told together (0: itself);
    `units`: of whom, if of several. `also`: what is told with it: what follows from it, what the system's export says.
    """

    kind: Kind
    where: Where
    shown: str
    facts: tuple[tuple[str, object], ...]
    severity: Severity
    cells: tuple[str, ...] = ()
    times: int = 0
    units: tuple[str, ...] = ()
    also: tuple[Finding, ...] = ()
    about: About | None = field(default=None, compare=False)
    standing: Standing = field(default=Standing(), compare=False)

    def __reduce__(self) -> tuple[object, ...]:
        """Quick, as places are."""
        return Finding, (
            self.kind,
            self.where,
            self.shown,
            self.facts,
            self.severity,
            self.cells,
            self.times,
            self.units,
            self.also,
            self.about,
            self.standing,
        )

    @property
    def code(self) -> str:
        return self.kind.code

    @property
    def title(self) -> str:
        return self.kind.title

    @property
    def source(self) -> str:
        return self.kind.rule

    @property
    def audience(self) -> Audience:
        """Who can mend it: what the bureau typed, whatever is wrong with it, the bureau."""
        return Audience.BUREAU if self.where.file == MASTER else self.kind.audience

    @property
    def problem(self) -> str:
        """What is wrong, as a sentence."""
        told = self.kind.problem.format(**self.words)
        consequences = [f for f in self.also if f.code in self.kind.follows]
        if consequences:
            told = f"{told.rstrip('。')}（{'；'.join(map(_at_cells, consequences))}）。"
        if self.times:
            told = f"{told.rstrip('。')}（{self._together}）。"
        others = [f for f in self.also if f.code not in self.kind.follows]
        if others:
            many = f"其中{len(others)}处与处罚系统也不符，例如" if len(others) > 1 else ""
            told = f"{told.rstrip('。')}；{many}{others[0].problem}"
        return told

    @property
    def fix(self) -> str:
        """How to mend it, as a sentence; with how to mend what the system's export says of it."""
        others = [f for f in self.also if f.code not in self.kind.follows]
        return self.kind.fix.format(**self.words) + (others[0].fix if others else "")

    @property
    def words(self) -> dict[str, object]:
        """The facts by name."""
        return dict(self.facts)

    @property
    def _together(self) -> str:
        told = f"这样的共{self.times}处"
        if len(self.cells) > 1:
            told = f"本列{told}，第{_rows(self.cells)}行"
        if self.units:
            more = "等" if len(self.units) > _UNITS_NAMED else ""
            told += f"，涉及{'、'.join(self.units[:_UNITS_NAMED])}{more}"
        return told

    def at(self, **changes: str) -> Finding:
        return replace(self, where=replace(self.where, **changes))

    @property
    def all_cells(self) -> tuple[str, ...]:
        """Every cell that it means, () if it is about no cell."""
        return self.cells or ((self.where.cell,) if self.where.cell else ())

    @property
    def order(self) -> tuple[int, str, str, str, str, tuple[int, int], str]:
        """阻断 first, then by unit, file, sheet and cell."""
        w = self.where
        return (_SEVERITIES[self.severity], w.unit, w.file, w.sheet, self.code, place_order(w.cell), self.shown)


def finding(
    kind: Kind,
    where: Where,
    shown: object = "",
    about: About | None = None,
    severity: Severity | None = None,
    cells: tuple[str, ...] = (),
    /,
    **words: object,
) -> Finding:
    """A finding of this kind; `words` fill the braces of its sentences, cut short where they are no words any more.

    `severity`: where the rules give it another than its kind has (B2.10).
    """
    facts = tuple((name, f"{w[:_LONGEST_WORD]}…" if _too_long(w) else w) for name, w in words.items())
    text = "" if shown is None else str(shown)[:_LONGEST_SHOWN]
    return Finding(kind, where, text, facts, severity or kind.severity, cells, about=about)


def _too_long(word: object) -> TypeGuard[str]:
    return isinstance(word, str) and len(word) > _LONGEST_WORD


@lru_cache(maxsize=512)
def _rows(cells: tuple[str, ...]) -> str:
    """A column may have thousands; each list of findings asks for the sentence anew."""
    return rows_named(cells)


def _at_cells(found: Finding) -> str:
    """What follows from another finding, with the cells where it does."""
    cells = found.all_cells
    named = "、".join(cells[:_CELLS_NAMED]) + (f"等{len(cells)}格" if len(cells) > _CELLS_NAMED else "")
    return f"{named}：{found.problem.rstrip('。')}"
