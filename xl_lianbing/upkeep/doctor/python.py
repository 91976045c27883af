"""Python and its packages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from xl_lianbing import __version__
from xl_lianbing.excel.macros.version import shipped_xlwings_version
from xl_lianbing.upkeep.doctor.check import Check, fine, note, problem
from xl_lianbing.upkeep.doctor.platform import Platform

OLDEST: Final = (3, 11)
#: Needed to run; pandas is only for the Python interface of analysts.
NEEDED: Final = (
    "chinesecalendar",
    "lxml",
    "msoffcrypto-tool",
    "openpyxl",
    "packaging",
    "pydantic",
    "python-calamine",
    "python-docx",
    "python-stdnum",
    "rich",
    "xlsxwriter",
    "xlwings",
)
ON_WINDOWS: Final = ("pywin32",)
_REINSTALL: Final = "重新安装本程序：在程序文件夹里运行 python -m pip install .（便携版请重新解压整个文件夹）。"


def python(platform: Platform) -> Check:
    """Version and bits."""
    version = ".".join(map(str, platform.python_version))
    found = f"Python {version}（{platform.python_bits}位）：{platform.executable}"
    if platform.python_version[:2] < OLDEST:
        return problem("Python", found, "安装 Python 3.11 或以上，再重新安装本程序。")
    if platform.python_bits < 64:
        return problem("Python", f"{found}；32位的内存不够处理全省的数据", "安装64位的 Python，再重新安装本程序。")
    if "\\windowsapps\\" in str(platform.executable).lower():
        fix = "按钮不能启动时，从 python.org 下载安装 Python，再重新安装本程序。"
        return note("Python", f"{found}；这是应用商店的版本，Excel 的宏可能找不到它", fix)
    return fine("Python", found)


def packages(platform: Platform) -> Check:
    """Whether everything that the program needs is installed."""
    needed = [*NEEDED, *(ON_WINDOWS if platform.is_windows else ())]
    versions = {name: platform.package_version(name) for name in needed}
    missing = [name for name, version in versions.items() if version is None]
    if missing:
        return problem("程序包", f"缺少 {'、'.join(missing)}", _REINSTALL)
    listed = "，".join(f"{name} {version}" for name, version in versions.items())
    return fine("程序包", f"xl-lianbing {__version__}；{listed}")


def xlwings(platform: Platform) -> Check:
    """Whether the installed xlwings is the one whose macros stand in the masters."""
    installed, shipped = platform.package_version("xlwings"), shipped_xlwings_version()
    if installed is None:
        return problem("xlwings", "没有安装", _REINSTALL)
    if installed != shipped:
        return note(
            "xlwings",
            f"安装的是 {installed}，总表的宏来自 {shipped}",
            f"按钮正常就不用管；按钮报错时运行 python -m pip install xlwings=={shipped}。",
        )
    return fine("xlwings", f"{installed}，与总表的宏一致")


def settings_files(platform: Platform, folder: Path | None) -> Iterator[Check]:
    """A stray xlwings.conf: in another encoding it stops `import xlwings` or the macros."""
    places = [platform.home / ".xlwings" / "xlwings.conf"]
    if folder is not None:
        places.append(folder / "xlwings.conf")
    found = [path for path in places if path.is_file()]
    for path in found:
        yield _settings_file(platform, path)
    if not found:
        yield fine("xlwings.conf", "没有多余的设置文件")


def _settings_file(platform: Platform, path: Path) -> Check:
    encoding = platform.code_page or "utf-8"
    try:
        path.read_bytes().decode(encoding)
        readable = not path.read_bytes().startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"))
    except (UnicodeDecodeError, LookupError):
        readable = False
    except OSError as e:
        return problem("xlwings.conf", f"{path} 读不出来（{e.strerror}）", "删除这个文件，或改名为 xlwings.conf.bak。")
    if readable:
        return note("xlwings.conf", f"{path}：总表有自己的设置，不会用到它", "其他工作簿也不用时可以删除。")
    return problem(
        "xlwings.conf",
        f"{path} 的编码不是本机的 {encoding}，xlwings 会因此不能启动",
        "删除这个文件，或改名为 xlwings.conf.bak（加 --fix 自动改名）。",
        lambda: _set_aside(path),
    )


def _set_aside(path: Path) -> str:
    new = path.with_name("xlwings.conf.bak")
    number = 1
    while new.exists():
        number += 1
        new = path.with_name(f"xlwings.conf.bak{number}")
    path.rename(new)
    return f"已改名为 {new}"
