"""The everyday mistakes of the demonstration campaign, one function each; `PLANTED` lists them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from xl_lianbing.demo.made_up.names import DEMO, document_number
from xl_lianbing.demo.plan import Draft, day_of
from xl_lianbing.demo.profiles import TWINS
from xl_lianbing.demo.scene import Scene
from xl_lianbing.glossary import (
    AdjustmentKind,
    PublicityKind,
    ReconsiderationResult,
    ReviewKind,
    Verdict,
    WaterClass,
    YesNo,
)
from xl_lianbing.records.inputs import Adjustment, IntegrityReport, Review, SystemCase, WaterSection
from xl_lianbing.records.returns import Candidate, CaseFile, PenaltyCase, Publicity, Reconsideration

Spoil = Callable[[Scene], None]


@dataclass(frozen=True, slots=True)
class Planted:
    """A mistake (or a special case) planted in the demonstration: where, and what a reader should find."""

    unit: str
    sheet: str
    what: str
    rule: str
    spoil: Spoil
    feature: str = ""

    def applies(self, scene: Scene) -> bool:
        units = self.unit.split("、")
        return all(unit in scene.returns for unit in units) and (not self.feature or scene.pack.has(self.feature))


def _export_row(scene: Scene, number: object) -> Draft:
    return next(row for row in scene.inputs[SystemCase] if row["decision_number"] == number)


def _append(rows: list[Draft], row: Draft) -> None:
    rows.append(row | {"number": len(rows) + 1})


def _impossible_date(scene: Scene) -> None:
    year = scene.pack.year
    in_window = f"{year}-02-30" if scene.plans["相城区"].window("decisions").start.month == 1 else f"{year}-11-31"
    scene.spare_case("相城区")["decided_on"] = in_window


def _year_typo(scene: Scene) -> None:
    case = scene.spare_case("姑苏区")
    day = day_of(case, "decided_on")
    case["decided_on"] = date(day.year - 10, day.month, day.day)


def _typed_twice(scene: Scene) -> None:
    _append(scene.rows("吴中区", PenaltyCase), scene.spare_case("吴中区"))


def _claimed_by_two(scene: Scene) -> None:
    _append(scene.rows("苏州高新区", PenaltyCase), scene.spare_case("苏州工业园区"))


def _no_scan(scene: Scene) -> None:
    scene.spare_case("太仓市")["scan"] = None


def _scan_not_handed_in(scene: Scene) -> None:
    scene.absent.add(("吴中区", str(scene.spare_case("吴中区")["scan"])))


def _unpublished(scene: Scene) -> None:
    scene.spare_case("相城区").update(published=str(YesNo.NO), published_on=None, published_at=None)


def _not_filed(scene: Scene) -> None:
    case = scene.spare_case("苏州工业园区")
    scene.inputs[SystemCase].remove(_export_row(scene, case["decision_number"]))
    case.update(in_system=str(YesNo.NO), entered_on=None, closing_entered_on=None)


def _not_in_export(scene: Scene) -> None:
    number = scene.spare_case("相城区")["decision_number"]
    scene.inputs[SystemCase].remove(_export_row(scene, number))


def _fine_in_yuan(scene: Scene) -> None:
    case = scene.spare_case("吴中区")
    case["fine"] = Decimal(20000)
    _export_row(scene, case["decision_number"])["fine"] = Decimal(2)


def _full_width(scene: Scene) -> None:
    case = scene.spare_case("姑苏区")
    case["fine"] = "１２．５"
    _export_row(scene, case["decision_number"])["fine"] = Decimal("12.5")


def _text_dates(scene: Scene) -> None:
    for template in ("{0.year}年{0.month}月{0.day}日", "{0.year}.{0.month}.{0.day}", "{0:%Y%m%d}"):
        case = scene.spare_case("太仓市")
        case["decided_on"] = template.format(day_of(case, "decided_on"))


def _entered_late(scene: Scene) -> None:
    plan = scene.plans["苏州高新区"]
    limit = plan.returned_on - timedelta(days=20)
    case = scene.spare_case("苏州高新区", lambda case: day_of(case, "decided_on") <= limit)
    case["entered_on"] = day_of(case, "decided_on") + timedelta(days=20)


def _credit_code(scene: Scene) -> None:
    case = scene.spare_case("苏州工业园区", lambda case: case["credit_code"] is not None)
    code = str(case["credit_code"])
    case["credit_code"] = code[:-1] + ("1" if code[-1] != "1" else "2")


def _corrected(scene: Scene) -> None:
    plan = scene.plans["吴中区"]
    limit = plan.returned_on - timedelta(days=40)
    case = scene.spare_case("吴中区", lambda case: day_of(case, "decided_on") <= limit)
    rows = scene.rows("吴中区", Reconsideration)
    row: Draft = {
        "decision_number": case["decision_number"],
        "applied_on": plan.returned_on - timedelta(days=30),
        "document_number": document_number("吴中区", "复决", scene.pack.year, 99),
        "decided_on": plan.returned_on - timedelta(days=2),
        "result": str(ReconsiderationResult.CHANGED),
        "remark": DEMO,
    }
    _append(rows, row)


def _no_mobile_platform(scene: Scene) -> None:
    scene.rows("苏州高新区", CaseFile)[1]["mobile_platform"] = str(YesNo.NO)


def _expired_certificate(scene: Scene) -> None:
    end = scene.plans["相城区"].window("decisions").end
    scene.rows("相城区", Candidate)[1]["certificate_expiry"] = end - timedelta(days=45)


def _no_integrity_statement(scene: Scene) -> None:
    scene.rows("姑苏区", Candidate)[0]["integrity_file"] = None


def _verified_report(scene: Scene) -> None:
    name = scene.rows("苏州高新区", Candidate)[0]["name"]
    lead = f"来信反映收受礼品（{DEMO}）"
    scene.inputs[IntegrityReport].append(
        {"unit": "苏州高新区", "name": name, "lead": lead, "verdict": str(Verdict.TRUE)}
    )


def _article_twice(scene: Scene) -> None:
    rows = scene.rows("张家港市", Publicity)
    _append(rows, next(r for r in rows if r["kind"] == PublicityKind.ARTICLE and r["campaign_column"] == YesNo.YES))


def _no_bulletin(scene: Scene) -> None:
    rows = scene.rows("苏州高新区", Publicity)
    second = next(iter(sorted({day_of(row, "dated").replace(day=1) for row in rows})[1:]))
    rows[:] = [row for row in rows if day_of(row, "dated").replace(day=1) != second]


def _no_cross_review(scene: Scene) -> None:
    document = scene.rows("苏州工业园区", CaseFile)[4]["document_number"]
    scene.inputs[Review][:] = [
        row
        for row in scene.inputs[Review]
        if (row["unit"], row["document_number"], row["kind"]) != ("苏州工业园区", document, ReviewKind.CROSS)
    ]


def _reviews_far_apart(scene: Scene) -> None:
    document = scene.rows("相城区", CaseFile)[2]["document_number"]
    for row in scene.inputs[Review]:
        points = row["points"]
        if row["document_number"] == document and row["kind"] == ReviewKind.CROSS and isinstance(points, Decimal):
            row["points"] = points - 25


def _above_cap(scene: Scene) -> None:
    scene.inputs[Adjustment].append(
        {
            "unit": "昆山市",
            "kind": str(AdjustmentKind.SUPERVISION),
            "points": Decimal(8),
            "reason": f"强化督查多次获国家和省通报表扬（{DEMO}）",
            "document": f"演示通报〔{scene.pack.year}〕88号",
        }
    )


def _section(scene: Scene, unit: str, last: WaterClass, this: WaterClass, complete: YesNo) -> None:
    scene.inputs[WaterSection].append(
        {
            "unit": unit,
            "section": f"演示断面{scene.plans[unit].index:02d}-9",
            "last_year": str(last),
            "this_year": str(this),
            "complete": str(complete),
        }
    )


def _worse_water(scene: Scene) -> None:
    _section(scene, "张家港市", WaterClass.III, WaterClass.IV, YesNo.YES)


def _incomplete_section(scene: Scene) -> None:
    _section(scene, "太仓市", WaterClass.II, WaterClass.III, YesNo.NO)


def _tie(scene: Scene) -> None:
    """Nothing to spoil: the two units have one profile (profiles.TWINS)."""


PLANTED: tuple[Planted, ...] = (
    Planted("相城区", "处罚案件", "决定日期是不存在的日期（2月30日、11月31日）", "B2.5", _impossible_date),
    Planted("姑苏区", "处罚案件", "决定日期的年份写错，不在期限内", "A3", _year_typo),
    Planted("吴中区", "处罚案件", "同一文号填了两次", "B2.10", _typed_twice),
    Planted("苏州工业园区、苏州高新区", "处罚案件", "同一文号由两个单位填报", "B2.10", _claimed_by_two),
    Planted("太仓市", "处罚案件", "没有填写决定书扫描件", "B2.6", _no_scan),
    Planted("吴中区", "处罚案件", "填写了扫描件，佐证文件夹里没有", "B2.6", _scan_not_handed_in),
    Planted("相城区", "处罚案件", "处罚信息未公开", "B2.7", _unpublished),
    Planted("苏州工业园区", "处罚案件", "未录入处罚系统", "B2.6", _not_filed),
    Planted("相城区", "处罚系统数据", "填报的案件在系统导出数据中查不到", "B2.6", _not_in_export, "export"),
    Planted("吴中区", "处罚案件", "罚款金额按元填写（20000，应为2）", "B2.5", _fine_in_yuan),
    Planted("姑苏区", "处罚案件", "罚款金额是全角文字（１２．５）", "B2.5", _full_width),
    Planted("太仓市", "处罚案件", "决定日期是文字（2017年8月1日、2017.8.1、20170801的样式）", "B2.5", _text_dates),
    Planted("苏州高新区", "处罚案件", "决定后第20天才录入系统", "B2.8", _entered_late, "filing"),
    Planted("苏州工业园区", "处罚案件", "统一社会信用代码校验位不对", "B2.10", _credit_code),
    Planted("吴中区", "行政复议", "复议变更了处罚，案卷质量记零分", "B1.5", _corrected),
    Planted("苏州高新区", "参评案卷", "一份案卷未使用移动执法平台", "B1.2", _no_mobile_platform),
    Planted("相城区", "先进个人", "执法证已过期", "C1", _expired_certificate),
    Planted("姑苏区", "先进个人", "没有廉洁证明", "C5", _no_integrity_statement),
    Planted("苏州高新区", "廉洁核查", "举报查证属实", "C5", _verified_report),
    Planted("张家港市", "宣传报道", "同一篇文章报了两次", "B10", _article_twice),
    Planted("苏州高新区", "宣传报道", "有一个月没有报送简报或信息", "D1", _no_bulletin),
    Planted("苏州工业园区", "案卷评审", "一份案卷没有交叉评审", "B1.3", _no_cross_review),
    Planted("相城区", "案卷评审", "同一案卷的专家评审和交叉评审相差过大", "B1.6", _reviews_far_apart),
    Planted("昆山市", "加减分", "强化督查加分超过上限", "B9", _above_cap, "adjustments"),
    Planted("张家港市", "水质断面", "国控断面水质类别下降，一票否决", "B4.2", _worse_water),
    Planted("太仓市", "水质断面", "断面数据不齐备，不参与评价", "B4.2", _incomplete_section),
    Planted("、".join(TWINS), "综合排名", "两个单位总分和文章数都相同，正好跨在名额线上", "B10", _tie),
)


def plant(scene: Scene) -> tuple[Planted, ...]:
    """Puts every mistake that fits the roster and the year into the scene; returns those."""
    planted = tuple(mistake for mistake in PLANTED if mistake.applies(scene))
    for mistake in planted:
        mistake.spoil(scene)
    return planted
