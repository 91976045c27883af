"""Reads what the bureau typed into the master: 规则 and the input tabs, never a result tab."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from xl_lianbing.errors import MasterUnreadable, PackInvalid
from xl_lianbing.findings import Finding, Where
from xl_lianbing.findings import export as x
from xl_lianbing.findings import master as k
from xl_lianbing.findings.gather import Collector
from xl_lianbing.folder import MASTER, unit_name_fault
from xl_lianbing.glossary import Tier, VoteTarget, YesNo
from xl_lianbing.intake.cells.fields import R, build
from xl_lianbing.intake.cells.judge import Judge
from xl_lianbing.intake.cells.values import Value
from xl_lianbing.intake.checks.document_numbers import number_checks
from xl_lianbing.intake.checks.scene import Scene
from xl_lianbing.intake.door.sheets import Book
from xl_lianbing.intake.master.digest import Digest
from xl_lianbing.intake.master.rules_tab import RulesRow, guess_pack, read_identity, read_rules, rules_rows
from xl_lianbing.intake.master.tabs import open_master
from xl_lianbing.intake.returned.stamp import read_stamp
from xl_lianbing.intake.tables.table import RowBlock, SheetTable
from xl_lianbing.records.bureaus import unit_of_bureau
from xl_lianbing.records.column import Record
from xl_lianbing.records.inputs import (
    INPUT_TABS,
    LATER_TABS,
    RULES_TAB,
    Adjustment,
    AirPoint,
    DeedsReview,
    IntegrityReport,
    MobileRecord,
    PublishedCase,
    Review,
    Reviewer,
    RosterUnit,
    SystemCase,
    Task,
    Vote,
    WaterSection,
)
from xl_lianbing.records.keys import document_key, name_key, squeeze
from xl_lianbing.records.lines import BureauInputs, Line
from xl_lianbing.records.near import meant
from xl_lianbing.records.stamp import STAMP_SHEET
from xl_lianbing.roster import misplaced
from xl_lianbing.rules.identity import default_identity
from xl_lianbing.rules.pack import SHIPPED, RulePack, load_pack
from xl_lianbing.rules.ruleset import Ruleset

#: Tabs where a unit that the roster does not have is let pass: nothing is found by it.
_UNIT_OPTIONAL: Final = frozenset({RosterUnit, SystemCase, PublishedCase, Reviewer, MobileRecord, Task})
#: Tabs that hold what a system gives: it names bureaus.
_EXPORTED: Final = frozenset({SystemCase, PublishedCase, MobileRecord})
_NOT_USED = "，本行没有使用"
_NAMED: Final = 6
#: The tabs that are read: result tabs may be long, and nobody looks into them here.
_READ: Final = (RULES_TAB, STAMP_SHEET, *(record.sheet for record in INPUT_TABS))

E = TypeVar("E", SystemCase, PublishedCase, MobileRecord)


@dataclass(frozen=True, slots=True)
class InputTab(Generic[R]):
    """An input tab as it was read: all rows that hold something; `blocked` of one that is not used names the headers
    on which that rests. `letters`: its columns by field; `free`: the first row below everything."""

    sheet: str
    lines: Sequence[Line[R]]
    letters: Mapping[str, str]
    free: int

    @property
    def used(self) -> tuple[Line[R], ...]:
        """The rows that are used: their records are those of BureauInputs, in the same order."""
        return tuple(line for line in self.lines if not line.blocked)

    @property
    def records(self) -> tuple[R, ...]:
        return tuple(line.record for line in self.used)

    def where(self, field: str, row: int) -> Where:
        """The cell of a field in a row; the row's first where the tab has no such column."""
        return Where(MASTER, self.sheet, f"{self.letters.get(field, 'A')}{row}")


@dataclass(frozen=True, slots=True)
class MasterInputs:
    """The bureau's part of a campaign, with the places where it was typed.

    `digest`: SHA-256 of all values typed; `tabs`: the input tabs by their names in the contract; `rule_cells`: the
    cell of 取值 by the key of a value and the code of a switch.
    """

    inputs: BureauInputs
    rules: Ruleset
    findings: tuple[Finding, ...]
    pack: RulePack
    digest: str
    tabs: Mapping[str, InputTab[Any]]
    rule_cells: Mapping[str, str]
    tasks: Sequence[Task] = ()

    def tab(self, record: type[R]) -> InputTab[R]:
        """The input tab of a record."""
        return self.tabs[record.sheet]


def read_master(path: Path) -> MasterInputs:
    """Read the inputs of a master, whatever program saved it last.

    Raises:
        MasterUnreadable: no workbook, no master, or a tab or required column of the contract is missing.
    """
    with open_master(path, _READ) as book:
        collector = Collector(path.name)
        rows = rules_rows(book)
        return _Reading(book, _pack(book, rows, collector), rows, collector).master()


def _pack(book: Book, rows: list[RulesRow], collector: Collector) -> RulePack:
    stamp = read_stamp(book)
    if stamp is None:
        pack = guess_pack(rows, [load_pack(name) for name in SHIPPED])
        collector.add(k.PACK_GUESSED, RULES_TAB, "A1", pack=pack.id)
        return pack
    try:
        return load_pack(stamp.pack)
    except PackInvalid as e:
        raise MasterUnreadable(f"总表用的规则包“{stamp.pack}”不能使用：{e.message}", e.fix) from e


class _Reading:
    """One master while it is read."""

    def __init__(self, book: Book, pack: RulePack, rows: list[RulesRow], collector: Collector) -> None:
        self._book = book
        self._collector = collector
        self._rows = rows
        self._read = read_rules(rows, pack, collector)
        self._rules = self._read.ruleset(pack, 1)
        self._tabs: dict[str, InputTab[Any]] = {}
        self._digest = Digest()
        self._digest.add(RULES_TAB, ((row.code, row.item, row.value) for row in rows))
        self._units: dict[str, str] = {}
        self._sheets = {squeeze(name): name for name in reversed(book.names)}

    def master(self) -> MasterInputs:
        lost = [r.sheet for r in INPUT_TABS if r.sheet not in self._sheets and r.sheet not in LATER_TABS]
        if lost:
            message = f"总表缺少“{'”“'.join(lost)}”表"
            raise MasterUnreadable(message, "请从备份的总表恢复这些表；表名被改动的请改回。")
        roster = self._roster()
        inputs = BureauInputs(
            roster=roster,
            system_cases=self._system_cases(),
            reviews=self._usable(Review),
            votes=self._usable(Vote),
            air=self._usable(AirPoint),
            water=self._usable(WaterSection),
            adjustments=self._usable(Adjustment),
            deeds=self._usable(DeedsReview),
            integrity=self._usable(IntegrityReport),
            published=self._exported(PublishedCase),
            reviewers=self._usable(Reviewer),
            mobile=self._exported(MobileRecord),
            forged=frozenset(_forged(self._tabs[Review.sheet])),
        )
        tasks = self._usable(Task)
        pack = self._rules.pack
        pack = read_identity(self._rows, default_identity(pack, roster), self._collector).of_campaign(pack)
        cities = sum(unit.tier is Tier.CITY for unit in roster)
        return MasterInputs(
            inputs=inputs,
            rules=self._read.ruleset(pack, cities),
            findings=self._collector.findings(),
            pack=pack,
            digest=self._digest.hexdigest(),
            tabs=self._tabs,
            rule_cells=self._read.cells,
            tasks=tasks,
        )

    def _roster(self) -> tuple[RosterUnit, ...]:
        def doubled(where: Where, name: str) -> None:
            self._collector.add(k.ROSTER_DOUBLED, where.sheet, where.cell, name, unit=name)

        tab = _each_once(self._named_for_files(self._tab(RosterUnit)), "unit", name_key, doubled)
        self._tabs[RosterUnit.sheet] = tab
        units = tab.records
        self._units = {name_key(str(unit.unit)): str(unit.unit) for unit in units}
        if not units:
            self._collector.add(k.ROSTER_EMPTY, RosterUnit.sheet, "A1")
        rows = {line.record.unit: line.row for line in tab.used}
        cities = "、".join(str(unit.unit) for unit in units if unit.tier is Tier.CITY)
        for kind, unit in misplaced(units):
            where = tab.where("city", rows[unit.unit])
            self._collector.add(
                kind,
                where.sheet,
                where.cell,
                unit.city or "",
                group=kind.code,
                unit=unit.unit,
                city=unit.city,
                cities=cities,
            )
        return units

    def _named_for_files(self, tab: InputTab[RosterUnit]) -> InputTab[RosterUnit]:
        """The tab without the units after which no file and no folder can be named."""
        lines = []
        for line in tab.lines:
            name = line.record.unit or ""
            if not line.blocked and (fault := unit_name_fault(name)):
                where = tab.where("unit", line.row)
                self._collector.add(k.UNIT_NAME_UNUSABLE, where.sheet, where.cell, name, unit=name, why=fault)
                line = replace(line, blocked=RosterUnit.columns()["unit"].header)
            lines.append(line)
        return replace(tab, lines=lines)

    def _system_cases(self) -> tuple[SystemCase, ...]:
        def doubled(where: Where, number: str) -> None:
            self._collector.note(k.SYSTEM_DOUBLED, where.sheet, where.cell, number, "")

        tab = _each_once(self._tab(SystemCase), "decision_number", document_key, doubled)
        self._tabs[SystemCase.sheet] = tab
        self._unknown_units(tab)
        return tab.records

    def _exported(self, record: type[E]) -> tuple[E, ...]:
        tab = self._tabs[record.sheet] = self._tab(record)
        self._unknown_units(tab)
        return tab.records

    def _unknown_units(self, tab: InputTab[E]) -> None:
        """B2.6: units of an export that none of the roster can be told from."""
        named = ((line.row, line.record.unit) for line in tab.lines)
        unknown = [(row, unit) for row, unit in named if unit and name_key(unit) not in self._units]
        if unknown and self._units:
            names = list(dict.fromkeys(unit for _, unit in unknown))
            told = "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
            cells = [tab.where("unit", row).cell for row, _ in unknown]
            words: dict[str, Any] = {"count": len(unknown), "names": told, "tab": tab.sheet}
            self._collector.add(x.UNIT_UNKNOWN, tab.sheet, "", told, cells=cells, **words)

    def _usable(self, record: type[R]) -> tuple[R, ...]:
        tab = self._tabs[record.sheet] = self._tab(record)
        return tab.records

    def _tab(self, record: type[R]) -> InputTab[R]:
        if record.sheet not in self._sheets:
            return InputTab(record.sheet, (), {}, 1)
        sheet = self._sheets[record.sheet]
        table = SheetTable(self._book, record, sheet, Judge(sheet, self._rules, self._collector, _NOT_USED))
        self._demand_columns(record, table)
        header = table.header
        assert header is not None
        lines: list[Line[R]] = []
        last = header.row
        scene = Scene(record, sheet, header, self._rules, self._collector)
        checks = number_checks(scene)
        asked = self._rules.has(record.feature)  # else the year has no rule that reads the tab
        for block in table.blocks() if asked else ():
            last = block.numbers[-1]
            for check in checks:
                check(block)
            self._name_units(record, block)
            self._digest.add(record.sheet, zip(*block.shown.values(), strict=True))
            for i, number in enumerate(block.numbers):
                why = block.why_blocked(i) or self._why_not(record, block, i, table)
                lines.append(Line(number, build(record, block.row(i)), why))
        for close in scene.closing:
            close()
        letters = {name: header.letter(place) for name, place in header.places.items()}
        return InputTab(sheet, lines, letters, last + 1)

    def _demand_columns(self, record: type[Record], table: SheetTable) -> None:
        missing = [column.header for column in table.missing() if column.required]
        if table.header is None or missing:
            what = f"缺少“{'”“'.join(missing)}”列" if missing and table.header is not None else "找不到表头"
            raise MasterUnreadable(
                f"总表的“{record.sheet}”表{what}", "请恢复表头（列名不要改动），或从备份的总表恢复。"
            )

    def _name_units(self, record: type[Record], block: RowBlock) -> None:
        """Spell the units as the roster does; the export names the bureaus."""
        if record is RosterUnit or "unit" not in block.columns:
            return
        names = block.columns["unit"]
        meant: dict[Value, Value] = {n: self._units.get(name_key(str(n)), n) for n in set(names) if n is not None}
        if record in _EXPORTED:
            meant = {n: unit_of_bureau(str(unit), self._units.values()) or n for n, unit in meant.items()}
        block.columns["unit"] = [n if n is None else meant[n] for n in names]

    def _why_not(self, record: type[Record], block: RowBlock, place: int, table: SheetTable) -> str:
        """The header for which a row that can be read is not used: its unit must stand in the roster, and a vote for a
        person name one. '' if it is used."""
        header = table.header
        assert header is not None
        number = block.numbers[place]
        if record not in _UNIT_OPTIONAL:
            unit = str(block.columns["unit"][place])
            if name_key(unit) not in self._units:
                cell = header.cell("unit", number)
                near = meant(unit, self._units.values())
                self._collector.add(k.UNIT_NOT_IN_ROSTER, table.sheet, cell, unit, group="单位", unit=unit, meant=near)
                return "单位"
        if record is Vote and block.columns["target"][place] == VoteTarget.OFFICER and not block.columns["name"][place]:
            cell = header.cell("name", number)
            self._collector.add(k.VOTER_WITHOUT_NAME, table.sheet, cell, group="姓名")
            return "姓名"
        return ""


def _each_once(
    tab: InputTab[R], field: str, key: Callable[[str], str], doubled: Callable[[Where, str], None]
) -> InputTab[R]:
    """The tab with the first usable row of each name in `field` left to be used; `doubled` is told of the others."""
    seen: set[str] = set()
    lines: list[Line[R]] = []
    for line in tab.lines:
        name = str(getattr(line.record, field))
        if not line.blocked and key(name) in seen:
            doubled(tab.where(field, line.row), name)
            line = replace(line, blocked=type(line.record).columns()[field].header)
        if not line.blocked:
            seen.add(key(name))
        lines.append(line)
    return replace(tab, lines=lines)


def _forged(reviews: InputTab[Review]) -> Iterator[tuple[str, str]]:
    """B1.5: a file that any review calls forged, also where the points of that review can't be read."""
    for line in reviews.lines:
        review = line.record
        if review.forged is YesNo.YES and review.unit is not None and review.document_number is not None:
            yield name_key(review.unit), document_key(review.document_number)
