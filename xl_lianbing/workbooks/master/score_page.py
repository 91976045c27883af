"""What the page 得分说明 says, line by line: label, formula on the result tabs, its words and basis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from xl_lianbing.glossary import CASES_NOT_COUNTED, NotCounted, SubIndicator, UnitPart, YesNo
from xl_lianbing.records.results import CASE_POINTS, CASES, FILE_POINTS, RANKING, SATISFACTION, Grid, ResultTab
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.rules.pack.sources import named

UNIT_CELL: Final = "B3"
_UNIT = "$B$3"
FIRST_ROW: Final = 5
#: Units and files of a province, and rows of 案件汇总, that the formulas look at.
_UNIT_ROWS, _FILE_ROWS, _CASE_ROWS = 2_000, 20_000, 200_000
#: Places of a city's files (B1.1); a county unit has fewer.
FILE_LINES: Final = 8
#: Characters of a reason or note that are shown, in three lines or two; then the page says where the rest stands.
_LONG, _SHORT = 120, 75
_GOES_ON: Final = "……（全文见{tab}）"


class LookedUp(NamedTuple):
    """A table in which the page looks up its unit: `key` is the header of the units' column."""

    tab: ResultTab
    grid: Grid
    key: str


TABLES: Final[Mapping[str, LookedUp]] = {
    "排名": LookedUp(RANKING, RANKING.grid, "单位"),
    "案卷": LookedUp(FILE_POINTS, FILE_POINTS.grids[1], "参评单位"),
    "案件": LookedUp(CASE_POINTS, CASE_POINTS.grid, "单位"),
    "投票": LookedUp(SATISFACTION, SATISFACTION.grid, "单位"),
}


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of the page. `source`: table and header that it looks up; `name`: a named cell of 规则; else a formula.

    `key` tells the lines apart whose value the program computes itself; `most`: a long text is cut there.
    """

    label: str
    formula: str = ""
    look: str = "figure"
    words: str = ""
    basis: str = ""
    source: tuple[str, str] = ("", "")
    key: str = ""
    words_formula: str = ""
    section: bool = False
    most: int = 0

    @property
    def wide(self) -> bool:
        """A text with nothing to be said beside it: it has the width of the page."""
        return self.look == "left" and not self.words and not self.basis

    def cut(self, text: str) -> str:
        """The text as the formula shows it."""
        if not self.most or len(text) <= self.most:
            return text
        return f"{text[: self.most]}{self._goes_on}"

    @property
    def cutting(self) -> str:
        """The formula, with its text cut where it would not fit."""
        if not self.most:
            return self.formula
        return f'IF(LEN({self.formula})>{self.most},LEFT({self.formula},{self.most})&"{self._goes_on}",{self.formula})'

    @property
    def _goes_on(self) -> str:
        return _GOES_ON.format(tab=TABLES[self.source[0]].tab.name)


def _column(tab: ResultTab, grid: Grid, header: str, rows: int = _UNIT_ROWS) -> str:
    return f"{tab.name}!{grid.span(header, rows)}"


def ranked(header: str) -> str:
    """A column of 综合排名."""
    return _column(RANKING, RANKING.grid, header)


def _found(table: str, header: str, *, text: bool = False) -> str:
    tab, grid, key = TABLES[table]
    place = f"MATCH({_UNIT},{_column(tab, grid, key)},0)"
    return f'IFERROR(INDEX({_column(tab, grid, header)},{place}){"&" + chr(34) * 2 if text else ""},"")'


def _look_up(label: str, table: str, header: str, look: str = "points", words: str = "", basis: str = "") -> PageLine:
    formula = _found(table, header, text=look == "left")
    return PageLine(label, formula, look, words, basis, source=(table, header))


def _reason(table: str, header: str, most: int) -> PageLine:
    return replace(_look_up(header, table, header, "left"), most=most)


def _cited(pack: RulePack, indicator: str) -> str:
    return named(*(cite.source for cite in pack.indicator(indicator).cites)) or "待确认"


def page_lines(pack: RulePack) -> list[PageLine]:
    """The page from top to bottom; the first line stands in row FIRST_ROW."""
    files, cases, votes = (_cited(pack, key) for key in ("case_files", "cases", "satisfaction"))
    switch = pack.indicator("cases").switch
    ties = "总分相同的，专栏文章多的在前；都相同的并列" if pack.has("tie_break_articles") else "总分相同的并列"
    return [
        PageLine("名次和名单", section=True),
        _look_up("层级", "排名", "层级", "left", "名次在同一层级内排定"),
        _look_up("名次", "排名", "名次", "integer", f"总分高的在前；{ties}"),
        _look_up("状态", "排名", "状态", "left"),
        _look_up("总分", "排名", "总分", words="＋".join(UnitPart)),
        _look_up("名额", "排名", "名额", "integer"),
        _look_up("发表文章", "排名", "发表文章", "integer", "《中国环境报》、省厅网站大练兵专栏的文章"),
        _reason("排名", "一票否决", _LONG),
        _reason("排名", "说明", _LONG),
        *_distances(),
        PageLine("案卷质量", section=True),
        _look_up("案卷得分合计", "案卷", "案卷得分合计", words="各案卷得分之和（见下面的案卷）", basis=files),
        _look_up("份数", "案卷", "除数", "integer", "按口径L1、L3确定"),
        _look_up("平均分", "案卷", "平均分", words="合计÷份数"),
        _reason("案卷", "记零分原因", _SHORT),
        _look_up("案卷质量得分", "案卷", "案卷质量得分", words="平均分÷每份满分×案卷质量满分", basis=files),
        PageLine("查处违法案件数量", section=True),
        _look_up("重点单位数", "案件", "重点单位数", "integer", basis=cases),
        _look_up("基准比例", "案件", "基准比例", "percent", "重点单位数÷全省总数采用值（“查处案件得分”表上方）"),
        *(_line for sub in SubIndicator for _line in _sub(sub, switch, cases)),
        _reason("案件", "记零分原因", _SHORT),
        _look_up("查处案件得分", "案件", "查处案件得分", words="三项得分之和"),
        PageLine("执法公众满意度", section=True),
        _look_up("票数", "投票", "票数", "integer", basis=votes),
        _look_up("最高票数", "投票", "最高票数", "integer", "按口径L12"),
        _look_up("低于最高(%)", "投票", "低于最高(%)"),
        _look_up("满意度得分", "投票", "得分", words="满分减去低的百分数×每1%扣分，按口径L11取整", basis=votes),
        PageLine("加减分", section=True),
        _look_up(
            "加减分", "排名", "加减分", words="各指标登记分分别限于上下限后合计", basis=_cited(pack, "adjustments")
        ),
        PageLine("参评案卷（本单位）", section=True),
        *_files(),
        PageLine("没有计入的处罚案件（本单位填报表，上次计算时）", section=True),
        *map(_left_out, CASES_NOT_COUNTED),
    ]


def _sub(sub: SubIndicator, switch: str, basis: str) -> Iterator[PageLine]:
    look = "money" if sub is SubIndicator.FINES else "integer"
    yield _look_up(f"{sub}数值", "案件", f"{sub}数值", look, "计入的行见“案件汇总”“重大案件汇总”")
    yield _look_up(f"{sub}基准值", "案件", f"{sub}基准值", words="全省总数采用值×基准比例")
    yield _look_up(f"{sub}比值", "案件", f"{sub}比值", "ratio", "数值÷基准值")
    yield _look_up(f"{sub}得分", "案件", f"{sub}得分", words=f"按口径{switch}由比值得分", basis=basis)


def _distances() -> Iterator[PageLine]:
    """The next better rank of the tier, and the line of the shortlist."""
    tier, own, total = (_found("排名", header) for header in ("层级", "名次", "总分"))
    ahead = f"MATCH({tier}&({own}-1),{ranked('并列末位')},0)"
    yield PageLine("前一名", f'IFERROR(INDEX({ranked("单位")},{ahead}),"")', "left", key="ahead")
    gap = f"INDEX({ranked('总分')},{ahead})-{total}"
    yield PageLine("与前一名相差", f'IFERROR({gap},"")', "points", "前一名总分−本单位总分", key="gap")
    margin = f"{total}-INDEX({ranked('总分')},MATCH({tier},{ranked('名单末位')},0))"
    words = "正数：高出名单最后一名；负数：还差"
    yield PageLine("与名单最后一名相差", f'IFERROR({margin},"")', "points", words, key="margin")


def _files() -> Iterator[PageLine]:
    grid = FILE_POINTS.grid

    def column(header: str) -> str:
        return _column(FILE_POINTS, grid, header, _FILE_ROWS)

    first = f"MATCH({_UNIT},{column('单位')},0)"
    for n in range(FILE_LINES):
        place = f"{first}+{n}"

        def cell(header: str, place: str = place) -> str:
            return f"INDEX({column(header)},{place})"

        marks = f'" 专家"&{cell("专家评审")}&" 交叉"&{cell("交叉评审")}&" "&{cell("说明")}'
        told = f'{cell("案卷类别")}&" "&{cell("文书文号")}&{marks}'
        mine = f"{cell('单位')}={_UNIT}"
        yield PageLine(
            f"第{n + 1}份",
            f'IFERROR(IF({mine},{cell("案卷得分")},""),"")',
            "points",
            key=f"file{n}",
            words_formula=f'IFERROR(IF({mine},{told},""),"")',
        )


def _left_out(reason: NotCounted) -> PageLine:
    """How many cases are left out for it, as 案件汇总 writes it; the pattern takes in all unreadable cells."""
    counted, units, why = (_column(CASES, CASES.grid, h, _CASE_ROWS) for h in ("计入", "单位", "不计原因"))
    formula = f'COUNTIFS({units},{_UNIT},{counted},"{YesNo.NO}",{why},"{reason.format("*")}")'
    return PageLine(reason.format("必填项"), formula, "integer", key=reason)
