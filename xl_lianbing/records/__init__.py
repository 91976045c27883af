"""What a sheet says: one class a sheet, one field a column; everything about a column is said in its `Column`.

Begin with `returns/` (what districts fill in), then `inputs.py` (what the bureau types) and `results/` (what comes
out); `lines.py` is what scoring sees of them.
"""
