"""Which paths the buttons can work with on Windows: decided from how xlwings' RunPython composes its command line.

`RunPython` hands Windows this text (module xlwings.bas, ExecuteWindows), which cmd.exe reads first::

    cmd.exe /C C: & cd "<folder of Python>" & "<python>" -B -c "import xlwings.utils;
    xlwings.utils.prepare_sys_path(\\"<FALSE;workbook;workbook;;;;PYTHONPATH>\\"); <command>" --wb="<name>" … 2> "<log>"

For cmd.exe the quotation marks after a backslash count, so the paths between them stand *outside* quotation marks,
where xlwings masks only `&`; Python's own path is inside. Spaces, Chinese, `'`, `&`, `(`, `=`, `!` and `,` therefore
work everywhere. `;` parts only the entries of PYTHONPATH: in the campaign's own path it does no harm, because the
settings sheet keeps the workbook's folder off Python's module path. (Tried with the cmd.exe and WScript of Wine 8.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from xl_lianbing.errors import LianbingError
from xl_lianbing.folder import MASTER

LONGEST_WORKBOOK_PATH: Final = 218
"""Excel opens no workbook whose full name has more characters."""
LONGEST_PATH: Final = 259
"""Windows finds no file whose full name has more characters, unless long paths are switched on for the whole PC."""
PORTABLE_ROOM: Final = 160
"""So many characters the names inside a portable folder need, packages and a campaign."""
_SHALLOW: Final = r"把活动文件夹移到层次浅、名字短的位置，例如 D:\大练兵。"

_ONEDRIVE_VARIABLES: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_IN_ARCHIVE: Final = re.compile(
    r"\\(Temp\d*_[^\\]+\.zip|Rar\$[^\\]*|7z[0-9A-F]{8}|[^\\]+\.(zip|rar|7z))(\\|$)", re.IGNORECASE
)


class Role(Enum):
    """What a path is for."""

    CAMPAIGN = "活动文件夹"
    PYTHON = "Python 程序"
    MODULES = "程序包文件夹"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a path: the character or piece, what happens, what to do; fatal: the buttons cannot work."""

    character: str
    what: str
    fix: str
    fatal: bool


def path_problems(
    path: str,
    role: Role = Role.CAMPAIGN,
    *,
    code_page: str | None = None,
    environment: Mapping[str, str] | None = None,
    workbooks: Iterable[str] = (MASTER,),
) -> list[Problem]:
    """What stands in the way of the buttons in a Windows path; empty if nothing does.

    Args:
        path: absolute, as Windows writes it, or an address of the web.
        role: what lies there.
        code_page: Python's name of the system's ANSI code page ("cp936"); VBA looks for files by it. None: not asked.
        environment: the environment variables, to know OneDrive's folders.
        workbooks: what Excel is to open in a campaign folder, below it.
    """
    if "://" in path or re.match(r"https?:", path, re.IGNORECASE):
        return [_url(path)]
    problems = [*_cmd_problems(path, role)]
    if role is Role.PYTHON and code_page and not _fits(path, code_page):
        odd = next(character for character in path if not _fits(character, code_page))
        problems.append(
            Problem(
                odd,
                f"{role.value}的路径里有本机系统语言（{code_page}）没有的字“{odd}”，Excel 的宏找不到它。",
                r"把 Python 安装到只有英文字母和数字的文件夹，例如 C:\Python311，再重新安装本程序。",
                True,
            )
        )
    if role is Role.CAMPAIGN:
        problems += _campaign_problems(path, environment or {}, workbooks)
    return problems


def too_long(path: str) -> str:
    """What to say of a file that is too deep for Windows, or a workbook that is for Excel; empty if it isn't."""
    workbook = path.lower().endswith((".xlsx", ".xlsm", ".xls"))
    most, who = (LONGEST_WORKBOOK_PATH, "Excel") if workbook else (LONGEST_PATH, "Windows")
    if len(path) <= most:
        return ""
    return f"完整路径有{len(path)}个字符，超过{most}个时 {who} 打不开。{_SHALLOW}"


def refuse_too_deep(place: str, *, on_windows: bool) -> None:
    """Raises LianbingError for a place where not all files of a portable folder could be made."""
    most = LONGEST_PATH - PORTABLE_ROOM
    if on_windows and len(place) > most:
        raise LianbingError(
            f"便携版文件夹的路径有{len(place)}个字符，里面文件的路径会超过 Windows 的上限，没有制作。",
            rf"换一个不超过{most}个字符的位置，例如 D:\大练兵便携版。",
        )


def refuse_unusable(
    path: str,
    *,
    on_windows: bool,
    environment: Mapping[str, str] | None = None,
    workbooks: Iterable[str] = (MASTER,),
) -> list[Problem]:
    """What `new` warns of. Raises LianbingError for a place where the buttons could never work.

    Elsewhere than on Windows only addresses of the web are refused: there are no buttons to run.
    """
    problems = path_problems(path, environment=environment, workbooks=workbooks)
    if not on_windows:
        problems = [problem for problem in problems if "://" in problem.character]
    for problem in problems:
        if problem.fatal:
            raise LianbingError(problem.what, problem.fix)
    return problems


def _url(path: str) -> Problem:
    return Problem(
        "://",
        f"“{path}”是网盘（OneDrive、SharePoint）上的网址，不是本机的文件夹，程序不能在网址上工作。",
        r"把整个文件夹移到本机磁盘，例如 D:\大练兵，从那里打开总表。",
        True,
    )


def _cmd_problems(path: str, role: Role) -> list[Problem]:
    problems = []
    if path.count("%") > 1:
        problems.append(_renamed("%", role, "成对的 % 会被 Windows 当作环境变量替换掉"))
    if "^" in path and role is not Role.PYTHON:
        problems.append(_renamed("^", role, "^ 会被 Windows 的命令行吃掉"))
    if role is Role.MODULES:
        if ";" in path:
            problems.append(_renamed(";", role, "; 会被当作两个路径的分隔"))
        if "$" in path:
            problems.append(_renamed("$", role, "$ 后面的字会被当作环境变量"))
    return problems


def _renamed(character: str, role: Role, why: str) -> Problem:
    fix = f"把路径中含“{character}”的文件夹改名（去掉“{character}”）。"
    if role is not Role.CAMPAIGN:
        fix = f"把 Python 和程序装到路径中没有“{character}”的文件夹，例如 C:\\Python311。"
    return Problem(character, f"{role.value}的路径里有“{character}”：{why}，总表上的按钮不能用。", fix, True)


def _campaign_problems(path: str, environment: Mapping[str, str], workbooks: Iterable[str]) -> list[Problem]:
    problems = []
    if _IN_ARCHIVE.search(path):
        what = "活动文件夹在压缩包里（没有解压就打开了），改动存不下来。"
        fix = r"先把压缩包全部解压到本机磁盘，例如 D:\大练兵，再从那里打开。"
        problems.append(Problem(".zip", what, fix, True))
    longest = max(workbooks, key=len)
    length = len(path.rstrip("\\/")) + 1 + len(longest)
    if length > LONGEST_WORKBOOK_PATH:
        what = f"“{longest}”的完整路径有{length}个字符，超过 {LONGEST_WORKBOOK_PATH} 个时 Excel 打不开。"
        problems.append(Problem("", what, _SHALLOW, True))
    below = path.casefold().rstrip("\\") + "\\"
    for variable in _ONEDRIVE_VARIABLES:
        root = environment.get(variable, "").casefold().rstrip("\\")
        if root and below.startswith(root + "\\"):
            what = "活动文件夹在 OneDrive 同步文件夹里：Excel 把它当作网址打开，总表上的按钮可能不能用。"
            fix = r"移到不同步的文件夹，例如 D:\大练兵；命令（xl-lianbing）在这里可以照常用。"
            problems.append(Problem("OneDrive", what, fix, False))
            break
    return problems


def _fits(text: str, code_page: str) -> bool:
    try:
        text.encode(code_page)
    except UnicodeEncodeError:
        return False
    return True
