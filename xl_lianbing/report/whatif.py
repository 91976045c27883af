"""口径台账: the readings and what they change, ranges of ranks, and how far assumed values may move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil, floor

from xl_lianbing.exact import Fraction
from xl_lianbing.excel.values import Cell
from xl_lianbing.glossary import Selection, YesNo
from xl_lianbing.records.results import READINGS
from xl_lianbing.report.blocks import Block, ByHeader, note, table
from xl_lianbing.rules.pack import Switch
from xl_lianbing.rules.pack.sources import named
from xl_lianbing.scoring.whatif.ledger import Effect, Ledger, Move, Range
from xl_lianbing.scoring.whatif.margins import Margin, Turn
from xl_lianbing.scoring.whatif.walk import Bound

NOT_THIS_YEAR = "本年度不适用"
#: Changes of ranks alone that one cell lists; changes of the shortlist are always listed.
MOST_RANKS = 30
#: Units named in a remark.
MOST_NAMED = 12
#: Decimals of a bound, rounded towards the value in force.
PLACES = 4
_HALF = Fraction(1, 2)


def reading_blocks(ledger: Ledger, margins: Sequence[Margin], more: Sequence[ByHeader] = ()) -> list[Block]:
    """The three tables of 口径台账, and how much was computed. `more`: further lines of the first one."""
    readings, ranges, values = READINGS.grids
    effects = {(e.switch.code, e.reading): e for e in ledger.effects}
    rows = [row for switch in ledger.switches for row in _switch_rows(switch, ledger.in_force[switch.code], effects)]
    subjects = [*ledger.units, *ledger.officers]
    return [
        table(READINGS, readings, [*rows, *more]),
        table(READINGS, ranges, map(_range_row, subjects)),
        table(READINGS, values, [_margin_row(m) for m in margins]),
        note(READINGS, *_told(ledger)),
    ]


def _told(ledger: Ledger) -> list[str]:
    return [
        f"口径组合共{ledger.combinations}种，全部精确计算，没有抽样（其中使单位得分各不相同的{ledger.distinct}种）；"
        f"与个人有关的{ledger.officer_combinations}种。",
        f"名单受未定口径影响：{_unsettled(ledger)}。" if _unsettled(ledger) else "在所有组合下名单都不变。",
        "右边“待确认”数值每次只动一个，口径按现行的。",
    ]


def unsettled_remark(ledger: Ledger) -> str:
    """Whose place on a shortlist depends on a reading; '' if nobody's."""
    told = _unsettled(ledger)
    return f"名单受未定口径影响：{told}，见“{READINGS.name}”。" if told else ""


def _unsettled(ledger: Ledger) -> str:
    told = [
        _named([f"{r.subject.label}（{r.causes}）" for r in ranges if r.unsettled], what)
        for ranges, what in ((ledger.units, "个单位"), (ledger.officers, "人"))
    ]
    return "；".join(t for t in told if t)


def _named(names: Sequence[str], counted: str) -> str:
    more = f"等{len(names)}{counted}" if len(names) > MOST_NAMED else ""
    return "、".join(names[:MOST_NAMED]) + more


def unsettled_reason(found: Range | None) -> str:
    """What 理由 says of a unit or candidate whose place depends on a reading: `；名单受口径L2、L6影响`."""
    if found is None or not found.unsettled:
        return ""
    return f"；名单受口径{found.causes}影响" if found.alone else f"；口径{found.causes}同时改用时名单会变"


def _switch_rows(switch: Switch, in_force: str, effects: dict[tuple[str, str], Effect]) -> list[ByHeader]:
    quotes = "；".join(dict.fromkeys(f"“{c.quote}”" for c in switch.cites))
    sources = named(*(c.source for c in switch.cites))
    left: dict[str, Cell] = {
        "编号": switch.code,
        "原文": quotes or switch.assumed,
        "依据": sources or "待确认",
        "现行口径": in_force,
    }

    def row(other: str, changes: YesNo, told: str, meaning: str) -> ByHeader:
        return {
            **left,
            "其他口径": other,
            "若改用其他口径名单是否变化": changes,
            "变化内容": told,
            "其他口径的含义": meaning,
        }

    others = [r for r in switch.readings if r != in_force]
    if not switch.applies:
        return [row("、".join(others), YesNo.NO, NOT_THIS_YEAR, switch.item)]
    meaning = dict(zip(switch.readings, switch.effects, strict=True))
    found = [(reading, effects[switch.code, reading]) for reading in others]
    return [row(r, YesNo.YES if e.list_changes else YesNo.NO, _changes(e), meaning[r]) for r, e in found]


def _changes(effect: Effect) -> str:
    if not effect.rescored:
        return "得分、名次和名单都不变"
    if not effect.moves:
        return f"{effect.rescored}个单位或个人的得分有变化，名次和名单都不变"
    listed = [_move(m) for m in effect.moves if m.on_list]
    ranks = [_move(m) for m in effect.moves if not m.on_list]
    parts = ["；".join(listed)] if listed else ["名单不变"]
    if ranks:
        more = f"等{len(ranks)}处" if len(ranks) > MOST_RANKS else ""
        parts.append("名次变化：" + "；".join(ranks[:MOST_RANKS]) + more)
    return "。".join(parts)


def _move(move: Move) -> str:
    before, after = move.ranks
    parts = [f"{before}→{after}"] if before != after else []
    if move.on_list:
        parts.append(f"{move.states[0]}→{move.states[1]}")
    return f"{move.subject.label} {'，'.join(parts)}"


def _range_row(found: Range) -> ByHeader:
    subject = found.subject
    better, worse = found.rank - found.best, found.worst - found.rank
    bar: dict[str, Cell] = {"图中起点": found.best - _HALF, "较好": better, "现位": 1, "较差": worse}
    return {
        "单位": subject.unit,
        "层级": subject.tier,
        "现名次": found.rank,
        "最好名次": found.best,
        "最差名次": found.worst,
        "名单是否会变": YesNo.YES if found.unsettled else YesNo.NO,
        "使名单变化的口径": found.causes if found.alone or not found.causes else f"{found.causes}（同时改用）",
        "姓名": subject.person,
        "各组合下的状态": "、".join(found.states),
        **(dict.fromkeys(bar, None) if subject.person else bar),
    }


def _margin_row(margin: Margin) -> ByHeader:
    value, now = margin.value, margin.now
    down = up = ""
    told = margin.remark
    if margin.down is not None and margin.up is not None and now is not None and not isinstance(now, date):
        down, up = _bound(margin, margin.down, now, up=False), _bound(margin, margin.up, now, up=True)
        told = _becomes(margin)
    return {
        "规则编号": value.code,
        "规则项目": value.item,
        "现值": f"{now}" if isinstance(now, date) else now,
        "向下可变到": down,
        "向上可变到": up,
        "名单变为": told,
    }


def _bound(margin: Margin, bound: Bound, now: Fraction, *, up: bool) -> str:
    if bound.tried is not None:
        return f"至少到{_inward(bound.tried, now, up=up)[0]}（再远未试算）"
    if bound.at is None:
        if up and margin.tried_to is not None:
            return f"至少到{margin.tried_to}（再多未试算）"
        if not up and margin.value.key.startswith("total."):
            return "不限（到现值的千分之一）"
        limit = margin.value.maximum if up else margin.value.minimum
        return "不限" if limit is None else f"不限（到{limit.normalize():f}）"
    if bound.at == now:
        return f"不能再{'大' if up else '小'}"
    text, exact = _inward(bound.at, now, up=up)
    return f"{text}（不含）" if exact and not bound.inclusive else text


def _inward(at: Fraction, now: Fraction, *, up: bool) -> tuple[str, bool]:
    """A bound with few decimals, rounded towards the value in force; whether that is exact."""
    units = at * 10**PLACES
    rounded = Fraction(floor(units) if up else ceil(units), 10**PLACES)
    rounded = max(now, rounded) if up else min(now, rounded)
    return plain(rounded), rounded == at


def plain(number: Fraction) -> str:
    """A decimal without needless zeros."""
    whole, rest = divmod(abs(number) * 10**PLACES, 10**PLACES)
    digits = f"{int(rest):0{PLACES}d}".rstrip("0")
    return f"{'-' if number < 0 else ''}{int(whole)}{'.' if digits else ''}{digits}"


def _becomes(margin: Margin) -> str:
    parts = [
        f"{'再大' if up else '再小'}：{_turned(turns)}"
        for up, turns in ((False, margin.turns_down), (True, margin.turns_up))
        if turns
    ]
    parts = parts or [margin.remark or "名单都不变"]
    if margin.stands_in:
        parts.append("现值为参评单位合计代替")
    return "；".join(parts)


def _turned(turns: Iterable[Turn]) -> str:
    order = list(Selection)
    moved = sorted(turns, key=lambda t: order.index(t.after))
    return "、".join(f"{t.subject.label}{t.before}→{t.after}" for t in moved)
