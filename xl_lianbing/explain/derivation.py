"""The parts of a derivation: what was taken from which cell, which formula was used, what came out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xl_lianbing.exact import Fraction

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
    """One figure: its rule (rules.md), the paragraphs that it rests on, the formula with the numbers put in."""

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


def shown(value: Number | None) -> str:
    """A figure as exactly as decimals can: 12.5, or 27.428571… where they never end."""
    if value is None:
        return "无"
    exact = Fraction(value)
    denominator = exact.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator == 1 and exact.denominator <= 10**8:
        whole = Decimal(exact.numerator) / Decimal(exact.denominator)
        return f"{whole.normalize():f}"
    return f"{float(exact):.6f}…"


def added(values: Iterable[Number]) -> str:
    """`1+2+3`; 0 if there is nothing."""
    return "+".join(shown(v) if Fraction(v) >= 0 else f"({shown(v)})" for v in values) or "0"
