"""What is packed in an archive or a compound file: told by its structure, never by a word somewhere in it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Final

from xl_lianbing.intake.door import limits
from xl_lianbing.intake.door.compound import CompoundFile
from xl_lianbing.intake.door.file import UNPACK, FileFormat, other
from xl_lianbing.intake.door.limits import Unreadable
from xl_lianbing.intake.door.package import CONTENT_TYPES, RELATIONS
from xl_lianbing.intake.door.xls import STREAMS

_WORD: Final = "文件内容是Word文档，不是Excel工作簿"
_POWERPOINT: Final = "文件内容是PowerPoint演示文稿，不是Excel工作簿"
_BINARY: Final = "文件是二进制工作簿（.xlsb）"
_NO_WORKBOOK: Final = "文件内容不是Excel工作簿"
#: Element that a main part begins with → what the file is.
_ELEMENTS: Final = {"document": _WORD, "presentation": _POWERPOINT}
#: The same by the usual names, where a package lacks what would tell.
_PARTS: Final = {"word/document.xml": _WORD, "ppt/presentation.xml": _POWERPOINT, "xl/workbook.bin": _BINARY}
_WRITER: Final = {"worddocument": _WORD, "powerpoint document": _POWERPOINT}
_MAIL: Final = "__properties_version1.0"
_SPREADSHEET: Final = b"application/vnd.oasis.opendocument.spreadsheet"


def compound_file(content: bytes) -> CompoundFile:
    """Raises Unreadable if the structure is broken, or if it holds no workbook, encrypted or not."""
    try:
        file = CompoundFile(content)
    except (struct.error, IndexError, ValueError) as e:
        raise Unreadable(limits.DAMAGED, limits.RESAVE) from e
    if not file.names.isdisjoint(STREAMS) or is_encrypted(file):
        return file
    if _MAIL in file.names:
        raise other("文件是Outlook邮件，不是Excel工作簿", "请从邮件中取出附件（填报表），另存后重新报送。")
    raise other(next((told for name, told in _WRITER.items() if name in file.names), _NO_WORKBOOK))


def is_encrypted(file: CompoundFile) -> bool:
    """Whether it is an office package under a password."""
    return not file.names.isdisjoint({"encryptedpackage", "encryptioninfo"})


def archive_format(content: bytes) -> FileFormat:
    """The format of the workbook in an archive. Raises Unreadable if there is none, as far as its names tell."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
            opened = "mimetype" not in names or _SPREADSHEET in archive.read("mimetype")[:200]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, KeyError, RuntimeError, zlib.error) as e:
        raise Unreadable(limits.DAMAGED) from e
    if CONTENT_TYPES.lower() in names and RELATIONS in names:
        return FileFormat.XLSX
    for name, told in _PARTS.items():
        if name in names:
            raise other(told, limits.RESAVE if told is _BINARY else limits.RESEND)
    if any(name.startswith("xl/") for name in names):
        return FileFormat.XLSX
    if "content.xml" in names:
        if not opened:
            raise other("文件内容是文字处理文档或演示文稿（OpenDocument），不是Excel工作簿")
        return FileFormat.ODS
    raise other("文件是压缩包，不是Excel工作簿", UNPACK)


def refuse_binary(part: str) -> None:
    """Raises Unreadable if the main part of a package is none of XML."""
    if part.lower().endswith(".bin"):
        raise other(_BINARY, limits.RESAVE)


def check_element(element: str) -> None:
    """Raises Unreadable if a main part that begins with this element is no workbook."""
    if element != "workbook":
        raise other(_ELEMENTS.get(element, _NO_WORKBOOK))
