"""One library for workbook files that we trust: read and written part by part, what nobody touches byte for byte.

Begin with `package.py` (the parts, their relationships and content types; adding and removing). Inside a package:
`workbook.py` (sheets, names, properties), `sheet/rewrite.py` and `sheet/restyled.py` (a sheet with other cells, with
other styles), `tables.py`, `styles.py`, `notes.py`. Files of strangers go through `intake/door`, with other limits.
"""
