"""A whole return of one unit, all sheets filled and without mistakes (演示数据)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from xl_lianbing.demo.made_up import names, texts
from xl_lianbing.demo.plan import Draft, UnitDrafts, UnitPlan, workday
from xl_lianbing.demo.sheets.cases import major_cases, major_kinds, penalty_cases, reconsiderations
from xl_lianbing.demo.sheets.publicity import publicity, training
from xl_lianbing.glossary import FileKind, MajorKind, Progress, Role, Tier, YesNo
from xl_lianbing.records.returns import (
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

#: Which major cases give a file, and the document marks of the files that are not among them.
_FROM_MAJORS: dict[FileKind, MajorKind] = {
    FileKind.DAILY_PENALTY: MajorKind.DAILY_PENALTY,
    FileKind.DETENTION_TRANSFER: MajorKind.DETENTION_TRANSFER,
    FileKind.CRIMINAL_TRANSFER: MajorKind.CRIMINAL_TRANSFER,
}
_OWN_MARKS: dict[FileKind, str] = {FileKind.COURT_ENFORCEMENT: "强执", FileKind.INTERNAL_AUDIT: "稽"}
_PENALTY_FILES = 3


def unit_drafts(plan: UnitPlan) -> UnitDrafts:
    """Every sheet of the unit's return."""
    kinds = major_kinds(plan)
    cases = penalty_cases(plan, sum((amount for _, amount in kinds if amount is not None), Decimal(0)))
    majors = major_cases(plan, kinds, cases)
    files = case_files(plan, cases, majors)
    officers = 15 + plan.profile.key_enterprises // 2
    return {
        UnitInfo: [unit_info(plan, officers)],
        PenaltyCase: cases,
        MajorCase: majors,
        Reconsideration: reconsiderations(plan, cases),
        CaseFile: files,
        UnitApplication: [application(plan, cases)],
        Candidate: candidates(plan, cases, files),
        OfficerCase: officer_cases(plan, cases),
        Publicity: publicity(plan),
        Training: training(plan, officers),
        TaskProgress: task_progress(plan),
    }


def unit_info(plan: UnitPlan, officers: int) -> Draft:
    chance = plan.chance("单位信息")
    year = plan.pack.year
    return {
        "unit": plan.unit,
        "tier": str(plan.tier),
        "year": year,
        "head": f"演示局长{plan.index:02d}",
        "liaison": plan.liaison,
        "phone": f"0512-{plan.index:08d}",
        "key_enterprises": plan.profile.key_enterprises,
        "list_published": str(YesNo.YES),
        "list_published_on": workday(date(year, 3, chance.randint(6, 28))),
        "list_scan": f"{plan.unit}重点单位名录.pdf",
        "officers": officers,
        "plan_number": names.document_number(plan.unit, "发", year, chance.randint(20, 90)),
        "plan_filed_on": plan.window("activity").start + timedelta(days=chance.randint(0, 4)),
        "report_file": f"{plan.unit}自评报告.docx",
        "report_filed_on": plan.returned_on - timedelta(days=chance.randint(0, 1)),
        "filled_on": plan.returned_on,
    }


def _took_part(case: Draft, name: str) -> bool:
    return name in (case["lead_officers"], case["support_officers"])


def case_files(plan: UnitPlan, cases: Sequence[Draft], majors: Sequence[Draft]) -> list[Draft]:
    """Exactly the seven (county) or eight (city) files of B1.1; the first is one of the first candidate's cases."""
    chance = plan.chance("参评案卷")
    own = [case for case in cases if _took_part(case, plan.candidates[0])] or list(cases)
    first = chance.choice(own)
    penalties = [first, *chance.sample([case for case in cases if case is not first], _PENALTY_FILES - 1)]
    chosen = [(FileKind.PENALTY, c["decision_number"], c["party"], c["decided_on"]) for c in penalties]
    for kind, major_kind in _FROM_MAJORS.items():
        major = next(major for major in majors if major["kind"] == major_kind)
        chosen.append((kind, major["document_number"], major["party"], major["dated"]))
    for kind, mark in _OWN_MARKS.items():
        if kind is FileKind.INTERNAL_AUDIT and plan.tier is not Tier.CITY:
            continue
        document = names.document_number(plan.unit, mark, plan.pack.year, plan.first_number())
        day = workday(plan.last_decision - timedelta(days=chance.randint(5, 30)))
        chosen.append((kind, document, chance.choice(cases)["party"], day))
    return [
        {
            "number": number,
            "kind": str(kind),
            "document_number": document,
            "name": f"{party}{kind}案卷",
            "dated": day,
            "mobile_platform": str(YesNo.YES),
            "pdf": f"案卷_{document}.pdf",
            "remark": names.DEMO if number == 1 else None,
        }
        for number, (kind, document, party, day) in enumerate(chosen, 1)
    ]


def application(plan: UnitPlan, cases: Sequence[Draft]) -> Draft:
    chance = plan.chance("先进集体")
    case = chance.choice(cases)
    return {
        "applies": str(YesNo.YES if plan.profile.applies else YesNo.NO),
        "deeds_file": f"{plan.unit}先进集体事迹材料.docx",
        "model_case": case["decision_number"],
        "model_case_story": texts.model_case(str(case["party"]), str(case["cause"]), chance),
    }


def candidates(plan: UnitPlan, cases: Sequence[Draft], files: Sequence[Draft]) -> list[Draft]:
    """The first puts up one of the unit's files, the others a case of their own (C3 lets them)."""
    drafts: list[Draft] = []
    in_files = {file["document_number"] for file in files}
    for position, name in enumerate(plan.candidates):
        chance = plan.chance(f"先进个人{position}")
        own = [case for case in cases if _took_part(case, name)] or list(cases)
        shown = [case for case in own if (case["decision_number"] in in_files) == (position == 0)] or own
        case = shown[0]
        role = Role.LEAD if case["lead_officers"] == name else Role.SUPPORT
        drafts.append(
            {
                "number": position + 1,
                "name": name,
                "post": chance.choice(("中队长", "副中队长", "科员", "副大队长")),
                "certificate": names.certificate(plan.index, position + 1),
                "certificate_expiry": date(plan.pack.year + chance.randint(1, 4), 12, 31),
                "file_number": case["decision_number"],
                "investigation": texts.investigation(str(case["party"]), str(role), chance),
                "deeds": texts.deeds(plan.unit, name, len(own), plan.pack.year, chance),
                "integrity_file": f"{name}廉洁证明.pdf",
                "remark": names.DEMO,
            }
        )
    return drafts


def officer_cases(plan: UnitPlan, cases: Sequence[Draft]) -> list[Draft]:
    """Every case of the unit that names a candidate as one of its officers."""
    drafts: list[Draft] = []
    for name in plan.candidates:
        for case in cases:
            if not _took_part(case, name):
                continue
            drafts.append(
                {
                    "number": len(drafts) + 1,
                    "name": name,
                    "decision_number": case["decision_number"],
                    "role": str(Role.LEAD if case["lead_officers"] == name else Role.SUPPORT),
                    "proof": f"{case['decision_number']}_{name}_现场笔录.pdf",
                }
            )
    return drafts


def task_progress(plan: UnitPlan) -> list[Draft]:
    """The tasks of the year's table: those due are done, those that run until later are under way."""
    chance = plan.chance("任务进展")
    drafts: list[Draft] = []
    for task in plan.pack.tasks:
        done = task.due is not None and task.due <= plan.returned_on
        later = task.due is not None and task.due > plan.window("activity").end
        done_on = task.due - timedelta(days=chance.randint(0, 2)) if task.due and done else None
        state = Progress.DONE if done else Progress.NOT_STARTED if later else Progress.RUNNING
        drafts.append({"code": task.code, "task": task.text, "state": str(state), "done_on": done_on})
    return drafts
