"""Workbooks for tests, written as small text tables: a line a row, cells apart by `|`, the first line the header.

A cell `2017-08-01` is a date, `12.5` a number, `'12.5` the text 12.5, `TRUE` a logical value; all else is text, and an
empty one is no cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

import xlsxwriter

from xl_lianbing.findings import Finding
from xl_lianbing.records.column import Layout, Record
from xl_lianbing.records.inputs import INPUT_TABS, RULES_HEADERS, RULES_TAB
from xl_lianbing.records.returns import RETURN_SHEETS
from xl_lianbing.records.stamp import STAMP_SHEET, Stamp
from xl_lianbing.rules.pack import RulePack, load_pack
from xl_lianbing.rules.ruleset import Ruleset

Rows = Sequence[Sequence[object]]
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def cell(text: str) -> object:
    text = text.strip()
    if _DATE.fullmatch(text):
        return date.fromisoformat(text)
    if _NUMBER.fullmatch(text):
        return float(text)
    if text == "TRUE":
        return True
    return text.removeprefix("'") if text else None


def table(text: str) -> list[list[object]]:
    """The rows of a text table. A line `-` alone is a blank row."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return [[] if line == "-" else [cell(part) for part in line.split("|")] for line in lines]


def write(
    path: Path,
    sheets: Mapping[str, Any],
    *,
    at: Mapping[str, tuple[int, int]] | None = None,
    stamp: Stamp | None = None,
    hidden_stamp_only: bool = False,
) -> Path:
    """A workbook with these sheets; `at` moves a sheet's first cell (rows down, columns right)."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for name, content in sheets.items():
        page = book.add_worksheet(name)
        down, right = (at or {}).get(name, (0, 0))
        for r, row in enumerate(table(content) if isinstance(content, str) else content):
            for k, value in enumerate(row):
                where = (r + down, k + right)
                if isinstance(value, datetime):
                    page.write_datetime(*where, value, moment)
                elif isinstance(value, date):
                    page.write_datetime(*where, value, day)
                elif isinstance(value, bool):
                    page.write_boolean(*where, value)
                elif isinstance(value, str):
                    page.write_string(*where, value)
                elif value is not None:
                    page.write_number(*where, value)
    if stamp is not None:
        pairs = {
            "xl_lianbing.pack": stamp.pack,
            "xl_lianbing.version": stamp.version,
            "xl_lianbing.unit": stamp.unit,
            "xl_lianbing.year": str(stamp.year or ""),
        }
        page = book.add_worksheet(STAMP_SHEET)
        for r, (name, value) in enumerate(pairs.items()):
            page.write_row(r, 0, (name, value))
            if not hidden_stamp_only:
                book.set_custom_property(name, value, "text")
        page.very_hidden()
    book.close()
    return path


INFO: dict[str, object] = {
    "单位名称": "吴中区",
    "层级": "县级",
    "填报年度": 2017,
    "联络员": "演示联络员",
    "联系电话": "0512-00000000",
    "重点监控企业数": 60,
    "名录是否公布": "是",
    "名录公布日期": date(2017, 3, 1),
    "执法人员总数": 30,
}
STAMP = Stamp("jiangsu-2017", "1.0", "吴中区", 2017)


def form(record: type[Record], values: Mapping[str, object]) -> Rows:
    return [["项目", "填写内容"], *([col.label, values.get(col.header)] for col in record.columns().values())]


def headers(record: type[Record]) -> list[str]:
    return [column.label for column in record.columns().values()]


def case(**cells: object) -> list[object]:
    """A faultless row of 处罚案件 (2017) with these cells changed, by header."""
    row: dict[str, object] = {
        "序号": 1,
        "处罚决定书文号": "吴环罚〔2017〕1号",
        "当事人名称": "演示数据有限公司",
        "违法行为类型": "水污染",
        "处罚种类": "罚款",
        "罚款金额(万元)": 2.5,
        "立案日期": date(2017, 2, 1),
        "决定日期": date(2017, 3, 1),
        "结案日期": date(2017, 4, 1),
        "是否录入处罚系统": "是",
        "系统录入日期": date(2017, 3, 2),
        "结案录入日期": date(2017, 4, 2),
        "是否公开": "是",
        "公开日期": date(2017, 3, 3),
        "移动执法平台": "是",
        "决定书扫描件": "1.pdf",
    }
    row |= {{"罚款金额": "罚款金额(万元)"}.get(header, header): value for header, value in cells.items()}
    return [row.get(column.header) for column in RETURN_SHEETS[1].columns().values()]


def a_return(
    path: Path,
    tables: Mapping[str, Any] | None = None,
    *,
    info: Mapping[str, object] | None = None,
    stamp: Stamp | None = STAMP,
    without: Iterable[str] = (),
    at: Mapping[str, tuple[int, int]] | None = None,
) -> Path:
    """A return whose sheets are empty but for `tables`; 单位信息 is filled, `info` changes it."""
    sheets: dict[str, Any] = {}
    for record in RETURN_SHEETS:
        if record.sheet == "单位信息":
            sheets[record.sheet] = form(record, INFO | dict(info or {}))
        elif record.layout is Layout.FORM:
            sheets[record.sheet] = form(record, {"是否申报": "否"})
        else:
            sheets[record.sheet] = [headers(record)]
    sheets |= dict(tables or {})
    for name in without:
        del sheets[name]
    return write(path, sheets, stamp=stamp, at=at)


def rules_rows(pack: RulePack, values: Mapping[str, object] | None = None, *, stamped: bool = True) -> Rows:
    """The tab 规则 with these values (by 项目 or L-number) typed in; None leaves the cell blank."""
    given = dict(values or {})
    rows: list[list[object]] = [[*RULES_HEADERS, *(["规则包取值"] if stamped else [])]]
    for v in pack.values:
        default = None if v.value is None else v.value if isinstance(v.value, date) else float(v.value)
        typed = given.get(v.item, default)
        rows.append([v.code, v.indicator, v.item, typed, v.unit, v.basis, "原文", *([default] if stamped else [])])
    for s in pack.switches:
        rows.append([s.code, s.indicator, s.item, given.get(s.code, s.readings[0]), "", s.basis, "原文"])
    return rows


ROSTER = """
单位* | 层级* | 行政区划代码 | 所属市 | 是否推荐 | 联络员 | 邮箱
苏州市 | 市级 | '320500 | 苏州市
吴中区 | 县级 | '320506 | 苏州市 | 是
昆山市 | 县级 | '320583 | 苏州市
"""


def a_master(
    path: Path,
    tables: Mapping[str, Any] | None = None,
    *,
    pack: str = "jiangsu-2017",
    values: Mapping[str, object] | None = None,
    stamped: bool = True,
    stamp: bool = True,
    without: Iterable[str] = (),
) -> Path:
    """A master with empty input tabs but for `tables`, and 规则 with `values`."""
    rules = load_pack(pack)
    sheets: dict[str, Any] = {"首页": [["大练兵"]], RULES_TAB: rules_rows(rules, values, stamped=stamped)}
    sheets |= {record.sheet: [headers(record)] for record in INPUT_TABS}
    sheets |= {"单位名册": ROSTER} | dict(tables or {})
    for name in without:
        del sheets[name]
    return write(path, sheets, stamp=Stamp(pack, "1.0", "", rules.year) if stamp else None)


class Told(Protocol):
    """What was read from a file, with what was found in it."""

    @property
    def findings(self) -> Sequence[Finding]: ...


def only(read: Told, code: str) -> Finding:
    """The one finding with this code."""
    (found,) = [f for f in read.findings if f.code == code]
    return found


def rules(pack: str = "jiangsu-2017") -> Ruleset:
    return Ruleset(load_pack(pack))
