"""Faults of the machine: told from what is wrong with a file, and said in the users' words."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Final

from xl_lianbing.errors import LianbingError

_FREE_DISK: Final = "请清理这个磁盘（例如旧的上报包、回收站），再运行一次。"
_FREE_MEMORY: Final = "请关闭别的程序，再运行一次；仍然不够的，换一台内存大的电脑。"
_FREE_FILE: Final = "请关闭正在使用它的程序（预览窗格、网盘同步也算），检查权限，再运行一次。"
_RECONNECT: Final = "请检查网络连接；最好把整个活动文件夹移到本机磁盘，再运行一次。"
_CHECK_DISK: Final = "请检查磁盘或U盘是否接好、有没有损坏，把活动文件夹复制到别的磁盘，再运行一次。"
_SHORTER: Final = r"请把活动文件夹移到路径短的地方，例如 D:\大练兵，再运行一次。"
_LOOK: Final = "请核对路径和文件名，再运行一次。"

#: What a system's error means, and what to do.
_SAID: Final = {
    errno.ENOSPC: ("磁盘已满", _FREE_DISK),
    errno.EDQUOT: ("磁盘配额已用完", _FREE_DISK),
    errno.EFBIG: ("文件超过系统允许的大小", _FREE_DISK),
    errno.ENOMEM: ("内存不足", _FREE_MEMORY),
    errno.EAGAIN: ("系统资源不足", _FREE_MEMORY),
    errno.EMFILE: ("同时打开的文件太多", "请关闭别的程序，再运行一次。"),
    errno.ENFILE: ("同时打开的文件太多", "请关闭别的程序，再运行一次。"),
    errno.EIO: ("磁盘读写出错", _CHECK_DISK),
    errno.EROFS: ("磁盘是只读的", "请把活动文件夹复制到可以写入的磁盘，再运行一次。"),
    errno.ENODEV: ("磁盘没有接好", _CHECK_DISK),
    errno.EACCES: ("没有权限，或正被别的程序占用", _FREE_FILE),
    errno.EPERM: ("没有权限", _FREE_FILE),
    errno.EBUSY: ("正被别的程序占用", _FREE_FILE),
    errno.ETXTBSY: ("正被别的程序占用", _FREE_FILE),
    errno.ENOENT: ("不存在，可能被移走或删除了", _LOOK),
    errno.EEXIST: ("已经存在", "请换一个名称，或者先把原来的移走。"),
    errno.ENOTEMPTY: ("文件夹里还有文件", "请先把里面的文件移走。"),
    errno.EISDIR: ("是文件夹，不是文件", _LOOK),
    errno.ENOTDIR: ("路径中有一段不是文件夹", _LOOK),
    errno.ELOOP: ("快捷链接绕了圈", _LOOK),
    errno.EINVAL: ("名称不能用", _LOOK),
    errno.ENAMETOOLONG: ("路径太长", _SHORTER),
    errno.ETIMEDOUT: ("网络位置连不上", _RECONNECT),
    errno.ENETUNREACH: ("网络位置连不上", _RECONNECT),
    errno.EHOSTUNREACH: ("网络位置连不上", _RECONNECT),
    errno.ECONNRESET: ("网络位置断开了", _RECONNECT),
    errno.EPIPE: ("另一个进程已经结束", "请再运行一次。"),
}
#: Windows' own numbers where Python's errno says less.
_WINDOWS: Final = {
    8: errno.ENOMEM,
    14: errno.ENOMEM,
    19: errno.EROFS,
    21: errno.ENODEV,
    23: errno.EIO,
    32: errno.EBUSY,
    33: errno.EBUSY,
    39: errno.ENOSPC,
    53: errno.ENETUNREACH,
    59: errno.ECONNRESET,
    64: errno.ECONNRESET,
    67: errno.ENETUNREACH,
    112: errno.ENOSPC,
    145: errno.ENOTEMPTY,
    206: errno.ENAMETOOLONG,
    1117: errno.EIO,
    1295: errno.EDQUOT,
    1450: errno.EAGAIN,
    1455: errno.ENOMEM,
    1816: errno.EDQUOT,
}
#: Of these no file is to blame that was read or written.
_MACHINES: Final = frozenset(
    {
        errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.ENOMEM, errno.EAGAIN, errno.EMFILE, errno.ENFILE, errno.EIO,
        errno.EROFS, errno.ENODEV, errno.ETIMEDOUT, errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ECONNRESET,
        errno.EPIPE,
    }
)  # fmt: skip


class MachineFault(LianbingError):
    """The machine could not go on: no room, no memory, too many files, a broken disk. No file is to blame."""


def words_of(error: OSError) -> str:
    """What the system says, as a Chinese phrase."""
    return _said(error)[0]


def advice_of(error: OSError) -> str:
    """What to do about it, as a Chinese sentence."""
    return _said(error)[1]


def machine_fault(error: BaseException) -> MachineFault | None:
    """The fault of the machine that an error tells of, naming what is full or broken; None if it tells of none."""
    if isinstance(error, MachineFault):
        return error
    if isinstance(error, MemoryError):
        return MachineFault("内存不足，没有改动任何文件。", _FREE_MEMORY)
    if isinstance(error, OSError) and _number(error) in _MACHINES:
        what, fix = _said(error)
        return MachineFault(f"{what}{_place(error)}，没有改动任何文件。", fix)
    return None


def _place(error: OSError) -> str:
    name = error.filename
    return f"（{Path(name).parent}）" if isinstance(name, str) and Path(name).is_absolute() else ""


def _number(error: OSError) -> int | None:
    return _WINDOWS.get(getattr(error, "winerror", None) or 0, error.errno)


def _said(error: OSError) -> tuple[str, str]:
    known = _SAID.get(_number(error) or 0)
    if known is not None:
        return known
    number = getattr(error, "winerror", None) or error.errno
    return f"系统出错（错误号{number}）" if number else "系统出错", "请再运行一次；仍然出错的，重新启动电脑后再试。"
