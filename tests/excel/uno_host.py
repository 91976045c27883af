"""LibreOffice as a host of the live workbook."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.libreoffice.uno_runtime import load_uno, property_value
from xl_lianbing.errors import LianbingError
from xl_lianbing.excel.live.host import password_protected

#: Names of files that the user picks where a dialogue asks for some.
CHOSEN = "LIANBING_TEST_FILES"
_FORMATS = (
    "CellBackColor",
    "CellProtection",
    "CellStyle",
    "CharColor",
    "CharFontName",
    "CharHeight",
    "CharWeight",
    "HoriJustify",
    "IsTextWrapped",
    "NumberFormat",
    "ParaIndent",
    "TableBorder2",
    "VertJustify",
)


class UnoHost:
    """A Host over UNO; `events` is what a test may look at."""

    def refusal(self, book: Any) -> LianbingError | None:
        return None

    def is_unchanged(self, book: Any) -> bool:
        return not book.api.isModified()

    def save_copy(self, book: Any, path: Path) -> None:
        book.api.storeToURL(path.as_uri(), (property_value("FilterName", "Calc MS Excel 2007 VBA XML"),))

    def uses_1904(self, book: Any) -> bool:
        return bool(book.api.NullDate.Year == 1904)

    def unlock(self, sheet: Any) -> object | None:
        if not sheet.api.isProtected():
            return None
        try:
            sheet.api.unprotect("")
        except load_uno().getClass("com.sun.star.lang.IllegalArgumentException"):
            raise password_protected(sheet.book.name, sheet.name) from None
        return "protected"

    def lock(self, sheet: Any, protection: object) -> None:
        assert protection == "protected"
        sheet.api.protect("")

    def show_all_rows(self, sheet: Any) -> None:
        pass

    def format_like(self, model: Any, rows: Any) -> None:
        for column in range(model.shape[1]):
            cell = model.api.getCellByPosition(column, 0)
            target = rows.api.getCellRangeByPosition(column, 0, column, rows.shape[0] - 1)
            target.setPropertyValues(_FORMATS, cell.getPropertyValues(_FORMATS))
        rows.api.Rows.Height = model.api.Rows.getByIndex(0).Height

    def remove_borders(self, rows: Any) -> None:
        rows.api.setPropertyValue("TableBorder2", load_uno().createUnoStruct("com.sun.star.table.TableBorder2"))

    @contextmanager
    def quiet(self, app: Any) -> Iterator[None]:
        yield

    def is_busy(self, error: BaseException) -> bool:
        return False

    def choose_files(self, app: Any, title: str, endings: Sequence[str]) -> list[Path]:
        return [Path(name) for name in os.environ.get(CHOSEN, "").split(os.pathsep) if name]

    def ask_text(self, app: Any, question: str, title: str) -> str | None:
        raise AssertionError(f"{title}：{question}")

    def message_box(self, message: str, title: str, *, serious: bool) -> None:
        raise AssertionError(f"{title}：{message}")
