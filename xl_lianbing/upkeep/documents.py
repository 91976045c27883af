"""The documents made from the code itself, never by hand: `python -m xl_lianbing.upkeep.documents`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from xl_lianbing.findings import Kind, evidence, export, mailed, master, reading, receipts, reviews, scoring
from xl_lianbing.records.dictionary import dictionary, markdown_table
from xl_lianbing.rules.pack import SHIPPED, RulePack, load_pack
from xl_lianbing.rules.pack.basis import citations
from xl_lianbing.upkeep.rooms import rooms

ROOT: Final = Path(__file__).resolve().parents[2]

_CODES_INTRODUCTION = """# 问题编码

本文由程序按校核问题的定义生成，请勿手工修改。重新生成：`python -m xl_lianbing.upkeep.documents`

- 阻断：得分要用的内容缺失或认不出，或者一个文号由两个单位填报；该行（或该文件）不计入。
- 提醒：请核对；除问题中写明“不计入”或“记零分”的以外，不影响得分。
- 说明：程序已经按写明的办法处理，供知悉。
- “…”处在总表“校核结果”中是当时的列名、文号、日期等。
- 单元格的问题（C01～C08）在得分要用到该格时升为“阻断”（规则 B2.10），以总表所列级别为准。
- 罚款与系统不符（X02）在得分要用到该数时升为“阻断”，并入的疑点随它。
- 罚款与系统不符、全省总数不合理（X02、P65、P66）是阻断，但仍按填写的计算，不去掉任何一行。"""

#: Part of the catalogue -> its entries, in the order in which a run meets them.
CODES: Final[Mapping[str, tuple[Kind, ...]]] = {
    "读取和校核填报表": reading.CATALOGUE,
    "读取总表录入": master.CATALOGUE,
    "登记回执": receipts.CATALOGUE,
    "打开收到的压缩包和邮件": mailed.CATALOGUE,
    "与处罚系统数据比对": export.CATALOGUE,
    "核对佐证文件": evidence.CATALOGUE,
    "汇总和评分": scoring.CATALOGUE,
    "抽签和收回评审表": reviews.CATALOGUE,
}


def finding_codes() -> str:
    """The catalogue of findings as Markdown: code, severity, problem, fix, rule; then what each rule rests on."""
    lines = [_CODES_INTRODUCTION]
    for part, kinds in CODES.items():
        rows = ((k.code, k.title, str(k.severity), _shown(k.problem), _shown(k.fix), k.rule) for k in kinds)
        lines += ["", f"## {part}", "", *markdown_table(("编码", "名称", "级别", "问题", "如何修改", "规则"), rows)]
    packs = [load_pack(name) for name in SHIPPED]
    lines += ["", "## 规则的依据", "", "规则包中每条规则引用的原文段落（N16：2016年通知；T17：2017年任务分解表）。", ""]
    headers = ("规则", *(pack.id for pack in packs))
    bases = [_bases(pack) for pack in packs]
    rules = sorted({rule for basis in bases for rule in basis}, key=_rule_order)
    lines += markdown_table(headers, ((rule, *("、".join(b.get(rule, ())) for b in bases)) for rule in rules))
    return "\n".join(lines) + "\n"


#: File below the root of the repository -> what it says.
DOCUMENTS: Final[Mapping[str, Callable[[], str]]] = {
    "docs/数据字典.md": dictionary,
    "docs/问题编码.md": finding_codes,
    "docs/rooms.md": rooms,
}


def write_documents(root: Path = ROOT) -> list[Path]:
    """Writes every generated document below `root`; returns their paths relative to it."""
    for name, made in DOCUMENTS.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made(), encoding="utf-8", newline="\n")
    return [Path(name) for name in DOCUMENTS]


def _shown(sentence: str) -> str:
    return re.sub(r"\{\w+\}", "…", sentence)


def _bases(pack: RulePack) -> dict[str, list[str]]:
    """Rule id -> the paragraphs that the pack cites for it, each once."""
    found: dict[str, dict[str, None]] = {}
    for rule, citation in citations(pack):
        found.setdefault(rule, {})[citation.source] = None
    return {rule: list(sources) for rule, sources in found.items()}


def _rule_order(rule: str) -> tuple[str, list[int]]:
    return rule[0], [int(part) for part in rule[1:].split(".")]


def main() -> None:
    parser = argparse.ArgumentParser(description="重新生成数据字典、问题编码和模块一览")
    parser.add_argument("--root", type=Path, default=ROOT, help="仓库目录（默认：本仓库）")
    for path in write_documents(parser.parse_args().root):
        print(path)


if __name__ == "__main__":
    main()
