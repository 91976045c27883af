"""Reads a worksheet part as a stream of raw bytes: what stands before the rows, the rows, what stands after.

No DOM: a tab may have millions of cells, and nearly all of what is read is either copied as it is or dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple

from xl_lianbing.excel.ooxml.xml import PackageSyntaxError, reading_package

_CHUNK = 1 << 18
_ROOT = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?worksheet[\s>]")
_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
_ASIDE = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_ASIDE_OR_CDATA = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")


class RawRow(NamedTuple):
    """One ``<row>``; ``inner`` is None for ``<row/>``."""

    number: int
    attributes: bytes
    inner: bytes | None


def attributes(text: str) -> dict[str, str]:
    """The attributes of a start tag, values as written (quotes removed, entities kept)."""
    return {name: quoted[1:-1] for name, quoted in _ATTRIBUTE.findall(text)}


class SheetScan:
    """Reads ``head``, then :meth:`rows`, then :meth:`tail`; in this order, once.

    ``head`` ends with the opening ``<sheetData>``; the tail begins with ``</sheetData>``. The two and the raw rows
    put together are the part again, white space between rows and the form of an empty ``<sheetData/>`` apart.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._buffer = b""
        self._at = 0
        self._empty = False
        self._last = 0
        self.prefix, self.head = self._read_head()
        p = self.prefix.encode()
        self._row_open, self._row_close = b"<" + p + b"row", b"</" + p + b"row>"
        self._data_close = b"</" + p + b"sheetData"

    def _read(self) -> bytes:
        with reading_package():
            return self._stream.read(_CHUNK)

    def _more(self) -> bool:
        chunk = self._read()
        self._buffer = self._buffer[self._at :] + chunk
        self._at = 0
        return bool(chunk)

    def _find(self, what: bytes, start: int) -> int:
        """Offset of ``what`` from the current place, reading on as needed; ``start`` is relative to that place."""
        while (found := self._buffer.find(what, self._at + start)) < 0:
            start = max(start, len(self._buffer) - self._at - len(what) + 1)
            if not self._more():
                raise PackageSyntaxError(f"{what!r} is missing")
        return found - self._at

    def _read_head(self) -> tuple[str, bytes]:
        while self._more():
            visible = _ASIDE.sub(lambda match: b" " * len(match[0]), self._buffer)
            root = _ROOT.search(visible)
            if root is None:
                continue
            prefix = root[1] + b":" if root[1] else b""
            data = re.compile(b"<" + re.escape(prefix) + rb"sheetData(?:\s[^<>]*)?/?>").search(visible, root.end())
            if data is None:
                continue
            head = self._buffer[: data.end()]
            self._at = data.end()
            if head.endswith(b"/>"):
                self._empty = True
                head = head[:-2].rstrip() + b">"
            return prefix.decode(), head
        raise PackageSyntaxError("no <sheetData> in UTF-8")

    def rows(self) -> Iterator[RawRow]:
        """The rows from top to bottom. Raises PackageSyntaxError if they do not ascend."""
        if self._empty:
            return
        while (row := self._row()) is not None:
            yield row

    def rows_unless(self, plain: Callable[[bytes], bool]) -> Iterator[RawRow]:
        """The rows that remain, less the stretches of the part of which `plain` is true: nothing in them is wanted."""
        while not self._empty:
            self._pass_plain(plain)
            row = self._row()
            if row is None:
                return
            yield row

    def _pass_plain(self, plain: Callable[[bytes], bool]) -> None:
        """Goes on to the first row of a stretch that is not plain, or of which that can't be told."""
        while True:
            if len(self._buffer) - self._at < _CHUNK:
                self._more()
            end = self._buffer.rfind(self._row_close, self._at) + len(self._row_close)
            if end < len(self._row_close):
                return
            stretch = self._buffer[self._at : end]
            start = stretch.rfind(self._row_open)
            number = _ROW_NUMBER.search(stretch, start, stretch.find(b">", start))
            if number is None or not plain(stretch):
                return
            self._last, self._at = int(number[1]), end

    def _row(self) -> RawRow | None:
        """The next row; None at the end of the rows."""
        while True:
            gap = self._find(b"<", 0)  # reading on moves self._at: no "+="
            self._at += gap
            end = self._find(b">", 0)
            tag = self._buffer[self._at : self._at + end]
            if tag.startswith(self._data_close):
                return None
            if tag.startswith(b"<!--"):
                length = self._find(b"-->", 0) + 3
                self._at += length
                continue
            if not tag.startswith(self._row_open):
                raise PackageSyntaxError(f"{tag[:40]!r} among the rows")
            closed = tag.endswith(b"/")
            attribute_text = tag[len(self._row_open) : -1 if closed else None]
            match = _ROW_NUMBER.search(attribute_text)
            number = int(match[1]) if match else self._last + 1
            if number <= self._last:
                raise PackageSyntaxError(f"row {number} after row {self._last}")
            self._last = number
            inner = None
            if closed:
                self._at += end + 1
            else:
                close, inner = self._row_end(end + 1)
                self._at += close + len(self._row_close)
            return RawRow(number, attribute_text, inner)

    def _row_end(self, start: int) -> tuple[int, bytes]:
        close = self._find(self._row_close, start)
        aside = self._buffer.find(b"<!", self._at + start, self._at + close)
        if aside < 0:
            return close, self._buffer[self._at + start : self._at + close]
        place = aside - self._at
        while True:  # a comment or CDATA section may hold anything, a closing tag too
            comment = self._buffer.startswith(b"<!--", self._at + place)
            place = self._find(b"-->" if comment else b"]]>", place)
            close = self._find(self._row_close, place)
            aside = self._buffer.find(b"<!", self._at + place, self._at + close)
            if aside < 0:
                inner = self._buffer[self._at + start : self._at + close]
                return close, _ASIDE_OR_CDATA.sub(_as_text, inner)
            place = aside - self._at

    def tail(self) -> Iterator[bytes]:
        """Everything from the closing ``</sheetData>`` on."""
        if self._empty:
            yield self._data_close + b">"
        yield self._buffer[self._at :]
        while chunk := self._read():
            yield chunk


def _as_text(match: re.Match[bytes]) -> bytes:
    text: bytes = match[1] or b""
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
