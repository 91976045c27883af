"""单位信息 and the 先进集体 application: what a unit says of itself."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from xl_lianbing.glossary import Tier, YesNo
from xl_lianbing.records.column import CellType, Column, Layout, Record, Scored, choice, yes_no


class UnitInfo(Record):
    """单位信息 (A1, B2.1, B2.9, D1, D6)."""

    sheet: ClassVar[str] = "单位信息"
    title: ClassVar[str] = "单位基本信息"
    layout: ClassVar[Layout] = Layout.FORM

    unit: Annotated[
        str | None, Column("单位名称", required=True, help="与市局名册一致，已预先填好。", rules=("A1",))
    ] = None
    tier: Annotated[Tier | None, choice("层级", Tier, required=True, help="已预先填好。", rules=("A1",))] = None
    year: Annotated[
        int | None,
        Column(
            "填报年度", CellType.INTEGER, required=True, minimum=2000, maximum=2100, help="已预先填好。", rules=("A3",)
        ),
    ] = None
    head: Annotated[str | None, Column("单位负责人")] = None
    liaison: Annotated[str | None, Column("联络员", required=True, rules=("D1",))] = None
    phone: Annotated[str | None, Column("联系电话", required=True, help="区号-号码或手机号。", rules=("D1",))] = None
    key_enterprises: Annotated[
        int | None,
        Column(
            "重点监控企业数",
            CellType.INTEGER,
            required=True,
            unit="家",
            aliases=("重点排污单位数", "市级以上重点监控企业数"),
            help="只填本单位负责、未由其他县区填报的家数，没有填0。",
            rules=("B2.1",),
            scored=Scored.ALWAYS,
            minimum=0,
        ),
    ] = None
    list_published: Annotated[
        YesNo | None,
        yes_no(
            "名录是否公布",
            required=True,
            help="重点排污单位名录是否已向社会公布。",
            rules=("B2.9",),
            scored=Scored.ALWAYS,
            feature="key_list",
        ),
    ] = None
    list_published_on: Annotated[
        date | None,
        Column(
            "名录公布日期",
            CellType.DATE,
            rules=("B2.9",),
            feature="key_list",
        ),
    ] = None
    list_scan: Annotated[
        str | None,
        Column(
            "名录扫描件",
            help="PDF文件名。",
            rules=("B2.9",),
            evidence=True,
            pdf=True,
            feature="key_list",
        ),
    ] = None
    officers: Annotated[
        int | None, Column("执法人员总数", CellType.INTEGER, required=True, unit="人", minimum=0, rules=("D6",))
    ] = None
    plan_number: Annotated[str | None, Column("活动方案文号", rules=("D1",))] = None
    plan_filed_on: Annotated[date | None, Column("方案报送日期", CellType.DATE, rules=("D1",))] = None
    report_file: Annotated[str | None, Column("自评报告文件", help="文件名。", rules=("D1",), evidence=True)] = None
    report_filed_on: Annotated[date | None, Column("自评报告日期", CellType.DATE, rules=("D1",))] = None
    filled_on: Annotated[
        date | None, Column("填报日期", CellType.DATE, help="交表当天的日期；多次报送时以日期最晚的一份为准。")
    ] = None


class UnitApplication(Record):
    """先进集体 (B3, B10)."""

    sheet: ClassVar[str] = "先进集体"
    title: ClassVar[str] = "先进集体申报"
    layout: ClassVar[Layout] = Layout.FORM

    applies: Annotated[
        YesNo | None, yes_no("是否申报", required=True, help="是否申报先进集体。", rules=("B10",), scored=Scored.ALWAYS)
    ] = None
    deeds_file: Annotated[
        str | None, Column("事迹材料文件", help="事迹材料的文件名。", rules=("B3",), evidence=True)
    ] = None
    model_case: Annotated[
        str | None,
        Column(
            "典型案例文号",
            identifier=True,
            document=True,
            duty="至少1件典型案例。",
            rules=("B3",),
            feature="model_case",
        ),
    ] = None
    model_case_story: Annotated[
        str | None,
        Column(
            "典型案例办理过程",
            CellType.LONG_TEXT,
            rules=("B3",),
            feature="model_case",
        ),
    ] = None
