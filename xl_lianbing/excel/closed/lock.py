"""Who has a workbook open: the lock files that spreadsheet programs leave beside it."""

from __future__ import annotations

import os
from pathlib import Path

from xl_lianbing.errors import MasterLocked

_OWNER_ANSI = slice(1, 55)
_OWNER_LENGTH = 55
_OWNER_UTF16 = 57


def on_windows() -> bool:
    return os.name == "nt"


def refuse_if_open(master: Path) -> None:
    """Raises MasterLocked if another program has the workbook open or it cannot be written to."""
    excel, libreoffice = _locks(master)
    for lock, program, owner in (
        (excel, "Excel 或 WPS", _owner_in_excel_lock),
        (libreoffice, "LibreOffice", _owner_in_libreoffice_lock),
    ):
        if not lock.exists() or _is_stale(lock):
            continue
        name = _read_owner(lock, owner)
        who = f"{name} 正在用 {program} 打开它" if name else f"它正在 {program} 中打开"
        raise MasterLocked(
            f"不能写入《{master.name}》：{who}。",
            f"请保存并关闭这个工作簿，再运行一次。如果确认没有人打开它（例如上次死机留下的），"
            f"请删除同一文件夹里的隐藏文件“{lock.name}”后再运行。",
        )
    try:
        with master.open("r+b"):
            pass
    except PermissionError as error:
        raise not_writable(master) from error


def is_open(master: Path) -> bool:
    """Whether a spreadsheet program has the workbook open, so that what was typed last may not be saved."""
    return any(lock.exists() and not _is_stale(lock) for lock in _locks(master))


def _locks(master: Path) -> tuple[Path, Path]:
    """Excel's (and WPS's) and LibreOffice's."""
    return master.with_name(f"~${master.name}"), master.with_name(f".~lock.{master.name}#")


def not_writable(master: Path) -> MasterLocked:
    """The error for a workbook that the system does not let us replace."""
    return MasterLocked(
        f"不能写入《{master.name}》：它正被其他程序占用，或者文件、文件夹是只读的。",
        "请在所有电脑上关闭这个工作簿（预览窗格、网盘同步也算），在文件属性中去掉“只读”，再运行一次。",
    )


def _is_stale(lock: Path) -> bool:
    """Whether a crash left it behind. Excel and WPS on Windows hold their file open, so that nobody else can write
    to it; anywhere else, and for LibreOffice's, there is no telling, and the file counts as live."""
    if not on_windows() or not lock.name.startswith("~$"):
        return False
    try:
        with lock.open("r+b"):
            return True
    except OSError:
        return False


def _read_owner(lock: Path, owner: object) -> str:
    try:
        data = lock.read_bytes()
        name = owner(data) if callable(owner) else ""
    except (OSError, ValueError):
        return ""
    return "".join(character for character in str(name) if character.isprintable()).strip()


def _owner_in_excel_lock(data: bytes) -> str:
    """A length and the name in the system's code page, then a length and the name in UTF-16."""
    if len(data) > _OWNER_UTF16:
        length = int.from_bytes(data[_OWNER_LENGTH:_OWNER_UTF16], "little")
        wide = data[_OWNER_UTF16 : _OWNER_UTF16 + 2 * length]
        if 0 < length <= 54 and len(wide) == 2 * length:
            return wide.decode("utf-16-le")
    return data[_OWNER_ANSI][: data[0]].decode("gb18030") if data else ""


def _owner_in_libreoffice_lock(data: bytes) -> str:
    """Comma-separated: the user's name, the account, the computer, the time, the profile."""
    fields = data.decode("utf-8").split(",")
    name, account, computer = [*fields, "", "", ""][:3]
    who = name.strip() or account.strip()
    return f"{who}（{computer.strip()}）" if who and computer.strip() else who
