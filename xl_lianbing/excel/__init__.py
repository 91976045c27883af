"""The only place that knows Excel: a workbook, closed or open, into which blocks of cells are written.

Begin with `protocol.py` (what the program asks of a workbook) and `values.py` (what can be written).
"""
