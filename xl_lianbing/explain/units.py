"""The derivation of a unit's points (B1–B10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xl_lianbing.exact import in_full
from xl_lianbing.explain.basis import basis, parts, rule_inputs
from xl_lianbing.explain.derivation import Explanation, Input, LeftOut, Step, added
from xl_lianbing.explain.places import Places, place
from xl_lianbing.explain.standing import unit_standing
from xl_lianbing.glossary import SubIndicator, Tier, UnitPart, VoteTarget
from xl_lianbing.records.inputs import Adjustment, Review, Vote
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.records.returns import CaseFile, MajorCase, PenaltyCase, Publicity
from xl_lianbing.rules import files, filing, limits, shares
from xl_lianbing.rules.baseline import LOWER, SUB_INDICATORS, UPPER, switch
from xl_lianbing.rules.loss import SATISFACTION
from xl_lianbing.rules.readings import GapRounding, codes
from xl_lianbing.rules.shares import KEY_ENTERPRISES
from xl_lianbing.scoring.cases import own_value
from xl_lianbing.scoring.score import UnitScore

_FILE_SWITCHES = codes(*files.SWITCHES)
#: Sheet and column that a sub-indicator counts, and the summary tab that says which rows do.
_COLUMNS: Mapping[SubIndicator, tuple[type[PenaltyCase] | type[MajorCase], str, str]] = {
    SubIndicator.CASES: (PenaltyCase, "decision_number", "案件汇总"),
    SubIndicator.FINES: (PenaltyCase, "fine", "案件汇总"),
    SubIndicator.MAJOR: (MajorCase, "document_number", "重大案件汇总"),
}


def explain_unit(places: Places, score: UnitScore) -> Explanation:
    """Everything behind one row of 综合排名."""
    steps = [
        _files(places, score),
        _share(places, score),
        *(_sub(places, score, sub) for sub in SubIndicator),
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
    units = [name, *(scores.holding[name].names if name in scores.holding else ())]
    inputs: list[Input] = []
    notes: list[str] = []
    for unit in units:
        for file in scores.dossiers[unit].files:
            reviews = [
                row
                for row in places.tab(Review)
                if file.number
                and name_key(row.record.unit or "") == name_key(unit)
                and document_key(row.record.document_number or "") == document_key(file.number)
            ]
            cells = [places.in_tab(Review, row, "points") for row in reviews]
            said = [(row.record.kind, row.record.note) for row in reviews if row.record.note]
            notes += [f"{unit} {file.number} {kind}评审说明：{text}" for kind, text in said]
            told = (
                f"{unit} {file.kind} {file.number or '（缺卷）'}：专家{in_full(file.expert)}，交叉{in_full(file.cross)}"
            )
            note = f"（{file.note}）" if file.note else ""
            inputs.append(Input(told, f"案卷得分{in_full(file.score(rules))}{note}", "、".join(cells)))
    formula = files.quality_told(quality.total, quality.divisor, quality.points, rules)
    if quality.zero_reason:
        formula = f"记零分：{quality.zero_reason}"
    keys = rules.pack.indicator("case_files").full_marks
    return Step(
        "B1",
        "案卷质量",
        basis(*parts(rules, keys=keys, switches=_FILE_SWITCHES, indicator="case_files")),
        formula,
        quality.points,
        [*inputs, *rule_inputs(places, keys=(*keys, files.REVIEW_FULL, files.WEIGHT), switches=_FILE_SWITCHES)],
        [line for unit in units for line in _left_out(places, unit, CaseFile.sheet)],
        notes,
    )


def _share(places: Places, score: UnitScore) -> Step:
    scores, rules = places.computed.scores, places.computed.master.rules
    points, total = scores.case_points[score.unit.name], scores.totals[KEY_ENTERPRISES]
    returns = places.computed.collected.returns
    inputs = [
        Input(f"{unit}{rules.pack.header('重点监控企业数')}", in_full(number), places.key_enterprises(unit))
        for unit in _territory(places, score)
        if unit in returns and (number := returns[unit].info.key_enterprises) is not None
    ]
    formula = shares.share_told(points.figures.key_enterprises, total, points.share)
    keys = (KEY_ENTERPRISES,)
    switches = codes(*shares.SWITCHES)
    return Step(
        "B2.1",
        "基准比例",
        basis(*parts(rules, keys=keys, switches=switches)),
        formula,
        points.share,
        [*inputs, *rule_inputs(places, keys=keys, switches=switches)],
    )


def _sub(places: Places, score: UnitScore, sub: SubIndicator) -> Step:
    scores, rules = places.computed.scores, places.computed.master.rules
    points, rule = scores.case_points[score.unit.name], SUB_INDICATORS[sub]
    own, total = points.subs[sub], scores.totals[rule.total]
    sheets = [MajorCase.sheet] if sub is SubIndicator.MAJOR else [PenaltyCase.sheet]
    sheets += [MajorCase.sheet] if sub is SubIndicator.FINES else []
    formula = "没有基准值，0分"
    if own.baseline is not None:
        line = shares.baseline_told(total, points.share, own.value, own.baseline)
        formula = f"{line}；{rule.told(own.value, own.baseline, rules)}"
    if points.figures.zero_reason:
        formula = f"指标记零分：{points.figures.zero_reason}"
    reading = switch(rules)
    switches = tuple(code for code in codes(*filing.SWITCHES[sub]) if rules.pack.switch(code).applies)
    acting = (*codes(*shares.SWITCHES), reading, *switches)
    keys = (rule.total, rule.full, UPPER, LOWER)
    return Step(
        f"{rules.pack.indicator('cases').rule} B2.5{' L7' if sub is SubIndicator.FINES else ''}",
        sub,
        basis(*parts(rules, keys=(rule.full,), switches=(reading, *switches), indicator="cases")),
        formula,
        own.points,
        [*_counted(places, score, sub), *rule_inputs(places, keys=keys, switches=acting)],
        [line for unit in _territory(places, score) for sheet in sheets for line in _left_out(places, unit, sheet)],
    )


def _counted(places: Places, score: UnitScore, sub: SubIndicator) -> list[Input]:
    """The own figure of each return of the territory, with the sheets that its rows stand in."""
    counts, returns = places.computed.scores.counts, places.computed.collected.returns
    inputs = []
    for unit in _territory(places, score):
        if unit not in counts:
            continue
        own, returned = counts[unit], returns[unit]
        value = own_value(own, sub)
        record, column, tab = _COLUMNS[sub]
        lines = returned.major_cases if sub is SubIndicator.MAJOR else returned.cases
        numbers = [line.row for line in lines] or [1]
        first, last = (returned.where(record, column, row).cell for row in (min(numbers), max(numbers)))
        where = f"{returned.file}｜{record.sheet}!{first}:{last}（{len(lines)}行，计入与否逐行见“{tab}”）"
        inputs.append(Input(f"{unit}{sub}", in_full(value), where))
    return inputs


def _satisfaction(places: Places, score: UnitScore) -> Step:
    scores, rules = places.computed.scores, places.computed.master.rules
    own = scores.satisfaction[score.unit.name]
    cells = [
        Input(f"{score.unit.name}票数", str(row.record.votes), places.in_tab(Vote, row, "votes"))
        for row in places.tab(Vote)
        if row.record.target == VoteTarget.UNIT and name_key(row.record.unit or "") == score.unit.key
    ]
    keys, switches = SATISFACTION.keys, codes(*SATISFACTION.switches)
    formula = "没有人得票，0分"
    if own.gap is not None:
        formula = (
            f"比最高票{own.most}低{in_full(own.gap)}%（{rules.reading(GapRounding)}）；"
            f"{SATISFACTION.told(own.votes, own.most, rules)}"
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
    rules, points = places.computed.master.rules, score.parts[UnitPart.ADJUSTMENTS]
    if not rules.has("adjustments"):
        return []
    rows = [r for r in places.tab(Adjustment) if name_key(r.record.unit or "") == score.unit.key]
    inputs = [
        Input(
            f"{r.record.kind}：{r.record.reason or ''}",
            str(r.record.points),
            places.in_tab(Adjustment, r, "points"),
        )
        for r in rows
    ]
    cited, told = basis(*parts(rules, indicator="adjustments")), limits.told(points)
    return [Step("B9", UnitPart.ADJUSTMENTS, cited, told, points, inputs)]


def _veto(places: Places, score: UnitScore) -> list[Step]:
    if not score.veto:
        return []
    rules = places.computed.master.rules
    cited = parts(rules, indicator="water_veto") + (
        parts(rules, indicator="air_veto") if score.unit.tier is Tier.CITY else []
    )
    return [Step("B4", "一票否决", basis(*cited), score.veto, None, notes=("保留得分和名次，不列入候选名单。",))]


def _total(places: Places, score: UnitScore) -> Step:
    formula = f"{'+'.join(score.parts)}={added(score.parts.values())}={in_full(score.total)}"
    ties = places.computed.master.rules.has("tie_break_articles")
    notes = (f"总分相同时比专栏文章数：{score.articles}篇",) if ties else ()
    left = _left_out(places, score.unit.name, Publicity.sheet)
    return Step("B10", "总分", (), formula, score.total, (), left, notes)


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
        LeftOut(numbers.get(row, ""), str(reason), place(returned.where(record, field, row)))
        for row, reason in sorted(reasons.items())
    ]


def _numbers(
    places: Places, unit: str, sheet: str
) -> tuple[type[PenaltyCase] | type[MajorCase] | type[CaseFile] | type[Publicity], str, dict[int, str]]:
    """Which column names a row of a sheet, and what stands there."""
    returned = places.computed.collected.returns[unit]
    if sheet == PenaltyCase.sheet:
        return PenaltyCase, "decision_number", {c.row: c.number for c in returned.cases}
    if sheet == MajorCase.sheet:
        return MajorCase, "document_number", {m.row: m.record.document_number or "" for m in returned.major_cases}
    if sheet == CaseFile.sheet:
        return CaseFile, "document_number", {f.row: f.record.document_number or "" for f in returned.case_files}
    return Publicity, "headline", {p.row: p.record.headline or "" for p in returned.publicity}
