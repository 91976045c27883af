"""Workbooks for the tests of the buttons: sheets with code names, the buttons on the first one."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from xl_lianbing.excel.macros.buttons import BUTTONS

FRONT = "首页"


def write_button_book(path: Path, vba_project: bytes, code_names: Sequence[str]) -> None:
    """Write a workbook with one sheet a code name and all buttons on the first, 首页."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_vba_project(io.BytesIO(vba_project), is_stream=True)
        for number, name in enumerate(code_names):
            sheet = book.add_worksheet(FRONT if number == 0 else f"演示数据{number}")
            sheet.set_vba_name(name)
            if number:
                continue
            for position, button in enumerate(BUTTONS):
                sheet.insert_button(
                    2 + 3 * position,
                    1,
                    {"macro": button.macro, "caption": button.caption, "width": 120, "height": 36},
                )
