"""OpenDocument workbooks (.ods): their extent, and the day that their number 0 is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final
from xml.parsers.expat import ExpatError

from xl_lianbing.intake.door import limits
from xl_lianbing.intake.door.facts import DAY_0
from xl_lianbing.intake.door.limits import Unreadable, over_limit
from xl_lianbing.intake.door.xml import local, parser_of
from xl_lianbing.intake.door.zip import Archive

_CONTENT: Final = "content.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})


def check_ods(archive: Archive) -> date:
    """The day that the number 0 is.

    Raises Unreadable: damaged, encrypted, or cells with content lie so far apart that reading takes too much.
    Repeats may make a few bytes a million rows."""
    manifest = archive.spelled(_MANIFEST)
    if manifest and b"encryption-data" in archive.read(manifest, 1 << 20):
        raise limits.with_password()
    spelled = archive.spelled(_CONTENT)
    if spelled is None:
        raise Unreadable(f"文件已损坏：缺少“{_CONTENT}”")
    extent = _Extent()
    parser = parser_of(_CONTENT)
    parser.StartElementHandler, parser.EndElementHandler = extent.start, extent.end
    parser.CharacterDataHandler = extent.text
    size = 0
    try:
        for chunk in archive.chunks(spelled):
            size += len(chunk)
            if size > limits.MOST_PART:
                raise over_limit(f"其中的“{_CONTENT}”解压后超过{limits.MOST_PART >> 20}MB")
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (ExpatError, ValueError) as e:
        raise Unreadable(f"文件已损坏：其中的“{_CONTENT}”不完整") from e
    return extent.day_0


@dataclass(slots=True)
class _Extent:
    """Rows and columns of the current table up to the last cell with content, repeats counted."""

    day_0: date = DAY_0
    _row: int = 0
    _rows: int = 1
    _column: int = 0
    _columns: int = 1
    _last_row: int = 0
    _last_column: int = 0
    _open: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        repeats = {local(key): value for key, value in attributes.items()}
        if name == "null-date" and "date-value" in repeats:
            self.day_0 = date.fromisoformat(repeats["date-value"])
        elif name == "table":
            self._row = self._last_row = self._last_column = 0
        elif name == "table-row":
            self._rows, self._column = int(repeats.get("number-rows-repeated", 1)), 0
        elif name in _CELLS:
            self._columns = int(repeats.get("number-columns-repeated", 1))
            self._open.append(name)
            if "value-type" in repeats or "formula" in repeats:
                self._filled()

    def text(self, data: str) -> None:
        if self._open and data.strip():
            self._filled()

    def end(self, tag: str) -> None:
        name = local(tag)
        if name in _CELLS and self._open:
            self._open.pop()
            self._column += self._columns
        elif name == "table-row":
            self._row += self._rows

    def _filled(self) -> None:
        self._last_row = max(self._last_row, self._row + self._rows)
        self._last_column = max(self._last_column, self._column + self._columns)
        if self._last_row * self._last_column > limits.MOST_CELLS:
            raise over_limit(f"有一张工作表的内容分布在{self._last_row}行、{self._last_column}列，超过了能够读取的大小")
