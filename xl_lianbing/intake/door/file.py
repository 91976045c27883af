"""A file's bytes, at most so many, and what they begin with: judged by the content, never by the name."""

from __future__ import annotations

import stat
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import Final

from xl_lianbing.errors import ReturnNotOpened
from xl_lianbing.faults import machine_fault, words_of
from xl_lianbing.findings import reading as c
from xl_lianbing.intake.door import limits
from xl_lianbing.intake.door.compound import SIGNATURE
from xl_lianbing.intake.door.limits import MOST_FILE, RESEND, Unreadable, over_limit

#: Excel 2 to 4 wrote bare records.
_EXCEL_4: Final = (b"\x09\0\4\0", b"\x09\2\6\0", b"\x09\4\6\0")
UNPACK: Final = "请报送单位解压后报送其中的填报表。"
_RETRY: Final = "请关闭正在使用它的程序，检查它还在不在、有没有读取权限，再运行一次；不用它的，请移出“回收”。"


def read_file(path: Path) -> bytes:
    """The content of a file.

    Raises Unreadable for what is no file, leads nowhere, is empty or larger than the limit; ReturnNotOpened for what
    cannot be opened just now (locked, no permission, moved away meanwhile); MachineFault.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe or a device may never come back
            if path.is_dir():
                raise ReturnNotOpened(f"“回收”里的文件夹“{path.name}”打不开，没有改动任何文件。", _RETRY)
            raise Unreadable(f"“{path.name}”不是普通文件", "请移出“回收”文件夹。", c.NOT_OPENED)
        with path.open("rb") as file:
            content = file.read(MOST_FILE + 1)
    except (OSError, ValueError) as e:
        if path.is_symlink():
            raise Unreadable(f"“{path.name}”是一个打不开的链接", "请换成文件本身。", c.NOT_OPENED) from e
        if (fault := machine_fault(e)) is not None:
            raise fault from e
        why = words_of(e) if isinstance(e, OSError) else "名称不能用"
        raise ReturnNotOpened(f"“回收”里的《{path.name}》打不开：{why}，没有改动任何文件。", _RETRY) from e
    if len(content) > MOST_FILE:
        raise over_limit(f"文件超过{MOST_FILE >> 20}MB")
    if not content:
        raise Unreadable("文件是空的（0字节）", RESEND)
    return content


def saved_at(path: Path) -> datetime:
    """When a file was saved last, to the second; the start of the calendar where the file is gone by now."""
    try:
        return datetime.fromtimestamp(int(path.stat().st_mtime))
    except (OSError, ValueError, OverflowError):
        return datetime(1970, 1, 1)


class FileFormat(Enum):
    """The formats that are read. XLS: also WPS's .et, which is the same."""

    XLSX = auto()
    XLS = auto()
    ODS = auto()


class Container(Enum):
    """What the formats are packed in."""

    COMPOUND = auto()
    ARCHIVE = auto()


def container_of(content: bytes) -> Container:
    """Raises Unreadable for what no workbook begins with, saying what it is and what to do."""
    if not content:
        raise Unreadable("文件是空的（0字节）")
    if not content.strip(b"\0"):
        raise Unreadable("文件内容全是空字节，没有保存或传送完整")
    if content.startswith(SIGNATURE):
        return Container.COMPOUND
    if content.startswith(b"PK"):
        return Container.ARCHIVE
    if content.startswith(_EXCEL_4):
        raise other("文件是Excel 4.0以前的格式", limits.RESAVE)
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"%pdf"):
        raise other("文件内容是PDF，不是Excel工作簿（只改了扩展名）")
    if head.startswith((b"<!doctype html", b"<html", b"<table")):
        raise other("文件内容是网页（HTML），不是Excel工作簿", limits.RESAVE)
    if head.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise other("文件是“XML 表格 2003”格式，不是.xlsx", limits.RESAVE)
    if head.startswith((b"rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise other("文件是压缩包，不是Excel工作簿", UNPACK)
    if head.startswith((b"\x89png", b"\xff\xd8\xff", b"gif8", b"bm")) and b"\0" in content[:4096]:
        raise other("文件内容是图片，不是Excel工作簿")
    if head.startswith(b"{\\rtf"):
        raise other("文件内容是RTF文档，不是Excel工作簿")
    if _is_text(content[:65536]):
        raise other("文件内容是文本（CSV等），不是Excel工作簿", limits.RESAVE)
    raise other("文件内容不是Excel工作簿")


def other(why: str, fix: str = limits.RESEND) -> Unreadable:
    """The refusal of a file that is something else than a workbook that is read."""
    return Unreadable(why, fix, c.OTHER_FORMAT)


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return head.startswith((b"\xff\xfe", b"\xfe\xff"))
    head = head.removeprefix(b"\xef\xbb\xbf")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = head.decode(encoding)
        except UnicodeDecodeError as e:
            if e.start < len(head) - 4:
                continue
            text = head[: e.start].decode(encoding)
        return text.isprintable() or all(ch.isprintable() or ch in "\r\n\t" for ch in text)
    return False
