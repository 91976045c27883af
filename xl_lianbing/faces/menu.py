"""`python -m xl_lianbing.attach FOLDER`: the buttons from outside, a menu started by start.cmd.

Where Office may start no programs, the open master is taken as the caller of the buttons' own functions. A master that
is closed (or open in WPS, which knows no xlwings) goes through the commands for closed files.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from xl_lianbing.errors import LianbingError
from xl_lianbing.excel.live.open import open_book
from xl_lianbing.excel.macros.buttons import BUTTONS, Button
from xl_lianbing.faces import cli
from xl_lianbing.faces.outcomes import Ended, not_done
from xl_lianbing.folder import MASTER, CampaignFolder
from xl_lianbing.rules.shipped import SHIPPED
from xl_lianbing.upkeep.doctor import Platform, this_platform
from xl_lianbing.upkeep.doctor.settings_sheet import interpreter as check_interpreter


@dataclass(frozen=True, slots=True)
class Closed:
    """How a button is done while the master is closed.

    Attributes:
        command: the command, to which the folder is added; none: something is only opened.
        asks: what the command must be told besides; in the open master it is selected.
        preview: with this the command only shows what it would do; then it is asked whether to do it.
        opens: what is opened in the end.
    """

    command: tuple[str, ...] = ()
    asks: str = ""
    preview: tuple[str, ...] = ()
    opens: Callable[[CampaignFolder], Path] | None = None


#: By the function of the button.
CLOSED: Final[Mapping[str, Closed]] = {
    "collect_and_check": Closed(("check",)),
    "import_figures": Closed(
        ("import",),
        asks="把要导入的文件拖到这个窗口（可以几个），按回车：",
        preview=("--dry-run",),
    ),
    "send_review_forms": Closed(("review", "--out"), opens=lambda folder: folder.reviews),
    "take_review_forms": Closed(("review", "--in")),
    "compute_scores": Closed(("score",)),
    "show_shortlists": Closed(("score",), opens=lambda folder: folder.master),
    "issue_dispatch": Closed(("dispatch",), opens=lambda folder: folder.issues),
    "explain_score": Closed(
        ("explain", "--save"),
        asks="哪个单位或个人（例如：昆山市；昆山市 张某），按回车：",
        opens=lambda folder: folder.explanations,
    ),
    "open_feedback_folder": Closed(opens=lambda folder: folder.feedback),
    "remake_blanks": Closed(("blank", "--all", "--prefill")),
    "self_check": Closed(("doctor", "--fix")),
}

#: The newest first.
_PACKS: Final = SHIPPED[::-1]

Ask = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Desk:
    """What the menu works with; tests put their own in its place."""

    platform: Platform
    ask: Ask
    find_open: Callable[[Path], Any]
    command: Callable[[Sequence[str]], int]


def main(arguments: Sequence[str] | None = None, desk: Desk | None = None) -> int:
    """The menu of a folder, until the user leaves it. Returns 0; 2 if the folder is none."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    place = Path(os.path.abspath(given[0] if given else "."))  # noqa: PTH100 - resolves "folder\\."
    desk = desk or Desk(this_platform(), input, open_book, cli.main)
    if not place.is_dir():
        print(f"没有文件夹“{place}”。\n怎么办：双击活动文件夹里的 start.cmd。")
        return int(Ended.NOT_DONE)
    try:
        folder = _campaign(place, desk)
        if folder is not None:
            _restamp(folder, desk)
            _menu(folder, desk)
    except (EOFError, KeyboardInterrupt):
        print()
    return int(Ended.DONE)


def run_button(button: Button, folder: CampaignFolder, desk: Desk) -> None:
    """Does what a button does: in the open master, else on the closed file."""
    book = _open_master(folder, desk)
    if book is not None:
        print(f"总表在 Excel 中打开着，正在其中{button.caption}……")
        book.set_mock_caller()
        getattr(importlib.import_module("xl_lianbing.buttons"), button.function)()
        return
    way = CLOSED.get(button.function)
    if way is None:
        print(f"“{button.caption}”要在 Excel 中用。\n怎么办：在 Excel 中打开《{MASTER}》，再选一次。")
        return
    answer: list[str] = []
    if way.asks:
        answer = _words(desk.ask(way.asks).strip(" -"))
        if not answer:
            return
    if way.preview:
        if desk.command([*way.command, str(folder.path), *answer, *way.preview]) == Ended.NOT_DONE:
            return
        if desk.ask("写入总表吗？写入输入 1，不写直接按回车：").strip() != "1":
            return
    ended = desk.command([*way.command, str(folder.path), *answer]) if way.command else Ended.DONE
    if way.opens is not None and ended != Ended.NOT_DONE:
        _show(way.opens(folder), desk)


def _words(text: str) -> list[str]:
    """The words of an answer; a name with blanks stands in quotes, as a window puts it where a file is dragged to."""
    return [quoted or word for quoted, word in re.findall(r'"([^"]+)"|(\S+)', text)]


def _open_master(folder: CampaignFolder, desk: Desk) -> Any:
    """The master of this folder as it is open in Excel; None: Excel does not have it open.

    Raises MasterLocked if it is open in a way in which it cannot be worked on.
    """
    if not desk.platform.is_windows:
        return None
    try:
        return desk.find_open(folder.master)
    except LianbingError:
        raise
    except Exception as e:  # COM, a missing Excel, a stray settings file: whatever it is, the closed way is left
        print(f"说明：没有连上 Excel（{type(e).__name__}），按总表已关闭处理。")
        return None


def _show(path: Path, desk: Desk) -> None:
    try:
        desk.platform.show(path)
    except OSError:
        print(f"请自己打开：{path}")


def _menu(folder: CampaignFolder, desk: Desk) -> None:
    while True:
        print(f"\n环境执法大练兵：{folder.path}")
        for number, button in enumerate(BUTTONS, 1):
            print(f"  {number}  {button.caption}")
        print("  0  退出")
        answer = desk.ask("输入数字，按回车：").strip()
        if answer in {"0", ""}:
            return
        if not (answer.isascii() and answer.isdigit() and int(answer) <= len(BUTTONS)):
            print(f"没有这一项：{answer}")
            continue
        try:
            run_button(BUTTONS[int(answer) - 1], folder, desk)
        except Exception as e:
            print(not_done(e).text)


def _campaign(place: Path, desk: Desk) -> CampaignFolder | None:
    """The campaign of the folder, one of the folders in it, or a new one."""
    if (place / MASTER).is_file():
        return CampaignFolder(place)
    found = sorted(path.parent for path in place.glob(f"*/{MASTER}"))
    if len(found) == 1:
        return CampaignFolder(found[0])
    if found:
        _list("有几个活动：", [path.name for path in found])
        chosen = _choice(desk, len(found))
        return CampaignFolder(found[chosen]) if chosen is not None else None
    _list("这里还没有活动，新建一个：", [*(f"空白活动，规则包 {pack}" for pack in _PACKS), "演示活动（编造的数据）"])
    chosen = _choice(desk, len(_PACKS) + 1)
    if chosen is None:
        return None
    if chosen < len(_PACKS):
        target, command = place / f"大练兵 {_PACKS[chosen]}", ["new", "--pack", _PACKS[chosen]]
    else:
        target, command = place / "演示", ["demo"]
    return CampaignFolder(target) if desk.command([*command, str(target)]) != Ended.NOT_DONE else None


def _list(title: str, lines: Sequence[str]) -> None:
    print(title)
    for number, line in enumerate(lines, 1):
        print(f"  {number}  {line}")
    print("  0  退出")


def _choice(desk: Desk, count: int) -> int | None:
    while True:
        answer = desk.ask("输入数字，按回车：").strip()
        if answer in {"0", ""}:
            return None
        if answer.isascii() and answer.isdigit() and int(answer) <= count:
            return int(answer) - 1
        print(f"没有这一项：{answer}")


def _restamp(folder: CampaignFolder, desk: Desk) -> None:
    """Makes the buttons of a master that came from another PC or folder work here, while it is closed."""
    if not desk.platform.is_windows:
        return
    try:
        check = check_interpreter(desk.platform, folder)
        if check.repair is not None:
            print(f"总表的按钮在本机：{check.found}。")
            print(f"{check.repair()}，重新打开总表后按钮可用。")
    except LianbingError as e:
        print(f"说明：没有更新按钮的设置：{e.message}\n怎么办：{e.fix}")


if __name__ == "__main__":
    sys.exit(main())
