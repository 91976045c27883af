"""What the bureau types or pastes into the master, one class a tab."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from xl_lianbing.glossary import (
    AdjustmentKind,
    Pollutant,
    Progress,
    ReviewKind,
    Tier,
    Verdict,
    VoteTarget,
    WaterClass,
    YesNo,
)
from xl_lianbing.records.column import CellType, Column, Record, Scored, choice, yes_no

RULES_TAB = "规则"
RULES_HEADERS = ("编号", "指标", "项目", "取值", "单位", "依据", "状态")

_FINES = ("罚款金额", "处罚金额", "罚款数额")
_UNIT_HELP = "与单位名册中的名称一致。"
UnitName = Annotated[
    str | None, Column("单位", required=True, width=16, help=_UNIT_HELP, scored=Scored.ALWAYS, aliases=("单位名称",))
]
PersonName = Annotated[str | None, Column("姓名", required=True, width=10, scored=Scored.ALWAYS)]


#: Where an imported row came from; empty in rows that a person typed.
Source = Annotated[
    str | None,
    Column(
        "来源",
        width=40,
        help="由“导入数据”填写：文件和行号。自己录入的行不填。",
        imported=True,
    ),
]


#: Of which form a review came; empty in rows that a person typed.
ReviewSource = Annotated[
    str | None,
    Column("来源", width=40, help="由“收回评审表”填写：评审表、行号和代号。自己录入的行不填。", imported=True),
]


def _mean(header: str) -> Column:
    """A yearly mean of a point: places enough for one that never ends (E8)."""
    return Column(
        header, CellType.NUMBER, required=True, unit="μg/m³", scored=Scored.ALWAYS, minimum=0, places=15, width=14
    )


def _valid_days(header: str) -> Column:
    return Column(
        header,
        CellType.INTEGER,
        unit="天",
        minimum=0,
        maximum=366,
        help="一年里有有效日均值的天数；少于规定天数的提醒。",
        rules=("B4.1",),
        imported=True,
    )


def _imported(header: str, type: CellType = CellType.TEXT, *, width: float = 12, identifier: bool = False) -> Column:
    """A further column of an export, which only an import fills."""
    return Column(header, type, width=width, identifier=identifier, imported=True)


def _score(header: str, maximum: int) -> Column:
    return Column(
        header,
        CellType.NUMBER,
        required=True,
        unit="分",
        width=11,
        scored=Scored.ALWAYS,
        minimum=0,
        maximum=maximum,
        places=6,
        help=f"0～{maximum}分。",
        rules=("B1.3",) if maximum == 100 else ("C4",),
    )


class RosterUnit(Record):
    sheet: ClassVar[str] = "单位名册"
    title: ClassVar[str] = "参评单位（市局自定）"
    key: ClassVar[tuple[str, ...]] = ("unit",)

    unit: Annotated[
        str | None,
        Column("单位", required=True, width=18, rules=("A1",), scored=Scored.ALWAYS, aliases=("单位名称",)),
    ] = None
    tier: Annotated[Tier | None, choice("层级", Tier, required=True, rules=("A1",), scored=Scored.ALWAYS)] = None
    division_code: Annotated[
        str | None, Column("行政区划代码", width=14, identifier=True, help="功能区没有代码的不填。", rules=("A1",))
    ] = None
    city: Annotated[str | None, Column("所属市", width=14, rules=("A2",))] = None
    recommended: Annotated[
        YesNo | None, yes_no("是否推荐", help="市局向省厅推荐的县级单位填“是”。", rules=("B1.4", "B10"))
    ] = None
    liaison: Annotated[str | None, Column("联络员")] = None
    email: Annotated[str | None, Column("邮箱", width=24)] = None


class SystemCase(Record):
    sheet: ClassVar[str] = "处罚系统数据"
    feature: ClassVar[str] = "export"
    title: ClassVar[str] = "环境行政处罚案件信息系统导出数据"

    decision_number: Annotated[
        str | None,
        Column(
            "处罚决定书文号",
            required=True,
            width=28,
            identifier=True,
            document=True,
            rules=("B2.6",),
            scored=Scored.ALWAYS,
        ),
    ] = None
    fine: Annotated[
        Decimal | None,
        Column("罚款金额(万元)", CellType.MONEY, unit="万元", width=15, aliases=_FINES, minimum=0, places=6),
    ] = None
    decided_on: Annotated[date | None, Column("决定日期", CellType.DATE)] = None
    entered_on: Annotated[date | None, Column("录入日期", CellType.DATE)] = None
    unit: Annotated[str | None, Column("单位", width=16)] = None
    party: Annotated[str | None, _imported("当事人名称", width=28)] = None
    credit_code: Annotated[str | None, _imported("统一社会信用代码", width=22, identifier=True)] = None
    violation: Annotated[str | None, _imported("违法行为类型", width=16)] = None
    cause: Annotated[str | None, _imported("案由", width=30)] = None
    penalty: Annotated[str | None, _imported("处罚种类", width=16)] = None
    filed_on: Annotated[date | None, _imported("立案日期", CellType.DATE)] = None
    closed_on: Annotated[date | None, _imported("结案日期", CellType.DATE)] = None
    source: Source = None


class PublishedCase(Record):
    sheet: ClassVar[str] = "公示数据"
    title: ClassVar[str] = "行政处罚信息公示（双公示）清单"

    decision_number: Annotated[
        str | None,
        Column(
            "处罚决定书文号",
            required=True,
            width=28,
            identifier=True,
            document=True,
            rules=("B2.7",),
        ),
    ] = None
    party: Annotated[str | None, Column("当事人名称", width=28)] = None
    credit_code: Annotated[str | None, Column("统一社会信用代码", width=22, identifier=True)] = None
    violation: Annotated[str | None, Column("违法行为类型", width=16)] = None
    fine: Annotated[
        Decimal | None,
        Column("罚款金额(万元)", CellType.MONEY, unit="万元", width=15, aliases=("罚款金额",), minimum=0, places=6),
    ] = None
    decided_on: Annotated[date | None, Column("决定日期", CellType.DATE)] = None
    published_on: Annotated[date | None, Column("公开日期", CellType.DATE)] = None
    address: Annotated[str | None, Column("公开网址", width=30)] = None
    unit: Annotated[str | None, Column("单位", width=16)] = None
    source: Source = None


class Review(Record):
    sheet: ClassVar[str] = "案卷评审"
    title: ClassVar[str] = "专家评审和交叉评审打分"

    unit: UnitName = None
    document_number: Annotated[
        str | None,
        Column(
            "文书文号",
            required=True,
            width=28,
            identifier=True,
            document=True,
            rules=("B1.3", "C3"),
            scored=Scored.ALWAYS,
        ),
    ] = None
    kind: Annotated[
        ReviewKind | None, choice("评审类型", ReviewKind, required=True, rules=("B1.3",), scored=Scored.ALWAYS)
    ] = None
    reviewer: Annotated[str | None, Column("评审人", required=True, width=12)] = None
    points: Annotated[Decimal | None, _score("得分", 100)] = None
    forged: Annotated[YesNo | None, yes_no("是否造假", rules=("B1.5",))] = None
    note: Annotated[str | None, Column("说明", width=30)] = None
    source: ReviewSource = None


class Vote(Record):
    sheet: ClassVar[str] = "公众投票"
    title: ClassVar[str] = "公众满意度投票"

    target: Annotated[
        VoteTarget | None, choice("对象类型", VoteTarget, required=True, rules=("B3", "C3"), scored=Scored.ALWAYS)
    ] = None
    unit: UnitName = None
    name: Annotated[str | None, Column("姓名", help="对象类型是个人时填写。")] = None
    votes: Annotated[
        int | None,
        Column("票数", CellType.INTEGER, required=True, unit="票", minimum=0, rules=("B3",), scored=Scored.ALWAYS),
    ] = None
    source: Source = None


class AirPoint(Record):
    sheet: ClassVar[str] = "空气质量"
    feature: ClassVar[str] = "air_veto"
    title: ClassVar[str] = "各监测点位年均浓度"

    unit: UnitName = None
    point: Annotated[str | None, Column("点位", required=True, width=18)] = None
    pollutant: Annotated[
        Pollutant | None, choice("指标", Pollutant, required=True, rules=("B4.1",), scored=Scored.ALWAYS)
    ] = None
    last_year: Annotated[Decimal | None, _mean("上年均值")] = None
    this_year: Annotated[Decimal | None, _mean("本年均值")] = None
    last_days: Annotated[int | None, _valid_days("上年有效天数")] = None
    this_days: Annotated[int | None, _valid_days("本年有效天数")] = None
    source: Source = None
    short_months: Annotated[
        str | None,
        Column(
            "有效天数不足的月份",
            width=30,
            help="由“导入数据”填写，例如：2017年3月26天。",
            rules=("B4.1",),
            imported=True,
        ),
    ] = None


class WaterSection(Record):
    sheet: ClassVar[str] = "水质断面"
    feature: ClassVar[str] = "water_veto"
    title: ClassVar[str] = "国控断面水质类别"

    unit: UnitName = None
    section: Annotated[str | None, Column("断面名称", required=True, width=20)] = None
    last_year: Annotated[
        WaterClass | None, choice("上年类别", WaterClass, required=True, rules=("B4.2",), scored=Scored.COMPLETE)
    ] = None
    this_year: Annotated[
        WaterClass | None, choice("本年类别", WaterClass, required=True, rules=("B4.2",), scored=Scored.COMPLETE)
    ] = None
    complete: Annotated[
        YesNo | None,
        yes_no("数据是否齐备", help="监测数据不齐备填“否”，该断面不参与评价；不填按齐备。", rules=("B4.2",)),
    ] = None
    source: Source = None


class Adjustment(Record):
    sheet: ClassVar[str] = "加减分"
    title: ClassVar[str] = "加分和减分登记"

    unit: UnitName = None
    kind: Annotated[
        AdjustmentKind | None, choice("指标", AdjustmentKind, required=True, rules=("B9",), scored=Scored.ALWAYS)
    ] = None
    points: Annotated[
        Decimal | None,
        Column(
            "分值",
            CellType.NUMBER,
            required=True,
            unit="分",
            help="减分填负数。",
            places=6,
            rules=("B9",),
            scored=Scored.ALWAYS,
        ),
    ] = None
    reason: Annotated[str | None, Column("事由", required=True, width=40)] = None
    document: Annotated[str | None, Column("依据文号", width=26, identifier=True)] = None


class DeedsReview(Record):
    sheet: ClassVar[str] = "事迹评审"
    title: ClassVar[str] = "个人事迹材料评审打分"

    unit: UnitName = None
    name: PersonName = None
    reviewer: Annotated[str | None, Column("评审人", required=True, width=12)] = None
    quality: Annotated[Decimal | None, _score("综合素质", 25)] = None
    ability: Annotated[Decimal | None, _score("工作能力", 25)] = None
    attitude: Annotated[Decimal | None, _score("工作态度", 25)] = None
    results: Annotated[Decimal | None, _score("工作成效", 25)] = None
    note: Annotated[str | None, Column("说明", width=30, imported=True)] = None
    source: ReviewSource = None


class IntegrityReport(Record):
    sheet: ClassVar[str] = "廉洁核查"
    feature: ClassVar[str] = "integrity_veto"
    title: ClassVar[str] = "举报线索核查结果"

    unit: UnitName = None
    name: PersonName = None
    lead: Annotated[str | None, Column("线索", width=40)] = None
    verdict: Annotated[
        Verdict | None, choice("查证结果", Verdict, required=True, rules=("C5",), scored=Scored.ALWAYS)
    ] = None


class Reviewer(Record):
    sheet: ClassVar[str] = "评审人员"
    title: ClassVar[str] = "参加案卷评审的专家和交叉评审人员"

    name: Annotated[str | None, Column("姓名", required=True, width=10)] = None
    kind: Annotated[ReviewKind | None, choice("类型", ReviewKind, required=True, rules=("R1",))] = None
    unit: Annotated[str | None, Column("单位", width=16, help="本人所在单位；不评本单位的案卷。", rules=("R1",))] = None
    avoided: Annotated[
        str | None, Column("回避单位", width=30, help="还要回避的单位，几个的用“、”隔开。", rules=("R1",))
    ] = None
    most: Annotated[
        int | None, Column("最多份数", CellType.INTEGER, unit="份", minimum=0, help="不填不限。", rules=("R2",))
    ] = None
    email: Annotated[str | None, Column("邮箱", width=24)] = None
    source: Source = None


class MobileRecord(Record):
    sheet: ClassVar[str] = "移动执法记录"
    feature: ClassVar[str] = "mobile_platform"
    title: ClassVar[str] = "移动执法平台导出的检查记录"

    number: Annotated[str | None, Column("记录编号", required=True, width=24, identifier=True, rules=("B1.2",))] = None
    unit: Annotated[str | None, Column("单位", required=True, width=16)] = None
    party: Annotated[str | None, Column("当事人名称", required=True, width=28)] = None
    inspected_on: Annotated[date | None, Column("检查日期", CellType.DATE, required=True, rules=("B1.2",))] = None
    officers: Annotated[str | None, Column("执法人员", width=20)] = None
    document_number: Annotated[str | None, Column("文书文号", width=28, identifier=True, document=True)] = None
    source: Source = None


class Task(Record):
    sheet: ClassVar[str] = "任务分解"
    title: ClassVar[str] = "任务分解表"

    code: Annotated[str | None, Column("编号", width=8, rules=("D4",))] = None
    period: Annotated[str | None, Column("时间节点", width=20, rules=("D4",))] = None
    due: Annotated[date | None, Column("截止日期", CellType.DATE, rules=("D4",))] = None
    text: Annotated[str | None, Column("任务", width=70, rules=("D4",))] = None
    departments: Annotated[str | None, Column("责任部门", width=26, rules=("D4",))] = None
    state: Annotated[Progress | None, choice("完成情况", Progress, rules=("D4",))] = None
    done_on: Annotated[date | None, Column("完成日期", CellType.DATE, rules=("D4",))] = None


#: The input tabs of the master in their order (after 规则).
INPUT_TABS: tuple[type[Record], ...] = (
    RosterUnit,
    SystemCase,
    PublishedCase,
    Review,
    Vote,
    AirPoint,
    WaterSection,
    Adjustment,
    DeedsReview,
    IntegrityReport,
    Reviewer,
    MobileRecord,
    Task,
)
#: Tabs that masters made by earlier versions lack: read as empty there.
LATER_TABS: frozenset[str] = frozenset({PublishedCase.sheet, Reviewer.sheet, MobileRecord.sheet})
