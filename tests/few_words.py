"""Campaigns for tests of scoring, said in few words: units with counts or small text tables, no workbook.

    scene = Scene("jiangsu-2016", L5="阶梯", 全省查处案件总数=4000)
    scene.unit("吴中区", 重点=60, 案件=200)
    scene.tab("公众投票", "对象类型 | 单位 | 票数", "集体 | 吴中区 | 1000")
    scores = scene.score()

A text table has its headers in the first line, cells apart by `|`; an empty cell takes the default of a faultless row,
`-` is a cell without anything. The column 阻断 names what makes the row unusable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from xl_lianbing.glossary import Tier
from xl_lianbing.records.column import Record
from xl_lianbing.records.inputs import INPUT_TABS, Review, RosterUnit, Vote
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.records.lines import BureauInputs, CaseFact, CreditFact, Line, UnitReturn
from xl_lianbing.records.returns import (
    RETURN_SHEETS,
    CaseFile,
    MajorCase,
    OfficerCase,
    PenaltyCase,
    Publicity,
    UnitApplication,
    UnitInfo,
)
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.cases import CasePoints
from xl_lianbing.scoring.files import slots
from xl_lianbing.scoring.officers import OfficerScore
from xl_lianbing.scoring.score import Scores, UnitScore, score

R = TypeVar("R", bound=Record)

#: A day inside every window of a year's rules.
INSIDE = {"jiangsu-2016": date(2016, 10, 10), "jiangsu-2017": date(2017, 7, 10)}
BLOCKED = "阻断"


def defaults(record: type[Record], pack: str) -> dict[str, object]:
    """What a faultless row holds where a table says nothing."""
    day = INSIDE[pack]
    return {
        "处罚案件": {"in_system": "是", "published": "是", "decided_on": day, "scan": "扫描.pdf"},
        "重大案件": {"in_system": "是", "dated": day, "kind": "查封扣押"},
        "行政复议": {"result": "撤销", "decided_on": day, "applied_on": day},
        "参评案卷": {"kind": "行政处罚", "dated": day, "mobile_platform": "是"},
        "先进个人": {"certificate": "Y1", "certificate_expiry": date(2030, 1, 1), "integrity_file": "证明.pdf"},
        "个人办案": {"role": "主办", "proof": "笔录.pdf"},
        "宣传报道": {"dated": day, "kind": "文章", "medium": "中国环境报", "campaign_column": "是"},
        "案卷评审": {"reviewer": "评审甲"},
        "公众投票": {"target": "集体"},
        "空气质量": {"point": "点位一", "pollutant": "PM10"},
        "加减分": {"kind": "其他", "reason": "演示", "document": "演办〔2017〕1号"},
        "廉洁核查": {"verdict": "属实"},
    }.get(record.sheet, {})


def rows(record: type[R], lines: Sequence[str], pack: str) -> list[Line[R]]:
    """The records of a text table; row numbers as in a sheet whose header stands in row 1."""
    table = [[cell.strip() for cell in line.split("|")] for line in lines]
    by_header = {c.header: name for name, c in record.columns().items()} | {BLOCKED: BLOCKED}
    names = [by_header[header] for header in table[0]]
    result = []
    for number, cells in enumerate(table[1:], 2):
        given: dict[str, object] = {n: None if c == "-" else c for n, c in zip(names, cells, strict=False) if c}
        blocked = str(given.pop(BLOCKED, ""))
        result.append(Line(number, record.model_validate(defaults(record, pack) | given), blocked))
    return result


def fact(line: Line[PenaltyCase]) -> CaseFact:
    r = line.record
    key = document_key(r.decision_number or "")
    return CaseFact(
        line.row,
        key,
        r.decided_on,
        r.fine,
        r.in_system,
        r.published,
        r.entered_on,
        r.closed_on,
        r.closing_entered_on,
        bool(r.scan),
        line.blocked,
        "" if r.decision_number in (None, key) else r.decision_number,
    )


def credit(line: Line[OfficerCase]) -> CreditFact:
    return CreditFact(line.row, line.record.name or "", line.record.decision_number or "", line.blocked)


@dataclass
class Scene:
    """A campaign in the making: roster, returns, inputs and the rules in force."""

    pack: str = "jiangsu-2016"
    rules: Ruleset = field(init=False)
    roster: list[RosterUnit] = field(default_factory=list)
    returns: dict[str, UnitReturn] = field(default_factory=dict)
    tabs: dict[str, list[Any]] = field(default_factory=dict)

    def __init__(self, pack: str = "jiangsu-2016", **settings: object) -> None:
        self.pack = pack
        self.rules = Ruleset(load_pack(pack))
        self.roster, self.returns, self.tabs = [], {}, {}
        self.set(**settings)

    def set(self, values: Mapping[str, object] | None = None, **settings: object) -> Scene:
        """Values of 规则 by 项目 and readings by code, as the bureau would type them."""
        given = {**(values or {}), **settings}
        readings = {k: str(v) for k, v in given.items() if k[0] == "L"}
        keys = {v.item: v.key for v in self.rules.pack.values}
        typed = {keys[k]: v if isinstance(v, date) else Decimal(str(v)) for k, v in given.items() if k[0] != "L"}
        self.rules = replace(
            self.rules, values={**self.rules.values, **typed}, readings={**self.rules.readings, **readings}
        )
        return self

    def unit(
        self,
        name: str,
        tier: str = "县级",
        *,
        市: str = "",
        推荐: bool = False,
        未报: bool = False,
        申报: bool = True,
        重点: int | None = 60,
        名录: str = "是",
        案件: int = 0,
        罚款: object = None,
        重大: int = 0,
        文章: int = 0,
        票: int | None = None,
        案卷: Sequence[tuple[object, object] | None] = (),
        **sheets: Sequence[str],
    ) -> Scene:
        """A unit of the roster with its return.

        罚款: 万元 of each of its 案件; 案卷: (专家, 交叉) a place, None = no file; `sheets`: text tables by sheet
        name (处罚案件 …).
        """
        self.roster.append(RosterUnit(unit=name, tier=Tier(tier), city=市 or None, recommended="是" if 推荐 else "否"))
        if 票 is not None:
            self.add(Vote(target="集体", unit=name, votes=票))
        if 未报:
            return self
        tables = {
            r.sheet: rows(r, sheets[r.sheet], self.pack)
            for r in RETURN_SHEETS
            if r.sheet in sheets and r not in (UnitInfo, UnitApplication)
        }
        cases = [fact(line) for line in tables.pop("处罚案件", [])]
        counted = ["处罚决定书文号 | 罚款金额(万元)", *(f"{name}罚〔{n}〕 | {罚款 or ''}" for n in range(案件))]
        cases += [fact(replace(x, row=x.row + 1000)) for x in rows(PenaltyCase, counted, self.pack)]
        files, reviews = self._files(name, tier, 案卷)
        for review in reviews:
            self.add(review)
        major = rows(MajorCase, ["文书文号", *(f"{name}封〔{n}〕" for n in range(重大))], self.pack)
        articles = rows(Publicity, ["标题", *(f"文章{n}" for n in range(文章))], self.pack)
        self.returns[name] = UnitReturn(
            unit=name,
            file=f"回收/{name}.xlsx",
            info=UnitInfo(unit=name, key_enterprises=重点, list_published=名录),
            application=UnitApplication(applies="是" if 申报 else "否", model_case="典型〔1〕"),
            cases=cases,
            major_cases=[*_moved(major), *tables.pop("重大案件", [])],
            case_files=[*_moved(files), *tables.pop("参评案卷", [])],
            publicity=[*_moved(articles), *tables.pop("宣传报道", [])],
            reconsiderations=tables.pop("行政复议", []),
            candidates=tables.pop("先进个人", []),
            officer_cases=[credit(line) for line in tables.pop("个人办案", [])],
        )
        assert not tables and not set(sheets) - {r.sheet for r in RETURN_SHEETS}, f"unknown sheets {sheets.keys()}"
        return self

    def _files(
        self, unit: str, tier: str, marks: Sequence[tuple[object, object] | None]
    ) -> tuple[list[Line[CaseFile]], list[Review]]:
        kinds = [k for k, count in slots(Tier(tier), self.rules).items() for _ in range(count)]
        files: list[Line[CaseFile]] = []
        reviews: list[Review] = []
        for n, (kind, pair) in enumerate(zip(kinds, marks, strict=False), 1):
            if pair is None:
                continue
            number = file_number(unit, n)
            record = CaseFile(
                number=n, kind=kind, document_number=number, dated=INSIDE[self.pack], mobile_platform="是"
            )
            files.append(Line(n, record))
            for review_kind, points in zip(("专家", "交叉"), pair, strict=True):
                if points is not None:
                    reviews.append(
                        Review(unit=unit, document_number=number, kind=review_kind, reviewer="甲", points=points)
                    )
        return files, reviews

    def add(self, *records: Record) -> Scene:
        for record in records:
            self.tabs.setdefault(record.sheet, []).append(record)
        return self

    def tab(self, sheet: str, *lines: str) -> Scene:
        """Rows of an input tab as a text table."""
        record = next(r for r in INPUT_TABS if r.sheet == sheet)
        return self.add(*(line.record for line in rows(record, lines, self.pack)))

    @property
    def inputs(self) -> BureauInputs:
        t = self.tabs
        reviews: list[Review] = t.get("案卷评审", [])
        return BureauInputs(
            roster=self.roster,
            system_cases=t.get("处罚系统数据", []),
            reviews=reviews,
            votes=t.get("公众投票", []),
            air=t.get("空气质量", []),
            water=t.get("水质断面", []),
            adjustments=t.get("加减分", []),
            deeds=t.get("事迹评审", []),
            integrity=t.get("廉洁核查", []),
            published=t.get("公示数据", []),
            mobile=t.get("移动执法记录", []),
            forged=frozenset(
                (name_key(r.unit or ""), document_key(r.document_number or "")) for r in reviews if r.forged == "是"
            ),
        )

    def score(self, **readings: str) -> Scores:
        rules = replace(self.rules, readings={**self.rules.readings, **readings})
        return score(self.inputs, self.returns, rules)


def _moved(lines: Sequence[Line[R]]) -> list[Line[R]]:
    """Rows out of the way of those that a test numbers itself."""
    return [replace(line, row=line.row + 1000) for line in lines]


def why(scores: Scores, unit: str, sheet: str) -> dict[int, str]:
    """What 不计原因 says of the rows of a sheet that are not counted."""
    return {row: str(reason) for row, reason in scores.reasons[unit][sheet].items()}


def file_number(unit: str, place: int) -> str:
    """The document number of a unit's file that `案卷=` made."""
    return f"{unit}卷〔{place}〕"


def row_of(scores: Scores, unit: str) -> UnitScore:
    return next(u for u in scores.units if u.unit.name == unit)


def cases_of(scores: Scores, unit: str) -> CasePoints:
    return scores.case_points[unit]


def person(scores: Scores, name: str) -> OfficerScore:
    return next(o for o in scores.officers if o.officer.name == name)


def codes(scores: Scores, unit: str | None = None) -> list[str]:
    """The codes of the findings (of one unit), sorted."""
    return sorted(f.code for f in scores.findings if unit is None or f.where.unit == unit)
