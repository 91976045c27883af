"""The input tabs of the master: what the bureau types or pastes.

Plain ranges, not Excel tables, and not protected: whatever is pasted or written below the header counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_lianbing.addresses import column_letters
from xl_lianbing.glossary import Progress
from xl_lianbing.records.column import CellType, Column, Record
from xl_lianbing.records.inputs import (
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
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.workbooks.master.sheet_setup import (
    LAST_INPUT_ROW,
    colour,
    put,
    row_height,
    set_heading_heights,
    set_page,
)
from xl_lianbing.workbooks.styles import Formats, Palette, type_fragment
from xl_lianbing.workbooks.validation import data_validation

INPUT_HEADER_ROW: Final = 4
_FIRST: Final = INPUT_HEADER_ROW + 1
_LAST_ROSTER_ROW = 2_000
#: Defined name of the units in the roster: the drop-downs of the other tabs follow it.
ROSTER_NAME: Final = "名册单位"
_MOST_POINTS = 1_000

#: How to fill each tab, shown above its header.
_HELP: Final[Mapping[type[Record], str]] = {
    RosterUnit: "参加评选的单位，一行一个。功能区也算单位，代码可不填。市局的联络员、邮箱会印在各单位的填报说明上。",
    SystemCase: "点“导入数据”选处罚系统的导出文件，或者把数据粘贴到表头下面（建议“粘贴数值”）。留空表示不与系统比对。",
    PublishedCase: "点“导入数据”选门户网站的行政处罚公示清单（双公示表）。填报表的“是否公开”与它比对；留空表示不比对。",
    Review: "一份案卷一位评审人一行。得分0～100；查实造假的案卷在“是否造假”选“是”，该单位案卷质量记零分。",
    Vote: "集体投票填单位；个人投票还要填姓名。票数填整数。",
    AirPoint: "市级单位各监测点位的年均浓度，一个点位一项指标一行，单位μg/m³。本年均值高于上年的一票否决。",
    WaterSection: "各国控断面的水质类别，一个断面一行。类别变差的一票否决；数据不齐备的填“否”，不参与评价。",
    Adjustment: "加分填正数，减分填负数，写明事由。各项合计的上下限见“规则”。",
    DeedsReview: "一名候选人一位评审人一行，四项各0～25分。评审用的材料应隐去姓名、单位和地名。",
    IntegrityReport: "对候选人举报线索的核查结果。“属实”的一票否决。",
    Reviewer: "一人一行。交叉评审人员填所在单位，不评本单位和“回避单位”的案卷；回避单位有几个的用“、”隔开。",
    MobileRecord: "点“导入数据”选移动执法平台的导出文件。参评案卷的“移动执法平台”与它比对；留空表示不比对。",
    Task: "任务分解表。完成后把“完成情况”改为“已完成”，并填完成日期；过了截止日期还没完成的显示为红色。",
}
#: Tabs that may name bureaus and units that take no part.
_ANY_UNIT: Final = (SystemCase, PublishedCase, Reviewer, MobileRecord)


def roster_reference() -> str:
    """The formula of the defined name: from the first unit to the last one in the roster."""
    units = f"{RosterUnit.sheet}!$A${_FIRST}:$A${_LAST_ROSTER_ROW}"
    last = f'IFERROR(LOOKUP(2,1/({units}<>""),ROW({units})-{INPUT_HEADER_ROW}),1)'
    return f"={RosterUnit.sheet}!$A${_FIRST}:INDEX({units},{last})"


def roster_records(roster: Sequence[RosterUnit]) -> list[dict[str, object]]:
    """The roster as rows of 单位名册 by header."""
    columns = RosterUnit.columns()
    return [{column.header: getattr(unit, field) for field, column in columns.items()} for unit in roster]


def task_records(pack: RulePack) -> list[dict[str, object]]:
    """The pack's task table as rows of 任务分解 by header (D4)."""
    return [
        {
            "编号": task.code,
            "时间节点": task.period,
            "截止日期": task.due,
            "任务": task.text,
            "责任部门": task.departments,
            "完成情况": Progress.NOT_STARTED,
        }
        for task in pack.tasks
    ]


def add_input_tab(
    workbook: Workbook, formats: Formats, record: type[Record], rows: Sequence[Mapping[str, object]]
) -> Worksheet:
    """Add the tab of a record with its contents by header. Raises KeyError for a header that the tab hasn't."""
    columns = list(record.columns().values())
    sheet = workbook.add_worksheet(record.sheet)
    sheet.set_tab_color(Palette.TAB_INPUT)
    put(sheet, 1, 1, record.title, formats("title"))
    put(sheet, 2, 1, _HELP[record], formats("hint"))
    set_heading_heights(sheet)
    for index, column in enumerate(columns):
        _add_column(sheet, formats, record, index, column, len(columns))
    _write_rows(sheet, formats, columns, rows)
    _add_marks(sheet, formats, record)
    right = column_letters(len(columns))
    sheet.autofilter(f"A{INPUT_HEADER_ROW}:{right}{LAST_INPUT_ROW}")
    sheet.ignore_errors({"number_stored_as_text": f"A{_FIRST}:{right}{LAST_INPUT_ROW}"})
    sheet.freeze_panes(INPUT_HEADER_ROW, 0)
    set_page(sheet, repeat=(INPUT_HEADER_ROW, INPUT_HEADER_ROW))
    return sheet


def _look(column: Column) -> str:
    """Short texts are text cells, so that 3-1 is no date; long ones aren't: Excel would show them as #####."""
    return "left" if column.type is CellType.TEXT and column.width >= 30 else type_fragment(column)


def _is_unit(record: type[Record], column: Column) -> bool:
    return column.header == "单位" and record not in (RosterUnit, *_ANY_UNIT)


def _add_column(
    sheet: Worksheet, formats: Formats, record: type[Record], index: int, column: Column, count: int
) -> None:
    letter = column_letters(index + 1)
    # wide enough for the header with its filter arrow
    sheet.set_column(index, index, max(column.width, 2 * len(column.header) + 5), formats(_look(column)))
    need = "required" if column.required else "optional"
    unit = f"，{column.unit}" if column.unit and column.unit not in column.header else ""
    lead = "必填" if column.required else "选填"
    put(sheet, INPUT_HEADER_ROW - 1, index + 1, f"{lead}{unit}", formats(f"mark_{need}"))
    put(sheet, INPUT_HEADER_ROW, index + 1, column.header, formats("header", f"header_{need}"))
    sheet.data_validation(
        f"{letter}{INPUT_HEADER_ROW}",
        {
            "validate": "custom",
            "value": f'={letter}{INPUT_HEADER_ROW}="{column.header}"',
            "ignore_blank": False,
            "error_title": "表头不能改",
            "error_message": f"这一列的表头应为“{column.header}”，程序按表头取数，请按“取消”恢复。",
        },
    )
    sheet.data_validation(f"{letter}{_FIRST}:{letter}{LAST_INPUT_ROW}", _validation(record, column))
    if column.required:
        formula = f'=AND({letter}{_FIRST}="",COUNTA($A{_FIRST}:${column_letters(count)}{_FIRST})>0)'
        colour(sheet, f"{letter}{_FIRST}:{letter}{LAST_INPUT_ROW}", formula, formats.signal("missing"))


def _validation(record: type[Record], column: Column) -> dict[str, Any]:
    rule = data_validation(column, column.header)
    if _is_unit(record, column):
        rule |= {
            "validate": "list",
            "source": f"={ROSTER_NAME}",
            "error_title": "单位不在名册中",
            "error_message": "请从列表中选单位，名称要与“单位名册”一致。确实要用新单位的，先加到单位名册。",
            "error_type": "stop",
        }
    elif column.type is CellType.NUMBER and column.minimum is None:
        rule |= {
            "minimum": -_MOST_POINTS,
            "maximum": _MOST_POINTS,
            "error_message": "请填数字，减少的填负数，不要写单位。",
        }
    return rule


def _write_rows(
    sheet: Worksheet, formats: Formats, columns: Sequence[Column], rows: Sequence[Mapping[str, object]]
) -> None:
    places = {column.header: (index, formats(_look(column))) for index, column in enumerate(columns, 1)}
    wrapped = {column.header: formats(_look(column), "wrap") for column in columns if _look(column) == "left"}
    widths = {column.header: column.width for column in columns if column.header in wrapped}
    for number, row in enumerate(rows, _FIRST):
        long = [(str(row[header]), width) for header, width in widths.items() if row.get(header)]
        if long:
            sheet.set_row(number - 1, row_height(long))
        for header, value in row.items():
            column, style = places[header]
            put(sheet, number, column, value, wrapped.get(header, style))


def _add_marks(sheet: Worksheet, formats: Formats, record: type[Record]) -> None:
    if record is RosterUnit:
        area = f"A{_FIRST}:A{_LAST_ROSTER_ROW}"
        units = f"$A${_FIRST}:$A${_LAST_ROSTER_ROW}"
        # AND would count for empty cells, too
        twice = f"=IF(LEN(A{_FIRST})=0,FALSE,COUNTIF({units},A{_FIRST})>1)"
        colour(sheet, area, twice, formats.signal("duplicate"))
    if record is Task:
        headers = [column.header for column in record.columns().values()]
        letters = {header: column_letters(headers.index(header) + 1) for header in ("截止日期", "完成情况")}
        due, state = (f"${letter}{_FIRST}" for letter in letters.values())
        for letter in letters.values():
            area = f"{letter}{_FIRST}:{letter}{LAST_INPUT_ROW}"
            colour(sheet, area, f'={state}="{Progress.DONE}"', formats.signal("good"))
            overdue = f'=AND({due}<>"",{due}<TODAY(),{state}<>"{Progress.DONE}")'
            colour(sheet, area, overdue, formats.signal("bad"))
    # the last one: some programs apply only the first that fits
    right = column_letters(len(record.columns()))
    written = f"=COUNTA($A{_FIRST}:${right}{_FIRST})>0"
    colour(sheet, f"A{_FIRST}:{right}{LAST_INPUT_ROW}", written, formats.signal("filled"))
