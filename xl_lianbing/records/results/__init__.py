"""What comes out: the result tabs of the master and their columns.

A tab is one declaration here (its words and looks: `tab.py`), one maker of blocks in report/, and its place in
`RESULT_TABS`.
"""

from __future__ import annotations

from xl_lianbing.records.results.duties import DISPATCH, PUBLICITY_DUTY, TASK_BOARD
from xl_lianbing.records.results.incoming import (
    CASE_FILES,
    CASES,
    FINDINGS,
    MAJOR_CASES,
    OFFICER_CASES,
    PUBLICITY,
    RECEIPTS,
    RECONSIDERATIONS,
    SUMMARIES,
    TASKS,
)
from xl_lianbing.records.results.points import CASE_POINTS, FILE_POINTS, SATISFACTION, part_header, tier_votes
from xl_lianbing.records.results.rankings import (
    COMPARED,
    MODEL_OFFICERS,
    MODEL_UNITS,
    OFFICER_POINTS,
    PUBLIC_NOTICE,
    RANKING,
    SELECTION,
)
from xl_lianbing.records.results.readings import READINGS, RUNS
from xl_lianbing.records.results.reviews import REVIEW_PROGRESS
from xl_lianbing.records.results.tab import Field, Grid, Look, Mark, ResultTab, Signal

HOME_TAB = "首页"
#: The derivation for one chosen unit, by formulas (after the tabs of the contract).
SCORE_PAGE = "得分说明"

#: The result tabs in their order (after 首页).
RESULT_TABS: tuple[ResultTab, ...] = (
    RECEIPTS,
    FINDINGS,
    RANKING,
    MODEL_UNITS,
    OFFICER_POINTS,
    MODEL_OFFICERS,
    PUBLIC_NOTICE,
    FILE_POINTS,
    CASE_POINTS,
    SATISFACTION,
    CASES,
    MAJOR_CASES,
    RECONSIDERATIONS,
    CASE_FILES,
    OFFICER_CASES,
    PUBLICITY,
    TASKS,
    DISPATCH,
    PUBLICITY_DUTY,
    TASK_BOARD,
    REVIEW_PROGRESS,
    READINGS,
    RUNS,
)

__all__ = [
    "CASES",
    "CASE_FILES",
    "CASE_POINTS",
    "COMPARED",
    "DISPATCH",
    "FILE_POINTS",
    "FINDINGS",
    "Field",
    "Grid",
    "HOME_TAB",
    "Look",
    "MAJOR_CASES",
    "MODEL_OFFICERS",
    "MODEL_UNITS",
    "Mark",
    "OFFICER_CASES",
    "OFFICER_POINTS",
    "PUBLICITY",
    "PUBLICITY_DUTY",
    "PUBLIC_NOTICE",
    "RANKING",
    "READINGS",
    "RECEIPTS",
    "RECONSIDERATIONS",
    "RESULT_TABS",
    "REVIEW_PROGRESS",
    "RUNS",
    "ResultTab",
    "SATISFACTION",
    "SCORE_PAGE",
    "SELECTION",
    "SUMMARIES",
    "Signal",
    "TASKS",
    "TASK_BOARD",
    "part_header",
    "tier_votes",
]
