"""影响: points where they follow from facts at hand, else that ranks may change, nothing where nothing does."""

from __future__ import annotations

import pytest

from tests.few_words import Scene, file_number
from xl_lianbing.findings import Kind, Where, finding, reading
from xl_lianbing.findings import scoring as c
from xl_lianbing.findings.gather import together
from xl_lianbing.glossary import Severity
from xl_lianbing.scoring.score import Scores
from xl_lianbing.scoring.stakes import MAY, effect

REVIEW = "单位 | 文书文号 | 评审类型 | 得分 | 是否造假"
SEVEN = [(90, 80)] * 7


def effects(scores: Scores, code: str) -> list[str]:
    return [effect(f, scores) for f in scores.findings if f.code == code]


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ({"L2": "相加"}, "影响得分2.86分"),  # 40 ÷ 7 files ÷ 2 reviews
        ({"L2": "平均"}, "影响得分2.86分"),
        ({"L2": "加权"}, "影响得分3.43分"),  # 40 ÷ 7 × 0.6
    ],
)
def test_b1_3_a_missing_review_is_worth_its_part_of_the_file(readings: dict[str, str], expected: str) -> None:
    scene = Scene("jiangsu-2016", 专家评审权重="0.6").unit("甲县", 案卷=[(None, 80), *SEVEN[1:]])
    assert effects(scene.score(**readings), "P14") == [expected]


def test_b1_3_reviews_told_together_are_added_up() -> None:
    scene = Scene("jiangsu-2016").unit("苏州市", "市级", 案卷=[(None, None)] * 8)
    scores = scene.score(L3="按实际份数")
    missing = [f for f in scores.findings if f.code == "P14"]
    assert len(missing) == 16 and effect(together(missing), scores) == "影响得分40分"


def test_b1_2_a_review_of_a_file_that_scores_0_anyway_changes_nothing() -> None:
    rows = ["案卷类别 | 文书文号 | 移动执法平台", "行政处罚 | 卷〔9〕 | 否"]
    scores = Scene("jiangsu-2016").unit("甲县", 参评案卷=rows).score()
    assert effects(scores, "P14") == ["", ""]
    assert effects(scores, "P11") == [MAY], "nobody knows what its reviews would have given"


def test_b1_2_an_ineligible_file_costs_what_its_reviews_give() -> None:
    rows = ["案卷类别 | 文书文号 | 移动执法平台", "行政处罚 | 卷〔9〕 | 否"]
    scene = Scene("jiangsu-2016").unit("甲县", 参评案卷=rows)
    scene.tab("案卷评审", REVIEW, "甲县|卷〔9〕|专家|90|否", "甲县|卷〔9〕|交叉|50|否")
    assert effects(scene.score(), "P11") == ["影响得分4分"]  # 140 ÷ 200 ÷ 7 × 40
    assert effects(scene.score(L1="不计入平均"), "P11") == [MAY]


def test_b1_4_missing_files_are_worth_their_places() -> None:
    scores = Scene("jiangsu-2016").unit("甲县", 案卷=SEVEN[:5]).score()
    assert effects(scores, "P12") == ["影响得分5.71分"] * 2  # one place each: 40 ÷ 7


def test_b1_5_what_alone_makes_the_indicator_0_costs_all_its_points() -> None:
    corrected = Scene("jiangsu-2016").unit("甲县", 案卷=SEVEN, 行政复议=["处罚决定书文号", "A〔1〕"])
    assert effects(corrected.score(), "P18") == ["影响得分34分"]  # 170 ÷ 200 × 40
    unreviewed = Scene("jiangsu-2016").unit("甲县", 案卷=[(90, None)], 行政复议=["处罚决定书文号", "A〔1〕"])
    assert effects(unreviewed.score(), "P18") == [MAY], "nobody knows yet what it will cost"
    both = corrected.tab("案卷评审", REVIEW, f"甲县|{file_number('甲县', 1)}|专家|90|是").score()
    assert effects(both, "P18") == effects(both, "P16") == [MAY], "mending one of the two brings nothing"


def test_b2_1_b2_2_what_makes_sub_indicators_0_costs_their_full_marks() -> None:
    scores = Scene("jiangsu-2016").unit("甲县", 重点=None, 案件=3).score(L4="不计算")
    assert effects(scores, "P21") == ["影响得分40分"]
    assert sorted(effects(scores, "P22")) == ["影响得分10分", "影响得分15分", "影响得分15分", "影响得分40分"]


def test_b2_9_a_list_that_is_not_published_costs_what_the_cases_would_give() -> None:
    totals = {"全省查处案件总数": 100, "全省罚款总金额(万元)": 1000, "全省重大案件总数": 100}
    scene = Scene("jiangsu-2017").set({**totals, "全省重点排污单位总数": 1000})
    scores = scene.unit("甲县", 名录="否", 重点=100, 案件=16, 重大=15, 罚款=1).score()
    assert effects(scores, "P24") == ["影响得分15分"], "cases 16 > 1.5 × 10; major cases 15 are not above it"


def test_b3_c3_c4_what_nobody_typed_is_worth_its_full_mark() -> None:
    scene = Scene("jiangsu-2016").unit("甲县", 票=100).unit("乙县", 先进个人=["姓名", "甲某", "乙某"])
    scores = scene.tab("公众投票", "对象类型|单位|姓名|票数", "个人|乙县|甲某|9").score()
    assert effects(scores, "P31") == ["影响得分20分"]
    assert effects(scores, "P60") == ["影响得分20分"]
    assert effects(scores, "P53") == ["影响得分30分"] * 2


@pytest.mark.parametrize(
    ("kind", "severity", "expected"),
    [
        (reading.EMPTY, Severity.BLOCKING, MAY),
        (reading.EMPTY, Severity.WARNING, ""),
        (reading.OUTSIDE_WINDOW, Severity.WARNING, MAY),
        (reading.SPACES, Severity.NOTE, ""),
        (c.CLAIMED, Severity.BLOCKING, MAY),
        (c.WATER_VETO, Severity.WARNING, MAY),
        (c.CASE_SHARED, Severity.NOTE, ""),
    ],
)
def test_whatever_blocks_or_is_not_counted_may_change_ranks(kind: Kind, severity: Severity, expected: str) -> None:
    scores = Scene().unit("甲县").score()
    assert effect(finding(kind, Where("回收/甲县.xlsx", unit="甲县"), "", None, severity), scores) == expected


def test_b2_8_a_late_case_changes_ranks_where_it_does_not_count() -> None:
    scores = Scene("jiangsu-2017").unit("甲县")
    late = finding(c.LATE_FILING, Where("回收/甲县.xlsx", unit="甲县"))
    assert (effect(late, scores.score()), effect(late, scores.score(L10="不计入"))) == ("", MAY)
