"""The doctor's checks, each on a PC or folder with one thing wrong, through the program's own Windows layer."""

from __future__ import annotations

import json
import locale
import os
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tests.few_pcs import EXCEL, EXCEL_ID, PC, install_registry
from xl_lianbing.excel.macros.vba import xlwings_modules
from xl_lianbing.excel.macros.version import master_xlwings_version, shipped_xlwings_version, xlwings_version
from xl_lianbing.faces.cli import main
from xl_lianbing.folder import CampaignFolder, open_campaign
from xl_lianbing.launch.windows_paths import LONGEST_PATH, LONGEST_WORKBOOK_PATH
from xl_lianbing.upkeep.doctor import Check, State, doctor_facts, doctor_text, run_doctor
from xl_lianbing.upkeep.doctor.platform import Platform
from xl_lianbing.upkeep.doctor.this_pc import this_platform
from xl_lianbing.upkeep.doctor.windows import Windows

POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"
OWN = r"Software\Microsoft\Office\16.0\Excel\Security"


@pytest.fixture
def folder(fresh: Path, tmp_path: Path) -> CampaignFolder:
    copy = tmp_path / "大练兵 2017"
    shutil.copytree(fresh, copy)
    return open_campaign(copy)


@pytest.fixture
def pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PC:
    install_registry(monkeypatch, EXCEL)
    return PC(tmp_path / "张三")


def problems(checks: list[Check]) -> dict[str, str]:
    return {check.name: check.found for check in checks if check.state is State.PROBLEM}


def named(checks: list[Check], name: str) -> Check:
    return next(check for check in checks if check.name == name)


def test_on_this_computer_every_check_ends_and_what_cannot_be_checked_is_said(folder: CampaignFolder) -> None:
    checks = run_doctor(folder)
    assert problems(checks) == {}
    if os.name != "nt":
        said = [check.name for check in checks if check.state is State.NOTE and "没有检查" in check.found]
        assert said == ["表格程序", "宏设置", "活动文件夹", "文件路径", "来自网络的标记", "按钮用的 Python"]


def test_files_that_lie_too_deep_are_named_with_what_to_do(folder: CampaignFolder, pc: PC) -> None:
    room = LONGEST_PATH - len(str(folder.evidence / "昆山市")) - 1
    deep = folder.evidence / "昆山市"
    (deep / ("a" * (room - 4) + ".pdf")).touch()
    assert named(run_doctor(folder, platform=pc), "文件路径").state is State.FINE
    (deep / ("b" * (room - 3) + ".pdf")).touch()
    check = named(run_doctor(folder, platform=pc), "文件路径")
    assert check.state is State.PROBLEM
    assert f"有{LONGEST_PATH + 1}个字符" in check.found and "移到层次浅" in check.found and "昆山市/bb" in check.found
    (folder.feedback / ("c" * (LONGEST_WORKBOOK_PATH - len(str(folder.feedback)) - 5) + ".xlsx")).touch()
    assert "等2个文件" in named(run_doctor(folder, platform=pc), "文件路径").found


def test_a_campaign_from_another_computer_is_put_right_by_fix(folder: CampaignFolder, pc: PC) -> None:
    """The blank master names no Python; a mark of the web, a folder gone, a start.cmd of another PC besides."""
    mark = Path(f"{folder.master}:Zone.Identifier")
    mark.write_text("[ZoneTransfer]\nZoneId=3\n")
    shutil.rmtree(folder.returns)
    (folder.path / "start.cmd").write_bytes(b"@echo off\r\n")
    settings = pc.home / ".xlwings" / "xlwings.conf"
    settings.parent.mkdir()
    settings.write_bytes('"INTERPRETER_WIN","C:\\用户"'.encode("utf-16"))
    before = run_doctor(folder, platform=pc)
    assert set(problems(before)) == {"xlwings.conf", "子文件夹", "start.cmd", "来自网络的标记", "按钮用的 Python"}
    assert all(check.fix for check in before if check.state is State.PROBLEM)
    after = run_doctor(folder, fix=True, platform=pc)
    assert problems(after) == {}
    assert not mark.exists()
    assert folder.returns.is_dir()
    assert named(after, "按钮用的 Python").found == str(pc.python)
    assert settings.with_name("xlwings.conf.bak").is_file() and not settings.exists()
    assert run_doctor(folder, platform=pc) == after


def test_without_a_folder_only_the_computer_is_checked(pc: PC) -> None:
    checks = run_doctor(None, platform=pc)
    assert [check.name for check in checks] == ["Python", "程序包", "xlwings", "表格程序", "宏设置", "xlwings.conf"]
    assert problems(checks) == {}


@pytest.mark.parametrize(
    ("spoil", "name", "says"),
    [
        (lambda pc: setattr(pc, "version", (3, 10, 4)), "Python", "3.10.4"),
        (lambda pc: setattr(pc, "bits", 32), "Python", "32位"),
        (lambda pc: pc.versions.update(pywin32=None, lxml=None), "程序包", "缺少 lxml、pywin32"),
        (lambda pc: pc.versions.update(xlwings=None), "xlwings", "没有安装"),
    ],
)
def test_a_computer_with_one_thing_wrong(pc: PC, spoil: Callable[[PC], None], name: str, says: str) -> None:
    spoil(pc)
    assert says in problems(run_doctor(None, platform=pc))[name]


def test_a_python_of_the_store_is_a_note(pc: PC) -> None:
    pc.python = Path("C:\\Users\\a\\AppData\\Local\\Microsoft\\WindowsApps\\python.exe")
    check = named(run_doctor(None, platform=pc), "Python")
    assert check.state is State.NOTE
    assert "python.org" in check.fix


def test_another_xlwings_than_that_of_the_macros_is_a_note(pc: PC) -> None:
    pc.versions["xlwings"] = "0.1.0"
    check = named(run_doctor(None, platform=pc), "xlwings")
    assert check.state is State.NOTE
    assert shipped_xlwings_version() in check.fix


@pytest.mark.parametrize(
    ("registry", "says"),
    [
        ({}, "没有登记"),
        ({("HKEY_CLASSES_ROOT", r"Excel.Application\CLSID", ""): EXCEL_ID}, "不完整"),
        (
            {
                ("HKEY_CLASSES_ROOT", r"Excel.Application\CLSID", ""): "{45540001-5750-5300-4B49-4E47534F4655}",
                ("HKEY_CLASSES_ROOT", r"CLSID\{45540001-5750-5300-4B49-4E47534F4655}\LocalServer32", ""): (
                    r'"C:\Users\a\AppData\Local\Kingsoft\WPS Office\office6\et.exe" /Automation'
                ),
            },
            "WPS 占用",
        ),
    ],
)
def test_who_answers_to_excel(
    pc: PC, monkeypatch: pytest.MonkeyPatch, registry: dict[tuple[str, str, str], str], says: str
) -> None:
    install_registry(monkeypatch, registry)
    check = named(run_doctor(None, platform=pc), "表格程序")
    assert check.state is State.PROBLEM
    assert says in check.found
    assert "start.cmd" in check.fix or "修复" in check.fix


def test_an_excel_of_32_bits_is_found(pc: PC, monkeypatch: pytest.MonkeyPatch) -> None:
    install_registry(monkeypatch, EXCEL, part=0x0200)
    assert named(run_doctor(None, platform=pc), "表格程序").state is State.FINE


@pytest.mark.parametrize(
    ("registry", "state", "says"),
    [
        ({("HKEY_CURRENT_USER", OWN, "VBAWarnings"): 1}, State.FINE, "全部允许"),
        ({("HKEY_CURRENT_USER", OWN, "VBAWarnings"): 2}, State.FINE, "启用内容"),
        ({("HKEY_CURRENT_USER", OWN, "VBAWarnings"): 3}, State.PROBLEM, "数字签名"),
        ({("HKEY_CURRENT_USER", OWN, "VBAWarnings"): 4}, State.PROBLEM, "禁用所有宏"),
        (
            {("HKEY_CURRENT_USER", OWN, "VBAWarnings"): 1, ("HKEY_LOCAL_MACHINE", POLICY, "VBAWarnings"): 4},
            State.PROBLEM,
            "单位的安全策略",
        ),
        ({("HKEY_CURRENT_USER", POLICY, "blockcontentexecutionfrominternet"): 1}, State.NOTE, "来自网络"),
    ],
)
def test_macro_settings(
    pc: PC, monkeypatch: pytest.MonkeyPatch, registry: dict[tuple[str, str, str], int], state: State, says: str
) -> None:
    install_registry(monkeypatch, {**EXCEL, **registry})
    check = named(run_doctor(None, platform=pc), "宏设置")
    assert check.state is state
    assert says in check.found


def test_a_settings_file_that_can_be_read_is_only_mentioned(pc: PC, folder: CampaignFolder) -> None:
    path = folder.path / "xlwings.conf"
    path.write_bytes('"SHOW CONSOLE","是"'.encode("gbk"))
    check = named(run_doctor(folder, platform=pc), "xlwings.conf")
    assert check.state is State.NOTE
    path.write_bytes('"SHOW CONSOLE","是"'.encode("utf-8-sig"))
    assert named(run_doctor(folder, platform=pc), "xlwings.conf").state is State.PROBLEM


@pytest.mark.parametrize("number", [1, 2])
def test_a_settings_file_is_set_aside_beside_earlier_ones(pc: PC, folder: CampaignFolder, number: int) -> None:
    for old in ("xlwings.conf.bak", "xlwings.conf.bak2")[: number - 1]:
        (folder.path / old).write_text("旧的")
    (folder.path / "xlwings.conf").write_bytes(b"\xff\xfea\x00")
    run_doctor(folder, fix=True, platform=pc)
    expected = "xlwings.conf.bak" if number == 1 else f"xlwings.conf.bak{number}"
    assert (folder.path / expected).read_bytes() == b"\xff\xfea\x00"


def test_a_folder_that_cannot_be_written_to_and_a_full_disk(pc: PC, folder: CampaignFolder) -> None:
    pc.refused, pc.free = PermissionError(13, "拒绝访问"), 12_000_000
    found = problems(run_doctor(folder, platform=pc))
    assert "拒绝访问" in found["写入权限"]
    assert "12 MB" in found["磁盘空间"]


def test_a_place_where_the_buttons_do_not_work(pc: PC, fresh: Path) -> None:
    place = pc.home / "%甲%" / "大练兵"
    shutil.copytree(fresh, place)
    assert "%" in problems(run_doctor(open_campaign(place), platform=pc))["活动文件夹"]


def test_an_open_master_is_a_note_and_fix_says_why_it_could_not(pc: PC, folder: CampaignFolder) -> None:
    (folder.path / "~$总表.xlsm").write_bytes(b"\x02ab")
    checks = run_doctor(folder, fix=True, platform=pc)
    assert named(checks, "总表是否打开").state is State.NOTE
    failed = [check for check in checks if "没能自动处理" in check.found]
    assert [check.name for check in failed] == ["按钮用的 Python"]
    assert "关闭" in failed[0].fix


def test_the_python_of_the_master(pc: PC, folder: CampaignFolder) -> None:
    name = "按钮用的 Python"
    assert "没有写" in problems(run_doctor(folder, platform=pc))[name]
    run_doctor(folder, fix=True, platform=pc)
    pc.modules = "D:\\源码"
    assert "不全" not in problems(run_doctor(folder, platform=pc))[name]
    run_doctor(folder, fix=True, platform=pc)
    assert name not in problems(run_doctor(folder, platform=pc))
    other = pc.python.with_name("pythonw2.exe")
    pc.python.rename(other)
    assert "不存在" in problems(run_doctor(folder, platform=pc))[name]
    old, pc.python = pc.python, other
    old.touch()
    found = problems(run_doctor(folder, platform=pc))[name]
    assert str(old) in found and str(other) in found
    pc.python = Path("C:\\%甲%\\pythonw.exe")
    assert "%" in problems(run_doctor(folder, platform=pc))[name]


def test_settings_of_an_older_master_are_completed(pc: PC, folder: CampaignFolder) -> None:
    run_doctor(folder, fix=True, platform=pc)
    book = openpyxl.load_workbook(folder.master, keep_vba=True)
    book["xlwings.conf"].delete_rows(5, 20)
    book.save(folder.master)
    assert "不全" in problems(run_doctor(folder, platform=pc))["按钮用的 Python"]
    assert "按钮用的 Python" not in problems(run_doctor(folder, fix=True, platform=pc))


def test_a_master_without_a_tab_and_one_without_macros(pc: PC, folder: CampaignFolder) -> None:
    book = openpyxl.load_workbook(folder.master)
    del book["公众投票"], book["xlwings.conf"]
    book.save(folder.master)
    found = problems(run_doctor(folder, platform=pc))
    assert "公众投票" in found["总表内容"]
    assert "宏不见了" in found["总表的宏"]
    assert "xlwings.conf" in found["按钮用的 Python"]


def test_a_damaged_master(pc: PC, folder: CampaignFolder) -> None:
    folder.master.write_bytes(b"PK\x03\x04")
    found = problems(run_doctor(folder, platform=pc))
    assert {"总表的宏", "总表内容", "按钮用的 Python"} <= set(found)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (datetime(2010, 1, 1), State.PROBLEM),
        (datetime(2017, 6, 1), State.FINE),
        (datetime(2018, 1, 1), State.NOTE),
    ],
)
def test_the_date_of_the_computer(pc: PC, folder: CampaignFolder, today: datetime, state: State) -> None:
    pc.today = today
    assert named(run_doctor(folder, platform=pc), "日期").state is state


def test_a_check_that_fails_does_not_end_the_doctor(pc: PC, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PC, "registry_value", lambda *_: 1 / 0)
    found = problems(run_doctor(None, platform=pc))
    assert "ZeroDivisionError" in found["表格程序"]
    assert "xlwings" not in found


def test_the_version_of_the_macros_is_read_from_the_project(folder: CampaignFolder, tmp_path: Path) -> None:
    written = next(line for line in xlwings_modules()[0].source.splitlines() if line.startswith("'Version: "))
    assert f"'Version: {master_xlwings_version(folder.master)}" == written
    assert xlwings_version(b"\x01\x00\xb0\x00" * 40) is None
    empty = tmp_path / "无宏.xlsx"
    with zipfile.ZipFile(empty, "w") as package:
        package.writestr("xl/workbook.xml", "")
    assert master_xlwings_version(empty) is None


def test_the_windows_layer_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(os, "startfile", shown.append, raising=False)
    monkeypatch.setattr(locale, "getencoding", lambda: "cp936")
    install_registry(monkeypatch, {("HKEY_CURRENT_USER", "键", "数"): 7, ("HKEY_CURRENT_USER", "键", "字"): "文"})
    windows = Windows()
    windows.show(tmp_path)
    assert shown == [str(tmp_path)]
    assert windows.code_page == "cp936"
    assert windows.registry_value("HKCU", "键", "数") == 7
    assert windows.registry_value("HKCU", "键", "字") == "文"
    assert windows.registry_value("HKCU", "键", "别的") is None
    assert windows.registry_value("HKLM", "键", "数") is None
    file = tmp_path / "总表.xlsm"
    file.touch()
    assert windows.stream(file, "Zone.Identifier") is None
    Path(f"{file}:Zone.Identifier").write_text("ZoneId=3")
    assert windows.stream(file, "Zone.Identifier") == "ZoneId=3"
    windows.remove_stream(file, "Zone.Identifier")
    assert windows.stream(file, "Zone.Identifier") is None


def test_the_layer_of_other_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    platform = Platform()
    assert platform.registry_value("HKCR", "Excel.Application") is None
    assert platform.stream(tmp_path, "Zone.Identifier") is None
    with pytest.raises(OSError, match="desktop"):
        platform.show(tmp_path)
    with pytest.raises(OSError, match="streams"):
        platform.remove_stream(tmp_path, "x")
    assert platform.free_bytes(tmp_path) > 0
    assert type(this_platform()) is (Windows if os.name == "nt" else Platform)
    monkeypatch.setattr("xl_lianbing.upkeep.doctor.this_pc.os.name", "nt")
    assert type(this_platform()) is Windows


def test_the_command(folder: CampaignFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", str(folder.path)]) == 0
    text = capsys.readouterr().out
    assert text.startswith("[正常] Python")
    assert "没有发现问题" in text
    shutil.rmtree(folder.evidence)
    assert main(["doctor", str(folder.master), "--json"]) == 1
    facts = json.loads(capsys.readouterr().out)
    assert facts["问题数"] == 1
    assert [line for line in facts["检查"] if line["状态"] == "问题"][0]["项目"] == "子文件夹"
    assert main(["doctor", str(folder.path), "--fix"]) == 0
    assert folder.evidence.is_dir()
    assert main(["doctor", str(folder.path / "没有")]) == 2
    capsys.readouterr()
    assert main(["doctor"]) == 0


def test_what_is_told(pc: PC) -> None:
    pc.bits = 32
    checks = run_doctor(None, platform=pc)
    lines = doctor_text(checks).splitlines()
    assert lines[0].startswith("[问题] Python")
    assert lines[1].strip().startswith("怎么办：安装64位")
    assert lines[-1] == "共检查6项，发现1个问题。"
    assert doctor_facts(checks)["问题数"] == 1
