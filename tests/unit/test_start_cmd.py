"""start.cmd survives every code page; its menu does the buttons' work in the open master or on the closed file."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.few_pcs import EXCEL, PC, install_registry
from xl_lianbing.errors import MasterLocked
from xl_lianbing.excel.macros.buttons import BUTTONS, Button
from xl_lianbing.faces import menu as attach
from xl_lianbing.faces.menu import CLOSED, Desk
from xl_lianbing.folder import CampaignFolder, open_campaign
from xl_lianbing.launch.interpreter import Interpreter, as_interpreter
from xl_lianbing.launch.start_cmd import start_cmd, start_cmd_here
from xl_lianbing.upkeep.doctor import Platform
from xl_lianbing.upkeep.doctor.settings_sheet import read_settings

PROFILE = {"USERPROFILE": "C:\\Users\\张三", "LOCALAPPDATA": "C:\\Users\\张三\\AppData\\Local"}


def lines(content: bytes) -> list[str]:
    assert content.count(b"\n") == content.count(b"\r\n")
    return content.decode("gbk").split("\r\n")


def test_all_but_one_sentence_is_ascii_and_no_byte_of_it_is_a_sign_of_cmd() -> None:
    content = start_cmd(Interpreter("D:\\Python\\pythonw.exe"))
    before, _, after = content.partition(b"chcp 936 >nul\r\n")
    assert before.isascii()
    assert "没有找到" in after.decode("gbk")
    chinese = [line for line in after.split(b"\r\n") if not line.isascii()]
    assert chinese
    trail = {pair[1] for line in chinese for ch in line.decode("gbk") if len(pair := ch.encode("gbk")) == 2}
    assert trail.isdisjoint(b'%^&|<>"()!')
    assert not after.split(chinese[-1], 1)[1].decode("ascii").startswith("chcp")


def test_every_jump_has_a_mark_and_no_path_is_read_twice() -> None:
    text = lines(start_cmd(Interpreter("D:\\a\\pythonw.exe", "D:\\源码"), code_page="cp936"))
    marks = {line[1:] for line in text if line.startswith(":")}
    jumps = {m for line in text for m in re.findall(r"goto (\w+)", line)} | {
        line.removeprefix("set NEXT=") for line in text if line.startswith("set NEXT=")
    }
    assert jumps <= marks
    assert not [line for line in text if line.startswith("call ")]
    bare = [line for line in text for part in line.split('"')[::2] if "%PYTHON%" in part or "%~dp0" in part]
    assert bare == []


def test_a_variable_called_errorlevel_changes_nothing() -> None:
    """%ERRORLEVEL% is whatever somebody has set it to; && and || ask the program itself."""
    text = lines(start_cmd(Interpreter("D:\\a\\pythonw.exe")))
    assert not [line for line in text if "errorlevel" in line.lower()]
    started = [line for line in text if re.search(r"(^|\s)(py -3|python|\"%PYTHON%\") -[cm]", line)]
    assert len(started) == 6
    assert all(re.search(r" (&& goto (launcher|path)|\|\| (goto %NEXT%|pause))$", line) for line in started)


@pytest.mark.parametrize(
    ("python", "code_page", "written"),
    [
        ("C:\\Users\\张三\\AppData\\Local\\Programs\\pythonw.exe", "ascii", "%LOCALAPPDATA%\\Programs\\python.exe"),
        ("c:\\users\\张三\\py\\PYTHONW.EXE", "ascii", "%USERPROFILE%\\py\\python.exe"),
        ("D:\\工具 & 100%\\python.exe", "cp936", "D:\\工具 & 100%%\\python.exe"),
        ("D:\\工具\\pythonw.exe", "cp437", None),
    ],
)
def test_the_stamped_python(python: str, code_page: str, written: str | None) -> None:
    text = lines(start_cmd(Interpreter(python), environment=PROFILE, code_page=code_page))
    first = next(line for line in text if line.startswith('set "PYTHON='))
    expected = written if written is not None else "%~dp0python\\python.exe"
    assert first == f'set "PYTHON={expected}"'


def test_a_new_campaign_has_it(fresh: Path) -> None:
    assert (fresh / "start.cmd").read_bytes() == start_cmd_here(
        as_interpreter(dict(read_settings(fresh / "总表.xlsm")))
    )


class Book:
    """An open workbook of the stand-in for xlwings."""

    def __init__(self, fullname: str, log: list[str]) -> None:
        self.fullname = fullname
        self._log = log

    def set_mock_caller(self) -> None:
        self._log.append(f"caller {self.fullname}")


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the buttons' functions were called for."""
    called: list[str] = []
    buttons = ModuleType("xl_lianbing.buttons")
    for button in BUTTONS:
        setattr(buttons, button.function, lambda name=button.function: called.append(name))
    monkeypatch.setitem(sys.modules, "xl_lianbing.buttons", buttons)
    return called


@pytest.fixture
def pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PC:
    install_registry(monkeypatch, EXCEL)
    return PC(tmp_path / "张三")


def desk_of(
    platform: Platform,
    answers: Sequence[str],
    commands: list[list[str]],
    find_open: Callable[[Path], Any] = lambda path: None,
) -> Desk:
    waiting = list(answers)

    def ask(prompt: str) -> str:
        if not waiting:
            raise EOFError
        return waiting.pop(0)

    def command(arguments: Sequence[str]) -> int:
        commands.append(list(arguments))
        return 0

    return Desk(platform, ask, find_open, command)


def numbers() -> list[str]:
    return [str(number) for number in range(1, len(BUTTONS) + 1)]


def test_every_button_has_a_way_on_the_closed_file() -> None:
    assert {button.function for button in BUTTONS} <= set(CLOSED)


def test_in_the_open_master_the_buttons_own_functions_run(pc: PC, log: list[str], fresh: Path) -> None:
    commands: list[list[str]] = []
    folder = CampaignFolder(fresh)
    for button in BUTTONS:
        attach.run_button(button, folder, desk_of(pc, [], commands, lambda path: Book(str(path), log)))
    assert commands == []
    assert log == [piece for button in BUTTONS for piece in (f"caller {folder.master}", button.function)]


def test_a_master_that_is_open_but_unusable_is_not_taken_for_closed(pc: PC, log: list[str], fresh: Path) -> None:
    def protected(path: Path) -> Any:
        raise MasterLocked("在受保护的视图中", "启用编辑")

    commands: list[list[str]] = []
    with pytest.raises(MasterLocked):
        attach.run_button(BUTTONS[0], CampaignFolder(fresh), desk_of(pc, [], commands, protected))
    assert commands == log == []


def test_on_the_closed_master_the_commands_run(
    pc: PC, log: list[str], fresh: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    shown: list[Path] = []
    monkeypatch.setattr(PC, "show", lambda self, path: shown.append(path))

    def no_excel(path: Path) -> Any:
        raise ImportError("DLL load failed")

    folder = CampaignFolder(fresh)
    answers = {"explain_score": ["昆山市 张某"], "import_figures": ['"D:\\甲 乙.csv" 丙.xls --unit 元', "1"]}
    for button in BUTTONS:
        attach.run_button(button, folder, desk_of(pc, answers.get(button.function, []), commands, no_excel))
    assert log == []
    told = {"explain_score": ["昆山市", "张某"], "import_figures": ["D:\\甲 乙.csv", "丙.xls", "--unit", "元"]}
    assert commands == [
        [*way.command, str(fresh), *told.get(function, []), *more]
        for function, way in CLOSED.items()
        if way.command
        for more in ([way.preview, ()] if way.preview else [()])
    ]
    assert shown == [fresh / "评审", folder.master, fresh / "调度", fresh / "说明", fresh / "反馈"]
    assert "没有连上 Excel（ImportError）" in capsys.readouterr().out


def test_who_is_to_be_explained_can_be_left_unsaid(pc: PC, fresh: Path) -> None:
    commands: list[list[str]] = []
    for button in (b for b in BUTTONS if CLOSED[b.function].asks):
        for answer in ("", "  ", "--"):
            attach.run_button(button, CampaignFolder(fresh), desk_of(pc, [answer], commands))
    assert commands == []


def test_an_import_is_written_only_after_its_preview_was_confirmed(pc: PC, fresh: Path) -> None:
    commands: list[list[str]] = []
    (button,) = [b for b in BUTTONS if CLOSED[b.function].preview]
    attach.run_button(button, CampaignFolder(fresh), desk_of(pc, ["甲.csv", ""], commands))
    assert commands == [["import", str(fresh), "甲.csv", "--dry-run"]]


def test_a_button_that_only_excel_has_says_so(pc: PC, fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    attach.run_button(Button("X", "unknown", "新功能", "", ""), CampaignFolder(fresh), desk_of(pc, [], []))
    assert "“新功能”要在 Excel 中用" in capsys.readouterr().out


def test_the_menu(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commands: list[list[str]] = []
    assert attach.main([f"{fresh}/."], desk_of(Platform(), ["99", "甲", "1", "0"], commands)) == 0
    said = capsys.readouterr().out
    assert [button.caption for button in BUTTONS if button.caption not in said] == []
    assert "没有这一项：99" in said and "没有这一项：甲" in said
    assert commands == [["check", str(fresh)]]
    assert attach.main([str(fresh)], desk_of(Platform(), [], [])) == 0  # the window was closed
    assert attach.main([str(fresh / "没有")], desk_of(Platform(), [], [])) == 2


def test_a_button_that_fails_leaves_the_menu_standing(
    pc: PC,
    fresh: Path,
    log: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(sys.modules["xl_lianbing.buttons"], BUTTONS[0].function, lambda: 1 / 0)
    assert attach.main([str(fresh)], desk_of(Platform(), [], [])) == 0
    pc.today = pc.today
    attach._menu(CampaignFolder(fresh), desk_of(pc, ["1", "2", "0"], [], lambda path: Book(str(path), log)))
    assert "程序出错" in capsys.readouterr().out
    assert log[-1] == BUTTONS[1].function


def test_starting_makes_the_buttons_of_a_moved_master_work(
    pc: PC, fresh: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import shutil

    place = tmp_path / "活动"
    shutil.copytree(fresh, place)
    attach.main([str(place)], desk_of(pc, ["0"], []))
    assert as_interpreter(dict(read_settings(place / "总表.xlsm"))) == pc.interpreter()
    assert "按钮可用" in capsys.readouterr().out
    (place / "~$总表.xlsm").write_bytes(b"\x02ab")
    pc.modules = "D:\\源码"
    attach.main([str(place)], desk_of(pc, ["0"], []))
    assert "没有更新按钮的设置" in capsys.readouterr().out


def test_a_folder_with_several_campaigns_and_one_with_none(tmp_path: Path, fresh: Path) -> None:
    commands: list[list[str]] = []
    for name in ("甲", "乙"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "总表.xlsm").write_bytes((fresh / "总表.xlsm").read_bytes())
    number = next(str(n) for n, button in enumerate(BUTTONS, 1) if button.function == "compute_scores")
    attach.main([str(tmp_path)], desk_of(Platform(), ["7", "1", number, "0"], commands))
    first = sorted([tmp_path / "甲", tmp_path / "乙"])[0]
    assert commands == [["score", str(first)]]
    empty = tmp_path / "空"
    empty.mkdir()
    for answer in ("1", "3", "0"):
        attach.main([str(empty)], desk_of(Platform(), [answer], commands))
    assert commands[1:] == [
        ["new", "--pack", "jiangsu-2017", str(empty / "大练兵 jiangsu-2017")],
        ["demo", str(empty / "演示")],
    ]


def test_the_campaign_opens_by_its_master(fresh: Path) -> None:
    assert open_campaign(fresh / "总表.xlsm") == CampaignFolder(fresh)
