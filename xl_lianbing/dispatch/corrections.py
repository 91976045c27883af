"""更正 (D1.2): what later returns change about the previous issue, at its own end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from xl_lianbing.dispatch.figures import Figures, Gathered
from xl_lianbing.dispatch.issue import Correction, Issue
from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import PaceState


def corrections(before: Issue, anew: Gathered, silent: Callable[[str], str]) -> Iterator[Correction]:
    """In the order of the previous issue. `anew`: the figures up to its end, of the returns as they are now.

    `silent`: why a unit counts as 未报 in that period with these; '' if it reported since: then it is 补报.
    """
    for line in before.lines:
        if line.unit not in anew.shown:
            continue
        now = anew.shown[line.unit]
        late = line.state is PaceState.SILENT and not silent(line.unit)
        for item, said, found in _pairs(line.figures, now):
            if said != found or late:
                yield Correction(line.unit, before.period.name, item, said, found, late)


def _pairs(said: Figures, now: Figures) -> Iterator[tuple[str, Fraction, Fraction]]:
    found = now.by_item
    for item, value in said.by_item.items():
        yield item, Fraction(value), Fraction(found[item])
