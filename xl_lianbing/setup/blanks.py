"""The blank returns of 下发/: made for the roster as it stands, and made again without losing what somebody typed."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xl_lianbing.errors import UnitUnknown
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import Tier
from xl_lianbing.progress import Watcher, nobody
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.records.keys import name_key
from xl_lianbing.records.returns import PenaltyCase
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.setup.prefill import Prefill

if TYPE_CHECKING:
    from xl_lianbing.workbooks.returns.blank_return import Contact

_TIMES: Final = re.compile(rb"<dcterms:(created|modified)[^>]*>([^<]*)<")


@dataclass(frozen=True, slots=True)
class Remade:
    """The blanks made again; `kept`: those that somebody had changed → where they lie now."""

    made: Sequence[Path]
    kept: Mapping[Path, Path]


def remake_blanks(
    folder: CampaignFolder,
    pack: RulePack,
    units: Sequence[RosterUnit],
    roster: Sequence[RosterUnit],
    *,
    known: Mapping[str, Prefill] | None = None,
    now: datetime | None = None,
    watcher: Watcher = nobody,
) -> Remade:
    """The blanks of these units anew; one that somebody changed since it was made goes into 备份/ first.

    `known`: the cases to be written into each.
    All are written beside before the first is replaced. Raises MasterLocked if one of the old ones is open somewhere;
    nothing is changed then.
    """
    from xl_lianbing.excel.closed.lock import refuse_if_open

    paths = {folder.blank(unit.unit or ""): unit for unit in units}
    for path in paths:
        if path.exists():
            refuse_if_open(path)
    moment, filled = now or datetime.now(), known or {}
    kept: dict[Path, Path] = {}
    folder.blanks.mkdir(exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".填报表-", dir=folder.blanks))
    try:
        for done, (path, unit) in enumerate(paths.items(), 1):
            write_blank(draft / path.name, pack, unit, roster, filled.get(unit.unit or ""))
            watcher("生成填报表", done, len(paths))
        for path, unit in paths.items():
            if path.exists() and _changed(path, draft / path.name):
                kept[path] = _keep(folder, path, moment)
            (folder.evidence / (unit.unit or "")).mkdir(parents=True, exist_ok=True)
            (draft / path.name).replace(path)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Remade(tuple(paths), kept)


def write_blank(
    path: Path, pack: RulePack, unit: RosterUnit, roster: Sequence[RosterUnit], known: Prefill | None = None
) -> None:
    """One blank return, made out for the unit, with the cases that are known of it."""
    from xl_lianbing.workbooks.returns.blank_return import write_return

    assert unit.unit and unit.tier
    is_city = unit.tier is Tier.CITY
    rows = {PenaltyCase.sheet: known.rows} if known and known.rows else None
    contact, told = contact_of(unit, roster), known.told if known else ""
    write_return(path, pack, unit.unit, unit.tier, contact=contact, city=is_city, rows=rows, prefilled=told)


def contact_of(unit: RosterUnit, roster: Sequence[RosterUnit]) -> Contact:
    """Whom a unit asks: 联络员 and 邮箱 of its city's row in the roster."""
    from xl_lianbing.workbooks.returns.blank_return import Contact

    asked = _city_of(unit, roster)
    return Contact(asked.liaison or "", asked.email or "") if asked else Contact()


def without_contact(units: Sequence[RosterUnit], roster: Sequence[RosterUnit]) -> list[str]:
    """The rows of 单位名册 whose 联络员 or 邮箱 are missing on the blanks of these units; '' for no row at all."""
    rows = [(_city_of(unit, roster), contact_of(unit, roster)) for unit in units]
    missing = ((city.unit or "") if city else "" for city, contact in rows if not contact.complete)
    return list(dict.fromkeys(missing))


def unit_of(name: str, roster: Sequence[RosterUnit]) -> RosterUnit:
    """The unit of that name. Raises UnitUnknown."""
    for unit in roster:
        if unit.unit and name_key(unit.unit) == name_key(name):
            return unit
    known = "、".join(u.unit for u in roster if u.unit)
    raise UnitUnknown(f"单位名册里没有“{name}”。", f"先在总表的“单位名册”中增加该单位。现有单位：{known}。")


def _city_of(unit: RosterUnit, roster: Sequence[RosterUnit]) -> RosterUnit | None:
    cities = [u for u in roster if u.tier is Tier.CITY]
    own = {name_key(unit.city or ""), name_key(unit.unit or "")}
    city = next((c for c in cities if {name_key(c.unit or ""), name_key(c.city or "")} & own), None)
    return city or (cities[0] if len(cities) == 1 else None)


def _changed(path: Path, fresh: Path) -> bool:
    """Whether a program saved the file since it was made, or it holds other answers than a blank; so if in doubt."""
    from xl_lianbing.intake.door.sheets import Unreadable

    try:
        with zipfile.ZipFile(path) as package:
            times = dict(_TIMES.findall(package.read("docProps/core.xml")))
        answers = _answers(fresh)
        blank = answers | {PenaltyCase.sheet: []}
        return times[b"created"] != times[b"modified"] or _answers(path) not in (answers, blank)
    except (OSError, KeyError, zipfile.BadZipFile, Unreadable):
        return True


def _answers(path: Path) -> dict[str, list[tuple[int, list[object]]]]:
    """The cells below the header of every sheet but the first, which is the program's own."""
    from xl_lianbing.intake.door.sheets import Book
    from xl_lianbing.records.returns import INSTRUCTIONS_SHEET
    from xl_lianbing.workbooks.returns.layout import FIRST_ROW

    book = Book(path.read_bytes())
    asked = [name for name in book.names if name != INSTRUCTIONS_SHEET and name not in book.hidden]
    return {name: [(n, list(row)) for n, row in book.rows(name) if n > FIRST_ROW] for name in asked}


def _keep(folder: CampaignFolder, path: Path, now: datetime) -> Path:
    """Moves a changed blank into 备份/ under a name that nothing has there."""
    folder.backups.mkdir(exist_ok=True)
    stem = f"{path.stem}_{now:%Y%m%d-%H%M%S}"
    names = (folder.backups / f"{stem}{more}{path.suffix}" for more in ("", *(f"-{n}" for n in range(2, 1000))))
    target = next(name for name in names if not name.exists())
    return path.rename(target)
