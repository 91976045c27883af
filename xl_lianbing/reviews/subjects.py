"""What is to be reviewed, from the returns in use: files of 参评案卷 and of candidates, and their deeds; and everything
that the returns know and a reviewer must not (R5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from xl_lianbing.findings import Finding, finding
from xl_lianbing.findings import reviews as k
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import FileKind
from xl_lianbing.intake.door.file import saved_at
from xl_lianbing.intake.evidence.folder import EvidenceFolder, is_pdf
from xl_lianbing.intake.master.inputs import MasterInputs
from xl_lianbing.intake.returned.many import read_all, workers
from xl_lianbing.intake.returned.read import Intake
from xl_lianbing.intake.returned.receipts import Collected, collect, returned_files
from xl_lianbing.records.column import Record
from xl_lianbing.records.keys import document_key, squeeze
from xl_lianbing.records.returns import CaseFile, MajorCase, PenaltyCase, Reconsideration
from xl_lianbing.reviews.arrangement import Meaning, meaning_key

_SEVERAL: Final = re.compile(r"[、，,；;/|\n]+")
_LONGEST_NAME: Final = 4


@dataclass(frozen=True, slots=True)
class File:
    """A file; `scan`: its PDF, None where there is none that can be used, and `why` not."""

    unit: str
    number: str
    kind: str
    scan: Path | None
    why: str = ""

    @property
    def meaning(self) -> Meaning:
        return self.unit, self.number, ""


@dataclass(frozen=True, slots=True)
class Deeds:
    """A candidate's 事迹材料."""

    unit: str
    name: str
    text: str

    @property
    def meaning(self) -> Meaning:
        return self.unit, "", self.name


@dataclass(slots=True)
class Known:
    """Names and numbers that the returns and the master know. `colleagues`: those of each unit."""

    people: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    units: list[str] = field(default_factory=list)
    colleagues: dict[str, set[str]] = field(default_factory=dict)

    def add_people(self, unit: str, texts: Iterable[object]) -> None:
        for text in texts:
            for part in _SEVERAL.split(str(text or "")):
                whole = squeeze(part)
                for name in [whole] if len(whole) <= _LONGEST_NAME or "·" in whole else part.split():
                    if 1 < len(name) <= 12:
                        self.people.add(name)
                        self.colleagues.setdefault(unit, set()).add(name)


@dataclass(slots=True)
class Subjects:
    files: list[File] = field(default_factory=list)
    deeds: list[Deeds] = field(default_factory=list)
    known: Known = field(default_factory=Known)
    findings: list[Finding] = field(default_factory=list)


def returned_to(folder: CampaignFolder, master: MasterInputs, spool: Path) -> Collected:
    """The returns in use. Their full rows lie in `spool`."""
    files = returned_files(folder.returns)
    with ExitStack() as stack:
        executor = stack.enter_context(workers(files))
        intakes = list(read_all(files, folder, master.rules, spool, executor))
    received = [(intake, saved_at(file)) for file, intake in zip(files, intakes, strict=True)]
    return collect(received, master.inputs.roster, None, master.pack.version)


def subjects(folder: CampaignFolder, master: MasterInputs, spool: Path) -> Subjects:
    """What the returns in use ask to be reviewed."""
    collected = returned_to(folder, master, spool)
    made = Subjects()
    made.known.units = [str(unit.unit) for unit in master.inputs.roster]
    made.known.people.update(str(u.liaison) for u in master.inputs.roster if u.liaison)
    for unit in sorted(collected.used):
        _of_unit(unit, collected, folder, made)
    return made


def _of_unit(unit: str, collected: Collected, folder: CampaignFolder, made: Subjects) -> None:
    returned, intake = collected.returns[unit], collected.used[unit]
    evidence = EvidenceFolder.of(folder.evidence, unit)
    seen: set[Meaning] = set()
    scans = _scans_of_cases(intake)
    for line in returned.case_files:
        number = line.record.document_number
        if not number:
            where = returned.where(CaseFile, "document_number", line.row)
            made.findings.append(finding(k.NUMBER_MISSING, where))
        elif meaning_key(unit, number, "") not in seen:
            seen.add(meaning_key(unit, number, ""))
            made.files.append(_file(unit, number, str(line.record.kind or ""), line.record.pdf, evidence))
    for candidate in returned.candidates:
        number = candidate.record.file_number
        if number and meaning_key(unit, number, "") not in seen:
            seen.add(meaning_key(unit, number, ""))
            scan = scans.get(document_key(number))
            made.files.append(_file(unit, number, str(FileKind.PENALTY), scan, evidence))
        name, text = candidate.record.name, candidate.record.deeds
        if name and text and meaning_key(unit, "", name) not in seen:
            seen.add(meaning_key(unit, "", name))
            made.deeds.append(Deeds(unit, name, text))
    _learn(unit, collected, made.known)


def _file(unit: str, number: str, kind: str, named: str | None, evidence: EvidenceFolder) -> File:
    """The file with the first PDF of those that its cell names."""
    if not named:
        return File(unit, number, kind, None, "填报表没有写文件名")
    why = f"“佐证/{unit}”里没有《{named}》"
    for name in evidence.names_in(named):
        found = evidence.find(name)
        if found is None:
            continue
        try:
            if found.size and is_pdf(found):
                return File(unit, number, kind, found.path)
            why = f"《{name}》是空文件" if not found.size else f"《{name}》不是PDF"
        except OSError:
            why = f"《{name}》打不开"
    return File(unit, number, kind, None, why)


def _column(intake: Intake, record: type[Record], *fields: str) -> Iterator[tuple[object, ...]]:
    """Columns of a sheet of the return."""
    names = list(record.columns())
    places = [names.index(name) for name in fields]
    for _, values in intake.rows.iterate(record.sheet):
        yield tuple(values[place] for place in places)


def _scans_of_cases(intake: Intake) -> Mapping[str, str]:
    rows = _column(intake, PenaltyCase, "decision_number", "scan")
    return {document_key(str(number)): str(scan) for number, scan in rows if number and scan}


def _learn(unit: str, collected: Collected, known: Known) -> None:
    """Everything that a return names."""
    returned, intake = collected.returns[unit], collected.used[unit]
    info = returned.info
    known.add_people(unit, [info.head, info.liaison])
    if info.phone:
        known.numbers.update(_SEVERAL.split(str(info.phone)))
    known.numbers.update([info.plan_number] if info.plan_number else [])
    for candidate in returned.candidates:
        known.add_people(unit, [candidate.record.name])
        known.numbers.update(filter(None, (candidate.record.certificate, candidate.record.file_number)))
    columns = ("decision_number", "party", "credit_code", "lead_officers", "support_officers")
    for number, party, code, lead, support in _column(intake, PenaltyCase, *columns):
        known.numbers.update(str(text) for text in (number, code) if text)
        known.parties.update([str(party)] if party else [])
        known.add_people(unit, [lead, support])
    for number, party, decision in _column(intake, MajorCase, "document_number", "party", "decision_number"):
        known.numbers.update(str(text) for text in (number, decision) if text)
        known.parties.update([str(party)] if party else [])
    for number, document in _column(intake, Reconsideration, "decision_number", "document_number"):
        known.numbers.update(str(text) for text in (number, document) if text)
    for line in returned.case_files:
        known.numbers.update([line.record.document_number] if line.record.document_number else [])
