"""The derivation of a unit's points (B1–B10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xl_lianbing.exact import Fraction
from xl_lianbing.explain.basis import basis, parts, place, rule_inputs
from xl_lianbing.explain.derivation import Explanation, Input, LeftOut, Step, added, shown
from xl_lianbing.explain.places import Places
from xl_lianbing.explain.standing import unit_standing
from xl_lianbing.glossary import Tier, VoteTarget
from xl_lianbing.records.inputs import Adjustment, Review, Vote
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.records.returns import CaseFile, MajorCase, PenaltyCase, Publicity
from xl_lianbing.rules.kinds import file_full
from xl_lianbing.scoring.cases import KEY_TOTAL, Sub, own_value
from xl_lianbing.scoring.score import UnitScore

_SUB_KEYS = {Sub.CASES: "cases", Sub.FINES: "fines", Sub.MAJOR: "major"}
_FILE_SWITCHES = ("L1", "L2", "L3")
#: Sheet and column that a sub-indicator counts, and the summary tab that says which rows do.
_COLUMNS: Mapping[Sub, tuple[type[PenaltyCase] | type[MajorCase], str, str]] = {
    Sub.CASES: (PenaltyCase, "decision_number", "案件汇总"),
    Sub.FINES: (PenaltyCase, "fine", "案件汇总"),
    Sub.MAJOR: (MajorCase, "document_number", "重大案件汇总"),
}


def explain_unit(places: Places, score: UnitScore) -> Explanation:
    """Everything behind one row of 综合排名."""
    steps = [
        _files(places, score),
        _share(places, score),
        *(_sub(places, score, sub) for sub in Sub),
        _satisfaction(places, score),
        *_adjustments(places, score),
        *_veto(places, score),
        _total(places, score),
    ]
    standing = unit_standing(places.computed.scores, score)
    return Explanation(score.unit.name, score.total, score.rank, str(score.selection), steps, standing, True)


def _files(places: Places, score: UnitScore) -> Step:
    scores, rules, name = places.computed.scores, places.computed.master.rules, score.unit.name
    quality = scores.qualities[name]
    units = [name, *scores.holding.get(name, ())]
    inputs: list[Input] = []
    for unit in units:
        for file in scores.dossiers[unit].files:
            cells = [
                places.in_tab(Review, row, "points")
                for row in places.tab(Review)
                if file.number
                and name_key(str(row.values["unit"] or "")) == name_key(unit)
                and document_key(str(row.values["document_number"] or "")) == document_key(file.number)
            ]
            told = f"{unit} {file.kind} {file.number or '（缺卷）'}：专家{shown(file.expert)}，交叉{shown(file.cross)}"
            note = f"（{file.note}）" if file.note else ""
            inputs.append(Input(told, f"案卷得分{shown(file.points)}{note}", "、".join(cells)))
    key = "full.case_files"
    mark = file_full(rules.reading("L2"), Fraction(rules.number("review.full")))
    full = rules.number(key)
    formula = (
        f"案卷得分合计{shown(quality.total)}÷份数{quality.divisor}÷每份满分{shown(mark)}×指标满分{shown(full)}"
        f"={shown(quality.points)}"
    )
    if quality.zero_reason:
        formula = f"记零分：{quality.zero_reason}"
    elif not quality.divisor:
        formula = "没有计入平均的案卷，0分"
    return Step(
        "B1",
        "案卷质量",
        basis(*parts(rules, keys=(key,), switches=_FILE_SWITCHES, indicator="case_files")),
        formula,
        quality.points,
        [*inputs, *rule_inputs(places, keys=(key, "review.full", "review.expert_weight"), switches=_FILE_SWITCHES)],
        [line for unit in units for line in _left_out(places, unit, CaseFile.sheet)],
    )


def _share(places: Places, score: UnitScore) -> Step:
    scores, rules = places.computed.scores, places.computed.master.rules
    points, total = scores.case_points[score.unit.name], scores.totals[KEY_TOTAL]
    returns = places.computed.collected.returns
    inputs = [
        Input(f"{unit}{rules.pack.header('重点监控企业数')}", shown(number), places.key_enterprises(unit))
        for unit in _territory(places, score)
        if unit in returns and (number := returns[unit].info.key_enterprises) is not None
    ]
    source = "参评单位合计（待确认）" if total.stands_in else "规则录入值"
    formula = f"{points.key_enterprises}÷{shown(total.used)}（{total.item}，{source}）={shown(points.share)}"
    if points.share is None:
        formula = "没有重点单位数或没有全省总数，不能计算基准比例，各分项0分"
    keys = (KEY_TOTAL,)
    switches = ("L4",)
    return Step(
        "B2.1",
        "基准比例",
        basis(*parts(rules, keys=keys, switches=switches)),
        formula,
        points.share,
        [*inputs, *rule_inputs(places, keys=keys, switches=switches)],
    )


def _sub(places: Places, score: UnitScore, sub: Sub) -> Step:
    scores, rules = places.computed.scores, places.computed.master.rules
    points, key = scores.case_points[score.unit.name], _SUB_KEYS[sub]
    own, total = points.subs[sub], scores.totals[f"total.{key}"]
    reading = rules.pack.indicator("cases").switch
    sheets = [MajorCase.sheet] if sub is Sub.MAJOR else [PenaltyCase.sheet]
    sheets += [MajorCase.sheet] if sub is Sub.FINES else []
    full, upper, lower = (rules.number(k) for k in (f"full.{key}", "baseline.upper", "baseline.lower"))
    source = "参评单位合计，待确认" if total.stands_in else "规则录入值"
    formula = "没有基准值，0分"
    if own.ratio is not None:
        formula = (
            f"基准值={total.item}{shown(total.used)}（{source}）×{shown(points.share)}={shown(own.baseline)}；"
            f"比值={shown(own.value)}÷{shown(own.baseline)}={shown(own.ratio)}；"
        )
        formula += {
            "线性": f"满分{shown(full)}×(比值−{shown(lower)})÷({shown(upper)}−{shown(lower)})，限于0到满分",
            "超过0.5倍": f"比值超过{shown(lower)}得满分{shown(full)}，否则0分",
        }.get(rules.reading(reading), f"比值超过{shown(upper)}得满分{shown(full)}，否则0分")
        formula += f"={shown(own.points)}"
    if points.zero_reason:
        formula = f"指标记零分：{points.zero_reason}"
    switches = {Sub.CASES: ("L8", "L9", "L10"), Sub.FINES: ("L7", "L8", "L9", "L10"), Sub.MAJOR: ()}[sub]
    switches = tuple(c for c in switches if any(s.code == c and s.applies for s in rules.pack.switches))
    keys = (f"total.{key}", f"full.{key}", "baseline.upper", "baseline.lower")
    return Step(
        {Sub.CASES: "B2.3 B2.5", Sub.FINES: "B2.3 B2.5 L7", Sub.MAJOR: "B2.3 B2.5"}[sub],
        sub,
        basis(*parts(rules, keys=(f"full.{key}",), switches=(reading, *switches), indicator="cases")),
        formula,
        own.points,
        [*_counted(places, score, sub), *rule_inputs(places, keys=keys, switches=("L4", reading, *switches))],
        [line for unit in _territory(places, score) for sheet in sheets for line in _left_out(places, unit, sheet)],
    )


def _counted(places: Places, score: UnitScore, sub: Sub) -> list[Input]:
    """The own figure of each return of the territory, with the sheets that its rows stand in."""
    counts, returns = places.computed.scores.counts, places.computed.collected.returns
    inputs = []
    for unit in _territory(places, score):
        if unit not in counts:
            continue
        own, returned = counts[unit], returns[unit]
        value = own_value(own, sub)
        record, column, tab = _COLUMNS[sub]
        lines = returned.major_cases if sub is Sub.MAJOR else returned.cases
        numbers = [line.row for line in lines] or [1]
        first, last = (returned.where(record, column, row).cell for row in (min(numbers), max(numbers)))
        where = f"{returned.file}｜{record.sheet}!{first}:{last}（{len(lines)}行，计入与否逐行见“{tab}”）"
        inputs.append(Input(f"{unit}{sub}", shown(value), where))
    return inputs


def _satisfaction(places: Places, score: UnitScore) -> Step:
    scores, rules = places.computed.scores, places.computed.master.rules
    own = scores.satisfaction[score.unit.name]
    cells = [
        Input(f"{score.unit.name}票数", str(row.values["votes"]), places.in_tab(Vote, row, "votes"))
        for row in places.tab(Vote)
        if row.values["target"] == VoteTarget.UNIT and name_key(str(row.values["unit"] or "")) == score.unit.key
    ]
    keys, switches = ("full.satisfaction", "satisfaction.loss", "satisfaction.floor"), ("L11", "L12")
    full, loss, floor = (rules.number(key) for key in keys)
    formula = "没有人得票，0分"
    if own.gap is not None:
        formula = (
            f"比最高票{own.most}低{shown(own.gap)}%（{rules.reading('L11')}）；"
            f"满分{shown(full)}−低的百分数×{shown(loss)}，不低于{shown(floor)}={shown(own.points)}"
        )
    return Step(
        "B3",
        "执法公众满意度",
        basis(*parts(rules, keys=keys, switches=switches, indicator="satisfaction")),
        formula,
        own.points,
        [*cells, *rule_inputs(places, keys=keys, switches=switches)],
    )


def _adjustments(places: Places, score: UnitScore) -> list[Step]:
    rules = places.computed.master.rules
    if not rules.has("adjustments"):
        return []
    rows = [r for r in places.tab(Adjustment) if name_key(str(r.values["unit"] or "")) == score.unit.key]
    inputs = [
        Input(
            f"{r.values['kind']}：{r.values['reason'] or ''}",
            str(r.values["points"]),
            places.in_tab(Adjustment, r, "points"),
        )
        for r in rows
    ]
    formula = f"各指标登记分分别相加，限于上下限，再合计={shown(score.adjustments)}"
    return [Step("B9", "加减分", basis(*parts(rules, indicator="adjustments")), formula, score.adjustments, inputs)]


def _veto(places: Places, score: UnitScore) -> list[Step]:
    if not score.veto:
        return []
    rules = places.computed.master.rules
    cited = parts(rules, indicator="water_veto") + (
        parts(rules, indicator="air_veto") if score.unit.tier is Tier.CITY else []
    )
    return [Step("B4", "一票否决", basis(*cited), score.veto, None, notes=("保留得分和名次，不列入候选名单。",))]


def _total(places: Places, score: UnitScore) -> Step:
    terms = (score.quality, score.cases, score.satisfaction, score.adjustments)
    formula = f"案卷质量+查处案件+满意度+加减分={added(terms)}={shown(score.total)}"
    note = f"总分相同时比专栏文章数：{score.articles}篇"
    left = _left_out(places, score.unit.name, Publicity.sheet)
    return Step("B10", "总分", (), formula, score.total, (), left, (note,))


def _territory(places: Places, score: UnitScore) -> Sequence[str]:
    return [u.name for u in places.computed.scores.roster.territory(score.unit)]


def _left_out(places: Places, unit: str, sheet: str) -> list[LeftOut]:
    """The rows of a return's sheet that do not count, with the reason and the cell."""
    returned = places.computed.collected.returns.get(unit)
    if returned is None:
        return []
    record, field, numbers = _numbers(places, unit, sheet)
    reasons = places.computed.scores.reasons.get(unit, {}).get(sheet, {})
    return [
        LeftOut(numbers.get(row, ""), reason, place(returned.where(record, field, row)))
        for row, reason in sorted(reasons.items())
    ]


def _numbers(
    places: Places, unit: str, sheet: str
) -> tuple[type[PenaltyCase] | type[MajorCase] | type[CaseFile] | type[Publicity], str, dict[int, str]]:
    """Which column names a row of a sheet, and what stands there."""
    returned = places.computed.collected.returns[unit]
    if sheet == PenaltyCase.sheet:
        return PenaltyCase, "decision_number", {c.row: c.key for c in returned.cases}
    if sheet == MajorCase.sheet:
        return MajorCase, "document_number", {m.row: m.record.document_number or "" for m in returned.major_cases}
    if sheet == CaseFile.sheet:
        return CaseFile, "document_number", {f.row: f.record.document_number or "" for f in returned.case_files}
    return Publicity, "headline", {p.row: p.record.headline or "" for p in returned.publicity}
