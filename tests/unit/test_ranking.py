"""A4, B10 名次, 并列 and 候选名单; D1's articles; D1's late returns."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.few_words import Scene, row_of, why
from xl_lianbing.intake.returned.read import Intake
from xl_lianbing.intake.returned.receipts import collect, returned_files
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.rules.ranks import rank, select
from xl_lianbing.scoring.score import Scores


def listed(scores: Scores) -> list[tuple[str, int, str]]:
    return [(u.unit.name, u.rank, str(u.selection)) for u in scores.units]


def test_b10_equal_keys_share_a_rank_and_the_next_rank_skips() -> None:
    assert rank([3, 5, 3, 1]) == [2, 1, 2, 4]


@pytest.mark.parametrize(
    ("keys", "quota", "expected"),
    [
        ([9, 8, 7], 2, ["入选", "入选", "未入选"]),
        ([9, 8, 8, 7], 2, ["入选", "并列待定", "并列待定", "未入选"]),
        ([9, 9, 8], 2, ["入选", "入选", "未入选"]),
        ([9, None, 8, 7], 2, ["入选", "未入选", "入选", "未入选"]),
        ([9, 9], 0, ["未入选", "未入选"]),
        ([9, 9], 1, ["并列待定", "并列待定"]),
        ([], 3, []),
    ],
)
def test_b10_a_tie_across_the_line_is_never_cut(keys: list[int | None], quota: int, expected: list[str]) -> None:
    assert select(keys, quota) == expected


def test_b10_equal_totals_are_ordered_by_articles() -> None:
    scene = Scene().unit("甲县", 票=9, 文章=2).unit("乙县", 票=9, 文章=4).unit("丙县", 票=9, 文章=2)
    assert listed(scene.score())[0] == ("乙县", 1, "入选")
    assert [r for _, r, _ in listed(scene.score())] == [1, 2, 2]


def test_b10_equality_is_exact_and_not_of_the_shown_places() -> None:
    scene = Scene().unit("甲县", 票=1_000_000).unit("乙县", 票=999_999)
    assert [(u.rank, f"{float(u.total):.2f}") for u in scene.score().units] == [(1, "20.00"), (2, "20.00")]


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        ("标题 | 文章 | 中国环境报 | 是 | 2017-06-01", True),
        ("标题 | 文章 | 省厅网站 | 是 | 2017-10-31", True),
        ("标题 | 文章 | 市局网站 | 是 | 2017-07-01", False),
        ("标题 | 文章 | 中国环境报 | 否 | 2017-07-01", False),
        ("标题 | 信息 | 中国环境报 | 是 | 2017-07-01", False),
        ("标题 | 文章 | 中国环境报 | 是 | 2017-05-31", False),
        ("标题 | 文章 | 中国环境报 | 是 | 2017-11-01", False),
    ],
)
def test_b10_d1_which_articles_break_a_tie(row: str, counts: bool) -> None:
    table = ["标题 | 类别 | 媒体 | 是否大练兵专栏 | 日期", row]
    scores = Scene("jiangsu-2017").unit("甲县", 宣传报道=table).score()
    assert row_of(scores, "甲县").articles == int(counts)


def test_b10_the_same_title_counts_once_in_a_medium_and_once_in_another() -> None:
    table = ["标题 | 媒体", "练兵 开始", "练兵开始", "练兵开始 | 省厅网站"]
    scores = Scene().unit("苏州市", "市级", 文章=1).unit("甲县", 宣传报道=table).score()
    assert row_of(scores, "甲县").articles == 2 and list(scores.reasons["甲县"]["宣传报道"]) == [3]
    assert row_of(scores, "苏州市").articles == 1, "the unit's own return only, the city's too"


def test_d1_a_bulletin_dated_inside_the_activity_counts_and_one_before_it_does_not() -> None:
    table = ["标题 | 类别 | 日期", "一 | 简报 | 2017-06-30", "二 | 信息 | 2017-05-30"]
    scores = Scene("jiangsu-2017").unit("甲县", 宣传报道=table).score()
    assert why(scores, "甲县", "宣传报道") == {3: "日期不在活动期内"}


def test_b10_only_units_that_apply_are_shortlisted() -> None:
    scene = Scene(县级先进集体名额=1).unit("甲县", 票=9, 申报=False).unit("乙县", 票=8)
    assert listed(scene.score()) == [("甲县", 1, "未入选"), ("乙县", 2, "入选")]


def test_b10_over_several_cities_county_units_need_a_recommendation() -> None:
    scene = Scene().unit("苏州市", "市级", 市="苏州市").unit("无锡市", "市级", 市="无锡市")
    scene.unit("吴中区", 市="苏州市", 票=9).unit("江阴市", 市="无锡市", 票=8, 推荐=True)
    states = {name: state for name, _, state in listed(scene.score())}
    assert states["吴中区"] == "未入选" and states["江阴市"] == "入选"


def test_b10_county_tier_first_and_ranked_inside_each_tier() -> None:
    scene = Scene().unit("苏州市", "市级", 票=1).unit("甲县", 票=8).unit("乙县", 票=9)
    assert [(n, r) for n, r, _ in listed(scene.score())] == [("乙县", 1), ("甲县", 2), ("苏州市", 1)]


@pytest.mark.parametrize(
    ("pack", "quotas", "officers"),
    [("jiangsu-2016", {"县级": 3, "市级": 1}, 20), ("jiangsu-2017", {"县级": 2, "市级": 1}, 3)],
)
def test_a4_the_city_quotas_of_each_year(pack: str, quotas: dict[str, int], officers: int) -> None:
    scores = Scene(pack).unit("苏州市", "市级").unit("甲县").score()
    assert {str(u.unit.tier): u.quota for u in scores.units} == quotas
    assert scores.officer_quota == officers


def test_a4_the_quota_of_the_bureau_holds() -> None:
    scene = Scene(县级先进集体名额=2)
    for n, name in enumerate(("甲县", "乙县", "丙县")):
        scene.unit(name, 票=9 - n)
    assert [state for _, _, state in listed(scene.score())] == ["入选", "入选", "未入选"]


def _intake(unit: str, filled: date | None, file: str = "回收/表.xlsx") -> Intake:
    returned = Scene("jiangsu-2017").unit(unit).returns[unit]
    return Intake(file, sha256=file, result=returned, filled_on=filled)


ROSTER = [RosterUnit(unit="甲县", tier="县级"), RosterUnit(unit="乙县", tier="县级")]
NOON = datetime(2017, 11, 1, 12, 0)


@pytest.mark.parametrize(("day", "late"), [(31, False), (1, True)])
def test_d1_a_late_return_counts_and_is_marked(day: int, late: bool) -> None:
    filled = date(2017, 10, 31) if day == 31 else date(2017, 11, 1)
    got = collect([(_intake("甲县", filled), NOON)], ROSTER, date(2017, 10, 31))
    receipt = got.receipts[0]
    assert (receipt.state, receipt.late, receipt.note) == ("已收", late, "迟报" if late else "")
    assert list(got.returns) == ["甲县"] and ("R23" in [f.code for f in got.findings]) is late


def test_d1_a_unit_without_a_return_is_said() -> None:
    got = collect([], ROSTER, None)
    assert [(r.unit, r.state) for r in got.receipts] == [("甲县", "未报"), ("乙县", "未报")]
    assert [f.code for f in got.findings] == ["R22", "R22"]


def test_d1_of_several_returns_the_latest_by_its_own_date_is_used_and_the_others_are_listed() -> None:
    older, newer = (
        _intake("甲县", date(2017, 9, 1), "回收/新文件.xlsx"),
        _intake("甲县", date(2017, 10, 1), "回收/a.xlsx"),
    )
    for order in ([older, newer], [newer, older]):
        got = collect([(i, NOON) for i in order], ROSTER[:1], None)
        assert [(r.state, r.file) for r in got.receipts] == [("已收", "回收/a.xlsx"), ("重复", "回收/新文件.xlsx")]
        assert got.receipts[1].note == "采用《回收/a.xlsx》" and [f.code for f in got.findings] == ["R21"]


def test_a1_a_return_of_a_unit_that_the_roster_does_not_have_is_refused() -> None:
    got = collect([(_intake("别处区", None), NOON)], ROSTER[:1], None)
    assert [(r.unit, r.state) for r in got.receipts] == [("甲县", "未报"), ("别处区", "退回")]
    assert "R20" in [f.code for f in got.findings] and not got.returns


def test_litter_and_lock_files_are_no_returns(tmp_path: Path) -> None:
    for name in ("~$甲.xlsx", "Thumbs.db", ".DS_Store", ".~lock.甲.xlsx#", "子/乙.xlsx", "甲.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [p.relative_to(tmp_path).as_posix() for p in returned_files(tmp_path)] == ["子/乙.xlsx", "甲.pdf"]


def test_what_can_not_be_opened_is_in_the_list_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link that leads nowhere, and a folder nobody may look into: never passed over in silence."""
    (tmp_path / "断了.xlsx").symlink_to(tmp_path / "没有.xlsx")
    for name in ("锁着/甲.xlsx", "开着/乙.xlsx"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).touch()
    scan = os.scandir

    def refusing(place: str) -> Any:
        if str(place).endswith("锁着"):
            raise PermissionError(13, "no", str(place))
        return scan(place)

    monkeypatch.setattr(os, "scandir", refusing)
    found = [p.relative_to(tmp_path).as_posix() for p in returned_files(tmp_path)]
    assert found == ["开着/乙.xlsx", "断了.xlsx", "锁着"]
