"""One cause, one finding: what follows at the same cell from something already said is told with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from xl_lianbing.addresses import Box, box_of
from xl_lianbing.findings import Finding
from xl_lianbing.findings import reading as c
from xl_lianbing.glossary import Severity

#: Code of a cause → codes of what follows from it at its cells.
_FOLLOWS: Final[Mapping[str, frozenset[str]]] = {
    c.UNIT_FROM_STAMP.code: frozenset({c.EMPTY.code}),
    c.DIGITS_LOST.code: frozenset({c.CREDIT_CODE.code}),
    c.MERGED.code: frozenset({c.EMPTY.code}),
}
_NAMED: Final = 5


CAUSES: Final = frozenset(_FOLLOWS)


def without_consequences(found: Sequence[Finding]) -> list[tuple[Finding, Finding]]:
    """The findings of a file without those that only follow from another, each as it is to be told and as it was.

    A cause is as severe as what it causes.
    """
    causes = [f for f in found if f.code in _FOLLOWS]
    taken: dict[int, list[Finding]] = {}
    gone: set[int] = set()
    codes = {code for f in causes for code in _FOLLOWS[f.code]}
    boxes = [(i, cause, _box(cause.where.cell)) for i, cause in enumerate(causes)]
    for consequence in found:
        if consequence.code not in codes or not (box := _box(consequence.where.cell)):
            continue
        for i, cause, around in boxes:
            same = consequence.where.sheet == cause.where.sheet and consequence.code in _FOLLOWS[cause.code]
            if same and around and around.holds(box):
                taken.setdefault(i, []).append(consequence)
                gone.add(id(consequence))
                break
    told = {id(cause): _with(cause, taken[i]) for i, cause in enumerate(causes) if i in taken}
    return [(told.get(id(f), f), f) for f in found if id(f) not in gone]


def _with(cause: Finding, consequences: Sequence[Finding]) -> Finding:
    blocking = any(f.severity is Severity.BLOCKING for f in consequences)
    severity = Severity.BLOCKING if blocking else cause.severity
    if cause.code != c.MERGED.code:
        return replace(cause, severity=severity)
    cells: dict[str, list[str]] = {}
    for f in consequences:
        cells.setdefault(f.problem, []).append(f.where.cell)
    parts = [f"{_list(named)}：{problem.rstrip('。')}" for problem, named in cells.items()]
    return replace(cause, severity=severity, problem=f"{cause.problem.rstrip('。')}（{'；'.join(parts)}）。")


def _list(cells: Iterable[str]) -> str:
    named = list(cells)
    return "、".join(named[:_NAMED]) + (f"等{len(named)}格" if len(named) > _NAMED else "")


def _box(cell: str) -> Box | None:
    try:
        return box_of(cell)
    except ValueError:
        return None
