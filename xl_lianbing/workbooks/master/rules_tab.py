"""The tab 规则: every value and switch of the pack; only 取值 can be edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_lianbing.addresses import column_letters
from xl_lianbing.glossary import ValueState
from xl_lianbing.records.column import CellType
from xl_lianbing.records.inputs import RULES_HEADERS, RULES_TAB
from xl_lianbing.rules.identity import IDENTITY_ROWS, MOST_CHARS, Identity, IdentityRow
from xl_lianbing.rules.pack import PackValue, RulePack, Switch
from xl_lianbing.workbooks.master.sheet_setup import PROTECTION, colour, put, row_height, set_heading_heights, set_page
from xl_lianbing.workbooks.styles import Formats, Palette
from xl_lianbing.workbooks.validation import EARLIEST, LATEST

RULES_HEADER_ROW: Final = 4
DEFAULT_HEADER: Final = "规则包取值"
NOTE_HEADER: Final = "说明"
#: Those of the contract, then the project's own.
RULES_COLUMNS: Final = (*RULES_HEADERS, DEFAULT_HEADER, NOTE_HEADER)

_WIDTHS = {
    "编号": 8,
    "指标": 20,
    "项目": 30,
    "取值": 18,
    "单位": 8,
    "依据": 62,
    "状态": 10,
    DEFAULT_HEADER: 18,
    NOTE_HEADER: 62,
}
_VALUE = column_letters(RULES_COLUMNS.index("取值") + 1)
_STATE = column_letters(RULES_COLUMNS.index("状态") + 1)
_DEFAULT = column_letters(RULES_COLUMNS.index(DEFAULT_HEADER) + 1)
_FAR = 1_000_000_000
#: Values on which it depends what is counted at all: formulas can't follow them.
RECOUNTED: Final = ("window.", "filing.", "files.county.", "files.city.")
_RECOUNT = "改后须重新计算得分，总表中的公式不会自动跟着变。"
_PRINTED = "印在填报表、总表和各种材料上；空着按右边的“规则包取值”。改后重做填报表，各表的名称再计算一次得分就换过来。"
_TO_BE_TYPED = "待录入：公布后在“取值”中填写，只填数字。"

RuleValue = Decimal | date | str | None


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A row of 规则. `default` is the pack's value as stamped, `value` what stands in 取值 at first.

    `choices` are a switch's readings; empty for a value.
    """

    code: str
    indicator: str
    item: str
    value: RuleValue
    unit: str
    basis: str
    state: ValueState
    default: RuleValue
    note: str
    name: str
    type: CellType
    choices: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def shown(self) -> tuple[RuleValue, ...]:
        """The cells left of 状态, which is a formula."""
        return self.code, self.indicator, self.item, self.value, self.unit, self.basis


def rule_rows(
    pack: RulePack,
    *,
    provincial: bool,
    values: Mapping[str, Decimal] | None = None,
    default: Identity | None = None,
    identity: Identity | None = None,
) -> list[RuleRow]:
    """The rows of 规则: the campaign's names, then the pack's order, the switches last.

    Args:
        pack: the rule pack.
        provincial: the roster has several 市级 units: the province's quotas are stamped instead of the city's (A4).
        values: pack key → what stands in 取值 from the start (provincial totals).
        default: the names where none are given (None: the pack's).
        identity: the names that stand in 取值 from the start (None: those).
    """
    given = values or {}
    unknown = sorted(set(given) - set(pack.by_key))
    if unknown:
        raise KeyError(f"the pack {pack.id} has no values {unknown}")
    default = default or Identity.of(pack)
    names = [_identity_row(row, pack, default, identity or default) for row in IDENTITY_ROWS]
    return [*names, *(_value_row(v, provincial, given) for v in pack.values), *map(_switch_row, pack.switches)]


def rule_cells(rows: Sequence[RuleRow]) -> dict[str, str]:
    """Defined name → absolute address of its 取值 cell, e.g. `规则!$D$9`."""
    return {row.name: f"{RULES_TAB}!${_VALUE}${n}" for n, row in enumerate(rows, RULES_HEADER_ROW + 1)}


def _identity_row(row: IdentityRow, pack: RulePack, default: Identity, identity: Identity) -> RuleRow:
    stamped = str(getattr(default, row.field))
    packs_own = stamped == getattr(Identity.of(pack), row.field)
    return RuleRow(
        code=row.code,
        indicator="活动",
        item=row.item,
        value=str(getattr(identity, row.field)),
        unit="",
        basis=f"规则包{pack.id}" if packs_own else "按“单位名册”中的市自动写成，请核对",
        state=ValueState.SOURCED if packs_own else ValueState.ASSUMED,
        default=stamped,
        note=_PRINTED,
        name=row.item,
        type=CellType.TEXT,
    )


def name_formula(row: RuleRow) -> str:
    """A name from its cell in 规则, for a heading; blank is the default."""
    quoted = str(row.default).replace('"', '""')
    return f'IF(TRIM({row.name})="","{quoted}",{row.name})'


def _value_row(value: PackValue, provincial: bool, given: Mapping[str, Decimal]) -> RuleRow:
    stamped = value.province if provincial and value.province is not None else value.value
    notes = [] if stamped is not None else [_TO_BE_TYPED]
    if value.province is not None and value.province != value.value:
        used, other = (
            ("省级", f"市级活动为{value.value:f}") if provincial else ("市级", f"省级活动为{value.province:f}")
        )
        notes.append(f"按{used}活动取值（{other}）。")
    limits = [f"不小于{value.minimum:f}"] if value.minimum is not None else []
    limits += [f"不大于{value.maximum:f}"] if value.maximum is not None else []
    if value.key.startswith(RECOUNTED):
        notes.append(_RECOUNT)
    if limits:
        notes.append(f"取值{'，'.join(limits)}。")
    return RuleRow(
        code=value.code,
        indicator=value.indicator,
        item=value.item,
        value=given.get(value.key, stamped),
        unit=value.unit,
        basis=value.basis,
        state=value.state,
        default=stamped,
        note="".join(notes),
        name=value.name,
        type=CellType.DATE if isinstance(stamped, date) else CellType.NUMBER,
        minimum=value.minimum,
        maximum=value.maximum,
    )


def _switch_row(switch: Switch) -> RuleRow:
    note = "\n".join(f"{reading}：{effect}" for reading, effect in zip(switch.readings, switch.effects, strict=True))
    return RuleRow(
        code=switch.code,
        indicator=switch.indicator,
        item=switch.item,
        value=switch.readings[0],
        unit="",
        basis=switch.basis,
        state=switch.state,
        default=switch.readings[0],
        note=note if switch.applies else f"本年度不使用这一口径。\n{note}",
        name=switch.name,
        type=CellType.CHOICE,
        choices=switch.readings,
    )


def add_rules_tab(workbook: Workbook, formats: Formats, rows: Sequence[RuleRow]) -> Worksheet:
    """Add the tab, and the defined names of all its values."""
    sheet = workbook.add_worksheet(RULES_TAB)
    sheet.set_tab_color(Palette.TAB_INPUT)
    sheet.write_formula(0, 0, f'="规则："&{name_formula(rows[0])}', formats("title"), f"规则：{rows[0].value}")
    put(
        sheet,
        2,
        1,
        "只有白底的“取值”可以改，改过的显示“已修改”。得分、名次马上跟着变；候选名单和“说明”中写着须重新计算的，再点“计算得分”。"
        "“待确认”是文件没有写明的取值，请核对。",
        formats("hint"),
    )
    set_heading_heights(sheet)
    last = RULES_HEADER_ROW + len(rows)
    for index, header in enumerate(RULES_COLUMNS):
        style = formats("header", "header_required" if header == "取值" else "header_optional")
        put(sheet, RULES_HEADER_ROW, index + 1, header, style)
        sheet.set_column(index, index, _WIDTHS[header])
    for number, row in enumerate(rows, RULES_HEADER_ROW + 1):
        _write_row(sheet, formats, number, row)
    for name, address in rule_cells(rows).items():
        workbook.define_name(name, f"={address}")
    area = f"{_STATE}{RULES_HEADER_ROW + 1}:{_STATE}{last}"
    for state, signal in ((ValueState.ASSUMED, "pending"), (ValueState.CHANGED, "odd"), (ValueState.SOURCED, "good")):
        colour(sheet, area, f'=${_STATE}{RULES_HEADER_ROW + 1}="{state}"', formats.signal(signal))
    blanks = f"{_VALUE}{RULES_HEADER_ROW + 1}:{_VALUE}{last}"
    colour(sheet, blanks, f'=${_VALUE}{RULES_HEADER_ROW + 1}=""', formats.signal("missing"))
    sheet.autofilter(RULES_HEADER_ROW - 1, 0, last - 1, len(RULES_COLUMNS) - 1)
    sheet.freeze_panes(RULES_HEADER_ROW, RULES_COLUMNS.index("项目") + 1)
    sheet.protect("", dict(PROTECTION))
    set_page(sheet, repeat=(RULES_HEADER_ROW, RULES_HEADER_ROW))
    sheet.print_area(0, 0, last - 1, RULES_COLUMNS.index("状态"))
    sheet.set_zoom(90)
    return sheet


def _write_row(sheet: Worksheet, formats: Formats, number: int, row: RuleRow) -> None:
    texts = {"项目": row.item, "依据": row.basis, NOTE_HEADER: row.note, "取值": row.value, DEFAULT_HEADER: row.default}
    sheet.set_row(number - 1, row_height((str(text or ""), _WIDTHS[header]) for header, text in texts.items()))
    look = {CellType.DATE: "date", CellType.CHOICE: "choice", CellType.TEXT: "text"}.get(row.type, "number")
    for column, value in enumerate(row.shown, 1):
        header = RULES_COLUMNS[column - 1]
        if header == "取值":
            style = formats("cell", look, "center", "strong", "unlocked")
        else:
            style = formats("cell", "wrap", "locked", *(("center",) if header in ("编号", "单位") else ()))
        put(sheet, number, column, value, style)
    value_cell, default_cell = f"{_VALUE}{number}", f"{_DEFAULT}{number}"
    unchanged = f'OR({value_cell}="",EXACT({value_cell},{default_cell}))'
    formula = f'=IF({unchanged},"{row.state}","{ValueState.CHANGED}")'
    shown = row.state if row.value in (None, row.default) else ValueState.CHANGED
    at = number - 1
    sheet.write_formula(at, RULES_COLUMNS.index("状态"), formula, formats("cell", "locked", "center"), str(shown))
    put(sheet, number, RULES_COLUMNS.index(DEFAULT_HEADER) + 1, row.default, formats("cell", look, "center", "locked"))
    put(sheet, number, RULES_COLUMNS.index(NOTE_HEADER) + 1, row.note, formats("cell", "wrap", "locked"))
    sheet.data_validation(value_cell, _validation(row))


def _validation(row: RuleRow) -> dict[str, Any]:
    rule: dict[str, Any]
    if row.choices:
        rule = {"validate": "list", "source": list(row.choices), "ignore_blank": False}
        message = f"只能填：{'、'.join(row.choices)}。请点右边的小箭头，从列表中选。"
    elif row.type is CellType.TEXT:
        rule = {"validate": "length", "criteria": "<=", "value": MOST_CHARS}
        message = f"最多{MOST_CHARS}个字。"
    elif row.type is CellType.DATE:
        rule = {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST}
        message = "请填日期，年月日用短横线隔开，例如 2017-08-31。"
    else:
        low = -_FAR if row.minimum is None else row.minimum
        high = _FAR if row.maximum is None else row.maximum
        rule = {"validate": "decimal", "criteria": "between", "minimum": float(low), "maximum": float(high)}
        bounded = row.minimum is not None or row.maximum is not None
        message = f"请填数字，不要写单位。{row.note if bounded else ''}"
    return rule | {
        "error_title": "取值填写有误",
        "error_message": message[:255],
        "error_type": "stop",
        "input_title": row.item[:32],
        "input_message": (row.note or message)[:255],
    }
