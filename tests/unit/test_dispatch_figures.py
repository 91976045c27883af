"""The dispatch: periods, figures, pace, what is frozen, what is corrected, when it is refused (D1.1, D1.2, D2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.few_words import Scene
from xl_lianbing.dispatch.issue import Issue, frozen, frozen_file, issues_sent
from xl_lianbing.dispatch.make import Draft, due, make_issue
from xl_lianbing.dispatch.urge import urged
from xl_lianbing.errors import LianbingError
from xl_lianbing.exact import Fraction
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import ReceiptState
from xl_lianbing.intake.returned.receipts import Collected, Receipt
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.rules.periods import last_ended, next_to_end
from xl_lianbing.rules.ruleset import Ruleset

R16, R17 = Ruleset(load_pack("jiangsu-2016")), Ruleset(load_pack("jiangsu-2017"))


def ended(day: str, rules: Ruleset) -> tuple[str, str, str] | None:
    period = last_ended(date.fromisoformat(day), rules)
    return period and (period.name, str(period.start), str(period.end))


@pytest.mark.parametrize(
    "day, expected",
    [
        ("2016-09-14", None),
        ("2016-09-15", ("2016-09上", "2016-09-01", "2016-09-15")),
        ("2016-09-29", ("2016-09上", "2016-09-01", "2016-09-15")),
        ("2016-09-30", ("2016-09下", "2016-09-16", "2016-09-30")),
        ("2016-10-31", ("2016-10下", "2016-10-16", "2016-10-31")),
        ("2016-11-15", ("2016-11上", "2016-11-01", "2016-11-15")),
        ("2026-01-01", ("2016-11下", "2016-11-16", "2016-11-30")),
    ],
)
def test_d1_1_half_months_of_2016(day: str, expected: tuple[str, str, str] | None) -> None:
    assert ended(day, R16) == expected


@pytest.mark.parametrize(
    "day, expected",
    [
        ("2017-01-30", None),
        ("2017-02-28", ("2017-02", "2017-02-01", "2017-02-28")),  # an earlier month may be asked for
        ("2017-05-31", ("2017-05", "2017-05-01", "2017-05-31")),
        ("2017-06-01", None),  # the activity runs and its first month is not over
        ("2017-06-30", ("2017-06", "2017-06-01", "2017-06-30")),
        ("2017-08-31", ("2017-08", "2017-08-01", "2017-08-31")),
        ("2017-12-31", ("2017-10", "2017-10-01", "2017-10-31")),
    ],
)
def test_d1_1_months_of_2017(day: str, expected: tuple[str, str, str] | None) -> None:
    assert ended(day, R17) == expected


def test_d1_1_what_ends_next() -> None:
    assert [p and p.name for p in (next_to_end(date(2016, 9, 15), R16), next_to_end(date(2017, 3, 1), R17))] == [
        "2016-09下",
        "2017-06",
    ]
    assert next_to_end(date(2016, 11, 30), R16) is None


def cases(*groups: tuple[str, int], prefix: str = "甲罚") -> list[str]:
    """So many decisions of each day, 1.5 万元 each."""
    days = [day for day, count in groups for _ in range(count)]
    lines = [f"{prefix}〔{n}〕 | {day} | 1.5" for n, day in enumerate(days)]
    return ["处罚决定书文号 | 决定日期 | 罚款金额(万元)", *lines]


def collected(
    scene: Scene, filled: dict[str, date | None] | None = None, received: datetime | None = None
) -> Collected:
    """The returns of a scene as they came in; `filled`: their 填报日期 (else the day after every window)."""
    given = filled or {}
    returns = {
        unit: replace(r, info=r.info.model_copy(update={"filled_on": given.get(unit, date(2018, 1, 1))}))
        for unit, r in scene.returns.items()
    }
    receipts = [Receipt(unit, ReceiptState.RECEIVED, r.file, received) for unit, r in returns.items()]
    return Collected(returns, {}, receipts, [])


def issue(
    scene: Scene,
    day: str,
    sent: Sequence[Issue] = (),
    *,
    again: bool = False,
    filled: dict[str, date | None] | None = None,
    received: datetime | None = None,
) -> Issue:
    on = date.fromisoformat(day)
    asked = due(on, scene.rules, sent, again=again)
    given = collected(scene, filled, received)
    return make_issue(asked, on, scene.score(), given, scene.rules.pack)


def told(made: Issue, unit: str) -> tuple[int, Fraction | None, str]:
    line = made.line(unit)
    assert line is not None
    return line.figures.cases, line.ratio, line.state


@pytest.mark.parametrize(
    "pack, day, total, counts, expected",
    [
        ("jiangsu-2016", "2016-09-30", 182, [("2016-09-20", 24)], (24, Fraction(2, 5), "偏慢")),
        ("jiangsu-2016", "2016-09-30", 182, [("2016-09-01", 30)], (30, Fraction(1, 2), "正常")),
        ("jiangsu-2016", "2016-09-30", 182, [("2016-09-30", 29), ("2016-10-01", 9)], (29, Fraction(29, 60), "偏慢")),
        (
            "jiangsu-2017",
            "2017-08-31",
            304,
            [("2017-01-01", 1), ("2017-08-31", 120)],
            (121, Fraction(121, 243), "偏慢"),
        ),
    ],
)
def test_e6_pace(
    pack: str, day: str, total: int, counts: list[tuple[str, int]], expected: tuple[int, Fraction, str]
) -> None:
    enterprises = "全省重点监控企业总数" if pack == "jiangsu-2016" else "全省重点排污单位总数"
    scene = Scene(pack, **{"全省查处案件总数": total, enterprises: 60}).unit("甲县", 处罚案件=cases(*counts))
    assert told(issue(scene, day), "甲县") == expected


def test_l4_while_the_sum_stands_in_no_days_are_counted() -> None:
    scene = Scene("jiangsu-2017").unit("甲县", 重点=30, 处罚案件=cases(("2017-02-01", 10), ("2017-09-01", 50)))
    scene.unit("乙县", 重点=90, 处罚案件=cases(("2017-08-31", 30), prefix="乙罚"))
    made = issue(scene, "2017-08-31")
    assert told(made, "甲县") == (10, Fraction(1), "正常")  # 40 cases × 30/120 = 10
    assert told(made, "乙县") == (30, Fraction(1), "正常")
    assert made.stand_in and "参评单位截至当日的案件合计" in made.lines[0].remarks[0]


def test_d1_1_no_baseline_is_said_and_is_not_slow() -> None:
    scene = Scene("jiangsu-2017", L4="不计算").unit("甲县", 案件=3)
    line = issue(scene, "2017-08-31").lines[0]
    assert (line.ratio, line.state, line.remarks) == (None, "正常", ("没有全省总数，不能计算进度比",))
    scene = Scene("jiangsu-2017").unit("甲县", 重点=0, 案件=3).unit("乙县", 案件=3)
    assert issue(scene, "2017-08-31").lines[0].remarks == ("没有重点单位数，不能计算进度比",)
    scene = Scene("jiangsu-2017").unit("甲县")
    assert issue(scene, "2017-08-31").lines[0].remarks == ("各单位截至当日都没有案件，不能计算进度比",)


def test_d1_1_a_city_is_its_whole_territory_and_the_whole_adds_each_return_once() -> None:
    scene = Scene("jiangsu-2017").unit("苏州市", "市级", 处罚案件=cases(("2017-06-01", 2), prefix="市罚"))
    scene.unit(
        "甲县",
        处罚案件=cases(("2017-06-01", 3)),
        重大案件=["文书文号 | 文书日期 | 重大案件类型", "封1 | 2017-06-01 | 查封扣押"],
    )
    scene.unit("乙县", 未报=True)
    made = issue(scene, "2017-06-30")
    assert [line.figures.cases for line in made.lines] == [5, 3, 0]
    assert (made.whole.cases, made.whole.major, made.whole.fines) == (5, 1, Fraction(15, 2))
    assert "行政区域内未报：乙县" in made.lines[0].remarks


def test_d1_1_fines_reconsiderations_and_the_figures_of_the_period_itself() -> None:
    scene = Scene("jiangsu-2017").unit(
        "甲县",
        处罚案件=cases(("2017-07-31", 2), ("2017-08-01", 1)),
        重大案件=[
            "文书文号 | 文书日期 | 重大案件类型 | 金额(万元)",
            "日1 | 2017-08-02 | 按日连续处罚 | 10",
            "甲罚〔0〕 | 2017-08-02 | 按日连续处罚 | 100",  # stands in 处罚案件: not twice
            "日2 | 2017-09-01 | 按日连续处罚 | 1000",
        ],
        行政复议=[
            "处罚决定书文号 | 申请日期 | 复议决定日期 | 复议结果",
            "甲罚〔0〕 | 2017-08-31 | 2017-09-01 | 撤销",
            "甲罚〔1〕 | 2017-05-01 | 2017-08-31 | 变更",
            "甲罚〔2〕 | 2017-08-05 | 2017-08-20 | 维持",
        ],
    )
    made = issue(scene, "2017-08-31")
    figures = made.lines[0].figures
    assert (figures.cases, figures.fines, figures.major) == (3, Fraction(29, 2), 2)
    assert (figures.applied, figures.corrected) == (3, 1)
    assert (made.own.cases, made.own.fines, made.own.applied, made.own.corrected) == (1, Fraction(23, 2), 2, 1)
    scene.set(L7="不计入")
    assert issue(scene, "2017-08-31").lines[0].figures.fines == Fraction(9, 2)


@pytest.mark.parametrize(
    "filled, received, state",
    [
        (date(2017, 8, 1), None, "正常"),
        (date(2017, 7, 31), None, "未报"),
        (None, datetime(2017, 7, 31, 9), "未报"),
        (None, datetime(2017, 8, 1, 9), "正常"),
    ],
)
def test_d1_1_a_return_of_an_earlier_period_is_no_report_but_its_figures_stay(
    filled: date | None, received: datetime | None, state: str
) -> None:
    scene = Scene("jiangsu-2017").unit("甲县", 处罚案件=cases(("2017-07-01", 4)))
    made = issue(scene, "2017-08-31", filled={"甲县": filled}, received=received)
    assert (made.lines[0].state, made.lines[0].figures.cases) == (state, 4)
    assert [u.unit for u in urged(made, (), scene.roster)] == (["甲县"] if state == "未报" else [])


def test_d1_2_three_periods_with_returns_that_change_between() -> None:
    def state(first: int, second: int, third: int, *, reported: bool) -> Scene:
        scene = Scene("jiangsu-2016", 全省查处案件总数=182, 全省重点监控企业总数=60)
        groups = [("2016-09-10", first), ("2016-09-20", second), ("2016-10-10", third)]
        scene.unit("甲县", 处罚案件=cases(*groups))
        return scene.unit("乙县", 未报=not reported, 处罚案件=cases(("2016-09-12", 6), prefix="乙罚"))

    one = issue(state(20, 0, 0, reported=False), "2016-09-15")
    assert [told(one, "甲县"), told(one, "乙县")] == [(20, Fraction(2, 3), "正常"), (0, None, "未报")]
    two = issue(state(18, 9, 0, reported=True), "2016-10-01", [one])
    assert (two.number, two.period.name) == (2, "2016-09下")
    assert [c.told for c in two.corrections if c.unit == "甲县"] == [
        "2016-09上案件数上期报20，现为18",
        "2016-09上罚款金额(万元)上期报30，现为27",
    ]
    assert [c.told for c in two.corrections if c.unit == "乙县"][0] == "2016-09上补报案件数6"
    assert one.lines[0].figures.cases == 20  # what was sent stays as it was sent
    three = issue(state(18, 10, 5, reported=True), "2016-10-15", [one, two])
    assert [c.told for c in three.corrections] == [
        "2016-09下案件数上期报27，现为28",
        "2016-09下罚款金额(万元)上期报40.5，现为42",
    ]
    assert three.lines[0].remarks == ("更正：" + "；".join(c.told for c in three.corrections),)


def test_d1_2_a_period_is_issued_once_and_only_the_newest_again() -> None:
    scene = Scene("jiangsu-2017").unit("甲县", 案件=3)
    one = issue(scene, "2017-07-31")
    with pytest.raises(LianbingError, match="已经发出，是第01期"):
        issue(scene, "2017-08-15", [one])
    assert issue(scene, "2017-08-15", [one], again=True).number == 1
    two = issue(scene, "2017-09-30", [one])  # 2017-08 was skipped
    assert (two.number, two.period.name) == (2, "2017-09")
    for day, again in (("2017-08-31", False), ("2017-07-31", True)):
        with pytest.raises(LianbingError, match="不能再发更早的"):
            issue(scene, day, [one, two], again=again)
    redone = issue(scene, "2017-10-01", [one, two], again=True)
    assert (redone.number, redone.corrections) == (2, ())


def test_d1_1_no_period_has_ended() -> None:
    scene = Scene("jiangsu-2016").unit("甲县")
    with pytest.raises(LianbingError, match="2016-09上到2016-09-15结束"):
        issue(scene, "2016-09-14")


def test_d1_2_what_is_frozen_comes_back_exactly(tmp_path: Path) -> None:
    folder = CampaignFolder(tmp_path)
    scene = Scene("jiangsu-2017", 全省查处案件总数=304, 全省重点排污单位总数=60)
    one = issue(scene.unit("甲县", 处罚案件=cases(("2017-06-01", 61))), "2017-06-30")
    Draft.written(folder, one, (), b"docx").settle(datetime(2017, 7, 1))
    assert issues_sent(folder) == [one] and frozen(one) == frozen_file(folder, one).read_bytes()
    redone = replace(one, number=1, issued=date(2017, 7, 2))
    made = Draft.written(folder, redone, (), b"anew").settle(datetime(2017, 7, 2, 8))
    assert [path.name for path in made.kept] == [
        "第01期_2017-06-30_20170702-080000.json",
        "通报_第01期_20170702-080000.docx",
    ]
    assert made.bulletin.read_bytes() == b"anew" and made.kept[1].read_bytes() == b"docx"
    assert sorted(p.name for p in folder.issues.iterdir()) == ["第01期_2017-06-30.json", "通报_第01期.docx"]


def test_d1_2_a_frozen_issue_that_was_spoiled_is_said(tmp_path: Path) -> None:
    folder = CampaignFolder(tmp_path)
    one = issue(Scene("jiangsu-2017").unit("甲县"), "2017-06-30")
    made = Draft.written(folder, one, (), b"").settle(datetime(2017, 7, 1))
    copy = made.frozen.with_name("第02期_2017-06-30.json")
    copy.write_bytes(made.frozen.read_bytes())
    with pytest.raises(LianbingError, match="第02期_2017-06-30"):
        issues_sent(folder)
    copy.write_text("{", "utf-8")
    with pytest.raises(LianbingError, match="读不出来"):
        issues_sent(folder)


def test_what_fails_meanwhile_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = CampaignFolder(tmp_path)
    one = issue(Scene("jiangsu-2017").unit("甲县"), "2017-06-30")
    with pytest.raises(OSError), Draft.written(folder, one, (), b""):
        raise OSError
    assert list(tmp_path.iterdir()) == []
