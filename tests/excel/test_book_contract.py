"""What OpenBook promises, held to both adapters: the closed file, and a live LibreOffice through xlwings.

Only in Excel, and covered with its COM objects replaced in test_live_windows.py: read-only, editing and Protected View
states, passwords and options of a protection, filters, AutoCorrect, AutoFill of formats, SaveCopyAs, date system 1904.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.excel.contract_book import (
    HEADER_ROW,
    INPUT,
    RESULT,
    Subject,
    closed_protected,
    closed_table_end,
    closed_typed,
    write_contract_book,
)
from tests.excel.live_session import engine_at, opened
from tests.excel.read_back import ReadBack, in_file, in_program
from tests.libreoffice import missing_libreoffice, requires_libreoffice
from tests.libreoffice.office import Document, Office
from tests.requirement import demand
from xl_lianbing.errors import MasterChanged, MasterUnreadable
from xl_lianbing.exact import Fraction
from xl_lianbing.excel.closed.book import ClosedBook
from xl_lianbing.excel.live.book import LiveBook
from xl_lianbing.excel.ooxml.sheet.cell_xml import MAX_TEXT
from xl_lianbing.excel.protocol import Spot
from xl_lianbing.excel.values import Cell, Cells, Formula, Table

if TYPE_CHECKING:
    from tests.excel.uno_engine import UnoEngine

FIRST = HEADER_ROW + 1
#: What a program that types into cells would turn into something else.
RISKY = (
    *("007", "3-1", "1/2", "2017-08-31", "12:30", "1e5", "50%", "1,000", "１２３", ".5", "(5)", "￥5", "TRUE", "false"),
    *("=1+1", '=HYPERLINK("http://x")', "+1+1", "-1", "@SUM(A1)", "'x", "''", '"a"', "#N/A", " 5", "1月2日"),
    *(
        "二〇一七年八月",
        "上午9:00",
        "Jan 5",
        "<b>&amp;",
        "_x0041_",
        "苏环罚〔2017〕1号",
        "演示\n两行",
        "123456789012345678",
    ),
)


@pytest.fixture(scope="module")
def office() -> Iterator[tuple[Office, UnoEngine]]:
    with Office() as running:
        yield running, engine_at(running.address)


@pytest.fixture(
    params=[
        "closed",
        pytest.param("live", marks=pytest.mark.libreoffice),
    ]
)
def subject(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Subject]:
    path = tmp_path / "总表 & 'A'.xlsx"
    write_contract_book(path)
    if request.param == "closed":
        yield Subject(
            "closed",
            ClosedBook(path),
            in_file(path),
            partial(closed_protected, path),
            partial(closed_table_end, path),
            partial(closed_typed, path),
        )
        return
    demand(missing_libreoffice())
    running, engine = request.getfixturevalue("office")
    engine.app.log.clear()
    with opened(running, engine, path) as (document, book):
        sheets = document.component.Sheets
        yield Subject(
            "live",
            LiveBook(book),
            in_program(book),
            lambda sheet: sheets.getByName(sheet).isProtected(),
            lambda: next(iter(book.sheets[RESULT].tables)).range.last_cell.row,
            lambda sheet, address, text: document.set_cells(sheet, address, ((text,),)),
            engine,
            partial(_select, document),
        )


def _select(document: Document, cells: str) -> None:
    controller = document.component.CurrentController
    sheet = controller.ActiveSheet
    if cells:
        controller.select(sheet.getCellRangeByName(cells))
        return
    shape = document.component.createInstance("com.sun.star.drawing.RectangleShape")
    sheet.DrawPage.add(shape)
    controller.select(shape)


@requires_libreoffice
@pytest.mark.libreoffice
def test_the_live_adapter_can_be_tested_here() -> None:
    """So that a machine for checks without LibreOffice does not pass in silence."""
    assert missing_libreoffice() == ""


def _table(rows: object, width: int = 4) -> Table:
    return Table(RESULT, HEADER_ROW, 1, width, rows)  # type: ignore[arg-type]


def _column(read: ReadBack, column: int, count: int) -> list[object]:
    area = read(RESULT)
    return [area.at(FIRST + i, column) for i in range(count)]


def _everything(read: ReadBack) -> dict[str, list[list[object]]]:
    """Every value of both sheets, without blank rows and columns at the ends."""
    found: dict[str, list[list[object]]] = {}
    for sheet in (RESULT, INPUT):
        area = read(sheet)
        found[sheet] = [[area.at(row, column) for column in range(1, 9)] for row in range(1, 30)]
    return found


def test_what_was_typed_since_the_snapshot_is_noticed(subject: Subject, tmp_path: Path) -> None:
    """A closed file is compared when it is written to; a live workbook gives a snapshot anew, with what was typed."""
    for name in ("一", "二", "三"):
        (tmp_path / name).mkdir()
    subject.book.ready()
    subject.book.snapshot(tmp_path / "一")
    assert subject.book.typed_since(tmp_path / "二") is None
    subject.type_into(INPUT, "B2", "改了的")
    anew = subject.book.typed_since(tmp_path / "三")
    if subject.kind == "live":
        assert anew is not None and in_file(anew)(INPUT).at(2, 2) == "改了的"
        return
    assert anew is None
    with pytest.raises(MasterChanged):
        subject.book.write([Cells(RESULT, {"F9": 1})])
    assert subject.read(INPUT).at(2, 2) == "改了的"


def test_what_was_there_before_is_kept(subject: Subject, tmp_path: Path) -> None:
    """Once, whichever adapter: the file's own write keeps it, a live workbook is told to."""
    subject.type_into(INPUT, "B2", "还没有写入")
    subject.book.keep(subject.book.snapshot(tmp_path))
    subject.book.write([Cells(RESULT, {"F9": "结果"})])
    (backup,) = (subject.book.path.parent / "备份").iterdir()
    assert in_file(backup)(INPUT).at(2, 2) == "还没有写入"
    assert in_file(backup)(RESULT).at(9, 6) is None


def test_values_come_back_as_they_were(subject: Subject) -> None:
    rows: list[list[Cell]] = [
        ["演示", date(2017, 8, 31), Decimal("12.5"), 3],
        ["甲", datetime(2017, 8, 31, 12, 30), Fraction(1, 4), 0.1],
        [None, None, -7, None],
        ["短"],
    ]
    subject.book.write([_table(rows)])
    area = subject.read(RESULT)
    assert [[area.at(FIRST + y, x) for x in range(1, 5)] for y in range(4)] == [
        ["演示", datetime(2017, 8, 31), 12.5, 3],
        ["甲", datetime(2017, 8, 31, 12, 30), 0.25, 0.1],
        [None, None, -7, None],
        ["短", None, None, None],
    ]


def test_text_never_becomes_anything_else(subject: Subject) -> None:
    subject.book.write([_table([[text] for text in RISKY]), Cells(INPUT, {f"D{i}": t for i, t in enumerate(RISKY, 1)})])
    assert _column(subject.read, 1, len(RISKY)) == list(RISKY)
    single = subject.read(INPUT)
    assert [single.at(i, 4) for i in range(1, len(RISKY) + 1)] == list(RISKY)


def test_only_a_formula_becomes_a_formula(subject: Subject) -> None:
    rows = [
        ["=C5*2", None, n, Formula(f'IF(C{FIRST + i}>1,C{FIRST + i}*2,"小")', v)]
        for i, (n, v) in enumerate([(4, 8), (1, "小")])
    ]
    subject.book.write([_table(rows)])
    assert _column(subject.read, 4, 2) == [8, "小"]
    assert _column(subject.read, 1, 2) == ["=C5*2", "=C5*2"]
    # written again with another input, a live formula follows it; a text does not
    if subject.kind == "live":
        subject.book.write([Cells(INPUT, {"B2": 5}), _table([["=C5*2", None, 6, Formula("C5*2", 0)]])])
        assert _column(subject.read, 4, 1) == [12]


def test_a_table_grows_with_the_formats_of_its_first_row(subject: Subject) -> None:
    subject.book.write([_table([[f"行{n}", date(2017, 1, n), n] for n in range(1, 21)])])
    assert _column(subject.read, 2, 20) == [datetime(2017, 1, n) for n in range(1, 21)]
    assert subject.table_end() == HEADER_ROW + 20


def test_a_table_shrinks_and_leaves_what_is_beside_it(subject: Subject) -> None:
    subject.book.write([_table([[f"行{n}", None, n] for n in range(20)])])
    subject.book.write([_table([["只有一行"]])])
    assert _column(subject.read, 1, 21) == ["只有一行", *[None] * 20]
    assert _column(subject.read, 3, 21) == [None] * 21
    assert subject.read(RESULT).at(8, 6) == "用户的备注"
    assert subject.table_end() == FIRST


def test_an_empty_table_keeps_a_row(subject: Subject) -> None:
    subject.book.write([_table([["甲"], ["乙"]])])
    subject.book.write([_table([])])
    assert _column(subject.read, 1, 3) == [None] * 3
    assert subject.table_end() == FIRST


def test_more_rows_than_are_handed_over_at_a_time(subject: Subject) -> None:
    count = 12_001
    subject.book.write([_table([f"行{n}", None, n] for n in range(count))])
    assert _column(subject.read, 3, count + 1) == [*range(count), None]


def test_single_cells_are_written_where_they_belong(subject: Subject) -> None:
    cells: dict[str, Cell] = {"A1": "新的", "B1": 2, "C1": None, "B2": 3, "H25": "远", "H26": 5, "G26": "近"}
    subject.book.write([Cells(RESULT, cells)])
    area = subject.read(RESULT)
    assert [area.at(*at) for at in ((1, 1), (1, 2), (2, 2), (25, 8), (26, 8), (26, 7), (4, 1))] == [
        "新的",
        2,
        3,
        "远",
        5,
        "近",
        "文本",
    ]


def test_what_a_cell_cannot_hold_is_left_out(subject: Subject) -> None:
    subject.book.write([_table([["a\x00b\x1fc"], ["长" * (MAX_TEXT + 5)]])])
    first, second = _column(subject.read, 1, 2)
    assert first == "abc"
    assert isinstance(second, str) and len(second) == MAX_TEXT


@pytest.mark.parametrize(
    "bad", [float("nan"), float("inf"), 10**400, [1, 2, 3, 4, 5]], ids=["nan", "inf", "huge", "wide"]
)
def test_what_cannot_be_written_is_refused_and_nothing_changes(subject: Subject, bad: object) -> None:
    subject.book.write([_table([["先前", date(2017, 1, 1), 1, "'=1"], ["007"]]), Cells(RESULT, {"A2": "=x"})])
    before = _everything(subject.read)
    row = bad if isinstance(bad, list) else [bad]
    rows = [["新"], ["新"], row]
    with pytest.raises(ValueError):
        subject.book.write([Cells(INPUT, {"A2": "新", "B2": "9"}), Cells(RESULT, {"A2": "新"}), _table(rows)])
    assert _everything(subject.read) == before
    assert subject.protected(RESULT)


def test_rows_that_fail_half_way_leave_the_workbook_as_it_was(subject: Subject) -> None:
    subject.book.write([_table([["先前", date(2017, 1, 1), 1, Formula("C5*2", 2)], ["007", None, 0.5]])])
    before, end = _everything(subject.read), subject.table_end()

    def rows() -> Iterator[list[Cell]]:
        yield from ([f"行{n}", None, n] for n in range(6_000))
        raise OSError("no more rows")

    with pytest.raises(OSError, match="no more rows"):
        subject.book.write([Cells(INPUT, {"A2": "新"}), _table(rows())])
    assert _everything(subject.read) == before
    assert _column(subject.read, 1, 6_000)[2:] == [None] * 5_998
    assert subject.table_end() == end
    assert subject.protected(RESULT)


def test_blocks_that_overlap_are_refused(subject: Subject) -> None:
    before = _everything(subject.read)
    for blocks in (
        [_table([["甲"]]), Table(RESULT, HEADER_ROW + 10, 4, 2, [])],
        [_table([["甲"]]), Cells(RESULT, {"B9": 1})],
        [Cells(RESULT, {"B2": 1}), Cells(RESULT, {"B2": 2})],
    ):
        with pytest.raises(ValueError):
            subject.book.write(blocks)
    assert _everything(subject.read) == before


def test_a_missing_sheet_is_named_before_anything_is_touched(subject: Subject) -> None:
    before = _everything(subject.read)
    with pytest.raises(MasterUnreadable, match="没有的表") as failure:
        subject.book.write([_table([["甲"]]), Cells("没有的表", {"A1": 1})])
    assert "改回" in failure.value.fix
    assert _everything(subject.read) == before


def test_a_protected_sheet_stays_protected(subject: Subject) -> None:
    subject.book.write([_table([["甲"]]), Cells(INPUT, {"A2": "乙"})])
    assert subject.protected(RESULT)
    assert not subject.protected(INPUT)


def test_the_other_sheets_are_left_alone(subject: Subject) -> None:
    before = _everything(subject.read)[INPUT]
    subject.book.write([_table([["甲"]])])
    assert _everything(subject.read)[INPUT] == before


def test_a_snapshot_holds_unsaved_edits(subject: Subject, tmp_path: Path) -> None:
    assert subject.book.snapshot(tmp_path) == subject.book.path
    subject.type_into(INPUT, "A2", "刚刚改的")
    folder = tmp_path / "snapshot"
    folder.mkdir()
    copy = subject.book.snapshot(folder)
    assert copy.name == subject.book.path.name
    assert in_file(copy)(INPUT).at(2, 1) == "刚刚改的"
    assert (copy.parent == folder) == (subject.kind == "live")
    on_disk = in_file(subject.book.path)(INPUT).at(2, 1)
    assert on_disk == ("演示单位" if subject.kind == "live" else "刚刚改的")


def test_what_was_written_can_be_kept(subject: Subject) -> None:
    subject.book.write([_table([["保存的"]])])
    subject.book.save()
    assert in_file(subject.book.path)(RESULT).at(FIRST, 1) == "保存的"


def test_status_messages_and_sheets_can_be_shown(subject: Subject) -> None:
    subject.book.status("一半")
    subject.book.status(None)
    subject.book.tell("完成", title="演示", serious=True)
    subject.book.show(INPUT)
    if subject.kind == "live":
        log = subject.engine.app.log
        assert log == [("status", "一半"), ("status", False), ("alert", "演示", "完成", "critical")]


def test_the_cell_that_the_user_has_selected(subject: Subject) -> None:
    live = subject.kind == "live"
    for sheet, cells, first in ((RESULT, "C5:D6", (5, 3)), (INPUT, "B2", (2, 2))):
        subject.book.show(sheet)
        subject.select(cells)
        assert subject.book.selected() == (Spot(sheet, *first) if live else None)
    subject.select("")
    assert subject.book.selected() is None, "a shape is no cell"


@requires_libreoffice
@pytest.mark.libreoffice
def test_a_selection_in_another_workbook_is_not_taken_for_one_of_ours(
    office: tuple[Office, UnoEngine], tmp_path: Path
) -> None:
    paths = [tmp_path / name for name in ("总表.xlsx", "别的.xlsx")]
    for path in paths:
        write_contract_book(path)
    with opened(*office, paths[0]) as (_, ours), opened(*office, paths[1]) as (_, other):
        assert LiveBook(ours).selected() is None
        assert LiveBook(other).selected() == Spot(RESULT, 1, 1)
        ours.activate()
        assert LiveBook(ours).selected() == Spot(RESULT, 1, 1)


@requires_libreoffice
@pytest.mark.libreoffice
@pytest.mark.parametrize("calculation", ["automatic", "manual"])
def test_quiet_puts_every_setting_back(office: tuple[Office, UnoEngine], tmp_path: Path, calculation: str) -> None:
    path = tmp_path / "总表.xlsx"
    write_contract_book(path)
    running, engine = office
    with opened(running, engine, path) as (_, book):
        app = engine.app
        app.calculation, app.display_alerts = calculation, False
        live = LiveBook(book)
        with pytest.raises(OSError), live.quiet():
            assert (app.screen_updating, app.enable_events, app.calculation) == (False, False, "manual")
            live.status("正在写入")
            raise OSError
        assert (app.screen_updating, app.enable_events, app.display_alerts) == (True, True, False)
        assert (app.calculation, app.status_bar) == (calculation, False)
        # with calculation by hand, new formulas show their values all the same
        live.write([_table([[None, None, 4, Formula("C5*2")]])])
        assert _column(in_program(book), 4, 1) == [8]
        app.calculation, app.display_alerts = "automatic", True
