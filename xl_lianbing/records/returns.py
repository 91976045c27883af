"""The return (填报表): what a district fills in, one class a sheet (workbooks.md §2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from xl_lianbing.glossary import (
    FileKind,
    MajorKind,
    Medium,
    PenaltyKind,
    Progress,
    PublicityKind,
    ReconsiderationResult,
    Role,
    Tier,
    TrainingKind,
    ViolationType,
    YesNo,
)
from xl_lianbing.records.column import CellType, Column, Layout, Record, Scored, choice, yes_no

INSTRUCTIONS_SHEET = "填报说明"
#: Put in front of a feedback copy; a unit hands the copy in again with it.
FEEDBACK_SHEET = "校核反馈"

Number_ = Annotated[Decimal | None, Column("序号", CellType.INTEGER, width=6, minimum=1, help="顺序号，可不填。")]
Remark = Annotated[str | None, Column("备注", width=20)]

_DECISION_HELP = "按决定书原文填写，例如“苏环罚〔2017〕1号”。同一文号只填一次。"


def _decision(header: str = "处罚决定书文号", **more: object) -> Column:
    settings: dict[str, object] = {"required": True, "width": 26, "help": _DECISION_HELP, "identifier": True} | more
    return Column(header, **settings)  # type: ignore[arg-type]


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
            scored=Scored.KEY_LIST,
        ),
    ] = None
    list_published_on: Annotated[date | None, Column("名录公布日期", CellType.DATE, rules=("B2.9",))] = None
    list_scan: Annotated[
        str | None, Column("名录扫描件", help="PDF文件名。", rules=("B2.9",), evidence=True, pdf=True)
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


class PenaltyCase(Record):
    """处罚案件 (B2.5–B2.8)."""

    sheet: ClassVar[str] = "处罚案件"
    title: ClassVar[str] = "行政处罚案件"
    key: ClassVar[tuple[str, ...]] = ("decision_number",)

    number: Number_ = None
    decision_number: Annotated[str | None, _decision(rules=("B2.5", "B2.10"), scored=Scored.ALWAYS)] = None
    party: Annotated[str | None, Column("当事人名称", required=True, width=28)] = None
    credit_code: Annotated[
        str | None,
        Column("统一社会信用代码", width=22, identifier=True, help="18位代码；当事人是自然人的不填。"),
    ] = None
    violation: Annotated[ViolationType | None, choice("违法行为类型", ViolationType, required=True)] = None
    cause: Annotated[str | None, Column("案由", width=28)] = None
    penalty: Annotated[PenaltyKind | None, choice("处罚种类", PenaltyKind, required=True)] = None
    fine: Annotated[
        Decimal | None,
        Column(
            "罚款金额(万元)",
            CellType.MONEY,
            unit="万元",
            width=15,
            help="单位是万元：罚款20000元填2。没有罚款不填。",
            aliases=("罚款金额",),
            rules=("B2.5",),
            scored=Scored.FINE,
            minimum=0,
            places=6,
        ),
    ] = None
    filed_case_on: Annotated[date | None, Column("立案日期", CellType.DATE)] = None
    decided_on: Annotated[
        date | None,
        Column(
            "决定日期",
            CellType.DATE,
            required=True,
            help="处罚决定书的落款日期。",
            rules=("A3", "B2.5"),
            scored=Scored.ALWAYS,
            window="decisions",
        ),
    ] = None
    closed_on: Annotated[date | None, Column("结案日期", CellType.DATE, rules=("B2.8",))] = None
    in_system: Annotated[
        YesNo | None,
        yes_no(
            "是否录入处罚系统",
            required=True,
            help="是否已录入环境行政处罚案件信息系统。",
            rules=("B2.6",),
            scored=Scored.ALWAYS,
        ),
    ] = None
    entered_on: Annotated[
        date | None, Column("系统录入日期", CellType.DATE, help="处罚决定下达后7日内录入。", rules=("B2.8",))
    ] = None
    closing_entered_on: Annotated[
        date | None, Column("结案录入日期", CellType.DATE, help="结案后7日内录入。", rules=("B2.8",))
    ] = None
    published: Annotated[
        YesNo | None,
        yes_no(
            "是否公开",
            required=True,
            help="处罚信息是否已通过门户网站公开。",
            rules=("B2.7",),
            scored=Scored.PUBLICATION,
        ),
    ] = None
    published_on: Annotated[date | None, Column("公开日期", CellType.DATE, rules=("B2.7",))] = None
    published_at: Annotated[str | None, Column("公开网址", width=28, rules=("B2.7",))] = None
    mobile_platform: Annotated[
        YesNo | None, yes_no("移动执法平台", required=True, help="现场笔录是否用移动执法平台录入产生。")
    ] = None
    scan: Annotated[
        str | None,
        Column(
            "决定书扫描件",
            required=True,
            width=26,
            help="扫描件的文件名，例如“苏环罚〔2017〕1号.pdf”。",
            rules=("B2.6", "C2"),
            evidence=True,
        ),
    ] = None
    lead_officers: Annotated[str | None, Column("主办人员", help="多人用顿号隔开。")] = None
    support_officers: Annotated[str | None, Column("协办人员", help="多人用顿号隔开。")] = None
    remark: Remark = None


class MajorCase(Record):
    """重大案件 (B2.5)."""

    sheet: ClassVar[str] = "重大案件"
    title: ClassVar[str] = "五类重大案件"
    key: ClassVar[tuple[str, ...]] = ("kind", "document_number")

    number: Number_ = None
    kind: Annotated[
        MajorKind | None, choice("重大案件类型", MajorKind, required=True, rules=("B2.5",), scored=Scored.ALWAYS)
    ] = None
    document_number: Annotated[
        str | None,
        _decision(
            "文书文号",
            help="查封扣押、限产停产、按日连续处罚决定书或移送书的文号。",
            rules=("B2.5",),
            scored=Scored.ALWAYS,
        ),
    ] = None
    party: Annotated[str | None, Column("当事人名称", required=True, width=28)] = None
    decision_number: Annotated[str | None, _decision("对应处罚决定书文号", required=False)] = None
    dated: Annotated[
        date | None,
        Column("文书日期", CellType.DATE, required=True, rules=("A3", "B2.5"), scored=Scored.ALWAYS, window="major"),
    ] = None
    amount: Annotated[
        Decimal | None,
        Column(
            "金额(万元)",
            CellType.MONEY,
            unit="万元",
            help="按日连续处罚填罚款总额，单位万元；其他类型可不填。",
            aliases=("金额",),
            rules=("B2.5",),
            scored=Scored.DAILY_AMOUNT,
            minimum=0,
            places=6,
        ),
    ] = None
    in_system: Annotated[
        YesNo | None, yes_no("是否录入处罚系统", required=True, rules=("B2.6",), scored=Scored.ALWAYS)
    ] = None
    scan: Annotated[str | None, Column("扫描件", width=26, help="扫描件的文件名。", rules=("B2.6",), evidence=True)] = (
        None
    )
    remark: Remark = None


class Reconsideration(Record):
    """行政复议 (B1.5)."""

    sheet: ClassVar[str] = "行政复议"
    title: ClassVar[str] = "行政复议情况"

    number: Number_ = None
    decision_number: Annotated[str | None, _decision(rules=("B1.5",))] = None
    applied_on: Annotated[date | None, Column("申请日期", CellType.DATE, required=True)] = None
    document_number: Annotated[str | None, Column("复议决定文号", width=26, identifier=True)] = None
    decided_on: Annotated[
        date | None,
        Column(
            "复议决定日期",
            CellType.DATE,
            help="还在审理的不填。",
            rules=("B1.5",),
            scored=Scored.CORRECTION,
            window="reconsiderations",
        ),
    ] = None
    result: Annotated[
        ReconsiderationResult | None,
        choice("复议结果", ReconsiderationResult, required=True, rules=("B1.5",), scored=Scored.ALWAYS),
    ] = None
    remark: Remark = None


class CaseFile(Record):
    """参评案卷 (B1.1, B1.2)."""

    sheet: ClassVar[str] = "参评案卷"
    title: ClassVar[str] = "参加评审的案卷"
    key: ClassVar[tuple[str, ...]] = ("kind", "document_number")

    number: Number_ = None
    kind: Annotated[
        FileKind | None, choice("案卷类别", FileKind, required=True, rules=("B1.1",), scored=Scored.ALWAYS)
    ] = None
    document_number: Annotated[
        str | None, _decision("文书文号", help="案卷的文书文号，评审按它对号。", rules=("B1.3",), scored=Scored.ALWAYS)
    ] = None
    name: Annotated[str | None, Column("案卷名称", required=True, width=32)] = None
    dated: Annotated[
        date | None,
        Column("文书日期", CellType.DATE, required=True, rules=("B1.2",), scored=Scored.ALWAYS, window="files"),
    ] = None
    mobile_platform: Annotated[
        YesNo | None,
        yes_no(
            "移动执法平台",
            required=True,
            help="现场监察笔录是否用移动执法平台录入产生。",
            rules=("B1.2",),
            scored=Scored.ALWAYS,
        ),
    ] = None
    pdf: Annotated[
        str | None, Column("案卷PDF", required=True, width=26, help="每案1份PDF的文件名。", evidence=True, pdf=True)
    ] = None
    remark: Remark = None


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
        str | None, Column("典型案例文号", identifier=True, help="至少1件典型案例。", rules=("B3",))
    ] = None
    model_case_story: Annotated[str | None, Column("典型案例办理过程", CellType.LONG_TEXT, rules=("B3",))] = None


class Candidate(Record):
    """先进个人 (C1, C3–C5)."""

    sheet: ClassVar[str] = "先进个人"
    title: ClassVar[str] = "先进个人候选人"
    key: ClassVar[tuple[str, ...]] = ("name",)

    number: Number_ = None
    name: Annotated[str | None, Column("姓名", required=True, rules=("C1",), scored=Scored.ALWAYS)] = None
    post: Annotated[str | None, Column("职务", width=16)] = None
    certificate: Annotated[
        str | None,
        Column("执法证号", required=True, width=18, identifier=True, rules=("C1",)),
    ] = None
    certificate_expiry: Annotated[
        date | None,
        Column("证件有效期至", CellType.DATE, required=True, width=14, rules=("C1",), scored=Scored.ALWAYS),
    ] = None
    file_number: Annotated[
        str | None,
        _decision(
            "参评案卷文号", help="本人参与办理、参加评审的1份行政处罚案卷的文号。", rules=("C3",), scored=Scored.ALWAYS
        ),
    ] = None
    investigation: Annotated[
        str | None,
        Column(
            "案件调查情况",
            CellType.LONG_TEXT,
            required=True,
            width=40,
            help="案件调查过程及本人发挥的作用。",
            rules=("C3",),
        ),
    ] = None
    deeds: Annotated[
        str | None,
        Column(
            "事迹材料", CellType.LONG_TEXT, required=True, width=50, max_chars=3000, help="3000字以内。", rules=("C4",)
        ),
    ] = None
    integrity_file: Annotated[
        str | None,
        Column(
            "廉洁证明文件",
            required=True,
            width=24,
            help="单位出具的廉洁证明的文件名。",
            rules=("C5",),
            scored=Scored.ALWAYS,
            evidence=True,
        ),
    ] = None
    remark: Remark = None


class OfficerCase(Record):
    """个人办案 (C2)."""

    sheet: ClassVar[str] = "个人办案"
    title: ClassVar[str] = "候选人参与办理的案件"

    number: Number_ = None
    name: Annotated[
        str | None,
        Column("姓名", required=True, help="与“先进个人”表中的姓名一致。", rules=("C2",), scored=Scored.ALWAYS),
    ] = None
    decision_number: Annotated[
        str | None, _decision(help="与“处罚案件”表中的文号一致。", rules=("C2",), scored=Scored.ALWAYS)
    ] = None
    role: Annotated[Role | None, choice("担任角色", Role, required=True)] = None
    proof: Annotated[
        str | None,
        Column(
            "证明材料",
            required=True,
            width=26,
            help="参与调查的证明材料的文件名。",
            rules=("C2",),
            scored=Scored.ALWAYS,
            evidence=True,
        ),
    ] = None
    remark: Remark = None


class Publicity(Record):
    """宣传报道 (B10, D1)."""

    sheet: ClassVar[str] = "宣传报道"
    title: ClassVar[str] = "简报、信息和文章"

    number: Number_ = None
    dated: Annotated[
        date | None,
        Column("日期", CellType.DATE, required=True, rules=("B10", "D1"), scored=Scored.ARTICLE, window="activity"),
    ] = None
    kind: Annotated[
        PublicityKind | None, choice("类别", PublicityKind, required=True, rules=("B10", "D1"), scored=Scored.ALWAYS)
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
        ),
    ] = None
    address: Annotated[str | None, Column("网址或版面", width=28)] = None
    remark: Remark = None
    department: Annotated[
        str | None, Column("报送部门", width=14, help="市本级填监察支队、固管中心等部门名称。", rules=("D1",))
    ] = None


class Training(Record):
    """学习培训 (D6)."""

    sheet: ClassVar[str] = "学习培训"
    title: ClassVar[str] = "法律法规学习培训"

    number: Number_ = None
    dated: Annotated[date | None, Column("日期", CellType.DATE, required=True, rules=("D6",), window="activity")] = None
    kind: Annotated[TrainingKind | None, choice("形式", TrainingKind, required=True, rules=("D6",))] = None
    topic: Annotated[str | None, Column("主题", required=True, width=36, rules=("D6",))] = None
    heads: Annotated[
        int | None, Column("参加人数", CellType.INTEGER, required=True, unit="人", minimum=0, rules=("D6",))
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


#: The sheets of a return in their order (after 填报说明).
RETURN_SHEETS: tuple[type[Record], ...] = (
    UnitInfo,
    PenaltyCase,
    MajorCase,
    Reconsideration,
    CaseFile,
    UnitApplication,
    Candidate,
    OfficerCase,
    Publicity,
    Training,
    TaskProgress,
)
