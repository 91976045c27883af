"""The door before calamine: what a file is, whether it is safe, and a plain copy of it that calamine can take.

Begin with `guard.py`; `sheets.py` is what the rest of the house reads from. Its `Archive` has limits and serves hostile
files; `excel/ooxml` has another for workbooks that we trust, and neither imports the other.
"""
