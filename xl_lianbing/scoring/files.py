"""案卷质量 (B1): which files take part, their reviews, the mean of a unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from xl_lianbing.exact import Fraction
from xl_lianbing.findings import Finding, Where, finding
from xl_lianbing.findings import scoring as c
from xl_lianbing.glossary import CORRECTIONS, FileKind, FileState, NotCounted, Reason, ReviewKind, Tier, YesNo
from xl_lianbing.records.inputs import Review
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.records.lines import Line, UnitReturn
from xl_lianbing.records.returns import CaseFile, Reconsideration
from xl_lianbing.rules import files as rule
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.counting.rows import DUPLICATE, unreadable
from xl_lianbing.scoring.roster import Unit

_SLOT_KEYS = {
    FileKind.PENALTY: "penalty",
    FileKind.DAILY_PENALTY: "daily_penalty",
    FileKind.DETENTION_TRANSFER: "detention_transfer",
    FileKind.CRIMINAL_TRANSFER: "criminal_transfer",
    FileKind.COURT_ENFORCEMENT: "court_enforcement",
    FileKind.INTERNAL_AUDIT: "internal_audit",
}
_TIER_KEYS = {Tier.COUNTY: "county", Tier.CITY: "city"}


@dataclass(frozen=True, slots=True)
class FilePlace:
    """One of the places of B1.1, and what the reviews say of its file: the mean of each kind."""

    unit: str
    number: str
    kind: FileKind
    state: FileState
    expert: Fraction | None
    cross: Fraction | None
    forged: bool
    note: str

    def score(self, rules: Ruleset) -> Fraction:
        """The file's score; 0 for an ineligible or missing one."""
        return rule.score(self.expert, self.cross, rules) if self.state is FileState.COUNTED else Fraction(0)


@dataclass(frozen=True, slots=True)
class Quality:
    """A unit's indicator: mean = total ÷ divisor, points = mean ÷ file's full mark × full mark (B1.3)."""

    unit: Unit
    divisor: int
    total: Fraction
    mean: Fraction
    zero_reason: str
    points: Fraction


@dataclass(slots=True)
class Dossier:
    """A unit's places, the reasons of the files without one, and what zeroes its own indicator."""

    unit: Unit
    files: list[FilePlace]
    reasons: dict[int, Reason] = field(default_factory=dict)
    correction: str = ""
    findings: list[Finding] = field(default_factory=list)


_NOTHING_KNOWN: Final[Mapping[tuple[FileKind, str], FilePlace]] = {}


class ReviewBook:
    """Reviews by unit and document number; several reviewers of one kind: their mean (B1.3)."""

    def __init__(self, reviews: Iterable[Review], forged: frozenset[tuple[str, str]]) -> None:
        self._points: dict[tuple[str, str], dict[ReviewKind, list[Fraction]]] = defaultdict(lambda: defaultdict(list))
        self.forged = forged
        for review in reviews:
            if review.unit and review.document_number and review.kind and review.points is not None:
                place = (name_key(review.unit), document_key(review.document_number))
                self._points[place][review.kind].append(Fraction(review.points))

    def mean(self, unit: str, number: str, kind: ReviewKind) -> Fraction | None:
        points = self._points.get((name_key(unit), document_key(number)), {}).get(kind)
        return sum(points, Fraction(0)) / len(points) if points else None

    def is_forged(self, unit: str, number: str) -> bool:
        return (name_key(unit), document_key(number)) in self.forged


def slots(tier: Tier, rules: Ruleset) -> dict[FileKind, int]:
    """How many files of each kind a unit of that tier enters (B1.1)."""
    numbers = {kind: f"files.{_TIER_KEYS[tier]}.{key}" for kind, key in _SLOT_KEYS.items()}
    return {kind: rules.whole(key) for kind, key in numbers.items() if key in rules.pack.by_key}


def dossier(
    unit: Unit,
    returned: UnitReturn | None,
    book: ReviewBook,
    rules: Ruleset,
    known: Mapping[tuple[FileKind, str], FilePlace] = _NOTHING_KNOWN,
) -> Dossier:
    """The places of one unit, filled in the order of 序号 (B1.1–B1.3, B1.5).

    `known`: files by kind and number that were looked at already (their findings are not repeated).
    """
    result = Dossier(unit, [])
    lines = sorted(returned.case_files, key=_order) if returned else []
    where = Where(file=returned.file if returned else "", sheet=CaseFile.sheet, unit=unit.name)
    takers: dict[FileKind, list[Line[CaseFile]]] = defaultdict(list)
    seen: set[tuple[FileKind | None, str]] = set()
    quota = slots(unit.tier, rules)
    for line in lines:
        record, number = line.record, line.record.document_number or ""
        key = (record.kind, document_key(number))
        if line.blocked or record.kind is None:
            result.reasons[line.row] = unreadable(line.blocked or "案卷类别")
        elif key in seen:
            result.reasons[line.row] = DUPLICATE
        elif len(takers[record.kind]) >= quota.get(record.kind, 0):
            limit = quota.get(record.kind, 0)
            result.reasons[line.row] = Reason(NotCounted.SURPLUS, (record.kind, limit))
            assert returned is not None
            spot = returned.where(CaseFile, "document_number", line.row)
            words = {"number": number, "kind": record.kind, "count": limit}
            result.findings.append(finding(c.FILE_SURPLUS, spot, number, **words))
        else:
            seen.add(key)
            takers[record.kind].append(line)
    for kind, count in quota.items():
        for line in takers[kind]:
            assert returned is not None
            place = known.get((kind, line.record.document_number or ""))
            result.files.append(place or _review(returned, line, book, rules, result))
        gap = count - len(takers[kind])
        result.files += [_missing(unit.name, kind)] * gap
        if gap and returned:
            effect = rule.effect(FileState.MISSING, rules)
            result.findings.append(finding(c.FILE_MISSING, where, "", count=gap, kind=kind, effect=effect))
    if returned:
        result.correction = _correction(returned, rules, result)
    return result


def _order(line: Line[CaseFile]) -> tuple[bool, int, int]:
    number = line.record.number
    return (number is None, int(number or 0), line.row)


def _missing(unit: str, kind: FileKind) -> FilePlace:
    return FilePlace(unit, "", kind, FileState.MISSING, None, None, False, "缺卷")


def _review(returned: UnitReturn, line: Line[CaseFile], book: ReviewBook, rules: Ruleset, result: Dossier) -> FilePlace:
    unit, record, number = result.unit, line.record, line.record.document_number or ""
    spot = returned.where(CaseFile, "document_number", line.row)
    faults = []
    if record.dated is None or record.dated not in rules.window("files"):
        faults.append("文书日期不在规定期间")
    if rules.has("mobile_platform") and record.mobile_platform is not YesNo.YES:
        faults.append("现场笔录没有使用移动执法平台")
    why = "、".join(faults)  # B1.2
    if why:
        effect = rule.effect(FileState.INELIGIBLE, rules)
        result.reasons[line.row] = Reason(NotCounted.INELIGIBLE, (why, effect))
        fault = "mobile_platform" if record.dated and record.dated in rules.window("files") else "dated"
        at = returned.where(CaseFile, fault, line.row)
        result.findings.append(finding(c.FILE_INELIGIBLE, at, number, number=number, why=why, effect=effect))
    expert = book.mean(unit.name, number, ReviewKind.EXPERT)
    cross = book.mean(unit.name, number, ReviewKind.CROSS)
    notes = [why] if why else []
    for kind, mean in ((ReviewKind.EXPERT, expert), (ReviewKind.CROSS, cross)):
        if mean is None:
            notes.append(f"没有{kind}评审得分")
            result.findings.append(finding(c.REVIEW_MISSING, spot, number, number=number, kind=kind))
    if expert is not None and cross is not None and abs(expert - cross) > rules.exact("review.gap"):
        notes.append("两类评审相差过大，建议第三次评审")
        words = {"expert": _short(expert), "cross": _short(cross), "gap": rules.number("review.gap")}
        result.findings.append(finding(c.REVIEWS_APART, spot, number, number=number, **words))  # B1.6
    forged = book.is_forged(unit.name, number)
    if forged:
        notes.append("被认定造假")
        result.findings.append(finding(c.FORGED, spot, number, number=number))
    state = FileState.INELIGIBLE if why else FileState.COUNTED
    assert record.kind is not None
    return FilePlace(unit.name, number, record.kind, state, expert, cross, forged, "；".join(notes))


def _short(value: Fraction) -> str:
    return f"{float(value):g}"


def _correction(returned: UnitReturn, rules: Ruleset, result: Dossier) -> str:
    """B1.5: the unit's own penalty corrected by a reconsideration decided inside the period."""
    window = rules.window("reconsiderations")
    for line in returned.reconsiderations:
        record = line.record
        if line.blocked or record.result not in CORRECTIONS or not record.decided_on or record.decided_on not in window:
            continue
        number = record.decision_number or ""
        spot = returned.where(Reconsideration, "result", line.row)
        result.findings.append(finding(c.CORRECTED, spot, number, number=number, result=record.result))
        return f"处罚决定{number}被行政复议{record.result}"
    return ""


def quality(unit: Unit, own: Dossier, recommended: Sequence[Dossier], rules: Ruleset) -> Quality:
    """B1.3–B1.5: the mean over a unit's places; a city's hold those of its recommended county units too (8 + 7·k)."""
    files = [f for d in (own, *recommended) for f in d.files]
    left_out = rule.left_out(rules)
    divisor = sum(f.state not in left_out for f in files)
    scores = [f.score(rules) for f in files]
    total = sum(scores, Fraction(0))
    forged = next((f for f in files if f.forged), None)
    zero = own.correction or (f"{forged.unit}的案卷{forged.number}被认定造假" if forged else "")
    points = Fraction(0) if zero else rule.quality(scores, divisor, rules)
    return Quality(unit, divisor, total, total / divisor if divisor else Fraction(0), zero, points)
