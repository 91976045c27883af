"""The source texts, shipped with the program: one numbered paragraph a line, cited as `N16-¶030`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Final

from xl_lianbing.errors import PackInvalid

SOURCE_FOLDER = resources.files("xl_lianbing.rules") / "sources"
#: Document → what a clerk calls it, and what its paragraphs are.
_CALLED: Final[Mapping[str, tuple[str, str]]] = {"N16": ("2016年通知", "段"), "T17": ("任务分解表", "条")}
_PARAGRAPH = re.compile(r"^(¶\d+) (.+)$", re.MULTILINE)


@cache
def paragraphs(document_id: str) -> dict[str, str]:
    """The paragraphs of a document ("N16"), keyed "N16-¶030". Raises PackInvalid if it is not shipped."""
    file = SOURCE_FOLDER / f"{document_id}.md"
    if not re.fullmatch(r"[A-Z]\d+", document_id) or not file.is_file():
        raise PackInvalid(f"没有编号为“{document_id}”的依据文件", "改正规则包里的 cites 或 documents，或重新安装软件。")
    return {f"{document_id}-{number}": text for number, text in _PARAGRAPH.findall(file.read_text("utf-8"))}


def paragraph(source: str) -> str:
    """The text of one paragraph ("N16-¶030"). Raises PackInvalid if there is no such paragraph."""
    try:
        return paragraphs(source.partition("-")[0])[source]
    except KeyError:
        raise PackInvalid(f"依据文件里没有“{source}”这一段", "改正规则包里的 cites。") from None


def named(*sources: str) -> str:
    """Paragraphs in words: 任务分解表第10、11条；2016年通知第57段."""
    numbers: dict[str, list[int]] = {}
    for source in sources:
        document, _, number = source.partition("-¶")
        numbers.setdefault(document, []).append(int(number))
    return "；".join(_named(document, sorted(set(found))) for document, found in numbers.items())


def _named(document: str, numbers: Iterable[int]) -> str:
    title, part = _CALLED.get(document, (document, "段"))
    return f"{title}第{'、'.join(map(str, numbers))}{part}"
