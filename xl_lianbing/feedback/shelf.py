"""反馈/ as it lies there: the program replaces and takes away only copies that are still as it wrote them.

What somebody changed since waits to be handed in, and is said. The list of what was written is put down before a copy
gets its name, so that it holds whenever a run is cut short; without a list every copy is in doubt and is kept aside.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from xl_lianbing.excel.closed.lock import refuse_if_open
from xl_lianbing.excel.ooxml.package import Package
from xl_lianbing.excel.ooxml.workbook import Workbook, property_of
from xl_lianbing.feedback.mark import FEEDBACK_PROPERTY, LARGEST, NOT_OURS
from xl_lianbing.feedback.select import ENDING
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.intake.returned.receipts import WaitingCopy
from xl_lianbing.records.returns import FEEDBACK_SHEET
from xl_lianbing.records.stamp import UNIT_PROPERTY

LIST: Final = ".写出记录.txt"
_HEAD: Final = "程序写出的反馈副本（SHA-256）。请不要改动本文件：没有它，程序不知道副本是否改过。"
#: A copy that is kept aside no longer ends as copies do.
_ASIDE: Final = "（原有）"


@dataclass(frozen=True, slots=True)
class _Copy:
    """A file that is called as copies are. `made_from`: '' for somebody's own file."""

    sha256: str
    made_from: str
    unit: str


class Shelf:
    """The copies in 反馈/. `received`: SHA-256 of the files in 回收/; what lies there too can be replaced here."""

    def __init__(self, place: Path, received: Collection[str]) -> None:
        self._place = place
        self._list = place / LIST
        self._written: set[str] = set()
        self._listed = False
        with suppress(OSError):
            self._written.update(map(str.strip, self._list.read_text("utf-8", "replace").splitlines()))
            self._listed = True
        self._received = received
        self._there = dict(_called_as_copies(place))

    @property
    def copies(self) -> Set[str]:
        """The names of the copies that nobody changed."""
        return {name for name, copy in self._there.items() if copy.made_from and self._is_ours(copy)}

    @property
    def changed(self) -> dict[str, str]:
        """Copies that somebody changed, and whose they are; none while there is no list."""
        there = self._there.items() if self._listed else ()
        return {name: copy.unit for name, copy in there if copy.made_from and not self._is_ours(copy)}

    def made_from(self, name: str) -> str:
        """The digest of all that a copy depends on; '' if there is no such copy."""
        return self._there[name].made_from if name in self.copies else ""

    def kept(self, name: str) -> str:
        """Why a file of that name must stay as it is; '' if it is a copy that nobody changed, or there is none."""
        if name in self.changed:
            return f"反馈副本《{name}》写出后被改过，没有覆盖。单位在其中改过的，请移到“回收”文件夹；不要的请删除。"
        if name in self.copies or not (self._place / name).exists():
            return ""
        return f"“反馈”里已有不是程序写出的《{name}》，没有覆盖。请给它改名或移走，再运行一次。"

    def put_aside(self) -> list[str]:
        """While there is no list: gives every copy another name, as nothing tells whether somebody changed it.

        Returns what is to be said of that.
        """
        names = []
        for name, copy in list(self._there.items()) if not self._listed else ():
            if copy.made_from and not self._is_ours(copy):
                file, number = self._place / name, 1
                target = file
                while target.exists():
                    target = file.with_stem(f"{file.stem}{_ASIDE}{number if number > 1 else ''}")
                    number += 1
                with suppress(OSError):  # open elsewhere: then it keeps its name, and is not replaced
                    file.rename(target)
                    del self._there[name]
                    names.append(f"《{target.name}》")
        if not names:
            return []
        what = "单位在其中改过的，请移到“回收”文件夹；不要的请删除。"
        return [f"不能确定以前的反馈副本是否被改过，已改名保留：{'、'.join(names)}。{what}"]

    def put(self, draft: Path, name: str) -> str:
        """Gives a copy its name. Returns why not, if somebody changed what lies there. Raises MasterLocked, OSError."""
        target = self._place / name
        if target.exists():
            refuse_if_open(target)
            self._there[name] = _copy(target)
            if kept := self.kept(name):
                return kept
        copy = _copy(draft)
        self._remember(copy.sha256)
        draft.replace(target)
        self._there[name] = copy
        return ""

    def remove(self, name: str) -> Path:
        """Takes away a copy that nobody changed. Raises MasterLocked, OSError."""
        refuse_if_open(self._place / name)
        (self._place / name).unlink()
        del self._there[name]
        return self._place / name

    def tidy(self) -> None:
        """The list without what is there no more; nothing is lost where that fails."""
        wanted = {copy.sha256 for copy in self._there.values()} & self._written
        if self._listed and self._written - {_HEAD} != wanted:
            draft = self._list.with_suffix(".tmp")
            with suppress(OSError):
                draft.write_text("\n".join([_HEAD, *sorted(wanted)]) + "\n", "utf-8")
                draft.replace(self._list)

    def _is_ours(self, copy: _Copy) -> bool:
        return copy.sha256 in self._written or copy.sha256 in self._received

    def _remember(self, digest: str) -> None:
        with self._list.open("a", encoding="utf-8") as file:
            file.write(f"{digest}\n" if self._listed else f"{_HEAD}\n{digest}\n")
            file.flush()
            os.fsync(file.fileno())
        self._listed = True
        self._written.add(digest)


def waiting_copies(folder: CampaignFolder, received: Collection[str]) -> list[WaitingCopy]:
    """Copies in 反馈/ that somebody changed and has not handed in."""
    changed = Shelf(folder.feedback, received).changed
    return [WaitingCopy(folder.shown(folder.feedback / name), unit) for name, unit in changed.items()]


def _called_as_copies(place: Path) -> Iterator[tuple[str, _Copy]]:
    for file in sorted(place.glob(f"*{ENDING}")) if place.is_dir() else ():
        if not file.name.startswith(("~$", ".")):
            with suppress(OSError):
                yield file.name, _copy(file)


def _copy(file: Path) -> _Copy:
    """Raises OSError."""
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    try:
        package = Package(content, largest=LARGEST)
        # programs that drop properties leave the sheet
        listed = FEEDBACK_SHEET if FEEDBACK_SHEET in Workbook(package).sheet_parts() else ""
        source = property_of(package, FEEDBACK_PROPERTY) or listed
        unit = property_of(package, UNIT_PROPERTY)
    except NOT_OURS:
        return _Copy(digest, "", "")
    return _Copy(digest, source, unit or file.name.removesuffix(ENDING).partition("_")[0])
