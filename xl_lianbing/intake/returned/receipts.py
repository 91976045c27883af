"""Which of the files in 回收/ is a unit's return: the latest usable one wins, the others stay listed (回执登记).

Whose a file is, is told by its content (stamp, unit, year), never by its name; which of several counts stands in
`rivals.py`. A file that can't be used never displaces one that can.
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
from xl_lianbing.glossary import Audience, ReceiptState, Severity
from xl_lianbing.intake.mailed.arrivals import is_litter
from xl_lianbing.intake.returned.read import Intake
from xl_lianbing.intake.returned.rivals import Received, in_order, lost, place_of
from xl_lianbing.intake.returned.versions import version_finding
from xl_lianbing.records.bureaus import unit_of_bureau
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.records.keys import name_key
from xl_lianbing.records.lines import UnitReturn
from xl_lianbing.records.near import meant, nearest

_UNITS_NAMED = 8


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
class WaitingCopy:
    """A feedback copy that somebody changed where it lies in 反馈/: a return that was not handed in yet."""

    file: str
    unit: str


@dataclass(frozen=True, slots=True)
class Collected:
    """What 回收/ holds: the returns in use by unit, their intakes, the receipts and the findings about files."""

    returns: dict[str, UnitReturn]
    used: dict[str, Intake]
    receipts: Sequence[Receipt]
    findings: Sequence[Finding]

    def waiting(self, copies: Sequence[WaitingCopy]) -> Collected:
        """The same with what waits in 反馈/, said of each and in the unit's receipt."""
        notes = {name_key(copy.unit): f"反馈里改过的《{copy.file}》还没有移到回收" for copy in copies}
        told = [finding(k.COPY_CHANGED, Where(copy.file, unit=copy.unit), file=copy.file) for copy in copies]
        states = (ReceiptState.RECEIVED, ReceiptState.MISSING)
        receipts = [
            replace(r, note="；".join(filter(None, (r.note, notes[name_key(r.unit)]))))
            if r.state in states and name_key(r.unit) in notes
            else r
            for r in self.receipts
        ]
        return replace(self, receipts=receipts, findings=[*self.findings, *told])

    def since(self, received: Sequence[str]) -> Collected:
        """The same with what to say of units whose returns were in at the run before and are gone now: loud if they
        are most of them."""
        handed_in = {r.unit for r in self.receipts if r.state is not ReceiptState.MISSING}
        missing = {r.unit for r in self.receipts} - handed_in
        gone = [unit for unit in received if unit in missing]
        if not gone:
            return self
        severity = Severity.BLOCKING if 2 * len(gone) >= len(received) else Severity.WARNING
        named = "、".join(gone[:_UNITS_NAMED]) + ("等" if len(gone) > _UNITS_NAMED else "")
        words = {"before": len(received), "count": len(gone), "units": named}
        return replace(
            self, findings=[*self.findings, finding(k.RETURNS_GONE, Where(), named, None, severity, **words)]
        )

    def with_evidence(
        self, receipts: Iterable[Receipt], findings: Iterable[Finding], roster: Sequence[RosterUnit]
    ) -> Collected:
        """The same with the scans that came with the returns."""
        units = list(dict.fromkeys(u.unit for u in roster if u.unit))
        told = _in_order([*self.receipts, *receipts], units)
        return replace(self, receipts=told, findings=[*self.findings, *findings])

    def counted(self, findings: Iterable[Finding]) -> Collected:
        """The same, with the number of the run's findings that the unit can mend in each receipt of a return in use."""
        own = (f for f in findings if f.where.file and f.audience is Audience.COUNTY)
        number = Counter((f.where.file, f.severity) for f in own)
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
    intakes: Iterable[Received],
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
    usable: dict[str, list[Received]] = defaultdict(list)
    receipts: list[Receipt] = []
    findings: list[Finding] = []
    for intake, received in intakes:
        refusal, unit = intake.refusal, ""
        if intake.result is not None:
            unit = _unit_meant(intake.result.unit, units)
            if not unit:
                refusal = _unknown_unit(intake, spelled.values())
        if unit:
            usable[unit].append((intake, received))
        elif refusal is not None:
            findings.append(refusal)
            receipts.append(_refused(intake, received, refusal))
    hints = _hints(usable, receipts, units, spelled)
    returns, used = {}, {}
    for key, unit in spelled.items():
        files = in_order(usable.get(unit, []), today)
        if not files:
            receipts.append(_missing(unit, due, receipts, hints.get(unit, ""), findings))
            continue
        (intake, received), older = files[-1], files[:-1]
        told = [loss for other, _ in older if (loss := lost(other, intake, unit, today))]
        receipts += _superseded(units[key], older, intake, spelled, findings)
        own = [f.at(unit=unit) for f in intake.findings]
        own += _about(intake, units[key], spelled, version, today)
        late = due is not None and intake.filled_on is not None and due < intake.filled_on <= today
        if late:
            where = place_of(intake, "filled_on", unit)
            own.append(finding(k.LATE, where, intake.filled_on, unit=unit, filled=intake.filled_on, due=due))
        findings += [*own, *(loss.finding for loss in told)]
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
                "；".join([*(["迟报"] if late else []), *(loss.note for loss in told)]),
                late,
            )
        )
    return Collected(returns, used, _in_order(receipts, list(spelled.values())), findings)


def _in_order(receipts: Iterable[Receipt], units: Sequence[str]) -> list[Receipt]:
    order, states = {unit: i for i, unit in enumerate(units)}, list(ReceiptState)
    return sorted(receipts, key=lambda r: (order.get(r.unit, len(order)), states.index(r.state), r.file))


def _unit_meant(typed: str, units: Mapping[str, RosterUnit]) -> str:
    """The unit of the roster that a return names, also by its bureau's name; '' if none, or one of another city."""
    named = unit_of_bureau(typed, [unit.unit or "" for unit in units.values()])
    if named is None:
        return ""
    before = name_key(typed).partition(name_key(named)[:2])[0]
    city = name_key(units[name_key(named)].city or "").removesuffix("市")
    return named if not before or (city and before.startswith(city)) else ""


def _unknown_unit(intake: Intake, roster: Iterable[str]) -> Finding:
    assert intake.result is not None
    unit = intake.result.unit
    return finding(k.UNKNOWN_UNIT, place_of(intake, "unit", unit), unit, unit=unit, meant=meant(unit, roster))


def _hints(
    usable: Mapping[str, Sequence[Received]],
    receipts: Sequence[Receipt],
    units: Mapping[str, RosterUnit],
    spelled: Mapping[str, str],
) -> dict[str, str]:
    """Unit → the file that may be its own by its name, or by a name of a unit that is near: to be asked about."""
    hints: dict[str, str] = {}
    for unit, files in usable.items():
        for intake, _ in files:
            if named := _named(intake.file, unit, units[name_key(unit)].city or "", spelled):
                hints.setdefault(named, f"《{intake.file}》的文件名写着它，内容是“{unit}”的填报表")
    cities = {name_key(u.city or "") for u in units.values()}
    for receipt in receipts:
        if receipt.state is ReceiptState.REFUSED and name_key(receipt.unit) not in spelled:
            if near := nearest(receipt.unit, tuple(spelled.values())):
                hints.setdefault(near, f"《{receipt.file}》的单位写的是“{receipt.unit}”，没有计入")
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
    older: Sequence[Received],
    used: Intake,
    spelled: Mapping[str, str],
    findings: list[Finding],
) -> list[Receipt]:
    receipts, unit = [], owner.unit or ""
    for intake, received in older:
        note = f"采用《{used.file}》"
        if intake.sha256 == used.sha256:
            note += "，内容完全相同"
        elif used.copied_from == intake.sha256:
            note += "，是在本文件的反馈副本上改的"
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
    if info.unit is not None and name_key(info.unit) != name_key(name):
        where = place_of(intake, "unit", name)
        found.append(finding(k.UNIT_MEANT, where, info.unit, found=info.unit, unit=name))
    if info.tier is not None and unit.tier is not None and info.tier is not unit.tier:
        where = place_of(intake, "tier", name)
        found.append(finding(k.OTHER_TIER, where, info.tier, found=info.tier, listed=unit.tier))
    if intake.filled_on is not None and intake.filled_on > today:
        where = place_of(intake, "filled_on", name)
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
