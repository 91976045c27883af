"""What can differ between the returns and the export of the penalty case system (B2.6): the codes X."""

from __future__ import annotations

from typing import Final

from xl_lianbing.findings import Kind
from xl_lianbing.glossary import Audience, Severity

W = Severity.WARNING

ONLY_IN_EXPORT: Final = Kind(
    "X01",
    W,
    "“处罚系统数据”中有{count}件填报表没有：{numbers}。",
    "请核对是否漏报；应参评的在“处罚案件”表补报，不是本单位的请改正系统数据。",
    "B2.6",
    "系统有、填报表没有",
)
AMOUNT_DIFFERS: Final = Kind(
    "X02",
    W,
    "{number} 填报罚款{own}万元，处罚系统是{exported}万元，按填报表计。",
    "请核对决定书，改正填报表或处罚系统（注意元和万元）。",
    "B2.6",
    "罚款与系统不符",
)
DAY_DIFFERS: Final = Kind(
    "X03",
    W,
    "{number} 填报决定日期{own}，处罚系统是{exported}，按填报表计。",
    "请核对决定书，改正填报表或处罚系统。",
    "B2.6",
    "决定日期与系统不符",
)
UNIT_DIFFERS: Final = Kind(
    "X04",
    W,
    "{number} 在处罚系统中是“{exported}”的案件，本单位填报，仍计入本单位。",
    "请核对决定书由哪个单位作出。",
    "B2.6",
    "单位与系统不符",
)

UNIT_UNKNOWN: Final = Kind(
    "X05",
    W,
    "“{tab}”的“单位”有{count}行（{names}）认不出是名册中的哪个单位，这些行只按文号比对，不查漏报。",
    "请把“单位”改成与“单位名册”一致；不是参评单位的不用改。",
    "B2.6",
    "系统数据的单位不在名册",
    audience=Audience.BUREAU,
)

CATALOGUE: Final = (ONLY_IN_EXPORT, AMOUNT_DIFFERS, DAY_DIFFERS, UNIT_DIFFERS, UNIT_UNKNOWN)
