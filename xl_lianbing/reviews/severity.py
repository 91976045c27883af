"""Would the lists change if every reviewer were equally severe? By least squares on the files read in common; for
information only, never scored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from xl_lianbing.glossary import Selection, YesNo
from xl_lianbing.records.inputs import Review
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.records.lines import BureauInputs, UnitReturn
from xl_lianbing.report.blocks import ByHeader
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.score import Scores, score

_MOST_ROUNDS: Final = 5000
_CLOSE_ENOUGH: Final = 1e-9
_PLACES: Final = 6
_NAMED: Final = 20


@dataclass(frozen=True, slots=True)
class Severity:
    """`biases` by the key of the reviewer: how many points above the others."""

    biases: Mapping[str, float]
    changes: Sequence[str]


def biases(points: Sequence[tuple[str, object, float]]) -> dict[str, float]:
    """Reviewer → how much above the others: the least squares of points = file + reviewer, the biases of reviewers who
    are joined by common files adding up to 0. `points`: reviewer, file, points."""
    by_file: dict[object, list[tuple[str, float]]] = defaultdict(list)
    by_reviewer: dict[str, list[tuple[object, float]]] = defaultdict(list)
    for reviewer, file, value in points:
        by_file[file].append((reviewer, value))
        by_reviewer[reviewer].append((file, value))
    found = dict.fromkeys(by_reviewer, 0.0)
    for _ in range(_MOST_ROUNDS):
        level = {file: sum(v - found[r] for r, v in own) / len(own) for file, own in by_file.items()}
        new = {r: sum(v - level[f] for f, v in own) / len(own) for r, own in by_reviewer.items()}
        moved = max((abs(new[r] - found[r]) for r in new), default=0.0)
        found = new
        if moved < _CLOSE_ENOUGH:
            break
    for group in _joined(by_file, by_reviewer):
        mean = sum(found[r] for r in group) / len(group)
        found |= {r: found[r] - mean for r in group}
    return found


def _joined(
    by_file: Mapping[object, Sequence[tuple[str, float]]], by_reviewer: Mapping[str, Sequence[tuple[object, float]]]
) -> list[list[str]]:
    """Reviewers who can be compared: joined by files read in common, if by others."""
    left, groups = dict.fromkeys(by_reviewer), []
    while left:
        waiting, group = [next(iter(left))], []
        left.pop(waiting[0])
        while waiting:
            reviewer = waiting.pop()
            group.append(reviewer)
            for file, _ in by_reviewer[reviewer]:
                for other, _ in by_file[file]:
                    if other in left:
                        left.pop(other)
                        waiting.append(other)
        groups.append(group)
    return groups


def severity(
    inputs: BureauInputs, returns: Mapping[str, UnitReturn], scores: Scores, rules: Ruleset
) -> Severity | None:
    """What the lists would be without the biases; None where no file has two reviewers."""
    points = [
        (name_key(r.reviewer), (name_key(r.unit), document_key(r.document_number)), float(r.points))
        for r in inputs.reviews
        if r.reviewer and r.unit and r.document_number and r.points is not None
    ]
    if len({file for _, file, _ in points}) == len(points):
        return None
    found = biases(points)
    full = rules.number("review.full")
    level = [_without(r, found, full) for r in inputs.reviews]
    other = score(replace(inputs, reviews=level), returns, rules)
    return Severity(found, _changes(scores, other))


def _without(review: Review, found: Mapping[str, float], full: Decimal) -> Review:
    if review.points is None or not review.reviewer:
        return review
    bias = round(Decimal(found.get(name_key(review.reviewer), 0.0)), _PLACES)
    return review.model_copy(update={"points": min(full, max(Decimal(0), review.points - bias))})


def _changes(before: Scores, after: Scores) -> list[str]:
    def states(scores: Scores) -> dict[str, Selection]:
        units = {u.unit.name: u.selection for u in scores.units}
        return units | {f"{o.officer.name}（{o.officer.unit}）": o.selection for o in scores.officers}

    now, then = states(before), states(after)
    return [f"{name} {state}→{then[name]}" for name, state in now.items() if name in then and then[name] is not state]


def severity_row(found: Severity | None) -> ByHeader | None:
    """The line of 口径台账."""
    if found is None:
        return None
    far = max(found.biases.values(), key=abs, default=0.0)
    told = "；".join(found.changes[:_NAMED]) + (f"等{len(found.changes)}处" if len(found.changes) > _NAMED else "")
    return {
        "编号": "评审",
        "原文": "评审人打分有宽有严",
        "依据": "只供了解",
        "现行口径": "按评审人的打分",
        "其他口径": "扣除每名评审人的宽严",
        "若改用其他口径名单是否变化": YesNo.YES if found.changes else YesNo.NO,
        "变化内容": told or "名单不变",
        "其他口径的含义": f"按同卷的各个评审用最小二乘估计每人的宽严（相差最大的{far:+.1f}分）后扣除再算；不计入得分。",
    }
