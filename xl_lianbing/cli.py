"""One function a command. Chinese messages on standard output, progress on standard error, `--json` for programs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from xl_lianbing import __version__
from xl_lianbing.errors import LianbingError

if TYPE_CHECKING:
    from xl_lianbing.progress import Watcher
    from xl_lianbing.records.inputs import RosterUnit

DONE, DONE_WITH_BLOCKING, NOT_DONE = 0, 1, 2

PACKS = ("jiangsu-2017", "jiangsu-2016")
#: What `portable` may put beside the program: an empty campaign of a pack, or the demonstration.
CONTENTS = (*PACKS, "demo")


class _Parser(argparse.ArgumentParser):
    """argparse in Chinese."""

    def __init__(self, **settings: object) -> None:
        super().__init__(add_help=False, **settings)  # type: ignore[arg-type]
        self._positionals.title = "要写的"
        self._optionals.title = "可选的"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "用法：", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        print(f"命令写得不对：{_translated(message)}\n怎么办：看一下用法。\n{self.format_usage()}", file=sys.stderr)
        raise SystemExit(NOT_DONE)


_PHRASES = (
    ("the following arguments are required: ", "缺少 "),
    ("unrecognized arguments: ", "不认识 "),
    ("expected one argument", "后面要写一个值"),
    ("invalid choice: ", "没有这个选择 "),
    (" (choose from ", "（可选："),
    ("argument ", "参数 "),
    ("command", "命令"),
)


def _translated(message: str) -> str:
    for english, chinese in _PHRASES:
        message = message.replace(english, chinese)
    return message.replace("可选：", "可选：").rstrip(")") + ("）" if "可选：" in message else "")


def _build_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="xl-lianbing",
        description="环境执法大练兵：收取县区填报表，校核、评分，把结果写进总表。",
        epilog="完成返回0；完成但有阻断问题返回1；没能完成返回2，此时没有改动任何文件。",
    )
    parser.add_argument("--version", action="version", version=f"xl-lianbing {__version__}", help="显示版本")
    commands = parser.add_subparsers(title="命令", metavar="命令", dest="command", required=True, parser_class=_Parser)

    def command(name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help, description=help)
        sub.set_defaults(run=run)
        sub.add_argument("--json", action="store_true", help="结果用JSON输出，供其他程序使用")
        return sub

    new = command("new", _new, "新建一个活动文件夹：总表、各单位的填报表")
    new.add_argument("dir", metavar="文件夹", type=Path, help="活动文件夹，不能已有内容")
    new.add_argument("--pack", choices=PACKS, required=True, metavar="规则包", help=f"规则包：{'、'.join(PACKS)}")
    new.add_argument("--units", type=Path, metavar="名册.csv", help="参评单位（默认是苏州市的名册）")

    blank = command("blank", _blank, "重新生成一个单位的填报表")
    blank.add_argument("dir", metavar="文件夹", type=Path, help="活动文件夹，或其中的总表")
    blank.add_argument("unit", metavar="单位", help="单位名册中的名称")

    check = command("check", _check, "收取和校核：登记回执，列出问题，不评分")
    check.add_argument("dir", metavar="文件夹", type=Path, help="活动文件夹，或其中的总表")

    score = command("score", _score, "计算得分：收取、校核、评分，写进总表")
    score.add_argument("dir", metavar="文件夹", type=Path, help="活动文件夹，或其中的总表")

    demo = command("demo", _demo, "生成一个演示活动（编造的数据）并评分")
    demo.add_argument("dir", metavar="文件夹", type=Path, help="新的文件夹")
    demo.add_argument("--pack", choices=PACKS, default=PACKS[0], metavar="规则包", help=f"规则包（默认 {PACKS[0]}）")

    doctor = command("doctor", _doctor, "环境自检：检查本机和活动文件夹，逐项给出处理办法")
    doctor.add_argument("dir", metavar="文件夹", type=Path, nargs="?", help="活动文件夹或其中的总表（不写：只查本机）")
    doctor.add_argument("--fix", action="store_true", help="能自动处理的就处理，包括把本机的Python写进总表")

    portable = command("portable", _portable, "做一个便携版文件夹：拷到没有装Python的Windows电脑上也能用")
    portable.add_argument("dir", metavar="文件夹", type=Path, help="新的文件夹")
    portable.add_argument("--python", type=Path, metavar="ZIP", help="python.org 的 embeddable package（64位）")
    portable.add_argument("--with", dest="content", choices=CONTENTS, metavar="内容", help="、".join(CONTENTS))
    portable.add_argument("--analysis", action="store_true", help="带上pandas（给分析人员，大约增加150 MB）")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command line; returns the exit code (0 done, 1 done with blocking findings, 2 not done)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    options = _build_parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except LianbingError as e:
        _say(options, {"完成": False, "问题": e.message, "怎么办": e.fix}, f"没有完成：{e.message}\n怎么办：{e.fix}")
    except KeyboardInterrupt:
        _say(options, {"完成": False, "问题": "被中断"}, "已中断，没有改动总表。")
    except OSError as e:
        problem = f"读写文件出错：{e.filename or ''} {e.strerror or e}"
        fix = "核对文件是否被占用、磁盘是否已满、有没有写入权限，然后重试。"
        _say(options, {"完成": False, "问题": problem, "怎么办": fix}, f"没有完成：{problem}\n怎么办：{fix}")
    except Exception:
        from xl_lianbing.crash import record_crash

        problem, fix = "程序出错，总表没有改动", f"把这个文件发给维护人员：{record_crash()}"
        _say(options, {"完成": False, "问题": problem, "怎么办": fix}, f"没有完成：{problem}。\n怎么办：{fix}")
    return NOT_DONE


def _say(options: argparse.Namespace, facts: dict[str, object], text: str) -> None:
    print(json.dumps(facts, ensure_ascii=False, indent=1, default=str) if options.json else text)


def _progress() -> AbstractContextManager[Watcher]:
    from xl_lianbing.console import progress

    return progress()


def _roster(units: Path | None) -> Sequence[RosterUnit]:
    from xl_lianbing.roster import SUZHOU
    from xl_lianbing.units_file import read_units

    return read_units(units) if units else SUZHOU


def _new(options: argparse.Namespace) -> int:
    from xl_lianbing.interpreter import this_interpreter
    from xl_lianbing.rules.pack import load_pack
    from xl_lianbing.setup import new_campaign, place_warnings

    roster = _roster(options.units)
    with _progress() as watcher:
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
    _say(options, {"完成": True, **facts}, text)
    return DONE


def _blank(options: argparse.Namespace) -> int:
    from xl_lianbing.folder import open_campaign
    from xl_lianbing.intake.inputs import read_master
    from xl_lianbing.setup import unit_of, write_blank

    folder = open_campaign(options.dir)
    master = read_master(folder.master)
    roster = master.inputs.roster
    path = write_blank(folder, master.pack, unit_of(options.unit, roster), roster)
    _say(options, {"完成": True, "填报表": path}, f"已生成填报表：{path}")
    return DONE


def _check(options: argparse.Namespace) -> int:
    from xl_lianbing.pipeline import CHECK

    return _run(options, CHECK)


def _score(options: argparse.Namespace) -> int:
    from xl_lianbing.pipeline import SCORE

    return _run(options, SCORE)


def _run(options: argparse.Namespace, operation: str) -> int:
    from xl_lianbing.folder import open_campaign
    from xl_lianbing.messages import outcome_facts, outcome_text
    from xl_lianbing.pipeline import run

    folder = open_campaign(options.dir)
    with _progress() as watcher:
        outcome = run(folder, operation, watcher=watcher)
    _say(options, outcome_facts(folder, outcome, operation), outcome_text(folder, outcome, operation))
    return DONE_WITH_BLOCKING if outcome.computed.blocking else DONE


def _demo(options: argparse.Namespace) -> int:
    from xl_lianbing.demo.write import write_demo
    from xl_lianbing.messages import outcome_facts, outcome_text
    from xl_lianbing.pipeline import SCORE, run
    from xl_lianbing.rules.pack import load_pack

    with _progress() as watcher:
        folder = write_demo(options.dir, load_pack(options.pack), watcher=watcher)
        outcome = run(folder, SCORE, watcher=watcher)
    text = f"演示活动已生成（数据全部是编造的）。\n{outcome_text(folder, outcome, SCORE)}"
    _say(options, outcome_facts(folder, outcome, SCORE), text)
    return DONE


def _doctor(options: argparse.Namespace) -> int:
    from xl_lianbing.doctor import State, doctor_facts, doctor_text, run_doctor
    from xl_lianbing.folder import open_campaign

    folder = open_campaign(options.dir) if options.dir else None
    checks = run_doctor(folder, fix=options.fix)
    _say(options, doctor_facts(checks), doctor_text(checks))
    return DONE_WITH_BLOCKING if any(check.state is State.PROBLEM for check in checks) else DONE


def _portable(options: argparse.Namespace) -> int:
    from xl_lianbing.portable import build_portable

    with _progress() as watcher:
        built = build_portable(
            options.dir, python=options.python, content=options.content, analysis=options.analysis, watcher=watcher
        )
    _say(options, built.facts, built.text)
    return DONE
