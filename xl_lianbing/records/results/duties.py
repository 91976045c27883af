"""The duties of 通知 and 任务分解 (D1, D4, D6): 进度调度, 宣传培训, 任务看板."""

from __future__ import annotations

from typing import Final

from xl_lianbing.glossary import DutyState, PaceState, TaskState
from xl_lianbing.records.results.tab import MONTHLY, Field, I, Look, Mark, Signal, T, W, one_table

_BULLETINS: Final = Field(f"{MONTHLY}月简报/信息", I, 14)


def monthly(month: int) -> str:
    """The header of a month's 简报 and 信息."""
    return _BULLETINS.header.replace(MONTHLY, str(month))


DISPATCH = one_table(
    "进度调度",
    "进度调度",
    Field("期次", T, 14),
    Field("单位", T, 16),
    Field("案件数", I, 10),
    Field("罚款金额(万元)", Look.MONEY, 15),
    Field("重大案件", I, 10),
    Field("复议案件", I, 10),
    Field("复议纠正", I, 10),
    Field("进度比", Look.RATIO, 10),
    Field("状态", T, 10),
    Field("说明", W, 60),
    Field("应有案件", Look.NUMBER, 10, helper=True),
    marks=(Mark("状态", PaceState.SLOW, Signal.PENDING), Mark("状态", PaceState.SILENT, Signal.FAINT)),
    note="还没有调度过：点“进度调度”，程序把上一期各单位的进度列在这里，并写出通报。请不要在本表录入。",
    duties=(("dispatch.pace", "进度比低于{}的为偏慢。"),),
)
PUBLICITY_DUTY = one_table(
    "宣传培训",
    "宣传报道与学习培训情况",
    Field("单位", T, 16),
    _BULLETINS,
    Field("专栏文章", I, 10),
    Field("培训人次", I, 10),
    Field("覆盖率", Look.SHARE, 10),
    Field("是否达标", T, 10),
    Field("说明", W, 60),
    marks=(Mark("是否达标", DutyState.SHORT, Signal.PENDING), Mark("是否达标", DutyState.NOT_DUE, Signal.FAINT)),
    duties=(
        ("duty.bulletins_per_month", "简报、信息每月合计不少于{}期（篇）。"),
        ("duty.supervision_bulletins", "监察支队合计不少于{}篇。"),
        ("duty.department_bulletins", "市局其他部门各不少于{}篇。"),
        ("training.coverage_cap", "覆盖率最高按{}计算。"),
    ),
)
TASK_BOARD = one_table(
    "任务看板",
    "任务看板",
    Field("编号", T, 8),
    Field("时间节点", T, 18),
    Field("截止日期", Look.DATE, 12),
    Field("任务", W, 60),
    Field("责任部门", W, 26),
    Field("市局完成情况", T, 10),
    Field("市本级填报", T, 10),
    Field("县区已完成", T, 10),
    Field("状态", T, 10),
    Field("逾期天数", I, 9),
    marks=(
        Mark("状态", TaskState.OVERDUE, Signal.BAD),
        Mark("状态", TaskState.NEAR, Signal.PENDING),
        Mark("状态", TaskState.DONE, Signal.GOOD),
    ),
    row_height=44,
)
