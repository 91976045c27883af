"""数据字典: every column of the returns and of the master, as Markdown made from the records themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from xl_lianbing.records.column import Column, Layout, Record, Scored
from xl_lianbing.records.inputs import INPUT_TABS, RULES_HEADERS, RULES_TAB
from xl_lianbing.records.results import RESULT_TABS
from xl_lianbing.records.returns import RETURN_SHEETS

_HEADERS = ("表头", "类型", "必填", "选项", "单位", "用于规则", "说明")
_INTRODUCTION = """# 数据字典

本文由程序按各表的定义生成，请勿手工修改。重新生成：`python -m xl_lianbing.upkeep.documents`

- 表头是与其他程序约定的名称：只会在后面增加列，不改名、不调换次序。
- 读取时按表头的文字找列，不看列的位置；表头里的空格、换行和 `*` 不影响。
- 数据从表头的下一行开始，超出表格边框的行同样读取。
- “必填”为“得分”的，空着或认不出时，该行按阻断问题列出，不计入（规则 B2.10）。
- “必填”为“按年度”的，只在当年规则或所选口径用到时如此。"""


def dictionary() -> str:
    """The data dictionary of returns (填报表), input tabs and result tabs of the master, as Markdown."""
    return "\n".join(_lines()) + "\n"


def markdown_table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table; line breaks and bars inside a cell are kept from breaking it."""
    lines = [_row(headers), "|" + "---|" * len(headers)]
    return lines + [_row(row) for row in rows]


def _lines() -> Iterator[str]:
    yield from (_INTRODUCTION, "", "## 填报表（由各单位填写）")
    for sheet in RETURN_SHEETS:
        yield from _section(sheet)
    yield from ("", "## 总表：录入（由市局录入或粘贴）", "", f"### {RULES_TAB}", "")
    yield f"列：{'、'.join(RULES_HEADERS)}。只能改“取值”。各项取值及依据见规则包。"
    for sheet in INPUT_TABS:
        yield from _section(sheet)
    yield from ("", "## 总表：结果（由程序写，每次运行整张重写）", "")
    yield from markdown_table(
        ("工作表", "表格", "列"), ((t.name, g.name, "、".join(g.headers)) for t in RESULT_TABS for g in t.grids)
    )


def _section(sheet: type[Record]) -> Iterator[str]:
    yield from ("", f"### {sheet.sheet}", "", f"{sheet.title}。{_layout(sheet)}", "")
    yield from markdown_table(_HEADERS, map(_cells, sheet.columns().values()))


def _layout(sheet: type[Record]) -> str:
    if sheet.layout is Layout.FORM:
        return "两列：项目、填写内容；下面每行是一个项目。"
    columns = sheet.columns()
    same = "、".join(columns[field].header for field in sheet.key)
    return f"每行一条记录；{same}相同的视为重复。" if same else "每行一条记录。"


def _cells(column: Column) -> tuple[str, ...]:
    return (
        column.header,
        str(column.type),
        _required(column),
        "、".join(column.choices),
        column.unit,
        "、".join(column.rules),
        _explained(column),
    )


def _required(column: Column) -> str:
    if column.feature and (column.required or column.scored is not Scored.NEVER):
        return "是（按年度）" if column.required else "按年度"
    if column.scored is Scored.ALWAYS:
        return "是（得分）" if column.required else "得分"
    if column.scored is Scored.COMPLETE:
        return "是（数据齐备时）"
    if column.scored is not Scored.NEVER:
        return "是（按年度）" if column.required else "按年度"
    return "是" if column.required else ""


def _explained(column: Column) -> str:
    parts = [column.help, re.sub(r"\{.*?\}", "〔当年规定〕", column.duty), _limits(column)]
    if column.aliases:
        parts.append(f"表头也可写作：{'、'.join(column.aliases)}。")
    return "".join(parts)


def _limits(column: Column) -> str:
    limits = []
    if column.minimum is not None:
        limits.append(f"不小于{column.minimum}")
    if column.maximum is not None:
        limits.append(f"不大于{column.maximum}")
    if column.places:
        limits.append(f"最多{column.places}位小数")
    if column.max_chars is not None:
        limits.append(f"最多{column.max_chars}字")
    return f"{'，'.join(limits)}。" if limits else ""


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"
