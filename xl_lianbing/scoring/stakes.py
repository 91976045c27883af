"""影响: what a finding does to points or ranks.

Points where they follow from facts at hand: what the unit would have without it, or what the missing thing is worth
that counts 0. Anything else that blocks, or on which points, a rank or a place on a list rests, 可能影响名次.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from xl_lianbing.exact import Fraction, rounded
from xl_lianbing.findings import Finding, Kind, export, master, reading, receipts
from xl_lianbing.findings import scoring as c
from xl_lianbing.glossary import FileState, ReviewKind, Severity
from xl_lianbing.records.returns import Candidate
from xl_lianbing.rules import deeds, files
from xl_lianbing.rules.baseline import SUB_INDICATORS
from xl_lianbing.rules.filing import late_left_out, unpublished_left_out
from xl_lianbing.rules.loss import OFFICER_VOTES, SATISFACTION
from xl_lianbing.rules.readings import ReviewsTogether
from xl_lianbing.rules.shares import KEY_ENTERPRISES
from xl_lianbing.scoring.cases import case_points
from xl_lianbing.scoring.files import FilePlace
from xl_lianbing.scoring.score import Scores

MAY: Final = "可能影响名次"

#: 提醒 and 说明 on which points, a rank or a place on a list rest.
_MOVES: Final = frozenset(
    {
        reading.OUTSIDE_WINDOW,
        reading.DUPLICATE,
        reading.FINE_WITHOUT_AMOUNT,
        reading.AMOUNT_WITHOUT_FINE,
        reading.LOOKS_LIKE_YUAN,
        reading.OFFICER_UNKNOWN,
        reading.OFFICER_CASE_UNKNOWN,
        reading.SHEET_UNKNOWN,
        reading.SHEET_DOUBLED,
        reading.FIGURES_ONLY,
        reading.SEVERAL_NUMBERS,
        reading.OTHER_YEAR_IN_NUMBER,
        reading.CALLED_OFF,
        reading.OTHER_UNIT,
        reading.FINE_TOO_SMALL,
        receipts.RETURNS_GONE,
        receipts.LESS_THAN_BEFORE,
        receipts.NOTHING_IN_COMMON,
        receipts.NOT_RETURNED,
        receipts.UNDATED,
        master.UNIT_NOT_IN_ROSTER,
        master.FEW_VALID_DAYS,
        master.RISE_WITHIN_ROUNDING,
        export.ONLY_IN_EXPORT,
        export.AMOUNT_DIFFERS,
        export.UNIT_DIFFERS,
        export.NOT_PUBLISHED,
        export.PUBLISHED_ALL_THE_SAME,
        export.ONLY_PUBLISHED,
        export.PUBLISHED_AMOUNT,
        export.NO_RECORD,
        export.NO_RECORD_OF_PARTY,
        export.RECORDED_ALL_THE_SAME,
        c.NOT_IN_EXPORT,
        c.NO_EXPORT,
        c.UNPUBLISHED,
        c.NOT_FILED,
        c.FILE_INELIGIBLE,
        c.FILE_MISSING,
        c.FORGED,
        c.CORRECTED,
        c.STAND_IN_TOTAL,
        c.NOBODY_VOTED,
        c.NOBODY_HANDLED,
        c.AIR_VETO,
        c.WATER_VETO,
        c.SECTION_LEFT_OUT,
        c.NO_AIR,
        c.NO_WATER,
        c.ADJUSTMENT_HELD,
        c.STAND_IN_FILES,
        c.CERTIFICATE_EXPIRED,
        c.INTEGRITY_FAILED,
        c.CASE_NOT_CREDITED,
        c.DAY_UNKNOWN,
        c.REVIEW_OF_NOTHING,
        c.PERSON_UNKNOWN,
        c.REVIEWED_TWICE,
        c.VOTES_ADDED,
        c.MEASURED_TWICE,
    }
)


def effect(found: Finding, scores: Scores) -> str:
    """What 影响 says of a finding; '' for what changes nothing."""
    points = _POINTS.get(found.kind, _unknown)(found, scores)
    if points is not None:
        return f"影响得分{rounded(points).rstrip('0').rstrip('.')}分" if points else ""
    late = found.kind == c.LATE_FILING and late_left_out(scores.rules)
    return MAY if late or found.severity is Severity.BLOCKING or found.kind in _MOVES else ""


def _unknown(found: Finding, scores: Scores) -> Fraction | None:
    return None


def _place(found: Finding, scores: Scores) -> FilePlace | None:
    """The unit's file that a finding is about."""
    dossier = scores.dossiers.get(found.where.unit)
    number = found.words.get("number")
    return next((f for f in dossier.files if f.number == number), None) if dossier else None


def _review_missing(found: Finding, scores: Scores) -> Fraction | None:
    """B1.3, C3: the part of a file that one review gives."""
    rules, times = scores.rules, found.times or 1
    if times > 1 and rules.reading(ReviewsTogether) is ReviewsTogether.WEIGHTED:
        return None  # told together are both kinds, and each has a weight of its own
    full, kind = rules.exact(files.REVIEW_FULL), found.words.get("kind")
    expert, cross = (full, None) if kind == ReviewKind.EXPERT else (None, full)
    if found.where.sheet == Candidate.sheet:
        return files.officers_file(expert, cross, rules) * times
    own, place = scores.qualities.get(found.where.unit), _place(found, scores)
    if own is None or place is None or (times > 1 and _with_ineligible(found, scores)):
        return None
    if own.zero_reason or place.state is not FileState.COUNTED:
        return Fraction(0)
    return files.quality([files.score(expert, cross, rules)], own.divisor, rules) * times


def _with_ineligible(found: Finding, scores: Scores) -> bool:
    return any(f.state is FileState.INELIGIBLE for f in scores.dossiers[found.where.unit].files)


def _file_missing(found: Finding, scores: Scores) -> Fraction | None:
    """B1.4, L3: what the empty places are worth, where they count."""
    own, rules = scores.qualities.get(found.where.unit), scores.rules
    if own is None or FileState.MISSING in files.left_out(rules):
        return None
    if own.zero_reason:
        return Fraction(0)
    count = found.words.get("count")
    return files.quality([files.full(rules)] * count, own.divisor, rules) if isinstance(count, int) else None


def _file_ineligible(found: Finding, scores: Scores) -> Fraction | None:
    """B1.2, L1: what its reviews would give."""
    own, place, rules = scores.qualities.get(found.where.unit), _place(found, scores), scores.rules
    if own is None or place is None or FileState.INELIGIBLE in files.left_out(rules):
        return None
    if place.expert is None or place.cross is None:
        return None
    if own.zero_reason:
        return Fraction(0)
    return files.quality([files.score(place.expert, place.cross, rules)], own.divisor, rules)


def _quality_zero(found: Finding, scores: Scores) -> Fraction | None:
    """B1.5: the points of the files, if this alone makes them 0 and all are reviewed."""
    own, unit = scores.dossiers.get(found.where.unit), scores.roster.find(found.where.unit)
    if own is None or unit is None:
        return None
    held = scores.holding[unit.name].names if unit.name in scores.holding else ()
    places = [*own.files, *(f for name in held for f in scores.dossiers[name].files)]
    unreviewed = any(f.state is FileState.COUNTED and None in (f.expert, f.cross) for f in places)
    if unreviewed or sum(f.forged for f in places) + bool(own.correction) != 1:
        return None
    return files.quality([f.score(scores.rules) for f in places], scores.qualities[unit.name].divisor, scores.rules)


def _no_key_enterprises(found: Finding, scores: Scores) -> Fraction | None:
    """B2.1: all three sub-indicators are 0."""
    own = scores.case_points.get(found.where.unit)
    return None if own is None or own.figures.zero_reason else _full_of_cases(scores)


def _full_of_cases(scores: Scores) -> Fraction:
    return sum((scores.rules.exact(rule.full) for rule in SUB_INDICATORS.values()), Fraction(0))


def _no_total(found: Finding, scores: Scores) -> Fraction | None:
    """B2.2: each unit's sub-indicator of that total, or all three."""
    key = found.about.field if found.about else ""
    if key == KEY_ENTERPRISES:
        return _full_of_cases(scores)
    return next((scores.rules.exact(rule.full) for rule in SUB_INDICATORS.values() if rule.total == key), None)


def _unlisted(found: Finding, scores: Scores) -> Fraction | None:
    """B2.9: what the cases would give."""
    own = scores.case_points.get(found.where.unit)
    if own is None or not unpublished_left_out(scores.rules):
        return None
    return case_points(replace(own.figures, zero_reason=""), scores.totals, scores.rules).points


def _no_votes(found: Finding, scores: Scores) -> Fraction | None:
    """B3: what 0 votes leave of the full mark."""
    own = scores.satisfaction.get(found.where.unit)
    return None if own is None else scores.rules.exact(SATISFACTION.full) - own.points


def _no_officer_votes(found: Finding, scores: Scores) -> Fraction | None:
    name = found.words.get("name")
    own = next((s for s in scores.officers if (s.officer.unit, s.officer.name) == (found.where.unit, name)), None)
    return None if own is None else scores.rules.exact(OFFICER_VOTES.full) - own.points.votes


def _deeds_unreviewed(found: Finding, scores: Scores) -> Fraction | None:
    """C4."""
    return scores.rules.exact(deeds.FULL) if not found.times else None


_POINTS: Final[Mapping[Kind, Callable[[Finding, Scores], Fraction | None]]] = {
    c.REVIEW_MISSING: _review_missing,
    c.FILE_MISSING: _file_missing,
    c.FILE_INELIGIBLE: _file_ineligible,
    c.FORGED: _quality_zero,
    c.CORRECTED: _quality_zero,
    c.NO_KEY_ENTERPRISES: _no_key_enterprises,
    c.NO_TOTAL: _no_total,
    c.LIST_UNPUBLISHED: _unlisted,
    c.NO_VOTES: _no_votes,
    c.NO_OFFICER_VOTES: _no_officer_votes,
    c.DEEDS_UNREVIEWED: _deeds_unreviewed,
}
