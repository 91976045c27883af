"""What the bureau has yet to type: reviews, votes, totals, air and water. Progress while returns are checked (B1.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from xl_lianbing.findings import Finding, Where, finding
from xl_lianbing.findings import scoring as c
from xl_lianbing.folder import MASTER
from xl_lianbing.glossary import Pollutant, ReviewKind, VoteTarget
from xl_lianbing.records.inputs import RULES_TAB, AirPoint, DeedsReview, Review, SystemCase, Vote, WaterSection
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.records.lines import BureauInputs, UnitReturn
from xl_lianbing.scoring.files import ReviewBook
from xl_lianbing.scoring.score import Scores

#: What only says that the bureau has not typed something: told as progress until the scores are asked for.
_STILL_TO_COME: Final = frozenset(
    {
        c.REVIEW_MISSING,
        c.DEEDS_UNREVIEWED,
        c.NO_VOTES,
        c.NOBODY_VOTED,
        c.NO_OFFICER_VOTES,
        c.NO_AIR,
        c.NO_WATER,
        c.NO_TOTAL,
    }
)


@dataclass(frozen=True, slots=True)
class Awaited:
    """How far one input tab is. `wanted`: 0 where nobody knows how many rows there will be."""

    tab: str
    done: int
    wanted: int = 0
    #: What of the tab, where it is a part.
    what: str = ""

    @property
    def complete(self) -> bool:
        return self.done >= max(self.wanted, 1)

    @property
    def progress(self) -> str:
        if self.wanted:
            return f"{self.done}/{self.wanted}"
        return f"{self.done}行" if self.done else "未录入"

    @property
    def told(self) -> str:
        return f"{self.what or self.tab} {self.progress}"


def tabs_awaited(inputs: BureauInputs, returns: Mapping[str, UnitReturn], scores: Scores) -> list[Awaited]:
    """Each tab that the year asks for, in the order of the work."""
    rules, roster, people = scores.rules, scores.roster, [s.officer for s in scores.officers]
    reviews = list(_reviews(inputs, returns, scores))
    units = {name_key(v.unit or "") for v in inputs.votes if v.target is VoteTarget.UNIT}
    air = [
        any(a.pollutant is pollutant and name_key(a.unit or "") in inside for a in inputs.air)
        for inside in ({u.key for u in roster.territory(city)} for city in roster.cities)
        for pollutant in Pollutant
    ]
    found = [
        Awaited(SystemCase.sheet, len(inputs.system_cases)) if rules.has(SystemCase.feature) else None,
        Awaited(Review.sheet, sum(reviews), len(reviews)) if reviews else None,
        Awaited(DeedsReview.sheet, sum(p.deeds is not None for p in people), len(people)) if people else None,
        Awaited(
            Vote.sheet,
            sum(u.key in units for u in roster.units) + sum(p.votes > 0 for p in people),
            len(roster.units) + len(people),
        ),
        Awaited(AirPoint.sheet, sum(air), len(air)) if air and rules.has(AirPoint.feature) else None,
        Awaited(WaterSection.sheet, len(inputs.water)) if rules.has(WaterSection.feature) else None,
        Awaited(RULES_TAB, sum(t.typed is not None for t in scores.totals.values()), len(scores.totals), "全省总数"),
    ]
    return [tab for tab in found if tab]


def _reviews(inputs: BureauInputs, returns: Mapping[str, UnitReturn], scores: Scores) -> Iterator[bool]:
    """Of each file that takes part and each kind of review, whether it is there (B1.3, C3)."""
    book = ReviewBook(inputs.reviews, inputs.forged)
    places = {(name_key(u), document_key(f.number)) for u, d in scores.dossiers.items() for f in d.files if f.number}
    places |= {
        (name_key(unit), document_key(line.record.file_number))
        for unit, r in returns.items()
        for line in r.candidates
        if line.record.name and line.record.file_number
    }
    return (book.mean(*place, kind) is not None for place in places for kind in ReviewKind)


def awaited_told(tabs: Iterable[Awaited]) -> str:
    """`市局录入进度：案卷评审 0/14，…`; '' if nothing is awaited."""
    waiting = [tab.told for tab in tabs if not tab.complete]
    return f"市局录入进度：{'，'.join(waiting)}。" if waiting else ""


def as_progress(findings: Iterable[Finding], tabs: Sequence[Awaited]) -> list[Finding]:
    """The findings of a check: what is still to come is one 说明 a tab, no fault of anybody."""
    found = list(findings)
    others = [f for f in found if f.kind not in _STILL_TO_COME]
    kinds = {f.kind for f in found}
    said = {SystemCase.sheet} if c.NO_EXPORT in kinds else set()  # by another 说明
    if c.STAND_IN_TOTAL in kinds and c.NO_TOTAL not in kinds:
        said.add(RULES_TAB)
    return others + [
        finding(c.AWAITED, Where(MASTER, tab.tab), tab=tab.tab, what=tab.what, progress=tab.progress)
        for tab in tabs
        if not tab.complete and tab.tab not in said
    ]
