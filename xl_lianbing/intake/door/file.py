"""A file's bytes, at most so many, or why they can't be had."""

from __future__ import annotations

import stat
from datetime import datetime
from pathlib import Path

from xl_lianbing.findings import reading as c
from xl_lianbing.intake.door.limits import MOST_FILE, RESEND, Unreadable, over_limit

_RETRY = "请关闭正在使用它的程序，检查文件还在不在、有没有读取权限，然后重新运行。"


def read_file(path: Path) -> bytes:
    """The content of a file. Raises Unreadable: gone, locked, no permission, no file at all, larger than the limit."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe or a device may never come back
            if path.is_dir():
                raise Unreadable(f"文件夹“{path.name}”打不开，里面的文件没有读取", _RETRY, c.NOT_OPENED)
            raise Unreadable(f"“{path.name}”不是普通文件", "请移出“回收”文件夹。", c.NOT_OPENED)
        with path.open("rb") as file:
            content = file.read(MOST_FILE + 1)
    except FileNotFoundError as e:
        raise Unreadable("文件在读取前被移走或删除了", _RETRY, c.NOT_OPENED) from e
    except PermissionError as e:
        raise Unreadable("文件打不开：没有读取权限，或正被别的程序占用", _RETRY, c.NOT_OPENED) from e
    except (OSError, ValueError) as e:
        reason = getattr(e, "strerror", None) or e
        raise Unreadable(f"文件打不开（{reason}）", _RETRY, c.NOT_OPENED) from e
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
