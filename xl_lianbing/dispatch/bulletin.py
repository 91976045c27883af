"""通报 of an issue: the whole, who is ahead, who is slow or silent, what is corrected, what is asked, all units."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from xl_lianbing.dispatch.figures import APPLIED, CASES, CORRECTED, MAJOR, Figures
from xl_lianbing.dispatch.issue import Issue, UnitLine
from xl_lianbing.dispatch.paper import Heading, Paper, Sheet, typeset
from xl_lianbing.exact import Fraction, half_up, in_full
from xl_lianbing.glossary import MajorKind, PaceState, Tier

_PLACES: Final = 2
#: So many are named as being ahead.
_AHEAD: Final = 3
_NUMERALS: Final = "一二三四五六"
_TABLE: Final = ("地区", CASES, "罚款金额（万元）", MAJOR, APPLIED, CORRECTED, "进度比", "状态")


def bulletin(issue: Issue) -> bytes:
    """A Word document; the same issue gives the same bytes."""
    sections = [
        ("总体情况", list(_overall(issue))),
        ("进展较快的地区", list(_ahead(issue))),
        ("进度缓慢、力度不足的地区", list(_behind(issue))),
        ("更正和补报", list(_corrections(issue))),
        ("下一步要求", list(_asked(issue))),
    ]
    body: list[str | Heading] = [
        f"按照{issue.campaign}的要求，现将截至{_day(issue.period.end)}各地行政处罚案件和涉及行政处罚复议案件的调度情况"
        "通报如下。"
    ]
    for numeral, (title, paragraphs) in zip(_NUMERALS, (s for s in sections if s[1]), strict=False):
        body += [Heading(f"{numeral}、{title}"), *paragraphs]
    bureau = "生态环境局" if "生态环境" in issue.issuer else "环境保护局"
    paper = Paper(
        issuer=issue.issuer,
        number=f"〔{issue.issued.year}〕　　号",
        title=(f"关于{issue.campaign}", f"第{issue.number}期调度情况的通报"),
        addressees=f"各设区市{bureau}：" if _several(issue) else f"各市、区{bureau}：",
        body=body,
        signed_on=issue.issued,
        attachment=_table(issue),
    )
    return typeset(paper)


def _overall(issue: Issue) -> Iterator[str]:
    whole, own, place = issue.whole, issue.own, _place(issue)
    kinds = "、".join(f"{kind}{whole.kinds.get(kind, 0)}件" for kind in MajorKind)
    yield (
        f"截至{_day(issue.period.end)}，{place}共作出行政处罚决定{whole.cases}件，罚款金额{_money(whole.fines)}万元；"
        f"办理重大案件{whole.major}件，其中{kinds}；发生行政复议案件{whole.applied}件，其中纠正{whole.corrected}件。"
    )
    yield (
        f"其中，{_day(issue.period.start)}至{_day(issue.period.end)}作出行政处罚决定{own.cases}件，"
        f"罚款金额{_money(own.fines)}万元，办理重大案件{own.major}件，发生行政复议案件{own.applied}件，"
        f"纠正{own.corrected}件。"
    )
    judged = [line for line in _judged(issue) if line.state is not PaceState.SILENT]
    if none := [line.unit for line in judged if not line.figures.cases]:
        yield f"已报送、至今没有作出行政处罚决定的有{_listed(none)}。"
    if none := [line.unit for line in judged if line.figures.cases and not line.figures.major]:
        yield f"至今没有办理重大案件的有{_listed(none)}。"


def _ahead(issue: Issue) -> Iterator[str]:
    judged = [line for line in _judged(issue) if line.state is not PaceState.SILENT and line.figures.cases]
    if not judged:
        yield "本期没有进展较快的地区。"
        return
    most = sorted(judged, key=lambda line: -line.figures.cases)
    least_named = most[:_AHEAD][-1].figures.cases
    named = [f"{line.unit}（{line.figures.cases}件）" for line in most if line.figures.cases >= least_named]
    yield f"案件数居前的有{_listed(named)}。"
    fast = sorted((x for x in judged if x.ratio is not None and x.ratio >= 1), key=lambda x: -(x.ratio or 0))
    if fast:
        yield f"进度比达到1以上的有{_listed(f'{x.unit}（{_ratio(x, issue)}）' for x in fast)}。"


def _behind(issue: Issue) -> Iterator[str]:
    slow, silent = issue.of(PaceState.SLOW), issue.of(PaceState.SILENT)
    for line in slow:
        expected = line.expected or Fraction(0)
        yield (
            f"{line.unit}案件{line.figures.cases}件，进度比{_ratio(line, issue)}，低于{in_full(issue.slow_below)}，"
            f"距应有的{_money(expected)}件差{_money(expected - line.figures.cases)}件。"
        )
    if silent:
        yield f"本期未报送的有{_listed(f'{line.unit}（{line.silent}）' for line in silent)}。"
    if not slow and not silent:
        yield "本期没有进度偏慢或未报送的地区。"


def _corrections(issue: Issue) -> Iterator[str]:
    for unit in dict.fromkeys(c.unit for c in issue.corrections):
        own = [c.told for c in issue.corrections if c.unit == unit]
        yield f"{unit}：{'；'.join(own)}。"


def _asked(issue: Issue) -> Iterator[str]:
    by = f"于{_day(issue.next_due)}前" if issue.next_due else "于　　月　　日前"
    slow, silent = issue.of(PaceState.SLOW), issue.of(PaceState.SILENT)
    if silent:
        yield f"请{_listed(line.unit for line in silent)}{by}报送填报表。"
    if slow:
        yield f"请{_listed(line.unit for line in slow)}{by}书面说明进度偏慢的原因，依法加快案件办理。"
    yield (
        f"请各地{by}更新填报表，如实报送行政处罚和行政复议情况；依法办案，严禁以大练兵为由开展运动式执法、突击执法。"
    )


def _table(issue: Issue) -> Sheet:
    rows = [
        (
            line.unit,
            str(figures.cases),
            _money(figures.fines),
            str(figures.major),
            str(figures.applied),
            str(figures.corrected),
            "—" if line.ratio is None else _ratio(line, issue),
            line.state,
        )
        for line, figures in ((line, line.figures) for line in issue.lines)
    ]
    total = _total(issue.whole) if len(issue.lines) > 1 else []
    city = "市级单位的数为其行政区域合计；" if any(line.tier is Tier.CITY for line in issue.lines) else ""
    basis = (
        "全省总数尚未录入，暂以参评单位截至当日的案件合计×基准比例作基准（待确认）"
        if issue.stand_in
        else "应有案件＝基准值×统计期已过天数÷总天数"
    )
    note = (
        f"注：数据截至{_day(issue.period.end)}，自统计期首日累计；{city}进度比＝案件数÷应有案件，{basis}；"
        f"进度比低于{in_full(issue.slow_below)}的为偏慢；“—”为不能计算。"
    )
    return Sheet(f"{_place(issue)}办案进度表", [_TABLE, *rows, *total], note)


def _total(whole: Figures) -> list[tuple[str, ...]]:
    numbers = (str(whole.cases), _money(whole.fines), str(whole.major), str(whole.applied), str(whole.corrected))
    return [("合计", *numbers, "—", "—")]


def _several(issue: Issue) -> bool:
    return sum(line.tier is Tier.CITY for line in issue.lines) > 1


def _place(issue: Issue) -> str:
    return "全省" if _several(issue) else "全市"


def _judged(issue: Issue) -> Sequence[UnitLine]:
    """Whom the bulletin compares: cities in a province, counties in a city; a city's roll-up is no place among them."""
    tier = Tier.CITY if _several(issue) else Tier.COUNTY
    return [line for line in issue.lines if line.tier is tier] or issue.lines


def _ratio(line: UnitLine, issue: Issue) -> str:
    """With more places where two would hide that it is below the line."""
    ratio = line.ratio or Fraction(0)
    shown = half_up(ratio, _PLACES)
    hidden = ratio < issue.slow_below <= Fraction(shown)
    return str(half_up(ratio, 4) if hidden else shown)


def _money(value: Fraction) -> str:
    return re.sub(r"\.?0+$", "", text) if "." in (text := str(half_up(value, _PLACES))) else text


def _listed(names: Iterable[str]) -> str:
    return "、".join(names)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
