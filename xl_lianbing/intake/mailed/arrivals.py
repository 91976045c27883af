"""Everything that lies in 回收: what is read as a return, what is a scan, what cannot be opened.

Archives and letters are opened: what may be a return is unpacked into the run's own folder, scans are looked at where
they lie. A file inside is called 包.zip › 名.xlsx.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from xl_lianbing.faults import machine_fault
from xl_lianbing.findings import Finding, Kind, Where, finding
from xl_lianbing.findings import mailed as c
from xl_lianbing.folder import INSIDE
from xl_lianbing.intake.door import limits
from xl_lianbing.intake.door.file import saved_at
from xl_lianbing.intake.evidence.folder import EvidenceFile, begins_as_pdf, is_dangerous
from xl_lianbing.intake.mailed.archive import Budget, MailedArchive, Member, NotTaken, opened
from xl_lianbing.intake.mailed.kinds import HEAD, FileKind, form_of_archive, form_of_letter, kind_of
from xl_lianbing.intake.mailed.letter import attachments

#: Files that programs leave behind; nobody handed them in.
_LITTER: Final = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_MAC_FOLDER: Final = "__macosx"
#: Archives inside each other.
_DEEPEST: Final = 2
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Scan:
    """A file that is no return: evidence of one."""

    file: EvidenceFile
    shown: str
    saved: datetime


@dataclass(frozen=True, slots=True)
class Unopened:
    """A file whose content, or a part of it, could not be looked at."""

    shown: str
    finding: Finding
    sha256: str
    saved: datetime


@dataclass(slots=True)
class Arrivals:
    """What lies in 回收. `files` are read as returns; those that were unpacked are called otherwise than they lie."""

    files: list[Path] = field(default_factory=list)
    names: dict[Path, str] = field(default_factory=dict)
    scans: list[Scan] = field(default_factory=list)
    unopened: list[Unopened] = field(default_factory=list)
    _times: dict[Path, datetime] = field(default_factory=dict)

    def saved(self, file: Path) -> datetime:
        """When a file was saved, or came with an archive or a letter."""
        return self._times.get(file) or saved_at(file)

    @property
    def unpacked(self) -> dict[str, Path]:
        """Where the files lie that came inside others."""
        return {shown: path for path, shown in self.names.items()}

    def take(self, path: Path, shown: str, saved: datetime) -> None:
        """A file to be read as a return, lying elsewhere than it is said to."""
        self.files.append(path)
        self.names[path] = shown
        self._times[path] = saved


def is_litter(name: str) -> bool:
    """Whether a program left the file behind: locks, previews, what a Mac adds to archives."""
    return name.startswith(("~$", ".~", "._")) or name.lower() in _LITTER


def arrivals(files: Iterable[Path], shown: Callable[[Path], str], scratch: Path) -> Arrivals:
    """Looks at every file that lies in 回收; what is unpacked goes into `scratch`. Raises MachineFault."""
    made = Arrivals()
    place = Path(tempfile.mkdtemp(prefix="mail-", dir=scratch))
    try:
        for number, file in enumerate(files):
            _File(made, place / str(number), file, shown(file)).sort()
    except OSError as e:
        if (fault := machine_fault(e)) is not None:
            raise fault from e
        raise
    return made


class _File:
    """A file of 回收, with all that is packed in it."""

    def __init__(self, made: Arrivals, scratch: Path, path: Path, shown: str) -> None:
        self._made = made
        self._scratch = scratch
        self._path = path
        self._shown = shown
        self._saved = saved_at(path)
        self._budget = Budget()
        self._names: Counter[str] = Counter()
        self._count = self._unpacked = 0

    def sort(self) -> None:
        """What cannot be opened is left to the reading of returns, which says so."""
        try:
            regular = self._path.is_file() and not self._path.is_symlink()
            head = _head(self._path) if regular else b""
            size = self._path.stat().st_size if regular else 0
        except (OSError, ValueError):
            regular = False
        if not regular:
            self._made.files.append(self._path)
            return
        kind = kind_of(self._path.name, head)
        if kind is FileKind.RETURN:
            self._made.files.append(self._path)
        elif kind is FileKind.SCAN:
            self._made.scans.append(Scan(EvidenceFile(self._path, size), self._shown, self._saved))
        else:
            self._open(kind, self._path, self._shown, head, 0)

    def _open(self, kind: FileKind, path: Path, shown: str, head: bytes, depth: int) -> None:
        """An archive or a letter, on the disk."""
        try:
            if kind is FileKind.OTHER_ARCHIVE:
                raise NotTaken(c.OTHER_ARCHIVE, form=form_of_archive(shown, head))
            if kind is FileKind.OTHER_LETTER:
                raise NotTaken(c.LETTER, form=form_of_letter(head))
            if kind is FileKind.LETTER:
                self._letter(path, shown, depth)
            else:
                self._archive(path, shown, depth)
        except NotTaken as e:
            self._refuse(shown, e.kind, path, **e.words)

    def _archive(self, path: Path, shown: str, depth: int) -> None:
        with opened(path) as archive:
            if archive.is_office_document:
                self._return(path, shown)
                return
            if depth >= _DEEPEST:
                raise NotTaken(c.TOO_DEEP)
            members = [m for m in archive.members if not _is_left_behind(m.name)]
            if not members:
                raise NotTaken(c.DAMAGED, why="压缩包里没有文件")
            self._budget.take(len(members), sum(member.size for member in members))
            bad = [m for m in members if not m.usable]
            locked = [m for m in members if m.usable and m.locked]
            for kind, those in ((c.BAD_NAMES, bad), (c.LOCKED, locked)):
                if those:
                    self._refuse(shown, kind, path, count=len(those), names=_told(m.name for m in those))
            for member in sorted((m for m in members if m.usable and not m.locked), key=_order):
                self._member(archive, member, path, shown, depth)

    def _member(self, archive: MailedArchive, member: Member, path: Path, outer: str, depth: int) -> None:
        shown = self._name(outer, member.name)
        try:
            head = archive.head(member, HEAD)
            kind = kind_of(member.name, head)
            if kind is FileKind.SCAN:
                lies = EvidenceFile(Path(member.name), member.size, path, member.place, begins_as_pdf(head))
                self._made.scans.append(Scan(lies, shown, self._saved))
                return
            target = self._target()
            archive.unpack(member, target)
        except NotTaken as e:
            self._refuse(shown, e.kind, None, **e.words)
            return
        if kind is FileKind.RETURN:
            self._return(target, shown)
        else:
            self._open(kind, target, shown, head, depth + 1)

    def _letter(self, path: Path, outer: str, depth: int) -> None:
        if path.stat().st_size > limits.MOST_FILE:
            raise NotTaken(c.TOO_MUCH, why=f"邮件超过{limits.MOST_FILE >> 20}MB")
        found = list(attachments(path.read_bytes()))
        if not found:
            raise NotTaken(c.NO_ATTACHMENT)
        self._budget.take(len(found), sum(len(content) for _, content in found))
        bad = [name for name, _ in found if is_dangerous(name)]
        if bad:
            self._refuse(outer, c.BAD_NAMES, path, count=len(bad), names=_told(bad))
        for name, content in found:
            if is_dangerous(name) or _is_left_behind(name):
                continue
            shown, target = self._name(outer, name), self._target()
            target.write_bytes(content)
            head = content[:HEAD]
            kind = kind_of(name, head)
            if kind is FileKind.SCAN:
                self._made.scans.append(Scan(EvidenceFile(Path(name), len(content), target), shown, self._saved))
            elif kind is FileKind.RETURN:
                self._return(target, shown)
            else:
                self._open(kind, target, shown, head, depth)

    def _return(self, path: Path, shown: str) -> None:
        if path == self._path:
            self._made.files.append(path)
            return
        self._count += 1  # of several in one archive, one that was saved later comes later
        self._made.take(path, shown, self._saved + timedelta(microseconds=self._count))

    def _name(self, outer: str, name: str) -> str:
        shown = f"{outer}{INSIDE}{name}"
        self._names[shown.casefold()] += 1
        times = self._names[shown.casefold()]
        return shown if times == 1 else f"{shown}（第{times}个）"

    def _target(self) -> Path:
        self._unpacked += 1
        self._scratch.mkdir(exist_ok=True)
        return self._scratch / str(self._unpacked)

    def _refuse(self, shown: str, kind: Kind, path: Path | None, **words: object) -> None:
        sha256 = _sha256(path) if path is not None else ""
        self._made.unopened.append(Unopened(shown, finding(kind, Where(shown), **words), sha256, self._saved))


def _is_left_behind(name: str) -> bool:
    parts = name.split("/")
    return is_litter(parts[-1]) or any(part.lower() == _MAC_FOLDER for part in parts[:-1])


def _order(member: Member) -> tuple[datetime, int]:
    return member.saved or datetime.min, member.place


def _told(names: Iterable[str]) -> str:
    listed = [name[:60] for name in names]
    return "、".join(listed[:_NAMED]) + (f"等{len(listed)}个" if len(listed) > _NAMED else "")


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def _sha256(path: Path) -> str:
    """'' for what is larger than any archive that is opened."""
    if path.stat().st_size > limits.MOST_MAIL:
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
