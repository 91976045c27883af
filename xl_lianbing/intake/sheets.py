"""Opens a workbook of any kind with calamine: sheets as rows with their true positions."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import cached_property

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum, XmlError, ZipError

Cell = float | str | bool | date | datetime | time | timedelta

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Unreadable(Exception):
    """The file is not a workbook that can be read; `why` is a Chinese phrase, `fix` what to do."""

    def __init__(self, why: str, fix: str) -> None:
        super().__init__(why)
        self.why = why
        self.fix = fix


_RESEND = "请报送单位重新报送Excel格式（.xlsx）的填报表。"
_UNLOCK = "请报送单位取消打开密码（文件→信息→保护工作簿），保存后重新报送。"


class Book:
    """An open workbook. Rows are counted from 1, columns from 0, as the sheet has them."""

    def __init__(self, content: bytes) -> None:
        """Raises Unreadable, saying by the content what the file is."""
        self._book = _open(content)
        self.names: list[str] = self._book.sheet_names
        self._starts: dict[str, int] = {}

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Names of the sheets that no menu shows."""
        return frozenset(s.name for s in self._book.sheets_metadata if s.visible is SheetVisibleEnum.VeryHidden)

    def first_column(self, name: str) -> int:
        """How many columns stand left of the first cell of `rows` (call after `rows`)."""
        return self._starts.get(name, 0)

    def rows(self, name: str) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Every row of the used range with its number; the cells begin at `first_column`. Raises Unreadable."""
        with _explained(f"工作表“{name}”已损坏，无法读取"):
            sheet = self._book.get_sheet_by_name(name)
        self._starts[name] = sheet.start[1] if sheet.start else 0
        return enumerate(sheet.iter_rows(), 1) if sheet.start else iter(())


def _open(content: bytes) -> CalamineWorkbook:
    guess = _what(content)
    if guess is not None:
        raise guess
    with _explained("文件已损坏，或不是Excel工作簿"):
        return CalamineWorkbook.from_filelike(io.BytesIO(content))


@contextmanager
def _explained(why: str) -> Iterator[None]:
    """What calamine raises on a bad file, as Unreadable."""
    try:
        yield
    except PasswordError as e:
        raise Unreadable("文件设有打开密码，无法读取", _UNLOCK) from e
    except (CalamineError, XmlError, ZipError, ValueError, OSError) as e:
        raise Unreadable(why, _RESEND) from e
    except BaseException as e:
        if type(e).__name__ != "PanicException":  # a panic in Rust is no Exception
            raise
        raise Unreadable(why, _RESEND) from e


def _what(content: bytes) -> Unreadable | None:
    """What a file that is no workbook is, judged by its content and never by its name; None if it may be one."""
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not content:
        return Unreadable("文件是空的（0字节）", _RESEND)
    if head.startswith(b"%pdf"):
        return Unreadable("文件内容是PDF，不是Excel工作簿（只改了扩展名）", _RESEND)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return Unreadable("文件设有打开密码，无法读取", _UNLOCK)
        if "WordDocument".encode("utf-16-le") in content:
            return Unreadable("文件内容是Word文档，不是Excel工作簿", _RESEND)
        return None
    if content.startswith(b"PK"):
        return _what_package(content)
    if head.startswith((b"<!doctype html", b"<html", b"<table")):
        return Unreadable("文件内容是网页（HTML），不是Excel工作簿", _RESEND)
    if head.startswith((b"rar!", b"7z\xbc\xaf")):
        return Unreadable("文件是压缩包，不是Excel工作簿", "请报送单位解压后报送其中的填报表。")
    if head.startswith((b"\x89png", b"\xff\xd8\xff")):
        return Unreadable("文件内容是图片，不是Excel工作簿", _RESEND)
    return Unreadable("文件内容不是Excel工作簿", _RESEND)


def _what_package(content: bytes) -> Unreadable | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return Unreadable("文件已损坏或没有传完整", _RESEND)
    if "word/document.xml" in names:
        return Unreadable("文件内容是Word文档，不是Excel工作簿", _RESEND)
    if any(n.startswith("xl/") for n in names) or "content.xml" in names:
        return None
    return Unreadable("文件是压缩包，不是Excel工作簿", "请报送单位解压后报送其中的填报表。")
