"""水质 (B4.2): the class of each section, both years in one row, or a row a year."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from xl_lianbing.glossary import ImportKind, YesNo
from xl_lianbing.importing.kinds.kind import (
    ForeignRow,
    Incoming,
    Key,
    Kind,
    Refused,
    RowReader,
    Surroundings,
    Table,
    Taken,
    Value,
    Values,
    spell_unit,
    text_of,
)
from xl_lianbing.intake.cells.dates import date_of_text
from xl_lianbing.intake.door.sheets import Cell
from xl_lianbing.records.inputs import WaterSection
from xl_lianbing.records.keys import name_key, squeeze

_CLASSES: Final = ("上年类别", "本年类别")
_YEAR, _CLASS = "年份", "类别"
_STRUCTURE: Final = re.compile(
    r"(?:断面|考核断面|国控断面)?(?:水质|水质类别|类别)?(上年|本年)(?:断面)?(?:年均)?(?:水质|水质类别|类别|水质现状|年均类别)?"
)
#: What is written where a section was not measured.
_NOT_MEASURED: Final = re.compile(
    r"(?:断流|干涸|未监测|未检测|缺测|缺失|无数据|停测|未采样|结冰|冰封|[-—/无]*|N/?A)", re.IGNORECASE
)


def year_of(cell: Cell) -> int | None:
    """The year that a cell names: 2017, 2017年, or that of a day."""
    text = squeeze(text_of(cell))
    found = re.fullmatch(r"(20\d\d)(?:年度?|\.0)?", text)
    if found:
        return int(found[1])
    day = date_of_text(text_of(cell))
    return day.year if day else None


def _missing(found: Collection[str]) -> list[str]:
    lacking = [header for header in ("单位", "断面名称") if header not in found]
    if {_YEAR, _CLASS} <= set(found):
        return lacking
    return [*lacking, *(header for header in _CLASSES if header not in found)]


def _tell(key: str) -> str:
    found = _STRUCTURE.fullmatch(key)
    return f"{found[1]}类别" if found else ""


def _key(values: Values) -> Key:
    return name_key(str(values.get("unit") or "")), name_key(str(values.get("section") or ""))


def _read(kind: Kind, tables: Sequence[Table], known: Surroundings) -> Taken:
    taken = Taken()
    for table in tables:
        one = _by_section(table, known, taken) if {_YEAR, _CLASS} <= set(table.columns) else table
        reader = RowReader(kind, one, ("单位", *_CLASSES))
        for row in one.rows:
            trial = Taken()
            values = reader.read(row, trial)
            if values is None:
                taken.refused += trial.refused
            elif why := _classes(row, values, taken):
                taken.refused.append(Refused(row.where, why))
            elif "unit" not in values:
                taken.refused.append(Refused(row.where, "单位为空"))
            else:
                spell_unit(values, known, taken)
                taken.rows.append(Incoming(values, row.where))
                taken.unread += [cell for cell in trial.unread if not cell.why.startswith(_CLASSES)]
    return taken


def _classes(row: ForeignRow, values: dict[str, Value], taken: Taken) -> str:
    """A section that was not measured is one without complete data; why a class can't be told, else ''."""
    for header, name in zip(_CLASSES, ("last_year", "this_year"), strict=True):
        if name in values:
            continue
        text = text_of(row.cells.get(header, ""))
        if not _NOT_MEASURED.fullmatch(squeeze(text)):
            return f"{header}“{text}”认不出"
        taken.notes.append(f"{row.where}：{values.get('section')}没有{header}，按数据不齐备写入，不参与评价。")
        values[name] = None
        values["complete"] = str(YesNo.NO)
    return ""


def _by_section(table: Table, known: Surroundings, taken: Taken) -> Table:
    """A table with a row a year as one with a row a section."""
    years = {known.year - 1: "上年类别", known.year: "本年类别"}
    sections: dict[Key, ForeignRow] = {}
    for row in table.rows:
        year = year_of(row.cells.get(_YEAR, ""))
        header = years.get(year or 0)
        if header is None:
            taken.refused.append(Refused(row.where, f"年份“{text_of(row.cells.get(_YEAR, ''))}”不是上年和本年"))
            continue
        key = tuple(name_key(text_of(row.cells.get(h, ""))) for h in ("单位", "断面名称"))
        found = sections.get(key)
        if found is None:
            sections[key] = ForeignRow(row.where, {**row.cells, header: row.cells.get(_CLASS, "")})
        elif header not in found.cells:
            cells = {**found.cells, header: row.cells.get(_CLASS, "")}
            sections[key] = ForeignRow(f"{found.where}、{row.where}", cells)
        elif text_of(found.cells[header]) != text_of(row.cells.get(_CLASS, "")):
            taken.refused.append(Refused(row.where, f"同一断面{year}年有两个不同的类别，按先出现的"))
    columns = {**table.columns, **dict.fromkeys(_CLASSES, table.columns[_CLASS])}
    return Table(list(sections.values()), columns)


WATER: Final = Kind(ImportKind.WATER, WaterSection, _key, _read, _missing, extras=(_YEAR, _CLASS), tell=_tell)
