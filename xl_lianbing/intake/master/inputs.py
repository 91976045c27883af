"""Reads what the bureau typed into the master: 规则 and the input tabs (workbooks.md §3), never a result tab."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, cast

from xl_lianbing.errors import MasterUnreadable, PackInvalid
from xl_lianbing.findings import Finding
from xl_lianbing.findings import master as k
from xl_lianbing.findings.collector import Collector
from xl_lianbing.glossary import Tier, VoteTarget, YesNo
from xl_lianbing.intake.cells.fields import R, build
from xl_lianbing.intake.cells.judge import Judge
from xl_lianbing.intake.door.sheets import Book, Unreadable
from xl_lianbing.intake.master.digest import Digest
from xl_lianbing.intake.master.rules_tab import RulesRow, guess_pack, read_rules, rules_rows
from xl_lianbing.intake.returned.stamp import read_stamp
from xl_lianbing.intake.tables.table import Block, Table
from xl_lianbing.records.column import Record
from xl_lianbing.records.inputs import (
    INPUT_TABS,
    RULES_TAB,
    Adjustment,
    AirPoint,
    DeedsReview,
    IntegrityReport,
    Review,
    RosterUnit,
    SystemCase,
    Task,
    Vote,
    WaterSection,
)
from xl_lianbing.records.keys import document_key, name_key, squeeze
from xl_lianbing.records.lines import BureauInputs
from xl_lianbing.records.stamp import STAMP_SHEET
from xl_lianbing.rules.pack import RulePack, load_pack
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.rules.shipped import SHIPPED

#: Tabs where a unit that the roster does not have is let pass: nothing is found by it.
_UNIT_OPTIONAL: Final = frozenset({RosterUnit, SystemCase, Task})
_NOT_USED = "，本行没有使用"
#: The tabs that are read: result tabs may be long, and nobody looks into them here.
_READ: Final = frozenset({squeeze(name) for name in (RULES_TAB, STAMP_SHEET, *(r.sheet for r in INPUT_TABS))})


@dataclass(frozen=True, slots=True)
class TabPlaces:
    """Where the usable rows of a tab stand: their numbers in order, the letters of the columns by field, and the first
    row below everything."""

    rows: Sequence[int]
    letters: Mapping[str, str]
    free: int


@dataclass(frozen=True, slots=True)
class MasterInputs:
    """The bureau's part of a campaign. `tabs`: rows read per tab; `digest`: SHA-256 of all values typed.

    `places`: by tab, for findings about its rows; `rule_cells`: the cell of 取值 by 项目.
    """

    inputs: BureauInputs
    rules: Ruleset
    findings: tuple[Finding, ...]
    pack: RulePack
    digest: str
    tabs: Mapping[str, int]
    tasks: Sequence[Task] = ()
    places: Mapping[str, TabPlaces] = field(default_factory=dict)
    rule_cells: Mapping[str, str] = field(default_factory=dict)


def read_master(path: Path) -> MasterInputs:
    """Read the inputs of a master, whatever program saved it last.

    Raises:
        MasterUnreadable: no workbook, no master, or a tab or required column of the contract is missing.
    """
    try:
        content = path.read_bytes()
        book = Book(content, only=_READ)
        collector = Collector(path.name)
        rows = rules_rows(book)
        pack = _pack(content, book, rows, collector)
        return _Reading(book, pack, rows, collector).master()
    except OSError as e:
        raise MasterUnreadable(
            f"总表打不开：{path.name}（{e.strerror or e}）", "请关闭正在使用它的程序，或检查路径和权限。"
        ) from e
    except Unreadable as e:
        raise MasterUnreadable(f"总表 {path.name} 无法读取：{e.why}", "请用“备份”中的总表恢复，或重新建立总表。") from e


def _pack(content: bytes, book: Book, rows: list[RulesRow], collector: Collector) -> RulePack:
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
        self._read = read_rules(rows, pack, collector)
        self._rules = self._read.ruleset(pack, 1)
        self._tabs: dict[str, int] = {RULES_TAB: len(rows)}
        self._digest = Digest()
        self._digest.add(RULES_TAB, ((row.code, row.item, row.value) for row in rows))
        self._units: dict[str, str] = {}
        self._places: dict[str, TabPlaces] = {}
        self._rule_cells = {row.item: row.address for row in reversed(rows) if row.item}
        self._sheets = {squeeze(name): name for name in reversed(book.names)}

    def master(self) -> MasterInputs:
        lost = [record.sheet for record in INPUT_TABS if record.sheet not in self._sheets]
        if lost:
            message = f"总表缺少“{'”“'.join(lost)}”表"
            raise MasterUnreadable(message, "请从备份的总表恢复这些表；表名被改动的请改回。")
        roster = self._roster()
        forged: set[tuple[str, str]] = set()
        inputs = BureauInputs(
            roster=roster,
            system_cases=self._usable(SystemCase),
            reviews=self._usable(Review, lambda block: forged.update(self._forged(block))),
            votes=self._usable(Vote),
            air=self._usable(AirPoint),
            water=self._usable(WaterSection),
            adjustments=self._usable(Adjustment),
            deeds=self._usable(DeedsReview),
            integrity=self._usable(IntegrityReport),
            forged=frozenset(forged),
        )
        tasks = self._usable(Task)
        pack = self._rules.pack
        cities = sum(unit.tier is Tier.CITY for unit in roster)
        return MasterInputs(
            inputs=inputs,
            rules=self._read.ruleset(pack, cities),
            findings=self._collector.findings(),
            pack=pack,
            digest=self._digest.hexdigest(),
            tabs=self._tabs,
            tasks=tasks,
            places=self._places,
            rule_cells=self._rule_cells,
        )

    def _roster(self) -> tuple[RosterUnit, ...]:
        units: list[RosterUnit] = []
        for unit, sheet, cell, _ in self._records(RosterUnit):
            name = str(unit.unit)
            if name_key(name) in self._units:
                self._collector.add(k.ROSTER_DOUBLED, sheet, cell, name, unit=name)
                continue
            self._units[name_key(name)] = name
            units.append(unit)
        if not units:
            self._collector.add(k.ROSTER_EMPTY, RosterUnit.sheet, "A1")
        return tuple(units)

    def _usable(self, record: type[R], look: Callable[[Block], None] | None = None) -> tuple[R, ...]:
        if record is SystemCase:
            return cast("tuple[R, ...]", self._system_cases())
        found = [(made, row) for made, _, _, row in self._records(record, look)]
        self._places[record.sheet] = replace(self._places[record.sheet], rows=[row for _, row in found])
        return tuple(made for made, _ in found)

    def _system_cases(self) -> tuple[SystemCase, ...]:
        found: dict[str, SystemCase] = {}
        for case, sheet, cell, _ in self._records(SystemCase):
            number = str(case.decision_number)
            key = document_key(number)
            if key in found:
                self._collector.note(k.SYSTEM_DOUBLED, sheet, cell, number, "")
            found.setdefault(key, case)
        return tuple(found.values())

    def _records(
        self, record: type[R], look: Callable[[Block], None] | None = None
    ) -> Iterator[tuple[R, str, str, int]]:
        """The usable rows of a tab, each with its sheet, the cell that names it, and its number."""
        sheet = self._sheets[record.sheet]
        table = Table(self._book, record, sheet, Judge(sheet, self._rules, self._collector, _NOT_USED))
        self._demand_columns(record, table)
        header = table.header
        assert header is not None
        naming = record.key[0] if record.key else next(iter(record.columns()))
        last = header.row
        for block in table.blocks():
            last = block.numbers[-1]
            self._name_units(record, block)
            self._digest.add(record.sheet, zip(*block.shown.values(), strict=True))
            if look is not None:
                look(block)
            for i, number in enumerate(block.numbers):
                if i in block.blocked or not self._belongs(record, block, i, table):
                    continue
                yield build(record, block.row(i)), sheet, header.cell(naming, number), number
        letters = {name: header.letter(place) for name, place in header.places.items()}
        self._places[record.sheet] = TabPlaces((), letters, last + 1)
        self._tabs[record.sheet] = table.rows_read

    def _demand_columns(self, record: type[Record], table: Table) -> None:
        missing = [column.header for column in table.missing() if column.required]
        if table.header is None or missing:
            what = f"缺少“{'”“'.join(missing)}”列" if missing and table.header is not None else "找不到表头"
            raise MasterUnreadable(
                f"总表的“{record.sheet}”表{what}", "请恢复表头（列名不要改动），或从备份的总表恢复。"
            )

    def _name_units(self, record: type[Record], block: Block) -> None:
        """Spell the units as the roster does."""
        if record is not RosterUnit and "unit" in block.columns:
            names = block.columns["unit"]
            block.columns["unit"] = [n if n is None else self._units.get(name_key(str(n)), n) for n in names]

    def _belongs(self, record: type[Record], block: Block, place: int, table: Table) -> bool:
        """Whether a row can be used: its unit stands in the roster, and a vote for a person names one."""
        header = table.header
        assert header is not None
        number = block.numbers[place]
        if record not in _UNIT_OPTIONAL:
            unit = str(block.columns["unit"][place])
            if name_key(unit) not in self._units:
                cell = header.cell("unit", number)
                self._collector.add(k.UNIT_NOT_IN_ROSTER, table.sheet, cell, unit, group="单位", unit=unit)
                return False
        if record is Vote and block.columns["target"][place] == VoteTarget.OFFICER and not block.columns["name"][place]:
            cell = header.cell("name", number)
            self._collector.add(k.VOTER_WITHOUT_NAME, table.sheet, cell, group="姓名")
            return False
        return True

    def _forged(self, block: Block) -> Iterator[tuple[str, str]]:
        """B1.5: a file that any review calls forged, also where the points of that review can't be read."""
        columns = block.columns
        for forged, unit, number in zip(columns["forged"], columns["unit"], columns["document_number"], strict=True):
            if forged == YesNo.YES and unit is not None and number is not None:
                yield name_key(str(unit)), document_key(str(number))
