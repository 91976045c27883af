"""How far the reviews are (R1–R4): 评审进度."""

from __future__ import annotations

from xl_lianbing.glossary import ReviewState
from xl_lianbing.records.results.tab import Field, I, Look, Mark, Signal, T, W, one_table

REVIEW_PROGRESS = one_table(
    "评审进度",
    "案卷评审和事迹评审的进度",
    Field("评审人", T, 12),
    Field("类型", T, 8),
    Field("应评", I, 8),
    Field("已评", I, 8),
    Field("未评", I, 8),
    Field("状态", T, 10),
    Field("平均分", Look.POINTS, 10),
    Field("与同卷其他评审平均相差", Look.POINTS, 14),
    Field("说明", W, 60),
    marks=(
        Mark("状态", ReviewState.NONE, Signal.BAD),
        Mark("状态", ReviewState.SOME, Signal.PENDING),
        Mark("状态", ReviewState.DONE, Signal.GOOD),
    ),
    row_height=30,
    note="还没有数据：发出评审表（xl-lianbing review 文件夹 --out）之后自动填写，请不要在本表录入。",
)
