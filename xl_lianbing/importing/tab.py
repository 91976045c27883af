"""An input tab as it stands: its rows with their values, where it ends, and which columns it lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xl_lianbing.errors import MasterUnreadable
from xl_lianbing.importing.kinds import Kind
from xl_lianbing.importing.kinds.kind import Surroundings, Value, Values
from xl_lianbing.intake.cells.fields import readers_of
from xl_lianbing.intake.cells.values import Odd, as_typed
from xl_lianbing.intake.door.sheets import Cell
from xl_lianbing.intake.master.tabs import Tab, open_master

#: The field that says where an imported row came from.
SOURCE = "source"


@dataclass(frozen=True, slots=True)
class TabRow:
    """A row that stands in the tab. `texts`: its cells as a person sees them."""

    number: int
    values: Values
    texts: Mapping[str, str]

    @property
    def imported(self) -> bool:
        """Whether a program wrote it; else a person did, and nothing of it is changed."""
        return bool(self.values.get(SOURCE))


@dataclass(frozen=True, slots=True)
class InputTab:
    """`columns`: field → column number, of those that it lacks, too: `added` are to get a header.

    `free`: the first row below everything that stands on the sheet.
    """

    sheet: str
    header_row: int
    columns: Mapping[str, int]
    added: Sequence[str]
    rows: Sequence[TabRow]
    free: int


def read_tab(master: Path, kind: Kind, known: Surroundings) -> InputTab:
    """The tab that a kind fills. Raises MasterUnreadable where there is none."""
    name = kind.record.sheet
    with open_master(master, {name}) as book:
        tab = Tab.of(book, name)
        if tab is None:
            raise MasterUnreadable(
                f"总表里没有“{name}”表（总表是旧版本做的，或者表被删除了），没有导入。",
                "请用 xl-lianbing new 新建一个总表，把录入的内容复制过去，再导入。",
            )
        columns = kind.record.columns()
        header = tab.header([column.header for column in columns.values()])
        if header is None:
            raise MasterUnreadable(f"总表的“{name}”表找不到表头，没有导入。", "请恢复表头（列名不要改动）。")
        places = {field: header.places[c.header] for field, c in columns.items() if c.header in header.places}
        lost = [c.header for field, c in columns.items() if field not in places and not c.imported]
        if lost:
            raise MasterUnreadable(f"总表的“{name}”表缺少“{'”“'.join(lost)}”列，没有导入。", "请恢复表头。")
        readers = readers_of(kind.record)
        rows = []
        for row in tab.table(header):
            texts = {field: as_typed(row.cells[place]).strip() for field, place in places.items()}
            read = {field: readers[field](row.cells[place]) for field, place in places.items()}
            values: dict[str, Value] = {f: v.value if isinstance(v, Odd) else v for f, v in read.items()}
            unit = values.get("unit")
            if isinstance(unit, str):
                values["unit"] = known.unit_of(unit) or unit
            rows.append(TabRow(row.number, values, texts))
        numbers = {field: tab.first + place + 1 for field, place in places.items()}
        added = [field for field in columns if field not in places]
        end = max((p for p, cell in enumerate(_cells(tab, header.row)) if as_typed(cell).strip()), default=0)
        numbers |= {field: tab.first + end + 2 + at for at, field in enumerate(added)}
        filled = [number for number, cells in tab.rows if any(as_typed(cell).strip() for cell in cells)]
        spelled = next(found for found in book.names if "".join(found.split()) == name)
        return InputTab(spelled, header.row, numbers, added, rows, max(filled[-1], header.row) + 1)


def _cells(tab: Tab, row: int) -> Sequence[Cell]:
    return [tab.cell(row, column) for column in range(tab.first + 1, tab.last_column + 1)]
