"""The master's hidden sheet `xlwings.conf`: read, compared with this PC, stamped anew."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from xl_lianbing.errors import MasterUnreadable
from xl_lianbing.excel.closed.results import write_results
from xl_lianbing.excel.values import Cell, Cells
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.intake.door.sheets import Book, Unreadable
from xl_lianbing.intake.master.tabs import Tab
from xl_lianbing.launch.interpreter import SETTINGS_SHEET, Interpreter, as_interpreter, conf_rows
from xl_lianbing.launch.windows_paths import Role, path_problems
from xl_lianbing.records.keys import squeeze
from xl_lianbing.upkeep.doctor.check import Check, fine, note, problem
from xl_lianbing.upkeep.doctor.platform import Platform

_NAME: Final = "按钮用的 Python"
_RESTAMP: Final = "关闭总表，运行 xl-lianbing doctor 活动文件夹 --fix，再打开总表。"


def read_settings(master: Path) -> list[tuple[str, str]]:
    """The rows of the settings sheet, name and value. Raises MasterUnreadable, OSError."""
    restore = "从“备份”文件夹恢复最近的一份总表。"
    try:
        book = Book(master.read_bytes(), only={squeeze(SETTINGS_SHEET)})
        tab = Tab.of(book, SETTINGS_SHEET)
    except Unreadable as e:
        raise MasterUnreadable(f"总表无法读取：{e.why}", restore) from e
    if tab is None:
        raise MasterUnreadable(f"总表里没有隐藏表“{SETTINGS_SHEET}”", restore)
    return [(tab.text(number, 1).upper(), _text(tab.cell(number, 2))) for number, _ in tab.rows]


def _text(value: object) -> str:
    return str(value).upper() if isinstance(value, bool) else str(value)


def stamp_settings(master: Path, interpreter: Interpreter) -> None:
    """Writes the settings for a Python into a closed master. Raises MasterLocked, MasterUnreadable."""
    rows: list[tuple[str, str]] = list(conf_rows(interpreter))
    rows += [("", "")] * (len(read_settings(master)) - len(rows))
    cells: dict[str, Cell] = {}
    for number, (name, value) in enumerate(rows, 1):
        cells[f"A{number}"] = name or None
        cells[f"B{number}"] = value or None
    write_results(master, [Cells(SETTINGS_SHEET, cells)])


def interpreter(platform: Platform, folder: CampaignFolder) -> Check:
    """Whether the buttons of the master start the Python of this PC."""
    rows = read_settings(folder.master)
    stamped, wanted = as_interpreter(dict(rows)), platform.interpreter()
    if not platform.is_windows:
        shown = f"总表里写的是 {stamped.python}" if stamped.python else "总表里没有写"
        return note(
            _NAME,
            f"{shown}；不是 Windows，没有检查",
            "在要用按钮的 Windows 电脑上双击 start.cmd，或运行 xl-lianbing doctor 活动文件夹 --fix。",
        )

    def repair() -> str:
        stamp_settings(folder.master, wanted)
        return f"已写入 {wanted.python}"

    for path, role in ((wanted.python, Role.PYTHON), (wanted.modules, Role.MODULES)):
        for each in path_problems(path, role, code_page=platform.code_page):
            return problem(_NAME, each.what, each.fix)
    if not stamped.python:
        return problem(_NAME, "总表里没有写 Python 的位置", _RESTAMP, repair)
    if not Path(stamped.python).is_file():
        return problem(_NAME, f"总表里写的 {stamped.python} 在本机不存在", _RESTAMP, repair)
    if dict(rows) != dict(conf_rows(wanted)):
        found = f"总表里写的是 {stamped.python}，现在运行的是 {wanted.python}"
        if stamped == wanted:
            found = f"隐藏表“{SETTINGS_SHEET}”里的设置不全或被改过"
        return problem(_NAME, found, _RESTAMP, repair)
    return fine(_NAME, stamped.python)
