"""How a button ends when something is in its way; the buttons that work are pressed in tests/excel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.excel.test_live_windows import ComError
from xl_lianbing.errors import LianbingError, MasterLocked
from xl_lianbing.excel.live import patience as live_patience
from xl_lianbing.excel.live.start import HOSTS
from xl_lianbing.excel.live.windows import ExcelHost
from xl_lianbing.excel.macros.buttons import BUTTONS
from xl_lianbing.faces import buttons, crash
from xl_lianbing.faces.messages import run_message
from xl_lianbing.feedback import Feedback
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.pipeline import CHECK, run
from xl_lianbing.upkeep.doctor import doctor_message
from xl_lianbing.upkeep.doctor.check import Check, fine, note, problem


@dataclass
class FakeApp:
    """`xlwings.App`: logs its alerts."""

    engine: Any = field(default_factory=lambda: SimpleNamespace(name="fake"))
    status_bar: object = "busy"
    alerts: list[tuple[str, str, str]] = field(default_factory=list)

    def alert(self, prompt: str, *, title: str, mode: str, buttons: str = "ok") -> None:
        self.alerts.append((title, mode, prompt))


class FakeHost(ExcelHost):
    """Excel's, with what was told in its own message box."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.refused: LianbingError | None = None

    def refusal(self, book: object) -> LianbingError | None:
        return self.refused

    def message_box(self, message: str, title: str, *, serious: bool) -> None:
        self.told.append((title, message))


@dataclass
class Scene:
    """A workbook as the caller; `place` is where the program says it is."""

    app: FakeApp
    host: FakeHost
    book: Any

    @property
    def message(self) -> str:
        ((title, mode, text),) = self.app.alerts
        assert title.startswith("大练兵 · ") and mode == "critical"
        assert "怎么办：" in text and "Traceback" not in text
        assert self.app.status_bar is False
        return text


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Scene:
    (tmp_path / "回收").mkdir()
    app, host = FakeApp(), FakeHost()
    book = SimpleNamespace(app=app, name="总表.xlsm", fullname=str(tmp_path / "总表.xlsm"))
    monkeypatch.setitem(HOSTS, "fake", host)
    xlwings = SimpleNamespace(Book=SimpleNamespace(caller=lambda: book))
    monkeypatch.setattr(buttons, "load_xlwings", lambda: xlwings)
    return Scene(app, host, book)


RUNS = [buttons.collect_and_check, buttons.compute_scores, buttons.show_shortlists]
#: Those that need the campaign around the workbook.
IN_A_CAMPAIGN = [
    *RUNS,
    buttons.import_figures,
    buttons.explain_score,
    buttons.open_feedback_folder,
    buttons.remake_blanks,
]


def test_every_button_of_the_table_has_its_function() -> None:
    for button in BUTTONS:
        assert callable(getattr(buttons, button.function))


@pytest.mark.parametrize("press", [*IN_A_CAMPAIGN, buttons.self_check])
def test_a_workbook_on_onedrive_is_refused(scene: Scene, press: Callable[[], None]) -> None:
    scene.book.fullname = "https://d.docs.live.net/1a2b/大练兵/总表.xlsm"
    press()
    assert "OneDrive" in scene.message and "本机磁盘" in scene.message


@pytest.mark.parametrize("press", IN_A_CAMPAIGN)
@pytest.mark.parametrize("place", ["elsewhere", "unsaved"])
def test_a_workbook_outside_a_campaign_is_refused(
    scene: Scene, press: Callable[[], None], place: str, tmp_path: Path
) -> None:
    scene.book.fullname = "工作簿1" if place == "unsaved" else str(tmp_path / "别处" / "总表.xlsm")
    press()
    assert "回收" in scene.message and "xl-lianbing new" in scene.message


@pytest.mark.parametrize("press", RUNS)
def test_a_workbook_that_cannot_be_written_is_refused_before_anything_is_read(
    scene: Scene, press: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.host.refused = MasterLocked("只读打开。", "只打开一次。")
    monkeypatch.setattr(buttons, "_run", lambda *_: pytest.fail("it ran"))
    press()
    assert scene.message == "没有完成：只读打开。\n\n怎么办：只打开一次。"


def test_an_excel_that_is_busy_is_told_by_windows(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The very first call is rejected: a cell is being edited."""
    told: list[str] = []
    monkeypatch.setattr(ExcelHost, "message_box", lambda self, message, title, serious: told.append(message))
    clock = iter(range(1000))
    patience = live_patience.Patience
    monkeypatch.setattr(
        buttons, "Patience", lambda host: patience(host, sleep=lambda _: None, clock=lambda: next(clock))
    )

    def caller() -> object:
        raise ComError(-2146777998)

    monkeypatch.setattr(buttons, "load_xlwings", lambda: SimpleNamespace(Book=SimpleNamespace(caller=caller)))
    buttons.compute_scores()
    (message,) = told
    assert "正在编辑" in message and "Esc" in message


def test_an_error_of_the_program_names_its_log(scene: Scene, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(crash.tempfile, "gettempdir", lambda: str(tmp_path))

    def broken(*_: object) -> str:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(buttons, "_run", broken)
    buttons.compute_scores()
    log = tmp_path / "xl-lianbing-出错记录.txt"
    assert str(log) in scene.message and "ZeroDivisionError" not in scene.message
    assert "ZeroDivisionError" in log.read_text("utf-8")


def test_an_error_of_the_disk_says_what_to_do(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> str:
        raise PermissionError(13, "Permission denied", "回收/甲.xlsx")

    monkeypatch.setattr(buttons, "_run", broken)
    buttons.collect_and_check()
    assert "回收/甲.xlsx" in scene.message and "是否被占用" in scene.message


def test_a_hidden_shortlist_does_not_spoil_the_run(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buttons, "_run", lambda *_: "生成候选名单完成。")
    buttons.show_shortlists()  # the fake book has no sheets to show
    ((_, mode, text),) = scene.app.alerts
    assert mode == "info" and "生成候选名单完成。" in text and "取消隐藏" in text


def test_the_feedback_folder_is_made_and_named_where_it_cannot_be_shown(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(buttons, "open_path", lambda path: False)
    buttons.open_feedback_folder()
    assert (tmp_path / "反馈").is_dir()
    assert str(tmp_path / "反馈") in scene.app.alerts[0][2]


def test_self_check_works_without_a_campaign(scene: Scene, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from xl_lianbing.upkeep import doctor

    asked: list[object] = []

    def run_doctor(folder: object, *, fix: bool) -> list[Check]:
        asked.append((folder, fix))
        return [fine("Python", "3.11")]

    monkeypatch.setattr(doctor, "run_doctor", run_doctor)
    scene.book.fullname = str(tmp_path / "别处" / "总表.xlsm")
    buttons.self_check()
    assert asked == [(None, False)]
    assert scene.app.alerts == [("大练兵 · 环境自检", "info", "没有发现问题。\n\n【正常】Python")]


def test_the_message_says_what_lies_in_the_feedback_folder_and_what_went_wrong(campaign: Path) -> None:
    folder = CampaignFolder(campaign)
    outcome = run(folder, CHECK)
    copies = outcome.feedback.copies
    assert copies
    told = run_message(folder, outcome, CHECK, CHECK)
    assert f"反馈：{len(copies)}份标注了问题的填报表" in told and str(folder.feedback) in told
    failed = replace(outcome, feedback=Feedback(problems=("反馈副本《演示.xlsx》没有更新：请关闭后重新运行。",)))
    told = run_message(folder, failed, CHECK, CHECK)
    assert "反馈：" not in told and "注意：反馈副本《演示.xlsx》没有更新" in told


def test_the_doctor_says_problems_first() -> None:
    checks = [fine("Python", "3.11"), note("宏", "没法检查"), problem("磁盘", "已满", "清理磁盘")]
    assert doctor_message(checks) == (
        "发现1个问题。\n\n【问题】磁盘：已满\n怎么办：清理磁盘\n\n【说明】宏：没法检查\n\n【正常】Python"
    )


def test_progress_is_told_a_percent_at_a_time() -> None:
    said: list[str] = []
    book: Any = SimpleNamespace(status=said.append)
    watch = buttons._progress(book)
    watch("读取总表", 0, 1)
    for done in range(3001):
        watch("读取填报表", done, 3000)
    assert said[0] == "大练兵：读取总表……"
    assert said[1] == "大练兵：读取填报表 0/3000" and said[-1] == "大练兵：读取填报表 3000/3000"
    assert len(said) == 102
