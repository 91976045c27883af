"""The commands. Chinese messages on standard output, progress on standard error, `--json` for programs.

A command is one function in `campaign.py`, `upkeep.py` or `inquiry.py` under its declaration.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Final

from xl_lianbing import __version__
from xl_lianbing.faces.cli import campaign, inquiry, upkeep
from xl_lianbing.faces.cli.command import Command
from xl_lianbing.faces.cli.parser import ChineseParser
from xl_lianbing.faces.outcomes import EXIT_CODES, Answer, not_done

#: In the order of the help.
COMMANDS: Final = [
    thing for module in (campaign, upkeep, inquiry) for thing in vars(module).values() if isinstance(thing, Command)
]

__all__ = ["COMMANDS", "main", "parser"]


def parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    made = ChineseParser(
        prog="xl-lianbing",
        description="环境执法大练兵：收取县区填报表，校核、评分，把结果写进总表。",
        epilog=EXIT_CODES,
    )
    made.add_argument("--version", action="version", version=f"xl-lianbing {__version__}", help="显示版本")
    commands = made.add_subparsers(
        title="命令", metavar="命令", dest="command", required=True, parser_class=ChineseParser
    )
    for command in COMMANDS:
        sub = commands.add_parser(command.name, help=command.help, description=command.help)
        sub.set_defaults(run=command.run)
        sub.add_argument("--json", action="store_true", help="结果用JSON输出，供其他程序使用")
        for argument in command.arguments:
            sub.add_argument(*argument.names, **argument.settings)
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command line; returns the exit code (outcomes.Ended)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    options = parser().parse_args(arguments)
    try:
        answer: Answer = options.run(options)
    except (Exception, KeyboardInterrupt) as e:
        answer = not_done(e)
    print(json.dumps(answer.json, ensure_ascii=False, indent=1, default=str) if options.json else answer.text)
    return int(answer.ended)
