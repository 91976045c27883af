"""Rows of the bureau's inputs that met nothing: said, so that nothing typed is lost in silence."""

from __future__ import annotations

from collections.abc import Mapping

from xl_lianbing.findings import Finding, Where, finding
from xl_lianbing.glossary import VoteTarget
from xl_lianbing.records.inputs import DeedsReview, IntegrityReport, Review, Vote
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.records.lines import BureauInputs, UnitReturn
from xl_lianbing.scoring import catalogue as c
from xl_lianbing.scoring.case_files import Dossier

MASTER = "总表.xlsm"


def leftover_findings(
    inputs: BureauInputs, returns: Mapping[str, UnitReturn], dossiers: Mapping[str, Dossier]
) -> list[Finding]:
    """Reviews of unknown files (B1.3), forged files outside the dossiers (B1.5), scores of unknown persons (C)."""
    entered = {(name_key(u), document_key(f.number)) for u, d in dossiers.items() for f in d.files if f.number}
    listed = {
        (name_key(r.unit), document_key(line.record.document_number or ""))
        for r in returns.values()
        for line in r.case_files
    }
    own_files = {
        (name_key(r.unit), document_key(line.record.file_number or ""))
        for r in returns.values()
        for line in r.candidates
    }
    people = {(name_key(r.unit), name_key(line.record.name or "")) for r in returns.values() for line in r.candidates}
    found: dict[tuple[str, ...], Finding] = {}
    for review in inputs.reviews:
        unit, number = review.unit or "", review.document_number or ""
        place = (name_key(unit), document_key(number))
        where = Where(MASTER, Review.sheet, unit=unit)
        if place in inputs.forged and place not in entered:
            found.setdefault(("forged", *place), finding(c.FORGED_ELSEWHERE, where, number, number=number))
        elif place not in listed | own_files:
            found.setdefault(("review", *place), finding(c.REVIEW_OF_NOTHING, where, number, number=number))
    named = [(Vote.sheet, v.unit, v.name) for v in inputs.votes if v.target is VoteTarget.OFFICER]
    named += [(DeedsReview.sheet, d.unit, d.name) for d in inputs.deeds]
    named += [(IntegrityReport.sheet, i.unit, i.name) for i in inputs.integrity]
    for sheet, unit_name, person in named:
        place = (name_key(unit_name or ""), name_key(person or ""))
        if place not in people:
            where = Where(MASTER, sheet, unit=unit_name or "")
            found.setdefault(
                (sheet, *place), finding(c.PERSON_UNKNOWN, where, person, name=person or "（空）", tab=sheet)
            )
    return list(found.values())
