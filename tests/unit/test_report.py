"""What the result tabs say: blocks of cells from scores."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from tests.few_words import Scene
from tests.said import said
from tests.tables import write
from xl_lianbing.addresses import column_letters
from xl_lianbing.exact import rounded
from xl_lianbing.excel.values import Cell, Cells, Formula, Table
from xl_lianbing.findings import Finding, Kind, Where, finding
from xl_lianbing.findings.gather import grouped
from xl_lianbing.glossary import Severity, UnitPart
from xl_lianbing.records.results import FINDINGS, RESULT_TABS, RUNS, Field, Grid, ResultTab
from xl_lianbing.report.blocks import fixed, table
from xl_lianbing.report.cases import case_blocks
from xl_lianbing.report.files import file_blocks
from xl_lianbing.report.formulas import RowCells
from xl_lianbing.report.home import home_block
from xl_lianbing.report.incoming.findings import finding_blocks
from xl_lianbing.report.officers import model_officer_blocks, officer_blocks, public_notice_blocks
from xl_lianbing.report.ranking import model_unit_blocks, ranking_blocks
from xl_lianbing.report.runs import Run, run_blocks
from xl_lianbing.report.satisfaction import satisfaction_blocks
from xl_lianbing.rules.names import Names
from xl_lianbing.rules.ranks import quota_formula
from xl_lianbing.rules.readings import CODES
from xl_lianbing.scoring.score import Scores
from xl_lianbing.workbooks.master.home import (
    CARD_ROW,
    CARDS,
    FIRST_COLUMN,
    LAST_COLUMN,
    findings_rows,
    ranking_rows,
)
from xl_lianbing.workbooks.master.score_page import page_lines

Blocks = Sequence[object]
GRIDS = {grid.name: (tab.name, grid) for tab in RESULT_TABS for grid in tab.grids}


def scene() -> Scene:
    """A city and four counties: a winner, a veto, two tied on the line of 2 places, and one without a return."""
    result = Scene("jiangsu-2016", 县级先进集体名额=2)
    result.unit("苏州市", "市级", 票=5).unit("甲县", 票=100, 案卷=[(90, 70)], 先进个人=["姓名", "甲某"])
    result.unit("乙县", 票=90, 案卷=[(100, 100)], 先进个人=["姓名 | 廉洁证明文件", "乙某 | -"])
    result.unit("丙县", 票=80).unit("丁县", 票=80).unit("戊县", 未报=True).unit("己县", 票=60, 申报=False)
    return result.tab("水质断面", "单位 | 断面名称 | 上年类别 | 本年类别", "乙县 | =某河 | Ⅱ | Ⅲ")


def rows(blocks: Blocks, grid: str) -> list[dict[str, Cell]]:
    """The rows of one table by header."""
    tab, wanted = GRIDS[grid]
    for block in blocks:
        if isinstance(block, Table) and (block.sheet, block.header_row, block.first_column) == place(tab, wanted):
            return [dict(zip(wanted.headers, row, strict=True)) for row in block.rows]
    raise AssertionError(f"no block for {grid}")


def place(tab: str, grid: Grid) -> tuple[str, int, int]:
    return tab, grid.header_row, grid.first_column


def value(cell: Cell) -> object:
    return cell.value if isinstance(cell, Formula) else cell


def notes(blocks: Blocks) -> str:
    return " ".join(str(b.values["A2"]) for b in blocks if isinstance(b, Cells) and "A2" in b.values)


def cells(blocks: Blocks) -> Iterator[Cell]:
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row)
        elif isinstance(block, Cells):
            yield from block.values.values()


def all_blocks(campaign: Scene, scores: Scores) -> list[object]:
    rules = campaign.rules
    return [
        *file_blocks(scores, rules),
        *case_blocks(scores, rules),
        *satisfaction_blocks(scores, rules),
        *ranking_blocks(scores, rules),
        *officer_blocks(scores, rules),
        *model_unit_blocks(scores, rules),
        *model_officer_blocks(scores),
        *public_notice_blocks(scores),
    ]


@pytest.mark.parametrize(
    ("exact", "text"),
    [
        ("0.005", "0.01"),
        ("-0.005", "-0.01"),
        ("27.428571", "27.43"),
        ("83.125", "83.13"),
        ("1/3", "0.33"),
        ("0", "0.00"),
    ],
)
def test_b10_points_are_shown_with_two_places_half_up(exact: str, text: str) -> None:
    assert rounded(Fraction(exact)) == text


def test_b10_the_ranking_holds_every_unit_with_its_state() -> None:
    campaign = scene()
    listed = rows(ranking_blocks(campaign.score(), campaign.rules), "综合排名")
    assert [(r["单位"], value(r["名次"]), value(r["状态"])) for r in listed] == [
        ("甲县", 1, "入选"),
        ("乙县", 2, "否决"),
        ("丙县", 3, "并列待定"),
        ("丁县", 3, "并列待定"),
        ("己县", 5, "未入选"),
        ("戊县", 6, "未报"),
        ("苏州市", 1, "否决"),
    ]
    assert [r["一票否决"] for r in listed[:2]] == ["否", "断面=某河水质由Ⅱ类降为Ⅲ类"]
    assert "没有可用的填报表" in str(listed[5]["说明"]) and "没有申报先进集体" in str(listed[4]["说明"])


def test_points_are_formulas_and_what_was_typed_never_is() -> None:
    campaign = scene()
    scores = campaign.score()
    for row in rows(ranking_blocks(scores, campaign.rules), "综合排名"):
        formulas = {header for header, cell in row.items() if isinstance(cell, Formula)}
        expected = {"名次", "案卷质量", "查处案件", "满意度", "总分", "状态", "名额"}
        expected |= {"比较用总分", "并列末位", "名单末位"}
        assert formulas == expected | ({"市内次序"} if row["所属市级"] else set())
    texts = list(cells(all_blocks(campaign, scores)))
    assert any(isinstance(c, str) and "=某河" in c for c in texts)
    assert not any(isinstance(c, Formula) and "某河" in c.text for c in texts)


@pytest.mark.parametrize("pack", ["jiangsu-2016", "jiangsu-2017"])
def test_sums_of_products_compare_cells_and_compute_nothing_of_columns(pack: str) -> None:
    """B10: what a function makes of a whole column inside SUMPRODUCT differs between programs."""
    campaign = Scene(pack).unit("苏州市", "市级").unit("甲县", 票=3, 先进个人=["姓名", "甲某"])
    formulas = [c.text for c in cells(all_blocks(campaign, campaign.score())) if isinstance(c, Formula)]
    formulas += [line.cutting for line in page_lines(campaign.rules.pack)]
    products = [product for text in formulas for product in inside("SUMPRODUCT", text)]
    assert products
    assert not [product for product in products if re.search(r"[A-Z]\(", product)]


def inside(function: str, text: str) -> Iterator[str]:
    """What stands between the brackets of each call of a function."""
    for call in re.finditer(rf"{function}\(", text):
        depth = 1
        for at in range(call.end(), len(text)):
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            if not depth:
                yield text[call.end() : at]
                break


def test_ranks_that_are_shared_and_the_end_of_the_list_stand_beside_the_ranking() -> None:
    """B10: the next rank is the one after 并列末位; 名单末位 names the tier whose list ends in this row."""
    campaign = scene()
    listed = rows(ranking_blocks(campaign.score(), campaign.rules), "综合排名")
    assert [(r["单位"], value(r["并列末位"]), value(r["名单末位"])) for r in listed] == [
        ("甲县", "县级1", ""),
        ("乙县", "县级2", ""),
        ("丙县", "县级4", "县级"),
        ("丁县", "县级4", "县级"),
        ("己县", "县级5", ""),
        ("戊县", "县级6", ""),
        ("苏州市", "市级1", ""),
    ]


def test_every_formula_holds_the_exact_value_of_the_scores() -> None:
    campaign = scene()
    scores = campaign.score()
    by_unit = {u.unit.name: u for u in scores.units}
    for row in rows(ranking_blocks(scores, campaign.rules), "综合排名"):
        unit = by_unit[str(row["单位"])]
        assert [value(row[h]) for h in (*UnitPart, "总分")] == [*unit.parts.values(), unit.total]


@pytest.mark.parametrize("headers", [{"名次", "单位"}, {"单位"}, {"单位", "票数", "层级"}])
def test_a_row_gives_every_header_of_its_table_and_no_other(headers: set[str]) -> None:
    tab = ResultTab("表", "表", (Grid("表", (Field("单位"), Field("票数"))),))
    assert table(tab, tab.grid, [{"票数": 2, "单位": "甲县"}]).rows == [["甲县", 2]]
    assert fixed(tab, tab.grid, [{"票数": 2, "单位": "甲县"}]).values == {"A5": "甲县", "B5": 2}
    for made in (table, fixed):
        with pytest.raises(ValueError, match="名次|票数|层级"):
            made(tab, tab.grid, [dict.fromkeys(headers, 1)])


def test_a_block_is_as_wide_as_its_table() -> None:
    campaign = scene()
    grids = {place(tab, grid): len(grid.fields) for tab, grid in GRIDS.values()}
    for block in all_blocks(campaign, campaign.score()):
        if isinstance(block, Table):
            width = grids[block.sheet, block.header_row, block.first_column]
            assert block.width == width and {len(row) for row in block.rows} <= {width}


@pytest.mark.parametrize("pack", ["jiangsu-2016", "jiangsu-2017"])
def test_formulas_refer_only_to_names_that_the_rules_tab_defines(pack: str) -> None:
    campaign = Scene(pack).unit("苏州市", "市级").unit("甲县", 票=3, 先进个人=["姓名", "甲某"])
    names = Names(campaign.rules.pack)
    known = {v.name for v in campaign.rules.pack.values} | {s.name for s in campaign.rules.pack.switches}
    used = {names[v.key] for v in campaign.rules.pack.values} | {names.switch(kind) for kind in CODES}
    assert used <= known
    scores = campaign.score()
    texts = [c.text for c in cells(all_blocks(campaign, scores)) if isinstance(c, Formula)]
    headers = {name for name in known if any(re.search(rf"\b{name}\b", text) for text in texts)}
    assert {"口径_L1", "口径_L2", "口径_L3", "口径_L4", "口径_L11", "口径_L12"} <= headers
    assert ("口径_L5" in headers, "口径_L6" in headers) == (pack == "jiangsu-2016", pack == "jiangsu-2017")


def test_a4_over_several_cities_the_quota_is_the_provinces_until_the_bureau_types_its_own() -> None:
    rules = Scene("jiangsu-2017", 县级先进集体名额=10).rules
    names = Names(rules.pack)
    told = quota_formula("quota.county", rules, names, several_cities=True)
    assert told == "IF(县级先进集体名额=2,10,县级先进集体名额)"
    own = Scene("jiangsu-2017", 县级先进集体名额=4).rules
    assert quota_formula("quota.county", own, names, several_cities=True) == "县级先进集体名额"
    assert quota_formula("quota.county", own, names, several_cities=False) == "县级先进集体名额"


def test_a_row_addresses_its_own_cells() -> None:
    _, grid = GRIDS["综合排名"]
    row = RowCells(grid, 2, 11)
    rank, total = grid.letter("名次"), grid.letter("总分")
    assert (row["名次"], row["总分"], row.all("总分")) == (f"${rank}7", f"${total}7", f"${total}$5:${total}$15")


def test_b10_the_shortlist_gives_the_reason_of_each_state() -> None:
    listed = {
        str(r["单位"]): (r["状态"], str(r["理由"]))
        for r in rows(model_unit_blocks(scene().score(), scene().rules), "先进集体候选")
    }
    assert listed["甲县"][0] == "入选" and listed["甲县"][1].startswith("县级第1名") and "名额2个" in listed["甲县"][1]
    assert listed["乙县"] == ("否决", "一票否决：断面=某河水质由Ⅱ类降为Ⅲ类")
    assert listed["丙县"][0] == "并列待定" and "丙县、丁县" in listed["丙县"][1]
    assert listed["戊县"] == ("未入选", "没有可用的填报表")
    assert listed["己县"] == ("未入选", "没有申报先进集体")


def test_c5_the_officers_shortlist_and_the_reason_of_a_veto() -> None:
    listed = {
        str(r["姓名"]): (r["状态"], str(r["理由"])) for r in rows(model_officer_blocks(scene().score()), "先进个人候选")
    }
    assert listed["乙某"] == ("否决", "不能入选：没有廉洁证明")
    assert listed["甲某"][0] == "入选" and "名额20个" in listed["甲某"][1]


def test_b10_officers_tied_on_the_line_are_named_together() -> None:
    scores = Scene(先进个人名额=1).unit("甲县", 先进个人=["姓名", "甲某", "乙某"]).score()
    reasons = [str(r["理由"]) for r in rows(model_officer_blocks(scores), "先进个人候选")]
    assert all("甲某、乙某总分相同" in reason for reason in reasons) and len(reasons) == 2


def test_the_ranking_explains_an_indicator_that_is_0_and_a_unit_that_nobody_recommended() -> None:
    campaign = Scene("jiangsu-2017").unit("甲市", "市级", 市="甲市").unit("乙市", "市级", 市="乙市")
    campaign.unit("子县", 市="甲市", 名录="否", 行政复议=["处罚决定书文号", "A〔1〕"])
    told = {str(r["单位"]): str(r["说明"]) for r in rows(ranking_blocks(campaign.score(), campaign.rules), "综合排名")}
    assert "案卷质量记零分：处罚决定A〔1〕被行政复议撤销" in told["子县"]
    assert "查处案件记零分：没有发布重点排污单位名录" in told["子县"]
    assert "没有推荐参加全省评选" in told["子县"]


def test_the_public_notice_holds_names_and_units_only_and_waits_for_open_ties() -> None:
    blocks = public_notice_blocks(scene().score())
    assert [list(r.values()) for r in rows(blocks, "公示集体")] == [["甲县"]]
    assert [list(r.values()) for r in rows(blocks, "公示个人")] == [["甲某", "甲县"]]
    assert "并列待定" in notes(blocks)


def test_b2_2_stand_ins_are_said_on_every_sheet_that_uses_them() -> None:
    campaign = scene()
    campaign.unit("庚县", 案件=3)
    scores = campaign.score()
    for blocks in (
        case_blocks(scores, campaign.rules),
        ranking_blocks(scores, campaign.rules),
        model_unit_blocks(scores, campaign.rules),
    ):
        assert "暂用参评单位合计代替（待确认）" in notes(blocks)
    assert "案卷计入（待确认）" in notes(file_blocks(scores, campaign.rules))
    assert "待确认" in notes(satisfaction_blocks(scores, campaign.rules))


def test_b1_every_place_is_a_row_and_every_unit_has_its_mean() -> None:
    campaign = scene()
    blocks = file_blocks(campaign.score(), campaign.rules)
    places = rows(blocks, "案卷得分表")
    assert len(places) == 8 + 6 * 7
    assert {r["案卷状态"] for r in places} == {"计入", "缺卷"}
    (own,) = [r for r in rows(blocks, "案卷质量单位得分表") if r["参评单位"] == "甲县"]
    assert (value(own["除数"]), value(own["案卷得分合计"])) == (7, 160)
    assert value(own["案卷质量得分"]) == Fraction(160, 7) / 200 * 40


def _finding(severity: Severity, cell: str) -> Finding:
    return said(
        Where("回收/甲&乙's.xlsx", "处罚案件", cell, "甲县"), severity, code="T01", shown="=1+1", problem="问题"
    )


def test_findings_link_to_the_cell_of_the_file_and_show_what_was_typed_as_text() -> None:
    (row,) = rows(finding_blocks([_finding(Severity.BLOCKING, "B7")]), "校核结果")
    link = row["单元格"]
    assert isinstance(link, Formula) and link.value == "B7" and link.text.startswith("HYPERLINK(")
    assert "甲&乙" not in link.text, "the file's name stays a cell"
    assert (row["级别"], row["填写内容"], row["文件"]) == ("阻断", "=1+1", "回收/甲&乙's.xlsx")
    (no_cell,) = rows(finding_blocks([_finding(Severity.NOTE, "")]), "校核结果")
    assert no_cell["单元格"] == ""
    assert "没有发现问题" in notes(finding_blocks([]))


def test_findings_about_the_master_lead_to_a_place_in_the_same_workbook() -> None:
    """Whatever the file is called by then."""
    place = Where("总表.xlsm", "案卷评审", "E7")
    (row,) = rows(finding_blocks([said(place, Severity.WARNING)]), "校核结果")
    link = row["单元格"]
    assert isinstance(link, Formula) and link.value == "E7"
    sheet = RowCells(FINDINGS.grid, 0, 1)["工作表"]
    assert link.text == f"""HYPERLINK("#'"&{sheet}&"'!E7","E7")"""


def test_a_word_that_never_ends_is_cut_in_the_sentence() -> None:
    kind = Kind("T01", Severity.WARNING, "{number} 查不到，不计入。", "改正“{number}”。", "B2.6")
    one = finding(kind, Where("回收/甲.xlsx"), "长" * 10_000, number="长" * 10_000)
    assert len(one.problem) < 320 and one.problem.endswith("… 查不到，不计入。") and len(one.shown) == 200


def test_many_of_one_kind_in_a_tab_of_the_master_are_one_finding_with_their_rows() -> None:
    kind = Kind("T01", Severity.WARNING, "{name}没有用到。", "核对。", "C")
    places = [Where("总表.xlsm", "公众投票", f"C{n}", f"第{n}县") for n in range(5, 20)]
    many = [finding(kind, place, place.cell, name=place.cell) for place in places]
    (one,) = grouped(many)
    assert (one.where.cell, one.where.unit, len(one.cells)) == ("C5:C19", "", 15)
    assert "第5～19行" in one.problem and "涉及第5县" in one.problem
    absent = [found.at(cell="B20") for found in many]
    (other,) = grouped(absent)
    assert other.where.cell == "B20" and "这样的共15处" in other.problem and "第20行" not in other.problem
    assert len(grouped(f.at(file="回收/甲.xlsx") for f in many)) == 15, "of a return: by unit"


def test_the_front_page_counts_receipts_findings_and_rows() -> None:
    campaign = scene()
    scores = campaign.score()
    found = [_finding(Severity.BLOCKING, "B7"), _finding(Severity.NOTE, "B8"), _finding(Severity.BLOCKING, "B9")]
    now = datetime(2016, 12, 1, 9, 30)
    page = home_block(campaign.rules.pack, "9.9", now, [], found, scores, (12, 10)).values

    def line(row: int) -> list[Cell]:
        return [page.get(f"{column_letters(column)}{row}") for column in range(FIRST_COLUMN, LAST_COLUMN + 1)]

    cards = dict(zip(CARDS, line(CARD_ROW + 1), strict=True))
    assert [cards[name] for name in ("应报单位", "读入行数", "计入行数", "阻断", "说明")] == [7, 12, 10, 2, 1]
    assert [value for value in line(findings_rows()[0]) if value] == ["T01", "问题", 2]
    assert [line(row)[:3] for row in ranking_rows()[:2]] == [["县级", 1, "甲县"], ["县级", 2, "乙县"]]


HEADERS = list(RUNS.grid.headers)


def _run(operation: str, at: datetime, results: str = "结果") -> Run:
    return Run(at, operation, "jiangsu-2017 1.0", "0.1.0", "输入", results, 1.26, "读入1行")


@pytest.mark.parametrize(
    ("operation", "results", "kept"), [("计算得分", "结果", 1), ("收取校核", "结果", 2), ("计算得分", "别的结果", 2)]
)
def test_the_log_renews_its_last_row_when_nothing_changed(
    tmp_path: Path, operation: str, results: str, kept: int
) -> None:
    row = _run("计算得分", datetime(2017, 9, 1, 8, 0)).row
    earlier = [row[header] for header in HEADERS]
    page = [["运行记录"], ["说明"], [], HEADERS, earlier]
    master = write(tmp_path / "总表.xlsx", {RUNS.name: page})
    logged = rows(run_blocks(master, _run(operation, datetime(2017, 9, 2, 8, 0), results)), "运行记录")
    assert len(logged) == kept
    assert (logged[-1]["时间"], logged[-1]["操作"], logged[-1]["用时"]) == (
        datetime(2017, 9, 2, 8, 0),
        operation,
        "1.3秒",
    )
    assert kept == 1 or logged[0]["时间"] == datetime(2017, 9, 1, 8, 0)
