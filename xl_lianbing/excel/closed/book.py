"""A workbook that no program has open: written inside its package."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from xl_lianbing.excel.closed.lock import refuse_if_open
from xl_lianbing.excel.closed.results import explained, fingerprint, write_results
from xl_lianbing.excel.ooxml.sheet.long_tabs import Ahead
from xl_lianbing.excel.protocol import Spot
from xl_lianbing.excel.values import Cells, Table


class ClosedBook:
    """An OpenBook over the file itself.

    say: told what the live workbook would show (status and messages).
    """

    def __init__(self, path: Path, *, say: Callable[[str], None] | None = None) -> None:
        self._path = path
        self._say = say
        self._shown: str | None = None
        self._read = ""
        self._ahead: Ahead | None = None

    @property
    def path(self) -> Path:
        return self._path

    @property
    def shown(self) -> str | None:
        """The sheet that was last asked for: a file that nobody looks at shows none."""
        return self._shown

    def ready(self) -> None:
        with explained(self._path):
            refuse_if_open(self._path)

    def snapshot(self, folder: Path) -> Path:
        with explained(self._path):
            self._read = fingerprint(self._path)
        return self._path

    def typed_since(self, folder: Path) -> Path | None:
        return None

    def keep(self, snapshot: Path) -> None:
        """Nothing to do: `write` keeps what it replaces."""

    def expect(self, tables: Sequence[Table | Cells], executor: Executor | None) -> None:
        if executor is not None:
            self._ahead = Ahead(self._path, [t for t in tables if isinstance(t, Table)], executor)

    def write(self, blocks: Sequence[Table | Cells], *, executor: Executor | None = None) -> list[str]:
        ahead, self._ahead = self._ahead, None
        read, self._read = self._read, ""
        return write_results(self._path, blocks, read=read, executor=executor, ahead=ahead)

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
