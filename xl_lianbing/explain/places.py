"""Where the inputs of a campaign stand: the cells of 规则, of the input tabs and of the returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from xl_lianbing.findings.collector import Collector
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.intake.cells.judge import Judge
from xl_lianbing.intake.door.sheets import Book
from xl_lianbing.intake.master.rules_tab import rules_rows
from xl_lianbing.intake.tables.form import read_form
from xl_lianbing.intake.tables.table import Table
from xl_lianbing.pipeline import Computed
from xl_lianbing.records.column import Record
from xl_lianbing.records.inputs import RULES_TAB
from xl_lianbing.records.keys import squeeze
from xl_lianbing.records.returns import UnitInfo


class TabRow(NamedTuple):
    """A row of an input tab: its values by field, and the address of each."""

    values: Mapping[str, object]
    number: int
    letters: Mapping[str, str]

    def cell(self, field: str) -> str:
        return f"{self.letters.get(field, 'A')}{self.number}"


class Places:
    """Looks cells up in the campaign's files, each tab read once, when it is asked for.

    master: the file that the master was read from.
    """

    def __init__(self, folder: CampaignFolder, computed: Computed, master: Path) -> None:
        self._folder = folder
        self._read_from = master
        self.computed = computed
        self._tabs: dict[str, list[TabRow]] = {}

    @cached_property
    def _master(self) -> Book:
        return Book(self._read_from.read_bytes())

    @cached_property
    def _rules(self) -> Mapping[str, str]:
        rows = rules_rows(self._master)
        return {row.item: row.address for row in rows} | {row.code: row.address for row in rows}

    def rule(self, name: str) -> str:
        """The cell of a value (by 项目) or of a switch (by 编号)."""
        found = self._rules.get(name)
        return f"{self._folder.master.name}｜{RULES_TAB}!{found}" if found else ""

    def tab(self, record: type[Record]) -> list[TabRow]:
        """The rows of an input tab of the master."""
        if record.sheet not in self._tabs:
            self._tabs[record.sheet] = list(self._read(record))
        return self._tabs[record.sheet]

    def in_tab(self, record: type[Record], row: TabRow, field: str) -> str:
        return f"{self._folder.master.name}｜{record.sheet}!{row.cell(field)}"

    def _read(self, record: type[Record]) -> Iterator[TabRow]:
        book = self._master
        sheet = next((n for n in book.names if squeeze(n) == record.sheet), record.sheet)
        judge = Judge(sheet, self.computed.master.rules, Collector(self._folder.master.name))
        table = Table(book, record, sheet, judge)
        if table.header is None:
            return
        letters = {field: table.header.cell(field, 0).rstrip("0") for field in table.header.places}
        for block in table.blocks():
            for at, number in enumerate(block.numbers):
                yield TabRow(block.row(at), number, letters)

    def key_enterprises(self, unit: str) -> str:
        """The cell of 重点监控企业数 (重点排污单位数) in a unit's return."""
        returned = self.computed.collected.returns[unit]
        book = Book((self._folder.path / returned.file).read_bytes())
        sheet = next((n for n in book.names if squeeze(n) == UnitInfo.sheet), "")
        if not sheet:
            return returned.file
        judge = Judge(sheet, self.computed.master.rules, Collector(returned.file))
        cell = read_form(book, UnitInfo, sheet, judge).cells.get("key_enterprises", "")
        return f"{returned.file}｜{sheet}!{cell}"
