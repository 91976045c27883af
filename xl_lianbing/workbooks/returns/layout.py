"""Where things stand on the sheets of a return, and what a pack adds to its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from xlsxwriter.utility import xl_col_to_name

from xl_lianbing.glossary import Progress
from xl_lianbing.records.column import FILLED_WHEN, CellType, Column, Record, Scored
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
#: 填写内容 of a form sheet.
CONTENT_COLUMN: Final = 1
CONTENT_LETTER: Final = xl_col_to_name(CONTENT_COLUMN)
#: How many rows formulas look at, the fewest that hold all that is filled: nobody pays for 20,000 empty ones.
REACHES: Final = (200, 2_000, LAST_ROW - HEADER_ROW)
#: Characters of a key that are compared: Excel's MATCH takes no longer texts.
KEY_CHARS: Final = 100

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


def wanted_when(record: type[Record], pack: RulePack) -> list[tuple[int, int, tuple[str, ...]]]:
    """The columns that must be filled in some rows: their places, those of the columns that tell, the values there."""
    columns = pack.columns(record)
    return [
        (position(record, field), position(record, FILLED_WHEN[column.scored][0]), _values(column.scored))
        for field, column in columns.items()
        if column.scored in FILLED_WHEN and not column.required
    ]


def _values(scored: Scored) -> tuple[str, ...]:
    return tuple(sorted(map(str, FILLED_WHEN[scored][1])))


def header_cell(column: int) -> str:
    """`$B$4` for a column (0-based)."""
    return f"${xl_col_to_name(column)}${HEADER_ROW + 1}"


def extent_cell(record: type[Record]) -> str:
    """The cell of a table sheet that says how many rows below the header formulas look at: right in the first row."""
    return f"${xl_col_to_name(len(record.columns()) - 1)}${TITLE_ROW + 1}"


def extent_formula(record: type[Record]) -> str:
    """The smallest reach below which the first columns are empty; rows inserted or deleted above are reckoned with."""
    start = data_start(record)
    left, right = xl_col_to_name(start), xl_col_to_name(start + 1)
    header = f"ROW({header_cell(start)})"
    told = f"ROW(${left}${LAST_ROW + 1})-{header}"
    for reach in reversed(REACHES[:-1]):
        last = HEADER_ROW + 1 + reach
        beyond = f"${left}${last + 1}:${right}${LAST_ROW + 1}"
        told = f"IF(COUNTA({beyond})=0,ROW(${left}${last})-{header},{told})"
    return f"={told}"


def extent_of(record: type[Record], rows: Sequence[Sequence[object]]) -> int:
    """What that formula gives for these rows."""
    start = data_start(record)
    filled = max((n for n, row in enumerate(rows, 1) if any(v is not None for v in row[start : start + 2])), default=0)
    return next(reach for reach in REACHES if filled <= reach or reach == REACHES[-1])


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
