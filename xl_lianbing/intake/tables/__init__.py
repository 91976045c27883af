"""Where things stand in a sheet: which sheet is which, its header, its rows, the items of a form.

Begin with `table.py`.
"""
