"""Results into a closed workbook: the owned cells are replaced inside the package, every other part stays as it is."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from xl_lianbing.errors import LianbingError, MasterChanged, MasterUnreadable
from xl_lianbing.excel.closed.backups import KEPT, make_backup, remove_old_backups
from xl_lianbing.excel.closed.lock import not_writable, refuse_if_open
from xl_lianbing.excel.ooxml.package import CompoundFile, Package
from xl_lianbing.excel.ooxml.sheet.long_tabs import Ahead, Sheet, Stream, Streams
from xl_lianbing.excel.ooxml.sheet.rewrite import rewrite_sheet
from xl_lianbing.excel.ooxml.tables import resized_table, table_area
from xl_lianbing.excel.ooxml.workbook import Workbook
from xl_lianbing.excel.ooxml.xml import PackageSyntaxError, reading_package
from xl_lianbing.excel.values import Cells, Table, by_sheet


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
    read: str = "",
    backups: int = KEPT,
    executor: Executor | None = None,
    ahead: Ahead | None = None,
) -> list[str]:
    """Replaces the owned cells of a closed workbook.

    Atomic: the workbook is either the old one or the new one. ``read`` is its fingerprint when the blocks were begun
    (empty: now). ``backups`` earlier versions are kept in ``备份/`` beside it, and each day's first (0: none is made).
    ``executor`` makes long tables side by side; ``ahead`` has begun on some of them.
    Returns the names of the parts rewritten, in package order, a removed calculation chain among them. Raises
    MasterLocked if the workbook is open elsewhere, MasterChanged if somebody saved it meanwhile, MasterUnreadable if it
    is damaged or lacks a tab, ValueError for blocks that cannot be written (overlapping, too many rows, a number that
    is none).
    """
    with explained(master):
        refuse_if_open(master)
        read = read or fingerprint(master)
        _refuse_if_changed(master, read)
        rewritten, temporary = _rewrite(master, blocks, _streams(executor, ahead))
        try:
            refuse_if_open(master)  # the rows may have taken minutes
            _refuse_if_changed(master, read)
            _put_in_place(temporary, master, backups)
        finally:
            temporary.unlink(missing_ok=True)
    return rewritten


def fingerprint(workbook: Path) -> str:
    """The same for the same bytes: a save changes it even where size and time stay."""
    with workbook.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def changed_meanwhile() -> MasterChanged:
    """The error for a workbook that is no longer the one from which was computed."""
    return MasterChanged(
        "总表在计算期间被保存过，请再运行一次。",
        "这次的结果没有写入，总表里刚才保存或录入的内容都在；再运行一次就会用上。",
    )


def _refuse_if_changed(master: Path, read: str) -> None:
    if fingerprint(master) != read:
        raise changed_meanwhile()


def _streams(executor: Executor | None, ahead: Ahead | None) -> Streams:
    def stream(table: Table, sheet: Sheet) -> Stream:
        def make() -> Stream:
            return Stream(table, sheet, executor)

        return ahead.stream(table, sheet, make) if ahead else make()

    return stream


def _rewrite(master: Path, blocks: Sequence[Table | Cells], streams: Streams) -> tuple[list[str], Path]:
    """The names of the parts rewritten and the new package, a temporary file beside the old one."""
    owned = by_sheet(blocks)
    with master.open("rb") as file, closing(Package(file)) as package:
        book = Workbook(package)
        parts = book.sheet_parts()
        for sheet in owned:
            if sheet not in parts:
                raise missing_sheet(master.name, sheet)
        for sheet, its_blocks in owned.items():
            with package.open(parts[sheet]) as stream:
                result = rewrite_sheet(stream, its_blocks, date1904=book.date1904, streams=streams)
            package.write(parts[sheet], result.part)
            with reading_package():
                _resize_tables(package, parts[sheet], result.last_rows)
        if owned:
            book.calculate_on_load()
        return package.changed(), package.write_beside(master)


def _resize_tables(package: Package, sheet_part: str, last_rows: Sequence[tuple[Table, int]]) -> None:
    """The table parts of a sheet get as many rows as what was written under their header."""
    for related in package.relationships(sheet_part):
        if related.kind != "table":
            continue
        content = package.read(related.target)
        area = table_area(content)
        for table, last_row in last_rows:
            if area is None or area.top != table.header_row:
                continue
            if area.left < table.first_column + table.width and table.first_column <= area.right:
                package.write(related.target, resized_table(content, area._replace(bottom=last_row)))


@contextmanager
def explained(master: Path) -> Iterator[None]:
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
    except CompoundFile as error:
        raise MasterUnreadable(
            f"《{master.name}》不是 xlsm 格式：设了打开密码，或者存成了旧格式（.xls）。",
            "请在 Excel 中打开，去掉打开密码，另存为“启用宏的工作簿（*.xlsm）”，再运行一次。",
        ) from error
    except PackageSyntaxError as error:
        raise MasterUnreadable(f"《{master.name}》已损坏，无法读取（{error}）。", restore) from error


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
