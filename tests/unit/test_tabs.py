"""Tabs of a master as they stand: by header where headers are, else as declared, each row with its address."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tables import a_master, rules_rows, write
from xl_lianbing.compare import compare
from xl_lianbing.errors import MasterUnreadable
from xl_lianbing.findings import Where
from xl_lianbing.folder import MASTER
from xl_lianbing.intake.master.inputs import read_master
from xl_lianbing.intake.master.tabs import Tab, TableRow, open_master
from xl_lianbing.records.inputs import DeedsReview, RosterUnit, SystemCase, Vote
from xl_lianbing.records.results import FILE_POINTS, SATISFACTION
from xl_lianbing.rules.pack import load_pack

HEADERS = list(SATISFACTION.grid.headers)


def of_satisfaction(path: Path, rows: list[list[object]]) -> list[TableRow]:
    write(path, {SATISFACTION.name: [["满意度得分"], ["说明"], [], *rows], "别的": [["甲"]]})
    with open_master(path, {SATISFACTION.name}) as book:
        tab = Tab.of(book, SATISFACTION.name)
        assert tab is not None and Tab.of(book, "没有") is None
        return tab.grid(SATISFACTION.grid)


def test_a_result_table_of_another_version_is_read_by_its_headers(tmp_path: Path) -> None:
    other = ["层级", *HEADERS[:2]]
    (row,) = of_satisfaction(tmp_path / "a.xlsx", [other, ["县级", "甲县", 5], [None, None, None]])
    assert [row.text(header) for header in ("单位", "票数", "层级", "得分")] == ["甲县", "5", "县级", ""]
    assert (row.number, row.address("单位"), row.address("层级")) == (5, "B5", "A5")


def test_a_result_table_without_its_header_is_read_as_declared(tmp_path: Path) -> None:
    (row,) = of_satisfaction(tmp_path / "a.xlsx", [["改掉了"], ["甲县", 5]])
    assert (row.text("单位"), row["票数"], row.text("层级")) == ("甲县", 5, "")


def test_of_tables_side_by_side_each_is_read_by_itself(tmp_path: Path) -> None:
    left, right = FILE_POINTS.grids
    gap = [None] * (right.first_column - 1 - len(left.fields))
    page = [[], [], [], [*left.headers, *gap, *right.headers], ["甲县", *[None] * 9, *gap, "乙县", "县级"]]
    write(tmp_path / "a.xlsx", {FILE_POINTS.name: page})
    with open_master(tmp_path / "a.xlsx", {FILE_POINTS.name}) as book:
        tab = Tab.of(book, FILE_POINTS.name)
    assert tab is not None
    assert [row.text("单位") for row in tab.grid(left)] == ["甲县"]
    assert [(row.text("参评单位"), row.address("参评单位")) for row in tab.grid(right)] == [("乙县", "L5")]


def test_cells_are_counted_from_1_wherever_the_first_of_them_stands(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", {"表": [[], [None, None, " 甲 ", 2]]})
    with open_master(tmp_path / "a.xlsx", {"表"}) as book:
        tab = Tab.of(book, "表")
    assert tab is not None
    assert (tab.text(2, 3), tab.cell(2, 4), tab.text(2, 1), tab.text(9, 9), tab.text(1, 3)) == ("甲", 2, "", "", "")
    assert (tab.last_row, tab.last_column) == (2, 4)


def test_rows_that_are_not_used_are_kept_with_what_keeps_them_out(tmp_path: Path) -> None:
    tables = {
        "单位名册": "单位 | 层级\n苏州市 | 市级\n苏 州市 | 市级\n昆山市 | 县级",
        "公众投票": "对象类型 | 单位 | 姓名 | 票数\n集体 | 火星市 | | 9\n个人 | 昆山市 | | 5\n集体 | 昆山市 | | 三\n"
        "集体 | 昆 山市 | | 7",
        "处罚系统数据": "处罚决定书文号 | 罚款金额(万元)\n甲1号 | 2\n甲 1号 | 2",
    }
    found = read_master(a_master(tmp_path / "总表.xlsx", tables))
    votes = found.tab(Vote)
    assert [(line.row, line.blocked) for line in votes.lines] == [(2, "单位"), (3, "姓名"), (4, "票数"), (5, "")]
    assert votes.records == found.inputs.votes and [line.row for line in votes.used] == [5]
    assert votes.where("votes", 5) == Where(MASTER, "公众投票", "D5")
    for record, given in ((RosterUnit, found.inputs.roster), (SystemCase, found.inputs.system_cases)):
        assert found.tab(record).records == given
    assert [line.blocked for line in found.tab(RosterUnit).lines] == ["", "单位", ""]
    assert [line.blocked for line in found.tab(SystemCase).lines] == ["", "处罚决定书文号"]
    assert found.tab(DeedsReview).free == 2


def test_the_cell_of_a_value_is_that_of_the_row_that_counts(tmp_path: Path) -> None:
    rows = [list(row) for row in rules_rows(load_pack("jiangsu-2017"))]
    number = next(n for n, row in enumerate(rows, 1) if row[2] == "案卷质量满分")
    rows.append([None, None, "案卷质量满分", 99])
    found = read_master(a_master(tmp_path / "总表.xlsx", {"规则": rows}))
    assert found.rule_cells["full.case_files"] == f"D{number}"
    assert rows[int(found.rule_cells["L5"][1:]) - 1][0] == "L5"


def test_masters_that_cannot_be_compared_say_why(tmp_path: Path) -> None:
    path = a_master(tmp_path / "总表.xlsx")
    with pytest.raises(MasterUnreadable, match="没有工作表“运行记录”，不能比较"):
        compare(path, path)
    path.write_bytes(b"%PDF-1.4")
    with pytest.raises(MasterUnreadable, match="PDF"):
        compare(path, path)
