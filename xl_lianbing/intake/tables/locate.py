"""Which sheet of a file is which: by name, and by its headers where somebody renamed it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from xl_lianbing.findings import reading as c
from xl_lianbing.findings.gather import Collector
from xl_lianbing.intake.cells.values import as_typed
from xl_lianbing.intake.door.sheets import Book
from xl_lianbing.intake.tables.header import HEADER_ROWS, find_header, spellings_of
from xl_lianbing.records.column import Layout, Record, Scored
from xl_lianbing.records.keys import squeeze
from xl_lianbing.records.returns import FEEDBACK_SHEET, INSTRUCTIONS_SHEET
from xl_lianbing.rules.ruleset import Ruleset

#: Sheets of the blanks that hold no data.
_NO_DATA = frozenset({INSTRUCTIONS_SHEET, FEEDBACK_SHEET, "填报检查", "选项"})


def locate(
    book: Book, records: Sequence[type[Record]], rules: Ruleset, collector: Collector
) -> dict[type[Record], str]:
    """Record → the name of its sheet in this file; what is missing, doubled, renamed or unknown is reported."""
    by_name = {record.sheet: record for record in records}
    found: dict[type[Record], str] = {}
    others: list[str] = []
    for name in book.names:
        record = by_name.get(squeeze(name))
        if record is None:
            others.append(name)
        elif record in found:
            collector.add(c.SHEET_DOUBLED, name, "A1", sheet=record.sheet, found=name)
        else:
            found[record] = name
            if name in book.concealed:
                collector.add(c.SHEET_HIDDEN, name, "A1", sheet=name)
    missing = [record for record in records if record not in found]
    for name in others:
        _report_other(book, name, missing, found, rules, collector)
    for record in missing:
        if record not in found:
            scored = any(column.scored is Scored.ALWAYS for column in record.columns().values())
            collector.add(c.KEY_SHEET_MISSING if scored else c.SHEET_MISSING, record.sheet, "", sheet=record.sheet)
    return found


def _report_other(
    book: Book,
    name: str,
    missing: Sequence[type[Record]],
    found: dict[type[Record], str],
    rules: Ruleset,
    collector: Collector,
) -> None:
    if squeeze(name) in _NO_DATA or name.startswith("_") or name in book.hidden:
        return
    head = list(islice(book.rows(name), HEADER_ROWS))
    text = next((as_typed(cell).strip() for _, cells in head for cell in cells if as_typed(cell).strip()), "")
    if not text:
        return
    for record in missing:
        if record.layout is Layout.FORM or record in found:
            continue
        columns = len(record.columns())
        header = find_header(head, spellings_of(record, rules.pack), 0, least=max(4, columns * 3 // 4))
        if header is not None:
            found[record] = name
            collector.add(c.SHEET_RENAMED, name, "A1", found=name, sheet=record.sheet)
            return
    collector.add(c.SHEET_UNKNOWN, name, "A1", text, sheet=name)
