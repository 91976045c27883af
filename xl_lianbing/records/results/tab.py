"""What a result tab says of itself: its columns and how they look, its marks, its page. Each tab says it once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from xl_lianbing.addresses import column_letters
from xl_lianbing.glossary import YesNo
from xl_lianbing.records.column import CellType, Column, Record

#: Stands for the number of a month in the header of a column of which there is one a month.
MONTHLY: Final = "○"
#: What a tab says until the first run.
NOT_RUN_YET: Final = "还没有数据：计算之后自动填写，请不要在本表录入。"


class Look(StrEnum):
    """How a result column is shown; cells always hold unrounded values."""

    TEXT = "text"
    WRAPPED = "wrapped"
    LINK = "link"
    INTEGER = "integer"
    RANK = "rank"
    POINTS = "points"
    RATIO = "ratio"
    SHARE = "share"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"


#: The looks that most columns have, short for the tables below.
T, W, I, R, P = Look.TEXT, Look.WRAPPED, Look.INTEGER, Look.RANK, Look.POINTS  # noqa: E741


class Signal(StrEnum):
    """What the colour of a mark means."""

    GOOD = "good"
    BAD = "bad"
    ODD = "odd"
    PENDING = "pending"
    FAINT = "faint"


@dataclass(frozen=True, slots=True)
class Field:
    """A column; `width` in characters.

    `helper`: only formulas look at it, so it is grey and not printed.
    `printed`: false where it would only make the print of the others smaller. The unprinted stand last in their tab.
    """

    header: str
    look: Look = Look.TEXT
    width: float = 12
    helper: bool = False
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """Colours the rows in which the column `header` holds `text`, or (`but`) any text but that one.

    `first` and `last`: the headers between which it colours; '': from the first column to the last.
    """

    header: str
    text: str
    signal: Signal
    first: str = ""
    last: str = ""
    but: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a result tab: `name` is the Excel table's, data begin in `header_row` + 1 (1-based).

    `marks`: the strongest first. `fixed_rows`: as many as there are, where another grid stands beneath; 0: any number.
    """

    name: str
    fields: tuple[Field, ...]
    header_row: int = 4
    first_column: int = 1
    marks: tuple[Mark, ...] = ()
    fixed_rows: int = 0

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(f.header for f in self.fields)

    @property
    def last_column(self) -> int:
        return self.first_column + len(self.fields) - 1

    def letter(self, header: str) -> str:
        """The column letter of a header."""
        return column_letters(self.first_column + self.headers.index(header))

    def span(self, header: str, rows: int) -> str:
        """The absolute range of a column's data, for formulas: `$C$5:$C$14`."""
        letter = self.letter(header)
        return f"${letter}${self.header_row + 1}:${letter}${self.header_row + max(rows, 1)}"


@dataclass(frozen=True, slots=True)
class ResultTab:
    """A result tab: row 1 its title, row 2 a note that the program writes at each run (cell A2).

    Attributes:
        name: of the sheet.
        title: what stands above the tables.
        grids: the tables, the main one first.
        row_height: of every row, in points, where texts are wrapped; 0: the usual one.
        note: what it says until the first run.
        duties: what more the note says (D1, D2, D6): the key of the pack's value and the words around it.
        scale: per cent at which it is printed, each table on pages of its own; 0: fitted to the width of the page.
        notice: printed as a public notice, upright and centred.
    """

    name: str
    title: str
    grids: tuple[Grid, ...]
    row_height: float = 0
    note: str = NOT_RUN_YET
    duties: tuple[tuple[str, str], ...] = ()
    scale: int = 0
    notice: bool = False

    @property
    def grid(self) -> Grid:
        return self.grids[0]

    @property
    def last_column(self) -> int:
        return max(grid.last_column for grid in self.grids)

    def of_months(self, months: Sequence[int]) -> ResultTab:
        """The tab as a campaign has it whose activity runs in these months."""
        return replace(self, grids=tuple(_of_months(grid, months) for grid in self.grids))

    @property
    def printed_columns(self) -> int:
        """As many from the left as are printed: the helpers are not."""
        return self.last_column - sum(field.helper or not field.printed for grid in self.grids for field in grid.fields)


def _of_months(grid: Grid, months: Sequence[int]) -> Grid:
    fields = [
        replace(field, header=field.header.replace(MONTHLY, str(month)))
        for field in grid.fields
        for month in (months if MONTHLY in field.header else (0,))
    ]
    return replace(grid, fields=tuple(fields))


_LOOKS: Final = {
    CellType.TEXT: Look.TEXT,
    CellType.LONG_TEXT: Look.TEXT,
    CellType.CHOICE: Look.TEXT,
    CellType.NUMBER: Look.NUMBER,
    CellType.INTEGER: Look.INTEGER,
    CellType.MONEY: Look.MONEY,
    CellType.DATE: Look.DATE,
}


def one_table(
    name: str,
    title: str,
    *fields: Field,
    marks: tuple[Mark, ...] = (),
    row_height: float = 0,
    note: str = NOT_RUN_YET,
    duties: tuple[tuple[str, str], ...] = (),
) -> ResultTab:
    """A tab with one table of the tab's name."""
    return ResultTab(name, title, (Grid(name, fields, marks=marks),), row_height, note, duties)


def summary(name: str, title: str, record: type[Record], *marks: Mark) -> ResultTab:
    """A tab that holds the rows of a sheet of all returns."""
    fields = (
        Field("单位", width=16),
        *(_of(c) for c in record.columns().values()),
        Field("计入", width=7),
        Field("不计原因", width=34),
        Field("来源", width=44),
    )
    return one_table(name, title, *fields, marks=(Mark("计入", YesNo.NO, Signal.FAINT), *marks))


def _of(column: Column) -> Field:
    return Field(column.header, _LOOKS[column.type], min(column.width, 40))
