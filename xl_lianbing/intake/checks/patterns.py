"""What a whole sheet of 处罚案件 shows and no single row does: parties, campaign-style work (D3).

All of it is pointed out as a question; none of it is scored.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import compress
from typing import Final, NamedTuple, cast

from xl_lianbing.findings import Kind
from xl_lianbing.findings import reading as c
from xl_lianbing.intake.checks.amounts import plain
from xl_lianbing.intake.checks.parties import Parties
from xl_lianbing.intake.checks.scene import Scene
from xl_lianbing.intake.tables.table import RowBlock
from xl_lianbing.records.keys import name_key

# -- bursts at the end of the window --
#: The last days looked at: about the time between a call for figures and the deadline.
BURST_DAYS: Final = 10
#: Below so many decisions in those days chance alone makes shares that look odd.
BURST_LEAST: Final = 10
#: At least this share of all decisions …
BURST_SHARE: Final = Decimal("0.3")
#: … and this many times what an even pace gives (2017: 10 of 304 days are 3.3%; 2016: 10 of 91 days, 11%).
BURST_PACE: Final = 3

# -- split cases --
#: Two decisions a day on one party happen (water and air found on one visit); three are asked about.
SPLIT_LEAST: Final = 3

# -- rows of identical small fines --
#: 万元. The least that the laws on water and air of those years ask of an enterprise in most cases.
SMALL_FINE: Final = Decimal(2)
#: So many of the same amount within a week …
SERIES_LEAST: Final = 10
SERIES_DAYS: Final = 7
#: … or so many in all, if they are more than half of the unit's fines.
SERIES_MANY: Final = 20


class _Row(NamedTuple):
    row: int
    number: str
    party: str
    day: date | None
    fine: Decimal | None


@dataclass(slots=True)
class CaseProfile:
    """Gathers the rows of 处罚案件 block by block; `report` says what they show together."""

    scene: Scene
    parties: Parties = field(default_factory=Parties)
    _rows: list[_Row] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def add(self, block: RowBlock) -> None:
        """Take a block of rows; a number typed twice counts once (B2.10)."""
        columns, keys = block.columns, block.keys("decision_number")
        parties = cast("list[str | None]", columns["party"])
        spelled = [name_key(party) if party else "" for party in parties]
        cells = zip(block.numbers, keys, spelled, columns["decided_on"], columns["fine"], strict=True)
        rows = list(map(_Row._make, cells))
        told = list(zip(block.numbers, parties, columns["credit_code"], strict=True))
        if len(set(keys)) < len(keys) or "" in keys or not self._seen.isdisjoint(keys):
            fresh = [self._is_new(key) for key in keys]
            rows, told = list(compress(rows, fresh)), list(compress(told, fresh))
        else:
            self._seen.update(keys)
        self._rows += rows
        self.parties.add(told)

    def _is_new(self, key: str) -> bool:
        new = key not in self._seen
        if key:
            self._seen.add(key)
        return new

    def report(self) -> None:
        """Every pattern of the whole sheet."""
        self.parties.report(self.scene)
        self._burst()
        self._split()
        self._series()

    def _burst(self) -> None:
        window = self.scene.rules.window("decisions")
        days = (window.end - window.start).days + 1
        if days <= BURST_DAYS * BURST_PACE:
            return
        start = window.end - timedelta(days=BURST_DAYS - 1)
        inside = [r for r in self._rows if r.day is not None and r.day in window]
        late = [r for r in inside if r.day is not None and r.day >= start]
        share = Decimal(len(late)) / len(inside) if inside else Decimal(0)
        even = Decimal(BURST_DAYS) / days
        if len(late) >= BURST_LEAST and share >= max(BURST_SHARE, BURST_PACE * even):
            words = {"start": start, "end": window.end, "count": len(late), "all": len(inside)}
            words |= {"share": _percent(share), "even": _percent(even)}
            self._tell(c.BURST, "decided_on", late, **words)

    def _split(self) -> None:
        times = Counter((r.party, r.day) for r in self._rows if r.party and r.day is not None)
        often = {place for place, count in times.items() if count >= SPLIT_LEAST}
        groups: dict[tuple[str, date | None], list[_Row]] = defaultdict(list)
        for r in self._rows if often else ():
            if (r.party, r.day) in often:
                groups[r.party, r.day].append(r)
        for (_, day), rows in groups.items():
            fines = sum((r.fine or Decimal(0) for r in rows), Decimal(0))
            words = {"party": rows[0].party, "day": day, "count": len(rows), "fines": plain(fines)}
            self._tell(c.SPLIT_CASES, "party", rows, **words)

    def _series(self) -> None:
        fined = [r for r in self._rows if r.fine]
        often = Counter(r.fine for r in fined if r.fine is not None and r.fine <= SMALL_FINE)
        for amount, count in often.items():
            if count < SERIES_LEAST:
                continue
            same = [r for r in fined if r.fine == amount]
            dated = sorted((r for r in same if r.day is not None), key=lambda r: (r.day, r.row))
            week = _densest(dated)
            if count >= SERIES_MANY and 2 * count > len(fined):
                self._tell(c.SAME_FINES, "fine", same, count=count, amount=plain(amount), all=len(fined), within="")
            elif len(week) >= SERIES_LEAST:
                within = f"，都在{week[0].day}至{week[-1].day}作出"
                words = {"count": len(week), "amount": plain(amount), "all": len(fined), "within": within}
                self._tell(c.SAME_FINES, "fine", week, **words)

    def _tell(self, kind: Kind, name: str, rows: list[_Row], /, **words: object) -> None:
        """One finding about these rows, with their range."""
        rows = sorted(rows)
        self.scene.add_range(kind, name, [r.row for r in rows], **words)


def _densest(rows: list[_Row]) -> list[_Row]:
    """The most of these rows (in order of day) within `SERIES_DAYS` days."""
    best: tuple[int, int] = (0, 0)
    first = 0
    for last, r in enumerate(rows):
        while (r.day or date.min) - (rows[first].day or date.min) >= timedelta(days=SERIES_DAYS):
            first += 1
        if last + 1 - first > best[1] - best[0]:
            best = (first, last + 1)
    return rows[best[0] : best[1]]


def _percent(share: Decimal) -> str:
    return f"{100 * share:.0f}%"
