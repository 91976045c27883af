"""Long tables made into XML side by side, and ahead of the writing while the program computes the rest."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from zipfile import ZipFile

from xl_lianbing.excel.ooxml import book_xml
from xl_lianbing.excel.ooxml.column_xml import Piece, Sheet, piece
from xl_lianbing.excel.ooxml.sheet_model import table_sheet
from xl_lianbing.excel.ooxml.sheet_scan import SheetScan
from xl_lianbing.excel.ooxml.zip_parts import PackageSyntaxError, reading_package
from xl_lianbing.excel.values import ColumnBlock, LongRows, Table

#: So many pieces wait to be taken, at most: memory does not grow with the length of a table.
_WAITING = 24
#: Rows of a piece. Many more, and the last one is waited for; many fewer, and processes wait to be given the next.
_ROWS = 6_000

Job = tuple[Sequence[ColumnBlock], int, int, Sheet]


class Stream:
    """The pieces of one long table in their order; the first row is not among them."""

    def __init__(self, table: Table, sheet: Sheet, executor: Executor | None) -> None:
        assert isinstance(table.rows, LongRows)
        self.sheet = sheet
        jobs: list[Job] = []
        row, skip = table.header_row + 2, 1
        for blocks in _bundled(table.rows.blocks):
            jobs.append((blocks, row, skip, sheet))
            row, skip = row + sum(block.count for block in blocks) - skip, 0
        self.last_row = row - 1
        self._jobs: Iterator[Job] = iter(jobs)
        self._executor = executor
        self._made: deque[Future[Piece]] = deque()

    def begin(self, most: int) -> int:
        """Starts on at most so many pieces; how many."""
        before = len(self._made)
        while self._executor is not None and len(self._made) - before < most and (job := next(self._jobs, None)):
            self._made.append(self._executor.submit(piece, *job))
        return len(self._made) - before

    def __iter__(self) -> Iterator[Piece]:
        if self._executor is None:
            for job in self._jobs:
                yield piece(*job)
            return
        self.begin(_WAITING - len(self._made))
        while self._made:
            made = self._made.popleft().result()
            self.begin(1)
            yield made

    def drop(self) -> None:
        """Nobody wants them any more."""
        self._jobs = iter(())
        while self._made:
            self._made.popleft().cancel()


def _bundled(blocks: Sequence[ColumnBlock]) -> Iterator[list[ColumnBlock]]:
    bundle: list[ColumnBlock] = []
    rows = 0
    for block in blocks:
        if block.count:
            bundle.append(block)
            rows += block.count
        if rows >= _ROWS:
            yield bundle
            bundle, rows = [], 0
    if bundle:
        yield bundle


class Ahead:
    """The streams of tables that will be written into a closed workbook."""

    def __init__(self, master: Path, tables: Sequence[Table], executor: Executor) -> None:
        """What cannot be begun here is left to the writing, which says what is wrong."""
        self._streams: list[tuple[Table, Stream]] = []
        try:
            with reading_package(), ZipFile(master) as package:
                workbook = book_xml.workbook_part(package)
                date1904 = book_xml.uses_1904(package.read(workbook))
                parts = book_xml.sheet_parts(package, workbook)
                for table in tables:
                    if isinstance(table.rows, LongRows) and table.sheet in parts:
                        with package.open(parts[table.sheet]) as stream:
                            sheet = table_sheet(SheetScan(stream), table, date1904)
                        self._streams.append((table, Stream(table, sheet, executor)))
        except (OSError, PackageSyntaxError):
            return
        left = _WAITING
        for _, begun in self._streams:
            left -= begun.begin(left)

    def stream(self, table: Table, sheet: Sheet, make: Callable[[], Stream]) -> Stream:
        """The stream of a table if it was begun for this very look of it, else a new one."""
        for i, (begun, stream) in enumerate(self._streams):
            if begun is table:
                for _, passed in self._streams[: i + 1]:
                    if passed is not stream or stream.sheet != sheet:
                        passed.drop()
                del self._streams[: i + 1]
                return stream if stream.sheet == sheet else make()
        return make()
