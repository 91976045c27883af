"""宣传报道 and 学习培训 of a unit (演示数据)."""

from __future__ import annotations

import calendar
import random
from datetime import date, timedelta

from xl_lianbing.demo.made_up.names import DEMO
from xl_lianbing.demo.plan import Draft, UnitPlan, workday
from xl_lianbing.glossary import Medium, PublicityKind, Tier, TrainingKind, YesNo

_THEMES = (
    "夜间突击检查重点排污单位",
    "危险废物规范化管理专项检查",
    "挥发性有机物治理执法行动",
    "太湖流域排污口排查",
    "自动监控数据联网核查",
    "执法人员岗位练兵",
    "饮用水源地执法巡查",
    "环保与公安联合执法",
)
_CITY_DEPARTMENTS = ("监察支队", "监察支队", "固管中心", "辐射站", "应急中心", "局宣教处（中心）", "局法规处")
_TOPICS: dict[TrainingKind, str] = {
    TrainingKind.LECTURE: "环境保护法及四个配套办法",
    TrainingKind.COURSE: "环境行政处罚证据收集与审查",
    TrainingKind.CASE_TEACHING: "典型案例剖析",
    TrainingKind.FILE_REVIEW: "行政处罚案卷互评",
    TrainingKind.QUIZ: "环境执法知识竞赛",
}


def publicity(plan: UnitPlan) -> list[Draft]:
    """A bulletin and an item of information a month, the articles of the profile, and some that do not count."""
    chance = plan.chance("宣传报道")
    rows: list[Draft] = []
    for month, (start, end) in enumerate(_months(plan), 1):
        departments = _CITY_DEPARTMENTS if plan.tier is Tier.CITY else (None,)
        rows += [
            _item(chance, _day(chance, start, end), PublicityKind.BULLETIN, Medium.CITY_SITE, YesNo.NO)
            | {"headline": f"{plan.unit}环境执法大练兵简报第{month}期", "department": department}
            for department in departments
        ]
        rows.append(
            _item(chance, _day(chance, start, end), PublicityKind.INFORMATION, Medium.CITY_SITE, YesNo.YES)
            | {"department": departments[0]}
        )
    window = plan.window("activity")
    for number in range(plan.profile.articles):
        medium = (Medium.PROVINCE_SITE, Medium.ENVIRONMENT_NEWS)[number % 2]
        day = _day(chance, window.start, plan.returned_on)
        theme = _THEMES[number % len(_THEMES)]
        rows.append(
            _item(chance, day, PublicityKind.ARTICLE, medium, YesNo.YES)
            | {"headline": f"{plan.unit}{theme}见实效（{number + 1}）"}
        )
    other = _day(chance, window.start, plan.returned_on)
    rows.append(_item(chance, other, PublicityKind.ARTICLE, Medium.OTHER, YesNo.NO))
    return [
        {
            "number": number,
            **row,
            "headline": row.get("headline") or f"{plan.unit}{chance.choice(_THEMES)}",
            "remark": DEMO if number == 1 else None,
        }
        for number, row in enumerate(sorted(rows, key=lambda row: str(row["dated"])), 1)
    ]


def _item(chance: random.Random, day: date, kind: PublicityKind, medium: Medium, column: YesNo) -> Draft:
    address = (
        f"第{chance.randint(1, 8)}版"
        if medium is Medium.ENVIRONMENT_NEWS
        else f"http://www.example.com/news/{day:%Y%m%d}{chance.randint(10, 99)}.html"
    )
    return {"dated": day, "kind": str(kind), "medium": str(medium), "campaign_column": str(column), "address": address}


def _day(chance: random.Random, start: date, end: date) -> date:
    return workday(start + timedelta(days=chance.randint(0, (end - start).days)), not_before=start)


def _months(plan: UnitPlan) -> list[tuple[date, date]]:
    """First and last day of every month of the activity, as far as the return reaches."""
    first = plan.window("activity").start
    months = []
    while first <= plan.returned_on:
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        months.append((first, min(last, plan.returned_on)))
        first = last + timedelta(days=1)
    return months


def training(plan: UnitPlan, officers: int) -> list[Draft]:
    """A session of each form within the activity; nobody comes twice to one."""
    chance = plan.chance("学习培训")
    start = plan.window("activity").start
    days = sorted(_day(chance, start, plan.returned_on) for _ in _TOPICS)
    return [
        {
            "number": number,
            "dated": day,
            "kind": str(kind),
            "topic": topic,
            "heads": max(1, officers - chance.randint(0, officers // 4)),
            "remark": DEMO if number == 1 else None,
        }
        for number, (day, (kind, topic)) in enumerate(zip(days, _TOPICS.items(), strict=True), 1)
    ]
