"""The progress bar on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from xl_lianbing.progress import Watcher


@contextmanager
def progress() -> Iterator[Watcher]:
    """A watcher that shows a bar on a terminal, and one line a stage elsewhere."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        tasks: dict[str, TaskID] = {}

        def watch(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield watch


class _Lines:
    """Says each stage once."""

    def __init__(self) -> None:
        self._said = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage != self._said:
            self._said = stage
            print(f"{stage}……", file=sys.stderr, flush=True)
