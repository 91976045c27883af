"""The points of the indicators: 案卷质量得分, 查处案件得分, 满意度得分."""

from __future__ import annotations

from xl_lianbing.glossary import Filing, SubIndicator, Tier
from xl_lianbing.records.results.tab import Field, Grid, I, Look, P, ResultTab, T, W, one_table

FILE_POINTS = ResultTab(
    "案卷质量得分",
    "案卷质量得分",
    (
        Grid(
            "案卷得分表",
            (
                Field("单位", T, 16),
                Field("文书文号", T, 28),
                Field("案卷类别", T, 22),
                Field("专家评审", P, 10),
                Field("交叉评审", P, 10),
                Field("案卷得分", P, 10),
                Field("说明", W, 34),
                Field("案卷状态", T, 10),
                Field("同时计入", T, 14),
                Field("认定造假", W, 30),
            ),
        ),
        Grid(
            "案卷质量单位得分表",
            (
                Field("参评单位", T, 16),
                Field("层级", T, 8),
                Field("除数", I, 8),
                Field("案卷得分合计", P, 13),
                Field("平均分", P, 10),
                Field("记零分原因", W, 34),
                Field("案卷质量得分", P, 13),
            ),
            first_column=12,
        ),
    ),
    row_height=30,
)


def part_header(filing: Filing, published: bool, what: str) -> str:
    """A column of 案件构成表: cases (件数) or fines (罚款) that were filed and published like this."""
    return f"{filing}{'' if published else '未'}公开{what}"


CASE_POINTS = ResultTab(
    "查处案件得分",
    "查处违法案件数量得分",
    (
        Grid(
            "查处案件得分表",
            (
                Field("单位", T, 16),
                Field("层级", T, 8),
                Field("基准比例", Look.SHARE, 11),
                *(
                    Field(f"{sub}{part}", look, 14)
                    for sub in SubIndicator
                    for part, look in (
                        ("数值", Look.MONEY if sub is SubIndicator.FINES else I),
                        ("基准值", Look.NUMBER),
                        ("比值", Look.RATIO),
                        ("得分", P),
                    )
                ),
                Field("重点单位数", I, 12),
                Field("记零分原因", W, 24),
                Field("查处案件得分", P, 14),
            ),
            header_row=10,
        ),
        Grid(
            "全省总数表",
            (
                Field("全省总数", T, 24),
                Field("规则录入值", Look.NUMBER, 14),
                Field("参评单位合计", Look.NUMBER, 14),
                Field("采用值", Look.NUMBER, 14),
                Field("采用说明", T, 40),
            ),
            fixed_rows=4,  # cases, fines, major cases, key enterprises
        ),
        Grid(
            "案件构成表",
            (
                Field("填报单位", T, 16),
                Field("所属市级", T, 14),
                *(Field(part_header(f, published, "件数"), I, 11) for published in (True, False) for f in Filing),
                *(
                    Field(part_header(f, published, "罚款"), Look.MONEY, 14)
                    for published in (True, False)
                    for f in Filing
                ),
                Field("按日连续处罚金额", Look.MONEY, 14),
                Field("重大案件数", I, 11),
                Field("计分未公开件数", I, 11),
                Field("计分案件数", I, 11),
                Field("计分罚款", Look.MONEY, 14),
                Field("逐行明细", T, 24),
            ),
            header_row=10,
            first_column=20,
        ),
    ),
)


def tier_votes(tier: Tier) -> str:
    """A column of 满意度得分: the votes of one tier's units, whose most is looked for (L12)."""
    return f"{tier}票数"


SATISFACTION = one_table(
    "满意度得分",
    "执法公众满意度得分",
    Field("单位", T, 16),
    Field("票数", I, 10),
    Field("低于最高(%)", P, 14),
    Field("得分", P, 10),
    Field("层级", T, 8),
    Field("最高票数", I, 12),
    *(Field(tier_votes(tier), I, 12, helper=True) for tier in Tier),
)
