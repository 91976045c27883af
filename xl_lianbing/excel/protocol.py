"""What the program asks of a workbook, whether it is a closed file or open in Excel.

Reading is none of it: what a workbook holds is read from its snapshot, a file, by intake/master.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from xl_lianbing.excel.values import Cells, Table


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a workbook; `row` and `column` from 1."""

    sheet: str
    row: int
    column: int


class OpenBook(Protocol):
    """A workbook at hand. Whatever fails raises LianbingError with what to do, and leaves the workbook as it was."""

    @property
    def path(self) -> Path:
        """The file."""

    def ready(self) -> None:
        """Asked before the work, which may take minutes: raises MasterLocked if it can't be written to."""

    def snapshot(self, folder: Path) -> Path:
        """A file that holds the workbook as it is now, unsaved edits included; in `folder` if one has to be made."""

    def typed_since(self, folder: Path) -> Path | None:
        """A snapshot anew if somebody may have typed into the workbook since the last one, else None; for a closed
        workbook None, too: `write` refuses a file that was saved since then."""

    def keep(self, snapshot: Path) -> None:
        """Keep what `snapshot` holds among the backups; a closed workbook's `write` keeps what it replaces."""

    def expect(self, tables: Sequence[Table | Cells], executor: Executor | None) -> None:
        """These will be among what is written: work on them may begin, nothing is written yet."""

    def write(self, blocks: Sequence[Table | Cells], *, executor: Executor | None = None) -> list[str]:
        """Replace what the blocks own, and nothing else; all of it or none. Returns what was rewritten.
        `executor` may be used for the work.

        Raises MasterUnreadable if a sheet is missing, MasterLocked if it can't be written to, MasterChanged if the file
        was saved by somebody since its snapshot, ValueError for blocks that cannot be written (overlapping, too many
        rows, a number that is none).
        """

    def selected(self) -> Spot | None:
        """The first selected cell of the sheet that the user looks at; None if that is none of this workbook."""

    def show(self, sheet: str) -> None:
        """Bring a sheet to the front."""

    def status(self, text: str | None) -> None:
        """Say how far the work is; None: the work is over."""

    def tell(self, message: str, *, title: str, serious: bool = False) -> None:
        """Tell the user, and wait until it has been read."""

    def quiet(self) -> AbstractContextManager[None]:
        """No redrawing, events, calculation or questions inside; everything as before afterwards, also on errors."""

    def save(self) -> None:
        """Keep what was written."""
