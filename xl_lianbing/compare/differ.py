"""Which inputs differ, which scores and ranks moved, and which part of a score moved them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from xl_lianbing.compare.book import MasterBook, ResultRow, TypedRow, address, read_book
from xl_lianbing.glossary import ReceiptState, SubIndicator, UnitPart
from xl_lianbing.records.inputs import INPUT_TABS
from xl_lianbing.records.results import CASE_POINTS, FILE_POINTS, OFFICER_POINTS, RANKING, SATISFACTION, Grid, ResultTab

_RESULTS: Mapping[str, tuple[ResultTab, Grid]] = {
    "综合排名": (RANKING, RANKING.grid),
    "先进个人得分": (OFFICER_POINTS, OFFICER_POINTS.grid),
    "案卷质量": (FILE_POINTS, FILE_POINTS.grids[1]),
    "查处案件": (CASE_POINTS, CASE_POINTS.grid),
    "满意度": (SATISFACTION, SATISFACTION.grid),
}
_UNIT_PARTS = (*UnitPart, "发表文章", "一票否决")
_OFFICER_PARTS = ("办案得分", "案卷得分", "投票得分", "事迹得分", "一票否决")
#: Part of a unit's score → what stands behind it, by table.
_BEHIND: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "案卷质量": ("案卷质量", "参评单位", ("除数", "案卷得分合计", "记零分原因")),
    "查处案件": (
        "查处案件",
        "单位",
        (
            *(f"{sub}{part}" for sub in SubIndicator for part in ("数值", "基准值", "得分")),
            "记零分原因",
        ),
    ),
    "满意度": ("满意度", "单位", ("票数", "最高票数")),
}
_OFFICER_BEHIND = {
    "办案得分": ("办案数",),
    "案卷得分": ("专家评审", "交叉评审"),
    "投票得分": ("票数",),
    "事迹得分": ("事迹评分",),
}
#: Differences in points smaller than this are no differences: workbooks hold doubles.
_SAME = Decimal("1e-9")


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is not the same on both sides; '' = it is not there."""

    what: str
    first: str
    second: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit or officer whose rank, points or state differ: the changes, and what stands behind each."""

    who: str
    changes: Sequence[Change]
    reasons: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences; `versions`: pack and program."""

    first: Path
    second: Path
    versions: Sequence[Change]
    rules: Sequence[Change]
    rows: Sequence[Change]
    files: Sequence[Change]
    units: Sequence[Moved]
    officers: Sequence[Moved]
    cases: Sequence[Change]

    @property
    def same(self) -> bool:
        inputs = (self.versions, self.rules, self.rows, self.files)
        return not any((*inputs, self.units, self.officers, self.cases))


def compare(first: Path, second: Path) -> Comparison:
    """Compares two masters, campaign folders, or a master and its backup. Raises LianbingError; writes nothing."""
    a, b = read_book(first, _RESULTS), read_book(second, _RESULTS)
    return Comparison(
        first=a.path,
        second=b.path,
        versions=list(_changed(("规则包", "程序版本"), a.run, b.run)),
        rules=[
            Change(code, a.rules.get(code, ""), b.rules.get(code, ""))
            for code in dict.fromkeys((*a.rules, *b.rules))
            if a.rules.get(code) != b.rules.get(code)
        ],
        rows=list(_rows(a, b)),
        files=list(_files(a, b)),
        units=list(_units(a, b)),
        officers=list(_officers(a, b)),
        cases=list(_cases(a, b)),
    )


def _rows(a: MasterBook, b: MasterBook) -> Iterator[Change]:
    """Rows of the input tabs that only one side has, whatever their order."""
    for record in INPUT_TABS:
        own, other = (Counter(row.values for row in side.tabs[record.sheet]) for side in (a, b))
        for left in _only(a.tabs[record.sheet], other):
            yield Change(record.sheet, "｜".join(filter(None, left.values)), "", f"甲 {address(record, left)}")
        for right in _only(b.tabs[record.sheet], own):
            yield Change(record.sheet, "", "｜".join(filter(None, right.values)), f"乙 {address(record, right)}")


def _only(rows: Sequence[TypedRow], others: Counter[tuple[str, ...]]) -> Iterator[TypedRow]:
    left = Counter(others)
    for row in rows:
        if left[row.values] > 0:
            left[row.values] -= 1
        else:
            yield row


def _files(a: MasterBook, b: MasterBook) -> Iterator[Change]:
    """The return in use of each unit, by its content."""
    used = [{r["单位"]: r for r in side.receipts if r["状态"] == ReceiptState.RECEIVED} for side in (a, b)]
    for unit in dict.fromkeys((*used[0], *used[1])):
        left, right = (side.get(unit, {}) for side in used)
        if left.get("SHA-256") != right.get("SHA-256"):
            told = (f"{r['文件']}（{r['SHA-256'][:12]}…）" if r else "未报" for r in (left, right))
            yield Change(unit, *told)


def _units(a: MasterBook, b: MasterBook) -> Iterator[Moved]:
    for unit, left, right in _paired(a.results["综合排名"], b.results["综合排名"], ("单位",)):
        changes = list(_changed(("名次", "总分", "状态"), left, right))
        parts = list(_changed(_UNIT_PARTS, left, right))
        if changes or parts:
            yield Moved(unit, changes, [*parts, *_behind(a, b, unit, parts)])


def _behind(a: MasterBook, b: MasterBook, unit: str, parts: Sequence[Change]) -> Iterator[Change]:
    for part in parts:
        if part.what not in _BEHIND:
            continue
        table, key, headers = _BEHIND[part.what]
        left, right = (next((r for r in side.results[table] if r.get(key) == unit), {}) for side in (a, b))
        yield from _changed(headers, left, right)


def _officers(a: MasterBook, b: MasterBook) -> Iterator[Moved]:
    for who, left, right in _paired(a.results["先进个人得分"], b.results["先进个人得分"], ("单位", "姓名")):
        changes = list(_changed(("名次", "总分", "状态"), left, right))
        parts = list(_changed(_OFFICER_PARTS, left, right))
        behind = [c for part in parts for c in _changed(_OFFICER_BEHIND.get(part.what, ()), left, right)]
        if changes or parts:
            yield Moved(who, changes, [*parts, *behind])


def _cases(a: MasterBook, b: MasterBook) -> Iterator[Change]:
    """Cases that count on one side only, or are left out for another reason."""
    sides = []
    for side in (a, b):
        fates: dict[tuple[str, str], list[str]] = {}
        for row in side.cases:
            fate = "计入" if row.get("计入") == "是" else f"不计（{row.get('不计原因', '')}）"
            fates.setdefault((row["单位"], row.get("处罚决定书文号", "")), []).append(fate)
        sides.append({key: "、".join(sorted(found)) for key, found in fates.items()})
    for key in dict.fromkeys((*sides[0], *sides[1])):
        left, right = (side.get(key, "") for side in sides)
        if left != right:
            yield Change(" ".join(key), left, right)


def _paired(
    first: Sequence[ResultRow], second: Sequence[ResultRow], keys: Sequence[str]
) -> Iterator[tuple[str, ResultRow, ResultRow]]:
    sides = [{" ".join(row.get(k, "") for k in keys): row for row in rows} for rows in (first, second)]
    for who in dict.fromkeys((*sides[0], *sides[1])):
        yield who, sides[0].get(who, {}), sides[1].get(who, {})


def _changed(headers: Sequence[str], left: ResultRow, right: ResultRow) -> Iterator[Change]:
    for header in headers:
        a, b = left.get(header, ""), right.get(header, "")
        if not _same(a, b):
            yield Change(header, a, b)


def _same(a: str, b: str) -> bool:
    if a == b:
        return True
    try:
        return abs(Decimal(a) - Decimal(b)) <= _SAME
    except InvalidOperation:
        return False
