"""What only Excel has, with its COM objects replaced: a typo in those lines must not wait for a PC with Excel."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any

import pytest

from xl_lianbing.errors import MasterLocked
from xl_lianbing.excel.live import open as live_open
from xl_lianbing.excel.live import windows
from xl_lianbing.excel.live.book import LiveBook
from xl_lianbing.excel.live.host import Busy
from xl_lianbing.excel.live.patience import Patience
from xl_lianbing.excel.live.start import HOSTS, load_xlwings
from xl_lianbing.excel.live.windows import BUSY, ExcelHost
from xl_lianbing.excel.protocol import Spot

ALLOWED = {name: name in ("AllowFiltering", "AllowSorting") for name in windows._ALLOWED}


class ComError(Exception):
    """As pywin32's: `hresult`, `excepinfo` (wcode, source, text, help file, help id, scode)."""

    def __init__(self, hresult: int, scode: int | None = None) -> None:
        super().__init__(hresult)
        self.hresult = hresult
        self.excepinfo = None if scode is None else (0, "Microsoft Excel", "…", None, 0, scode)


class FakeSheet:
    """`xlwings.Sheet` over a fake `Worksheet`, which is its own `api`."""

    def __init__(self, *, password: str = "", protected: bool = True) -> None:
        self.api = self
        self.name, self.book = "综合排名", SimpleNamespace(name="总表.xlsm")
        self.password = password
        self.ProtectContents = protected
        self.ProtectDrawingObjects = protected
        self.ProtectScenarios = False
        self.Protection = SimpleNamespace(**ALLOWED)
        self.calls: list[tuple[Any, ...]] = []
        self.FilterMode = True
        self.StandardHeight = 15.0
        self.tables: list[Any] = []

    def Unprotect(self, password: str) -> None:
        if password != self.password:
            raise ComError(-2147352567, -2146827284)
        self.ProtectContents = self.ProtectDrawingObjects = False

    def Protect(self, *arguments: object) -> None:
        self.calls.append(("Protect", *arguments))
        self.ProtectContents = bool(arguments[2])

    def ShowAllData(self) -> None:
        self.FilterMode = False
        self.calls.append(("ShowAllData",))

    def range(self, first: Any, last: Any) -> Any:
        return SimpleNamespace(api=("from", first.name, "to", last.name))


def test_a_protection_is_taken_off_and_put_back_with_the_same_options() -> None:
    sheet, host = FakeSheet(), ExcelHost()
    found = host.unlock(sheet)  # type: ignore[arg-type]
    assert not sheet.ProtectContents and found is not None
    host.lock(sheet, found)  # type: ignore[arg-type]
    # Password, DrawingObjects, Contents, Scenarios, UserInterfaceOnly, then the options in the order of Excel
    assert sheet.calls == [("Protect", "", True, True, False, False, *ALLOWED.values())]
    assert list(ALLOWED)[-2:] == ["AllowFiltering", "AllowUsingPivotTables"] and len(ALLOWED) == 11


def test_a_sheet_without_protection_stays_without() -> None:
    assert ExcelHost().unlock(FakeSheet(protected=False)) is None  # type: ignore[arg-type]


def test_a_password_is_refused_with_what_to_do() -> None:
    with pytest.raises(MasterLocked, match="综合排名") as failure:
        ExcelHost().unlock(FakeSheet(password="geheim"))  # type: ignore[arg-type]
    assert "撤销工作表保护" in failure.value.fix


def test_filters_are_lifted_so_that_no_row_is_hidden() -> None:
    shown: list[str] = []
    autofilter = SimpleNamespace(FilterMode=True, ShowAllData=lambda: shown.append("table"))
    sheet = FakeSheet()
    sheet.tables = [
        SimpleNamespace(show_autofilter=True, api=SimpleNamespace(AutoFilter=autofilter)),
        SimpleNamespace(show_autofilter=False, api=SimpleNamespace(AutoFilter=None)),
    ]
    ExcelHost().show_all_rows(sheet)  # type: ignore[arg-type]
    assert shown == ["table"] and not sheet.FilterMode


@pytest.mark.parametrize(("height", "expected"), [(44.0, 44.0), (15.0, None)])
def test_new_rows_take_the_formats_of_the_first_without_the_clipboard(height: float, expected: float | None) -> None:
    filled: list[tuple[object, int]] = []
    model = SimpleNamespace(
        name="first", sheet=FakeSheet(), row_height=height, api=SimpleNamespace(AutoFill=lambda *a: filled.append(a))
    )
    rows = SimpleNamespace(name="new", row_height=None)
    ExcelHost().format_like(model, rows)  # type: ignore[arg-type]
    assert filled == [(("from", "first", "to", "new"), 3)]
    assert rows.row_height == expected


def test_borders_go_but_the_one_that_belongs_to_the_last_row() -> None:
    lines = {index: SimpleNamespace(LineStyle=1) for index in range(5, 13)}
    ExcelHost().remove_borders(SimpleNamespace(api=SimpleNamespace(Borders=lines.__getitem__)))  # type: ignore[arg-type]
    assert {index for index, line in lines.items() if line.LineStyle == -4142} == {7, 9, 10, 11, 12}


def test_automatic_corrections_are_off_meanwhile_and_restored_after_an_error() -> None:
    correct = SimpleNamespace(AutoExpandListRange=True, AutoFillFormulasInLists=False)
    app: Any = SimpleNamespace(api=SimpleNamespace(AutoCorrect=correct))
    with pytest.raises(KeyError), ExcelHost().quiet(app):
        assert (correct.AutoExpandListRange, correct.AutoFillFormulasInLists) == (False, False)
        raise KeyError
    assert (correct.AutoExpandListRange, correct.AutoFillFormulasInLists) == (True, False)


def _book(**api: object) -> Any:
    return SimpleNamespace(name="总表.xlsm", fullname="/a/总表.xlsm", api=SimpleNamespace(**api))


def test_a_book_opened_read_only_is_refused() -> None:
    host = ExcelHost()
    assert host.refusal(_book(ReadOnly=False)) is None
    refusal = host.refusal(_book(ReadOnly=True))
    assert isinstance(refusal, MasterLocked) and "只读" in refusal.message and "只打开一次" in refusal.fix


def test_an_unsaved_book_is_copied_and_a_saved_one_is_read_where_it_is(tmp_path: Path) -> None:
    copies: list[str] = []
    path = tmp_path / "总表.xlsm"
    path.touch()
    book = _book(Saved=True, SaveCopyAs=copies.append, Date1904=True)
    book.fullname = str(path)
    live = LiveBook(book, host=ExcelHost())
    folder = tmp_path / "spool"
    assert (live.snapshot(folder), copies) == (path, [])
    book.api.Saved = False
    assert live.snapshot(folder) == folder / "总表.xlsm"
    assert copies == [str(folder / "总表.xlsm")]
    assert ExcelHost().uses_1904(book)


def test_what_is_open_is_kept_before_rows_are_appended(tmp_path: Path) -> None:
    path, snapshot = tmp_path / "总表.xlsm", tmp_path / "snapshot.xlsm"
    path.write_bytes(b"saved")
    snapshot.write_bytes(b"with what was typed since")
    book = _book()
    book.fullname = str(path)
    LiveBook(book, host=ExcelHost()).keep(snapshot)
    [kept] = (tmp_path / "备份").iterdir()
    assert kept.read_bytes() == b"with what was typed since" and path.read_bytes() == b"saved"


def test_files_are_picked_in_excels_own_dialogue() -> None:
    asked: list[dict[str, object]] = []
    answers: list[object] = [("C:\\甲.csv", "C:\\乙 丙.xls"), False]

    def dialogue(**how: object) -> object:
        asked.append(how)
        return answers.pop(0)

    live = LiveBook(
        SimpleNamespace(app=SimpleNamespace(api=SimpleNamespace(GetOpenFilename=dialogue))), host=ExcelHost()
    )
    assert [str(path) for path in live.choose_files("选文件", (".csv", ".xls"))] == ["C:\\甲.csv", "C:\\乙 丙.xls"]
    assert live.choose_files("选文件", (".csv",)) == []
    assert asked[0] == {"FileFilter": "选文件 (*.csv;*.xls),*.csv;*.xls", "Title": "选文件", "MultiSelect": True}


def test_one_of_a_few_is_asked_for_until_the_answer_is_one() -> None:
    answers: list[object] = ["9", "甲", "2", "", False, "0"]
    asked: list[object] = []

    def box(Prompt: str, Title: str, Type: int) -> object:
        asked.append(Prompt)
        return answers.pop(0)

    live = LiveBook(SimpleNamespace(app=SimpleNamespace(api=SimpleNamespace(InputBox=box))), host=ExcelHost())
    assert live.choose("单位？", ["元", "万元"], title="导入") == 1
    assert [live.choose("单位？", ["元", "万元"], title="导入") for _ in range(3)] == [None, None, None]
    assert asked[0] == "单位？\n1  元\n2  万元\n输入数字："


@pytest.mark.parametrize(("pressed", "said"), [("yes", True), ("no", False)])
def test_a_question_is_answered_with_yes_or_no(pressed: str, said: bool) -> None:
    told: list[dict[str, object]] = []

    def alert(prompt: str, **how: object) -> str:
        told.append(how)
        return pressed

    live = LiveBook(SimpleNamespace(app=SimpleNamespace(alert=alert)), host=ExcelHost())
    assert live.ask("写入吗？", title="导入") is said
    assert told == [{"title": "导入", "buttons": "yes_no", "mode": "info"}]


@pytest.mark.parametrize(
    ("error", "busy"),
    [
        *[(ComError(code), True) for code in sorted(BUSY)],
        (ComError(-2147352567, -2146777998), True),  # while a cell is being edited
        (ComError(-2147352567, -2146827284), False),  # error 1004
        (ValueError(), False),
        (type("ExcelBusyError", (Exception,), {})(), True),
    ],
)
def test_a_busy_excel_is_told_from_one_that_refuses(error: Exception, busy: bool) -> None:
    assert ExcelHost().is_busy(error) is busy


def _patience(*, seconds: float) -> tuple[Patience, list[float]]:
    slept: list[float] = []
    return Patience(ExcelHost(), seconds, sleep=slept.append, clock=lambda: sum(slept)), slept


def test_a_busy_excel_is_asked_again() -> None:
    patience, slept = _patience(seconds=15)
    answers: Iterator[object] = iter([ComError(-2147418111), ComError(-2146777998), "there"])

    def call() -> object:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert patience(call) == "there"
    assert len(slept) == 2


def test_but_not_for_ever() -> None:
    patience, slept = _patience(seconds=15)

    def call() -> object:
        raise ComError(-2147418111)

    with pytest.raises(Busy) as failure:
        patience(call)
    assert 15 <= sum(slept) < 16
    assert "正在编辑" in failure.value.message and "Esc" in failure.value.fix
    slept.clear()
    with pytest.raises(Busy):
        patience(call)
    assert sum(slept) <= 2.25, "a second call that is refused does not take as long again"


def test_other_errors_are_not_waited_for() -> None:
    patience, slept = _patience(seconds=15)
    with pytest.raises(ComError):
        patience(lambda: FakeSheet(password="x").Unprotect(""))
    assert slept == []


def test_xlwings_itself_tries_once(monkeypatch: pytest.MonkeyPatch) -> None:
    xlwings: Any = load_xlwings()
    module = SimpleNamespace(N_COM_ATTEMPTS=0)
    monkeypatch.setattr(xlwings, "_xlwindows", module, raising=False)
    load_xlwings()
    assert module.N_COM_ATTEMPTS == 1


def test_xlwings_is_imported_without_pandas_and_pandas_can_be_imported_afterwards() -> None:
    code = (
        "import sys; from xl_lianbing.excel.live.start import load_xlwings; load_xlwings(); "
        "assert 'xlwings' in sys.modules; "
        "assert not {'pandas', 'numpy', 'polars', 'matplotlib'} & set(sys.modules), 'imported'; "
        "import pandas, numpy; assert pandas.DataFrame and numpy.array"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# -- what is selected --


def _selected_in(book: Any, cells: Any) -> Any:
    book.app = SimpleNamespace(selection=cells)
    return LiveBook(book, host=ExcelHost()).selected()


def test_the_selection_is_that_of_the_workbook_in_front() -> None:
    cells = SimpleNamespace(
        sheet=SimpleNamespace(name="综合排名", book=SimpleNamespace(name="总表.xlsm")), row=7, column=2
    )
    assert _selected_in(_book(), cells) == Spot("综合排名", 7, 2)
    cells.sheet.book.name = "别的.xlsx"
    assert _selected_in(_book(), cells) is None
    assert _selected_in(_book(), None) is None, "a chart is selected"


# -- workbooks found from outside --


class FakeApp:
    def __init__(self, books: list[str], protected: list[str]) -> None:
        self.engine = SimpleNamespace(name="excel")
        self.books = [SimpleNamespace(fullname=name, name=PurePosixPath(name).name) for name in books]
        views = [SimpleNamespace(SourcePath=str(Path(p).parent), SourceName=Path(p).name) for p in protected]
        self.api = SimpleNamespace(ProtectedViewWindows=views)


@pytest.fixture
def excel(monkeypatch: pytest.MonkeyPatch) -> list[FakeApp]:
    """The running Excels."""
    xlwings: Any = load_xlwings()
    running: list[FakeApp] = []
    monkeypatch.setattr(xlwings, "apps", running)
    monkeypatch.setattr(xlwings, "engines", [object()])
    return running


MASTER = Path("/甲/总表.xlsm")


def test_an_open_workbook_is_found(excel: list[FakeApp]) -> None:
    excel.append(FakeApp(["/甲/别的.xlsx", "/甲/../甲/总表.xlsm"], []))
    found = live_open.open_book(MASTER)
    assert found is not None and found.name == "总表.xlsm"


def test_a_closed_one_is_not(excel: list[FakeApp]) -> None:
    excel.append(FakeApp(["/甲/别的.xlsx"], []))
    assert live_open.open_book(MASTER) is None


def test_the_same_workbook_open_twice_is_refused(excel: list[FakeApp]) -> None:
    excel += [FakeApp([str(MASTER)], []), FakeApp([str(MASTER)], [])]
    with pytest.raises(MasterLocked, match="两个 Excel"):
        live_open.open_book(MASTER)


def test_protected_view_is_refused(excel: list[FakeApp]) -> None:
    excel.append(FakeApp([], [str(MASTER)]))
    with pytest.raises(MasterLocked, match="受保护的视图") as failure:
        live_open.open_book(MASTER)
    assert "启用编辑" in failure.value.fix


def test_another_workbook_of_that_name_is_refused(excel: list[FakeApp]) -> None:
    excel.append(FakeApp(["/乙/总表.xlsm"], []))
    with pytest.raises(MasterLocked, match="/乙/总表.xlsm"):
        live_open.open_book(MASTER)


# -- the desktop --


def test_a_folder_or_file_is_shown_by_windows_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: list[str] = []
    monkeypatch.setattr(os, "startfile", started.append, raising=False)
    assert windows.open_path(tmp_path)
    assert started == [str(tmp_path)]


def test_a_file_that_no_program_opens_is_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def start(path: str) -> None:
        raise OSError(1155, "no application is associated")

    monkeypatch.setattr(os, "startfile", start, raising=False)
    assert not windows.open_path(tmp_path / "得分说明.txt")


def test_without_a_file_manager_nothing_is_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "startfile", None, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not windows.open_path(tmp_path)


def test_the_message_box_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    import ctypes

    shown: list[tuple[object, ...]] = []
    user32 = SimpleNamespace(MessageBoxW=lambda *arguments: shown.append(arguments))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
    ExcelHost().message_box("出错", "大练兵", serious=True)
    ExcelHost().message_box("完成", "大练兵", serious=False)
    assert shown == [(0, "出错", "大练兵", 0x10), (0, "完成", "大练兵", 0x40)]


def test_a_message_is_not_lost_where_there_is_no_message_box(capsys: pytest.CaptureFixture[str]) -> None:
    windows.message_box("出错", "大练兵", serious=True)
    assert capsys.readouterr().err == "大练兵：出错\n"


def test_a_message_that_excel_cannot_show_is_shown_by_windows() -> None:
    told: list[tuple[str, str]] = []

    class Host(ExcelHost):
        def message_box(self, message: str, title: str, *, serious: bool) -> None:
            told.append((title, message))

    def alert(*_: object, **__: object) -> None:
        raise ComError(-2147418111)

    book: Any = SimpleNamespace(app=SimpleNamespace(alert=alert))
    LiveBook(book, host=Host()).tell("正忙", title="大练兵")
    assert told == [("大练兵", "正忙")]


def test_excel_is_known_by_the_name_of_its_engine() -> None:
    assert isinstance(HOSTS["excel"], ExcelHost)
