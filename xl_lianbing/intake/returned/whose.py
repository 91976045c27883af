"""Whose return a file is and for which year: by its stamp and by 单位信息, which must agree (A1, A3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from xl_lianbing.findings import Finding, Kind, Where, finding
from xl_lianbing.findings import reading as c
from xl_lianbing.findings.gather import Collector
from xl_lianbing.glossary import Tier, YesNo
from xl_lianbing.intake.checks.days import latest_day
from xl_lianbing.intake.returned.differences import form_differences, pack_differences
from xl_lianbing.intake.tables.form import Form
from xl_lianbing.records.bureaus import unit_of_bureau
from xl_lianbing.records.returns import UnitInfo
from xl_lianbing.records.stamp import Stamp
from xl_lianbing.rules.ruleset import Ruleset


def identify(stamp: Stamp | None, info: Form[UnitInfo], rules: Ruleset, collector: Collector) -> Finding | None:
    """Why the file can't be used for this campaign, or None; sets the collector's unit."""
    year, pack = rules.pack.year, rules.pack
    record = info.record
    stamped = stamp.unit if stamp else ""
    named = unit_of_bureau(record.unit, [stamped]) if record.unit and stamped else record.unit
    collector.unit = named or record.unit or stamped

    def at(name: str) -> Where:
        return Where(collector.file, info.sheet, info.cells.get(name, "A1"), collector.unit)

    def refusal(kind: Kind, name: str, shown: object, **words: object) -> Finding:
        return finding(kind, at(name), shown, **words)

    for found in (stamp.year if stamp else None, record.year):
        if found is not None and found != year:
            return refusal(c.OTHER_YEAR, "year", found, found=found, asked=year)
    if stamp is not None and stamp.pack != pack.id:
        differs = pack_differences(stamp.pack, pack) or form_differences(collector.findings())
        words = {"found": f"{stamp.pack} {stamp.version}".strip(), "asked": f"{pack.id} {pack.version}"}
        return refusal(c.OTHER_PACK, "year", stamp.pack, **words, differs=f"，不同处：{differs}" if differs else "")
    if stamped and record.unit and named is None:
        differs_from = refusal(c.UNIT_DIFFERS, "unit", record.unit, stamped=stamped, found=record.unit)
        return differs_from.at(unit=stamped)  # who was given the file is asked
    if not collector.unit:
        return refusal(c.UNIT_UNKNOWN, "unit", "")
    if record.unit is None:
        collector.add(c.UNIT_FROM_STAMP, info.sheet, info.cells.get("unit", "A1"), unit=collector.unit)
    if stamp is None:
        collector.add(c.STAMP_MISSING)
        if record.year is None:
            collector.add(c.YEAR_UNKNOWN, info.sheet, info.cells.get("year", "A1"), asked=year)
    check_info(info, rules, collector, date.today())
    return None


#: Days of 单位信息 that have a deadline (D1): field → its key in the pack for a district and for a city.
_DUTIES = {"plan_filed_on": ("plan", "province_liaison"), "report_filed_on": ("report", "province_report")}


def check_info(info: Form[UnitInfo], rules: Ruleset, collector: Collector, today: date) -> None:
    """The days in 单位信息: not ahead (B2.10), in time (D1), and what is said of the published list (B2.9)."""
    record, columns = info.record, UnitInfo.columns()
    limit, called = latest_day(record.filled_on, today)

    def add(kind: Kind, name: str, shown: object, **words: Any) -> None:
        collector.add(kind, info.sheet, info.cells.get(name, "A1"), shown, header=columns[name].header, **words)

    listed = ("list_published_on",) if rules.has("key_list") else ()
    for name in (*listed, *_DUTIES):
        day: date | None = getattr(record, name)
        if day is not None and day > limit:
            add(c.IN_FUTURE, name, day, than=called, limit=limit)
        elif day is not None and name in _DUTIES:
            deadline = rules.pack.deadline(_DUTIES[name][record.tier is Tier.CITY])
            if deadline is not None and day > deadline.due:
                add(c.DUTY_LATE, name, day, day=day, title=deadline.title, due=deadline.due)
    if rules.has("key_list"):
        if record.list_published is YesNo.NO:
            if record.list_published_on is not None:
                add(c.LIST_CONTRADICTION, "list_published_on", record.list_published_on, value=record.list_published_on)
        elif record.list_published is YesNo.YES and record.list_published_on is None:
            collector.add(c.LIST_WITHOUT_DATE, info.sheet, info.cells.get("list_published_on", "A1"))
