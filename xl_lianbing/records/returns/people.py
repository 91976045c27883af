"""先进个人 and 个人办案 (C)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from xl_lianbing.glossary import Role
from xl_lianbing.records.column import CellType, Column, Record, Scored, choice
from xl_lianbing.records.returns.shared import Number, Remark, decision


class Candidate(Record):
    """先进个人 (C1, C3–C5)."""

    sheet: ClassVar[str] = "先进个人"
    title: ClassVar[str] = "先进个人候选人"
    key: ClassVar[tuple[str, ...]] = ("name",)

    number: Number = None
    name: Annotated[str | None, Column("姓名", required=True, rules=("C1",), scored=Scored.ALWAYS)] = None
    post: Annotated[str | None, Column("职务", width=16)] = None
    certificate: Annotated[
        str | None,
        Column(
            "执法证号",
            required=True,
            width=18,
            identifier=True,
            rules=("C1",),
            feature="certificate",
        ),
    ] = None
    certificate_expiry: Annotated[
        date | None,
        Column(
            "证件有效期至",
            CellType.DATE,
            required=True,
            width=14,
            rules=("C1",),
            scored=Scored.CHOSEN,
            feature="certificate",
        ),
    ] = None
    file_number: Annotated[
        str | None,
        decision(
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
            "事迹材料",
            CellType.LONG_TEXT,
            required=True,
            width=50,
            limit="deeds.max_chars",
            duty="{deeds.max_chars}字以内。",
            rules=("C4",),
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
            scored=Scored.CHOSEN,
            evidence=True,
            feature="integrity_veto",
        ),
    ] = None
    remark: Remark = None


class OfficerCase(Record):
    """个人办案 (C2)."""

    sheet: ClassVar[str] = "个人办案"
    title: ClassVar[str] = "候选人参与办理的案件"

    number: Number = None
    name: Annotated[
        str | None,
        Column("姓名", required=True, help="与“先进个人”表中的姓名一致。", rules=("C2",), scored=Scored.ALWAYS),
    ] = None
    decision_number: Annotated[
        str | None, decision(help="与“处罚案件”表中的文号一致。", rules=("C2",), scored=Scored.ALWAYS)
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
