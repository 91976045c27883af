"""依据: where a rule is written, in a clerk's words, with the words of the text that say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from xl_lianbing.rules.pack.model import Citation, RulePack
from xl_lianbing.rules.pack.sources import named

#: Rules that no text asks for: what makes figures count at all, and that the roster is the bureau's own (A1).
OWN: Final = "软件校核规则"
#: Paragraphs named, and signs quoted: what three lines of 校核结果 hold.
_NAMED: Final = 3
_LONGEST: Final = 60
#: Rules on which no value of a pack rests.
_WITHOUT_VALUE: Final[Mapping[str, Citation]] = {
    "B1.5": Citation(
        source="N16-¶059",
        quote="发现案卷造假的,该指标按零分计;2016年9月至11月,存在因行政复议纠正行政处罚情况的单位,该指标按零分计",
    ),
    "D3": Citation(source="N16-¶029", quote="严禁将大练兵活动办成“运动式”执法、突击执法"),
}


class Basis(NamedTuple):
    place: str
    quote: str = ""


def citations(pack: RulePack) -> Iterator[tuple[str, Citation]]:
    """Every citation of a pack with the rule that it is for."""
    parts = (pack.values, pack.switches, pack.features, pack.indicators, pack.deadlines, pack.tasks)
    for cited in chain.from_iterable(parts):
        for citation in cited.cites:
            yield cited.rule, citation


def bases(pack: RulePack) -> dict[str, Basis]:
    """Rule → its basis in that year; a rule that is not among them is the program's own (`OWN`)."""
    found: dict[str, list[Citation]] = {rule: [citation] for rule, citation in _WITHOUT_VALUE.items()}
    for rule, citation in citations(pack):
        found.setdefault(rule, []).append(citation)
    return {rule: _basis(cites) for rule, cites in found.items()}


def _basis(cites: Sequence[Citation]) -> Basis:
    sources = list(dict.fromkeys(c.source for c in cites))
    shown = sources[:_NAMED]
    more = f"等{len(sources)}处" if len(sources) > _NAMED else ""
    first, *others = dict.fromkeys(c.quote for c in cites if c.source in shown)
    told = f"“{first}”" if len(first) <= _LONGEST else f"“{first[: _LONGEST - 1]}…”"
    for quote in others:
        if len(told) + len(quote) <= _LONGEST:
            told += f"；“{quote}”"
    return Basis(named(*shown) + more, told)
