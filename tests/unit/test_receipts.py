"""回执登记: files are known by their content, the latest usable one is used, each fault is its own finding."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.tables import INFO, STAMP, a_return, case, headers, rules
from xl_lianbing.findings import Finding, finding, scoring
from xl_lianbing.glossary import ReceiptState
from xl_lianbing.intake.returned.read import Intake, read_return
from xl_lianbing.intake.returned.receipts import Collected, Receipt, collect
from xl_lianbing.intake.returned.rivals import in_order
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.records.returns import PenaltyCase, Publicity
from xl_lianbing.records.stamp import Stamp

ROSTER = [
    RosterUnit(unit="苏州市", tier="市级", city="苏州市"),
    RosterUnit(unit="吴中区", tier="县级", city="苏州市"),
    RosterUnit(unit="昆山市", tier="县级", city="苏州市"),
]
DUE = date(2017, 10, 31)
TODAY = date(2017, 11, 20)
MORNING, EVENING = datetime(2017, 10, 30, 8), datetime(2017, 10, 30, 20)


class Box:
    """A folder 回收/ in the making."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.times: dict[str, datetime] = {}

    def add(
        self,
        name: str,
        unit: str = "吴中区",
        filled: date | None = date(2017, 10, 20),
        stamp: Stamp | None = STAMP,
        at: datetime = MORNING,
        info: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> Box:
        made = replace(stamp, unit=unit) if stamp is STAMP else stamp
        given = {"单位名称": unit, "填报日期": filled} | dict(info or {})
        a_return(self.folder / name, info=given, stamp=made, **more)
        self.times[name] = at
        return self

    def raw(self, name: str, content: bytes) -> Box:
        (self.folder / name).write_bytes(content)
        self.times[name] = MORNING
        return self

    def copy(self, source: str, name: str) -> Box:
        shutil.copyfile(self.folder / source, self.folder / name)
        self.times[name] = MORNING
        return self

    def collected(self) -> Collected:
        read = [(read_return(self.folder / n, f"回收/{n}", rules()), at) for n, at in self.times.items()]
        return collect(read, ROSTER, DUE, "1.0", TODAY)


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


def cases(*numbers: int) -> dict[str, Any]:
    """处罚案件 with these numbers."""
    return {PenaltyCase.sheet: [headers(PenaltyCase), *(case(处罚决定书文号=f"吴环罚〔2017〕{n}号") for n in numbers)]}


def states(got: Collected, unit: str = "吴中区") -> list[tuple[str, str]]:
    return [(str(r.state), r.file.removeprefix("回收/")) for r in got.receipts if r.unit == unit]


def told(got: Collected, *ignored: str) -> list[Finding]:
    """All findings but that other units sent nothing."""
    return [f for f in got.findings if f.code not in ("R22", *ignored)]


def codes(got: Collected, *ignored: str) -> list[str]:
    return [f.code for f in told(got, *ignored)]


def test_a_faultless_return_is_received_and_says_nothing(box: Box) -> None:
    got = box.add("随便什么名字.xlsx").collected()
    assert states(got) == [("已收", "随便什么名字.xlsx")] and codes(got) == []
    assert {r.unit for r in got.receipts if r.state == "未报"} == {"苏州市", "昆山市"}


def test_the_latest_day_of_filling_wins_whatever_the_name_and_the_files_time(box: Box) -> None:
    box.add("最终版.xlsx", filled=date(2017, 10, 1), at=EVENING).add("a.xlsx", filled=date(2017, 10, 9), at=MORNING)
    got = box.collected()
    assert states(got) == [("已收", "a.xlsx"), ("重复", "最终版.xlsx")] and codes(got) == ["R21"]


def test_of_the_same_day_the_file_saved_last_wins(box: Box) -> None:
    got = box.add("早.xlsx", at=MORNING).add("晚.xlsx", at=EVENING).collected()
    assert states(got) == [("已收", "晚.xlsx"), ("重复", "早.xlsx")]


def test_a_return_without_a_day_of_filling_comes_before_dated_ones_and_that_is_said(box: Box) -> None:
    got = box.add("有.xlsx", filled=date(2017, 9, 1), at=MORNING).add("无.xlsx", filled=None, at=EVENING).collected()
    assert states(got) == [("已收", "有.xlsx"), ("重复", "无.xlsx")]
    superseded, undated = told(got)
    assert "《回收/无.xlsx》没有填报日期" in superseded.problem
    assert (undated.code, undated.severity, undated.audience) == ("R52", "提醒", "市局")
    assert undated.problem.startswith(
        "《回收/无.xlsx》的“填报日期”没有填写，按最早的一份处理，没有计入，采用了《回收/有.xlsx》"
    )
    (used,) = [r for r in got.receipts if r.state == "已收"]
    assert used.note == "《回收/无.xlsx》的填报日期没有填写，没有计入"


@pytest.mark.parametrize(
    ("day", "told_of"), [("十月底", "“十月底”看不出是哪一天"), (date(2071, 1, 1), "是2071-01-01，晚于今天")]
)
def test_a_correction_whose_day_of_filling_can_not_be_used_is_said_with_both_files_rows(
    box: Box, day: object, told_of: str
) -> None:
    box.add("原.xlsx", filled=date(2017, 9, 1), tables=cases(1))
    box.add("改.xlsx", info={"填报日期": day}, tables=cases(1, 2, 3), at=EVENING)
    (undated,) = [f for f in box.collected().findings if f.code == "R52"]
    assert told_of in undated.problem and undated.where.sheet == "单位信息" and undated.where.cell == "B17"
    assert "《回收/改.xlsx》处罚案件3行，《回收/原.xlsx》（采用）处罚案件1行" in undated.problem


def test_a_later_file_with_less_in_it_wins_and_the_loss_is_said_with_both_files_rows(box: Box) -> None:
    box.add("a.xlsx", tables=cases(1, 2, 3), at=MORNING).add("b.xlsx", tables=cases(2), at=EVENING)
    got = box.collected()
    assert states(got) == [("已收", "b.xlsx"), ("重复", "a.xlsx")] and codes(got) == ["R21", "R51"]
    (loss,) = [f for f in got.findings if f.code == "R51"]
    assert (loss.severity, loss.audience, loss.where.file) == ("提醒", "县区", "回收/b.xlsx")
    assert "内容比另一份少：《回收/a.xlsx》处罚案件3行，《回收/b.xlsx》（采用）处罚案件1行" in loss.problem
    (used,) = [r for r in got.receipts if r.state == "已收"]
    assert used.note == "《回收/a.xlsx》处罚案件3行，《回收/b.xlsx》（采用）处罚案件1行"


def test_an_empty_file_that_displaces_a_full_one_is_said(box: Box) -> None:
    got = box.add("a.xlsx", tables=cases(1, 2), at=MORNING).add("b.xlsx", at=EVENING).collected()
    assert codes(got) == ["R21", "R51"] and "（采用）处罚案件0行" in told(got)[1].problem


def test_two_departments_files_with_nothing_in_common_are_to_be_put_together(box: Box) -> None:
    news = {"宣传报道": [headers(Publicity), [1, date(2017, 7, 1), "简报", "演示标题", "市局网站", "否"]]}
    box.add("法制科.xlsx", tables=cases(1, 2), at=MORNING).add("监察大队.xlsx", tables=cases(3) | news, at=EVENING)
    got = box.collected()
    assert codes(got) == ["R21", "R53"]
    loss = told(got)[1]
    assert (
        "《回收/法制科.xlsx》处罚案件2行、宣传报道0行，《回收/监察大队.xlsx》（采用）处罚案件1行、宣传报道1行"
        in loss.problem
    )
    assert "合并到一份" in loss.fix and loss.severity == "提醒"


def test_a_fuller_correction_and_the_same_content_are_no_loss(box: Box) -> None:
    box.add("a.xlsx", tables=cases(1, 2), at=MORNING).add("b.xlsx", tables=cases(1, 2, 3), at=EVENING)
    assert codes(box.copy("b.xlsx", "c.xlsx").collected(), "C82") == ["R21", "R21"]


def returned(name: str, filled: date | None, source: str = "") -> Intake:
    return Intake(name, name, filled_on=filled, copied_from=source)


@pytest.mark.parametrize(
    ("files", "used"),
    [
        # the copy that came back has the 填报日期 of its source, and an older time
        ([("原", 10, EVENING, ""), ("副本", 10, MORNING, "原")], "副本"),
        # somebody put an earlier day into the copy, or took it out
        ([("原", 10, EVENING, ""), ("副本", 1, EVENING, "原")], "副本"),
        ([("原", 10, EVENING, ""), ("副本", None, MORNING, "原")], "副本"),
        # a copy of the copy
        ([("再改", None, MORNING, "副本"), ("副本", 10, EVENING, "原"), ("原", 10, EVENING, "")], "再改"),
        # another return with a later 填报日期 than both still comes after them
        ([("原", 10, EVENING, ""), ("副本", None, EVENING, "原"), ("新报", 11, MORNING, "")], "新报"),
        # and one with an earlier day before them, though the copy has none
        ([("原", 10, MORNING, ""), ("副本", None, MORNING, "原"), ("旧报", 9, EVENING, "")], "副本"),
        # a copy whose source is not there is compared as any file
        ([("副本", 9, EVENING, "不在"), ("新报", 10, MORNING, "")], "新报"),
        # of two copies the one saved last
        ([("原", 10, EVENING, ""), ("甲", 10, EVENING, "原"), ("乙", 10, datetime(2017, 11, 1), "原")], "乙"),
    ],
)
def test_a_feedback_copy_comes_after_the_return_that_it_was_made_from(
    files: list[tuple[str, int | None, datetime, str]], used: str
) -> None:
    received = [(returned(name, date(2017, 10, d) if d else None, source), at) for name, d, at, source in files]
    for order in (received, received[::-1]):
        assert in_order(order, TODAY)[-1][0].file == used


def test_a_refused_file_never_displaces_a_good_one(box: Box) -> None:
    box.add("好.xlsx", filled=date(2017, 9, 1)).add("坏.xlsx", filled=date(2017, 10, 30), info={"填报年度": 2016})
    got = box.collected()
    assert states(got) == [("已收", "好.xlsx"), ("退回", "坏.xlsx")] and codes(got) == ["R03"]


def test_a_day_of_filling_that_lies_ahead_neither_wins_nor_is_late(box: Box) -> None:
    got = box.add("笔误.xlsx", filled=date(2071, 10, 20)).add("好.xlsx", filled=date(2017, 9, 1)).collected()
    assert states(got) == [("已收", "好.xlsx"), ("重复", "笔误.xlsx")]
    alone = Box(box.folder / "单独")
    alone.folder.mkdir()
    got = alone.add("笔误.xlsx", filled=date(2071, 10, 20)).collected()
    assert codes(got) == ["R26"] and not any(r.late for r in got.receipts)


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"info": {"填报年度": 2016}}, "R03", "2016年度"),
        ({"stamp": Stamp("jiangsu-2016", "1.0", "吴中区", 2016)}, "R03", "2016年度"),
        (
            {"stamp": Stamp("wuxi-2017", "1.0", "吴中区", 2017)},
            "R04",
            "规则包“wuxi-2017 1.0”制作，本次活动用的是“jiangsu-2017 1.0”",
        ),
        (
            {"stamp": Stamp("jiangsu-2017", "1.0", "昆山市", 2017)},
            "R05",
            "“单位名称”却填了“吴中区”",
        ),
        ({"info": {"单位名称": None}, "stamp": None}, "R06", "不知道是哪个单位"),
        ({"info": {"单位名称": "某开发区"}, "stamp": None}, "R20", "“某开发区”不在单位名册中"),
    ],
)
def test_what_can_not_be_used_is_refused_with_its_own_finding(
    box: Box, change: dict[str, Any], code: str, words: str
) -> None:
    got = box.add("a.xlsx", **change).collected()
    assert codes(got, "R08", "R09") == [code] and words in told(got)[0].problem
    assert [str(r.state) for r in got.receipts if r.file] == ["退回"] and not got.returns


def test_what_can_not_be_read_is_refused_and_harms_nobody(box: Box) -> None:
    got = box.add("好.xlsx").raw("坏.xlsx", b"not a workbook").raw("空.xlsx", b"").collected()
    assert list(got.returns) == ["吴中区"] and sorted(str(r.state) for r in got.receipts if r.file) == [
        "已收",
        "退回",
        "退回",
    ]
    assert all(f.severity == "阻断" and f.fix for f in told(got)) and len(told(got)) == 2


def test_another_version_of_the_pack_is_accepted_and_says_what_differs(box: Box) -> None:
    old = replace(STAMP, version="0.9")
    got = box.add("a.xlsx", stamp=old).collected()
    assert codes(got) == ["R24"] and states(got) == [("已收", "a.xlsx")]
    assert "较旧版本 0.9 制作，本次活动用的是 1.0，表样没有不同" in told(got)[0].problem
    box.add("a.xlsx", stamp=old, without=["学习培训", "宣传报道"])
    (version,) = [f for f in box.collected().findings if f.code == "R24"]
    assert "缺少2处（宣传报道：宣传报道、学习培训：学习培训）" in version.problem


@pytest.mark.parametrize(("version", "age"), [("0.10", "较旧"), ("1.10", "较新"), ("2.0", "较新")])
def test_versions_are_compared_as_numbers(box: Box, version: str, age: str) -> None:
    (one,) = told(box.add("a.xlsx", stamp=replace(STAMP, version=version)).collected())
    assert f"的{age}版本 {version} " in one.problem and one.severity == "提醒"


def test_a_copy_of_one_units_file_sent_by_another_is_asked_about(box: Box) -> None:
    got = box.add("吴中区.xlsx").copy("吴中区.xlsx", "昆山市报送.xlsx").collected()
    assert [str(r.state) for r in got.receipts if r.file] == ["已收", "重复"], "the copy is no return of 昆山市"
    assert "昆山市" not in got.returns and "内容完全相同" in next(r.note for r in got.receipts if r.state == "重复")
    alone = Box(box.folder / "单独")
    alone.folder.mkdir()
    (one,) = told(alone.add("填报表_昆山市.xlsx", unit="吴中区").collected())
    assert one.code == "R27" and "文件名写的是“昆山市”，内容是“吴中区”的填报表" in one.problem


def test_the_copy_is_asked_about_also_where_the_owners_own_file_is_used(box: Box) -> None:
    """And whoever's name it bears has not reported: the question says what came in his place."""
    got = box.add("吴中区.xlsx", at=EVENING).copy("吴中区.xlsx", "昆山市报送.xlsx").collected()
    (one,) = told(got)
    assert (one.code, one.severity, one.where.file) == ("R27", "提醒", "回收/昆山市报送.xlsx")
    assert "内容是“吴中区”的填报表，没有计入（采用《回收/吴中区.xlsx》，内容完全相同）" in one.problem
    (missing,) = [f for f in got.findings if f.code == "R22" and f.where.unit == "昆山市"]
    assert "《回收/昆山市报送.xlsx》的文件名写着它，内容是“吴中区”的填报表" in missing.problem


def test_a_file_that_can_not_be_read_is_told_with_the_unit_that_its_name_says(box: Box) -> None:
    """By content it is nobody's; the clerk is to know all the same that something came."""
    got = box.raw("苏州市昆山市填报表.xlsx", b"not a workbook").raw("无名.csv", b"").add("吴中区.xlsx").collected()
    missing = {f.where.unit: f.problem for f in got.findings if f.code == "R22"}
    assert "《回收/苏州市昆山市填报表.xlsx》的文件名写着它，这个文件不能使用，报送时限 2017-10-31" in missing["昆山市"]
    assert "（没有报送，报送时限 2017-10-31）" in missing["苏州市"]
    assert "文件名写着它" in next(r.note for r in got.receipts if r.unit == "昆山市")


def test_findings_about_the_unit_name_their_cells(box: Box) -> None:
    info = {"层级": "市级", "填报日期": date(2017, 11, 5)}
    got = box.add("a.xlsx", info=info).add("b.xlsx", unit="某开发区", stamp=None).collected()
    cells = {f.code: (f.where.sheet, f.where.cell) for f in told(got, "R08", "R09")}
    assert cells == {"R20": ("单位信息", "B2"), "R23": ("单位信息", "B17"), "R25": ("单位信息", "B3")}
    ahead = Box(box.folder / "单独")
    ahead.folder.mkdir()
    (one,) = told(ahead.add("c.xlsx", info={"填报日期": date(2071, 11, 5)}).collected())
    assert (one.code, one.where.cell) == ("R26", "B17")


def test_whoever_was_given_the_file_is_asked_whose_it_is(box: Box) -> None:
    got = box.add("a.xlsx", stamp=Stamp("jiangsu-2017", "1.0", "昆山市", 2017)).collected()
    (one,) = [f for f in got.findings if f.code == "R05"]
    assert one.where.unit == "昆山市" == next(r.unit for r in got.receipts if r.file == "回收/a.xlsx")


def test_another_pack_says_what_differs(box: Box) -> None:
    stamp = Stamp("jiangsu-2016", "1.0", "吴中区", None)
    (one,) = told(box.add("a.xlsx", stamp=stamp, info={"填报年度": None}).collected())
    assert one.code == "R04" and "规则包“jiangsu-2016 1.0”制作，本次活动用的是“jiangsu-2017 1.0”" in one.problem
    assert "年度2016（本次2017）" in one.problem and "2016-09-01（本次2017-01-01）" in one.problem
    (other,) = told(box.add("a.xlsx", stamp=Stamp("wuxi-2017", "3", "吴中区", 2017), without=["重大案件"]).collected())
    assert "不同处：与现行表样相比缺少1处（重大案件：重大案件）" in other.problem


@pytest.mark.parametrize("name", ["苏州市吴中区.xlsx", "苏州市.xlsx", "昆山市转吴中区.xlsx", "表.xlsx"])
def test_names_that_fit_or_say_nothing_are_no_question(box: Box, name: str) -> None:
    assert codes(box.add(name).collected()) == []


def test_a_tier_that_is_not_the_rosters_is_asked_about(box: Box) -> None:
    (one,) = told(box.add("a.xlsx", info={"层级": "市级"}).collected())
    assert one.code == "R25" and "“层级”填的是市级，单位名册是县级" in one.problem


def test_d1_late_and_missing_returns_name_the_deadline(box: Box) -> None:
    got = box.add("a.xlsx", filled=date(2017, 11, 1)).collected()
    assert codes(got) == ["R23"] and [r.note for r in got.receipts if r.late] == ["迟报"]
    missing = [f for f in got.findings if f.code == "R22"]
    assert {f.where.unit for f in missing} == {"苏州市", "昆山市"}
    assert all("报送时限 2017-10-31" in f.problem for f in missing)


def test_d1_a_unit_whose_only_file_was_refused_is_missing_and_knows_why(box: Box) -> None:
    got = box.add("a.xlsx", info={"填报年度": 2016}).collected()
    assert states(got) == [("退回", "a.xlsx"), ("未报", "")]
    (one,) = [f for f in got.findings if f.code == "R22" and f.where.unit == "吴中区"]
    assert "报来的《回收/a.xlsx》不能使用" in one.problem


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ({"方案报送日期": date(2017, 6, 6), "自评报告日期": date(2017, 10, 25)}, []),
        ({"方案报送日期": date(2017, 6, 7)}, ["C71"]),
        ({"自评报告日期": date(2017, 10, 26)}, ["C71"]),
        ({"自评报告日期": date(2017, 10, 31), "层级": "市级"}, ["R25"]),
        ({"自评报告日期": date(2017, 12, 1)}, ["C23"]),
        ({"名录公布日期": date(2017, 12, 1)}, ["C23"]),
        ({"名录公布日期": None}, ["N10"]),
    ],
)
def test_d1_b2_9_days_of_the_unit_are_checked(box: Box, info: dict[str, Any], expected: list[str]) -> None:
    got = box.add("a.xlsx", filled=date(2017, 10, 31), info=info).collected()
    assert codes(got) == expected


def test_b2_9_a_list_that_is_not_published_has_no_day(box: Box) -> None:
    (one,) = told(box.add("a.xlsx", info={"名录是否公布": "否"}).collected())
    assert one.code == "C72" and str(INFO["名录公布日期"]) in one.problem


def test_receipts_count_the_findings_of_the_whole_run_that_the_unit_can_mend(box: Box) -> None:
    got = box.add("a.xlsx", filled=date(2017, 11, 1)).collected()
    later = replace(told(got)[0], severity=told(got)[0].severity.BLOCKING)
    bureaus = finding(scoring.REVIEWS_APART, later.where)
    counted = got.counted([*got.findings, later, bureaus])
    (receipt,) = [r for r in counted.receipts if r.file]
    assert (receipt.blocking, receipt.warnings) == (1, 1)


UNITS = ("甲县", "乙县", "丙县")


@pytest.mark.parametrize(("left", "severity"), [(3, None), (2, "提醒"), (1, "阻断"), (0, "阻断")])
def test_returns_that_were_in_and_are_gone_are_said_the_louder_the_more(left: int, severity: str | None) -> None:
    states = [ReceiptState.RECEIVED] * left + [ReceiptState.MISSING] * (len(UNITS) - left)
    receipts = [Receipt(unit, state) for unit, state in zip(UNITS, states, strict=True)]
    collected = Collected({}, {}, receipts, []).since(UNITS)
    assert [(f.code, str(f.severity)) for f in collected.findings] == ([("R59", severity)] if severity else [])
    assert Collected({}, {}, receipts, []).since(()).findings == []


def test_a_unit_whose_file_cannot_be_used_any_more_is_not_gone() -> None:
    receipts = [Receipt("甲县", ReceiptState.REFUSED, "回收/甲.xlsx"), Receipt("甲县", ReceiptState.MISSING)]
    assert Collected({}, {}, receipts, []).since(("甲县",)).findings == []
