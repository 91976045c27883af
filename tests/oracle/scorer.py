"""Reference scorer: rules B and C worked out plainly, in the order of the rule text, with exact fractions.

Input is plain data (a :data:`Campaign`)::

    {"pack": "jiangsu-2016" | "jiangsu-2017",
     "单位名册": [row, ...], "returns": {unit: {sheet: [row, ...] | {项目: 填写内容}}},
     "规则": {项目 or L-number: value}, "处罚系统数据": [row, ...], "案卷评审": [...], "公众投票": [...], ...}

A row is a dict keyed by the header texts. A cell is None, str, int, Decimal, Fraction or date. A str where a date or a
number belongs is a cell that nobody can read; spellings of readable cells are the business of ``fill.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from chinese_calendar import is_workday  # type: ignore[import-untyped, unused-ignore]

Row = dict[str, Any]
Campaign = dict[str, Any]
Period = tuple[date, date]

ZERO = Fraction(0)
CITY, COUNTY = "市级", "县级"

OPEN_SPOTS = """
A3-activity-2016  chosen: articles of 2016 count from 2016-09-01 to 2016-11-30. else: no window is given for 2016.
A2-belongs        chosen: one 市级 unit: every county is its own, 所属市 or not; several: 所属市 = 单位 of the city.
                  else: 所属市 must be filled in; another spelling of the city may match.
A4-quota-edited   chosen: a quota typed into 规则 wins over the rule "several 市级 units take the province's".
A4-quota-2017     chosen: province 2017 = 5/10/20 as in 2016; city: 市级先进集体名额 1.
B1.1-slot         chosen: an ineligible file keeps its place (the 4th file does not move up). else: moves up.
B1.1-unreadable   chosen: a file row with unreadable 序号-independent fields (类别, 文号, 日期, 平台) is not counted
                  at all: as if not handed in, a later file moves up. else: keeps its place and scores 0 (differs
                  under L1, L3, extras).
B1.1-county-audit chosen: a 环境监察稽查 file of a county is one more than asked (0 asked): listed, never counted.
B1.2/L1xL3        chosen: L1 不计入平均 takes the ineligible out of the divisor first, L3 按实际份数 then counts
                  what is left. Divisor 0 gives 0 points.
B1.3-same-review  chosen: every review row counts, also twice the same reviewer. else: last or first row only.
B1.3-range        chosen: a review outside 0..100 counts as written. else: held or left out, blocking.
B1.4-stand-in     chosen: "two best" = rank of 综合排名 inside the territory (total, articles, roster order), also
                  the vetoed and those who did not apply. else: only those who can stand on the shortlist.
B1.4-fewer        chosen: fewer than two counties: k is what there is. else: the divisor stays 22.
B1.5-extra        chosen: a forged file beyond the number asked still zeroes the unit ("any file"), but not the city
                  (not one of "its 22"). else: only the files that count.
B1.5-ineligible   chosen: a forged file that is ineligible (B1.2) still zeroes.
B1.5-city         chosen: a corrected reconsideration of a county does not zero the city ("the unit's own").
B2.1-partial      chosen: city key enterprises = sum of the numbers that are there. else: one missing number blocks
                  it.
B2.2/L4-keys      chosen: L4 covers the total of key enterprises too. A total of 0 typed in = unknown.
B2.2/L4-none      chosen: L4 不计算 with a blank total: that sub-indicator is 0 (all three when the key total is
                  blank).
B2.5-empty-fine   chosen: 处罚种类 罚款 with an empty amount is "a field that scoring uses is empty": not counted;
                  every other kind: an empty amount is 0. else: empty is always 0 / always blocking.
B2.5/L7-empty     chosen: 按日连续处罚 with an empty 金额: under L7 计入 the row is not counted; unreadable
                  likewise.
B2.5/L7-stands    chosen: "stands in 处罚案件" = any row of the same return with that number, counted or not. else:
                  only a row that counts keeps the amount out.
B2.6-major        chosen: 重大案件 are not looked up in the export (it lists decisions); their own 否 takes them
                  out.
B2.6-amount       chosen: the fine is the return's, also where the export states another. else: the export's.
B2.6-own-no       chosen: a row whose own 是否录入处罚系统 is 否 stays out even when the export holds its number.
B2.6-spelling     chosen: numbers are equal when equal after trimming; brackets 〔〕[]() and widths are not
                  generated.
B2.6-unit         chosen: a number is found in the export whatever 单位 says there.
B2.7/L8-which     chosen: L8 指标零分: any decision of the period with 是否公开 否, filed or not, zeroes; under that
                  reading the case itself stays counted (stand-in totals hold it). else: it is taken out as well.
B2.8-filing-date  chosen: lateness by the return's own dates; a missing 系统录入日期 / 结案录入日期 is not late.
                  else: by the export's 录入日期; a missing one is late. Unreadable ones: not late, and the row
                  counts also under L10 不计入 (else: there scoring uses them, so the row is not counted).
B2.8/L9-workdays  chosen: 工作日 = legal working days (holidays and shifted days as proclaimed). else: Monday to
                  Friday.
B2.9-empty        chosen: only 否 zeroes; an empty 名录是否公布 is a finding.
B2.10-first       chosen: the first row with a number stands for it even when it does not count itself. else: the
                  first row that counts.
B2.10-claim       chosen: only a row that could count claims its number; L8 and L10 take no claim away. else: any
                  row in two returns is a claim by both.
B2.10-major       chosen: 重大案件: same kind and same number twice counts once; two units: neither; another kind
                  with the same number counts again ("one matter may give several").
B3-no-votes       chosen: "no votes at all" is asked per list of L12: a tier without any vote has 0, the other its
                  points.
B3-silent         chosen: a unit without a return has its votes, air, water and adjustments all the same, and a
                  rank.
B3-city-votes     chosen: the city's own rows only (no sum over its counties). else: A2, the whole territory.
B3-rows           chosen: several rows of one unit or person are added.
B4.1-county-rows  chosen: rows of a county are points of its city (A2: whole territory). else: only rows of the
                  city.
B4.1-one-year     chosen: a point without both readable years is left out of both means.
B4.2-blank        chosen: an empty 数据是否齐备 = complete. else: left out.
B4.2-city         chosen: a section of a county vetoes its city as well ("in the territory").
B10-status        chosen: 状态 of 综合排名 is 未报 or something else (the text fixes no other word).
B10-not-applied   chosen: who did not apply is not on 先进集体候选. else: listed as 未入选.
C1-expiry         chosen: expiry on the last day of the period is not "after" it; empty or unreadable fails the
                  condition.
C1-number         chosen: an empty 执法证号 is a finding only. else: fails the condition.
C1-twice          chosen: the same name twice in one return is one candidate (first row).
C2-L8             chosen: a case not published counts for persons under both readings of L8.
C2-none           chosen: no case at all: everybody 0 (as with votes). else: the most is 0, everybody full.
C2-floor          chosen: no floor but 0: no case at 48 the most gives 30 - 20 = 10 points.
C3-forged         chosen: 是否造假 of a candidate's file has no effect on the person.
C4-length         chosen: more than 3000 characters is a finding, scored nevertheless.
C-rank            chosen: 名次 of 先进个人得分 runs over all candidates, vetoed ones included.
"""


@dataclass(frozen=True)
class Pack:
    """What a pack fixes about one year."""

    year: int
    period: Period
    activity: Period
    key_item: str
    key_total: str
    bonus: bool
    quotas_city: tuple[int, int, int]
    """市级集体, 县级集体, 个人 (A4)."""
    quotas_province: tuple[int, int, int] = (5, 10, 20)


PACKS = {
    "jiangsu-2016": Pack(
        year=2016,
        period=(date(2016, 9, 1), date(2016, 11, 30)),
        activity=(date(2016, 9, 1), date(2016, 11, 30)),
        key_item="重点监控企业数",
        key_total="全省重点监控企业总数",
        bonus=False,
        quotas_city=(1, 3, 20),
    ),
    "jiangsu-2017": Pack(
        year=2017,
        period=(date(2017, 1, 1), date(2017, 10, 31)),
        activity=(date(2017, 6, 1), date(2017, 10, 31)),
        key_item="重点排污单位数",
        key_total="全省重点排污单位总数",
        bonus=True,
        quotas_city=(1, 2, 3),
    ),
}

SWITCHES: dict[str, tuple[str, ...]] = {
    "L1": ("记零分", "不计入平均"),
    "L2": ("相加", "平均", "加权"),
    "L3": ("缺卷记零", "按实际份数"),
    "L4": ("参评单位合计代替", "不计算"),
    "L5": ("线性", "阶梯", "超过0.5倍"),
    "L6": ("超过1.5倍", "超过0.5倍", "线性"),
    "L7": ("计入", "不计入"),
    "L8": ("该案不计", "指标零分"),
    "L9": ("自然日", "工作日"),
    "L10": ("计入", "不计入"),
    "L11": ("按比例", "整数向下", "整数向上"),
    "L12": ("同层级", "全部单位"),
}

ASSUMED: dict[str, Fraction] = {
    "案卷质量满分": Fraction(40),
    "案件数量满分": Fraction(15),
    "罚款金额满分": Fraction(10),
    "重大案件满分": Fraction(15),
    "公众满意度满分": Fraction(20),
    "专家评审权重": Fraction(1, 2),
    "个人办案数满分": Fraction(30),
    "个人案卷满分": Fraction(20),
    "个人投票满分": Fraction(20),
    "个人事迹满分": Fraction(30),
}

CAPS: dict[str, tuple[int, int]] = {"强化督查": (0, 5), "达标排放": (-5, 5), "太湖交叉检查": (0, 5), "其他": (-5, 5)}

FILES_ASKED = {"行政处罚": 3, "按日计罚": 1, "移送行政拘留": 1, "移送涉嫌环境污染犯罪": 1, "申请法院强制执行": 1}
CITY_FILE = "环境监察稽查"
MAJOR_KINDS = ("查封扣押", "限产停产", "按日连续处罚", "移送涉嫌环境污染犯罪", "移送行政拘留")
DAILY = "按日连续处罚"
CORRECTED = ("撤销", "变更", "确认违法")
WATER = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ")


# --- reading cells -----------------------------------------------------------------------------------------------


def number(cell: Any) -> Fraction | None:
    """The number in a cell, or None when it is empty or unreadable."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, Decimal, Fraction)):
        return Fraction(cell)
    return None


def day(cell: Any) -> date | None:
    return cell if isinstance(cell, date) else None


def text(cell: Any) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def empty(cell: Any) -> bool:
    return cell is None or cell == ""


def inside(cell: Any, period: Period) -> bool:
    """A3: dates are inclusive."""
    when = day(cell)
    return when is not None and period[0] <= when <= period[1]


# --- the campaign ------------------------------------------------------------------------------------------------


def pack_of(c: Campaign) -> Pack:
    return PACKS[c["pack"]]


def switch(c: Campaign, name: str) -> str:
    choice: str = c["规则"].get(name) or SWITCHES[name][0]
    assert choice in SWITCHES[name], (name, choice)
    return choice


def mark(c: Campaign, item: str) -> Fraction:
    """A full mark or weight: the bureau's value, else the assumed one."""
    given = number(c["规则"].get(item))
    return ASSUMED[item] if given is None else given


def units(c: Campaign) -> list[str]:
    return [row["单位"] for row in c["单位名册"]]


def tier(c: Campaign, unit: str) -> str:
    return next(str(row["层级"]) for row in c["单位名册"] if row["单位"] == unit)


def recommended(c: Campaign, unit: str) -> bool:
    return any(row["单位"] == unit and row.get("是否推荐") == "是" for row in c["单位名册"])


def several_cities(c: Campaign) -> bool:
    return len([row for row in c["单位名册"] if row["层级"] == CITY]) > 1


def sheet(c: Campaign, unit: str, name: str) -> list[Row]:
    rows: list[Row] = c["returns"].get(unit, {}).get(name, [])
    return rows


def form(c: Campaign, unit: str, name: str) -> Row:
    filled: Row = c["returns"].get(unit, {}).get(name, {})
    return filled


def counties_of(c: Campaign, city: str) -> list[str]:
    """A2: the districts and county-level cities of a city."""
    rows = [row for row in c["单位名册"] if row["层级"] == COUNTY]
    if several_cities(c):
        rows = [row for row in rows if row.get("所属市") == city]
    return [row["单位"] for row in rows]


def territory(c: Campaign, unit: str) -> list[str]:
    """A2: the units whose figures a unit answers for: itself, and for a city every district."""
    return [unit, *counties_of(c, unit)] if tier(c, unit) == CITY else [unit]


def quotas(c: Campaign) -> tuple[int, int, int]:
    """A4: 市级集体, 县级集体, 个人."""
    pack = pack_of(c)
    base = pack.quotas_province if several_cities(c) else pack.quotas_city
    names = ("市级先进集体名额", "县级先进集体名额", "先进个人名额")
    given = [number(c["规则"].get(name)) for name in names]
    city, county, person = (b if g is None else int(g) for b, g in zip(base, given, strict=True))
    return city, county, person


# --- B1 案卷质量 -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FilePlace:
    """A file that stands in one of the places asked for."""

    unit: str
    number: str
    eligible: bool
    forged: bool
    share: Fraction
    """File score ÷ file full mark, before B1.2."""


def files_asked(c: Campaign, unit: str) -> dict[str, int]:
    """B1.1"""
    return {**FILES_ASKED, CITY_FILE: 1} if tier(c, unit) == CITY else dict(FILES_ASKED)


def file_readable(row: Row) -> bool:
    """B2.10: a field that scoring uses is empty or unreadable."""
    return (
        text(row.get("案卷类别")) in (*FILES_ASKED, CITY_FILE)
        and text(row.get("文书文号")) != ""
        and day(row.get("文书日期")) is not None
        and text(row.get("移动执法平台")) in ("是", "否")
    )


def file_eligible(c: Campaign, row: Row) -> bool:
    """B1.2"""
    return inside(row["文书日期"], pack_of(c).period) and text(row["移动执法平台"]) == "是"


def reviews_of(c: Campaign, unit: str, file: str) -> list[Row]:
    return [row for row in c["案卷评审"] if row["单位"] == unit and row["文书文号"] == file]


def review_mean(reviews: list[Row], kind: str) -> Fraction | None:
    """B1.3: several reviewers of one kind: their mean. None: no review of that kind."""
    scores = [s for row in reviews if row["评审类型"] == kind and (s := number(row["得分"])) is not None]
    return sum(scores, ZERO) / len(scores) if scores else None


def file_share(c: Campaign, unit: str, file: str) -> Fraction:
    """B1.3 / L2: the file's score ÷ its full mark. A missing kind counts 0."""
    reviews = reviews_of(c, unit, file)
    expert, cross = review_mean(reviews, "专家") or ZERO, review_mean(reviews, "交叉") or ZERO
    reading = switch(c, "L2")
    if reading == "相加":
        return (expert + cross) / 200
    if reading == "平均":
        return (expert + cross) / 2 / 100
    weight = mark(c, "专家评审权重")
    return (weight * expert + (1 - weight) * cross) / 100


def is_forged(c: Campaign, unit: str, file: str) -> bool:
    """B1.5: 是否造假 = 是 in any of its reviews."""
    return any(row.get("是否造假") == "是" for row in reviews_of(c, unit, file))


def file_places(c: Campaign, unit: str) -> list[FilePlace]:
    """B1.1, B1.3: of each kind the first ones in the order of 序号."""
    places = []
    for kind, asked in files_asked(c, unit).items():
        rows = [row for row in sheet(c, unit, "参评案卷") if file_readable(row) and row["案卷类别"] == kind]
        rows.sort(key=lambda row: (number(row.get("序号")) is None, number(row.get("序号")) or ZERO))
        for row in rows[:asked]:
            file = text(row["文书文号"])
            places.append(
                FilePlace(unit, file, file_eligible(c, row), is_forged(c, unit, file), file_share(c, unit, file))
            )
    return places


def file_mean(c: Campaign, places: list[FilePlace], asked: int) -> Fraction:
    """B1.2 / L1, B1.4 / L3: mean of the shares over the divisor that the readings give."""
    total = sum((place.share for place in places if place.eligible), ZERO)
    divisor = asked if switch(c, "L3") == "缺卷记零" else len(places)
    if switch(c, "L1") == "不计入平均":
        divisor -= sum(not place.eligible for place in places)
    return total / divisor if divisor > 0 else ZERO


def own_correction(c: Campaign, unit: str) -> bool:
    """B1.5: a penalty of the unit's own corrected by reconsideration inside the period."""
    return any(
        row.get("复议结果") in CORRECTED and inside(row.get("复议决定日期"), pack_of(c).period)
        for row in sheet(c, unit, "行政复议")
    )


def own_forgery(c: Campaign, unit: str) -> bool:
    """B1.5"""
    return any(is_forged(c, unit, text(row.get("文书文号"))) for row in sheet(c, unit, "参评案卷"))


def quality_points(c: Campaign, unit: str, helpers: list[str]) -> tuple[Fraction, Fraction]:
    """B1.4, B1.5: (mean of the shares, points). helpers: the recommended counties of a city."""
    places = [place for member in (unit, *helpers) for place in file_places(c, member)]
    asked = sum(sum(files_asked(c, member).values()) for member in (unit, *helpers))
    mean = file_mean(c, places, asked)
    zero = own_forgery(c, unit) or any(place.forged for place in places) or own_correction(c, unit)
    return mean, ZERO if zero else mean * mark(c, "案卷质量满分")


# --- B2 查处违法案件数量 ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Judged:
    """A row of 处罚案件 with the reasons that keep it out of B2 and of C2 ('' = counted)."""

    row: Row
    reason: str
    person_reason: str


def working_days_between(start: date, end: date) -> int:
    """Working days after start, up to and with end."""
    return sum(is_workday(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def is_late(c: Campaign, start: Any, filed: Any) -> bool:
    """B2.8 / L9: filed more than 7 days after the event."""
    first, last = day(start), day(filed)
    if first is None or last is None:
        return False
    days = (last - first).days if switch(c, "L9") == "自然日" else working_days_between(first, last)
    return days > 7


def filed_late(c: Campaign, row: Row) -> bool:
    """B2.8 (2017 only)"""
    if pack_of(c).year != 2017:
        return False
    return is_late(c, row.get("决定日期"), row.get("系统录入日期")) or is_late(
        c, row.get("结案日期"), row.get("结案录入日期")
    )


def fine(row: Row) -> Fraction | None:
    """B2.5: 罚款金额 in 万元; None when it must be there and cannot be read."""
    cell = row.get("罚款金额(万元)")
    if empty(cell):
        return None if "罚款" in text(row.get("处罚种类")) else ZERO
    return number(cell)


def claimants(c: Campaign, name: str, key: Callable[[Row], Any], fault: Callable[[Row], str]) -> dict[Any, set[str]]:
    """B2.10: who claims a number: the first row with it, if nothing in itself keeps it out."""
    claims: dict[Any, set[str]] = {}
    for unit in units(c):
        seen: set[Any] = set()
        for row in sheet(c, unit, name):
            if key(row) not in seen and fault(row) == "":
                claims.setdefault(key(row), set()).add(unit)
            seen.add(key(row))
    return claims


def case_number(row: Row) -> str:
    return text(row.get("处罚决定书文号"))


def case_fault(c: Campaign, row: Row, system: set[str]) -> str:
    """A3, B2.6, B2.10: what in a row itself keeps it from counting."""
    pack = pack_of(c)
    if case_number(row) == "":
        return "文号缺失 B2.10"
    if day(row.get("决定日期")) is None:
        return "决定日期无法识别 B2.10"
    if fine(row) is None:
        return "罚款金额无法识别 B2.10"
    if text(row.get("是否录入处罚系统")) not in ("是", "否"):
        return "是否录入处罚系统无法识别 B2.10"
    if pack.year == 2017 and text(row.get("是否公开")) not in ("是", "否"):
        return "是否公开无法识别 B2.10"
    if not inside(row["决定日期"], pack.period):
        return "不在统计期内 A3"
    if row["是否录入处罚系统"] == "否":
        return "未录入处罚系统 B2.6"
    return "处罚系统中未找到 B2.6" if system and case_number(row) not in system else ""


def judge_cases(c: Campaign, unit: str) -> list[Judged]:
    """B2.5–B2.8, B2.10: which rows of 处罚案件 count."""
    pack = pack_of(c)
    system = {case_number(row) for row in c["处罚系统数据"]}
    claims = claimants(c, "处罚案件", case_number, lambda row: case_fault(c, row, system))
    seen: set[str] = set()
    judged = []
    for row in sheet(c, unit, "处罚案件"):
        name, reason = case_number(row), case_fault(c, row, system)
        if name != "" and name in seen:
            reason = "本单位重复 B2.10"
        elif reason == "" and len(claims[name]) > 1:
            reason = "多家单位填报 B2.10"
        elif reason == "" and switch(c, "L10") == "不计入" and filed_late(c, row):
            reason = "迟录 B2.8"
        seen.add(name)
        person_reason = reason
        if reason == "" and pack.year == 2017 and row["是否公开"] == "否" and switch(c, "L8") == "该案不计":
            reason = "未公开 B2.7"
        judged.append(Judged(row, reason, person_reason))
    return judged


def has_unpublished(c: Campaign, unit: str) -> bool:
    """B2.7: a decision of the period not published (2017 only)."""
    pack = pack_of(c)
    return pack.year == 2017 and any(
        inside(row.get("决定日期"), pack.period) and row.get("是否公开") == "否" for row in sheet(c, unit, "处罚案件")
    )


def major_key(row: Row) -> tuple[str, str]:
    return text(row.get("重大案件类型")), text(row.get("文书文号"))


def major_fault(c: Campaign, row: Row) -> str:
    """A3, B2.5, B2.6, B2.10: what in a row of 重大案件 itself keeps it from counting."""
    kind, name = major_key(row)
    if kind not in MAJOR_KINDS or name == "":
        return "类型或文号无法识别 B2.10"
    if kind == DAILY and switch(c, "L7") == "计入" and number(row.get("金额(万元)")) is None:
        return "金额无法识别 B2.10"
    if not inside(row.get("文书日期"), pack_of(c).period):
        return "不在统计期内 A3"
    return "" if row.get("是否录入处罚系统") == "是" else "未录入处罚系统 B2.6"


def counted_majors(c: Campaign, unit: str) -> list[Row]:
    """B2.5, B2.6, B2.10: the rows of 重大案件 that count."""
    claims = claimants(c, "重大案件", major_key, lambda row: major_fault(c, row))
    seen: set[tuple[str, str]] = set()
    counted = []
    for row in sheet(c, unit, "重大案件"):
        key = major_key(row)
        if key not in seen and major_fault(c, row) == "" and len(claims[key]) == 1:
            counted.append(row)
        seen.add(key)
    return counted


@dataclass(frozen=True)
class Figures:
    """What one return gives to B2."""

    cases: Fraction = ZERO
    fines: Fraction = ZERO
    majors: Fraction = ZERO
    keys: Fraction = ZERO


def add_figures(parts: Iterable[Figures]) -> Figures:
    rows = list(parts)
    return Figures(
        sum((f.cases for f in rows), ZERO),
        sum((f.fines for f in rows), ZERO),
        sum((f.majors for f in rows), ZERO),
        sum((f.keys for f in rows), ZERO),
    )


def own_figures(c: Campaign, unit: str) -> Figures:
    """B2.1, B2.5 / L7: what the unit's own return gives."""
    counted = [judged.row for judged in judge_cases(c, unit) if judged.reason == ""]
    fines = sum((fine(row) or ZERO for row in counted), ZERO)
    majors = counted_majors(c, unit)
    if switch(c, "L7") == "计入":
        listed = {case_number(row) for row in sheet(c, unit, "处罚案件")}
        fines += sum(
            (
                number(row["金额(万元)"]) or ZERO
                for row in majors
                if row["重大案件类型"] == DAILY and text(row["文书文号"]) not in listed
            ),
            ZERO,
        )
    keys = number(form(c, unit, "单位信息").get(pack_of(c).key_item)) or ZERO
    return Figures(Fraction(len(counted)), fines, Fraction(len(majors)), keys)


def provincial(c: Campaign, own: dict[str, Figures]) -> Figures:
    """B2.2 / L4, A2: the provincial totals; unknown ones are 0 or what stands in (each return once)."""
    stand_in = add_figures(own.values()) if switch(c, "L4") == "参评单位合计代替" else Figures()

    def known(item: str, other: Fraction) -> Fraction:
        return number(c["规则"].get(item)) or other

    return Figures(
        known("全省查处案件总数", stand_in.cases),
        known("全省罚款总金额(万元)", stand_in.fines),
        known("全省重大案件总数", stand_in.majors),
        known(pack_of(c).key_total, stand_in.keys),
    )


def baseline_points(c: Campaign, value: Fraction, baseline: Fraction, full: Fraction) -> Fraction:
    """B2.3 / L5 (2016), B2.4 / L6 (2017); B2.1: no baseline, no points."""
    if baseline <= 0:
        return ZERO
    reading = switch(c, "L5") if pack_of(c).year == 2016 else switch(c, "L6")
    if reading == "线性":
        return min(full, max(ZERO, full * (value / baseline - Fraction(1, 2))))
    line = Fraction(1, 2) if reading == "超过0.5倍" else Fraction(3, 2)
    return full if value > line * baseline else ZERO


@dataclass(frozen=True)
class Sub:
    """One sub-indicator of B2."""

    value: Fraction
    baseline: Fraction
    points: Fraction


@dataclass(frozen=True)
class CaseScore:
    ratio: Fraction
    cases: Sub
    fines: Sub
    majors: Sub
    points: Fraction


def case_points(c: Campaign, unit: str, own: dict[str, Figures]) -> CaseScore:
    """B2 for a unit and its territory."""
    all_units = provincial(c, own)
    mine = add_figures(own[member] for member in territory(c, unit))
    ratio = mine.keys / all_units.keys if all_units.keys else ZERO
    zero = pack_of(c).year == 2017 and (
        form(c, unit, "单位信息").get("名录是否公布") == "否"  # B2.9
        or (switch(c, "L8") == "指标零分" and any(has_unpublished(c, member) for member in territory(c, unit)))  # B2.7
    )

    def sub(value: Fraction, total: Fraction, item: str) -> Sub:
        baseline = total * ratio
        return Sub(value, baseline, ZERO if zero else baseline_points(c, value, baseline, mark(c, item)))

    cases = sub(mine.cases, all_units.cases, "案件数量满分")
    fines = sub(mine.fines, all_units.fines, "罚款金额满分")
    majors = sub(mine.majors, all_units.majors, "重大案件满分")
    return CaseScore(ratio, cases, fines, majors, cases.points + fines.points + majors.points)


# --- B3 执法公众满意度 --------------------------------------------------------------------------------------------


def below_percent(c: Campaign, value: Fraction, most: Fraction) -> Fraction:
    """L11: how many percent below the most."""
    percent = (most - value) / most * 100
    reading = switch(c, "L11")
    if reading == "整数向下":
        return Fraction(percent.numerator // percent.denominator)
    if reading == "整数向上":
        return Fraction(-(-percent.numerator // percent.denominator))
    return percent


def relative_points(c: Campaign, value: Fraction, most: Fraction, full: Fraction, loss: Fraction) -> Fraction:
    """B3, C2, C3: the most has full marks, each percent below loses `loss`; floor 0; nothing at all: 0."""
    if most <= 0:
        return ZERO
    return max(ZERO, full - loss * below_percent(c, value, most))


def unit_votes(c: Campaign, unit: str) -> Fraction:
    rows = [row for row in c["公众投票"] if row["对象类型"] == "集体" and row["单位"] == unit]
    return sum((number(row["票数"]) or ZERO for row in rows), ZERO)


def satisfaction_points(c: Campaign, unit: str) -> Fraction:
    """B3 / L12"""
    rivals = [u for u in units(c) if switch(c, "L12") == "全部单位" or tier(c, u) == tier(c, unit)]
    most = max(unit_votes(c, rival) for rival in rivals)
    return relative_points(c, unit_votes(c, unit), most, mark(c, "公众满意度满分"), Fraction(3, 10))


# --- B4 环境质量变化 ----------------------------------------------------------------------------------------------


def air_veto(c: Campaign, unit: str) -> str:
    """B4.1"""
    if tier(c, unit) != CITY:
        return ""
    for indicator in ("PM10", "PM2.5"):
        points = [
            (before, now)
            for row in c["空气质量"]
            if row["单位"] in territory(c, unit) and row["指标"] == indicator
            if (before := number(row["上年均值"])) is not None and (now := number(row["本年均值"])) is not None
        ]
        if points and sum(now for _, now in points) > sum(before for before, _ in points):
            return f"{indicator} 浓度升高"
    return ""


def water_veto(c: Campaign, unit: str) -> str:
    """B4.2"""
    for row in c["水质断面"]:
        if row["单位"] not in territory(c, unit) or row.get("数据是否齐备") == "否":
            continue
        before, now = text(row["上年类别"]), text(row["本年类别"])
        if before in WATER and now in WATER and WATER.index(now) > WATER.index(before):
            return f"断面 {row['断面名称']} 类别下降"
    return ""


# --- B9 加减分 ---------------------------------------------------------------------------------------------------


def adjustment_points(c: Campaign, unit: str) -> Fraction:
    """B9"""
    if not pack_of(c).bonus:
        return ZERO
    points = ZERO
    for indicator, (low, high) in CAPS.items():
        rows = [row for row in c["加减分"] if row["单位"] == unit and row["指标"] == indicator]
        entered = sum((number(row["分值"]) or ZERO for row in rows), ZERO)
        points += min(Fraction(high), max(Fraction(low), entered))
    return points


# --- B10 名次 ----------------------------------------------------------------------------------------------------


def articles(c: Campaign, unit: str) -> int:
    """B10"""
    return len(
        {
            (row["媒体"], text(row["标题"]))
            for row in sheet(c, unit, "宣传报道")
            if row.get("类别") == "文章"
            and row.get("媒体") in ("中国环境报", "省厅网站")
            and row.get("是否大练兵专栏") == "是"
            and text(row.get("标题")) != ""
            and inside(row.get("日期"), pack_of(c).activity)
        }
    )


def competition_rank(keys: list[Any]) -> list[int]:
    """Rank of each key, highest first; equal keys share a rank."""
    return [1 + sum(other > key for other in keys) for key in keys]


def across_the_line(keys: list[Any], quota: int) -> list[str]:
    """B10: 入选 / 并列待定 / 未入选 for keys that stand for election together."""
    states = []
    for key in keys:
        better, equal = sum(other > key for other in keys), sum(other == key for other in keys)
        if better + equal <= quota:
            states.append("入选")
        elif better < quota:
            states.append("并列待定")
        else:
            states.append("未入选")
    return states


@dataclass(frozen=True)
class UnitScore:
    """A row of 综合排名."""

    unit: str
    tier: str
    quality: Fraction
    cases: Fraction
    satisfaction: Fraction
    adjustment: Fraction
    articles: int
    veto: str
    missing: bool
    detail: CaseScore
    file_mean: Fraction
    rank: int = 0

    @property
    def total(self) -> Fraction:
        return self.quality + self.cases + self.satisfaction + self.adjustment

    @property
    def key(self) -> tuple[Fraction, int]:
        return self.total, self.articles

    @property
    def status(self) -> str:
        return "未报" if self.missing else ""


def score_unit(c: Campaign, unit: str, own: dict[str, Figures], helpers: list[str]) -> UnitScore:
    mean, quality = quality_points(c, unit, helpers)
    cases = case_points(c, unit, own)
    return UnitScore(
        unit=unit,
        tier=tier(c, unit),
        quality=quality,
        cases=cases.points,
        satisfaction=satisfaction_points(c, unit),
        adjustment=adjustment_points(c, unit),
        articles=articles(c, unit),
        veto=air_veto(c, unit) or water_veto(c, unit),
        missing=unit not in c["returns"],
        detail=cases,
        file_mean=mean,
    )


def helpers_of(c: Campaign, city: str, ranked: list[UnitScore]) -> list[str]:
    """B1.4, B10: the recommended counties, or the two best that stand in."""
    own = counties_of(c, city)
    named = [unit for unit in own if recommended(c, unit)]
    if named:
        return named
    best = sorted((score for score in ranked if score.unit in own), key=lambda score: score.key, reverse=True)
    return [score.unit for score in best[:2]]


def rank_tier(scores: list[UnitScore]) -> list[UnitScore]:
    ranks = competition_rank([score.key for score in scores])
    return [UnitScore(**{**vars(score), "rank": rank}) for score, rank in zip(scores, ranks, strict=True)]


def ranking(c: Campaign) -> list[UnitScore]:
    """综合排名: county tier first, ranked inside each tier."""
    own = {unit: own_figures(c, unit) for unit in units(c)}
    counties = rank_tier([score_unit(c, unit, own, []) for unit in units(c) if tier(c, unit) == COUNTY])
    cities = rank_tier(
        [score_unit(c, unit, own, helpers_of(c, unit, counties)) for unit in units(c) if tier(c, unit) == CITY]
    )
    return [*sorted(counties, key=lambda s: s.rank), *sorted(cities, key=lambda s: s.rank)]


@dataclass(frozen=True)
class Listed:
    """A row of 先进集体候选 or 先进个人候选."""

    name: str
    unit: str
    total: Fraction
    status: str


def applies(c: Campaign, unit: str) -> bool:
    """B10: who stands on the shortlist."""
    if form(c, unit, "先进集体").get("是否申报") != "是":
        return False
    return not (several_cities(c) and tier(c, unit) == COUNTY) or recommended(c, unit)


def shortlist(c: Campaign, ranked: list[UnitScore]) -> list[Listed]:
    """B10, B4, A4: the candidates of both tiers."""
    city_quota, county_quota, _ = quotas(c)
    listed = []
    for level, quota in ((COUNTY, county_quota), (CITY, city_quota)):
        candidates = [score for score in ranked if score.tier == level and applies(c, score.unit)]
        standing = [score for score in candidates if score.veto == ""]
        states = dict(zip((s.unit for s in standing), across_the_line([s.key for s in standing], quota), strict=True))
        listed += [Listed(s.unit, s.unit, s.total, states.get(s.unit, "否决")) for s in candidates]
    return listed


# --- C 先进个人 --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PersonScore:
    """A row of 先进个人得分."""

    name: str
    unit: str
    case_count: int
    cases: Fraction
    file: Fraction
    votes: Fraction
    deeds: Fraction
    veto: str
    rank: int = 0

    @property
    def total(self) -> Fraction:
        return self.cases + self.file + self.votes + self.deeds


def candidates_of(c: Campaign, unit: str) -> list[Row]:
    """C1: the same person by unit + 姓名."""
    rows: dict[str, Row] = {}
    for row in sheet(c, unit, "先进个人"):
        if text(row.get("姓名")):
            rows.setdefault(text(row["姓名"]), row)
    return list(rows.values())


def person_veto(c: Campaign, unit: str, row: Row) -> str:
    """C1, C5"""
    expiry = day(row.get("证件有效期至"))
    if expiry is None or expiry <= pack_of(c).period[1]:
        return "执法证件无效 C1"
    if empty(row.get("廉洁证明文件")):
        return "未附廉洁证明 C5"
    for report in c["廉洁核查"]:
        if report["单位"] == unit and report["姓名"] == text(row["姓名"]) and report["查证结果"] == "属实":
            return "举报查证属实 C5"
    return ""


def person_cases(c: Campaign, unit: str, name: str) -> int:
    """C2: counted cases of the own return with both pieces of evidence named, once per number."""
    usable = {
        case_number(judged.row)
        for judged in judge_cases(c, unit)
        if judged.person_reason == "" and not empty(judged.row.get("决定书扫描件"))
    }
    return len(
        {
            case_number(row)
            for row in sheet(c, unit, "个人办案")
            if text(row.get("姓名")) == name and not empty(row.get("证明材料")) and case_number(row) in usable
        }
    )


def person_votes(c: Campaign, unit: str, name: str) -> Fraction:
    rows = [r for r in c["公众投票"] if r["对象类型"] == "个人" and r["单位"] == unit and r["姓名"] == name]
    return sum((number(row["票数"]) or ZERO for row in rows), ZERO)


def deeds_points(c: Campaign, unit: str, name: str) -> Fraction:
    """C4"""
    sums = []
    for row in c["事迹评审"]:
        if row["单位"] == unit and row["姓名"] == name:
            marks = [number(row[item]) for item in ("综合素质", "工作能力", "工作态度", "工作成效")]
            if None not in marks:
                sums.append(sum((m for m in marks if m is not None), ZERO))
    return sum(sums, ZERO) / len(sums) / 100 * mark(c, "个人事迹满分") if sums else ZERO


def persons(c: Campaign) -> list[PersonScore]:
    """C: 先进个人得分. "The most" is taken over all candidates named."""
    named = [(unit, row, text(row["姓名"])) for unit in units(c) for row in candidates_of(c, unit)]
    counts = {(unit, name): person_cases(c, unit, name) for unit, _, name in named}
    votes = {(unit, name): person_votes(c, unit, name) for unit, _, name in named}
    most_cases, most_votes = Fraction(max(counts.values(), default=0)), max(votes.values(), default=ZERO)
    scores = [
        PersonScore(
            name=name,
            unit=unit,
            case_count=counts[unit, name],
            cases=relative_points(
                c, Fraction(counts[unit, name]), most_cases, mark(c, "个人办案数满分"), Fraction(1, 5)
            ),
            file=file_share(c, unit, text(row.get("参评案卷文号"))) * mark(c, "个人案卷满分"),
            votes=relative_points(c, votes[unit, name], most_votes, mark(c, "个人投票满分"), Fraction(3, 10)),
            deeds=deeds_points(c, unit, name),
            veto=person_veto(c, unit, row),
        )
        for unit, row, name in named
    ]
    ranks = competition_rank([score.total for score in scores])
    ranked = [PersonScore(**{**vars(score), "rank": rank}) for score, rank in zip(scores, ranks, strict=True)]
    return sorted(ranked, key=lambda score: score.rank)


def person_shortlist(c: Campaign, ranked: list[PersonScore]) -> list[Listed]:
    """C5, A4"""
    standing = [score for score in ranked if score.veto == ""]
    states = dict(
        zip(
            ((s.unit, s.name) for s in standing),
            across_the_line([s.total for s in standing], quotas(c)[2]),
            strict=True,
        )
    )
    return [Listed(s.name, s.unit, s.total, states.get((s.unit, s.name), "否决")) for s in ranked]


# --- everything --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Result:
    ranking: list[UnitScore]
    shortlist: list[Listed]
    persons: list[PersonScore]
    person_shortlist: list[Listed]
    provincial: Figures
    not_counted: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Per unit: number of the decision and why it is not counted."""


def score(c: Campaign) -> Result:
    """Everything in B and C for one campaign."""
    ranked, people = ranking(c), persons(c)
    own = {unit: own_figures(c, unit) for unit in units(c)}
    not_counted = {
        unit: [(case_number(judged.row), judged.reason) for judged in judge_cases(c, unit) if judged.reason]
        for unit in units(c)
    }
    return Result(ranked, shortlist(c, ranked), people, person_shortlist(c, people), provincial(c, own), not_counted)
