"""What may be typed into a column: its `Column` as a data validation of Excel, with Chinese hints and messages."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from xl_lianbing.records.column import CellType, Column

EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2049, 12, 31)
#: 万元 (1 亿元): catches amounts typed in 元.
MOST_MONEY: Final = 10_000
MOST_COUNT: Final = 1_000_000

_TITLE_CHARS = 32
_MESSAGE_CHARS = 255
_LIST_CHARS = 255

_TYPE_HINTS: Final[dict[CellType, str]] = {
    CellType.DATE: "填日期，例如 2017-08-31。",
    CellType.CHOICE: "点右边的小箭头，从列表中选。",
    CellType.INTEGER: "填整数。",
    CellType.NUMBER: "填数字。",
    CellType.MONEY: "填数字，单位万元。",
}


def type_hint(column: Column) -> str:
    """How to type the kind of value, with the unit; empty for plain text."""
    if column.type is CellType.INTEGER and column.unit:
        return f"填整数，单位：{column.unit}。"
    return _TYPE_HINTS.get(column.type, "")


def input_hint(column: Column, note: str = "") -> str:
    """The whole hint of a cell: required or not, help of the column, how to type it, and a note of the year."""
    lead = "【必填】" if column.required else "【选填】"
    return "".join((lead, column.help, type_hint(column), note))


def data_validation(column: Column, header: str, note: str = "") -> dict[str, Any]:
    """The validation of a column for `worksheet.data_validation`.

    Args:
        column: what the column holds.
        header: the header as the year writes it.
        note: more for the hint, e.g. the period that counts.
    """
    rule = _rule(column)
    rule |= {
        "input_title": header[:_TITLE_CHARS],
        "input_message": input_hint(column, note)[:_MESSAGE_CHARS],
        "ignore_blank": True,
    }
    if "error_message" in rule:
        rule |= {"error_title": f"“{header}”填写有误"[:_TITLE_CHARS], "error_type": "stop"}
    return rule


def _rule(column: Column) -> dict[str, Any]:
    match column.type:
        case CellType.CHOICE:
            if len(",".join(column.choices)) > _LIST_CHARS:
                raise ValueError(f"{column.header}: the list of choices is longer than Excel allows")
            return {
                "validate": "list",
                "source": list(column.choices),
                "error_message": f"只能填：{'、'.join(column.choices)}。请点单元格右边的小箭头，从列表中选。",
            }
        case CellType.DATE:
            return {
                "validate": "date",
                "criteria": "between",
                "minimum": EARLIEST,
                "maximum": LATEST,
                "error_message": "请填日期，年月日用短横线隔开，例如 2017-08-31，不要写成 2017.8.31 或 20170831。",
            }
        case CellType.INTEGER:
            low, high = _limits(column, MOST_COUNT)
            return _between("integer", low, high, f"请填 {low} 到 {high} 之间的整数，只填数字，不要写单位。")
        case CellType.NUMBER:
            low, high = _limits(column, MOST_COUNT)
            return _between("decimal", low, high, f"请填 {low} 到 {high} 之间的数字，不要写单位。")
        case CellType.MONEY:
            low, high = _limits(column, MOST_MONEY)
            return _between(
                "decimal", low, high, f"请填 {low} 到 {high} 之间的数字，单位是万元：20000元填2。不要写“元”“万元”等字。"
            )
        case CellType.TEXT | CellType.LONG_TEXT if column.max_chars:
            return {
                "validate": "length",
                "criteria": "<=",
                "value": column.max_chars,
                "error_message": f"最多{column.max_chars}字（含标点），请精简后再填。",
            }
        case _:
            return {"validate": "any"}


def _limits(column: Column, most: int) -> tuple[int, int]:
    low = 0 if column.minimum is None else column.minimum
    return low, most if column.maximum is None else column.maximum


def _between(kind: str, low: int, high: int, message: str) -> dict[str, Any]:
    return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high, "error_message": message}
