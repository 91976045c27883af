"""Writes what was planned: rows below the last one, changed cells, and what happened into 运行记录."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xl_lianbing.addresses import MAX_ROW, column_letters
from xl_lianbing.errors import LianbingError
from xl_lianbing.excel.values import Cell, Cells
from xl_lianbing.importing.plan import Plan
from xl_lianbing.importing.tab import SOURCE

#: Signs of one cell of 运行记录, below what Excel takes.
_LONGEST = 20_000


def tab_block(plan: Plan) -> Cells:
    """The cells of the tab that are written: nothing that a person typed is among them."""
    tab, columns = plan.tab, plan.kind.record.columns()
    if tab.free + len(plan.new) - 1 > MAX_ROW:
        raise LianbingError(f"“{tab.sheet}”表放不下{len(plan.new)}行。", "请先删除不用的行。")
    letters = {name: column_letters(number) for name, number in tab.columns.items()}
    values: dict[str, Cell] = {f"{letters[name]}{tab.header_row}": columns[name].header for name in tab.added}
    for number, incoming in enumerate(plan.new, tab.free):
        for name, value in {**incoming.values, SOURCE: incoming.source}.items():
            if value is not None:
                values[f"{letters[name]}{number}"] = value
    for difference in plan.different:
        if difference.taken:
            for change in difference.changes:
                values[f"{letters[change.field]}{difference.row.number}"] = change.new
            values[f"{letters[SOURCE]}{difference.row.number}"] = difference.incoming.source
    return Cells(tab.sheet, values)


def told(plan: Plan, files: Mapping[str, int]) -> list[str]:
    """What 运行记录 says of it, in pieces that a cell can hold: counts, then each cell changed with both values."""
    changed = [d for d in plan.different if d.taken]
    names = "、".join(f"《{name}》{count}行" for name, count in files.items())
    first = (
        f"导入{plan.kind.name}：读入{names}，新增{len(plan.new)}行，已有{plan.already}行，"
        f"不同{len(plan.different)}行（改动{len(changed)}行），没有取{len(plan.refused)}行"
    )
    lines = [f"“{plan.tab.sheet}”第{d.row.number}行 {d.name} {'，'.join(map(str, d.changes))}" for d in changed]
    return list(_pieces([first, *lines]))


def _pieces(lines: Sequence[str]) -> Iterator[str]:
    piece = ""
    for line in lines:
        if piece and len(piece) + len(line) + 1 > _LONGEST:
            yield piece
            piece = ""
        piece = f"{piece}；{line}" if piece else line[:_LONGEST]
    yield piece
