"""A foreign table as rows of cells with their line numbers, whatever format a system gave it.

What a file is, is told by its content: web systems name HTML, XML and plain text `.xls`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from xl_lianbing.errors import LianbingError
from xl_lianbing.faults import advice_of, machine_fault, words_of
from xl_lianbing.importing.markup import html_rows, spreadsheet_xml_sheets
from xl_lianbing.intake.door.cells import with_floats
from xl_lianbing.intake.door.limits import LAST_COLUMN, MOST_CELLS, MOST_FILE, MOST_PART, Unreadable
from xl_lianbing.intake.door.sheets import Book, Cell
from xl_lianbing.intake.door.zip import Archive, stored

#: A row and the line (of a workbook: the row) of the file that it begins in.
Row = tuple[int, Sequence[Cell]]

_RESAVE: Final = "请用Excel或WPS打开这个文件，另存为“Excel 工作簿（*.xlsx）”，再导入另存的文件。"
_SEPARATORS: Final = ",\t;|，；"
#: As many rows tell how a text is to be split.
_LOOKED_AT: Final = 60
#: A text in quotes over more lines than this is one whose closing quote is missing.
_MOST_LINES: Final = 20
_XLSB: Final = "xl/workbook.bin"
_FORMULA_TEXT: Final = re.compile(r'="(.*)"', re.DOTALL)
_BOMS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ENCODINGS: Final = ("utf-8-sig", "gb18030")

#: How many of the columns wanted a row names.
Known = Callable[[Sequence[Cell]], int]


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """The rows of one sheet that hold something; `name` is '' where the file has but one."""

    name: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read. `hidden`: names of its sheets that nobody sees; they are not read."""

    name: str
    sha256: str
    sheets: Sequence[SourceSheet]
    hidden: Sequence[str] = ()

    def line(self, sheet: SourceSheet, number: int) -> str:
        """How a person finds a row again."""
        return f"{self.name} 工作表“{sheet.name}”第{number}行" if sheet.name else f"{self.name} 第{number}行"


def read_source(path: Path, name: str, known: Known) -> Source:
    """A file of a system, called `name` from now on. `known` tells the header of a text, by which its encoding and its
    separator are chosen.

    Raises LianbingError for what is no table, is damaged or larger than the limits.
    """
    content = _content(path)
    with _explained(path):
        sheets, hidden = _sheets(content, path, known)
    if not any(sheet.rows for sheet in sheets):
        raise LianbingError(f"《{path.name}》里没有内容。", "请在系统里重新导出，用Excel打开看一下有没有数据。")
    if sum(len(cells) for sheet in sheets for _, cells in sheet.rows) > MOST_CELLS:
        raise LianbingError(f"《{path.name}》超过{MOST_CELLS // 10_000}万格，太大。", "请按时间或单位分几次导出。")
    return Source(name, hashlib.sha256(content).hexdigest(), sheets, hidden)


def _content(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise LianbingError(f"“{path}”不是文件。", "请写要导入的文件；几个文件依次写。")
        with path.open("rb") as file:
            content = file.read(MOST_FILE + 1)
    except (OSError, ValueError) as e:
        if (fault := machine_fault(e)) is not None:
            raise fault from e
        words, advice = (words_of(e), advice_of(e)) if isinstance(e, OSError) else ("名称不能用", "请改名后再导入。")
        raise LianbingError(f"打不开“{path}”：{words}。", advice) from e
    if len(content) > MOST_FILE:
        raise LianbingError(f"《{path.name}》超过{MOST_FILE >> 20}MB。", "请按时间或单位分几次导出。")
    if not content.strip(b"\0 \t\r\n"):
        raise LianbingError(f"《{path.name}》是空的。", "请在系统里重新导出。")
    return content


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except Unreadable as e:
        raise LianbingError(f"《{path.name}》不能读取：{e.why}。", _RESAVE) from e


def _sheets(content: bytes, path: Path, known: Known) -> tuple[list[SourceSheet], tuple[str, ...]]:
    if content.startswith(b"PK"):
        archive = Archive(content)
        return _binary(archive) if archive.spelled(_XLSB) else _workbook(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _workbook(content)
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        Book(content)  # says what it is
    texts = _decoded(content, path)
    head = texts[0][:4096].lstrip("\ufeff \t\r\n").lower()
    if head.startswith(("%pdf", "{\\rtf")):
        Book(content)
    if head.startswith("<?xml") and "urn:schemas-microsoft-com:office:spreadsheet" in head:
        return [SourceSheet(name, rows) for name, rows in spreadsheet_xml_sheets(content)], ()
    if "<table" in head or head.startswith(("<html", "<!doctype html", "<meta", "<style", "<tr")):
        read = [[(n, [_plain(c) for c in cells]) for n, cells in html_rows(text)] for text in texts]
        return [SourceSheet("", max(read, key=lambda rows: _best(rows, known)))], ()
    return [SourceSheet("", _split(texts, path, known))], ()


def _workbook(content: bytes) -> tuple[list[SourceSheet], tuple[str, ...]]:
    book = Book(content)
    hidden = tuple(name for name in book.names if name in book.concealed)
    shown = [name for name in book.names if name not in book.concealed]
    return _named({name: [(n, list(cells)) for n, cells in book.rows(name)] for name in shown}), hidden


def _binary(archive: Archive) -> tuple[list[SourceSheet], tuple[str, ...]]:
    """A workbook of Excel's binary format: calamine gets a copy whose parts were unpacked within the limits."""
    parts = {name: (archive.read(name, MOST_PART), archive.crc(name)) for name in archive.names}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(stored(parts)))
        shown = [s.name for s in book.sheets_metadata if s.visible is SheetVisibleEnum.Visible]
        found: dict[str, list[Row]] = {}
        for name in shown:
            sheet = book.get_sheet_by_name(name)
            top = sheet.start[0] if sheet.start else 0
            found[name] = [(n, list(cells)) for n, cells in with_floats(enumerate(sheet.iter_rows(), top + 1))]
    except Exception as e:
        raise Unreadable("文件已损坏，或不是Excel工作簿") from e
    hidden = tuple(s.name for s in book.sheets_metadata if s.visible is not SheetVisibleEnum.Visible)
    return _named(found), hidden


def _named(found: dict[str, list[Row]]) -> list[SourceSheet]:
    filled = {name: [row for row in rows if _is_filled(row[1])] for name, rows in found.items()}
    kept = {name: rows for name, rows in filled.items() if rows}
    return [SourceSheet(name if len(kept) > 1 else "", rows) for name, rows in kept.items()]


def _is_filled(cells: Sequence[Cell]) -> bool:
    return any(not isinstance(cell, str) or cell.strip() for cell in cells)


def _decoded(content: bytes, path: Path) -> list[str]:
    """The text in each encoding in which it is one."""
    for bom, codec in _BOMS:
        if content.startswith(bom):
            encodings: tuple[str, ...] = (codec,)
            break
    else:
        encodings = _ENCODINGS
    texts = []
    for encoding in encodings:
        try:
            texts.append(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    if not texts:
        raise LianbingError(
            f"《{path.name}》的文字编码认不出来（既不是UTF-8，也不是GB18030），可能没有传完整。",
            f"请重新导出；{_RESAVE}",
        )
    return texts


def _split(texts: Sequence[str], path: Path, known: Known) -> list[Row]:
    """The rows as the encoding and the separator make them under which most columns are known."""
    best: tuple[tuple[int, int], str, str] | None = None
    for text in texts:
        head = "".join(text.splitlines(keepends=True)[: _LOOKED_AT * 2])
        for sign in _SEPARATORS:
            rows = _rows(head, sign)[:_LOOKED_AT]
            rank = (_best(rows, known), max((len(cells) for _, cells in rows), default=0))
            if best is None or rank > best[0]:
                best = (rank, text, sign)
    assert best is not None
    if best[0][1] > LAST_COLUMN * 4 or (best[0][1] == 1 and "\ufffd" in best[1]):
        raise LianbingError(f"《{path.name}》不是表格。", _RESAVE)
    return _rows(best[1], best[2])


def _best(rows: Sequence[Row], known: Known) -> int:
    return max((known(cells) for _, cells in rows[:_LOOKED_AT]), default=0)


def _rows(text: str, separator: str) -> list[Row]:
    """The rows that hold something, each with the line in which it begins."""
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)
        found: list[Row] = []
        line = 1
        try:
            for fields in reader:
                if quoting == csv.QUOTE_MINIMAL and reader.line_num - line >= _MOST_LINES:
                    break
                cells = [_plain(field) for field in fields]
                if any(cells) and not (line == 1 and len(cells) == 1 and cells[0].lower().startswith("sep=")):
                    found.append((line, cells))
                line = reader.line_num + 1
            else:
                return found
        except csv.Error:  # a quote that is never closed
            continue
    return found


def _plain(text: str) -> str:
    """A cell without what systems put around a text so that it stays one: ="…", tabs, hard blanks."""
    text = text.replace("\u00a0", " ").replace("\ufeff", "").strip()
    found = _FORMULA_TEXT.fullmatch(text)
    return found[1].replace('""', '"').strip() if found else text
