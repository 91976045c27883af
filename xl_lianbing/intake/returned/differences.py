"""In what a return differs from those of this campaign: its sheets, columns and items, the days of its pack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from xl_lianbing.errors import PackInvalid
from xl_lianbing.findings import Finding
from xl_lianbing.findings import reading as c
from xl_lianbing.rules.pack import RulePack, load_pack

#: What reading says where the sheets, columns and items of a file differ from those of the pack: kind → the fact that
#: names what it is about.
_LACKING: Final = {
    c.SHEET_MISSING: "sheet",
    c.KEY_SHEET_MISSING: "sheet",
    c.COLUMN_MISSING: "header",
    c.KEY_COLUMN_MISSING: "header",
    c.COLUMN_RENAMED: "header",
}
_EXTRA: Final = {c.SHEET_UNKNOWN: "sheet", c.COLUMN_UNKNOWN: "header", c.ITEM_UNKNOWN: "item"}
_NAMED: Final = 5


def form_differences(found: Iterable[Finding]) -> str:
    """What the file lacks or has more, by what reading said of it; "" if nothing."""
    told, findings = [], list(found)
    for what, names in (("缺少", _LACKING), ("多出", _EXTRA)):
        if some := [f"{f.where.sheet}：{f.words[names[f.kind]]}" for f in findings if f.kind in names]:
            told.append(f"{what}{len(some)}处（{'、'.join(_first(some))}）")
    return f"与现行表样相比{'，'.join(told)}" if told else ""


def _first(named: list[str]) -> list[str]:
    places = list(dict.fromkeys(named))
    return [*places[:_NAMED], *(["等"] if len(places) > _NAMED else [])]


def pack_differences(found: str, asked: RulePack) -> str:
    """Year, periods and deadlines in which the pack of that id differs from the campaign's; "" if it is not known."""
    try:
        other = load_pack(found)
    except PackInvalid:
        return ""
    told = [f"年度{other.year}（本次{asked.year}）"] if other.year != asked.year else []
    told += [f"{item}{was}（本次{now}）" for item, was, now in _days(other, asked)]
    return "、".join(told[:_NAMED]) + ("等" if len(told) > _NAMED else "")


def _days(other: RulePack, asked: RulePack) -> Iterator[tuple[str, date, date]]:
    pairs: list[tuple[str, date, date]] = []
    for key, value in asked.by_key.items():
        was = other.by_key.get(key)
        if was is not None and isinstance(value.value, date) and isinstance(was.value, date):
            pairs.append((value.item, was.value, value.value))
    return ((item, was, now) for item, was, now in pairs if was != now)
