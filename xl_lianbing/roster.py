"""The roster a campaign starts with: Suzhou's (A1), or the bureau's own as CSV (`new --units`).

The CSV has the columns of 单位名册, in UTF-8 or GB18030. Suzhou's liaisons are made up (演示).
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from xl_lianbing.errors import LianbingError
from xl_lianbing.faults import words_of
from xl_lianbing.folder import no_name_holds
from xl_lianbing.glossary import Tier, YesNo
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.records.keys import name_key, squeeze

_FIX = "按“单位名册”的列准备CSV：单位,层级,行政区划代码,所属市,是否推荐,联络员,邮箱；层级填市级或县级。"
_CITY = "苏州市"
#: Unit, GB/T 2260 division code (functional zones have none), liaison and mailbox (演示数据).
_UNITS = (
    (_CITY, "320500", "演示联络员甲", "suzhou@example.com"),
    ("张家港市", "320582", "演示联络员乙", "zhangjiagang@example.com"),
    ("常熟市", "320581", "演示联络员丙", "changshu@example.com"),
    ("太仓市", "320585", "演示联络员丁", "taicang@example.com"),
    ("昆山市", "320583", "演示联络员戊", "kunshan@example.com"),
    ("吴江区", "320509", "演示联络员己", "wujiang@example.com"),
    ("吴中区", "320506", "演示联络员庚", "wuzhong@example.com"),
    ("相城区", "320507", "演示联络员辛", "xiangcheng@example.com"),
    ("姑苏区", "320508", "演示联络员壬", "gusu@example.com"),
    ("苏州工业园区", None, "演示联络员癸", "sip@example.com"),
    ("苏州高新区", None, "演示联络员子", "snd@example.com"),
)

SUZHOU: tuple[RosterUnit, ...] = tuple(
    RosterUnit(
        unit=unit,
        tier=Tier.CITY if unit == _CITY else Tier.COUNTY,
        division_code=code,
        city=_CITY,
        liaison=liaison,
        email=email,
    )
    for unit, code, liaison, email in _UNITS
)


def read_units(path: Path) -> tuple[RosterUnit, ...]:
    """The units of the file in its order. Raises LianbingError naming every bad line."""
    try:
        content = path.read_bytes()
    except OSError as e:
        raise LianbingError(f"打不开单位名册“{path}”：{words_of(e)}。", "核对文件名和路径。") from e
    rows = list(csv.reader(io.StringIO(_decode(content, path), newline="")))
    if not rows:
        raise LianbingError(f"单位名册“{path.name}”是空的。", _FIX)
    columns = {squeeze(a).rstrip("*"): f for f, c in RosterUnit.columns().items() for a in (c.header, *c.aliases)}
    fields = [columns.get(squeeze(h).rstrip("*")) for h in rows[0]]
    missing = [c.header for f, c in RosterUnit.columns().items() if c.required and f not in fields]
    if missing:
        raise LianbingError(f"单位名册“{path.name}”第1行缺少列：{'、'.join(missing)}。", _FIX)
    units: list[RosterUnit] = []
    problems: list[str] = []
    seen: set[str] = set()
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
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


def _decode(content: bytes, path: Path) -> str:
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
    if no_name_holds(name) or name.strip(" .") != name:
        return f"单位“{name}”含有不能用作文件名的字符"
    if squeeze(tier) not in set(Tier):
        return f"层级“{tier}”应为市级或县级"
    if recommended and recommended not in set(YesNo):
        return f"是否推荐“{recommended}”应为是或否"
    return ""
