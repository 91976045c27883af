"""The files that the systems would give (演示数据): in formats that they really have, for trying 导入数据.

What they say agrees with the returns, but for the mistakes planted there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Final

from xl_lianbing.demo.made_up.names import DEMO
from xl_lianbing.demo.plan import Draft, Row, UnitDrafts, UnitPlan, day_of
from xl_lianbing.glossary import ReviewKind, YesNo
from xl_lianbing.records.inputs import AirPoint, MobileRecord, PublishedCase, Reviewer, SystemCase, Vote
from xl_lianbing.records.keys import document_key
from xl_lianbing.records.returns import CaseFile, PenaltyCase
from xl_lianbing.rules.pack import RulePack

#: The folder beside 回收; nobody's contract.
FOLDER: Final = f"系统数据（{DEMO}）"
_PORTAL: Final = f"行政处罚信息公示（{DEMO}）.xls"
_PLATFORM: Final = f"移动执法记录（{DEMO}）.csv"
_REVIEWERS: Final = f"评审人员（{DEMO}）.csv"
#: Title and header of the portal's table stand above its rows.
_PORTAL_FROM, _LIST_FROM = 3, 2
_EXPERTS: Final = 9
_AIR_POINT: Final = "演示点位09"
_YUAN: Final = 10_000


def published(plans: Sequence[tuple[UnitPlan, UnitDrafts]]) -> list[Draft]:
    """公示数据: the decisions that the returns call published, each number once."""
    rows: dict[str, Draft] = {}
    for plan, drafts in plans:
        for case in drafts[PenaltyCase]:
            if case["published"] == str(YesNo.YES) and case["decision_number"]:
                draft: Draft = {
                    name: case.get(name) for name in ("decision_number", "party", "credit_code", "violation")
                }
                # what the district mistyped stands right on the portal, or not at all
                draft |= {"fine": _kept(case["fine"], Decimal, int), "unit": plan.unit}
                draft |= {name: _kept(case[name], date) for name in ("decided_on", "published_on")}
                rows.setdefault(document_key(str(case["decision_number"])), draft)
    return [row | {"source": f"{_PORTAL} 第{n}行"} for n, row in enumerate(rows.values(), _PORTAL_FROM)]


def _kept(value: object, *kinds: type) -> object:
    return value if isinstance(value, kinds) else None


def inspections(plans: Sequence[tuple[UnitPlan, UnitDrafts]]) -> list[Draft]:
    """移动执法记录: an inspection for each file whose on-site record was made with the platform (B1.2)."""
    rows: list[Draft] = []
    for plan, drafts in plans:
        parties = {document_key(str(c["decision_number"])): c["party"] for c in drafts[PenaltyCase]}
        for file in drafts[CaseFile]:
            if file["mobile_platform"] != str(YesNo.YES):
                continue
            number = len(rows) + _LIST_FROM
            rows.append(
                {
                    "number": f"YD{plan.pack.year}{number:05d}",
                    "unit": plan.unit,
                    "party": parties.get(document_key(str(file["document_number"]))) or f"{DEMO}企业",
                    "inspected_on": day_of(file, "dated") - timedelta(days=30),
                    "officers": "、".join(plan.officers[:2]),
                    "document_number": file["document_number"],
                    "source": f"{_PLATFORM} 第{number}行",
                }
            )
    return rows


def reviewers(plans: Sequence[UnitPlan]) -> list[Draft]:
    """评审人员: legal experts from outside, and an officer of each unit for the cross reviews (R1)."""
    people: list[Draft] = [
        {"name": f"演示专家{n:02d}", "kind": str(ReviewKind.EXPERT), "unit": f"演示律师事务所{n:02d}"}
        for n in range(1, _EXPERTS + 1)
    ]
    people += [
        {"name": f"演示互评员{n:02d}", "kind": str(ReviewKind.CROSS), "unit": plan.unit}
        for n, plan in enumerate(plans, 1)
    ]
    return [row | {"source": f"{_REVIEWERS} 第{n}行"} for n, row in enumerate(people, _LIST_FROM)]


def write_systems(place: Path, pack: RulePack, inputs: Mapping[str, Sequence[Row]]) -> None:
    """Writes the files below `place`: what the tabs of the master hold, and daily values of one more air point."""
    folder = place / FOLDER
    folder.mkdir()
    _csv(folder / f"处罚系统导出（{DEMO}）.csv", _export(inputs[SystemCase.sheet]), "gb18030")
    if inputs[PublishedCase.sheet]:
        (folder / _PORTAL).write_bytes(_portal(inputs[PublishedCase.sheet]).encode("gb18030"))
    if inputs[MobileRecord.sheet]:
        _csv(folder / _PLATFORM, _list(inputs[MobileRecord.sheet]), "utf-8-sig")
    _csv(folder / _REVIEWERS, _list(inputs[Reviewer.sheet]), "utf-8-sig")
    _csv(folder / f"公众投票（{DEMO}）.csv", _list(inputs[Vote.sheet]), "gb18030")
    if city := next((row["单位"] for row in inputs[AirPoint.sheet]), None):
        _csv(folder / f"空气质量日均值（{DEMO}）.csv", _days(pack.year, str(city)), "utf-8-sig")


def _export(rows: Sequence[Row]) -> list[list[object]]:
    fines = [Decimal(str(row.get("罚款金额(万元)", 0))) * _YUAN for row in rows]
    named = ["处罚决定书文号", "决定日期", "录入日期", "单位"]
    told: list[list[object]] = [
        [f"环境行政处罚案件信息系统 导出数据（{DEMO}）"],
        ["序号", "行政处罚决定书文号", "处罚决定书下达日期", "系统录入时间", "处罚机关", "罚款金额（元）"],
    ]
    for n, (row, fine) in enumerate(zip(rows, fines, strict=True), 1):
        told.append([n, *(row.get(header, "") for header in named), f"{fine:.2f}" if row.get("罚款金额(万元)") else ""])
    return [*told, ["合计", f"共{len(rows)}件", "", "", "", f"{sum(fines):.2f}"]]


def _portal(rows: Sequence[Row]) -> str:
    columns = {
        "处罚决定书文号": "行政处罚决定书文号",
        "当事人名称": "行政相对人名称",
        "统一社会信用代码": "统一社会信用代码",
        "违法行为类型": "违法行为类型",
        "罚款金额(万元)": "罚款金额（万元）",
        "决定日期": "处罚决定日期",
        "公开日期": "公开日期",
        "单位": "处罚机关",
    }
    lines = [f'<tr><td colspan="{len(columns)}">行政处罚信息公示（{DEMO}）</td></tr>', _html(columns.values(), "th")]
    lines += [_html((row.get(header, "") for header in columns), "td") for row in rows]
    return f'<html><head><meta charset="gb2312"></head><body><table>{"".join(lines)}</table></body></html>'


def _html(cells: Iterable[object], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(str(cell))}</{tag}>" for cell in cells) + "</tr>"


def _list(rows: Sequence[Row]) -> list[list[object]]:
    headers = [header for header in dict.fromkeys(h for row in rows for h in row) if header != "来源"]
    return [list(headers), *([row.get(header, "") for header in headers] for row in rows)]


def _days(year: int, city: str) -> list[list[object]]:
    """Two years of days; the means fall, and no month has too few days."""
    told: list[list[object]] = [["日期", "单位", "点位", "PM10", "PM2.5"]]
    day = date(year - 1, 1, 1)
    while day.year <= year:
        wave = (day.toordinal() * 7) % 23
        less = 6 if day.year == year else 0
        told.append([day.isoformat(), city, _AIR_POINT, 70 + wave - less, 40 + wave - less])
        day += timedelta(days=1)
    return told


def _csv(path: Path, rows: Sequence[Sequence[object]], encoding: str) -> None:
    made = io.StringIO(newline="")
    csv.writer(made).writerows(rows)
    path.write_bytes(made.getvalue().encode(encoding))
