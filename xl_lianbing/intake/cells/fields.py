"""What reading needs to know of a record's fields, worked out once from its declaration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from xl_lianbing.intake.cells.values import ONE, ColumnReader, Reader, Value, column_reader_of, reader_of
from xl_lianbing.intake.door.facts import DAY_0
from xl_lianbing.records.column import Record

R = TypeVar("R", bound=Record)


@cache
def field_types(record: type[Record]) -> dict[str, type]:
    """Field → the type of its values (`X | None` → X)."""
    return {name: _plain(info.annotation) for name, info in record.model_fields.items()}


def _plain(annotation: Any) -> type:
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(a for a in get_args(annotation) if a is not type(None))
    return annotation if isinstance(annotation, type) else str


def readers_of(record: type[Record], day_0: date = DAY_0) -> dict[str, Reader]:
    """Fresh readers for the columns of a record: what they remember lives as long as one sheet is read."""
    types = field_types(record)
    return {name: reader_of(column, types[name], day_0) for name, column in record.columns().items()}


def column_readers_of(
    record: type[Record], scales: Mapping[str, Decimal], day_0: date = DAY_0
) -> dict[str, ColumnReader]:
    """The same for whole columns; `scales` by field, where a header names another unit than the column's."""
    types = field_types(record)
    return {
        name: column_reader_of(column, types[name], day_0, scales.get(name, ONE))
        for name, column in record.columns().items()
    }


@cache
def _members(record: type[Record]) -> dict[str, dict[str, StrEnum]]:
    return {
        name: {str(member): member for member in kind}
        for name, kind in field_types(record).items()
        if issubclass(kind, StrEnum)
    }


def build(record: type[R], values: Mapping[str, Value]) -> R:
    """A record from values that the readers gave: not validated again, a property test shows that it would pass."""
    found: dict[str, Any] = dict(values)
    for name, members in _members(record).items():
        value = found.get(name)
        if value is not None:
            found[name] = members[str(value)]
    return record.assembled(found)
