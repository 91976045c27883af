"""The table that a district publishes (双公示), pasted into 处罚案件 by whole columns, is understood by its headers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.tables import a_return, rules
from xl_lianbing.intake.returned.read import read_return

HEADERS = (
    "行政处罚决定书文号",
    "行政相对人名称",
    "统一社会信用代码",
    "违法行为类型",
    "违法事实",
    "处罚依据",
    "处罚类别",
    "罚款金额（万元）",
    "处罚决定日期",
    "是否录入处罚系统",
    "是否公开",
    "公示日期",
    "移动执法平台",
    "决定书扫描件",
)


def test_the_columns_of_the_portal_are_those_of_the_return(tmp_path: Path) -> None:
    row = ["吴环罚【2017】（12）号", "演示厂", None, "水污染", "超标排放", "第八十三条", "罚款", 2.5, date(2017, 7, 3)]
    row += ["是", "是", date(2017, 7, 5), "是", "1.pdf"]
    path = a_return(tmp_path / "a.xlsx", {"处罚案件": [HEADERS, row]})
    intake = read_return(path, "回收/a.xlsx", rules())
    assert intake.result is not None
    [case] = intake.result.cases
    assert (case.fine, case.decided_on, case.blocked) == (Decimal("2.5"), date(2017, 7, 3), "")
    [(_, values)] = intake.rows.load("处罚案件")
    assert values[1:9] == ("吴环罚【2017】（12）号", "演示厂", None, "水污染", "超标排放", "罚款", Decimal("2.5"), None)
    lost = [f for f in intake.findings if f.severity == "阻断"]
    assert lost == []
