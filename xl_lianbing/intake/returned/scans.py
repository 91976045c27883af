"""Whose evidence the scans are that lie in 回收: of the return beside them, or in their archive (B2.6).

The nearest folder or archive with a return in it tells. Where returns of several units lie there, and in 回收 itself, a
unit's name in the path does, then a return that names the file. What is of nobody is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Final

from xl_lianbing.findings import Finding, Where, finding, reading
from xl_lianbing.findings import mailed as c
from xl_lianbing.folder import places_of, stem_of
from xl_lianbing.glossary import ReceiptState
from xl_lianbing.intake.door.limits import RESEND
from xl_lianbing.intake.evidence.folder import EvidenceFile, EvidenceFolder, plain
from xl_lianbing.intake.mailed.arrivals import Scan
from xl_lianbing.intake.returned.read import Intake, refused
from xl_lianbing.intake.returned.receipts import Receipt
from xl_lianbing.records.bureaus import unit_of_bureau
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.records.keys import name_key

#: A file called so is meant to be the return itself.
_RETURN: Final = "填报表"
_PLACES_TOLD: Final = 3
_NAMES_TOLD: Final = 5


@dataclass(frozen=True, slots=True)
class Owned:
    """The scans by unit, and those of nobody; `refused`: returns that came as scans."""

    of: Mapping[str, Sequence[Scan]] = field(default_factory=dict)
    of_nobody: Sequence[Scan] = ()
    refused: Sequence[tuple[Intake, datetime]] = ()

    def files(self, used: Mapping[str, Intake]) -> dict[str, Sequence[EvidenceFile]]:
        """The scans that came with each return in use."""
        return {intake.file: [s.file for s in self.of[unit]] for unit, intake in used.items() if unit in self.of}

    def receipts(self, used: Mapping[str, Intake]) -> list[Receipt]:
        """One line a unit, and one a place with scans of nobody."""
        told = []
        for unit, scans in self.of.items():
            whose = f"随《{used[unit].file}》报来" if unit in used else "还没有收到该单位可用的填报表"
            told.append(_receipt(unit, scans, f"{len(scans)}个文件，{whose}"))
        told += [_receipt("", scans, f"{len(scans)}个文件，看不出是哪个单位的") for scans in self._strays()]
        return told

    def findings(self) -> list[Finding]:
        """One a place with scans of nobody."""
        return [
            finding(c.SCANS_OF_NOBODY, Where(_place(scans)), count=len(scans), names=_names(scans))
            for scans in self._strays()
        ]

    def _strays(self) -> Iterator[Sequence[Scan]]:
        by_place: dict[str, list[Scan]] = defaultdict(list)
        for scan in self.of_nobody:
            by_place[next(iter(places_of(scan.shown)), "")].append(scan)
        yield from by_place.values()


def owned(scans: Sequence[Scan], intakes: Iterable[tuple[Intake, datetime]], roster: Sequence[RosterUnit]) -> Owned:
    """Tells whose the scans are, by the returns as read."""
    if not scans:
        return Owned()
    owners = _Owners(list(dict.fromkeys(u.unit for u in roster if u.unit)), roster)
    for intake, _ in intakes:
        owners.add(intake)
    of: dict[str, list[Scan]] = defaultdict(list)
    of_nobody: list[Scan] = []
    returns: list[tuple[Intake, datetime]] = []
    for scan in scans:
        unit = owners.of(scan)
        if unit not in owners.usable and _is_called_a_return(scan, unit):
            why = f"文件是{_form(scan)}，不是Excel工作簿"
            refusal = finding(reading.OTHER_FORMAT, Where(scan.shown, unit=unit), why=why, fix=RESEND)
            returns.append((refused(scan.shown, "", None, refusal), scan.saved))
        elif unit:
            of[unit].append(scan)
        else:
            of_nobody.append(scan)
    return Owned(of, of_nobody, returns)


class _Owners:
    """Which units' returns lie where, and which files they name."""

    def __init__(self, units: Sequence[str], roster: Sequence[RosterUnit]) -> None:
        self._units = units
        self._cities = {name_key(u.city or "") for u in roster}
        self._spellings = {unit: _spellings(unit) for unit in units}
        self._beneath: dict[str, set[str]] = defaultdict(set)
        self._named: dict[str, set[str]] = defaultdict(set)
        self.usable: set[str] = set()

    def add(self, intake: Intake) -> None:
        typed = intake.result.unit if intake.result else intake.stamp.unit if intake.stamp else ""
        unit = unit_of_bureau(typed, self._units) if typed else None
        if not unit:
            return
        if intake.result is not None:
            self.usable.add(unit)
        for place in places_of(intake.file):
            self._beneath[place].add(unit)
        self._beneath[""].add(unit)
        folder = EvidenceFolder()
        for sought in intake.evidence.sought:
            for name in folder.names_in(sought.text):
                self._named[plain(Path(name.replace("\\", "/")).name)].add(unit)

    def of(self, scan: Scan) -> str:
        """The unit; '' if nothing tells."""
        near = next((place for place in places_of(scan.shown) if self._beneath.get(place)), "")
        candidates = self._beneath.get(near, set())
        if near and len(candidates) == 1:
            return next(iter(candidates))
        if unit := self._called(scan, near):
            return unit
        if len(candidates) == 1:
            return next(iter(candidates))
        name = plain(scan.file.path.name)
        naming = (self._named.get(name, set()) | self._named.get(name.rpartition(".")[0], set())) & candidates
        return next(iter(naming)) if len(naming) == 1 else ""

    def _called(self, scan: Scan, within: str) -> str:
        """The one unit whose name stands in the file's name, or else in that of a folder around it and in `within`."""
        for part in takewhile(lambda place: place != within, (scan.shown, *places_of(scan.shown))):
            text = name_key(part.replace("\\", "/").rpartition("›")[2].rpartition("/")[2])
            found = {unit: max(own, key=len) for unit in self._units if (own := self._in(unit, text))}
            hits = set(found.values())
            longest = [u for u, hit in found.items() if not any(hit in other and hit != other for other in hits)]
            those = [u for u in longest if name_key(u) not in self._cities] or longest
            if len(those) == 1:
                return those[0]
            if those:
                return ""
        return ""

    def _in(self, unit: str, text: str) -> list[str]:
        return [spelled for spelled in self._spellings[unit] if spelled in text]


def _spellings(unit: str) -> Collection[str]:
    """昆山市, 昆山."""
    key = name_key(unit)
    short = key[:-1] if key[-1:] in "市区县" and len(key) > 2 else key
    return {key, short}


def _is_called_a_return(scan: Scan, unit: str) -> bool:
    stem = name_key(stem_of(scan.shown))
    return _RETURN in stem or bool(unit) and stem == name_key(unit)


def _form(scan: Scan) -> str:
    ending = scan.file.path.suffix.lower()
    if scan.file.pdf or ending == ".pdf":
        return "PDF"
    return "Word文档" if ending in {".doc", ".docx", ".wps"} else f"{ending.removeprefix('.') or '别的'}文件"


def _receipt(unit: str, scans: Sequence[Scan], note: str) -> Receipt:
    received = max(scan.saved for scan in scans)
    return Receipt(unit, ReceiptState.EVIDENCE, _place(scans), received, note=note, files=len(scans))


def _place(scans: Sequence[Scan]) -> str:
    """Where they lie: the file, the folder or archive that holds them all, or the outermost ones."""
    if len(scans) == 1:
        return scans[0].shown
    around = [places_of(scan.shown) for scan in scans]
    common = next((place for place in around[0] if all(place in places for places in around)), "")
    if common:
        return common
    tops = list(dict.fromkeys(places[-1] if places else scan.shown for scan, places in zip(scans, around, strict=True)))
    return "、".join(tops[:_PLACES_TOLD]) + (f"等{len(tops)}处" if len(tops) > _PLACES_TOLD else "")


def _names(scans: Sequence[Scan]) -> str:
    names = [scan.file.path.name[:60] for scan in scans]
    return "、".join(names[:_NAMES_TOLD]) + (f"等{len(names)}个" if len(names) > _NAMES_TOLD else "")
