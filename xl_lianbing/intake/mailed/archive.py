"""A ZIP file as it came by mail: its members by their true names, and each within bounds. Nothing in it says where
anything is written."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from xl_lianbing.findings import Kind
from xl_lianbing.findings import mailed as c
from xl_lianbing.intake.door import limits
from xl_lianbing.intake.evidence.folder import is_dangerous

_UTF8: Final = 0x800
_ENCRYPTED: Final = 0x1
_CHUNK: Final = 1 << 20
_CJK: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_OFFICE: Final = ("[content_types].xml", "content.xml", "xl/workbook.xml")
#: What a damaged member raises.
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, struct.error)


class NotTaken(Exception):
    """An archive, or a member, that is not read: the kind of finding, and its words."""

    def __init__(self, kind: Kind, **words: object) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.words = words


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its place in it and the name as its writer spelled it, with slashes forward."""

    place: int
    name: str
    size: int
    saved: datetime | None
    locked: bool
    usable: bool


class Budget:
    """Bytes and files that what lies in 回收 as one file may still unpack to."""

    def __init__(self) -> None:
        self._bytes, self._files = limits.MOST_MAIL_UNPACKED, limits.MOST_MAIL_FILES

    def take(self, files: int = 0, size: int = 0) -> None:
        """Raises NotTaken."""
        self._files -= files
        self._bytes -= size
        if self._files < 0:
            raise NotTaken(c.TOO_MUCH, why=f"里面的文件超过{limits.MOST_MAIL_FILES}个")
        if self._bytes < 0:
            raise NotTaken(c.TOO_MUCH, why=f"解压后超过{limits.MOST_MAIL_UNPACKED >> 30}GB，疑似压缩炸弹")


class MailedArchive:
    """An opened ZIP file."""

    def __init__(self, package: zipfile.ZipFile, size: int) -> None:
        """Raises NotTaken for one that asks for more than the limits give."""
        self._package = package
        self._infos = package.infolist()
        if sum(info.compress_size for info in self._infos) > size:
            raise NotTaken(c.TOO_MUCH, why="压缩包的各部分互相重叠，疑似压缩炸弹")
        for info in self._infos:
            if info.file_size > limits.RATIO_FROM and info.file_size > limits.MOST_RATIO * max(info.compress_size, 1):
                raise NotTaken(c.TOO_MUCH, why=f"里面有文件解压后是压缩时的{limits.MOST_RATIO}倍以上，疑似压缩炸弹")
        self.members = [_member(place, info) for place, info in enumerate(self._infos) if not _is_folder(info)]

    @property
    def is_office_document(self) -> bool:
        """Whether it is a workbook or another document, which are archives too."""
        names = {member.name.lower() for member in self.members}
        return any(name in names for name in _OFFICE) or any(name.startswith(("xl/", "word/")) for name in names)

    def head(self, member: Member, most: int) -> bytes:
        """The first bytes of a member. Raises NotTaken."""
        with self._opened(member) as stream:
            return stream.read(most)

    def unpack(self, member: Member, target: Path) -> None:
        """Writes a member to a new file, checked to its end. Raises NotTaken, OSError."""
        with target.open("xb") as file, self._opened(member) as stream:
            while chunk := stream.read(_CHUNK):
                file.write(chunk)

    @contextmanager
    def _opened(self, member: Member) -> Iterator[IO[bytes]]:
        try:
            with self._package.open(self._infos[member.place]) as stream:
                yield stream
        except NotImplementedError as e:
            raise NotTaken(c.DAMAGED, why=f"压缩包里的《{member.name}》用了不支持的压缩方式") from e
        except _BROKEN as e:
            raise NotTaken(c.DAMAGED, why=f"压缩包已损坏：里面的《{member.name}》与校验码不符或不完整") from e


@contextmanager
def opened(path: Path) -> Iterator[MailedArchive]:
    """Raises NotTaken for one that is damaged or asks for too much; OSError."""
    size = path.stat().st_size
    if size > limits.MOST_MAIL:
        raise NotTaken(c.TOO_MUCH, why=f"压缩包超过{limits.MOST_MAIL >> 30}GB")
    try:
        package = zipfile.ZipFile(path)
    except (*_BROKEN, ValueError) as e:
        raise NotTaken(c.DAMAGED, why="压缩包是空的（0字节）" if not size else "压缩包已损坏或没有传完整") from e
    with package:
        yield MailedArchive(package, size)


def _is_folder(info: zipfile.ZipInfo) -> bool:
    return info.orig_filename.endswith(("/", "\\")) and not info.file_size


def _member(place: int, info: zipfile.ZipInfo) -> Member:
    name = _name(info)
    is_link = stat.S_ISLNK(info.external_attr >> 16)
    return Member(
        place,
        name,
        info.file_size,
        _saved(info),
        bool(info.flag_bits & _ENCRYPTED),
        not is_link and not is_dangerous(name),
    )


def _name(info: zipfile.ZipInfo) -> str:
    """Chinese Windows writes names in GB18030 and says nothing of it; other programs UTF-8, saying so or not."""
    if info.flag_bits & _UTF8:
        name = info.orig_filename
    else:
        try:
            name = decoded(info.orig_filename.encode("cp437"))
        except UnicodeEncodeError:  # told by an extra field
            name = info.orig_filename
    return name.replace("\\", "/")


def decoded(raw: bytes) -> str:
    """Text of which nothing says how it is written: UTF-8 or GB18030."""
    told = []
    for encoding in ("utf-8", "gb18030"):
        try:
            told.append(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    if len(told) == 2 and not raw.isascii() and not _CJK.search(told[0]):
        return told[1]  # few signs of GB18030 are UTF-8 as well, and then of no Chinese
    return told[0] if told else raw.decode("cp437")


def _saved(info: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*info.date_time)
    except (ValueError, TypeError):
        return None
