"""The derivation of a candidate's points (C1–C5)."""

from __future__ import annotations

from collections.abc import Sequence

from xl_lianbing.exact import Fraction, in_full
from xl_lianbing.explain.basis import basis, parts, rule_inputs
from xl_lianbing.explain.derivation import Explanation, Input, LeftOut, Step, added
from xl_lianbing.explain.places import Places, place
from xl_lianbing.explain.standing import officer_standing
from xl_lianbing.glossary import VoteTarget
from xl_lianbing.records.inputs import DeedsReview, Review, Vote
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.records.returns import Candidate, OfficerCase
from xl_lianbing.rules import deeds, files
from xl_lianbing.rules.loss import OFFICER_CASES, OFFICER_VOTES, Loss, gap_percent
from xl_lianbing.rules.readings import GapRounding, Reading, codes
from xl_lianbing.scoring.officers import Most, OfficerScore, most_of


def explain_officer(places: Places, score: OfficerScore) -> Explanation:
    """Everything behind one row of 先进个人得分."""
    steps = [_cases(places, score), _file(places, score), _votes(places, score), _deeds(places, score)]
    officer, points = score.officer, score.points
    terms = (points.cases, points.file, points.votes, points.deeds)
    formula = f"办案+案卷+投票+事迹={added(terms)}={in_full(points.total)}"
    if officer.vetoes:
        where = places.computed.collected.returns[officer.unit].where(Candidate, "name", officer.row)
        cited = parts(places.computed.master.rules, indicator="officer.integrity")
        told = "；".join(officer.vetoes)
        steps.append(
            Step("C1 C5", "一票否决", basis(*cited), told, None, [Input("候选人", officer.name, place(where))])
        )
    steps.append(Step("C", "总分", (), formula, points.total))
    standing = officer_standing(places.computed.scores, score)
    return Explanation(
        f"{officer.name}（{officer.unit}）", points.total, score.rank, str(score.selection), steps, standing, False
    )


def _cases(places: Places, score: OfficerScore) -> Step:
    computed, officer = places.computed, score.officer
    returned = computed.collected.returns[officer.unit]
    mine = [c for c in returned.officer_cases if name_key(c.name) == officer.key[1]]
    reasons = computed.scores.reasons[officer.unit].get(OfficerCase.sheet, {})
    spots = {c.row: place(returned.where(OfficerCase, "decision_number", c.row)) for c in mine}
    counted = [Input("计入案件", c.decision_number, spots[c.row]) for c in mine if c.row not in reasons]
    left = [LeftOut(c.decision_number, str(reasons[c.row]), spots[c.row]) for c in mine if c.row in reasons]
    formula = _loss(places, OFFICER_CASES, officer.cases, _most(places).cases, "件")
    rule = OFFICER_CASES
    return _step(
        places, "C2", "办案数", "officer.cases", formula, score.points.cases, counted, rule.keys, rule.switches, left
    )


def _votes(places: Places, score: OfficerScore) -> Step:
    officer = score.officer
    found = [
        Input("票数", str(row.record.votes), places.in_tab(Vote, row, "votes"))
        for row in places.tab(Vote)
        if row.record.target == VoteTarget.OFFICER and _person(row.record) == officer.key
    ]
    formula, rule = _loss(places, OFFICER_VOTES, officer.votes, _most(places).votes, "票"), OFFICER_VOTES
    points = score.points.votes
    return _step(places, "C3", "案件调查情况投票", "officer.votes", formula, points, found, rule.keys, rule.switches)


def _most(places: Places) -> Most:
    return most_of(s.officer for s in places.computed.scores.officers)


def _loss(places: Places, rule: Loss, own: int, most: int, counted: str) -> str:
    rules = places.computed.master.rules
    if not most:
        return f"候选人都是0{counted}，0分"
    gap = in_full(gap_percent(Fraction(own), Fraction(most)))
    how = rule.told(own, most, rules)
    return f"{own}{counted}，比最多的{most}{counted}低{gap}%（{rules.reading(GapRounding)}）；{how}"


def _file(places: Places, score: OfficerScore) -> Step:
    officer, rules = score.officer, places.computed.master.rules
    returned = places.computed.collected.returns[officer.unit]
    line = next(x for x in returned.candidates if x.row == officer.row)
    number = line.record.file_number or ""
    found = [Input("参评案卷文号", number or "（未填）", place(returned.where(Candidate, "file_number", officer.row)))]
    found += [
        Input(
            f"{row.record.kind}评审",
            _noted(str(row.record.points), row.record.note),
            places.in_tab(Review, row, "points"),
        )
        for row in places.tab(Review)
        if number
        and name_key(row.record.unit or "") == officer.key[0]
        and document_key(row.record.document_number or "") == document_key(number)
    ]
    formula = files.officers_file_told(officer.expert, officer.cross, rules)
    keys = (files.OFFICER_FILE, files.REVIEW_FULL, files.WEIGHT)
    points = score.points.file
    return _step(places, "C3", "案卷", "officer.file", formula, points, found, keys, files.OFFICERS_SWITCHES)


def _deeds(places: Places, score: OfficerScore) -> Step:
    officer, rules = score.officer, places.computed.master.rules
    fields = ("quality", "ability", "attitude", "results")
    found = [
        Input(
            f"评审人{row.record.reviewer or ''}",
            _noted("+".join(str(getattr(row.record, f)) for f in fields), row.record.note),
            places.in_tab(DeedsReview, row, fields[0]),
        )
        for row in places.tab(DeedsReview)
        if _person(row.record) == officer.key
    ]
    formula = deeds.told(officer.deeds, rules)
    keys = (deeds.FULL, deeds.ITEM_FULL)
    return _step(places, "C4", "个人事迹", "officer.deeds", formula, score.points.deeds, found, keys)


def _noted(points: str, note: str | None) -> str:
    """The points with what the reviewer wrote beside them."""
    return f"{points}（{note}）" if note else points


def _person(record: Vote | DeedsReview) -> tuple[str, str]:
    return name_key(record.unit or ""), name_key(record.name or "")


def _step(
    places: Places,
    rule: str,
    title: str,
    indicator: str,
    formula: str,
    value: Fraction,
    inputs: list[Input],
    keys: tuple[str, ...],
    switches: tuple[type[Reading], ...] = (),
    left_out: Sequence[LeftOut] = (),
) -> Step:
    """`keys` and `switches`: what the rule reads of 规则."""
    rules = places.computed.master.rules
    acting = [code for code in codes(*switches) if rules.pack.switch(code).applies]
    told = [*inputs, *rule_inputs(places, keys=keys, switches=acting)]
    cited = basis(*parts(rules, keys=keys, switches=acting, indicator=indicator))
    return Step(rule, title, cited, formula, value, told, left_out)
