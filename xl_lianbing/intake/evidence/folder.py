"""The files that a unit handed in as evidence (佐证/<单位>): found by name, never outside that folder."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from xl_lianbing.folder import is_device, no_name_holds
from xl_lianbing.records.keys import name_key

#: More files than this in one unit's folder are not looked at.
MOST_FILES: Final = 50_000
_DEEPEST: Final = 16
_CHUNK: Final = 1 << 20
_HEAD: Final = 1024
_SEPARATORS: Final = re.compile(r"[、；;,，\n]")
#: One file, no path, too long to be a device.
_PLAIN_NAME: Final = re.compile(r"[\w（）()〔〕-]{8,}(?:\.\w{1,8})?")


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file that is there: at `path`; or, as it came by mail, called so and lying elsewhere, or in an archive."""

    path: Path
    size: int
    #: Where its bytes lie, if not at `path`; and which member of the archive there it is.
    lies: Path | None = None
    member: int | None = None
    #: Whether it is a PDF, where that was seen already.
    pdf: bool | None = None

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Its content. Raises OSError, also for a damaged archive."""
        place = self.lies or self.path
        if self.member is None:
            with place.open("rb") as stream:
                yield stream
            return
        try:
            with zipfile.ZipFile(place) as package, package.open(package.infolist()[self.member]) as stream:
                yield stream
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, LookupError) as e:
            raise OSError(f"{place}: {e}") from e


def plain(name: str) -> str:
    """Equal for spellings of one file name: Windows ignores case, and programs compose signs in different ways."""
    return unicodedata.normalize("NFC", name).strip().casefold()


def is_plain(name: str) -> bool:
    """Whether a text is one name of a file, beyond doubt: so are nearly all."""
    return _PLAIN_NAME.fullmatch(name) is not None


def is_dangerous(name: str) -> bool:
    """Whether a name is a path that leads elsewhere, or no name that a file can have."""
    if is_plain(name):
        return False
    parts = re.split(r"[\\/]", name.strip())
    return (
        parts[0] == ""
        or any(part.strip(" .") == "" for part in parts)
        or any(is_device(part) or no_name_holds(part) for part in parts)
    )


@dataclass(slots=True)
class EvidenceFolder:
    """The files of one unit by name; links are not followed."""

    _named: dict[str, EvidenceFile] = field(default_factory=dict)
    _stems: dict[str, EvidenceFile] = field(default_factory=dict)
    count: int = 0

    @classmethod
    def of(cls, evidence: Path, unit: str) -> EvidenceFolder:
        """What lies in the folder of a unit; a missing one is as good as an empty one."""
        made = cls()
        place = _folder_of(evidence, unit)
        made.add(sorted(_files(place), key=lambda f: (len(f.path.parts), str(f.path))) if place else ())
        return made

    def add(self, files: Iterable[EvidenceFile]) -> None:
        """Take more files: of one name, the first counts."""
        for file in files:
            self.count += 1
            name = plain(file.path.name)
            self._named.setdefault(name, file)
            self._stems.setdefault(name.rpartition(".")[0] or name, file)

    def names_in(self, text: str) -> list[str]:
        """The file names in a cell: all of it if there is such a file, else what stands between separators."""
        if is_plain(text):
            return [text]
        if self.find(text) is not None:
            return [text.strip()]
        return [name.strip() for name in _SEPARATORS.split(text) if name.strip()]

    def find(self, name: str) -> EvidenceFile | None:
        """The file of that name, with or without its extension, in whatever sub-folder. None: not there."""
        if not self.count or is_dangerous(name):
            return None
        wanted = plain(re.split(r"[\\/]", name)[-1])
        return self._named.get(wanted) or self._stems.get(wanted) or self._stems.get(wanted.rpartition(".")[0])


def digest(file: EvidenceFile) -> str:
    """SHA-256 of its content. Raises OSError."""
    sha = hashlib.sha256()
    with file.open() as stream:
        while chunk := stream.read(_CHUNK):
            sha.update(chunk)
    return sha.hexdigest()


def is_pdf(file: EvidenceFile) -> bool:
    """By its content. Raises OSError."""
    if file.pdf is not None:
        return file.pdf
    with file.open() as stream:
        return begins_as_pdf(stream.read(_HEAD))


def begins_as_pdf(head: bytes) -> bool:
    """By the first bytes."""
    return b"%PDF-" in head[:_HEAD]


def _folder_of(evidence: Path, unit: str) -> Path | None:
    """The unit's folder as it is listed, so that no name of a unit can lead elsewhere."""
    try:
        folders = [entry for entry in os.scandir(evidence) if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return None
    exact = [e for e in folders if e.name == unit] or [e for e in folders if name_key(e.name) == name_key(unit)]
    return Path(exact[0].path) if exact else None


def _files(folder: Path) -> Iterator[EvidenceFile]:
    waiting, found = [(folder, 0)], 0
    while waiting:
        place, depth = waiting.pop()
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            try:
                if entry.is_dir(follow_symlinks=False):
                    if depth < _DEEPEST:
                        waiting.append((Path(entry.path), depth + 1))
                elif entry.is_file(follow_symlinks=False) and not entry.name.startswith(("~$", ".")):
                    size = entry.stat(follow_symlinks=False).st_size
                    found += 1
                    yield EvidenceFile(Path(entry.path), size)
            except OSError:
                continue
            if found >= MOST_FILES:
                return
