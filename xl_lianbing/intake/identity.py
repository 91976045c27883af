"""Whose return a file is and for which year: by its stamp and by 单位信息, which must agree (A1, A3)."""

from __future__ import annotations

from xl_lianbing.findings import Finding, Kind, Where, finding
from xl_lianbing.intake import catalogue as c
from xl_lianbing.intake.collector import Collector
from xl_lianbing.intake.form import Form
from xl_lianbing.records.keys import name_key
from xl_lianbing.records.returns import UnitInfo
from xl_lianbing.records.stamp import Stamp
from xl_lianbing.rules.ruleset import Ruleset


def identify(stamp: Stamp | None, info: Form[UnitInfo], rules: Ruleset, collector: Collector) -> Finding | None:
    """Why the file can't be used for this campaign, or None; sets the collector's unit."""
    year, pack = rules.pack.year, rules.pack
    record = info.record
    collector.unit = record.unit or (stamp.unit if stamp else "")

    def at(name: str) -> Where:
        return Where(collector.file, info.sheet, info.cells.get(name, "A1"), collector.unit)

    def refusal(kind: Kind, name: str, shown: object, **words: object) -> Finding:
        return finding(kind, at(name), shown, **words)

    for found in (stamp.year if stamp else None, record.year):
        if found is not None and found != year:
            return refusal(c.OTHER_YEAR, "year", found, found=found, asked=year)
    if stamp is not None and stamp.pack != pack.id:
        return refusal(c.OTHER_PACK, "year", stamp.pack, found=stamp.pack, asked=pack.id)
    if stamp is not None and stamp.unit and record.unit and name_key(stamp.unit) != name_key(record.unit):
        return refusal(c.UNIT_DIFFERS, "unit", record.unit, stamped=stamp.unit, found=record.unit)
    if not collector.unit:
        return refusal(c.UNIT_UNKNOWN, "unit", "")
    if record.unit is None:
        collector.add(c.UNIT_FROM_STAMP, info.sheet, info.cells.get("unit", "A1"), unit=collector.unit)
    if stamp is None:
        collector.add(c.STAMP_MISSING)
        if record.year is None:
            collector.add(c.YEAR_UNKNOWN, info.sheet, info.cells.get("year", "A1"), asked=year)
    return None
