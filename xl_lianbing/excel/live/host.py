"""What the live workbook needs beyond xlwings' own interface: one implementation a spreadsheet program."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from xl_lianbing.errors import LianbingError, MasterLocked

if TYPE_CHECKING:
    import xlwings as xw


class Host(Protocol):
    """The program behind an xlwings engine."""

    def refusal(self, book: xw.Book) -> LianbingError | None:
        """Why nothing can be written into the book; None if it can."""

    def is_unchanged(self, book: xw.Book) -> bool:
        """Whether the file holds everything that the user sees."""

    def save_copy(self, book: xw.Book, path: Path) -> None:
        """Write the book as it is now to another file; the book itself stays as unsaved as it was."""

    def uses_1904(self, book: xw.Book) -> bool:
        """Whether the book counts days from 1904."""

    def unlock(self, sheet: xw.Sheet) -> object | None:
        """Take the protection off; returns what `lock` needs to put the same one back, None if there was none.

        Raises MasterLocked if it has a password.
        """

    def lock(self, sheet: xw.Sheet, protection: object) -> None:
        """Protect the sheet as it was."""

    def show_all_rows(self, sheet: xw.Sheet) -> None:
        """Show the rows that filters hide."""

    def format_like(self, model: xw.Range, rows: xw.Range) -> None:
        """Give the rows (below `model`, as wide) the formats and the height of the row `model`, nothing else."""

    def remove_borders(self, rows: xw.Range) -> None:
        """Of rows that are no longer part of a table."""

    def quiet(self, app: xw.App) -> AbstractContextManager[None]:
        """Settings that must be off while blocks are written and for which xlwings has no name."""

    def is_busy(self, error: BaseException) -> bool:
        """Whether the program refused a call only because it is busy (a cell being edited, a dialogue open)."""

    def choose_files(self, app: xw.App, title: str, endings: Sequence[str]) -> list[Path]:
        """The files that the user picks, [] for none."""

    def ask_text(self, app: xw.App, question: str, title: str) -> str | None:
        """What the user types; None if the question was put away."""

    def message_box(self, message: str, title: str, *, serious: bool) -> None:
        """A message that needs nothing of the program."""


def password_protected(book: str, sheet: str) -> MasterLocked:
    """The error for a sheet whose protection we cannot take off."""
    return MasterLocked(
        f"《{book}》的工作表“{sheet}”设了保护密码，写不进去。",
        "请在“审阅”→“撤销工作表保护”中输入密码撤销保护（不要再设密码），再点一次按钮。",
    )


class Busy(LianbingError):
    """The spreadsheet program answered none of the attempts."""

    def __init__(self) -> None:
        super().__init__(
            "Excel 正忙，没有响应：可能正在编辑某个单元格，或者有对话框没有关闭。",
            "按 Esc 或回车结束单元格的编辑，关闭打开的对话框，再点一次按钮。",
        )
