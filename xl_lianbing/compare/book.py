"""A master as a comparison sees it: what was typed in, which returns were used, what came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xl_lianbing.addresses import column_letters
from xl_lianbing.errors import MasterUnreadable
from xl_lianbing.faults import words_of
from xl_lianbing.folder import open_campaign
from xl_lianbing.intake.cells.values import as_typed
from xl_lianbing.intake.door.sheets import Book, Cell, Unreadable
from xl_lianbing.intake.master.rules_tab import rules_rows
from xl_lianbing.intake.master.tabs import Tab
from xl_lianbing.records.column import Record
from xl_lianbing.records.inputs import INPUT_TABS, RULES_TAB
from xl_lianbing.records.keys import squeeze
from xl_lianbing.records.results import CASES, RECEIPTS, RUNS, Grid, ResultTab

#: A row of a result table: text by header.
ResultRow = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row of an input tab: its values by header, and the row that it stands in."""

    number: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MasterBook:
    """One side of a comparison."""

    path: Path
    rules: Mapping[str, str]
    tabs: Mapping[str, Sequence[TypedRow]]
    receipts: Sequence[ResultRow]
    run: ResultRow
    results: Mapping[str, Sequence[ResultRow]]
    cases: Sequence[ResultRow]


def read_book(place: Path, results: Mapping[str, tuple[ResultTab, Grid]]) -> MasterBook:
    """Reads a master, or that of a campaign folder. Raises CampaignNotFound, MasterUnreadable."""
    path = place if place.is_file() else open_campaign(place).master
    own = (RECEIPTS, RUNS, CASES, *(tab for tab, _ in results.values()))
    wanted = (RULES_TAB, *(record.sheet for record in INPUT_TABS), *(tab.name for tab in own))
    try:
        book = Book(path.read_bytes(), {squeeze(name) for name in wanted})
        rules = {row.code: f"{row.item}={_text(row.value)}" for row in rules_rows(book)}
        runs = _result(book, RUNS, RUNS.grid)
        return MasterBook(
            path=path,
            rules=rules,
            tabs={record.sheet: _typed(book, record) for record in INPUT_TABS},
            receipts=_result(book, RECEIPTS, RECEIPTS.grid),
            run=runs[-1] if runs else {},
            results={name: _result(book, tab, grid) for name, (tab, grid) in results.items()},
            cases=_result(book, CASES, CASES.grid),
        )
    except OSError as e:
        raise MasterUnreadable(f"打不开 {path}（{words_of(e)}）。", "核对路径；正在Excel中打开的请关闭。") from e
    except Unreadable as e:
        raise MasterUnreadable(f"总表 {path} 无法读取：{e.why}", "换一份备份中的总表再比较。") from e


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        cell = cell.date()
    return as_typed(cell).strip()


def _typed(book: Book, record: type[Record]) -> list[TypedRow]:
    """The filled rows of an input tab, by the headers of the contract; none where a tab has lost those."""
    headers = [column.header for column in record.columns().values()]
    tab = Tab.of(book, record.sheet)
    header = tab.header(headers) if tab is not None else None
    if tab is None or header is None:
        return []
    rows = ((row.number, tuple(_text(row[h]) for h in headers)) for row in tab.table(header))
    return [TypedRow(number, values) for number, values in rows if any(values)]


def _result(book: Book, tab: ResultTab, grid: Grid) -> list[ResultRow]:
    """The rows of a result table, as they were last computed."""
    found = Tab.of(book, tab.name)
    if found is None:
        raise MasterUnreadable(f"没有工作表“{tab.name}”，不能比较。", "请指定用本软件新建、计算过的总表。")
    return [{header: _text(row[header]) for header in grid.headers} for row in found.grid(grid)]


def address(record: type[Record], row: TypedRow) -> str:
    """Where a row of an input tab stands."""
    right = column_letters(len(record.columns()))
    return f"{record.sheet}!A{row.number}:{right}{row.number}"
