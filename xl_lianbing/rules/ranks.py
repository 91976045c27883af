"""B10, A4: ranks, shortlists and quotas (N16-¶030, ¶034, ¶109; T17-¶14, ¶17)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from xl_lianbing.exact import Fraction, half_up, in_full
from xl_lianbing.glossary import Selection, Tier, YesNo
from xl_lianbing.rules.names import EXACT_ENOUGH, Names
from xl_lianbing.rules.ruleset import Ruleset

#: Places on the shortlists of units and of officers.
UNIT_QUOTAS: Final[Mapping[Tier, str]] = {Tier.COUNTY: "quota.county", Tier.CITY: "quota.city"}
OFFICER_QUOTA: Final = "quota.officers"


def rank(keys: Sequence[Any]) -> list[int]:
    """The rank of each key, the greatest first. Equal keys ⇔ equal ranks; the next rank skips (1, 1, 3)."""
    first: dict[Any, int] = {}
    for place, key in enumerate(sorted(keys, reverse=True), 1):
        first.setdefault(key, place)
    return [first[key] for key in keys]


def select(keys: Sequence[Any | None], quota: int) -> list[Selection]:
    """What each competitor gets, the greatest key first. None = does not compete (passed over).

    Those whose rank lies within the quota are 入选, unless the group that shares their key crosses the line:
    then all of that group are 并列待定.
    """
    competing = sorted((k for k in keys if k is not None), reverse=True)
    first: dict[Any, int] = {}
    for place, key in enumerate(competing, 1):
        first.setdefault(key, place)
    sharing = Counter(competing)
    result = []
    for key in keys:
        if key is None or first[key] > quota:
            result.append(Selection.PASSED)
        elif first[key] + sharing[key] - 1 <= quota:
            result.append(Selection.SELECTED)
        else:
            result.append(Selection.TIED)
    return result


#: On the shortlist, those who tie across its line among them.
LISTED: Final = (Selection.SELECTED, Selection.TIED)
#: States that no points change.
SETTLED: Final = frozenset({Selection.MISSING, Selection.VETOED})


def state(chosen: Selection, *, vetoed: bool, reported: bool = True) -> Selection:
    """状态: who did not report comes before who is vetoed, both before what the ranking gives."""
    if not reported:
        return Selection.MISSING
    return Selection.VETOED if vetoed else chosen


@dataclass(frozen=True, slots=True)
class Columns:
    """The cells of a ranking as formulas need them: whole columns, and this row's own cells.

    `totals` as `compared_formula` gives them. `articles` of units only: they break ties. `group`: what must be equal
    for two rows to compete (their tier).
    """

    totals: str
    total: str
    articles: str = ""
    own_articles: str = ""
    group: str = "1"

    @property
    def ahead(self) -> str:
        """Rows with a higher total, or the same total and more articles, as 0/1."""
        higher = f"({self.totals}>{self.total})"
        if not self.articles:
            return higher
        return f"({higher}+{self._same_total}*({self.articles}>{self.own_articles}))"

    @property
    def same(self) -> str:
        if not self.articles:
            return self._same_total
        return f"{self._same_total}*({self.articles}={self.own_articles})"

    @property
    def _same_total(self) -> str:
        return f"({self.totals}={self.total})"


def compared_formula(total: str) -> str:
    """A total as formulas compare it (B10), in a cell of its own: not every program rounds a column inside a sum."""
    return f"ROUND({total},{EXACT_ENOUGH})"


def compared(total: Fraction) -> Decimal:
    """What `compared_formula` gives."""
    return half_up(total, EXACT_ENOUGH)


def rank_formula(columns: Columns) -> str:
    return f"1+SUMPRODUCT({columns.group}*{columns.ahead})"


def state_formula(columns: Columns, rivals: str, quota: str, veto: str, entered: str = "") -> str:
    """状态, of the `rivals` (0/1 a row) and the cells of the quota, of 一票否决 and, of units, of 参与评选."""
    chosen = _chosen_formula(columns, rivals, quota)
    if entered:
        chosen = f'IF({entered}<>"{YesNo.YES}","{Selection.PASSED}",{chosen})'
    vetoed = f'IF({veto}<>"{YesNo.NO}","{Selection.VETOED}",{chosen})'
    return f'IF({entered}="{Selection.MISSING}","{Selection.MISSING}",{vetoed})' if entered else vetoed


def _chosen_formula(columns: Columns, rivals: str, quota: str) -> str:
    """入选, 并列待定 or 未入选."""
    first = f"1+SUMPRODUCT({rivals}*{columns.ahead})"
    last = f"SUMPRODUCT({rivals}*({columns.ahead}+{columns.same}))"
    tied = f'IF({first}<={quota},"{Selection.TIED}","{Selection.PASSED}")'
    return f'IF({last}<={quota},"{Selection.SELECTED}",{tied})'


def last_place_formula(columns: Columns) -> str:
    """The last place that is taken by those who share this row's rank: the next rank is the one after it."""
    return f"SUMPRODUCT({columns.group}*({columns.ahead}+{columns.same}))"


def last_listed_formula(group: str, states: str, state: str, ranks: str, rank: str) -> str:
    """Whether a row is on the shortlist, ties across its line included, and nobody of its group is further down."""
    below = f"SUMPRODUCT({group}*({_listed(states)})*({ranks}>{rank}))"
    return f"AND({_listed(state)}>0,{below}=0)"


def _listed(states: str) -> str:
    return "+".join(f'({states}="{state}")' for state in LISTED)


def quota_formula(key: str, rules: Ruleset, names: Names, *, several_cities: bool) -> str:
    """A4: the quota of 规则; over several cities the province's, as long as 规则 still holds the city's."""
    value = rules.pack.by_key[key]
    if several_cities and value.province is not None and rules.number(key) == value.province:
        return f"IF({names[key]}={value.value},{value.province},{names[key]})"
    return names[key]


@dataclass(frozen=True, slots=True)
class Rival:
    """One of a ranking."""

    name: str
    total: Fraction
    articles: int
    rank: int
    competes: bool

    @property
    def order(self) -> tuple[Fraction, int]:
        return self.total, self.articles


def standing_told(own: Rival, rivals: Sequence[Rival], quota: int, state: Selection, place: str) -> list[str]:
    """How far `own` is from the next rank and from the line of the shortlist; `rivals`: all, the best first."""
    told = [f"{place}，状态：{state}"]
    ahead = [r for r in rivals if r.order > own.order]
    if ahead:
        next_one = ahead[-1]
        told.append(f"距前一名{next_one.name}（第{next_one.rank}名，{in_full(next_one.total)}分）{_gap(own, next_one)}")
    else:
        told.append("前面没有其他单位或个人")
    equal = [r.name for r in rivals if r is not own and r.order == own.order]
    if equal:
        told.append(f"与{'、'.join(equal)}并列")
    competing = [r for r in rivals if r.competes]
    if not own.competes:
        told.append(f"不参加名单评选（{state}）")
    elif state is Selection.SELECTED:
        out = competing[quota:]
        lead = f"领先线外第一名{out[0].name}{_gap(out[0], own)[1:]}" if out else "线外没有对手"
        told.append(f"在名额线（{quota}个）以内，{lead}")
    elif len(competing) >= quota > 0:
        last = competing[quota - 1]
        told.append(f"名额{quota}个，名单最后一名是{last.name}（{in_full(last.total)}分），{_gap(own, last)}")
    else:
        told.append(f"名额{quota}个")
    return told


def _gap(lower: Rival, higher: Rival) -> str:
    if higher.total != lower.total:
        return f"差{in_full(higher.total - lower.total)}分"
    if higher.articles != lower.articles:
        return f"差专栏文章{higher.articles - lower.articles}篇（总分相同）"
    return "差0分（并列）"
