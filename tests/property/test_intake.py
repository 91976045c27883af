"""Laws of reading: what passes is what the models accept; where things stand changes nothing but addresses."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc

from tests.tables import a_return, headers, rules
from xl_lianbing.intake.cells.fields import build, field_types
from xl_lianbing.intake.cells.values import Odd, column_reader_of, reader_of
from xl_lianbing.intake.checks.rows import adds_up
from xl_lianbing.intake.door.sheets import Cell
from xl_lianbing.intake.returned.read import Intake, read_return
from xl_lianbing.records.column import CellType, Layout, Record
from xl_lianbing.records.inputs import INPUT_TABS
from xl_lianbing.records.returns import RETURN_SHEETS, MajorCase, PenaltyCase

TABLES = [record for record in RETURN_SHEETS if record.layout is Layout.TABLE]
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

CELLS = st.one_of(
    st.just(""),
    st.text(max_size=12),
    st.sampled_from(
        ["是", "否", " 是 ", "√", "无", "/", "2017年8月1日", "2017.13.1", "20170801", "2万元", "1,000", "III"]
    ),
    st.floats(allow_nan=False, width=32),
    st.integers(-10, 60_000).map(float),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2199, 12, 31)),
    st.datetimes(datetime(1950, 1, 1), datetime(2099, 1, 1)),
)


@pytest.mark.parametrize("record", [*RETURN_SHEETS, *INPUT_TABS], ids=lambda record: record.sheet)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_what_reading_accepts_the_model_accepts(record: type[Record], data: st.DataObject) -> None:
    values = {}
    for name, column in record.columns().items():
        cell = data.draw(CELLS | st.sampled_from(column.choices) if column.choices else CELLS, label=name)
        read = reader_of(column, field_types(record)[name])(cell)
        values[name] = read.value if isinstance(read, Odd) else read
    made = build(record, values)
    assert record.model_validate(made.model_dump(), strict=True) == made


@given(cell=CELLS, record=st.sampled_from([*RETURN_SHEETS, *INPUT_TABS]))
@settings(deadline=None)
def test_a_cell_is_understood_or_shown_never_lost(cell: object, record: type[Record]) -> None:
    for name, column in record.columns().items():
        read = reader_of(column, field_types(record)[name])(cell)  # type: ignore[arg-type]
        if read is None:
            assert isinstance(cell, str) and not cell.strip()
        elif isinstance(read, Odd) and read.value is None:
            assert read.shown.strip()
        value = read.value if isinstance(read, Odd) else read
        if isinstance(value, int | Decimal):
            assert column.type in (CellType.INTEGER, CellType.NUMBER, CellType.MONEY)
            assert column.minimum is None or value >= column.minimum
            assert column.maximum is None or value <= column.maximum


def _cell(kind: CellType, choices: tuple[str, ...]) -> st.SearchStrategy[object]:
    odd = st.sampled_from(["无", "看不清", " 演示 ", "2017.8.1", "12"])
    match kind:
        case CellType.CHOICE:
            return st.sampled_from(choices) | odd | st.none()
        case CellType.DATE:
            return st.dates(date(2016, 12, 1), date(2017, 12, 1)) | odd | st.none()
        case CellType.TEXT | CellType.LONG_TEXT:
            return st.sampled_from(["甲", "乙", "丙", "吴环罚〔2017〕1号", "=1+1"]) | odd | st.none()
        case _:
            return st.integers(-1, 50) | odd | st.none()


def _rows(record: type[Record]) -> st.SearchStrategy[list[list[object]]]:
    row = st.tuples(*(_cell(column.type, column.choices) for column in record.columns().values())).map(list)
    return st.lists(row, max_size=6)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def _read(folder: Path, record: type[Record], rows: Sequence[Sequence[object]], at: tuple[int, int] = (0, 0)) -> Intake:
    path = a_return(folder / "a.xlsx", {record.sheet: rows}, at={record.sheet: at})
    return read_return(path, "a.xlsx", rules())


def _told(intake: Intake) -> list[tuple[str, str, str]]:
    return sorted((f.code, f.severity, f.shown) for f in intake.findings)


@given(data=st.data())
@SLOW
def test_moving_columns_and_rows_changes_nothing_but_addresses(folder: Path, data: st.DataObject) -> None:
    bulk: list[type[Record]] = [PenaltyCase, MajorCase]
    record = data.draw(st.sampled_from(bulk))
    rows = data.draw(_rows(record))
    plain = _read(folder, record, [headers(record), *rows])

    order = data.draw(st.permutations(range(len(record.columns()))))
    gaps = [data.draw(st.integers(0, 2)) for _ in rows]
    moved: list[list[object]] = []
    for row, gap in zip(rows, gaps, strict=True):
        moved += [[]] * gap + [[row[i] for i in order]]
    at = data.draw(st.tuples(st.integers(0, 5), st.integers(0, 3)))
    other = _read(folder, record, [[headers(record)[i] for i in order], *moved], at)

    assert _told(other) == _told(plain)
    assert plain.result is not None and other.result is not None
    assert [fact[1:] for fact in other.result.cases] == [fact[1:] for fact in plain.result.cases]
    assert [(m.record, m.blocked) for m in other.result.major_cases] == [
        (m.record, m.blocked) for m in plain.result.major_cases
    ]
    assert [values for _, values in other.rows.load(record.sheet)] == [
        values for _, values in plain.rows.load(record.sheet)
    ]


#: Sums, numbers alone, notes, headers again, column numbers, figures alone: told with their count.
NO_RECORDS = ("S14", "S15", "S16", "S17", "S18", "S19")


@given(data=st.data())
@SLOW
def test_every_row_with_something_in_it_is_accounted_for(folder: Path, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(TABLES))
    rows = data.draw(_rows(record))
    intake = _read(folder, record, [headers(record), *rows])
    assert intake.result is not None
    names = list(record.columns())
    held = [
        n for n, row in enumerate(rows, 2) if any(v is not None and names[i] != "number" for i, v in enumerate(row))
    ]
    filled = [row for row in rows if any(v is not None for v in row)]
    told = [f for f in intake.findings if f.code in NO_RECORDS]
    assert len(filled) == intake.rows_read[record.sheet] + sum(int(str(f.words["count"])) for f in told)
    if record.sheet != "先进个人" and record.sheet != "学习培训":
        assert {number for number, _ in intake.rows.load(record.sheet)} <= set(held)


@given(days=st.integers(-400, 400))
@settings(max_examples=30, deadline=None)
def test_a_day_reads_the_same_in_every_spelling(days: int) -> None:
    day = date(2017, 6, 1) + timedelta(days)
    read = reader_of(PenaltyCase.columns()["decided_on"])
    y, m, d = day.year, day.month, day.day
    serial = float((day - date(1899, 12, 30)).days)
    for cell in (
        f"{y}年{m}月{d}日",
        f"{y}.{m}.{d}",
        f"{y}/{m:02d}/{d:02d}",
        f"{y}{m:02d}{d:02d}",
        float(f"{y}{m:02d}{d:02d}"),
        serial,
    ):
        found = read(cell)
        assert isinstance(found, Odd) and found.value == day


@given(record=st.sampled_from([*RETURN_SHEETS, *INPUT_TABS]), cells=st.lists(CELLS, max_size=8))
@settings(deadline=None)
def test_reading_a_column_at_once_is_reading_each_cell(record: type[Record], cells: list[Cell]) -> None:
    for name, column in record.columns().items():
        whole = field_types(record)[name]
        at_once = column_reader_of(column, whole)
        given = [*cells, *column.choices]
        one = reader_of(column, whole)
        assert repr(at_once(given)) == repr([one(cell) for cell in given])
        assert repr(at_once(given)) == repr([one(cell) for cell in given])


_CODES = st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17) | st.text(
    "0123456789", min_size=17, max_size=17
)


@given(code=_CODES.map(lambda t: t + uscc.calc_check_digit(t)) | st.text("0123456789ABCIO ", max_size=19))
def test_a_credit_code_that_adds_up_is_valid(code: str) -> None:
    if adds_up(code):
        assert uscc.is_valid(code)
    elif uscc.compact(code) == code:
        assert not uscc.is_valid(code)
