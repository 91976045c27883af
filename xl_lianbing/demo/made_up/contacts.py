"""Suzhou's units with liaisons and mailboxes that nobody has (演示数据)."""

from __future__ import annotations

from typing import Final

from xl_lianbing.roster import SUZHOU

_SIGNS: Final = "甲乙丙丁戊己庚辛壬癸子"
_MAILBOXES: Final = (
    "suzhou",
    "zhangjiagang",
    "changshu",
    "taicang",
    "kunshan",
    "wujiang",
    "wuzhong",
    "xiangcheng",
    "gusu",
    "sip",
    "snd",
)

ROSTER: Final = tuple(
    unit.model_copy(update={"liaison": f"演示联络员{sign}", "email": f"{mailbox}@example.com"})
    for unit, sign, mailbox in zip(SUZHOU, _SIGNS, _MAILBOXES, strict=True)
)
