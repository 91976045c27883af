"""Fetches the packages for Windows with pip, on any system.

pip chooses the wheels for Windows but weighs conditions like `platform_system == "Windows"` by the system it runs on,
so what only Windows needs (pywin32) is found in the packages' metadata and fetched after the rest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from xl_lianbing import __version__
from xl_lianbing.errors import LianbingError

DISTRIBUTION: Final = "xl-lianbing"
#: Only the Python interface for analysts needs these; they are most of the size.
FOR_ANALYSIS: Final = frozenset({"pandas"})
_PACKAGE: Final = Path(__file__).resolve().parents[2]

#: Runs pip with the arguments given; returns its exit code and what it said.
Pip = Callable[[Sequence[str]], tuple[int, str]]


def pip_arguments(target: Path, version: str, requirements: Sequence[str], *, whole: bool = True) -> list[str]:
    """pip's arguments for wheels of Windows; `whole`: with what they require in turn."""
    return [
        "install",
        *("--target", str(target)),
        *("--platform", "win_amd64"),
        "--only-binary=:all:",
        *("--python-version", version),
        *("--implementation", "cp"),
        "--no-compile",
        "--disable-pip-version-check",
        *(() if whole else ("--no-deps",)),
        *requirements,
    ]


def run_pip(arguments: Sequence[str]) -> tuple[int, str]:
    """The pip of this Python, with its ordinary configuration."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", *arguments],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    return done.returncode, done.stdout + done.stderr


def fetch_packages(target: Path, version: str, *, analysis: bool, pip: Pip) -> None:
    """The packages that xl-lianbing needs on Windows, into a new folder.

    Raises:
        LianbingError: pip failed, or the program is not installed here.
    """
    wanted = [str(r) for r in _own_requirements(version) if analysis or canonicalize_name(r.name) not in FOR_ANALYSIS]
    whole = True
    while wanted:
        code, said = pip(pip_arguments(target, version, wanted, whole=whole))
        if code != 0:
            reason = next((line for line in reversed(said.splitlines()) if line.startswith("ERROR")), said[-300:])
            raise LianbingError(
                f"没能取得Windows的程序包：{reason.strip()}",
                "核对网络和pip的设置（python -m pip install xlwings 能不能用），然后重试。",
            )
        before, wanted, whole = wanted, _still_missing(target, version), False
        if wanted == before:
            raise LianbingError(
                f"这些程序包没有装上：{'、'.join(wanted)}", "升级pip（python -m pip install -U pip）后重试。"
            )
    shutil.rmtree(target / "bin", ignore_errors=True)  # start scripts of the system that pip ran on


def _own_requirements(version: str) -> Iterator[Requirement]:
    try:
        lines = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError as e:
        raise LianbingError(
            "本程序没有安装，不知道要带哪些程序包。", "在程序文件夹里运行 python -m pip install .，再试。"
        ) from e
    yield from _applying(lines, version)


def _applying(lines: Sequence[str], version: str) -> Iterator[Requirement]:
    """The requirements that hold on a Windows PC with that Python, without their conditions."""
    environment = _windows(version)
    for line in lines:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate(environment):
            requirement.marker = None
            yield requirement


def _windows(version: str) -> dict[str, str]:
    return {
        "extra": "",
        "os_name": "nt",
        "sys_platform": "win32",
        "platform_system": "Windows",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "platform_release": "10",
        "platform_version": "10.0",
        "python_version": version,
        "python_full_version": f"{version}.0",
        "implementation_version": f"{version}.0",
    }


def _still_missing(target: Path, version: str) -> list[str]:
    """What the packages there need on Windows and do not have."""
    there = list(metadata.distributions(path=[str(target)]))
    names = {canonicalize_name(d.metadata["Name"]) for d in there}
    needed = (r for d in there for r in _applying(d.requires or [], version))
    return sorted({str(r) for r in needed if canonicalize_name(r.name) not in names})


def copy_program(target: Path) -> None:
    """Copies the installed xl_lianbing, pure Python, with the metadata that names its version and commands."""
    shutil.copytree(_PACKAGE, target / _PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    own = metadata.distribution(DISTRIBUTION)
    info = target / f"xl_lianbing-{__version__}.dist-info"
    for name in ("METADATA", "WHEEL", "entry_points.txt"):
        text = own.read_text(name)
        if text is not None:
            info.mkdir(exist_ok=True)
            (info / name).write_text(text, "utf-8")
    for file in own.files or ():
        if "licenses" in PurePosixPath(file).parts:
            (info / "licenses").mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file.locate(), info / "licenses" / PurePosixPath(file).name)
