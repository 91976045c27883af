"""A workbook that no program has open: read with calamine, written inside its package."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime, time
from pathlib import Path

from xl_lianbing.errors import MasterUnreadable
from xl_lianbing.excel.closed.results import write_results
from xl_lianbing.excel.ooxml.long_tabs import Ahead
from xl_lianbing.excel.protocol import Area, Spot
from xl_lianbing.excel.values import Cells, Table, Value


def missing_sheet(book: str, sheet: str) -> MasterUnreadable:
    """The error for a tab that was deleted or renamed."""
    return MasterUnreadable(
        f"《{book}》里没有工作表“{sheet}”（可能被删除或改了名）。",
        f"请把它的名字改回“{sheet}”；已经删除的，请从“备份”文件夹恢复，"
        "或者用 xl-lianbing new 新建一个总表，再把录入的内容复制过去。",
    )


class ClosedBook:
    """An OpenBook over the file itself.

    say: told what the live workbook would show (status and messages).
    """

    def __init__(self, path: Path, *, say: Callable[[str], None] | None = None) -> None:
        self._path = path
        self._say = say
        self._shown: str | None = None
        self._ahead: Ahead | None = None

    @property
    def path(self) -> Path:
        return self._path

    @property
    def shown(self) -> str | None:
        """The sheet that was last asked for: a file that nobody looks at shows none."""
        return self._shown

    def read(self, sheet: str) -> Area:
        """As the protocol says; calamine gives no text for error values: they read as blanks."""
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_path(str(self._path))
        if sheet not in book.sheet_names:
            raise missing_sheet(self._path.name, sheet)
        found = book.get_sheet_by_name(sheet)
        row, column = found.start or (0, 0)
        return Area(row + 1, column + 1, [[_value(cell) for cell in cells] for cells in found.to_python()])

    def snapshot(self, folder: Path) -> Path:
        return self._path

    def expect(self, tables: Sequence[Table | Cells], executor: Executor | None) -> None:
        if executor is not None:
            self._ahead = Ahead(self._path, [t for t in tables if isinstance(t, Table)], executor)

    def write(self, blocks: Sequence[Table | Cells], *, executor: Executor | None = None) -> list[str]:
        ahead, self._ahead = self._ahead, None
        return write_results(self._path, blocks, executor=executor, ahead=ahead)

    def selected(self) -> Spot | None:
        """None: nobody looks at a closed file."""
        return None

    def show(self, sheet: str) -> None:
        self._shown = sheet

    def status(self, text: str | None) -> None:
        if self._say is not None and text is not None:
            self._say(text)

    def tell(self, message: str, *, title: str, serious: bool = False) -> None:
        if self._say is not None:
            self._say(f"{title}：{message}")

    def quiet(self) -> AbstractContextManager[None]:
        return nullcontext()

    def save(self) -> None:
        """Nothing to do: `write` is durable."""


def _value(cell: object) -> Value:
    if cell == "":
        return None
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime.combine(cell, time())
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if isinstance(cell, str | bool | int | float | datetime) else str(cell)
