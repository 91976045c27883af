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
class Evidence:
    """What the files that a return names are like. `uses`: which of them prove a case."""

    findings: Sequence[Finding] = ()
    uses: Sequence[tuple[EvidenceFile, Use]] = ()


def examined(evidence: Path, unit: str, file: str, columns: Iterable[NamedFiles]) -> Evidence:
    """Looks up the files that a return names: one finding for each sheet and kind.

    Args:
        evidence: the folder 佐证.
        unit: whose return it is.
        file: the return, as people know it.
        columns: the cells that name files.
    """
    folder = EvidenceFolder.of(evidence, unit)
    groups: dict[tuple[Kind, str], _Group] = defaultdict(_Group)
    uses: list[tuple[EvidenceFile, Use]] = []
    count = 0
    for named in columns:
        for row, text, case_of in named.texts():
            if not folder.count and is_plain(text):
                count += 1
                continue
            for name in folder.names_in(text):
                count += 1
                kind, found = _look(folder, named.column, name)
                if kind is c.MISSING and not folder.count:
                    continue
                cell = f"{named.letter}{row}"
                if kind is not None:
                    groups[kind, named.sheet].add(cell, name)
                elif found is not None and (case := case_of()):
                    uses.append((found, Use(unit, file, named.sheet, cell, case, name)))
    findings = []
    if count and not folder.count:
        findings.append(finding(c.NONE_YET, Where(file, unit=unit), unit=unit, count=count))
    for (kind, sheet), group in groups.items():
        findings.append(_grouped(kind, Where(file, sheet, unit=unit), group, count=len(group.names), unit=unit))
    return Evidence(findings, uses)


def evidence_findings(returns: Iterable[Evidence]) -> list[Finding]:
    """Findings about the evidence of the returns in use, and about files used for several cases."""
    findings: list[Finding] = []
    uses: dict[EvidenceFile, list[Use]] = defaultdict(list)
    for evidence in returns:
        findings += evidence.findings
        for file, use in evidence.uses:
            uses[file].append(use)
    return [*findings, *_used_twice(uses)]


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
