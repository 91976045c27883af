"""What a set of blocks will touch, checked before anything is touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xl_lianbing.addresses import MAX_COLUMN, split_address
from xl_lianbing.excel.values import Cell, Cells, Table


@dataclass(slots=True)
class SheetPlan:
    """The blocks of one sheet: its tables, and its single cells as row → column → value."""

    tables: list[Table] = field(default_factory=list)
    single: dict[int, dict[int, Cell]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Patch:
    """A rectangle of single cells; `row` and `column` (1-based) are those of its first cell."""

    row: int
    column: int
    rows: list[list[Cell]]


def plans(blocks: Sequence[Table | Cells]) -> dict[str, SheetPlan]:
    """By sheet. Raises ValueError for blocks that overlap or don't fit on a sheet."""
    found: dict[str, SheetPlan] = {}
    for block in blocks:
        plan = found.setdefault(block.sheet, SheetPlan())
        if isinstance(block, Table):
            last = block.first_column + block.width - 1
            if block.header_row < 1 or block.first_column < 1 or block.width < 1 or last > MAX_COLUMN:
                raise ValueError(f"a table outside the sheet {block.sheet!r}")
            plan.tables.append(block)
            continue
        for address, value in block.values.items():
            row, column = split_address(address)
            if column in plan.single.setdefault(row, {}):
                raise ValueError(f"{block.sheet}!{address} is written twice")
            plan.single[row][column] = value
    for sheet, plan in found.items():
        _refuse_overlaps(sheet, plan)
    return found


def _refuse_overlaps(sheet: str, plan: SheetPlan) -> None:
    taken: set[int] = set()
    for table in plan.tables:
        columns = range(table.first_column, table.first_column + table.width)
        if not taken.isdisjoint(columns):
            raise ValueError(f"two tables in the same columns of {sheet!r}")
        taken.update(columns)
        for row, cells in plan.single.items():
            if row > table.header_row and any(column in columns for column in cells):
                raise ValueError(f"single cells inside a table of {sheet!r}, row {row}")


def patches(single: Mapping[int, Mapping[int, Cell]]) -> Iterator[Patch]:
    """Single cells as few rectangles: neighbours in a row, and rows below one another with the same columns."""
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
