"""空气 (B4.1): yearly means by point as they are given, or made of daily values with the days that are valid (E8)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from xl_lianbing.errors import LianbingError
from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import ImportKind, Pollutant
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
    rows_of,
    text_of,
)
from xl_lianbing.importing.kinds.water import year_of
from xl_lianbing.importing.synonyms import column_key
from xl_lianbing.intake.cells.aliases import PLACEHOLDERS
from xl_lianbing.intake.cells.dates import date_of_number, date_of_text
from xl_lianbing.intake.cells.numbers import number_of_float, number_of_text
from xl_lianbing.intake.door.sheets import Cell
from xl_lianbing.records.inputs import AirPoint
from xl_lianbing.records.keys import name_key, squeeze
from xl_lianbing.rules.vetoes import VALID_DAYS, days_needed

_POINT, _UNIT, _DAY, _YEAR, _WHAT, _VALUE = "点位", "单位", "日期", "年份", "指标", "浓度"
_WIDE: Final = tuple(f"{year}{pollutant}" for pollutant in Pollutant for year in ("上年", "本年"))
_YEARS: Final = r"(上年|本年)?(?:同期)?"
_STRUCTURE: Final = re.compile(
    rf"{_YEARS}(?:(PM10|可吸入颗粒物(?:PM10)?)|(PM2\.?5|细颗粒物(?:PM2\.?5)?)){_YEARS}"
    r"(?:24小时)?[日年]?(?:平均|均)?(?:浓度|值|浓度值|均值|浓度均值)?"
)
_MILLIGRAMS: Final = re.compile(r"mg/m|毫克", re.IGNORECASE)
_CONCENTRATION: Final = re.compile(r"[UΜμM微毫]?[Gg克]/M|微克|毫克", re.IGNORECASE)


def _tell(key: str) -> str:
    """PM10, PM2.5, with the year that the header names: 上年PM10, 本年PM2.5."""
    found = _STRUCTURE.fullmatch(key)
    if found is None:
        return ""
    return f"{found[1] or found[4] or ''}{Pollutant.PM10 if found[2] else Pollutant.PM25}"


def _missing(found: Collection[str]) -> list[str]:
    lacking = [] if _POINT in found else [_POINT]
    measured = any(str(p) in found for p in Pollutant) or {_WHAT, _VALUE} <= set(found)
    if _DAY in found or _YEAR in found:
        return lacking if measured else [*lacking, "PM10、PM2.5"]
    if any({f"上年{p}", f"本年{p}"} <= set(found) for p in Pollutant):
        return lacking
    if measured:
        return [*lacking, "日期（或年份）"]
    return [*lacking, *(header for header in (_WHAT, "上年均值", "本年均值") if header not in found)]


def _key(values: Values) -> Key:
    return (
        name_key(str(values.get("unit") or "")),
        name_key(str(values.get("point") or "")),
        str(values.get("pollutant") or ""),
    )


def _read(kind: Kind, tables: Sequence[Table], known: Surroundings) -> Taken:
    taken = Taken()
    by_year: list[Table] = []
    for table in tables:
        if _DAY in table.columns or _YEAR in table.columns:
            by_year.append(table)
        else:
            _means(kind, table, known, taken)
    if by_year:
        _measured(by_year, known, taken)
    return taken


# yearly means


def _means(kind: Kind, table: Table, known: Surroundings, taken: Taken) -> None:
    """Both years of a point in one row, one pollutant a row or both side by side."""
    wide = [p for p in Pollutant if f"上年{p}" in table.columns and f"本年{p}" in table.columns]
    columns = {**table.columns, **dict.fromkeys((_WHAT, "上年均值", "本年均值"), "")}
    given = Table(list(_one_by_one(table, wide) if wide else map(_spelled, table.rows)), columns)
    reader = RowReader(kind, given)
    factor = 1000 if any(map(_MILLIGRAMS.search, table.columns.values())) else 1
    for row in given.rows:
        values = reader.read(row, taken)
        if values is None:
            continue
        for name in ("last_year", "this_year"):
            if isinstance(mean := values.get(name), Decimal):
                values[name] = mean * factor
        unit = _unit(row, known, taken)
        if unit:
            values["unit"] = unit
            taken.rows.append(Incoming(values, row.where))


def _one_by_one(table: Table, pollutants: Sequence[Pollutant]) -> Iterator[ForeignRow]:
    for row in table.rows:
        for p in pollutants:
            means = {header: row.cells.get(f"{header[:2]}{p}", "") for header in ("上年均值", "本年均值")}
            if any(text_of(cell) not in ("", *PLACEHOLDERS) for cell in means.values()):
                yield ForeignRow(row.where, {**row.cells, _WHAT: str(p), **means})


def _spelled(row: ForeignRow) -> ForeignRow:
    """A row whose 指标 is spelled as the tab has it: 细颗粒物 is PM2.5."""
    found = _tell(column_key(text_of(row.cells.get(_WHAT, ""))))
    return ForeignRow(row.where, {**row.cells, _WHAT: found}) if found else row


def _unit(row: ForeignRow, known: Surroundings, taken: Taken) -> str:
    """The unit of a row: the only city where the table names none; '' if there is none, which is refused."""
    name = text_of(row.cells.get(_UNIT, ""))
    if name and not _CONCENTRATION.search(squeeze(name)):
        meant = known.unit_of(name)
        if meant is None:
            taken.unknown_units[name] += 1
        return meant or name
    if len(known.cities) == 1:
        return known.cities[0]
    if _UNIT not in row.cells:
        many = f"有{len(known.cities)}个市级单位" if known.cities else "没有市级单位"
        raise LianbingError(
            f"名册里{many}，文件里没有“单位”列，分不清点位属于哪个单位。",
            "请在文件里加一列“单位”，填名册中的单位名称。",
        )
    taken.refused.append(Refused(row.where, "单位为空"))
    return ""


# values by day or by year


@dataclass(slots=True)
class _Point:
    """What was measured at a point of one pollutant: by day, or the mean of a year."""

    unit: str
    point: str
    pollutant: Pollutant
    days: dict[date, Decimal] = field(default_factory=dict)
    means: dict[int, Decimal] = field(default_factory=dict)
    where: list[str] = field(default_factory=list)

    def of(self, year: int) -> list[Decimal]:
        return [value for day, value in self.days.items() if day.year == year]


def _measured(tables: Sequence[Table], known: Surroundings, taken: Taken) -> None:
    points: dict[Key, _Point] = {}
    years: Counter[int] = Counter()
    for table, row in rows_of(tables):
        when = _when(row)
        if when is None:
            header = _DAY if _DAY in table.columns else _YEAR
            taken.refused.append(Refused(row.where, f"{header}“{text_of(row.cells.get(header, ''))}”认不出"))
            continue
        name = text_of(row.cells.get(_POINT, ""))
        unit = _unit(row, known, taken) if name else ""
        if not name:
            taken.refused.append(Refused(row.where, "点位为空"))
        elif unit:
            years[when if isinstance(when, int) else when.year] += 1
            for pollutant, cell in _cells(row, taken):
                key = (name_key(unit), name_key(name), str(pollutant))
                point = points.setdefault(key, _Point(unit, name, pollutant))
                _note(point, when, cell, pollutant, row, table, taken)
    _demand_years(years, known)
    other = sum(count for year, count in years.items() if year not in (known.year, known.year - 1))
    if other:
        taken.notes.append(f"有{other}行不是{known.year - 1}年和{known.year}年的，没有用。")
    for point in points.values():
        _conclude(point, known, taken)


def _when(row: ForeignRow) -> date | int | None:
    """The day of a row, or its year where it names no day."""
    cell = row.cells.get(_DAY, "")
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    day = date_of_number(cell) if isinstance(cell, float) else date_of_text(text_of(cell))
    return day or year_of(cell) or year_of(row.cells.get(_YEAR, ""))


def _cells(row: ForeignRow, taken: Taken) -> Iterator[tuple[Pollutant, Cell]]:
    for pollutant in Pollutant:
        if str(pollutant) in row.cells:
            yield pollutant, row.cells[str(pollutant)]
    if _WHAT in row.cells and _VALUE in row.cells:
        found = _tell(column_key(text_of(row.cells[_WHAT])))
        if found in set(Pollutant):
            yield Pollutant(found), row.cells[_VALUE]


def _note(
    point: _Point, when: date | int, cell: Cell, pollutant: Pollutant, row: ForeignRow, table: Table, taken: Taken
) -> None:
    """One value of a point; what is no number is no valid day."""
    text = text_of(cell)
    number = number_of_float(cell) if isinstance(cell, float) else number_of_text(text, "μg/m³")
    if number is not None and _MILLIGRAMS.search(table.columns.get(str(pollutant)) or table.columns.get(_VALUE, "")):
        number *= 1000
    if number is None or number < 0:
        if text and text not in PLACEHOLDERS:
            taken.unread.append(Refused(row.where, f"{pollutant}“{text}”不是有效的数，按没有数据处理"))
        return
    before = point.means.setdefault(when, number) if isinstance(when, int) else point.days.setdefault(when, number)
    if before != number:
        taken.refused.append(Refused(row.where, f"{point.point}{when}的{pollutant}有两个不同的数，按先出现的"))
        return
    point.where.append(row.where)


def _demand_years(years: Collection[int], known: Surroundings) -> None:
    """Both years must be there, and the later one the campaign's."""
    this, last = known.year, known.year - 1
    if not years:
        return
    if max(years) != this:
        raise LianbingError(
            f"监测数据最晚是{max(years)}年的，本活动是{this}年。",
            f"请导入{last}年和{this}年的数据，或换{max(years)}年的活动。",
        )
    if last not in years:
        raise LianbingError(
            f"监测数据只有{this}年的，没有{last}年的，不能比较。",
            "请把两年的数据放在一个文件里，或者两个文件一起导入。",
        )


def _conclude(point: _Point, known: Surroundings, taken: Taken) -> None:
    """The row of a point: means unrounded, days, months that are too short; what is too little is said (E8)."""
    values: dict[str, Value] = {"unit": point.unit, "point": point.point, "pollutant": str(point.pollutant)}
    short: list[str] = []
    few: list[str] = []
    for name, year in (("last", known.year - 1), ("this", known.year)):
        daily = point.of(year)
        if daily:
            values[f"{name}_year"] = Fraction(sum(map(Fraction, daily)), len(daily))
        elif year in point.means:
            values[f"{name}_year"] = point.means[year]
        else:
            few.append(f"没有{year}年的数据")
        if point.days:
            values[f"{name}_days"] = len(daily)
            if daily and len(daily) < VALID_DAYS:
                few.append(f"{year}年有效{len(daily)}天，少于{VALID_DAYS}天")
            months = Counter(day.month for day in point.days if day.year == year)
            short += [f"{year}年{m}月{months[m]}天" for m in range(1, 13) if daily and months[m] < days_needed(m)]
    if not {"last_year", "this_year"} & values.keys():
        return
    values["short_months"] = "、".join(short) or None
    told = [*few, *([f"有效天数不足的月份：{values['short_months']}"] if short else [])]
    if told:
        taken.notes.append(f"提醒：{point.point}{point.pollutant}{'；'.join(told)}。")
    taken.rows.append(Incoming(values, _from_to(point.where[0], point.where[-1])))


def _from_to(first: str, last: str) -> str:
    """日均值.csv 第2～731行."""
    file, _, line = first.rpartition("第")
    same = last.startswith(f"{file}第")
    if first == last:
        return first
    return f"{file}第{line.removesuffix('行')}～{last[len(file) + 1 :]}" if same else f"{first}～{last}"


AIR: Final = Kind(
    ImportKind.AIR, AirPoint, _key, _read, _missing, (_DAY, _YEAR, _VALUE, *map(str, Pollutant), *_WIDE), _tell
)
