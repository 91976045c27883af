"""What the bureau has yet to type: progress at a check, findings at a score (B1.3)."""

from __future__ import annotations

from collections import Counter

from tests.few_words import Scene
from xl_lianbing.findings import Finding
from xl_lianbing.glossary import Audience, Severity
from xl_lianbing.scoring.awaited import Awaited, as_progress, awaited_told, tabs_awaited

#: Codes of what only says that the bureau has not typed something.
LATER = {"P14", "P22", "P31", "P32", "P53", "P60", "P62", "P63"}


def scene() -> Scene:
    made = Scene("jiangsu-2017", L4="不计算").unit("苏州市", "市级", 案卷=[(None, None)] * 8)
    return made.unit(
        "甲县", 案卷=[(None, None)] * 7, 先进个人=["姓名 | 参评案卷文号", "甲某 | 卷〔1〕", "乙某 | 卷〔1〕"]
    )


def tabs(made: Scene) -> list[Awaited]:
    return tabs_awaited(made.inputs, made.returns, made.score())


def checked(made: Scene) -> list[Finding]:
    return as_progress(made.score().findings, tabs(made))


def test_b1_3_before_any_review_a_check_finds_no_fault_of_anybody() -> None:
    found = checked(scene())
    assert {f.code for f in made_of_typing(scene().score().findings)} == LATER - {"P31", "P60"}
    assert [f.code for f in made_of_typing(found)] == [] and not any(f.severity is Severity.BLOCKING for f in found)
    told = [f for f in found if f.code == "P74"]
    assert {(f.severity, f.audience, f.where.file) for f in told} == {(Severity.NOTE, Audience.BUREAU, "总表.xlsm")}
    assert [f.problem for f in told] == [
        "“案卷评审”录入进度：0/32。",  # 15 files and that of the two candidates, each by an expert and by a peer
        "“事迹评审”录入进度：0/2。",
        "“公众投票”录入进度：0/4。",
        "“空气质量”录入进度：0/2。",
        "“水质断面”录入进度：未录入。",
        "“规则”全省总数录入进度：0/4。",
    ]


def made_of_typing(found: list[Finding]) -> list[Finding]:
    return [f for f in found if f.code in LATER]


def test_b1_3_at_a_score_each_missing_review_blocks() -> None:
    codes = Counter((f.code, f.severity) for f in scene().score().findings)
    assert codes["P14", Severity.BLOCKING] == 2 * (8 + 7 + 2)


def test_b2_2_where_sums_stand_in_for_totals_each_is_told_and_the_tab_is_not() -> None:
    found = checked(scene().unit("乙县", 案件=3, 罚款=1, 重大=1).set(L4="参评单位合计代替"))
    assert not [f for f in found if f.code == "P74" and f.where.sheet == "规则"]
    assert [f.severity for f in found if f.code == "P23"] == [Severity.NOTE] * 4


def test_what_is_typed_counts_and_what_is_complete_is_not_told() -> None:
    made = scene().set(全省查处案件总数=100)
    reviews = [
        f"甲县|{number}|专家|{points}" for number, points in (("甲县卷〔1〕", 90), ("甲县卷〔1〕", 80), ("别的", 80))
    ]
    made.tab("案卷评审", "单位 | 文书文号 | 评审类型 | 得分", *reviews)
    made.tab("公众投票", "对象类型|单位|姓名|票数", "集体|甲县||9", "个人|甲县|甲某|3")
    made.tab("空气质量", "单位|指标|上年均值|本年均值", "苏州市|PM10|40|40", "甲县|PM2.5|40|40")
    made.tab("水质断面", "单位|断面名称|上年类别|本年类别", "甲县|某河|Ⅱ|Ⅱ")
    assert awaited_told(tabs(made)) == (
        "市局录入进度：处罚系统数据 未录入，案卷评审 1/32，事迹评审 0/2，公众投票 2/4，全省总数 1/4。"
    )
    assert awaited_told([Awaited("案卷评审", 14, 14), Awaited("水质断面", 3)]) == ""


def test_c2_that_nobody_handled_a_case_is_not_the_bureaus_typing() -> None:
    (found,) = [f for f in checked(scene()) if f.code == "P75"]
    assert found.audience is Audience.COUNTY and found.severity is Severity.WARNING
