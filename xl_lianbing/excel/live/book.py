"""A workbook that is open in a spreadsheet program, through xlwings."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xl_lianbing.errors import LianbingError
from xl_lianbing.excel.closed.backups import KEPT, make_backup, remove_old_backups
from xl_lianbing.excel.closed.results import explained, fingerprint, missing_sheet
from xl_lianbing.excel.live.host import Host
from xl_lianbing.excel.live.patches import patches
from xl_lianbing.excel.live.patience import Patience
from xl_lianbing.excel.live.sheet import LiveSheet
from xl_lianbing.excel.live.start import host_of
from xl_lianbing.excel.protocol import Spot
from xl_lianbing.excel.values import Cells, SheetBlocks, Table, by_sheet

if TYPE_CHECKING:
    import xlwings as xw

#: Property of `xlwings.App` → what it is while blocks are written.
_QUIET: Final[dict[str, object]] = {
    "screen_updating": False,
    "enable_events": False,
    "display_alerts": False,
    "calculation": "manual",
}


class LiveBook:
    """An OpenBook over `xlwings.Book`.

    host: the program behind it (None: found by its engine); patience: how long a busy program is asked again.
    """

    def __init__(self, book: xw.Book, *, host: Host | None = None, patience: Patience | None = None) -> None:
        self._book = book
        self._host = host or host_of(book)
        self._patience = patience or Patience(self._host)
        self._read = ""

    @property
    def path(self) -> Path:
        return Path(self.location)

    @property
    def location(self) -> str:
        """Where the program says the file is: a path, a URL for a synchronised folder, a bare name if never saved."""
        return self._patience(lambda: self._book.fullname)

    @property
    def name(self) -> str:
        return self._patience(lambda: self._book.name)

    @property
    def refusal(self) -> LianbingError | None:
        """Why nothing can be written into the workbook; None if it can."""
        return self._patience(lambda: self._host.refusal(self._book))

    def ready(self) -> None:
        refusal = self.refusal
        if refusal is not None:
            raise refusal

    def snapshot(self, folder: Path) -> Path:
        """The file itself while nothing is unsaved, else a copy that the program writes: read like any closed
        workbook, so that a button and the command can't understand the same cells in two ways; the user's workbook
        stays as saved or unsaved as it is."""
        copy = self._copy(folder)
        self._read = fingerprint(copy) if copy == self.path else ""
        return copy

    def typed_since(self, folder: Path) -> Path | None:
        copy = self._copy(folder)
        return None if copy == self.path and fingerprint(copy) == self._read else copy

    def keep(self, snapshot: Path) -> None:
        with explained(self.path):
            make_backup(self.path, datetime.now(), copy_of=snapshot)
            remove_old_backups(self.path, KEPT)

    def _copy(self, folder: Path) -> Path:
        if self._patience(lambda: self._host.is_unchanged(self._book)) and self.path.is_file():
            return self.path
        copy = folder / self.path.name
        self._patience(lambda: self._host.save_copy(self._book, copy))
        return copy

    def expect(self, tables: Sequence[Table | Cells], executor: Executor | None) -> None:
        """Nothing to begin with: the program takes cells only when they are written."""

    def write(self, blocks: Sequence[Table | Cells], *, executor: Executor | None = None) -> list[str]:
        # one program takes the cells one block after the other: nothing for an executor to do
        planned = by_sheet(blocks)
        sheets = {name: self._sheet(name) for name in planned}
        with ExitStack() as finish, ExitStack() as undo:
            for name, sheet in sheets.items():
                self._write_sheet(name, sheet, planned[name], undo, finish)
            if self._patience(lambda: self._book.app.calculation) == "manual":
                self._patience(self._book.app.calculate)
            undo.pop_all()
        return list(planned)

    def _write_sheet(self, name: str, sheet: LiveSheet, owned: SheetBlocks, undo: ExitStack, finish: ExitStack) -> None:
        """`undo` gets what brings the old cells back, last written first; `finish` what is due in either case."""
        tab = self._book.sheets[name]
        protection = self._patience(lambda: self._host.unlock(tab))
        if protection is not None:
            finish.callback(self._patience, lambda: self._host.lock(tab, protection))
        self._patience(lambda: self._host.show_all_rows(tab))
        for table in owned.tables:
            old = sheet.old_rows(table)
            finish.callback(old.close)
            undo.callback(sheet.put_table, table, old, old.end)
            sheet.put_table(table, table.rows)
        for patch in patches(owned.single):
            undo.callback(sheet.put_patch, sheet.old_patch(patch))
            sheet.put_patch(patch)

    def selected(self) -> Spot | None:
        return self._patience(self._selected)

    def _selected(self) -> Spot | None:
        cells = self._book.app.selection  # of whichever workbook is in front; None: a chart, a shape
        if cells is None or cells.sheet.book.name != self._book.name:
            return None
        return Spot(cells.sheet.name, cells.row, cells.column)

    def show(self, sheet: str) -> None:
        self._sheet(sheet)
        self._patience(lambda: self._book.sheets[sheet].activate())

    def status(self, text: str | None) -> None:
        say = partial(setattr, self._book.app, "status_bar", False if text is None else text)
        if text is None:
            self._patience(say)
        else:
            _surely(say)  # progress is not worth waiting for

    def tell(self, message: str, *, title: str, serious: bool = False) -> None:
        try:
            self._book.app.alert(message, title=title, mode="critical" if serious else "info")
        except Exception:
            self._host.message_box(message, title, serious=serious)

    def choose_files(self, title: str, endings: Sequence[str]) -> list[Path]:
        """The files that the user picks, [] for none."""
        return self._patience(lambda: self._host.choose_files(self._book.app, title, endings))

    def ask(self, question: str, *, title: str) -> bool:
        """Whether the user says yes."""
        return self._book.app.alert(question, title=title, buttons="yes_no", mode="info") == "yes"

    def choose(self, question: str, options: Sequence[str], *, title: str) -> int | None:
        """Which of a few the user takes, from 0; None for none."""
        lines = [question, *(f"{number}  {option}" for number, option in enumerate(options, 1)), "输入数字："]
        while True:
            answer = self._patience(lambda: self._host.ask_text(self._book.app, "\n".join(lines), title))
            if answer is None or answer.strip() in ("", "0"):
                return None
            if answer.strip().isdecimal() and 0 < int(answer) <= len(options):
                return int(answer) - 1

    @contextmanager
    def quiet(self) -> Iterator[None]:
        app = self._book.app
        before: dict[str, Any] = {}
        with ExitStack() as restore:
            restore.callback(_surely, lambda: self.status(None))
            for name, value in _QUIET.items():
                before[name] = self._patience(partial(getattr, app, name))
                restore.callback(_surely, partial(self._patience, partial(setattr, app, name, before[name])))
                self._patience(partial(setattr, app, name, value))
            restore.enter_context(self._host.quiet(app))
            yield

    def save(self) -> None:
        self._patience(self._book.save)

    def _sheet(self, name: str) -> LiveSheet:
        names = self._patience(lambda: [sheet.name for sheet in self._book.sheets])
        if name not in names:
            raise missing_sheet(self.path.name, name)
        date1904 = self._patience(lambda: self._host.uses_1904(self._book))
        return LiveSheet(self._book.sheets[name], self._host, self._patience, date1904=date1904)


def _surely(call: Callable[[], object]) -> None:
    """What restores one setting must not keep the others from being restored."""
    with contextlib.suppress(Exception):
        call()
