"""What is due next and what is overdue on a day: deadlines, tasks, dispatches (D1, D1.1, D4)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from xl_lianbing.glossary import TaskState
from xl_lianbing.rules.periods import last_ended, next_to_end
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.tasks import Standing

_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Agenda:
    """`coming`: what is due on the next date of all, `due`; None: nothing is left. `overdue`: sentences."""

    due: date | None
    coming: Sequence[str]
    overdue: Sequence[str]

    def told(self, day: date) -> str:
        parts = []
        if self.due is not None:
            left = (self.due - day).days
            when = "今天" if not left else f"还有{left}天"
            parts.append(f"下一个期限：{self.due}（{when}）{_named(self.coming)}。")
        if self.overdue:
            parts.append(f"已逾期：{'；'.join(self.overdue)}。")
        return "　".join(parts) or "没有未到的期限。"


def agenda(rules: Ruleset, tasks: Sequence[Standing], sent: Collection[date], day: date) -> Agenda:
    """`sent`: the ends of the periods whose dispatch was issued."""
    coming = [item for item in _dates(rules, tasks) if item[0] >= day]
    following = next_to_end(day, rules)
    if following is not None:
        coming.append((following.end, f"{following.name}调度截止日"))
    due = min((on for on, _ in coming), default=None)
    overdue = []
    late = [s.task.code or s.task.text or "" for s in tasks if s.state is TaskState.OVERDUE]
    if late:
        overdue.append(f"任务{_named(late)}，见“任务看板”")
    ended = last_ended(day, rules)
    if ended is not None and ended.end >= rules.window("activity").start and ended.end not in sent:
        overdue.append(f"{ended.name}的调度还没有发出")
    return Agenda(due, list(dict.fromkeys(what for on, what in coming if on == due)), overdue)


def _dates(rules: Ruleset, tasks: Sequence[Standing]) -> Iterator[tuple[date, str]]:
    for deadline in rules.pack.deadlines:
        yield deadline.due, f"{deadline.title}（{'、'.join(deadline.tiers)}）"
    for standing in tasks:
        if standing.task.due is not None and standing.state is not TaskState.DONE:
            yield standing.task.due, f"任务{standing.task.code or standing.task.text or ''}"


def _named(names: Sequence[str]) -> str:
    more = f"等{len(names)}项" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more
