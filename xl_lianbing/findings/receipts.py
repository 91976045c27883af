"""What can be odd about a file as a whole once all files lie side by side (回执登记)."""

from __future__ import annotations

from xl_lianbing.findings import Kind
from xl_lianbing.glossary import Audience, Severity

B, W, N = Severity.BLOCKING, Severity.WARNING, Severity.NOTE

UNKNOWN_UNIT = Kind(
    "R20",
    B,
    "填报表的单位“{unit}”不在单位名册中{meant}，没有计入。",
    "核对“单位信息”的单位名称；确实参评的，在总表“单位名册”中增加该单位。",
    "A1",
    "单位不在名册中",
)
UNIT_MEANT = Kind(
    "N11",
    N,
    "“单位名称”填的是“{found}”，按“{unit}”认定。",
    "不用改；以后请照单位名册填写“{unit}”。",
    "A1",
    "单位名称写法不同",
)
RETURNS_GONE = Kind(
    "R59",
    B,
    "上一次运行时收到的{before}个单位的填报表，现在有{count}个不在“回收”里了（{units}），这些单位由填报表得出的分项为0。",
    "请核对“回收”文件夹：被移走、误删的请放回，网盘、U盘没有连上的请连上，然后重新计算。",
    "B2.10",
    "原来收到的填报表不见了",
    audience=Audience.BUREAU,
)
SUPERSEDED = Kind(
    "R21",
    N,
    "{unit}报送了多份填报表，本文件没有计入：{note}。",
    "不采用的请移出“回收”文件夹。",
    "A1",
    "重复报送",
    audience=Audience.BUREAU,
)
NOT_RETURNED = Kind(
    "R22",
    W,
    "{unit}没有可用的填报表（{why}{asked}），由填报表得出的分项为0。",
    "催报后重新计算。",
    "D1",
    "没有可用的填报表",
    audience=Audience.BUREAU,
)
LATE = Kind("R23", W, "{unit}填报日期 {filled}，晚于报送时限 {due}，迟报。", "照常计入；按通知要求通报。", "D1", "迟报")
OTHER_VERSION = Kind(
    "R24",
    W,
    "填报表按规则包的{age}版本 {found} 制作，本次活动用的是 {asked}{differs}。内容照常计入。",
    "核对表格内容；再次报送时请用现在“下发”的填报表。",
    "A3",
    "规则包版本不同",
)
OTHER_TIER = Kind(
    "R25",
    W,
    "“层级”填的是{found}，单位名册是{listed}，按名册计算。",
    "请核对；名册有误的，在总表“单位名册”改正。",
    "A1",
    "层级与名册不同",
)
FILLED_AHEAD = Kind(
    "R26",
    W,
    "“填报日期”（{filled}）晚于今天（{today}），判断先后和迟报时按没有填写处理。",
    "请改正“填报日期”。",
    "D1",
    "填报日期在将来",
)
NAMED_OTHERWISE = Kind(
    "R27",
    W,
    "文件名写的是“{named}”，内容是“{unit}”的填报表，{done}。",
    "请核对“{named}”是否误报了“{unit}”的填报表。",
    "A1",
    "文件名与内容不符",
    audience=Audience.BUREAU,
)

COPY_CHANGED = Kind(
    "R50",
    W,
    "反馈副本《{file}》写出后被改过，还没有报送：没有读取，也不会覆盖或删除它。",
    "单位在其中改过的，请移到“回收”文件夹再收取校核；不要的请删除。",
    "A1",
    "反馈副本被改过",
    audience=Audience.BUREAU,
)
LESS_THAN_BEFORE = Kind(
    "R51",
    W,
    "{unit}报送了多份填报表，采用的一份内容比另一份少：{counts}。",
    "请核实：漏填的，合并成一份后重新报送；确实不该有的，不用改。",
    "A1",
    "采用的填报表内容较少",
)
UNDATED = Kind(
    "R52",
    W,
    "《{other}》的“填报日期”{why}，按最早的一份处理，没有计入，采用了《{used}》{counts}。",
    "请核实哪一份是最新的；应采用这一份的，请报送单位填好“填报日期”重新报送，或把另一份移出“回收”文件夹。",
    "A1",
    "更正没有可用的填报日期",
    audience=Audience.BUREAU,
)
NOTHING_IN_COMMON = Kind(
    "R53",
    W,
    "{unit}报送了多份填报表，两份没有相同的内容，像是两个部门各填了一份，只采用了一份：{counts}。",
    "请把两份的内容合并到一份填报表里重新报送。",
    "A1",
    "两份填报表内容不同",
)

CATALOGUE: tuple[Kind, ...] = tuple(v for v in dict(globals()).values() if isinstance(v, Kind))
