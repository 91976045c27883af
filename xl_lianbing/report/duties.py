"""宣传培训 and 任务看板 (D1.3, D4, D6), with the day they speak of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from xl_lianbing.excel.values import Cell
from xl_lianbing.intake.master.earlier import EarlierRun
from xl_lianbing.records.results import PUBLICITY_DUTY, TASK_BOARD
from xl_lianbing.records.results.duties import monthly
from xl_lianbing.report.blocks import Block, ByHeader, note, table
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.duties import Duty, Month
from xl_lianbing.scoring.tasks import Standing

NOT_DUE: Final = "未到期"
UNKNOWN: Final = "无法计算"


def duty_blocks(duties: Sequence[Duty], rules: Ruleset, day: date, earlier: EarlierRun) -> list[Block]:
    """One row a unit; a month that is not over says so, and is not 0. Nothing for a master of an older version."""
    months = rules.pack.months
    tab = PUBLICITY_DUTY.of_months([month for _, month in months])
    if not earlier.has(tab):
        return []
    rows: list[ByHeader] = [
        {
            "单位": duty.unit.name,
            **{monthly(month[1]): _month(duty, month) for month in months},
            "专栏文章": _known(duty.articles),
            "培训人次": _known(duty.heads),
            "覆盖率": _known(duty.coverage),
            "是否达标": duty.state,
            "说明": "；".join(duty.remarks),
        }
        for duty in duties
    ]
    words = [text.format(rules.number(key)) for key, text in tab.duties if key in rules.pack.by_key]
    return [table(tab, tab.grid, rows), note(tab, f"截至{day}；当月没有结束的不评定。", *words)]


def _month(duty: Duty, month: Month) -> Cell:
    if month in duty.running:
        return NOT_DUE
    return UNKNOWN if duty.months is None else duty.months[month]


def _known(value: Cell) -> Cell:
    return UNKNOWN if value is None else value


def task_blocks(standings: Sequence[Standing], day: date, earlier: EarlierRun) -> list[Block]:
    """Nothing for a master of an older version."""
    if not earlier.has(TASK_BOARD):
        return []
    rows: list[ByHeader] = [
        {
            "编号": standing.task.code,
            "时间节点": standing.task.period,
            "截止日期": standing.task.due,
            "任务": standing.task.text,
            "责任部门": standing.task.departments,
            "市局完成情况": standing.task.state,
            "市本级填报": standing.city,
            "县区已完成": f"{standing.counties}/{standing.all_counties}",
            "状态": standing.state,
            "逾期天数": standing.overdue or None,
        }
        for standing in standings
    ]
    told = f"截至{day}。状态按“任务分解”的完成情况和截止日期；做完的请在那里改为“已完成”。"
    return [
        table(TASK_BOARD, TASK_BOARD.grid, rows),
        note(TASK_BOARD, told if rows else f"截至{day}。“任务分解”里没有任务。"),
    ]
