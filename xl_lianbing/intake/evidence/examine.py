"""Are the files that the returns name there, and what they should be (佐证)?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from xl_lianbing.addresses import span
from xl_lianbing.findings import Finding, Kind, Where, finding
from xl_lianbing.findings import evidence as c
from xl_lianbing.intake.evidence.folder import EvidenceFile, EvidenceFolder, digest, is_dangerous, is_pdf, is_plain
from xl_lianbing.intake.evidence.names import NamedFiles
from xl_lianbing.records.column import Column
from xl_lianbing.records.keys import document_key

_NAMES_SHOWN: Final = 5


@dataclass(slots=True)
class _Group:
    """What is wrong in the same way in one sheet: cells and the names in them."""

    cells: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def add(self, cell: str, name: str) -> None:
        self.cells.append(cell)
        self.names.append(name)


@dataclass(frozen=True, slots=True)
class Use:
    """A file that proves a case: by which cell of which return."""

    unit: str
    returned: str
    sheet: str
    cell: str
    case: str
    name: str


@dataclass(frozen=True, slots=True)
class Sought:
    """A cell that names files of which 佐证/<单位> lacks one: they may have come by mail."""

    sheet: str
    cell: str
    column: Column
    text: str
    case: str


@dataclass(slots=True)
class Evidence:
    """What the files that a return names are like. `uses`: which of them prove a case."""

    unit: str = ""
    returned: str = ""
    #: Names of files in its cells, and files in 佐证/<单位>.
    named: int = 0
    there: int = 0
    uses: list[tuple[EvidenceFile, Use]] = field(default_factory=list)
    sought: list[Sought] = field(default_factory=list)
    _groups: dict[tuple[Kind, str], _Group] = field(default_factory=dict)

    def look(self, folder: EvidenceFolder, names: Iterable[str], at: Sought) -> None:
        """Looks up the names that stand in one cell."""
        for name in names:
            self.named += 1
            kind, found = _look(folder, at.column, name)
            if kind is c.MISSING and not folder.count:
                continue
            if kind is not None:
                self._groups.setdefault((kind, at.sheet), _Group()).add(at.cell, name)
            elif found is not None and at.case:
                self.uses.append((found, Use(self.unit, self.returned, at.sheet, at.cell, at.case, name)))

    def findings(self) -> list[Finding]:
        """One for each sheet and kind."""
        told = []
        if self.named and not self.there:
            told.append(finding(c.NONE_YET, Where(self.returned, unit=self.unit), unit=self.unit, count=self.named))
        for (kind, sheet), group in self._groups.items():
            where = Where(self.returned, sheet, unit=self.unit)
            told.append(_grouped(kind, where, group, count=len(group.names), unit=self.unit))
        return told


def examined(evidence: Path, unit: str, file: str, columns: Iterable[NamedFiles], *, mailed: bool = False) -> Evidence:
    """Looks up the files that a return names.

    Args:
        evidence: the folder 佐证.
        unit: whose return it is.
        file: the return, as people know it.
        columns: the cells that name files.
        mailed: whether scans came by mail: what 佐证 lacks is then sought among them (`evidence_findings`).
    """
    folder = EvidenceFolder.of(evidence, unit)
    made = Evidence(unit, file, there=folder.count)
    for column in columns:
        for row, text, case_of in column.texts():
            if not folder.count and not mailed and is_plain(text):
                made.named += 1
                continue
            names = folder.names_in(text)
            at = Sought(column.sheet, f"{column.letter}{row}", column.column, text, case_of())
            if mailed and any(not is_dangerous(name) and folder.find(name) is None for name in names):
                made.sought.append(at)
            else:
                made.look(folder, names, at)
    return made


def evidence_findings(
    returns: Iterable[Evidence],
    mailed: Mapping[str, Sequence[EvidenceFile]] | None = None,
    evidence: Path | None = None,
) -> list[Finding]:
    """Findings about the evidence of the returns in use, and about files used for several cases.

    Args:
        returns: what the files that they name are like.
        mailed: the scans that came with each return.
        evidence: the folder 佐证, in which they may lie as well.
    """
    findings: list[Finding] = []
    uses: dict[EvidenceFile, list[Use]] = defaultdict(list)
    for own in returns:
        _seek(own, (mailed or {}).get(own.returned, ()), evidence)
        findings += own.findings()
        for file, use in own.uses:
            uses[file].append(use)
    return [*findings, *_used_twice(uses)]


def _seek(own: Evidence, scans: Sequence[EvidenceFile], evidence: Path | None) -> None:
    """Looks up among the scans of a return what 佐证 lacks."""
    if not own.sought:
        return
    folder = EvidenceFolder.of(evidence, own.unit) if evidence and own.there else EvidenceFolder()
    folder.add(scans)
    own.there = folder.count
    for at in own.sought:
        own.look(folder, folder.names_in(at.text), at)
    own.sought.clear()


def _look(folder: EvidenceFolder, column: Column, name: str) -> tuple[Kind | None, EvidenceFile | None]:
    """What is wrong with the file of that name, and the file."""
    if is_dangerous(name):
        return c.BAD_NAME, None
    file = folder.find(name)
    if file is None:
        return c.MISSING, None
    if file.size == 0:
        return c.EMPTY, file
    asked = column.pdf or name.lower().endswith(".pdf") or file.path.suffix.lower() == ".pdf"
    try:
        return (c.NOT_PDF if asked and not is_pdf(file) else None), file
    except OSError:
        return c.UNREADABLE, file


def _used_twice(uses: Mapping[EvidenceFile, list[Use]]) -> Iterator[Finding]:
    """Files with one content that prove different cases. Only files of equal size are read."""
    by_size: dict[int, list[EvidenceFile]] = defaultdict(list)
    for file in uses:
        by_size[file.size].append(file)
    by_content: dict[object, list[Use]] = defaultdict(list)
    for files in by_size.values():
        for file in files:
            try:
                content: object = digest(file) if len(files) > 1 else file
            except OSError:
                content = file
            by_content[content] += uses[file]
    shared: dict[tuple[str, str, str], tuple[_Group, list[str]]] = {}
    for same in by_content.values():
        if len({document_key(use.case) for use in same}) < 2:
            continue
        for use in same:
            key = (use.unit, use.returned, use.sheet)
            group, told = shared.setdefault(key, (_Group(), []))
            group.cells.append(use.cell)
            told.append("、".join(dict.fromkeys(_told(other, use.unit) for other in same)))
    for (unit, name, sheet), (group, told) in shared.items():
        group.names[:] = dict.fromkeys(told)
        yield _grouped(c.USED_TWICE, Where(name, sheet, unit=unit), group, between="；")


def _told(use: Use, unit: str) -> str:
    return f"{use.case}（{use.name}）" if use.unit == unit else f"{use.unit}的{use.case}"


def _grouped(kind: Kind, where: Where, group: _Group, between: str = "、", **words: object) -> Finding:
    cells = tuple(dict.fromkeys(group.cells))
    names = list(dict.fromkeys(group.names))
    more = f"等{len(names)}个" if between == "、" else f"；等{len(names)}组"
    told = between.join(name[:60] for name in names[:_NAMES_SHOWN]) + (more if len(names) > _NAMES_SHOWN else "")
    place = replace(where, cell=span(cells)) if cells and all(cells) else where
    made = finding(kind, place, group.names[0], names=told, **words)
    return replace(made, cells=cells) if len(cells) > 1 else made
