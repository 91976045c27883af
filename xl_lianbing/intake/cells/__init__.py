"""From a cell to a value, and what an odd or empty cell means for its row (B2.10).

Begin with `values.py`, then `judge.py`.
"""
