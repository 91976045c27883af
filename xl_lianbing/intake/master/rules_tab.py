"""Reads the tab 规则: the values and readings in force. An invalid value is a finding, the pack's stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from xl_lianbing.errors import MasterUnreadable
from xl_lianbing.findings import master as k
from xl_lianbing.findings.gather import Collector
from xl_lianbing.intake.cells.aliases import PLACEHOLDERS, header_key
from xl_lianbing.intake.cells.values import Odd, Value, as_typed, reader_of
from xl_lianbing.intake.door.sheets import Book, Cell, ErrorCell
from xl_lianbing.intake.master.tabs import Tab
from xl_lianbing.records.column import CellType, Column
from xl_lianbing.records.inputs import RULES_HEADERS, RULES_TAB
from xl_lianbing.records.keys import squeeze
from xl_lianbing.rules.identity import IDENTITY_ROWS, MOST_CHARS, Identity, IdentityRow
from xl_lianbing.rules.pack import PackValue, RulePack, Switch
from xl_lianbing.rules.pack.contract import BLANK_VALUE_KEYS
from xl_lianbing.rules.ruleset import Ruleset

#: The pack's value as stamped when the master was made: tells a quota that nobody touched.
STAMPED_HEADER = "规则包取值"
_RESTORE = "请恢复“规则”表的表头，或用备份的总表。"


@dataclass(frozen=True, slots=True)
class RulesRow:
    """A row of 规则 as it stands; `address` is the cell of 取值."""

    code: str
    item: str
    value: Cell
    stamped: Cell
    address: str


@dataclass(frozen=True, slots=True)
class RulesRead:
    """The rules in force; `untouched` are the keys of quotas that the bureau left as the pack has them.

    `cells`: the cell of 取值 by the key of a value and the code of a switch.
    """

    values: Mapping[str, Decimal | date | None]
    readings: Mapping[str, str]
    untouched: frozenset[str]
    cells: Mapping[str, str]

    def ruleset(self, pack: RulePack, cities: int) -> Ruleset:
        """The rules; with several 市级 units a quota that nobody touched is the province's (A4)."""
        values = dict(self.values)
        for key in self.untouched:
            value = pack.by_key[key]
            values[key] = value.province if cities > 1 else value.value
        return Ruleset(pack, values, dict(self.readings))


def rules_rows(book: Book) -> list[RulesRow]:
    """The rows of 规则. Raises MasterUnreadable if the tab or one of its key columns is missing."""
    tab = Tab.of(book, RULES_TAB)
    if tab is None:
        raise MasterUnreadable(
            "这不是总表：里面没有“规则”表", "请选择用本软件新建的总表（总表.xlsm），或恢复被删除的表。"
        )
    header = tab.header((*RULES_HEADERS, STAMPED_HEADER), least=3)
    missing = [h for h in ("项目", "取值") if header is None or h not in header.places]
    if header is None or missing:
        raise MasterUnreadable(f"“规则”表缺少“{'”“'.join(missing)}”列", _RESTORE)
    rows = [
        RulesRow(row.text("编号"), row.text("项目"), row["取值"], row[STAMPED_HEADER], row.address("取值"))
        for row in tab.table(header)
    ]
    return [row for row in rows if row.code + row.item]


def guess_pack(rows: list[RulesRow], packs: list[RulePack]) -> RulePack:
    """The pack whose items and dates the tab has most of: for a master that lost its stamp."""
    typed = {header_key(row.item): row.value for row in rows}

    def likeness(pack: RulePack) -> int:
        items = {header_key(v.item): v for v in pack.values}
        shared = items.keys() & typed.keys()
        dates = sum(isinstance(v := items[key].value, date) and typed[key] == v for key in shared)
        return len(shared) + 2 * dates - len(items.keys() ^ typed.keys())

    return max(packs, key=likeness)


def read_rules(rows: list[RulesRow], pack: RulePack, collector: Collector) -> RulesRead:
    """What 规则 says, for every value and switch of the pack."""
    switches, values = _assign(rows, pack, collector)
    readings = {s.code: _reading(s, switches.get(s.code), collector) for s in pack.switches}
    found: dict[str, Decimal | date | None] = {}
    untouched: set[str] = set()
    for value in pack.values:
        row = values.get(value.key)
        found[value.key] = _value(value, row, collector)
        if value.province is not None and _untouched(value, row, found[value.key]):
            untouched.add(value.key)
    _keep_windows_in_order(found, values, pack, collector)
    cells = {name: row.address for name, row in (switches | values).items()}
    return RulesRead(found, readings, frozenset(untouched), cells)


def read_identity(rows: list[RulesRow], default: Identity, collector: Collector) -> Identity:
    """What the campaign is called and who holds it (A0); `default` where 规则 says nothing."""
    names: dict[str, str] = {}
    for row in rows:
        asked = _identity_row(row)
        if asked is None:
            continue
        if asked.field in names:
            collector.add(k.RULE_DOUBLED, RULES_TAB, row.address, as_typed(row.value), item=asked.item)
            continue
        fallback = str(getattr(default, asked.field))
        typed = " ".join(as_typed(row.value).split())
        names[asked.field] = fallback if _blank(row.value) else typed
        if isinstance(row.value, ErrorCell) or len(typed) > MOST_CHARS:
            why = "是一个错误值" if isinstance(row.value, ErrorCell) else f"超过{MOST_CHARS}个字"
            _invalid(asked.item, row, why, f"“{fallback}”", collector)
            names[asked.field] = fallback
    return replace(default, **names)


def _identity_row(row: RulesRow) -> IdentityRow | None:
    code, item = squeeze(row.code).upper(), header_key(row.item)
    return next((asked for asked in IDENTITY_ROWS if item == header_key(asked.item) or code == asked.code), None)


def _assign(
    rows: list[RulesRow], pack: RulePack, collector: Collector
) -> tuple[dict[str, RulesRow], dict[str, RulesRow]]:
    """The row of each switch (by 编号) and of each value (by 项目, else 编号)."""
    codes = {squeeze(v.code).upper(): v.key for v in pack.values}
    items = {header_key(text): v.key for v in pack.values for text in _item_spellings(v)}
    known = {s.code for s in pack.switches}
    switches: dict[str, RulesRow] = {}
    values: dict[str, RulesRow] = {}
    for row in rows:
        if _identity_row(row) is not None:
            continue
        code = squeeze(row.code).upper()
        key = items.get(header_key(row.item)) or codes.get(code)
        target, name = (switches, code) if code in known else (values, key)
        if name is None:
            if not _blank(row.value):
                collector.add(k.RULE_UNKNOWN, RULES_TAB, row.address, as_typed(row.value), item=row.item or row.code)
        elif name in target:
            collector.add(k.RULE_DOUBLED, RULES_TAB, row.address, as_typed(row.value), item=row.item or row.code)
        else:
            target[name] = row
    return switches, values


def _item_spellings(value: PackValue) -> list[str]:
    """The item, also as a year with other headers writes it (全省重点监控企业总数 / 全省重点排污单位总数)."""
    if value.key == "total.key_enterprises":
        return [value.item, "全省重点监控企业总数", "全省重点排污单位总数"]
    return [value.item]


def _blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def _reading(switch: Switch, row: RulesRow | None, collector: Collector) -> str:
    default = switch.readings[0]
    if row is None:
        collector.add(k.RULE_MISSING, RULES_TAB, "", item=switch.item, code=switch.code, default=f"“{default}”")
        return default
    if _blank(row.value):
        return default
    typed = squeeze(as_typed(row.value))
    found = next((r for r in switch.readings if squeeze(r) == typed), None)
    if found is None:
        why = f"只能是：{'、'.join(switch.readings)}"
        _invalid(f"口径{switch.code}", row, why, f"“{default}”", collector)
    return found or default


def _value(value: PackValue, row: RulesRow | None, collector: Collector) -> Decimal | date | None:
    default = value.value
    told = "（未知）" if default is None else f"{default}"
    if row is None:
        collector.add(k.RULE_MISSING, RULES_TAB, "", item=value.item, code=value.code, default=told)
        return default
    blank = _blank(row.value) or (value.key in BLANK_VALUE_KEYS and as_typed(row.value).strip() in PLACEHOLDERS)
    if blank:
        return default
    wanted = CellType.DATE if isinstance(default, date) else CellType.NUMBER
    read = reader_of(Column(value.item, wanted, unit=value.unit, places=30))(row.value)
    found: Value = read.value if isinstance(read, Odd) else read
    if not isinstance(found, Decimal | date):
        why = "应为日期，如 2017-10-31" if wanted is CellType.DATE else "应为数字"
    elif isinstance(found, Decimal) and not _within(value, found):
        low = "" if value.minimum is None else f"不小于{value.minimum:f}"
        high = "" if value.maximum is None else f"不大于{value.maximum:f}"
        why = "应" + "、".join(part for part in (low, high) if part)
    else:
        return found
    _invalid(value.item, row, why, told, collector)
    return default


def _within(value: PackValue, number: Decimal) -> bool:
    low, high = value.minimum, value.maximum
    return (low is None or number >= low) and (high is None or number <= high)


def _invalid(item: str, row: RulesRow, why: str, default: str, collector: Collector) -> None:
    collector.add(k.VALUE_INVALID, RULES_TAB, row.address, as_typed(row.value), item=item, why=why, default=default)


def _untouched(value: PackValue, row: RulesRow | None, found: Decimal | date | None) -> bool:
    """Whether a quota is still the stamped one, or nobody can tell that it was changed."""
    if row is None or _blank(row.value):
        return True
    stamped = reader_of(Column(value.item, CellType.NUMBER, unit=value.unit, places=30))(row.stamped)
    stamped = stamped.value if isinstance(stamped, Odd) else stamped
    return found == (value.value if stamped is None else stamped)


def _keep_windows_in_order(
    found: dict[str, Decimal | date | None], rows: Mapping[str, RulesRow], pack: RulePack, collector: Collector
) -> None:
    for key in [name for name in found if name.startswith("window.") and name.endswith(".start")]:
        last = f"{key.removesuffix('.start')}.end"
        start, end = found[key], found.get(last)
        if isinstance(start, date) and isinstance(end, date) and end < start:
            address = rows[last].address if last in rows else ""
            collector.add(k.WINDOW_REVERSED, RULES_TAB, address, end, item=pack.by_key[last].item)
            found[key], found[last] = pack.by_key[key].value, pack.by_key[last].value
