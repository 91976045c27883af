"""Excel on Windows: the few things for which xlwings has no name of its own, through its COM objects."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xl_lianbing.errors import LianbingError, MasterLocked
from xl_lianbing.excel.live.host import password_protected

if TYPE_CHECKING:
    import xlwings as xw

#: HRESULTs of a busy program: RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER, VBA_E_IGNORE (a cell being edited).
BUSY: Final = frozenset({-2147418111, -2147417846, -2146777998})
_FILL_FORMATS: Final = 3  # XlAutoFillType.xlFillFormats
_NO_LINE: Final = -4142  # XlLineStyle.xlLineStyleNone
#: XlBordersIndex left, bottom, right, inside vertical, inside horizontal: the top edge is the last row's, too.
_EDGES: Final = (7, 9, 10, 11, 12)
_TEXT: Final = 2  # what Application.InputBox takes
_ALLOWED: Final = (
    "AllowFormattingCells",
    "AllowFormattingColumns",
    "AllowFormattingRows",
    "AllowInsertingColumns",
    "AllowInsertingRows",
    "AllowInsertingHyperlinks",
    "AllowDeletingColumns",
    "AllowDeletingRows",
    "AllowSorting",
    "AllowFiltering",
    "AllowUsingPivotTables",
)
_CORRECTIONS: Final = ("AutoExpandListRange", "AutoFillFormulasInLists")


@dataclass(frozen=True, slots=True)
class Protection:
    """The arguments of `Worksheet.Protect` that give the same protection again."""

    drawings: bool
    contents: bool
    scenarios: bool
    allowed: tuple[bool, ...]


class ExcelHost:
    """A Host over Excel's COM objects (`.api` of xlwings)."""

    def refusal(self, book: xw.Book) -> LianbingError | None:
        if not book.api.ReadOnly:
            return None
        return MasterLocked(
            f"《{book.name}》是以只读方式打开的：可能在另一个 Excel 窗口或另一台电脑上已经打开，"
            "或者文件、文件夹是只读的。",
            "请关闭所有打开的总表，在文件属性中去掉“只读”，只打开一次，再点按钮。",
        )

    def is_unchanged(self, book: xw.Book) -> bool:
        return bool(book.api.Saved)

    def save_copy(self, book: xw.Book, path: Path) -> None:
        book.api.SaveCopyAs(str(path))

    def uses_1904(self, book: xw.Book) -> bool:
        return bool(book.api.Date1904)

    def unlock(self, sheet: xw.Sheet) -> Protection | None:
        api = sheet.api
        if not (api.ProtectContents or api.ProtectDrawingObjects or api.ProtectScenarios):
            return None
        options = api.Protection
        found = Protection(
            bool(api.ProtectDrawingObjects),
            bool(api.ProtectContents),
            bool(api.ProtectScenarios),
            tuple(bool(getattr(options, name)) for name in _ALLOWED),
        )
        try:
            api.Unprotect("")  # with no argument Excel would ask the user for the password
        except Exception as error:
            if self.is_busy(error):
                raise
            raise password_protected(sheet.book.name, sheet.name) from error
        if api.ProtectContents:
            raise password_protected(sheet.book.name, sheet.name)
        return found

    def lock(self, sheet: xw.Sheet, protection: object) -> None:
        assert isinstance(protection, Protection)
        # by position: Password, DrawingObjects, Contents, Scenarios, UserInterfaceOnly, then what is allowed
        sheet.api.Protect(
            "", protection.drawings, protection.contents, protection.scenarios, False, *protection.allowed
        )

    def show_all_rows(self, sheet: xw.Sheet) -> None:
        for table in sheet.tables:
            if table.show_autofilter and table.api.AutoFilter.FilterMode:
                table.api.AutoFilter.ShowAllData()
        if sheet.api.FilterMode:
            sheet.api.ShowAllData()

    def format_like(self, model: xw.Range, rows: xw.Range) -> None:
        # AutoFill needs no clipboard, which belongs to the user
        model.api.AutoFill(model.sheet.range(model, rows).api, _FILL_FORMATS)
        height = model.row_height
        if height is not None and height != model.sheet.api.StandardHeight:
            rows.row_height = height

    def remove_borders(self, rows: xw.Range) -> None:
        for edge in _EDGES:
            rows.api.Borders(edge).LineStyle = _NO_LINE

    @contextmanager
    def quiet(self, app: xw.App) -> Iterator[None]:
        """Excel would lengthen a table, or fill a column with a formula, while the cells below it are written."""
        correct: Any = app.api.AutoCorrect
        before = {name: getattr(correct, name) for name in _CORRECTIONS}
        try:
            for name in _CORRECTIONS:
                setattr(correct, name, False)
            yield
        finally:
            for name, value in before.items():
                with contextlib.suppress(Exception):  # the other one must be restored all the same
                    setattr(correct, name, value)

    def is_busy(self, error: BaseException) -> bool:
        if type(error).__name__ == "ExcelBusyError":  # xlwings' own
            return True
        details: Any = getattr(error, "excepinfo", None) or ()
        return bool(BUSY.intersection({getattr(error, "hresult", None), details[5] if len(details) > 5 else None}))

    def choose_files(self, app: xw.App, title: str, endings: Sequence[str]) -> list[Path]:
        pattern = ";".join(f"*{ending}" for ending in endings)
        label = f"{title} ({pattern}),{pattern}"
        chosen = app.api.GetOpenFilename(FileFilter=label, Title=title, MultiSelect=True)
        return [Path(name) for name in chosen] if isinstance(chosen, tuple | list) else []

    def ask_text(self, app: xw.App, question: str, title: str) -> str | None:
        answer = app.api.InputBox(Prompt=question, Title=title, Type=_TEXT)
        return answer if isinstance(answer, str) else None

    def message_box(self, message: str, title: str, *, serious: bool) -> None:
        message_box(message, title, serious=serious)


def bound_attempts() -> None:
    """xlwings repeats a call for ever while Excel rejects it: one attempt, the rest is `Patience`'s."""
    import xlwings

    if hasattr(xlwings, "_xlwindows"):
        xlwings._xlwindows.N_COM_ATTEMPTS = 1


def protected_view(app: xw.App) -> list[str]:
    """The files that are open in Protected View, where no program may read or write them."""
    windows = app.api.ProtectedViewWindows
    return [os.path.join(str(w.SourcePath), str(w.SourceName)) for w in windows]  # noqa: PTH118 (may be a URL)


def message_box(message: str, title: str, *, serious: bool) -> None:
    """The system's own message box; on standard error where there is none."""
    try:
        from ctypes import windll  # type: ignore[attr-defined,unused-ignore]
    except ImportError:
        import sys

        print(f"{title}：{message}", file=sys.stderr)
        return
    windll.user32.MessageBoxW(0, message, title, 0x10 if serious else 0x40)


def open_path(path: Path) -> bool:
    """Opens a folder or a file as a double click does; False if nothing here can."""
    start = getattr(os, "startfile", None)
    if start is not None:
        try:
            start(str(path))
        except OSError:  # no program for it, or none is allowed
            return False
        return True
    program = shutil.which("xdg-open")
    if program is None:
        return False
    subprocess.Popen([program, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return True
