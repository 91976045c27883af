"""How far a run is: stages are timed, and whoever watches is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Protocol


class Watcher(Protocol):
    """Told of every step: `done` of `total` within a stage (Chinese name)."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


def nobody(stage: str, done: int, total: int) -> None:
    """A watcher that does not look."""


class Stopwatch:
    """Seconds by stage."""

    def __init__(self, watcher: Watcher = nobody) -> None:
        self.watcher = watcher
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str, total: int = 1) -> Iterator[None]:
        self.watcher(name, 0, total)
        start = perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0) + perf_counter() - start
        self.watcher(name, total, total)

    @property
    def total(self) -> float:
        return sum(self.seconds.values())
