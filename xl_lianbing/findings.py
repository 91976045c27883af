"""What is wrong with an input, as data: collected, never raised, never dropped."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xl_lianbing.glossary import Severity


@dataclass(frozen=True, slots=True)
class Where:
    """A place that a person can open: file below the campaign folder, sheet, cell or range (A1 notation)."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of the catalogue: what a code means, how to mend it and which rule asks for it."""

    code: str
    severity: Severity
    problem: str
    fix: str
    rule: str

    def graded(self, severity: Severity) -> Kind:
        """The same kind where the rules give it another severity (B2.10)."""
        return replace(self, severity=severity)


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of 校核结果."""

    code: str
    severity: Severity
    where: Where
    shown: str
    problem: str
    fix: str
    source: str

    def at(self, **changes: str) -> Finding:
        return replace(self, where=replace(self.where, **changes))

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
            _cell_order(w.cell),
            self.shown,
        )


def _cell_order(cell: str) -> tuple[int, int]:
    letters = "".join(c for c in cell.split(":")[0] if c.isalpha())
    digits = "".join(c for c in cell.split(":")[0] if c.isdigit())
    column = 0
    for c in letters.upper():
        column = column * 26 + ord(c) - 64
    return (int(digits or 0), column)


def finding(kind: Kind, where: Where, shown: object = "", /, **words: object) -> Finding:
    """A finding of this kind; `words` fill the braces of its sentences."""
    return Finding(
        code=kind.code,
        severity=kind.severity,
        where=where,
        shown="" if shown is None else str(shown)[:200],
        problem=kind.problem.format(**words),
        fix=kind.fix.format(**words),
        source=kind.rule,
    )
