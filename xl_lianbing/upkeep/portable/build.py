"""Puts a portable folder together."""

from __future__ import annotations

import os
import shutil
from importlib import metadata
from pathlib import Path
from typing import Final

from xl_lianbing.errors import FolderNotEmpty
from xl_lianbing.launch.start_cmd import START_FILE, start_cmd
from xl_lianbing.launch.windows_paths import refuse_too_deep
from xl_lianbing.progress import Watcher, nobody
from xl_lianbing.upkeep.portable.embedded import embedded_version, unpack_python
from xl_lianbing.upkeep.portable.guide import guide
from xl_lianbing.upkeep.portable.made import GUIDE, PACKAGES, PYTHON, PYTHON_VERSION, Portable
from xl_lianbing.upkeep.portable.wheels import Pip, copy_program, fetch_packages, run_pip

_STAGE: Final = "制作便携版"
_SITE: Final = '''"""Started with Python: takes the .pth files of this folder into account (pywin32 needs its own)."""

import os
import site

site.addsitedir(os.path.dirname(os.path.abspath(__file__)))
'''


def build_portable(
    place: Path,
    *,
    python: Path | None = None,
    content: str | None = None,
    analysis: bool = False,
    pip: Pip | None = None,
    watcher: Watcher = nobody,
) -> Portable:
    """Puts the folder together.

    Args:
        place: a new or empty folder; it is removed again if it cannot be finished.
        python: python.org's embeddable package for Windows (a zip); its version decides which packages are fetched.
        content: a pack's id for an empty campaign, "demo" for the demonstration, None for neither.
        analysis: with pandas.
        pip: runs pip; the one of this Python by default.

    Raises:
        FolderNotEmpty: something lies there already.
        LianbingError: pip failed, the zip is no embeddable Python, the program is not installed here, the place is too
            deep for Windows.
    """
    target = place.absolute()
    refuse_too_deep(str(target), on_windows=os.name == "nt")
    if target.is_file() or (target.is_dir() and any(target.iterdir())):
        raise FolderNotEmpty(f"“{place}”不是空文件夹，没有改动。", "换一个新的文件夹名，或者先把原来的文件移走。")
    version = embedded_version(python) if python else PYTHON_VERSION
    existed = target.is_dir()
    target.mkdir(parents=True, exist_ok=True)
    steps = 4
    try:
        watcher(_STAGE, 0, steps)
        packages = target / PACKAGES
        fetch_packages(packages, version, analysis=analysis, pip=pip or run_pip)
        watcher(_STAGE, 1, steps)
        copy_program(packages)
        (packages / "sitecustomize.py").write_text(_SITE, "utf-8")
        watcher(_STAGE, 2, steps)
        if python:
            unpack_python(python, target / PYTHON)
        (target / START_FILE).write_bytes(start_cmd())
        watcher(_STAGE, 3, steps)
        if content:
            _add_content(target, content)
        built = _measured(target, version)
        (target / GUIDE).write_bytes(guide(built).encode("utf-8-sig"))
        watcher(_STAGE, 4, steps)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        if existed:
            target.mkdir(exist_ok=True)
        raise
    return built


def _add_content(target: Path, content: str) -> None:
    from xl_lianbing.rules.pack import SHIPPED, load_pack

    if content == "demo":
        from xl_lianbing.demo.write import write_demo
        from xl_lianbing.pipeline import run

        run(write_demo(target / "演示", load_pack(SHIPPED[0])))
        return
    from xl_lianbing.roster import SUZHOU
    from xl_lianbing.setup import new_campaign

    pack = load_pack(content)
    new_campaign(target / f"{pack.year}年大练兵", pack, SUZHOU)


def _measured(target: Path, version: str) -> Portable:
    packages = target / PACKAGES
    names = sorted(f"{d.metadata['Name']} {d.version}" for d in metadata.distributions(path=[str(packages)]))
    has_python = (target / PYTHON / "python.exe").is_file()
    return Portable(target, has_python, version, tuple(names), _size(target), _size(packages))


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
