"""Reads many returns, always in processes of their own: in one, or in several when there is enough to read.

A file that kills the process that reads it, or keeps it too long, is a finding; the others are read all the same. A
fault of the machine is nobody's: it ends the run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing import get_start_method
from pathlib import Path
from typing import Final

from xl_lianbing.errors import LianbingError
from xl_lianbing.faults import MachineFault, machine_fault
from xl_lianbing.findings import Where, finding
from xl_lianbing.findings import reading as c
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.intake.returned.read import Intake, read_return
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.workers import WorkerDied, Workers, WorkerTooSlow

Read = Callable[[Path, str], Intake]

#: Below this many bytes one process reads them all as fast. Where processes do not begin as copies of this one
#: (Windows), each imports everything again: 0.4 s instead of 0.01 s, and longer where a virus scanner looks on.
_WORTH_IT, _WORTH_IT_STARTED_ANEW = 4 * 1024 * 1024, 12 * 1024 * 1024
#: As many files are under way at once, for each process: results wait in memory until they are asked for.
_AHEAD: Final = 4
#: Seconds that a file may take; the largest that the door lets in takes a tenth of it. Stated in docs/数据校核.md.
MOST_SECONDS: Final = 300.0
#: Bytes of memory that reading a file may need, by its size in the folder, and at the least.
_MEMORY_FACTOR: Final = 64
_LEAST_MEMORY: Final = 256 << 20


@contextmanager
def workers(files: Sequence[Path]) -> Iterator[Executor]:
    """This machine's processes: as many as pay for what there is to read."""
    count = min(os.cpu_count() or 1, 8)
    least = _WORTH_IT if get_start_method() == "fork" else _WORTH_IT_STARTED_ANEW
    if len(files) < 2 or sum(map(_size, files)) < least:
        count = 1
    with Workers(count, MOST_SECONDS) as pool:
        yield pool


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def read_all(
    files: Sequence[Path],
    folder: CampaignFolder,
    rules: Ruleset,
    spool: Path,
    executor: Executor,
    names: Mapping[Path, str] | None = None,
    *,
    mailed: bool = False,
) -> Iterator[Intake]:
    """The intake of each file, in the order of `files`. The full rows are left in `spool`.

    `names`: what files are called that do not lie in the campaign; `mailed`: whether scans came with the returns.
    Raises MachineFault where the machine cannot go on, LianbingError for a file that nobody may open just now.
    """
    read = partial(_read, rules=rules, spool=spool, evidence=folder.evidence, mailed=mailed)
    waiting = ((file, (names or {}).get(file) or folder.shown(file)) for file in files)
    count = getattr(executor, "count", None) or os.cpu_count() or 1
    under_way = [(named, executor.submit(read, *named)) for named in islice(waiting, count * _AHEAD)]
    while under_way:
        (file, shown), future = under_way.pop(0)
        intake = _result(future, shown) or _alone(file, shown, read)
        if (following := next(waiting, None)) is not None:
            under_way.append((following, executor.submit(read, *following)))
        yield intake


def _result(future: Future[Intake], shown: str) -> Intake | None:
    """The intake; None where the process died or had no memory, which may not be the file's fault."""
    try:
        return future.result()
    except WorkerTooSlow:
        return _given_up(shown, f"{MOST_SECONDS:.0f}秒没有读完")
    except (WorkerDied, BrokenExecutor, MemoryError):
        return None


def _alone(file: Path, shown: str, read: Read) -> Intake:
    """A file read anew in a process of its own. If that fails too, the machine is tried without the file: only where
    there is memory enough is the file to blame. Raises MachineFault."""
    with Workers(1, MOST_SECONDS) as pool:
        if (intake := _result(pool.submit(read, file, shown), shown)) is not None:
            return intake
        try:
            pool.submit(_there_is_memory, max(_LEAST_MEMORY, _MEMORY_FACTOR * _size(file))).result()
        except (WorkerDied, WorkerTooSlow, MemoryError) as e:
            raise MachineFault(
                f"读取《{shown}》时内存不足或系统资源不足，没有改动任何文件。",
                "请关闭别的程序，再运行一次；仍然不够的，换一台内存大的电脑。",
            ) from e
    return _given_up(shown, "读取它的进程异常终止")


def _there_is_memory(size: int) -> None:
    bytearray(size)


def _read(file: Path, shown: str, *, rules: Ruleset, spool: Path, evidence: Path, mailed: bool) -> Intake:
    try:
        return read_return(file, shown, rules, spool, evidence, mailed)
    except (LianbingError, MemoryError):
        raise
    except Exception as e:  # whatever is wrong with one file or with this program: the others are to be read
        if (fault := machine_fault(e)) is not None:
            raise fault from e
        return _given_up(shown, f"{type(e).__name__}：{e}")


def _given_up(shown: str, why: str) -> Intake:
    refusal = finding(c.READER_DIED, Where(shown), why=why[:120])
    return Intake(shown, "", None, refusal, None, (refusal,))
