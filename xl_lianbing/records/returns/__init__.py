"""The return (填报表): what a district fills in, one class a sheet."""

from __future__ import annotations

from xl_lianbing.records.column import Record
from xl_lianbing.records.returns.cases import CaseFile, MajorCase, PenaltyCase, Reconsideration
from xl_lianbing.records.returns.duties import Publicity, TaskProgress, Training
from xl_lianbing.records.returns.people import Candidate, OfficerCase
from xl_lianbing.records.returns.unit import UnitApplication, UnitInfo

INSTRUCTIONS_SHEET = "填报说明"
#: Put in front of a feedback copy; a unit hands the copy in again with it.
FEEDBACK_SHEET = "校核反馈"

#: The sheets of a return in their order (after 填报说明).
RETURN_SHEETS: tuple[type[Record], ...] = (
    UnitInfo,
    PenaltyCase,
    MajorCase,
    Reconsideration,
    CaseFile,
    UnitApplication,
    Candidate,
    OfficerCase,
    Publicity,
    Training,
    TaskProgress,
)

__all__ = [
    "Candidate",
    "CaseFile",
    "FEEDBACK_SHEET",
    "INSTRUCTIONS_SHEET",
    "MajorCase",
    "OfficerCase",
    "PenaltyCase",
    "Publicity",
    "RETURN_SHEETS",
    "Reconsideration",
    "TaskProgress",
    "Training",
    "UnitApplication",
    "UnitInfo",
]
