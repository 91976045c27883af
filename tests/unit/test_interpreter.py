"""Which Python the buttons start, where it is written, and which paths work."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import openpyxl
import pytest
from xlwings import utils as xlwings_utils

from tests.surgery import parts
from xl_lianbing.errors import LianbingError, MasterLocked, MasterUnreadable
from xl_lianbing.excel.macros.vba import xlwings_modules
from xl_lianbing.faces.cli import main
from xl_lianbing.launch.interpreter import (
    NO_INTERPRETER,
    Interpreter,
    as_interpreter,
    conf_rows,
    finds_package,
    this_interpreter,
    windows_interpreter,
)
from xl_lianbing.launch.windows_paths import (
    LONGEST_PATH,
    LONGEST_WORKBOOK_PATH,
    PORTABLE_ROOM,
    Role,
    path_problems,
    refuse_too_deep,
    refuse_unusable,
)
from xl_lianbing.roster import SUZHOU
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.setup import place_warnings
from xl_lianbing.upkeep.doctor.settings_sheet import read_settings, stamp_settings
from xl_lianbing.workbooks.master.book import write_master

PC = Interpreter(r"C:\Program Files\大练兵 & 其他\python\pythonw.exe", r"D:\源码")


@pytest.fixture
def master(tmp_path: Path) -> Path:
    path = tmp_path / "总表.xlsm"
    write_master(path, load_pack("jiangsu-2017"), SUZHOU, interpreter=PC)
    return path


def test_every_setting_that_the_macros_ask_for_stands_on_the_sheet() -> None:
    """RunPython would look for others in xlwings.conf files of any encoding (xlwings #1498)."""
    source = xlwings_modules()[0].source
    run_python = source[source.index("Public Function RunPython") : source.index("Public Function RunFrozenPython")]
    show_error = source[source.index("Sub ShowError") : source.index("Function ExpandEnvironmentStrings")]
    asked = {piece.split('"')[1] for piece in (run_python + show_error).split("GetConfig(")[1:]}
    asked = {key for key in asked if not key.endswith("_MAC")} - {"INTERPRETER", "LICENSE_KEY"}
    assert asked - {key for key, _ in conf_rows(PC)} == set()
    assert 'GetConfig("ADD_WORKBOOK_TO_PYTHONPATH", "true")' in run_python


def test_the_names_of_the_settings_are_such_as_the_macros_compare() -> None:
    """GetConfigFromSheet stops at a name that comes twice, and at the first row without one."""
    names = [name for name, _ in conf_rows(PC)]
    assert len(set(names)) == len(names)
    assert names == [name.upper() for name in names] and all(names)


@pytest.mark.parametrize(
    "workbook", ["D:\\大练兵\\总表.xlsm", "D:\\甲;乙\\it's\\总表.xlsm", "D:\\甲;乙;丙\\100%\\总表.xlsm"]
)
def test_xlwings_itself_adds_the_modules_and_not_the_folder_of_the_workbook(
    monkeypatch: pytest.MonkeyPatch, workbook: str
) -> None:
    settings = dict(conf_rows(PC))
    monkeypatch.setattr(sys, "path", before := ["之前"])
    pieces = [settings["ADD_WORKBOOK_TO_PYTHONPATH"], workbook, workbook, "", "", "", settings["PYTHONPATH"]]
    xlwings_utils.prepare_sys_path(";".join(pieces))
    assert os.path.normcase(PC.modules) in sys.path
    assert sys.path[-len(before) :] == before
    folder = workbook.rsplit("\\", 1)[0]
    assert not {folder, folder.replace("\\", "/"), "D:\\甲", "D:/"} & set(sys.path)


def test_a_new_master_names_the_interpreter(master: Path) -> None:
    sheet = openpyxl.load_workbook(master)["xlwings.conf"]
    rows = [(row[0].value, row[1].value or "") for row in sheet.iter_rows(max_col=2)]
    assert rows == list(conf_rows(PC))
    assert rows[0] == ("INTERPRETER_WIN", PC.python)
    assert as_interpreter(dict(read_settings(master))) == PC


def test_stamping_a_closed_master_changes_one_sheet(master: Path) -> None:
    before = parts(master)
    stamp_settings(master, Interpreter(r"E:\新电脑\pythonw.exe"))
    after = parts(master)
    assert dict(read_settings(master)) == dict(conf_rows(Interpreter(r"E:\新电脑\pythonw.exe")))
    changed = {name for name in before if after.get(name) != before[name]}
    sheets = {name for name in changed if name.startswith("xl/worksheets/")}
    assert len(sheets) == 1
    assert changed - sheets <= {
        "xl/workbook.xml",
        "xl/calcChain.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
    }


def test_stamping_puts_a_disturbed_sheet_right(tmp_path: Path, master: Path) -> None:
    book = openpyxl.load_workbook(master, keep_vba=True)
    sheet = book["xlwings.conf"]
    sheet.delete_rows(1, 2)
    sheet["A40"], sheet["B40"] = "INTERPRETER_WIN", "C:\\别的\\python.exe"
    book.save(master)
    stamp_settings(master, PC)
    rows = [row for row in read_settings(master) if row[0]]
    assert rows == [(key, value) for key, value in conf_rows(PC)]


def test_stamping_refuses_an_open_master_and_a_foreign_workbook(tmp_path: Path, master: Path) -> None:
    (tmp_path / "~$总表.xlsm").write_bytes(b"\x02ab")
    before = master.read_bytes()
    with pytest.raises(MasterLocked):
        stamp_settings(master, NO_INTERPRETER)
    assert master.read_bytes() == before
    other = tmp_path / "别的.xlsx"
    openpyxl.Workbook().save(other)
    with pytest.raises(MasterUnreadable, match="xlwings.conf"):
        read_settings(other)


def test_the_silent_python_is_preferred(tmp_path: Path) -> None:
    executable = tmp_path / "python.exe"
    assert windows_interpreter(executable, tmp_path, lambda _: True) == Interpreter(str(executable))
    (tmp_path / "pythonw.exe").touch()
    stamped = windows_interpreter(executable, tmp_path / "源码", lambda _: False)
    assert stamped == Interpreter(str(tmp_path / "pythonw.exe"), str(tmp_path / "源码"))


def test_this_python_finds_what_is_installed_and_nothing_of_the_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "only_in_the_session.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert not finds_package(Path(sys.executable), package="only_in_the_session")
    assert finds_package(Path(sys.executable), package="lxml")
    assert not finds_package(tmp_path / "没有.exe")


def test_elsewhere_than_on_windows_no_interpreter_is_named() -> None:
    if os.name == "nt":
        assert Path(this_interpreter().python).is_file()
    else:
        assert this_interpreter() == NO_INTERPRETER


@pytest.mark.parametrize(
    "path",
    [
        r"D:\大练兵 2017",
        r"D:\a & b\it's (1)",
        r"D:\分号;这里;和!那里",
        r"D:\100% 完成",
        r"\\服务器\共享\大练兵",
        r"D:\$价\a=b,c",
    ],
)
def test_paths_with_which_the_buttons_work(path: str) -> None:
    assert path_problems(path) == []


@pytest.mark.parametrize(
    ("path", "role", "character"),
    [
        (r"D:\%TEMP%\大练兵", Role.CAMPAIGN, "%"),
        (r"D:\a^&b", Role.CAMPAIGN, "^"),
        ("https://d.docs.live.net/abc/大练兵", Role.CAMPAIGN, "://"),
        (r"https:\市局.sharepoint.com\大练兵", Role.CAMPAIGN, "://"),
        (r"C:\Users\a\AppData\Local\Temp\Temp1_大练兵.zip\大练兵", Role.CAMPAIGN, ".zip"),
        (r"C:\%NAME%\python.exe", Role.PYTHON, "%"),
        (r"D:\a;b", Role.MODULES, ";"),
        (r"D:\a$b", Role.MODULES, "$"),
        (r"D:\a^b", Role.MODULES, "^"),
    ],
)
def test_paths_with_which_the_buttons_cannot_work(path: str, role: Role, character: str) -> None:
    problems = path_problems(path, role)
    assert [(each.character, each.fatal) for each in problems] == [(character, True)]
    assert problems[0].fix.endswith("。")


def test_a_path_that_excel_cannot_open() -> None:
    name = "D:\\" + "长" * (LONGEST_WORKBOOK_PATH - len("D:\\") - len("\\总表.xlsm"))
    assert path_problems(name) == []
    assert [each.fatal for each in path_problems(name + "长")] == [True]


def test_a_return_that_excel_could_not_open_refuses_the_place() -> None:
    """The campaign's deepest workbook counts, not only the master."""
    room = LONGEST_WORKBOOK_PATH - len("D:\\") - len("\\总表.xlsm")
    place, blank = "D:\\" + "长" * room, "下发\\填报表_苏州工业园区.xlsx"
    assert refuse_unusable(place, on_windows=True) == []
    with pytest.raises(LianbingError, match="填报表_苏州工业园区") as caught:
        refuse_unusable(place, on_windows=True, workbooks=("总表.xlsm", blank))
    assert "移到层次浅" in caught.value.fix
    assert refuse_unusable(place[: -len(blank)], on_windows=True, workbooks=("总表.xlsm", blank)) == []


def test_a_place_too_deep_for_a_portable_folder_is_refused_before_anything_is_made() -> None:
    most = LONGEST_PATH - PORTABLE_ROOM
    refuse_too_deep("D:\\" + "长" * (most - 3), on_windows=True)
    refuse_too_deep("/" + "长" * most, on_windows=False)
    with pytest.raises(LianbingError, match=f"有{most + 1}个字符") as caught:
        refuse_too_deep("D:\\" + "长" * (most - 2), on_windows=True)
    assert "大练兵便携版" in caught.value.fix


def test_vba_finds_python_only_by_characters_of_the_code_page() -> None:
    path = r"C:\用户\㐂\pythonw.exe"
    assert path_problems(r"C:\用户\pythonw.exe", Role.PYTHON, code_page="cp936") == []
    assert [each.character for each in path_problems(path, Role.PYTHON, code_page="cp936")] == ["㐂"]
    assert [each.character for each in path_problems(path, Role.PYTHON, code_page="cp1252")] == ["用"]


def test_onedrive_warns_and_does_not_refuse() -> None:
    environment = {"OneDrive": r"C:\Users\a\OneDrive"}
    warned = refuse_unusable(r"c:\users\A\onedrive\大练兵", on_windows=True, environment=environment)
    assert [(each.character, each.fatal) for each in warned] == [("OneDrive", False)]
    assert refuse_unusable(r"C:\Users\a\OneDrive2\大练兵", on_windows=True, environment=environment) == []


def test_new_says_what_the_buttons_still_need(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "新活动"
    assert main(["new", str(place), "--pack", "jiangsu-2016", "--json"]) == 0
    notes = json.loads(capsys.readouterr().out)["说明"]
    named = as_interpreter(dict(read_settings(place / "总表.xlsm"))).python
    assert bool(named) is (os.name == "nt")
    assert ("双击start.cmd" in "".join(notes)) is (os.name != "nt")
    assert main(["new", "https://contoso.sharepoint.com/大练兵", "--pack", "jiangsu-2016"]) == 2
    assert "移到本机磁盘" in capsys.readouterr().out
    assert main(["score", "https://contoso.sharepoint.com/大练兵"]) == 2
    assert "移到本机磁盘" in capsys.readouterr().out


def test_new_refuses_what_never_works() -> None:
    with pytest.raises(LianbingError, match="%"):
        refuse_unusable(r"D:\%TEMP%", on_windows=True)
    assert refuse_unusable("/home/%a%", on_windows=False) == []
    with pytest.raises(LianbingError, match="网址"):
        place_warnings(Path("https://contoso.sharepoint.com/大练兵"))
