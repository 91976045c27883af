"""Lists whose rows are those of the tab: 处罚系统, 公示, 移动执法, 评审人员."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xl_lianbing.glossary import ImportKind
from xl_lianbing.importing.kinds.kind import (
    Incoming,
    Key,
    Kind,
    Refused,
    RowReader,
    Surroundings,
    Table,
    Taken,
    Values,
    needs,
    spell_unit,
)
from xl_lianbing.records.inputs import MobileRecord, PublishedCase, Reviewer, SystemCase
from xl_lianbing.records.keys import document_key, name_key


def read_list(kind: Kind, tables: Sequence[Table], known: Surroundings) -> Taken:
    """Each foreign row as a row of the tab."""
    taken = Taken()
    unit_required = kind.record.columns()["unit"].required
    for table in tables:
        reader = RowReader(kind, table)
        for row in table.rows:
            values = reader.read(row, taken)
            if values is None:
                continue
            if unit_required and "unit" not in values:
                taken.refused.append(Refused(row.where, "单位为空"))
                continue
            spell_unit(values, known, taken)
            taken.rows.append(Incoming(values, row.where))
    return taken


def _numbered(values: Values) -> Key:
    return (document_key(str(values.get("decision_number") or "")),)


def _record(values: Values) -> Key:
    return (name_key(str(values.get("number") or "")),)


def _person(values: Values) -> Key:
    return name_key(str(values.get("name") or "")), name_key(str(values.get("unit") or ""))


PENALTIES: Final = Kind(ImportKind.PENALTIES, SystemCase, _numbered, read_list, needs("处罚决定书文号"))
PUBLISHED: Final = Kind(ImportKind.PUBLISHED, PublishedCase, _numbered, read_list, needs("处罚决定书文号"))
INSPECTIONS: Final = Kind(
    ImportKind.INSPECTIONS, MobileRecord, _record, read_list, needs("记录编号", "单位", "当事人名称", "检查日期")
)
REVIEWERS: Final = Kind(ImportKind.REVIEWERS, Reviewer, _person, read_list, needs("姓名", "类型"))
