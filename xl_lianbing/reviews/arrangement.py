"""What was drawn: 评审安排.xlsx (who reads what) and 密钥.xlsx (what a code stands for). Both stay with the bureau."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import ReviewKind
from xl_lianbing.records.keys import document_key, name_key, squeeze
from xl_lianbing.reviews.draw import order
from xl_lianbing.reviews.tables import TableColumn, new_workbook, open_book, read_table, write_table

SHEET: Final = "评审安排"
KEY_SHEET: Final = "密钥"
_LOG: Final = "抽签记录"
_HEADERS: Final = ("代号", "单位", "文书文号", "姓名", "评审类型", "评审人", "原因", "轮次")
_KEY_HEADERS: Final = ("代号", "单位", "文书文号", "姓名")
_LOG_HEADERS: Final = ("时间", "操作", "种子", "评审人", "结果", "活动编号")
FIRST: Final = "首次"
FILLED: Final = "补抽"
THIRD: Final = "第三次评审"
#: How the draw log calls that a reviewer's open files went to others.
AGAIN: Final = "改派"
_FILE, _DEEDS = "A", "S"

#: What a code stands for: unit, number of the document, name of the person.
Meaning = tuple[str, str, str]


def meaning_key(unit: str, number: str, name: str) -> Meaning:
    """Equal for spellings of one file (`name` empty), or of one person's deeds (`number` empty)."""
    return name_key(unit), document_key(number) if number else "", name_key(name) if name else ""


@dataclass(frozen=True, slots=True)
class Given:
    """One line of 评审安排: who reads a code. Without a reviewer: why nobody does."""

    code: str
    kind: ReviewKind
    reviewer: str
    reason: str = ""
    turn: str = FIRST


@dataclass(frozen=True, slots=True)
class Event:
    """One line of 抽签记录."""

    at: str
    what: str
    seed: str
    reviewer: str
    result: str


@dataclass
class Arrangement:
    """`meanings`: code → what it stands for; `campaign`: what tells the forms of this campaign from another's."""

    campaign: str = field(default_factory=lambda: secrets.token_hex(6))
    meanings: dict[str, Meaning] = field(default_factory=dict)
    given: list[Given] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @property
    def seed(self) -> str:
        """Of the latest draw; '' before the first."""
        return next((e.seed for e in reversed(self.events) if e.seed), "")

    @property
    def retired(self) -> set[str]:
        """The keys of reviewers whose files went to others: they get no more."""
        return {name_key(e.reviewer) for e in self.events if e.what == AGAIN}

    @cached_property
    def _codes(self) -> dict[Meaning, str]:
        return {meaning_key(*meaning): code for code, meaning in self.meanings.items()}

    def code_of(self, unit: str, number: str = "", name: str = "") -> str | None:
        return self._codes.get(meaning_key(unit, number, name))

    def name(self, subjects: Iterable[Meaning], seed: str) -> None:
        """Gives a code to each subject that has none. The order, which decides the numbers, tells nothing of units."""
        for letter, chosen in ((_FILE, False), (_DEEDS, True)):
            fresh = [m for m in subjects if bool(m[2]) is chosen and meaning_key(*m) not in self._codes]
            last = max((int(code[1:]) for code in self.meanings if code.startswith(letter)), default=0)
            for number, meaning in enumerate(
                sorted(fresh, key=lambda m: order(seed, "code", *meaning_key(*m))), last + 1
            ):
                code = f"{letter}{number:03d}"
                self.meanings[code] = meaning
                self._codes[meaning_key(*meaning)] = code

    def of_reviewer(self, name: str) -> list[Given]:
        return [g for g in self.given if g.reviewer and name_key(g.reviewer) == name_key(name)]

    def readers_of(self, code: str) -> list[Given]:
        return self._by_code().get(code, [])

    def _by_code(self) -> dict[str, list[Given]]:
        found: dict[str, list[Given]] = {}
        for given in self.given:
            if given.reviewer:
                found.setdefault(given.code, []).append(given)
        return found

    @property
    def reviewers(self) -> list[str]:
        """Who reads anything, in the order of names."""
        return sorted({g.reviewer for g in self.given if g.reviewer})


def is_deeds(code: str) -> bool:
    return code.startswith(_DEEDS)


def code_key(text: str) -> str:
    """A code as people may type it."""
    return squeeze(text).upper()


def arrangement_path(folder: CampaignFolder) -> Path:
    return folder.reviews / "评审安排.xlsx"


def key_path(folder: CampaignFolder) -> Path:
    return folder.reviews / "密钥.xlsx"


def load_arrangement(folder: CampaignFolder) -> Arrangement | None:
    """What was drawn so far; None before the first draw. Raises LianbingError where it can't be read."""
    book = open_book(arrangement_path(folder))
    if book is None:
        return None
    made = Arrangement(campaign="")
    for row in read_table(book, SHEET, _HEADERS):
        code, kind = code_key(row.text("代号")), row.text("评审类型")
        if not code or kind not in list(ReviewKind):
            continue
        made.meanings[code] = (row.text("单位"), row.text("文书文号"), row.text("姓名"))
        made.given.append(
            Given(code, ReviewKind(kind), row.text("评审人"), row.text("原因"), row.text("轮次") or FIRST)
        )
    for row in read_table(book, _LOG, _LOG_HEADERS):
        made.events.append(Event(*(row.text(header) for header in _LOG_HEADERS[:5])))
        made.campaign = row.text("活动编号") or made.campaign
    made.campaign = made.campaign or secrets.token_hex(6)
    return made


def save_arrangement(
    folder: CampaignFolder, made: Arrangement, people: Mapping[str, tuple[str, str]], title: str
) -> None:
    """Writes both workbooks. `people`: reviewer → type and unit."""
    given = sorted(made.given, key=lambda g: (g.code, g.kind, g.reviewer))
    with new_workbook(arrangement_path(folder)) as (workbook, formats):
        note = f"种子：{made.seed}　同样的名单和种子抽出同样的结果。本表由市局保管，不要发给评审人。"
        columns: Sequence[TableColumn] = (
            *(TableColumn("代号", 9), TableColumn("单位", 18), TableColumn("文书文号", 28), TableColumn("姓名", 10)),
            *(TableColumn("评审类型", 10), TableColumn("评审人", 12), TableColumn("原因", 50), TableColumn("轮次", 12)),
        )
        rows: list[tuple[object, ...]] = [
            (g.code, *made.meanings[g.code], g.kind, g.reviewer, g.reason, g.turn) for g in given
        ]
        write_table(workbook, formats, SHEET, note, columns, rows, title=f"{title}：评审安排")
        loads = _loads(made, people)
        write_table(
            workbook, formats, "工作量", "份数只算案卷。", _columns("评审人 类型 单位 案卷份数 事迹份数"), loads
        )
        pairs = Counter((made.meanings[g.code][0], g.reviewer) for g in given if g.reviewer and not is_deeds(g.code))
        rows_of_pairs = [(unit, name, count) for (unit, name), count in sorted(pairs.items())]
        note = "每个单位的案卷分给了哪些评审人。"
        write_table(workbook, formats, "单位与评审人", note, _columns("单位 评审人 份数"), rows_of_pairs)
        log = [(e.at, e.what, e.seed, e.reviewer, e.result, made.campaign) for e in made.events]
        log_columns = tuple(TableColumn(h, w) for h, w in zip(_LOG_HEADERS, (18, 12, 20, 12, 60, 16), strict=True))
        write_table(workbook, formats, _LOG, "每次抽签的种子和结果，请不要改动。", log_columns, log)
    with new_workbook(key_path(folder)) as (workbook, formats):
        columns = (
            TableColumn("代号", 9),
            TableColumn("单位", 18),
            TableColumn("文书文号", 28),
            TableColumn("姓名", 10),
        )
        rows = [(code, *meaning) for code, meaning in sorted(made.meanings.items())]
        note = "代号对应的单位、文号和姓名。本表由市局保管，不要发给评审人。"
        write_table(workbook, formats, KEY_SHEET, note, columns, rows, title=f"{title}：密钥")


def _columns(headers: str) -> Sequence[TableColumn]:
    return [TableColumn(header, 16) for header in headers.split()]


def _loads(made: Arrangement, people: Mapping[str, tuple[str, str]]) -> list[tuple[object, ...]]:
    files = Counter(g.reviewer for g in made.given if not is_deeds(g.code))
    deeds = Counter(g.reviewer for g in made.given if is_deeds(g.code))
    names = dict.fromkeys([*people, *made.reviewers])
    return [(name, *people.get(name, ("", "")), files[name], deeds[name]) for name in names]


def rows_given(made: Arrangement) -> Iterator[tuple[Given, Meaning]]:
    for given in made.given:
        if given.reviewer:
            yield given, made.meanings[given.code]
