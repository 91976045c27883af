"""Ranks and shortlists (B10, C): 综合排名, 先进集体候选, 先进个人得分, 先进个人候选, 公示名单."""

from __future__ import annotations

from typing import Final

from xl_lianbing.glossary import AdjustmentKind, Filing, Selection, YesNo
from xl_lianbing.records.results.tab import Field, Grid, I, Look, Mark, P, R, ResultTab, Signal, T, W, one_table

#: How far a unit or a person came.
SELECTION: Final = (
    Mark("状态", Selection.VETOED, Signal.BAD),
    Mark("状态", Selection.TIED, Signal.PENDING),
    Mark("状态", Selection.SELECTED, Signal.GOOD),
    Mark("状态", Selection.MISSING, Signal.FAINT),
)
#: The total as formulas compare it.
COMPARED: Final = "比较用总分"
RANKING = one_table(
    "综合排名",
    "综合评价排名",
    Field("名次", R, 7),
    Field("单位", T, 18),
    Field("层级", T, 8),
    Field("案卷质量", P, 11),
    Field("查处案件", P, 11),
    Field("满意度", P, 11),
    Field("加减分", P, 9),
    Field("总分", P, 11),
    Field("发表文章", I, 10),
    Field("一票否决", W, 24),
    Field("状态", T, 11),
    Field("说明", W, 36),
    Field("参与评选", T, 10, helper=True),
    Field("名额", I, 8, helper=True),
    Field("所属市级", T, 14, helper=True),
    Field("名册序号", I, 8, helper=True),
    Field("市内次序", I, 8, helper=True),
    *(Field(f"{kind}登记", P, 10, helper=True) for kind in AdjustmentKind),
    Field(COMPARED, Look.NUMBER, 14, helper=True),
    Field("并列末位", T, 10, helper=True),
    Field("名单末位", T, 10, helper=True),
    marks=(Mark("一票否决", YesNo.NO, Signal.BAD, but=True), *SELECTION),
    row_height=36,
)
MODEL_UNITS = one_table(
    "先进集体候选",
    "先进集体候选名单",
    Field("序号", R, 7),
    Field("单位", T, 18),
    Field("层级", T, 8),
    Field("总分", P, 11),
    Field("发表文章", I, 10),
    Field("状态", T, 11),
    Field("理由", W, 60),
    marks=SELECTION,
    row_height=36,
)
OFFICER_POINTS = one_table(
    "先进个人得分",
    "先进个人得分",
    Field("名次", R, 7),
    Field("姓名", T, 12),
    Field("单位", T, 18),
    Field("办案数", I, 9),
    Field("办案得分", P, 11),
    Field("案卷得分", P, 11),
    Field("投票得分", P, 11),
    Field("事迹得分", P, 11),
    Field("总分", P, 11),
    Field("状态", T, 11),
    Field("说明", W, 28),
    Field("专家评审", P, 11),
    Field("交叉评审", P, 11),
    Field("票数", I, 10),
    Field("事迹评分", P, 11),
    Field("一票否决", W, 26),
    Field("名额", I, 8, helper=True),
    *(Field(f"{filing}办案数", I, 10, helper=True) for filing in Filing),
    Field(COMPARED, Look.NUMBER, 14, helper=True),
    marks=SELECTION,
    row_height=36,
)
MODEL_OFFICERS = one_table(
    "先进个人候选",
    "先进个人候选名单",
    Field("序号", R, 7),
    Field("姓名", T, 12),
    Field("单位", T, 18),
    Field("总分", P, 11),
    Field("状态", T, 11),
    Field("理由", W, 60),
    marks=SELECTION,
    row_height=36,
)
PUBLIC_NOTICE = ResultTab(
    "公示名单",
    "公示名单",
    (
        Grid("公示集体", (Field("先进集体候选单位", T, 36),)),
        Grid("公示个人", (Field("先进个人候选人", T, 18), Field("所在单位", T, 30)), first_column=3),
    ),
    row_height=28,
    notice=True,
)
