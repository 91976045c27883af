"""What a file is, judged by its content and never by its name."""

from __future__ import annotations

import io
import zipfile
from enum import Enum, auto
from typing import Final

from xl_lianbing.findings import reading as c
from xl_lianbing.intake.door import limits as limits
from xl_lianbing.intake.door.limits import Unreadable

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNPACK: Final = "请报送单位解压后报送其中的填报表。"


class FileKind(Enum):
    """The formats that are read. XLS: also WPS's .et, which is the same."""

    XLSX = auto()
    XLS = auto()
    ODS = auto()


def what(content: bytes) -> FileKind:
    """Raises Unreadable for anything that is not read, with what it is and what to do."""
    if not content:
        raise Unreadable("文件是空的（0字节）")
    if not content.strip(b"\0"):
        raise Unreadable("文件内容全是空字节，没有保存或传送完整")
    if content.startswith(_OLE):
        return _what_ole(content)
    if content.startswith(b"PK"):
        return _what_package(content)
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"%pdf"):
        raise _other("文件内容是PDF，不是Excel工作簿（只改了扩展名）")
    if head.startswith((b"<!doctype html", b"<html", b"<table")):
        raise _other("文件内容是网页（HTML），不是Excel工作簿", limits.RESAVE)
    if head.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise _other("文件是“XML 表格 2003”格式，不是.xlsx", limits.RESAVE)
    if head.startswith((b"rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise _other("文件是压缩包，不是Excel工作簿", _UNPACK)
    if head.startswith((b"\x89png", b"\xff\xd8\xff", b"gif8", b"bm")) and b"\0" in content[:4096]:
        raise _other("文件内容是图片，不是Excel工作簿")
    if head.startswith(b"{\\rtf"):
        raise _other("文件内容是RTF文档，不是Excel工作簿")
    if _is_text(content[:65536]):
        raise _other("文件内容是文本（CSV等），不是Excel工作簿", limits.RESAVE)
    raise _other("文件内容不是Excel工作簿")


def _other(why: str, fix: str = limits.RESEND) -> Unreadable:
    return Unreadable(why, fix, c.OTHER_FORMAT)


def _what_ole(content: bytes) -> FileKind:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        raise Unreadable("文件设有打开密码，无法读取", limits.UNLOCK, c.LOCKED)
    if holds("WordDocument"):
        raise _other("文件内容是Word文档，不是Excel工作簿")
    if holds("PowerPoint Document"):
        raise _other("文件内容是PowerPoint演示文稿，不是Excel工作簿")
    if not (holds("Workbook") or holds("Book")):
        raise _other("文件内容不是Excel工作簿")
    return FileKind.XLS


def _what_package(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = {name.replace("\\", "/").lower() for name in package.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as e:
        raise Unreadable("文件已损坏或没有传完整") from e
    if "word/document.xml" in names:
        raise _other("文件内容是Word文档，不是Excel工作簿")
    if "ppt/presentation.xml" in names:
        raise _other("文件内容是PowerPoint演示文稿，不是Excel工作簿")
    if "xl/workbook.bin" in names:
        raise _other("文件是二进制工作簿（.xlsb）", limits.RESAVE)
    if any(name.startswith("xl/") for name in names):
        return FileKind.XLSX
    if "content.xml" in names:
        return FileKind.ODS
    raise _other("文件是压缩包，不是Excel工作簿", _UNPACK)


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
