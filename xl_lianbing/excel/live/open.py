"""Finds a workbook that is open in Excel, from outside."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from xl_lianbing.errors import MasterLocked
from xl_lianbing.excel.live.start import load_xlwings
from xl_lianbing.excel.live.windows import protected_view

if TYPE_CHECKING:
    import xlwings as xw


def open_book(path: Path) -> xw.Book | None:
    """The workbook of that file; None if no program has it open.

    Raises MasterLocked if it is open twice, in Protected View, or if another file of that name is open instead.
    """
    load_xlwings()
    import xlwings as xw

    found: list[xw.Book] = []
    namesakes: list[str] = []
    for app in xw.apps if len(xw.engines) else ():
        for book in app.books:
            if _same(book.fullname, path):
                found.append(book)
            elif book.name.casefold() == path.name.casefold():
                namesakes.append(book.fullname)
        if app.engine.name == "excel" and any(_same(name, path) for name in protected_view(app)):
            raise MasterLocked(
                f"《{path.name}》是在“受保护的视图”中打开的，程序不能读写。",
                "请在 Excel 上方的黄色提示条点“启用编辑”，再运行一次。",
            )
    if len(found) > 1:
        raise MasterLocked(
            f"《{path.name}》在两个 Excel 窗口里同时打开着。", "请关闭其中一个（保留有录入内容的那个），再运行一次。"
        )
    if not found and namesakes:
        raise MasterLocked(
            f"打开着的是另一个文件夹里的同名文件：{'、'.join(namesakes)}。",
            f"请关闭它，打开 {path}，再运行一次。",
        )
    return found[0] if found else None


def _same(name: str, path: Path) -> bool:
    """Whether Excel's name of a workbook means that file, also over a mapped drive."""
    if os.path.normcase(os.path.abspath(name)) == os.path.normcase(os.path.abspath(path)):  # noqa: PTH100
        return True
    try:
        return path.samefile(name)
    except OSError:
        return False
