"""Gathers findings so that nobody is flooded: what repeats is told together, what follows is told with its cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from xl_lianbing.addresses import Box, box_of, place_order, span
from xl_lianbing.findings import Finding, Kind, Where, finding
from xl_lianbing.findings import reading as c
from xl_lianbing.glossary import Severity

#: As many of one kind in one column are shown one by one; more are told together.
MOST_ALONE: Final = 8
_LONGEST_SHOWN: Final = 60


@dataclass(slots=True)
class _Notes:
    kind: Kind
    where: Where
    shown: str
    words: dict[str, object]
    count: int = 0


#: Code, sheet, column and severity of findings that are told together once they are many.
_Group = tuple[str, str, str, Severity]


@dataclass(slots=True)
class Collector:
    """The findings about one file; `unit` may become known only while reading."""

    file: str
    unit: str = ""
    _found: dict[_Group, list[Finding]] = field(default_factory=dict)
    _notes: dict[tuple[str, str, str], _Notes] = field(default_factory=dict)

    def add(
        self,
        kind: Kind,
        sheet: str = "",
        cell: str = "",
        shown: object = "",
        /,
        *,
        group: str = "",
        severity: Severity | None = None,
        cells: Sequence[str] = (),
        **words: object,
    ) -> None:
        """A finding; those with the same kind, sheet and `group` (a header) are told together once they are many.

        `cells`: all that it is about, if it is about several in place of one `cell`.
        """
        where = Where(self.file, sheet, span(cells) if cells else cell)
        several = tuple(cells) if len(cells) > 1 else ()
        made = finding(kind, where, shown, None, severity, several, **words)
        self._found.setdefault((kind.code, sheet, group or cell, made.severity), []).append(made)

    def note(
        self, kind: Kind, sheet: str, cell: str, shown: object, group: str, /, *, count: int = 1, **words: object
    ) -> None:
        """Something understood all the same: one line a column, with the first cell and the count."""
        notes = self._notes.get((kind.code, sheet, group))
        if notes is None:
            where = Where(self.file, sheet, cell)
            notes = self._notes[kind.code, sheet, group] = _Notes(kind, where, str(shown), words)
        notes.count += count

    def findings(self) -> tuple[Finding, ...]:
        """All of them in their order (阻断 first)."""
        return tuple(sorted((f.at(unit=self.unit) for f in self._all()), key=lambda f: f.order))

    def _all(self) -> Iterator[Finding]:
        for found in _without_consequences(self._found).values():
            if len(found) > MOST_ALONE:
                yield together(found)
            else:
                yield from found
        for notes in _merged(self._notes):
            yield finding(notes.kind, notes.where, notes.shown, count=notes.count, **notes.words)


def _merged(notes: Mapping[tuple[str, str, str], _Notes]) -> Iterator[_Notes]:
    """Notes that ask for nothing are one line a sheet, whatever the number of columns."""
    by_sheet: dict[tuple[str, str], _Notes] = {}
    for (code, sheet, _), note in notes.items():
        if code not in (c.SPACES.code, c.APOSTROPHE.code):
            yield note
        elif (first := by_sheet.get((code, sheet))) is None:
            by_sheet[code, sheet] = replace(note, words=dict(note.words))
        else:
            first.count += note.count
            first.words["header"] = f"{first.words['header']}”“{note.words['header']}"
    yield from by_sheet.values()


def grouped(findings: Iterable[Finding]) -> list[Finding]:
    """No flood: the same kind in the same column of one file, once there are many, becomes one finding.

    Findings about the master, and those about no cell, are put together across units.
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for found in findings:
        w = found.where
        of_a_return = "/" in w.file
        unit, cells = (w.unit, found.cells) if of_a_return else ("", ())
        place = (unit, _column(w.cell)) if w.cell else ()
        key = (found.code, found.severity, w.file, w.sheet, *place, cells)
        groups.setdefault(key, []).append(found)
    return [f for group in groups.values() for f in (group if len(group) <= MOST_ALONE else [together(group)])]


def together(found: Sequence[Finding]) -> Finding:
    """One finding in place of many of one kind: their range, their number, whose they are."""
    first = found[0]
    shown = "、".join(dict.fromkeys(f.shown for f in found if f.shown))
    units = tuple(dict.fromkeys(f.where.unit for f in found if f.where.unit))
    cells = tuple(sorted({cell for f in found for cell in f.all_cells}, key=place_order))
    where = replace(first.where, cell=span(cells)) if cells else first.where
    if len(units) > 1:
        where = replace(where, unit="")
    return replace(
        first,
        where=where,
        shown=shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…",
        cells=cells,
        times=len(found),
        units=units if len(units) > 1 else (),
    )


def _column(cell: str) -> str:
    return "".join(c for c in cell.split(":")[0] if c.isalpha())


def _without_consequences(groups: Mapping[_Group, list[Finding]]) -> Mapping[_Group, list[Finding]]:
    """One cause, one finding: those without what only follows from another at its cells. A cause is as severe as what
    it causes."""
    causes = [(f, box) for found in groups.values() for f in found if f.kind.follows and (box := _box(f.where.cell))]
    followed = {code for cause, _ in causes for code in cause.kind.follows}
    taken: dict[int, list[Finding]] = {}
    gone: set[int] = set()
    for key, found in groups.items():
        for consequence in found if key[0] in followed else ():
            if (box := _box(consequence.where.cell)) is None:
                continue
            for cause, around in causes:
                follows = consequence.code in cause.kind.follows and consequence.where.sheet == cause.where.sheet
                if follows and around.holds(box):
                    taken.setdefault(id(cause), []).append(consequence)
                    gone.add(id(consequence))
                    break
    if not taken:
        return groups
    told: dict[_Group, list[Finding]] = {}
    for (code, sheet, group, _), found in groups.items():
        for f in found:
            if id(f) not in gone:
                whole = _with(f, taken[id(f)]) if id(f) in taken else f
                told.setdefault((code, sheet, group, whole.severity), []).append(whole)
    return told


def _with(cause: Finding, consequences: Sequence[Finding]) -> Finding:
    """A cause with what follows from it: a cause of one cell says it all, one of several which of them are meant."""
    blocking = any(f.severity is Severity.BLOCKING for f in consequences)
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for f in consequences:
        if f.where.cell != cause.where.cell:
            alike.setdefault((f.kind, f.facts), []).append(f)
    also = tuple(replace(found[0], cells=tuple(f.where.cell for f in found)) for found in alike.values())
    return replace(cause, severity=Severity.BLOCKING if blocking else cause.severity, also=also)


def _box(cell: str) -> Box | None:
    try:
        return box_of(cell)
    except ValueError:
        return None
