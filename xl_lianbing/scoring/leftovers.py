"""The bureau's inputs against the returns: rows that met nothing, rows that are absent, rows that stand there twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from xl_lianbing.findings import Finding, Where, finding
from xl_lianbing.findings import scoring as c
from xl_lianbing.glossary import Pollutant, VoteTarget
from xl_lianbing.records.inputs import AirPoint, DeedsReview, IntegrityReport, Review, Vote, WaterSection
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.records.lines import BureauInputs, UnitReturn
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.files import Dossier
from xl_lianbing.scoring.roster import Roster

MASTER = "总表.xlsm"


def leftover_findings(
    inputs: BureauInputs, returns: Mapping[str, UnitReturn], dossiers: Mapping[str, Dossier], rules: Ruleset
) -> list[Finding]:
    """Reviews of unknown files (B1.3), forged files outside the dossiers (B1.5), scores of unknown persons (C);

    what is absent though the rules ask for it, and what stands there twice.
    """
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
    return [*found.values(), *_absent(inputs, returns, rules), *_twice(inputs)]


def _absent(inputs: BureauInputs, returns: Mapping[str, UnitReturn], rules: Ruleset) -> Iterator[Finding]:
    """What nobody typed although others have it: votes of candidates (C3), air and water of the veto (B4)."""
    voted = {(name_key(v.unit or ""), name_key(v.name or "")) for v in inputs.votes if v.target is VoteTarget.OFFICER}
    if voted:  # nobody has any: said once, with the points
        for returned in returns.values():
            for name in dict.fromkeys(line.record.name for line in returned.candidates if line.record.name):
                if (name_key(returned.unit), name_key(name)) not in voted:
                    yield finding(c.NO_OFFICER_VOTES, Where(MASTER, Vote.sheet, unit=returned.unit), name, name=name)
    roster = Roster.of(inputs.roster)
    if rules.has("air_veto"):
        for city in roster.cities:
            inside = {unit.key for unit in roster.territory(city)}
            known = {a.pollutant for a in inputs.air if name_key(a.unit or "") in inside}
            if lacking := [str(p) for p in Pollutant if p not in known]:
                where = Where(MASTER, AirPoint.sheet, unit=city.name)
                yield finding(c.NO_AIR, where, "", pollutants="、".join(lacking))
    if rules.has("water_veto") and not inputs.water and roster.units:
        yield finding(c.NO_WATER, Where(MASTER, WaterSection.sheet))


def _twice(inputs: BureauInputs) -> Iterator[Finding]:
    """Rows of the bureau that look pasted twice: they count, and are pointed out."""
    reviews = Counter(
        (name_key(r.unit or ""), document_key(r.document_number or ""), r.kind, name_key(r.reviewer))
        for r in inputs.reviews
        if r.reviewer
    )
    told: set[tuple[object, ...]] = set()
    for r in inputs.reviews:
        place = (name_key(r.unit or ""), document_key(r.document_number or ""), r.kind, name_key(r.reviewer or ""))
        if reviews[place] > 1 and place not in told:
            told.add(place)
            words = {"reviewer": r.reviewer, "number": r.document_number, "kind": r.kind, "count": reviews[place]}
            yield finding(c.REVIEWED_TWICE, Where(MASTER, Review.sheet, unit=r.unit or ""), r.document_number, **words)
    ballots: dict[tuple[object, ...], list[Vote]] = defaultdict(list)
    for v in inputs.votes:
        person = name_key(v.name or "") if v.target is VoteTarget.OFFICER else ""
        ballots[v.target, name_key(v.unit or ""), person].append(v)
    for (target, *_), rows in ballots.items():
        if len(rows) > 1:
            unit, name = rows[0].unit or "", rows[0].name or ""
            words = {"what": name if target is VoteTarget.OFFICER else unit, "count": len(rows)}
            total = sum(v.votes or 0 for v in rows)
            yield finding(c.VOTES_ADDED, Where(MASTER, Vote.sheet, unit=unit), total, votes=total, **words)
    places: Counter[tuple[str, str, str]] = Counter()
    for a in inputs.air:
        places[AirPoint.sheet, a.unit or "", f"点位“{a.point or ''}”的{a.pollutant}"] += 1
    for w in inputs.water:
        places[WaterSection.sheet, w.unit or "", f"断面“{w.section or ''}”"] += 1
    for (tab, unit, what), count in places.items():
        if count > 1:
            yield finding(c.MEASURED_TWICE, Where(MASTER, tab, unit=unit), what, what=what, count=count, tab=tab)
