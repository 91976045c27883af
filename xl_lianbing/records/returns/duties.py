"""宣传报道, 学习培训, 任务进展 (B10, D)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from xl_lianbing.glossary import Medium, Progress, PublicityKind, TrainingKind, YesNo
from xl_lianbing.records.column import CellType, Column, Record, Scored, choice, yes_no
from xl_lianbing.records.returns.shared import Number, Remark

#: Duties (D1, D6) as a pack has them.
_BULLETINS = "简报、信息每月合计不少于{duty.bulletins_per_month}期（篇）。"
_DEPARTMENTS = "监察支队合计不少于{duty.supervision_bulletins}篇，其他部门各不少于{duty.department_bulletins}篇。"
_COVERAGE = "培训覆盖率为单次最多参加人数除以执法人员总数，最高按{training.coverage_cap}计（1即100%）。"


class Publicity(Record):
    """宣传报道 (B10, D1)."""

    sheet: ClassVar[str] = "宣传报道"
    title: ClassVar[str] = "简报、信息和文章"

    number: Number = None
    dated: Annotated[
        date | None,
        Column("日期", CellType.DATE, window="activity", required=True, rules=("B10", "D1"), scored=Scored.ARTICLE),
    ] = None
    kind: Annotated[
        PublicityKind | None,
        choice(
            "类别",
            PublicityKind,
            required=True,
            duty=_BULLETINS,
            rules=("B10", "D1"),
            scored=Scored.ALWAYS,
        ),
    ] = None
    headline: Annotated[str | None, Column("标题", required=True, width=40, rules=("B10",), scored=Scored.ARTICLE)] = (
        None
    )
    medium: Annotated[Medium | None, choice("媒体", Medium, required=True, rules=("B10",), scored=Scored.ARTICLE)] = (
        None
    )
    campaign_column: Annotated[
        YesNo | None,
        yes_no(
            "是否大练兵专栏",
            required=True,
            help="是否发表在“环境执法大练兵”专栏。",
            rules=("B10",),
            scored=Scored.ARTICLE,
            feature="tie_break_articles",
        ),
    ] = None
    address: Annotated[str | None, Column("网址或版面", width=28)] = None
    remark: Remark = None
    department: Annotated[
        str | None,
        Column(
            "报送部门",
            width=14,
            help="市本级填监察支队、固管中心等部门名称。",
            duty=_DEPARTMENTS,
            rules=("D1",),
        ),
    ] = None


class Training(Record):
    """学习培训 (D6)."""

    sheet: ClassVar[str] = "学习培训"
    title: ClassVar[str] = "法律法规学习培训"

    number: Number = None
    dated: Annotated[date | None, Column("日期", CellType.DATE, window="activity", required=True, rules=("D6",))] = None
    kind: Annotated[TrainingKind | None, choice("形式", TrainingKind, required=True, rules=("D6",))] = None
    topic: Annotated[str | None, Column("主题", required=True, width=36, rules=("D6",))] = None
    heads: Annotated[
        int | None,
        Column(
            "参加人数",
            CellType.INTEGER,
            required=True,
            unit="人",
            duty=_COVERAGE,
            minimum=0,
            rules=("D6",),
        ),
    ] = None
    remark: Remark = None


class TaskProgress(Record):
    """任务进展 (D4)."""

    sheet: ClassVar[str] = "任务进展"
    title: ClassVar[str] = "任务完成情况"
    key: ClassVar[tuple[str, ...]] = ("code",)

    code: Annotated[str | None, Column("任务编号", required=True, rules=("D4",), help="与市局任务分解表一致。")] = None
    task: Annotated[str | None, Column("任务", width=60)] = None
    state: Annotated[Progress | None, choice("完成情况", Progress, required=True, rules=("D4",))] = None
    done_on: Annotated[date | None, Column("完成日期", CellType.DATE, rules=("D4",))] = None
    note: Annotated[str | None, Column("说明", width=30)] = None
