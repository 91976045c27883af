"""Who is meant: the unit or the candidate whose row is selected in the master, else the unit chosen on 得分说明."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from xl_lianbing.errors import LianbingError
from xl_lianbing.excel.protocol import Spot
from xl_lianbing.records.inputs import RULES_TAB
from xl_lianbing.records.keys import squeeze
from xl_lianbing.records.results import RESULT_TABS, SCORE_PAGE
from xl_lianbing.workbooks.master.score_page import UNIT_CELL

_UNIT_HEADERS: Final = frozenset({"单位", "参评单位", "填报单位", "所在单位", "先进集体候选单位"})
_NAME_HEADERS: Final = frozenset({"姓名", "先进个人候选人"})
#: 单位 means something else there.
_NOBODY_IN: Final = frozenset({RULES_TAB, SCORE_PAGE})
_TABS: Final = {tab.name: tab for tab in RESULT_TABS}

Rows = Sequence[Sequence[object]]


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
    rows = _rows(master, SCORE_PAGE)
    column, row = ord(UNIT_CELL[0]) - ord("A") + 1, int(UNIT_CELL[1:])
    return _text(rows, row, column)


def _in_row(spot: Spot, master: Path) -> str:
    rows = _rows(master, spot.sheet)
    header_row, columns = _table(spot, rows)
    headers = {column: squeeze(_text(rows, header_row, column)).rstrip("*") for column in columns}
    unit = _nearest((c for c, header in headers.items() if header in _UNIT_HEADERS), spot.column)
    name = _nearest((c for c, header in headers.items() if header in _NAME_HEADERS), spot.column)
    found = (_text(rows, spot.row, column) for column in (unit, name) if column)
    return " ".join(text for text in found if text)


def _table(spot: Spot, rows: Rows) -> tuple[int, range]:
    """Header row and columns of the table around a cell: as declared on the result tabs, elsewhere below the next row
    upwards that has the header of a unit. Row 0: there is none."""
    if spot.sheet in _TABS:
        above = [g for g in _TABS[spot.sheet].grids if g.header_row < spot.row]
        areas = [(g.header_row, range(g.first_column, g.first_column + len(g.fields))) for g in above]
        around = [area for area in areas if spot.column in area[1]]
        return max(around or areas[:1], key=lambda area: area[0], default=(0, range(0)))
    for row in range(min(spot.row - 1, len(rows)), 0, -1):
        if any(squeeze(str(cell)).rstrip("*") in _UNIT_HEADERS for cell in rows[row - 1]):
            return row, range(1, len(rows[row - 1]) + 1)
    return 0, range(0)


def _nearest(columns: Iterable[int], to: int) -> int:
    """The last column up to `to` (tables may stand side by side), else the first; 0 if there is none."""
    known = sorted(columns)
    return max((c for c in known if c <= to), default=known[0] if known else 0)


def _rows(master: Path, sheet: str) -> Rows:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(master))
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False) if sheet in book.sheet_names else []


def _text(rows: Rows, row: int, column: int) -> str:
    """A cell's text (from 1); empty outside."""
    cells = rows[row - 1] if 0 < row <= len(rows) else ()
    return str(cells[column - 1]).strip() if 0 < column <= len(cells) else ""
