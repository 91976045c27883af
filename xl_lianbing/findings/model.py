"""What is wrong with an input, as data: collected, never raised, never dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard

from xl_lianbing.addresses import place_order, rows_named, span
from xl_lianbing.glossary import Severity

#: As many of one kind in one column are shown one by one; more are told together.
MOST_ALONE = 8
#: Signs of a name, number or list in a sentence.
_LONGEST_WORD = 300
_UNITS_NAMED = 8


@dataclass(frozen=True, slots=True)
class Where:
    """A place that a person can open: file below the campaign folder, sheet, cell or range (A1 notation)."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of the catalogue: what a code means, how to mend it, which rule asks for it, and its short name."""

    code: str
    severity: Severity
    problem: str
    fix: str
    rule: str
    title: str = ""

    def graded(self, severity: Severity) -> Kind:
        """The same kind where the rules give it another severity (B2.10)."""
        return replace(self, severity=severity)


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of 校核结果. One that tells of many cells names a range; `cells` then are those in it that it means."""

    code: str
    severity: Severity
    where: Where
    shown: str
    problem: str
    fix: str
    source: str
    title: str = ""
    cells: tuple[str, ...] = ()

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
        return (
            list(Severity).index(self.severity),
            w.unit,
            w.file,
            w.sheet,
            self.code,
            place_order(w.cell),
            self.shown,
        )


def finding(kind: Kind, where: Where, shown: object = "", /, **words: object) -> Finding:
    """A finding of this kind; `words` fill the braces of its sentences, cut short where they are no words any more."""
    words = {name: f"{word[:_LONGEST_WORD]}…" if _too_long(word) else word for name, word in words.items()}
    return Finding(
        code=kind.code,
        severity=kind.severity,
        where=where,
        shown="" if shown is None else str(shown)[:200],
        problem=kind.problem.format(**words),
        fix=kind.fix.format(**words),
        source=kind.rule,
        title=kind.title,
    )


def _too_long(word: object) -> TypeGuard[str]:
    return isinstance(word, str) and len(word) > _LONGEST_WORD


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
    """One finding in place of many of one kind: their range, their number, the rows."""
    first = found[0]
    shown = "、".join(dict.fromkeys(f.shown for f in found if f.shown))
    where, told = first.where, f"这样的共{len(found)}处"
    units = dict.fromkeys(f.where.unit for f in found if f.where.unit)
    cells = tuple(sorted({cell for f in found for cell in f.all_cells}, key=place_order))
    if cells:
        where = replace(where, cell=span(cells))
        told = f"本列{told}，第{rows_named(cells)}行" if len(cells) > 1 else told
    if len(units) > 1:
        where = replace(where, unit="")
        told += f"，涉及{'、'.join(list(units)[:_UNITS_NAMED])}{'等' if len(units) > _UNITS_NAMED else ''}"
    return replace(
        first,
        where=where,
        shown=shown if len(shown) <= 60 else f"{shown[:60]}…",
        problem=f"{first.problem.rstrip('。')}（{told}）。",
        cells=cells,
    )


def _column(cell: str) -> str:
    return "".join(c for c in cell.split(":")[0] if c.isalpha())
