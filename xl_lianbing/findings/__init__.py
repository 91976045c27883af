"""What is wrong with an input, as data: collected, never raised, never dropped.

Begin with `model.py`; the catalogues of codes stand side by side: `reading`, `master`, `receipts`, `evidence`,
`export`, `scoring`.
"""

from xl_lianbing.findings.model import MOST_ALONE, Finding, Kind, Where, finding, grouped, together

__all__ = ["MOST_ALONE", "Finding", "Kind", "Where", "finding", "grouped", "together"]
