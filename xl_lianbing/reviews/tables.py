"""Plain tables of the bureau's own workbooks and of the forms: written with one look, read by their headers."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_lianbing.drafts import prefix_of, sweep
from xl_lianbing.errors import LianbingError
from xl_lianbing.faults import advice_of, words_of
from xl_lianbing.intake.door.sheets import Book, Unreadable
from xl_lianbing.intake.master.tabs import Tab, TableRow
from xl_lianbing.workbooks.styles import WORKBOOK_OPTIONS, Formats, Palette

#: Where the header stands; a title and a line of explanation are above.
HEADER_ROW = 3


@dataclass(frozen=True, slots=True)
class TableColumn:
    header: str
    width: float = 12
    required: bool = False
    #: Whether people type into it.
    typed: bool = False
    look: str = "text"


@contextmanager
def new_workbook(path: Path) -> Iterator[tuple[Workbook, Formats]]:
    """A workbook that takes its place at the end, whole. Raises LianbingError where it can't be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep(path.parent, path.stem)
        handle, name = tempfile.mkstemp(".tmp", prefix_of(path.stem), path.parent)
        os.close(handle)
        draft = Path(name)
        try:
            workbook = Workbook(name, WORKBOOK_OPTIONS)
            workbook.set_properties({"author": "", "company": "", "comments": ""})
            yield workbook, Formats(workbook)
            workbook.close()
            draft.chmod(0o644)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as e:
        raise LianbingError(
            f"《{path.name}》写不进去：{words_of(e)}。",
            f"请关闭正在打开《{path.name}》的程序再运行一次。{advice_of(e)}",
        ) from e


def write_table(
    workbook: Workbook,
    formats: Formats,
    name: str,
    note: str,
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[object]],
    *,
    title: str = "",
    protect: bool = False,
    landscape: bool = True,
    height: Callable[[Sequence[object]], float] | None = None,
) -> Worksheet:
    """A sheet with a title, a line of explanation, a header and rows. Text stays text."""
    sheet = workbook.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, title or name, formats("title"))
    sheet.write_string(1, 0, note, formats("hint"))
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        look = "header_required" if column.required else "header_optional"
        sheet.write_string(HEADER_ROW - 1, place, column.header, formats("header", look))
    for number, row in enumerate(rows, HEADER_ROW):
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            lock = ("unlocked",) if column.typed else ("locked",) if protect else ()
            write_cell(sheet, number, place, value, formats(column.look, "cell", *lock))
        if height is not None:
            sheet.set_row(number, height(row))
    sheet.freeze_panes(HEADER_ROW, 0)
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW - 1)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&C第&P页，共&N页")
    if protect:
        sheet.protect(options={"format_cells": True, "format_columns": True, "format_rows": True, "sort": True})
    sheet.set_tab_color(Palette.TAB_INPUT if any(c.typed for c in columns) else Palette.TAB_INFO)
    return sheet


def write_cell(sheet: Worksheet, row: int, column: int, value: object, look: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value, look)
    else:
        sheet.write_string(row, column, str(value), look)


def read_table(book: Book, name: str, headers: Collection[str]) -> list[TableRow]:
    """The rows of a sheet below its header, wherever that stands; none where there is no such sheet or header."""
    tab = Tab.of(book, name)
    header = tab.header(headers) if tab is not None else None
    return tab.table(header) if tab is not None and header is not None else []


def open_book(path: Path) -> Book | None:
    """One of the bureau's own workbooks; None if it is not there. Raises LianbingError where it can't be read."""
    try:
        return Book(path.read_bytes())
    except FileNotFoundError:
        return None
    except Unreadable as e:
        raise LianbingError(f"《{path.name}》无法读取：{e.why}。", f"请从备份恢复《{path.name}》。") from e
    except OSError as e:
        raise LianbingError(f"《{path.name}》打不开：{words_of(e)}。", advice_of(e)) from e


def texts(row: TableRow, headers: Sequence[str]) -> Mapping[str, str]:
    return {header: row.text(header) for header in headers}
