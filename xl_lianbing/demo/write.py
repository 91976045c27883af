"""Writes the demonstration as a campaign folder: made-up data, all sheets filled, the everyday mistakes in them.

Two periods are dispatched on the way: at the first a unit has not reported yet, and another lacks some cases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from xl_lianbing.demo.campaign import demo_campaign
from xl_lianbing.demo.made_up.contacts import ROSTER
from xl_lianbing.demo.made_up.names import DEMO
from xl_lianbing.demo.plan import Row
from xl_lianbing.demo.sheets.evidence import write_evidence, write_parcel
from xl_lianbing.demo.sheets.systems import FOLDER, write_systems
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import Tier
from xl_lianbing.progress import Watcher, nobody
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.records.returns import PenaltyCase
from xl_lianbing.rules.identity import default_identity
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.rules.periods import regular_periods
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.setup import contact_of, new_campaign
from xl_lianbing.workbooks.returns.blank_return import write_return

#: Whose return and scans lie ready as a ZIP, to be dropped into 回收.
MAILING: Final = "相城区"
#: The unit that reports late, and the one whose figures grow, by their place in the roster; and by how many cases.
_LATE, _CORRECTED, _CASES_LATER = -1, 3, 4
#: Which of the periods are dispatched, counted from the last.
_DISPATCHED: Final = (3, 2)

Issuer = Callable[[CampaignFolder, date], None]


def _issued_by_nobody(folder: CampaignFolder, day: date) -> None:
    """Without dispatches."""


def write_demo(
    place: Path, pack: RulePack, *, watcher: Watcher = nobody, issue: Issuer = _issued_by_nobody
) -> CampaignFolder:
    """A campaign of Suzhou's eleven units with filled returns in 回收/, scans in 佐证/ and the bureau's inputs.

    `issue` dispatches the period that ends on a day, of the returns that are in by then.
    """
    content = demo_campaign(pack, ROSTER)
    folder = new_campaign(place, pack, ROSTER, inputs=content.inputs, values=content.values, watcher=watcher)
    pack = default_identity(pack, ROSTER).of_campaign(pack)
    late, corrected = ROSTER[_LATE], ROSTER[_CORRECTED]
    first, second = (regular_periods(Ruleset(pack))[-back].end for back in _DISPATCHED)
    for done, unit in enumerate(ROSTER, 1):
        if unit is not late:
            rows = content.returns[str(unit.unit)]
            _hand_in(folder, pack, unit, _without_some(rows) if unit is corrected else rows)
        watcher("填写演示数据", done, len(ROSTER))
    write_evidence(folder.evidence, content.evidence)
    issue(folder, first)
    for unit in (late, corrected):
        _hand_in(folder, pack, unit, content.returns[str(unit.unit)])
    issue(folder, second)
    write_systems(folder.path, pack, content.inputs)
    mailed = folder.path / FOLDER / f"{MAILING}报送材料（{DEMO}）.zip"
    write_parcel(mailed, folder.returns / f"{MAILING}（{DEMO}）.xlsx", MAILING, content.evidence[MAILING])
    return folder


def _hand_in(folder: CampaignFolder, pack: RulePack, unit: RosterUnit, rows: Mapping[str, list[Row]]) -> None:
    assert unit.unit and unit.tier
    path = folder.returns / f"{unit.unit}（演示数据）.xlsx"
    contact, city = contact_of(unit, ROSTER), unit.tier is Tier.CITY
    write_return(path, pack, unit.unit, unit.tier, contact=contact, city=city, rows=rows)


def _without_some(rows: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """A return before its first cases were entered."""
    return {**rows, PenaltyCase.sheet: rows[PenaltyCase.sheet][_CASES_LATER:]}
