"""Old workbooks (.xls, .et; [MS-XLS]): their one stream, its extent, and what it says of itself."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from xl_lianbing.intake.door import limits
from xl_lianbing.intake.door.compound import CompoundFile
from xl_lianbing.intake.door.limits import Unreadable, over_limit

#: The stream of Excel 97 and later, and that of Excel 5 and 95, which a file may have beside it.
STREAMS: Final = ("workbook", "book")
_MACROS: Final = frozenset({"_vba_project_cur", "_vba_project"})
_BOF, _FILEPASS, _DIMENSIONS, _MULRK, _BOUNDSHEET, _DATEMODE = 0x0809, 0x002F, 0x0200, 0x00BD, 0x0085, 0x0022
_MACRO_SHEET: Final = 1
#: FORMULA, LABEL, NUMBER, BOOLERR, RSTRING, LABELSST, RK, and the older forms of the same.
_CELL_RECORDS: Final = frozenset({0x0006, 0x0204, 0x0203, 0x0205, 0x00D6, 0x00FD, 0x027E, 0x0406, 0x0206})
_MOST_FORMATTED: Final = 65_536 * 256


@dataclass(slots=True)
class OldWorkbook:
    """What the records of a stream say. `locked`: they are encrypted; `end`: where the last one ends."""

    stream: bytes
    end: int = 0
    macros: bool = False
    date1904: bool = False
    locked: bool = False


def old_workbook(file: CompoundFile) -> OldWorkbook:
    """Raises Unreadable: damaged, or the cells lie so far apart that reading takes too much."""
    try:
        stream = file.stream(next(name for name in STREAMS if name in file.names))
        found = OldWorkbook(stream, macros=not _MACROS.isdisjoint(file.names))
        _look_over(found)
    except (struct.error, IndexError, ValueError, KeyError) as e:
        raise Unreadable(limits.DAMAGED, limits.RESAVE) from e
    return found


def _look_over(book: OldWorkbook) -> None:
    stream, at, rows, columns = book.stream, 0, 0, 0
    unpack = struct.unpack_from
    while at + 4 <= len(stream):
        kind, length = unpack("<HH", stream, at)
        at += 4
        book.end = at + length
        if book.locked:
            at += length
            continue
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
            book.locked = True
        elif kind == _BOUNDSHEET and length >= 6:
            if unpack("<I", stream, at)[0] >= len(stream):
                raise ValueError("sheet beyond the end")
            book.macros = book.macros or stream[at + 5] == _MACRO_SHEET
        elif kind == _DATEMODE and length >= 2:
            book.date1904 = stream[at : at + 2] == b"\1\0"
        elif kind == _DIMENSIONS and length >= 14:
            first, last, left, right = unpack("<IIHH", stream, at)
            if max(last - first, 0) * max(right - left, 0) > _MOST_FORMATTED:
                raise _too_wide(last, right)
        at += length


def _too_wide(rows: int, columns: int) -> Unreadable:
    return over_limit(f"有一张工作表的内容分布在{rows}行、{columns}列，超过了能够读取的大小")
