"""A folder for Windows put together on any system: packages, start.cmd, a guide, and Python where one is given."""

from __future__ import annotations

from xl_lianbing.upkeep.portable.build import build_portable
from xl_lianbing.upkeep.portable.made import Portable

__all__ = ["Portable", "build_portable"]
