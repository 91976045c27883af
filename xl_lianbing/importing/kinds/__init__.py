"""What is imported: one module a kind, each says its columns and makes rows of its tab. Begin with `kind.py`."""

from typing import Final

from xl_lianbing.importing.kinds.air import AIR
from xl_lianbing.importing.kinds.kind import Kind
from xl_lianbing.importing.kinds.lists import INSPECTIONS, PENALTIES, PUBLISHED, REVIEWERS
from xl_lianbing.importing.kinds.votes import VOTES
from xl_lianbing.importing.kinds.water import WATER

#: By the name that `--kind` takes.
KINDS: Final = {kind.name: kind for kind in (PENALTIES, PUBLISHED, INSPECTIONS, VOTES, AIR, WATER, REVIEWERS)}

__all__ = ["KINDS", "Kind"]
