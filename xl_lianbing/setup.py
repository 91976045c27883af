"""Making a campaign: its folder, its master, one blank return a unit."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from xl_lianbing.errors import FolderNotEmpty, LianbingError, UnitUnknown
from xl_lianbing.folder import MASTER, CampaignFolder
from xl_lianbing.glossary import Tier
from xl_lianbing.launch.interpreter import this_interpreter
from xl_lianbing.launch.start_cmd import START_FILE, start_cmd_here
from xl_lianbing.launch.windows_paths import Problem, refuse_unusable
from xl_lianbing.progress import Watcher, nobody
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.records.keys import name_key
from xl_lianbing.rules.pack import RulePack

if TYPE_CHECKING:
    from xl_lianbing.workbooks.returns.blank_return import Contact

Rows = Mapping[str, Sequence[Mapping[str, object]]]


def new_campaign(
    place: Path,
    pack: RulePack,
    roster: Sequence[RosterUnit],
    *,
    inputs: Rows | None = None,
    values: Mapping[str, Decimal] | None = None,
    watcher: Watcher = nobody,
) -> CampaignFolder:
    """Makes the folder with the master and the blanks, the master set up for the Python running now.

    Raises FolderNotEmpty if something lies there already, LianbingError for a place where the buttons cannot work.
    """
    from xl_lianbing.workbooks.master.book import write_master

    place_warnings(place, roster)
    interpreter = this_interpreter()
    with _whole_or_nothing(place) as draft:
        folder = CampaignFolder(draft)
        for sub in folder.subfolders:
            sub.mkdir(parents=True)
        write_master(folder.master, pack, roster, inputs=inputs, values=values, interpreter=interpreter)
        (folder.path / START_FILE).write_bytes(start_cmd_here(interpreter))
        for done, unit in enumerate(roster, 1):
            assert unit.unit
            (folder.evidence / unit.unit).mkdir()
            write_blank(folder, pack, unit, roster)
            watcher("生成填报表", done, len(roster))
    return CampaignFolder(place.absolute())


def place_warnings(place: Path, roster: Sequence[RosterUnit] = ()) -> list[Problem]:
    """What may keep the buttons from working at a place. Raises LianbingError where they never could, or where a return
    of the roster would be too deep for Excel."""
    blanks = [str(CampaignFolder(Path()).blank(unit.unit or "")) for unit in roster]
    for path in (str(place), str(place.absolute())):
        warnings = refuse_unusable(
            path, on_windows=os.name == "nt", environment=os.environ, workbooks=(MASTER, *blanks)
        )
    return warnings


def write_blank(folder: CampaignFolder, pack: RulePack, unit: RosterUnit, roster: Sequence[RosterUnit]) -> Path:
    """One blank return in 下发/, prefilled for the unit."""
    from xl_lianbing.workbooks.returns.blank_return import write_return

    assert unit.unit and unit.tier
    path = folder.blank(unit.unit)
    is_city = unit.tier is Tier.CITY
    write_return(path, pack, unit.unit, unit.tier, contact=contact_of(unit, roster), city=is_city)
    return path


def contact_of(unit: RosterUnit, roster: Sequence[RosterUnit]) -> Contact:
    """Whom a unit asks: 联络员 and 邮箱 of its city's row in the roster."""
    from xl_lianbing.workbooks.returns.blank_return import Contact

    cities = [u for u in roster if u.tier is Tier.CITY]
    own = {name_key(unit.city or ""), name_key(unit.unit or "")}
    city = next((c for c in cities if {name_key(c.unit or ""), name_key(c.city or "")} & own), None)
    asked = city or (cities[0] if len(cities) == 1 else None)
    return Contact(asked.liaison or "", asked.email or "") if asked else Contact()


def unit_of(name: str, roster: Sequence[RosterUnit]) -> RosterUnit:
    """The unit of that name. Raises UnitUnknown."""
    for unit in roster:
        if unit.unit and name_key(unit.unit) == name_key(name):
            return unit
    known = "、".join(u.unit for u in roster if u.unit)
    raise UnitUnknown(f"单位名册里没有“{name}”。", f"先在总表的“单位名册”中增加该单位。现有单位：{known}。")


@contextmanager
def _whole_or_nothing(place: Path) -> Iterator[Path]:
    """A draft folder beside `place` that takes its name only when everything is there."""
    target = place.absolute()
    if target.is_file() or (target.is_dir() and any(target.iterdir())):
        hint = f"里面已有《{MASTER}》" if (target / MASTER).exists() else "不是空文件夹"
        raise FolderNotEmpty(f"“{place}”{hint}，没有改动。", "换一个新的文件夹名，或者先把原来的文件移走。")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as e:
        raise LianbingError(f"不能在“{target.parent}”中建立文件夹：{e.strerror}。", "换一个有写入权限的位置。") from e
    try:
        yield draft
        if target.is_dir():
            target.rmdir()
        draft.chmod(0o755)
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
