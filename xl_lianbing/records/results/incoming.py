"""What came in: 回执登记, 校核结果, and the summary tabs with every row of the returns."""

from __future__ import annotations

from xl_lianbing.glossary import Progress, ReceiptState, Severity
from xl_lianbing.records.results.tab import Field, I, Look, Mark, ResultTab, Signal, T, W, one_table, summary
from xl_lianbing.records.returns import (
    CaseFile,
    MajorCase,
    OfficerCase,
    PenaltyCase,
    Publicity,
    Reconsideration,
    TaskProgress,
)

RECEIPTS = one_table(
    "回执登记",
    "收到的填报表",
    Field("单位", T, 16),
    Field("状态", T, 8),
    Field("文件", T, 40),
    Field("接收时间", Look.TIME, 18),
    Field("SHA-256", T, 20),
    Field("版本", T, 18),
    Field("阻断", I, 8),
    Field("提醒", I, 8),
    Field("说明", W, 50),
    marks=(
        Mark("状态", ReceiptState.REFUSED, Signal.BAD),
        Mark("状态", ReceiptState.DUPLICATE, Signal.ODD),
        Mark("状态", ReceiptState.MISSING, Signal.FAINT),
    ),
    row_height=30,
)
FINDINGS = one_table(
    "校核结果",
    "填报数据的问题和修改办法",
    Field("级别", T, 8),
    Field("编码", T, 9),
    Field("单位", T, 16),
    Field("文件", T, 32),
    Field("工作表", T, 12),
    Field("单元格", Look.LINK, 10),
    Field("填写内容", W, 24),
    Field("问题", W, 46),
    Field("如何修改", W, 46),
    Field("依据", W, 20),
    Field("谁来改", T, 9),
    Field("影响", T, 15),
    Field("进展", T, 8),
    Field("依据原文", W, 36, printed=False),
    marks=(
        Mark("级别", Severity.BLOCKING, Signal.BAD, "级别", "级别"),
        Mark("级别", Severity.WARNING, Signal.PENDING, "级别", "级别"),
        Mark("级别", Severity.NOTE, Signal.FAINT, "级别", "级别"),
    ),
    row_height=44,
)
CASES = summary("案件汇总", "行政处罚案件汇总", PenaltyCase)
MAJOR_CASES = summary("重大案件汇总", "五类重大案件汇总", MajorCase)
RECONSIDERATIONS = summary("行政复议汇总", "行政复议汇总", Reconsideration)
CASE_FILES = summary("参评案卷汇总", "参评案卷汇总", CaseFile)
OFFICER_CASES = summary("个人办案汇总", "先进个人候选人办案汇总", OfficerCase)
PUBLICITY = summary("宣传报道汇总", "宣传报道汇总", Publicity)
TASKS = summary("任务进展汇总", "任务进展汇总", TaskProgress, Mark("完成情况", Progress.DONE, Signal.GOOD))

#: Which summary a sheet of the returns goes to.
SUMMARIES: dict[str, ResultTab] = {
    PenaltyCase.sheet: CASES,
    MajorCase.sheet: MAJOR_CASES,
    Reconsideration.sheet: RECONSIDERATIONS,
    CaseFile.sheet: CASE_FILES,
    OfficerCase.sheet: OFFICER_CASES,
    Publicity.sheet: PUBLICITY,
    TaskProgress.sheet: TASKS,
}
