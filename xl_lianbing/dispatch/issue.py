"""An issue of the dispatch, frozen in 调度/ as JSON (D1.2): what was sent stays as it was sent."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from xl_lianbing.dispatch.figures import APPLIED, CASES, CORRECTED, FINES, Figures
from xl_lianbing.errors import LianbingError
from xl_lianbing.exact import Fraction, fraction_of, in_full
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import MajorKind, PaceState, Tier
from xl_lianbing.rules.periods import Period

_NAME: Final = re.compile(r"第(\d+)期_(\d{4}-\d{2}-\d{2})\.json")
_KINDS: Final = "重大案件分类"


@dataclass(frozen=True, slots=True)
class Correction:
    """更正 or, of a unit that had not reported then, 补报: what an earlier issue said of `item`, and what is so now."""

    unit: str
    period: str
    item: str
    said: Fraction
    now: Fraction
    late: bool = False

    @property
    def told(self) -> str:
        if self.late:
            return f"{self.period}补报{self.item}{in_full(self.now)}"
        return f"{self.period}{self.item}上期报{in_full(self.said)}，现为{in_full(self.now)}"


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in an issue. `expected`, `ratio`: None where `remarks` say why. `silent`: why it is 未报."""

    unit: str
    tier: Tier
    figures: Figures
    expected: Fraction | None
    ratio: Fraction | None
    state: PaceState
    silent: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """`issued`: the day asked for. `whole`: all units up to the period's end; `own`: in the period itself.

    `next_due`: by when the units are asked to answer; None: nobody has said. `slow_below`: D2's value.
    `stand_in`: L4's sum serves as baseline. `returns`: unit → file and SHA-256 used.
    """

    number: int
    period: Period
    issued: date
    pack: str
    campaign: str
    issuer: str
    next_due: date | None
    slow_below: Fraction
    stand_in: bool
    whole: Figures
    own: Figures
    lines: tuple[UnitLine, ...]
    corrections: tuple[Correction, ...]
    returns: Mapping[str, tuple[str, str]]

    @property
    def label(self) -> str:
        return f"第{self.number:02d}期"

    def line(self, unit: str) -> UnitLine | None:
        return next((line for line in self.lines if line.unit == unit), None)

    def of(self, state: PaceState) -> list[UnitLine]:
        return [line for line in self.lines if line.state is state]


def frozen_file(folder: CampaignFolder, issue: Issue) -> Path:
    return folder.issues / f"{issue.label}_{issue.period.end}.json"


def bulletin_file(folder: CampaignFolder, issue: Issue) -> Path:
    return folder.issues / f"通报_{issue.label}.docx"


def issues_sent(folder: CampaignFolder) -> list[Issue]:
    """All frozen issues, the oldest first. Raises LianbingError for one that can't be read or doesn't belong there."""
    if not folder.issues.is_dir():
        return []
    issues = []
    for file in sorted(folder.issues.iterdir()):
        if (named := _NAME.fullmatch(file.name)) is None:
            continue
        try:
            issue = _thawed(json.loads(file.read_text("utf-8")))
        except (ValueError, KeyError, TypeError, AttributeError, OSError) as e:
            raise _unusable(file) from e
        if issue.number != int(named[1]) or str(issue.period.end) != named[2]:
            raise _unusable(file)
        issues.append(issue)
    issues.sort(key=lambda issue: issue.number)
    for one, other in zip(issues, issues[1:], strict=False):
        if one.number == other.number or one.period.end >= other.period.end:
            raise LianbingError(
                f"“{folder.issues.name}”里第{one.number}期和第{other.number}期的期次重复或前后颠倒。",
                "只留每一期原来的一个文件，把多出来的（例如复制的）移到别处，再试。",
            )
    return issues


def _unusable(file: Path) -> LianbingError:
    return LianbingError(
        f"已发出的调度《{file.parent.name}/{file.name}》读不出来，或者被改动过，没有改动任何文件。",
        "从备份恢复这个文件；它是程序冻结的记录，不要改名，也不要手工修改。",
    )


def frozen(issue: Issue) -> bytes:
    """The issue as JSON: the same issue, the same bytes; fractions are written exactly."""
    data = {
        "期": issue.number,
        "期次": issue.period.name,
        "本期起": issue.period.start,
        "截至": issue.period.end,
        "调度日期": issue.issued,
        "规则包": issue.pack,
        "活动名称": issue.campaign,
        "主办单位": issue.issuer,
        "下期截止": issue.next_due,
        "偏慢界线": _exact(issue.slow_below),
        "以参评单位合计代替": issue.stand_in,
        "合计": _figures(issue.whole),
        "本期合计": _figures(issue.own),
        "单位": [
            {
                "单位": line.unit,
                "层级": line.tier,
                **_figures(line.figures),
                "应有案件": _exact(line.expected),
                "进度比": _exact(line.ratio),
                "状态": line.state,
                "未报原因": line.silent,
                "说明": list(line.remarks),
            }
            for line in issue.lines
        ],
        "更正": [
            {
                "单位": c.unit,
                "期次": c.period,
                "项目": c.item,
                "上期报": _exact(c.said),
                "现为": _exact(c.now),
                "补报": c.late,
            }
            for c in issue.corrections
        ],
        "填报表": [{"单位": unit, "文件": file, "SHA-256": sha} for unit, (file, sha) in issue.returns.items()],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def _exact(value: Fraction | None) -> str | None:
    """`12.5`, or `121/243` where decimals never end."""
    if value is None:
        return None
    told = in_full(value)
    return f"{value.numerator}/{value.denominator}" if "…" in told else told


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        **{item: _exact(n) if isinstance(n, Fraction) else n for item, n in figures.by_item.items()},
        _KINDS: {kind: figures.kinds.get(kind, 0) for kind in MajorKind},
    }


def _thawed(data: Mapping[str, Any]) -> Issue:
    period = Period(date.fromisoformat(data["截至"]), date.fromisoformat(data["本期起"]), str(data["期次"]))
    return Issue(
        number=int(data["期"]),
        period=period,
        issued=date.fromisoformat(data["调度日期"]),
        pack=str(data["规则包"]),
        campaign=str(data["活动名称"]),
        issuer=str(data["主办单位"]),
        next_due=date.fromisoformat(data["下期截止"]) if data["下期截止"] else None,
        slow_below=fraction_of(data["偏慢界线"]),
        stand_in=bool(data["以参评单位合计代替"]),
        whole=_thawed_figures(data["合计"]),
        own=_thawed_figures(data["本期合计"]),
        lines=tuple(
            UnitLine(
                unit=str(line["单位"]),
                tier=Tier(line["层级"]),
                figures=_thawed_figures(line),
                expected=_thawed_number(line["应有案件"]),
                ratio=_thawed_number(line["进度比"]),
                state=PaceState(line["状态"]),
                silent=str(line["未报原因"]),
                remarks=tuple(map(str, line["说明"])),
            )
            for line in data["单位"]
        ),
        corrections=tuple(
            Correction(
                str(c["单位"]),
                str(c["期次"]),
                str(c["项目"]),
                fraction_of(c["上期报"]),
                fraction_of(c["现为"]),
                bool(c["补报"]),
            )
            for c in data["更正"]
        ),
        returns={str(r["单位"]): (str(r["文件"]), str(r["SHA-256"])) for r in data["填报表"]},
    )


def _thawed_number(text: str | None) -> Fraction | None:
    return None if text is None else fraction_of(text)


def _thawed_figures(data: Mapping[str, Any]) -> Figures:
    return Figures(
        cases=int(data[CASES]),
        fines=fraction_of(data[FINES]),
        kinds={kind: int(data[_KINDS][kind]) for kind in MajorKind},
        applied=int(data[APPLIED]),
        corrected=int(data[CORRECTED]),
    )


def previous(issues: Sequence[Issue], period: Period) -> Issue | None:
    """The issue before that of a period."""
    earlier = [issue for issue in issues if issue.period.end < period.end]
    return earlier[-1] if earlier else None
