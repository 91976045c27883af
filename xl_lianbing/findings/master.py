"""What can be wrong with the inputs that the bureau types into the master. M: 规则 and the input tabs."""

from __future__ import annotations

from xl_lianbing.findings import Kind
from xl_lianbing.glossary import Audience, Severity

B, W, N = Severity.BLOCKING, Severity.WARNING, Severity.NOTE

VALUE_INVALID = Kind(
    "M01",
    B,
    "“{item}”的取值无效（{why}），仍按规则包的取值{default}计算。",
    "请在“规则”表改正取值。",
    "B2.10",
    "规则取值无效",
    audience=Audience.BUREAU,
)
RULE_MISSING = Kind(
    "M02",
    W,
    "“规则”表中缺少“{item}”（{code}）一行，按规则包的取值{default}计算。",
    "请补回这一行（编号、项目、取值）。",
    "B2.10",
    "规则缺行",
    audience=Audience.BUREAU,
)
RULE_UNKNOWN = Kind(
    "M03",
    W,
    "“规则”表中不认识的项目“{item}”，没有使用。",
    "项目名称请改回规则包的写法；自己加的说明可以不管。",
    "B2.10",
    "不认识的规则",
    audience=Audience.BUREAU,
)
RULE_DOUBLED = Kind(
    "M04",
    W,
    "“{item}”在“规则”表中出现了不止一次，只用第一行。",
    "请删除多余的一行。",
    "B2.10",
    "规则重复",
    audience=Audience.BUREAU,
)
WINDOW_REVERSED = Kind(
    "M05",
    B,
    "“{item}”早于起始日期，两个日期仍按规则包的取值计算。",
    "请在“规则”表改正起止日期。",
    "A3",
    "起止日期颠倒",
    audience=Audience.BUREAU,
)
DAY_FAR_AWAY = Kind(
    "M13",
    W,
    "“{item}”是{day}，离{year}年很远，仍按它计算。",
    "请核对“规则”表中的日期。",
    "A3",
    "日期离本年度很远",
    audience=Audience.BUREAU,
)
UNIT_NOT_IN_ROSTER = Kind(
    "M06",
    W,
    "“单位名册”中没有“{unit}”{meant}，本行没有使用。",
    "请核对单位名称，或在“单位名册”补上这个单位。",
    "A1",
    "录入的单位不在名册",
    audience=Audience.BUREAU,
)
VOTER_WITHOUT_NAME = Kind(
    "M08",
    B,
    "对象类型是个人，但没有填姓名，本行没有使用。",
    "请补填姓名，或把对象类型改为“集体”。",
    "C3",
    "个人票没有姓名",
    audience=Audience.BUREAU,
)
ROSTER_DOUBLED = Kind(
    "M09",
    W,
    "单位“{unit}”在名册中出现了不止一次，只用第一行。",
    "请删除多余的一行。",
    "A1",
    "名册单位重复",
    audience=Audience.BUREAU,
)
SYSTEM_DOUBLED = Kind(
    "M10",
    N,
    "有{count}个文号在导出数据中重复出现，按一件比对。",
    "不用处理。",
    "B2.6",
    "系统数据文号重复",
    audience=Audience.BUREAU,
)
PACK_GUESSED = Kind(
    "M11",
    W,
    "总表里没有规则包标记，按“规则”表的内容认定为“{pack}”。",
    "请核对年度；建议用程序新建总表后把数据粘贴过去。",
    "A3",
    "总表没有标记",
    audience=Audience.BUREAU,
)
ROSTER_EMPTY = Kind(
    "M12",
    B,
    "“单位名册”里没有可用的单位，无法排名。",
    "请在“单位名册”填写参评单位和层级。",
    "A1",
    "名册没有单位",
    audience=Audience.BUREAU,
)
UNIT_NAME_UNUSABLE = Kind(
    "M26",
    B,
    "“{unit}”不能作单位名称（{why}），本行没有使用。",
    "请在“单位名册”改成单位的全称。",
    "A1",
    "单位名称不能用",
    audience=Audience.BUREAU,
)
CITY_UNKNOWN = Kind(
    "M27",
    W,
    "{unit}的所属市“{city}”不是名册中的市级单位，它的数没有计入任何市。",
    "请改成名册中市级单位的名称（{cities}），或在“单位名册”补上这个市。",
    "A2",
    "所属市不在名册",
    audience=Audience.BUREAU,
)
CITY_MISSING = Kind(
    "M28",
    W,
    "名册中有几个市级单位（{cities}），{unit}没有填所属市，它的数没有计入任何市。",
    "请在“单位名册”补填所属市。",
    "A2",
    "没有填所属市",
    audience=Audience.BUREAU,
    absent=True,
)
ROSTER_WITHOUT_CITY = Kind(
    "M29",
    N,
    "“单位名册”里没有市级单位，只给县级单位排名，填报表上没有联络员。",
    "市局参评的，在“单位名册”加一行市级单位；只评县级的不用处理。",
    "A2",
    "名册没有市级单位",
    audience=Audience.BUREAU,
)

FEW_VALID_DAYS = Kind(
    "M40",
    W,
    "点位“{point}”{pollutant}的有效天数不够：{told}。均值照样参加比较。",
    "请核对监测数据；确实不够的，由市局决定这个点位用不用。",
    "B4.1",
    "有效天数不够",
    audience=Audience.BUREAU,
)
RISE_WITHIN_ROUNDING = Kind(
    "M41",
    W,
    "{pollutant}年均浓度由{before}升至{after}，按整数修约后没有升高；通知写的是浓度升高，仍按否决。",
    "请与监测部门核对两年的均值。",
    "B4.1",
    "修约后没有升高",
    audience=Audience.BUREAU,
)

CATALOGUE: tuple[Kind, ...] = tuple(v for v in dict(globals()).values() if isinstance(v, Kind))
