"""The parts of a derivation: what was taken from which cell, which formula was used, what came out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xl_lianbing.exact import Fraction, in_full

Number = Fraction | Decimal | int


@dataclass(frozen=True, slots=True)
class Input:
    """A figure or text and the cell that it stands in (file｜sheet!cell)."""

    what: str
    value: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that was handed in and not counted, and why."""

    what: str
    reason: str
    place: str


@dataclass(frozen=True, slots=True)
class Step:
    """One figure: its rule, the paragraphs that it rests on, the formula with the numbers put in."""

    rule: str
    title: str
    basis: Sequence[str]
    formula: str
    value: Fraction | None
    inputs: Sequence[Input] = ()
    left_out: Sequence[LeftOut] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a unit or an officer has its points, its rank and its state. `standing`: the distances; `is_unit`: else an
    officer."""

    subject: str
    total: Fraction
    rank: int
    state: str
    steps: Sequence[Step]
    standing: Sequence[str]
    is_unit: bool


def added(values: Iterable[Number]) -> str:
    """`1+2+3`; 0 if there is nothing."""
    return "+".join(in_full(v) if Fraction(v) >= 0 else f"({in_full(v)})" for v in values) or "0"
