"""An xlwings engine over a running LibreOffice: what the project uses of xlwings, no more.

Cells take what is handed over as if it were typed, as Excel's do: numbers, dates and formulas in text become numbers,
dates and formulas unless an apostrophe marks the text.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlparse

from xlwings import base_classes as base
from xlwings import utils

from tests.excel.uno_cells import Typist, formula_of_office
from tests.libreoffice.uno_runtime import load_uno

MESSAGES: Final = "LIANBING_SHOW_MESSAGES"
_EPOCH: Final = datetime(1899, 12, 30)
_CONTENTS: Final = 1 + 2 + 4 + 16  # com.sun.star.sheet.CellFlags: VALUE, DATETIME, STRING, FORMULA
_DATETIME: Final = 2
_FORMULA_ERROR: Final = 4  # com.sun.star.sheet.FormulaResult.ERROR
_ERRORS: Final = {502: "#VALUE!", 503: "#NUM!", 519: "#VALUE!", 524: "#REF!", 525: "#NAME?", 532: "#DIV/0!"}


class UnoEngine:
    name, type = "libreoffice", "desktop"

    def __init__(self, context: Any) -> None:
        self.app = UnoApp(self, context)

    @property
    def apps(self) -> list[UnoApp]:
        return [self.app]

    @staticmethod
    def clean_value_data(
        data: Any, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool
    ) -> list[list[Any]]:
        rows = data if isinstance(data, (list, tuple)) else [[data]]
        return [[empty_as if cell in (None, "") else cell for cell in row] for row in rows]


class UnoApp(base.App):  # type: ignore[misc]
    """Logs what the user would see: ("status", text), ("alert", title, text, mode), ("setting", name, value)."""

    def __init__(self, engine: UnoEngine, context: Any) -> None:
        self._engine = engine
        self.context = context
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.log: list[tuple[object, ...]] = []
        self._settings: dict[str, object] = {
            "screen_updating": True,
            "enable_events": True,
            "display_alerts": True,
            "status_bar": False,
        }

    engine = property(lambda self: self._engine)
    api = property(lambda self: self.desktop)
    pid = property(lambda self: 1)

    @property
    def books(self) -> UnoBooks:
        return UnoBooks(self)

    def _get(self, name: str) -> object:
        return self._settings[name]

    def _set(self, name: str, value: object) -> None:
        self.log.append(("status", value) if name == "status_bar" else ("setting", name, value))
        self._settings[name] = value

    screen_updating = property(lambda s: s._get("screen_updating"), lambda s, v: s._set("screen_updating", v))
    enable_events = property(lambda s: s._get("enable_events"), lambda s, v: s._set("enable_events", v))
    display_alerts = property(lambda s: s._get("display_alerts"), lambda s, v: s._set("display_alerts", v))
    status_bar = property(lambda s: s._get("status_bar"), lambda s, v: s._set("status_bar", v))

    @property
    def calculation(self) -> str:
        books = list(self.books)
        return "automatic" if not books or books[0].doc.isAutomaticCalculationEnabled() else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        self.log.append(("setting", "calculation", value))
        for book in self.books:
            book.doc.enableAutomaticCalculation(value != "manual")
            if value != "manual":  # Excel does so by itself; charts show the new values only then
                book.doc.calculateAll()

    def calculate(self) -> None:
        for book in self.books:
            book.doc.calculate()

    def activate(self, steal_focus: bool = False) -> None:
        pass

    @property
    def selection(self) -> UnoRange | None:
        """Of the workbook in front, as in Excel; None if it is no range of cells."""
        front = self.desktop.CurrentComponent
        for book in self.books:
            if front is None or book.doc.RuntimeUID == front.RuntimeUID:
                return book.selection
        return None

    def alert(self, prompt: str, title: str, buttons: str | None, mode: str | None, callback: object) -> str:
        self.log.append(("alert", title, prompt, mode))
        if os.environ.get(MESSAGES):
            window = next(iter(self.books)).doc.CurrentController.Frame.ContainerWindow
            kind = load_uno().Enum("com.sun.star.awt.MessageBoxType", "ERRORBOX" if mode == "critical" else "INFOBOX")
            window.Toolkit.createMessageBox(window, kind, 1, title, prompt).execute()
        return "yes" if buttons == "yes_no" else "ok"

    def write_log(self, path: Path) -> None:
        unfinished = path.with_suffix(".tmp")
        unfinished.write_text(json.dumps(self.log, ensure_ascii=False), encoding="utf-8")
        unfinished.replace(path)


class UnoBooks(base.Books):  # type: ignore[misc]
    def __init__(self, app: UnoApp) -> None:
        self.app = app

    def __iter__(self) -> Iterator[UnoBook]:
        for document in self.app.desktop.Components:
            if document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
                yield UnoBook(self.app, document)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def at(self, path: Path) -> UnoBook:
        """The open book with this file."""
        return next(book for book in self if Path(book.fullname) == path)


class UnoBook(base.Book):  # type: ignore[misc]
    def __init__(self, app: UnoApp, document: Any) -> None:
        self._app = app
        self.doc = document

    app = property(lambda self: self._app)
    api = property(lambda self: self.doc)

    @property
    def fullname(self) -> str:
        url = str(self.doc.URL)
        return unquote(urlparse(url).path) if url.startswith("file:") else url

    @property
    def name(self) -> str:
        return self.fullname.rsplit("/", 1)[-1]

    @property
    def sheets(self) -> UnoSheets:
        return UnoSheets(self)

    @property
    def selection(self) -> UnoRange | None:
        cells = self.doc.CurrentController.Selection
        if not cells.supportsService("com.sun.star.sheet.SheetCellRange"):
            return None
        at = cells.RangeAddress
        box = (at.StartRow + 1, at.StartColumn + 1, at.EndRow + 1, at.EndColumn + 1)
        return UnoRange(UnoSheet(self, cells.Spreadsheet), box)

    def activate(self, steal_focus: bool = False) -> None:
        self.doc.CurrentController.Frame.activate()

    def save(self, path: object = None, password: object = None) -> None:
        self.doc.store()


class UnoSheets(base.Sheets):  # type: ignore[misc]
    def __init__(self, book: UnoBook) -> None:
        self.book = book

    def __call__(self, key: int | str) -> UnoSheet:
        sheets = self.book.doc.Sheets
        return UnoSheet(self.book, sheets.getByIndex(key - 1) if isinstance(key, int) else sheets.getByName(key))

    def __len__(self) -> int:
        return int(self.book.doc.Sheets.Count)

    def __iter__(self) -> Iterator[UnoSheet]:
        return (self(number) for number in range(1, len(self) + 1))

    @property
    def active(self) -> UnoSheet:
        return UnoSheet(self.book, self.book.doc.CurrentController.ActiveSheet)


class UnoSheet(base.Sheet):  # type: ignore[misc]
    def __init__(self, book: UnoBook, sheet: Any) -> None:
        self._book = book
        self.uno = sheet

    book = property(lambda self: self._book)
    api = property(lambda self: self.uno)
    name = property(lambda self: self.uno.Name)
    index = property(lambda self: self.uno.RangeAddress.Sheet + 1)

    @property
    def tables(self) -> UnoTables:
        return UnoTables(self)

    def range(self, first: Any, last: Any = None) -> UnoRange:
        if isinstance(first, UnoRange):
            (top, left, _, _), (_, _, bottom, right) = first.box, (last or first).box
            return UnoRange(self, (top, left, bottom, right))
        if isinstance(first, str):
            start, end = utils.a1_to_tuples(first)
            return UnoRange(self, (*start, *(end or start)))
        return UnoRange(self, (*first, *(last or first)))

    @property
    def used_range(self) -> UnoRange:
        cursor = self.uno.createCursor()
        cursor.gotoEndOfUsedArea(False)
        address = cursor.RangeAddress
        return UnoRange(self, (1, 1, address.EndRow + 1, address.EndColumn + 1))

    def activate(self) -> None:
        self._book.doc.CurrentController.setActiveSheet(self.uno)


class UnoTables(base.Tables):  # type: ignore[misc]
    """Excel's tables are database ranges in LibreOffice."""

    def __init__(self, sheet: UnoSheet) -> None:
        self.sheet = sheet

    def __iter__(self) -> Iterator[UnoTable]:
        ranges = self.sheet.book.doc.DatabaseRanges
        for number in range(ranges.Count):
            found = ranges.getByIndex(number)
            if found.DataArea.Sheet + 1 == self.sheet.index and not found.Name.startswith("__Anonymous"):
                yield UnoTable(self.sheet, found)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class UnoTable(base.Table):  # type: ignore[misc]
    def __init__(self, sheet: UnoSheet, found: Any) -> None:
        self.sheet = sheet
        self.uno = found

    api = property(lambda self: self.uno)
    name = property(lambda self: self.uno.Name)

    @property
    def range(self) -> UnoRange:
        area = self.uno.DataArea
        return UnoRange(self.sheet, (area.StartRow + 1, area.StartColumn + 1, area.EndRow + 1, area.EndColumn + 1))

    def resize(self, area: Any) -> None:
        self.uno.setDataArea(area.api.RangeAddress)


class UnoRange(base.Range):  # type: ignore[misc]
    """box: first row, first column, last row, last column, from 1."""

    max_cells_per_read = max_cells_per_write = None

    def __init__(self, sheet: UnoSheet, box: tuple[int, int, int, int]) -> None:
        self.sheet = sheet
        self.box = box
        top, left, bottom, right = box
        self.uno = sheet.uno.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)

    api = property(lambda self: self.uno)
    row = property(lambda self: self.box[0])
    column = property(lambda self: self.box[1])

    @property
    def shape(self) -> tuple[int, int]:
        return self.box[2] - self.box[0] + 1, self.box[3] - self.box[1] + 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> UnoRange:
        if column is None:
            row, column = (row - 1) // self.shape[1] + 1, (row - 1) % self.shape[1] + 1
        at = (self.row + row - 1, self.column + column - 1)
        return self.sheet.range(at, at)

    @property
    def address(self) -> str:
        top, left, bottom, right = self.box
        return f"${utils.col_name(left)}${top}:${utils.col_name(right)}${bottom}"

    @property
    def raw_value(self) -> Any:
        rows = [list(row) for row in self.uno.getDataArray()]
        for row, column in self._places(self.uno.queryContentCells(_DATETIME)):
            if isinstance(rows[row][column], float):
                rows[row][column] = _EPOCH + timedelta(seconds=round(rows[row][column] * 86400))
        for row, column in self._places(self.uno.queryFormulaCells(_FORMULA_ERROR)):
            rows[row][column] = _ERRORS.get(self.uno.getCellByPosition(column, row).getError(), "#N/A")
        return rows

    @raw_value.setter
    def raw_value(self, value: Sequence[Sequence[object]]) -> None:
        if (len(value), len(value[0])) != self.shape:
            raise ValueError(f"{len(value)} × {len(value[0])} values for {self.address}")
        typist = Typist(self.sheet.book.app.context, self.sheet.book.doc)
        notes = self._notes()
        self.uno.setDataArray(tuple(tuple(typist.data(cell) for cell in row) for row in value))
        for column in range(self.shape[1]):
            for first, run in typist.formula_runs([row[column] for row in value]):
                cells = self.uno.getCellRangeByPosition(column, first, column, first + len(run) - 1)
                cells.setFormulaArray(tuple((formula_of_office(text),) for text in run))
        for position, text in notes:
            self.sheet.uno.Annotations.insertNew(position, text)

    def _notes(self) -> list[tuple[Any, str]]:
        """The notes in the range: LibreOffice drops them from cells that are written, Excel does not."""
        top, left, bottom, right = self.box
        found = [(note.Position, str(note.String)) for note in self.sheet.uno.Annotations]
        return [(p, t) for p, t in found if top <= p.Row + 1 <= bottom and left <= p.Column + 1 <= right]

    @property
    def formula(self) -> Any:
        return self.uno.getFormulaArray()

    def clear_contents(self) -> None:
        self.uno.clearContents(_CONTENTS)

    def _places(self, found: Any) -> Iterator[tuple[int, int]]:
        for area in found.RangeAddresses:
            for row in range(area.StartRow, area.EndRow + 1):
                for column in range(area.StartColumn, area.EndColumn + 1):
                    yield row - self.row + 1, column - self.column + 1
