"""A ZIP archive read with bounds: its structure first, then the members that are wanted, each checked to its end."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

from xl_lianbing.findings import reading as c
from xl_lianbing.intake.door import limits
from xl_lianbing.intake.door.limits import Unreadable, over_limit

_CHUNK: Final = 1 << 18
_ENCRYPTED: Final = 0x1
_UTF8: Final = 0x800


class Archive:
    """The members of an office package by name (slashes forward, as their writer spelled them).

    Raises Unreadable at once if the structure is not that of one: cut off, two members of one name,
    members that share bytes, names that lead out of it.
    """

    def __init__(self, content: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                infos = package.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as e:
            raise Unreadable(limits.DAMAGED) from e
        self._content = content
        self._left = limits.MOST_UNPACKED
        #: Cells that may still be looked at one by one.
        self.cells_left = limits.MOST_LOOKED_AT
        self._members = _checked(infos)
        self._starts = _starts(content, list(self._members.values()))
        self._spelled = {name.lower(): name for name in self._members}

    @property
    def names(self) -> list[str]:
        return list(self._members)

    def spelled(self, name: str) -> str | None:
        """The name as it stands in the archive, whatever its case."""
        return self._spelled.get(name.lower())

    def crc(self, name: str) -> int:
        return self._members[name].CRC

    def size(self, name: str) -> int:
        """Bytes unpacked, as the archive says; `read` and `chunks` find out if that is a lie."""
        return self._members[name].file_size

    def read(self, name: str, most: int = limits.MOST_PART) -> bytes:
        """A member in one piece. Raises Unreadable: damaged, or more than `most` bytes."""
        info, packed = self._open(name)
        if info.file_size > most:
            raise over_limit(f"其中的“{name}”解压后超过{most >> 20}MB")
        if info.compress_type == zipfile.ZIP_STORED:
            data = bytes(packed)
        else:
            unpacker = zlib.decompressobj(-15)
            try:
                data = unpacker.decompress(packed, info.file_size + 1)
            except zlib.error as e:
                raise _damaged(name) from e
        self._spend(len(data))
        if len(data) != info.file_size or zlib.crc32(data) != info.CRC:
            raise _damaged(name)
        return data

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member piece by piece, never much of it in memory. Raises Unreadable, at the end if the check fails."""
        info, packed = self._open(name)
        unpacker = zlib.decompressobj(-15)
        crc = size = at = 0
        tail = b""
        while True:
            if info.compress_type == zipfile.ZIP_STORED:
                data, at = bytes(packed[at : at + _CHUNK]), at + _CHUNK
            else:
                more = tail or bytes(packed[at : at + _CHUNK])
                at += 0 if tail else _CHUNK
                try:
                    data = unpacker.decompress(more, _CHUNK)
                except zlib.error as e:
                    raise _damaged(name) from e
                tail = unpacker.unconsumed_tail
            crc, size = zlib.crc32(data, crc), size + len(data)
            if size > info.file_size:
                raise _damaged(name)
            self._spend(len(data))
            if data:
                yield data
            if unpacker.eof or (not tail and at >= len(packed)):
                break
        if size != info.file_size or crc != info.CRC:
            raise _damaged(name)

    def _open(self, name: str) -> tuple[zipfile.ZipInfo, memoryview]:
        info = self._members[name]
        if info.flag_bits & _ENCRYPTED:
            raise Unreadable("文件是加密的压缩包，无法读取", limits.UNLOCK, c.LOCKED)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable(f"其中的“{name}”用了不支持的压缩方式", limits.RESAVE)
        if info.file_size > limits.RATIO_FROM and info.file_size > limits.MOST_RATIO * max(info.compress_size, 1):
            raise over_limit(f"其中的“{name}”解压后是压缩时的{limits.MOST_RATIO}倍以上，疑似压缩炸弹")
        start = self._starts[name]
        return info, memoryview(self._content)[start : start + info.compress_size]

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise over_limit(f"文件解压后超过{limits.MOST_UNPACKED >> 20}MB，疑似压缩炸弹")


def _damaged(name: str) -> Unreadable:
    return Unreadable(f"文件已损坏：其中的“{name}”与校验码不符或不完整")


def _checked(infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(infos) > limits.MOST_MEMBERS:
        raise over_limit(f"文件由{len(infos)}个部分组成，超过{limits.MOST_MEMBERS}个")
    found: dict[str, zipfile.ZipInfo] = {}
    seen: set[str] = set()
    for info in infos:
        name = info.orig_filename.replace("\\", "/")
        if name.startswith("/") or ":" in name or "\0" in name or ".." in name.split("/"):
            raise over_limit("文件里有指向文件以外的路径，不是正常的工作簿")
        if name.lower() in seen:
            raise over_limit(f"文件里有两个“{name}”，不知道以哪个为准")
        seen.add(name.lower())
        if not name.endswith("/"):
            found[name] = info
    return found


def _starts(content: bytes, infos: list[zipfile.ZipInfo]) -> Mapping[str, int]:
    """Where the bytes of each member begin; none may reach into another."""
    starts: dict[str, int] = {}
    reached = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        offset = info.header_offset
        if offset < 0 or content[offset : offset + 4] != b"PK\3\4" or len(content) < offset + 30:
            raise Unreadable(limits.DAMAGED)
        if offset < reached:
            raise over_limit("文件的各部分互相重叠，疑似压缩炸弹")
        name_length, extra_length = struct.unpack_from("<HH", content, offset + 26)
        start = offset + 30 + name_length + extra_length
        reached = start + info.compress_size
        if reached > len(content):
            raise Unreadable(limits.DAMAGED)
        starts[info.orig_filename.replace("\\", "/")] = start
    return starts


def stored(members: Mapping[str, tuple[bytes, int]]) -> bytes:
    """An archive of these members (content and CRC-32) without compression: what was unpacked is not unpacked again."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for name, (data, crc) in members.items():
        spelled = name.encode("utf-8", "surrogatepass")
        common = struct.pack("<5H3L2H", 20, _UTF8, 0, 0, 0x21, crc, len(data), len(data), len(spelled), 0)
        pieces += (b"PK\3\4", common, spelled, data)
        directory.append(b"PK\1\2\x14\0" + common + struct.pack("<3H2L", 0, 0, 0, 0, at) + spelled)
        at += 30 + len(spelled) + len(data)
    listing = b"".join(directory)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(directory), len(directory), len(listing), at, 0)
    return b"".join((*pieces, listing, end))
