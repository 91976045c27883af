"""Gathers the findings of one file so that nobody is flooded: what repeats in a column becomes one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xl_lianbing.addresses import span
from xl_lianbing.findings import MOST_ALONE, Finding, Kind, Where, finding, together
from xl_lianbing.findings import reading as c
from xl_lianbing.findings.absorb import CAUSES, without_consequences
from xl_lianbing.glossary import Severity


@dataclass(slots=True)
class _Notes:
    kind: Kind
    where: Where
    shown: str
    words: dict[str, object]
    count: int = 0


@dataclass(slots=True)
class Collector:
    """The findings about one file; `unit` may become known only while reading."""

    file: str
    unit: str = ""
    _found: dict[tuple[str, str, str, Severity], list[Finding]] = field(default_factory=dict)
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
        made = finding(kind.graded(severity or kind.severity), where, shown, **words)
        if len(cells) > 1:
            made = replace(made, cells=tuple(cells))
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
        groups = self._found
        if not CAUSES.isdisjoint(code for code, *_ in groups):
            names = {id(f): key for key, found in groups.items() for f in found}
            groups = {}
            for f, origin in without_consequences([f for found in self._found.values() for f in found]):
                groups.setdefault((*names[id(origin)][:3], f.severity), []).append(f)
        for found in groups.values():
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
        if code != c.SPACES.code:
            yield note
        elif (first := by_sheet.get((code, sheet))) is None:
            by_sheet[code, sheet] = replace(note, words=dict(note.words))
        else:
            first.count += note.count
            first.words["header"] = f"{first.words['header']}”“{note.words['header']}"
    yield from by_sheet.values()
