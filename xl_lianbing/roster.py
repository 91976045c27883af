"""The roster a campaign starts with: Suzhou's (A1), or the bureau's own as CSV (`new --units`).

The CSV has the columns of 单位名册, apart by commas, semicolons or tabs, in UTF-8 or GB18030.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from xl_lianbing.errors import LianbingError
from xl_lianbing.faults import words_of
from xl_lianbing.findings import Kind
from xl_lianbing.findings import master as k
from xl_lianbing.folder import unit_name_fault
from xl_lianbing.glossary import Tier, YesNo
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.records.keys import name_key, squeeze

_FIX = "按“单位名册”的列准备CSV：单位,层级,行政区划代码,所属市,是否推荐,联络员,邮箱；层级填市级或县级。"
_SEPARATORS = ",;\t，；"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_CITY = "苏州市"
#: Unit, GB/T 2260 division code (functional zones have none).
_UNITS = (
    (_CITY, "320500"),
    ("张家港市", "320582"),
    ("常熟市", "320581"),
    ("太仓市", "320585"),
    ("昆山市", "320583"),
    ("吴江区", "320509"),
    ("吴中区", "320506"),
    ("相城区", "320507"),
    ("姑苏区", "320508"),
    ("苏州工业园区", None),
    ("苏州高新区", None),
)

SUZHOU: tuple[RosterUnit, ...] = tuple(
    RosterUnit(unit=unit, tier=Tier.CITY if unit == _CITY else Tier.COUNTY, division_code=code, city=_CITY)
    for unit, code in _UNITS
)


def read_units(path: Path) -> tuple[RosterUnit, ...]:
    """The units of the file in its order. Raises LianbingError naming every bad line."""
    try:
        content = path.read_bytes()
    except OSError as e:
        raise LianbingError(f"打不开单位名册“{path}”：{words_of(e)}。", "核对文件名和路径。") from e
    numbered = [(n, row) for n, row in enumerate(_rows(content, path), 1) if any(cell.strip() for cell in row)]
    if not numbered:
        raise LianbingError(f"单位名册“{path.name}”是空的。", _FIX)
    (top, header), *rows = numbered
    fields = [_fields().get(squeeze(h).rstrip("*")) for h in header]
    missing = [c.header for f, c in RosterUnit.columns().items() if c.required and f not in fields]
    if missing:
        raise LianbingError(f"单位名册“{path.name}”第{top}行缺少列：{'、'.join(missing)}。", _FIX)
    units: list[RosterUnit] = []
    problems: list[str] = []
    seen: set[str] = set()
    for number, row in rows:
        values = {f: c.strip() for f, c in zip(fields, row, strict=False) if f and c.strip()}
        name = values.get("unit", "")
        problem = f"单位“{name}”重复" if name_key(name) in seen else _problem(values)
        if problem:
            problems.append(f"第{number}行{problem}")
            continue
        seen.add(name_key(name))
        units.append(RosterUnit.model_validate(values | {"tier": squeeze(values["tier"])}))
    if problems or not units:
        told = "；".join(problems[:8]) or "没有单位"
        raise LianbingError(f"单位名册“{path.name}”有误：{told}。", _FIX)
    return tuple(units)


def misplaced(units: Sequence[RosterUnit]) -> Iterator[tuple[Kind, RosterUnit]]:
    """Units whose figures would go into no city's territory, or other than meant (A2)."""
    cities = [unit for unit in units if unit.tier is Tier.CITY]
    if units and not cities:
        yield k.ROSTER_WITHOUT_CITY, units[0]
    known = {name_key(name) for city in cities for name in (city.unit, city.city) if name}
    for unit in units if cities else ():
        if unit.city and name_key(unit.city) not in known:
            yield k.CITY_UNKNOWN, unit
        elif not unit.city and len(cities) > 1 and unit.tier is Tier.COUNTY:
            yield k.CITY_MISSING, unit


def oddities(units: Sequence[RosterUnit]) -> list[str]:
    """The same in sentences, each with what to do; units with the same fault together."""
    cities = "、".join(str(unit.unit) for unit in units if unit.tier is Tier.CITY)
    told: dict[tuple[Kind, str | None], list[str]] = {}
    for kind, unit in misplaced(units):
        told.setdefault((kind, unit.city), []).append(str(unit.unit))
    return [
        (kind.problem + kind.fix).format(unit="、".join(names), city=city, cities=cities)
        for (kind, city), names in told.items()
    ]


def _fields() -> dict[str, str]:
    return {squeeze(a).rstrip("*"): f for f, c in RosterUnit.columns().items() for a in (c.header, *c.aliases)}


def _rows(content: bytes, path: Path) -> list[list[str]]:
    """The rows as the sign splits them that makes the most of our headers."""
    text = _decode(content, path)
    read = [list(csv.reader(io.StringIO(text, newline=""), delimiter=sign)) for sign in _SEPARATORS]
    known = _fields()
    return max(
        read, key=lambda rows: max((sum(squeeze(c).rstrip("*") in known for c in row) for row in rows), default=0)
    )


def _decode(content: bytes, path: Path) -> str:
    if content.startswith(_WORKBOOKS):
        raise LianbingError(
            f"单位名册“{path.name}”是Excel工作簿，不是CSV。", "在Excel中另存为“CSV UTF-8”，再用那个文件。"
        )
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LianbingError(f"单位名册“{path.name}”的编码认不出来。", "另存为UTF-8或GB18030编码的CSV文件。")


def _problem(values: dict[str, str]) -> str:
    name, tier, recommended = values.get("unit", ""), values.get("tier", ""), values.get("recommended")
    if not name:
        return "没有单位名称"
    if fault := unit_name_fault(name):
        return f"单位“{name}”{fault}"
    if squeeze(tier) not in set(Tier):
        return f"层级“{tier}”应为市级或县级"
    if recommended and recommended not in set(YesNo):
        return f"是否推荐“{recommended}”应为是或否"
    return ""
