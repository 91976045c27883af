"""Commands about the program itself: doctor, portable."""

from __future__ import annotations

import argparse

from xl_lianbing.faces.cli.answer import DONE, DONE_WITH_BLOCKING, progress, say


def doctor(options: argparse.Namespace) -> int:
    from xl_lianbing.folder import open_campaign
    from xl_lianbing.upkeep.doctor import State, doctor_facts, doctor_text, run_doctor

    folder = open_campaign(options.dir) if options.dir else None
    checks = run_doctor(folder, fix=options.fix)
    say(options, doctor_facts(checks), doctor_text(checks))
    return DONE_WITH_BLOCKING if any(check.state is State.PROBLEM for check in checks) else DONE


def portable(options: argparse.Namespace) -> int:
    from xl_lianbing.upkeep.portable import build_portable

    with progress() as watcher:
        built = build_portable(
            options.dir, python=options.python, content=options.content, analysis=options.analysis, watcher=watcher
        )
    say(options, built.facts, built.text)
    return DONE
