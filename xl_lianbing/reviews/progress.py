"""How far each reviewer is, and how severe beside the others on the same files (评审进度)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from xl_lianbing.errors import LianbingError
from xl_lianbing.exact import Fraction
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import ReviewState
from xl_lianbing.records.keys import name_key
from xl_lianbing.records.lines import BureauInputs
from xl_lianbing.records.results import REVIEW_PROGRESS as TAB
from xl_lianbing.report.blocks import Block, note, table
from xl_lianbing.reviews.arrangement import THIRD, Arrangement, load_arrangement, meaning_key, rows_given


@dataclass(frozen=True, slots=True)
class Progress:
    """One reviewer. `mean` of the points of files; `apart`: its mean difference from the others on the same files."""

    reviewer: str
    kind: str
    due: int
    done: int
    mean: Fraction | None
    apart: Fraction | None
    note: str

    @property
    def state(self) -> ReviewState:
        if not self.done:
            return ReviewState.NONE
        return ReviewState.DONE if self.done >= self.due else ReviewState.SOME


def progress(made: Arrangement | None, inputs: BureauInputs) -> list[Progress]:
    """A line a reviewer who was given anything, or whose reviews stand in the master."""
    names: dict[str, str] = {}
    kinds: dict[str, str] = {}
    due: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    done: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    codes: dict[tuple[str, ...], str] = {}
    thirds: dict[str, int] = defaultdict(int)
    for given, meaning in rows_given(made) if made is not None else ():
        key = name_key(given.reviewer)
        names.setdefault(key, given.reviewer)
        kinds.setdefault(key, str(given.kind))
        due[key].add(meaning_key(*meaning))
        codes[meaning_key(*meaning)] = given.code
        thirds[key] += given.turn == THIRD
    points: dict[tuple[str, ...], list[tuple[str, Fraction]]] = defaultdict(list)
    for review in inputs.reviews:
        if review.reviewer and review.unit and review.document_number and review.points is not None:
            key, what = name_key(review.reviewer), meaning_key(review.unit, review.document_number, "")
            names.setdefault(key, review.reviewer)
            kinds.setdefault(key, str(review.kind or ""))
            done[key].add(what)
            points[what].append((key, Fraction(review.points)))
    for deeds in inputs.deeds:
        if deeds.reviewer and deeds.unit and deeds.name:
            key = name_key(deeds.reviewer)
            names.setdefault(key, deeds.reviewer)
            done[key].add(meaning_key(deeds.unit, "", deeds.name))
    own: dict[str, list[Fraction]] = defaultdict(list)
    gaps: dict[str, list[Fraction]] = defaultdict(list)
    for several in points.values():
        total = sum((p for _, p in several), Fraction(0))
        for key, given_points in several:
            own[key].append(given_points)
            if len(several) > 1:
                gaps[key].append(given_points - (total - given_points) / (len(several) - 1))
    found = []
    for key in sorted(names, key=lambda k: (kinds.get(k, ""), names[k])):
        asked = due[key] | done[key]
        left = sorted(codes[what] for what in asked - done[key])
        told = [f"未评：{'、'.join(left[:12])}{'等' if len(left) > 12 else ''}"] if left else []
        told += [f"其中第三次评审{thirds[key]}份"] if thirds[key] else []
        told += ["没有抽签记录，按总表录入统计"] if made is not None and not due[key] else []
        found.append(
            Progress(
                names[key],
                kinds.get(key, ""),
                len(asked),
                len(done[key]),
                _mean(own[key]),
                _mean(gaps[key]),
                "；".join(told),
            )
        )
    return found


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


def progress_blocks(folder: CampaignFolder, inputs: BureauInputs) -> list[Block]:
    """评审进度."""
    made, trouble = None, ""
    try:
        made = load_arrangement(folder)
    except LianbingError as e:  # told here: points do not depend on it
        trouble = f"{e.message}{e.fix}"
    rows = [
        {
            "评审人": one.reviewer,
            "类型": one.kind,
            "应评": one.due,
            "已评": one.done,
            "未评": one.due - one.done,
            "状态": one.state,
            "平均分": "" if one.mean is None else one.mean,
            "与同卷其他评审平均相差": "" if one.apart is None else one.apart,
            "说明": one.note,
        }
        for one in progress(made, inputs)
    ]
    hint = "应评、已评算案卷和事迹；平均分和相差只算案卷，相差为正的打分偏高。只供了解，不影响得分。"
    if made is None:
        hint = f"{trouble or '还没有抽签发出评审表；'}以下按总表录入统计。{hint}"
    return [table(TAB, TAB.grid, rows), note(TAB, hint)]
