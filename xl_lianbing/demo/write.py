"""Writes the demonstration as a campaign folder: made-up data, all sheets filled, the everyday mistakes in them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from xl_lianbing.demo.campaign import demo_campaign
from xl_lianbing.demo.made_up.contacts import ROSTER
from xl_lianbing.demo.made_up.names import DEMO
from xl_lianbing.demo.sheets.evidence import write_evidence, write_parcel
from xl_lianbing.demo.sheets.systems import FOLDER, write_systems
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import Tier
from xl_lianbing.progress import Watcher, nobody
from xl_lianbing.rules.identity import default_identity
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.setup import contact_of, new_campaign
from xl_lianbing.workbooks.returns.blank_return import write_return

#: Whose return and scans lie ready as a ZIP, to be dropped into 回收.
MAILING: Final = "相城区"


def write_demo(place: Path, pack: RulePack, *, watcher: Watcher = nobody) -> CampaignFolder:
    """A campaign of Suzhou's eleven units with filled returns in 回收/, scans in 佐证/ and the bureau's inputs."""
    content = demo_campaign(pack, ROSTER)
    folder = new_campaign(place, pack, ROSTER, inputs=content.inputs, values=content.values, watcher=watcher)
    pack = default_identity(pack, ROSTER).of_campaign(pack)
    for done, unit in enumerate(ROSTER, 1):
        assert unit.unit and unit.tier
        path = folder.returns / f"{unit.unit}（演示数据）.xlsx"
        contact, city = contact_of(unit, ROSTER), unit.tier is Tier.CITY
        write_return(path, pack, unit.unit, unit.tier, contact=contact, city=city, rows=content.returns[unit.unit])
        watcher("填写演示数据", done, len(ROSTER))
    write_evidence(folder.evidence, content.evidence)
    write_systems(folder.path, pack, content.inputs)
    mailed = folder.path / FOLDER / f"{MAILING}报送材料（{DEMO}）.zip"
    write_parcel(mailed, folder.returns / f"{MAILING}（{DEMO}）.xlsx", MAILING, content.evidence[MAILING])
    return folder
