"""Where things stand on the sheets of a return, and what a pack adds to its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from xlsxwriter.utility import xl_col_to_name

from xl_lianbing.glossary import Progress
from xl_lianbing.records.column import CellType, Column, Record
from xl_lianbing.records.returns import TaskProgress
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.rules.ruleset import Ruleset, Window

#: Rows (0-based): nothing but the user's data stands below the header.
TITLE_ROW: Final = 0
HINT_ROW: Final = 1
MARK_ROW: Final = 2
HEADER_ROW: Final = 3
FIRST_ROW: Final = 4
#: The last row with validation, colours and counts: row 20,004 of the sheet.
LAST_ROW: Final = FIRST_ROW + 20_000 - 1
LAST_COLUMN: Final = 16_383

#: Headers up to this many characters stay on one line.
_ONE_LINE_HEADER = 5
#: Characters after this one are as wide as two (CJK and its punctuation, but also “” in Chinese fonts).
_LAST_NARROW = 0x2000

_SEQUENCE_FIELD = "number"


def headers(record: type[Record], pack: RulePack) -> list[str]:
    """The headers of a sheet as the year writes them."""
    return [pack.header(column.header) for column in record.columns().values()]


def position(record: type[Record], field: str) -> int:
    """0-based column of a field on a table sheet."""
    return list(record.columns()).index(field)


def data_start(record: type[Record]) -> int:
    """The first column whose contents make a row a started row: 序号 alone does not."""
    return 1 if next(iter(record.columns())) == _SEQUENCE_FIELD else 0


def key_positions(record: type[Record]) -> list[int]:
    return [position(record, field) for field in record.key]


def frozen_columns(record: type[Record]) -> int:
    """How many columns stay in sight: up to the key that tells one row from another."""
    return max(key_positions(record), default=data_start(record)) + 1


def period(record: type[Record], pack: RulePack) -> tuple[str, Window] | None:
    """The field whose date must lie inside the year's window, and the window; None if the sheet has none."""
    found = record.windowed()
    return (found[0], Ruleset(pack).window(found[1])) if found else None


def period_note(window: Window) -> str:
    return f"统计期 {window.start:%Y-%m-%d} 至 {window.end:%Y-%m-%d}，期外的不计入。"


def area(column: int, first: int = FIRST_ROW, last: int = LAST_ROW) -> str:
    """`B5:B20004` for a column (0-based)."""
    name = xl_col_to_name(column)
    return f"{name}{first + 1}:{name}{last + 1}"


def fitted_width(column: Column, header: str) -> float:
    """Width in characters: long headers take two lines, choices and dates no more than they need."""
    header_chars = len(header) if len(header) <= _ONE_LINE_HEADER else -(-len(header) // 2)
    header_width = 1.92 * header_chars + 1.5
    match column.type:
        case CellType.CHOICE:
            return max(2 * max(map(len, column.choices)) + 2, header_width)
        case CellType.DATE:
            return max(12, header_width)
        case _:
            return max(column.width, header_width)


def lines_needed(text: str, width: float) -> int:
    """Lines that a text takes in a wrapped cell, a little more rather than less."""
    return sum(-(-_half_widths(line) // max(1, int(width) - 2)) or 1 for line in text.split("\n"))


def row_height(lines: int) -> float:
    """Height in points, at most what Excel allows."""
    return min(409.0, 14.5 * lines + 4)


def _half_widths(text: str) -> int:
    return sum(2 if ord(char) > _LAST_NARROW else 1 for char in text)


def task_rows(pack: RulePack) -> list[dict[str, object]]:
    """任务进展 as sent out: the year's tasks, none begun yet (D4)."""
    code, task, state = (column.header for column in list(TaskProgress.columns().values())[:3])
    return [{code: t.code, task: t.text, state: Progress.NOT_STARTED} for t in pack.tasks]


def in_order(record: type[Record], pack: RulePack, rows: Sequence[Mapping[str, object]]) -> list[list[object]]:
    """Rows given by header (the year's or the plain one) as lists in the order of the sheet.

    Raises:
        ValueError: a header that the sheet does not have.
    """
    places: dict[str, int] = {}
    for place, column in enumerate(record.columns().values()):
        places[column.header] = places[pack.header(column.header)] = place
    width = len(record.columns())
    ordered = []
    for row in rows:
        cells: list[object] = [None] * width
        for header, value in row.items():
            if header not in places:
                raise ValueError(f"{record.sheet}: no column {header!r}")
            cells[places[header]] = value
        ordered.append(cells)
    return ordered


def is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
