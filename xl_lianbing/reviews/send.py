"""评审表 out (`review --out`, `--third`): drawn, coded, written, the scans beside them."""

from __future__ import annotations

import secrets
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from xl_lianbing.drafts import scratch
from xl_lianbing.errors import LianbingError
from xl_lianbing.exact import Fraction
from xl_lianbing.findings import Finding, Kind, Where, finding
from xl_lianbing.findings import reviews as k
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import ReviewKind
from xl_lianbing.intake.door.sheets import Unreadable
from xl_lianbing.intake.master.inputs import MasterInputs, read_master
from xl_lianbing.records.inputs import Reviewer
from xl_lianbing.records.keys import name_key
from xl_lianbing.reviews.arrangement import (
    AGAIN,
    FILLED,
    FIRST,
    THIRD,
    Arrangement,
    Event,
    Given,
    code_key,
    is_deeds,
    load_arrangement,
    meaning_key,
    save_arrangement,
)
from xl_lianbing.reviews.blind import Paired, paired_texts
from xl_lianbing.reviews.draw import Need, Reader, Standing, Subject, assign, draw
from xl_lianbing.reviews.forms import DEEDS, FILES, Form, FormFile, FormText, write_form
from xl_lianbing.reviews.people import readers
from xl_lianbing.reviews.scans import copy_blind
from xl_lianbing.reviews.subjects import Deeds, File, Subjects, subjects
from xl_lianbing.reviews.tables import open_book, read_table
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.files import ReviewBook

#: Who has read what already: reviewer, unit, number, name.
Read = set[tuple[str, str, str, str]]


@dataclass
class Sent:
    """What an `--out` or `--third` did."""

    seed: str
    files: int = 0
    deeds: int = 0
    drawn: int = 0
    written: list[str] = field(default_factory=list)
    waiting: int = 0
    thirds: int = 0
    findings: list[Finding] = field(default_factory=list)


def send_out(
    folder: CampaignFolder,
    *,
    seed: str = "",
    again: str = "",
    third: bool = False,
    master: Path | None = None,
    now: datetime | None = None,
) -> Sent:
    """Draws what has no reviewer yet and writes the forms of those who got something new.

    Raises LianbingError where there is nothing to draw from; then nothing was changed.
    """
    moment = f"{(now or datetime.now()):%Y-%m-%d %H:%M}"
    inputs = read_master(master or folder.master)
    people, findings = readers(inputs)
    with scratch() as spool:
        asked = subjects(folder, inputs, spool)
    return _Sending(folder, inputs, people, asked, [*findings, *asked.findings], moment).send(seed, again, third)


class _Sending:
    def __init__(
        self,
        folder: CampaignFolder,
        master: MasterInputs,
        people: Sequence[Reader],
        asked: Subjects,
        findings: Sequence[Finding],
        moment: str,
    ) -> None:
        self._folder, self._master, self._asked, self._moment = folder, master, asked, moment
        self._rules: Ruleset = master.rules
        self._found = list(findings)
        made = load_arrangement(folder)
        self._begun = made is not None
        self._made = made or Arrangement()
        self._people = {name_key(reader.name): reader for reader in people}
        self._read = read_already(master)
        self._fresh: set[tuple[str, str]] = set()

    def send(self, seed: str, again: str, third: bool) -> Sent:
        if not self._people:
            raise LianbingError(
                "总表的“评审人员”里没有可以抽签的人，没有发出评审表。",
                "请在“评审人员”填写（或导入）专家和交叉评审人员。",
            )
        if not self._asked.files and not self._asked.deeds:
            raise LianbingError(
                "收到的填报表里没有参评案卷和先进个人，没有发出评审表。", "请先收取各单位的填报表，放进“回收”。"
            )
        seed = seed or self._made.seed or secrets.token_hex(4)
        made = self._made
        made.name([*(f.meaning for f in self._asked.files), *(d.meaning for d in self._asked.deeds)], seed)
        if again:
            self._retire(again)
        able = [r for key, r in sorted(self._people.items()) if key not in made.retired]
        made.given = [g for g in made.given if g.reviewer]
        if third:
            thirds = self._thirds(able, seed)
        else:
            thirds = 0
            self._draw_files(able, seed)
            self._draw_deeds(able, seed)
        what = THIRD if third else FILLED if self._begun else FIRST
        made.events.append(Event(self._moment, what, seed, "", f"新抽{len(self._fresh)}份次"))
        codes = {made.code_of(*d.meaning): d for d in self._asked.deeds}
        pairs = paired_texts(self._folder, {code: d for code, d in codes.items() if code}, self._asked.known)
        people = {r.name: (str(r.kind), self._house(r.name)) for r in self._people.values()}
        save_arrangement(self._folder, made, people, self._master.pack.title)
        sent = Sent(seed, len(self._asked.files), len(self._asked.deeds), len(self._fresh), thirds=thirds)
        sent.waiting = sum(not p.confirmed for p in pairs.values())
        self._write_forms(sent, pairs)
        sent.findings = self._found
        return sent

    def _house(self, name: str) -> str:
        rows = self._master.tab(Reviewer).used
        return next((str(r.record.unit or "") for r in rows if name_key(str(r.record.name)) == name_key(name)), "")

    def _retire(self, name: str) -> None:
        """R2: a reviewer who does not answer: the files not read yet go to others."""
        made = self._made
        own = made.of_reviewer(name)
        if not own:
            raise LianbingError(
                f"评审安排里没有评审人“{name}”。", f"评审人：{'、'.join(made.reviewers) or '还没有抽签'}。"
            )
        spelled = own[0].reviewer
        left = [g for g in own if not self._is_read(g)]
        made.given = [g for g in made.given if g not in left]
        told = "、".join(g.code for g in left) or "没有未评的"
        made.events.append(Event(self._moment, AGAIN, "", spelled, f"改派：{told}"))
        place = self._folder.reviews / "发出" / spelled
        if left and place.is_dir():
            _move_aside(self._folder, place)

    def _is_read(self, given: Given) -> bool:
        return (name_key(given.reviewer), *meaning_key(*self._made.meanings[given.code])) in self._read

    def _reader(self, given: Given) -> Reader:
        """A reader who is assigned already; of one who stands no more in 评审人员 the name is all that is known."""
        return self._people.get(name_key(given.reviewer)) or Reader(given.reviewer, given.kind, f"\0{given.reviewer}")

    def _standing(self, deeds: bool = False) -> Standing:
        standing = Standing()
        for given in self._made.given:
            if is_deeds(given.code) is deeds:
                standing.add(self._reader(given).name, self._made.meanings[given.code][0])
        return standing

    def _draw_files(self, able: Sequence[Reader], seed: str) -> None:
        made, wanted = self._made, {}
        counts = readers_of_a_file(self._rules)
        needs = []
        for file in self._asked.files:
            code = made.code_of(*file.meaning) or ""
            wanted[code] = file
            own = made.readers_of(code)
            stand_ins = Counter(_other(g.kind) for g in own if g.reason)
            needs.append(Need(code, file.unit, counts, [self._reader(g) for g in own if g.turn != THIRD], stand_ins))
        outcome = assign(needs, able, seed, self._standing)
        turn = FILLED if self._begun else FIRST
        for one in outcome.assigned:
            reason = ""
            if one.instead is not None:
                reason = f"没有可以评的{one.instead}评审人，改由{one.reader.kind}评审人评"
                words = {"kind": one.instead, "other": one.reader.kind, "reviewer": one.reader.name}
                self._say(k.INSTEAD, wanted[one.code], one.code, **words)
            self._give(Given(one.code, one.reader.kind, one.reader.name, reason, turn))
        for (code, kind), why in outcome.uncovered.items():
            made.given.append(Given(code, kind, "", why, turn))
            self._say(k.NOT_COVERED, wanted[code], code, kind=kind, why=why)

    def _say(self, which: Kind, subject: File | Deeds, code: str, /, **words: object) -> None:
        what = (
            f"{subject.unit}的案卷{subject.number}"
            if isinstance(subject, File)
            else f"{subject.unit}{subject.name}的事迹"
        )
        self._found.append(finding(which, Where(unit=subject.unit), code, what=f"{what}（{code}）", **words))

    def _give(self, given: Given) -> None:
        self._made.given.append(given)
        self._fresh.add((given.code, given.reviewer))

    def _draw_deeds(self, able: Sequence[Reader], seed: str) -> None:
        """C4: readers of either kind; they are no load."""
        wanted = {self._made.code_of(*d.meaning) or "": d for d in self._asked.deeds}
        asked = []
        for code, deeds in wanted.items():
            own = [self._reader(g) for g in self._made.readers_of(code)]
            needs = max(0, readers_of_deeds(self._rules) - len(own))
            asked.append(Subject(code, deeds.unit, needs, frozenset(r.house for r in own)))
        free = [Reader(r.name, r.kind, r.house, r.forbidden) for r in able]
        drawn = draw(asked, free, seed, self._standing(deeds=True))
        turn = FILLED if self._begun else FIRST
        for code in sorted(drawn.readers):
            for reader in drawn.readers[code]:
                self._give(Given(code, reader.kind, reader.name, "", turn))
        for code in drawn.open:
            why = "评审人都是本单位的，或要回避"
            self._made.given.append(Given(code, ReviewKind.EXPERT, "", why, turn))
            self._say(k.NOT_COVERED, wanted[code], code, kind="", why=why)

    def _thirds(self, able: Sequence[Reader], seed: str) -> int:
        """R4: a third reader, an expert, where the means of the kinds are further apart than B1.6 allows; once."""
        made, book = self._made, ReviewBook(self._master.inputs.reviews, frozenset())
        had = {g.code for g in made.given if g.turn == THIRD}
        wanted: dict[str, File] = {}
        asked = []
        for file in self._asked.files:
            code = made.code_of(*file.meaning) or ""
            means = [book.mean(file.unit, file.number, kind) for kind in ReviewKind]
            if code in had or not _apart(means, self._rules):
                continue
            key = meaning_key(*file.meaning)
            names = {name for name, *meaning in self._read if tuple(meaning) == key}
            names |= {name_key(g.reviewer) for g in made.readers_of(code)}
            houses = frozenset(self._people[n].house for n in names if n in self._people)
            wanted[code] = file
            asked.append(Subject(code, file.unit, 1, houses))
        drawn = draw(asked, [r for r in able if r.kind is ReviewKind.EXPERT], seed, self._standing())
        for code in sorted(drawn.readers):
            for reader in drawn.readers[code]:
                self._give(Given(code, reader.kind, reader.name, "", THIRD))
        for code in drawn.open:
            why = "没有别的专家可以评"
            self._say(k.NOT_COVERED, wanted[code], code, kind="第三次评审的专家", why=why)
        return len(asked)

    def _write_forms(self, sent: Sent, pairs: Mapping[str, Paired]) -> None:
        files = {self._made.code_of(*f.meaning): f for f in self._asked.files}
        unscanned: set[str] = set()
        for name in self._made.reviewers:
            open_ = [g for g in self._made.of_reviewer(name) if not self._is_read(g)]
            codes = [g.code for g in open_ if g.code in files]
            texts = [g.code for g in open_ if g.code in pairs and pairs[g.code].confirmed]
            place = self._folder.reviews / "发出" / name
            path = place / f"评审表_{name}.xlsx"
            if set(codes + texts) <= _codes_in(path):
                continue
            place.mkdir(parents=True, exist_ok=True)
            if _is_begun(path):
                _move_aside(self._folder, path)
            rows = []
            for code in sorted(codes):
                why = self._scan(files[code], place / f"{code}.pdf")
                if why and code not in unscanned:
                    unscanned.add(code)
                    file = files[code]
                    words = {"unit": file.unit, "number": file.number, "code": code, "why": why}
                    self._found.append(finding(k.SCAN_UNUSABLE, Where(unit=file.unit), code, **words))
                rows.append(FormFile(code, files[code].kind, not why))
            kind = self._reader(open_[0]).kind
            deeds = [FormText(code, pairs[code].text) for code in sorted(texts)]
            write_form(path, Form(self._made.campaign, name, kind, self._house(name), rows, deeds), self._rules)
            sent.written.append(name)

    @staticmethod
    def _scan(file: File, target: Path) -> str:
        return copy_blind(file.scan, target) if file.scan is not None else file.why


def readers_of_a_file(rules: Ruleset) -> dict[ReviewKind, int]:
    """R2: how many of each kind."""
    return {ReviewKind.EXPERT: rules.whole("review.experts"), ReviewKind.CROSS: rules.whole("review.peers")}


def readers_of_deeds(rules: Ruleset) -> int:
    """C4: of either kind."""
    return rules.whole("review.deeds")


def _other(kind: ReviewKind) -> ReviewKind:
    return next(k for k in ReviewKind if k is not kind)


def _apart(means: Sequence[Fraction | None], rules: Ruleset) -> bool:
    """B1.6, strictly."""
    expert, cross = means
    return expert is not None and cross is not None and abs(expert - cross) > rules.exact("review.gap")


def read_already(master: MasterInputs) -> Read:
    """Whose reviews stand in the master."""
    found: Read = set()
    for review in master.inputs.reviews:
        if review.reviewer and review.unit and review.document_number:
            found.add((name_key(review.reviewer), *meaning_key(review.unit, review.document_number, "")))
    for deeds in master.inputs.deeds:
        if deeds.reviewer and deeds.unit and deeds.name:
            found.add((name_key(deeds.reviewer), *meaning_key(deeds.unit, "", deeds.name)))
    return found


def _rows(path: Path) -> Iterable[tuple[str, bool]]:
    """The codes of a form that lies in 发出, and whether anything was answered; nothing where it can't be read."""
    with suppress(LianbingError, Unreadable):
        book = open_book(path)
        for sheet in (FILES, DEEDS) if book is not None else ():
            assert book is not None
            for row in read_table(
                book, sheet, ("代号", "案卷类别", "得分", "是否造假", "说明", "综合素质", "工作能力")
            ):
                answers = {p for p in range(len(row.cells)) if row.cells[p] not in ("", None)}
                own = {row.header.places[h] for h in ("代号", "案卷类别") if h in row.header.places}
                yield code_key(row.text("代号")), bool(_typed(row, answers - own))


def _typed(row: object, places: set[int]) -> set[int]:
    cells = row.cells  # type: ignore[attr-defined]
    return {p for p in places if not str(cells[p]).endswith(".pdf") and cells[p] != "没有"}


def _codes_in(path: Path) -> set[str]:
    return {code for code, _ in _rows(path)}


def _is_begun(path: Path) -> bool:
    return any(begun for _, begun in _rows(path))


def _move_aside(folder: CampaignFolder, thing: Path) -> None:
    """Into 备份, under a name that is free."""
    folder.backups.mkdir(exist_ok=True)
    number = 1
    while (target := folder.backups / f"{thing.stem}_旧{number}{thing.suffix}").exists():
        number += 1
    shutil.move(thing, target)
