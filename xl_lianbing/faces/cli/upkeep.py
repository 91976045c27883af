"""Commands about the program itself: doctor, portable."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from xl_lianbing.faces.cli.command import NEW_FOLDER, argument, command
from xl_lianbing.faces.console import progress
from xl_lianbing.faces.outcomes import Answer, done
from xl_lianbing.rules.shipped import SHIPPED

#: What `portable` may put beside the program: an empty campaign of a pack, or the demonstration.
_CONTENTS: Final = (*reversed(SHIPPED), "demo")


@command(
    "环境自检：检查本机和活动文件夹，逐项给出处理办法",
    argument("dir", metavar="文件夹", type=Path, nargs="?", help="活动文件夹或其中的总表（不写：只查本机）"),
    argument("--fix", action="store_true", help="能自动处理的就处理，包括把本机的Python写进总表"),
)
def doctor(options: argparse.Namespace) -> Answer:
    from xl_lianbing.folder import open_campaign
    from xl_lianbing.upkeep.doctor import State, doctor_facts, doctor_text, run_doctor

    folder = open_campaign(options.dir) if options.dir else None
    checks = run_doctor(folder, fix=options.fix)
    problems = any(check.state is State.PROBLEM for check in checks)
    return done(doctor_text(checks), doctor_facts(checks), blocking=problems)


@command(
    "做一个便携版文件夹：拷到没有装Python的Windows电脑上也能用",
    NEW_FOLDER,
    argument("--python", type=Path, metavar="ZIP", help="python.org 的 embeddable package（64位）"),
    argument("--with", dest="content", choices=_CONTENTS, metavar="内容", help="、".join(_CONTENTS)),
    argument("--analysis", action="store_true", help="带上pandas（给分析人员，大约增加80 MB）"),
)
def portable(options: argparse.Namespace) -> Answer:
    from xl_lianbing.upkeep.portable import build_portable

    with progress() as watcher:
        built = build_portable(
            options.dir, python=options.python, content=options.content, analysis=options.analysis, watcher=watcher
        )
    return done(built.text, built.facts)
