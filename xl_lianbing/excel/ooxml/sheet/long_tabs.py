"""Long tables made into compressed XML: by columns, side by side in processes, and ahead of the writing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path

from isal import isal_zlib

from xl_lianbing.excel.ooxml.package import Package
from xl_lianbing.excel.ooxml.sheet.cell_xml import CellWriter, Pen
from xl_lianbing.excel.ooxml.sheet.kept_cells import KeptRow, attributes_text, column_styles, row_attributes, style_of
from xl_lianbing.excel.ooxml.sheet.scan import SheetScan
from xl_lianbing.excel.ooxml.workbook import Workbook
from xl_lianbing.excel.ooxml.xml import PackageSyntaxError
from xl_lianbing.excel.values import Cell, ColumnBlock, LongRows, Table

LEVEL = 1
#: So many pieces wait to be taken, at most: memory does not grow with the length of a table.
_WAITING = 24
#: Rows of a piece. Many more, and the last one is waited for; many fewer, and processes wait to be given the next.
_ROWS = 6_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all rows of a table share: namespace prefix, date system, the pens of its columns, attributes of a row."""

    prefix: str
    date1904: bool
    pens: tuple[Pen, ...]
    row_attributes: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of rows, compressed so that it can be put behind others; with CRC-32 and size of the XML."""

    compressed: bytes
    crc: int
    size: int


def piece(blocks: Sequence[ColumnBlock], first_row: int, skip: int, sheet: Sheet) -> Piece:
    """The rows of some blocks as XML, the first of them (after `skip` rows) with the number `first_row`."""
    compressor = isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, -15)
    compressed: list[bytes] = []
    crc = size = 0
    for block in blocks:
        columns = [column[skip:] for column in block.columns()] if skip else block.columns()
        data = rows_xml(columns, first_row, sheet).encode("utf-8", "surrogateescape")
        compressed.append(compressor.compress(data))
        crc, size = isal_zlib.crc32(data, crc), size + len(data)
        first_row, skip = first_row + block.count - skip, 0
    compressed.append(compressor.flush(isal_zlib.Z_FULL_FLUSH))
    return Piece(b"".join(compressed), crc, size)


def rows_xml(columns: Sequence[Sequence[Cell]], first_row: int, sheet: Sheet) -> str:
    """`<row>` elements of cells given by columns."""
    if len(columns) != len(sheet.pens):
        raise ValueError(f"{len(columns)} columns for {len(sheet.pens)}")
    writer = CellWriter(sheet.prefix, date1904=sheet.date1904)
    numbers = [str(first_row + i) for i in range(len(columns[0]) if columns else 0)]
    runs = [writer.column(pen, numbers, column) for pen, column in zip(sheet.pens, columns, strict=True)]
    opening, middle = f'<{sheet.prefix}row r="%s"', sheet.row_attributes.replace("%", "%%")
    row = f"{opening}{middle}>{''.join([run.text for run in runs])}</{sheet.prefix}row>"
    fills = [fill for run in runs for fill in run.fills]
    return "".join([row % found for found in zip(numbers, *fills, strict=True)])


def table_sheet(scan: SheetScan, table: Table, date1904: bool) -> Sheet:
    """What all rows of the table share; reads no further than the row under its header."""
    writer, styles = CellWriter(scan.prefix, date1904=date1904), column_styles(scan)
    raw = next((row for row in scan.rows() if row.number > table.header_row), None)
    model = KeptRow.parse(raw, scan.prefix) if raw is not None and raw.number == table.header_row + 1 else None
    columns = range(table.first_column, table.first_column + table.width)
    pens = tuple(writer.pen(column, style_of(model, column, styles)) for column in columns)
    return Sheet(scan.prefix, date1904, pens, attributes_text(row_attributes(model)))


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


Streams = Callable[[Table, Sheet], Stream]


def in_this_process(table: Table, sheet: Sheet) -> Stream:
    """A long table made here, when its turn has come."""
    return Stream(table, sheet, None)


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
            with master.open("rb") as file:
                package = Package(file)
                book = Workbook(package)
                date1904, parts = book.date1904, book.sheet_parts()
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
