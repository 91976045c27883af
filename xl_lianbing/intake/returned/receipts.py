"""Which of the files in 回收/ is a unit's return: the latest usable one wins, the others stay listed (回执登记).

Whose a file is, is told by its content (stamp, unit, year), never by its name. Of several of one unit the one with the
latest 填报日期 is used (none, or one that lies ahead: the earliest), then the one saved last; a file that can't be used
never displaces one that can.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from xl_lianbing.errors import CampaignNotFound
from xl_lianbing.findings import Finding, Where, finding
from xl_lianbing.findings import receipts as k
from xl_lianbing.folder import stem_of
from xl_lianbing.glossary import ReceiptState, Severity
from xl_lianbing.intake.mailed.arrivals import is_litter
from xl_lianbing.intake.returned.read import Intake
from xl_lianbing.intake.returned.versions import version_finding
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.records.keys import name_key
from xl_lianbing.records.lines import UnitReturn
from xl_lianbing.records.returns import UnitInfo

_Received = tuple[Intake, datetime]


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
    #: How many files a line of 佐证 stands for.
    files: int = 0


@dataclass(frozen=True, slots=True)
class Collected:
    """What 回收/ holds: the returns in use by unit, their intakes, the receipts and the findings about files."""

    returns: dict[str, UnitReturn]
    used: dict[str, Intake]
    receipts: Sequence[Receipt]
    findings: Sequence[Finding]

    def with_evidence(
        self, receipts: Iterable[Receipt], findings: Iterable[Finding], roster: Sequence[RosterUnit]
    ) -> Collected:
        """The same with the scans that came with the returns."""
        units = list(dict.fromkeys(u.unit for u in roster if u.unit))
        told = _in_order([*self.receipts, *receipts], units)
        return replace(self, receipts=told, findings=[*self.findings, *findings])

    def counted(self, findings: Iterable[Finding]) -> Collected:
        """The same with the number of findings of the whole run in each receipt of a return in use."""
        number = Counter((f.where.file, f.severity) for f in findings if f.where.file)
        return replace(
            self,
            receipts=[
                replace(r, blocking=number[r.file, Severity.BLOCKING], warnings=number[r.file, Severity.WARNING])
                if r.state is ReceiptState.RECEIVED
                else r
                for r in self.receipts
            ],
        )


def returned_files(folder: Path) -> list[Path]:
    """Every file below 回收/ in a stable order, without lock files and litter.

    What can't be opened is among them (folders, links that lead nowhere, pipes): reading says so of each.
    Raises CampaignNotFound if there is no such folder: that nobody returned anything is another thing.
    """
    if not folder.is_dir():
        raise CampaignNotFound(
            f"活动文件夹里没有“{folder.name}”文件夹（{folder}），没有改动任何文件。",
            f"请把“{folder.name}”文件夹放回原处（可能被改名、移走，或者网盘、U盘没有连上）；确实还没有收到填报表的，新建一个空的“{folder.name}”文件夹。",
        )
    found: list[Path] = []

    def unopened(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            found.append(Path(error.filename))

    for place, _, names in os.walk(folder, onerror=unopened):
        found += [Path(place, name) for name in names if not is_litter(name)]
    return sorted(found)


def collect(
    intakes: Iterable[_Received],
    roster: Sequence[RosterUnit],
    due: date | None,
    version: str = "",
    today: date | None = None,
) -> Collected:
    """Receipts of every file and of every unit without one.

    Args:
        intakes: each file as read, with the time at which it was saved.
        roster: the units that take part.
        due: the deadline of returns (D1).
        version: the version of the campaign's pack; returns made for another one are accepted and say so.
        today: the day of the run; a 填报日期 after it is a typing error.
    """
    units = {name_key(u.unit): u for u in roster if u.unit}
    spelled = {key: u.unit or "" for key, u in units.items()}
    today = today or date.today()
    usable: dict[str, list[_Received]] = defaultdict(list)
    receipts: list[Receipt] = []
    findings: list[Finding] = []
    for intake, received in intakes:
        refusal, unit = intake.refusal, ""
        if intake.result is not None:
            unit = spelled.get(name_key(intake.result.unit), "")
            if not unit:
                refusal = _unknown_unit(intake)
        if unit:
            usable[unit].append((intake, received))
        elif refusal is not None:
            findings.append(refusal)
            receipts.append(_refused(intake, received, refusal))
    hints = _hints(usable, receipts, units, spelled)
    returns, used = {}, {}
    for key, unit in spelled.items():
        files = sorted(usable.get(unit, []), key=lambda item: _recency(item, today))
        if not files:
            receipts.append(_missing(unit, due, receipts, hints.get(unit, ""), findings))
            continue
        (intake, received), older = files[-1], files[:-1]
        receipts += _superseded(units[key], older, intake, spelled, findings)
        own = [f.at(unit=unit) for f in intake.findings]
        own += _about(intake, units[key], spelled, version, today)
        late = due is not None and intake.filled_on is not None and due < intake.filled_on <= today
        if late:
            where = _place(intake, "filled_on", unit)
            own.append(finding(k.LATE, where, intake.filled_on, unit=unit, filled=intake.filled_on, due=due))
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
    return Collected(returns, used, _in_order(receipts, list(spelled.values())), findings)


def _in_order(receipts: Iterable[Receipt], units: Sequence[str]) -> list[Receipt]:
    order, states = {unit: i for i, unit in enumerate(units)}, list(ReceiptState)
    return sorted(receipts, key=lambda r: (order.get(r.unit, len(order)), states.index(r.state), r.file))


def _recency(item: _Received, today: date) -> tuple[date, datetime, str]:
    """The stated order of several returns of one unit: 填报日期, then the file's time, then its content."""
    intake, received = item
    filled = intake.filled_on
    return (filled if filled is not None and filled <= today else date.min, received, intake.sha256)


def _place(intake: Intake, field: str, unit: str) -> Where:
    """The cell of a field of 单位信息."""
    assert intake.result is not None
    sheet, cells = intake.result.forms.get(UnitInfo.sheet, (UnitInfo.sheet, {}))
    return Where(intake.file, sheet, cells.get(field, ""), unit)


def _unknown_unit(intake: Intake) -> Finding:
    assert intake.result is not None
    unit = intake.result.unit
    return finding(k.UNKNOWN_UNIT, _place(intake, "unit", unit), unit, unit=unit)


def _hints(
    usable: Mapping[str, Sequence[_Received]],
    receipts: Sequence[Receipt],
    units: Mapping[str, RosterUnit],
    spelled: Mapping[str, str],
) -> dict[str, str]:
    """Unit → the file whose name says that it is of this unit, though its content does not: to be asked about."""
    hints: dict[str, str] = {}
    for unit, files in usable.items():
        for intake, _ in files:
            if named := _named(intake.file, unit, units[name_key(unit)].city or "", spelled):
                hints.setdefault(named, f"《{intake.file}》的文件名写着它，内容是“{unit}”的填报表")
    cities = {name_key(u.city or "") for u in units.values()}
    for receipt in receipts:
        if receipt.state is ReceiptState.REFUSED and name_key(receipt.unit) not in spelled:
            stem = name_key(stem_of(receipt.file))
            keys = {key for key in spelled if key in stem}
            keys = keys - cities or keys
            if len(keys) == 1:
                hints.setdefault(spelled[keys.pop()], f"《{receipt.file}》的文件名写着它，这个文件不能使用")
    return hints


def _missing(unit: str, due: date | None, refused: Sequence[Receipt], hint: str, findings: list[Finding]) -> Receipt:
    sent = [r.file for r in refused if r.state is ReceiptState.REFUSED and name_key(r.unit) == name_key(unit)]
    why = f"报来的《{sent[0]}》不能使用" if sent else hint or "没有报送"
    asked = f"，报送时限 {due}" if due else ""
    findings.append(finding(k.NOT_RETURNED, Where(unit=unit), unit=unit, why=why, asked=asked))
    told = f"；{hint}" if hint and not sent else ""
    return Receipt(unit, ReceiptState.MISSING, note=f"没有可用的填报表{asked}{told}")


def _superseded(
    owner: RosterUnit,
    older: Sequence[_Received],
    used: Intake,
    spelled: Mapping[str, str],
    findings: list[Finding],
) -> list[Receipt]:
    receipts, unit = [], owner.unit or ""
    for intake, received in older:
        note = f"采用《{used.file}》"
        if intake.sha256 == used.sha256:
            note += "，内容完全相同"
        undated = [i.file for i in (intake, used) if i.filled_on is None]
        if len(undated) == 1:
            note += f"，《{undated[0]}》没有填报日期"
        where = Where(intake.file, unit=unit)
        if named := _named(intake.file, unit, owner.city or "", spelled):
            words = {"named": named, "unit": unit, "done": f"没有计入（{note}）"}
            findings.append(finding(k.NAMED_OTHERWISE, where, intake.file, **words))
        else:
            findings.append(finding(k.SUPERSEDED, where, intake.file, unit=unit, note=note))
        state, version = ReceiptState.DUPLICATE, _version(intake)
        receipts.append(Receipt(unit, state, intake.file, received, intake.sha256, version, note=note))
    return receipts


def _about(intake: Intake, unit: RosterUnit, spelled: dict[str, str], version: str, today: date) -> list[Finding]:
    """What is odd about a return that is in use: version, tier, day of filling, name of the file."""
    assert intake.result is not None
    info, name = intake.result.info, unit.unit or ""
    found = []
    if (other := version_finding(intake, version)) is not None:
        found.append(other.at(unit=name))
    if info.tier is not None and unit.tier is not None and info.tier is not unit.tier:
        found.append(finding(k.OTHER_TIER, _place(intake, "tier", name), info.tier, found=info.tier, listed=unit.tier))
    if intake.filled_on is not None and intake.filled_on > today:
        where = _place(intake, "filled_on", name)
        found.append(finding(k.FILLED_AHEAD, where, intake.filled_on, filled=intake.filled_on, today=today))
    named = _named(intake.file, name, unit.city or "", spelled)
    if named:
        words = {"named": named, "unit": name, "done": f"按“{name}”计入"}
        found.append(finding(k.NAMED_OTHERWISE, Where(intake.file, unit=name), intake.file, **words))
    return found


def _named(file: str, unit: str, city: str, spelled: Mapping[str, str]) -> str:
    """Another unit that the file's name says it is of, '' if none: then somebody may have sent a wrong file."""
    stem = name_key(stem_of(file))
    if name_key(unit) in stem:
        return ""
    named = {name for key, name in spelled.items() if key in stem and key != name_key(city)}
    return named.pop() if len(named) == 1 else ""


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
