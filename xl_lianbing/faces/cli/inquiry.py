"""Commands that answer questions and change no workbook: explain, compare, cases."""

from __future__ import annotations

import argparse
from pathlib import Path

from xl_lianbing.faces.cli.command import CAMPAIGN, argument, command
from xl_lianbing.faces.console import progress
from xl_lianbing.faces.outcomes import Answer, done


@command(
    "说明一个单位或个人的得分：依据、取数、计算、没有计入的和原因",
    CAMPAIGN,
    argument("who", metavar="单位或姓名", nargs="+", help="例如：昆山市；张某；昆山市 张某"),
    argument("--save", action="store_true", help="写成文本文件，放在活动文件夹的“说明”里，只显示摘要"),
)
def explain(options: argparse.Namespace) -> Answer:
    from xl_lianbing.explain import explain, explanation_facts, explanation_summary, explanation_text, save_explanation
    from xl_lianbing.folder import open_campaign

    folder = open_campaign(options.dir)
    with progress() as watcher:
        found = explain(folder, "".join(options.who), watcher=watcher)
    facts: dict[str, object] = {"说明": [explanation_facts(e) for e in found]}
    if not options.save:
        return done("\n\n".join(explanation_text(e) for e in found), facts)
    files = [save_explanation(folder, e) for e in found]
    summaries = (explanation_summary(e) for e in found)
    text = "\n\n".join(f"{told}\n已写出：{file}" for told, file in zip(summaries, files, strict=True))
    return done(text, facts | {"文件": files})


@command(
    "比较两份总表或两个活动：输入哪里不同，得分和名次怎么变，为什么",
    argument("first", metavar="甲", type=Path, help="总表、备份的总表，或活动文件夹"),
    argument("second", metavar="乙", type=Path, help="同上"),
)
def compare(options: argparse.Namespace) -> Answer:
    from xl_lianbing.compare import compare, comparison_facts, comparison_text

    found = compare(options.first, options.second)
    return done(comparison_text(found), comparison_facts(found))


@command(
    "核对算例：逐条运行算例表，列出不符的",
    argument("file", metavar="算例.csv", type=Path, nargs="?", help="算例表（不写：程序自带的）"),
    argument("--export", type=Path, metavar="文件", help="把程序自带的算例表写成文件，供补充"),
)
def cases(options: argparse.Namespace) -> Answer:
    from xl_lianbing.worked_cases import cases_facts, cases_text, check_cases, export_cases, read_cases, shipped_cases

    if options.export:
        export_cases(options.export)
        return done(f"已写出算例表：{options.export}", {"文件": options.export})
    checked = check_cases(read_cases(options.file) if options.file else shipped_cases())
    return done(cases_text(checked), cases_facts(checked), blocking=not all(c.passed for c in checked))
