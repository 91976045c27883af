"""宣传培训 and 任务看板: what is met, short, not due, unknown; what is done, near, overdue (D1, D1.3, D4, D6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.few_words import Scene
from xl_lianbing.exact import Fraction
from xl_lianbing.glossary import Progress
from xl_lianbing.records.inputs import Task
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.scoring.agenda import agenda
from xl_lianbing.scoring.duties import Duty, duties
from xl_lianbing.scoring.roster import Roster
from xl_lianbing.scoring.tasks import Standing, standings

REPORTS = "日期 | 类别 | 标题 | 报送部门 | 媒体"


def judged(scene: Scene, day: str, officers: int | None = 30) -> dict[str, Duty]:
    returns = {
        unit: replace(r, info=r.info.model_copy(update={"officers": officers})) for unit, r in scene.returns.items()
    }
    found = duties(Roster.of(scene.roster), returns, scene.rules, date.fromisoformat(day))
    return {duty.unit.name: duty for duty in found}


def months(duty: Duty) -> list[int | None]:
    assert duty.months is not None
    return [None if month in duty.running else count for month, count in duty.months.items()]


def test_d1_3_the_months_are_those_of_the_activity() -> None:
    assert [m for _, m in load_pack("jiangsu-2016").months] == [9, 10, 11]
    assert [m for _, m in load_pack("jiangsu-2017").months] == [6, 7, 8, 9, 10]


def test_d1_3_a_month_counts_once_it_is_over_and_a_title_once_a_month() -> None:
    lines = [
        REPORTS,
        "2017-06-05 | 简报 | 第一期",
        "2017-06-06 | 信息 | 第一期",
        "2017-06-30 | 信息 | 别的",
        "2017-07-01 | 简报 | 第一期",
        "2017-07-02 | 文章 | 第一期",
        "2017-05-31 | 简报 | 早了",
    ]
    scene = Scene("jiangsu-2017").unit("甲县", 宣传报道=lines)
    assert (months(judged(scene, "2017-06-29")["甲县"]), judged(scene, "2017-06-29")["甲县"].state) == (
        [None] * 5,
        "未到期",
    )
    at_end = judged(scene, "2017-07-31")["甲县"]
    assert (months(at_end), at_end.state) == ([2, 1, None, None, None], "是")
    later = judged(scene, "2017-08-31")["甲县"]
    assert (months(later), later.state, later.remarks[0]) == ([2, 1, 0, None, None], "否", "不足：8月0篇（应1篇）")


def test_d1_3_of_a_unit_without_a_return_nothing_can_be_computed() -> None:
    scene = Scene("jiangsu-2016").unit("甲县", 未报=True).unit("乙县")
    before, after = judged(scene, "2016-09-29"), judged(scene, "2016-09-30")
    assert (before["甲县"].state, after["甲县"].state, after["甲县"].months) == ("未到期", "否", None)
    assert months(after["乙县"]) == [0, None, None]  # which is another thing


def test_d1_3_departments_of_the_city_are_judged_in_its_own_row_when_the_activity_is_over() -> None:
    lines = [REPORTS]
    senders = {
        "监察支队": 3,
        "苏州市环境监察支队": 3,
        "固管中心": 2,
        "辐射站": 2,
        "应急中心": 1,
        "宣教中心": 2,
        "": 1,
        "某处": 1,
    }
    for sender, number in senders.items():
        lines += [f"2017-{6 + n % 5:02d}-10 | 信息 | {sender}{n} | {sender or '-'}" for n in range(number)]
    lines += [f"2017-{month:02d}-20 | 简报 | 月报 | 监察支队" for month in range(7, 11)]
    scene = Scene("jiangsu-2017").unit("苏州市", "市级", 宣传报道=lines).unit("甲县", 宣传报道=lines)
    running = judged(scene, "2017-10-30")["苏州市"]
    assert running.state == "是" and any("应急中心1篇（应2篇）" in told for told in running.remarks)
    over = judged(scene, "2017-10-31")
    assert (over["苏州市"].state, over["苏州市"].remarks[0]) == ("否", "不足：应急中心1篇（应2篇）")
    assert "没有归到部门：某处1篇、没有填报送部门的1篇" in over["苏州市"].remarks
    assert over["甲县"].state == "是"


def test_d1_3_2016_has_no_departments() -> None:
    scene = Scene("jiangsu-2016").unit("苏州市", "市级", 宣传报道=[REPORTS, "2016-09-10 | 信息 | 甲"])
    assert judged(scene, "2016-09-30")["苏州市"].state == "是"
    assert load_pack("jiangsu-2016").reporting_departments == ()
    assert load_pack("jiangsu-2017").reporting_departments == (
        "监察支队",
        "固管中心",
        "辐射站",
        "应急中心",
        "局宣教处（中心）",
    )


@pytest.mark.parametrize(
    "officers, coverage", [(40, Fraction(3, 4)), (30, Fraction(1)), (10, Fraction(1)), (0, None), (None, None)]
)
def test_d6_coverage_is_the_largest_session(officers: int | None, coverage: Fraction | None) -> None:
    lines = [
        "日期 | 形式 | 主题 | 参加人数",
        "2017-06-10 | 法治讲座 | 甲 | 30",
        "2017-07-10 | 法治讲座 | 乙 | 20",
        "2017-08-10 | 知识竞赛 | 丙 | 25",
        "2017-11-01 | 知识竞赛 | 丁 | 99",
    ]
    scene = Scene("jiangsu-2017").unit("甲县", 学习培训=lines)
    duty = judged(scene, "2017-12-31", officers)["甲县"]
    assert (duty.heads, duty.coverage) == (75, coverage)
    assert "培训：法治讲座2次50人次、知识竞赛1次25人次" in duty.remarks
    assert ("没有填执法人员总数，覆盖率无法计算" in duty.remarks) == (coverage is None)
    assert judged(scene, "2017-07-31", officers)["甲县"].heads == 50


def test_d6_no_session_is_0_and_not_unknown() -> None:
    duty = judged(Scene("jiangsu-2017").unit("甲县"), "2017-12-31")["甲县"]
    assert (duty.heads, duty.coverage, duty.articles) == (0, 0, 0)


DONE, OPEN = Progress.DONE, Progress.RUNNING
SAID = "任务编号 | 完成情况"


def board(day: str) -> dict[str, Standing]:
    tasks = [
        Task(code="T01", due=date(2017, 6, 2), state=DONE),
        Task(code="T02", due=date(2017, 6, 2), state=OPEN),
        Task(code="T03", due=date(2017, 6, 9)),
        Task(code="T04"),
    ]
    scene = Scene("jiangsu-2017").unit("苏州市", "市级", 任务进展=[SAID, "T01 | 已完成", "T02 | 进行中"])
    scene.unit("甲县", 任务进展=[SAID, "t02 | 已完成", "T03 | 未开始"]).unit("乙县", 任务进展=[SAID, "T02 | 已完成"])
    scene.unit("丙县", 未报=True)
    found = standings(tasks, Roster.of(scene.roster), scene.returns, scene.rules, date.fromisoformat(day))
    return {standing.task.code or "": standing for standing in found}


@pytest.mark.parametrize(
    "day, states",
    [
        ("2017-05-25", ["已完成", "未到期", "未到期", "未到期"]),
        ("2017-05-26", ["已完成", "临近", "未到期", "未到期"]),
        ("2017-06-02", ["已完成", "临近", "临近", "未到期"]),
        ("2017-06-03", ["已完成", "逾期", "临近", "未到期"]),
        ("2017-06-12", ["已完成", "逾期", "逾期", "未到期"]),
    ],
)
def test_d4_states_follow_what_the_city_says(day: str, states: list[str]) -> None:
    assert [standing.state for standing in board(day).values()] == states


def test_d4_what_the_city_and_the_counties_say() -> None:
    found = board("2017-06-12")
    assert [(s.city, f"{s.counties}/{s.all_counties}", s.overdue) for s in found.values()] == [
        ("已完成", "0/3", 0),
        ("进行中", "2/3", 10),
        ("没有填", "0/3", 3),
        ("没有填", "0/3", 0),
    ]


def test_d1_what_is_due_next_and_what_is_overdue() -> None:
    rules, tasks = Scene("jiangsu-2017").rules, list(board("2017-06-12").values())
    told = agenda(rules, tasks, set(), date(2017, 6, 12)).told(date(2017, 6, 12))
    assert told == "下一个期限：2017-06-30（还有18天）2017-06调度截止日。　已逾期：任务T02、T03，见“任务看板”。"
    late = agenda(rules, (), set(), date(2017, 10, 1))
    assert (late.due, list(late.coming)) == (date(2017, 10, 25), ["活动总结（县级）"])
    assert list(late.overdue) == ["2017-09的调度还没有发出"]
    assert agenda(rules, (), {date(2017, 10, 31)}, date(2018, 1, 1)).told(date(2018, 1, 1)) == "没有未到的期限。"
