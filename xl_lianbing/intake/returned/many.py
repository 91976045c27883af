"""Reads many returns: in this process, or in several when there is enough to read.

A file that kills the process that reads it is a finding; the others are read all the same.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing import get_start_method
from pathlib import Path
from typing import ParamSpec, TypeVar

from xl_lianbing.findings import Where, finding
from xl_lianbing.findings import reading as c
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.intake.returned.read import Intake, read_return
from xl_lianbing.rules.ruleset import Ruleset

P = ParamSpec("P")
T = TypeVar("T")
Read = Callable[[Path], Intake]

#: Below this many bytes, starting processes costs more than it saves. Where they do not begin as copies of this one
#: (Windows), each imports everything again: 0.4 s instead of 0.01 s, and longer where a virus scanner looks on.
_WORTH_IT, _WORTH_IT_STARTED_ANEW = 4 * 1024 * 1024, 12 * 1024 * 1024
#: As many files are under way at once, for each process; more wait outside, so that a broken pool takes few with it.
_AHEAD = 4


class SteadyPool(Executor):
    """Processes of this machine; where one dies, later work goes to new ones."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool = self._fresh()

    def _fresh(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.count, initializer=gc.disable)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        try:
            return self._pool.submit(fn, *args, **kwargs)
        except BrokenExecutor:
            self._pool.shutdown(wait=False)
            self._pool = self._fresh()
            return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


@contextmanager
def workers(files: Sequence[Path]) -> Iterator[Executor | None]:
    """This machine's processes, if there is so much to read that they pay; else None."""
    count = min(os.cpu_count() or 1, 8)
    least = _WORTH_IT if get_start_method() == "fork" else _WORTH_IT_STARTED_ANEW
    if count < 2 or len(files) < 2 or sum(map(_size, files)) < least:
        yield None
        return
    with SteadyPool(count) as pool:
        yield pool


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def read_all(
    files: Sequence[Path], folder: CampaignFolder, rules: Ruleset, spool: Path, executor: Executor | None = None
) -> Iterator[Intake]:
    """The intake of each file, in the order of `files`. The full rows are left in `spool`."""
    read = partial(_read, folder=folder, rules=rules, spool=spool)
    if executor is None:
        yield from map(read, files)
        return
    for file, intake in _read_by(executor, files, read):
        yield intake or _alone(file, folder, read)


def _read_by(executor: Executor, files: Sequence[Path], read: Read) -> Iterator[tuple[Path, Intake | None]]:
    """Each file with its intake, None where the process that had it (or its neighbour) died."""
    waiting = iter(files)
    count = (getattr(executor, "count", None) or os.cpu_count() or 1) * _AHEAD
    under_way = [(file, executor.submit(read, file)) for file in islice(waiting, count)]
    while under_way:
        file, future = under_way.pop(0)
        intake = _result(future)
        if (following := next(waiting, None)) is not None:
            under_way.append((following, executor.submit(read, following)))
        yield file, intake


def _result(future: Future[Intake]) -> Intake | None:
    try:
        return future.result()
    except BrokenExecutor:
        return None


def _alone(file: Path, folder: CampaignFolder, read: Read) -> Intake:
    """A file read in a process of its own: whether it dies there tells who is to blame."""
    with ProcessPoolExecutor(1, initializer=gc.disable) as pool:
        return _result(pool.submit(read, file)) or _given_up(file, folder, "读取它的进程异常终止")


def _read(file: Path, *, folder: CampaignFolder, rules: Ruleset, spool: Path) -> Intake:
    try:
        return read_return(file, folder.shown(file), rules, spool, folder.evidence)
    except Exception as e:  # whatever is wrong with one file or with this program: the others are to be read
        return _given_up(file, folder, f"{type(e).__name__}：{e}")


def _given_up(file: Path, folder: CampaignFolder, why: str) -> Intake:
    shown = folder.shown(file)
    refusal = finding(c.READER_DIED, Where(shown), why=why[:120])
    return Intake(shown, "", None, refusal, None, (refusal,))
