"""Who reads what (R1, R2): a minimum-cost flow from files over pairs of units to reviewers.

What must never be is no edge of the network. Among what may be, loads are even first, then a unit's files are spread
over reviewers; what is left is decided by the seed, never by the order of rows.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from xl_lianbing.glossary import ReviewKind

#: What an uneven load costs, so that it outweighs any spreading of a unit's files.
_LOAD: Final = 1000
_FAR: Final = 1 << 60


@dataclass(frozen=True, slots=True)
class Reader:
    """A reviewer as the draw sees one. `house`: two of one house never read the same file; `forbidden`: whose files
    are never read; `most`: files at most, None: any number."""

    name: str
    kind: ReviewKind
    house: str
    forbidden: frozenset[str] = frozenset()
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Something to be read. `needs`: how many more reviewers; `houses`: of those that read it already."""

    code: str
    unit: str
    needs: int
    houses: frozenset[str] = frozenset()


@dataclass(slots=True)
class Standing:
    """What is assigned already: files a reader, and files of a unit a reader."""

    loads: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, reader: str, unit: str) -> None:
        self.loads[reader] += 1
        self.pairs[unit, reader] += 1


@dataclass(frozen=True, slots=True)
class Drawn:
    """`readers` by code; `open`: how many reviewers a code still lacks."""

    readers: Mapping[str, Sequence[Reader]]
    open: Mapping[str, int]


def order(*parts: str) -> int:
    """A number that the seed and the names alone decide."""
    return int.from_bytes(hashlib.sha256("\x1f".join(parts).encode()).digest()[:8], "big")


def draw(subjects: Sequence[Subject], readers: Sequence[Reader], seed: str, standing: Standing | None = None) -> Drawn:
    """Readers of one kind for the subjects; as many as there can be."""
    had = standing or Standing()
    wanted = sorted((s for s in subjects if s.needs), key=lambda s: (order(seed, s.code), s.code))
    total = sum(s.needs for s in wanted)
    if not wanted or not readers:
        return Drawn({}, {s.code: s.needs for s in wanted})
    high = max(had.loads[r.name] for r in readers) - min(had.loads[r.name] for r in readers)
    for room in (high + 3 * -(-total // len(readers)), high + total):  # most draws need few of the many edges
        net = _network(wanted, readers, seed, had, room)
        if net.flow(net.node("source"), net.node("sink"), total) == total:
            break
    return _matched(net, wanted, {r.name: r for r in readers}, seed)


def _network(wanted: Sequence[Subject], readers: Sequence[Reader], seed: str, had: Standing, most: int) -> _Network:
    """`most`: files that a reader takes in this draw at most."""
    net = _Network()
    source, sink = net.node("source"), net.node("sink")
    houses: dict[str, list[Reader]] = defaultdict(list)
    for reader in sorted(readers, key=lambda r: r.name):
        houses[reader.house].append(reader)
    files = Counter(s.unit for s in wanted)
    may = {unit: {h: [r for r in own if unit not in r.forbidden] for h, own in houses.items()} for unit in files}
    for subject in wanted:
        net.edge(source, net.node("file", subject.code), subject.needs, 0)
        for house in sorted(houses, key=lambda h: (order(seed, subject.code, h), h)):
            if may[subject.unit][house] and house not in subject.houses:
                net.edge(net.node("file", subject.code), net.node("pair", subject.unit, house), 1, 0)
    for unit in sorted(files):
        for house, own in may[unit].items():
            for reader in sorted(own, key=lambda r: (order(seed, unit, r.name), r.name)):
                before = had.pairs[unit, reader.name]
                for count in range(files[unit]):
                    net.edge(net.node("pair", unit, house), net.node("reader", reader.name), 1, before + count)
    least = min(had.loads[r.name] for r in readers)
    for reader in sorted(readers, key=lambda r: (order(seed, r.name), r.name)):
        load = had.loads[reader.name]
        room = most if reader.most is None else max(0, min(most, reader.most - load))
        for count in range(room):
            net.edge(net.node("reader", reader.name), sink, 1, (load - least + count) * _LOAD)
    return net


def _matched(net: _Network, subjects: Sequence[Subject], readers: Mapping[str, Reader], seed: str) -> Drawn:
    """Files and readers of a pair of unit and house are equals: the seed says who gets which."""
    files: dict[tuple[str, str], list[str]] = defaultdict(list)
    taken: dict[tuple[str, str], list[str]] = defaultdict(list)
    for start, end, count in net.used():
        if start[0] == "file":
            files[end[1], end[2]].append(start[1])
        elif start[0] == "pair":
            taken[start[1], start[2]] += [end[1]] * count
    found: dict[str, list[Reader]] = {s.code: [] for s in subjects}
    for pair in sorted(files):
        codes = sorted(files[pair], key=lambda code: (order(seed, "file", code), code))
        names = sorted(taken[pair], key=lambda name: (order(seed, "reader", name, *pair), name))
        for code, name in zip(codes, names, strict=True):
            found[code].append(readers[name])
    lacking = {s.code: s.needs - len(found[s.code]) for s in subjects if s.needs > len(found[s.code])}
    return Drawn(found, lacking)


class _Network:
    """Nodes with names, edges with room and cost; primal-dual: all cheapest paths of a price level at once."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, ...], int] = {}
        self._edges: list[list[list[int]]] = []
        self._given: list[tuple[int, int, int]] = []

    def node(self, *name: str) -> int:
        if name not in self._numbers:
            self._numbers[name] = len(self._edges)
            self._edges.append([])
        return self._numbers[name]

    def edge(self, start: int, end: int, room: int, cost: int) -> None:
        ahead, back = self._edges[start], self._edges[end]
        self._given.append((start, len(ahead), room))
        ahead.append([end, room, cost, len(back)])
        back.append([start, 0, -cost, len(ahead) - 1])

    def used(self) -> list[tuple[tuple[str, ...], tuple[str, ...], int]]:
        """The edges on which something flows: from, to, how much."""
        names = list(self._numbers)
        found = []
        for start, place, room in self._given:
            end, left, _, _ = self._edges[start][place]
            if left < room:
                found.append((names[start], names[end], room - left))
        return found

    def flow(self, source: int, sink: int, wanted: int) -> int:
        """Sends as much as goes, at the least cost. Returns how much."""
        prices = [0] * len(self._edges)
        sent = 0
        while sent < wanted:
            distances = self._distances(source, prices)
            if distances[sink] == _FAR:
                break
            prices = [p + min(d, distances[sink]) for p, d in zip(prices, distances, strict=True)]
            while sent < wanted and (levels := self._levels(source, sink, prices)):
                at = [0] * len(self._edges)
                while sent < wanted and self._sent_one(source, sink, prices, levels, at):
                    sent += 1
        return sent

    def _distances(self, source: int, prices: Sequence[int]) -> list[int]:
        distances = [_FAR] * len(self._edges)
        distances[source] = 0
        waiting = [(0, source)]
        while waiting:
            distance, node = heapq.heappop(waiting)
            if distance > distances[node]:
                continue
            for end, room, cost, _ in self._edges[node]:
                if room:
                    there = distance + cost + prices[node] - prices[end]
                    if there < distances[end]:
                        distances[end] = there
                        heapq.heappush(waiting, (there, end))
        return distances

    def _levels(self, source: int, sink: int, prices: Sequence[int]) -> list[int]:
        """Steps from the source over edges that cost nothing now; [] where the sink can't be reached."""
        levels = [-1] * len(self._edges)
        levels[source] = 0
        waiting = [source]
        for node in waiting:
            for end, room, cost, _ in self._edges[node]:
                if room and levels[end] < 0 and cost + prices[node] == prices[end]:
                    levels[end] = levels[node] + 1
                    waiting.append(end)
        return levels if levels[sink] >= 0 else []

    def _sent_one(self, source: int, sink: int, prices: Sequence[int], levels: Sequence[int], at: list[int]) -> bool:
        """One unit along a path that goes up a level at each step; `at`: the edge of each node to be tried next."""
        path: list[list[int]] = []
        trail = [source]
        while trail:
            node = trail[-1]
            if node == sink:
                for edge in path:
                    edge[1] -= 1
                    self._edges[edge[0]][edge[3]][1] += 1
                return True
            edges = self._edges[node]
            while at[node] < len(edges):
                edge = edges[at[node]]
                end = edge[0]
                if edge[1] and levels[end] == levels[node] + 1 and edge[2] + prices[node] == prices[end]:
                    path.append(edge)
                    trail.append(end)
                    break
                at[node] += 1
            else:
                trail.pop()
                if path:
                    path.pop()
                    at[trail[-1]] += 1
        return False


@dataclass(frozen=True, slots=True)
class Need:
    """A file with how many reviewers of each kind it is to get. `has`: those that it has."""

    code: str
    unit: str
    counts: Mapping[ReviewKind, int]
    has: Sequence[Reader] = ()
    #: Reviewers of the other kind that stand in already, by the kind in whose place.
    stand_ins: Mapping[ReviewKind, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A reader of a file. `instead`: of the kind of which nobody may read it."""

    code: str
    reader: Reader
    instead: ReviewKind | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    assigned: Sequence[Assignment]
    #: What could not be covered: (code, kind) → why.
    uncovered: Mapping[tuple[str, ReviewKind], str]


def assign(
    needs: Sequence[Need], readers: Sequence[Reader], seed: str, kept: Callable[[], Standing] = Standing
) -> Outcome:
    """Readers of both kinds (R1, R2). Whichever kind is drawn first may take a house from the other: where that
    leaves something uncovered, the other order is tried, too. Where nobody of one kind may read a file, the other kind
    is drawn."""
    first = _assign(needs, readers, seed, kept(), tuple(ReviewKind))
    if not first.uncovered:
        return first
    second = _assign(needs, readers, seed, kept(), tuple(ReviewKind)[::-1])
    return min(first, second, key=lambda outcome: len(outcome.uncovered))


def _assign(
    needs: Sequence[Need], readers: Sequence[Reader], seed: str, standing: Standing, kinds: Sequence[ReviewKind]
) -> Outcome:
    assigned: list[Assignment] = []
    uncovered: dict[tuple[str, ReviewKind], str] = {}
    by_code = {need.code: need for need in needs}
    has: dict[str, list[Reader]] = {need.code: list(need.has) for need in needs}

    def one(kind: ReviewKind, lacking: Mapping[str, int], instead: ReviewKind | None = None) -> Mapping[str, int]:
        own = [r for r in readers if r.kind is kind]
        subjects = [
            Subject(code, by_code[code].unit, count, frozenset(r.house for r in has[code]))
            for code, count in lacking.items()
        ]
        found = draw(subjects, own, seed, standing)
        for code, drawn in found.readers.items():
            for reader in drawn:
                has[code].append(reader)
                assigned.append(Assignment(code, reader, instead))
                standing.add(reader.name, by_code[code].unit)
        return found.open

    short: dict[ReviewKind, Mapping[str, int]] = {}
    for kind in kinds:
        wanted = {n.code: n.counts.get(kind, 0) - sum(r.kind is kind for r in n.has) for n in needs}
        short[kind] = one(kind, {code: count for code, count in wanted.items() if count > 0})
    for kind, lacking in short.items():
        none = {code: n for code, n in lacking.items() if not _any(by_code[code], readers, kind)}
        none = {code: n - by_code[code].stand_ins.get(kind, 0) for code, n in none.items()}
        other = next(k for k in ReviewKind if k is not kind)
        left = one(other, {code: n for code, n in none.items() if n > 0}, kind)
        for code in lacking:
            if code not in none or code in left:
                uncovered[code, kind] = _why(by_code[code], readers, kind, has[code])
    return Outcome(assigned, uncovered)


def _any(need: Need, readers: Collection[Reader], kind: ReviewKind) -> bool:
    return any(r.kind is kind and need.unit not in r.forbidden and r.most != 0 for r in readers)


def _why(need: Need, readers: Sequence[Reader], kind: ReviewKind, has: Sequence[Reader]) -> str:
    own = [r for r in readers if r.kind is kind]
    if not own:
        return f"“评审人员”里没有{kind}评审人"
    free = [r for r in own if need.unit not in r.forbidden]
    if not free:
        return f"{len(own)}名{kind}评审人都是{need.unit}的，或要回避"
    houses = {r.house for r in has}
    if all(r.house in houses for r in free):
        return f"可以评的{kind}评审人与已抽到的同在一个单位"
    return f"可以评的{kind}评审人都已到“最多份数”"
