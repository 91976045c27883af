"""From typed rows to points, ranks and shortlists: pure functions on exact numbers, no file and no workbook.

Begin with `score.py`: everything of B and C, in order.
"""
