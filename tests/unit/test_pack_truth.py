"""Pack truth: every feature and every value of a pack changes something that the product says, or this fails.

What the product says is taken in facets (scores and result tabs, what reading a return finds, a blank return, the texts
of a blank master); the tab 规则 and other echoes of the value are not among them.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter

from tests.few_words import INSIDE, Scene, row_of
from tests.tables import a_master, a_return, case, headers
from xl_lianbing.excel.values import Formula
from xl_lianbing.explain.standing import unit_standing
from xl_lianbing.findings import Finding
from xl_lianbing.glossary import NotCounted, ReviewKind, Selection, Tier
from xl_lianbing.intake.checks.export import reconcile
from xl_lianbing.intake.master.inputs import read_master
from xl_lianbing.intake.returned.read import read_return
from xl_lianbing.records.column import Record
from xl_lianbing.records.inputs import Task
from xl_lianbing.records.results import DISPATCH, PUBLICITY_DUTY, RANKING
from xl_lianbing.records.returns import RETURN_SHEETS, Candidate, CaseFile, PenaltyCase
from xl_lianbing.report.blocks import Block
from xl_lianbing.report.cases import case_blocks
from xl_lianbing.report.files import file_blocks
from xl_lianbing.report.officers import model_officer_blocks, officer_blocks
from xl_lianbing.report.ranking import model_unit_blocks, ranking_blocks
from xl_lianbing.report.satisfaction import satisfaction_blocks
from xl_lianbing.reviews.draw import Need, Reader, Subject, assign, draw
from xl_lianbing.reviews.send import readers_of_a_file, readers_of_deeds
from xl_lianbing.rules.pack import PackValue, RulePack, load_pack
from xl_lianbing.rules.pack.contract import FEATURE_KEYS, VALUE_KEYS
from xl_lianbing.rules.pack.model import SHIPPED
from xl_lianbing.rules.periods import last_ended
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.remarks import RemarkKind
from xl_lianbing.scoring.roster import Roster
from xl_lianbing.scoring.score import Scores
from xl_lianbing.scoring.tasks import standings
from xl_lianbing.workbooks.master.result_tabs import add_result_tab
from xl_lianbing.workbooks.master.score_page import page_lines
from xl_lianbing.workbooks.returns.blank_return import write_return
from xl_lianbing.workbooks.styles import Formats

EVERY_FEATURE = [(pack_id, f.key) for pack_id in SHIPPED for f in load_pack(pack_id).features]
EVERY_VALUE = [(pack_id, v.key) for pack_id in SHIPPED for v in load_pack(pack_id).values]
#: A reading under which the value decides, where the default does not look at it.
READING = {"review.expert_weight": {"L2": "加权"}, "baseline.lower": {"L5": "线性", "L6": "线性"}}


def test_the_contract_is_covered() -> None:
    """A key that the contract demands of a pack stands in a shipped pack, and so is tried here."""
    assert {key for _, key in EVERY_FEATURE} == FEATURE_KEYS
    assert {key for _, key in EVERY_VALUE} >= VALUE_KEYS


# ---- one small campaign in which every rule acts ----


def campaign(pack_id: str) -> Scene:
    """A city and its districts: what each feature or value acts on stands somewhere in it."""
    scene, day = Scene(pack_id), INSIDE[pack_id]
    late = day + timedelta(days=20)
    marks = [(90 - n, 70 - n) for n in range(8)]
    scene.unit("苏州市", "市级", 市="苏州市", 案卷=marks, 票=900, 重点=5, 案件=6, 重大=1, 罚款=2)
    scene.unit(
        "甲县",
        市="苏州市",
        案卷=marks[1:7],
        票=800,
        重点=20,
        案件=6,
        罚款="1.5",
        重大=2,
        文章=2,
        处罚案件=[
            "处罚决定书文号 | 罚款金额(万元) | 是否录入处罚系统 | 是否公开 | 系统录入日期",
            "甲〔1〕 | 3 | 否",
            f"甲〔2〕 | 4 | 是 | 否 | {day}",
            f"甲〔3〕 | 5 | 是 | 是 | {late}",
            "甲〔4〕 | 6",
        ],
        重大案件=[
            "重大案件类型 | 文书文号 | 金额(万元) | 是否录入处罚系统",
            "按日连续处罚 | 甲封 | 7",
            "查封扣押 | 甲封2 | - | 否",
        ],
        参评案卷=["案卷类别 | 文书文号 | 移动执法平台", "申请法院强制执行 | 甲卷末 | 否"],
        先进个人=[
            "姓名 | 参评案卷文号 | 证件有效期至 | 廉洁证明文件",
            "甲一 | 甲县卷〔1〕",
            "甲二 | 甲县卷〔2〕 | 2016-01-01 | -",
        ],
        个人办案=["姓名 | 处罚决定书文号", "甲一 | 甲〔4〕", "甲一 | 甲〔3〕", "甲二 | 甲〔4〕"],
    )
    scene.unit("乙县", 市="苏州市", 案卷=marks[:7], 票=400, 重点=3, 案件=4, 重大=1, 文章=1, 罚款=2)
    scene.unit("丙县", 市="苏州市", 案卷=marks[:7], 票=400, 重点=3, 案件=4, 重大=1, 罚款=2)
    scene.unit(
        "丁县", 市="苏州市", 名录="否", 案卷=marks[:7], 票=10, 重点=9, 案件=4, 行政复议=["处罚决定书文号", "丁〔1〕"]
    )
    lone = scene.returns["丁县"]
    scene.returns["丁县"] = replace(lone, application=lone.application.model_copy(update={"model_case": None}))
    known = [fact.key for r in scene.returns.values() for fact in r.cases if fact.key != "甲〔4〕"]
    scene.tab("处罚系统数据", "处罚决定书文号 | 单位", *(f"{key} | 甲县" for key in [*known, "甲〔99〕"]))
    scene.tab("公众投票", "对象类型 | 单位 | 姓名 | 票数", "个人 | 甲县 | 甲一 | 100", "个人 | 甲县 | 甲二 | 1")
    scene.tab("空气质量", "单位 | 上年均值 | 本年均值", "苏州市 | 50 | 60")
    scene.tab("水质断面", "单位 | 断面名称 | 上年类别 | 本年类别 | 数据是否齐备", "丙县 | 断面 | Ⅱ | Ⅳ | 是")
    kinds = ("强化督查", "达标排放", "太湖交叉检查", "其他")
    scene.tab(
        "加减分", "单位 | 指标 | 分值", *(f"{u} | {k} | {p}" for k in kinds for u, p in (("甲县", 90), ("乙县", -90)))
    )
    scene.tab("事迹评审", "单位 | 姓名 | 综合素质 | 工作能力 | 工作态度 | 工作成效", "甲县 | 甲一 | 20 | 20 | 20 | 20")
    scene.tab("廉洁核查", "单位 | 姓名", "甲县 | 甲二")
    return scene


_campaign = cache(campaign)


def scored(pack: RulePack, readings: dict[str, str] | None = None) -> tuple[Scores, Ruleset]:
    scene = _campaign(pack.id)
    rules = Ruleset(pack, {}, readings or {})
    scene.rules = rules
    return scene.score(), rules


# ---- what the product says, in facets ----

Facet = Callable[[RulePack, dict[str, str]], object]


def told(found: Iterator[Finding] | list[Finding]) -> list[tuple[str, ...]]:
    return [(f.code, f.where.unit, f.where.sheet, f.problem, f.fix) for f in found]


def results(pack: RulePack, readings: dict[str, str]) -> object:
    """Ranks, findings, reasons, remarks and every cell of the result tabs, formula and value."""
    scores, rules = scored(pack, readings)
    blocks: list[Block] = [
        *file_blocks(scores, rules),
        *case_blocks(scores, rules),
        *satisfaction_blocks(scores, rules),
        *ranking_blocks(scores, rules),
        *model_unit_blocks(scores, rules),
        *officer_blocks(scores, rules),
        *model_officer_blocks(scores),
    ]
    exported = _campaign(pack.id).inputs.system_cases
    compared = reconcile(exported, _campaign(pack.id).returns, scores.reasons, rules)
    return [str(blocks), told([*scores.findings, *compared]), str(scores.reasons), scores.remarks]


def reading(pack: RulePack, readings: dict[str, str]) -> object:
    """What is found in a return with more candidates than asked for."""
    people = [[None, f"某{n}", "科员", f"证{n}"] for n in range(3)]
    with TemporaryDirectory() as folder:
        path = a_return(
            Path(folder) / "a.xlsx",
            {"先进个人": [headers(Candidate), *people]},
            info={"填报年度": pack.year},
            stamp=None,
        )
        return told(list(read_return(path, "a.xlsx", Ruleset(pack, {}, readings)).findings))


def blank(pack: RulePack, readings: dict[str, str]) -> object:
    """Every part of a blank return: cells, hints, what may be typed, what turns yellow."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        write_return(path, pack, "甲县", Tier.COUNTY)
        with zipfile.ZipFile(path) as package:
            return {name: package.read(name) for name in package.namelist()}


def master(pack: RulePack, readings: dict[str, str]) -> object:
    """The notes of the tabs that wait for their data, and the words of 得分说明."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        for tab in (DISPATCH, PUBLICITY_DUTY):
            add_result_tab(workbook, Formats(workbook), tab, pack)
    with zipfile.ZipFile(stream) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/")]
    return [*sheets, page_lines(pack)]


def dated(pack: RulePack, readings: dict[str, str]) -> object:
    """What is asked for from day to day: the period that ended, and how each task stands."""
    rules = Ruleset(pack, {}, readings)
    tasks = [Task(code=task.code, due=task.due) for task in pack.tasks]
    days = [date(pack.year, 5, 1) + timedelta(step) for step in range(240)]
    return [(last_ended(day, rules), standings(tasks, Roster(()), {}, rules, day)) for day in days]


def reviewers(pack: RulePack, readings: dict[str, str]) -> object:
    """Who is drawn for a file and for deeds."""
    rules = Ruleset(pack, {}, readings)
    people = [Reader(f"{kind}{n}", kind, f"{kind}{n}") for kind in ReviewKind for n in range(3)]
    drawn = assign([Need("A001", "甲县", readers_of_a_file(rules))], people, "签")
    deeds = draw([Subject("S001", "甲县", readers_of_deeds(rules))], people, "签")
    return [sorted(a.reader.name for a in drawn.assigned), sorted(r.name for r in deeds.readers.get("S001", ()))]


#: Quick ones first; what people are told follows any change, so that one is enough.
TOLD: tuple[Facet, ...] = (dated, reading, master, reviewers, blank)
_before: dict[tuple[str, Facet, str], object] = {}


def before(pack: RulePack, facet: Facet, readings: dict[str, str]) -> object:
    at = (pack.id, facet, str(readings))
    if at not in _before:
        _before[at] = facet(pack, readings)
    return _before[at]


# ---- packs that differ in one thing ----


def with_feature(pack: RulePack, key: str, on: bool) -> RulePack:
    """The pack with a feature on or off; values that it then needs are taken from the other shipped packs."""
    data = pack.model_dump()
    for feature in data["features"]:
        if feature["key"] == key:
            feature["on"] = on
    known = {v["key"] for v in data["values"]}
    others = {v.key: v for other in map(load_pack, SHIPPED) for v in other.values}
    if on:
        lacking = [v for k, v in others.items() if k not in known and not k.startswith("duty.")]
        data["values"] = [*data["values"], *(v.model_dump() for v in lacking)]
    return RulePack.model_validate(data)


def with_value(pack: RulePack, key: str, value: Decimal | date) -> RulePack:
    data = pack.model_dump()
    for row in data["values"]:
        if row["key"] == key:
            row["value"] = value
    return RulePack.model_validate(data)


def other_values(value: PackValue, day: date) -> list[Decimal | date]:
    """Values that may stand in place of this one: a little and far from it, inside its limits."""
    if isinstance(value.value, date):
        return [day + timedelta(days=1), day - timedelta(days=1)]
    now = Decimal(10) if value.value is None else value.value
    tried = [now + 1, now / 2, Decimal(0), now - 1, now + 1000, Decimal("0.75")]
    low, high = value.minimum, value.maximum
    return [x for x in tried if (low is None or x >= low) and (high is None or x <= high) and x != value.value]


# ---- the proofs ----


@pytest.mark.parametrize(("pack_id", "key"), EVERY_FEATURE)
def test_every_feature_changes_the_results(pack_id: str, key: str) -> None:
    """Switched, a feature changes scores or findings; the columns that it asks for are no longer (or now) required."""
    pack = load_pack(pack_id)
    switched = with_feature(pack, key, not pack.has(key))
    assert results(switched, {}) != before(pack, results, {})
    asked = [(r, n) for r in RETURN_SHEETS for n, c in r.columns().items() if c.feature == key and c.required]
    for record, name in asked:
        required = [p.columns(record)[name].required for p in (pack, switched)]
        assert required == [pack.has(key), switched.has(key)]
    if asked:
        assert blank(switched, {}) != before(pack, blank, {})


@pytest.mark.parametrize(("pack_id", "key"), EVERY_VALUE)
def test_every_value_changes_something(pack_id: str, key: str) -> None:
    pack, readings = load_pack(pack_id), READING.get(key, {})
    others = other_values(pack.by_key[key], INSIDE[pack_id])
    proofs = [(results, other) for other in others] + [(facet, others[0]) for facet in TOLD]
    assert any(
        facet(with_value(pack, key, other), readings) != before(pack, facet, readings) for facet, other in proofs
    ), f"nothing that the product says changes with {key}"


# ---- off means off ----


def off(feature: str, pack_id: str = "jiangsu-2017") -> RulePack:
    return with_feature(load_pack(pack_id), feature, False)


def a_blank(pack: RulePack, tmp_path: Path) -> zipfile.ZipFile:
    write_return(tmp_path / "a.xlsx", pack, "甲县", Tier.COUNTY)
    return zipfile.ZipFile(tmp_path / "a.xlsx")


def cells(found: object) -> list[object]:
    return [cell for block in found for row in getattr(block, "rows", ()) for cell in row]  # type: ignore[attr-defined]


def read(tmp_path: Path, pack: RulePack, record: type[Record], row: dict[str, object]) -> list[str]:
    order = [column.header for column in record.columns().values()]
    path = a_return(tmp_path / "b.xlsx", {record.sheet: [headers(record), [row.get(h) for h in order]]}, stamp=None)
    found = read_return(path, "b.xlsx", Ruleset(pack)).findings
    return [f.code for f in found if f.code != "R08"]


def test_b1_2_without_the_mobile_platform_no_file_is_at_fault(tmp_path: Path) -> None:
    scores, _ = scored(off("mobile_platform"))
    assert not [f for f in scores.findings if "移动执法平台" in f.problem]
    assert not [f.note for d in scores.dossiers.values() for f in d.files if "移动执法平台" in f.note]
    row: dict[str, object] = {
        "案卷类别": "行政处罚",
        "文书文号": "甲罚〔2017〕1号",
        "案卷名称": "甲",
        "文书日期": date(2017, 3, 1),
        "移动执法平台": "也许",
        "案卷PDF": "a.pdf",
    }
    assert read(tmp_path, load_pack("jiangsu-2017"), CaseFile, row) == ["C04"]
    assert read(tmp_path, off("mobile_platform"), CaseFile, row) == []
    assert read(tmp_path, off("mobile_platform"), CaseFile, row | {"移动执法平台": None}) == []


def test_b2_6_without_the_export_nothing_is_compared_or_unfiled(tmp_path: Path) -> None:
    scores, rules = scored(off("export"))
    scene = _campaign("jiangsu-2017")
    assert not {NotCounted.NOT_FILED, NotCounted.NOT_IN_EXPORT} & {
        reason.why for unit in scores.reasons.values() for rows in unit.values() for reason in rows.values()
    }
    assert RemarkKind.NOT_COMPARED not in {remark.kind for remark in scores.remarks}
    assert reconcile(scene.inputs.system_cases, scene.returns, scores.reasons, rules) == []
    empty = Scene("jiangsu-2017").unit("甲县", 案件=1)
    empty.rules = rules
    assert RemarkKind.NOT_COMPARED not in {remark.kind for remark in empty.score().remarks}
    told_of_export = {f.code for f in empty.score().findings if "系统" in f.problem}
    assert not told_of_export
    row = dict(zip([c.header for c in PenaltyCase.columns().values()], case(是否录入处罚系统=None), strict=True))
    assert read(tmp_path, load_pack("jiangsu-2017"), PenaltyCase, row) == ["C01"]
    assert read(tmp_path, off("export"), PenaltyCase, row) == []


def test_b10_without_the_tie_break_equal_totals_share_a_rank() -> None:
    def twins(pack: RulePack) -> tuple[Scores, Ruleset]:
        scene = Scene("jiangsu-2017", 县级先进集体名额=1)
        scene.rules = replace(scene.rules, pack=pack)
        for name, articles in (("甲县", 3), ("乙县", 1)):
            scene.unit(name, 案件=2, 文章=articles, 票=5)
        return scene.score(), scene.rules

    scores, rules = twins(load_pack("jiangsu-2017"))
    assert [row_of(scores, n).rank for n in ("甲县", "乙县")] == [1, 2]
    scores, rules = twins(off("tie_break_articles"))
    rows = [row_of(scores, n) for n in ("甲县", "乙县")]
    assert [(r.rank, r.articles, r.selection) for r in rows] == [(1, 3, Selection.TIED), (1, 1, Selection.TIED)]
    assert unit_standing(scores, rows[1])[1:3] == ["前面没有其他单位或个人", "与甲县并列"]
    articles = {c.text for c in cells(ranking_blocks(scores, rules)) if isinstance(c, Formula)}
    letter = f"${RANKING.grid.letter('发表文章')}$"
    assert articles and not [text for text in articles if letter in text]
    assert "总分相同，跨过名额线" in str(cells(model_unit_blocks(scores, rules)))
    assert "专栏文章多的在前" not in str(page_lines(off("tie_break_articles")))


def test_tabs_of_a_feature_that_is_off_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """B4, B2.6, C5: neither rows nor what is wrong with them."""
    tables = {"空气质量": "单位* | 点位* | 指标* | 上年均值* | 本年均值*\n甲县 | 一 | PM10 | 很多 | 3"}
    path = a_master(tmp_path / "总表.xlsx", tables)
    assert any(f.where.sheet == "空气质量" for f in read_master(path).findings)
    monkeypatch.setattr("xl_lianbing.intake.master.inputs.load_pack", lambda _: off("air_veto"))
    found = read_master(path)
    assert not found.inputs.air and not any(f.where.sheet == "空气质量" for f in found.findings)
