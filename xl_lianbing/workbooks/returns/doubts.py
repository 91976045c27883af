"""存疑: cells that are filled and can hardly be meant so, as formulas and, for the cached values, found here alike.

Nothing is refused: the person who fills in looks again. What the reader says of a return is told in 校核结果.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from statistics import median
from typing import Final

from xl_lianbing.records.column import CellType, Column, Layout, Record
from xl_lianbing.records.returns import (
    RETURN_SHEETS,
    Candidate,
    CaseFile,
    MajorCase,
    OfficerCase,
    PenaltyCase,
    Reconsideration,
    UnitApplication,
)
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.workbooks.returns import layout as layout
from xl_lianbing.workbooks.validation import EARLIEST, LATEST

#: 万元. An amount so many times the median of its column …
FAR_ABOVE: Final = 100
#: … but never less than this; where the median itself is as big as the last, all are asked about.
LEAST_FAR: Final = 100
CERTAINLY_FAR: Final = 1000

#: Where the numbers that a sheet refers to should stand.
_REFERENCES: Final[Mapping[tuple[type[Record], str], tuple[tuple[type[Record], str], ...]]] = {
    (MajorCase, "decision_number"): ((PenaltyCase, "decision_number"),),
    (Reconsideration, "decision_number"): ((PenaltyCase, "decision_number"),),
    (OfficerCase, "decision_number"): ((PenaltyCase, "decision_number"),),
    (Candidate, "file_number"): ((CaseFile, "document_number"), (PenaltyCase, "decision_number")),
    (UnitApplication, "model_case"): ((PenaltyCase, "decision_number"),),
}
#: Spellings that make no difference in a number.
_SPELLINGS: Final = (
    *((sign, "〔") for sign in "([（［【"),
    *((sign, "〕") for sign in ")]）］】"),
    (" ", ""),
    ("　", ""),
    ("第", ""),
)

Contents = Mapping[type[Record], Sequence[Sequence[object]]]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What may be odd in the cells of one column.

    `condition` is a number, not 0 where it is so, as a formula of the cells asked about and of the whole column;
    `found` gives the rows (from 0) where it is so.
    """

    record: type[Record]
    column: int
    reason: str
    condition: Callable[[str, str], str]
    found: Callable[[Contents], list[int]]
    #: Whether the formula looks into other sheets: conditional formats can't everywhere.
    elsewhere: bool = False


def doubts(pack: RulePack) -> list[Doubt]:
    """Every doubt of a return, sheet by sheet."""
    return [found for record in RETURN_SHEETS for found in doubts_of(record, pack)]


def doubts_of(record: type[Record], pack: RulePack) -> Iterator[Doubt]:
    """The doubts about a sheet, column by column."""
    for place, (field, column) in enumerate(pack.columns(record).items()):
        if not pack.has(column.feature) or (record.layout is Layout.TABLE and place < layout.data_start(record)):
            continue
        match column.type:
            case CellType.DATE:
                yield _date(record, pack, place, field)
            case CellType.MONEY | CellType.INTEGER | CellType.NUMBER:
                yield _each(
                    record, place, "不是数字", _is_no_number, lambda x, _: _text_that(x, f"ISERROR(VALUE({x}))")
                )
                if column.type is CellType.MONEY:
                    yield _amount(record, place)
        if column.max_chars:
            yield _length(record, place, column, column.max_chars)
        if (record, field) in _REFERENCES:
            yield _reference(record, place, _REFERENCES[record, field])


def used(record: type[Record], place: int) -> str:
    """The cells of a column as far as the table is filled, seen from another sheet: from the row below the header."""
    name, rows = f"'{record.sheet}'!", layout.extent_cell(record)
    return f"OFFSET({name}{layout.header_cell(place)},1,0,{name}{rows},1)"


def content_cell(record: type[Record], place: int) -> str:
    """An item of a form sheet, seen from another sheet."""
    return f"'{record.sheet}'!${layout.CONTENT_LETTER}${layout.FIRST_ROW + 1 + place}"


def _column(contents: Contents, record: type[Record], place: int) -> list[object]:
    return [row[place] for row in contents[record]]


def _each(
    record: type[Record],
    place: int,
    reason: str,
    is_odd: Callable[[object], bool],
    condition: Callable[[str, str], str],
) -> Doubt:
    """A doubt for which one cell is enough."""

    def found(contents: Contents) -> list[int]:
        return [row for row, value in enumerate(_column(contents, record, place)) if is_odd(value)]

    return Doubt(record, place, reason, condition, found)


def _text_that(x: str, condition: str) -> str:
    return f'ISTEXT({x})*(TRIM({x})<>"")*{condition}'


def _no_number(x: str, _: str) -> str:
    return _text_that(x, f"ISERROR(VALUE({x}))")


def _is_no_number(value: object) -> bool:
    if not isinstance(value, str) or not value.strip():
        return False
    try:
        float(value.replace(",", ""))
    except ValueError:
        return True
    return False


def _date(record: type[Record], pack: RulePack, place: int, field: str) -> Doubt:
    dated = layout.period(record, pack)
    inside = dated is not None and dated[0] == field
    first, last = (dated[1].start, dated[1].end) if dated and inside else (EARLIEST, LATEST)
    reason = "日期写成了文字，或不在统计期内" if inside else "日期写成了文字，或不可能"
    low, high = (f"DATE({day.year},{day.month},{day.day})" for day in (first, last))

    def is_odd(value: object) -> bool:
        if isinstance(value, str):
            return bool(value.strip())
        day = value.date() if isinstance(value, datetime) else value
        if isinstance(day, date):
            return not first <= day <= last
        return isinstance(day, (int, float, Decimal))

    def condition(x: str, _: str) -> str:
        return f"({_text_that(x, '1')}+ISNUMBER({x})*(({x}<{low})+({x}>={high}+1)))"

    return _each(record, place, reason, is_odd, condition)


def _amount(record: type[Record], place: int) -> Doubt:
    def condition(x: str, column: str) -> str:
        middle = f"IFERROR(MEDIAN({column}),0)"
        least = f"IF({middle}>={CERTAINLY_FAR},{CERTAINLY_FAR},MAX({LEAST_FAR},{FAR_ABOVE}*{middle}))"
        return f"ISNUMBER({x})*({x}>={least})"

    def found(contents: Contents) -> list[int]:
        numbers = {
            row: Decimal(str(value))
            for row, value in enumerate(_column(contents, record, place))
            if isinstance(value, (int, float, Decimal))
        }
        middle = median(numbers.values()) if numbers else Decimal(0)
        least = Decimal(CERTAINLY_FAR) if middle >= CERTAINLY_FAR else max(Decimal(LEAST_FAR), FAR_ABOVE * middle)
        return [row for row, value in numbers.items() if value >= least]

    return Doubt(record, place, "金额大得多，是不是元填成了万元", condition, found)


def _length(record: type[Record], place: int, column: Column, most: int) -> Doubt:
    def condition(x: str, _: str) -> str:
        return f'(LEN(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({x}," ",""),"　",""),CHAR(10),""))>{most})'

    def is_odd(value: object) -> bool:
        return isinstance(value, str) and len("".join(value.split())) > most

    return _each(record, place, f"{column.header}超过{most}字", is_odd, condition)


def _reference(record: type[Record], place: int, targets: Sequence[tuple[type[Record], str]]) -> Doubt:
    where = [(target, layout.position(target, field)) for target, field in targets]
    named = "、".join(f"“{target.sheet}”" for target, _ in targets)

    def condition(x: str, _: str) -> str:
        absent = (f"ISNA(MATCH({_spelled(x)},{_spelled(used(*there))},0))" for there in where)
        return "*".join((f'(TRIM({x})<>"")', *absent))

    def found(contents: Contents) -> list[int]:
        known = {_key(value) for there in where for value in _column(contents, *there) if not layout.is_blank(value)}
        cells = enumerate(_column(contents, record, place))
        return [row for row, value in cells if not layout.is_blank(value) and _key(value) not in known]

    return Doubt(record, place, f"文号在{named}中没有", condition, found, elsewhere=True)


def _spelled(x: str) -> str:
    for sign, plain in _SPELLINGS:
        x = f'SUBSTITUTE({x},"{sign}","{plain}")'
    return f"LEFT({x},{layout.KEY_CHARS})"


def _key(value: object) -> str:
    text = str(value)
    for sign, plain in _SPELLINGS:
        text = text.replace(sign, plain)
    return text[: layout.KEY_CHARS].casefold()
