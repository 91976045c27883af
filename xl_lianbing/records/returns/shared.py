"""Columns that several sheets of a return have."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from xl_lianbing.records.column import CellType, Column

Number = Annotated[Decimal | None, Column("序号", CellType.INTEGER, width=6, minimum=1, help="顺序号，可不填。")]
Remark = Annotated[str | None, Column("备注", width=20)]

_DECISION_HELP = "按决定书原文填写，例如“苏环罚〔2017〕1号”。同一文号只填一次。"


def decision(header: str = "处罚决定书文号", **more: Any) -> Column:
    settings: dict[str, Any] = {"required": True, "width": 26, "help": _DECISION_HELP} | more
    return Column(header, identifier=True, document=True, **settings)
