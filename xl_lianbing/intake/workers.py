"""Reads many returns: in this process, or in several when there is enough to read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from pathlib import Path

from xl_lianbing.folder import CampaignFolder
from xl_lianbing.intake.returns import Intake, read_return
from xl_lianbing.rules.ruleset import Ruleset

#: Below this many bytes, starting processes costs more than it saves.
_WORTH_IT = 4 * 1024 * 1024


def read_all(
    files: Sequence[Path], folder: CampaignFolder, rules: Ruleset, spool: Path, executor: Executor | None = None
) -> Iterator[Intake]:
    """The intake of each file, in the order of `files`. The full rows are left in `spool`."""
    read = partial(_read, folder=folder, rules=rules, spool=spool)
    if executor is not None:
        yield from executor.map(read, files)
        return
    workers = min(os.cpu_count() or 1, 8)
    if workers < 2 or len(files) < 2 or sum(f.stat().st_size for f in files) < _WORTH_IT:
        yield from map(read, files)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(read, files, chunksize=max(1, min(8, len(files) // (4 * workers))))


def _read(file: Path, *, folder: CampaignFolder, rules: Ruleset, spool: Path) -> Intake:
    return read_return(file, folder.shown(file), rules, spool)
