"""python.org's embeddable package: a Python for Windows that is unpacked, not installed."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from xl_lianbing.errors import LianbingError
from xl_lianbing.upkeep.portable.made import PACKAGES, PYTHON_VERSION


def embedded_version(archive: Path) -> str:
    """The version ("3.11") of an embeddable Python. Raises LianbingError if the zip is none, or none for 64 bits."""
    fix = (
        "从 python.org 的 Windows 下载页下载“Windows embeddable package (64-bit)”，不要解压，用 --python 指定这个zip。"
    )
    try:
        with zipfile.ZipFile(archive) as package:
            found = [m for name in package.namelist() if (m := re.fullmatch(r"python3(\d+)\._pth", name))]
            if not found or "python.exe" not in package.namelist():
                raise LianbingError(f"{archive.name} 不是 Windows 的 embeddable package。", fix)
            with package.open("python.exe") as program:
                if not _is_64_bits(program.read(4096)):
                    raise LianbingError(f"{archive.name} 不是64位（AMD64）的 Python。", fix)
    except (OSError, zipfile.BadZipFile) as e:
        raise LianbingError(f"{archive} 打不开，不是zip文件。", fix) from e
    if int(found[0][1]) < int(PYTHON_VERSION.split(".")[1]):
        raise LianbingError(f"{archive.name} 是 Python 3.{found[0][1]}，需要 {PYTHON_VERSION} 或以上。", fix)
    return f"3.{found[0][1]}"


def _is_64_bits(head: bytes) -> bool:
    """By the machine type in the program's PE header (AMD64 = 0x8664)."""
    start = int.from_bytes(head[0x3C:0x40], "little")
    return head[:2] == b"MZ" and head[start : start + 6] == b"PE\x00\x00\x64\x86"


def unpack_python(archive: Path, target: Path) -> None:
    """Unpacks an embeddable Python and lets it find the packages beside it."""
    with zipfile.ZipFile(archive) as package:
        package.extractall(target)
    for path in target.glob("python3*._pth"):
        path.write_text(f"{path.stem}.zip\n.\n..\\{PACKAGES}\nimport site\n", "ascii", newline="\r\n")
