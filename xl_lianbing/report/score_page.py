"""得分说明: the values behind its formulas for the unit that stands chosen in the master."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from xl_lianbing.addresses import split_address
from xl_lianbing.excel.values import Cell, Cells, Formula, Table, Value
from xl_lianbing.glossary import CASES_NOT_COUNTED
from xl_lianbing.intake.master.tabs import Tab, open_master
from xl_lianbing.records.results import SCORE_PAGE
from xl_lianbing.records.returns import PenaltyCase
from xl_lianbing.report.blocks import Block
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.rules.ranks import LISTED
from xl_lianbing.scoring.files import FilePlace
from xl_lianbing.scoring.score import Scores, UnitScore
from xl_lianbing.workbooks.master.score_page import (
    FILE_LINES,
    FIRST_ROW,
    TABLES,
    UNIT_CELL,
    LookedUp,
    PageLine,
    page_lines,
)


def score_page_blocks(master: Path, blocks: Sequence[Block], scores: Scores, pack: RulePack) -> list[Block]:
    """The page for the unit chosen in the file `master`; the first of the ranking while none is. `blocks`: the tabs
    that it looks at, as they are about to be written."""
    chosen = chosen_unit(master)
    if chosen is None or not scores.units:
        return []
    by_name = {u.unit.name: u for u in scores.units}
    return [score_page_cells(by_name.get(chosen, scores.units[0]), blocks, scores, pack)]


def chosen_unit(master: Path) -> str | None:
    """The unit chosen on the page of the file `master`, '' if none is; None: there is no such page."""
    with open_master(master, {SCORE_PAGE}) as book:
        page = Tab.of(book, SCORE_PAGE)
    return None if page is None else page.text(*split_address(UNIT_CELL))


def score_page_cells(unit: UnitScore, blocks: Sequence[Block], scores: Scores, pack: RulePack) -> Cells:
    """The page for a unit."""
    looked_up = {name: _row(blocks, table, unit.unit.name) for name, table in TABLES.items()}
    own = _own(unit, scores)
    cells: dict[str, Cell] = {UNIT_CELL: unit.unit.name}
    for number, line in enumerate(page_lines(pack), FIRST_ROW):
        if line.section:
            continue
        cells[f"B{number}"] = Formula(line.cutting, _value(line, looked_up, own))
        if line.words_formula:
            cells[f"C{number}"] = Formula(line.words_formula, own[f"{line.key} words"])
    return Cells(SCORE_PAGE, cells)


def _row(blocks: Sequence[Block], looked_up: LookedUp, unit: str) -> Mapping[str, Cell]:
    tab, grid, key = looked_up
    place = (tab.name, grid.header_row, grid.first_column)
    for block in blocks:
        if isinstance(block, Table) and (block.sheet, block.header_row, block.first_column) == place:
            rows = (dict(zip(grid.headers, row, strict=True)) for row in block.rows)
            return next((row for row in rows if row[key] == unit), {})
    return {}


def _value(line: PageLine, looked_up: Mapping[str, Mapping[str, Cell]], own: Mapping[str, Value]) -> Value:
    if line.key:
        return own[line.key]
    table, header = line.source
    cell = looked_up[table].get(header)
    value = cell.value if isinstance(cell, Formula) else cell
    return line.cut(value) if isinstance(value, str) else "" if value is None else value


def _own(unit: UnitScore, scores: Scores) -> dict[str, Value]:
    """What the page computes itself."""
    tier = [u for u in scores.units if u.unit.tier is unit.unit.tier]
    ahead = [u for u in tier if u.rank < unit.rank]
    next_one = next((u for u in ahead if u.rank == ahead[-1].rank), None) if ahead else None
    listed = [u for u in tier if u.selection in LISTED]
    values: dict[str, Value] = {
        "ahead": next_one.unit.name if next_one else "",
        "gap": next_one.total - unit.total if next_one else "",
        "margin": unit.total - listed[-1].total if listed else "",
    }
    files = scores.dossiers[unit.unit.name].files
    for n in range(FILE_LINES):
        file = files[n] if n < len(files) else None
        values[f"file{n}"] = "" if file is None else file.score(scores.rules)
        values[f"file{n} words"] = "" if file is None else _file_words(file)
    reasons = scores.reasons.get(unit.unit.name, {}).get(PenaltyCase.sheet, {})
    counts = Counter(reason.why for reason in reasons.values())
    return values | {why: counts[why] for why in CASES_NOT_COUNTED}


def _file_words(file: FilePlace) -> str:
    expert, cross = ("" if mark is None else _as_excel(float(mark)) for mark in (file.expert, file.cross))
    return f"{file.kind} {file.number} 专家{expert} 交叉{cross} {file.note}"


def _as_excel(mark: float) -> str:
    """A number joined to a text has up to 15 figures."""
    return f"{mark:.15g}"
