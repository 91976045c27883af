"""Runs the program on a filled campaign folder and compares its result tabs with the reference scorer."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from tests.oracle import fill, scorer
from tests.oracle.scorer import Campaign, Row

TOLERANCE = 1e-6
CASE_COLUMNS = 15
"""查处案件得分: 单位, 层级, 基准比例, then 数值, 基准值, 比值, 得分 for each of the three sub-indicators."""


class Tab:
    """A result tab: rows under the header that holds the wanted texts."""

    def __init__(self, book: CalamineWorkbook, name: str, wanted: list[str]) -> None:
        grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for n, cells in enumerate(grid):
            texts = [fill.tidy(cell) for cell in cells]
            if all(fill.tidy(want) in texts for want in wanted):
                self.columns = {text: texts.index(text) for text in texts if text}
                self.body = grid[n + 1 :]
                return
        raise fill.FillError(f"结果表“{name}”中找不到表头：{'、'.join(wanted)}")

    def rows(self) -> list[Row]:
        return [{name: cells[n] for name, n in self.columns.items()} for cells in self.body]


def number_of(cell: Any) -> float | None:
    try:
        return float(cell)
    except (TypeError, ValueError):
        return None


class Differences:
    """A list of readable differences."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def points(self, where: str, got: Any, want: Fraction) -> None:
        number = number_of(got)
        if number is None or abs(number - float(want)) > TOLERANCE:
            self.found.append(f"{where}: 程序 {got!r}，复核 {float(want):.8g}")

    def exact(self, where: str, got: Any, want: Any) -> None:
        if isinstance(want, int):
            got = int(got) if isinstance(got, float) and got == int(got) else got
        if got != want:
            self.found.append(f"{where}: 程序 {got!r}，复核 {want!r}")


def keyed(rows: list[Row], known: set[Any], *keys: str) -> dict[Any, Row]:
    """The rows whose key is known (notes below a table are not rows)."""
    found = {tuple(fill.tidy(row[key]) for key in keys): row for row in rows}
    return {key: row for key, row in found.items() if key in known}


def compare_ranking(book: CalamineWorkbook, result: scorer.Result, out: Differences) -> None:
    points = {
        "案卷质量": "quality",
        "查处案件": "cases",
        "满意度": "satisfaction",
        "加减分": "adjustment",
        "总分": "total",
    }
    tab = Tab(book, "综合排名", ["名次", "单位", "层级", *points, "发表文章", "一票否决", "状态"])
    rows = keyed(tab.rows(), {(s.unit,) for s in result.ranking}, "单位")
    for score in result.ranking:
        row = rows.get((score.unit,))
        if row is None:
            out.found.append(f"综合排名 缺少 {score.unit}")
            continue
        where = f"综合排名 {score.unit}"
        for column, attribute in points.items():
            out.points(f"{where} {column}", row[column], getattr(score, attribute))
        out.exact(f"{where} 名次", row["名次"], score.rank)
        out.exact(f"{where} 层级", row["层级"], score.tier)
        out.exact(f"{where} 发表文章", row["发表文章"], score.articles)
        out.exact(f"{where} 一票否决", row["一票否决"] not in ("否", ""), score.veto != "")
        out.exact(f"{where} 未报", row["状态"] == "未报", score.missing)
    tiers = [fill.tidy(row["层级"]) for row in rows.values()]
    out.exact("综合排名 县级在前", tiers, sorted(tiers, key=lambda level: level == scorer.CITY))


def compare_cases(book: CalamineWorkbook, result: scorer.Result, out: Differences) -> None:
    tab = Tab(book, "查处案件得分", ["单位", "层级", "基准比例"])
    units = {score.unit: score for score in result.ranking}
    for cells in tab.body:
        score = units.get(fill.tidy(cells[0]))
        if score is None:
            continue
        where, numbers = f"查处案件得分 {score.unit}", cells[:CASE_COLUMNS]
        out.points(f"{where} 基准比例", numbers[2] or 0, score.detail.ratio)
        for n, name in enumerate(("cases", "fines", "majors")):
            sub: scorer.Sub = getattr(score.detail, name)
            value, baseline, _, points = numbers[3 + 4 * n : 7 + 4 * n]
            out.points(f"{where} {name} 数值", value, sub.value)
            out.points(f"{where} {name} 基准值", baseline or 0, sub.baseline)
            out.points(f"{where} {name} 得分", points, sub.points)


def compare_counted(book: CalamineWorkbook, c: Campaign, out: Differences) -> None:
    """案件汇总: which decisions count."""
    if scorer.switch(c, "L8") != "该案不计":
        return
    tab = Tab(book, "案件汇总", ["单位", "处罚决定书文号", "计入", "不计原因"])
    got: Counter[tuple[str, str]] = Counter()
    reasons: dict[tuple[str, str], str] = {}
    for row in tab.rows():
        key = fill.tidy(row["单位"]), fill.tidy(row["处罚决定书文号"])
        got[key] += row["计入"] == "是"
        reasons[key] = str(row["不计原因"]) or reasons.get(key, "")
    want: Counter[tuple[str, str]] = Counter()
    mine: dict[tuple[str, str], str] = {}
    for unit in c["returns"]:
        for judged in scorer.judge_cases(c, unit):
            key = unit, fill.tidy(scorer.case_number(judged.row))
            want[key] += judged.reason == ""
            mine[key] = judged.reason or mine.get(key, "")
    for key in sorted(set(got) | set(want)):
        if got[key] != want[key]:
            why = f"（程序：{reasons.get(key, '')}；复核：{mine.get(key, '')}）"
            out.found.append(f"案件汇总 {' '.join(key)} 计入: 程序 {got[key]}，复核 {want[key]}{why}")


def compare_shortlist(book: CalamineWorkbook, result: scorer.Result, out: Differences) -> None:
    tab = Tab(book, "先进集体候选", ["序号", "单位", "层级", "总分", "发表文章", "状态"])
    rows = keyed(tab.rows(), {(s.unit,) for s in result.ranking}, "单位")
    want = {(listed.unit,): listed for listed in result.shortlist}
    for key, listed in want.items():
        where = f"先进集体候选 {listed.unit}"
        out.exact(f"{where} 状态", rows[key]["状态"] if key in rows else "（未列）", listed.status)
        if key in rows:
            out.points(f"{where} 总分", rows[key]["总分"], listed.total)
    for key in rows.keys() - want.keys():  # whether those who cannot stand are listed at all is an open spot
        if rows[key]["状态"] not in ("未入选", "否决"):
            out.found.append(f"先进集体候选 {key[0]} 不能参评: 程序 {rows[key]['状态']!r}")


def compare_persons(book: CalamineWorkbook, result: scorer.Result, out: Differences) -> None:
    points = {"办案得分": "cases", "案卷得分": "file", "投票得分": "votes", "事迹得分": "deeds", "总分": "total"}
    known = {(s.unit, s.name) for s in result.persons}
    scores = Tab(book, "先进个人得分", ["名次", "姓名", "单位", "办案数", *points, "状态"]).rows()
    listed = Tab(book, "先进个人候选", ["序号", "姓名", "单位", "总分", "状态"]).rows()
    rows, lines = keyed(scores, known, "单位", "姓名"), keyed(listed, known, "单位", "姓名")
    for score in result.persons:
        row = rows.get((score.unit, score.name))
        where = f"先进个人得分 {score.unit} {score.name}"
        if row is None:
            out.found.append(f"{where}: 未列")
            continue
        for column, attribute in points.items():
            out.points(f"{where} {column}", row[column], getattr(score, attribute))
        out.exact(f"{where} 名次", row["名次"], score.rank)
        out.exact(f"{where} 办案数", row["办案数"], score.case_count)
    for entry in result.person_shortlist:
        line = lines.get((entry.unit, entry.name))
        out.exact(f"先进个人候选 {entry.unit} {entry.name} 状态", line["状态"] if line else "（未列）", entry.status)


def compare_satisfaction(book: CalamineWorkbook, c: Campaign, result: scorer.Result, out: Differences) -> None:
    tab = Tab(book, "满意度得分", ["单位", "票数", "得分"])
    rows = keyed(tab.rows(), {(s.unit,) for s in result.ranking}, "单位")
    for score in result.ranking:
        row = rows.get((score.unit,), {})
        out.points(f"满意度得分 {score.unit} 得分", row.get("得分"), score.satisfaction)
        out.points(f"满意度得分 {score.unit} 票数", row.get("票数") or 0, scorer.unit_votes(c, score.unit))


def run_score(folder: Path) -> None:
    """``score DIR --json``: done, with or without blocking findings, and a JSON document on standard output."""
    done = fill.program("score", folder, "--json")
    trouble = f"score 返回 {done.returncode}：{done.stdout[-2000:]}{done.stderr[-3000:]}"
    assert done.returncode in (0, 1), trouble
    try:
        json.loads(done.stdout)
    except json.JSONDecodeError as error:
        raise AssertionError(f"标准输出不是 JSON。{trouble}") from error


def all_differences(book: CalamineWorkbook, c: Campaign) -> list[str]:
    """Every cell of the result tabs in which a workbook and the reference scorer differ."""
    result, out = scorer.score(c), Differences()
    compare_counted(book, c, out)
    compare_cases(book, result, out)
    compare_satisfaction(book, c, result, out)
    compare_ranking(book, result, out)
    compare_shortlist(book, result, out)
    compare_persons(book, result, out)
    return out.found


def differences(folder: Path, c: Campaign) -> list[str]:
    """Score the folder and list every cell in which the program and the reference scorer differ."""
    run_score(folder)
    return all_differences(CalamineWorkbook.from_path(str(folder / "总表.xlsm")), c)
