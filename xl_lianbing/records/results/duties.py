"""The duties of 通知 and 任务分解 (D1, D4, D6): 进度调度, 宣传培训. Not computed yet."""

from __future__ import annotations

from xl_lianbing.glossary import Selection, YesNo
from xl_lianbing.records.results.tab import Field, I, Look, Mark, Signal, T, one_table

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
    marks=(Mark("状态", "偏慢", Signal.PENDING), Mark("状态", Selection.MISSING, Signal.FAINT)),
    note="本表现在是空的：按期调度各单位办案进度的功能在以后的版本中提供，届时自动填写，不用手工录入。",
    duties=(("dispatch.pace", "进度比低于{}的为偏慢。"),),
)
PUBLICITY_DUTY = one_table(
    "宣传培训",
    "宣传报道与学习培训情况",
    Field("单位", T, 16),
    *(Field(f"{month}月简报/信息", I, 14) for month in range(6, 12)),
    Field("专栏文章", I, 10),
    Field("培训人次", I, 10),
    Field("覆盖率", Look.SHARE, 10),
    Field("是否达标", T, 10),
    marks=(Mark("是否达标", YesNo.NO, Signal.PENDING),),
    note="本表现在是空的：统计宣传培训是否达标的功能在以后的版本中提供，届时自动填写，不用手工录入。",
    duties=(
        ("duty.bulletins_per_month", "简报、信息每月合计不少于{}期（篇）。"),
        ("duty.supervision_bulletins", "监察支队合计不少于{}篇。"),
        ("duty.department_bulletins", "市局其他部门各不少于{}篇。"),
        ("training.coverage_cap", "覆盖率最高按{}计算。"),
    ),
)
