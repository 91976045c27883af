"""What one look at the PC or the folder gave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """FINE: as it should be; PROBLEM: something does not work; NOTE: could not be looked at, or good to know."""

    FINE = "正常"
    PROBLEM = "问题"
    NOTE = "说明"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor.

    Attributes:
        name: what was looked at, in Chinese.
        state: how it is.
        found: what was found.
        fix: what the user does about it; empty where nothing is to be done.
        repair: does it, for `--fix`; says what it did. Raises LianbingError or OSError.
    """

    name: str
    state: State
    found: str
    fix: str = ""
    repair: Callable[[], str] | None = field(default=None, compare=False, repr=False)


def fine(name: str, found: str) -> Check:
    return Check(name, State.FINE, found)


def problem(name: str, found: str, fix: str, repair: Callable[[], str] | None = None) -> Check:
    return Check(name, State.PROBLEM, found, fix, repair)


def note(name: str, found: str, fix: str = "") -> Check:
    return Check(name, State.NOTE, found, fix)
