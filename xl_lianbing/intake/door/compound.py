"""Compound files ([MS-CFB]): what lies directly in the root, and a plain one with a single stream.

An embedded object has streams of its own in a storage below the root: their names say nothing about the file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR: Final = 0xFFFF_FFFA
_END, _FREE, _FAT_SECTOR = 0xFFFF_FFFE, 0xFFFF_FFFF, 0xFFFF_FFFD
_NO_ENTRY: Final = 0xFFFF_FFFF
_STREAM, _ROOT = 2, 5
_SMALL: Final = 64
#: Streams from this size on lie in sectors of their own; readers go by it.
_CUTOFF: Final = 4096
#: Bytes of a sector, in files of our own.
SECTOR: Final = 4096


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    first: int
    size: int


class CompoundFile:
    """What lies in the root of a compound file, by its name in lower case: writers spell names as they like.

    Raises ValueError, IndexError or struct.error where the structure is broken.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._size = 1 << struct.unpack_from("<H", content, 30)[0]
        if self._size not in (512, 4096):
            raise ValueError("sector size")
        directory, _, cutoff, small_table = struct.unpack_from("<IIII", content, 48)
        self._cutoff = cutoff
        self._table = self._read_table()
        entries = [_entry(part) for part in _cut(self._chain(directory), 128)]
        self._small_table = _numbers(self._chain(small_table))
        self._small_sectors: bytes | None = None
        self._root = entries[0]
        self._in_root = {entry.name.lower(): entry for entry in _children(entries)}

    @property
    def names(self) -> frozenset[str]:
        """The streams and storages of the root."""
        return frozenset(self._in_root)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream of the root. Raises KeyError; ValueError if they are not all there."""
        entry = self._in_root[name]
        if entry.kind != _STREAM:
            raise KeyError(name)
        if entry.size < self._cutoff:
            if self._small_sectors is None:
                self._small_sectors = self._chain(self._root.first)
            found = b"".join(self._small_chain(self._small_sectors, entry.first))
        else:
            found = self._chain(entry.first)
        if len(found) + self._size <= entry.size:  # the last sector of a file may be short
            raise ValueError("stream cut off")
        return found[: entry.size]

    def _sector(self, number: int) -> bytes:
        return self._content[(number + 1) * self._size : (number + 2) * self._size]

    def _read_table(self) -> list[int]:
        """Sector → the next of its chain."""
        count, more = struct.unpack_from("<I", self._content, 44)[0], struct.unpack_from("<I", self._content, 68)[0]
        places = list(struct.unpack_from("<109I", self._content, 76))
        hops = 0
        while more < _LAST_SECTOR:
            *numbers, more = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            places += numbers
            hops += 1
            if hops * self._size > len(self._content):
                raise ValueError("chain of tables")
        table: list[int] = []
        for number in places[:count]:
            if number < _LAST_SECTOR:
                table += struct.unpack(f"<{self._size // 4}I", self._sector(number))
        return table

    def _chain(self, first: int) -> bytes:
        return b"".join(map(self._sector, _followed(first, self._table)))

    def _small_chain(self, sectors: bytes, first: int) -> Iterator[bytes]:
        for number in _followed(first, self._small_table):
            yield sectors[number * _SMALL : (number + 1) * _SMALL]


def _followed(first: int, table: Sequence[int]) -> Iterator[int]:
    seen = 0
    while first < _LAST_SECTOR:
        yield first
        first, seen = table[first], seen + 1
        if seen > len(table):
            raise ValueError("chain of sectors")


def _cut(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data) - size + 1, size))


def _numbers(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _entry(part: bytes) -> _Entry:
    length, kind, _, left, right, child = struct.unpack_from("<HBBIII", part, 64)
    name = part[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
    return _Entry(name, kind, left, right, child, *struct.unpack_from("<II", part, 116))


def _children(entries: Sequence[_Entry]) -> Iterator[_Entry]:
    """What lies directly in the root; where the root names nothing, all that there is."""
    if entries[0].kind != _ROOT or entries[0].child == _NO_ENTRY:
        yield from entries[1:]
        return
    waiting, seen = [entries[0].child], set[int]()
    while waiting:
        number = waiting.pop()
        if number == _NO_ENTRY or number in seen:
            continue
        seen.add(number)
        entry = entries[number]
        yield entry
        waiting += (entry.left, entry.right)


def of_one_stream(name: str, content: bytes) -> bytes:
    """A compound file with this stream alone, filled up with zeros: never among the small ones."""
    stream = content.ljust(max(len(content), _CUTOFF), b"\0")
    stream = stream.ljust(-(-len(stream) // SECTOR) * SECTOR, b"\0")
    sectors = len(stream) // SECTOR
    a_table = SECTOR // 4
    tables = -(-(sectors + 1) // (a_table - 1))
    links = [_FAT_SECTOR] * tables + [_END]
    links += [*range(tables + 2, tables + sectors + 1), _END]
    links += [_FREE] * (tables * a_table - len(links))
    header = bytearray(SECTOR)
    header[:8] = SIGNATURE
    struct.pack_into("<5H", header, 24, 0x3E, 4, 0xFFFE, 12, 6)
    struct.pack_into("<3I", header, 40, 1, tables, tables)
    struct.pack_into("<5I", header, 56, _CUTOFF, _END, 0, _END, 0)
    struct.pack_into("<109I", header, 76, *range(tables), *[_FREE] * (109 - tables))
    directory = _spelled("Root Entry", _ROOT, 1, 0, 0) + _spelled(name, _STREAM, _NO_ENTRY, tables + 1, len(stream))
    packed_links = struct.pack(f"<{len(links)}I", *links)
    return b"".join((bytes(header), packed_links, directory.ljust(SECTOR, b"\0"), stream))


def _spelled(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    head = struct.pack("<HBBIII", len(text), kind, 1, _NO_ENTRY, _NO_ENTRY, child)
    return text.ljust(64, b"\0") + head.ljust(52, b"\0") + struct.pack("<IQ", first, size)
