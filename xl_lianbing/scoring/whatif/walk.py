"""How far a value may move before a shortlist changes: exact, from one bend of the totals to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import Selection

States = tuple[Selection, ...]
#: A straight line: value at 0, and slope.
Line = tuple[Fraction, Fraction]

#: Rows × stretches that one walk looks at, where there are more rows than a city's campaign has.
MOST_WORK = 600
CITY_ROWS = 80

_CHOSEN = {Selection.SELECTED: 2, Selection.TIED: 1, Selection.PASSED: 0}


@dataclass(frozen=True, slots=True)
class Field:
    """Rows that compete for the same places: indices among all totals, and the states in force."""

    rows: Sequence[int]
    states: Sequence[Selection]

    def rivals(self) -> Iterable[tuple[int, int]]:
        """Pairs that must meet or part before a state can change."""
        level = [_CHOSEN[s] for s in self.states]
        for i, a in enumerate(self.rows):
            for j in range(i + 1, len(self.rows)):
                if level[i] != level[j] or level[i] == 1:
                    yield a, self.rows[j]

    def is_clear(self, totals: Mapping[int, Fraction]) -> bool:
        """Whether everybody chosen lies above everybody passed over, and nobody is tied."""
        if Selection.TIED in self.states:
            return False
        chosen = [totals[r] for r, s in zip(self.rows, self.states, strict=True) if s is Selection.SELECTED]
        passed = [totals[r] for r, s in zip(self.rows, self.states, strict=True) if s is Selection.PASSED]
        return not chosen or not passed or min(chosen) > max(passed)


@dataclass(frozen=True)
class Course:
    """Totals and states as functions of one value x.

    `pole`: the totals are straight in 1 ÷ (x − pole) between `kinks`, without one in x. `low`, `high`: what x may be
    (None: no limit). `splits`: further points inside a stretch where totals jump, from the totals' lines on it.
    """

    now: Fraction
    kinks: Sequence[Fraction]
    low: Fraction | None
    high: Fraction | None
    pole: Fraction | None
    totals: Callable[[Fraction], Sequence[Fraction]]
    states: Callable[[Fraction], States]
    fields: Sequence[Field]
    splits: Sequence[tuple[int, int]] = ()

    def to_u(self, x: Fraction) -> Fraction:
        return x if self.pole is None else 1 / (x - self.pole)

    def to_x(self, u: Fraction) -> Fraction:
        return u if self.pole is None else self.pole + 1 / u


@dataclass(frozen=True, slots=True)
class Bound:
    """Up to `at` (with it if `inclusive`) the shortlist stays; beyond, it has become `states`.

    `at` None: it never changes as far as the value may go, or as far as `tried`.
    """

    at: Fraction | None
    inclusive: bool = True
    states: States = ()
    tried: Fraction | None = None


def walk(course: Course, *, up: bool) -> Bound:
    """The first change in one direction."""
    base, work = course.states(course.now), 0
    limit = course.high if up else course.low
    inside = sorted(
        (k for k in set(course.kinks) if (k > course.now if up else k < course.now) and _within(k, limit, up)),
        reverse=not up,
    )
    stops: list[Fraction | None] = [course.now, *inside]
    if limit is None or limit != stops[-1]:
        stops.append(limit)
    for start, end in pairwise(stops):
        assert start is not None
        inner = _stretch(course, start, end, up).crossings(course.splits, up) if course.splits else []
        for first, last in pairwise([start, *inner, end]):
            assert first is not None
            work += len(base)
            if work > MOST_WORK and len(base) > CITY_ROWS:
                return Bound(None, tried=first)
            found = _change(course, base, first, last, up)
            if found:
                return found
    return Bound(None)


def _change(course: Course, base: States, start: Fraction, end: Fraction | None, up: bool) -> Bound | None:
    """The first change in a stretch in which all totals are straight."""
    stretch = _stretch(course, start, end, up)
    points = stretch.crossings(stretch.rivals(), up)
    last = start
    for point in [*points, *([end] if end is not None else [])]:
        if (found := course.states(_between(course, last, point))) != base:
            return Bound(last, True, found)
        if (found := course.states(point)) != base:
            return Bound(point, False, _beyond(course, point, points, up) or found)
        last = point
    if end is None and (found := course.states(_past(last, up))) != base:
        return Bound(last, True, found)
    return None


def _within(x: Fraction, limit: Fraction | None, up: bool) -> bool:
    return limit is None or (x <= limit if up else x >= limit)


def _between(course: Course, a: Fraction, b: Fraction) -> Fraction:
    return course.to_x((course.to_u(a) + course.to_u(b)) / 2)


def _past(x: Fraction, up: bool) -> Fraction:
    """Some value beyond x, towards infinity."""
    return x + 1 if up else x - 1


def _beyond(course: Course, point: Fraction, samples: Sequence[Fraction], up: bool) -> States | None:
    """The states just beyond a point where they differ, if those differ from the ones in force too."""
    limit = course.high if up else course.low
    if point == limit:
        return None
    bends = [*course.kinks, *samples, *([limit] if limit is not None else [])]
    ahead = [k for k in bends if (k > point if up else k < point)]
    following = (min(ahead) if up else max(ahead)) if ahead else _past(point, up)
    found = course.states(_between(course, point, following))
    return found if found != course.states(course.now) else None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Totals as lines in u from `start` to `end` (None: without end)."""

    course: Course
    lines: Sequence[Line]
    start: Fraction
    end: Fraction | None

    def rivals(self) -> list[tuple[int, int]]:
        """The pairs that may meet: none of a field where nobody moves, or that is clear at both ends.

        The lowest of several lines is concave, the highest convex: clear at both ends is clear in between.
        """
        pairs: list[tuple[int, int]] = []
        for field in self.course.fields:
            if not any(self.lines[row][1] for row in field.rows):
                continue
            if self.end is None or not all(field.is_clear(self.at(field, u)) for u in (self.start, self.end)):
                pairs += field.rivals()
        return pairs

    def crossings(self, pairs: Sequence[tuple[int, int]], up: bool) -> list[Fraction]:
        """Where the totals of those pairs cross inside, in the order of the walk."""
        found = {u for i, j in pairs if (u := self._crossing(i, j)) is not None and self._holds(u, up)}
        return sorted((self.course.to_x(u) for u in found), reverse=not up)

    def at(self, field: Field, u: Fraction) -> dict[int, Fraction]:
        return {row: self.lines[row][0] + self.lines[row][1] * u for row in field.rows}

    def _crossing(self, i: int, j: int) -> Fraction | None:
        (a, slope_a), (b, slope_b) = self.lines[i], self.lines[j]
        return (b - a) / (slope_a - slope_b) if slope_a != slope_b else None

    def _holds(self, u: Fraction, up: bool) -> bool:
        if self.end is None:
            return u > self.start if up else u < self.start
        return min(self.start, self.end) < u < max(self.start, self.end)


def _stretch(course: Course, start: Fraction, end: Fraction | None, up: bool) -> _Stretch:
    a = course.to_u(start)
    if end is not None:
        b: Fraction | None = course.to_u(end)
    else:
        b = Fraction(0) if course.pole is not None else None
    near = a + (1 if up else -1) if b is None else b
    u1, u2 = (a + near) / 2, (a + 3 * near) / 4  # the middle is where the states are asked for next
    lines = []
    for y1, y2 in zip(course.totals(course.to_x(u1)), course.totals(course.to_x(u2)), strict=True):
        slope = (y2 - y1) / (u2 - u1) if y1 != y2 else Fraction(0)
        lines.append((y1 - slope * u1 if slope else y1, slope))
    return _Stretch(course, lines, a, b)
