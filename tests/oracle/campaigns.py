"""Seeded generator of made-up campaigns (演示数据) with every kind of event, for the scorer and for ``fill.py``.

``make(pack, seed)`` gives a campaign of :mod:`tests.oracle.scorer`; keys that begin with ``_`` are the generator's own.
With ``doubtful=True`` it also holds the events of ``scorer.OPEN_SPOTS``, on which readers of the rules may differ.
"""

from __future__ import annotations

import random
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.oracle import scorer
from tests.oracle.scorer import CITY, COUNTY, Campaign, Row

SUZHOU = (
    "苏州市",
    "张家港市",
    "常熟市",
    "太仓市",
    "昆山市",
    "吴江区",
    "吴中区",
    "相城区",
    "姑苏区",
    "苏州工业园区",
    "苏州高新区",
)
KINDS_OF_OFFENCE = (
    "大气污染",
    "水污染",
    "固体废物",
    "危险废物",
    "噪声污染",
    "建设项目",
    "辐射",
    "自动监控",
    "数据造假",
    "其他",
)
PERSONS = ("甲某某", "乙某某", "丙某某", "丁某某")
TABS = ("处罚系统数据", "案卷评审", "公众投票", "空气质量", "水质断面", "加减分", "事迹评审", "廉洁核查")
CASE_EVENTS = {
    "outside": 4,
    "edge": 3,
    "not_filed": 3,
    "duplicate": 3,
    "unreadable_date": 1,
    "empty_date": 1,
    "unreadable_fine": 1,
    "empty_number": 1,
    "no_scan": 4,
    "late_calendar_only": 4,
    "late": 4,
    "late_closing": 3,
    "seventh_day": 3,
    "not_in_system": 3,
    "odd_text": 3,
    "clean": 62,
}
DOUBTFUL_CASE_EVENTS = {
    "empty_fine": 2,
    "empty_filed": 2,
    "unpublished_outside": 1,
    "unpublished_not_filed": 1,
    "no_filing_date": 2,
    "duplicate_of_uncounted": 2,
    "other_sum_in_system": 2,
}


@dataclass
class Maker:
    """One campaign in the making."""

    rng: random.Random
    pack: str
    province: bool
    doubtful: bool
    campaign: Campaign = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    events: Counter[str] = field(default_factory=Counter)

    @property
    def year(self) -> int:
        return scorer.PACKS[self.pack].year

    @property
    def period(self) -> tuple[date, date]:
        return scorer.PACKS[self.pack].period

    def chance(self, share: float, event: str) -> bool:
        """True with probability ``share``; counts the event."""
        hit = self.rng.random() < share
        self.events[event] += hit
        return hit

    def any_day(self, first: date | None = None, last: date | None = None) -> date:
        start, end = first or self.period[0], last or self.period[1]
        return start + timedelta(days=self.rng.randint(0, (end - start).days))

    def outside_day(self) -> date:
        start, end = self.period
        return self.rng.choice([start - timedelta(days=1), end + timedelta(days=1), start - timedelta(days=30)])

    def amount(self) -> Decimal:
        scale = self.rng.choice(["0.1", "0.5", "0.01", "0.0001", "0.000001"])
        return Decimal(self.rng.randint(3, 400)) / 10 + Decimal(self.rng.randint(0, 9)) * Decimal(scale)

    def number(self, unit: str, kind: str, n: int) -> str:
        return f"演{self.codes[unit]}{kind}〔{self.year}〕第{n:03d}号"


# --- the roster --------------------------------------------------------------------------------------------------


def roster(m: Maker) -> list[Row]:
    rows: list[Row] = []
    if not m.province:
        city_named = m.rng.random() < 0.5
        named = set(m.rng.sample(SUZHOU[1:], 2)) if m.rng.random() < 0.5 else set()
        for name in SUZHOU:
            level = CITY if name == SUZHOU[0] else COUNTY
            belongs = SUZHOU[0] if city_named and level == COUNTY else None
            rows.append({"单位": name, "层级": level, "所属市": belongs, "是否推荐": "是" if name in named else None})
    else:
        for n, sign in enumerate("一二三"):
            city = f"演示{sign}市"
            rows.append({"单位": city, "层级": CITY, "所属市": None, "是否推荐": None})
            counties = [f"演示{sign}市{part}县" for part in "甲乙丙丁"[: m.rng.randint(3, 4)]]
            named = set(m.rng.sample(counties, 2)) if n else set()
            for county in counties:
                yes = "是" if county in named else m.rng.choice(["否", None])
                rows.append({"单位": county, "层级": COUNTY, "所属市": city, "是否推荐": yes})
    for n, row in enumerate(rows):
        row |= {"行政区划代码": None, "联络员": f"{PERSONS[n % 4]}", "邮箱": f"demo{n:02d}@example.com"}
        m.codes[row["单位"]] = f"{chr(65 + n)}区"
    return rows


# --- one return --------------------------------------------------------------------------------------------------


def clean_case(m: Maker, unit: str, n: int) -> Row:
    decided = m.any_day()
    fined = m.rng.random() < 0.9
    closed = decided + timedelta(days=m.rng.randint(5, 40)) if m.rng.random() < 0.6 else None
    return {
        "序号": n,
        "处罚决定书文号": m.number(unit, "罚", n),
        "当事人名称": f"演示企业{n:03d}",
        "统一社会信用代码": None,
        "违法行为类型": m.rng.choice(KINDS_OF_OFFENCE),
        "案由": "演示数据",
        "处罚种类": "罚款" if fined else "警告",
        "罚款金额(万元)": m.amount() if fined else None,
        "立案日期": decided - timedelta(days=m.rng.randint(10, 40)),
        "决定日期": decided,
        "结案日期": closed,
        "是否录入处罚系统": "是",
        "系统录入日期": decided + timedelta(days=m.rng.randint(0, 5)),
        "结案录入日期": closed + timedelta(days=m.rng.randint(0, 5)) if closed else None,
        "是否公开": "是",
        "公开日期": decided + timedelta(days=m.rng.randint(1, 6)),
        "公开网址": f"https://example.com/{m.codes[unit]}/{n}",
        "移动执法平台": "是",
        "决定书扫描件": f"决定书{n:03d}.pdf",
        "主办人员": m.rng.choice(PERSONS),
        "协办人员": m.rng.choice(PERSONS),
        "备注": None,
        "_event": "clean",
    }


def apply_event(m: Maker, row: Row, event: str) -> None:
    decided = row["决定日期"]
    row["_event"] = event
    if event == "outside":
        row["决定日期"] = m.outside_day()
        row["系统录入日期"] = row["决定日期"] + timedelta(days=2)
        row["结案日期"] = row["结案录入日期"] = None
    elif event == "edge":
        row["决定日期"] = m.rng.choice(m.period)
        row["系统录入日期"] = row["决定日期"] + timedelta(days=1)
        row["结案日期"] = row["结案录入日期"] = None
    elif event == "not_filed":
        row |= {"是否录入处罚系统": "否", "系统录入日期": None, "结案录入日期": None}
    elif event == "unreadable_date":
        row["决定日期"] = m.rng.choice(["三月上旬", f"{m.year}-13-45", "待定", f"{m.year}-02-30"])
    elif event == "empty_date":
        row["决定日期"] = None
    elif event == "unreadable_fine":
        row |= {"处罚种类": "罚款", "罚款金额(万元)": m.rng.choice(["若干", "详见决定书"])}
    elif event == "empty_number":
        row["处罚决定书文号"] = None
    elif event == "no_scan":
        row["决定书扫描件"] = None
    elif event == "late_calendar_only":
        row["系统录入日期"] = decided + timedelta(days=m.rng.choice([8, 9]))
    elif event == "late":
        row["系统录入日期"] = decided + timedelta(days=m.rng.randint(20, 40))
    elif event == "late_closing":
        row["结案日期"] = decided + timedelta(days=10)
        row["结案录入日期"] = decided + timedelta(days=m.rng.choice([18, 19, 40]))
    elif event == "seventh_day":
        row["系统录入日期"] = decided + timedelta(days=7)
    elif event == "not_in_system":
        row["_in_system"] = False
    elif event == "odd_text":
        row |= {m.rng.choice(["当事人名称", "违法行为类型", "移动执法平台"]): None, "统一社会信用代码": "12345"}
    elif event == "empty_fine":
        row |= {"处罚种类": m.rng.choice(["罚款", "没收"]), "罚款金额(万元)": None}
    elif event == "empty_filed":
        row["是否录入处罚系统"] = None
    elif event == "unpublished_outside":
        row |= {"决定日期": m.outside_day(), "是否公开": "否"}
    elif event == "unpublished_not_filed":
        row |= {"是否录入处罚系统": "否", "是否公开": "否"}
    elif event == "no_filing_date":
        row["系统录入日期"] = None
    elif event == "other_sum_in_system":
        row["_system_sum"] = m.amount()


def case_rows(m: Maker, unit: str, size: int) -> list[Row]:
    weights = CASE_EVENTS | (DOUBTFUL_CASE_EVENTS if m.doubtful else {})
    hides = m.year == 2017 and m.chance(0.2, "unit_with_unpublished")
    rows, copies = [], []
    for n in range(1, size + 1):
        row = clean_case(m, unit, n)
        event = m.rng.choices(list(weights), list(weights.values()))[0]
        apply_event(m, row, event)
        m.events[event] += 1
        if event == "clean" and m.rng.random() < 0.15 and (hides or m.year == 2016):
            row |= {"是否公开": "否", "公开日期": None, "公开网址": None, "_event": "unpublished"}
        rows.append(row)
        if event == "duplicate":
            copies.append(row | {"罚款金额(万元)": m.amount(), "处罚种类": "罚款"})
        if event == "duplicate_of_uncounted":
            row |= {"是否录入处罚系统": "否"}
            copies.append(row | {"是否录入处罚系统": "是"})
    for copied in copies:
        rows.append(copied | {"序号": len(rows) + 1})
    return rows


def major_rows(m: Maker, unit: str, cases: list[Row]) -> list[Row]:
    clean = [row["处罚决定书文号"] for row in cases if row["_event"] == "clean"]
    rows: list[Row] = []
    for n in range(1, m.rng.randint(5, 14)):
        kind = m.rng.choice(scorer.MAJOR_KINDS)
        daily = kind == scorer.DAILY
        name = m.number(unit, "重", n)
        if daily and clean and m.rng.random() < 0.5:
            name = clean.pop(m.rng.randrange(len(clean)))
        row: Row = {
            "序号": n,
            "重大案件类型": kind,
            "文书文号": name,
            "当事人名称": f"演示企业{n:03d}",
            "对应处罚决定书文号": m.rng.choice(clean) if clean and m.rng.random() < 0.5 else None,
            "文书日期": m.any_day(),
            "金额(万元)": m.amount() if daily else None,
            "是否录入处罚系统": "是",
            "扫描件": None if m.chance(0.05, "major_no_scan") else f"重大{n:03d}.pdf",
            "备注": None,
        }
        if m.chance(0.05, "major_outside"):
            row["文书日期"] = m.outside_day()
        elif m.chance(0.05, "major_not_filed"):
            row["是否录入处罚系统"] = "否"
        elif m.chance(0.03, "major_unreadable"):
            row["文书日期"] = "待定"
        elif m.doubtful and daily and m.chance(0.1, "major_no_sum"):
            row["金额(万元)"] = None
        rows.append(row)
        if m.doubtful and m.chance(0.05, "major_duplicate"):
            rows.append(dict(row))
    return rows


def reconsideration_rows(m: Maker, unit: str, cases: list[Row]) -> list[Row]:
    rows: list[Row] = []

    def add(result: str, when: date | None) -> None:
        n = len(rows) + 1
        fresh = [row["处罚决定书文号"] for row in cases if row["处罚决定书文号"]]
        rows.append(
            {
                "序号": n,
                "处罚决定书文号": m.rng.choice([*fresh, m.number(unit, "旧罚", n)]),
                "申请日期": (when or m.period[1]) - timedelta(days=40),
                "复议决定文号": m.number(unit, "复", n) if when else None,
                "复议决定日期": when,
                "复议结果": result,
                "备注": None,
            }
        )

    for _ in range(m.rng.randint(0, 2)):
        result = m.rng.choice(["维持", "责令履行", "终止", "审理中"])
        add(result, None if result == "审理中" else m.any_day())
    if m.chance(0.08, "corrected"):
        add(m.rng.choice(scorer.CORRECTED), m.rng.choice([m.any_day(), *m.period]))
    if m.chance(0.12, "corrected_outside"):
        add(m.rng.choice(scorer.CORRECTED), m.outside_day())
    return rows


def file_rows(m: Maker, unit: str, cases: list[Row]) -> list[Row]:
    clean = [row["处罚决定书文号"] for row in cases if row["_event"] == "clean"]
    m.rng.shuffle(clean)
    city = scorer.tier(m.campaign, unit) == CITY
    rows: list[Row] = []
    for kind, asked in {**scorer.FILES_ASKED, **({scorer.CITY_FILE: 1} if city else {})}.items():
        extra = m.chance(0.12, "extra_file")
        for _ in range(asked + extra):
            if m.chance(0.05, "missing_file"):
                continue
            n = len(rows) + 1
            own = kind == "行政处罚" and clean and m.rng.random() < 0.7
            row: Row = {
                "序号": n,
                "案卷类别": kind,
                "文书文号": clean.pop() if own else m.number(unit, "卷", n),
                "案卷名称": f"演示案卷{n}",
                "文书日期": m.any_day(),
                "移动执法平台": "否" if m.chance(0.05, "no_platform") else "是",
                "案卷PDF": f"案卷{n}.pdf",
                "备注": None,
            }
            if m.chance(0.04, "file_outside"):
                row["文书日期"] = m.outside_day()
            elif m.doubtful and m.chance(0.05, "file_unreadable"):
                row["文书日期"] = "待定"
            rows.append(row)
    if m.chance(0.3, "files_shuffled"):
        m.rng.shuffle(rows)
    return rows


def press_rows(m: Maker) -> list[Row]:
    activity = scorer.PACKS[m.pack].activity
    rows: list[Row] = []
    for n in range(1, m.rng.randint(4, 16)):
        row: Row = {
            "序号": n,
            "日期": m.any_day(*activity),
            "类别": m.rng.choice(["简报", "信息", "文章", "文章", "文章"]),
            "标题": f"演示标题{n}",
            "媒体": m.rng.choice(["中国环境报", "省厅网站", "市局网站", "其他"]),
            "是否大练兵专栏": m.rng.choice(["是", "是", "否"]),
            "网址或版面": None,
            "备注": None,
            "报送部门": None,
        }
        if m.chance(0.06, "article_outside"):
            row["日期"] = activity[1] + timedelta(days=1)
        elif m.chance(0.03, "article_unreadable"):
            row["日期"] = "待定"
        elif rows and m.chance(0.08, "article_twice"):
            row |= {key: rows[-1][key] for key in ("标题", "媒体", "类别", "是否大练兵专栏")}
        rows.append(row)
    return rows


def person_rows(m: Maker, unit: str, cases: list[Row]) -> tuple[list[Row], list[Row]]:
    people: list[Row] = []
    worked: list[Row] = []
    numbers = [row["处罚决定书文号"] for row in cases if row["处罚决定书文号"]]
    for n, name in enumerate(PERSONS[: m.rng.choice([0, 1, 2, 2, 2, 2, 3])], 1):
        end = m.period[1]
        row: Row = {
            "序号": n,
            "姓名": name,
            "职务": "演示职务",
            "执法证号": f"DEMO-{m.codes[unit]}-{n}",
            "证件有效期至": end + timedelta(days=m.rng.randint(1, 900)),
            "参评案卷文号": m.rng.choice(numbers) if m.rng.random() < 0.7 else m.number(unit, "个卷", n),
            "案件调查情况": "演示数据：调查过程。",
            "事迹材料": "演示数据：个人事迹。",
            "廉洁证明文件": f"廉洁证明{n}.pdf",
            "备注": None,
        }
        if m.chance(0.08, "expired"):
            row["证件有效期至"] = end - timedelta(days=m.rng.randint(1, 300))
        elif m.chance(0.07, "no_statement"):
            row["廉洁证明文件"] = None
        elif m.doubtful and m.chance(0.1, "expires_last_day"):
            row["证件有效期至"] = end
        people.append(row)
        done = m.rng.sample(numbers, min(len(numbers), m.rng.randint(4, 16)))
        if m.chance(0.3, "person_case_twice"):
            done.append(done[0])
        if m.chance(0.2, "person_case_unknown"):
            done.append(m.number(unit, "无", n))
        for decided in done:
            proof = None if m.chance(0.05, "person_no_proof") else f"笔录{len(worked) + 1}.pdf"
            worked.append(
                {
                    "序号": len(worked) + 1,
                    "姓名": name,
                    "处罚决定书文号": decided,
                    "担任角色": m.rng.choice(["主办", "协办"]),
                    "证明材料": proof,
                    "备注": None,
                }
            )
    return people, worked


def unit_form(m: Maker, unit: str) -> Row:
    city = scorer.tier(m.campaign, unit) == CITY
    keys: Any = m.rng.choice([0, 3, 5]) if city else m.rng.randint(8, 40)
    if not city and m.chance(0.06, "no_keys"):
        keys = m.rng.choice([None, 0, "不详"])
    listed = "否" if m.chance(0.06, "list_not_published") else "是"
    return {
        "单位名称": unit,
        "层级": scorer.tier(m.campaign, unit),
        "填报年度": m.year,
        "单位负责人": "甲某某",
        "联络员": "乙某某",
        "联系电话": "0512-00000000",
        scorer.PACKS[m.pack].key_item: keys,
        "名录是否公布": listed,
        "名录扫描件": "名录.pdf",
        "执法人员总数": m.rng.randint(20, 60),
        "活动方案文号": "演示方案1号",
        "填报日期": m.period[1],
    }


def unit_return(m: Maker, unit: str, size: int) -> dict[str, Any]:
    cases = case_rows(m, unit, size)
    people, worked = person_rows(m, unit, cases)
    applies = "否" if m.chance(0.12, "not_applying") else "是"
    forms = [(m.any_day(), form) for form in ("法治讲座", "专题培训", "案卷评查")]
    return {
        "单位信息": unit_form(m, unit),
        "处罚案件": cases,
        "重大案件": major_rows(m, unit, cases),
        "行政复议": reconsideration_rows(m, unit, cases),
        "参评案卷": file_rows(m, unit, cases),
        "先进集体": {"是否申报": applies, "事迹材料文件": "事迹.pdf", "典型案例办理过程": "演示数据"},
        "先进个人": people,
        "个人办案": worked,
        "宣传报道": press_rows(m),
        "学习培训": [
            {"序号": n, "日期": when, "形式": form, "主题": "演示主题", "参加人数": m.rng.randint(5, 40), "备注": None}
            for n, (when, form) in enumerate(forms, 1)
        ],
    }


# --- the bureau's tabs -------------------------------------------------------------------------------------------


def review_rows(m: Maker, unit: str) -> None:
    pages = m.campaign["returns"][unit]
    files = [row["文书文号"] for row in pages["参评案卷"]] + [row["参评案卷文号"] for row in pages["先进个人"]]
    for file in dict.fromkeys(files):
        base = m.rng.randint(62, 92)
        for kind, most in (("专家", 3), ("交叉", 2)):
            if m.chance(0.04, "missing_review"):
                continue
            for reviewer in range(m.rng.randint(1, most)):
                points = Decimal(min(100, max(0, base + m.rng.randint(-9, 9)))) - Decimal(m.rng.choice(["0", "0.5"]))
                row: Row = {"单位": unit, "文书文号": file, "评审类型": kind, "评审人": f"演示{kind}{reviewer + 1}"}
                m.campaign["案卷评审"].append(
                    row | {"得分": points, "是否造假": m.rng.choice(["否", None]), "说明": None}
                )
    places = scorer.file_places(m.campaign, unit)
    if places and m.chance(0.08, "forged"):
        forged = m.rng.choice(places).number
        rows = [r for r in m.campaign["案卷评审"] if r["单位"] == unit and r["文书文号"] == forged]
        if rows:
            m.rng.choice(rows)["是否造假"] = "是"


def vote_rows(m: Maker, unit: str) -> None:
    votes = m.campaign["公众投票"]
    if not m.chance(0.05, "no_vote_row"):
        count = 0 if m.chance(0.05, "zero_votes") else m.rng.choice([1000, m.rng.randint(300, 1000)])
        votes.append({"对象类型": "集体", "单位": unit, "姓名": None, "票数": count})
    for row in m.campaign["returns"].get(unit, {}).get("先进个人", []):
        count = m.rng.choice([0, 800, m.rng.randint(300, 800), m.rng.randint(300, 800)])
        votes.append({"对象类型": "个人", "单位": unit, "姓名": row["姓名"], "票数": count})


def deed_rows(m: Maker, unit: str) -> None:
    for row in m.campaign["returns"][unit]["先进个人"]:
        for reviewer in range(0 if m.chance(0.05, "no_deed_review") else m.rng.randint(1, 3)):
            marks = {
                item: Decimal(m.rng.randint(30, 50)) / 2 for item in ("综合素质", "工作能力", "工作态度", "工作成效")
            }
            m.campaign["事迹评审"].append(
                {"单位": unit, "姓名": row["姓名"], "评审人": f"演示评审{reviewer + 1}"} | marks
            )
        if m.chance(0.15, "report"):
            found = m.rng.choice(["属实", "不属实", "核查中"])
            m.campaign["廉洁核查"].append({"单位": unit, "姓名": row["姓名"], "线索": "演示线索", "查证结果": found})


def environment_rows(m: Maker, unit: str) -> None:
    if scorer.tier(m.campaign, unit) == CITY:
        worse = m.chance(0.25, "air_worse")
        for indicator in ("PM10", "PM2.5"):
            for point in range(1, 4):
                before = Decimal(m.rng.randint(400, 900)) / 10
                change = Decimal(m.rng.randint(1, 30)) / 10
                now = before + change if worse and indicator == "PM2.5" else before - change
                row: Row = {"单位": unit, "点位": f"演示点位{point}", "指标": indicator}
                m.campaign["空气质量"].append(row | {"上年均值": before, "本年均值": now})
        if m.chance(0.4, "air_mixed_or_equal"):  # one point up, another down by as much: the mean is equal, no veto
            rows = [r for r in m.campaign["空气质量"] if r["单位"] == unit and r["指标"] == "PM10"][:3]
            for row, shift in zip(rows, (Decimal("1.5"), Decimal("-1.5"), Decimal(0)), strict=True):
                row["本年均值"] = row["上年均值"] + shift
    elif m.doubtful and m.chance(0.2, "air_of_a_county"):
        row = {"单位": unit, "点位": "县演示点位", "指标": "PM10"}
        m.campaign["空气质量"].append(row | {"上年均值": Decimal(50), "本年均值": Decimal(70)})
    for section in range(m.rng.randint(0, 2)):
        grade = m.rng.randint(1, 4)
        later = grade + 1 if m.chance(0.06, "water_worse") else grade - m.rng.randint(0, 1)
        complete = "是"
        if m.chance(0.1, "water_incomplete"):
            complete, later = "否", min(5, grade + 1)
        m.campaign["水质断面"].append(
            {
                "单位": unit,
                "断面名称": f"演示断面{m.codes[unit]}{section + 1}",
                "上年类别": scorer.WATER[grade],
                "本年类别": scorer.WATER[later],
                "数据是否齐备": None if m.doubtful and m.rng.random() < 0.2 else complete,
            }
        )


def adjustment_rows(m: Maker, unit: str) -> None:
    for indicator, (low, high) in scorer.CAPS.items():
        for _ in range(m.rng.choice([0, 0, 1, 2])):
            points = Decimal(m.rng.randint(low * 2, high * 2)) / 2 + (3 if m.chance(0.1, "over_cap") else 0)
            row: Row = {"单位": unit, "指标": indicator, "分值": points, "事由": "演示事由"}
            m.campaign["加减分"].append(row | {"依据文号": "演示文件1号"})


# --- across units ------------------------------------------------------------------------------------------------


def renamed(value: Any, pairs: list[tuple[str, str]]) -> Any:
    if isinstance(value, str):
        for old, new in pairs:
            value = value.replace(old, new)
        return value
    if isinstance(value, dict):
        return {key: renamed(item, pairs) for key, item in value.items()}
    return [renamed(item, pairs) for item in value] if isinstance(value, list) else value


def make_twin(m: Maker, model: str, twin: str) -> None:
    """Give ``twin`` the figures of ``model`` under its own name and numbers: equal totals."""
    pairs = [(model, twin), (m.codes[model], m.codes[twin])]
    m.campaign["returns"][twin] = renamed(deepcopy(m.campaign["returns"][model]), pairs)
    for tab in TABS:
        kept = [row for row in m.campaign[tab] if row["单位"] != twin]
        m.campaign[tab] = kept + [renamed(dict(row), pairs) for row in kept if row["单位"] == model]
    for unit in (model, twin):
        m.campaign["returns"][unit]["先进集体"]["是否申报"] = "是"
        if m.province:
            next(row for row in m.campaign["单位名册"] if row["单位"] == unit)["是否推荐"] = "是"


def add_claims(m: Maker, free: list[str]) -> None:
    """B2.10: a number claimed by two units."""
    for _ in range(3):
        giver, taker = m.rng.sample(free, 2)
        clean = [row for row in m.campaign["returns"][giver]["处罚案件"] if row["_event"] == "clean"]
        daily = {row["文书文号"] for row in m.campaign["returns"][giver]["重大案件"]}
        clean = [row for row in clean if row["处罚决定书文号"] not in daily]
        if clean:
            row = m.rng.choice(clean)
            row["_event"] = "claimed"
            target = m.campaign["returns"][taker]["处罚案件"]
            target.append(row | {"序号": len(target) + 1})
            m.events["claimed"] += 1


def add_system_export(m: Maker) -> None:
    listed: dict[str, Row] = {}
    for unit, pages in m.campaign["returns"].items():
        for row in pages["处罚案件"]:
            name = row["处罚决定书文号"]
            if name and row["是否录入处罚系统"] != "否" and row.get("_in_system", True):
                sums = row.get("_system_sum", row["罚款金额(万元)"])
                filed = {"决定日期": row["决定日期"], "录入日期": row["系统录入日期"], "单位": unit}
                filed = {key: None if key != "单位" and isinstance(v, str) else v for key, v in filed.items()}
                listed.setdefault(
                    name, {"处罚决定书文号": name, "罚款金额(万元)": None if isinstance(sums, str) else sums} | filed
                )
        if not m.doubtful:  # whether major cases are looked up as well is an open spot
            for row in pages["重大案件"]:
                if row["是否录入处罚系统"] == "是":
                    entry = {"处罚决定书文号": row["文书文号"], "罚款金额(万元)": row["金额(万元)"], "单位": unit}
                    listed.setdefault(row["文书文号"], entry)
    rows = list(listed.values())
    m.rng.shuffle(rows)
    extra: Row = {"处罚决定书文号": "演无此单位罚〔0000〕第001号", "罚款金额(万元)": Decimal(1)}
    m.campaign["处罚系统数据"] = [*rows, extra]


def add_rules(m: Maker, given: bool) -> None:
    """Provincial totals (one unit exactly at 1.5 × its baseline), full marks, quotas that cut a tie."""
    c, rules = m.campaign, m.campaign["规则"]
    own = {unit: scorer.own_figures(c, unit) for unit in scorer.units(c)}
    total = scorer.add_figures(own.values())
    if given:
        sample = [u for u in own if scorer.tier(c, u) == COUNTY and own[u].keys and own[u].cases]
        unit = m.rng.choice(sample)
        times = int(total.keys / own[unit].keys) + 1
        rules[scorer.PACKS[m.pack].key_total] = int(3 * times * own[unit].keys)
        rules["全省查处案件总数"] = int(2 * times * own[unit].cases)
        rules["全省罚款总金额(万元)"] = Decimal(int(total.fines * m.rng.randint(18, 45) / 10)) + Decimal("0.25")
        rules["全省重大案件总数"] = int(total.majors * m.rng.randint(18, 45) / 10)
        if m.chance(0.3, "one_total_blank"):
            rules.pop(m.rng.choice(["全省罚款总金额(万元)", "全省重大案件总数"]))
    if m.chance(0.4, "marks_changed"):
        rules |= {"案卷质量满分": Decimal("35.5"), "罚款金额满分": 14, "公众满意度满分": 25, "个人办案数满分": 33}
    rules["专家评审权重"] = Decimal(m.rng.choice(["0.5", "0.6"]))
    result = scorer.score(c)
    for level, item in ((COUNTY, "县级先进集体名额"), (CITY, "市级先进集体名额")):
        keys = [s.key for s in result.ranking if s.tier == level and not s.veto and scorer.applies(c, s.unit)]
        rules[item] = quota_across(m, keys, 3 if level == COUNTY else 1)
    rules["先进个人名额"] = quota_across(m, [p.total for p in result.persons if not p.veto], 5)


def quota_across(m: Maker, keys: list[Any], other: int) -> int:
    """A quota whose line lies inside a tie, where there is one."""
    tied = sorted({sum(k > key for k in keys) for key in keys if keys.count(key) > 1})
    m.events["tie_across_line"] += bool(tied)
    return m.rng.choice(tied) + 1 if tied else other


def make(pack: str, seed: int, *, province: bool = False, doubtful: bool = False, quotas: bool = True) -> Campaign:
    """A campaign for a pack. ``quotas=False`` leaves the quotas and weights of the pack alone."""
    m = Maker(random.Random(f"{pack}-{seed}-{province}"), pack, province, doubtful)
    c = m.campaign
    c |= {"pack": pack, "规则": {}, "returns": {}, "_seed": seed} | {tab: [] for tab in TABS}
    c["单位名册"] = roster(m)
    for unit in scorer.units(c):
        c["returns"][unit] = unit_return(m, unit, m.rng.randint(20, 40))
        review_rows(m, unit)
        deed_rows(m, unit)
    for unit in scorer.units(c):
        vote_rows(m, unit)
        environment_rows(m, unit)
        if scorer.PACKS[pack].bonus:
            adjustment_rows(m, unit)
    counties = [unit for unit in scorer.units(c) if scorer.tier(c, unit) == COUNTY]
    first, second, third, fourth, silent, *_ = m.rng.sample(counties, len(counties))
    make_twin(m, first, second)
    make_twin(m, third, fourth)
    press = c["returns"][second]["宣传报道"]
    fresh: Row = {"序号": len(press) + 1, "日期": scorer.PACKS[pack].activity[0], "类别": "文章", "媒体": "省厅网站"}
    press.append(fresh | {"标题": "演示标题增", "是否大练兵专栏": "是"})
    del c["returns"][silent]
    m.events["no_return"] += 1
    for tab in ("案卷评审", "事迹评审"):
        c[tab] = [row for row in c[tab] if row["单位"] != silent]
    add_claims(m, [u for u in c["returns"] if u not in (first, second, third, fourth)])
    if m.chance(0.6, "system_export"):
        add_system_export(m)
    add_rules(m, given=seed % 2 == 0)
    if not quotas:
        for item in ("县级先进集体名额", "市级先进集体名额", "先进个人名额"):
            del c["规则"][item]
    c["_events"] = dict(m.events)
    return c


def with_rules(c: Campaign, rules: dict[str, Any]) -> Campaign:
    """The same campaign under other values of 规则."""
    return c | {"规则": c["规则"] | rules}
