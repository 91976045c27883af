"""The way of a feedback copy: made, mended by the district in that very file, handed in again, judged anew."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cells import header_row
from tests.commands import program
from tests.conftest import Demo
from tests.libreoffice import requires_libreoffice
from tests.libreoffice.convert import recalculated
from tests.surgery import sheet_parts
from tests.validation.lint import lint
from xl_lianbing.excel.ooxml.notes import AUTHOR
from xl_lianbing.excel.ooxml.styles import MARK_COLOURS
from xl_lianbing.faces.messages import run_facts, run_text
from xl_lianbing.feedback import write
from xl_lianbing.folder import CampaignFolder, open_campaign
from xl_lianbing.glossary import Audience, ReceiptState, Severity
from xl_lianbing.pipeline import CHECK, SCORE, Outcome, run
from xl_lianbing.records.returns import FEEDBACK_SHEET

UNIT = "相城区"
CASES, INFO = "处罚案件", "单位信息"
MARKED = set(MARK_COLOURS.values())


@pytest.fixture(scope="module")
def first_run(demo: Callable[[str], Demo], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """The demonstration after a run, and what the run found (read only)."""
    folder = tmp_path_factory.mktemp("反馈") / "大练兵"
    shutil.copytree(demo("jiangsu-2017").folder, folder)
    return folder, run(open_campaign(folder))


@pytest.fixture
def first(first_run: tuple[Path, Outcome]) -> Outcome:
    return first_run[1]


@pytest.fixture
def folder(first_run: tuple[Path, Outcome], tmp_path: Path) -> CampaignFolder:
    """A copy of it, to be worked in; its path is an awkward one."""
    return open_campaign(Path(shutil.copytree(first_run[0], tmp_path / "大练兵 2017 & 上半年（副本）")))


def copy_of(folder: CampaignFolder, unit: str = UNIT) -> Path:
    return folder.feedback / f"{unit}_反馈.xlsx"


def codes(outcome: Outcome, unit: str = UNIT) -> dict[tuple[str, str], str]:
    """Code and cell → file, of the findings that the unit can mend."""
    return {
        (f.code, f.where.cell): f.where.file
        for f in outcome.computed.findings
        if f.where.unit == unit and f.severity is not Severity.NOTE
    }


def total(outcome: Outcome, unit: str = UNIT) -> object:
    return next(u.total for u in outcome.computed.scores.units if u.unit.name == unit)


def marked(path: Path) -> set[tuple[str, str]]:
    book = load_workbook(path)
    pages = [page for page in book if page.title != FEEDBACK_SHEET]
    return {
        (page.title, cell.coordinate)
        for page in pages
        for row in page.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb in MARKED or (cell.comment and cell.comment.author == AUTHOR)
    }


def true_day(outcome: Outcome, path: Path) -> date:
    """The day of the decision whose date is spoiled, as the penalty case system has it."""
    page = load_workbook(path)[CASES]
    _, at = header_row(page, "决定日期", "处罚决定书文号")
    where, number = at["决定日期"], at["处罚决定书文号"]
    cells = (row[0] for row in page.iter_rows(min_row=5, min_col=where, max_col=where))
    row = next(cell.row for cell in cells if isinstance(cell.value, str))
    wanted = page.cell(row, number).value
    days = [c.decided_on for c in outcome.computed.master.inputs.system_cases if c.decision_number == wanted]
    assert days[0] is not None
    return days[0]


def mend(path: Path, day: date, later: int = 1) -> None:
    """What the district does: the right date in the marked cell, and another day of filling."""
    book = load_workbook(path)
    page = book[CASES]
    where = header_row(page, "决定日期")[1]["决定日期"]
    bad = next(cell for row in page.iter_rows(min_row=5, min_col=where, max_col=where) for cell in row if cell.comment)
    bad.value = day
    info = book[INFO]
    item = next(c for row in info.iter_rows() for c in row if c.value == "填报日期")
    filled = info.cell(item.row, item.column + 1)
    filled.value = filled.value + timedelta(days=later)
    book.save(path)


def rules_of(path: Path) -> list[object]:
    """Drop-downs, conditional formats, protection and widths of the sheets of a return."""
    book = load_workbook(path)
    return [
        (
            page.title,
            sorted(str(v.sqref) + str(v.formula1) for v in page.data_validations.dataValidation),
            sorted(str(r.sqref) for r in page.conditional_formatting),
            page.protection.sheet,
            page.freeze_panes,
            page.sheet_state,
        )
        for page in book
        if page.title != FEEDBACK_SHEET
    ]


def test_the_copy_is_mended_handed_in_and_judged_anew(folder: CampaignFolder, first: Outcome) -> None:
    blocked = next(place for place in codes(first) if place[0] == "C02")
    assert (CASES, blocked[1]) in marked(copy_of(folder))
    original = next(folder.returns.glob(f"{UNIT}*"))
    assert rules_of(copy_of(folder)) == rules_of(original)

    back = folder.returns / "再次报送"
    back.mkdir()
    returned = back / "改好了（2）.xlsx"
    shutil.copy(copy_of(folder), returned)
    mend(returned, true_day(first, returned))
    second = run(folder)

    assert blocked not in codes(second)
    assert set(codes(second)) == set(codes(first)) - {blocked}
    assert set(codes(second).values()) == {folder.shown(returned)}
    assert second.computed.rows_counted == first.computed.rows_counted + 1
    assert marked(copy_of(folder)) == marked_places(second)
    assert rules_of(copy_of(folder)) == rules_of(original)
    assert lint(copy_of(folder)) == []


def marked_places(outcome: Outcome) -> set[tuple[str, str]]:
    return {
        (f.where.sheet, cell)
        for f in outcome.computed.findings
        if f.where.unit == UNIT and f.severity is not Severity.NOTE and f.kind.audience is Audience.COUNTY
        for cell in f.all_cells
        if f.where.file.startswith("回收/")
    }


def test_the_score_is_that_of_the_original_mended_in_place(
    folder: CampaignFolder, first: Outcome, tmp_path: Path
) -> None:
    twin = open_campaign(Path(shutil.copytree(folder.path, tmp_path / "twin")))
    shutil.copy(copy_of(folder), folder.returns / "副本.xlsx")
    day = true_day(first, copy_of(folder))
    mend(folder.returns / "副本.xlsx", day)
    original = next(twin.returns.glob(f"{UNIT}*"))
    book = load_workbook(original)
    page = book[CASES]
    where = header_row(page, "决定日期")[1]["决定日期"]
    bad = next(
        c for row in page.iter_rows(min_row=5, min_col=where, max_col=where) for c in row if isinstance(c.value, str)
    )
    bad.value = day
    book.save(original)
    through_the_copy, in_place = run(folder), run(twin)
    assert total(through_the_copy) == total(in_place)
    assert through_the_copy.computed.rows_counted == in_place.computed.rows_counted
    assert set(codes(through_the_copy)) == set(codes(in_place))


def test_a_copy_handed_in_unchanged_changes_nothing(folder: CampaignFolder, first: Outcome) -> None:
    before = marked(copy_of(folder))
    returned = folder.returns / "没改.xlsx"
    shutil.copy(copy_of(folder), returned)
    later = returned.stat().st_mtime + 3600
    os.utime(returned, (later, later))
    second = run(folder)
    assert set(codes(second)) == set(codes(first)) and set(codes(second).values()) == {"回收/没改.xlsx"}
    assert total(second) == total(first)
    assert marked(copy_of(folder)) == before
    assert load_workbook(copy_of(folder)).sheetnames.count(FEEDBACK_SHEET) == 1


def test_a_copy_that_comes_back_counts_though_neither_its_day_nor_its_time_is_newer(
    folder: CampaignFolder, first: Outcome
) -> None:
    returned = folder.returns / "改好.xlsx"
    shutil.copy(copy_of(folder), returned)
    mend(returned, true_day(first, returned), later=0)
    os.utime(returned, (10**9, 10**9))
    second = run(folder)
    assert set(codes(second).values()) == {folder.shown(returned)}
    assert second.computed.rows_counted == first.computed.rows_counted + 1
    (superseded,) = [r for r in second.computed.collected.receipts if r.state is ReceiptState.DUPLICATE]
    assert superseded.unit == UNIT and "是在本文件的反馈副本上改的" in superseded.note


def test_a_copy_changed_where_it_lies_waits_to_be_handed_in_and_is_said(folder: CampaignFolder, first: Outcome) -> None:
    copy = copy_of(folder)
    mend(copy, true_day(first, copy))
    kept = copy.read_bytes()
    second = run(folder)
    assert copy.read_bytes() == kept and total(second) == total(first)
    (waiting,) = [f for f in second.computed.findings if f.code == "R50"]
    assert (waiting.where.file, waiting.where.unit, waiting.audience) == (folder.shown(copy), UNIT, Audience.BUREAU)
    (receipt,) = [r for r in second.computed.collected.receipts if r.unit == UNIT]
    assert receipt.note == f"反馈里改过的《{folder.shown(copy)}》还没有移到回收"
    assert f"《{copy.name}》写出后被改过，没有覆盖" in run_text(folder, second, SCORE)
    copy.rename(folder.returns / copy.name)
    third = run(folder)
    assert third.computed.rows_counted == first.computed.rows_counted + 1
    assert not [f for f in third.computed.findings if f.code == "R50"]
    assert copy.is_file(), "what is left to mend goes back to the unit"


@requires_libreoffice
def test_a_copy_that_libreoffice_has_saved_works_as_well(
    folder: CampaignFolder, first: Outcome, tmp_path: Path
) -> None:
    saved = recalculated(copy_of(folder), tmp_path / "saved")
    mend(saved, true_day(first, saved))
    shutil.copy(saved, folder.returns / "另存.xlsx")
    second = run(folder)
    assert not any(code == "C02" for code, _ in codes(second))
    assert second.computed.rows_counted == first.computed.rows_counted + 1
    assert marked(copy_of(folder)) == marked_places(second)
    assert load_workbook(copy_of(folder))[CASES].data_validations.count


def test_a_unit_without_findings_any_more_has_no_copy(folder: CampaignFolder) -> None:
    assert copy_of(folder).is_file()
    for file in folder.returns.glob(f"{UNIT}*"):
        file.unlink()
    gone = run(folder)
    assert not copy_of(folder).exists()
    assert [p.name for p in gone.feedback.removed] == [copy_of(folder).name]


@pytest.mark.parametrize("operation", [CHECK, SCORE])
def test_the_run_says_how_many_copies_and_where(folder: CampaignFolder, operation: str) -> None:
    outcome = run(folder, operation)
    assert f"反馈：{len(outcome.feedback.copies)}份" in run_text(folder, outcome, operation)
    assert str(folder.feedback) in run_text(folder, outcome, operation)
    assert run_facts(folder, outcome, operation)["反馈"] == [folder.shown(p) for p in outcome.feedback.copies]
    assert list(outcome.seconds)[-1] == "反馈"


def test_an_open_copy_spoils_neither_the_scores_nor_the_other_copies(
    folder: CampaignFolder, first: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = {u.unit.name: u.total for u in first.computed.scores.units}
    monkeypatch.setattr(write, "_FORMAT", "newer")
    (folder.feedback / f".~lock.{copy_of(folder).name}#").write_text(",user,pc,,", "utf-8")
    done = run(folder)
    assert {u.unit.name: u.total for u in done.computed.scores.units} == scores
    assert len(done.feedback.problems) == 1 and copy_of(folder).name in done.feedback.problems[0]
    assert copy_of(folder) not in done.feedback.made and len(done.feedback.made) == len(done.feedback.copies) - 1
    assert done.feedback.problems[0] in run_text(folder, done, SCORE)


def test_the_command_makes_them(campaign: Path) -> None:
    shutil.rmtree(campaign / "反馈")
    done = program("check", campaign)
    assert done.returncode == 1 and "反馈：" in done.stdout
    assert FEEDBACK_SHEET in sheet_parts(campaign / "反馈" / f"{UNIT}_反馈.xlsx")
    assert (campaign / "反馈" / "校核问题汇总.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_demonstration_lacks_one_scan_and_waits_for_those_of_the_others(first: Outcome) -> None:
    found = [f for f in first.computed.findings if f.code.startswith("E")]
    missing = [f for f in found if f.severity is Severity.WARNING]
    assert [(f.code, f.where.unit, f.where.sheet) for f in missing] == [("E01", "吴中区", CASES)]
    assert {f.code for f in found if f not in missing} == {"E07"}
