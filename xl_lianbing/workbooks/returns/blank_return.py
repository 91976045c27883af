"""The blank return (填报表) of one unit, made from the column declarations with XlsxWriter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook

from xl_lianbing.glossary import Tier
from xl_lianbing.records.column import Layout, Record
from xl_lianbing.records.returns import RETURN_SHEETS, TaskProgress, UnitInfo
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.workbooks.returns import layout as layout
from xl_lianbing.workbooks.returns.fill_check import count
from xl_lianbing.workbooks.returns.form import write_form
from xl_lianbing.workbooks.returns.guide import Contact, write_guide
from xl_lianbing.workbooks.returns.table import write_table
from xl_lianbing.workbooks.stamp import RETURN_KIND, Stamp, write_stamp
from xl_lianbing.workbooks.styles import WORKBOOK_OPTIONS, Formats

__all__ = ["Contact", "Rows", "write_return"]

#: Contents by sheet: rows as {header: value}; a form sheet has one, {项目: value}.
Rows = Mapping[str, Sequence[Mapping[str, object]]]


def write_return(
    path: Path,
    pack: RulePack,
    unit: str,
    tier: Tier,
    *,
    contact: Contact = Contact(),  # noqa: B008 - frozen
    city: bool = False,
    rows: Rows | None = None,
    prefilled: str = "",
) -> None:
    """Write a return for a unit: blank, or with contents (the demonstration, the benchmarks).

    The same arguments give the same bytes.

    Args:
        path: the .xlsx to write; an existing file is replaced.
        pack: the rules of the year: headers, windows, deadlines, tasks.
        unit: 单位名称; empty for a blank that the unit's name is still to be typed into.
        tier: 层级 of the unit.
        contact: whom the unit asks.
        city: the city's own return (市本级).
        rows: contents by sheet. Headers may be the year's or the plain ones; a sheet that is named replaces what
            would be prefilled (项目 of 单位信息: item by item).
        prefilled: what 填报说明 says of rows that were filled in for the unit.

    Raises:
        ValueError: `rows` names a sheet or a header that a return does not have; nothing is written then.
    """
    contents = _contents(pack, unit, tier, rows or {})
    counts = {record: count(record, pack, contents) for record in RETURN_SHEETS}
    with Workbook(str(path), WORKBOOK_OPTIONS) as workbook:
        workbook.set_properties(
            {
                "title": f"环境执法大练兵填报表 {unit}".strip(),
                "subject": pack.title,
                "company": pack.issuer,
                "created": datetime(pack.year, 1, 1),  # noqa: DTZ001 - a fixed date, so that equal content gives equal bytes
            }
        )
        formats = Formats(workbook)
        write_guide(workbook, formats, pack, unit, contact, city, counts, prefilled)
        for record in RETURN_SHEETS:
            if record.layout is Layout.FORM:
                locked = _locked_fields(unit) if record is UnitInfo else ()
                write_form(workbook, formats, record, pack, unit, contents[record][0], locked)
            else:
                write_table(workbook, formats, record, pack, unit, contents[record])
        write_stamp(workbook, Stamp(pack.id, pack.version, unit, pack.year, RETURN_KIND))


def _locked_fields(unit: str) -> tuple[str, ...]:
    return ("unit", "tier", "year") if unit else ("tier", "year")


def _contents(pack: RulePack, unit: str, tier: Tier, rows: Rows) -> dict[type[Record], list[list[object]]]:
    unknown = set(rows) - {record.sheet for record in RETURN_SHEETS}
    if unknown:
        raise ValueError(f"a return has no sheet {sorted(unknown)}")
    contents = {record: layout.in_order(record, pack, rows.get(record.sheet, ())) for record in RETURN_SHEETS}
    for record in RETURN_SHEETS:
        if record.layout is Layout.FORM and not contents[record]:
            contents[record] = [[None] * len(record.columns())]
    info = contents[UnitInfo][0]
    for place, value in enumerate((unit or None, str(tier), pack.year)):
        if info[place] is None:
            info[place] = value
    if TaskProgress.sheet not in rows:
        contents[TaskProgress] = layout.in_order(TaskProgress, pack, layout.task_rows(pack))
    return contents
