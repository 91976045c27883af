"""Gathers the findings of one file so that nobody is flooded: what repeats in a column becomes one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from xl_lianbing.findings import MOST_ALONE, Finding, Kind, Where, finding, together
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
        **words: object,
    ) -> None:
        """A finding; those with the same kind, sheet and `group` (a header) are told together once they are many."""
        made = finding(kind.graded(severity or kind.severity), Where(self.file, sheet, cell), shown, **words)
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
        for found in self._found.values():
            if len(found) > MOST_ALONE:
                yield together(found)
            else:
                yield from found
        for notes in self._notes.values():
            yield finding(notes.kind, notes.where, notes.shown, count=notes.count, **notes.words)
