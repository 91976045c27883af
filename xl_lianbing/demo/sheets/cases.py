"""处罚案件, 重大案件 and 行政复议 of a unit (演示数据)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from xl_lianbing.demo.made_up import names
from xl_lianbing.demo.made_up.causes import CAUSES, WEIGHTS
from xl_lianbing.demo.made_up.fines import fine_amounts
from xl_lianbing.demo.plan import Draft, UnitPlan, day_of, workday
from xl_lianbing.demo.profiles import BASE_CASES, BASE_KEY_ENTERPRISES, MEAN_FINE
from xl_lianbing.glossary import MajorKind, PenaltyKind, ReconsiderationResult, ViolationType, YesNo

_NATURAL_PERSON_SHARE = 0.02
_DISTINCT_COMPANIES = 0.9
_TOGETHER_SHARE = 0.02
_DAILY_MARK = "连罚"

#: How the document of each kind of major case is called in its number, and how frequent the kind is.
MAJOR_MARKS: dict[MajorKind, tuple[str, int]] = {
    MajorKind.SEIZURE: ("查扣", 40),
    MajorKind.PRODUCTION_RESTRICTION: ("限停", 25),
    MajorKind.DAILY_PENALTY: (_DAILY_MARK, 10),
    MajorKind.CRIMINAL_TRANSFER: ("移犯", 8),
    MajorKind.DETENTION_TRANSFER: ("移拘", 17),
}


def penalty_cases(plan: UnitPlan, daily_amounts: Decimal) -> list[Draft]:
    """The rows in the order of their decisions. `daily_amounts` (万元) stand in 重大案件 and count as fines (L7)."""
    chance = plan.chance("处罚案件")
    shared = plan.shared_chance("处罚案件")
    fined = plan.cases - shared.randint(0, max(1, plan.cases // 40))
    share_of_fines = Decimal(repr(plan.scale * plan.profile.fines_ratio * BASE_CASES / BASE_KEY_ENTERPRISES))
    target = max(MEAN_FINE * share_of_fines * plan.profile.key_enterprises - daily_amounts, Decimal(fined) / 2)
    amounts: list[Decimal | None] = [*fine_amounts(fined, target, shared)]
    amounts += [None] * (plan.cases - fined)
    chance.shuffle(amounts)
    days = sorted(_decision_day(plan, chance) for _ in amounts)
    parties = max(1, int(plan.cases * _DISTINCT_COMPANIES))
    first = plan.first_number()
    return [
        _penalty_case(plan, chance, row, first + row, amount, day, chance.randrange(parties))
        for row, (amount, day) in enumerate(zip(amounts, days, strict=True))
    ]


def _decision_day(plan: UnitPlan, chance: random.Random) -> date:
    start = plan.window("decisions").start
    span = (plan.last_decision - start).days
    return workday(start + timedelta(days=chance.randint(0, span)), not_before=start)


def _violation(plan: UnitPlan, party: int) -> ViolationType:
    """Always the same for one company: its name tells its trade."""
    chance = plan.chance(f"企业{party}")
    return chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]


def _penalty_case(
    plan: UnitPlan, chance: random.Random, row: int, number: int, fine: Decimal | None, decided_on: date, party: int
) -> Draft:
    violation = _violation(plan, party)
    decision_number = names.document_number(plan.unit, "罚", plan.pack.year, number)
    person = chance.random() < _NATURAL_PERSON_SHARE
    trade = names.TRADES[violation][party % len(names.TRADES[violation])]
    entered_on = decided_on + timedelta(days=chance.randint(0, 6))
    closed_on: date | None = workday(decided_on + timedelta(days=chance.randint(18, 75)))
    if closed_on and closed_on + timedelta(days=6) > plan.returned_on:
        closed_on = None
    lead, support = _two_officers(plan, chance)
    penalty = PenaltyKind.FINE if fine is not None else chance.choice((PenaltyKind.WARNING, PenaltyKind.SUSPENSION))
    return {
        "number": row + 1,
        "decision_number": decision_number,
        "party": (names.person_party(plan.index, party + 1) if person else names.company(trade, plan.index, party + 1)),
        "credit_code": None if person else names.credit_code(plan.division_code, plan.index, party + 1),
        "violation": str(violation),
        "cause": chance.choice(CAUSES[violation]),
        "penalty": str(penalty),
        "fine": fine,
        "filed_case_on": workday(decided_on - timedelta(days=chance.randint(25, 80))),
        "decided_on": decided_on,
        "closed_on": closed_on,
        "in_system": str(YesNo.YES),
        "entered_on": entered_on,
        "closing_entered_on": closed_on + timedelta(days=chance.randint(0, 6)) if closed_on else None,
        "published": str(YesNo.YES),
        "published_on": decided_on + timedelta(days=chance.randint(1, 7)),
        "published_at": f"http://www.example.com/penalties/{plan.pack.year}/{plan.index:03d}/{number}.html",
        "mobile_platform": str(YesNo.NO if chance.random() < 0.05 else YesNo.YES),
        "scan": f"{decision_number}.pdf",
        "lead_officers": lead,
        "support_officers": support,
        "remark": names.DEMO if row == 0 or chance.random() < 0.03 else None,
    }


def _two_officers(plan: UnitPlan, chance: random.Random) -> tuple[str, str]:
    """Two different officers; candidates take part more often, in some units much more, and seldom together."""
    busy = 4 + plan.index % 4
    weights = [max(1, busy + 1 - number) if name in plan.candidates else 2 for number, name in enumerate(plan.officers)]
    lead = chance.choices(plan.officers, weights)[0]
    together = chance.random() < _TOGETHER_SHARE
    while True:
        support = chance.choices(plan.officers, weights)[0]
        if support != lead and (together or not {lead, support} <= set(plan.candidates)):
            return lead, support


def major_kinds(plan: UnitPlan) -> list[tuple[MajorKind, Decimal | None]]:
    """Kinds and, of the daily penalties, amounts in 万元: every kind at least once."""
    shared = plan.shared_chance("重大案件")
    weights = [weight for _, weight in MAJOR_MARKS.values()]
    kinds = list(MAJOR_MARKS) + shared.choices(list(MAJOR_MARKS), weights, k=plan.majors - len(MAJOR_MARKS))
    return [(kind, _daily_amount(shared) if kind is MajorKind.DAILY_PENALTY else None) for kind in kinds]


def _daily_amount(chance: random.Random) -> Decimal:
    """So much a day for so many days."""
    return Decimal(chance.choice(("0.5", "1", "1.25", "2"))) * chance.randint(5, 15)


def major_cases(
    plan: UnitPlan, kinds: Sequence[tuple[MajorKind, Decimal | None]], cases: Sequence[Draft]
) -> list[Draft]:
    """Each belongs to a penalty case; one matter may give several."""
    chance = plan.chance("重大案件")
    window = plan.window("major")
    chosen = [(kind, amount, chance.choice(cases)) for kind, amount in kinds]
    dated = []
    for kind, amount, case in chosen:
        day = day_of(case, "decided_on") + timedelta(days=chance.randint(-15, 20))
        dated.append((min(max(day, window.start), plan.returned_on), kind, amount, case))
    dated.sort(key=lambda item: item[0])
    counters: dict[MajorKind, int] = {}
    drafts: list[Draft] = []
    for day, kind, amount, case in dated:
        counters[kind] = counters.get(kind, plan.first_number() - 1) + 1
        document = names.document_number(plan.unit, MAJOR_MARKS[kind][0], plan.pack.year, counters[kind])
        drafts.append(
            {
                "number": len(drafts) + 1,
                "kind": str(kind),
                "document_number": document,
                "party": case["party"],
                "decision_number": case["decision_number"],
                "dated": day,
                "amount": amount,
                "in_system": str(YesNo.YES),
                "scan": f"{document}.pdf",
                "remark": names.DEMO if not drafts else None,
            }
        )
    return drafts


def reconsiderations(plan: UnitPlan, cases: Sequence[Draft]) -> list[Draft]:
    """A few upheld, one pending; none corrects a penalty (see mistakes.py for the one that does)."""
    chance = plan.chance("行政复议")
    window = plan.window("reconsiderations")
    results = (ReconsiderationResult.UPHELD, ReconsiderationResult.PENDING, ReconsiderationResult.TERMINATED)
    early = [case for case in cases if day_of(case, "decided_on") <= plan.last_decision - timedelta(days=14)]
    chosen = chance.sample(early, min(len(early), len(results)))
    drafts: list[Draft] = []
    for case, result in zip(sorted(chosen, key=lambda case: day_of(case, "decided_on")), results, strict=False):
        applied_on = day_of(case, "decided_on") + timedelta(days=chance.randint(5, 10))
        decided_on = min(max(applied_on + timedelta(days=chance.randint(3, 45)), window.start), plan.returned_on)
        pending = result is ReconsiderationResult.PENDING
        number = names.document_number(plan.unit, "复决", plan.pack.year, len(drafts) + 1)
        drafts.append(
            {
                "number": len(drafts) + 1,
                "decision_number": case["decision_number"],
                "applied_on": applied_on,
                "document_number": None if pending else number,
                "decided_on": None if pending else decided_on,
                "result": str(result),
                "remark": names.DEMO,
            }
        )
    return drafts
