"""What is looked at once the values are read: inside a row, a sheet, between sheets, against the system's export.

Begin with `rows.py`, which says which checks a sheet has.
"""
