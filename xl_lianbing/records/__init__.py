"""What a sheet says: one class a sheet, one field a column; everything about a column is said in its `Column`.

Begin with `returns.py` (what districts fill in), then `inputs.py` (what the bureau types) and `results.py` (what comes
out); `lines.py` is what scoring sees of them.
"""
