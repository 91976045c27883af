"""L1–L12: another reading changes what the rules say, where they say it, and nothing else."""

from __future__ import annotations

import pytest

from tests.few_words import Scene, file_number
from xl_lianbing.glossary import SubIndicator, UnitPart
from xl_lianbing.rules.readings import SWITCH_READINGS
from xl_lianbing.scoring.score import Scores

FILES: list[tuple[object, object] | None] = [(90, 81), (85, 85), None, (88, 92), (60, 70), (95, 85), None]
EIGHT: list[tuple[object, object] | None] = [(91, 80)] * 8
PEOPLE = ["姓名 | 参评案卷文号", f"甲某 | {file_number('甲县', 1)}", f"乙某 | {file_number('甲县', 2)}"]
CREDITED = [
    "姓名 | 处罚决定书文号",
    *(f"甲某 | 甲县罚〔{n}〕" for n in range(3)),
    *(f"乙某 | 甲县罚〔{n}〕" for n in range(2)),
]
BAD_CASES = {
    "jiangsu-2016": ["处罚决定书文号", "单列〔1〕"],
    "jiangsu-2017": [
        "处罚决定书文号 | 是否公开 | 决定日期 | 系统录入日期",
        "单列〔1〕 | 否 | 2017-07-10 | 2017-07-10",
        "单列〔2〕 | 是 | 2017-07-03 | 2017-07-11",
        "单列〔3〕 | 是 | 2017-07-03 | 2017-07-20",
    ],
}
BEFORE = "2016-08-01"


def scene(pack: str, *, totals: bool = True) -> Scene:
    """A campaign in which every reading of the year shows: county 甲县 (all faults), county 乙县 (none), their city."""
    total = "全省重点监控企业总数" if pack.endswith("2016") else "全省重点排污单位总数"
    values: dict[str, object] = {"专家评审权重": "0.7", "案件数量满分": 15}
    if totals:
        values |= {"全省查处案件总数": 40, "全省罚款总金额(万元)": 40, "全省重大案件总数": 40, total: 120}
    result = Scene(pack).set(values)
    result.unit("苏州市", "市级", 重点=0, 票=2000, 案卷=EIGHT)
    result.unit(
        "甲县",
        推荐=True,
        票=999,
        案件=18,
        罚款=1,
        重大=20,
        案卷=FILES,
        参评案卷=["案卷类别 | 文书文号 | 文书日期", f"行政处罚 | 过期〔1〕 | {BEFORE}"],
        处罚案件=BAD_CASES[pack],
        重大案件=["重大案件类型 | 文书文号 | 金额(万元)", "按日连续处罚 | 按日〔1〕 | 6"],
        先进个人=PEOPLE,
        个人办案=CREDITED,
    )
    result.unit("乙县", 票=800, 案件=21, 罚款=1, 重大=21, 案卷=EIGHT[:7])
    result.tab("公众投票", "对象类型 | 单位 | 姓名 | 票数", "个人|甲县|甲某|300", "个人|甲县|乙某|200")
    return result


def facets(scores: Scores) -> dict[str, object]:
    """Every figure of the results, by a name such as `甲县 满意度`."""
    found: dict[str, object] = {}
    for u in scores.units:
        name = u.unit.name
        found |= {
            f"{name} 案卷质量": u.parts[UnitPart.FILES],
            f"{name} 查处案件": u.parts[UnitPart.CASES],
            f"{name} 满意度": u.parts[UnitPart.SATISFACTION],
            f"{name} 加减分": u.parts[UnitPart.ADJUSTMENTS],
            f"{name} 文章": u.articles,
            f"{name} 否决": u.veto,
            f"{name} 份数": scores.qualities[name].divisor,
            f"{name} 案卷得分": tuple(f.score(scores.rules) for f in scores.dossiers[name].files),
        }
        found |= {f"{name} {sub}": scores.case_points[name].subs[sub].value for sub in SubIndicator}
    for o in scores.officers:
        points = o.points
        found |= {f"{o.officer.name} {k}": getattr(points, k) for k in ("cases", "file", "votes", "deeds")}
    return found


def changed(
    pack: str, readings: dict[str, str], base: dict[str, str] | None = None, *, totals: bool = True
) -> set[str]:
    campaign = scene(pack, totals=totals)
    before, after = facets(campaign.score(**(base or {}))), facets(campaign.score(**(base or {}) | readings))
    assert before.keys() == after.keys()
    return {name for name in before if before[name] != after[name]}


FILE_FACETS = {"甲县 案卷得分", "乙县 案卷得分", "苏州市 案卷得分"}
ROUNDED = {"乙县 满意度", "乙某 cases", "乙某 votes"}
BOTH = ("jiangsu-2016", "jiangsu-2017")
EXPECTED: list[tuple[str, str, set[str], tuple[str, ...]]] = [
    ("L1", "不计入平均", {"甲县 案卷质量", "甲县 份数", "苏州市 案卷质量", "苏州市 份数"}, BOTH),
    ("L2", "平均", FILE_FACETS, BOTH),
    (
        "L2",
        "加权",
        FILE_FACETS | {"甲县 案卷质量", "乙县 案卷质量", "苏州市 案卷质量", "甲某 file"},
        BOTH,
    ),
    ("L3", "按实际份数", {"甲县 案卷质量", "甲县 份数", "苏州市 案卷质量", "苏州市 份数"}, BOTH),
    ("L5", "阶梯", {"甲县 查处案件", "乙县 查处案件"}, BOTH[:1]),
    ("L5", "超过0.5倍", {"甲县 查处案件", "乙县 查处案件"}, BOTH[:1]),
    ("L6", "超过0.5倍", {"甲县 查处案件", "乙县 查处案件"}, BOTH[1:]),
    ("L6", "线性", {"甲县 查处案件", "乙县 查处案件"}, BOTH[1:]),
    ("L7", "不计入", {"甲县 罚款金额", "苏州市 罚款金额", "甲县 查处案件", "苏州市 查处案件"}, BOTH[:1]),
    ("L11", "整数向下", ROUNDED, BOTH),
    ("L11", "整数向上", ROUNDED, BOTH),
    ("L12", "全部单位", {"甲县 满意度", "乙县 满意度"}, BOTH),
]


@pytest.mark.parametrize(
    ("code", "reading", "expected", "pack"), [(c, r, e, pack) for c, r, e, packs in EXPECTED for pack in packs]
)
def test_a_reading_changes_exactly_what_it_is_about(code: str, reading: str, expected: set[str], pack: str) -> None:
    found = changed(pack, {code: reading})
    if code in ("L5", "L6", "L7"):
        expected = expected | (found & {"苏州市 查处案件"})
    assert found == expected


def test_l4_without_totals_the_cases_indicator_alone_changes() -> None:
    found = changed("jiangsu-2016", {"L4": "不计算"}, totals=False)
    assert found == {f"{u} 查处案件" for u in ("甲县", "乙县", "苏州市")}
    assert changed("jiangsu-2016", {"L4": "不计算"}) == set(), "with totals typed in nothing stands in"


def test_l7_in_2017_the_fines_change_and_the_step_only_where_it_is_crossed() -> None:
    assert {"甲县 罚款金额", "苏州市 罚款金额"} <= changed("jiangsu-2017", {"L7": "不计入"})
    assert changed("jiangsu-2017", {"L7": "不计入"}) <= {
        f"{u} {what}" for u in ("甲县", "苏州市") for what in ("罚款金额", "查处案件")
    }


def test_l8_the_whole_indicator_of_the_unit_and_of_its_city() -> None:
    found = changed("jiangsu-2017", {"L8": "指标零分"}, {"L6": "线性"})
    assert found == {f"{u} {what}" for u in ("甲县", "苏州市") for what in ("查处案件", "案件数量")}


def test_l9_and_l10_show_only_together() -> None:
    assert changed("jiangsu-2017", {"L9": "工作日"}) == set()
    assert changed("jiangsu-2017", {"L10": "不计入"}, {"L6": "线性"}) == {
        f"{u} {what}" for u in ("甲县", "苏州市") for what in ("查处案件", "案件数量")
    }
    assert changed("jiangsu-2017", {"L9": "工作日"}, {"L10": "不计入", "L6": "线性"}) == {
        f"{u} {what}" for u in ("甲县", "苏州市") for what in ("查处案件", "案件数量")
    }


@pytest.mark.parametrize(
    ("pack", "code"),
    [
        ("jiangsu-2017", "L5"),
        ("jiangsu-2016", "L6"),
        ("jiangsu-2016", "L8"),
        ("jiangsu-2016", "L9"),
        ("jiangsu-2016", "L10"),
    ],
)
def test_a_switch_that_the_year_has_no_use_for_changes_nothing(pack: str, code: str) -> None:
    for reading in SWITCH_READINGS[code][1:]:
        assert changed(pack, {code: reading}) == set()
