"""Which sheet of a file is which: by name, and by its headers or items where somebody renamed or copied it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

from xl_lianbing.findings import reading as c
from xl_lianbing.findings.gather import Collector
from xl_lianbing.intake.cells.aliases import header_key
from xl_lianbing.intake.cells.values import as_typed
from xl_lianbing.intake.door.sheets import Book
from xl_lianbing.intake.tables.header import find_header, spellings_of
from xl_lianbing.intake.tables.sieve import Sieve
from xl_lianbing.records.column import Layout, Record, Scored
from xl_lianbing.records.keys import squeeze
from xl_lianbing.records.returns import FEEDBACK_SHEET, INSTRUCTIONS_SHEET
from xl_lianbing.records.stamp import STAMP_SHEET
from xl_lianbing.rules.ruleset import Ruleset

#: Sheets of the blanks that hold no data.
_NO_DATA: Final = frozenset({INSTRUCTIONS_SHEET, FEEDBACK_SHEET, "填报检查", "选项", STAMP_SHEET})
#: So many headers or items a sheet must have at the least to be taken for a record's.
_LEAST: Final = 4


def locate(
    book: Book, records: Sequence[type[Record]], rules: Ruleset, collector: Collector
) -> dict[type[Record], str]:
    """Record → the name of its sheet in this file; what is missing, doubled, renamed or unknown is reported."""
    by_name = {record.sheet: record for record in records}
    named: dict[type[Record], list[str]] = {}
    fitting: dict[type[Record], list[str]] = {}
    for name in book.names:
        if (record := by_name.get(squeeze(name))) is not None:
            named.setdefault(record, []).append(name)
    for name in book.names:
        if squeeze(name) in by_name or squeeze(name) in _NO_DATA or name in book.hidden:
            continue
        if (fits := _fitting(book, name, records, rules)) is not None:
            fitting.setdefault(fits, []).append(name)
        else:
            _report_unknown(book, name, collector)
    found: dict[type[Record], str] = {}
    for record in records:
        sheets = [*named.get(record, ()), *fitting.get(record, ())]
        if not sheets:
            scored = any(column.scored is Scored.ALWAYS for column in rules.pack.columns(record).values())
            collector.add(c.KEY_SHEET_MISSING if scored else c.SHEET_MISSING, record.sheet, "", sheet=record.sheet)
            continue
        found[record] = chosen = sheets[0] if len(sheets) == 1 else _chosen(book, record, sheets, rules, collector)
        if chosen not in named.get(record, ()):
            kind = c.SHEET_MOVED if record in named else c.SHEET_RENAMED
            collector.add(kind, chosen, "A1", found=chosen, sheet=record.sheet)
        if chosen in book.concealed:
            collector.add(c.SHEET_HIDDEN, chosen, "A1", sheet=chosen)
    return found


def _fitting(book: Book, name: str, records: Sequence[type[Record]], rules: Ruleset) -> type[Record] | None:
    """The record whose headers or items the sheet has, most of them; None if it has no record's."""
    rows = list(book.rows(name))
    best: tuple[int, type[Record] | None] = (0, None)
    for record in records:
        spellings = spellings_of(record, rules.pack)
        columns = len(record.columns())
        if record.layout is Layout.FORM:
            cells = chain.from_iterable(cells for _, cells in rows)
            known = len({spellings[key] for cell in cells if (key := header_key(cell)) in spellings})
            least = max(_LEAST - 1, columns * 3 // 4)
        else:
            header = find_header(rows, spellings, 0)
            known = len(header.places) if header else 0
            least = max(_LEAST, columns // 2 if record.sheet in squeeze(name) else columns * 3 // 4)
        if known >= least and known > best[0]:
            best = (known, record)
    return best[1]


def _chosen(book: Book, record: type[Record], sheets: Sequence[str], rules: Ruleset, collector: Collector) -> str:
    """Of several sheets of one record the first that holds anything; what the others hold beside it is reported."""
    contents = {name: _contents(book, record, name, rules) for name in sheets}
    chosen = next((name for name in sheets if contents[name]), sheets[0])
    for name in sheets:
        if name == chosen or not contents[name]:
            continue
        words: dict[str, Any] = {"sheet": record.sheet, "found": name, "read": chosen}
        if count := (contents[name] - contents[chosen]).total():
            kind = c.ITEMS_NOT_READ if record.layout is Layout.FORM else c.SHEET_NOT_READ
            collector.add(kind, name, "A1", count=count, **words)
        else:
            collector.add(c.SHEET_DOUBLED, name, "A1", **words)
    return chosen


def _contents(book: Book, record: type[Record], name: str, rules: Ruleset) -> Counter[tuple[str, ...]]:
    """What the records of a sheet name, or the items of a form with what is filled in."""
    rows = list(book.rows(name))
    spellings = spellings_of(record, rules.pack)
    if record.layout is Layout.FORM:
        return Counter(
            (spellings[key], squeeze(as_typed(value)))
            for _, cells in rows
            for cell, value in zip(cells, cells[1:], strict=False)
            if (key := header_key(cell)) in spellings and as_typed(value).strip()
        )
    header = find_header(rows, spellings, book.first_column(name))
    if header is None:
        return Counter({("",): sum(any(as_typed(cell).strip() for cell in cells) for _, cells in rows)})
    sieve = Sieve(record, header, rules.pack)
    return Counter(sieve.identities([row for row in rows if row[0] > header.row]))


def _report_unknown(book: Book, name: str, collector: Collector) -> None:
    texts = [[text for cell in cells if (text := as_typed(cell).strip())] for _, cells in book.rows(name)]
    filled = [row for row in texts if row]
    if filled:
        collector.add(c.SHEET_UNKNOWN, name, "A1", filled[0][0], sheet=name, count=len(filled))
