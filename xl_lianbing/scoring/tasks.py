"""任务看板 (D4): each task of 任务分解 with its due date, what the city and the counties say, what is overdue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xl_lianbing.glossary import Progress, ReceiptState, TaskState
from xl_lianbing.records.inputs import Task
from xl_lianbing.records.keys import name_key
from xl_lianbing.records.lines import UnitReturn
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.roster import Roster


@dataclass(frozen=True, slots=True)
class Standing:
    """A task on a day. `counties`: how many of `all_counties` say that it is done."""

    task: Task
    city: str
    counties: int
    all_counties: int
    state: TaskState
    overdue: int


def standings(
    tasks: Sequence[Task], roster: Roster, returns: Mapping[str, UnitReturn], rules: Ruleset, day: date
) -> list[Standing]:
    """In the order of 任务分解, as of `day`."""
    near = rules.whole("task.near_days")
    said = {unit: _said(returned) for unit, returned in returns.items()}
    return [_standing(task, roster, said, near, day) for task in tasks]


def _said(returned: UnitReturn) -> dict[str, Progress]:
    """What a return says of each task, by its number."""
    rows = (line.record for line in returned.tasks if not line.blocked)
    return {name_key(record.code): record.state for record in rows if record.code and record.state}


def _standing(task: Task, roster: Roster, said: Mapping[str, Mapping[str, Progress]], near: int, day: date) -> Standing:
    key = name_key(task.code or "")

    def answer(unit: str) -> str:
        if unit not in said:
            return ReceiptState.MISSING
        return said[unit].get(key, "没有填")

    cities = [answer(u.name) for u in roster.cities]
    city = cities[0] if len(cities) == 1 else f"{cities.count(Progress.DONE)}/{len(cities)}" if cities else ""
    done = sum(answer(u.name) == Progress.DONE for u in roster.counties)
    left = (task.due - day).days if task.due else None
    if task.state is Progress.DONE:
        state = TaskState.DONE
    elif left is None or left > near:
        state = TaskState.NOT_DUE
    else:
        state = TaskState.OVERDUE if left < 0 else TaskState.NEAR
    overdue = -left if state is TaskState.OVERDUE and left is not None else 0
    return Standing(task, city, done, len(roster.counties), state, overdue)
