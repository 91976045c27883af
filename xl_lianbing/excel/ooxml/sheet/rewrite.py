"""A worksheet part with the program's own tables and cells written anew: streamed, everything else as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import IO

from xl_lianbing.addresses import MAX_ROW, Box, box_ref, column_letters, column_number
from xl_lianbing.excel.ooxml.sheet.cell_xml import CellWriter
from xl_lianbing.excel.ooxml.sheet.kept_cells import (
    KeptRow,
    SharedFormulas,
    attributes_text,
    column_styles,
    lasting_attributes,
    row_attributes,
    style_of,
)
from xl_lianbing.excel.ooxml.sheet.long_tabs import LEVEL, Sheet, Streams, in_this_process
from xl_lianbing.excel.ooxml.sheet.scan import RawRow, SheetScan
from xl_lianbing.excel.ooxml.zip_writer import DeflatedPart
from xl_lianbing.excel.values import Cell, LongRows, SheetBlocks, Table

_BATCH = 1_000
_DIMENSION = re.compile(r"""(<(?:[\w.-]+:)?dimension\s(?:[^<>]*?\s)?ref\s*=\s*)(?:"[^"]*"|'[^']*')""")


@dataclass(frozen=True, slots=True)
class SheetResult:
    part: DeflatedPart
    last_rows: tuple[tuple[Table, int], ...]
    """Each table with the number of its last row, at least the one under its header."""


def rewrite_sheet(
    stream: IO[bytes],
    blocks: SheetBlocks,
    *,
    date1904: bool = False,
    streams: Streams = in_this_process,
) -> SheetResult:
    """The worksheet part with the blocks' cells replaced; `streams` makes the XML of long tables.

    Raises ValueError for more rows than a sheet holds, PackageSyntaxError for a part that is none.
    """
    rewriter = _Rewriter(SheetScan(stream), blocks, date1904)
    part = DeflatedPart(LEVEL)
    try:
        rewriter.run(part, streams)
    except BaseException:
        part.close()
        raise
    return SheetResult(part, tuple((feed.table, feed.last_row) for feed in rewriter.feeds))


class _Feed:
    """The rows of one table, taken one by one from its iterable."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.columns = table.columns
        self.last_row = table.header_row + 1
        self.next_row: int | None = self.last_row
        self.row_attributes: dict[str, str] = {}
        self.started = False
        self._rows = iter(table.rows)
        self._pending: Sequence[Cell] = next(self._rows, ())

    def start(self, writer: CellWriter, styles: Mapping[int, str], row_attributes: dict[str, str]) -> None:
        self.pens = tuple(writer.pen(column, styles.get(column, "")) for column in self.columns)
        self._render = writer.row_function(self.pens)
        self.row_attributes = row_attributes
        self.started = True

    def take(self) -> str:
        """The cells of the row ``next_row``."""
        row = self.next_row
        assert row is not None
        if row > MAX_ROW:
            raise ValueError(f"more rows than the sheet {self.table.sheet!r} can hold")
        text = self._render(row, self._pending)
        self.last_row = row
        following = next(self._rows, None)
        if following is None:
            self.next_row = None
        else:
            self._pending, self.next_row = following, row + 1
        return text


class _Rewriter:
    def __init__(self, scan: SheetScan, blocks: SheetBlocks, date1904: bool) -> None:
        self._scan = scan
        self._p = scan.prefix
        self._writer = CellWriter(scan.prefix, date1904=date1904)
        self.feeds = [_Feed(table) for table in sorted(blocks.tables, key=lambda table: table.header_row)]
        self._single = blocks.single
        self._column_styles = column_styles(scan)
        self._shared = SharedFormulas(scan.prefix)
        self._date1904 = date1904
        self._long: _Feed | None = None
        self._foreign: dict[int, re.Pattern[bytes]] = {}
        self._extent: Box | None = None
        self._column_of = re.compile(rf'<{re.escape(self._p)}c r="([A-Z]+)'.encode())

    def run(self, part: DeflatedPart, streams: Streams) -> None:
        batch: list[str] = []
        for row in self._rows():
            batch.append(row)
            if len(batch) >= _BATCH:
                part.write("".join(batch).encode("utf-8", "surrogateescape"))
                batch.clear()
        part.write("".join(batch).encode("utf-8", "surrogateescape"))
        if self._long is not None:
            self._append_blocks(self._long, part, streams)
        for chunk in self._scan.tail():
            part.write(chunk)
        part.finish(self._head())

    def _head(self) -> bytes:
        if self._extent is None:
            return self._scan.head
        ref = box_ref(self._extent)
        head = self._scan.head.decode("utf-8", "surrogateescape")
        return _DIMENSION.sub(rf'\g<1>"{ref}"', head, count=1).encode("utf-8", "surrogateescape")

    def _rows(self) -> Iterator[str]:
        """The new rows from top to bottom, merging what is kept with what is written."""
        old_rows = self._scan.rows()
        old = next(old_rows, None)
        single = iter(sorted(self._single))
        settled = False
        next_single = next(single, None)
        while True:
            waiting = [feed.next_row for feed in self.feeds if feed.next_row is not None]
            if old is not None:
                waiting.append(old.number)
            if next_single is not None:
                waiting.append(next_single)
            if not waiting:
                return
            if next_single is None and len(self.feeds) == 1 and self.feeds[0].started and not settled:
                settled = True
                rest = self._scan.rows_unless(self._is_plain)
                beside = [r for r in chain([old] if old else [], rest) if self._holds_more(r, self.feeds[0])]
                if not beside:
                    if isinstance(self.feeds[0].table.rows, LongRows):
                        self._long = self.feeds[0]
                    else:
                        yield from self._plain_rows(self.feeds[0])
                    return
                old_rows = iter(beside)
                old = next(old_rows, None)
                continue
            number = min(waiting)
            here = old if old is not None and old.number == number else None
            text = self._row(number, here)
            if text:
                yield text
            if here is not None:
                old = next(old_rows, None)
            if next_single == number:
                next_single = next(single, None)

    def _holds_more(self, row: RawRow, feed: _Feed) -> bool:
        """Whether a row under the header holds anything beside the owned cells."""
        return _shares(row) or self._foreign_part(row, [feed]) is not None

    def _is_plain(self, stretch: bytes) -> bool:
        """Whether a stretch of rows under the header holds nothing beside the owned cells."""
        return b"shared" not in stretch and b"<!" not in stretch and self._pattern(self.feeds).search(stretch) is None

    def _append_blocks(self, feed: _Feed, part: DeflatedPart, make: Streams) -> None:
        """The rest of a long table, its blocks made into compressed XML side by side; its first row is written."""
        sheet = Sheet(self._p, self._date1904, feed.pens, attributes_text(feed.row_attributes))
        stream = make(feed.table, sheet)
        if stream.last_row > MAX_ROW:
            raise ValueError(f"more rows than the sheet {feed.table.sheet!r} can hold")
        for made in stream:
            part.append(made.compressed, made.crc, made.size)
        feed.last_row = stream.last_row
        self._include(feed.last_row, feed.columns[0], feed.columns[-1])

    def _plain_rows(self, feed: _Feed) -> Iterator[str]:
        """The rest of a table with nothing kept beside or beneath it: nearly all rows of a long tab."""
        attributes = attributes_text(feed.row_attributes)
        opening, closing = f'<{self._p}row r="', f"</{self._p}row>"
        left, right = feed.columns[0], feed.columns[-1]
        while (number := feed.next_row) is not None:
            content = feed.take()
            if content:
                self._include(number, left, right)
                yield f'{opening}{number}"{attributes}>{content}{closing}'

    def _row(self, number: int, old: RawRow | None) -> str:
        above = [feed for feed in self.feeds if feed.table.header_row < number]
        values = self._single.get(number)
        if old is not None and not above and values is None and not (self._shared.any_lost and _shares(old)):
            return self._as_it_was(old)
        starting = [feed for feed in above if feed.table.header_row == number - 1]
        kept = None
        if old is not None:
            whole = bool(starting) or not above or values is not None or _shares(old)
            kept = KeptRow.parse(old, self._p) if whole else self._foreign_part(old, above)
        self._start(starting, kept)
        pieces: list[tuple[int, int, str]] = []
        if kept is not None:
            pieces += self._foreign_cells(kept, above, values or {})
        foreign = bool(pieces)
        for feed in above:
            if feed.next_row == number:
                pieces.append((feed.columns[0], feed.columns[-1], feed.take()))
        for column, value in (values or {}).items():
            style = style_of(kept, column, self._column_styles)
            pieces.append((column, column, self._writer.cell(number, column, style, value)))
        its_attributes: dict[str, str] = {}
        for feed in above:
            if feed.last_row == number:
                its_attributes = feed.row_attributes
                break
        if kept is not None and (foreign or not above):
            its_attributes = its_attributes | lasting_attributes(kept.attributes, rewritten=bool(above))
        if not pieces and (above or kept is None):
            return ""
        if pieces:
            pieces.sort()
            self._include(number, pieces[0][0], pieces[-1][1])
        content = "".join([text for _, _, text in pieces])
        return f'<{self._p}row r="{number}"{attributes_text(its_attributes)}>{content}</{self._p}row>'

    def _as_it_was(self, old: RawRow) -> str:
        p = self._p
        start = f"<{p}row{old.attributes.decode('utf-8', 'surrogateescape')}"
        if old.inner is None:
            return start + "/>"
        letters = self._column_of.findall(old.inner)
        columns = [column_number(name.decode()) for name in (letters[:1] + letters[-1:])]
        if not columns:
            columns = [cell.column for cell in KeptRow.parse(old, p).cells]
        if columns:
            self._include(old.number, columns[0], columns[-1])
        return f"{start}>{old.inner.decode('utf-8', 'surrogateescape')}</{p}row>"

    def _foreign_part(self, old: RawRow, above: Sequence[_Feed]) -> KeptRow | None:
        """What a row under a header holds beside plainly written owned cells; None: nothing, as nearly always."""
        pattern = self._pattern(above)
        if old.inner is None or pattern.search(old.inner) is None:
            return None
        return KeptRow.parse_some(old, self._p, pattern)

    def _pattern(self, above: Sequence[_Feed]) -> re.Pattern[bytes]:
        pattern = self._foreign.get(len(above))
        if pattern is None:
            pattern = self._foreign[len(above)] = _foreign_pattern(self._p, above)
        return pattern

    def _foreign_cells(
        self, kept: KeptRow, above: Sequence[_Feed], values: Mapping[int, Cell]
    ) -> list[tuple[int, int, str]]:
        pieces = []
        for cell in kept.cells:
            if cell.column in values or any(cell.column in feed.columns for feed in above):
                self._shared.dropped(cell)
            else:
                pieces.append((cell.column, cell.column, self._shared.kept(cell)))
        return pieces

    def _start(self, feeds: Sequence[_Feed], template: KeptRow | None) -> None:
        for feed in feeds:
            styles = {column: style_of(template, column, self._column_styles) for column in feed.columns}
            feed.start(self._writer, styles, row_attributes(template))

    def _include(self, row: int, left: int, right: int) -> None:
        if self._extent is None:
            self._extent = Box(row, left, row, right)
        else:
            top, first, _, last = self._extent
            self._extent = Box(top, min(first, left), row, max(last, right))


def _shares(row: RawRow) -> bool:
    """Whether the row may hold a part of a shared formula."""
    return row.inner is not None and b"shared" in row.inner


def _foreign_pattern(prefix: str, feeds: Iterable[_Feed]) -> re.Pattern[bytes]:
    """Matches a cell that is not one of the feeds' columns, or whose address isn't where it usually stands."""
    by_start: dict[str, str] = {}
    for feed in feeds:
        for column in feed.columns:
            letters = column_letters(column)
            by_start[letters[:-1]] = by_start.get(letters[:-1], "") + letters[-1]
    owned = "|".join(f"{start}[{ends}]" for start, ends in by_start.items())
    return re.compile(rf'<{re.escape(prefix)}c(?! r="(?:{owned})[0-9])[\s/>]'.encode())
