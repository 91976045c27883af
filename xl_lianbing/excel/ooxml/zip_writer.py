"""Writes a ZIP file in which most members are the very bytes of another one.

``zipfile`` can only compress members anew; here a member that is not replaced keeps its compressed bytes, date, flags
and place. New members come last.
"""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_CHUNK = 1 << 20
_IN_MEMORY = 1 << 22
_SMALL_LEVEL = 6
_UTF8_NAME = 0x0800
_LIMIT = 0xFFFF_FFFF
_ZIP64_EXTRA = 1
_POLYNOMIAL = 0xEDB8_8320
#: Of new members: the first day that ZIP knows, and rw------- as `zipfile` gives them.
_DATE = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o600 << 16


class DeflatedPart:
    """The new content of a member, compressed while it is written and kept outside memory when it is large.

    The beginning may be given last (:meth:`finish`): a sheet's dimension stands before rows that nobody has counted.
    """

    def __init__(self, level: int) -> None:
        self._level = level
        self._compressor = zlib.compressobj(level, zlib.DEFLATED, -15)
        self._spool: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        self._beginning = b""
        self.crc = 0
        self.size = 0
        self.compressed_size = 0

    def write(self, data: bytes) -> None:
        self.crc = zlib.crc32(data, self.crc)
        self.size += len(data)
        self._store(self._compressor.compress(data))

    def append(self, compressed: bytes, crc: int, size: int) -> None:
        """Takes content that was compressed apart and flushed, with its own CRC-32 and size."""
        self._store(self._compressor.flush(zlib.Z_FULL_FLUSH))
        self._store(compressed)
        self.crc = _joined_crc(self.crc, crc, size)
        self.size += size

    def _store(self, data: bytes) -> None:
        self.compressed_size += len(data)
        self._spool.write(data)

    def finish(self, beginning: bytes = b"") -> None:
        """Ends the content and puts ``beginning`` before all that was written."""
        self._store(self._compressor.flush())
        if beginning:
            first = zlib.compressobj(self._level, zlib.DEFLATED, -15)
            self._beginning = first.compress(beginning) + first.flush(zlib.Z_FULL_FLUSH)
            self.crc = _joined_crc(zlib.crc32(beginning), self.crc, self.size)
            self.size += len(beginning)
            self.compressed_size += len(self._beginning)

    def chunks(self) -> Iterator[bytes]:
        yield self._beginning
        self._spool.seek(0)
        while chunk := self._spool.read(_CHUNK):
            yield chunk

    def read(self) -> bytes:
        """The content, once it is finished."""
        return zlib.decompress(b"".join(self.chunks()), -15)

    def close(self) -> None:
        self._spool.close()


def deflated(content: bytes) -> DeflatedPart:
    """A small member, finished."""
    part = DeflatedPart(_SMALL_LEVEL)
    part.write(content)
    part.finish()
    return part


def _joined_crc(first: int, second: int, second_size: int) -> int:
    """CRC-32 of two byte strings in a row from the CRC of each: so many zero bytes behind the first, then their sum."""
    power, shift = 3, 1 << 31  # a byte is 2³ bits; bit 31 stands for 1
    while second_size:
        if second_size & 1:
            shift = _product(_power_of_two(power), shift)
        second_size >>= 1
        power += 1
    return _product(shift, first) ^ second


@cache
def _power_of_two(exponent: int) -> int:
    """x to the power of 2**exponent, modulo the polynomial of CRC-32."""
    return 1 << 30 if exponent == 0 else _product(_power_of_two(exponent - 1), _power_of_two(exponent - 1))


def _product(a: int, b: int) -> int:
    """Of two polynomials over GF(2), modulo that of CRC-32; the highest bit is the constant term."""
    result = 0
    for bit in range(31, -1, -1):
        if a >> bit & 1:
            result ^= b
        b = b >> 1 ^ _POLYNOMIAL if b & 1 else b >> 1
    return result


def copy_package(source: ZipFile, raw: IO[bytes], target: IO[bytes], parts: Mapping[str, DeflatedPart | None]) -> None:
    """Writes ``source`` (an open package whose bytes are ``raw``) to ``target`` with some members replaced, removed
    (None) or, at the end, added.

    Raises ValueError if the result would need ZIP64 (4 GB).
    """
    ends = _member_ends(source)
    directory: list[bytes] = []

    def put(info: ZipInfo, part: DeflatedPart) -> None:
        offset = target.tell()
        target.write(_local_header(info))
        for chunk in part.chunks():
            target.write(chunk)
        directory.append(_directory_entry(info, offset))

    for member in source.infolist():
        if member.filename not in parts:
            directory.append(_directory_entry(member, target.tell()))
            _copy_range(raw, member.header_offset, ends[member.header_offset], target)
        elif (part := parts[member.filename]) is not None:
            put(_info(member.orig_filename, part, member), part)
    there = set(source.namelist())
    for name, part in parts.items():
        if name not in there and part is not None:
            put(_info(name, part, None), part)
    start = target.tell()
    for entry in directory:
        target.write(entry)
    size = target.tell() - start
    if max(start, size) >= _LIMIT or len(directory) >= 0xFFFF:
        raise ValueError("the package is too large")
    count = len(directory)
    target.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, size, start, len(source.comment)))
    target.write(source.comment)


def _member_ends(source: ZipFile) -> dict[int, int]:
    """Where each member (with its data descriptor, if any) ends, by its offset."""
    starts = sorted(member.header_offset for member in source.infolist())
    return dict(zip(starts, [*starts[1:], source.start_dir], strict=True))


def _copy_range(raw: IO[bytes], start: int, end: int, target: IO[bytes]) -> None:
    raw.seek(start)
    while start < end:
        chunk = raw.read(min(_CHUNK, end - start))
        if not chunk:
            raise EOFError("the package ends too early")
        target.write(chunk)
        start += len(chunk)


def _info(name: str, part: DeflatedPart, old: ZipInfo | None) -> ZipInfo:
    """Of a member with that content; its other properties are those of the one that it replaces."""
    new = ZipInfo(name, old.date_time if old else _DATE)
    new.compress_type = ZIP_DEFLATED
    new.extract_version = 20
    if old is None:
        new.flag_bits = 0 if name.isascii() else _UTF8_NAME
        new.external_attr = _READABLE
    else:
        new.flag_bits = old.flag_bits & _UTF8_NAME
        new.create_system, new.create_version = old.create_system, max(old.create_version, 20)
        new.internal_attr, new.external_attr, new.comment = old.internal_attr, old.external_attr, old.comment
    new.CRC, new.file_size, new.compress_size = part.crc, part.size, part.compressed_size
    return new


def _name(info: ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8_NAME else "cp437")


def _common(info: ZipInfo) -> bytes:
    """The fields that the local header and the directory entry share."""
    if max(info.compress_size, info.file_size) >= _LIMIT:
        raise ValueError(f"{info.filename} is too large")
    year, month, day, hour, minute, second = info.date_time
    time, date = hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day
    version, flags, method = info.extract_version, info.flag_bits, info.compress_type
    return struct.pack(
        "<5H3LH", version, flags, method, time, date, info.CRC, info.compress_size, info.file_size, len(_name(info))
    )


def _local_header(info: ZipInfo) -> bytes:
    return b"PK\3\4" + _common(info) + struct.pack("<H", 0) + _name(info)


def _directory_entry(info: ZipInfo, offset: int) -> bytes:
    if offset >= _LIMIT:
        raise ValueError("the package is too large")
    extra = _without_zip64(info.extra)
    rest = (len(extra), len(info.comment), 0, info.internal_attr, info.external_attr, offset)
    system = struct.pack("<BB", info.create_version, info.create_system)
    return b"PK\1\2" + system + _common(info) + struct.pack("<4H2L", *rest) + _name(info) + extra + info.comment


def _without_zip64(extra: bytes) -> bytes:
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind != _ZIP64_EXTRA:
            kept += extra[at : at + 4 + length]
        at += 4 + length
    return kept
