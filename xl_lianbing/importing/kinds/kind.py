"""What every kind of import says of itself, and how the cells of a foreign row become values of our columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Final, NamedTuple

from xl_lianbing.exact import Fraction
from xl_lianbing.findings import reading as c
from xl_lianbing.intake.cells.fields import readers_of
from xl_lianbing.intake.cells.numbers import number_of_float, number_of_text
from xl_lianbing.intake.cells.values import Odd, as_typed
from xl_lianbing.intake.cells.values import Value as Read
from xl_lianbing.intake.door.sheets import Cell
from xl_lianbing.records.bureaus import unit_of_bureau
from xl_lianbing.records.column import CellType, Record
from xl_lianbing.records.keys import squeeze

Value = Read | Fraction
#: By the field of the record.
Values = Mapping[str, Value]
Key = tuple[str, ...]

#: What one of a header's units of money is in 万元.
MONEY_UNITS: Final = {"万元": Decimal(1), "元": Decimal("0.0001"), "亿元": Decimal(10_000)}


class ForeignRow(NamedTuple):
    """A row of a foreign table: where it stands, and its cells by the names of our columns."""

    where: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A row for the tab, and where it came from."""

    values: Values
    source: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not taken, and why."""

    where: str
    why: str


@dataclass(slots=True)
class Taken:
    """What a kind made of the rows of its tables. `unread`: cells left out of rows that were taken."""

    rows: list[Incoming] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unread: list[Refused] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unknown_units: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Surroundings:
    """What an import knows of the campaign. `people`: units by the key of a candidate's name, from the returns."""

    year: int
    roster: Sequence[str]
    cities: Sequence[str]
    people: Callable[[], Mapping[str, Collection[str]]]

    @cached_property
    def _known(self) -> dict[str, str | None]:
        return {}

    def unit_of(self, name: str) -> str | None:
        """The unit of the roster that a name, a short form or a bureau's name means."""
        key = squeeze(name)
        if key not in self._known:
            self._known[key] = unit_of_bureau(name, self.roster)
        return self._known[key]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet below its header. `columns`: our columns → what they are called there; `money`: in what
    its amounts are given."""

    rows: Sequence[ForeignRow]
    columns: Mapping[str, str]
    money: str = ""


Reading = Callable[["Kind", Sequence[Table], Surroundings], Taken]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of import.

    Attributes:
        name: what `--kind` takes.
        record: the tab that it fills.
        key: what makes two rows of the tab the same.
        read: rows of the tab from foreign ones.
        missing: of the columns found, which are still needed; none: the table can be read.
        extras: columns of foreign tables beside those of the tab.
        tell: the column that a header means by its build, '' if none; takes the key of the header.
    """

    name: str
    record: type[Record]
    key: Callable[[Values], Key]
    read: Reading
    missing: Callable[[Collection[str]], list[str]]
    extras: tuple[str, ...] = ()
    tell: Callable[[str], str] = lambda key: ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names that a column may have here; 来源 is the program's own."""
        own = (column.header for name, column in self.record.columns().items() if name != "source")
        return (*own, *self.extras)

    @property
    def fields(self) -> dict[str, str]:
        """Header → field."""
        return {column.header: name for name, column in self.record.columns().items()}


def needs(*headers: str) -> Callable[[Collection[str]], list[str]]:
    """A table that cannot do without these columns."""
    return lambda found: [header for header in headers if header not in found]


def text_of(cell: Cell) -> str:
    return as_typed(cell).strip()


class RowReader:
    """Reads foreign rows into values of a record's fields. `optional`: headers that may be empty all the same."""

    def __init__(self, kind: Kind, table: Table, optional: Collection[str] = ("单位",)) -> None:
        self._optional = optional
        self._columns = kind.record.columns()
        self._fields = {header: name for header, name in kind.fields.items() if header in table.columns}
        self._readers = readers_of(kind.record)
        self._factor = MONEY_UNITS.get(table.money, Decimal(1))

    def read(self, row: ForeignRow, taken: Taken) -> dict[str, Value] | None:
        """The values of a row; None where one that is required is empty or can't be read, which is then refused."""
        values: dict[str, Value] = {}
        lacking = []
        for header, name in self._fields.items():
            cell, column = row.cells.get(header, ""), self._columns[name]
            if column.type is CellType.MONEY:
                cell = in_wan(cell, self._factor)
            read = self._readers[name](cell)
            value = read.value if isinstance(read, Odd) else read
            shown = text_of(row.cells.get(header, ""))
            if value is not None:
                values[name] = value
            elif column.required and header not in self._optional:
                lacking.append(f"{header}“{shown}”认不出" if shown else f"{header}为空")
            elif shown and not (isinstance(read, Odd) and read.kind is c.PLACEHOLDER):
                taken.unread.append(Refused(row.where, f"{header}“{shown}”认不出，这一格没有取"))
        if lacking:
            taken.refused.append(Refused(row.where, "，".join(lacking)))
            return None
        return values


def in_wan(cell: Cell, factor: Decimal) -> Cell:
    """An amount in 万元, as a text that the column's reader takes; one that says its own unit is left to it."""
    if isinstance(cell, float):
        number = number_of_float(cell)
    elif isinstance(cell, str) and not squeeze(cell).endswith(("元", "万", "亿", "整")):
        number = number_of_text(cell, "万元")
    else:
        return cell
    return cell if number is None or factor == 1 else f"{number * factor:f}"


def says_unit(cell: Cell) -> bool:
    """Whether an amount names its own unit, or is none."""
    if isinstance(cell, float):
        return cell == 0
    text = squeeze(text_of(cell))
    return text.endswith(("元", "万", "亿", "整")) or number_of_text(text) in (None, Decimal(0))


def spell_unit(values: dict[str, Value], known: Surroundings, taken: Taken) -> None:
    """A unit as the roster spells it; what fits none is kept and listed."""
    unit = values.get("unit")
    if isinstance(unit, str):
        meant = known.unit_of(unit)
        if meant is None:
            taken.unknown_units[unit] += 1
        values["unit"] = meant or unit


def rows_of(tables: Iterable[Table]) -> Iterator[tuple[Table, ForeignRow]]:
    for table in tables:
        for row in table.rows:
            yield table, row
