"""The extent of workbooks in other formats: old ones (.xls, .et; [MS-CFB], [MS-XLS]) and OpenDocument (.ods)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers.expat import ExpatError

from xl_lianbing.findings import reading as c
from xl_lianbing.intake.door import limits
from xl_lianbing.intake.door.limits import Unreadable, over_limit
from xl_lianbing.intake.door.xml import local, parser_of
from xl_lianbing.intake.door.zip import Archive

_DAMAGED: Final = "文件已损坏或没有传完整"
_LAST_SECTOR: Final = 0xFFFF_FFFA
_BOF, _FILEPASS, _DIMENSIONS, _MULRK = 0x0809, 0x002F, 0x0200, 0x00BD
#: FORMULA, LABEL, NUMBER, BOOLERR, RSTRING, LABELSST, RK, and the older forms of the same.
_CELL_RECORDS: Final = frozenset({0x0006, 0x0204, 0x0203, 0x0205, 0x00D6, 0x00FD, 0x027E, 0x0406, 0x0206})
_MOST_FORMATTED: Final = 65_536 * 256
_CONTENT: Final = "content.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})


def check_xls(content: bytes) -> None:
    """Raises Unreadable: damaged, with a password, or the cells lie so far apart that reading takes too much."""
    try:
        stream = _workbook(content)
        _check_records(stream)
    except (struct.error, IndexError, ValueError, KeyError) as e:
        raise Unreadable(_DAMAGED, limits.RESAVE) from e


def _workbook(content: bytes) -> bytes:
    """The bytes of the stream “Workbook” (“Book” in files of Excel 5)."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    if size not in (512, 4096):
        raise ValueError("sector size")
    table_count, first_directory = struct.unpack_from("<I", content, 44)[0], struct.unpack_from("<I", content, 48)[0]
    small, more = struct.unpack_from("<I", content, 56)[0], struct.unpack_from("<I", content, 68)[0]

    def sector(number: int) -> bytes:
        return content[(number + 1) * size : (number + 2) * size]

    tables = list(struct.unpack_from("<109I", content, 76))
    hops = 0
    while more < _LAST_SECTOR:
        numbers = struct.unpack(f"<{size // 4}I", sector(more))
        tables += numbers[:-1]
        more, hops = numbers[-1], hops + 1
        if hops * size > len(content):
            raise ValueError("chain of tables")
    fat: list[int] = []
    for number in tables[:table_count]:
        if number < _LAST_SECTOR:
            fat += struct.unpack(f"<{size // 4}I", sector(number))

    def chain(first: int) -> Iterator[bytes]:
        seen = 0
        while first < _LAST_SECTOR:
            yield sector(first)
            first, seen = fat[first], seen + 1
            if seen > len(fat):
                raise ValueError("chain of sectors")

    directory = b"".join(chain(first_directory))
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
        if name.lower() in ("workbook", "book"):
            first, total = struct.unpack_from("<II", directory, at + 116)
            if total < small:
                raise ValueError("a workbook is never so small")
            return b"".join(chain(first))[:total]
    raise KeyError("Workbook")


def _check_records(stream: bytes) -> None:
    at = rows = columns = 0
    unpack = struct.unpack_from
    while at + 4 <= len(stream):
        kind, length = unpack("<HH", stream, at)
        at += 4
        if kind in _CELL_RECORDS or kind == _MULRK:
            row, column = unpack("<HH", stream, at)
            if kind == _MULRK:
                column = unpack("<H", stream, at + length - 2)[0]
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if rows * columns > limits.MOST_CELLS:
                raise _too_wide(rows, columns)
        elif kind == _BOF:
            rows = columns = 0
        elif kind == _FILEPASS:
            raise Unreadable("文件设有打开密码，无法读取", limits.UNLOCK, c.LOCKED)
        elif kind == _DIMENSIONS and length >= 14:
            first, last, left, right = unpack("<IIHH", stream, at)
            if max(last - first, 0) * max(right - left, 0) > _MOST_FORMATTED:
                raise _too_wide(last, right)
        at += length


def _too_wide(rows: int, columns: int) -> Unreadable:
    return over_limit(f"有一张工作表的内容分布在{rows}行、{columns}列，超过了能够读取的大小")


def check_ods(archive: Archive) -> None:
    """Raises Unreadable: damaged, encrypted, or cells with content lie so far apart that reading takes too much.

    Repeats may make a few bytes a million rows."""
    manifest = archive.spelled(_MANIFEST)
    if manifest and b"encryption-data" in archive.read(manifest, 1 << 20):
        raise Unreadable("文件设有打开密码，无法读取", limits.UNLOCK, c.LOCKED)
    spelled = archive.spelled(_CONTENT)
    if spelled is None:
        raise Unreadable(f"文件已损坏：缺少“{_CONTENT}”")
    extent = _Extent()
    parser = parser_of(_CONTENT)
    parser.StartElementHandler, parser.EndElementHandler = extent.start, extent.end
    parser.CharacterDataHandler = extent.text
    size = 0
    try:
        for chunk in archive.chunks(spelled):
            size += len(chunk)
            if size > limits.MOST_PART:
                raise over_limit(f"其中的“{_CONTENT}”解压后超过{limits.MOST_PART >> 20}MB")
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (ExpatError, ValueError) as e:
        raise Unreadable(f"文件已损坏：其中的“{_CONTENT}”不完整") from e


@dataclass(slots=True)
class _Extent:
    """Rows and columns of the current table up to the last cell with content, repeats counted."""

    _row: int = 0
    _rows: int = 1
    _column: int = 0
    _columns: int = 1
    _last_row: int = 0
    _last_column: int = 0
    _open: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        repeats = {local(key): value for key, value in attributes.items()}
        if name == "table":
            self._row = self._last_row = self._last_column = 0
        elif name == "table-row":
            self._rows, self._column = int(repeats.get("number-rows-repeated", 1)), 0
        elif name in _CELLS:
            self._columns = int(repeats.get("number-columns-repeated", 1))
            self._open.append(name)
            if "value-type" in repeats or "formula" in repeats:
                self._filled()

    def text(self, data: str) -> None:
        if self._open and data.strip():
            self._filled()

    def end(self, tag: str) -> None:
        name = local(tag)
        if name in _CELLS and self._open:
            self._open.pop()
            self._column += self._columns
        elif name == "table-row":
            self._row += self._rows

    def _filled(self) -> None:
        self._last_row = max(self._last_row, self._row + self._rows)
        self._last_column = max(self._last_column, self._column + self._columns)
        if self._last_row * self._last_column > limits.MOST_CELLS:
            raise over_limit(f"有一张工作表的内容分布在{self._last_row}行、{self._last_column}列，超过了能够读取的大小")
