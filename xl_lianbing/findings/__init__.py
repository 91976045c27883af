"""What is wrong with an input, as data: collected, never raised, never dropped.

Begin with `model.py`, then `gather.py`, which keeps what repeats from flooding anybody; the catalogues of codes stand
side by side: `reading`, `master`, `receipts`, `evidence`, `export`, `scoring`, `reviews`.
"""

from xl_lianbing.findings.model import About, Finding, Kind, Where, finding

__all__ = ["About", "Finding", "Kind", "Where", "finding"]
