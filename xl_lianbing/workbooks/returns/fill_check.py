"""填报检查: how far a sheet is filled, as plain formulas and, for the cached values, counted here in the same way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from xl_lianbing.glossary import Progress
from xl_lianbing.records.column import Layout, Record
from xl_lianbing.records.returns import TaskProgress
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.workbooks.returns import layout as layout
from xl_lianbing.workbooks.returns.doubts import Contents, Doubt, content_cell, doubts_of, used

NOT_FILLED: Final = "未填"
COMPLETE: Final = "完整"
NOTHING_BEGUN: Final = "全部未开始"
ERRORS: Final = "有错误值，请检查"
NO_KEY: Final = "—"


@dataclass(frozen=True, slots=True)
class Formulas:
    """The formulas of a sheet's line; `idle`: whether nothing but what was prefilled stands there."""

    filled: str
    missing: str
    duplicates: str
    idle: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows (form: items) filled, required cells missing, rows that repeat the number of an earlier one.

    `doubts`: the rows (from 0) of each doubt about the sheet, in their order.
    """

    filled: int
    missing: int
    duplicates: int | None
    idle: bool = False
    doubts: Sequence[tuple[Doubt, Sequence[int]]] = ()

    @property
    def doubted(self) -> int:
        return sum(len(rows) for _, rows in self.doubts)

    @property
    def status(self) -> str:
        if not self.filled and not self.missing:
            return NOT_FILLED
        if self.missing:
            return f"还缺{self.missing}项"
        if self.duplicates:
            return f"重复{self.duplicates}处"
        if self.doubted:
            return f"存疑{self.doubted}处"
        return NOTHING_BEGUN if self.idle else COMPLETE


def status_formula(filled: str, missing: str, duplicates: str, doubted: str, idle: str) -> str:
    """The formula of 状态 from the cells; a cell that holds an error is said, not shown as an error."""
    done = f'IF({idle},"{NOTHING_BEGUN}","{COMPLETE}")' if idle else f'"{COMPLETE}"'
    for cell, word, unit in ((doubted, "存疑", "处"), (f"N({duplicates})", "重复", "处"), (missing, "还缺", "项")):
        done = f'IF({cell}>0,"{word}"&{cell}&"{unit}",{done})'
    return f'=IFERROR(IF({filled}+{missing}=0,"{NOT_FILLED}",{done}),"{ERRORS}")'


def table_formulas(record: type[Record], pack: RulePack) -> Formulas:
    """The formulas for a table sheet, as far down as it is filled."""
    start = layout.data_start(record)
    columns = list(pack.columns(record).values())
    started = _any(used(record, i) for i in range(start, len(columns)))
    empty = [f'(TRIM({used(record, i)})="")' for i in range(start, len(columns)) if columns[i].required]
    for at, telling, values in layout.wanted_when(record, pack):
        told = "+".join(f'(TRIM({used(record, telling)})="{value}")' for value in values)
        empty.append(f'({told})*(TRIM({used(record, at)})="")')
    return Formulas(
        filled=f"=SUMPRODUCT(--({started}))",
        missing=f"=SUMPRODUCT(({started})*({'+'.join(empty)}))" if empty else "=0",
        duplicates=_duplicates(record),
        idle=_idle(record),
    )


def form_formulas(record: type[Record], pack: RulePack) -> Formulas:
    """The formulas for a form sheet: items instead of rows."""
    columns = list(pack.columns(record).values())
    cells = [content_cell(record, place) for place in range(len(columns))]
    required = [cell for cell, column in zip(cells, columns, strict=True) if column.required]
    everything = f"{cells[0]}:{cells[-1].rsplit('!', 1)[1]}"
    return Formulas(
        filled=f'=SUMPRODUCT(--(TRIM({everything})<>""))',
        missing="=0+" + "+".join(f'(TRIM({cell})="")' for cell in required),
        duplicates="",
    )


def count(record: type[Record], pack: RulePack, contents: Contents) -> Counts:
    """What the formulas of a sheet give for these contents of a return."""
    asked = [(doubt, doubt.found(contents)) for doubt in doubts_of(record, pack)]
    if record.layout is Layout.FORM:
        return _count_form(record, pack, contents[record][0], asked)
    return _count_table(record, pack, contents[record], asked)


def _count_table(
    record: type[Record], pack: RulePack, rows: Sequence[Sequence[object]], asked: Sequence[tuple[Doubt, list[int]]]
) -> Counts:
    start = layout.data_start(record)
    required = [i for i, column in enumerate(pack.columns(record).values()) if column.required and i >= start]
    started = [row for row in rows if any(value not in (None, "") for value in row[start:])]
    keys = layout.key_positions(record)
    seen = Counter(
        tuple(str(row[i])[: layout.KEY_CHARS].casefold() for i in keys)
        for row in started
        if not any(row[i] in (None, "") for i in keys)
    )
    missing = sum(layout.is_blank(row[i]) for row in started for i in required)
    for at, telling, values in layout.wanted_when(record, pack):
        missing += sum(str(row[telling] or "").strip() in values and layout.is_blank(row[at]) for row in started)
    return Counts(
        filled=len(started),
        missing=missing,
        duplicates=sum(n - 1 for n in seen.values()) if keys else None,
        idle=record is TaskProgress and not any(map(_begun, started)),
        doubts=asked,
    )


def _count_form(
    record: type[Record], pack: RulePack, values: Sequence[object], asked: Sequence[tuple[Doubt, list[int]]]
) -> Counts:
    columns = pack.columns(record).values()
    return Counts(
        filled=sum(not layout.is_blank(value) for value in values),
        missing=sum(column.required and layout.is_blank(value) for column, value in zip(columns, values, strict=True)),
        duplicates=None,
        doubts=asked,
    )


def _idle(record: type[Record]) -> str:
    if record is not TaskProgress:
        return ""
    states = used(record, layout.position(record, "state"))
    return f'SUMPRODUCT((TRIM({states})<>"")*(TRIM({states})<>"{Progress.NOT_STARTED}"))=0'


def _begun(row: Sequence[object]) -> bool:
    state = row[layout.position(TaskProgress, "state")]
    return not layout.is_blank(state) and str(state).strip() != Progress.NOT_STARTED


def _duplicates(record: type[Record]) -> str:
    keys = layout.key_positions(record)
    if not keys:
        return ""
    ranges = [used(record, i) for i in keys]
    key = '&"|"&'.join(f"LEFT({r},{layout.KEY_CHARS})" for r in ranges) + '&""'
    filled = "*".join(f'({r}<>"")' for r in ranges)
    order = f"ROW({ranges[0]})-ROW('{record.sheet}'!{layout.header_cell(keys[0])})"
    return f"=SUMPRODUCT({filled}*(MATCH({key},{key},0)<>{order}))"


def _any(ranges: Iterable[str]) -> str:
    return "+".join(f'({r}<>"")' for r in ranges) + ">0"
