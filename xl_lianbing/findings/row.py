"""A finding as a row: the columns of 校核结果, and of everything else that lists findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from xl_lianbing.findings import Finding

#: The column that says what was so at the run before.
NOVELTY: Final = "进展"
_COLUMNS: Final[Mapping[str, Callable[[Finding], str]]] = {
    "级别": lambda f: f.severity,
    "编码": lambda f: f.code,
    "单位": lambda f: f.where.unit,
    "文件": lambda f: f.where.file,
    "工作表": lambda f: f.where.sheet,
    "单元格": lambda f: f.where.cell,
    "填写内容": lambda f: f.shown,
    "问题": lambda f: f.problem,
    "如何修改": lambda f: f.fix,
    "依据": lambda f: f.standing.basis or f.source,
    "谁来改": lambda f: f.audience,
    "影响": lambda f: f.standing.effect,
    NOVELTY: lambda f: f.standing.novelty,
    "依据原文": lambda f: f.standing.quote,
}
HEADERS: Final = tuple(_COLUMNS)


def row_of(found: Finding) -> dict[str, str]:
    """Header → what stands there."""
    return {header: told(found) for header, told in _COLUMNS.items()}
