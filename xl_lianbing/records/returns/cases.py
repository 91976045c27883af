"""处罚案件, 重大案件, 行政复议, 参评案卷 (B1, B2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from xl_lianbing.glossary import FileKind, MajorKind, PenaltyKind, ReconsiderationResult, ViolationType, YesNo
from xl_lianbing.records.column import CellType, Column, Record, Scored, choice, yes_no
from xl_lianbing.records.returns.shared import Number, Remark, decision


class PenaltyCase(Record):
    """处罚案件 (B2.5–B2.8)."""

    sheet: ClassVar[str] = "处罚案件"
    title: ClassVar[str] = "行政处罚案件"
    key: ClassVar[tuple[str, ...]] = ("decision_number",)

    number: Number = None
    decision_number: Annotated[
        str | None,
        decision(
            aliases=("行政处罚决定书文号", "行政处罚决定文书号", "决定文书号", "决定书文号", "处罚文号"),
            rules=("B2.5", "B2.10"),
            scored=Scored.ALWAYS,
        ),
    ] = None
    party: Annotated[
        str | None,
        Column("当事人名称", required=True, width=28, aliases=("行政相对人名称", "相对人名称", "当事人", "被处罚人")),
    ] = None
    credit_code: Annotated[
        str | None,
        Column(
            "统一社会信用代码",
            width=22,
            identifier=True,
            help="18位代码；当事人是自然人的不填。",
            aliases=("行政相对人代码_1(统一社会信用代码)", "社会信用代码", "信用代码"),
        ),
    ] = None
    violation: Annotated[ViolationType | None, choice("违法行为类型", ViolationType, required=True)] = None
    cause: Annotated[str | None, Column("案由", width=28, aliases=("违法事实", "主要违法事实", "处罚事由"))] = None
    penalty: Annotated[
        PenaltyKind | None,
        choice("处罚种类", PenaltyKind, required=True, aliases=("处罚类别", "处罚类型", "行政处罚种类")),
    ] = None
    fine: Annotated[
        Decimal | None,
        Column(
            "罚款金额(万元)",
            CellType.MONEY,
            unit="万元",
            width=15,
            help="单位是万元：罚款20000元填2。没有罚款不填。",
            aliases=("罚款金额", "处罚金额", "罚款数额"),
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
            window="decisions",
            required=True,
            help="处罚决定书的落款日期。",
            aliases=("处罚决定日期", "行政处罚决定日期", "作出处罚决定日期", "处罚日期"),
            rules=("A3", "B2.5"),
            scored=Scored.ALWAYS,
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
            feature="export",
        ),
    ] = None
    entered_on: Annotated[
        date | None,
        Column(
            "系统录入日期",
            CellType.DATE,
            duty="处罚决定下达后{filing.days}日内录入。",
            rules=("B2.8",),
            feature="filing",
        ),
    ] = None
    closing_entered_on: Annotated[
        date | None,
        Column(
            "结案录入日期",
            CellType.DATE,
            duty="结案后{filing.days}日内录入。",
            rules=("B2.8",),
            feature="filing",
        ),
    ] = None
    published: Annotated[
        YesNo | None,
        yes_no(
            "是否公开",
            required=True,
            help="处罚信息是否已通过门户网站公开。",
            rules=("B2.7",),
            scored=Scored.ALWAYS,
            feature="publication",
        ),
    ] = None
    published_on: Annotated[
        date | None,
        Column(
            "公开日期",
            CellType.DATE,
            aliases=("公示日期", "公示时间"),
            rules=("B2.7",),
            feature="publication",
        ),
    ] = None
    published_at: Annotated[
        str | None,
        Column(
            "公开网址",
            width=28,
            aliases=("公示网址", "公示链接"),
            rules=("B2.7",),
            feature="publication",
        ),
    ] = None
    mobile_platform: Annotated[
        YesNo | None,
        yes_no(
            "移动执法平台",
            required=True,
            help="现场笔录是否用移动执法平台录入产生。",
            feature="mobile_platform",
        ),
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
            scan=True,
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

    number: Number = None
    kind: Annotated[
        MajorKind | None, choice("重大案件类型", MajorKind, required=True, rules=("B2.5",), scored=Scored.ALWAYS)
    ] = None
    document_number: Annotated[
        str | None,
        decision(
            "文书文号",
            help="查封扣押、限产停产、按日连续处罚决定书或移送书的文号。",
            rules=("B2.5",),
            scored=Scored.ALWAYS,
        ),
    ] = None
    party: Annotated[str | None, Column("当事人名称", required=True, width=28)] = None
    decision_number: Annotated[str | None, decision("对应处罚决定书文号", required=False)] = None
    dated: Annotated[
        date | None,
        Column("文书日期", CellType.DATE, window="major", required=True, rules=("A3", "B2.5"), scored=Scored.ALWAYS),
    ] = None
    amount: Annotated[
        Decimal | None,
        Column(
            "金额(万元)",
            CellType.MONEY,
            unit="万元",
            help="按日连续处罚填罚款总额，单位万元；其他类型可不填。",
            aliases=("金额", "罚款金额", "处罚金额", "罚款总额"),
            rules=("B2.5",),
            scored=Scored.DAILY_AMOUNT,
            minimum=0,
            places=6,
        ),
    ] = None
    in_system: Annotated[
        YesNo | None,
        yes_no(
            "是否录入处罚系统",
            required=True,
            rules=("B2.6",),
            scored=Scored.ALWAYS,
            feature="export",
        ),
    ] = None
    scan: Annotated[
        str | None,
        Column("扫描件", width=26, help="扫描件的文件名。", rules=("B2.6",), evidence=True, scan=True),
    ] = None
    remark: Remark = None


class Reconsideration(Record):
    """行政复议 (B1.5)."""

    sheet: ClassVar[str] = "行政复议"
    title: ClassVar[str] = "行政复议情况"

    number: Number = None
    decision_number: Annotated[str | None, decision(rules=("B1.5",))] = None
    applied_on: Annotated[date | None, Column("申请日期", CellType.DATE, required=True)] = None
    document_number: Annotated[str | None, Column("复议决定文号", width=26, identifier=True, document=True)] = None
    decided_on: Annotated[
        date | None,
        Column(
            "复议决定日期",
            CellType.DATE,
            window="reconsiderations",
            help="还在审理的不填。",
            rules=("B1.5",),
            scored=Scored.CORRECTION,
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

    number: Number = None
    kind: Annotated[
        FileKind | None, choice("案卷类别", FileKind, required=True, rules=("B1.1",), scored=Scored.ALWAYS)
    ] = None
    document_number: Annotated[
        str | None, decision("文书文号", help="案卷的文书文号，评审按它对号。", rules=("B1.3",), scored=Scored.ALWAYS)
    ] = None
    name: Annotated[str | None, Column("案卷名称", required=True, width=32)] = None
    dated: Annotated[
        date | None,
        Column("文书日期", CellType.DATE, window="files", required=True, rules=("B1.2",), scored=Scored.ALWAYS),
    ] = None
    mobile_platform: Annotated[
        YesNo | None,
        yes_no(
            "移动执法平台",
            required=True,
            help="现场监察笔录是否用移动执法平台录入产生。",
            rules=("B1.2",),
            scored=Scored.ALWAYS,
            feature="mobile_platform",
        ),
    ] = None
    pdf: Annotated[
        str | None, Column("案卷PDF", required=True, width=26, help="每案1份PDF的文件名。", evidence=True, pdf=True)
    ] = None
    remark: Remark = None
