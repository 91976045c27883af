"""Commands that make and compute a campaign: new, blank, check, score, demo."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xl_lianbing.faces.cli.answer import DONE, DONE_WITH_BLOCKING, progress, say

if TYPE_CHECKING:
    from xl_lianbing.records.inputs import RosterUnit


def _roster(units: Path | None) -> Sequence[RosterUnit]:
    from xl_lianbing.roster import SUZHOU
    from xl_lianbing.units_file import read_units

    return read_units(units) if units else SUZHOU


def new(options: argparse.Namespace) -> int:
    from xl_lianbing.launch.interpreter import this_interpreter
    from xl_lianbing.rules.pack import load_pack
    from xl_lianbing.setup import new_campaign, place_warnings

    roster = _roster(options.units)
    with progress() as watcher:
        folder = new_campaign(options.dir, load_pack(options.pack), roster, watcher=watcher)
    text = (
        f"已新建活动文件夹：{folder.path}\n"
        f"  总表：{folder.master}\n"
        f"  填报表：{folder.blanks}（{len(roster)}份，发给各单位填写）\n"
        f"接下来：把收回的填报表放进 {folder.returns}，再计算得分。"
    )
    notes = [f"{warning.what}{warning.fix}" for warning in place_warnings(folder.path)]
    if not this_interpreter().python:
        notes.append("本机不是Windows，总表里没有写按钮用的Python；在Windows电脑上双击start.cmd会自动写入。")
    text = "\n".join([text, *(f"说明：{note}" for note in notes)])
    facts = {"文件夹": folder.path, "总表": folder.master, "单位数": len(roster), "说明": notes}
    say(options, {"完成": True, **facts}, text)
    return DONE


def blank(options: argparse.Namespace) -> int:
    from xl_lianbing.folder import open_campaign
    from xl_lianbing.intake.master.inputs import read_master
    from xl_lianbing.setup import unit_of, write_blank

    folder = open_campaign(options.dir)
    master = read_master(folder.master)
    roster = master.inputs.roster
    path = write_blank(folder, master.pack, unit_of(options.unit, roster), roster)
    say(options, {"完成": True, "填报表": path}, f"已生成填报表：{path}")
    return DONE


def check(options: argparse.Namespace) -> int:
    from xl_lianbing.pipeline import CHECK

    return _run(options, CHECK)


def score(options: argparse.Namespace) -> int:
    from xl_lianbing.pipeline import SCORE

    return _run(options, SCORE)


def _run(options: argparse.Namespace, operation: str) -> int:
    from xl_lianbing.faces.messages import outcome_facts, outcome_text
    from xl_lianbing.folder import open_campaign
    from xl_lianbing.pipeline import run

    folder = open_campaign(options.dir)
    with progress() as watcher:
        outcome = run(folder, operation, watcher=watcher)
    say(options, outcome_facts(folder, outcome, operation), outcome_text(folder, outcome, operation))
    return DONE_WITH_BLOCKING if outcome.computed.blocking else DONE


def demo(options: argparse.Namespace) -> int:
    from xl_lianbing.demo.write import write_demo
    from xl_lianbing.faces.messages import outcome_facts, outcome_text
    from xl_lianbing.pipeline import SCORE, run
    from xl_lianbing.rules.pack import load_pack

    with progress() as watcher:
        folder = write_demo(options.dir, load_pack(options.pack), watcher=watcher)
        outcome = run(folder, SCORE, watcher=watcher)
    text = f"演示活动已生成（数据全部是编造的）。\n{outcome_text(folder, outcome, SCORE)}"
    say(options, outcome_facts(folder, outcome, SCORE), text)
    return DONE
