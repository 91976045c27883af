"""What would change if: other readings (口径台账), and assumed values (待确认) that move.

Begin with `ledger.py` (readings) and `margins.py` (values).
"""
