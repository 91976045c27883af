"""Commands that make and compute a campaign: new, blank, import, review, check, score, dispatch, demo."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xl_lianbing.errors import LianbingError
from xl_lianbing.faces.cli.command import CAMPAIGN, NEW_FOLDER, argument, command
from xl_lianbing.faces.console import progress
from xl_lianbing.faces.outcomes import Answer, done
from xl_lianbing.glossary import ImportKind
from xl_lianbing.rules.shipped import SHIPPED

if TYPE_CHECKING:
    from xl_lianbing.records.inputs import RosterUnit

_PACKS: Final = SHIPPED[::-1]


def _roster(units: Path | None) -> Sequence[RosterUnit]:
    from xl_lianbing.roster import SUZHOU, read_units

    return read_units(units) if units else SUZHOU


@command(
    "新建一个活动文件夹：总表、各单位的填报表",
    argument("dir", metavar="文件夹", type=Path, help="活动文件夹，不能已有内容"),
    argument("--pack", choices=_PACKS, required=True, metavar="规则包", help=f"规则包：{'、'.join(_PACKS)}"),
    argument("--units", type=Path, metavar="名册.csv", help="参评单位（默认是苏州市的名册）"),
    argument("--title", default="", metavar="名称", help="活动名称（默认按规则包和名册中的市）"),
    argument("--issuer", default="", metavar="主办单位", help="主办单位（默认按规则包和名册中的市）"),
)
def new(options: argparse.Namespace) -> Answer:
    from xl_lianbing.faces.blanks import contacts_missing
    from xl_lianbing.launch.interpreter import this_interpreter
    from xl_lianbing.roster import oddities
    from xl_lianbing.rules.pack import load_pack
    from xl_lianbing.setup import new_campaign, place_warnings

    roster = _roster(options.units)
    with progress() as watcher:
        folder = new_campaign(
            options.dir,
            load_pack(options.pack),
            roster,
            title=options.title,
            issuer=options.issuer,
            watcher=watcher,
        )
    text = (
        f"已新建活动文件夹：{folder.path}\n"
        f"  总表：{folder.master}\n"
        f"  填报表：{folder.blanks}（{len(roster)}份，发给各单位填写）\n"
        f"接下来：核对总表的“单位名册”和“规则”，把填报表发给各单位；收回的放进 {folder.returns}，再计算得分。"
    )
    notes = [*contacts_missing(roster, roster), *oddities(roster)]
    notes += [f"{warning.what}{warning.fix}" for warning in place_warnings(folder.path)]
    if not this_interpreter().python:
        notes.append("本机不是Windows，总表里没有写按钮用的Python；在Windows电脑上双击start.cmd会自动写入。")
    text = "\n".join([text, *(f"说明：{note}" for note in notes)])
    return done(text, {"文件夹": folder.path, "总表": folder.master, "单位数": len(roster), "说明": notes})


@command(
    "重新生成空白填报表：一个单位的，或者全部",
    CAMPAIGN,
    argument("unit", metavar="单位", nargs="?", help="单位名册中的名称"),
    argument("--all", action="store_true", help="名册中的全部单位；有人改动过的，原件存进“备份”"),
    argument("--prefill", action="store_true", help="把处罚系统数据、公示数据里该单位的案件先填好，由单位核对补齐"),
)
def blank(options: argparse.Namespace) -> Answer:
    from xl_lianbing.excel.closed.lock import is_open
    from xl_lianbing.faces.blanks import UNSAVED, blanks_facts, blanks_text
    from xl_lianbing.folder import open_campaign
    from xl_lianbing.intake.master.inputs import read_master
    from xl_lianbing.setup import known_of, remake_blanks, unit_of

    if bool(options.unit) == options.all:
        raise LianbingError("没有写要重新生成哪个单位的填报表。", "写一个单位的名称，或者写 --all（全部单位）。")
    folder = open_campaign(options.dir)
    master = read_master(folder.master)
    roster = master.inputs.roster
    units = roster if options.all else [unit_of(options.unit, roster)]
    known = known_of(units, master.inputs) if options.prefill else None
    with progress() as watcher:
        rows = known.units if known else None
        remade = remake_blanks(folder, master.pack, units, roster, known=rows, watcher=watcher)
    given = (units, roster, known)
    told = blanks_text(folder, remade, *given)
    if is_open(folder.master):
        told += f"\n注意：{UNSAVED}"
    return done(told, blanks_facts(remade, *given))


@command(
    "把处罚系统、公示、移动执法、投票、监测等数据文件导入总表",
    CAMPAIGN,
    argument("files", metavar="文件", type=Path, nargs="+", help="系统导出的文件，几个文件要么都导入，要么都不导入"),
    argument("--kind", choices=list(ImportKind), metavar="种类", help=f"{'、'.join(ImportKind)}（默认按表头认）"),
    argument("--unit", choices=("元", "万元"), metavar="单位", help="金额的单位：元或万元（表头没有写明时）"),
    argument("--dry-run", action="store_true", help="只预览，不写入"),
    argument("--replace", action="store_true", help="以前导入的行与文件不同的，按文件改；人工录入的不改"),
    name="import",
)
def import_figures(options: argparse.Namespace) -> Answer:
    from xl_lianbing.drafts import scratch
    from xl_lianbing.excel.closed.book import ClosedBook
    from xl_lianbing.faces.imports import import_facts, import_text
    from xl_lianbing.folder import open_campaign
    from xl_lianbing.importing.run import carry_out, prepare

    folder = open_campaign(options.dir)
    book = ClosedBook(folder.master)
    if not options.dry_run:
        book.ready()
    with scratch() as spool:
        prepared = prepare(
            folder,
            options.files,
            kind=options.kind or "",
            unit=options.unit or "",
            replace=options.replace,
            master=book.snapshot(spool),
        )
        written = prepared.writes and not options.dry_run
        if written:
            carry_out(prepared, book, spool)
    text = import_text(prepared, written=written, preview=options.dry_run)
    return done(text, import_facts(prepared, written=written), blocking=prepared.blocking)


@command(
    "盲评：抽签发出评审表，收回评审表；不写选项时只说进度",
    CAMPAIGN,
    argument("--out", action="store_true", help="抽签并写出评审表；已抽的不变，只补缺的"),
    argument("--in", dest="take", action="store_true", help="读“评审/收回”里的评审表，写进总表"),
    argument("--third", action="store_true", help="两类评审相差过大的案卷，抽第三名评审人（专家）并写出评审表"),
    argument("--draw", type=int, metavar="件数", help="从“处罚系统数据”给每个单位随机抽取几件"),
    argument("--seed", default="", metavar="种子", help="抽签的种子（默认自动产生并记下来）"),
    argument("--replace", action="store_true", help="与 --in 同用：再交的评审表与收下的不同的，按后交的改"),
    argument("--again", default="", metavar="评审人", help="与 --out 同用：这个人没评的改由别人评"),
)
def review(options: argparse.Namespace) -> Answer:
    from xl_lianbing.faces import reviews as face
    from xl_lianbing.folder import open_campaign
    from xl_lianbing.intake.master.inputs import read_master

    folder = open_campaign(options.dir)
    chosen = [name for name in ("out", "take", "third", "draw") if getattr(options, name)]
    if options.draw is not None and "draw" not in chosen:
        chosen.append("draw")
    if options.again and not chosen:
        chosen = ["out"]
    if len(chosen) > 1 or (options.again and chosen != ["out"]) or (options.replace and chosen != ["take"]):
        raise LianbingError(
            "选项不能这样一起用。",
            "--out、--in、--third、--draw 只选一个；--again 与 --out 同用，--replace 与 --in 同用。",
        )
    if not chosen:
        from xl_lianbing.reviews.arrangement import load_arrangement
        from xl_lianbing.reviews.progress import progress as how_far

        found = how_far(load_arrangement(folder), read_master(folder.master).inputs)
        return done(face.progress_text(found), face.progress_facts(found))
    if chosen == ["draw"]:
        from xl_lianbing.reviews.sample import draw_decisions

        sample = draw_decisions(folder, options.draw, seed=options.seed)
        return done(face.sample_text(sample), face.sample_facts(sample))
    if chosen == ["take"]:
        from xl_lianbing.excel.closed.book import ClosedBook
        from xl_lianbing.excel.closed.lock import refuse_if_open
        from xl_lianbing.reviews.take import carry_in, prepare_forms

        refuse_if_open(folder.master)
        prepared = prepare_forms(folder, replace=options.replace)
        written = prepared.writes
        carry_in(prepared, ClosedBook(folder.master))
        facts = face.taken_facts(prepared, written=written)
        return done(face.taken_text(prepared, written=written), facts, blocking=prepared.blocking)
    from xl_lianbing.reviews.send import send_out

    sent = send_out(folder, seed=options.seed, again=options.again, third=options.third)
    text = face.sent_text(folder, sent, third=options.third)
    return done(text, face.sent_facts(sent), blocking=face.blocks(sent.findings))


@command("收取和校核：登记回执，列出问题，不评分", CAMPAIGN)
def check(options: argparse.Namespace) -> Answer:
    from xl_lianbing.pipeline import CHECK

    return _run(options, CHECK)


@command("计算得分：收取、校核、评分，写进总表", CAMPAIGN)
def score(options: argparse.Namespace) -> Answer:
    from xl_lianbing.pipeline import SCORE

    return _run(options, SCORE)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，写成 2017-08-31 的样子") from None


@command(
    "进度调度：把上一期各单位的进度定下来，写进总表，写出通报",
    CAMPAIGN,
    argument(
        "--date",
        type=_day,
        metavar="日期",
        help="按哪一天，例如 2017-08-31（不写是今天）：调度到这一天最近结束的一期",
    ),
    argument("--again", action="store_true", help="这一期已经发出的，重做最新的一期；原来的一份存进“备份”"),
)
def dispatch(options: argparse.Namespace) -> Answer:
    from xl_lianbing.faces.dispatch import dispatch_facts, dispatch_text
    from xl_lianbing.folder import open_campaign
    from xl_lianbing.pipeline import DISPATCH, run

    folder = open_campaign(options.dir)
    with progress() as watcher:
        outcome = run(folder, DISPATCH, watcher=watcher, day=options.date, again=options.again)
    facts = dispatch_facts(folder, outcome)
    return done(dispatch_text(folder, outcome), facts, blocking=bool(outcome.computed.blocking))


def _run(options: argparse.Namespace, operation: str) -> Answer:
    from xl_lianbing.faces.messages import run_facts, run_text
    from xl_lianbing.folder import open_campaign
    from xl_lianbing.pipeline import run

    folder = open_campaign(options.dir)
    with progress() as watcher:
        outcome = run(folder, operation, watcher=watcher)
    facts = run_facts(folder, outcome, operation)
    return done(run_text(folder, outcome, operation), facts, blocking=bool(outcome.computed.blocking))


@command(
    "生成一个演示活动（编造的数据）并评分",
    NEW_FOLDER,
    argument("--pack", choices=_PACKS, default=_PACKS[0], metavar="规则包", help=f"规则包（默认 {_PACKS[0]}）"),
)
def demo(options: argparse.Namespace) -> Answer:
    from xl_lianbing.demo.write import write_demo
    from xl_lianbing.faces.messages import run_facts, run_text
    from xl_lianbing.pipeline import SCORE, issue_alone, run
    from xl_lianbing.rules.pack import load_pack

    with progress() as watcher:
        folder = write_demo(options.dir, load_pack(options.pack), watcher=watcher, issue=issue_alone)
        outcome = run(folder, SCORE, watcher=watcher)
    text = f"演示活动已生成（数据全部是编造的）。\n{run_text(folder, outcome, SCORE)}"
    return done(text, run_facts(folder, outcome, SCORE))
