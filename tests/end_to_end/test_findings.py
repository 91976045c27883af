"""Findings of whole campaigns: none on clean data, one a cause, gone once mended; every code is named and tested."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from tests.cells import header_row
from tests.conftest import Once
from tests.oracle import campaigns, fill
from xl_lianbing.demo import campaign as demo
from xl_lianbing.demo.write import write_demo
from xl_lianbing.findings import Finding
from xl_lianbing.findings.row import HEADERS, NOVELTY
from xl_lianbing.folder import CampaignFolder, open_campaign
from xl_lianbing.glossary import ReceiptState, Severity
from xl_lianbing.pipeline import Computed, compute, run
from xl_lianbing.progress import Stopwatch
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.upkeep import documents

PACKS = ("jiangsu-2016", "jiangsu-2017")
KINDS = [kind for kinds in documents.CODES.values() for kind in kinds]
PATTERNS = {"C31", "C81", "C82", "C83"}

Clean = Callable[[str], CampaignFolder]


@pytest.fixture(scope="session")
def originals(once: Once) -> Callable[[str], Path]:
    """The demonstration without the mistakes planted in it, made once a pack."""

    def get(pack: str) -> Path:
        def make(folder: Path) -> str:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(demo, "plant", lambda scene: ())
                return str(write_demo(folder, load_pack(pack)).path)

        return once(f"无误 {pack}", make)[0]

    return get


@pytest.fixture
def clean(originals: Callable[[str], Path], tmp_path: Path) -> Clean:
    """A copy of the clean campaign of a pack, to be spoiled."""

    def copy(pack: str) -> CampaignFolder:
        shutil.copytree(originals(pack), tmp_path / pack)
        return open_campaign(tmp_path / pack)

    return copy


def computed(folder: CampaignFolder, tmp_path: Path) -> Computed:
    spool = tmp_path / "spool"
    spool.mkdir(exist_ok=True)
    return compute(folder, Stopwatch(), spool)


def asking(result: Computed) -> list[Finding]:
    return [f for f in result.findings if f.severity is not Severity.NOTE]


def return_of(folder: CampaignFolder, unit: str) -> Path:
    return next(p for p in folder.returns.iterdir() if unit in p.name)


@pytest.mark.parametrize("pack", PACKS)
def test_clean_data_give_no_alarm(clean: Clean, tmp_path: Path, pack: str) -> None:
    result = computed(clean(pack), tmp_path)
    assert asking(result) == []
    assert {r.state for r in result.collected.receipts} == {ReceiptState.RECEIVED}
    assert result.rows_read > 3000


@pytest.mark.parametrize(("pack", "seed", "province"), [("jiangsu-2016", 5, False), ("jiangsu-2017", 2, True)])
def test_d3_ordinary_campaigns_raise_no_question_of_campaign_style_work(
    tmp_path: Path, pack: str, seed: int, province: bool
) -> None:
    fill.build(tmp_path / "大练兵", campaigns.make(pack, seed, province=province), seed)
    found = computed(open_campaign(tmp_path / "大练兵"), tmp_path).findings
    assert len(found) > 20 and [f.code for f in found if f.code in PATTERNS] == []


def test_no_flood_a_column_of_late_filings_is_one_finding(clean: Clean, tmp_path: Path) -> None:
    """B2.8: with its range, its number and every cell."""
    folder = clean("jiangsu-2017")
    path = return_of(folder, "吴江区")
    book = load_workbook(path)
    page = book["处罚案件"]
    top, at = header_row(page, "当事人名称")
    late = []
    for row in range(top + 1, top + 151):
        decided = page.cell(row, at["决定日期"]).value
        assert isinstance(decided, date)
        page.cell(row, at["系统录入日期"]).value = decided + timedelta(days=9)
        late.append(row)
    book.save(path)
    (one,) = [f for f in computed(folder, tmp_path).findings if f.code == "P06"]
    letter = page.cell(1, at["系统录入日期"]).column_letter
    assert one.where.cell == f"{letter}{late[0]}:{letter}{late[-1]}" and one.where.unit == "吴江区"
    assert "共150处" in one.problem and f"第{late[0]}～{late[-1]}行" in one.problem
    assert one.cells == tuple(f"{letter}{row}" for row in late)


def findings_tab(folder: CampaignFolder) -> list[list[object]]:
    """The findings as they stand, but for 进展, which tells of the run before."""
    novelty = HEADERS.index(NOVELTY)
    rows = CalamineWorkbook.from_path(str(folder.master)).get_sheet_by_name("校核结果").to_python()
    found = [row for row in rows if row and row[0] in {str(s) for s in Severity}]
    return [[*row[:novelty], *row[novelty + 1 :]] for row in found]


def test_a_finding_that_no_longer_holds_is_gone_after_the_next_run(clean: Clean) -> None:
    folder = clean("jiangsu-2017")
    run(folder)
    before = findings_tab(folder)
    path = return_of(folder, "昆山市")
    kept = path.read_bytes()
    book = load_workbook(path)
    page = book["处罚案件"]
    top, at = header_row(page, "当事人名称")
    page.cell(top + 3, at["决定日期"]).value = "看不清"
    page.cell(top + 5, at["罚款金额(万元)"]).value = 30000
    book.save(path)
    result = run(folder).computed
    spoiled = findings_tab(folder)
    told = [(row[0], row[1], row[2]) for row in spoiled if row not in before]
    assert ("阻断", "C02", "昆山市") in told and ("阻断", "C31", "昆山市") in told
    order = [list(Severity).index(Severity(str(row[0]))) for row in spoiled]
    assert order == sorted(order), "阻断 before 提醒 before 说明"
    (receipt,) = [r for r in result.collected.receipts if r.unit == "昆山市"]
    own = [row for row in spoiled if row[3] == receipt.file]
    assert (receipt.blocking, receipt.warnings) == tuple(sum(r[0] == s for r in own) for s in ("阻断", "提醒"))
    path.write_bytes(kept)
    run(folder)
    assert findings_tab(folder) == before


def test_the_front_page_counts_by_unit_and_names_each_kind(clean: Clean) -> None:
    folder = clean("jiangsu-2017")
    path = return_of(folder, "常熟市")
    book = load_workbook(path)
    page = book["处罚案件"]
    top, at = header_row(page, "当事人名称")
    for row in range(top + 1, top + 4):
        page.cell(row, at["决定日期"]).value = None
    book.save(path)
    run(folder)
    home = load_workbook(folder.master)["首页"]
    texts = {str(c.value): c.coordinate for row in home.iter_rows() for c in row if c.value is not None}
    assert "没有填写" in texts, "the short name of C01"
    row = home[texts["各单位问题数"]].row + 2
    assert [home[f"{column}{row}"].value for column in "BDE"] == ["常熟市", 3, 0], "the worst first"


def test_b4_2_a_section_without_complete_data_is_left_out_and_nothing_more(clean: Clean, tmp_path: Path) -> None:
    folder = clean("jiangsu-2017")
    book = load_workbook(folder.master, keep_vba=True)
    page = book["水质断面"]
    top, at = header_row(page, "断面名称")
    page.cell(top + 1, at["数据是否齐备"]).value = "否"
    page.cell(top + 1, at["上年类别"]).value = page.cell(top + 1, at["本年类别"]).value = None
    page.cell(top + 2, at["本年类别"]).value = None
    book.save(folder.master)
    found = [f for f in computed(folder, tmp_path).findings if f.where.sheet == "水质断面"]
    letter = page.cell(1, at["本年类别"]).column_letter
    assert [(f.code, str(f.severity), f.where.cell) for f in found] == [
        ("C01", "阻断", f"{letter}{top + 2}"),
        ("P36", "说明", f"A{top + 1}"),
    ]


def test_every_code_is_used_once_named_and_says_what_to_do() -> None:
    assert [code for code, n in Counter(kind.code for kind in KINDS).items() if n > 1] == []
    for kind in KINDS:
        assert 2 <= len(kind.title) <= 14, f"{kind.code}: a short name"
        assert kind.problem.endswith(("。", "}")) and kind.fix and kind.rule, kind.code
    titles = Counter(kind.title for kind in KINDS)
    assert [title for title, n in titles.items() if n > 1] == []


def test_every_code_is_expected_by_a_test() -> None:
    """B2.10: what no test expects may be raised wrongly or never."""
    tests = Path(__file__).resolve().parents[1].rglob("test_*.py")
    named = {code for path in tests for code in re.findall(r'"([A-Z]\d\d)"', path.read_text(encoding="utf-8"))}
    assert sorted({kind.code for kind in KINDS} - named) == []
