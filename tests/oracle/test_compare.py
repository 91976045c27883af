"""The comparison finds what it is made to find, and the filling writes what can be read back."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped, unused-ignore]
from python_calamine import CalamineWorkbook

from tests.oracle import campaigns, compare, fill, scorer
from tests.oracle.scorer import Campaign


def results_of(c: Campaign) -> Workbook:
    """The result tabs as a program that agrees would write them."""
    result, book = scorer.score(c), Workbook()

    def tab(name: str, header: str, rows: list[list[Any]]) -> None:
        page = book.create_sheet(name)
        page.append(["演示数据"])
        page.append(header.split())
        for row in rows:
            page.append([float(cell) if isinstance(cell, Fraction) else cell for cell in row])

    tab(
        "综合排名",
        "名次 单位 层级 案卷质量 查处案件 满意度 加减分 总分 发表文章 一票否决 状态 说明",
        [
            [s.rank, s.unit, s.tier, s.quality, s.cases, s.satisfaction, s.adjustment, s.total, s.articles]
            + [s.veto or "否", s.status]
            for s in result.ranking
        ],
    )
    parts = [(s, (s.detail.cases, s.detail.fines, s.detail.majors)) for s in result.ranking]
    tab(
        "查处案件得分",
        "单位 层级 基准比例",
        [
            [s.unit, s.tier, s.detail.ratio] + [x for p in subs for x in (p.value, p.baseline, None, p.points)]
            for s, subs in parts
        ],
    )
    votes = [[s.unit, scorer.unit_votes(c, s.unit), None, s.satisfaction] for s in result.ranking]
    tab("满意度得分", "单位 票数 低于最高(%) 得分", votes)
    judged = [
        [u, scorer.case_number(j.row), j.reason == "", j.reason] for u in c["returns"] for j in scorer.judge_cases(c, u)
    ]
    tab(
        "案件汇总",
        "单位 处罚决定书文号 计入 不计原因",
        [[u, n, "是" if yes else "否", why] for u, n, yes, why in judged],
    )
    articles = {s.unit: (s.tier, s.articles) for s in result.ranking}
    tab(
        "先进集体候选",
        "序号 单位 层级 总分 发表文章 状态 理由",
        [
            [n, x.unit, articles[x.unit][0], x.total, articles[x.unit][1], x.status]
            for n, x in enumerate(result.shortlist, 1)
        ],
    )
    tab(
        "先进个人得分",
        "名次 姓名 单位 办案数 办案得分 案卷得分 投票得分 事迹得分 总分 状态 说明",
        [[p.rank, p.name, p.unit, p.case_count, p.cases, p.file, p.votes, p.deeds, p.total] for p in result.persons],
    )
    people = [[n, x.name, x.unit, x.total, x.status] for n, x in enumerate(result.person_shortlist, 1)]
    tab("先进个人候选", "序号 姓名 单位 总分 状态 理由", people)
    return book


def compared(book: Workbook, c: Campaign, folder: Path) -> list[str]:
    book.save(folder / "结果.xlsx")
    return compare.all_differences(CalamineWorkbook.from_path(str(folder / "结果.xlsx")), c)


def test_agreement_is_silent_and_each_change_is_found(tmp_path: Path) -> None:
    c = campaigns.make("jiangsu-2017", 4)
    book = results_of(c)
    assert compared(book, c, tmp_path) == []
    page = book["综合排名"]
    page.cell(3, 4).value += 0.00001
    assert [found.split(":")[0].split()[2] for found in compared(book, c, tmp_path)] == ["案卷质量"]
    page.cell(4, 1).value = 77
    page.cell(5, 11).value = "未报"
    assert len(compared(book, c, tmp_path)) == 3
    book["案件汇总"].cell(3, 3).value = "存疑"
    book["先进集体候选"].delete_rows(3)
    book["先进个人候选"].cell(3, 5).value = "其他"
    assert len(compared(book, c, tmp_path)) >= 5


@pytest.mark.parametrize("careless", [False, True])
def test_scratch_return_holds_every_row(tmp_path: Path, careless: bool) -> None:
    c = campaigns.make("jiangsu-2016", 5)
    unit = next(iter(c["returns"]))
    fill.into_scratch(tmp_path / "a.xlsx", c, unit, random.Random(1), careless)
    page = load_workbook(tmp_path / "a.xlsx")["处罚案件"]
    row, columns = fill.header_row(page, fill.data_columns("处罚案件"))
    numbers = [page.cell(n, columns["处罚决定书文号"]).value for n in range(row + 1, page.max_row + 1)]
    written = [fill.tidy(number) for number in numbers if number]
    rows = c["returns"][unit]["处罚案件"]
    assert written == [fill.tidy(r["处罚决定书文号"]) for r in rows if r["处罚决定书文号"]]
    fill.into_blank(tmp_path / "a.xlsx", tmp_path / "b.xlsx", c, unit, random.Random(1), careless)


@pytest.mark.parametrize("pack", scorer.PACKS)
@pytest.mark.parametrize("province", [False, True])
def test_campaigns_are_repeatable_and_hold_the_events(pack: str, province: bool) -> None:
    seen: set[str] = set()
    for seed in range(4):
        first = campaigns.make(pack, seed, province=province, doubtful=True)
        assert first == campaigns.make(pack, seed, province=province, doubtful=True)
        result = scorer.score(first)
        assert {s.unit for s in result.ranking} == set(scorer.units(first))
        seen |= {name for name, times in first["_events"].items() if times}
    assert {"duplicate", "claimed", "late", "forged", "extra_file", "no_return", "tie_across_line"} <= seen
