"""The findings of scoring: each code is raised by something, says what it is about and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.few_words import Scene, file_number, why
from xl_lianbing.findings.scoring import CATALOGUE

REVIEW = "单位 | 文书文号 | 评审类型 | 得分 | 是否造假"
FORGED = file_number("甲县", 1)


def county(pack: str = "jiangsu-2016", **sheets: list[str]) -> Scene:
    return Scene(pack).unit("甲县", 案卷=[(90, 80)], **sheets)  # type: ignore[arg-type]


def beyond_the_calendar() -> Scene:
    scene = county(
        "jiangsu-2017", 处罚案件=["处罚决定书文号 | 决定日期 | 系统录入日期", "A〔1〕 | 2099-07-01 | 2099-07-13"]
    )
    scene.set(L9="工作日", L10="不计入")
    days = {"window.decisions.start": "2099-01-01", "window.decisions.end": "2099-12-31"}
    items = {v.key: v.item for v in scene.rules.pack.values}
    return scene.set({items[key]: date.fromisoformat(day) for key, day in days.items()})


RAISED: dict[str, tuple[Callable[[], Scene], str]] = {
    "P16": (lambda: county().tab("案卷评审", REVIEW, f"甲县|{FORGED}|专家|90|是"), f"案卷 {FORGED} 被评审认定造假"),
    "P17": (
        lambda: county(先进个人=["姓名 | 参评案卷文号", "甲某 | 个人卷〔1〕"]).tab(
            "案卷评审", REVIEW, "甲县|个人卷〔1〕|专家|90|是"
        ),
        "不影响得分",
    ),
    "P18": (lambda: county(行政复议=["处罚决定书文号 | 复议结果", "A〔1〕 | 变更"]), "被行政复议变更"),
    "P34": (
        lambda: Scene().unit("苏州市", "市级").tab("空气质量", "单位|指标|上年均值|本年均值", "苏州市|PM2.5|40|40.5"),
        "PM2.5年均浓度由 40 升至 40.5",
    ),
    "P35": (
        lambda: county().tab("水质断面", "单位|断面名称|上年类别|本年类别", "甲县|某河|Ⅴ|劣Ⅴ"),
        "断面某河水质由Ⅴ类降为劣Ⅴ类",
    ),
    "P51": (lambda: county(先进个人=["姓名 | 证件有效期至", "甲某 | 2016-11-30"]), "甲某的执法证有效期至 2016-11-30"),
    "P52": (
        lambda: county(先进个人=["姓名", "甲某"]).tab("廉洁核查", "单位|姓名", "甲县|甲某"),
        "甲某的举报线索经查属实",
    ),
    "P56": (beyond_the_calendar, "2099年的节假日安排"),
    "P59": (
        lambda: county().tab(
            "案卷评审", "单位 | 文书文号 | 评审类型 | 评审人 | 得分", *[f"甲县|{FORGED}|专家|评审甲|90"] * 2
        ),
        "评审人“评审甲”对案卷",
    ),
    "P60": (
        lambda: county(先进个人=["姓名", "甲某", "乙某"]).tab(
            "公众投票", "对象类型|单位|姓名|票数", "个人|甲县|甲某|9"
        ),
        "候选人乙某没有得票",
    ),
    "P61": (
        lambda: county().tab("公众投票", "单位|票数", "甲县|9", "甲县|1"),
        "甲县的票数有2行，已相加为10票",
    ),
    "P62": (
        lambda: Scene().unit("苏州市", "市级").tab("空气质量", "单位|指标|上年均值|本年均值", "苏州市|PM10|40|40"),
        "没有PM2.5的点位数据",
    ),
    "P63": (county, "“水质断面”表没有数据"),
    "P64": (
        lambda: county().tab("水质断面", "单位|断面名称|上年类别|本年类别", "甲县|某河|Ⅱ|Ⅱ", "甲县|某河|Ⅱ|Ⅱ"),
        "断面“某河”有2行数据",
    ),
}


@pytest.mark.parametrize("code", RAISED)
def test_a_finding_says_what_it_is_about(code: str) -> None:
    make, words = RAISED[code]
    (found,) = [f for f in make().score().findings if f.code == code]
    assert words in found.problem
    assert found.severity in ("提醒", "说明") and found.fix and found.source in {k.rule for k in CATALOGUE}


def test_l9_beyond_the_known_calendar_weekends_are_left_out() -> None:
    scores = beyond_the_calendar().score()
    assert why(scores, "甲县", "处罚案件") == {2: "逾期录入"}, "Wednesday 1 July 2099 to Monday 13: 8 working days"


def test_b2_10_every_code_of_scoring_is_raised_by_a_test() -> None:
    texts = [f.read_text(encoding="utf-8") for f in Path(__file__).parent.glob("test_*.py")]
    named = {code for text in texts for code in re.findall(r'"(P\d\d)"', text)}
    assert {k.code for k in CATALOGUE} <= named


def test_b2_10_a_blocked_file_takes_no_place_and_a_blocked_article_no_count() -> None:
    scene = county(参评案卷=["文书文号 | 阻断", "B〔1〕 | 文书日期"], 宣传报道=["标题 | 阻断", "一 | 日期"])
    scores = scene.score()
    assert [f.number for f in scores.dossiers["甲县"].files if f.number] == [FORGED]
    assert why(scores, "甲县", "参评案卷") == {2: "文书日期为空或无法识别"}
    assert why(scores, "甲县", "宣传报道") == {2: "日期为空或无法识别"}
    assert next(u for u in scores.units).articles == 0
