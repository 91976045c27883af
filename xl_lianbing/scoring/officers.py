"""先进个人 (C): conditions, cases, file, votes, deeds, veto."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from xl_lianbing.exact import Fraction
from xl_lianbing.findings import Finding, Where, finding
from xl_lianbing.findings import scoring as c
from xl_lianbing.glossary import Filing, NotCounted, Reason, ReviewKind, Selection, Verdict
from xl_lianbing.records.inputs import DeedsReview, IntegrityReport, Vote
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.records.lines import BureauInputs, Line, UnitReturn, in_tab
from xl_lianbing.records.returns import Candidate, OfficerCase
from xl_lianbing.rules import deeds, files
from xl_lianbing.rules.loss import OFFICER_CASES, OFFICER_VOTES
from xl_lianbing.rules.ranks import rank, select, state
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.rules.vetoes import expired, integrity_veto
from xl_lianbing.scoring.counting.rows import DUPLICATE, LATE, UnitCount, unreadable
from xl_lianbing.scoring.files import ReviewBook
from xl_lianbing.scoring.satisfaction import officer_votes

PersonKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Officer:
    """A candidate before ranking. `vetoes` are the failed conditions of C1 and C5."""

    unit: str
    name: str
    row: int
    cases: int
    expert: Fraction | None
    cross: Fraction | None
    votes: int
    deeds: Fraction | None
    vetoes: tuple[str, ...]
    notes: tuple[str, ...]
    #: The cases that count whatever L9 and L10 say of late ones, by filing.
    filings: Mapping[Filing, int]

    @property
    def key(self) -> PersonKey:
        return (name_key(self.unit), name_key(self.name))


@dataclass(frozen=True, slots=True)
class OfficerPoints:
    """办案得分, 案卷得分, 投票得分, 事迹得分 (C2–C4), exact."""

    cases: Fraction
    file: Fraction
    votes: Fraction
    deeds: Fraction

    @property
    def total(self) -> Fraction:
        return self.cases + self.file + self.votes + self.deeds


class Most(NamedTuple):
    """The most cases and the most votes of any candidate."""

    cases: int
    votes: int


@dataclass(frozen=True, slots=True)
class OfficerScore:
    officer: Officer
    points: OfficerPoints
    rank: int
    selection: Selection


@dataclass(slots=True)
class Credits:
    """The cases of a unit's candidates (C2): distinct numbers a person, and the reasons of the rows left out.

    `possible`: the numbers with those that only L10 leaves out.
    """

    numbers: dict[str, set[str]]
    possible: dict[str, set[str]]
    reasons: dict[int, Reason]
    findings: list[Finding]


def credits(returned: UnitReturn, count: UnitCount) -> Credits:
    """C2: each a counted case of the unit's own return (published or not), with proof and scan, once per number."""
    names = {name_key(line.record.name) for line in returned.candidates if line.record.name}
    result = Credits(defaultdict(set), defaultdict(set), {}, [])
    for line in returned.officer_cases:
        person, number = name_key(line.name), line.decision_number
        if number not in count.officer_cases:  # a key is its own key
            number = document_key(number)
        reason = unreadable(line.blocked) if line.blocked else _not_credited(person, number, names, count)
        if not reason or (not line.blocked and person in names and count.officer_cases.get(number) == (LATE, True)):
            result.possible[person].add(number)
        if not reason and number in result.numbers[person]:
            reason = DUPLICATE
        if reason:
            result.reasons[line.row] = reason
            if not line.blocked and person in names and number in count.officer_cases:  # else intake has said it
                where = returned.where(OfficerCase, "decision_number", line.row)
                words = {"name": line.name, "number": line.decision_number, "why": reason}
                result.findings.append(finding(c.CASE_NOT_CREDITED, where, line.decision_number, **words))
        else:
            result.numbers[person].add(number)
    _shared(returned, result)
    return result


def _not_credited(person: str, number: str, names: set[str], count: UnitCount) -> Reason | None:
    if person not in names:
        return Reason(NotCounted.NO_CANDIDATE)
    if number not in count.officer_cases:
        return Reason(NotCounted.NO_SUCH_CASE)
    reason, scanned = count.officer_cases[number]
    if reason:
        return Reason(NotCounted.CASE_NOT_COUNTED, (reason,))
    return None if scanned else Reason(NotCounted.NO_SCAN)


def _shared(returned: UnitReturn, result: Credits) -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    spelled = {name_key(x.record.name): x.record.name for x in returned.candidates if x.record.name}
    for person, numbers in result.numbers.items():
        for number in numbers:
            owners[number].append(spelled[person])
    where = Where(returned.file, OfficerCase.sheet, unit=returned.unit)
    for number in sorted(n for n, people in owners.items() if len(people) > 1):
        names = "、".join(sorted(owners[number]))
        result.findings.append(finding(c.CASE_SHARED, where, number, number=number, names=names))


class Register:
    """The bureau's inputs about persons, by unit and name."""

    def __init__(self, inputs: BureauInputs, book: ReviewBook) -> None:
        self.book = book
        self.votes = officer_votes(inputs.votes)
        self.deeds = _deeds(inputs.deeds)
        self.proven = _proven(inputs.integrity)


def _deeds(reviews: Iterable[DeedsReview]) -> dict[PersonKey, list[Fraction]]:
    sums: dict[PersonKey, list[Fraction]] = defaultdict(list)
    for r in reviews:
        parts = (r.quality, r.ability, r.attitude, r.results)
        if r.unit and r.name and all(p is not None for p in parts):
            sums[name_key(r.unit), name_key(r.name)].append(
                sum((Fraction(p) for p in parts if p is not None), Fraction(0))
            )
    return dict(sums)


def _proven(reports: Iterable[IntegrityReport]) -> set[PersonKey]:
    return {(name_key(r.unit), name_key(r.name)) for r in reports if r.unit and r.name and r.verdict is Verdict.TRUE}


def officers(
    returned: UnitReturn, credited: Credits, count: UnitCount, register: Register, rules: Ruleset
) -> tuple[list[Officer], list[Finding]]:
    """The candidates of one return; the same person (unit + 姓名) once (C1)."""
    result: dict[str, Officer] = {}
    findings: list[Finding] = []
    for line in returned.candidates:
        name = line.record.name
        if name and name_key(name) not in result:
            result[name_key(name)] = _officer(returned, line, name, credited, count, register, rules, findings)
    return list(result.values()), findings


def _officer(
    returned: UnitReturn,
    line: Line[Candidate],
    name: str,
    credited: Credits,
    count: UnitCount,
    register: Register,
    rules: Ruleset,
    findings: list[Finding],
) -> Officer:
    record, person = line.record, (name_key(returned.unit), name_key(name))
    where = returned.where(Candidate, "name", line.row)
    vetoes, notes = _conditions(line, name, person, register, rules, where, findings), []
    number = record.file_number or ""
    expert = register.book.mean(returned.unit, number, ReviewKind.EXPERT) if number else None
    cross = register.book.mean(returned.unit, number, ReviewKind.CROSS) if number else None
    for kind, mean in ((ReviewKind.EXPERT, expert), (ReviewKind.CROSS, cross)):
        if mean is None:
            notes.append(f"没有{kind}评审得分")
            if number:
                findings.append(finding(c.REVIEW_MISSING, where, number, number=number, kind=kind))
    sums = register.deeds.get(person)
    if not sums:
        notes.append("事迹材料没有评审得分")
        findings.append(finding(c.DEEDS_UNREVIEWED, where, name, name=name))
    return Officer(
        returned.unit,
        name,
        line.row,
        len(credited.numbers.get(person[1], ())),
        expert,
        cross,
        register.votes.get(person, 0),
        sum(sums, Fraction(0)) / len(sums) if sums else None,
        tuple(vetoes),
        tuple(notes),
        Counter(count.late_filings.get(key, Filing.ON_TIME) for key in credited.possible.get(person[1], ())),
    )


def _conditions(
    line: Line[Candidate],
    name: str,
    person: PersonKey,
    register: Register,
    rules: Ruleset,
    where: Where,
    findings: list[Finding],
) -> list[str]:
    record, end = line.record, rules.window("decisions").end
    failed = []
    if rules.has("certificate"):  # C1
        if record.certificate_expiry is None:
            failed.append("执法证有效期为空或无法识别")
        elif expired(record.certificate_expiry, end):
            failed.append(f"执法证有效期至{record.certificate_expiry}")
            words = {"name": name, "date": record.certificate_expiry, "end": end}
            findings.append(finding(c.CERTIFICATE_EXPIRED, where, record.certificate_expiry, **words))
    proven = person in register.proven
    if rules.has("integrity_veto") and integrity_veto(bool(record.integrity_file), proven):  # C5
        if not record.integrity_file:
            failed.append("没有廉洁证明")
        if proven:
            failed.append("举报查证属实")
            findings.append(finding(c.INTEGRITY_FAILED, where, name, name=name))
    return failed


def score_officers(candidates: list[Officer], rules: Ruleset, quota: int) -> tuple[list[OfficerScore], list[Finding]]:
    """C2–C4, ranks and shortlist over all candidates, vetoed ones included in "the most"."""
    findings: list[Finding] = []
    most = most_of(candidates)
    if candidates and not most.cases:
        findings.append(finding(c.NOBODY_HANDLED, Where()))
    if candidates and not most.votes:
        findings.append(finding(c.NOBODY_VOTED, in_tab(Vote), "", what="先进个人候选人"))
    points = [officer_points(o, most, rules) for o in candidates]
    totals = [p.total for p in points]
    ranks = rank(totals)
    chosen = select([None if o.vetoes else t for o, t in zip(candidates, totals, strict=True)], quota)
    scores = [
        OfficerScore(o, p, rank=r, selection=state(s, vetoed=bool(o.vetoes)))
        for o, p, r, s in zip(candidates, points, ranks, chosen, strict=True)
    ]
    return sorted(scores, key=lambda s: s.rank), findings


def most_of(candidates: Iterable[Officer]) -> Most:
    """The most over all candidates, vetoed ones included (C2, C3)."""
    everybody = list(candidates)
    return Most(max((o.cases for o in everybody), default=0), max((o.votes for o in everybody), default=0))


def officer_points(officer: Officer, most: Most, rules: Ruleset) -> OfficerPoints:
    """C2–C4."""
    return OfficerPoints(
        cases=OFFICER_CASES.points(officer.cases, most.cases, rules),
        file=files.officers_file(officer.expert, officer.cross, rules),
        votes=OFFICER_VOTES.points(officer.votes, most.votes, rules),
        deeds=deeds.points(officer.deeds, rules),
    )
