"""Thousands of damaged returns: each ends as a refusal or as a result in which every row is accounted for.

XL_LIANBING_FUZZ=20000 makes so many in place of the few of an ordinary run; XL_LIANBING_FUZZ_SEED begins elsewhere.
"""

from __future__ import annotations

import faulthandler
import io
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.fuzz.mutations import Parts, in_bytes, in_cells, in_xml, parts_of
from tests.old_workbooks import compound, workbook_stream
from tests.tables import rules
from xl_lianbing.demo.campaign import demo_campaign
from xl_lianbing.glossary import Tier
from xl_lianbing.intake.door.sheets import Book
from xl_lianbing.intake.returned.read import Intake, read_return
from xl_lianbing.records.column import Layout
from xl_lianbing.records.results import SUMMARIES
from xl_lianbing.records.returns import RETURN_SHEETS
from xl_lianbing.roster import SUZHOU
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.workbooks.returns.blank_return import write_return

COUNT = int(os.environ.get("XL_LIANBING_FUZZ", "2100"))
SEED = int(os.environ.get("XL_LIANBING_FUZZ_SEED", "20170801"))
BATCHES = 7
#: One file that takes longer than this hangs: the watchdog prints where, and ends the run.
_HANGS_AFTER_SECONDS = 120
_MOST_MEMORY = 1 << 31
TABLES = [record.sheet for record in RETURN_SHEETS if record.layout is Layout.TABLE]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A real return with a few rows in every sheet."""
    pack = load_pack("jiangsu-2017")
    rows = {sheet: list(lines)[:12] for sheet, lines in demo_campaign(pack, SUZHOU).returns["吴中区"].items()}
    path = tmp_path_factory.mktemp("fuzz") / "吴中区.xlsx"
    write_return(path, pack, "吴中区", Tier.COUNTY, rows=rows)
    return path.read_bytes()


@pytest.fixture(autouse=True)
def within_bounds() -> Iterator[None]:
    """A watchdog against hanging; where the system can, a bound on memory that no mutant may need."""
    faulthandler.dump_traceback_later(_HANGS_AFTER_SECONDS * 3, exit=True)
    try:
        import resource
    except ImportError:
        yield
    else:
        before = resource.getrlimit(resource.RLIMIT_AS)
        used = _address_space()
        resource.setrlimit(resource.RLIMIT_AS, (used + _MOST_MEMORY, before[1]))
        yield
        resource.setrlimit(resource.RLIMIT_AS, before)
    faulthandler.cancel_dump_traceback_later()


def _address_space() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return _MOST_MEMORY


def _mutant(dice: random.Random, content: bytes, parts: Parts) -> bytes:
    match dice.randrange(4):
        case 0:
            return in_bytes(dice, content)
        case 1:
            return in_xml(dice, parts)
        case _:
            return in_cells(dice, parts)


def accounted_for(intake: Intake) -> None:
    """A refusal with what to do, or a result that holds every row that was read."""
    if intake.refusal is not None:
        assert intake.result is None
        assert intake.refusal.problem and intake.refusal.fix
        return
    result = intake.result
    assert result is not None
    held = {
        "处罚案件": result.cases,
        "重大案件": result.major_cases,
        "行政复议": result.reconsiderations,
        "参评案卷": result.case_files,
        "先进个人": result.candidates,
        "个人办案": result.officer_cases,
        "宣传报道": result.publicity,
        "学习培训": result.training,
        "任务进展": result.tasks,
    }
    assert held.keys() == set(TABLES)
    for sheet, lines in held.items():
        assert len(lines) == intake.rows_read.get(sheet, 0), sheet
        numbers = [line.row for line in lines]
        assert len(numbers) == len(set(numbers)), sheet
        if sheet in SUMMARIES:
            assert [number for number, _ in intake.rows.load(sheet)] == numbers, sheet
    for found in intake.findings:
        assert found.problem and found.fix and "{" not in found.problem


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_mutant_crashes_hangs_or_loses_a_row(original: bytes, tmp_path: Path, batch: int) -> None:
    parts, path = parts_of(original), tmp_path / "a.xlsx"
    ended = {"refused": 0, "read": 0}
    for number in range(batch, COUNT, BATCHES):
        dice = random.Random(SEED + number)
        path.write_bytes(_mutant(dice, original, parts))
        faulthandler.dump_traceback_later(_HANGS_AFTER_SECONDS, exit=True)
        intake = read_return(path, f"回收/{number}.xlsx", rules())
        try:
            accounted_for(intake)
        except AssertionError as error:
            raise AssertionError(f"mutant {SEED + number}: {error}") from error
        ended["read" if intake.result is not None else "refused"] += 1
    assert all(ended.values()), ended


@pytest.mark.parametrize("locked", [False, True])
def test_no_mutant_in_a_compound_file_crashes_or_hangs(original: bytes, tmp_path: Path, locked: bool) -> None:
    """Old workbooks, and what Excel encrypted with its own password."""
    path, whole = tmp_path / "a.xls", _encrypted(original) if locked else _old(original)
    path.write_bytes(whole)
    assert read_return(path, "回收/a.xls", rules()).result is not None
    for number in range(COUNT // (50 if locked else 5)):
        path.write_bytes(in_bytes(random.Random(SEED + number), whole))
        faulthandler.dump_traceback_later(_HANGS_AFTER_SECONDS, exit=True)
        accounted_for(read_return(path, f"回收/{number}.xls", rules()))


def _old(original: bytes) -> bytes:
    book = Book(original)
    sheets = {name: [list(cells) for _, cells in book.rows(name)] for name in book.names}
    return compound({"Workbook": workbook_stream(sheets), "MBD1/WordDocument": b"w" * 5000})


def _encrypted(original: bytes) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(original)).encrypt("VelvetSweatshop", out)
    return out.getvalue()


def test_the_original_is_faultless(original: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(original)
    intake = read_return(path, "回收/a.xlsx", rules())
    accounted_for(intake)
    assert intake.result is not None and intake.rows_read["处罚案件"] == 12
    assert not [f for f in intake.findings if f.code in ("C60", "C61", "C62") or f.code.startswith(("R3", "S3"))]
