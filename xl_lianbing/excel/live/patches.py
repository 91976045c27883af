"""Single cells as few rectangles, as each rectangle is one call to the spreadsheet program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xl_lianbing.excel.values import Cell


@dataclass(frozen=True, slots=True)
class Patch:
    """A rectangle of single cells; `row` and `column` (1-based) are those of its first cell."""

    row: int
    column: int
    rows: list[list[Cell]]


def patches(single: Mapping[int, Mapping[int, Cell]]) -> Iterator[Patch]:
    """Neighbours in a row, and rows below one another with the same columns."""
    growing: dict[tuple[int, int], Patch] = {}
    for row in sorted(single):
        runs = {(run[0], len(run)): [single[row][column] for column in run] for run in _runs(sorted(single[row]))}
        for key in [key for key, patch in growing.items() if key not in runs or patch.row + len(patch.rows) != row]:
            yield growing.pop(key)
        for key, values in runs.items():
            growing.setdefault(key, Patch(row, key[0], [])).rows.append(values)
    yield from growing.values()


def _runs(columns: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for column in columns:
        if run and column != run[-1] + 1:
            yield run
            run = []
        run.append(column)
    if run:
        yield run
