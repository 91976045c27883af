"""A master as a comparison sees it: what was typed in, which returns were used, what came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from xl_lianbing.addresses import column_letters
from xl_lianbing.errors import MasterUnreadable
from xl_lianbing.folder import open_campaign
from xl_lianbing.intake.cells.values import as_typed
from xl_lianbing.intake.door.sheets import Book, Cell, Unreadable
from xl_lianbing.intake.master.rules_tab import rules_rows
from xl_lianbing.records.column import Record
from xl_lianbing.records.inputs import INPUT_TABS
from xl_lianbing.records.keys import squeeze
from xl_lianbing.records.results import CASES, RECEIPTS, RUNS, Grid, ResultTab

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """A row of an input tab: its values by header, and the row that it stands in."""

    number: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MasterBook:
    """One side of a comparison."""

    path: Path
    rules: Mapping[str, str]
    tabs: Mapping[str, Sequence[Typed]]
    receipts: Sequence[Row]
    run: Row
    results: Mapping[str, Sequence[Row]]
    cases: Sequence[Row]


def read_book(place: Path, results: Mapping[str, tuple[ResultTab, Grid]]) -> MasterBook:
    """Reads a master, or that of a campaign folder. Raises CampaignNotFound, MasterUnreadable."""
    path = place if place.is_file() else open_campaign(place).master
    try:
        book = Book(path.read_bytes())
        rules = {row.code: f"{row.item}={_text(row.value)}" for row in rules_rows(book)}
        runs = _grid(book, RUNS, RUNS.grid)
        return MasterBook(
            path=path,
            rules=rules,
            tabs={record.sheet: _typed(book, record) for record in INPUT_TABS},
            receipts=_grid(book, RECEIPTS, RECEIPTS.grid),
            run=runs[-1] if runs else {},
            results={name: _grid(book, tab, grid) for name, (tab, grid) in results.items()},
            cases=_grid(book, CASES, CASES.grid),
        )
    except OSError as e:
        raise MasterUnreadable(f"打不开 {path}（{e.strerror or e}）。", "核对路径；正在Excel中打开的请关闭。") from e
    except Unreadable as e:
        raise MasterUnreadable(f"总表 {path} 无法读取：{e.why}", "换一份备份中的总表再比较。") from e


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        cell = cell.date()
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return cell.isoformat()
    return as_typed(cell).strip()


def _typed(book: Book, record: type[Record]) -> list[Typed]:
    """The filled rows of an input tab, by the headers of the contract."""
    sheet = next((n for n in book.names if squeeze(n) == record.sheet), None)
    if sheet is None:
        return []
    headers = [column.header for column in record.columns().values()]
    rows = list(book.rows(sheet))
    top = next(
        (n for n, cells in rows if headers[0] in (texts := [_text(c) for c in cells]) and headers[1] in texts), 0
    )
    if not top:
        return []
    head = [_text(c) for c in rows[top - 1][1]]
    places = [head.index(h) if h in head else None for h in headers]
    found = []
    for number, cells in rows[top:]:
        values = tuple("" if at is None else _text(cells[at]) for at in places)
        if any(values):
            found.append(Typed(number, values))
    return found


def _grid(book: Book, tab: ResultTab, grid: Grid) -> list[Row]:
    """The rows of a result table, as they were last computed."""
    if tab.name not in book.names:
        raise MasterUnreadable(f"没有工作表“{tab.name}”，不能比较。", "请指定用本软件新建、计算过的总表。")
    rows = list(book.rows(tab.name))
    left = grid.first_column - 1 - book.first_column(tab.name)
    found: list[Row] = []
    for number, cells in rows:
        own = cells[max(left, 0) : left + len(grid.fields)]
        if number > grid.header_row and any(c != "" for c in own):
            found.append(dict(zip(grid.headers, map(_text, own), strict=False)))
    return found


def address(record: type[Record], row: Typed) -> str:
    """Where a row of an input tab stands."""
    right = column_letters(len(record.columns()))
    return f"{record.sheet}!A{row.number}:{right}{row.number}"
