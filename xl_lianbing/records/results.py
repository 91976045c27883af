"""What comes out: the result tabs of the master and their columns (workbooks.md §4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xl_lianbing.addresses import column_letters
from xl_lianbing.glossary import AdjustmentKind, Filing
from xl_lianbing.records.column import CellType, Column, Record
from xl_lianbing.records.returns import (
    CaseFile,
    MajorCase,
    OfficerCase,
    PenaltyCase,
    Publicity,
    Reconsideration,
    TaskProgress,
)


class Look(StrEnum):
    """How a result column is shown; cells always hold unrounded values."""

    TEXT = "text"
    WRAPPED = "wrapped"
    INTEGER = "integer"
    RANK = "rank"
    POINTS = "points"
    RATIO = "ratio"
    SHARE = "share"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Field:
    header: str
    look: Look = Look.TEXT
    width: float = 12


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a result tab: `name` is the Excel table's, data begin in `header_row` + 1 (1-based)."""

    name: str
    fields: tuple[Field, ...]
    header_row: int = 4
    first_column: int = 1

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(f.header for f in self.fields)

    def letter(self, header: str) -> str:
        """The column letter of a header."""
        return column_letters(self.first_column + self.headers.index(header))

    def span(self, header: str, rows: int) -> str:
        """The absolute range of a column's data, for formulas: `$C$5:$C$14`."""
        letter = self.letter(header)
        return f"${letter}${self.header_row + 1}:${letter}${self.header_row + max(rows, 1)}"


@dataclass(frozen=True, slots=True)
class ResultTab:
    """A result tab: row 1 its title, row 2 a note that the program writes at each run (cell A2)."""

    name: str
    title: str
    grids: tuple[Grid, ...]

    @property
    def grid(self) -> Grid:
        return self.grids[0]


_LOOKS = {
    CellType.TEXT: Look.TEXT,
    CellType.LONG_TEXT: Look.TEXT,
    CellType.CHOICE: Look.TEXT,
    CellType.NUMBER: Look.NUMBER,
    CellType.INTEGER: Look.INTEGER,
    CellType.MONEY: Look.MONEY,
    CellType.DATE: Look.DATE,
}


def _of(column: Column) -> Field:
    return Field(column.header, _LOOKS[column.type], min(column.width, 40))


def _summary(name: str, title: str, record: type[Record]) -> ResultTab:
    fields = (
        Field("单位", width=16),
        *(_of(c) for c in record.columns().values()),
        Field("计入", width=7),
        Field("不计原因", width=34),
        Field("来源", width=44),
    )
    return ResultTab(name, title, (Grid(name, fields),))


def _tab(name: str, title: str, *fields: Field, header_row: int = 4) -> ResultTab:
    return ResultTab(name, title, (Grid(name, fields, header_row),))


T, W, I, R, P = Look.TEXT, Look.WRAPPED, Look.INTEGER, Look.RANK, Look.POINTS  # noqa: E741

HOME_TAB = "首页"
#: The derivation for one chosen unit, by formulas (after the tabs of the contract).
SCORE_PAGE = "得分说明"

RECEIPTS = _tab(
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
)
FINDINGS = _tab(
    "校核结果",
    "填报数据的问题和修改办法",
    Field("级别", T, 8),
    Field("编码", T, 9),
    Field("单位", T, 16),
    Field("文件", T, 32),
    Field("工作表", T, 12),
    Field("单元格", T, 10),
    Field("填写内容", W, 24),
    Field("问题", W, 46),
    Field("如何修改", W, 46),
    Field("依据", T, 12),
)
CASES = _summary("案件汇总", "行政处罚案件汇总", PenaltyCase)
MAJOR_CASES = _summary("重大案件汇总", "五类重大案件汇总", MajorCase)
RECONSIDERATIONS = _summary("行政复议汇总", "行政复议汇总", Reconsideration)
CASE_FILES = _summary("参评案卷汇总", "参评案卷汇总", CaseFile)
OFFICER_CASES = _summary("个人办案汇总", "先进个人候选人办案汇总", OfficerCase)
PUBLICITY = _summary("宣传报道汇总", "宣传报道汇总", Publicity)
TASKS = _summary("任务进展汇总", "任务进展汇总", TaskProgress)

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

FILE_POINTS = ResultTab(
    "案卷质量得分",
    "案卷质量得分",
    (
        Grid(
            "案卷得分表",
            (
                Field("单位", T, 16),
                Field("文书文号", T, 28),
                Field("案卷类别", T, 22),
                Field("专家评审", P, 10),
                Field("交叉评审", P, 10),
                Field("案卷得分", P, 10),
                Field("说明", W, 34),
                Field("案卷状态", T, 10),
                Field("同时计入", T, 14),
                Field("认定造假", W, 30),
            ),
        ),
        Grid(
            "案卷质量单位得分表",
            (
                Field("参评单位", T, 16),
                Field("层级", T, 8),
                Field("除数", I, 8),
                Field("案卷得分合计", P, 13),
                Field("平均分", P, 10),
                Field("记零分原因", W, 34),
                Field("案卷质量得分", P, 13),
            ),
            first_column=12,
        ),
    ),
)
_SUBS = ("案件数量", "罚款金额", "重大案件")


def part_header(filing: Filing, published: bool, what: str) -> str:
    """A column of 案件构成表: cases (件数) or fines (罚款) that were filed and published like this."""
    return f"{filing}{'' if published else '未'}公开{what}"


CASE_POINTS = ResultTab(
    "查处案件得分",
    "查处违法案件数量得分",
    (
        Grid(
            "查处案件得分表",
            (
                Field("单位", T, 16),
                Field("层级", T, 8),
                Field("基准比例", Look.SHARE, 11),
                *(
                    Field(f"{sub}{part}", look, 14)
                    for sub in _SUBS
                    for part, look in (
                        ("数值", Look.MONEY if sub == "罚款金额" else I),
                        ("基准值", Look.NUMBER),
                        ("比值", Look.RATIO),
                        ("得分", P),
                    )
                ),
                Field("重点单位数", I, 12),
                Field("记零分原因", W, 24),
                Field("查处案件得分", P, 14),
            ),
            header_row=10,
        ),
        Grid(
            "全省总数表",
            (
                Field("全省总数", T, 24),
                Field("规则录入值", Look.NUMBER, 14),
                Field("参评单位合计", Look.NUMBER, 14),
                Field("采用值", Look.NUMBER, 14),
                Field("采用说明", T, 40),
            ),
            header_row=4,
        ),
        Grid(
            "案件构成表",
            (
                Field("填报单位", T, 16),
                Field("所属市级", T, 14),
                *(Field(part_header(f, published, "件数"), I, 11) for published in (True, False) for f in Filing),
                *(
                    Field(part_header(f, published, "罚款"), Look.MONEY, 14)
                    for published in (True, False)
                    for f in Filing
                ),
                Field("按日连续处罚金额", Look.MONEY, 14),
                Field("重大案件数", I, 11),
                Field("计分未公开件数", I, 11),
                Field("计分案件数", I, 11),
                Field("计分罚款", Look.MONEY, 14),
                Field("逐行明细", T, 24),
            ),
            header_row=10,
            first_column=20,
        ),
    ),
)
SATISFACTION = _tab(
    "满意度得分",
    "执法公众满意度得分",
    Field("单位", T, 16),
    Field("票数", I, 10),
    Field("低于最高(%)", P, 14),
    Field("得分", P, 10),
    Field("层级", T, 8),
    Field("最高票数", I, 12),
)
RANKING = _tab(
    "综合排名",
    "综合评价排名",
    Field("名次", R, 7),
    Field("单位", T, 18),
    Field("层级", T, 8),
    Field("案卷质量", P, 11),
    Field("查处案件", P, 11),
    Field("满意度", P, 11),
    Field("加减分", P, 9),
    Field("总分", P, 11),
    Field("发表文章", I, 10),
    Field("一票否决", W, 24),
    Field("状态", T, 11),
    Field("说明", W, 36),
    Field("参与评选", T, 10),
    Field("名额", I, 8),
    Field("所属市级", T, 14),
    Field("名册序号", I, 8),
    Field("市内次序", I, 8),
    *(Field(f"{kind}登记", P, 10) for kind in AdjustmentKind),
)
MODEL_UNITS = _tab(
    "先进集体候选",
    "先进集体候选名单",
    Field("序号", R, 7),
    Field("单位", T, 18),
    Field("层级", T, 8),
    Field("总分", P, 11),
    Field("发表文章", I, 10),
    Field("状态", T, 11),
    Field("理由", W, 60),
)
OFFICER_POINTS = _tab(
    "先进个人得分",
    "先进个人得分",
    Field("名次", R, 7),
    Field("姓名", T, 12),
    Field("单位", T, 18),
    Field("办案数", I, 9),
    Field("办案得分", P, 11),
    Field("案卷得分", P, 11),
    Field("投票得分", P, 11),
    Field("事迹得分", P, 11),
    Field("总分", P, 11),
    Field("状态", T, 11),
    Field("说明", W, 28),
    Field("专家评审", P, 11),
    Field("交叉评审", P, 11),
    Field("票数", I, 10),
    Field("事迹评分", P, 11),
    Field("一票否决", W, 26),
    Field("名额", I, 8),
    *(Field(f"{filing}办案数", I, 10) for filing in Filing),
)
MODEL_OFFICERS = _tab(
    "先进个人候选",
    "先进个人候选名单",
    Field("序号", R, 7),
    Field("姓名", T, 12),
    Field("单位", T, 18),
    Field("总分", P, 11),
    Field("状态", T, 11),
    Field("理由", W, 60),
)
PUBLIC_NOTICE = ResultTab(
    "公示名单",
    "公示名单",
    (
        Grid("公示集体", (Field("先进集体候选单位", T, 36),)),
        Grid("公示个人", (Field("先进个人候选人", T, 18), Field("所在单位", T, 30)), first_column=3),
    ),
)
DISPATCH = _tab(
    "进度调度",
    "进度调度",
    Field("期次", T, 14),
    Field("单位", T, 16),
    Field("案件数", I, 10),
    Field("罚款金额(万元)", Look.MONEY, 15),
    Field("重大案件", I, 10),
    Field("复议案件", I, 10),
    Field("复议纠正", I, 10),
    Field("进度比", Look.RATIO, 10),
    Field("状态", T, 10),
)
PUBLICITY_DUTY = _tab(
    "宣传培训",
    "宣传报道与学习培训情况",
    Field("单位", T, 16),
    *(Field(f"{month}月简报/信息", I, 14) for month in range(6, 12)),
    Field("专栏文章", I, 10),
    Field("培训人次", I, 10),
    Field("覆盖率", Look.SHARE, 10),
    Field("是否达标", T, 10),
)
READINGS = ResultTab(
    "口径台账",
    "口径台账",
    (
        Grid(
            "口径台账",
            (
                Field("编号", T, 8),
                Field("原文", W, 50),
                Field("依据", W, 14),
                Field("现行口径", T, 18),
                Field("其他口径", W, 24),
                Field("若改用其他口径名单是否变化", T, 16),
                Field("变化内容", W, 50),
                Field("其他口径的含义", W, 46),
            ),
        ),
        Grid(
            "名次区间表",
            (
                Field("单位", T, 18),
                Field("层级", T, 8),
                Field("现名次", R, 8),
                Field("最好名次", I, 9),
                Field("最差名次", I, 9),
                Field("名单是否会变", T, 10),
                Field("使名单变化的口径", W, 22),
                Field("姓名", T, 14),
                Field("各组合下的状态", W, 20),
                Field("图中起点", Look.NUMBER, 9),
                Field("较好", I, 7),
                Field("现位", I, 7),
                Field("较差", I, 7),
            ),
            first_column=10,
        ),
        Grid(
            "待确认数值表",
            (
                Field("规则编号", T, 10),
                Field("规则项目", T, 30),
                Field("现值", Look.NUMBER, 12),
                Field("向下可变到", T, 20),
                Field("向上可变到", T, 20),
                Field("名单变为", W, 60),
            ),
            first_column=25,
        ),
    ),
)
RUNS = _tab(
    "运行记录",
    "运行记录",
    Field("时间", Look.TIME, 19),
    Field("操作", T, 12),
    Field("规则包", T, 20),
    Field("程序版本", T, 12),
    Field("输入摘要", T, 24),
    Field("结果摘要", T, 24),
    Field("用时", T, 10),
    Field("读入与计入", W, 60),
    Field("规则包摘要", T, 24),
    Field("录入表摘要", T, 24),
    Field("填报表摘要", T, 24),
)

#: The result tabs in their order (after 首页).
RESULT_TABS: tuple[ResultTab, ...] = (
    RECEIPTS,
    FINDINGS,
    RANKING,
    MODEL_UNITS,
    OFFICER_POINTS,
    MODEL_OFFICERS,
    PUBLIC_NOTICE,
    FILE_POINTS,
    CASE_POINTS,
    SATISFACTION,
    CASES,
    MAJOR_CASES,
    RECONSIDERATIONS,
    CASE_FILES,
    OFFICER_CASES,
    PUBLICITY,
    TASKS,
    DISPATCH,
    PUBLICITY_DUTY,
    READINGS,
    RUNS,
)
