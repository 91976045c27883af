"""Checks inside one sheet, a block of rows at a time: they add findings and take no row out (B2.10)."""

from __future__ import annotations

from collections.abc import Sequence

from xl_lianbing.findings import reading as c
from xl_lianbing.glossary import PenaltyKind, YesNo
from xl_lianbing.intake.cells.values import Value
from xl_lianbing.intake.checks.called_off import called_off
from xl_lianbing.intake.checks.credit_codes import adds_up, credit_code_fault
from xl_lianbing.intake.checks.days import day_checks, day_fields
from xl_lianbing.intake.checks.document_numbers import number_checks
from xl_lianbing.intake.checks.patterns import CaseProfile
from xl_lianbing.intake.checks.scene import Check, Scene
from xl_lianbing.intake.tables.table import RowBlock
from xl_lianbing.records.column import Record
from xl_lianbing.records.keys import name_key
from xl_lianbing.records.returns import Candidate, PenaltyCase


def checks_of(scene: Scene) -> list[Check]:
    """The checks of a sheet; each remembers what it needs from earlier blocks."""
    found: list[Check] = [day_checks(scene)] if day_fields(scene.record, scene.rules.pack) else []
    if scene.record.key:
        found.append(_unique(scene))
    found += [*number_checks(scene), *called_off(scene)]
    # an empty cell of a required column is judged already
    found += [_scanned(scene, name) for name, c in scene.record.columns().items() if c.scan and not c.required]
    if scene.record is PenaltyCase:
        found += [_fine_and_kind(scene), _credit_codes(scene), _left_open(scene)]
        profile = CaseProfile(scene)
        scene.closing.append(profile.report)
        found.append(profile.add)
    if scene.record is Candidate:
        found += [_shared_certificate(scene)] if scene.rules.has("certificate") else []
        found.append(_length(scene, "deeds", int(scene.rules.number("deeds.max_chars"))))
    return found


def keys_of(record: type[Record], block: RowBlock) -> list[tuple[str, ...] | None]:
    """The key of each row, so that spellings of the same agree; None where a part of it is blank."""
    columns = record.columns()
    parts = [
        block.keys(name)
        if columns[name].identifier
        else ["" if value is None else name_key(str(value)) for value in block.columns[name]]
        for name in record.key
    ]
    return [key if all(key) else None for key in zip(*parts, strict=True)]


def _unique(scene: Scene) -> Check:
    fields = scene.record.key
    seen: dict[tuple[str, ...], int] = {}
    spelled: dict[tuple[str, ...], object] = {}  # as first typed, where that is not the key itself
    numbered = scene.record.columns()[fields[-1]].document
    what = "、".join(scene.title(field) for field in fields)

    def check(block: RowBlock) -> None:
        typed = block.columns[fields[-1]]
        for key, row, value in zip(keys_of(scene.record, block), block.numbers, typed, strict=True):
            if key is None:
                continue
            if (first := seen.setdefault(key, row)) != row:
                typed_first = spelled.get(key, key[-1])
                other = f"，那里写作“{typed_first}”" if numbered and typed_first != value else ""
                scene.add(c.DUPLICATE, fields[-1], row, value, row=first, what=what, other=other)
            elif numbered and value != key[-1]:
                spelled[key] = value

    return check


def _scanned(scene: Scene, field: str) -> Check:
    def check(block: RowBlock) -> None:
        for i, name in enumerate(block.columns[field]):
            if name is None:
                scene.add(c.NO_SCAN, field, block.numbers[i], "")

    return check


def _fine_and_kind(scene: Scene) -> Check:
    fine_only = str(PenaltyKind.FINE)

    def check(block: RowBlock) -> None:
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

    def check(block: RowBlock) -> None:
        for i, code in enumerate(block.columns["credit_code"]):
            if code in known:
                continue
            if adds_up(str(code)) or not (why := credit_code_fault(str(code))):
                known.add(code)
            else:
                scene.add(c.CREDIT_CODE, "credit_code", block.numbers[i], code, why=why)

    return check


def _left_open(scene: Scene) -> Check:
    """Dates without which a clock can't be read (B2.8), and publications without day and place (B2.7)."""
    clocks = scene.rules.has("filing")
    publication, export = scene.rules.has("publication"), scene.rules.has("export")

    def check(block: RowBlock) -> None:
        columns = block.columns
        if clocks:
            _note_missing(scene, block, "entered_on", [v == YesNo.YES or not export for v in columns["in_system"]])
            _note_missing(scene, block, "closing_entered_on", [v is not None for v in columns["closed_on"]])
        if publication:
            rows = zip(columns["published"], columns["published_on"], columns["published_at"], strict=True)
            bare = [i for i, (yes_no, day, at) in enumerate(rows) if yes_no == YesNo.YES and day is None and at is None]
            if bare:
                cell = scene.header.cell("published_on", block.numbers[bare[0]])
                scene.collector.note(c.NO_PUBLICATION_PLACE, scene.sheet, cell, "", "公开", count=len(bare))

    return check


def _note_missing(scene: Scene, block: RowBlock, field: str, wanted: Sequence[bool]) -> None:
    empty = [
        i for i, (value, asked) in enumerate(zip(block.columns[field], wanted, strict=True)) if asked and not value
    ]
    if empty:
        title = scene.title(field)
        cell = scene.header.cell(field, block.numbers[empty[0]])
        scene.collector.note(c.CLOCK_UNKNOWN, scene.sheet, cell, "", title, count=len(empty), header=title)


def _shared_certificate(scene: Scene) -> Check:
    """C1: a certificate is one person's."""
    owners: dict[str, str] = {}

    def check(block: RowBlock) -> None:
        columns = block.columns
        for i, (name, number) in enumerate(zip(columns["name"], columns["certificate"], strict=True)):
            if name is None or number is None:
                continue
            first = owners.setdefault(name_key(str(number)), str(name))
            if name_key(first) != name_key(str(name)):
                scene.add(c.CERTIFICATE_SHARED, "certificate", block.numbers[i], number, other=first)

    return check


def _length(scene: Scene, field: str, limit: int) -> Check:
    def check(block: RowBlock) -> None:
        for i, text in enumerate(block.columns[field]):
            length = 0 if text is None else len("".join(str(text).split()))
            if length > limit:
                shown = f"{str(text)[:20]}…"
                scene.add(
                    c.TOO_LONG, field, block.numbers[i], shown, header=scene.title(field), length=length, limit=limit
                )

    return check
