"""The bureau's inputs against the returns: rows that met nothing, rows that are absent, rows that stand there twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from xl_lianbing.findings import About, Finding, finding
from xl_lianbing.findings import scoring as c
from xl_lianbing.glossary import Pollutant, VoteTarget
from xl_lianbing.records.column import Record
from xl_lianbing.records.inputs import AirPoint, DeedsReview, IntegrityReport, Review, Vote, WaterSection
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.records.lines import BureauInputs, UnitReturn, in_tab
from xl_lianbing.records.near import meant
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.files import Dossier
from xl_lianbing.scoring.roster import Roster


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
    return [
        *_reviews(inputs, returns, entered, listed | own_files),
        *_persons(inputs, returns, people),
        *_absent(inputs, returns, rules),
        *_twice(inputs),
    ]


_Place = tuple[str, str]
_OfPerson = Vote | DeedsReview | IntegrityReport


def _reviews(
    inputs: BureauInputs, returns: Mapping[str, UnitReturn], entered: Collection[_Place], known: Collection[_Place]
) -> Iterator[Finding]:
    """Reviews of files that do not take part. Those of a unit without a return are not told row by row: one finding
    says already that the return is missing (R22)."""
    rows: dict[_Place, list[Review]] = defaultdict(list)
    for review in inputs.reviews:
        rows[name_key(review.unit or ""), document_key(review.document_number or "")].append(review)
    for place, reviews in rows.items():
        unit, number = reviews[0].unit or "", reviews[0].document_number or ""
        where, about = in_tab(Review, unit), About(tuple(reviews), "document_number")
        if place in inputs.forged and place not in entered:
            yield finding(c.FORGED_ELSEWHERE, where, number, about, number=number)
        elif place not in known and unit in returns:
            yield finding(c.REVIEW_OF_NOTHING, where, number, about, number=number)


def _persons(inputs: BureauInputs, returns: Mapping[str, UnitReturn], people: Collection[_Place]) -> Iterator[Finding]:
    """Rows about persons who are no candidates; of a unit without a return: as above."""
    rows: dict[tuple[str, _Place], list[_OfPerson]] = defaultdict(list)
    named: list[_OfPerson] = [v for v in inputs.votes if v.target is VoteTarget.OFFICER]
    for row in (*named, *inputs.deeds, *inputs.integrity):
        rows[row.sheet, (name_key(row.unit or ""), name_key(row.name or ""))].append(row)
    for (tab, place), found in rows.items():
        unit, person = found[0].unit or "", found[0].name
        if place not in people and unit in returns:
            own = (line.record.name for line in returns[unit].candidates)
            words = {"name": person or "（空）", "tab": tab, "meant": meant(person, own)}
            yield finding(c.PERSON_UNKNOWN, in_tab(type(found[0]), unit), person, About(tuple(found), "name"), **words)


def _absent(inputs: BureauInputs, returns: Mapping[str, UnitReturn], rules: Ruleset) -> Iterator[Finding]:
    """What nobody typed although others have it: votes of candidates (C3), air and water of the veto (B4)."""
    voted = {(name_key(v.unit or ""), name_key(v.name or "")) for v in inputs.votes if v.target is VoteTarget.OFFICER}
    if voted:  # nobody has any: said once, with the points
        for returned in returns.values():
            for name in dict.fromkeys(line.record.name for line in returned.candidates if line.record.name):
                if (name_key(returned.unit), name_key(name)) not in voted:
                    yield finding(c.NO_OFFICER_VOTES, in_tab(Vote, returned.unit), name, name=name)
    roster = Roster.of(inputs.roster)
    if rules.has("air_veto"):
        for city in roster.cities:
            inside = {unit.key for unit in roster.territory(city)}
            known = {a.pollutant for a in inputs.air if name_key(a.unit or "") in inside}
            if lacking := [str(p) for p in Pollutant if p not in known]:
                yield finding(c.NO_AIR, in_tab(AirPoint, city.name), pollutants="、".join(lacking))
    if rules.has("water_veto") and not inputs.water and roster.units:
        yield finding(c.NO_WATER, in_tab(WaterSection))


def _twice(inputs: BureauInputs) -> Iterator[Finding]:
    """Rows of the bureau that look pasted twice: they count, and are pointed out."""
    reviews: dict[tuple[object, ...], list[Review]] = defaultdict(list)
    for r in inputs.reviews:
        if r.reviewer:
            place = (name_key(r.unit or ""), document_key(r.document_number or ""), r.kind, name_key(r.reviewer))
            reviews[place].append(r)
    for same in reviews.values():
        if len(same) > 1:
            r, about = same[0], About(tuple(same), "document_number")
            words = {"reviewer": r.reviewer, "number": r.document_number, "kind": r.kind, "count": len(same)}
            where = in_tab(Review, r.unit or "")
            yield finding(c.REVIEWED_TWICE, where, r.document_number, about, **words)
    ballots: dict[tuple[object, ...], list[Vote]] = defaultdict(list)
    for v in inputs.votes:
        person = name_key(v.name or "") if v.target is VoteTarget.OFFICER else ""
        ballots[v.target, name_key(v.unit or ""), person].append(v)
    for (target, *_), cast in ballots.items():
        if len(cast) > 1:
            unit, name = cast[0].unit or "", cast[0].name or ""
            total = sum(v.votes or 0 for v in cast)
            words = {"what": name if target is VoteTarget.OFFICER else unit, "count": len(cast), "votes": total}
            yield finding(c.VOTES_ADDED, in_tab(Vote, unit), total, About(tuple(cast), "unit"), **words)
    measured: dict[tuple[type[Record], str, str], list[AirPoint | WaterSection]] = defaultdict(list)
    for a in inputs.air:
        measured[AirPoint, a.unit or "", f"点位“{a.point or ''}”的{a.pollutant}"].append(a)
    for w in inputs.water:
        measured[WaterSection, w.unit or "", f"断面“{w.section or ''}”"].append(w)
    for (record, unit, what), rows in measured.items():
        if len(rows) > 1:
            words = {"what": what, "count": len(rows), "tab": record.sheet}
            yield finding(c.MEASURED_TWICE, in_tab(record, unit), what, About(tuple(rows), "unit"), **words)
