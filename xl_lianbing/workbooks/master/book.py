"""The master 总表.xlsm: all its tabs, names, buttons and macros, made once for a campaign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook

from xl_lianbing.excel.macros.ribbon import add_ribbon
from xl_lianbing.excel.macros.vba import sheet_code_names, shipped_vba_project
from xl_lianbing.glossary import Tier
from xl_lianbing.launch.interpreter import NO_INTERPRETER, SETTINGS_SHEET, Interpreter, conf_rows
from xl_lianbing.records.inputs import INPUT_TABS, RULES_TAB, RosterUnit, Task
from xl_lianbing.records.results import DISPATCH, HOME_TAB, READINGS, RESULT_TABS, SCORE_PAGE
from xl_lianbing.roster import SUZHOU
from xl_lianbing.rules.identity import Identity, default_identity
from xl_lianbing.rules.pack import SHIPPED, RulePack, load_pack
from xl_lianbing.workbooks.master.dispatch_charts import add_dispatch_charts
from xl_lianbing.workbooks.master.home_sheet import add_home_tab
from xl_lianbing.workbooks.master.input_tabs import (
    ROSTER_NAME,
    add_input_tab,
    roster_records,
    roster_reference,
    task_records,
)
from xl_lianbing.workbooks.master.reading_chart import add_reading_chart
from xl_lianbing.workbooks.master.result_tabs import add_result_tab
from xl_lianbing.workbooks.master.rules_tab import add_rules_tab, name_formula, rule_rows
from xl_lianbing.workbooks.master.score_page_sheet import add_score_page
from xl_lianbing.workbooks.master.sheet_setup import put
from xl_lianbing.workbooks.stamp import STAMP_SHEET, Stamp, write_stamp
from xl_lianbing.workbooks.styles import WORKBOOK_OPTIONS, Formats

#: Settings of the macros' `RunPython`, by name and value; which Python to use is written there on each PC.
CONF_SHEET: Final = SETTINGS_SHEET
#: What the stamp says that the workbook is.
MASTER_KIND: Final = "master"
#: So that the same master is the same file.
_CREATED = datetime(2017, 1, 1)

Rows = Sequence[Mapping[str, object]]


def visible_tabs() -> list[str]:
    """The tabs of the contract in their order, and the project's own after them."""
    inputs, results = (record.sheet for record in INPUT_TABS), (tab.name for tab in RESULT_TABS)
    return [HOME_TAB, RULES_TAB, *inputs, *results, SCORE_PAGE]


def all_sheets() -> list[str]:
    """The visible tabs and the two hidden sheets behind them."""
    return [*visible_tabs(), CONF_SHEET, STAMP_SHEET]


def master_code_names() -> tuple[str, ...]:
    """The VBA code names of all sheets, hidden ones included."""
    return sheet_code_names(len(all_sheets()))


def is_provincial(roster: Sequence[RosterUnit]) -> bool:
    """Whether the roster has several 市级 units: then the province's quotas apply (A4)."""
    return sum(unit.tier is Tier.CITY for unit in roster) > 1


def write_master(
    path: Path,
    pack: RulePack,
    roster: Sequence[RosterUnit],
    *,
    inputs: Mapping[str, Rows] | None = None,
    values: Mapping[str, Decimal] | None = None,
    identity: Identity | None = None,
    interpreter: Interpreter = NO_INTERPRETER,
) -> None:
    """Write a new master. The same arguments give the same bytes.

    Args:
        path: the file, ending in .xlsm; replaced if it is there.
        pack: the year's rules.
        roster: the units taking part, in the order in which they are to stand in 单位名册.
        inputs: contents of other input tabs, as tab → rows by header.
        values: pack key → 取值 from the start (the provincial totals).
        identity: what the campaign is called and who holds it (None: as the roster and the pack say).
        interpreter: the Python that the buttons start.

    Raises:
        KeyError: `inputs` names a tab or header, or `values` a key, that there isn't.
        OSError, xlsxwriter.exceptions.FileCreateError: the file cannot be written.
    """
    contents: dict[str, Rows] = {RosterUnit.sheet: roster_records(roster), Task.sheet: task_records(pack)}
    contents |= inputs or {}
    unknown = sorted(set(contents) - {record.sheet for record in INPUT_TABS})
    if unknown:
        raise KeyError(f"no input tabs {unknown}")
    default = default_identity(pack, roster)
    provincial = is_provincial(roster)
    rules = rule_rows(pack, provincial=provincial, values=values, default=default, identity=identity)
    pack = (identity or default).of_campaign(pack)
    campaign = name_formula(rules[0])
    workbook = Workbook(str(path), {**WORKBOOK_OPTIONS})
    workbook.set_size(2400, 1400)
    workbook.set_properties({"title": pack.title, "subject": "环境执法大练兵总表", "created": _CREATED})
    formats = Formats(workbook)
    add_home_tab(workbook, formats, pack, len(contents[RosterUnit.sheet]))
    add_rules_tab(workbook, formats, rules)
    for record in INPUT_TABS:
        add_input_tab(workbook, formats, record, contents.get(record.sheet, ()))
    workbook.define_name(ROSTER_NAME, roster_reference())
    for tab in RESULT_TABS:
        of_year = tab.of_months([month for _, month in pack.months])
        sheet = add_result_tab(workbook, formats, of_year, pack, campaign)
        if tab is READINGS:
            add_reading_chart(workbook, sheet, len(contents[RosterUnit.sheet]))
        if tab is DISPATCH:
            add_dispatch_charts(workbook, sheet, len(contents[RosterUnit.sheet]))
    add_score_page(workbook, formats, pack)
    _add_conf_sheet(workbook, formats, interpreter)
    write_stamp(workbook, Stamp(pack.id, pack.version, year=pack.year, kind=MASTER_KIND))
    _add_macros(workbook)
    workbook.close()  # not a `with`: it would write half a workbook when something above fails
    add_ribbon(path)


def write_blank_masters(folder: Path) -> None:
    """The blank masters of the repository: one a shipped pack, with the roster a campaign starts with."""
    for pack_id in SHIPPED:
        write_master(folder / f"总表_{pack_id}.xlsm", load_pack(pack_id), SUZHOU)


def _add_conf_sheet(workbook: Workbook, formats: Formats, interpreter: Interpreter) -> None:
    sheet = workbook.add_worksheet(CONF_SHEET)
    sheet.set_column(0, 1, 40)
    for row, (name, value) in enumerate(conf_rows(interpreter), 1):
        put(sheet, row, 1, name, formats("base"))
        put(sheet, row, 2, value, formats("base"))
    sheet.hide()


def _add_macros(workbook: Workbook) -> None:
    names = master_code_names()
    workbook.add_vba_project(BytesIO(shipped_vba_project(names)), is_stream=True)
    workbook.set_vba_name("ThisWorkbook")
    for sheet, name in zip(workbook.worksheets(), names, strict=True):
        sheet.set_vba_name(name)
