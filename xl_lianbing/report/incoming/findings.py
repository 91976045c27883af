"""校核结果: every finding as a row, with a link to its cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xl_lianbing.excel.values import Cell, Cells, Formula
from xl_lianbing.findings import Finding, Where
from xl_lianbing.findings.row import row_of
from xl_lianbing.folder import INSIDE
from xl_lianbing.records.results import FINDINGS
from xl_lianbing.report.blocks import Block, note, table
from xl_lianbing.report.formulas import RowCells

#: What HYPERLINK takes (255), less the signs between file, sheet and cell.
_LONGEST_LINK = 240


def finding_blocks(findings: Sequence[Finding], lacking: Iterable[str] = ()) -> list[Block]:
    """校核结果, blocking first; 单元格 opens the file at that cell (a link built from the cells beside it).

    Files are named as they lie below the campaign folder, beside the master; the master itself is this workbook.
    `lacking`: headers that a master made by an older version does not have yet.
    """
    rows: list[dict[str, Cell]] = []
    for i, found in enumerate(findings):
        row, where = RowCells(FINDINGS.grid, i, len(findings)), found.where
        link: Cell = where.cell
        if _linked(where):
            sheet = f"""SUBSTITUTE({row["工作表"]},"'","''")""" if "'" in where.sheet else row["工作表"]
            file = f'{row["文件"]}&"#' if "/" in where.file else '"#'
            target = f"""{file}'"&{sheet}&"'!{where.cell}\""""
            link = Formula(f'HYPERLINK({target},"{where.cell}")', where.cell)
        rows.append({**row_of(found), "单元格": link})
    hint = "阻断的必须修改，相关行没有计入；提醒的请核实；说明的仅供了解。点“单元格”可打开原文件。"
    headers = {f"{FINDINGS.grid.letter(header)}{FINDINGS.grid.header_row}": header for header in lacking}
    return [
        table(FINDINGS, FINDINGS.grid, rows),
        note(FINDINGS, hint if rows else "没有发现问题。"),
        *([Cells(FINDINGS.name, headers)] if headers else []),
    ]


def _linked(where: Where) -> bool:
    """Whether a link can lead there: HYPERLINK takes no longer text, `#` in a name would end the file's part, and no
    link leads into an archive."""
    length = len(where.file) + len(where.sheet) + len(where.cell)
    leads = "#" not in where.file and INSIDE not in where.file and length <= _LONGEST_LINK
    return bool(where.file and where.sheet and where.cell) and leads
