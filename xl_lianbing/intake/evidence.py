"""Are the files that the returns name there, and what they should be (佐证)?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from xl_lianbing.findings import Finding, Kind, Where, finding, span
from xl_lianbing.intake import evidence_catalogue as c
from xl_lianbing.intake.aliases import PLACEHOLDERS
from xl_lianbing.intake.evidence_folder import EvidenceFile, EvidenceFolder, is_dangerous, is_pdf
from xl_lianbing.intake.returns import Intake
from xl_lianbing.records.column import Column, Layout, Record
from xl_lianbing.records.keys import document_key
from xl_lianbing.records.lines import UnitReturn
from xl_lianbing.records.results import SUMMARIES
from xl_lianbing.records.returns import RETURN_SHEETS, Candidate, CaseFile, MajorCase, PenaltyCase

_NAMES_SHOWN: Final = 5
#: The case that a row's file proves; files of other sheets may well serve for several rows.
_CASE_OF: Final[Mapping[type[Record], tuple[str, ...]]] = {
    PenaltyCase: ("decision_number",),
    MajorCase: ("decision_number", "document_number"),
    CaseFile: ("document_number",),
}


@dataclass(frozen=True, slots=True)
class _Named:
    """A cell that names files, and the case (its number as typed) that they prove; '' if no single one."""

    record: type[Record]
    column: Column
    sheet: str
    cell: str
    text: str
    case: str = ""


@dataclass(slots=True)
class _Group:
    """What is wrong in the same way in one sheet: cells and the names in them."""

    cells: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Use:
    unit: str
    file: str
    named: _Named
    name: str


def evidence_findings(evidence: Path, used: Mapping[str, Intake]) -> list[Finding]:
    """Findings about the evidence of the returns in use: one for each unit, sheet and kind.

    Args:
        evidence: the folder 佐证.
        used: unit → its return.
    """
    findings: list[Finding] = []
    uses: dict[EvidenceFile, list[_Use]] = defaultdict(list)
    hashes: dict[EvidenceFile, str] = {}
    for unit, intake in used.items():
        if intake.result is None:
            continue
        folder = EvidenceFolder.of(evidence, unit, hashes)
        cells = list(_named_cells(intake, intake.result))
        groups: dict[tuple[Kind, str], _Group] = defaultdict(_Group)
        count = 0
        for named in cells:
            for name in folder.names_in(named.text):
                count += 1
                kind = _wrong(folder, named, name)
                if kind is not None and (folder.count or kind is not c.MISSING):
                    group = groups[kind, named.sheet]
                    group.cells.append(named.cell)
                    group.names.append(name)
                elif kind is None and named.case and (file := folder.find(name)) is not None:
                    uses[file].append(_Use(unit, intake.file, named, name))
        if count and not folder.count:
            findings.append(finding(c.NONE_YET, Where(intake.file, unit=unit), unit=unit, count=count))
        for (kind, sheet), group in groups.items():
            where = Where(intake.file, sheet, unit=unit)
            findings.append(_grouped(kind, where, group, count=len(group.names), unit=unit))
    return [*findings, *_used_twice(uses, EvidenceFolder(hashes))]


def _wrong(folder: EvidenceFolder, named: _Named, name: str) -> Kind | None:
    if is_dangerous(name):
        return c.BAD_NAME
    file = folder.find(name)
    if file is None:
        return c.MISSING
    if file.size == 0:
        return c.EMPTY
    asked = named.column.pdf or name.lower().endswith(".pdf") or file.path.suffix.lower() == ".pdf"
    try:
        return c.NOT_PDF if asked and not is_pdf(file) else None
    except OSError:
        return c.UNREADABLE


def _used_twice(uses: Mapping[EvidenceFile, list[_Use]], folder: EvidenceFolder) -> Iterator[Finding]:
    """Files with one content that prove different cases. Only files of equal size are read."""
    by_size: dict[int, list[EvidenceFile]] = defaultdict(list)
    for file in uses:
        by_size[file.size].append(file)
    by_content: dict[object, list[_Use]] = defaultdict(list)
    for files in by_size.values():
        for file in files:
            try:
                content: object = folder.digest(file) if len(files) > 1 else file
            except OSError:
                content = file
            by_content[content] += uses[file]
    shared: dict[tuple[str, str, str], tuple[_Group, list[str]]] = {}
    for same in by_content.values():
        if len({document_key(use.named.case) for use in same}) < 2:
            continue
        for use in same:
            key = (use.unit, use.file, use.named.sheet)
            group, told = shared.setdefault(key, (_Group(), []))
            group.cells.append(use.named.cell)
            told.append("、".join(dict.fromkeys(_told(other, use.unit) for other in same)))
    for (unit, name, sheet), (group, told) in shared.items():
        group.names[:] = dict.fromkeys(told)
        yield _grouped(c.USED_TWICE, Where(name, sheet, unit=unit), group, between="；")


def _told(use: _Use, unit: str) -> str:
    return f"{use.named.case}（{use.name}）" if use.unit == unit else f"{use.unit}的{use.named.case}"


def _grouped(kind: Kind, where: Where, group: _Group, between: str = "、", **words: object) -> Finding:
    cells = tuple(dict.fromkeys(group.cells))
    names = list(dict.fromkeys(group.names))
    more = f"等{len(names)}个" if between == "、" else f"；等{len(names)}组"
    told = between.join(name[:60] for name in names[:_NAMES_SHOWN]) + (more if len(names) > _NAMES_SHOWN else "")
    place = replace(where, cell=span(cells)) if cells and all(cells) else where
    made = finding(kind, place, group.names[0], names=told, **words)
    return replace(made, cells=cells) if len(cells) > 1 else made


def _named_cells(intake: Intake, result: UnitReturn) -> Iterator[_Named]:
    """Every cell of a return that names files."""
    for record in RETURN_SHEETS:
        columns = {name: column for name, column in record.columns().items() if column.evidence}
        if not columns:
            continue
        for named in _form(record, result) if record.layout is Layout.FORM else _rows(record, intake, result):
            if named.text.strip() and named.text.strip() not in PLACEHOLDERS:
                yield named


def _form(record: type[Record], result: UnitReturn) -> Iterator[_Named]:
    content = result.info if isinstance(result.info, record) else result.application
    sheet, cells = result.forms.get(record.sheet, (record.sheet, {}))
    for name, column in record.columns().items():
        if column.evidence and (text := getattr(content, name)):
            yield _Named(record, column, sheet, cells.get(name, ""), str(text))


def _rows(record: type[Record], intake: Intake, result: UnitReturn) -> Iterator[_Named]:
    fields = list(record.columns())
    for name, column in record.columns().items():
        if not column.evidence:
            continue
        for row, values in _values(record, intake, result, fields):
            text = values[name]
            if text is None:
                continue
            where = result.where(record, name, row)
            case = next((str(values[f]) for f in _CASE_OF.get(record, ()) if values[f] is not None), "")
            yield _Named(record, column, where.sheet, where.cell, str(text), case)


def _values(
    record: type[Record], intake: Intake, result: UnitReturn, fields: list[str]
) -> Iterator[tuple[int, Mapping[str, object]]]:
    if record.sheet in SUMMARIES:
        for row, values in intake.rows.iterate(record.sheet):
            yield row, dict(zip(fields, values, strict=True))
    elif record is Candidate:
        for line in result.candidates:
            yield line.row, line.record.__dict__
