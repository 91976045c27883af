"""Blind reviews (`review`, R1–R6): drawn, sent out under codes, read back, appended to the master.

Begin with `send.py` (out) and `take.py` (in); `draw.py` knows nothing of files, `collect.py` nothing of the master.
"""
