"""The buttons of a generated master pressed in LibreOffice: the real functions, through xlwings, in the open document.

Only the module `xlwings` of the VBA project is another one (tests/libreoffice/bridge.py).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Demo
from tests.excel.live_session import engine_at, xlwings_book
from tests.excel.press_and_run import LOG
from tests.excel.read_back import ReadBack, in_file, in_program
from tests.excel.uno_engine import MESSAGES
from tests.libreoffice import requires_libreoffice
from tests.libreoffice.bridge import bridge_environment, build_test_project
from tests.libreoffice.office import Document, Office, wait_for
from tests.libreoffice.uno_runtime import load_uno
from tests.requirement import demand
from xl_lianbing.excel.closed.book import ClosedBook
from xl_lianbing.excel.values import Cells, Value
from xl_lianbing.explain import explain, explanation_summary, explanation_text
from xl_lianbing.faces import buttons
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.intake.master.inputs import read_master
from xl_lianbing.pipeline import run
from xl_lianbing.records.inputs import RULES_TAB
from xl_lianbing.records.results import HOME_TAB, OFFICER_POINTS, RANKING, RECEIPTS, RESULT_TABS, RUNS, SCORE_PAGE
from xl_lianbing.workbooks.master.book import master_code_names
from xl_lianbing.workbooks.master.home import RUN_CELL

pytestmark = pytest.mark.libreoffice

SCRIPT = Path(__file__).with_name("press_and_run.py")
CHECK, SCORE, SHORTLISTS, FEEDBACK, DOCTOR = "收取校核", "计算得分", "生成候选名单", "打开反馈目录", "环境自检"
EXPLAIN = "得分说明"
OWN_SHEET = "我的分析"
#: A value of 规则 that the user changes without saving: 案卷质量满分.
CHANGED, CHANGED_VALUE = "full.case_files", 50


def put_test_macros(master: Path) -> None:
    """Exchange the VBA project of a master for the test build."""
    old = master.with_suffix(".old")
    master.rename(old)
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(master, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = build_test_project(master_code_names()) if name.endswith("vbaProject.bin") else source.read(name)
            target.writestr(name, content)
    old.unlink()


def fake_file_manager(folder: Path) -> Path:
    """A program `xdg-open` that writes down what it was given; returns the folder to put first on PATH."""
    programs = folder / "bin"
    programs.mkdir()
    program = programs / "xdg-open"
    program.write_text(
        f'#!/bin/sh\nprintf %s "$1" > "{folder}/opened.tmp" && mv "{folder}/opened.tmp" "{folder}/opened"\n'
    )
    program.chmod(0o755)
    return programs


@dataclass
class Desk:
    """A master open in LibreOffice, and the same campaign with a closed one."""

    document: Document
    book: Any
    open_folder: CampaignFolder
    closed_folder: CampaignFolder
    log: Path
    opened: Path
    logs: dict[str, list[list[Any]]] = field(default_factory=dict)
    fronts: dict[str, str] = field(default_factory=dict)

    @property
    def read(self) -> ReadBack:
        """The master as it stands in the program."""
        return in_program(self.book)

    def press(self, caption: str) -> list[list[Any]]:
        self.log.unlink(missing_ok=True)
        self.document.press(HOME_TAB, caption)
        wait_for(self.log.exists, f"{caption} to be done", 120)
        self.logs[caption] = json.loads(self.log.read_text("utf-8"))
        self.fronts[caption] = self.document.component.CurrentController.ActiveSheet.Name
        return self.logs[caption]

    def select(self, sheet: str, cells: str) -> None:
        controller = self.document.component.CurrentController
        controller.setActiveSheet(self.document.component.Sheets.getByName(sheet))
        controller.select(controller.ActiveSheet.getCellRangeByName(cells))

    def last(self, caption: str) -> list[list[Any]]:
        """The log of the last time that a button was pressed; pressed now if it wasn't yet."""
        return self.logs.get(caption) or self.press(caption)


@pytest.fixture(scope="module")
def desk(demo: Callable[[str], Demo], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A campaign of which one return is gone since it was last scored, and one value of 规则 is another now: typed but
    not saved in the open master, and in the closed one."""
    place = tmp_path_factory.mktemp("按钮 & 'A'")
    folders = [CampaignFolder(place / name / "大练兵") for name in ("开着", "关着")]
    for folder in folders:
        shutil.copytree(demo("jiangsu-2017").folder, folder.path)
        sorted(folder.returns.rglob("*.xlsx"))[2].unlink()
    live, closed = folders
    address = read_master(closed.master).rule_cells[CHANGED]
    ClosedBook(closed.master).write([Cells(RULES_TAB, {address: CHANGED_VALUE})])
    put_test_macros(live.master)
    environment = {
        **bridge_environment(SCRIPT),
        LOG: str(place / "log.json"),
        "PATH": f"{fake_file_manager(place)}{os.pathsep}{os.environ['PATH']}",
        "PYTHONUTF8": "1",
    }
    with Office(environment=environment) as office:
        document = office.open(live.master)
        book = xlwings_book(engine_at(office.address), live.master)
        document.component.Sheets.getByName(RULES_TAB).unprotect("")
        document.set_cells(RULES_TAB, address, ((CHANGED_VALUE,),))
        yield Desk(document, book, live, closed, place / "log.json", place / "opened")
        document.close()


@requires_libreoffice
def test_scores_computed_by_the_button_are_those_of_the_command(desk: Desk) -> None:
    file_before = desk.open_folder.master.read_bytes()
    log = desk.press(SCORE)
    assert [entry for entry in log if entry[0] == "escaped"] == []
    last = max((desk.open_folder.path / "备份").glob("总表_*.xlsm"))
    assert read_master(last).rules.number(CHANGED) == CHANGED_VALUE, "what was typed and not saved is kept, too"
    run(desk.closed_folder)
    closed = in_file(desk.closed_folder.master)
    compared = 0
    for tab in [HOME_TAB, *(tab.name for tab in RESULT_TABS)]:
        compared += _assert_equal_sheets(tab, desk.read, closed)
    assert compared > 20_000
    full = [row for row in range(5, 20) if desk.read(RANKING.name).at(row, 4) is not None]
    assert full, "nothing was scored"
    assert desk.open_folder.master.read_bytes() == file_before, "the file is the user's to save"


@requires_libreoffice
def test_the_user_sees_how_far_it_is_and_what_came_out(desk: Desk) -> None:
    log = desk.last(SCORE)
    said = [entry[1] for entry in log if entry[0] == "status"]
    reading = [text for text in said if text and "读取填报表" in text]
    assert reading == [f"大练兵：读取填报表 {n}/10" for n in range(11)]
    assert said[-1] is False
    settings: dict[str, list[object]] = {}
    for kind, *entry in log:
        if kind == "setting":
            settings.setdefault(str(entry[0]), []).append(entry[1])
    assert settings == {
        "screen_updating": [False, True],
        "enable_events": [False, True],
        "display_alerts": [False, True],
        "calculation": ["manual", "automatic"],
    }
    (alert,) = [entry for entry in log if entry[0] == "alert"]
    _, title, text, mode = alert
    assert (title, mode) == ("大练兵 · 计算得分", "info")
    for part in ("收到10份", "未报1个单位", "县级：1. ", "市级：1. ", "个人：1. ", "注意：", "接下来：", "Ctrl+S"):
        assert part in text
    for part in ("反馈：", "份标注了问题的填报表", "请发回各单位修改"):
        assert part in text


@requires_libreoffice
def test_each_button_leaves_what_the_user_added(desk: Desk) -> None:
    _add_what_users_add(desk.document)
    before = _what_users_added(desk.document)
    assert before["charts"] and before["shapes"] and before["notes"] and before["own sheet"]
    for caption in (CHECK, SCORE, SHORTLISTS, EXPLAIN, FEEDBACK, DOCTOR):
        log = desk.press(caption)
        assert [entry for entry in log if entry[0] == "escaped"] == []
        after = _what_users_added(desk.document)
        for what, was in before.items():
            assert after[what] == was, f"{caption}: {what}"


@requires_libreoffice
def test_check_writes_what_came_in(desk: Desk) -> None:
    log = desk.last(CHECK)
    states = [row[1] for row in desk.read(RECEIPTS.name).rows[4:] if row[0] is not None]
    assert states.count("已收") == 10 and "未报" in states
    (alert,) = [entry for entry in log if entry[0] == "alert"]
    assert "收取校核完成" in alert[2] and "县级：" not in alert[2]


@requires_libreoffice
def test_shortlists_are_brought_to_the_front(desk: Desk) -> None:
    log = desk.last(SHORTLISTS)
    assert [entry[3] for entry in log if entry[0] == "alert"] == ["info"], log
    assert desk.fronts[SHORTLISTS] == "先进集体候选"
    assert desk.fronts.get(CHECK, HOME_TAB) == HOME_TAB
    assert any(entry[0] == "alert" and "生成候选名单完成" in entry[2] for entry in log)


@requires_libreoffice
def test_the_feedback_folder_is_opened(desk: Desk) -> None:
    desk.opened.unlink(missing_ok=True)
    desk.press(FEEDBACK)
    wait_for(desk.opened.exists, "the file manager")
    assert Path(desk.opened.read_text("utf-8")) == desk.open_folder.path / "反馈"


@requires_libreoffice
def test_the_unit_of_the_selected_row_is_explained_and_nothing_else_changes(desk: Desk) -> None:
    """On 首页 the lines of the ranking can be selected; 规则 has a value that is typed but not saved."""
    sheets = [HOME_TAB, RULES_TAB, *(tab.name for tab in RESULT_TABS)]
    before = {name: desk.read(name).rows for name in sheets}
    page = desk.read(SCORE_PAGE)
    area = desk.read(HOME_TAB)
    row = next(r for r in range(11, 24) if area.at(r, 4) not in (None, page.at(3, 2)))
    unit = str(area.at(row, 4))
    desk.select(HOME_TAB, f"F{row}")
    desk.opened.unlink(missing_ok=True)
    (alert,) = [entry for entry in desk.press(EXPLAIN) if entry[0] == "alert"]
    assert alert[3] == "info", alert
    file = desk.open_folder.path / "说明" / f"得分说明_{unit}.txt"
    wait_for(desk.opened.exists, "the text file to be opened")
    assert Path(desk.opened.read_text("utf-8")) == file
    (found,) = explain(desk.closed_folder, unit)
    assert file.read_text("utf-8-sig") == f"{explanation_text(found)}\n", "as the command on the closed file says"
    assert explanation_summary(found) in alert[2] and str(file) in alert[2]
    assert desk.fronts[EXPLAIN] == SCORE_PAGE
    after = desk.read(SCORE_PAGE)
    assert after.at(3, 2) == unit and after.at(8, 1) == page.at(8, 1)
    assert desk.document.component.Sheets.getByName(SCORE_PAGE).isProtected()
    assert {name: desk.read(name).rows for name in sheets} == before


@requires_libreoffice
def test_a_candidate_is_explained_without_a_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ribbon works on every sheet, the form button on 首页 alone: here its function is called."""
    monkeypatch.setattr(buttons, "open_path", lambda path: True)
    area = desk.read(OFFICER_POINTS.name)
    row = next(r for r in range(5, 60) if area.at(r, 2))
    who = f"{area.at(row, 2)}（{area.at(row, 3)}）"
    desk.select(OFFICER_POINTS.name, f"F{row}")
    desk.book.set_mock_caller()
    buttons.explain_score()
    (alert,) = [entry for entry in desk.book.app.impl.log if entry[0] == "alert"][-1:]
    assert alert[3] == "info" and alert[2].startswith(f"{who}：总分"), alert
    assert (desk.open_folder.path / "说明" / f"得分说明_{who}.txt").is_file()
    assert desk.document.component.CurrentController.ActiveSheet.Name == OFFICER_POINTS.name


@requires_libreoffice
def test_nobody_to_explain_is_said(desk: Desk) -> None:
    page = desk.document.component.Sheets.getByName(SCORE_PAGE)
    chosen = desk.read(SCORE_PAGE).at(3, 2)
    page.unprotect("")
    desk.document.set_cells(SCORE_PAGE, "B3", (("",),))
    desk.select(HOME_TAB, "A1")
    try:
        (alert,) = [entry for entry in desk.press(EXPLAIN) if entry[0] == "alert"]
    finally:
        desk.document.set_cells(SCORE_PAGE, "B3", ((chosen,),))
        page.protect("")
    assert alert[3] == "critical" and "不知道" in alert[2] and "选一个单位" in alert[2]


@requires_libreoffice
def test_self_check_shows_the_lines_of_the_doctor(desk: Desk) -> None:
    (alert,) = [entry for entry in desk.press(DOCTOR) if entry[0] == "alert"]
    assert "个问题" in alert[2] or "没有发现问题" in alert[2]
    assert "【正常】" in alert[2]


@requires_libreoffice
def test_a_run_that_fails_says_so_and_changes_nothing(desk: Desk) -> None:
    sheets = [HOME_TAB, *(tab.name for tab in RESULT_TABS)]
    sheet = desk.document.component.Sheets.getByName(RUNS.name)
    before = {name: desk.read(name).rows for name in sheets if name != RUNS.name}
    sheet.setName("改了名")
    try:
        (alert,) = [entry for entry in desk.press(SCORE) if entry[0] == "alert"]
    finally:
        sheet.setName(RUNS.name)
    assert alert[3] == "critical"
    assert "运行记录" in alert[2] and "怎么办：" in alert[2] and "Traceback" not in alert[2]
    assert {name: desk.read(name).rows for name in sheets if name != RUNS.name} == before


@requires_libreoffice
def test_the_buttons_in_a_window(demo: Callable[[str], Demo], tmp_path: Path) -> None:
    """The mouse on 计算得分, the message on the screen, Enter; a picture of both for whoever wants to look."""
    lacking = [program for program in ("Xvfb", "xdotool", "import") if shutil.which(program) is None]
    demand(f"{', '.join(lacking)} (a window needs them)" if lacking else "")
    folder = CampaignFolder(tmp_path / "大练兵")
    shutil.copytree(demo("jiangsu-2017").folder, folder.path)
    sorted(folder.returns.rglob("*.xlsx"))[2].unlink()
    put_test_macros(folder.master)
    log = tmp_path / "log.json"
    with _display() as display:
        environment = {
            **bridge_environment(SCRIPT),
            LOG: str(log),
            "DISPLAY": display,
            "SAL_USE_VCLPLUGIN": "gen",
            "PYTHONUTF8": "1",
            MESSAGES: "1",
        }
        with Office(headless=False, environment=environment) as office:
            document = office.open(folder.master)
            window = document.component.CurrentController.Frame.ContainerWindow
            window.setPosSize(0, 0, 1440, 900, 15)
            _click(display, *_middle_of(document, SCORE))
            message = wait_for(lambda: _window(display, f"大练兵 · {SCORE}"), "the message", 120)
            picture = _screenshot(display, tmp_path / "message.png")
            assert not log.exists(), "the button waits until the message has been read"
            _xdotool(display, "key", "--window", message, "Return")
            wait_for(log.exists, "the button to be done")
            assert _screenshot(display, tmp_path / "after.png").read_bytes() != picture.read_bytes()
            assert document.cells(HOME_TAB, "C7") == ((10.0,),), "one return fewer than when the master was made"
            (alert,) = [entry for entry in json.loads(log.read_text("utf-8")) if entry[0] == "alert"]
            assert alert[3] == "info" and "计算得分完成" in alert[2]
            document.close()


def _assert_equal_sheets(tab: str, live: ReadBack, closed: ReadBack) -> int:
    """Cell by cell; times of the run aside. Returns the number of cells that hold something."""
    ours, theirs = live(tab), closed(tab)
    bottom = max(area.row + len(area.rows) for area in (ours, theirs))
    right = max(area.column + len(area.rows[0]) for area in (ours, theirs) if area.rows)
    seconds = RUNS.grid.first_column + [f.header for f in RUNS.grid.fields].index("用时")
    filled = 0
    for row in range(1, bottom):
        for column in range(1, right):
            if tab == RUNS.name and row > RUNS.grid.header_row and column in (1, seconds):
                continue
            mine, other = ours.at(row, column), theirs.at(row, column)
            if tab == HOME_TAB and f"{chr(64 + column)}{row}" == RUN_CELL:
                continue
            assert _same(mine, other), f"{tab} row {row} column {column}: {mine!r} live, {other!r} closed"
            filled += mine is not None
    return filled


def _same(mine: Value, other: Value) -> bool:
    numbers = (int, float)
    if isinstance(mine, numbers) and isinstance(other, numbers):
        return abs(mine - other) <= 1e-9 * max(1, abs(other))
    return mine == other


def _add_what_users_add(document: Document) -> None:
    uno = load_uno()
    component = document.component
    sheets = component.Sheets
    sheets.insertNewByName(OWN_SHEET, sheets.Count)
    own = sheets.getByName(OWN_SHEET)
    document.set_cells(OWN_SHEET, "A1:B3", (("单位", "数值"), ("演示", 1.0), ("演示二", 2.0)))
    own.getCellRangeByName("D1").setFormula("=SUM(B2:B3)*2")
    place = uno.createUnoStruct("com.sun.star.awt.Rectangle")
    place.X, place.Y, place.Width, place.Height = 8000, 500, 8000, 5000
    own.Charts.addNewByName("我的图", place, (own.getCellRangeByName("A1:B3").RangeAddress,), True, True)
    for name in (OWN_SHEET, RANKING.name):  # also inside a table that each run writes anew
        sheet = sheets.getByName(name)
        locked = sheet.isProtected()
        sheet.unprotect("")
        shape = component.createInstance("com.sun.star.drawing.RectangleShape")
        size, point = uno.createUnoStruct("com.sun.star.awt.Size"), uno.createUnoStruct("com.sun.star.awt.Point")
        size.Width, size.Height, point.X, point.Y = 3000, 1000, 2000, 9000
        shape.setSize(size)
        shape.setPosition(point)
        sheet.DrawPage.add(shape)
        shape.setString("用户画的")
        for address, text in (("A2", "说明旁的批注"), ("B6", "数据行的批注")):
            sheet.Annotations.insertNew(sheet.getCellRangeByName(address).CellAddress, text)
        if locked:
            sheet.protect("")


def _what_users_added(document: Document) -> dict[str, object]:
    """Charts, shapes, notes, protection and the users' own sheet, as far as one can see them."""
    component = document.component
    charts, shapes, notes, protected = [], [], [], []
    for sheet in component.Sheets:
        protected.append((sheet.Name, sheet.isProtected()))
        for index in range(sheet.Charts.Count):
            chart = sheet.Charts.getByIndex(index)
            ranges = [(r.Sheet, r.StartColumn, r.StartRow, r.EndColumn, r.EndRow) for r in chart.Ranges]
            charts.append((sheet.Name, chart.Name, ranges))
        for index in range(sheet.DrawPage.Count):
            shape = sheet.DrawPage.getByIndex(index)
            text = shape.String if shape.supportsService("com.sun.star.drawing.Text") else ""
            at = (shape.Position.X, shape.Position.Y, shape.Size.Width, shape.Size.Height)
            if "CaptionShape" not in shape.ShapeType:  # the frame of a note, made when LibreOffice needs it
                shapes.append((sheet.Name, shape.ShapeType, text, at))
        for note in sheet.Annotations:
            notes.append((sheet.Name, note.Position.Column, note.Position.Row, note.String))
    own = component.Sheets.getByName(OWN_SHEET).getCellRangeByName("A1:D3").getFormulaArray()
    return {
        "charts": charts,
        "shapes": shapes,
        "notes": notes,
        "protected": protected,
        "own sheet": own,
        "sheets": component.Sheets.ElementNames,
    }


@contextmanager
def _display() -> Iterator[str]:
    """A virtual screen of its own; the X server chooses a free number."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    try:
        os.close(writer)
        with os.fdopen(reader) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def _middle_of(document: Document, caption: str) -> tuple[int, int]:
    """Where a button is on the screen."""
    controller = document.component.CurrentController
    sheet = document.component.Sheets.getByName(HOME_TAB)
    controller.setActiveSheet(sheet)
    model = document._button_model(sheet.DrawPage, caption)
    context = wait_for(lambda: document._accessible(controller, model), f"{caption} to be shown")
    point, size = context.getLocationOnScreen(), context.getSize()
    return point.X + size.Width // 2, point.Y + size.Height // 2


def _click(display: str, x: int, y: int) -> None:
    _xdotool(display, "mousemove", str(x), str(y), "click", "1")


def _window(display: str, title: str) -> str | None:
    done = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", title],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.split()[0] if done.stdout.split() else None


def _xdotool(display: str, *arguments: str) -> None:
    subprocess.run(["xdotool", *arguments], env={**os.environ, "DISPLAY": display}, check=True)


def _screenshot(display: str, path: Path) -> Path:
    """The screen once two pictures in a row are the same: a window is there before its content is drawn."""
    seen: list[bytes] = []

    def settled() -> bool:
        command = ["import", "-window", "root", "-strip", "-define", "png:exclude-chunks=date,time", str(path)]
        subprocess.run(command, env={**os.environ, "DISPLAY": display}, check=True)
        seen.append(path.read_bytes())
        time.sleep(0.5)
        return seen[-2:-1] == seen[-1:]

    wait_for(settled, "the screen to stand still")
    return path
