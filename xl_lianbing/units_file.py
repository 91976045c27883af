"""A roster as CSV (`new --units`): the columns of 单位名册, UTF-8 or GB18030."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from xl_lianbing.errors import LianbingError
from xl_lianbing.glossary import Tier, YesNo
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.records.keys import name_key, squeeze

_FIX = "按“单位名册”的列准备CSV：单位,层级,行政区划代码,所属市,是否推荐,联络员,邮箱；层级填市级或县级。"


def read_units(path: Path) -> tuple[RosterUnit, ...]:
    """The units of the file in its order. Raises LianbingError naming every bad line."""
    try:
        content = path.read_bytes()
    except OSError as e:
        raise LianbingError(f"打不开单位名册“{path}”：{e.strerror}。", "核对文件名和路径。") from e
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


#: What may not stand in a unit's name: it becomes the name of files and folders.
_FORBIDDEN = frozenset('\\/:*?"<>|')


def _problem(values: dict[str, str]) -> str:
    name, tier, recommended = values.get("unit", ""), values.get("tier", ""), values.get("recommended")
    if not name:
        return "没有单位名称"
    if any(c in _FORBIDDEN or ord(c) < 32 for c in name) or name.strip(" .") != name:
        return f"单位“{name}”含有不能用作文件名的字符"
    if squeeze(tier) not in set(Tier):
        return f"层级“{tier}”应为市级或县级"
    if recommended and recommended not in set(YesNo):
        return f"是否推荐“{recommended}”应为是或否"
    return ""
