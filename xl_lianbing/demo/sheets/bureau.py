"""What the bureau types into the master: reviews, votes, monitoring data, adjustments, totals (演示数据)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from xl_lianbing.demo.made_up.names import DEMO
from xl_lianbing.demo.plan import Draft, UnitDrafts, UnitPlan, day_of
from xl_lianbing.demo.profiles import BASE_CASES, BASE_KEY_ENTERPRISES, MAJORS_PER_KEY_ENTERPRISE, MEAN_FINE
from xl_lianbing.glossary import AdjustmentKind, Pollutant, ReviewKind, Tier, Verdict, VoteTarget, WaterClass, YesNo
from xl_lianbing.records.returns import Candidate, CaseFile, MajorCase, PenaltyCase

_MOST_VOTES = 18650
#: The province has so many times the key enterprises of the units that take part.
_PROVINCE_FACTOR = 12
_AIR_POINTS = 8
#: 2017: points by unit; the profiles that stand across the line get the same.
_ADJUSTMENTS: tuple[tuple[str, AdjustmentKind, str, str], ...] = (
    ("昆山市", AdjustmentKind.TAIHU, "2", "参加太湖流域联合交叉检查，获省通报表扬"),
    ("常熟市", AdjustmentKind.SUPERVISION, "1.5", "派员参加强化督查，表现突出"),
    ("吴江区", AdjustmentKind.TAIHU, "1.5", "参加太湖流域联合交叉检查，表现突出"),
    ("太仓市", AdjustmentKind.COMPLIANCE, "-3", "第一批行业评估录入未按期完成"),
    ("苏州工业园区", AdjustmentKind.COMPLIANCE, "3", "提前完成第二批排查"),
    ("苏州高新区", AdjustmentKind.COMPLIANCE, "-2", "第一批行业梳理未按期完成"),
    ("苏州市", AdjustmentKind.SUPERVISION, "3", "强化督查工作获省通报表扬"),
)


def system_cases(plan: UnitPlan, drafts: UnitDrafts) -> list[Draft]:
    """The unit's part of the export of the penalty case system: its decisions and its major cases."""
    chance = plan.chance("处罚系统数据")
    rows: list[Draft] = [
        {
            "decision_number": case["decision_number"],
            "fine": case["fine"],
            "decided_on": case["decided_on"],
            "entered_on": case["entered_on"],
            "unit": plan.unit,
        }
        for case in drafts[PenaltyCase]
    ]
    rows += [
        {
            "decision_number": major["document_number"],
            "fine": major["amount"],
            "decided_on": major["dated"],
            "entered_on": min(day_of(major, "dated") + timedelta(days=chance.randint(0, 6)), plan.returned_on),
            "unit": plan.unit,
        }
        for major in drafts[MajorCase]
    ]
    return rows


def reviews(plan: UnitPlan, drafts: UnitDrafts) -> list[Draft]:
    """Two experts and two peers a file, now and then one of each; also for the candidates' own files."""
    shared = plan.shared_chance("案卷评审")
    documents = list(dict.fromkeys(file["document_number"] for file in drafts[CaseFile]))
    reviewed = [(document, plan.profile.quality) for document in documents]
    reviewed += [
        (candidate["file_number"], plan.profile.quality + plan.chance("个人案卷").randint(-6, 6))
        for candidate in drafts[Candidate]
        if candidate["file_number"] not in documents
    ]
    kinds = (ReviewKind.CROSS, ReviewKind.EXPERT) if plan.profile.swapped_reviews else tuple(ReviewKind)
    reviewers = {ReviewKind.EXPERT: "演示专家", ReviewKind.CROSS: "演示互评员"}
    rows: list[Draft] = []
    for document, quality in reviewed:
        level = quality + shared.uniform(-3, 3)
        per_kind = 1 if shared.random() < 0.15 else 2
        for kind in kinds:
            for number in range(per_kind):
                rows.append(
                    {
                        "unit": plan.unit,
                        "document_number": document,
                        "kind": str(kind),
                        "reviewer": f"{reviewers[kind]}{(plan.index + number * 5) % 9 + 1:02d}",
                        "points": _half_points(level + shared.uniform(-4, 4), 100),
                        "forged": str(YesNo.NO),
                        "note": DEMO if not rows else None,
                    }
                )
    return rows


def _half_points(points: float, most: int) -> Decimal:
    return Decimal(min(2 * most, max(0, round(points * 2)))) / 2


def votes(plan: UnitPlan, drafts: UnitDrafts) -> list[Draft]:
    """Votes for the unit and for each of its candidates."""
    chance = plan.chance("公众投票")
    rows: list[Draft] = [
        {"target": str(VoteTarget.UNIT), "unit": plan.unit, "votes": round(_MOST_VOTES * plan.profile.vote_share)}
    ]
    for candidate in drafts[Candidate]:
        count = round(_MOST_VOTES * plan.profile.vote_share * chance.uniform(0.25, 0.6))
        rows.append({"target": str(VoteTarget.OFFICER), "unit": plan.unit, "name": candidate["name"], "votes": count})
    return rows


def air_points(plan: UnitPlan) -> list[Draft]:
    """The city's points: single ones rise, the mean falls (B4.1). County units are not judged on air."""
    if plan.tier is not Tier.CITY:
        return []
    chance = plan.chance("空气质量")
    rows: list[Draft] = []
    for pollutant, level in ((Pollutant.PM10, 78), (Pollutant.PM25, 46)):
        for number in range(_AIR_POINTS):
            last_year = level + chance.randint(-5, 5)
            change = 1 if number == 0 else -chance.randint(2, 5)
            rows.append(
                {
                    "unit": plan.unit,
                    "point": f"演示点位{number + 1:02d}",
                    "pollutant": str(pollutant),
                    "last_year": last_year,
                    "this_year": last_year + change,
                }
            )
    return rows


def water_sections(plan: UnitPlan) -> list[Draft]:
    """One to three sections a unit, the same class or a better one."""
    chance = plan.chance("水质断面")
    classes = list(WaterClass)
    rows: list[Draft] = []
    for number in range(chance.randint(1, 3)):
        last_year = chance.randint(1, 3)
        rows.append(
            {
                "unit": plan.unit,
                "section": f"演示断面{plan.index:02d}-{number + 1}",
                "last_year": str(classes[last_year]),
                "this_year": str(classes[last_year - (chance.random() < 0.3)]),
                "complete": str(YesNo.YES),
            }
        )
    return rows


def adjustments(plans: Sequence[UnitPlan]) -> list[Draft]:
    """Bonus and deduction of the year, if it has them (B9)."""
    if not plans or not plans[0].pack.has("adjustments"):
        return []
    present = {plan.unit for plan in plans}
    year = plans[0].pack.year
    listed = [entry for entry in _ADJUSTMENTS if entry[0] in present]
    return [
        {
            "unit": unit,
            "kind": str(kind),
            "points": Decimal(points),
            "reason": f"{reason}（{DEMO}）",
            "document": f"演示通报〔{year}〕{number}号",
        }
        for number, (unit, kind, points, reason) in enumerate(listed, 1)
    ]


def deeds_reviews(plan: UnitPlan, drafts: UnitDrafts) -> list[Draft]:
    """Three reviewers a candidate, four marks each (C4)."""
    rows: list[Draft] = []
    for candidate in drafts[Candidate]:
        chance: random.Random = plan.chance(f"事迹评审{candidate['name']}")
        level = chance.uniform(18.5, 23)
        for number in range(3):
            marks = [_half_points(level + chance.uniform(-1.5, 1.5), 25) for _ in range(4)]
            rows.append(
                {"unit": plan.unit, "name": candidate["name"], "reviewer": f"演示评委{number + 1:02d}"}
                | dict(zip(("quality", "ability", "attitude", "results"), marks, strict=True))
            )
    return rows


def integrity_reports(plan: UnitPlan, drafts: UnitDrafts) -> list[Draft]:
    """A report that proved wrong, for the city's first candidate."""
    if plan.tier is not Tier.CITY or not drafts[Candidate]:
        return []
    name = drafts[Candidate][0]["name"]
    lead = f"来电反映执法不公（{DEMO}）"
    return [{"unit": plan.unit, "name": name, "lead": lead, "verdict": str(Verdict.FALSE)}]


def province_totals(plans: Sequence[UnitPlan]) -> dict[str, Decimal]:
    """The four totals that the bureau types into 规则; fines in 万元 (B2.2)."""
    if not plans:
        return {}
    enterprises = Decimal(_PROVINCE_FACTOR * sum(plan.profile.key_enterprises for plan in plans))
    scale = Decimal(repr(plans[0].scale))
    cases = (enterprises * scale * BASE_CASES / BASE_KEY_ENTERPRISES).quantize(Decimal(1))
    major = (enterprises * MAJORS_PER_KEY_ENTERPRISE * max(Decimal(1), scale)).quantize(Decimal(1))
    return {
        "total.cases": cases,
        "total.fines": (cases * MEAN_FINE).quantize(Decimal("0.01")),
        "total.major": major,
        "total.key_enterprises": enterprises,
    }
