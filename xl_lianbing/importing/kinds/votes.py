"""投票 (B3, C3): of units and of candidates; a person's unit is taken from the returns where the file has none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Final

from xl_lianbing.glossary import ImportKind, VoteTarget
from xl_lianbing.importing.kinds.kind import (
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
    spell_unit,
    text_of,
)
from xl_lianbing.intake.cells.aliases import PLACEHOLDERS
from xl_lianbing.records.inputs import Vote
from xl_lianbing.records.keys import name_key

_NAME: Final = "名称"


def _missing(found: Collection[str]) -> list[str]:
    lacking = [] if {"单位", "姓名", _NAME} & set(found) else ["单位（或姓名、名称）"]
    return lacking if "票数" in found else [*lacking, "票数"]


def _key(values: Values) -> Key:
    person = name_key(str(values.get("name") or "")) if values.get("target") == VoteTarget.OFFICER else ""
    return str(values.get("target") or ""), name_key(str(values.get("unit") or "")), person


def _read(kind: Kind, tables: Sequence[Table], known: Surroundings) -> Taken:
    taken = Taken()
    without_unit: dict[str, list[Incoming]] = defaultdict(list)
    readers = {id(table): RowReader(kind, table, ("单位", "对象类型")) for table in tables}
    for table, row in rows_of(tables):
        values = readers[id(table)].read(row, taken)
        if values is None:
            continue
        name = text_of(row.cells.get(_NAME, ""))
        why = _complete(values, "" if name in PLACEHOLDERS else name, known)
        if why:
            taken.refused.append(Refused(row.where, why))
            continue
        spell_unit(values, known, taken)
        if values["target"] == VoteTarget.OFFICER and "unit" not in values:
            without_unit[name_key(str(values["name"]))].append(Incoming(values, row.where))
        else:
            values.setdefault("name", None)
            taken.rows.append(Incoming(values, row.where))
    for rows in without_unit.values():
        _of_the_returns(rows, known, taken)
    return taken


def _complete(values: dict[str, Value], name: str, known: Surroundings) -> str:
    """Says whom a row is about, by what it names; why that can't be told, else ''."""
    target = values.get("target")
    if name and "unit" not in values and "name" not in values:
        unit = known.unit_of(name)
        if target == VoteTarget.UNIT or (target is None and unit is not None):
            values["unit"] = name
        else:
            values["name"] = name
    elif name and "name" not in values and (target == VoteTarget.OFFICER or known.unit_of(name) is None):
        values["name"] = name
    if target is None:
        target = values["target"] = str(VoteTarget.OFFICER if values.get("name") else VoteTarget.UNIT)
    if target == VoteTarget.UNIT:
        values.pop("name", None)
        return "" if values.get("unit") else "没有单位"
    return "" if values.get("name") else "对象类型是个人，但没有姓名"


def _of_the_returns(rows: Sequence[Incoming], known: Surroundings, taken: Taken) -> None:
    """The rows of one name without a unit."""
    name = str(rows[0].values["name"])
    units = known.people().get(name_key(name), ())
    if not units:
        why = f"“{name}”不是名册中的单位，填报表的先进个人里也没有；请在文件中加“单位”列"
    elif len(units) > 1:
        why = f"{'、'.join(units)}都有候选人“{name}”；请在文件中加“单位”列"
    elif len(rows) > 1:
        why = f"“{name}”有{len(rows)}行，分不清是谁；请在文件中加“单位”列"
    else:
        taken.rows.append(Incoming({**rows[0].values, "unit": next(iter(units))}, rows[0].source))
        return
    taken.refused += [Refused(row.source, why) for row in rows]


VOTES: Final = Kind(ImportKind.VOTES, Vote, _key, _read, _missing, extras=(_NAME,))
