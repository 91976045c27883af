"""Which rule packs are shipped with the program: the files of the folder `packs`."""

from __future__ import annotations

from importlib import resources
from typing import Final

PACK_FOLDER: Final = resources.files("xl_lianbing.rules") / "packs"
#: The ids of the packs in the order of their names: the years of a province one after the other.
SHIPPED: Final = tuple(sorted(file.name.removesuffix(".toml") for file in PACK_FOLDER.iterdir()))
