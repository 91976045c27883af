"""Tabs of a master as they stand: cells by their place, rows of a table by their headers, each with its address."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from xl_lianbing.errors import MasterUnreadable
from xl_lianbing.faults import machine_fault, words_of
from xl_lianbing.intake.cells.aliases import header_key
from xl_lianbing.intake.cells.values import as_typed
from xl_lianbing.intake.door.sheets import Book, Cell, Unreadable
from xl_lianbing.intake.tables.header import HEADER_ROWS, Header, find_header
from xl_lianbing.records.keys import squeeze
from xl_lianbing.records.results import Grid


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table as it stands; a header that the table does not have has blank cells."""

    number: int
    cells: Sequence[Cell]
    header: Header

    def __getitem__(self, header: str) -> Cell:
        place = self.header.places.get(header)
        return "" if place is None else self.cells[place]

    def text(self, header: str) -> str:
        return as_typed(self[header]).strip()

    def address(self, header: str) -> str:
        return self.header.cell(header, self.number)

    @property
    def is_blank(self) -> bool:
        return all(self.cells[place] == "" for place in self.header.places.values())


class Tab:
    """A tab, parsed once; rows and columns are counted from 1."""

    def __init__(self, book: Book, name: str) -> None:
        """`name` as the file spells it. Raises Unreadable."""
        self.rows = list(book.rows(name))
        self.first = book.first_column(name)
        self._by_number = dict(self.rows)

    @classmethod
    def of(cls, book: Book, name: str) -> Tab | None:
        """The tab of that name, blanks in it aside; None if there is none. Raises Unreadable."""
        found = next((spelled for spelled in book.names if squeeze(spelled) == squeeze(name)), None)
        return None if found is None else cls(book, found)

    @property
    def last_row(self) -> int:
        return self.rows[-1][0] if self.rows else 0

    @property
    def last_column(self) -> int:
        return self.first + len(self.rows[0][1]) if self.rows else 0

    def cell(self, row: int, column: int) -> Cell:
        """What a cell holds; "" for a blank one, and outside."""
        cells, place = self._by_number.get(row, ()), column - 1 - self.first
        return cells[place] if 0 <= place < len(cells) else ""

    def text(self, row: int, column: int) -> str:
        return as_typed(self.cell(row, column)).strip()

    def header(self, headers: Iterable[str], least: int = 2) -> Header | None:
        """Where the table with these headers stands; None unless a row has `least` of them."""
        return find_header(self.rows[:HEADER_ROWS], {header_key(h): h for h in headers}, self.first, least)

    def table(self, header: Header) -> list[TableRow]:
        """The rows below a header that hold something under one of its columns."""
        below = (TableRow(number, cells, header) for number, cells in self.rows if number > header.row)
        return [row for row in below if not row.is_blank]

    def grid(self, grid: Grid) -> list[TableRow]:
        """The rows of a result table: by its headers, which another version may have in another order; where its
        header row is no longer whole, by the columns as declared."""
        left = grid.first_column - 1 - self.first
        within = range(max(left, 0), self.last_column - self.first)
        cells = self._by_number.get(grid.header_row, ())
        found = {header_key(cells[place]): place for place in reversed(within)} if cells else {}
        places = {h: found[header_key(h)] for h in grid.headers if header_key(h) in found}
        if grid.headers[0] not in places:
            places = {h: left + at for at, h in enumerate(grid.headers) if left + at in within}
        return self.table(Header(grid.header_row, self.first, places, {}, {}, frozenset()))


@contextmanager
def open_master(path: Path, tabs: Collection[str]) -> Iterator[Book]:
    """A master to be read; of its tabs only those named are unpacked.

    Raises MasterUnreadable, also for what turns up while it is read.
    """
    try:
        yield Book(path.read_bytes(), {squeeze(tab) for tab in tabs})
    except OSError as e:
        if (fault := machine_fault(e)) is not None:
            raise fault from e
        raise MasterUnreadable(
            f"总表打不开：{path.name}（{words_of(e)}）", "请关闭正在使用它的程序，或检查路径和权限。"
        ) from e
    except Unreadable as e:
        raise MasterUnreadable(f"总表 {path.name} 无法读取：{e.why}", "请用“备份”中的总表恢复，或重新建立总表。") from e
