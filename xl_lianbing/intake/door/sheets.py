"""Opens a workbook of any format with calamine: sheets as rows with their true positions."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from xl_lianbing.findings import reading as c
from xl_lianbing.intake.door import limits
from xl_lianbing.intake.door.cells import PICTURE, Cell, ErrorCell, PictureCell, true_rows, with_floats
from xl_lianbing.intake.door.extent import doubled_cells
from xl_lianbing.intake.door.facts import SheetFacts
from xl_lianbing.intake.door.file import FileFormat
from xl_lianbing.intake.door.guard import guard
from xl_lianbing.intake.door.limits import UNLOCK, Unreadable

__all__ = ["PICTURE", "Book", "Cell", "ErrorCell", "PictureCell", "Unreadable"]


class Book:
    """An open workbook. Rows are counted from 1, columns from 0, as the sheet has them."""

    def __init__(self, content: bytes, only: Collection[str] | None = None) -> None:
        """Raises Unreadable, saying by the content what the file is.

        Args:
            content: the file.
            only: names (squeezed) of the sheets that will be read; the others are not unpacked.
        """
        self._guarded = guard(content, only)
        with _explained("文件已损坏，或不是Excel工作簿"):
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(self._guarded.content))
        limits.check_sheets(len(self._book.sheets_metadata))
        self.names: list[str] = [s.name for s in self._book.sheets_metadata if s.typ is SheetTypeEnum.WorkSheet]
        self._starts: dict[str, int] = {}

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Names of the sheets that no menu shows."""
        return frozenset(s.name for s in self._book.sheets_metadata if s.visible is SheetVisibleEnum.VeryHidden)

    @cached_property
    def concealed(self) -> frozenset[str]:
        """Names of the sheets that are not shown as the file opens."""
        return frozenset(s.name for s in self._book.sheets_metadata if s.visible is not SheetVisibleEnum.Visible)

    @property
    def format(self) -> FileFormat:
        return self._guarded.format

    @property
    def day_0(self) -> date:
        """The day that the number 0 is."""
        return self._guarded.day_0

    @property
    def properties(self) -> bytes:
        """The custom document properties as XML, b"" if there are none."""
        return self._guarded.properties

    @property
    def macros(self) -> bool:
        return self._guarded.macros

    @property
    def links(self) -> int:
        """How many other workbooks this one refers to."""
        return self._guarded.links

    def facts(self, name: str) -> SheetFacts:
        """What a sheet holds beside its values; odd texts are known once the rows were read."""
        return self._guarded.of(name)

    def first_column(self, name: str) -> int:
        """How many columns stand left of the first cell of `rows` (call after `rows`)."""
        return self._starts.get(name, 0)

    def rows(self, name: str) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Rows of the used range with their numbers; the cells begin at `first_column`. Raises Unreadable."""
        if name in self._guarded.left_out:
            raise KeyError(name)
        with _explained(f"工作表“{name}”已损坏，无法读取"):
            sheet = self._book.get_sheet_by_name(name)
        if sheet.end and (sheet.end[0] >= limits.LAST_ROW or sheet.end[1] >= limits.LAST_COLUMN_OF_ALL):
            raise Unreadable(f"文件已损坏：工作表“{name}”有Excel没有的行或列")
        self._starts[name] = first = sheet.start[1] if sheet.start else 0
        rows: Iterator[Sequence[Cell]] = self._taken(name, sheet) if sheet.start else iter(())
        if self.facts(name).values is not None:
            rows = self._noticing(name, rows)
        true = true_rows(rows, self.facts(name), first, name in self._guarded.odd, self._guarded.pictures)
        return true if self.format is FileFormat.XLSX else with_floats(true)

    def _taken(self, name: str, sheet: CalamineSheet) -> Iterator[Sequence[Cell]]:
        """Cells are converted one row after another: what is wrong with one shows only then."""
        with _explained(f"工作表“{name}”里有无法读取的单元格"):
            yield from sheet.iter_rows()

    def _noticing(self, name: str, rows: Iterator[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
        """The rows; at their end, when the part holds more values than they do, the cells that stand in it twice."""
        facts, filled = self.facts(name), 0
        for cells in rows:
            filled += len(cells) - cells.count("")
            yield cells
        if facts.values is not None and facts.values > filled + len(facts.errors):
            facts.doubled += doubled_cells(self._guarded.part(name))


@contextmanager
def _explained(why: str) -> Iterator[None]:
    """What calamine raises on a bad file, as Unreadable."""
    try:
        yield
    except PasswordError as e:
        raise Unreadable("文件设有打开密码，无法读取", UNLOCK, c.LOCKED) from e
    except (CalamineError, XmlError, ZipError, ValueError, OSError) as e:
        raise Unreadable(why) from e
    except BaseException as e:
        if type(e).__name__ != "PanicException":  # a panic in Rust is no Exception
            raise
        raise Unreadable(why) from e
