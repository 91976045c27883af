"""A command is said once, above its function: what it does, what is to be written after it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from xl_lianbing.faces.outcomes import Answer

Run = Callable[[argparse.Namespace], Answer]


@dataclass(frozen=True, slots=True)
class Argument:
    """What may be written after a command: `names` and `settings` as argparse's `add_argument` takes them."""

    names: tuple[str, ...]
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the program: `xl-lianbing <name> …`."""

    name: str
    help: str
    arguments: tuple[Argument, ...]
    run: Run


def argument(*names: str, **settings: Any) -> Argument:
    return Argument(names, settings)


def command(help: str, *arguments: Argument, name: str = "") -> Callable[[Run], Command]:
    """Makes a function a command of the same name; `name`: where the language keeps that name for itself."""
    return lambda run: Command(name or run.__name__, help, arguments, run)


#: The folder of a campaign that there is.
CAMPAIGN: Final = argument("dir", metavar="文件夹", type=Path, help="活动文件夹，或其中的总表")
NEW_FOLDER: Final = argument("dir", metavar="文件夹", type=Path, help="新的文件夹")
