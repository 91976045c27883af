"""A new campaign: its folder, its master, one blank return a unit."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from xl_lianbing.drafts import prefix_of, sweep
from xl_lianbing.errors import FolderNotEmpty, LianbingError
from xl_lianbing.faults import advice_of, words_of
from xl_lianbing.folder import MASTER, CampaignFolder
from xl_lianbing.launch.interpreter import this_interpreter
from xl_lianbing.launch.start_cmd import START_FILE, start_cmd_here
from xl_lianbing.launch.windows_paths import Problem, refuse_unusable
from xl_lianbing.progress import Watcher, nobody
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.rules.identity import IDENTITY_ROWS, MOST_CHARS, Identity, default_identity
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.setup.blanks import write_blank

Rows = Mapping[str, Sequence[Mapping[str, object]]]


def new_campaign(
    place: Path,
    pack: RulePack,
    roster: Sequence[RosterUnit],
    *,
    inputs: Rows | None = None,
    values: Mapping[str, Decimal] | None = None,
    title: str = "",
    issuer: str = "",
    watcher: Watcher = nobody,
) -> CampaignFolder:
    """Makes the folder with the master and the blanks, the master set up for the Python running now.

    `title`, `issuer`: what the campaign is called and who holds it; '': as the roster and the pack say.
    Raises FolderNotEmpty if something lies there already, LianbingError for a place where the buttons cannot work.
    """
    from xl_lianbing.workbooks.master.book import write_master

    place_warnings(place)
    identity = _identity(pack, roster, title, issuer)
    interpreter = this_interpreter()
    with _whole_or_nothing(place) as draft:
        folder = CampaignFolder(draft)
        for sub in folder.subfolders:
            sub.mkdir(parents=True)
        write_master(
            folder.master, pack, roster, inputs=inputs, values=values, identity=identity, interpreter=interpreter
        )
        pack = identity.of_campaign(pack)
        (folder.path / START_FILE).write_bytes(start_cmd_here(interpreter))
        for done, unit in enumerate(roster, 1):
            assert unit.unit
            (folder.evidence / unit.unit).mkdir()
            write_blank(folder.blank(unit.unit), pack, unit, roster)
            watcher("生成填报表", done, len(roster))
    return CampaignFolder(place.absolute())


def place_warnings(place: Path) -> list[Problem]:
    """What may keep the buttons from working at a place. Raises LianbingError where they never could."""
    for path in (str(place), str(place.absolute())):
        warnings = refuse_unusable(path, on_windows=os.name == "nt", environment=os.environ)
    return warnings


def _identity(pack: RulePack, roster: Sequence[RosterUnit], title: str, issuer: str) -> Identity:
    default = default_identity(pack, roster)
    names = [" ".join(text.split()) for text in (title, issuer)]
    for row, name in zip(IDENTITY_ROWS, names, strict=True):
        if len(name) > MOST_CHARS:
            raise LianbingError(f"{row.item}有{len(name)}个字，太长。", f"请写在{MOST_CHARS}个字以内。")
    return Identity(names[0] or default.title, names[1] or default.issuer)


@contextmanager
def _whole_or_nothing(place: Path) -> Iterator[Path]:
    """A draft folder beside `place` that takes its name only when everything is there."""
    target = place.absolute()
    if target.is_file() or (target.is_dir() and any(target.iterdir())):
        hint = f"里面已有《{MASTER}》" if (target / MASTER).exists() else "不是空文件夹"
        raise FolderNotEmpty(f"“{place}”{hint}，没有改动。", "换一个新的文件夹名，或者先把原来的文件移走。")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent, target.name)
        draft = Path(tempfile.mkdtemp(prefix=prefix_of(target.name), dir=target.parent))
    except OSError as e:
        raise LianbingError(f"不能在“{target.parent}”中建立文件夹：{words_of(e)}。", advice_of(e)) from e
    try:
        yield draft
        if target.is_dir():
            target.rmdir()
        draft.chmod(0o755)
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
