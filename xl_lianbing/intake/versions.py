"""A return made for another version of the campaign's pack: accepted, with what it lacks or has more (A3)."""

from __future__ import annotations

from xl_lianbing.findings import Finding, Where, finding
from xl_lianbing.intake import catalogue as c
from xl_lianbing.intake import receipt_kinds as k
from xl_lianbing.intake.returns import Intake

#: What reading says where the sheets and columns of a file differ from those of the pack.
_LACKING = frozenset(
    kind.code for kind in (c.SHEET_MISSING, c.KEY_SHEET_MISSING, c.COLUMN_MISSING, c.KEY_COLUMN_MISSING)
)
_EXTRA = frozenset(kind.code for kind in (c.SHEET_UNKNOWN, c.COLUMN_UNKNOWN, c.ITEM_UNKNOWN))
_NAMED = 5


def version_finding(intake: Intake, version: str) -> Finding | None:
    """What to say about the version in the file's stamp, None if it is the campaign's or unknown."""
    stamp = intake.stamp
    if stamp is None or not version or not stamp.version or stamp.version == version:
        return None
    age = "较旧" if _order(stamp.version) < _order(version) else "较新"
    words = {"age": age, "found": stamp.version, "asked": version, "differs": _differences(intake)}
    return finding(k.OTHER_VERSION, Where(intake.file), f"{stamp.pack} {stamp.version}", **words)


def _differences(intake: Intake) -> str:
    told = []
    for what, codes in (("缺少", _LACKING), ("多出", _EXTRA)):
        if found := [f for f in intake.findings if f.code in codes]:
            told.append(f"{what}{len(found)}处（{'、'.join(_places(found))}）")
    return f"，与现行表样相比{'，'.join(told)}" if told else "，表样没有不同"


def _places(found: list[Finding]) -> list[str]:
    places = list(dict.fromkeys(f"{f.where.sheet}：{f.problem.split('“')[-1].split('”')[0]}" for f in found))
    return [*places[:_NAMED], *(["等"] if len(places) > _NAMED else [])]


def _order(version: str) -> tuple[tuple[int, str], ...]:
    """1.10 comes after 1.9."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in version.split("."))
