"""回执登记: which files came in, from whom, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence

from xl_lianbing.intake.returned.receipts import Receipt
from xl_lianbing.records.results import RECEIPTS
from xl_lianbing.report.blocks import Block, note, table


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
