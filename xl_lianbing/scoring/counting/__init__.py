"""Which rows count, and why the others do not (B2.5–B2.10). Begin with `rows.py`."""
