"""Checks inside one sheet, a block of rows at a time: they add findings and take no row out (B2.10)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import mul
from typing import Any

from xl_lianbing.findings import Kind as FindingKind
from xl_lianbing.glossary import CORRECTIONS, PenaltyKind
from xl_lianbing.intake import catalogue as c
from xl_lianbing.intake.collector import Collector
from xl_lianbing.intake.header import Header
from xl_lianbing.intake.table import Block
from xl_lianbing.intake.values import Value
from xl_lianbing.records.column import Kind, Record
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.records.returns import (
    Candidate,
    CaseFile,
    MajorCase,
    PenaltyCase,
    Publicity,
    Reconsideration,
    Training,
)
from xl_lianbing.rules.ruleset import Ruleset

#: The dates that must lie in a window of the pack (A3): field and window.
WINDOWS: Mapping[type[Record], tuple[str, str]] = {
    PenaltyCase: ("decided_on", "decisions"),
    MajorCase: ("dated", "major"),
    Reconsideration: ("decided_on", "reconsiderations"),
    CaseFile: ("dated", "files"),
    Publicity: ("dated", "activity"),
    Training: ("dated", "activity"),
}
#: Pairs of dates of which the second can't come before the first.
ORDERED: Mapping[type[Record], tuple[tuple[str, str], ...]] = {
    PenaltyCase: (
        ("filed_case_on", "decided_on"),
        ("decided_on", "closed_on"),
        ("decided_on", "entered_on"),
        ("decided_on", "published_on"),
        ("closed_on", "closing_entered_on"),
    ),
    Reconsideration: (("applied_on", "decided_on"),),
}
#: Dates that may well lie ahead.
_AHEAD = frozenset({"certificate_expiry", "due"})
#: A missing scan of these is a finding of its own (in other sheets the column is required).
_SCANNED: Mapping[type[Record], str] = {MajorCase: "scan"}

Check = Callable[[Block], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """What the checks of a sheet work with. `filled_on`: 填报日期 of the return."""

    record: type[Record]
    sheet: str
    header: Header
    rules: Ruleset
    collector: Collector
    filled_on: date | None = None

    def title(self, field: str) -> str:
        return self.rules.pack.header(self.record.columns()[field].header)

    def add(self, kind: FindingKind, field: str, row: int, shown: object, /, **words: Any) -> None:
        cell = self.header.cell(field, row)
        self.collector.add(kind, self.sheet, cell, shown, group=self.title(field), **words)


def checks_of(scene: Scene) -> list[Check]:
    """The checks of a sheet; each remembers what it needs from earlier blocks."""
    found: list[Check] = []
    if scene.record in WINDOWS:
        found.append(_in_window(scene))
    found += [_in_order(scene, earlier, later) for earlier, later in ORDERED.get(scene.record, ())]
    if scene.filled_on:
        found += [_not_ahead(scene, name, scene.filled_on) for name in _dates(scene.record)]
    if scene.record.key:
        found.append(_unique(scene))
    if scene.record in _SCANNED:
        found.append(_scanned(scene, _SCANNED[scene.record]))
    if scene.record is PenaltyCase:
        found += [_fine_and_kind(scene), _credit_codes(scene)]
    if scene.record is Candidate:
        found.append(_length(scene, "deeds", int(scene.rules.number("deeds.max_chars"))))
    return found


def key_of(record: type[Record], values: Iterable[Value]) -> tuple[str, ...]:
    """The values of a record's key, so that spellings of the same agree."""
    columns = record.columns()
    return tuple(
        document_key(str(v)) if columns[name].identifier else name_key(str(v))
        for name, v in zip(record.key, values, strict=True)
    )


def _dates(record: type[Record]) -> list[str]:
    return [name for name, col in record.columns().items() if col.kind is Kind.DATE and name not in _AHEAD]


def _in_window(scene: Scene) -> Check:
    field, window_name = WINDOWS[scene.record]
    window = scene.rules.window(window_name)
    start, end = window.start, window.end

    def check(block: Block) -> None:
        for i, day in enumerate(block.columns[field]):
            if day is None or start <= day <= end:  # type: ignore[operator]
                continue
            if scene.record is Reconsideration and block.columns["result"][i] not in CORRECTIONS:
                continue
            scene.add(c.OUTSIDE_WINDOW, field, block.numbers[i], day, header=scene.title(field), start=start, end=end)

    return check


def _in_order(scene: Scene, earlier: str, later: str) -> Check:
    def check(block: Block) -> None:
        for i, (first, second) in enumerate(zip(block.columns[earlier], block.columns[later], strict=True)):
            if first is not None and second is not None and second < first:  # type: ignore[operator]
                words = {"earlier": scene.title(earlier), "later": scene.title(later), "other": first}
                scene.add(c.DATES_REVERSED, later, block.numbers[i], second, **words)

    return check


def _not_ahead(scene: Scene, field: str, filled_on: date) -> Check:
    def check(block: Block) -> None:
        for i, day in enumerate(block.columns[field]):
            if day is not None and day > filled_on:  # type: ignore[operator]
                scene.add(c.IN_FUTURE, field, block.numbers[i], day, header=scene.title(field), filled=filled_on)

    return check


def _unique(scene: Scene) -> Check:
    fields = scene.record.key
    seen: dict[tuple[str, ...], int] = {}
    what = "、".join(scene.title(field) for field in fields)

    def check(block: Block) -> None:
        for i, values in enumerate(zip(*(block.columns[field] for field in fields), strict=True)):
            if None in values:
                continue
            row = block.numbers[i]
            first = seen.setdefault(key_of(scene.record, values), row)
            if first != row:
                scene.add(c.DUPLICATE, fields[-1], row, values[-1], row=first, what=what)

    return check


def _scanned(scene: Scene, field: str) -> Check:
    def check(block: Block) -> None:
        for i, name in enumerate(block.columns[field]):
            if name is None:
                scene.add(c.NO_SCAN, field, block.numbers[i], "")

    return check


def _fine_and_kind(scene: Scene) -> Check:
    fine_only = str(PenaltyKind.FINE)

    def check(block: Block) -> None:
        shown = block.shown["fine"]
        for i, (kind, fine) in enumerate(zip(block.columns["penalty"], block.columns["fine"], strict=True)):
            if kind == fine_only:
                if fine == 0:
                    scene.add(c.FINE_WITHOUT_AMOUNT, "fine", block.numbers[i], shown[i])
            elif fine and kind is not None:
                scene.add(c.AMOUNT_WITHOUT_FINE, "fine", block.numbers[i], fine, penalty=kind, amount=fine)

    return check


def _credit_codes(scene: Scene) -> Check:
    known: set[Value] = {None}

    def check(block: Block) -> None:
        for i, code in enumerate(block.columns["credit_code"]):
            if code in known:
                continue
            if adds_up(str(code)) or not (why := credit_code_fault(str(code))):
                known.add(code)
            else:
                scene.add(c.CREDIT_CODE, "credit_code", block.numbers[i], code, why=why)

    return check


_CODE_VALUES = {sign: value for value, sign in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
_CODE_WEIGHTS = (*(pow(3, place, 31) for place in range(17)), 1)


def adds_up(code: str) -> bool:
    """Whether a code is plainly right (GB 32100-2015), so that only the others are looked at closely."""
    try:
        values = [_CODE_VALUES[sign] for sign in code]
    except KeyError:
        return False
    return len(values) == 18 and max(values[:8]) <= 9 and sum(map(mul, values, _CODE_WEIGHTS)) % 31 == 0


def credit_code_fault(code: str) -> str:
    """What is wrong with a 统一社会信用代码 (18 figures and letters, the last a check digit), else ''."""
    from stdnum.cn import uscc
    from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

    try:
        uscc.validate(code)
    except InvalidLength:
        return f"应为18位，现为{len(uscc.compact(code))}位"
    except InvalidChecksum:
        return "校验位不对，可能有一位抄错"
    except ValidationError:
        return "含有不该出现的字符"
    return ""


def _length(scene: Scene, field: str, limit: int) -> Check:
    def check(block: Block) -> None:
        for i, text in enumerate(block.columns[field]):
            length = 0 if text is None else len("".join(str(text).split()))
            if length > limit:
                shown = f"{str(text)[:20]}…"
                scene.add(
                    c.TOO_LONG, field, block.numbers[i], shown, header=scene.title(field), length=length, limit=limit
                )

    return check
