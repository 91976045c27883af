"""What columns are called elsewhere: a table that ships as CSV, and the campaign's own beside it (导入对照.csv)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, NamedTuple

from xl_lianbing.errors import LianbingError
from xl_lianbing.faults import advice_of, words_of
from xl_lianbing.intake.cells.aliases import header_key
from xl_lianbing.records.keys import squeeze

#: The campaign's own table, in its folder.
OWN_TABLE: Final = "导入对照.csv"
HEADERS: Final = ("种类", "本表列名", "对方列名")
_SHIPPED: Final = "synonyms.csv"
_BRACKETED: Final = re.compile(r"[(\[〔【][^()\[\]〔〕【】]*[)\]〕】]")
_SIGNS: Final = re.compile(r"[\s_\-—–/\\|、,，.。;；:：·~#]+(?!\d)")
_UNIT: Final = re.compile(r"(?<=.)(?:单位)?(?:人民币)?(?:万元|亿元|元|[U\u039c]G/?M3|微克/?立方米|毫克/?立方米)$")
_YEAR: Final = re.compile(r"(20\d\d)(?:年度?)?")


@cache
def column_key(text: str, year: int = 0) -> str:
    """Equal for spellings of one column's header: widths, signs, what stands in brackets and the unit don't count.

    `year`: of the campaign; it and the year before are 本年 and 上年.
    """
    plain = header_key(text).upper()
    bare = _BRACKETED.sub("", plain) or plain
    if year:
        bare = bare.replace("去年", "上年").replace("今年", "本年")
        bare = _YEAR.sub(lambda m: {year: "本年", year - 1: "上年"}.get(int(m[1]), m[0]), bare)
    return _UNIT.sub("", _SIGNS.sub("", bare))


class Synonym(NamedTuple):
    """A line of a table; without a column of ours it only tells the kind."""

    kind: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Synonyms:
    """All lines, the campaign's own first: of two for one header the first holds."""

    lines: Sequence[Synonym]

    def of(self, kind: str, year: int) -> dict[str, str]:
        """Key of a header → name of our column."""
        found: dict[str, str] = {}
        for line in self.lines:
            if line.kind == kind and line.ours:
                found.setdefault(column_key(line.theirs, year), line.ours)
        return found

    def telling(self, kind: str, year: int) -> frozenset[str]:
        """Keys of headers that speak for this kind of table."""
        return frozenset(column_key(s.theirs, year) for s in self.lines if s.kind == kind and not s.ours)


def synonyms_of(folder: Path, columns: Mapping[str, Collection[str]], answers: Sequence[Synonym] = ()) -> Synonyms:
    """The shipped table with the campaign's own and what was answered before it. `columns`: kind → the names that its
    columns have here.

    Raises LianbingError naming the lines of the campaign's table that cannot be used.
    """
    shipped = files("xl_lianbing.importing").joinpath(_SHIPPED).read_text("utf-8")
    own = folder / OWN_TABLE
    typed = _own_rows(own, columns) if own.exists() else []
    return Synonyms([*answers, *typed, *(line for _, line in _rows(shipped))])


def add_synonyms(folder: Path, lines: Sequence[Synonym]) -> Path:
    """More lines of the campaign's own table, which is made where there is none; returns it."""
    own = folder / OWN_TABLE
    text = _decoded(own) if own.exists() else ",".join(HEADERS) + "\n"
    more = io.StringIO()
    csv.writer(more, lineterminator="\n").writerows(lines)
    whole = text if text.endswith("\n") else f"{text}\n"
    draft = own.with_name(f".{own.name}.tmp")
    draft.write_text(whole + more.getvalue(), encoding="utf-8-sig", newline="")
    draft.replace(own)
    return own


def _own_rows(path: Path, columns: Mapping[str, Collection[str]]) -> list[Synonym]:
    read: list[Synonym] = []
    problems = []
    for number, line in _rows(_decoded(path)):
        if line.kind not in columns:
            problems.append(f"第{number}行的种类“{line.kind}”应是{'、'.join(columns)}之一")
        elif line.ours and column_key(line.ours) not in map(column_key, columns[line.kind]):
            problems.append(f"第{number}行的本表列名“{line.ours}”应是{'、'.join(columns[line.kind])}之一")
        else:
            ours = (column for column in columns[line.kind] if column_key(column) == column_key(line.ours))
            read.append(line._replace(ours=next(ours, "")))
    if problems:
        raise LianbingError(f"{OWN_TABLE}有误：{'；'.join(problems[:5])}。", "请改正后再导入；没有写入任何内容。")
    return read


def _decoded(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as e:
        raise LianbingError(f"打不开{OWN_TABLE}：{words_of(e)}。", advice_of(e)) from e
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LianbingError(f"{OWN_TABLE}的编码认不出来。", "请另存为UTF-8或GB18030编码的CSV文件。")


def _rows(text: str) -> Iterable[tuple[int, Synonym]]:
    """The lines below the header."""
    for number, row in enumerate(csv.reader(io.StringIO(text)), 1):
        cells = [cell.strip() for cell in row]
        if len(cells) >= len(HEADERS) and cells[2] and squeeze(cells[2]) != HEADERS[2]:
            yield number, Synonym(*cells[: len(HEADERS)])
