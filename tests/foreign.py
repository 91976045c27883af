"""Files as other systems give them, and a campaign that takes them in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook

from tests.cells import header_row
from xl_lianbing.excel.closed.book import ClosedBook
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.importing.run import Prepared, carry_out, prepare


def take(folder: CampaignFolder, *files: Path, **how: object) -> Prepared:
    """Imports files as the command does."""
    prepared = prepare(folder, files, **how)  # type: ignore[arg-type]
    carry_out(prepared, ClosedBook(folder.master))
    return prepared


def tab(folder: CampaignFolder, name: str, *headers: str) -> list[tuple[object, ...]]:
    """The filled rows of a tab, of these columns."""
    book = load_workbook(folder.master, read_only=True)
    page = book[name]
    top, columns = header_row(page, *headers)
    rows = page.iter_rows(min_row=top + 1, values_only=True)
    found = [tuple(row[columns[h] - 1] if columns[h] <= len(row) else None for h in headers) for row in rows]
    book.close()
    plain = [tuple(c.date() if isinstance(c, datetime) else c for c in row) for row in found]
    return [row for row in plain if any(cell is not None for cell in row)]


def text(path: Path, lines: Sequence[str], encoding: str = "utf-8", separator: str = ",") -> Path:
    """A file of lines that are written with commas."""
    content = "\r\n".join(line.replace(",", separator) for line in lines) + "\r\n"
    path.write_bytes(content.encode(encoding))
    return path
