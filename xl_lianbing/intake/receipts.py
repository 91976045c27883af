"""Which of the files in 回收/ is a unit's return: the latest usable one wins, the others stay listed (回执登记)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from xl_lianbing.findings import Finding, Kind, Where, finding
from xl_lianbing.glossary import ReceiptState, Severity
from xl_lianbing.intake.returns import Intake
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.records.keys import name_key
from xl_lianbing.records.lines import UnitReturn

UNKNOWN_UNIT = Kind(
    "R20",
    Severity.BLOCKING,
    "填报表的单位“{unit}”不在单位名册中，没有计入。",
    "核对“单位信息”的单位名称；确实参评的，在总表“单位名册”中增加该单位。",
    "A1",
)
SUPERSEDED = Kind(
    "R21",
    Severity.NOTE,
    "{unit}报送了多份填报表，采用《{used}》，本文件没有计入。",
    "不采用的请移出“回收”文件夹。",
    "A1",
)
NOT_RETURNED = Kind(
    "R22", Severity.WARNING, "{unit}没有可用的填报表，由填报表得出的分项为0。", "催报后重新计算。", "D1"
)
LATE = Kind(
    "R23", Severity.WARNING, "{unit}填报日期 {filled}，晚于报送时限 {due}，迟报。", "照常计入；按通知要求通报。", "D1"
)

#: Files that programs leave behind; nobody handed them in.
_LITTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})


@dataclass(frozen=True, slots=True)
class Receipt:
    """One row of 回执登记."""

    unit: str
    state: ReceiptState
    file: str = ""
    received: datetime | None = None
    sha256: str = ""
    version: str = ""
    blocking: int = 0
    warnings: int = 0
    note: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Collected:
    """What 回收/ holds: the returns in use by unit, their intakes, the receipts and the findings about files."""

    returns: dict[str, UnitReturn]
    used: dict[str, Intake]
    receipts: Sequence[Receipt]
    findings: Sequence[Finding]


def returned_files(folder: Path) -> list[Path]:
    """Every file below 回收/ in a stable order, without lock files and litter."""
    return sorted(
        p
        for p in folder.rglob("*")
        if p.is_file() and not p.name.startswith(("~$", ".~", "._")) and p.name.lower() not in _LITTER
    )


def collect(intakes: Iterable[tuple[Intake, datetime]], roster: Sequence[RosterUnit], due: date | None) -> Collected:
    """Receipts of every file and of every unit without one. `due`: the deadline of returns (D1)."""
    spelled = {name_key(u.unit): u.unit for u in roster if u.unit}
    usable: dict[str, list[tuple[Intake, datetime]]] = defaultdict(list)
    receipts: list[Receipt] = []
    findings: list[Finding] = []
    for intake, received in intakes:
        refusal, unit = intake.refusal, ""
        if intake.result is not None:
            unit = spelled.get(name_key(intake.result.unit), "")
            if not unit:
                where = Where(intake.file, "单位信息", unit=intake.result.unit)
                refusal = finding(UNKNOWN_UNIT, where, intake.result.unit, unit=intake.result.unit)
        if refusal is not None or not unit:
            assert refusal is not None
            findings.append(refusal)
            receipts.append(_refused(intake, received, refusal))
        else:
            usable[unit].append((intake, received))
    returns, used = {}, {}
    for unit in spelled.values():
        files = sorted(usable.get(unit, []), key=_recency)
        if not files:
            receipts.append(Receipt(unit, ReceiptState.MISSING, note="没有可用的填报表"))
            findings.append(finding(NOT_RETURNED, Where(unit=unit), unit=unit))
            continue
        intake, received = files[-1]
        for older, its_time in files[:-1]:
            where = Where(older.file, unit=unit)
            findings.append(finding(SUPERSEDED, where, older.file, unit=unit, used=intake.file))
            note = f"采用《{intake.file}》"
            receipts.append(
                Receipt(unit, ReceiptState.DUPLICATE, older.file, its_time, older.sha256, _version(older), note=note)
            )
        own = [replace(f, where=replace(f.where, unit=unit)) for f in intake.findings]
        late = due is not None and intake.filled_on is not None and intake.filled_on > due
        if late:
            where = Where(intake.file, "单位信息", unit=unit)
            own.append(finding(LATE, where, intake.filled_on, unit=unit, filled=intake.filled_on, due=due))
        findings += own
        assert intake.result is not None
        returns[unit], used[unit] = replace(intake.result, unit=unit), intake
        receipts.append(
            Receipt(
                unit,
                ReceiptState.RECEIVED,
                intake.file,
                received,
                intake.sha256,
                _version(intake),
                sum(f.severity is Severity.BLOCKING for f in own),
                sum(f.severity is Severity.WARNING for f in own),
                "迟报" if late else "",
                late,
            )
        )
    order = {unit: i for i, unit in enumerate(spelled.values())}
    receipts.sort(key=lambda r: (order.get(r.unit, len(order)), list(ReceiptState).index(r.state), r.file))
    return Collected(returns, used, receipts, findings)


def _recency(item: tuple[Intake, datetime]) -> tuple[date, datetime, str]:
    """The stated order of several returns of one unit: 填报日期, then the file's time, then its content."""
    intake, received = item
    return (intake.filled_on or date.min, received, intake.sha256)


def _refused(intake: Intake, received: datetime, refusal: Finding) -> Receipt:
    unit = intake.stamp.unit if intake.stamp else ""
    return Receipt(
        unit or refusal.where.unit,
        ReceiptState.REFUSED,
        intake.file,
        received,
        intake.sha256,
        _version(intake),
        blocking=1,
        note=refusal.problem,
    )


def _version(intake: Intake) -> str:
    return f"{intake.stamp.pack} {intake.stamp.version}" if intake.stamp else ""
