"""进度调度 (D1.1, D1.2): all issues sent, the newest first, and what the charts beside them show."""

from __future__ import annotations

from collections.abc import Sequence

from xl_lianbing.dispatch.issue import Issue
from xl_lianbing.excel.values import Cells
from xl_lianbing.intake.master.earlier import EarlierRun
from xl_lianbing.records.results import DISPATCH
from xl_lianbing.report.blocks import Block, ByHeader, note, table


def dispatch_blocks(issues: Sequence[Issue], earlier: EarlierRun) -> list[Block]:
    """`issues`: the oldest first; `earlier`: what columns the master has, made perhaps by an older version."""
    newest = issues[-1]
    rows: list[ByHeader] = [
        {
            "期次": issue.period.name,
            "单位": line.unit,
            **line.figures.by_item,
            "进度比": line.ratio,
            "状态": line.state,
            "说明": "；".join(line.remarks),
            "应有案件": line.expected,
        }
        for issue in reversed(issues)
        for line in issue.lines
    ]
    told = f"最新一期：{newest.label}（{newest.period.name}，截至{newest.period.end}）。"
    grid, there = DISPATCH.grid, earlier.headers.get(DISPATCH.name, DISPATCH.grid.headers)
    lacking = {f"{grid.letter(header)}{grid.header_row}": header for header in grid.headers if header not in there}
    return [
        table(DISPATCH, grid, rows),
        note(DISPATCH, told, "已发出的各期不再改动，后来的变化写作更正。"),
        *([Cells(DISPATCH.name, lacking)] if lacking else []),
    ]
