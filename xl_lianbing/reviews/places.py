"""Names of places that tell where a candidate serves: a list of the package, and the campaign's own 评审/地名.txt."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from xl_lianbing.folder import CampaignFolder

OWN_LIST: Final = "地名.txt"
_FIRST_LINES: Final = "# 匿名时还要隐去的地名，一行一个；改好后重新发出评审表。\n"


def place_names(folder: CampaignFolder) -> list[str]:
    """All of them. The campaign's list is made empty where there is none, so that it can be found."""
    own = folder.reviews / OWN_LIST
    if not own.exists():
        own.parent.mkdir(exist_ok=True)
        own.write_text(_FIRST_LINES, "utf-8-sig")
    return [
        *_names(files("xl_lianbing.reviews").joinpath("places.txt").read_text("utf-8")),
        *_names(_decoded(own.read_bytes())),
    ]


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def _names(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return [name for line in lines if not line.startswith("#") for name in line.split()]
