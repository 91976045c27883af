"""explain and compare on whole campaigns: every cell named is followed to what stands in it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands import fingerprint, program, set_rules
from tests.conftest import MASTER, Demo
from xl_lianbing.compare import Comparison, compare, comparison_text
from xl_lianbing.explain import explain, explanation_facts, explanation_text
from xl_lianbing.explain.derivation import Explanation, added, shown
from xl_lianbing.folder import open_campaign

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
    assert all(re.search(r"[NT]\d+-¶\d+", " ".join(step.basis)) for step in found.steps if step.rule != "B10")
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


def test_figures_are_exact_or_say_that_they_go_on() -> None:
    assert [shown(v) for v in (Fraction(25, 2), Fraction(192, 7), 3, None, Fraction(-1, 8))] == [
        "12.5",
        "27.428571…",
        "3",
        "无",
        "-0.125",
    ]
    assert added([Fraction(1), Fraction(-2)]) == "1+(-2)"


# -- compare --


@pytest.fixture
def changed(campaign: Path, tmp_path: Path) -> tuple[Path, Comparison]:
    """A campaign before and after: one reading, one vote and one return are others."""
    before = tmp_path / "以前"
    shutil.copytree(campaign, before)
    set_rules(campaign / MASTER, {"L6": "线性"})
    book = load_workbook(campaign / MASTER, keep_vba=True)
    votes = book["公众投票"]
    row = next(r for r in votes.iter_rows() if r[0].value == "集体" and r[1].value == "相城区")
    row[3].value = int(row[3].value) - 10
    book.save(campaign / MASTER)
    (campaign / "回收" / "姑苏区（演示数据）.xlsx").unlink()
    assert program("score", campaign).returncode in (0, 1)
    return before, compare(before, campaign)


def test_compare_names_inputs_moves_and_reasons(changed: tuple[Path, Comparison], campaign: Path) -> None:
    before, found = changed
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


def test_compare_command(changed: tuple[Path, Comparison], campaign: Path) -> None:
    before, found = changed
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
