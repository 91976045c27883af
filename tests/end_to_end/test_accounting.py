"""Rows read = rows counted + rows listed with a reason: for every return of a campaign, and in 运行记录."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tests.commands import program
from tests.conftest import MASTER, Demo
from tests.surgery import in_sheet, put_cell
from xl_lianbing.folder import open_campaign
from xl_lianbing.intake.cells.aliases import header_key, header_spellings
from xl_lianbing.pipeline import Computed, compute
from xl_lianbing.progress import Stopwatch, nobody
from xl_lianbing.records.column import Layout, Record
from xl_lianbing.records.results import SUMMARIES
from xl_lianbing.records.returns import RETURN_SHEETS

TABLES = [record for record in RETURN_SHEETS if record.layout is Layout.TABLE]


def typed_rows(book: openpyxl.Workbook, record: type[Record], computed: Computed) -> list[int]:
    """The rows below a sheet's header in which openpyxl finds something under a header of the contract."""
    pack = computed.master.pack
    known = {key for column in record.columns().values() for key in header_spellings(column, pack)}
    rows = list(book[record.sheet].iter_rows(max_col=40, values_only=True))
    top = max(range(min(len(rows), 40)), key=lambda n: sum(header_key(cell) in known for cell in rows[n]))
    places = [place for place, cell in enumerate(rows[top]) if header_key(cell) in known]
    return [
        number
        for number, cells in enumerate(rows[top + 1 :], top + 2)
        if any(cells[place] is not None and str(cells[place]).strip() for place in places)
    ]


def computed_of(folder: Path, spool: Path) -> Computed:
    return compute(open_campaign(folder), Stopwatch(nobody), spool)


def adds_up(folder: Path, computed: Computed) -> tuple[int, int]:
    """Rows read and counted over all summaries; every return is compared with what stands in its file."""
    read = listed = 0
    for unit, intake in computed.collected.used.items():
        book = openpyxl.load_workbook(folder / intake.file, data_only=True)
        for record in TABLES:
            name = record.sheet
            notes = [
                f
                for f in intake.findings
                if f.where.sheet == name and f.code in ("S14", "S15", "S16", "S17", "S18", "S19")
            ]
            left = sum(int((re.search(r"有(\d+)行", f.problem) or ["", "1"])[1]) for f in notes)
            typed = typed_rows(book, record, computed)
            assert len(typed) == intake.rows_read[name] + left, (unit, name)
            if name not in SUMMARIES:
                continue
            numbers, _ = intake.rows.columns(name)
            reasons = computed.scores.reasons[unit].get(name, {})
            assert len(numbers) == len(set(numbers)) == intake.rows_read[name], (unit, name)
            assert set(reasons) <= set(numbers) <= set(typed), (unit, name)
            assert all(str(reason).strip() for reason in reasons.values()), (unit, name)
            read, listed = read + len(numbers), listed + len(reasons)
    assert (computed.rows_read, computed.rows_counted) == (read, read - listed)
    return read, read - listed


@pytest.mark.parametrize("pack", ["jiangsu-2016", "jiangsu-2017"])
def test_every_row_of_a_campaign_is_counted_or_listed(demo: Callable[[str], Demo], tmp_path: Path, pack: str) -> None:
    folder = demo(pack).folder
    computed = computed_of(folder, tmp_path)
    assert len(computed.collected.used) == 11
    read, counted = adds_up(folder, computed)
    assert 0 < counted < read


def test_it_holds_with_the_faults_that_readers_get_wrong_and_the_log_says_so(small: Path, tmp_path: Path) -> None:
    path = small / "回收" / "昆山市（演示数据）.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["处罚案件"]
    below = sheet.max_row + 3
    sheet.cell(below, 1).value = 999
    sheet.cell(below + 1, 2).value = "合计"
    sheet.row_dimensions[8].hidden = True
    sheet.merge_cells("C9:C10")
    sheet.cell(below + 4_000, 2).value = "昆环罚〔2017〕远处号"
    book.save(path)
    in_sheet(path, "处罚案件", lambda x: put_cell(x, "B12", '<c r="B12" t="e"><v>#N/A</v></c>'))
    in_sheet(path, "处罚案件", lambda x: put_cell(x, "XFD7", '<c r="XFD7"><v>1</v></c>'))
    (small / "回收" / "坏.xlsx").write_bytes(path.read_bytes()[:5_000])
    computed = computed_of(small, tmp_path)
    read, counted = adds_up(small, computed)
    codes = {f.code for f in computed.findings if f.where.file.endswith(path.name)}
    assert {"S14", "S15", "S31", "S33", "S34", "C60"} <= codes
    numbers, _ = computed.collected.used["昆山市"].rows.columns("处罚案件")
    assert numbers[-1] == below + 4_000 and 12 in numbers
    reasons = computed.scores.reasons["昆山市"]["处罚案件"]
    assert 12 in reasons and numbers[-1] in reasons
    assert program("score", small).returncode == 1
    log = CalamineWorkbook.from_path(small / MASTER).get_sheet_by_name("运行记录").to_python()
    assert f"读入{read}行，计入{counted}行，列明原因不计{read - counted}行" in [str(cell) for cell in log[-1]]
