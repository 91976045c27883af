"""What the front page 首页 says: its facts, where each stands, and the cells of one run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from xl_lianbing.addresses import column_letters
from xl_lianbing.exact import Fraction
from xl_lianbing.excel.values import Cell, Cells
from xl_lianbing.glossary import Tier
from xl_lianbing.records.results import HOME_TAB


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """The state of a campaign after a run.

    `units` taking part = `received` (of which `late`) + `missing`; `refused` counts files. `findings_by_code` holds
    (code, name, count), the most frequent first; `ranking` holds (tier, rank, unit, total points, state), best
    first in each tier; `remarks` are sentences that a reader of the scores must know (stand-in totals …);
    `findings_by_unit` holds (unit, 阻断, 提醒, 说明), the worst first; `agenda`: what is due next, what is overdue.
    """

    campaign: str
    pack: str
    program_version: str
    run_at: datetime
    units: int
    received: int
    late: int
    missing: int
    refused: int
    rows_read: int
    rows_counted: int
    blocking: int
    warnings: int
    notes: int
    findings_by_code: Sequence[tuple[str, str, int]]
    missing_units: Sequence[str]
    ranking: Sequence[tuple[str, int, str, Fraction, str]]
    remarks: Sequence[str]
    findings_by_unit: Sequence[tuple[str, int, int, int]] = ()
    agenda: str = ""


# -- where things stand (1-based rows; the page is the columns B…K) --
FIRST_COLUMN: Final = 2
LAST_COLUMN: Final = 11
TITLE_CELL: Final = "B1"
PACK_CELL: Final = "B2"
RUN_CELL: Final = "G2"
#: What is due next, and what is overdue.
AGENDA_CELL: Final = "B3"
BUTTON_ROW: Final = 4
CARD_ROW: Final = 6
#: Labels of the cards from left to right; their numbers stand in the row below.
CARDS: Final = ("应报单位", "已收", "迟报", "未报", "退回文件", "阻断", "提醒", "说明", "读入行数", "计入行数")
RANKING_ROW: Final = 10
RANKING_HEADERS: Final = ("层级", "名次", "单位", "总分", "状态")
#: Lines of the ranking a tier, in their order.
RANKING_LINES: Final = ((Tier.COUNTY, 10), (Tier.CITY, 3))
FINDINGS_ROW: Final = 26
FINDINGS_LINES: Final = 8
_PROBLEM_CHARS = 26
#: The findings of each unit, in two blocks side by side: header row, lines, and the columns of a block (the name has
#: two).
UNITS_ROW: Final = 37
UNITS_LINES: Final = 8
UNITS_HEADERS: Final = ("单位", "阻断", "提醒", "说明")
UNITS_BLOCKS: Final = ((2, 4, 5, 6), (7, 9, 10, 11))
#: The numbers of the ring chart stand beneath it.
RING_ROW: Final = 12
RING_LABELS: Final = ("按时收到", "迟报", "未报")
#: The texts in blocks of merged cells: first and last cell.
MISSING_BLOCK: Final = ("J19", "K23")
REMARKS_BLOCK: Final = ("I26", "K34")

NOT_RUN_YET: Final = "还没有计算：把填报表放进“回收”文件夹，点“计算得分”"
#: What 备注 says before the first run.
FIRST_STEPS: Final = (
    "在“单位名册”填好联络员、邮箱，点“重做填报表”，再把“下发”里的填报表发给各单位；收回后原样放进“回收”，文件名、子文件夹不限。",
    "点“收取校核”，在“校核结果”里逐条看问题；要退给单位改的，副本在“反馈”文件夹里，问题单元格已标出。",
    "在蓝色标签的表里录入市局掌握的数据（案卷评审、公众投票、监测数据等），在“规则”里录入全省总数。",
    "点“计算得分”。绿色标签的表是计算结果，每次计算整表更新，请不要在里面录入。",
)


def ranking_rows() -> range:
    """The rows of the ranking's lines."""
    return range(RANKING_ROW + 1, RANKING_ROW + 1 + sum(lines for _, lines in RANKING_LINES))


def findings_rows() -> range:
    return range(FINDINGS_ROW + 1, FINDINGS_ROW + 1 + FINDINGS_LINES)


def units_rows() -> range:
    return range(UNITS_ROW + 1, UNITS_ROW + 1 + UNITS_LINES)


def home_title(campaign: str) -> str:
    return f"{campaign} · 总表"


def pack_line(pack: str, program_version: str) -> str:
    return f"规则包 {pack}　程序 {program_version}" if program_version else f"规则包 {pack}"


def numbered(texts: Sequence[str]) -> str:
    """One sentence a line, numbered if there are several."""
    return "\n".join(f"{n}. {text}" for n, text in enumerate(texts, 1)) if len(texts) > 1 else "".join(texts)


def home_cells(facts: HomeFacts) -> Cells:
    """Every cell of the dashboard, blanks for unused lines included."""
    cells: dict[str, Cell] = {
        TITLE_CELL: home_title(facts.campaign),
        PACK_CELL: pack_line(facts.pack, facts.program_version),
        RUN_CELL: f"上次计算：{facts.run_at:%Y-%m-%d %H:%M}",
    }
    cells[AGENDA_CELL] = facts.agenda or None
    cells |= _cards(facts) | _ranking(facts) | _findings(facts) | _units(facts)
    ring = (max(facts.received - facts.late, 0), facts.late, facts.missing)
    cells |= {f"K{row}": number for row, number in enumerate(ring, RING_ROW)}
    cells[MISSING_BLOCK[0]] = "、".join(facts.missing_units) if facts.missing_units else "全部收齐。"
    cells[REMARKS_BLOCK[0]] = numbered(facts.remarks) if facts.remarks else "无。"
    return Cells(HOME_TAB, cells)


def _cards(facts: HomeFacts) -> dict[str, Cell]:
    numbers = (
        facts.units,
        facts.received,
        facts.late,
        facts.missing,
        facts.refused,
        facts.blocking,
        facts.warnings,
        facts.notes,
        facts.rows_read,
        facts.rows_counted,
    )
    return _line(CARD_ROW + 1, range(FIRST_COLUMN, LAST_COLUMN + 1), numbers)


def _line(row: int, columns: Iterable[int], values: Iterable[Cell]) -> dict[str, Cell]:
    return {f"{column_letters(column)}{row}": value for column, value in zip(columns, values, strict=True)}


def _ranking(facts: HomeFacts) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    row = RANKING_ROW
    for tier, lines in RANKING_LINES:
        best = [line for line in facts.ranking if line[0] == tier][:lines]
        for index in range(lines):
            row += 1
            values: Sequence[Cell] = best[index] if index < len(best) else (None,) * len(RANKING_HEADERS)
            cells |= _line(row, range(FIRST_COLUMN, FIRST_COLUMN + len(RANKING_HEADERS)), values)
    return cells


def _short(problem: str | None) -> str | None:
    """As much as fits on the line; the whole sentence stands in 校核结果."""
    return problem if problem is None or len(problem) <= _PROBLEM_CHARS else f"{problem[: _PROBLEM_CHARS - 1]}…"


def _findings(facts: HomeFacts) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for index, row in enumerate(findings_rows()):
        known = index < len(facts.findings_by_code)
        code, problem, count = facts.findings_by_code[index] if known else (None, None, None)
        cells |= {f"B{row}": code, f"C{row}": _short(problem), f"F{row}": count}
    return cells


def _units(facts: HomeFacts) -> dict[str, Cell]:
    """The units down the first block, then the second; more than fit are added up in the last line."""
    lines: list[tuple[str, int, int, int]] = list(facts.findings_by_unit)
    most = UNITS_LINES * len(UNITS_BLOCKS)
    if len(lines) > most:
        rest = lines[most - 1 :]
        sums = (sum(line[1] for line in rest), sum(line[2] for line in rest), sum(line[3] for line in rest))
        lines = [*lines[: most - 1], (f"其余{len(rest)}个单位", *sums)]
    cells: dict[str, Cell] = {}
    for index in range(most):
        block, row = divmod(index, UNITS_LINES)
        values: Sequence[Cell] = lines[index] if index < len(lines) else (None,) * len(UNITS_HEADERS)
        cells |= _line(units_rows()[row], UNITS_BLOCKS[block], values)
    return cells
