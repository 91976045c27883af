"""Who is meant: the unit or the candidate whose row is selected in the master, else the unit chosen on 得分说明."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from xl_lianbing.errors import LianbingError
from xl_lianbing.excel.protocol import Spot
from xl_lianbing.intake.master.tabs import Tab, open_master
from xl_lianbing.records.inputs import RULES_TAB
from xl_lianbing.records.keys import squeeze
from xl_lianbing.records.results import RESULT_TABS, SCORE_PAGE
from xl_lianbing.report.score_page import chosen_unit

_UNIT_HEADERS: Final = frozenset({"单位", "参评单位", "填报单位", "所在单位", "先进集体候选单位"})
_NAME_HEADERS: Final = frozenset({"姓名", "先进个人候选人"})
#: 单位 means something else there.
_NOBODY_IN: Final = frozenset({RULES_TAB, SCORE_PAGE})
_TABS: Final = {tab.name: tab for tab in RESULT_TABS}


def pointed_at(spot: Spot | None, master: Path) -> str:
    """The name of a unit, or “单位 姓名” of a candidate, as `explain` takes it.

    Args:
        spot: the cell that is selected in the open workbook.
        master: the workbook as a file.

    Raises LianbingError if nobody is selected and no unit is chosen on 得分说明.
    """
    who = _in_row(spot, master) if spot is not None and spot.sheet not in _NOBODY_IN else ""
    who = who or page_unit(master)
    if not who:
        raise LianbingError(
            "不知道要说明哪个单位或个人。",
            f"在“综合排名”“先进个人得分”等表里点一下要说明的那一行，或者在“{SCORE_PAGE}”表白底的格子里选一个单位，"
            "再点功能区“大练兵”里的“得分说明”。",
        )
    return who


def page_unit(master: Path) -> str:
    """The unit chosen on 得分说明; empty if there is none."""
    return chosen_unit(master) or ""


def _in_row(spot: Spot, master: Path) -> str:
    with open_master(master, {spot.sheet}) as book:
        tab = Tab.of(book, spot.sheet)
    if tab is None:
        return ""
    header_row, columns = _table(spot, tab)
    headers = {column: _header(tab, header_row, column) for column in columns}
    unit = _nearest((c for c, header in headers.items() if header in _UNIT_HEADERS), spot.column)
    name = _nearest((c for c, header in headers.items() if header in _NAME_HEADERS), spot.column)
    found = (tab.text(spot.row, column) for column in (unit, name) if column)
    return " ".join(text for text in found if text)


def _header(tab: Tab, row: int, column: int) -> str:
    return squeeze(tab.text(row, column)).rstrip("*")


def _table(spot: Spot, tab: Tab) -> tuple[int, range]:
    """Header row and columns of the table around a cell: as declared on the result tabs, elsewhere below the next row
    upwards that has the header of a unit. Row 0: there is none."""
    if spot.sheet in _TABS:
        above = [g for g in _TABS[spot.sheet].grids if g.header_row < spot.row]
        areas = [(g.header_row, range(g.first_column, g.first_column + len(g.fields))) for g in above]
        around = [area for area in areas if spot.column in area[1]]
        return max(around or areas[:1], key=lambda area: area[0], default=(0, range(0)))
    columns = range(1, tab.last_column + 1)
    for row in range(min(spot.row - 1, tab.last_row), 0, -1):
        if any(_header(tab, row, column) in _UNIT_HEADERS for column in columns):
            return row, columns
    return 0, range(0)


def _nearest(columns: Iterable[int], to: int) -> int:
    """The last column up to `to` (tables may stand side by side), else the first; 0 if there is none."""
    known = sorted(columns)
    return max((c for c in known if c <= to), default=known[0] if known else 0)
