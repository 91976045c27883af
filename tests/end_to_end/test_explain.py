"""explain and compare on whole campaigns: every cell named is followed to what stands in it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands import fingerprint, program, set_rules
from tests.conftest import MASTER, Demo
from tests.excel.read_back import in_file
from xl_lianbing.compare import Comparison, compare, comparison_text
from xl_lianbing.errors import LianbingError
from xl_lianbing.exact import in_full
from xl_lianbing.excel.protocol import Spot
from xl_lianbing.explain import (
    explain,
    explanation_facts,
    explanation_summary,
    explanation_text,
    page_unit,
    pointed_at,
    save_explanation,
)
from xl_lianbing.explain.derivation import Explanation, added
from xl_lianbing.folder import CampaignFolder, open_campaign

PLACE = re.compile(r"(?P<file>[^｜、]+)｜(?P<sheet>[^!｜]+)!(?P<cell>[A-Z]+\d+)")


def explained(folder: Path, who: str) -> Explanation:
    (found,) = explain(open_campaign(folder), who)
    return found


def content(folder: Path, place: str) -> object:
    """What stands in the first cell that a place names."""
    found = PLACE.match(place)
    assert found, place
    book = load_workbook(folder / found["file"], read_only=True, data_only=True)
    try:
        return book[found["sheet"]][found["cell"]].value
    finally:
        book.close()


@pytest.mark.parametrize("pack", ["jiangsu-2016", "jiangsu-2017"])
def test_the_steps_of_a_unit_add_up_to_its_total(demo: Callable[[str], Demo], pack: str) -> None:
    folder = demo(pack).folder
    found = explained(folder, "昆山市")
    parts = {step.title: step.value for step in found.steps}
    names = ("案卷质量", "案件数量", "罚款金额", "重大案件", "执法公众满意度", "加减分")
    assert sum(((parts.get(name) or Fraction(0)) for name in names), Fraction(0)) == found.total == parts["总分"]
    assert all(step.basis for step in found.steps if step.rule != "B10")
    cited = re.compile(r"(通知|任务分解表)第\d+[段条]")
    assert all(cited.search(" ".join(step.basis)) for step in found.steps if step.rule != "B10")
    assert found.standing[0].startswith("县级第") and any("名额" in told for told in found.standing)


def test_every_cell_named_holds_what_is_said(demo: Callable[[str], Demo]) -> None:
    """A district follows the chain by hand: from the step to the cell of the return or of the master."""
    folder = demo("jiangsu-2017").folder
    found = explained(folder, "昆山市")
    inputs = {i.what: i for step in found.steps for i in step.inputs}
    for name in ("昆山市重点排污单位数", "昆山市票数", "案卷质量满分", "口径L6 2017年基准值50%的计分"):
        given = inputs[name]
        assert str(content(folder, given.place)) == given.value, name
    left = [line for step in found.steps for line in step.left_out if line.what]
    assert left
    for line in left[:8]:
        got = "".join(str(content(folder, line.place)).split())
        assert line.what in got or got in line.what or line.what[-6:] == got[-6:], (line, got)


def test_an_officer_is_found_by_name_and_by_unit_and_name(demo: Callable[[str], Demo]) -> None:
    folder = demo("jiangsu-2017").folder
    found = explained(folder, "昆山市 演示员05甲")
    by_name = explained(folder, "演示员05甲")
    assert found == by_name
    values = [step.value for step in found.steps if step.title != "总分" and step.value is not None]
    assert sum(values, Fraction(0)) == found.total
    cases = found.steps[0]
    counted = [i for i in cases.inputs if i.what == "计入案件"]
    assert counted and all(str(content(folder, i.place)).strip() for i in counted)


def test_explain_changes_nothing_and_speaks_json(campaign: Path) -> None:
    before = fingerprint(campaign)
    done = program("explain", campaign, "姑苏区", "--json")
    assert done.returncode == 0, done.stderr
    (facts,) = json.loads(done.stdout)["说明"]
    assert facts == json.loads(json.dumps(explanation_facts(explained(campaign, "姑苏区")), default=str))
    assert [s["精确值"] for s in facts["步骤"] if s["名称"] == "总分"]
    text = program("explain", campaign / MASTER, "姑苏区")
    assert text.stdout.strip() == explanation_text(explained(campaign, "姑苏区")).strip()
    nobody = program("explain", campaign, "没有这个单位")
    assert nobody.returncode == 2 and "昆山市" in nobody.stdout
    assert fingerprint(campaign) == before


def test_saved_as_a_file_that_windows_reads(campaign: Path) -> None:
    before = fingerprint(campaign)
    done = program("explain", "--save", campaign, "姑苏区")
    assert done.returncode == 0, done.stderr
    file = campaign / "说明" / "得分说明_姑苏区.txt"
    assert str(file) in done.stdout and "总分" in done.stdout and "取数" not in done.stdout
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and content.count(b"\n") == content.count(b"\r\n") > 50
    found = explained(campaign, "姑苏区")
    assert content.decode("utf-8-sig").replace("\r\n", "\n") == f"{explanation_text(found)}\n"
    file.write_text("旧的", encoding="utf-8")
    assert save_explanation(open_campaign(campaign), found) == file
    assert file.read_bytes() == content
    assert [p.name for p in file.parent.iterdir()] == [file.name]
    shutil.rmtree(file.parent)
    assert fingerprint(campaign) == before, "nothing else was written"


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("张某（昆山市）", "得分说明_张某（昆山市）.txt"),
        ('甲/乙\\丙:丁*?"<>|\n\u202e', "得分说明_甲_乙_丙_丁________.txt"),
        ("..\\..", "得分说明_.._.txt"),
        ("长" * 300, f"得分说明_{'长' * 60}.txt"),
    ],
)
def test_the_file_is_named_as_windows_can(tmp_path: Path, subject: str, name: str) -> None:
    found = Explanation(subject, Fraction(1), 1, "入选", [], ["县级第1名"], True)
    saved = save_explanation(CampaignFolder(tmp_path), found)
    assert (saved.parent, saved.name) == (tmp_path / "说明", name)


def test_the_summary_says_rank_total_and_distances(demo: Callable[[str], Demo]) -> None:
    found = explained(demo("jiangsu-2017").folder, "相城区")
    first, *others = explanation_summary(found).splitlines()
    assert first.startswith("相城区：总分") and f"第{found.rank}名" in first and found.state in first
    assert others == list(found.standing[1:]) and any("差" in told for told in others)


def test_another_file_can_be_read_in_place_of_the_master(campaign: Path, tmp_path: Path) -> None:
    """What the clerk typed and has not saved: the snapshot counts, and its cells are named as the master's."""
    snapshot = tmp_path / MASTER
    shutil.copy(campaign / MASTER, snapshot)
    set_rules(snapshot, {"案卷质量满分": 50})
    (now,) = explain(open_campaign(campaign), "昆山市", master=snapshot)
    given = {i.what: i for step in now.steps for i in step.inputs}
    assert given["案卷质量满分"].value == "50" and given["案卷质量满分"].place.startswith(f"{MASTER}｜规则!")
    assert explained(campaign, "昆山市").total != now.total


# -- who is meant --


def _spot(folder: Path, sheet: str, column: str, value: str) -> Spot:
    """The first cell of a column that holds a text."""
    area = in_file(folder / MASTER)(sheet)
    number = ord(column) - ord("A") + 1
    row = next(r for r in range(1, 3000) if area.at(r, number) == value)
    return Spot(sheet, row, number)


@pytest.mark.parametrize(
    ("sheet", "column", "value", "moved", "who"),
    [
        ("综合排名", "B", "相城区", 5, "相城区"),
        ("先进集体候选", "B", "相城区", 0, "相城区"),
        ("先进个人得分", "B", "演示员05甲", -1, "昆山市 演示员05甲"),
        ("先进个人候选", "B", "演示员05甲", 3, "昆山市 演示员05甲"),
        ("案卷质量得分", "A", "姑苏区", 3, "姑苏区"),
        ("案卷质量得分", "L", "姑苏区", 2, "姑苏区"),
        ("查处案件得分", "A", "姑苏区", 4, "姑苏区"),
        ("查处案件得分", "T", "姑苏区", 1, "姑苏区"),
        ("满意度得分", "A", "相城区", 0, "相城区"),
        ("满意度得分", "A", "相城区", 40, "相城区"),
        ("回执登记", "A", "相城区", 2, "相城区"),
        ("案件汇总", "A", "相城区", 9, "相城区"),
        ("公示名单", "C", "演示员05甲", 0, "昆山市 演示员05甲"),
        ("首页", "D", "昆山市", -1, "昆山市"),
        ("公众投票", "C", "演示员05甲", 1, "昆山市 演示员05甲"),
        ("单位名册", "A", "姑苏区", 4, "姑苏区"),
    ],
)
def test_who_stands_in_the_selected_row(
    demo: Callable[[str], Demo], sheet: str, column: str, value: str, moved: int, who: str
) -> None:
    folder = demo("jiangsu-2017").folder
    spot = _spot(folder, sheet, column, value)
    assert pointed_at(replace(spot, column=spot.column + moved), folder / MASTER) == who


@pytest.mark.parametrize(
    "spot",
    [
        None,
        Spot("得分说明", 7, 1),
        Spot("规则", 12, 5),
        Spot("综合排名", 2, 1),
        Spot("综合排名", 400, 2),
        Spot("查处案件得分", 6, 1),
        Spot("口径台账", 6, 1),
        Spot("首页", 1, 1),
        Spot("首页", 30, 3),
        Spot("没有的表", 3, 3),
    ],
)
def test_else_the_unit_chosen_on_the_page_is_meant(demo: Callable[[str], Demo], spot: Spot | None) -> None:
    folder = demo("jiangsu-2017").folder
    chosen = page_unit(folder / MASTER)
    assert chosen
    assert pointed_at(spot, folder / MASTER) == chosen


def test_nobody_selected_and_no_unit_chosen_says_what_to_do(fresh: Path) -> None:
    assert page_unit(fresh / MASTER) == ""
    with pytest.raises(LianbingError) as failure:
        pointed_at(Spot("首页", 1, 1), fresh / MASTER)
    assert "综合排名" in failure.value.fix and "选一个单位" in failure.value.fix


def test_figures_are_exact_or_say_that_they_go_on() -> None:
    assert [in_full(v) for v in (Fraction(25, 2), Fraction(192, 7), 3, None, Fraction(-1, 8))] == [
        "12.5",
        "27.428571…",
        "3",
        "无",
        "-0.125",
    ]
    assert added([Fraction(1), Fraction(-2)]) == "1+(-2)"


# -- compare --


@pytest.fixture(scope="module")
def changed(demo: Callable[[str], Demo], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Comparison]:
    """A campaign before and after: one reading, one vote and one return are others (read only)."""
    before, campaign = demo("jiangsu-2017").folder, tmp_path_factory.mktemp("比较") / "大练兵 2017 & 以后"
    shutil.copytree(before, campaign)
    set_rules(campaign / MASTER, {"L6": "线性"})
    book = load_workbook(campaign / MASTER, keep_vba=True)
    votes = book["公众投票"]
    row = next(r for r in votes.iter_rows() if r[0].value == "集体" and r[1].value == "相城区")
    row[3].value = int(row[3].value) - 10
    book.save(campaign / MASTER)
    (campaign / "回收" / "姑苏区（演示数据）.xlsx").unlink()
    assert program("score", campaign).returncode in (0, 1)
    return before, campaign, compare(before, campaign)


def test_compare_names_inputs_moves_and_reasons(changed: tuple[Path, Path, Comparison]) -> None:
    before, _, found = changed
    assert [(c.what, c.first[-6:], c.second[-2:]) for c in found.rules] == [("L6", "超过1.5倍", "线性")]
    assert {c.what for c in found.rows} == {"公众投票"} and len(found.rows) == 2
    assert [(c.what, c.second) for c in found.files] == [("姑苏区", "未报")]
    moved = {m.who: m for m in found.units}
    assert {"状态", "总分"} <= {c.what for c in moved["姑苏区"].changes}
    assert {"满意度", "票数"} <= {c.what for c in moved["相城区"].reasons}
    assert any(c.what == "案件数量得分" for m in found.units for c in m.reasons)
    assert all(c.what.startswith("姑苏区 ") and c.second == "" for c in found.cases) and found.cases
    text = comparison_text(found)
    assert "相城区" in text and "公众投票!A" in text and str(before) in text


def test_compare_command(changed: tuple[Path, Path, Comparison]) -> None:
    before, campaign, found = changed
    done = program("compare", before, campaign / MASTER, "--json")
    assert done.returncode == 0
    facts = json.loads(done.stdout)
    assert not facts["相同"] and len(facts["单位"]) == len(found.units)
    backup = sorted((campaign / "备份").iterdir())[-1]
    assert program("compare", backup, campaign).returncode == 0
    assert program("compare", before, campaign / "没有").returncode == 2


def test_compare_finds_no_difference_where_there_is_none(demo: Callable[[str], Demo], campaign: Path) -> None:
    assert compare(demo("jiangsu-2017").folder, campaign).same
    assert program("score", campaign).returncode in (0, 1)
    found = compare(demo("jiangsu-2017").folder, campaign)
    assert found.same, comparison_text(found)
    assert "输入和结果都相同" in comparison_text(found)
