"""What an import would do: which rows are new, there already, different or refused. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from xl_lianbing.exact import Fraction
from xl_lianbing.importing.kinds import Kind
from xl_lianbing.importing.kinds.kind import Incoming, Key, Refused, Taken, Value
from xl_lianbing.importing.tab import SOURCE, InputTab, TabRow
from xl_lianbing.records.keys import document_key, squeeze

#: Figures of a number that a cell keeps.
_FIGURES = 15


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that would be another one: header, what stands there, what the file says."""

    field: str
    header: str
    old: str
    new: Value

    def __str__(self) -> str:
        return f"{self.header}：{self.old or '空'}→{shown(self.new)}"


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of the tab that the file has otherwise. `taken`: it is changed (--replace, and a program wrote it)."""

    row: TabRow
    name: str
    incoming: Incoming
    changes: Sequence[Change]
    taken: bool


@dataclass(slots=True)
class Plan:
    """What is to happen to one tab."""

    kind: Kind
    tab: InputTab
    taken: Taken
    new: list[Incoming] = field(default_factory=list)
    already: int = 0
    different: list[Difference] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    @property
    def writes(self) -> bool:
        return bool(self.new) or any(d.taken for d in self.different)


def plan(kind: Kind, tab: InputTab, taken: Taken, *, replace: bool, before: Sequence[str] = ()) -> Plan:
    """Rows by their key: what the tab has is left alone, but for `replace`. `before`: files that were imported before;
    they add nothing."""
    made = Plan(kind, tab, taken, refused=list(taken.refused))
    there: dict[Key, TabRow] = {}
    for row in tab.rows:
        there.setdefault(kind.key(row.values), row)
    seen: dict[Key, Incoming] = {}
    for incoming in taken.rows:
        key = kind.key(incoming.values)
        first = seen.setdefault(key, incoming)
        if first is not incoming:
            _again(made, kind, first, incoming)
            continue
        old = there.get(key)
        if old is None and any(incoming.source.startswith(f"{name} ") for name in before):
            made.already += 1
        elif old is None:
            made.new.append(incoming)
        elif changes := _changes(kind, old, incoming):
            named = "、".join(shown(incoming.values.get(name)) for name in _naming(kind) if incoming.values.get(name))
            made.different.append(Difference(old, named, incoming, changes, replace and old.imported))
        else:
            made.already += 1
    return made


def _again(made: Plan, kind: Kind, first: Incoming, incoming: Incoming) -> None:
    """A row whose key stands in the files already."""
    names = {name for name in {*first.values, *incoming.values} if name != SOURCE}
    if all(_same(kind, name, first.values.get(name), incoming.values.get(name)) for name in names):
        made.already += 1
    else:
        made.refused.append(Refused(incoming.source, f"与{first.source}是同一条，内容不同，按先出现的"))


def _changes(kind: Kind, old: TabRow, incoming: Incoming) -> list[Change]:
    """The cells of a row that the file has otherwise; of a row that a person typed, only the columns that people
    fill. What the file leaves empty says nothing."""
    found = []
    for name, column in kind.record.columns().items():
        new = incoming.values.get(name)
        if new is None or name == SOURCE or (column.imported and not old.imported):
            continue
        if not _same(kind, name, old.values.get(name), new):
            found.append(Change(name, column.header, old.texts.get(name, ""), new))
    return found


def _same(kind: Kind, name: str, old: Value, new: Value) -> bool:
    if old is None or new is None:
        return old is new
    if isinstance(old, int | Decimal | Fraction) and isinstance(new, int | Decimal | Fraction):
        return _as_kept(old) == _as_kept(new)
    if isinstance(old, date) or isinstance(new, date):
        return old == new
    if kind.record.columns()[name].document:
        return document_key(str(old)) == document_key(str(new))
    return squeeze(str(old)) == squeeze(str(new))


def _as_kept(number: int | Decimal | Fraction) -> Decimal:
    """A number as it is when it is read from its cell again."""
    return Decimal(f"{float(number):.{_FIGURES}g}")


def _naming(kind: Kind) -> list[str]:
    return [name for name, column in kind.record.columns().items() if column.required][:2]


def shown(value: Value) -> str:
    """A value as people read it."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Fraction):
        return f"{float(value):.6f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)


def by_header(kind: Kind, incoming: Incoming) -> Mapping[str, str]:
    """A row as the preview shows it."""
    columns = kind.record.columns()
    return {columns[name].header: shown(value) for name, value in incoming.values.items() if value is not None}
