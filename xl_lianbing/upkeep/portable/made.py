"""What a portable folder is called inside, and what one was made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

PACKAGES: Final = "packages"
PYTHON: Final = "python"
GUIDE: Final = "使用说明.txt"
#: Which Python the packages are for where no archive says it.
PYTHON_VERSION: Final = "3.11"
_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Portable:
    """What was put together."""

    folder: Path
    has_python: bool
    python_version: str
    packages: tuple[str, ...]
    size: int
    packages_size: int

    @property
    def facts(self) -> dict[str, object]:
        return {
            "文件夹": self.folder,
            "Python": self.python_version,
            "已有Python": self.has_python,
            "程序包": list(self.packages),
            "字节数": self.size,
        }

    @property
    def text(self) -> str:
        todo = (
            "接下来：把整个文件夹拷到Windows电脑的硬盘上，双击 start.cmd。"
            if self.has_python
            else f"接下来：从 python.org 下载 Python {self.python_version} 的 Windows embeddable package (64-bit)，"
            f"解压到 {self.folder / PYTHON}（或者重做一次，加 --python ZIP），再拷到Windows电脑，双击 start.cmd。"
        )
        return (
            f"便携版已做好：{self.folder}（{megabytes(self.size)}，其中程序包{megabytes(self.packages_size)}，"
            f"共{len(self.packages)}个）\n{todo}\n步骤见其中的《{GUIDE}》。"
        )


def megabytes(size: int) -> str:
    """A size as people read it."""
    return f"{max(1, round(size / _MEGABYTE))} MB"
