"""宣传培训 (D1, D1.3, D6): bulletins by month and department, articles, training, as far as months are over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import DutyState, PublicityKind, Tier, TrainingKind
from xl_lianbing.records.keys import name_key
from xl_lianbing.records.lines import Line, UnitReturn
from xl_lianbing.records.returns import Publicity, Training
from xl_lianbing.rules.periods import month_end
from xl_lianbing.rules.ruleset import Ruleset, Window
from xl_lianbing.scoring.articles import count_articles
from xl_lianbing.scoring.roster import Roster, Unit

Month = tuple[int, int]
#: The department that owes more than the others, and the keys of what each owes.
_SUPERVISION: Final = "监察支队"
_SUPERVISION_LEAST: Final = "duty.supervision_bulletins"
_DEPARTMENT_LEAST: Final = "duty.department_bulletins"
_BULLETINS: Final = frozenset({PublicityKind.BULLETIN, PublicityKind.INFORMATION})


@dataclass(frozen=True, slots=True)
class Duty:
    """A unit's publicity and training on a day. None: 无法计算, there is nothing to compute it from.

    `months`: 简报 and 信息 of each month; one that is not over stands in `running`, with what there is so far.
    """

    unit: Unit
    months: Mapping[Month, int] | None
    running: frozenset[Month]
    articles: int | None
    heads: int | None
    coverage: Fraction | None
    state: DutyState
    remarks: tuple[str, ...]


def duties(roster: Roster, returns: Mapping[str, UnitReturn], rules: Ruleset, day: date) -> list[Duty]:
    """In the order of the roster, as of `day`."""
    return [_duty(unit, returns.get(unit.name), rules, day) for unit in roster.units]


def _duty(unit: Unit, returned: UnitReturn | None, rules: Ruleset, day: date) -> Duty:
    months = rules.pack.months
    running = frozenset(month for month in months if month_end(*month) > day)
    over = [month for month in months if month not in running]
    if returned is None:
        state = DutyState.SHORT if over else DutyState.NOT_DUE
        return Duty(unit, None, running, None, None, None, state, ("没有可用的填报表，无法计算",))
    window = rules.window("activity")
    until = Window(window.start, min(window.end, day))
    rows = [line for line in returned.publicity if line.record.dated and line.record.dated in until]
    bulletins = _bulletins(rows)
    counts = Counter(month for month, *_ in bulletins)
    sessions = [t.record for t in returned.training if t.record.dated and t.record.dated in until]
    least = rules.whole("duty.bulletins_per_month")
    short = [f"{m}月{counts[y, m]}篇（应{least}篇）" for y, m in over if counts[y, m] < least]
    notes: list[str] = []
    if unit.tier is Tier.CITY and _DEPARTMENT_LEAST in rules.pack.by_key:
        lacking, told = _departments(bulletins, rules, ended=not running)
        short += lacking
        notes += told
    state = DutyState.NOT_DUE if not over else DutyState.SHORT if short else DutyState.MET
    heads = [s.heads for s in sessions if s.heads is not None]
    officers = returned.info.officers
    cap = rules.exact("training.coverage_cap")
    coverage = min(Fraction(max(heads, default=0), officers), cap) if officers else None
    if short:
        notes.insert(0, f"不足：{'、'.join(short)}")
    notes += _training(sessions)
    if coverage is None:
        notes.append("没有填执法人员总数，覆盖率无法计算")
    return Duty(
        unit,
        {month: counts[month] for month in months},
        running,
        count_articles(rows, rules)[0],
        sum(heads),
        coverage,
        state,
        tuple(notes),
    )


def _bulletins(rows: Iterable[Line[Publicity]]) -> list[tuple[Month, str, str]]:
    """Month, department and title of each 简报 and 信息; the same title once a month."""
    found: list[tuple[Month, str, str]] = []
    seen: set[tuple[Month, str]] = set()
    for line in rows:
        record = line.record
        if record.kind not in _BULLETINS or record.dated is None:
            continue
        month, title = (record.dated.year, record.dated.month), name_key(record.headline or "")
        if title and (month, title) in seen:
            continue
        seen.add((month, title))
        found.append((month, record.department or "", title))
    return found


def _departments(
    bulletins: Sequence[tuple[Month, str, str]], rules: Ruleset, *, ended: bool
) -> tuple[list[str], list[str]]:
    """What the city's departments lack at the end of the activity, and what is told of them before."""
    departments = rules.pack.reporting_departments
    counts: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for _, typed, _ in bulletins:
        named = next((d for d in departments if _is_meant(typed, d)), "")
        if named:
            counts[named] += 1
        else:
            others[typed.strip()] += 1
    lacking, told = [], []
    for department in departments:
        least = rules.whole(_SUPERVISION_LEAST if department == _SUPERVISION else _DEPARTMENT_LEAST)
        progress = f"{department}{counts[department]}篇（应{least}篇）"
        if counts[department] < least and ended:
            lacking.append(progress)
        elif not ended:
            told.append(progress)
    notes = [f"部门合计（活动结束时评定）：{'、'.join(told)}"] if told else []
    named_others = [f"{name}{n}篇" for name, n in others.items() if name]
    if others[""]:
        named_others.append(f"没有填报送部门的{others['']}篇")
    if named_others:
        notes.append(f"没有归到部门：{'、'.join(named_others)}")
    return lacking, notes


def _is_meant(typed: str, department: str) -> bool:
    key = name_key(typed)
    return bool(key) and any(key.endswith(spelling) for spelling in _spellings(department))


@cache
def _spellings(department: str) -> tuple[str, ...]:
    """局宣教处（中心）: 宣教处, 宣教中心 and both together."""
    name = name_key(department).removeprefix("局")
    whole = re.fullmatch(r"(.+?)(处|科|室|站|所|队)[（(](.+)[)）]", name)
    return (name,) if whole is None else (name, whole[1] + whole[2], whole[1] + whole[3])


def _training(sessions: Sequence[Training]) -> Iterator[str]:
    """D6: sessions and heads by form."""
    parts = []
    for kind in [*TrainingKind, None]:
        own = [s for s in sessions if s.kind is kind]
        if own:
            parts.append(f"{kind or '没有填形式的'}{len(own)}次{sum(s.heads or 0 for s in own)}人次")
    if parts:
        yield f"培训：{'、'.join(parts)}"
    if unknown := sum(s.heads is None for s in sessions):
        yield f"{unknown}次培训没有人数"
