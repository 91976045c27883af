"""One return, many returns, and which file is a unit's return. Begin with `read.py`, then `receipts.py`."""
