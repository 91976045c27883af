"""The workbook of the contract suite, and the two adapters over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from openpyxl import load_workbook

from tests.excel.read_back import ReadBack
from xl_lianbing.excel.protocol import OpenBook

RESULT, INPUT = "结果", "录入"
HEADER_ROW = 4


def write_contract_book(path: Path) -> None:
    """结果: protected, a table A4:D6 with formats in its first row, a note of a user in F8; 录入: the user's."""
    with xlsxwriter.Workbook(str(path)) as book:
        result, typed = book.add_worksheet(RESULT), book.add_worksheet(INPUT)
        formats = [
            book.add_format({"num_format": code, "border": 1}) for code in ("General", "yyyy-mm-dd", "0.00", "General")
        ]
        result.write("A1", "演示数据")
        headers = [{"header": name} for name in ("文本", "日期", "数值", "公式")]
        result.add_table("A4:D6", {"name": "结果表", "columns": headers, "style": None})
        for row in (4, 5):
            for column, style in enumerate(formats):
                result.write_blank(row, column, None, style)
        result.write("F8", "用户的备注")
        result.protect("", {"autofilter": True})
        typed.write_row("A1", ["单位", "数值"])
        typed.write_row("A2", ["演示单位", 12])


@dataclass(frozen=True)
class Subject:
    """One adapter over a copy of the workbook. `read`: what a sheet holds now; `protected`: whether a sheet is;
    `type_into`: as a user in the cell; `select`: cells of the sheet in front, or the sheet's first shape for ""."""

    kind: str
    book: OpenBook
    read: ReadBack
    protected: Callable[[str], bool]
    table_end: Callable[[], int]
    type_into: Callable[[str, str, str], None]
    engine: Any = None
    select: Callable[[str], None] = lambda cells: None


def closed_protected(path: Path, sheet: str) -> bool:
    return bool(load_workbook(path)[sheet].protection.sheet)


def closed_table_end(path: Path) -> int:
    return int(load_workbook(path)[RESULT].tables["结果表"].ref.rsplit("D", 1)[1])


def closed_typed(path: Path, sheet: str, address: str, text: str) -> None:
    """A user's edit: saved, as a closed file holds no other."""
    book = load_workbook(path)
    book[sheet][address] = text
    book.save(path)
