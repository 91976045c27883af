"""Pydantic's errors about a rule pack, in Chinese and with the keys that stand in the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_MESSAGES = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认识的键，请检查拼写或删去",
    "string_type": "应为加引号的文字",
    "string_too_short": "文字太短（至少{min_length}个字）",
    "string_pattern_mismatch": "写法不对，应符合 {pattern}",
    "decimal_type": "应为数字",
    "decimal_parsing": "应为数字",
    "finite_number": "应为有限的数字",
    "date_type": "应为日期，如 2017-10-31，不加引号",
    "date_parsing": "应为日期，如 2017-10-31，不加引号",
    "date_from_datetime_parsing": "应为日期，如 2017-10-31，不加引号",
    "date_from_datetime_inexact": "应为日期，不带钟点",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "enum": "应为 {expected}",
    "tuple_type": "应为列表 [ … ]",
    "dict_type": "应为表",
    "model_type": "应为表",
    "model_attributes_type": "应为表",
    "too_short": "至少要有{min_length}项",
    "is_instance_of": "类型不对",
}
_NAMES = ("key", "code", "id", "source")


def _place(loc: Iterable[int | str], data: object) -> str:
    """`values[full.cases].value` instead of `values.12.value`, so that the row is found in the file."""
    path = ""
    for part in loc:
        if isinstance(part, int):
            data = data[part] if isinstance(data, list) and part < len(data) else None
            row: Mapping[str, object] = data if isinstance(data, dict) else {}
            path += f"[{next((str(row[n]) for n in _NAMES if n in row), f'第{part + 1}项')}]"
        else:
            data = data.get(part) if isinstance(data, dict) else None
            path += f".{part}" if path else part
    return path or "整个文件"


def sentences(errors: Iterable[Mapping[str, Any]], data: object, most: int = 5) -> str:
    """The first errors as one Chinese sentence: key, then what is wrong with it."""
    found = []
    for error in list(errors)[:most]:
        context = {**error.get("ctx", {})}
        if error["type"] == "enum":
            context["expected"] = context["expected"].replace(" or ", "、")
        if error["type"] == "value_error":
            message = str(context["error"])
        else:
            message = _MESSAGES.get(error["type"], f"写法不对（{error['type']}）").format(**context)
        found.append(f"{_place(error['loc'], data)}：{message}")
    return "；".join(found)
