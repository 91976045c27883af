"""One function a command. Chinese messages on standard output, progress on standard error, `--json` for programs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from xl_lianbing import __version__
from xl_lianbing.errors import LianbingError
from xl_lianbing.faces.cli import campaign, inquiry, upkeep
from xl_lianbing.faces.cli.answer import DONE, DONE_WITH_BLOCKING, NOT_DONE, say
from xl_lianbing.faces.cli.parser import ChineseParser

PACKS = ("jiangsu-2017", "jiangsu-2016")
#: What `portable` may put beside the program: an empty campaign of a pack, or the demonstration.
CONTENTS = (*PACKS, "demo")

__all__ = ["CONTENTS", "DONE", "DONE_WITH_BLOCKING", "NOT_DONE", "PACKS", "main"]


def _build_parser() -> argparse.ArgumentParser:
    parser = ChineseParser(
        prog="xl-lianbing",
        description="环境执法大练兵：收取县区填报表，校核、评分，把结果写进总表。",
        epilog="完成返回0；完成但有阻断问题返回1；没能完成返回2，此时没有改动任何文件。",
    )
    parser.add_argument("--version", action="version", version=f"xl-lianbing {__version__}", help="显示版本")
    commands = parser.add_subparsers(
        title="命令", metavar="命令", dest="command", required=True, parser_class=ChineseParser
    )

    def command(name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help, description=help)
        sub.set_defaults(run=run)
        sub.add_argument("--json", action="store_true", help="结果用JSON输出，供其他程序使用")
        return sub

    new = command("new", campaign.new, "新建一个活动文件夹：总表、各单位的填报表")
    new.add_argument("dir", metavar="文件夹", type=Path, help="活动文件夹，不能已有内容")
    new.add_argument("--pack", choices=PACKS, required=True, metavar="规则包", help=f"规则包：{'、'.join(PACKS)}")
    new.add_argument("--units", type=Path, metavar="名册.csv", help="参评单位（默认是苏州市的名册）")

    blank = command("blank", campaign.blank, "重新生成一个单位的填报表")
    blank.add_argument("dir", metavar="文件夹", type=Path, help="活动文件夹，或其中的总表")
    blank.add_argument("unit", metavar="单位", help="单位名册中的名称")

    check = command("check", campaign.check, "收取和校核：登记回执，列出问题，不评分")
    check.add_argument("dir", metavar="文件夹", type=Path, help="活动文件夹，或其中的总表")

    score = command("score", campaign.score, "计算得分：收取、校核、评分，写进总表")
    score.add_argument("dir", metavar="文件夹", type=Path, help="活动文件夹，或其中的总表")

    demo = command("demo", campaign.demo, "生成一个演示活动（编造的数据）并评分")
    demo.add_argument("dir", metavar="文件夹", type=Path, help="新的文件夹")
    demo.add_argument("--pack", choices=PACKS, default=PACKS[0], metavar="规则包", help=f"规则包（默认 {PACKS[0]}）")

    doctor = command("doctor", upkeep.doctor, "环境自检：检查本机和活动文件夹，逐项给出处理办法")
    doctor.add_argument("dir", metavar="文件夹", type=Path, nargs="?", help="活动文件夹或其中的总表（不写：只查本机）")
    doctor.add_argument("--fix", action="store_true", help="能自动处理的就处理，包括把本机的Python写进总表")

    portable = command("portable", upkeep.portable, "做一个便携版文件夹：拷到没有装Python的Windows电脑上也能用")
    portable.add_argument("dir", metavar="文件夹", type=Path, help="新的文件夹")
    portable.add_argument("--python", type=Path, metavar="ZIP", help="python.org 的 embeddable package（64位）")
    portable.add_argument("--with", dest="content", choices=CONTENTS, metavar="内容", help="、".join(CONTENTS))
    portable.add_argument("--analysis", action="store_true", help="带上pandas（给分析人员，大约增加80 MB）")

    explain = command("explain", inquiry.explain, "说明一个单位或个人的得分：依据、取数、计算、没有计入的和原因")
    explain.add_argument("dir", metavar="文件夹", type=Path, help="活动文件夹，或其中的总表")
    explain.add_argument("who", metavar="单位或姓名", nargs="+", help="例如：昆山市；张某；昆山市 张某")
    explain.add_argument("--save", action="store_true", help="写成文本文件，放在活动文件夹的“说明”里，只显示摘要")

    compare = command("compare", inquiry.compare, "比较两份总表或两个活动：输入哪里不同，得分和名次怎么变，为什么")
    compare.add_argument("first", metavar="甲", type=Path, help="总表、备份的总表，或活动文件夹")
    compare.add_argument("second", metavar="乙", type=Path, help="同上")

    cases = command("cases", inquiry.cases, "核对算例：逐条运行算例表，列出不符的")
    cases.add_argument("file", metavar="算例.csv", type=Path, nargs="?", help="算例表（不写：程序自带的）")
    cases.add_argument("--export", type=Path, metavar="文件", help="把程序自带的算例表写成文件，供补充")
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
        say(options, {"完成": False, "问题": e.message, "怎么办": e.fix}, f"没有完成：{e.message}\n怎么办：{e.fix}")
    except KeyboardInterrupt:
        say(options, {"完成": False, "问题": "被中断"}, "已中断，没有改动总表。")
    except OSError as e:
        problem = f"读写文件出错：{e.filename or ''} {e.strerror or e}"
        fix = "核对文件是否被占用、磁盘是否已满、有没有写入权限，然后重试。"
        say(options, {"完成": False, "问题": problem, "怎么办": fix}, f"没有完成：{problem}\n怎么办：{fix}")
    except Exception:
        from xl_lianbing.faces.crash import record_crash

        problem, fix = "程序出错，总表没有改动", f"把这个文件发给维护人员：{record_crash()}"
        say(options, {"完成": False, "问题": problem, "怎么办": fix}, f"没有完成：{problem}。\n怎么办：{fix}")
    return NOT_DONE
