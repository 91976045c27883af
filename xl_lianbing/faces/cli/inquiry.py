"""Commands that answer questions and change no workbook: explain, compare, cases."""

from __future__ import annotations

import argparse

from xl_lianbing.faces.cli.answer import DONE, DONE_WITH_BLOCKING, progress, say


def explain(options: argparse.Namespace) -> int:
    from xl_lianbing.explain import explain, explanation_facts, explanation_summary, explanation_text, save_explanation
    from xl_lianbing.folder import open_campaign

    folder = open_campaign(options.dir)
    with progress() as watcher:
        found = explain(folder, "".join(options.who), watcher=watcher)
    facts: dict[str, object] = {"完成": True, "说明": [explanation_facts(e) for e in found]}
    text = "\n\n".join(explanation_text(e) for e in found)
    if options.save:
        files = [save_explanation(folder, e) for e in found]
        facts["文件"] = files
        summaries = (explanation_summary(e) for e in found)
        text = "\n\n".join(f"{told}\n已写出：{file}" for told, file in zip(summaries, files, strict=True))
    say(options, facts, text)
    return DONE


def compare(options: argparse.Namespace) -> int:
    from xl_lianbing.compare import compare, comparison_facts, comparison_text

    found = compare(options.first, options.second)
    say(options, comparison_facts(found), comparison_text(found))
    return DONE


def cases(options: argparse.Namespace) -> int:
    from xl_lianbing.worked_cases import cases_facts, cases_text, check_cases, export_cases, read_cases, shipped_cases

    if options.export:
        export_cases(options.export)
        say(options, {"完成": True, "文件": options.export}, f"已写出算例表：{options.export}")
        return DONE
    checked = check_cases(read_cases(options.file) if options.file else shipped_cases())
    say(options, cases_facts(checked), cases_text(checked))
    return DONE if all(c.passed for c in checked) else DONE_WITH_BLOCKING
