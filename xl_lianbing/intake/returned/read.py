"""Reads one return (填报表): file → sheets → typed rows with their addresses → findings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from xl_lianbing.findings import Finding, Where, finding
from xl_lianbing.findings import reading as c
from xl_lianbing.findings.gather import Collector
from xl_lianbing.glossary import YesNo
from xl_lianbing.intake.cells.fields import R, build
from xl_lianbing.intake.cells.judge import ROW_NOT_COUNTED, Judge
from xl_lianbing.intake.cells.values import Value
from xl_lianbing.intake.checks.amounts import Amounts
from xl_lianbing.intake.checks.between import Places, References
from xl_lianbing.intake.checks.rows import checks_of
from xl_lianbing.intake.checks.scene import Scene
from xl_lianbing.intake.checks.seen import TableWatch, report_file, report_form
from xl_lianbing.intake.door.file import read_file
from xl_lianbing.intake.door.sheets import Book, Unreadable
from xl_lianbing.intake.evidence.examine import Evidence, examined
from xl_lianbing.intake.evidence.names import FileNames
from xl_lianbing.intake.returned.rows import RowStore, RowWriter
from xl_lianbing.intake.returned.stamp import copied_from, read_stamp
from xl_lianbing.intake.returned.whose import identify
from xl_lianbing.intake.tables.form import Form, read_form
from xl_lianbing.intake.tables.locate import locate
from xl_lianbing.intake.tables.table import RowBlock, SheetTable
from xl_lianbing.records.column import Record
from xl_lianbing.records.keys import document_key
from xl_lianbing.records.lines import CaseFact, CreditFact, Line, UnitReturn
from xl_lianbing.records.results import SUMMARIES
from xl_lianbing.records.returns import (
    RETURN_SHEETS,
    Candidate,
    CaseFile,
    MajorCase,
    OfficerCase,
    PenaltyCase,
    Publicity,
    Reconsideration,
    TaskProgress,
    Training,
    UnitApplication,
    UnitInfo,
)
from xl_lianbing.records.stamp import Stamp
from xl_lianbing.rules.ruleset import Ruleset

_NEEDED_BY_SCORE = "，得分需要它"


@dataclass(frozen=True, slots=True)
class Intake:
    """What one file gave. `findings` holds the refusal too; `result` is None when the file was refused."""

    file: str
    sha256: str
    stamp: Stamp | None = None
    refusal: Finding | None = None
    result: UnitReturn | None = None
    findings: tuple[Finding, ...] = ()
    rows_read: Mapping[str, int] = field(default_factory=dict)
    filled_on: date | None = None
    rows: RowStore = field(default_factory=RowStore)
    evidence: Evidence = field(default_factory=Evidence)
    #: Of a feedback copy: the SHA-256 of the return that it was made from.
    copied_from: str = ""


def read_return(
    path: Path, shown_as: str, rules: Ruleset, spool: Path | None = None, evidence: Path | None = None
) -> Intake:
    """Read and check one file. Nothing about the file raises: what is wrong is in `refusal` and `findings`.

    Args:
        path: the file, of whatever kind and name.
        shown_as: its name below the campaign folder (回收/…), as people know it.
        rules: the rules in force.
        spool: a folder for the full rows; without it they stay in memory.
        evidence: the folder 佐证; without it the files that the return names are not looked for.
    """
    try:
        content = read_file(path)
    except Unreadable as e:
        return _refused(shown_as, "", None, _unreadable(shown_as, e))
    digest = hashlib.sha256(content).hexdigest()
    writer = RowWriter(spool)
    stamp: Stamp | None = None
    try:
        book = Book(content)
        stamp, source = read_stamp(book), copied_from(book)
        reading = _Reading(book, rules, Collector(shown_as), writer)
        refusal = reading.identify(stamp)
        result = None if refusal else reading.result()
    except Unreadable as e:
        writer.store().discard()
        return _refused(shown_as, digest, stamp, _unreadable(shown_as, e))
    rows = writer.store()
    if result is None:
        rows.discard()
        return _refused(shown_as, digest, stamp, refusal or _unreadable(shown_as, Unreadable("文件无法读取")))
    findings = reading.collector.findings()
    proofs = examined(evidence, result.unit, shown_as, reading.names.columns) if evidence else Evidence()
    filled_on = result.info.filled_on
    return Intake(shown_as, digest, stamp, None, result, findings, reading.rows_read, filled_on, rows, proofs, source)


def _unreadable(file: str, error: Unreadable) -> Finding:
    return finding(error.kind, Where(file), why=error.why, fix=error.fix)


def _refused(file: str, digest: str, stamp: Stamp | None, refusal: Finding) -> Intake:
    if stamp and not refusal.where.unit:
        refusal = refusal.at(unit=stamp.unit)
    return Intake(file, digest, stamp, refusal, None, (refusal,))


class _Reading:
    """One return while it is read."""

    def __init__(self, book: Book, rules: Ruleset, collector: Collector, writer: RowWriter) -> None:
        self.collector = collector
        self.rows_read: dict[str, int] = {}
        self.names = FileNames()
        self._keys: dict[str, str] = {}
        self._parties: dict[str, Value] = {}
        self._book = book
        self._rules = rules
        self._writer = writer
        self._sheets = locate(book, RETURN_SHEETS, rules, collector)
        self._places = Places()
        self._info = self._form(UnitInfo)

    def identify(self, stamp: Stamp | None) -> Finding | None:
        if not self._sheets:
            return finding(c.NOT_A_RETURN, Where(self.collector.file))
        return identify(stamp, self._info, self._rules, self.collector)

    def result(self) -> UnitReturn:
        report_file(self._book, self._sheets.values(), self.collector)
        report_form(self._book, self._info, self._rules.pack, self.collector)
        cases = tuple(self._cases())
        major_cases = self._lines(MajorCase)
        reconsiderations = self._lines(Reconsideration)
        case_files = self._lines(CaseFile)
        application = self._form(UnitApplication)
        report_form(self._book, application, self._rules.pack, self.collector)
        candidates = self._lines(Candidate)
        officer_cases = tuple(self._credits())
        Amounts(self._places, self.collector).check(cases, major_cases)
        References(self._places, self._rules, self.collector).check(
            cases, major_cases, candidates, officer_cases, application
        )
        return UnitReturn(
            unit=self.collector.unit,
            file=self.collector.file,
            info=self._info.record,
            application=application.record,
            cases=cases,
            major_cases=major_cases,
            reconsiderations=reconsiderations,
            case_files=case_files,
            candidates=candidates,
            officer_cases=officer_cases,
            publicity=self._lines(Publicity),
            training=self._lines(Training),
            tasks=self._lines(TaskProgress),
            parties=self._parties_of(case_files),
            places=self._places.letters(),
            forms={
                UnitInfo.sheet: (self._info.sheet, self._info.cells),
                UnitApplication.sheet: (application.sheet, application.cells),
            },
        )

    def _form(self, record: type[R]) -> Form[R]:
        sheet = self._sheets.get(record)
        if sheet is None:
            return Form(record(), record.sheet, {}, 0)
        form = read_form(self._book, record, sheet, Judge(sheet, self._rules, self.collector, _NEEDED_BY_SCORE))
        self.names.add_form(form)
        self.rows_read[record.sheet] = form.items
        return form

    def _blocks(self, record: type[Record]) -> Iterator[RowBlock]:
        sheet = self._sheets.get(record)
        if sheet is None:
            return
        effect = _NEEDED_BY_SCORE if record is Candidate else ROW_NOT_COUNTED
        table = SheetTable(self._book, record, sheet, Judge(sheet, self._rules, self.collector, effect))
        if table.header is None:
            return
        self._places.sheets[record] = (sheet, table.header)
        scene = Scene(record, sheet, table.header, self._rules, self.collector, self._info.record.filled_on)
        checks = checks_of(scene)
        watch = TableWatch(self._book, sheet, table.header, record, self._rules.pack)
        stored = record.sheet in SUMMARIES
        for block in table.blocks():
            for check in checks:
                check(block)
            if stored:
                self._writer.add(record.sheet, block.numbers, list(block.shown.values()))
            self.names.add(record, sheet, table.header, block)
            watch.rows(block.numbers)
            yield block
        watch.close(self.collector)
        for close in scene.closing:
            close()
        self.rows_read[record.sheet] = table.rows_read

    def _lines(self, record: type[R]) -> Sequence[Line[R]]:
        return tuple(
            Line(number, build(record, block.row(i)), _blocked(record, block, i))
            for block in self._blocks(record)
            for i, number in enumerate(block.numbers)
        )

    def _cases(self) -> Iterator[CaseFact]:
        answers: dict[Any, YesNo | None] = {None: None} | {str(answer): answer for answer in YesNo}
        for block in self._blocks(PenaltyCase):
            columns = block.columns
            keys, numbers = block.keys("decision_number"), block.columns["decision_number"]
            self._keys.update(zip(keys, keys, strict=True))
            self._parties.update(zip(keys, columns["party"], strict=True))
            days = [cast("list[date | None]", columns[name]) for name in _CASE_DATES]
            fines = cast("list[Decimal | None]", columns["fine"])
            for i, (row, key, number, fine, filed, published, scan, *dates) in enumerate(
                zip(
                    block.numbers,
                    keys,
                    numbers,
                    fines,
                    columns["in_system"],
                    columns["published"],
                    columns["scan"],
                    *days,
                    strict=True,
                )
            ):
                decided, entered, closed, closing_entered = dates
                yield CaseFact(
                    row,
                    key,
                    decided,
                    fine,
                    answers[filed],
                    answers[published],
                    entered,
                    closed,
                    closing_entered,
                    scan is not None,
                    block.why_blocked(i) if block.blocked else "",
                    "" if number is None or number == key else str(number),
                )

    def _parties_of(self, case_files: Sequence[Line[CaseFile]]) -> dict[str, str]:
        keys = (document_key(line.record.document_number or "") for line in case_files)
        return {key: str(party) for key in keys if (party := self._parties.get(key))}

    def _credits(self) -> Iterator[CreditFact]:
        for block in self._blocks(OfficerCase):
            names, numbers = block.columns["name"], block.columns["decision_number"]
            for i, row in enumerate(block.numbers):
                number = str(numbers[i] or "")
                # one object for each number: less to send from process to process
                yield CreditFact(row, str(names[i] or ""), self._keys.get(number, number), block.why_blocked(i))


_CASE_DATES = ("decided_on", "entered_on", "closed_on", "closing_entered_on")


def _blocked(record: type[Record], block: RowBlock, place: int) -> str:
    """B2.10: rows of 先进个人 always stay, but nobody can be scored without a name."""
    if record is Candidate:
        return "姓名" if block.columns["name"][place] is None else ""
    return block.why_blocked(place)
