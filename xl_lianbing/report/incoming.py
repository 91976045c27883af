"""回执登记, 校核结果 and the summary tabs: what came in, what is wrong with it, and every row with its fate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xl_lianbing.excel.values import Cell, Formula, LongRows
from xl_lianbing.findings import Finding, Where
from xl_lianbing.glossary import YesNo
from xl_lianbing.intake.returned.read import Intake
from xl_lianbing.intake.returned.receipts import Receipt
from xl_lianbing.intake.returned.rows import RowStore
from xl_lianbing.records.results import CASES, FINDINGS, RECEIPTS, SUMMARIES
from xl_lianbing.records.returns import PenaltyCase
from xl_lianbing.report.blocks import Block, note, table
from xl_lianbing.report.formulas import Row
from xl_lianbing.scoring.score import Reasons

#: What HYPERLINK takes (255), less the signs between file, sheet and cell.
_LONGEST_LINK = 240


def receipt_blocks(receipts: Sequence[Receipt]) -> list[Block]:
    rows = [
        {
            "单位": r.unit,
            "状态": r.state,
            "文件": r.file,
            "接收时间": r.received,
            "SHA-256": r.sha256,
            "版本": r.version,
            "阻断": r.blocking,
            "提醒": r.warnings,
            "说明": r.note,
        }
        for r in receipts
    ]
    return [
        table(RECEIPTS, RECEIPTS.grid, rows),
        note(RECEIPTS, "“回收”文件夹里的每个文件一行；没有报送的单位也列出。"),
    ]


def finding_blocks(findings: Sequence[Finding]) -> list[Block]:
    """校核结果, blocking first; 单元格 opens the file at that cell (a link built from the cells beside it).

    Files are named as they lie below the campaign folder, beside the master; the master itself is this workbook.
    """
    rows: list[dict[str, Cell]] = []
    for i, found in enumerate(findings):
        row, where = Row(FINDINGS.grid, i, len(findings)), found.where
        link: Cell = where.cell
        if _linked(where):
            sheet = f"""SUBSTITUTE({row["工作表"]},"'","''")""" if "'" in where.sheet else row["工作表"]
            file = f'{row["文件"]}&"#' if "/" in where.file else '"#'
            target = f"""{file}'"&{sheet}&"'!{where.cell}\""""
            link = Formula(f'HYPERLINK({target},"{where.cell}")', where.cell)
        rows.append(
            {
                "级别": found.severity,
                "编码": found.code,
                "单位": where.unit,
                "文件": where.file,
                "工作表": where.sheet,
                "单元格": link,
                "填写内容": found.shown,
                "问题": found.problem,
                "如何修改": found.fix,
                "依据": found.source,
            }
        )
    hint = "阻断的必须修改，相关行没有计入；提醒的请核实；说明的仅供了解。点“单元格”可打开原文件。"
    return [table(FINDINGS, FINDINGS.grid, rows), note(FINDINGS, hint if rows else "没有发现问题。")]


def _linked(where: Where) -> bool:
    """Whether a link can lead there: HYPERLINK takes no longer text, and `#` in a name would end the file's part."""
    length = len(where.file) + len(where.sheet) + len(where.cell)
    return bool(where.file and where.sheet and where.cell) and "#" not in where.file and length <= _LONGEST_LINK


def summary_blocks(used: Mapping[str, Intake], reasons: Mapping[str, Reasons]) -> list[Block]:
    """案件汇总 and its like: every row read, whether it counts, why not, and where it came from. Streamed."""
    blocks: list[Block] = []
    for sheet, tab in SUMMARIES.items():
        parts = [
            SummaryBlock(unit, i.file, i.rows, sheet, reasons.get(unit, {}).get(sheet, {})) for unit, i in used.items()
        ]
        blocks.append(table(tab, tab.grid, LongRows([part for part in parts if part.count])))
        blocks.append(note(tab, "各单位填报表逐行汇总；没有计入的写明原因，来源是文件、工作表和行号。"))
    return blocks


def case_places(used: Mapping[str, Intake]) -> dict[str, tuple[int, int]]:
    """First and last row of each unit in 案件汇总."""
    places, last = {}, CASES.grid.header_row
    for unit, intake in used.items():
        first, last = last + 1, last + intake.rows.count(PenaltyCase.sheet)
        if last >= first:
            places[unit] = (first, last)
    return places


@dataclass(frozen=True, slots=True)
class SummaryBlock:
    """The rows of one return in a summary tab. `reasons` says why rows (by number) are not counted."""

    unit: str
    file: str
    store: RowStore
    sheet: str
    reasons: Mapping[int, str]

    @property
    def count(self) -> int:
        return self.store.count(self.sheet)

    def columns(self) -> Sequence[Sequence[Cell]]:
        numbers, columns = self.store.columns(self.sheet)
        reasons = [self.reasons.get(number, "") for number in numbers]
        counted = [str(YesNo.NO) if reason else str(YesNo.YES) for reason in reasons]
        place = f"{self.file}｜{self.sheet}｜第"
        return [
            [self.unit] * len(numbers),
            *columns,
            counted,
            reasons,
            [f"{place}{number}行" for number in numbers],
        ]
