"""B1.3, B1.4, C3: the score of a file from its two reviews, and the mean over files (N16-¶057, ¶058, ¶132; L1–L3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from xl_lianbing.exact import Fraction, in_full
from xl_lianbing.glossary import FileState
from xl_lianbing.rules.names import Names
from xl_lianbing.rules.readings import IneligibleFile, MissingFile, ReviewsTogether
from xl_lianbing.rules.ruleset import Ruleset

REVIEW_FULL, WEIGHT = "review.full", "review.expert_weight"
#: Full marks of the indicators made of files.
QUALITY: Final = "full.case_files"
OFFICER_FILE: Final = "officer.full.file"
#: How many county units' files a city's mean holds beside its own (B1.4).
HELD: Final = "files.recommended_units"
#: The switches of the mean over files (B1), and of a candidate's own file (C3).
SWITCHES: Final = (IneligibleFile, ReviewsTogether, MissingFile)
OFFICERS_SWITCHES: Final = (ReviewsTogether,)


def file_score(expert: Fraction | None, cross: Fraction | None, reading: str, weight: Fraction) -> Fraction:
    """L2: one file's score; `weight` is the expert's. A missing review counts 0. Raises ValueError: no such reading."""
    e, c = expert or Fraction(0), cross or Fraction(0)
    match ReviewsTogether(reading):
        case ReviewsTogether.SUM:
            return e + c
        case ReviewsTogether.MEAN:
            return (e + c) / 2
        case ReviewsTogether.WEIGHTED:
            return weight * e + (1 - weight) * c


def file_full(reading: str, review_full: Fraction) -> Fraction:
    """L2: the full mark of one file when a single review's is `review_full`."""
    return 2 * review_full if reading == ReviewsTogether.SUM else review_full


def file_mean(scores: Iterable[Fraction], divisor: int, full_of_file: Fraction, full: Fraction) -> Fraction:
    """The mean over `divisor` files, as a share of a file's full mark, × the indicator's.

    Raises ValueError if there is nothing to divide by.
    """
    if divisor <= 0 or full_of_file <= 0:
        raise ValueError(f"file_mean needs divisor > 0 and full_of_file > 0: {divisor}, {full_of_file}")
    return sum(scores, Fraction(0)) / divisor / full_of_file * full


def score(expert: Fraction | None, cross: Fraction | None, rules: Ruleset) -> Fraction:
    return file_score(expert, cross, rules.reading(ReviewsTogether), rules.exact(WEIGHT))


def full(rules: Ruleset) -> Fraction:
    """The full mark of one file."""
    return file_full(rules.reading(ReviewsTogether), rules.exact(REVIEW_FULL))


def left_out(rules: Ruleset) -> frozenset[FileState]:
    """L1, L3: the places by which the mean is not divided."""
    states = set()
    if rules.reading(IneligibleFile) is IneligibleFile.LEFT_OUT:
        states.add(FileState.INELIGIBLE)
    if rules.reading(MissingFile) is MissingFile.LEFT_OUT:
        states.add(FileState.MISSING)
    return frozenset(states)


def effect(state: FileState, rules: Ruleset) -> str:
    """What becomes of a place that holds no eligible file, in words."""
    out = state in left_out(rules)
    if state is FileState.INELIGIBLE:
        return "不计入平均" if out else "按0分计"
    return "按实际份数平均" if out else "缺卷按0分计入平均"


def quality(scores: Iterable[Fraction], divisor: int, rules: Ruleset) -> Fraction:
    """The indicator's points; 0 where no place is left to divide by."""
    return file_mean(scores, divisor, full(rules), rules.exact(QUALITY)) if divisor else Fraction(0)


def officers_file(expert: Fraction | None, cross: Fraction | None, rules: Ruleset) -> Fraction:
    """C3: a candidate's own file."""
    return score(expert, cross, rules) * rules.exact(OFFICER_FILE) / full(rules)


def score_formula(expert: str, cross: str, names: Names) -> str:
    """One file's score from the cells of its reviews; SUM takes an empty one for 0 in every program, N does not."""
    l2, weight = names.switch(ReviewsTogether), names[WEIGHT]
    return (
        f'IF({l2}="{ReviewsTogether.SUM}",SUM({expert},{cross}),'
        f'IF({l2}="{ReviewsTogether.MEAN}",SUM({expert},{cross})/2,{weight}*SUM({expert})+(1-{weight})*SUM({cross})))'
    )


def full_formula(names: Names) -> str:
    return f'(IF({names.switch(ReviewsTogether)}="{ReviewsTogether.SUM}",2,1)*{names[REVIEW_FULL]})'


def left_out_formula(ineligible: str, missing: str, names: Names) -> str:
    """What is taken off the number of places; the cells or expressions count those of each state."""
    l1, l3 = names.switch(IneligibleFile), names.switch(MissingFile)
    return f'-IF({l1}="{IneligibleFile.LEFT_OUT}",{ineligible},0)-IF({l3}="{MissingFile.LEFT_OUT}",{missing},0)'


def held_formula(order: str, city: str, names: Names) -> str:
    """The city whose mean holds a county unit's files while none is recommended: `order` is its place in the city."""
    return f'IF({order}<={names[HELD]},{city},"")'


def quality_formula(mean: str, names: Names) -> str:
    return f"{mean}/{full_formula(names)}*{names[QUALITY]}"


def officers_file_formula(expert: str, cross: str, names: Names) -> str:
    return f"{score_formula(expert, cross, names)}/{full_formula(names)}*{names[OFFICER_FILE]}"


def quality_told(total: Fraction, divisor: int, points: Fraction, rules: Ruleset) -> str:
    if not divisor:
        return "没有计入平均的案卷，0分"
    return (
        f"案卷得分合计{in_full(total)}÷份数{divisor}÷每份满分{in_full(full(rules))}"
        f"×指标满分{in_full(rules.exact(QUALITY))}={in_full(points)}"
    )


def officers_file_told(expert: Fraction | None, cross: Fraction | None, rules: Ruleset) -> str:
    return (
        f"专家{in_full(expert)}、交叉{in_full(cross)}（{rules.reading(ReviewsTogether)}）÷每份满分{in_full(full(rules))}"
        f"×{in_full(rules.exact(OFFICER_FILE))}={in_full(officers_file(expert, cross, rules))}"
    )


def pole(key: str) -> Fraction | None:
    """Where the points go to infinity as `key` moves; None: they are straight in the value itself."""
    return Fraction(0) if key == REVIEW_FULL else None
