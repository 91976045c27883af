"""Reads a table of worked examples: 编号, 规则, 输入, 期望, 依据, as Excel saves it (UTF-8 or GB18030)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xl_lianbing.errors import LianbingError
from xl_lianbing.faults import words_of

COLUMNS = ("编号", "规则", "输入", "期望", "依据")
_SHAPE = f"表头应为：{'、'.join(COLUMNS)}；运行 xl-lianbing cases --export 文件 可以得到一份样表。"


@dataclass(frozen=True, slots=True)
class Case:
    """One example; `line` is its row in the file, `given` the 输入 by name."""

    line: int
    number: str
    rule: str
    given: Mapping[str, str]
    expected: str
    basis: str


def read_cases(path: Path) -> list[Case]:
    """The examples of a file, empty rows left out. Raises LianbingError if it is no such table."""
    try:
        content = path.read_bytes()
    except OSError as e:
        raise LianbingError(
            f"算例文件打不开：{path.name}（{words_of(e)}）", "核对路径；正在Excel中打开的请关闭。"
        ) from e
    return parse_cases(content, path.name)


def parse_cases(content: bytes, name: str) -> list[Case]:
    """The same from the bytes of a file."""
    rows = csv.reader(io.StringIO(_decoded(content, name), newline=""))
    header = [cell.strip() for cell in next(rows, [])]
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise LianbingError(f"算例文件 {name} 缺少列：{'、'.join(missing)}", _SHAPE)
    places = {column: header.index(column) for column in COLUMNS}
    cases = []
    for line, cells in enumerate(rows, 2):
        row = {column: cells[at].strip() if at < len(cells) else "" for column, at in places.items()}
        if any(row.values()):
            cases.append(Case(line, row["编号"], row["规则"], given(row["输入"]), row["期望"], row["依据"]))
    if not cases:
        raise LianbingError(f"算例文件 {name} 里没有算例", _SHAPE)
    return cases


def _decoded(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LianbingError(f"算例文件 {name} 不是UTF-8或GB18030编码的文本", "在Excel中另存为“CSV UTF-8（逗号分隔）”。")


def given(text: str) -> dict[str, str]:
    """`数值=300; 基准值=200` by name; full-width signs will do as well."""
    result = {}
    for part in text.replace("；", ";").replace("＝", "=").split(";"):
        name, _, value = part.partition("=")
        if part.strip():
            result[name.strip()] = value.strip()
    return result
