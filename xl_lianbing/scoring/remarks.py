"""What every sheet that rests on a stand-in must say, by what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto


class RemarkKind(Enum):
    """What a remark is about."""

    TOTAL = auto()
    FILES = auto()
    NOT_COMPARED = auto()
    UNSETTLED = auto()
    GONE = auto()


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a reader of the scores must know: a total that is the sum of the returns (B2.2), county units
    whose files stand in (B1.4), cases not compared with the export (B2.6), readings that move a shortlist (L1–L12),
    returns that were in at the run before and are gone.
    """

    kind: RemarkKind
    told: str


def told(remarks: Iterable[Remark], *kinds: RemarkKind) -> list[str]:
    """The sentences of these kinds, of all kinds if none is named."""
    return [r.told for r in remarks if not kinds or r.kind in kinds]
