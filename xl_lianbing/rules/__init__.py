"""The rules of a year: the pack as data, the formulas as code, the texts they come from.

Begin with `pack.py` (what a pack is) and `ruleset.py` (the rules in force in one campaign).
"""
