"""What can differ between the returns and the systems (B1.2, B2.6, B2.7): the codes X."""

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

NOT_PUBLISHED: Final = Kind(
    "X20",
    W,
    "{number} 填报“是否公开”为是，“公示数据”中没有，按填报表计。",
    "请核对是否已在门户网站公开；没有公开的改填“否”并补公开，已公开的请市局重新导入公示数据。",
    "B2.7",
    "填报已公开、公示数据没有",
)
PUBLISHED_ALL_THE_SAME: Final = Kind(
    "X21",
    W,
    "{number} 填报“是否公开”为否，“公示数据”中有，按填报表计。",
    "请核对；已在门户网站公开的改填“是”，并填公开日期和网址。",
    "B2.7",
    "填报未公开、公示数据有",
)
ONLY_PUBLISHED: Final = Kind(
    "X22",
    W,
    "“公示数据”中有{count}件填报表没有：{numbers}。",
    "请核对是否漏报；应参评的在“处罚案件”表补报。",
    "B2.7",
    "公示数据有、填报表没有",
)
PUBLISHED_AMOUNT: Final = Kind(
    "X23",
    W,
    "{number} 填报罚款{own}万元，公示的是{published}万元，按填报表计。",
    "请核对决定书，改正填报表或公示的内容（注意元和万元）。",
    "B2.7",
    "罚款与公示不符",
)
NO_RECORD: Final = Kind(
    "X24",
    W,
    "案卷 {number} 填报“移动执法平台”为是，“移动执法记录”中没有这个文号，按填报表计。",
    "请核对现场监察笔录是否由移动执法平台生成；不是的改填“否”。",
    "B1.2",
    "移动执法记录中没有",
)
NO_RECORD_OF_PARTY: Final = Kind(
    "X25",
    W,
    "案卷 {number} 填报“移动执法平台”为是，“移动执法记录”中没有这个当事人在文书日期以前的检查，按填报表计。",
    "请核对现场监察笔录是否由移动执法平台生成，当事人名称是否一致；不是的改填“否”。",
    "B1.2",
    "当事人没有移动执法记录",
)
RECORDED_ALL_THE_SAME: Final = Kind(
    "X26",
    W,
    "案卷 {number} 填报“移动执法平台”为否，“移动执法记录”中有（{record}，{day}），按填报表计。",
    "请核对；现场监察笔录由移动执法平台生成的改填“是”。",
    "B1.2",
    "填报未用移动执法、记录中有",
)

CATALOGUE: Final = tuple(v for v in dict(globals()).values() if isinstance(v, Kind))
