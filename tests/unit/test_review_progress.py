"""评审进度, and the severity of reviewers (R2, R4)."""

from __future__ import annotations

import pytest

from tests.few_words import Scene
from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import ReviewKind
from xl_lianbing.reviews.arrangement import Arrangement, Given
from xl_lianbing.reviews.progress import progress
from xl_lianbing.reviews.severity import biases, severity, severity_row


def test_due_done_mean_and_difference_on_the_same_files() -> None:
    scene = Scene("jiangsu-2017")
    scene.unit("昆山市")
    scene.tab(
        "案卷评审",
        "单位 | 文书文号 | 评审类型 | 评审人 | 得分",
        "昆山市 | 昆环罚〔2017〕1号 | 专家 | 律师甲 | 90",
        "昆山市 | 昆环罚〔2017〕1号 | 交叉 | 吴中员 | 60",
        "昆山市 | 昆环罚〔2017〕2号 | 专家 | 律师甲 | 81",
    )
    made = Arrangement("x", {f"A00{n}": ("昆山市", f"昆环罚〔2017〕{n}号", "") for n in (1, 2)})
    made.meanings["S001"] = ("昆山市", "", "陆某")
    made.given = [
        Given("A001", ReviewKind.EXPERT, "律师甲"),
        Given("A002", ReviewKind.EXPERT, "律师甲"),
        Given("A001", ReviewKind.CROSS, "吴中员"),
        Given("A002", ReviewKind.CROSS, "吴中员"),
        Given("S001", ReviewKind.CROSS, "常熟员"),
    ]
    found = {one.reviewer: one for one in progress(made, scene.inputs)}
    assert [(p.due, p.done, str(p.state)) for p in found.values()] == [(2, 2, "完成"), (2, 1, "部分"), (1, 0, "未收")]
    assert found["律师甲"].mean == Fraction(171, 2) and found["律师甲"].apart == 30
    assert found["吴中员"].apart == -30 and found["吴中员"].note == "未评：A002"
    assert found["常熟员"].mean is None and found["常熟员"].note == "未评：S001"


def test_biases_are_those_that_were_put_in() -> None:
    true = {"甲": 6.0, "乙": -2.0, "丙": -4.0}
    pairs = [("甲", "乙"), ("乙", "丙"), ("甲", "丙"), ("甲", "乙")]
    points = [(r, n, 70.0 + 3 * n + true[r]) for n, pair in enumerate(pairs) for r in pair]
    assert biases(points) == pytest.approx(true, abs=1e-6)


def test_the_line_of_the_ledger_says_that_it_is_not_scored() -> None:
    scene = Scene("jiangsu-2017")
    scene.unit("甲县")
    lines = ["甲县 | 甲〔1〕 | 专家 | 严 | 60", "甲县 | 甲〔1〕 | 交叉 | 宽 | 80"]
    scene.tab("案卷评审", "单位 | 文书文号 | 评审类型 | 评审人 | 得分", *lines)
    scores = scene.score()
    found = severity(scene.inputs, scene.returns, scores, scene.rules)
    assert found is not None and found.biases == pytest.approx({"严": -10, "宽": 10})
    row = severity_row(found)
    assert row is not None and row["编号"] == "评审" and "不计入得分" in str(row["其他口径的含义"])


def test_where_no_file_has_two_reviewers_nothing_is_said() -> None:
    scene = Scene("jiangsu-2017")
    scene.unit("昆山市")
    assert severity(scene.inputs, scene.returns, scene.score(), scene.rules) is None
