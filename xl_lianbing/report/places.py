"""Cells for findings of scoring: which row of a tab of the master, or which item of a form, each of them is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, Final

from xl_lianbing.addresses import span
from xl_lianbing.findings import Finding
from xl_lianbing.findings import scoring as c
from xl_lianbing.folder import MASTER
from xl_lianbing.intake.master.inputs import InputTab, MasterInputs
from xl_lianbing.records.column import Record
from xl_lianbing.records.inputs import RULES_TAB, Review, RosterUnit, SystemCase
from xl_lianbing.records.keys import name_key
from xl_lianbing.records.lines import UnitReturn

#: Something is absent: the place is where it can be typed.
_ABSENT: Final = frozenset(
    kind.code for kind in (c.NO_VOTES, c.NO_OFFICER_VOTES, c.NO_AIR, c.NO_WATER, c.NO_EXPORT, c.NOBODY_VOTED)
)
#: Tabs that findings mean as a whole.
_WHOLE: Final = frozenset({RosterUnit.sheet, SystemCase.sheet})
#: Rows of the bureau that nothing in the return answers to.
_MET_NOTHING: Final = frozenset({c.REVIEW_OF_NOTHING.code, c.PERSON_UNKNOWN.code})
#: About an item of a form of the return: its field.
_ITEMS: Final[Mapping[str, str]] = {
    c.NO_KEY_ENTERPRISES.code: "key_enterprises",
    c.LIST_UNPUBLISHED.code: "list_published",
    c.NO_MODEL_CASE.code: "model_case",
}


def located(findings: Iterable[Finding], master: MasterInputs, returns: Mapping[str, UnitReturn]) -> list[Finding]:
    """The findings, those without a cell with the cells that they mean, as far as that can be told.

    What the bureau has entered about a unit whose return is missing meets nothing: that is not told row by row, for
    one finding says already that the return is missing.

    Args:
        findings: of scoring, in any order; it stays.
        master: the tabs that they are about.
        returns: unit -> its return.
    """
    tabs = _Tabs(master)
    told = (f for f in findings if f.code not in _MET_NOTHING or f.where.unit in returns)
    return [f if f.where.cell or not f.where.sheet else _with_place(f, tabs, returns) for f in told]


def _with_place(found: Finding, tabs: _Tabs, returns: Mapping[str, UnitReturn]) -> Finding:
    if found.where.file == MASTER:
        return tabs.placed(found)
    returned = returns.get(found.where.unit)
    if found.code not in _ITEMS or returned is None or returned.file != found.where.file:
        return found
    sheet, cells = returned.forms.get(found.where.sheet, ("", {}))
    cell = cells.get(_ITEMS[found.code], "")
    return found.at(sheet=sheet, cell=cell) if cell else found


@dataclass(slots=True)
class _Tabs:
    master: MasterInputs
    _known: dict[str, dict[str, list[tuple[int, Record]]]] = field(default_factory=dict)

    def placed(self, found: Finding) -> Finding:
        sheet, places = found.where.sheet, self.master.tabs.get(found.where.sheet)
        if sheet == RULES_TAB:
            pack, rules = self.master.pack, self.master.rule_cells
            named = [v for v in pack.values if v.key in rules and v.item in found.problem]
            return found.at(cell=rules[max(named, key=lambda v: len(v.item)).key]) if named else found
        if places is None:
            return found
        if found.code in _ABSENT:
            letter = next(iter(places.letters.values()))
            return found.at(cell=f"{letter}{places.free}")
        by_unit = self._of_unit(sheet)
        own = by_unit.get(name_key(found.where.unit), [])
        rows, fit = _meant(own, found)
        others, better = _meant(chain.from_iterable(by_unit.values()), found)
        rows = others if better[0] > fit[0] else rows  # what a city is told may stand in a row of one of its districts
        cells = [_cell(row, record, found, places) for row, record in rows]
        if not cells:
            return found
        placed = found.at(cell=span(cells))
        return replace(placed, cells=tuple(cells)) if len(cells) > 1 else placed

    def _of_unit(self, sheet: str) -> dict[str, list[tuple[int, Record]]]:
        if sheet not in self._known:
            by_unit = self._known[sheet] = defaultdict(list)
            for line in () if sheet in _WHOLE else self.master.tabs[sheet].used:
                by_unit[name_key(str(getattr(line.record, "unit", None) or ""))].append((line.row, line.record))
        return self._known[sheet]


def _meant(rows: Iterable[tuple[int, Record]], found: Finding) -> tuple[list[tuple[int, Record]], tuple[int, int]]:
    """The rows of which the finding names most texts and leaves least out, and how many it names and leaves out."""
    best = (0, -len(Review.columns()))
    chosen: list[tuple[int, Record]] = []
    told = f"{found.shown}\n{found.problem}"
    for row, record in rows:
        values = ((name, value) for name, value in record.__dict__.items() if name != "unit")
        texts = [str(value) for _, value in values if isinstance(value, str) and len(value) > 1]
        named = sum(text in told for text in texts)
        fit = (named, named - len(texts))
        if fit > best:
            best, chosen = fit, []
        if fit == best:
            chosen.append((row, record))
    return chosen, best


def _cell(row: int, record: Record, found: Finding, places: InputTab[Any]) -> str:
    """The cell of the row that holds what the finding shows, else that of its unit."""
    shown = (name for name, value in record.__dict__.items() if found.shown and str(value) == found.shown)
    name = next((n for n in shown if n in places.letters), "unit")
    return f"{places.letters[name]}{row}"
