"""Results into a closed workbook: the owned cells are replaced inside the package, every other part stays as it is."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from xl_lianbing.errors import LianbingError, MasterUnreadable
from xl_lianbing.excel.closed.backups import make_backup, remove_old_backups
from xl_lianbing.excel.closed.lock import not_writable, refuse_if_open
from xl_lianbing.excel.ooxml import book_xml
from xl_lianbing.excel.ooxml.book_xml import Area
from xl_lianbing.excel.ooxml.column_xml import Sheet
from xl_lianbing.excel.ooxml.long_tabs import Ahead, Stream
from xl_lianbing.excel.ooxml.sheet_xml import Streams, rewrite_sheet
from xl_lianbing.excel.ooxml.zip_parts import DeflatedPart, PackageSyntaxError, copy_package, reading_package
from xl_lianbing.excel.values import Cells, Table

_SMALL_PART_LEVEL = 6
_OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")


def missing_sheet(book: str, sheet: str) -> MasterUnreadable:
    """The error for a tab that was deleted or renamed."""
    return MasterUnreadable(
        f"《{book}》里没有工作表“{sheet}”（可能被删除或改了名）。",
        f"请把它的名字改回“{sheet}”；已经删除的，请从“备份”文件夹恢复，"
        "或者用 xl-lianbing new 新建一个总表，再把录入的内容复制过去。",
    )


def write_results(
    master: Path,
    blocks: Sequence[Table | Cells],
    *,
    backups: int = 3,
    executor: Executor | None = None,
    ahead: Ahead | None = None,
) -> list[str]:
    """Replaces the owned cells of a closed workbook.

    Atomic: the workbook is either the old one or the new one. ``backups`` earlier versions are kept in ``备份/``
    beside it (0: none is made). ``executor`` makes long tables side by side; ``ahead`` has begun on some of them.
    Returns the names of the parts rewritten, in package order, a removed calculation chain among them. Raises
    MasterLocked if the workbook is open elsewhere, MasterUnreadable if it is damaged or lacks a tab, ValueError for
    blocks that cannot be written (overlapping, too many rows, a number that is none).
    """
    with _explained(master):
        refuse_if_open(master)
        rewritten, temporary = _rewrite(master, blocks, _streams(executor, ahead))
        try:
            refuse_if_open(master)  # the rows may have taken minutes
            _put_in_place(temporary, master, backups)
        finally:
            temporary.unlink(missing_ok=True)
    return rewritten


def _streams(executor: Executor | None, ahead: Ahead | None) -> Streams:
    def stream(table: Table, sheet: Sheet) -> Stream:
        def make() -> Stream:
            return Stream(table, sheet, executor)

        return ahead.stream(table, sheet, make) if ahead else make()

    return stream


def _rewrite(master: Path, blocks: Sequence[Table | Cells], streams: Streams) -> tuple[list[str], Path]:
    """The names of the parts rewritten and the new package, a temporary file beside the old one."""
    with ExitStack() as stack:
        raw = stack.enter_context(master.open("rb"))
        with reading_package():
            package = stack.enter_context(ZipFile(raw))
        replaced = _new_parts(package, blocks, master, stack, streams)
        removed = {name for name, part in replaced.items() if part is None}
        kept = {name: part for name, part in replaced.items() if part is not None}
        rewritten = [name for name in package.namelist() if name in replaced]
        return rewritten, _write_beside(master, package, raw, kept, removed)


@contextmanager
def _explained(master: Path) -> Iterator[None]:
    """Turns what a missing, damaged, encrypted or read-only workbook raises into the users' errors.

    What the blocks' own rows raise (they may read other files) passes through.
    """
    restore = "请从“备份”文件夹恢复最近的一份，或者用 xl-lianbing new 新建一个总表。"
    try:
        yield
    except OSError as error:
        named = Path(error.filename) if isinstance(error.filename, str | os.PathLike) else None
        if isinstance(error, FileNotFoundError) and named == master:
            raise MasterUnreadable(
                f"找不到总表《{master.name}》。", f"请检查文件夹 {master.parent}。{restore}"
            ) from error
        if isinstance(error, PermissionError) and named is not None and named.parent == master.parent:
            raise not_writable(master) from error
        if error.errno == errno.ENOSPC:
            raise LianbingError(
                f"磁盘空间不足，《{master.name}》没有改动。", "请清理磁盘（例如旧的上报包），再运行一次。"
            ) from error
        raise
    except PackageSyntaxError as error:
        if _is_ole(master):
            raise MasterUnreadable(
                f"《{master.name}》不是 xlsm 格式：设了打开密码，或者存成了旧格式（.xls）。",
                "请在 Excel 中打开，去掉打开密码，另存为“启用宏的工作簿（*.xlsm）”，再运行一次。",
            ) from error
        raise MasterUnreadable(f"《{master.name}》已损坏，无法读取（{error}）。", restore) from error


def _is_ole(path: Path) -> bool:
    """Whether the file is a compound document: an encrypted workbook or one of Excel 97."""
    with path.open("rb") as file:
        return file.read(len(_OLE_MAGIC)) == _OLE_MAGIC


def _new_parts(
    package: ZipFile,
    blocks: Sequence[Table | Cells],
    master: Path,
    stack: ExitStack,
    streams: Streams,
) -> dict[str, DeflatedPart | None]:
    """The new content of each part that changes; None: the part goes."""
    with reading_package():
        workbook = book_xml.workbook_part(package)
        workbook_xml = package.read(workbook)
        date1904 = book_xml.uses_1904(workbook_xml)
        sheets = book_xml.sheet_parts(package, workbook)
    by_sheet: dict[str, list[Table | Cells]] = {}
    for block in blocks:
        if block.sheet not in sheets:
            raise missing_sheet(master.name, block.sheet)
        by_sheet.setdefault(block.sheet, []).append(block)
    new: dict[str, DeflatedPart | None] = {}
    for sheet, its_blocks in by_sheet.items():
        with reading_package():
            stream = stack.enter_context(package.open(sheets[sheet]))
        result = rewrite_sheet(stream, its_blocks, date1904=date1904, streams=streams)
        stack.callback(result.part.close)
        new[sheets[sheet]] = result.part
        with reading_package():
            for part, content in _resized_tables(package, sheets[sheet], result.last_rows):
                new[part] = _small_part(content, stack)
    if by_sheet:
        recalculated = book_xml.with_full_calculation(workbook_xml)
        if recalculated != workbook_xml:
            new[workbook] = _small_part(recalculated, stack)
        with reading_package():
            for part, changed in book_xml.calculation_chain(package, workbook):
                new[part] = None if changed is None else _small_part(changed, stack)
    return new


def _resized_tables(
    package: ZipFile, sheet_part: str, last_rows: Sequence[tuple[Table, int]]
) -> Iterator[tuple[str, bytes]]:
    for relationship in book_xml.relationships(package, sheet_part):
        if relationship.kind != "table":
            continue
        content = package.read(relationship.target)
        area = book_xml.table_area(content)
        for table, last_row in last_rows:
            if area is None or area.top != table.header_row:
                continue
            if area.left < table.first_column + table.width and table.first_column <= area.right:
                resized = book_xml.resized_table(content, Area(area.top, area.left, last_row, area.right))
                if resized != content:
                    yield relationship.target, resized


def _small_part(content: bytes, stack: ExitStack) -> DeflatedPart:
    part = DeflatedPart(_SMALL_PART_LEVEL)
    stack.callback(part.close)
    part.write(content)
    part.finish()
    return part


def _write_beside(
    master: Path, package: ZipFile, raw: IO[bytes], replaced: Mapping[str, DeflatedPart], removed: set[str]
) -> Path:
    """The new package, safely on disk, as a temporary file in the same folder."""
    handle, name = tempfile.mkstemp(prefix=f".{master.stem}-", suffix=".tmp", dir=master.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            copy_package(package, raw, file, replaced, removed)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(master, temporary)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _put_in_place(temporary: Path, master: Path, backups: int) -> None:
    backup = make_backup(master, datetime.now()) if backups > 0 else None
    try:
        temporary.replace(master)
    except BaseException as error:
        if backup is not None:
            with contextlib.suppress(OSError):
                backup.unlink()
        if isinstance(error, PermissionError):
            raise not_writable(master) from error
        raise
    if backup is not None:
        remove_old_backups(master, backups)
    _sync_folder(master.parent)


def _sync_folder(folder: Path) -> None:
    """So that the new name survives a power cut, where the system can do that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
