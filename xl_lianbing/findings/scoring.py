"""The findings that only show when everything lies side by side: reviews, votes, claims, totals."""

from __future__ import annotations

from xl_lianbing.findings import Kind
from xl_lianbing.glossary import Audience, Severity

B, W, N = Severity.BLOCKING, Severity.WARNING, Severity.NOTE

CLAIMED = Kind(
    "P01",
    B,
    "{number} 同时出现在 {units} 的填报表中，撤回前双方均不计入。",
    "核对决定书由哪个单位作出，由另一单位删除后重新报送。",
    "B2.10",
    "两个单位填报同一文号",
)
NOT_IN_EXPORT = Kind(
    "P02",
    W,
    "{number} 在“处罚系统数据”中查不到，不计入。",
    "在处罚系统中补录后重新导出，或改正填报表中的文号。",
    "B2.6",
    "系统中查不到",
)
NO_EXPORT = Kind(
    "P03",
    N,
    "没有录入处罚系统数据，案件未与系统比对。",
    "点“导入数据”选处罚系统的导出文件（或粘贴到“处罚系统数据”表），再重新计算。",
    "B2.6",
    "未与系统比对",
    audience=Audience.BUREAU,
    absent=True,
)
UNPUBLISHED = Kind(
    "P04",
    W,
    "{number} 没有向社会公开，{effect}。",
    "通过门户网站公开后，把“是否公开”改为“是”，填写公开日期和网址。",
    "B2.7",
    "未向社会公开",
)
NOT_FILED = Kind(
    "P05",
    W,
    "{number} 没有录入处罚系统，不计入。",
    "录入处罚系统后，把“是否录入处罚系统”改为“是”。",
    "B2.6",
    "未录入处罚系统",
)
LATE_FILING = Kind(
    "P06", W, "{number} {late}，{effect}。", "核对录入日期；今后在下达和结案后{days}日内录入。", "B2.8", "逾期录入"
)
COPIED = Kind(
    "P07",
    B,
    "与“{other}”的填报表几乎是同一份，文号相同的案件双方均不计入。",
    "请核对是否误用了“{other}”的填报表；“{unit}”用自己的填报表重新报送，或由“{other}”撤回。",
    "B2.10",
    "与别的单位雷同",
)
CLAIMED_IN_VAIN = Kind(
    "P70",
    W,
    "{number} 也在 {others} 的填报表中，那一行本身不计入，不影响本单位计入。",
    "核对决定书由哪个单位作出，由另一单位删除那一行；那一行改正后两个单位都填报同一文号，双方均不计入。",
    "B2.10",
    "别的单位也填了同一文号",
)

FILE_INELIGIBLE = Kind(
    "P11",
    W,
    "案卷 {number} {why}，{effect}。",
    "更换符合条件的案卷，或核对文书日期和移动执法平台两栏。",
    "B1.2",
    "案卷不合格",
)
FILE_MISSING = Kind("P12", W, "缺 {count} 份{kind}案卷，{effect}。", "补报{kind}案卷。", "B1.4", "缺案卷")
FILE_SURPLUS = Kind(
    "P13",
    W,
    "案卷 {number} 超出规定份数（{kind}限 {count} 份），不参评。",
    "按序号只取前 {count} 份，多余的请删除或调整序号。",
    "B1.3",
    "案卷超出份数",
)
REVIEW_MISSING = Kind(
    "P14",
    B,
    "案卷 {number} 没有{kind}评审得分，该部分按0分计。",
    "在“案卷评审”表补录{kind}评审得分后重新计算。",
    "B1.3",
    "没有评审得分",
    audience=Audience.BUREAU,
)
REVIEWS_APART = Kind(
    "P15",
    W,
    "案卷 {number} 专家评审 {expert} 分与交叉评审 {cross} 分相差超过 {gap} 分。",
    "建议组织第三次评审。",
    "B1.6",
    "评审分相差过大",
    audience=Audience.BUREAU,
)
FORGED = Kind(
    "P16",
    W,
    "案卷 {number} 被评审认定造假，案卷质量指标记零分。",
    "核实评审意见；认定有误的，改正“案卷评审”表的“是否造假”。",
    "B1.5",
    "案卷造假",
    audience=Audience.BUREAU,
)
FORGED_ELSEWHERE = Kind(
    "P17",
    W,
    "案卷 {number} 被评审认定造假，但不在参评案卷中，不影响得分。",
    "核实该案卷的来源。",
    "B1.5",
    "参评外案卷造假",
    audience=Audience.BUREAU,
)
CORRECTED = Kind(
    "P18",
    W,
    "处罚决定 {number} 被行政复议{result}，案卷质量指标记零分。",
    "核对复议结果和复议决定日期。",
    "B1.5",
    "被行政复议纠正",
)

NO_KEY_ENTERPRISES = Kind(
    "P21", B, "没有{what}，查处案件指标记0分。", "在填报表“单位信息”中填写{what}，重新报送。", "B2.1", "没有重点单位数"
)
NO_TOTAL = Kind(
    "P22",
    B,
    "没有{what}，相应分指标记0分。",
    "在“规则”表录入{what}，或把口径L4改为“参评单位合计代替”。",
    "B2.2",
    "没有全省总数",
    audience=Audience.BUREAU,
)
STAND_IN_TOTAL = Kind(
    "P23",
    N,
    "{what}没有录入，暂用参评单位合计 {value} 代替（待确认）。",
    "收到省厅数据后在“规则”表录入，重新计算。",
    "B2.2",
    "总数用合计代替",
    audience=Audience.BUREAU,
)
TOTAL_TOO_SMALL = Kind(
    "P65",
    B,
    "{what}录入的是{value}，参评单位合计就有{sum}，不可能；仍按录入值计算。",
    "请按省厅数据在“规则”表改正（注意单位）；录入的没有错的，核对各单位填报的数。",
    "D7",
    "全省总数小于合计",
    audience=Audience.BUREAU,
)
SHARE_ABOVE_ONE = Kind(
    "P66",
    B,
    "{what}录入的是{value}，比一个单位的还少（{units}），基准比例超过1；仍按录入值计算。",
    "请按省厅数据在“规则”表改正；录入的没有错的，核对该单位填报的家数。",
    "D7",
    "基准比例超过1",
    audience=Audience.BUREAU,
)
LIST_UNPUBLISHED = Kind(
    "P24",
    W,
    "没有发布重点排污单位名录，查处案件指标记零分。",
    "名录发布后在填报表“单位信息”中改正，重新报送。",
    "B2.9",
    "名录没有公布",
)

NO_VOTES = Kind(
    "P31",
    W,
    "没有得票，满意度得分按0票计算。",
    "在“公众投票”表录入该单位的票数。",
    "B3",
    "单位没有得票",
    audience=Audience.BUREAU,
    absent=True,
)
NOBODY_VOTED = Kind(
    "P32",
    W,
    "{what}都没有得票，全部记0分。",
    "在“公众投票”表录入票数后重新计算。",
    "B3",
    "都没有得票",
    audience=Audience.BUREAU,
    absent=True,
)
NO_MODEL_CASE = Kind(
    "P33",
    W,
    "申报先进集体，但没有填写典型案例。",
    "在填报表“先进集体”中填写至少1件典型案例的文号和办理过程。",
    "B3",
    "没有典型案例",
)
AIR_VETO = Kind(
    "P34",
    W,
    "{pollutant}年均浓度由 {before} 升至 {after}，一票否决。",
    "核对“空气质量”表的数据。",
    "B4.1",
    "空气质量变差",
    audience=Audience.BUREAU,
)
WATER_VETO = Kind(
    "P35",
    W,
    "断面{section}水质由{before}类降为{after}类，一票否决。",
    "核对“水质断面”表的数据。",
    "B4.2",
    "水质变差",
    audience=Audience.BUREAU,
)
SECTION_LEFT_OUT = Kind(
    "P36",
    N,
    "断面{section}监测数据不齐备，不参与评价。",
    "数据齐备后改正“数据是否齐备”。",
    "B4.2",
    "断面数据不齐备",
    audience=Audience.BUREAU,
)
ADJUSTMENT_HELD = Kind(
    "P37",
    W,
    "{kind}合计 {points} 分，超出 {low}～{high} 分，按 {held} 分计。",
    "核对“加减分”表；上下限在“规则”表中（待确认）。",
    "B9",
    "加减分超过上下限",
    audience=Audience.BUREAU,
)
NO_ADJUSTMENTS = Kind(
    "P38",
    W,
    "本年度没有加减分项，已登记的加减分不计。",
    "删除“加减分”表中的内容。",
    "B9",
    "本年度没有加减分",
    audience=Audience.BUREAU,
)
NO_DOCUMENT = Kind(
    "P39",
    W,
    "{kind} {points} 分没有依据文号。",
    "在“加减分”表补填依据文号。",
    "B9",
    "加减分没有依据",
    audience=Audience.BUREAU,
)
STAND_IN_FILES = Kind(
    "P40",
    N,
    "{told}",
    "在“单位名册”的“是否推荐”栏填“是”，重新计算。",
    "B1.4",
    "没有推荐县级单位",
    audience=Audience.BUREAU,
)

CERTIFICATE_EXPIRED = Kind(
    "P51",
    W,
    "{name}的执法证有效期至 {date}，不晚于统计期末 {end}，不能入选。",
    "更换候选人，或核对证件有效期。",
    "C1",
    "执法证过期",
)
INTEGRITY_FAILED = Kind(
    "P52",
    W,
    "{name}的举报线索经查属实，移出候选名单。",
    "核对“廉洁核查”表。",
    "C5",
    "举报查证属实",
    audience=Audience.BUREAU,
)
DEEDS_UNREVIEWED = Kind(
    "P53",
    W,
    "{name}的事迹材料没有评审得分，该项按0分计。",
    "在“事迹评审”表录入得分后重新计算。",
    "C4",
    "事迹没有评审",
    audience=Audience.BUREAU,
)
CASE_NOT_CREDITED = Kind(
    "P54",
    W,
    "{name}的案件 {number} {why}，不计入个人办案数。",
    "核对文号、证明材料和决定书扫描件。",
    "C2",
    "个人办案不计入",
)
CASE_SHARED = Kind(
    "P55", N, "案件 {number} 由 {names} 共同填报，各计一件。", "核对各人是否都参与了办理。", "C2", "多人共办一案"
)
DAY_UNKNOWN = Kind(
    "P56",
    W,
    "{year}年的节假日安排程序不掌握，工作日按周一至周五计算。",
    "核对该年度案件的录入期限。",
    "B2.8",
    "节假日未知",
    audience=Audience.BUREAU,
)
REVIEW_OF_NOTHING = Kind(
    "P57",
    W,
    "评审的案卷 {number} 在填报表中找不到，该评审没有用到。",
    "核对“案卷评审”表的单位和文书文号。",
    "B1.3",
    "评审的案卷不存在",
    audience=Audience.BUREAU,
)
PERSON_UNKNOWN = Kind(
    "P58",
    W,
    "“{tab}”表中的{name}不在先进个人候选人中{meant}，该行没有用到。",
    "核对“{tab}”表的单位和姓名。",
    "C1",
    "人员不在候选人中",
    audience=Audience.BUREAU,
)
REVIEWED_TWICE = Kind(
    "P59",
    W,
    "评审人“{reviewer}”对案卷 {number} 的{kind}评审有{count}行，都计入平均。",
    "重复录入的请在“案卷评审”表删除。",
    "B1.3",
    "评审重复录入",
    audience=Audience.BUREAU,
)
NO_OFFICER_VOTES = Kind(
    "P60",
    W,
    "候选人{name}没有得票，该项按0票计算。",
    "在“公众投票”表录入这名候选人的票数。",
    "C3",
    "候选人没有得票",
    audience=Audience.BUREAU,
    absent=True,
)
VOTES_ADDED = Kind(
    "P61",
    N,
    "{what}的票数有{count}行，已相加为{votes}票。",
    "重复录入的请在“公众投票”表删除。",
    "B3",
    "票数已相加",
    audience=Audience.BUREAU,
)
NO_AIR = Kind(
    "P62",
    W,
    "没有{pollutants}的点位数据，没有判断空气质量是否变差。",
    "在“空气质量”表录入上年和本年均值。",
    "B4.1",
    "缺空气质量数据",
    audience=Audience.BUREAU,
    absent=True,
)
NO_WATER = Kind(
    "P63",
    W,
    "“水质断面”表没有数据，没有判断水质是否变差。",
    "录入国控断面的水质类别；确实没有国控断面的不用处理。",
    "B4.2",
    "缺水质数据",
    audience=Audience.BUREAU,
    absent=True,
)
MEASURED_TWICE = Kind(
    "P64",
    W,
    "{what}有{count}行数据，都参与了判断。",
    "重复录入的请在“{tab}”表删除。",
    "B4.1",
    "监测数据重复",
    audience=Audience.BUREAU,
)

AWAITED = Kind(
    "P74",
    N,
    "“{tab}”{what}录入进度：{progress}。",
    "市局录入齐后，再点“计算得分”。",
    "B2.10",
    "市局尚未录齐",
    audience=Audience.BUREAU,
    absent=True,
)
NOBODY_HANDLED = Kind(
    "P75",
    W,
    "先进个人候选人都没有计入的办案，办案得分全部记0分。",
    "核对“个人办案”表的文号、证明材料和决定书扫描件。",
    "C2",
    "都没有计入的办案",
)

CATALOGUE: tuple[Kind, ...] = tuple(v for v in dict(globals()).values() if isinstance(v, Kind))
