"""Reads many returns: in this process, or in several when there is enough to read."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from xl_lianbing.folder import CampaignFolder
from xl_lianbing.intake.returns import Intake, read_return
from xl_lianbing.rules.ruleset import Ruleset

#: Below this many bytes, starting processes costs more than it saves.
_WORTH_IT = 4 * 1024 * 1024


@contextmanager
def workers(files: Sequence[Path]) -> Iterator[Executor | None]:
    """This machine's processes, if there is so much to read that they pay; else None."""
    count = min(os.cpu_count() or 1, 8)
    if count < 2 or len(files) < 2 or sum(f.stat().st_size for f in files) < _WORTH_IT:
        yield None
        return
    with ProcessPoolExecutor(count, initializer=gc.disable) as pool:
        yield pool


def read_all(
    files: Sequence[Path], folder: CampaignFolder, rules: Ruleset, spool: Path, executor: Executor | None = None
) -> Iterator[Intake]:
    """The intake of each file, in the order of `files`. The full rows are left in `spool`."""
    read = partial(_read, folder=folder, rules=rules, spool=spool)
    yield from map(read, files) if executor is None else executor.map(read, files, chunksize=2)


def _read(file: Path, *, folder: CampaignFolder, rules: Ruleset, spool: Path) -> Intake:
    return read_return(file, folder.shown(file), rules, spool)
