"""What the results rest on: 口径台账, and 运行记录."""

from __future__ import annotations

from xl_lianbing.glossary import YesNo
from xl_lianbing.records.results.tab import Field, Grid, I, Look, Mark, R, ResultTab, Signal, T, W, one_table

READINGS = ResultTab(
    "口径台账",
    "口径台账",
    (
        Grid(
            "口径台账",
            (
                Field("编号", T, 8),
                Field("原文", W, 50),
                Field("依据", W, 14),
                Field("现行口径", T, 18),
                Field("其他口径", W, 24),
                Field("若改用其他口径名单是否变化", T, 16),
                Field("变化内容", W, 50),
                Field("其他口径的含义", W, 46),
            ),
            marks=(Mark("若改用其他口径名单是否变化", YesNo.YES, Signal.PENDING),),
        ),
        Grid(
            "名次区间表",
            (
                Field("单位", T, 18),
                Field("层级", T, 8),
                Field("现名次", R, 8),
                Field("最好名次", I, 9),
                Field("最差名次", I, 9),
                Field("名单是否会变", T, 10),
                Field("使名单变化的口径", W, 22),
                Field("姓名", T, 14),
                Field("各组合下的状态", W, 20),
                Field("图中起点", Look.NUMBER, 9),
                Field("较好", I, 7),
                Field("现位", I, 7),
                Field("较差", I, 7),
            ),
            first_column=10,
            marks=(Mark("名单是否会变", YesNo.YES, Signal.PENDING, "名单是否会变", "使名单变化的口径"),),
        ),
        Grid(
            "待确认数值表",
            (
                Field("规则编号", T, 10),
                Field("规则项目", T, 30),
                Field("现值", Look.NUMBER, 12),
                Field("向下可变到", T, 20),
                Field("向上可变到", T, 20),
                Field("名单变为", W, 60),
            ),
            first_column=25,
        ),
    ),
    row_height=48,
    scale=48,
)
RUNS = one_table(
    "运行记录",
    "运行记录",
    Field("时间", Look.TIME, 19),
    Field("操作", T, 12),
    Field("规则包", T, 20),
    Field("程序版本", T, 12),
    Field("输入摘要", T, 24),
    Field("结果摘要", T, 24),
    Field("用时", T, 10),
    Field("读入与计入", W, 60),
    Field("规则包摘要", T, 24),
    Field("录入表摘要", T, 24),
    Field("填报表摘要", T, 24),
    row_height=44,
)
