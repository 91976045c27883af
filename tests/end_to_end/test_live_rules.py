"""Typing another value into 规则 changes the scores at once, in the way `score` would: no run, only formulas."""

from __future__ import annotations

import gc
import math
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.libreoffice import requires_libreoffice
from tests.libreoffice.office import Document, Office
from tests.oracle import campaigns, fill
from xl_lianbing.addresses import column_letters
from xl_lianbing.excel.values import Cell, Formula, Table
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.pipeline import Computed, compute, run
from xl_lianbing.progress import Stopwatch
from xl_lianbing.records.results import RESULT_TABS, SCORE_PAGE, Grid
from xl_lianbing.report.blocks import Block
from xl_lianbing.report.cases import case_blocks
from xl_lianbing.report.files import file_blocks
from xl_lianbing.report.officers import officer_blocks
from xl_lianbing.report.ranking import ranking_blocks
from xl_lianbing.report.satisfaction import satisfaction_blocks
from xl_lianbing.report.score_page import score_page_cells
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.rules.pack.contract import VALUE_KEYS
from xl_lianbing.rules.readings import SWITCH_READINGS
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.score import Scores, score
from xl_lianbing.workbooks.master.rules_tab import RECOUNTED, rule_cells, rule_rows

TABS = ("案卷质量得分", "查处案件得分", "满意度得分", "综合排名", "先进个人得分")
GRIDS = {(tab.name, grid.header_row, grid.first_column): grid for tab in RESULT_TABS for grid in tab.grids}
#: What makes a row of a table that row, whatever its place. The files' table always keeps its order.
IDENTITY = ("单位", "姓名", "参评单位", "填报单位", "全省总数")
#: Campaigns of the reference scorer in which every reading changes something; nobody is recommended in the first.
CAMPAIGNS = {"jiangsu-2016": (5, False), "jiangsu-2017": (6, False), "省级 jiangsu-2017": (2, True)}
ALONE = [{code: reading} for code, readings in SWITCH_READINGS.items() for reading in readings[1:]]
TOGETHER: list[dict[str, str]] = [
    {"L9": "工作日", "L10": "不计入"},
    {"L8": "指标零分", "L10": "不计入"},
    {"L8": "指标零分", "L9": "工作日", "L10": "不计入", "L7": "不计入"},
    {"L1": "不计入平均", "L2": "加权", "L3": "按实际份数", "L11": "整数向上", "L12": "全部单位"},
    {"L4": "不计算", "L5": "阶梯", "L6": "线性", "L7": "不计入"},
]
#: Values, by key, that formulas read. Those that a pack lacks are left out.
VALUES: list[dict[str, str]] = [
    {"full.case_files": "33", "full.satisfaction": "12.5"},
    {"full.cases": "20", "full.fines": "7", "full.major": "1.5"},
    {"baseline.upper": "1.2", "baseline.lower": "0.2"},
    {"satisfaction.loss": "0.41", "satisfaction.floor": "2"},
    {"officer.full.cases": "10", "officer.full.file": "35", "officer.full.votes": "5", "officer.full.deeds": "50"},
    {"officer.cases.loss": "1", "officer.votes.loss": "0.7", "officer.floor": "1"},
    {"quota.county": "5", "quota.city": "1", "quota.officers": "7"},
    {"files.recommended_units": "3"},
    {"review.full": "120", "review.expert_weight": "0.8", "deeds.item_full": "30"},
    {"total.cases": "4000", "total.fines": "5000", "total.major": "300", "total.key_enterprises": "900"},
    {"adjust.supervision.max": "0.5", "adjust.compliance.min": "-1", "adjust.other.max": "1"},
]


@dataclass(frozen=True)
class Scored:
    """A scored campaign: what was computed, and which cell of its 规则 holds what."""

    master: Path
    computed: Computed
    cells: Mapping[str, str]

    def rules(self, changes: Mapping[str, str]) -> Ruleset:
        rules = self.computed.master.rules
        readings = {k: v for k, v in changes.items() if k in SWITCH_READINGS}
        values = {k: Decimal(v) for k, v in changes.items() if k not in SWITCH_READINGS}
        return replace(rules, readings={**rules.readings, **readings}, values={**rules.values, **values})

    def expected(self, changes: Mapping[str, str]) -> dict[tuple[str, str], dict[object, dict[str, object]]]:
        """What `score` gives: values of the formula columns, by table and row."""
        rules, computed = self.rules(changes), self.computed
        scores = score(computed.master.inputs, computed.collected.returns, rules)
        found: dict[tuple[str, str], dict[object, dict[str, object]]] = {}
        for block in score_blocks(scores, rules):
            if isinstance(block, Table) and block.sheet in TABS:
                grid = GRIDS[block.sheet, block.header_row, block.first_column]
                rows = [dict(zip(grid.headers, row, strict=True)) for row in block.rows]
                found[block.sheet, grid.name] = {
                    identity(row, at): {h: plain(c) for h, c in row.items() if isinstance(c, Formula)}
                    for at, row in enumerate(rows)
                }
        return found


def score_blocks(scores: Scores, rules: Ruleset) -> list[Block]:
    return [
        *file_blocks(scores, rules),
        *case_blocks(scores, rules),
        *satisfaction_blocks(scores, rules),
        *ranking_blocks(scores, rules),
        *officer_blocks(scores, rules),
    ]


def plain(cell: Cell) -> object:
    return cell.value if isinstance(cell, Formula) else cell


def identity(row: Mapping[str, object], at: int) -> object:
    return at if "文书文号" in row else tuple(row[h] for h in IDENTITY if h in row)


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Scored]]:
    result = {}
    for name, (seed, province) in CAMPAIGNS.items():
        pack = name.split()[-1]
        folder = CampaignFolder(tmp_path_factory.mktemp("规则") / pack)
        fill.build(folder.path, campaigns.make(pack, seed, province=province), seed)
        run(folder)
        with tempfile.TemporaryDirectory() as spool:
            computed = compute(folder, Stopwatch(), Path(spool))
        rows = rule_rows(computed.master.pack, provincial=province)
        by_name = rule_cells(rows)
        keys = {v.name: k for k, v in computed.master.pack.by_key.items()}
        keys |= {s.name: s.code for s in computed.master.pack.switches}
        result[name] = Scored(folder.master, computed, {keys[n]: at for n, at in by_name.items() if n in keys})
    yield result
    gc.collect()


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with Office() as program:
        yield program


def shown(document: Document, tab: str, grid: Grid, rows: int) -> dict[object, dict[str, object]]:
    """A table as LibreOffice has it."""
    right = column_letters(grid.first_column + len(grid.fields) - 1)
    area = f"{column_letters(grid.first_column)}{grid.header_row + 1}:{right}{grid.header_row + rows}"
    found = [dict(zip(grid.headers, row, strict=True)) for row in document.cells(tab, area)]
    return {identity(row, at): dict(row) for at, row in enumerate(found)}


def differences(
    document: Document, expected: Mapping[tuple[str, str], Mapping[object, Mapping[str, object]]]
) -> list[str]:
    wrong = []
    grids = {(tab.name, grid.name): grid for tab in RESULT_TABS for grid in tab.grids}
    for (tab, name), rows in expected.items():
        if not rows:
            continue
        found = shown(document, tab, grids[tab, name], len(rows))
        for key, row in rows.items():
            wrong += [
                f"{tab} {name} {key} {header}: {found[key][header]!r}, score gives {value!r}"
                for header, value in row.items()
                if not same(found[key][header], value)
            ]
    return wrong


def same(found: object, value: object) -> bool:
    if isinstance(found, str) or isinstance(value, str) or value is None:
        return str(found) == str(value or "")
    return math.isclose(float(str(found)), float(value), rel_tol=1e-9, abs_tol=1e-12)  # type: ignore[arg-type]


def typed(document: Document, case: Scored, changes: Mapping[str, object]) -> None:
    for key, value in changes.items():
        place = case.cells[key].replace("$", "").removeprefix("规则!")
        document.set_cells("规则", place, ((value,),))  # type: ignore[arg-type]


@requires_libreoffice
@pytest.mark.parametrize("name", CAMPAIGNS)
def test_formulas_do_what_score_does(scored: dict[str, Scored], office: Office, name: str) -> None:
    """Each reading of each switch and each value as the only change, then some together; and back again."""
    case = scored[name]
    document = office.open(case.master)
    try:
        before = case.expected({})
        document.component.calculateAll()
        assert not differences(document, before)
        changing = 0
        for changes in [*ALONE, *TOGETHER, *VALUES]:
            changes = {k: v for k, v in changes.items() if k in case.cells}
            if not changes:
                continue
            rules = case.computed.master.rules
            typed(document, case, {k: v if k in SWITCH_READINGS else float(v) for k, v in changes.items()})
            expected = case.expected(changes)
            wrong = differences(document, expected)
            assert not wrong, f"{changes}: {len(wrong)}\n" + "\n".join(wrong[:30])
            changing += expected != before
            back = {k: rules.chosen(k) if k in SWITCH_READINGS else rules.optional(k) for k in changes}
            typed(document, case, {k: float(v) if isinstance(v, Decimal) else v or "" for k, v in back.items()})
        assert changing >= 20, "most changes must show"
        assert not differences(document, before)
    finally:
        document.close()


@requires_libreoffice
@pytest.mark.parametrize("name", CAMPAIGNS)
def test_the_page_of_a_unit_follows_the_unit_chosen(scored: dict[str, Scored], office: Office, name: str) -> None:
    """得分说明: another unit in the drop-down, and every line is that unit's."""
    case = scored[name]
    computed = case.computed
    blocks = score_blocks(computed.scores, computed.master.rules)
    document = office.open(case.master)
    try:
        for unit in computed.scores.units:
            document.set_cells(SCORE_PAGE, "B3", ((unit.unit.name,),))
            expected = score_page_cells(unit, blocks, computed.scores, computed.master.pack).values
            found = {at: document.cells(SCORE_PAGE, at)[0][0] for at in expected}
            wrong = {at: (found[at], plain(cell)) for at, cell in expected.items() if not same(found[at], plain(cell))}
            assert not wrong, f"{unit.unit.name}: {wrong}"
    finally:
        document.close()


#: Values that no score depends on, or only what is typed in or found out before it is scored.
NO_SCORE = {"review.gap", "deeds.max_chars", "quota.candidates_per_unit", "dispatch.pace", "training.coverage_cap"}
NO_SCORE |= {"dispatch.per_month", "task.near_days", "review.experts", "review.peers", "review.deeds"}


def test_every_value_of_the_rules_is_live_or_says_that_it_is_not() -> None:
    live = {key for changes in VALUES for key in changes}
    unnamed = {key for key in VALUE_KEYS - live - NO_SCORE if not key.startswith((*RECOUNTED, "duty."))}
    assert not unnamed
    for pack in ("jiangsu-2016", "jiangsu-2017"):
        rows = rule_rows(load_pack(pack), provincial=False)
        keys = {value.name: key for key, value in load_pack(pack).by_key.items()}
        told = {keys[row.name] for row in rows if "须重新计算" in row.note and row.name in keys}
        assert told == {key for key in keys.values() if key.startswith(RECOUNTED)}
