"""A year's rules as data: its schema, what the program asks of it, the texts that it cites.

Begin with `model.py` (what a pack is); `contract.py` says what every pack must have; the packs stand in `../packs`, the
texts in `../sources`.
"""

from xl_lianbing.rules.pack.model import (
    Citation,
    Cited,
    Deadline,
    Feature,
    Indicator,
    PackValue,
    RulePack,
    Switch,
    Task,
    load_pack,
    parse_pack,
)
from xl_lianbing.rules.shipped import SHIPPED

__all__ = [
    "SHIPPED",
    "Citation",
    "Cited",
    "Deadline",
    "Feature",
    "Indicator",
    "PackValue",
    "RulePack",
    "Switch",
    "Task",
    "load_pack",
    "parse_pack",
]
