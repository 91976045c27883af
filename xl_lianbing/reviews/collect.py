"""Reads the forms that came back: any file names, sub-folders, ZIP; found by code and reviewer. What is wrong with a
row is a finding and keeps no other row from being taken."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final

from xl_lianbing.findings import Finding, Kind, Where, finding
from xl_lianbing.findings import reviews as k
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import YesNo
from xl_lianbing.importing.kinds.kind import Value
from xl_lianbing.intake.cells.numbers import number_of_float, number_of_text
from xl_lianbing.intake.cells.values import as_typed
from xl_lianbing.intake.door.file import read_file
from xl_lianbing.intake.door.sheets import Book, Cell, Unreadable
from xl_lianbing.intake.master.tabs import Tab, TableRow
from xl_lianbing.intake.returned.stamp import read_stamp
from xl_lianbing.records.keys import name_key, squeeze
from xl_lianbing.reviews.arrangement import Arrangement, Given, code_key, is_deeds
from xl_lianbing.reviews.forms import (
    CAMPAIGN_LABEL,
    CLASS,
    CODE,
    DEEDS,
    FILES,
    FORGED,
    GUIDE,
    NOTE,
    REVIEWER_LABEL,
    deed_items,
    item_header,
)
from xl_lianbing.rules.ruleset import Ruleset

_ENDINGS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".et", ".ods"})
_LITTER: Final = ("~$", ".", "__MACOSX")
_MOST_MEMBERS: Final = 2000
_MOST_BYTES: Final = 64 << 20
_DEEPEST: Final = 8
_PLACES: Final = 6
#: What a field holds that nobody filled in.
_NOTHING: Final = frozenset({"", "-", "—", "/", "无"})


@dataclass(frozen=True, slots=True)
class Came:
    """A file that lies in 收回, or in a ZIP there."""

    name: str
    content: bytes
    at: datetime

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Answer:
    """A row that can be taken. `values`: by the field of the tab's record."""

    given: Given
    values: Mapping[str, Value]
    source: str
    where: Where


@dataclass(slots=True)
class FormRead:
    """What one form gave."""

    name: str
    sha256: str
    reviewer: str = ""
    answers: list[Answer] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused: int = 0


def files_in(folder: CampaignFolder) -> tuple[list[Came], list[Finding]]:
    """What lies in 评审/收回, in the order of file time."""
    came: list[Came] = []
    found: list[Finding] = []
    place = folder.reviews / "收回"
    for path in sorted(place.rglob("*")) if place.is_dir() else ():
        name = folder.shown(path)
        if any(part.startswith(_LITTER) for part in path.relative_to(place).parts) or not path.is_file():
            continue
        if path.suffix.lower() == ".pdf":
            continue  # the scans that went out with the form
        at = datetime.fromtimestamp(path.stat().st_mtime)
        try:
            content = read_file(path)
        except Unreadable as e:
            found.append(finding(k.FORM_UNREADABLE, Where(name), why=e.why, fix=e.fix))
            continue
        if path.suffix.lower() == ".zip":
            _unzip(name, content, at, came, found, 0)
        else:
            came.append(Came(name, content, at))
    return sorted(came, key=lambda c: (c.at, c.name)), found


def _unzip(name: str, content: bytes, at: datetime, came: list[Came], found: list[Finding], depth: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            infos = [info for info in package.infolist() if not info.is_dir()]
            if len(infos) > _MOST_MEMBERS:
                raise ValueError(f"里面有{len(infos)}个文件，太多")
            for info in infos:
                inner = _spelled(info)
                parts = inner.split("/")
                ending = os.path.splitext(inner)[1].lower()  # noqa: PTH122 - no path of this machine
                if any(part.startswith(_LITTER) for part in parts) or ending not in (*_ENDINGS, ".zip"):
                    continue
                if info.flag_bits & 1:
                    raise ValueError("有密码")
                if info.file_size > _MOST_BYTES:
                    raise ValueError(f"其中的《{parts[-1]}》太大")
                shown, inside = f"{name} › {inner}", package.read(info)
                if ending == ".zip" and depth < _DEEPEST:
                    _unzip(shown, inside, at, came, found, depth + 1)
                elif ending != ".zip":
                    came.append(Came(shown, inside, _time_of(info, at)))
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, NotImplementedError, EOFError) as e:
        why = str(e) if isinstance(e, ValueError) else "文件损坏"
        found.append(finding(k.ZIP_UNREADABLE, Where(name), why=why))


def _spelled(info: zipfile.ZipInfo) -> str:
    """The name of a member; archives of Chinese Windows spell it in GB18030."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _time_of(info: zipfile.ZipInfo, otherwise: datetime) -> datetime:
    try:
        return datetime(*info.date_time)
    except ValueError:
        return otherwise


def read_form(came: Came, made: Arrangement, rules: Ruleset) -> FormRead:
    """One file. Nothing about it raises."""
    result = FormRead(came.name, came.sha256)
    try:
        _Reading(came, made, rules, result).read()
    except Unreadable as e:
        result.findings.append(finding(k.FORM_UNREADABLE, Where(came.name), why=e.why, fix=e.fix))
        result.answers.clear()
    return result


class _Reading:
    def __init__(self, came: Came, made: Arrangement, rules: Ruleset, result: FormRead) -> None:
        self._came, self._made, self._rules, self._result = came, made, rules, result
        self._file_items = {f"#{i.item}": (i.item, i.full) for i in rules.pack.review_items}
        full = rules.number("deeds.item_full")
        self._deed_items = {name: (header, full) for name, header in deed_items().items()}

    def read(self) -> None:
        book = Book(self._came.content)
        found = {sheet: table for sheet in (FILES, DEEDS) if (table := self._table(book, sheet)) is not None}
        if not found:
            self._say(k.NO_FORM, Where(self._came.name))
            return
        stamp, told = read_stamp(book), _told(book)
        campaign = (stamp.campaign if stamp else "") or told.get(CAMPAIGN_LABEL, "")
        pack = stamp.pack if stamp else ""
        if (campaign and campaign != self._made.campaign) or (pack and pack != self._rules.pack.id):
            self._say(k.OTHER_CAMPAIGN, Where(self._came.name), found=told.get("", "") or pack)
            return
        codes = [code_key(row.text(CODE)) for _, rows in found.values() for row in rows]
        reviewer = self._whose(stamp.reviewer if stamp else "", told.get(REVIEWER_LABEL, ""), codes)
        if not reviewer:
            self._say(k.NOBODYS, Where(self._came.name))
            return
        self._result.reviewer = reviewer
        for sheet, (spelled, rows) in found.items():
            self._sheet(sheet, spelled, rows)

    def _table(self, book: Book, sheet: str) -> tuple[str, list[TableRow]] | None:
        """A sheet by its name, else by its header."""
        items = self._file_items if sheet == FILES else self._deed_items
        full = [item_header(item, f"{most:f}") for item, most in items.values()] if sheet == FILES else []
        headers = [CODE, CLASS, *(item for item, _ in items.values()), *full, "得分", FORGED, NOTE, "合计"]
        least = [*full, FORGED] if sheet == FILES else [item for item, _ in items.values()]
        names = [n for n in book.names if squeeze(n) == sheet] or [n for n in book.names if n not in book.hidden]
        for name in names:
            tab = Tab(book, name)
            header = tab.header(headers)
            if header is None or CODE not in header.places:
                continue
            if squeeze(name) == sheet or any(h in header.places for h in least):
                return name, [row for row in tab.table(header) if row.text(CODE) or self._answered(row, items)]
        return None

    def _answered(self, row: TableRow, items: Mapping[str, tuple[str, Decimal]]) -> bool:
        return any(self._text(row, item, full) for item, full in items.values())

    def _whose(self, stamped: str, told: str, codes: Sequence[str]) -> str:
        """The reviewer by the stamp, the line of 填写说明, the file's name, or the only one who was given all codes."""
        known = {name_key(name): name for name in self._made.reviewers}
        known |= {name_key(e.reviewer): e.reviewer for e in self._made.events if e.reviewer}
        for name in (stamped, told):
            if name_key(name) in known:
                return known[name_key(name)]
        named = [name for key, name in known.items() if key in name_key(self._came.name.rpartition("/")[2])]
        if len(named) == 1:
            return named[0]
        wanted = set(filter(None, codes))
        fits = [n for n in self._made.reviewers if wanted and wanted <= {g.code for g in self._made.of_reviewer(n)}]
        return fits[0] if len(fits) == 1 else ""

    def _say(self, kind: Kind, where: Where, shown: object = "", **words: object) -> None:
        self._result.findings.append(finding(kind, where, shown, **words))

    def _sheet(self, sheet: str, spelled: str, rows: Sequence[TableRow]) -> None:
        given = {g.code: g for g in self._made.of_reviewer(self._result.reviewer)}
        items = self._file_items if sheet == FILES else self._deed_items
        if rows and (lacking := self._lacking(rows[0], sheet, items)):
            where = Where(self._came.name, spelled)
            self._say(k.COLUMN_MISSING, where, "", sheet=spelled, column="”“".join(lacking))
            self._result.refused += len(rows)
            return
        answers: dict[str, list[Answer]] = {}
        for row in rows:
            code = code_key(row.text(CODE))
            cell = Where(self._came.name, spelled, row.address(CODE))
            if code not in given or is_deeds(code) is (sheet == FILES):
                self._say(k.CODE_NOT_GIVEN, cell, code, code=code or "（空）", reviewer=self._result.reviewer)
                self._result.refused += 1
                continue
            values = self._values(row, code, sheet, spelled, items)
            if values is not None:
                source = f"{self._came.name} {spelled}第{row.number}行 {code}"
                answers.setdefault(code, []).append(Answer(given[code], values, source, cell))
        for code, several in answers.items():
            if all(a.values == several[0].values for a in several):
                self._result.answers.append(several[0])
                continue
            for answer in several:
                self._say(k.CODE_TWICE, answer.where, code, code=code)
                self._result.refused += 1

    def _lacking(self, row: TableRow, sheet: str, items: Mapping[str, tuple[str, Decimal]]) -> list[str]:
        asked = [(item, item_header(item, f"{full:f}")) for item, full in items.values()]
        lacking = [names[0] for names in asked if not any(name in row.header.places for name in names)]
        return [*lacking, FORGED] if sheet == FILES and FORGED not in row.header.places else lacking

    def _text(self, row: TableRow, item: str, full: Decimal) -> str:
        return as_typed(self._cell(row, item, full)[1]).strip()

    @staticmethod
    def _cell(row: TableRow, item: str, full: Decimal) -> tuple[str, Cell]:
        """The header under which an item stands, and its cell."""
        header = item_header(item, f"{full:f}")
        header = header if header in row.header.places else item
        return header, row[header]

    def _values(
        self, row: TableRow, code: str, sheet: str, spelled: str, items: Mapping[str, tuple[str, Decimal]]
    ) -> dict[str, Value] | None:
        """The row as values of the tab; None, with what is wrong with it, where it can't be taken."""
        forged = row.text(FORGED) if sheet == FILES else ""
        texts = [self._text(row, item, full) for item, full in items.values()]
        if all(text in _NOTHING for text in [*texts, forged]):
            self._say(k.NOT_READ, Where(self._came.name, spelled, row.address(CODE)), "", code=code)
            return None
        points: dict[str, Value] = {}
        before = len(self._result.findings)
        for name, (item, full) in items.items():
            header, cell = self._cell(row, item, full)
            where = Where(self._came.name, spelled, row.address(header))
            number = self._points(cell, where, code, item, full)
            if number is not None:
                points[name] = number
        if sheet == FILES:
            where = Where(self._came.name, spelled, row.address(FORGED))
            if not forged:
                self._say(k.ANSWER_MISSING, where, "", code=code, item=FORGED)
            elif forged not in list(YesNo):
                self._say(k.NEITHER, where, forged, code=code, value=forged)
        if len(self._result.findings) > before:
            self._result.refused += 1
            return None
        note = row.text(NOTE) or None
        if sheet == FILES:
            total = sum((p for p in points.values() if isinstance(p, Decimal)), Decimal(0))
            return {"points": total, "forged": YesNo(forged), "note": note}
        return {**points, "note": note}

    def _points(self, cell: Cell, where: Where, code: str, item: str, full: Decimal) -> Decimal | None:
        text = as_typed(cell).strip()
        if text in _NOTHING:
            self._say(k.ANSWER_MISSING, where, text, code=code, item=item)
            return None
        number = number_of_float(cell) if isinstance(cell, float) else None
        if number is None and isinstance(cell, int) and not isinstance(cell, bool):
            number = Decimal(cell)
        if number is None and isinstance(cell, str):
            number = number_of_text(squeeze(cell).removesuffix("分"))
        if number is None:
            self._say(k.NO_NUMBER, where, text, code=code, item=item, value=text)
            return None
        if not 0 <= number <= full:
            self._say(k.OUT_OF_RANGE, where, text, code=code, item=item, value=text, full=f"{full:f}")
            return None
        return number.quantize(Decimal(1).scaleb(-_PLACES)).normalize() + 0


def _told(book: Book) -> dict[str, str]:
    """What 填写说明 says of itself; '' is the title."""
    tab = Tab.of(book, GUIDE)
    if tab is None:
        return {}
    found: dict[str, str] = {}
    for number, _ in tab.rows[:12]:
        label, text = tab.text(number, 1), tab.text(number, 2)
        found[label if text else ""] = text or label
    return found


def sheets_of(answers: Sequence[Answer]) -> Iterator[tuple[str, list[Answer]]]:
    """The answers about files, and those about deeds."""
    for sheet, deeds in ((FILES, False), (DEEDS, True)):
        yield sheet, [a for a in answers if is_deeds(a.given.code) is deeds]
