"""The rules of a year: one module a rule, each with its faces, on the numbers and readings in force.

Faces: `points` for scoring, `formula` for the cell, `told` for explain, `bends` (and `pole`) for 口径台账. Begin with
`ruleset.py` (what is in force in one campaign) and any rule, say `loss.py`; the year as data stands in `pack/`.
"""
