"""The computer that the program runs on."""

from __future__ import annotations

import os

from xl_lianbing.upkeep.doctor.platform import Platform
from xl_lianbing.upkeep.doctor.windows import Windows


def this_platform() -> Platform:
    """The computer that the program runs on."""
    return Windows() if os.name == "nt" else Platform()
