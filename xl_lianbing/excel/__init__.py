"""The only place that changes a workbook that is there, closed or open in Excel: blocks of cells go in, the rest stays.
New workbooks are made in `workbooks/`.

Begin with `protocol.py` (what the program asks of a workbook) and `values.py` (what can be written).
"""
