"""The reviewers of 评审人员 as the draw sees them: whose files each may never read (R1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from xl_lianbing.findings import Finding, finding
from xl_lianbing.findings import reviews as k
from xl_lianbing.folder import is_device, no_name_holds
from xl_lianbing.glossary import ReviewKind, Tier
from xl_lianbing.intake.master.inputs import MasterInputs
from xl_lianbing.records.bureaus import unit_of_bureau
from xl_lianbing.records.inputs import Reviewer, RosterUnit
from xl_lianbing.records.keys import name_key, squeeze
from xl_lianbing.reviews.draw import Reader

_SEPARATORS: Final = re.compile(r"[、，,；;/\s]+")
_KIND: Final = re.compile(r"(?:市本级|本级|自治县|新区|市|区|县)$")


def readers(master: MasterInputs) -> tuple[list[Reader], list[Finding]]:
    """Who can be drawn, and what is wrong with the rows of 评审人员. Somebody who can't be kept from the own unit's
    files, or can't be told from another, is not drawn."""
    tab = master.tab(Reviewer)
    roster = master.inputs.roster
    found: list[Reader] = []
    findings: list[Finding] = []
    seen: set[str] = set()
    for line in tab.used:
        record = line.record
        name, kind, house = str(record.name or ""), record.kind, record.unit or ""
        if not name or kind is None:
            continue
        if name_key(name) in seen:
            findings.append(finding(k.REVIEWER_DOUBLED, tab.where("name", line.row), name, name=name))
            continue
        seen.add(name_key(name))
        if no_name_holds(name) or is_device(name) or name.strip(" .") != name:
            findings.append(finding(k.REVIEWER_NAME, tab.where("name", line.row), name, name=name))
            continue
        if kind is ReviewKind.CROSS and not house:
            findings.append(finding(k.PEER_WITHOUT_UNIT, tab.where("unit", line.row), "", name=name))
            continue
        forbidden = set(_units_meant(house, roster))
        for avoided in filter(None, _SEPARATORS.split(record.avoided or "")):
            meant = _units_meant(avoided, roster)
            forbidden.update(meant)
            if not meant:
                words = {"name": name, "avoided": avoided}
                findings.append(finding(k.AVOIDED_UNKNOWN, tab.where("avoided", line.row), avoided, **words))
        if kind is ReviewKind.CROSS:
            own = _units_meant(house, roster)
            if not own:
                findings.append(finding(k.PEER_UNIT_UNKNOWN, tab.where("unit", line.row), house, name=name, unit=house))
            forbidden.update(_of_the_city(own, roster))
        spelled = unit_of_bureau(house, [str(u.unit) for u in roster]) if house else None
        found.append(Reader(name, kind, spelled or name_key(house) or f"\0{name}", frozenset(forbidden), record.most))
    return found, findings


def _units_meant(text: str, roster: Sequence[RosterUnit]) -> list[str]:
    """The unit that a name means; where none is told for sure, every unit whose place it names: rather one too many."""
    units = [str(unit.unit) for unit in roster]
    one = unit_of_bureau(text, units) if text else None
    if one is not None:
        return [one]
    key = squeeze(text)
    stems = {unit: _KIND.sub("", squeeze(unit)) for unit in units}
    return [unit for unit, stem in stems.items() if len(stem) > 1 and stem in key]


def city_of(unit: str, roster: Sequence[RosterUnit]) -> str:
    row = next((u for u in roster if u.unit == unit), None)
    if row is None:
        return ""
    return name_key(row.city or (unit if row.tier is Tier.CITY else ""))


def _of_the_city(own: Sequence[str], roster: Sequence[RosterUnit]) -> set[str]:
    """Over several cities, the units of the own one (R1)."""
    cities = {city for u in roster if (city := city_of(str(u.unit), roster))}
    if len(cities) < 2:
        return set()
    mine = {city_of(unit, roster) for unit in own} - {""}
    return {str(u.unit) for u in roster if city_of(str(u.unit), roster) in mine}
