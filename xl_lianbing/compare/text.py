"""A comparison as text for people and as facts for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from decimal import Decimal, InvalidOperation

from xl_lianbing.compare.differ import Change, Comparison, Moved

_LISTED = 40


def comparison_text(found: Comparison) -> str:
    """What differs, inputs first."""
    lines = [f"甲：{found.first}", f"乙：{found.second}", ""]
    if found.same:
        return "\n".join([*lines, "输入和结果都相同。"])
    for title, changes in (
        ("规则包和程序", found.versions),
        ("规则取值", found.rules),
        ("录入的行", found.rows),
        ("采用的填报表", found.files),
    ):
        lines += _section(title, changes)
    for title, moved in (("单位得分和名次", found.units), ("先进个人得分和名次", found.officers)):
        lines += [f"{title}：{len(moved)}个有变化" if moved else f"{title}：没有变化", *_moved(moved), ""]
    lines += _section("处罚案件计入与否", found.cases)
    return "\n".join(lines).rstrip()


def _section(title: str, changes: Sequence[Change]) -> list[str]:
    lines = [f"{title}：{len(changes)}处不同" if changes else f"{title}：相同"]
    lines += [f"  {_told(change)}" for change in changes[:_LISTED]]
    if len(changes) > _LISTED:
        lines.append(f"  其余{len(changes) - _LISTED}处没有列出（--json 可看全部）")
    return [*lines, ""]


def _moved(moved: Sequence[Moved]) -> Iterator[str]:
    for one in moved:
        yield f"  {one.who}：" + ("；".join(map(_told, one.changes)) or "总分和名次不变")
        yield from (f"    因为 {_told(reason)}" for reason in one.reasons)
        if not one.reasons:
            yield "    因为 自身得分不变，其他单位或个人有变化"


def _told(change: Change) -> str:
    place = f"　[{change.place}]" if change.place else ""
    return f"{change.what}：{_side(change.first)} → {_side(change.second)}{_gap(change)}{place}"


def _side(text: str) -> str:
    if not text:
        return "（无）"
    number = _number(text)
    return text if number is None else f"{number:f}"


def _number(text: str) -> Decimal | None:
    """A figure with as many places as people read; None for other texts."""
    try:
        return round(Decimal(text), 6).normalize() + 0
    except InvalidOperation:
        return None


def _gap(change: Change) -> str:
    first, second = _number(change.first), _number(change.second)
    return "" if first is None or second is None else f"（{second - first:+f}）"


def comparison_facts(found: Comparison) -> dict[str, object]:
    """The same for programs, in full."""

    def told(changes: Sequence[Change]) -> list[dict[str, str]]:
        names = {"what": "项目", "first": "甲", "second": "乙", "place": "位置"}
        return [{names[k]: v for k, v in asdict(change).items() if v or k != "place"} for change in changes]

    def told_moved(moved: Sequence[Moved]) -> list[dict[str, object]]:
        return [{"对象": m.who, "变化": told(m.changes), "原因": told(m.reasons)} for m in moved]

    return {
        "甲": str(found.first),
        "乙": str(found.second),
        "相同": found.same,
        "规则包和程序": told(found.versions),
        "规则取值": told(found.rules),
        "录入的行": told(found.rows),
        "采用的填报表": told(found.files),
        "单位": told_moved(found.units),
        "先进个人": told_moved(found.officers),
        "处罚案件": told(found.cases),
    }
