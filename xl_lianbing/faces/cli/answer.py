"""How a command answers: text or JSON on standard output, progress on standard error, an exit code."""

from __future__ import annotations

import argparse
import json
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xl_lianbing.progress import Watcher

DONE, DONE_WITH_BLOCKING, NOT_DONE = 0, 1, 2


def say(options: argparse.Namespace, facts: dict[str, object], text: str) -> None:
    print(json.dumps(facts, ensure_ascii=False, indent=1, default=str) if options.json else text)


def progress() -> AbstractContextManager[Watcher]:
    from xl_lianbing.faces.console import progress as shown

    return shown()
